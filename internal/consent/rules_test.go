package consent

import (
	"net/url"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/lang"
)

func TestTheFormTellsEveryFaultAtOnce(t *testing.T) {
	p, _ := Purpose("lawyer")
	today, parts, tags := clock.On(2026, 11, 24), p.Parts, []string{"nl", "ti"}
	good := Input{Purpose: "lawyer", Party: "mr. Lammers", Months: "6", Parts: []string{"name"}, How: "spoken", Lang: "ti"}
	with := func(change func(*Input)) Input { in := good; change(&in); return in }
	for _, x := range []struct {
		what string
		in   Input
		want string
	}{
		{"as it should be", good, ""},
		{"nothing filled in", Input{}, "wie=consent.error.party deel=consent.error.parts maanden=consent.error.until hoe=consent.error.how gevraagd=consent.error.lang"},
		{"an embassy", with(func(in *Input) { in.Party = "ambassade" }), "wie=consent.error.forbidden"},
		{"a number that may not be kept", with(func(in *Input) { in.Party = "123456782"; in.Interpreter = "BSN 123456782" }), "wie=consent.error.bsn tolk=consent.error.bsn"},
		{"too long", with(func(in *Input) { in.Party = strings.Repeat("é", 121); in.Interpreter = strings.Repeat("é", 121) }), "wie=consent.error.long tolk=consent.error.long"},
		{"as long as it may be", with(func(in *Input) { in.Party = strings.Repeat("é", 120) }), ""},
		{"a part that is not offered", with(func(in *Input) { in.Parts = []string{"name", "health"} }), "deel=consent.error.parts"},
		{"another time", with(func(in *Input) { in.Months = "24" }), "maanden=consent.error.until"},
		{"on the screen of a colleague", with(func(in *Input) { in.How = "screen" }), "hoe=consent.error.how"},
		{"a language without pages", with(func(in *Input) { in.Lang = "xx" }), "gevraagd=consent.error.lang"},
	} {
		var got []string
		for _, f := range x.in.Check(p, parts, tags, today, true) {
			got = append(got, f.Name+"="+f.Key)
		}
		if s := strings.Join(got, " "); s != x.want {
			t.Errorf("%s: %s", x.what, s)
		}
	}
	if fs := with(func(in *Input) { in.How, in.Lang = "", "" }).Check(p, parts, tags, today, false); len(fs) != 0 {
		t.Errorf("the person is asked how they were asked: %v", fs)
	}
}

func TestAConsentAlwaysHasALastDay(t *testing.T) {
	for _, x := range []struct{ today, months, want string }{
		{"2026-11-24", "1", "2026-12-24"}, {"2026-11-24", "6", "2027-05-24"}, {"2026-08-31", "6", "2027-02-28"}, {"2027-08-31", "6", "2028-02-29"}, {"2028-02-29", "12", "2029-02-28"}, {"2026-01-31", "3", "2026-04-30"},
	} {
		today, _ := clock.ParseDate(x.today)
		if got := (Input{Months: x.months}).Until(today).String(); got != x.want {
			t.Errorf("%s months from %s: %s", x.months, x.today, got)
		}
	}
	if !(Input{Months: "0"}).Until(clock.On(2026, 11, 24)).IsZero() {
		t.Error("a time that cannot be chosen has an end")
	}
	rapid.Check(t, func(t *rapid.T) {
		today := clock.On(2020, 1, 1).AddDays(rapid.IntRange(0, 20000).Draw(t, "day"))
		for _, m := range Months {
			for _, p := range Purposes {
				if !p.Covers(p.Parts[:1], today, (Input{Months: m}).Until(today)) {
					t.Fatalf("%s months from %s is longer than %s allows", m, today, p.Name)
				}
			}
		}
	})
}

func TestWhatIsTypedIsRead(t *testing.T) {
	in := ReadInput(url.Values{"doel": {"lawyer"}, "wie": {"  mr.  F.\u00a0Lammers "}, "deel": {"name", "birth"}, "maanden": {"3"}, "hoe": {"paper"}, "gevraagd": {"ar"}, "tolk": {" 1187 "}})
	if in.Party != "mr. F. Lammers" || !slices.Equal(in.Parts, []string{"name", "birth"}) || in.Interpreter != "1187" || in.Months != "3" || in.How != "paper" || in.Lang != "ar" || in.Purpose != "lawyer" {
		t.Errorf("%+v", in)
	}
}

func TestEveryWordIsThereInEveryLanguage(t *testing.T) {
	c, err := lang.Load(lang.Part{Name: "consent", FS: Texts})
	if err != nil {
		t.Fatal(err)
	}
	if f := c.Faults([]string{"nl", "en"}); len(f) > 0 {
		t.Error(strings.Join(f, "\n"))
	}
	staff := []string{"consent.tab", "consent.staff.", "consent.how", "consent.lang", "consent.interpreter", "consent.share", "consent.error.over", "consent.error.how", "consent.error.lang", "consent.event.", "consent.may.", "consent.keeps"}
	for _, k := range c.Keys("nl") {
		if strings.HasPrefix(k, "consent.how.") || !slices.ContainsFunc(staff, func(p string) bool { return strings.HasPrefix(k, p) }) {
			if f := c.Faults([]string{"ar", "fa", "ti", "tr", "so", "uk", "fr"}, k); len(f) > 0 {
				t.Error(strings.Join(f, "\n"))
			}
		}
	}
	for _, p := range Purposes {
		for _, k := range []string{"consent.purpose." + p.Name, "consent.purpose." + p.Name + ".why"} {
			if !c.Has("so", k) {
				t.Errorf("%s has no words", k)
			}
		}
	}
}
