package litigation

// This file tests the rules that need no database: turns, forms, what is told of a count, and the numbers of judgments.

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
)

var today = clock.On(2026, 11, 24)

func names(fs fault.Fields) string {
	var out []string
	for _, f := range fs {
		out = append(out, f.Name)
	}
	return strings.Join(out, " ")
}

func TestEveryStateIsReachedAndCanGoOn(t *testing.T) {
	reached := map[string]bool{Explored: true}
	for _, to := range turns {
		for _, s := range to {
			reached[s] = true
		}
	}
	for _, s := range States {
		if !reached[s] || len(turns[s]) == 0 {
			t.Errorf("%s is never reached, or nothing follows it", s)
		}
	}
	if len(turns) != len(States) {
		t.Error("the map of turns and the list of states differ")
	}
}

func TestACountTellsOfNoSmallGroup(t *testing.T) {
	for n := range Least {
		if shown, small := Shown(n); !small || shown != Least {
			t.Errorf("%d is told as %d", n, shown)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 1_000_000).Draw(t, "n")
		shown, small := Shown(n)
		if small != (n < Least) || !small && (shown%Round != 0 || 2*(shown-n) > Round || 2*(n-shown) > Round) {
			t.Fatalf("%d is told as %d", n, shown)
		}
	})
}

func TestFormsNameAllFaultsAtOnce(t *testing.T) {
	owners := []string{"u-a"}
	if _, fs := (CaseInput{}).Check(owners, today); names(fs) != "vraag waarom instantie eigenaar volgende" {
		t.Error(names(fs))
	}
	if _, fs := (TurnInput{To: Closed}).Check(Case{State: Explored}, owners, today); names(fs) != "naar instantie eigenaar woorden naar" {
		t.Error(names(fs))
	}
	if _, fs := (TurnInput{To: Running, Instance: "none", Owner: "u-a", Next: "2026-12-01", Words: "x"}).Check(Case{State: Explored}, owners, today); names(fs) != "instantie" {
		t.Error(names(fs))
	}
	// A case closes when its effect is written down, and told to where it came from.
	in := TurnInput{To: Closed, Instance: "court", Owner: "u-a", Words: "Klaar."}
	for want, c := range map[string]Case{"naar": {State: Judged, Bottleneck: "kp", Core: Core{Changes: "Anders."}}, "": {State: Judged, Core: Core{Changes: "Anders."}}} {
		if _, fs := in.Check(c, owners, today); names(fs) != want {
			t.Errorf("%q: %s", want, names(fs))
		}
	}
	if c, fs := in.Check(Case{State: Judged, Bottleneck: "kp", Next: today, Core: Core{Changes: "Anders.", Told: "Verteld."}}, owners, today); len(fs) > 0 || !c.Next.IsZero() {
		t.Error(names(fs), c.Next)
	}
	some := []string{"a"}
	if _, fs := (CriteriaInput{Topic: "b", Kind: "b", Origin: "b", From: "2026-13", To: "x"}).Check(some, some, some, today); names(fs) != "onderwerp wat herkomst vanaf tot" {
		t.Error(names(fs))
	}
	if _, fs := (CriteriaInput{Topic: "a", Against: "1"}).Check(some, some, some, today); names(fs) != "wat" {
		t.Error(names(fs))
	}
	c, fs := (CriteriaInput{Topic: "a", Kind: "a", From: "2026-02", To: "2026-02"}).Check(some, some, some, today)
	if len(fs) > 0 || c.From != clock.On(2026, 2, 1) || c.To != clock.On(2026, 2, 28) {
		t.Error(names(fs), c)
	}
	if _, fs := (CriteriaInput{Topic: "a", Kind: "a", From: "2026-03", To: "2026-02"}).Check(some, some, some, today); names(fs) != "tot" {
		t.Error(names(fs))
	}
	if _, fs := (EffectInput{People: "veel", Told: "V-nummer 2819940173"}).Check(Case{Bottleneck: "kp"}); names(fs) != "mensen regels verteld" {
		t.Error(names(fs))
	}
	if core, fs := (EffectInput{Changes: "Anders."}).Check(Case{}); len(fs) > 0 || core.People != nil {
		t.Error(names(fs))
	}
	if _, fs := (ItemInput{Form: "judgment", Kind: Judgment, Day: "2026-11-25", ECLI: "ECLI:NL:RBXXX:2024:1"}).Check(nil, today); names(fs) != "uitspraak-wie uitspraak-dag uitspraak-uitkomst uitspraak-ecli" {
		t.Error(names(fs))
	}
	if _, fs := (ItemInput{Form: "deadline", Kind: Deadline, Who: "x", Rule: "made-up", From: "2026-11-25"}).Check([]string{"vw-further"}, today); names(fs) != "termijn-regel termijn-vanaf" {
		t.Error(names(fs))
	}
	if x, fs := (ItemInput{Form: "deadline", Kind: Deadline, Who: "x", Day: "2026-12-25"}).Check(nil, today); len(fs) > 0 || x.State != Due || x.Said.Rule != "" {
		t.Error(names(fs))
	}
}

func TestECLI(t *testing.T) {
	for in, want := range map[string]string{
		"ECLI:NL:RVS:2024:1234":                "ECLI:NL:RVS:2024:1234",
		"ecli:nl:rbdha:2024:22100":             "ECLI:NL:RBDHA:2024:22100",
		" ECLI:NL:HR:1999:AA1234 ":             "ECLI:NL:HR:1999:AA1234",
		"ECLI:EU:C:2022:618":                   "ECLI:EU:C:2022:618",
		"ECLI:EU:T:2015:1":                     "ECLI:EU:T:2015:1",
		"ECLI:CE:ECHR:2021:0709JUD000669715":   "ECLI:CE:ECHR:2021:0709JUD000669715",
		"ECLI:DE:BVERWG:2020:040920U1C36.19.0": "ECLI:DE:BVERWG:2020:040920U1C36.19.0",
		"ECLI:BE:RVSCE:2023:ARR.255":           "ECLI:BE:RVSCE:2023:ARR.255",
		"ECLI: NL: RVS: 2024: 1234":            "ECLI:NL:RVS:2024:1234",
	} {
		if e, wrong := ReadECLI(in, 2026); wrong != "" || e.String() != want {
			t.Errorf("%q: %v %s", in, e, wrong)
		}
	}
	for in, want := range map[string]string{
		"": BadForm, "ECLI:NL:RVS:2024": BadForm, "ECLI:NL:RVS:2024:1:2": BadForm, "LJN:NL:RVS:2024:1": BadForm,
		"ECLI:XX:RVS:2024:1": BadCountry, "ECLI:NL:RBXXX:2024:1": BadCourt, "ECLI:NL::2024:1": BadCourt, "ECLI:EU:HR:2024:1": BadCourt, "ECLI:DE:1ABC:2024:1": BadCourt, "ECLI:DE:ABCDEFGH:2024:1": BadCourt,
		"ECLI:NL:RVS:2027:1": BadYear, "ECLI:NL:RVS:24:1": BadYear, "ECLI:NL:RVS:1899:1": BadYear, "ECLI:NL:RVS:+202:1": BadYear,
		"ECLI:NL:RVS:2024:": BadOrdinal, "ECLI:NL:RVS:2024:.1": BadOrdinal, "ECLI:NL:RVS:2024:1..2": BadOrdinal, "ECLI:NL:RVS:2024:" + strings.Repeat("1", 26): BadOrdinal, "ECLI:NL:RVS:2024:é": BadOrdinal,
	} {
		if _, wrong := ReadECLI(in, 2026); wrong != want {
			t.Errorf("%q: %q, not %q", in, wrong, want)
		}
	}
}

func TestECLIsStayTheSame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.OneOf(rapid.String(), rapid.StringMatching(`(ECLI|ecli):[A-Z]{2}:[A-Z][A-Z0-9]{0,7}:[0-9]{3,4}:[A-Z0-9.]{0,26}`)).Draw(t, "s")
		e, wrong := ReadECLI(s, 2026)
		if wrong != "" {
			return
		}
		if again, wrong := ReadECLI(e.String(), 2026); wrong != "" || again != e {
			t.Fatalf("%q reads as %v, and that as %v", s, e, again)
		}
	})
	var codes []string
	for c := range courts["NL"] {
		codes = append(codes, c)
	}
	rapid.Check(t, func(t *rapid.T) {
		s := fmt.Sprintf("ECLI:NL:%s:%d:%s", rapid.SampledFrom(codes).Draw(t, "court"), rapid.IntRange(1913, 2026).Draw(t, "year"), rapid.StringMatching(`[A-Z]{2}[0-9]{4}|[1-9][0-9]{0,5}`).Draw(t, "ordinal"))
		if e, wrong := ReadECLI(s, 2026); wrong != "" || e.String() != s || !strings.HasSuffix(e.Link(), s) {
			t.Fatalf("%q: %v %s", s, e, wrong)
		}
	})
}

func FuzzReadECLI(f *testing.F) {
	f.Add("ECLI:NL:RVS:2024:1234")
	f.Fuzz(func(t *testing.T, s string) {
		e, wrong := ReadECLI(s, 2026)
		if wrong != "" {
			return
		}
		if again, wrong := ReadECLI(e.String(), 2026); wrong != "" || again != e {
			t.Fatalf("%q: %v, then %v", s, e, again)
		}
	})
}

func TestTextsAreComplete(t *testing.T) {
	c, err := lang.Load(lang.Part{Name: "litigation", FS: Texts})
	if err != nil {
		t.Fatal(err)
	}
	if f := c.Faults([]string{"nl", "en"}); len(f) > 0 {
		t.Error(strings.Join(f, "\n"))
	}
	// What is put together while running, the search for missing texts cannot see.
	for before, all := range map[string][]string{"state.": States, "instance.": Instances, "kind.": Kinds, "outcome.": Outcomes, "fate.": {Due, Met, Gone}, "fate.do.": {Due, Met, Gone}, "step.": StepKinds, "event.": StepKinds, "turn.": States,
		"error.ecli.": {BadForm, BadCountry, BadCourt, BadYear, BadOrdinal}} {
		for _, x := range all {
			for _, tag := range []string{"nl", "en"} {
				if !c.Has(tag, "litigation."+before+x) {
					t.Errorf("litigation.%s%s has no words in %s", before, x, tag)
				}
			}
		}
	}
	for _, r := range Rules() {
		if !c.Has("nl", r.Why) {
			t.Errorf("%s does not say who may do it", r.Action)
		}
	}
}
