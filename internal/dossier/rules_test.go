package dossier

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"reisgezel/internal/kernel/clock"
)

var today = clock.On(2026, 11, 24)

func keys(t *testing.T, in Input) string {
	t.Helper()
	_, fs := in.Check(today)
	var out []string
	for _, f := range fs {
		out = append(out, f.Name+"="+f.Key)
	}
	return strings.Join(out, " ")
}

func TestOneNameIsEnough(t *testing.T) {
	p, fs := Input{Called: "  Hiwot "}.Check(today)
	if len(fs) > 0 || p.Called != "Hiwot" || p.Name() != "Hiwot" || len(p.Names)+len(p.Births)+len(p.Languages) > 0 {
		t.Errorf("%+v %v", p, fs)
	}
}

func TestFaultsComeAllAtOnce(t *testing.T) {
	got := keys(t, Input{Called: ".", NameText: []string{"-", ""}, VNumber: "123", Phone: "zes", BirthYear: []string{"19x"}, Tongue: []string{"klingon"}, Lives: "bsn 123456782"})
	for _, want := range []string{"called=dossier.error.letters", "name=dossier.error.letters", "vnumber=dossier.error.vnumber", "phone=dossier.error.phone",
		"birth_year=dossier.error.birth", "tongue=dossier.error.tongue", "lives=dossier.error.bsn"} {
		if !strings.Contains(got, want) {
			t.Errorf("%s is not among %s", want, got)
		}
	}
	if keys(t, Input{}) != "called=dossier.error.called" {
		t.Error(keys(t, Input{}))
	}
}

func TestBirthsMayBePartlyUnknown(t *testing.T) {
	for name, c := range map[string]struct {
		y, m, d string
		known   bool // 1 January was confirmed
		fault   string
		text    string
	}{
		"year":                    {"1991", "", "", false, "", "1991"},
		"month":                   {"1991", "3", "", false, "", "03-1991"},
		"day":                     {"1991", "3", "9", false, "", "09-03-1991"},
		"Arabic digits":           {"١٩٩١", "٣", "٩", false, "", "09-03-1991"},
		"leap day":                {"2004", "2", "29", false, "", "29-02-2004"},
		"no such day":             {"2005", "2", "29", false, "dossier.error.birth.none", ""},
		"day without month":       {"1991", "", "9", false, "dossier.error.birth.month", ""},
		"no year":                 {"", "3", "9", false, "dossier.error.birth.year", ""},
		"tomorrow":                {"2026", "11", "25", false, "dossier.error.birth.future", ""},
		"today":                   {"2026", "11", "24", false, "", "24-11-2026"},
		"1 January is asked":      {"1993", "1", "1", false, "dossier.error.birth.january", ""},
		"1 January was confirmed": {"1993", "01", "01", true, "", "01-01-1993"},
		"month 13":                {"1993", "13", "", false, "dossier.error.birth", ""},
	} {
		in := Input{Called: "x", BirthYear: []string{c.y}, BirthMonth: []string{c.m}, BirthDay: []string{c.d}}
		if c.known {
			in.BirthAsk = []string{"0"}
		}
		p, fs := in.Check(today)
		switch {
		case c.fault != "":
			if len(fs) != 1 || fs[0].Key != c.fault {
				t.Errorf("%s: %v", name, fs)
			}
		case len(fs) > 0 || BirthText(p.Births[0]) != c.text:
			t.Errorf("%s: %v %+v", name, fs, p.Births)
		}
	}
}

func TestAnAgeLimitShowsEveryOutcome(t *testing.T) {
	day := func(y int, m time.Month, d int) Birth { return Birth{Year: y, Month: int(m), Day: d} }
	for name, c := range map[string]struct {
		bs       []Birth
		low, hig int
		adult    string
	}{
		"turns 18 today":      {[]Birth{day(2008, 11, 24)}, 18, 18, "yes"},
		"turns 18 tomorrow":   {[]Birth{day(2008, 11, 25)}, 17, 17, "no"},
		"only the year":       {[]Birth{{Year: 2008}}, 17, 18, "both"},
		"sources disagree":    {[]Birth{{Year: 2009, Month: 6}, {Year: 2007, Month: 1, Day: 1}}, 17, 19, "both"},
		"about":               {[]Birth{{Year: 1991, About: true}}, 32, 37, "yes"},
		"nothing":             {nil, 0, 0, "unknown"},
		"a year without date": {[]Birth{{Year: 2020}}, 5, 6, "no"},
	} {
		low, high, _ := Age(c.bs, today)
		if low != c.low || high != c.hig || Adult(c.bs, today) != c.adult {
			t.Errorf("%s: %d–%d %s", name, low, high, Adult(c.bs, today))
		}
	}
	if !Disputed([]Birth{{Year: 1991}, day(1993, 1, 1)}) || Disputed([]Birth{{Year: 1993}, day(1993, 1, 1)}) {
		t.Error("sources that disagree are not told from sources that do not")
	}
}

func TestNumbersInAnyNotation(t *testing.T) {
	for _, s := range []string{"2819940173", "V 281 994 0173", "v-281.994.0173", "٢٨١ ٩٩٤ ٠١٧٣"} {
		if v, ok := VNumber(s); !ok || v != "2819940173" {
			t.Errorf("%q: %q %v", s, v, ok)
		}
	}
	for _, s := range []string{"281994017", "28199401733", "281x940173", ""} {
		if _, ok := VNumber(s); ok {
			t.Errorf("%q was taken", s)
		}
	}
	for s, want := range map[string]string{"06 12345678": "+31612345678", "+31 (0)6 1234 5678": "+31612345678", "0031612345678": "+31612345678", "+251 911 123456": "+251911123456"} {
		if got, ok := Phone(s); !ok || got != want {
			t.Errorf("%q: %q %v", s, got, ok)
		}
	}
	for _, s := range []string{"12", "6 12345678", "06-12", "bel me"} {
		if _, ok := Phone(s); ok {
			t.Errorf("%q was taken", s)
		}
	}
}

func TestFoldingComparesSpellingsOfOneScript(t *testing.T) {
	for a, b := range map[string]string{"Sélam": "SELAM", "Öztürk": "ozturk", "al-Khatib": "AlKhatib", "أحمد": "احمد", "Łukasz": "lukasz", "Ayşe": "ayse", "Yılmaz": "yilmaz"} {
		if Fold(a) != Fold(b) {
			t.Errorf("%q is %q, %q is %q", a, Fold(a), b, Fold(b))
		}
	}
	p := Profile{Called: "Selam", Names: []NamePart{{Text: "Selam"}, {Text: "Tesfay"}}, Own: "ሰላም ተስፋይ"}
	for q, want := range map[string]bool{"tes sel": true, "TESFAY": true, "ሰላም": true, "selam haile": false, "": false, "  ": false} {
		if p.Matches(q) != want {
			t.Errorf("%q: %v", q, !want)
		}
	}
	rapid.Check(t, func(r *rapid.T) {
		s := rapid.String().Draw(r, "s")
		if once := Fold(s); Fold(once) != once {
			r.Fatalf("%q folds to %q and then to %q", s, once, Fold(once))
		}
	})
}

func TestCardsAreReadInAnyNotation(t *testing.T) {
	for _, s := range []string{"TREE3479", "tree 3479", "Tree-3479", "https://x.example/mijn/inloggen?kaart=TREE3479", " t r e e 3 4 7 9 "} {
		if c, ok := ReadCard(s); !ok || c != "TREE3479" {
			t.Errorf("%q: %q %v", s, c, ok)
		}
	}
	for _, s := range []string{"", "TREE347", "TREE34799", "TREE347O", "TREE347é", "TREE347'"} {
		if _, ok := ReadCard(s); ok {
			t.Errorf("%q was taken", s)
		}
	}
	seen := map[string]bool{}
	for range 2000 {
		c := NewCode()
		if r, ok := ReadCard(c); !ok || r != c || seen[c] {
			t.Fatalf("%q", c)
		}
		seen[c] = true
	}
}

func TestAFormGivesBackWhatWasKnown(t *testing.T) {
	for _, h := range heroes() {
		p, fs := InputOf(h.Profile).Check(today)
		if len(fs) > 0 {
			t.Errorf("%s: %v", h.ID, fs)
		}
		if p.Name() != h.Profile.Name() || len(p.Births) != len(h.Profile.Births) || p.VNumber != h.Profile.VNumber || p.Reach != h.Profile.Reach || p.Wish != h.Profile.Wish {
			t.Errorf("%s came back as %+v", h.ID, p)
		}
	}
}

func FuzzCheck(f *testing.F) {
	f.Add("Selam", "1991", "2", "30", "V 281", "06")
	f.Fuzz(func(t *testing.T, called, y, m, d, v, phone string) {
		Input{Called: called, BirthYear: []string{y}, BirthMonth: []string{m}, BirthDay: []string{d}, VNumber: v, Phone: phone}.Check(today)
	})
}
