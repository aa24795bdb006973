package procedure

import (
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"reisgezel/internal/kernel/clock"
)

// TestEveryRuleOfThePackOverACentury takes each term that stands in any rule, in any of its readings, over all the years of
// the calendar: it never ends before its period does, never on a free day where the law moves it, and never earlier for a
// later event.
func TestEveryRuleOfThePackOverACentury(t *testing.T) {
	type named struct {
		rule string
		term Term
	}
	var all []named
	cal := book(t).Calendar
	for _, p := range book(t).Packs {
		for _, r := range p.Terms {
			if r.Term != nil {
				all = append(all, named{r.ID, *r.Term})
			}
			for _, a := range r.Also {
				all = append(all, named{r.ID, a.Term})
			}
		}
	}
	if len(all) < 150 {
		t.Fatalf("only %d terms", len(all))
	}
	rapid.Check(t, func(t *rapid.T) {
		x, from := rapid.SampledFrom(all).Draw(t, "term"), anyDay(t)
		if from.Year < FirstYear+20 && x.term.Back || from.Year > LastYear-20 {
			from = clock.On(2040, from.Month, from.Day)
		}
		e, err := x.term.From(from, cal)
		if err != nil {
			t.Fatalf("%s %s from %s: %v", x.rule, x.term, from, err)
		}
		next, err := x.term.From(from.AddDays(1), cal)
		if err != nil {
			t.Fatal(err)
		}
		if next.Last.Before(e.Last) || next.Bare.Before(e.Bare) {
			t.Fatalf("%s %s: the event of %s ends on %s, the one of the day after on %s", x.rule, x.term, from, e.Last, next.Last)
		}
		if x.term.Back {
			return // TestTermsCountedBackOverACentury
		}
		if x.term.Unit != WorkDays && e.Last.Before(x.term.plain(from).AddDays(x.term.Plus)) {
			t.Fatalf("%s %s from %s ends on %s, before its period", x.rule, x.term, from, e.Last)
		}
		moves := x.term.Unit == WorkDays || x.term.Roll == EU || x.term.Roll == ATW && !x.term.atwSilent()
		if moves && x.term.Plus == 0 && cal.Free(e.Last) != "" {
			t.Fatalf("%s %s from %s ends on %s, which is free: %s", x.rule, x.term, from, e.Last, cal.Free(e.Last))
		}
	})
}

// TestWhereNoDoubtfulDayLiesTheGenerousCalendarSaysTheSame holds for the shortcut of the engine: it counts a second time
// only when a likely day lies between the event and the end.
func TestWhereNoDoubtfulDayLiesTheGenerousCalendarSaysTheSame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		from, term := anyDay(t), anyTerm(t)
		switch rapid.IntRange(0, 3).Draw(t, "sort") {
		case 0:
			term = Term{N: rapid.IntRange(1, 30).Draw(t, "days"), Unit: WorkDays, After: rapid.Bool().Draw(t, "after")}
		case 1:
			term.Back, term.MinTwo = true, false
		case 2:
			term.Plus = rapid.IntRange(1, 20).Draw(t, "plus")
		}
		end, err := term.From(from, Bare())
		if err != nil {
			return
		}
		var days []EquatedDay
		for range rapid.IntRange(1, 6).Draw(t, "n") {
			near := rapid.SampledFrom([]clock.Date{from, end.Last, end.Last}).Draw(t, "near")
			days = append(days, EquatedDay{Day: near.AddDays(rapid.IntRange(-3, 3).Draw(t, "at")), Confidence: rapid.SampledFrom([]Confidence{Read, Partly}).Draw(t, "c")})
		}
		cal := NewCalendar("x", days)
		a, err := term.From(from, cal)
		if err != nil {
			return
		}
		b, err := term.From(from, cal.Generous())
		if err != nil {
			return
		}
		if !cal.doubtful(from, a.Last) && !reflect.DeepEqual(a, b) {
			t.Fatalf("%s from %s with %v: %s, and generously %s", term, from, days, a.Last, b.Last)
		}
	})
}

// TestOneVersionOfAReplacedRuleGovernsOnEveryDay replaces a rule for any period, twice: whatever the day of the event, one
// version of it governs, and it is the last one that was said for that day.
func TestOneVersionOfAReplacedRuleGovernsOnEveryDay(t *testing.T) {
	b := book(t)
	change := func(t *rapid.T, replaces, id, term string) (string, clock.Date, clock.Date) {
		from := clock.On(2026, 1, 1).AddDays(rapid.IntRange(0, 700).Draw(t, "from"))
		valid, to := "{trigger: announced, from: "+from.String(), clock.Date{}
		if rapid.Bool().Draw(t, "ends") {
			to = from.AddDays(rapid.IntRange(0, 300).Draw(t, "to"))
			valid += ", to: " + to.String()
		}
		s := strings.NewReplacer("old-appeal-week-bench", id, "replaces: old-appeal-week\n", "replaces: "+replaces+"\n", "P2W|roll=ATW", term).Replace(twoWeeks(valid + "}"))
		return s, from, to
	}
	read := func(t *rapid.T, s, id string) *Amendment {
		c, faults := ReadAmendment(s)
		if len(faults) > 0 {
			t.Fatal(faults)
		}
		c.ID = id
		return c
	}
	rapid.Check(t, func(t *rapid.T) {
		s1, from1, to1 := change(t, "old-appeal-week", "first", "P2W|roll=ATW")
		s2, from2, to2 := change(t, "first", "second", "P3W|roll=ATW")
		cs := []*Amendment{read(t, s1, "wr-1")}
		if v := (Valid{From: from1, To: to1}); v.overlaps(Valid{From: from2, To: to2}) && !from2.Before(from1) && (to1.IsZero() || !to2.IsZero() && !to2.After(to1)) {
			cs = append(cs, read(t, s2, "wr-2"))
		}
		then, faults := b.With(cs, "+2")
		if len(faults) > 0 {
			t.Fatalf("%v\n%s\n%s", faults, s1, s2)
		}
		day := clock.On(2026, 1, 1).AddDays(rapid.IntRange(-30, 1100).Draw(t, "day"))
		want := "old-appeal-week"
		if (Valid{From: from1, To: to1}).Holds(day) {
			want = "first"
		}
		if len(cs) == 2 && (Valid{From: from2, To: to2}).Holds(day) {
			want = "second"
		}
		f := Sorted([]Event{ev("lodged", "2025-01-20"), {ID: "d", Kind: "decision", On: OnDay(day), Outcome: "rejected", Route: "aa", How: Handed}})
		var got []string
		for _, x := range then.Derive(f, noon).Deadlines {
			if x.Term == "appeal" {
				for _, c := range x.Candidates {
					id, _, _ := strings.Cut(c.Rule, "@")
					got = append(got, id)
				}
			}
		}
		if !slices.Equal(got, []string{want}) {
			t.Fatalf("on %s %v governs, not %s\n%s\n%s", day, got, want, s1, s2)
		}
	})
}

// TestWhatDoesNotComeOutDifferentlyIsNotCounted compares any derivation with itself, and with one that was moved.
func TestWhatDoesNotComeOutDifferentlyIsNotCounted(t *testing.T) {
	b := book(t)
	moved := amend(t, b, twoWeeks("{trigger: announced, from: 2010-07-01}"))
	rapid.Check(t, func(t *rapid.T) {
		day := clock.On(2026, 1, 1).AddDays(rapid.IntRange(0, 700).Draw(t, "day"))
		f := Sorted([]Event{ev("lodged", "2025-01-20"), {ID: "d", Kind: "decision", On: OnDay(day), Outcome: "rejected", Route: "aa", How: Handed}})
		old, fresh := b.Derive(f, noon), moved.Derive(f, noon)
		if m := compare(old, old); m != (Moves{Looked: 1}) {
			t.Fatalf("%+v", m)
		}
		if m, back := compare(old, fresh), compare(fresh, old); m.Later == 0 || m.Earlier+m.Fresh+m.Gone != 0 || back.Earlier != m.Later || m.Tracks != 1 {
			t.Fatalf("%+v and back %+v", m, back)
		}
		d := b.Derive(f, noon.Add(time.Duration(rapid.IntRange(-9, 9).Draw(t, "years"))*365*24*time.Hour))
		if string(d.outcome()) != string(old.outcome()) {
			t.Fatal("the day on which it is derived changes the outcome")
		}
	})
}

func FuzzAmendment(f *testing.F) {
	for _, s := range []string{twoWeeks("{trigger: announced, from: 2026-12-01, to: 2026-12-31}"), withTerm("old-decide", "P8M"), demoConfirm, "days:\n  - {day: 2026-05-15, drop: true}\n",
		"sources:\n  - {id: X, title: x, url: https://example.org}\nconfirm:\n  - {id: old-decide, by: x, on: 2026-11-20}\n"} {
		f.Add(s)
	}
	b := book(f)
	facts := Sorted([]Event{ev("lodged", "2026-01-20"), ev("decision", "2026-11-24", outcome("rejected"), route("aa"))})
	was := b.Derive(facts, noon)
	f.Fuzz(func(t *testing.T, raw string) {
		c, faults := ReadAmendment(raw)
		if len(faults) > 0 {
			return
		}
		c.ID = "wr-x"
		if then, faults := b.With([]*Amendment{c}, "+1"); len(faults) == 0 {
			then.Derive(facts, noon)
			b.differences(c)
		}
		if now := b.Derive(facts, noon); string(now.outcome()) != string(was.outcome()) {
			t.Error("the rulebook underneath was changed")
		}
	})
}
