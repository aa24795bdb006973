package deident

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestMask(t *testing.T) {
	m := New(Known{Names: []string{"Selam Tesfay Haile", "ሰላም"}, Numbers: []string{"281 994 0173"}, Addresses: []string{"Tulpstraat 9, Meppel"}, Days: []string{"01-01-1990"}})
	for _, c := range []struct{ in, out string }{
		{"Selam belde vandaag over de zienswijze. Tesfai wil weten of mr. Jansen uit Utrecht gebeld heeft.", "[persoon] belde vandaag over de zienswijze. [persoon] wil weten of mr. [onbekend] uit [onbekend] gebeld heeft."},
		{"gesproken met mohammed al-hassan, v-nr 281.994.0173, geboren 1-1-1990", "gesproken met [onbekend], v-nr [nummer], geboren [dag]"},
		{"Brief van de IND van 12 maart 2026: 3 kinderen, € 12.500, om 14:30 bellen.", "Brief van de IND van [maart 2026]: 3 kinderen, € 12.500, om 14:30 bellen."},
		{"Terug op 5/4, bel +31 6 1234 5678 of (030) 123 4567.", "Terug op 5/4, bel [telefoon] of [telefoon]."},
		{"NL91 ABNA 0417 1643 00 klopt niet meer", "[rekening] klopt niet meer"},
		{"Zij woont Burgemeester Vosweg 12-b, 1234 AB, kamer 214.", "Zij woont [adres], [adres], kamer [adres]."},
		{"zaak NL21.12345 en AWB 21/1234", "zaak [nummer] en AWB [nummer]"},
		{"mail: abdi_w (at) gmail.com of www.voorbeeld.nl/x", "mail: [e-mail] of [website]"},
		{"Her brother Ahmed was detained; she said so in March 2026.", "Her brother [onbekend] was detained; she said so in March 2026."},
		{"said zegt dat hij komt", "[onbekend] zegt dat hij komt"},
		{"ሰላም ተስፋይ kwam langs, محمد ook", "[persoon] kwam langs, [onbekend] ook"},
		{"de gezinsherenigingsprocedure en de huisartsenpost", "de gezinsherenigingsprocedure en de huisartsenpost"},
		{"c/raxmaan jaamac", "[onbekend]"},
		{"M. Karimi-Azizi's dochter", "[naam] dochter"},
		{"in meppel aan de tulpstraat", "in [persoon] aan de [persoon]"},
		{"sinds 2019 en 2020/2021, 10 tot 12 weken", "sinds 2019 en 2020/2021, 10 tot 12 weken"},
		{"", ""},
	} {
		if r := m.Mask(c.in); r.Masked != c.out {
			t.Errorf("%s\n became %s\n    want %s", c.in, r.Masked, c.out)
		}
	}
	if r := m.Mask("De brief is binnen en de termijn loopt."); r.Look || len(r.Spans) > 0 {
		t.Errorf("an ordinary sentence: %+v", r)
	}
	if r := m.Mask("Bel 06-12345678."); r.Look || len(r.Spans) != 1 {
		t.Errorf("what is sure asks for nobody: %+v", r)
	}
	if r := m.Mask("Zie Zhang."); !r.Look {
		t.Error("nobody is asked to look at what was masked on suspicion")
	}
}

// anything is text as it comes: words, names, numbers, scripts, marks that are not seen.
func anything() *rapid.Generator[string] {
	piece := rapid.OneOf(
		rapid.SampledFrom([]string{"de", "brief", "Selam", "selam's", "Tesfay", "2819940173", "281 994 0173", "06-12345678", "NL91ABNA0417164300", "1-1-1990", "12 maart", "Kerkstraat 12", "محمد", "ሰላም", "٠٦١٢٣٤٥٦٧٨", "a@b.nl", "al-", "M.", "\u200d", "\u202e", "€ 5", "ß", "ﬁ", "🙂"}),
		rapid.StringN(0, 12, 40))
	return rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(piece, 0, 20).Draw(t, "pieces"), rapid.SampledFrom([]string{" ", "", "\n", ", "}).Draw(t, "between"))
	})
}

func checkResult(t interface{ Fatalf(string, ...any) }, text string, r Result) {
	at := 0
	for _, s := range r.Spans {
		if s.From < at || s.To <= s.From || s.To > len(text) || s.Text != text[s.From:s.To] || s.Mask == "" {
			t.Fatalf("the span %+v in %q", s, text)
		}
		at = s.To
	}
	if !utf8.ValidString(r.Masked) {
		t.Fatalf("%q is no text", r.Masked)
	}
}

func TestWhatIsKnownNeverStays(t *testing.T) {
	m := New(Known{Names: []string{"Selam Tesfay"}, Numbers: []string{"2819940173"}})
	rapid.Check(t, func(t *rapid.T) {
		text := anything().Draw(t, "text")
		r := m.Mask(text)
		checkResult(t, text, r)
		for _, p := range pieces(r.Masked) {
			if p.folded == "selam" || p.folded == "tesfay" {
				t.Fatalf("%q became %q", text, r.Masked)
			}
		}
		if strings.Contains(onlyDigits(r.Masked), "2819940173") && !strings.Contains(strings.Join(digits.FindAllString(text, -1), "|"), "x") && strings.Contains(r.Masked, "2819940173") {
			t.Fatalf("%q became %q", text, r.Masked)
		}
		// Masked once more, nothing else is found but the masks' own words.
		again := New(Known{}).Mask(r.Masked)
		for _, s := range again.Spans {
			if s.Kind == Number || s.Kind == Phone || s.Kind == Account {
				t.Fatalf("%q still holds %q", r.Masked, s.Text)
			}
		}
	})
}

func FuzzMask(f *testing.F) {
	for _, s := range []string{"Selam belde op 06-12345678", "c/raxmaan 12-12-2012", "kamer 12 ٠٦", "a@b.nl", "(at) x"} {
		f.Add(s, "Selam", "0612345678")
	}
	f.Fuzz(func(t *testing.T, text, name, number string) {
		r := New(Known{Names: []string{name}, Numbers: []string{number}, Addresses: []string{name + " 12"}, Days: []string{number}}).Mask(text)
		if utf8.ValidString(text) {
			checkResult(t, text, r)
		}
	})
}

func TestTheCommand(t *testing.T) {
	file := filepath.Join(t.TempDir(), "known.txt")
	if err := os.WriteFile(file, []byte("\ufeff# van het dossier\nSelam Tesfay\nnummer: 281 994 0173\n1 januari 1990\nTulpstraat 9\na@b.nl\n06-12345678\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	var out, errs bytes.Buffer
	err := Command([]string{"--known", file}, strings.NewReader("Selam belde.\nGeen termijn."), &out, &errs)
	if err != nil || out.String() != "[persoon] belde.\nGeen termijn." || !strings.Contains(errs.String(), "0-5\tknown\tsure\t\"Selam\"\t[persoon]") {
		t.Errorf("%v\n%s\n%s", err, out.String(), errs.String())
	}
	out.Reset()
	if err := Command(nil, strings.NewReader("Zhang belde."), &out, &errs); !errors.Is(err, ErrLook) || out.String() != "[onbekend] belde." {
		t.Errorf("%v %s", err, out.String())
	}
	out.Reset()
	for name, run := range map[string]func() error{
		"a file that is not there": func() error { return Command([]string{"--known", file + "x"}, strings.NewReader("Zhang"), &out, &errs) },
		"no UTF-8":                 func() error { return Command(nil, strings.NewReader("Zh\xe4ng"), &out, &errs) },
		"too much":                 func() error { return Command([]string{"x"}, strings.NewReader("Zhang"), &out, &errs) },
	} {
		if err := run(); err == nil || out.Len() > 0 {
			t.Errorf("%s: %v, and %q was written", name, err, out.String())
		}
	}
	f, _ := os.Open(file)
	defer f.Close()
	k, err := ReadKnown(f)
	if err != nil || !slices.Equal(k.Names, []string{"Selam Tesfay"}) || !slices.Equal(k.Numbers, []string{"281 994 0173", "06-12345678"}) || !slices.Equal(k.Days, []string{"1 januari 1990"}) || !slices.Equal(k.Addresses, []string{"Tulpstraat 9", "a@b.nl"}) {
		t.Errorf("%+v %v", k, err)
	}
}
