package pdf

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"image"
	_ "image/png"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"
)

var texts = map[string]struct {
	rtl  bool
	says []string
}{
	"ar": {true, []string{"رحلتك على ورق", "موعدك القادم يوم 1 ديسمبر 2026 الساعة 10:00 في Utrecht. رقم V-nummer \u20682712 345 678\u2069.", "محامية سلمى"}},
	"fa": {true, []string{"مسیر شما روی کاغذ", "می\u200cتوانید قرار خود را در Utrecht بخوانید.", "وکیل شما"}},
	"ti": {false, []string{"መንገድኹም ብወረቐት", "ቀጻሊ ቆጸራኹም ብ1 ታሕሳስ 2026 ኣብ Utrecht እዩ።", "ጠበቓ ሰላም"}},
	"uk": {false, []string{"Ваша подорож на папері", "Ваша зустріч 1 грудня 2026 в Utrecht.", "Адвокат Іван"}},
	"tr": {false, []string{"Kâğıt üzerinde yolculuğunuz", "Randevunuz İstanbul değil, Utrecht'te.", "Avukatınız Şükrü"}},
	"so": {false, []string{"Safarkaaga oo warqad ah", "Ballantaada xigta waa Diseembar 1.", "Qareenkaaga"}},
}

func paper(t testing.TB, lang string) ([]byte, *Doc) {
	t.Helper()
	x := texts[lang]
	r := func(s string) Text { return Text{S: s, Lang: lang, RTL: x.rtl} }
	l := func(s string) Text { return Text{S: s, Lang: "nl"} }
	d := New(l("Uw reis op papier"), r(x.says[0]))
	d.Foot(func(n int) (Text, Text) { return l(fmt.Sprint("Bladzijde ", n)), r(fmt.Sprint(n)) })
	d.Heading(l("Afspraken"), r(x.says[2]))
	d.Para(l("Café Łódź, één afspraak."), r(x.says[1]))
	for range 30 {
		d.Item(l("Een afspraak met V-nummer 2712 345 678."), r(x.says[1]))
	}
	d.Figure(21, func(x, y int) bool { return x == y }, l("Het adres van de inlogpagina"), r(x.says[2]))
	b, err := d.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	return b, d
}

var object = regexp.MustCompile(`(?s)(\d+) 0 obj\n(.*?)\nendobj`)

// whole reads a file back: every object stands where the list says, and every reference leads somewhere.
func whole(t testing.TB, b []byte) map[string]string {
	t.Helper()
	objects := map[string]string{}
	for _, m := range object.FindAllSubmatch(b, -1) {
		objects[string(m[1])] = string(m[2])
	}
	list := regexp.MustCompile(`(?s)xref\n0 (\d+)\n(.*?)trailer`).FindSubmatch(b)
	if list == nil {
		t.Fatal("there is no list of objects")
	}
	for i, row := range strings.Split(strings.TrimSpace(string(list[2])), "\n")[1:] {
		at, err := strconv.Atoi(row[:10])
		if err != nil || at > len(b) || !bytes.HasPrefix(b[at:], []byte(fmt.Sprintf("%d 0 obj", i+1))) {
			t.Errorf("object %d does not stand at %d", i+1, at)
		}
	}
	for n, o := range objects {
		text, _, _ := strings.Cut(o, "stream\n")
		for _, m := range regexp.MustCompile(`(\d+) 0 R`).FindAllStringSubmatch(text, -1) {
			if _, ok := objects[m[1]]; !ok {
				t.Errorf("object %s names %s, which is not there", n, m[1])
			}
		}
	}
	return objects
}

// pages are the contents of the pages.
func pages(t testing.TB, objects map[string]string) []string {
	t.Helper()
	var out []string
	for _, o := range objects {
		if !strings.Contains(o, "/Type/Page/") {
			continue
		}
		n := regexp.MustCompile(`/Contents (\d+) 0 R`).FindStringSubmatch(o)[1]
		_, packed, _ := strings.Cut(objects[n], "stream\n")
		z, err := zlib.NewReader(strings.NewReader(packed))
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(z)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, string(b))
	}
	return out
}

func TestAPaperIsTagged(t *testing.T) {
	for lang := range texts {
		b, _ := paper(t, lang)
		objects := whole(t, b)
		count := func(s string) (n int) {
			for _, o := range objects {
				if strings.Contains(o, s) {
					n++
				}
			}
			return n
		}
		for s, want := range map[string]int{"/S/Document/": 1, "/S/Part/": 2, "/S/H1/": 2, "/S/H2/": 2, "/S/L/": 2, "/S/LI/": 60, "/S/Figure/": 1, "/MarkInfo<</Marked true>>": 1, "/DisplayDocTitle true": 1, "/S/Part/P": 2} {
			if n := count(s); n != want {
				t.Errorf("%s: %d of %s, not %d", lang, n, s, want)
			}
		}
		if count("/S/P/P") == 0 || count("/Lang("+lang+")") == 0 || count("/Lang(nl)") == 0 || count("/Alt<FEFF") != 1 {
			t.Errorf("%s: languages or words for the picture are missing", lang)
		}
		ps := pages(t, objects)
		if len(ps) < 2 {
			t.Errorf("%s: %d pages", lang, len(ps))
		}
		// Everything that is shown is either part of what is read or marked as what need not be.
		for _, p := range ps {
			depth := 0
			for _, l := range strings.Split(p, "\n") {
				switch {
				case strings.HasSuffix(l, "BDC"), strings.HasSuffix(l, "BMC"):
					depth++
				case l == "EMC":
					depth--
				case strings.HasSuffix(l, "Tj"), strings.HasSuffix(l, "re"), strings.HasSuffix(l, " f"), strings.HasSuffix(l, " S"):
					if depth != 1 {
						t.Fatalf("%s: %q stands in %d marks", lang, l, depth)
					}
				}
			}
			if depth != 0 {
				t.Errorf("%s: a mark is not closed", lang)
			}
		}
		again, _ := paper(t, lang)
		if !bytes.Equal(b, again) {
			t.Errorf("%s: the same paper has other bytes", lang)
		}
		if bytes.Contains(b, []byte("CreationDate")) || bytes.Contains(b, []byte("Producer")) {
			t.Errorf("%s: it tells when or with what it was made", lang)
		}
	}
}

// TestLettersJoin holds the shapes of letters against what Arabic writing asks: a letter in the middle of a word is another sign
// than the same letter alone, lam and alef are one sign, and a letter that does not join to the left does not.
func TestLettersJoin(t *testing.T) {
	fs, err := faces()
	if err != nil {
		t.Fatal(err)
	}
	s := newShaper(fs)
	signs := func(text string) []uint16 {
		ls := s.lines(Text{S: text, Lang: "ar", RTL: true}, 10, 500)
		var out []uint16
		for _, g := range ls[0].glyphs {
			out = append(out, g.gid)
		}
		return out
	}
	alone, inside := signs("ب"), signs("ببب")
	if len(inside) != 3 || slices.Contains(inside, alone[0]) || inside[0] == inside[1] || inside[1] == inside[2] {
		t.Errorf("ب alone %v, three joined %v", alone, inside)
	}
	if n := signs("لا"); len(n) != 1 && slices.Equal(n, append(signs("ا"), signs("ل")...)) {
		t.Errorf("lam and alef do not join: %v", n)
	}
	if d := signs("دب"); !slices.Contains(d, alone[0]) {
		t.Errorf("a letter after dal is joined: %v", d)
	}
	// From left to right on paper: the last letter stands first.
	if w := s.lines(Text{S: "ab ج", Lang: "ar", RTL: true}, 10, 500)[0].glyphs; w[0].runes != "ج" || w[len(w)-1].runes != "b" {
		t.Errorf("the order on paper: %+v", w)
	}
	for lang, x := range texts {
		for _, text := range x.says {
			for _, l := range s.lines(Text{S: text, Lang: lang, RTL: x.rtl}, 10, 200) {
				for _, g := range l.glyphs {
					if g.gid == 0 && strings.TrimSpace(g.runes) != "" {
						t.Errorf("%s: no font has %q", lang, g.runes)
					}
				}
				if l.width > 200 {
					t.Errorf("%s: a line is %.1f wide", lang, l.width)
				}
			}
		}
	}
}

// loose is a text without spaces and marks, so that only its letters count.
func loose(s string) string {
	return strings.Map(func(r rune) rune {
		if letters(r) < 0 || strings.ContainsRune(" \n\f\u200c\u00a0", r) {
			return -1
		}
		return r
	}, s)
}

func TestTheTextCanBeTakenOut(t *testing.T) {
	tool, err := exec.LookPath("pdftotext")
	if err != nil {
		t.Skip("pdftotext is not here")
	}
	for lang, x := range texts {
		b, _ := paper(t, lang)
		name := filepath.Join(t.TempDir(), lang+".pdf")
		if err := os.WriteFile(name, b, 0o600); err != nil {
			t.Fatal(err)
		}
		out, err := exec.Command(tool, "-layout", name, "-").CombinedOutput()
		if err != nil {
			t.Fatalf("%s: %v %s", lang, err, out)
		}
		got := loose(string(out))
		for _, want := range []string{x.says[0], x.says[2], "Uw reis op papier", "Café Łódź"} {
			if !strings.Contains(got, loose(want)) {
				t.Errorf("%s: %q cannot be taken out of\n%.900s", lang, want, out)
			}
		}
	}
}

// TestAPaperIsPrinted draws the pages and looks that there is ink on both sides and none in the margins.
func TestAPaperIsPrinted(t *testing.T) {
	tool, err := exec.LookPath("pdftoppm")
	if err != nil {
		t.Skip("pdftoppm is not here")
	}
	for lang := range texts {
		b, _ := paper(t, lang)
		dir := t.TempDir()
		name := filepath.Join(dir, "p.pdf")
		if err := os.WriteFile(name, b, 0o600); err != nil {
			t.Fatal(err)
		}
		if out, err := exec.Command(tool, "-r", "50", "-png", "-l", "1", name, filepath.Join(dir, "p")).CombinedOutput(); err != nil || len(out) > 0 {
			t.Fatalf("%s: %v %s", lang, err, out)
		}
		pngs, _ := filepath.Glob(filepath.Join(dir, "*.png"))
		f, err := os.Open(pngs[0])
		if err != nil {
			t.Fatal(err)
		}
		img, _, err := image.Decode(f)
		_ = f.Close()
		if err != nil {
			t.Fatal(err)
		}
		ink := func(from, to float64) (n int) {
			r := img.Bounds()
			for y := r.Min.Y; y < r.Max.Y; y++ {
				for x := r.Min.X + int(from*float64(r.Dx())); x < r.Min.X+int(to*float64(r.Dx())); x++ {
					if c, _, _, _ := img.At(x, y).RGBA(); c < 0x9000 {
						n++
					}
				}
			}
			return n
		}
		if l, r, m := ink(0.08, 0.48), ink(0.52, 0.92), ink(0, 0.06)+ink(0.94, 1); l < 500 || r < 500 || m > 0 {
			t.Errorf("%s: ink left %d, right %d, in the margins %d", lang, l, r, m)
		}
	}
}

func FuzzText(f *testing.F) {
	for _, x := range texts {
		for _, s := range x.says {
			f.Add(s, x.rtl)
		}
	}
	for _, s := range []string{"", "\n\n", "\x00\x1b]", "a\u202eb\u2066c", strings.Repeat("x", 3000), strings.Repeat("ሀ", 400), "\ufeff\u200d\u0301\u0301\u0301", "😀\U000e0001", ") Tj ET EMC endstream", "\xff\xfe", "لالا\u0651\u064b"} {
		f.Add(s, true)
	}
	f.Fuzz(func(t *testing.T, s string, rtl bool) {
		if len(s) > 5000 {
			t.Skip("longer than any text here")
		}
		d := New(Text{S: s, Lang: "nl"}, Text{S: s, Lang: "ar", RTL: rtl})
		d.Heading(Text{S: s, Lang: s}, Text{})
		d.Item(Text{S: s, Lang: "nl"}, Text{S: s, Lang: "ti"})
		b, err := d.Bytes()
		if err != nil {
			t.Fatal(err)
		}
		objects := whole(t, b)
		for _, p := range pages(t, objects) {
			if !regexp.MustCompile(`^[\x20-\x7e\n]*$`).MatchString(p) {
				t.Error("a text stands in a page as it was typed")
			}
		}
		if utf8.ValidString(s) && len(utf16.Encode([]rune(s))) > 0 && strings.Contains(string(b), "(nl)") == false {
			t.Error("the language is lost")
		}
	})
}
