package translation

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"reisgezel/internal/kernel/lang"
)

// some is a catalogue with every kind of text.
func some(t testing.TB) *lang.Catalogue {
	t.Helper()
	c, err := lang.Load(lang.Part{Name: "t", FS: fstest.MapFS{
		"text/nl.json": {Data: []byte(`{"t.a":"Dag","t.b":"Hoi {name}, tot {day}","t.n":{"one":"{n} dag voor {name}","other":"{n} dagen voor {name}"},"t.long":"Regel één\nRegel twee"}`)},
		"text/en.json": {Data: []byte(`{"t.a":"Hello","t.b":"Hi {name}, until {day}","t.n":{"one":"{n} day for {name}","other":"{n} days for {name}"},"t.long":"x\ny"}`)},
		"text/so.json": {Data: []byte(`{"t.a":"Salaan","t.b":"{name} {day}","t.n":"{n} {name}","t.long":"a\nb"}`)},
	}})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestWhatIsWrongWithATranslation(t *testing.T) {
	c := some(t)
	for _, x := range []struct {
		tag, key string
		text     lang.Text
		want     string
	}{
		{"ar", "t.a", lang.Text{One: "أهلًا"}, ""},
		{"ar", "t.a", lang.Text{One: "<b>أهلًا</b>"}, "markup"},
		{"ar", "t.a", lang.Text{One: "أه\u202eلًا"}, "hidden"},
		{"fa", "t.a", lang.Text{One: "می\u200cآید"}, ""}, // a joiner that Farsi is written with
		{"ar", "t.a", lang.Text{One: "a\nb"}, "hidden"},
		{"ar", "t.long", lang.Text{One: "a\nb"}, ""},
		{"ar", "t.a", lang.Text{One: strings.Repeat("x", mostText)}, ""},
		{"ar", "t.a", lang.Text{One: strings.Repeat("x", mostText+1)}, "long"},
		{"ar", "t.b", lang.Text{One: "{name} {dag}"}, "extra lost"},
		{"ar", "t.a", lang.Text{}, "empty"},
		{"uk", "t.n", Tidy("uk", lang.Text{Forms: map[string]string{"one": "{n} {name}", "few": "{n} {name}", "many": "{n} {name}"}}), ""},
		{"uk", "t.n", Tidy("uk", lang.Text{Forms: map[string]string{"one": "{n} {name}", "few": "{n}", "many": "{n} {name}"}}), "lost"},
		{"uk", "t.n", Tidy("uk", lang.Text{Forms: map[string]string{"one": "{n} {name}"}}), "form form form"},
		{"ar", "t.n", Tidy("ar", lang.Text{Forms: map[string]string{"zero": "{name}", "one": "{name}", "two": "{name}", "few": "{n} {name}", "many": "{n} {name}", "other": "{n} {name}"}}), ""},
		{"ar", "t.a", lang.Text{Forms: map[string]string{"other": "x"}}, "plural form form form form form"},
	} {
		var got []string
		for _, m := range Check(c, x.tag, x.key, x.text) {
			got = append(got, m.Fault)
		}
		if strings.Join(got, " ") != x.want && !(x.tag == "ar" && strings.HasPrefix(x.want, "plural") && len(got) > 0) {
			t.Errorf("%s %s %v: %v, want %q", x.tag, x.key, x.text, got, x.want)
		}
	}
	if got := Tidy("so", lang.Text{One: "  e\u0301\r\nb "}); got.One != "\u00e9\nb" {
		t.Errorf("%q", got.One)
	}
}

func TestNobodyIsTheirOwnSecondReader(t *testing.T) {
	p := Proposal{MadeBy: "u-a"}
	if p.MayPass("u-a", true) || p.MayPass("u-b", false) || !p.MayPass("u-b", true) {
		t.Error("the wrong people may agree")
	}
	for _, x := range []struct {
		spoken, tag string
		want        bool
	}{{"nl ar", "ar", true}, {"nl ar", "fa", false}, {"nl", "nl-simple", true}, {"en", "nl-simple", false}, {"fa", "prs", false}, {"", "ar", false}} {
		if Reads(strings.Fields(x.spoken), x.tag) != x.want {
			t.Errorf("%v", x)
		}
	}
}

func TestHowWellATextReads(t *testing.T) {
	for w, n := range map[string]int{"dag": 1, "spreekuur": 2, "mooie": 2, "advocaat": 3, "gezinshereniging": 6, "ruïne": 3, "zeeën": 2, "IND": 1, "tv": 1, "geëerd": 2, "ideeën": 3, "foto": 2} {
		if got := Syllables(w); got != n {
			t.Errorf("%s has %d syllables, want %d", w, got, n)
		}
	}
	easy := Reading("Kom naar het spreekuur. Neem uw kaart mee. Neem ook de brief mee waar het over gaat.")
	hard := Reading("Ingevolge de desbetreffende bepalingen dient de rechtmatigheid van de verblijfsrechtelijke aanspraken te worden onderbouwd met bewijsstukken aangaande de gezinssamenstelling.")
	if !easy.Scored || !easy.Well() || easy.Score < 80 || len(easy.Hard) > 0 {
		t.Errorf("%+v", easy)
	}
	if !hard.Scored || hard.Well() || hard.Score > 20 || len(hard.Hard) < 4 || hard.LongestLine != 19 {
		t.Errorf("%+v", hard)
	}
	if e := Reading("Mijn afspraken"); e.Scored || !e.Well() {
		t.Errorf("a label has a score: %+v", e)
	}
	var words []string
	for _, s := range Marked("Dag. Indien u, alsmede uw kind, komt {name}") {
		if s.Hard {
			words = append(words, s.Text+"="+s.Mean)
		}
	}
	if fmt.Sprint(words) != "[Indien=als alsmede=en ook]" {
		t.Error(words)
	}
	var all strings.Builder
	for _, s := range Marked("Indien, u; ‘alsmede’.") {
		all.WriteString(s.Text)
	}
	if all.String() != "Indien, u; ‘alsmede’." {
		t.Errorf("marking changed the text: %q", all.String())
	}
}

// eval computes a rule of gettext: enough of C for the rules that are used.
func eval(t *testing.T, rule string, n int) int {
	t.Helper()
	_, e, ok := strings.Cut(strings.TrimSuffix(rule, ";"), "plural=")
	if !ok {
		t.Fatal(rule)
	}
	p := cparser{strings.ReplaceAll(e, " ", ""), n}
	v := p.ternary()
	if p.s != "" {
		t.Fatalf("%q is left of %s", p.s, rule)
	}
	return v
}

type cparser struct {
	s string
	n int
}

func (p *cparser) eat(x string) bool {
	if strings.HasPrefix(p.s, x) {
		p.s = p.s[len(x):]
		return true
	}
	return false
}

func (p *cparser) ternary() int {
	c := p.or()
	if !p.eat("?") {
		return c
	}
	a := p.ternary()
	p.eat(":")
	b := p.ternary()
	if c != 0 {
		return a
	}
	return b
}

func truth(b bool) int {
	if b {
		return 1
	}
	return 0
}

func (p *cparser) or() int {
	v := p.and()
	for p.eat("||") {
		w := p.and()
		v = truth(v != 0 || w != 0)
	}
	return v
}

func (p *cparser) and() int {
	v := p.compare()
	for p.eat("&&") {
		w := p.compare()
		v = truth(v != 0 && w != 0)
	}
	return v
}

func (p *cparser) compare() int {
	v := p.mod()
	for {
		switch {
		case p.eat("=="):
			v = truth(v == p.mod())
		case p.eat("!="):
			v = truth(v != p.mod())
		case p.eat(">="):
			v = truth(v >= p.mod())
		case p.eat("<="):
			v = truth(v <= p.mod())
		case p.eat(">"):
			v = truth(v > p.mod())
		case p.eat("<"):
			v = truth(v < p.mod())
		default:
			return v
		}
	}
}

func (p *cparser) mod() int {
	v := p.atom()
	for p.eat("%") {
		v %= p.atom()
	}
	return v
}

func (p *cparser) atom() int {
	if p.eat("(") {
		v := p.ternary()
		p.eat(")")
		return v
	}
	if p.eat("n") {
		return p.n
	}
	v := 0
	for p.s != "" && p.s[0] >= '0' && p.s[0] <= '9' {
		v, p.s = v*10+int(p.s[0]-'0'), p.s[1:]
	}
	return v
}

func TestThePluralRulesOfPOAreThoseOfCLDR(t *testing.T) {
	for _, l := range lang.All {
		forms := lang.Counted(l.Tag)
		if !strings.HasPrefix(ruleOf(l.Tag), fmt.Sprintf("nplurals=%d;", len(forms))) {
			t.Errorf("%s has %d forms and the rule %s", l.Tag, len(forms), ruleOf(l.Tag))
			continue
		}
		for i, f := range forms {
			for n := range 200 {
				if lang.CategoryOf(l.Tag, n) == f && eval(t, ruleOf(l.Tag), n) != i {
					t.Errorf("%s: %d is %s, but the rule says form %d", l.Tag, n, f, eval(t, ruleOf(l.Tag), n))
					break
				}
			}
		}
	}
}
