package pilot

// This file tests the rules that need no database: turns, forms, numbers, and how a measure compares.

import (
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
	reached := map[string]bool{Drafted: true}
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

func TestFormsNameAllFaultsAtOnce(t *testing.T) {
	owners := []string{"u-a"}
	if _, fs := (PlanInput{Goal: "V-nummer 2819940173"}).Check(owners, today); names(fs) != "naam hypothese doel start stop geld eigenaar evaluatie" {
		t.Error(names(fs))
	}
	draft := Plan{State: Drafted, Checked: today.AddDays(10)}
	if _, fs := (TurnInput{To: Running, Owner: "u-a", Checked: "2026-12-04", Words: "Ja."}).Check(draft, owners, 0, today); names(fs) != "naar" {
		t.Error("it starts without a measure: " + names(fs))
	}
	p, fs := (TurnInput{To: Running, Owner: "u-a", Checked: "2026-12-04", Words: "Ja."}).Check(draft, owners, 1, today)
	if len(fs) > 0 || p.Started != today || !p.Locked() {
		t.Error(names(fs), p)
	}
	if p, fs = (TurnInput{To: Evaluated, Owner: "u-a", Words: "Het helpt."}).Check(p, owners, 1, today); len(fs) > 0 || p.Core.Found != "Het helpt." {
		t.Error(names(fs), p)
	}
	if _, fs = (TurnInput{To: Decided, Owner: "u-a", Words: "Zo."}).Check(p, owners, 1, today); names(fs) != "naar" {
		t.Error("it is decided by a step: " + names(fs))
	}
	if _, fs = (DecideInput{}).Check(p, "u-b", today); names(fs) != "besluit redenen" {
		t.Error(names(fs))
	}
	if _, fs = (DecideInput{Decision: "continue", Reasons: "Nog niet klaar."}).Check(p, "u-b", today); names(fs) != "opnieuw" {
		t.Error(names(fs))
	}
	on, fs := (DecideInput{Decision: "continue", Reasons: "Nog niet klaar.", Checked: today.AddDays(90).String()}).Check(p, "u-b", today)
	if len(fs) > 0 || on.State != Running || on.Decision != "continue" || on.Checked != today.AddDays(90) {
		t.Error("what continues does not run on: "+names(fs), on)
	}
	if on, fs = (TurnInput{To: Evaluated, Owner: "u-a", Words: "Nu wel."}).Check(on, owners, 1, today); len(fs) > 0 || on.Core.Found != "Nu wel." || on.Decision != "continue" {
		t.Error("what continued is not evaluated anew: "+names(fs), on)
	}
	d, fs := (DecideInput{Decision: "stop", Reasons: "Het helpt niet."}).Check(p, "u-b", today)
	if len(fs) > 0 || d.State != Decided || d.DecidedBy != "u-b" || d.Decided != today {
		t.Error(names(fs), d)
	}
	if _, fs = (DecideInput{Decision: "stop", Reasons: "x"}).Check(d, "u-b", today); names(fs) != "besluit" {
		t.Error("decided twice: " + names(fs))
	}
	if r, fs := (TurnInput{To: Evaluated, Owner: "u-a", Words: "Te vroeg."}).Check(d, owners, 1, today); len(fs) > 0 || r.Decision != "" || r.Core.Found != "Het helpt." {
		t.Error(names(fs), r)
	}
	if _, fs := (AmendInput{Part: "goal", Reads: "x", Why: "y"}).Check(draft); names(fs) != "onderdeel" {
		t.Error("a plan that is not locked is amended: " + names(fs))
	}
	if q, fs := (AmendInput{Part: "budget", Reads: "€ 12.500", Why: "Meer teams."}).Check(p); len(fs) > 0 || q.Budget != 12500 {
		t.Error(names(fs), q.Budget)
	}
	if _, fs := (ItemInput{Kind: Value, Amount: "veel", Day: "2026-11-25", Group: "x"}).Check(nil, today); names(fs) != "waarde-maat waarde-groep waarde-getal waarde-dag" {
		t.Error(names(fs))
	}
	alone := []Item{{ID: "m", Kind: Measure}}
	if _, fs := (ItemInput{Kind: Value, About: "m", Amount: "1", Day: "2026-11-20", Group: Beside}).Check(alone, today); names(fs) != "waarde-groep" {
		t.Error("a comparison where there is none: " + names(fs))
	}
	if _, fs := (ItemInput{Kind: Spent}).Check(nil, today); names(fs) != "geld-naam geld-bedrag geld-dag" {
		t.Error(names(fs))
	}
}

func TestNumbers(t *testing.T) {
	for in, want := range map[string]int64{"12.500": 12500, "€ 1.000.000": 1000000, "0": 0, " 75 ": 75} {
		if got, ok := euros(in); !ok || got != want {
			t.Errorf("%q: %d %v", in, got, ok)
		}
	}
	for _, in := range []string{"", "-5", "12,50", "1.00", "12.5000", "+3", "veel", "1000000000000", "€"} {
		if got, ok := euros(in); ok {
			t.Errorf("%q is %d euros", in, got)
		}
	}
	for in, want := range map[string]int64{"12,5": 12500, "-3": -3000, "0.125": 125, "-0,5": -500} {
		if got, ok := number(in); !ok || got != want {
			t.Errorf("%q: %d %v", in, got, ok)
		}
	}
	for _, in := range []string{"", "-", "1,2345", "1.000,5", "1e3", "veel"} {
		if got, ok := number(in); ok {
			t.Errorf("%q is %d", in, got)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.Int64Range(-999_999_999_999, 999_999_999_999).Draw(t, "n")
		got, ok := number(strings.ReplaceAll(numberText(n), "−", "-"))
		if !ok || got != n {
			t.Fatalf("%d is written %s and read %d", n, numberText(n), got)
		}
	})
}

func TestAMeasureComparesHowFarEachMoved(t *testing.T) {
	v := func(group string, day, amount int64) Item {
		return Item{Kind: Value, About: "m", Day: today.AddDays(int(day)), Amount: amount, Said: Said{Group: group}}
	}
	m := Item{ID: "m", Said: Said{Better: "down", Compare: "anderen"}}
	c := CourseOf(m, []Item{v(InPilot, 9, 5500), v(InPilot, 0, 14000), v(Beside, 9, 12500), v(Beside, 0, 13500), {About: "other", Said: Said{Group: InPilot}}})
	if c.Moved[InPilot] != -8500 || c.Moved[Beside] != -1000 || c.Apart != -7500 || !c.Compared || c.Helps(c.Moved[InPilot]) != 1 || len(c.Values) != 4 {
		t.Errorf("%+v", c)
	}
	if c := CourseOf(m, []Item{v(InPilot, 0, 1), v(InPilot, 1, 2), v(Beside, 0, 1)}); c.Compared || c.Helps(1) != -1 || c.Helps(0) != 0 {
		t.Errorf("compared with one value: %+v", c)
	}
	if c := CourseOf(m, []Item{v(InPilot, 0, 1)}); len(c.Moved) != 0 {
		t.Errorf("moved with one value: %+v", c)
	}
	// In whatever order the values come, the course is the same.
	rapid.Check(t, func(t *rapid.T) {
		var vs []Item
		for i := range rapid.IntRange(0, 8).Draw(t, "n") {
			vs = append(vs, v(rapid.SampledFrom([]string{InPilot, Beside}).Draw(t, "group"), int64(i), rapid.Int64Range(-9000, 9000).Draw(t, "amount")))
		}
		a, b := CourseOf(m, vs), CourseOf(m, rapid.Permutation(vs).Draw(t, "order"))
		if a.Apart != b.Apart || a.Compared != b.Compared || a.Moved[InPilot] != b.Moved[InPilot] {
			t.Fatalf("%+v\n%+v", a, b)
		}
	})
}

func TestTextsAreComplete(t *testing.T) {
	c, err := lang.Load(lang.Part{Name: "pilot", FS: Texts})
	if err != nil {
		t.Fatal(err)
	}
	if f := c.Faults([]string{"nl", "en"}); len(f) > 0 {
		t.Error(strings.Join(f, "\n"))
	}
	made := map[string][]string{"state.": States, "decision.": Decisions, "kind.": Kinds, "part.": Parts, "better.": Betters, "group.": {InPilot, Beside}, "step.": StepKinds, "event.": StepKinds, "course.": {"better", "same", "worse"}}
	for from := range turns {
		made["turn."+from+"."] = Turns(from)
	}
	for _, d := range Decisions {
		made["decision."+d+"."] = []string{"hint"}
	}
	for before, all := range made {
		for _, x := range all {
			for _, tag := range []string{"nl", "en"} {
				if !c.Has(tag, "pilot."+before+x) {
					t.Errorf("pilot.%s%s has no words in %s", before, x, tag)
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
