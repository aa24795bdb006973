package dossier

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"
)

func marked(s *Seeker, text string) string {
	var b strings.Builder
	at := 0
	for _, p := range s.Spans(text) {
		b.WriteString(text[at:p[0]] + "[" + text[p[0]:p[1]] + "]")
		at = p[1]
	}
	return b.String() + text[at:]
}

func TestWordsAreFoundInAnyWriting(t *testing.T) {
	for _, c := range []struct{ typed, text, want string }{
		{"brief", "De BRIEF van de IND", "De [BRIEF] van de IND"},
		{"jurk", "jurk", "[jurk]"},
		{"cafe", "in het Café", "in het [Café]"},
		{"café", "in het cafe", "in het [cafe]"},
		{"cafe", "in het cafe\u0301!", "in het [cafe\u0301]!"},
		{"ind brief", "IND-brief", "[IND-brief]"},
		{"brief ind", "een brief. De IND", "een [brief]. De [IND]"},
		{"brief uwv", "een brief van de IND", ""},
		{"strasse", "Straße", "[Straße]"},
		{"s", "ß", "[ß]"},
		{"12 34", "١٢ و ۳۴", "[١٢] و [۳۴]"},
		{"احمد", "رسالة إلى أحمد اليوم", "رسالة إلى [أحمد] اليوم"},
		{"رساله", "رِسَالَة", "[رِسَالَة]"},
		{"علي", "على", "[على]"},
		{"كتاب", "کـتـاب", "[کـتـاب]"},
		{"ሰላም", "ሠላም ነው", "[ሠላም] ነው"},
		{"ጸሓይ", "ፀሐይ", "[ፀሐይ]"},
		{"оксана", "Оксана", "[Оксана]"},
		{"ISTANBUL", "ıstanbul", "[ıstanbul]"},
		{"a", "\xff a \xfe", "\xff [a] \xfe"},
		{"aa", "aaaa", "[aaaa]"},
		{"!", "!", ""},
		{"", "x", ""},
	} {
		s := NewSeeker(c.typed)
		if found := s.Finds(c.text); found != (c.want != "") {
			t.Errorf("%q in %q: found %v", c.typed, c.text, found)
		}
		if got := marked(s, c.text); c.want != "" && got != c.want {
			t.Errorf("%q in %q: %q, want %q", c.typed, c.text, got, c.want)
		}
	}
	s := NewSeeker("brief gemeente")
	if !s.Finds("De gemeente belde.", "Over een brief.") || s.Finds("De gemeente belde.") || s.Finds() {
		t.Error("all words must stand somewhere in the texts of one moment")
	}
	if s := NewSeeker("… ʿ \u0301"); !s.Empty() || s.Finds("…") {
		t.Error("signs are no words")
	}
}

func TestPeriods(t *testing.T) {
	for typed, want := range map[string]string{"2026": "2026-01-01 2026-12-31 true", "2024-02": "2024-02-01 2024-02-29 true", "2026-12": "2026-12-01 2026-12-31 true", "2026-13": "  false", "26": "  false", "20260": "  false", "x": "  false", "": "  false"} {
		from, to, ok := period(typed)
		if got := fmt.Sprint(from, " ", to, " ", ok); got != want {
			t.Errorf("%q: %s, want %s", typed, got, want)
		}
	}
	for in, want := range map[SiftInput]string{
		{}: "",
		{Group: "law", Author: "u-amira", From: "2026-01-01", To: "2026-01-01"}: "",
		{Group: "nonsense"}:                      "",
		{Author: "u-nobody"}:                     "wie",
		{From: "1 mei"}:                          "van",
		{To: "2026-02-30"}:                       "tot",
		{From: "2026-02-02", To: "2026-02-01"}:   "tot",
		{Period: "gisteren"}:                     "periode",
		{Period: "gisteren", From: "2026-02-02"}: "",
	} {
		_, fs := in.Check([]string{"u-amira"})
		got := ""
		for _, f := range fs {
			got += f.Name
		}
		if got != want {
			t.Errorf("%+v: faults %q, want %q", in, got, want)
		}
	}
}

// Whatever is typed and written, marks stay inside the text and between letters, and there is one exactly where something
// is found.
func FuzzSeek(f *testing.F) {
	f.Add("ind brief", "De IND-brief, ونفس رِسَالَة ሠላም")
	f.Add("ss", "Straße ẞ ﬀ ﷺ")
	f.Fuzz(func(t *testing.T, typed, text string) {
		s := NewSeeker(typed)
		spans := s.Spans(text)
		last := 0
		for _, p := range spans {
			if p[0] < last || p[1] <= p[0] || p[1] > len(text) {
				t.Fatalf("%q in %q: %v", typed, text, spans)
			}
			if utf8.ValidString(text) && (!utf8.ValidString(text[:p[0]]) || !utf8.ValidString(text[p[0]:p[1]])) {
				t.Fatalf("%q in %q: a mark cuts a letter: %v", typed, text, spans)
			}
			last = p[1]
		}
		if s.Finds(text) && len(spans) == 0 {
			t.Fatalf("%q is found in %q and not marked", typed, text)
		}
		if len(s.words) == 1 && s.Finds(text) != (len(spans) > 0) {
			t.Fatalf("%q in %q: found %v, marks %v", typed, text, s.Finds(text), spans)
		}
	})
}
