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

func book(t testing.TB) *Rulebook {
	t.Helper()
	b, err := Book()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

var noon = time.Date(2026, 11, 24, 12, 0, 0, 0, clock.Netherlands)

// ev makes an event on an exact day; an empty day is an unknown one.
func ev(kind, date string, more ...func(*Event)) Event {
	e := Event{ID: kind, Kind: kind}
	if date != "" {
		d, err := clock.ParseDate(date)
		if err != nil {
			panic(err)
		}
		e.On = OnDay(d)
	}
	for _, f := range more {
		f(&e)
	}
	return e
}

func outcome(s string) func(*Event) { return func(e *Event) { e.Outcome = s } }
func route(s string) func(*Event)   { return func(e *Event) { e.Route = s } }
func how(h How) func(*Event)        { return func(e *Event) { e.How = h } }

func find(t testing.TB, d Derivation, term string) Deadline {
	t.Helper()
	for _, x := range d.Deadlines {
		if x.Term == term {
			return x
		}
	}
	t.Fatalf("no term %s in %+v", term, d.Deadlines)
	return Deadline{}
}

func has(d Derivation, term string) bool {
	return slices.ContainsFunc(d.Deadlines, func(x Deadline) bool { return x.Term == term })
}

func keys(rs []Reason) string {
	var out []string
	for _, r := range rs {
		out = append(out, r.Key)
	}
	return strings.Join(out, " ")
}

func dates(d Deadline) string { return d.Safe.String() + " " + d.Last.String() }

func TestARejectionInTheGeneralProcedureLeavesOneWeek(t *testing.T) {
	d := book(t).Derive(Sorted([]Event{ev("lodged", "2026-01-20"), ev("decision", "2026-11-24", outcome("rejected"), route("aa"), how(Handed))}), noon)
	a := find(t, d, "appeal")
	if dates(a) != "2026-12-01 2026-12-01" || !a.Urgent || !a.Sure() || a.Confirmed() {
		t.Errorf("%s urgent %v sure %v confirmed %v", dates(a), a.Urgent, a.Sure(), a.Confirmed())
	}
	if c := a.Candidates[0]; c.Rule != "old-appeal-week" || c.Source != "BWBR0011823" || !strings.Contains(keys(c.Chain), "event how_handed starts_after weeks working_day") {
		t.Errorf("%s by %s: %s", c.Rule, c.Source, keys(c.Chain))
	}
	if find(t, d, "decide").Met == "" {
		t.Error("the decision term still runs after the decision")
	}
	if now, _ := d.Now(); now.Step != "rejected" || now.Who[0] != Lawyer {
		t.Errorf("the track stands at %+v", now)
	}
	if has(d, "remain") || has(d, "family") || has(d, "lodge") {
		t.Error("a rule of another regime or outcome was used")
	}
	if !d.Choices[0].Sure() || d.Choices[0].Regimes[0] != "VW-OLD" {
		t.Errorf("regimes %v", d.Choices[0].Regimes)
	}
}

func TestAnUnknownKindOfProcedureGivesBothTermsAndTheEarliestCounts(t *testing.T) {
	d := book(t).Derive(Sorted([]Event{ev("lodged", "2026-01-20"), ev("decision", "2026-11-24", outcome("rejected"), how(Sent))}), noon)
	a := find(t, d, "appeal")
	if dates(a) != "2026-12-01 2026-12-22" || len(a.Candidates) != 2 || !a.Urgent {
		t.Errorf("%s from %d candidates", dates(a), len(a.Candidates))
	}
	if !slices.ContainsFunc(d.Questions, func(q Question) bool { return q.Key == "route" && q.Kind == "decision" }) {
		t.Errorf("nobody asks which procedure it is: %+v", d.Questions)
	}
}

func TestAnUnknownRegimeGivesTheDatesOfBoth(t *testing.T) {
	d := book(t).Derive(Sorted([]Event{ev("decision", "2026-11-24", outcome("rejected"), route("border"), how(Handed))}), noon)
	if len(d.Choices[0].Regimes) != 2 {
		t.Fatalf("regimes %v", d.Choices[0].Regimes)
	}
	a := find(t, d, "appeal")
	if dates(a) != "2026-11-29 2026-12-04" || len(a.Candidates) != 3 {
		t.Errorf("%s from %d candidates", dates(a), len(a.Candidates))
	}
	if !slices.ContainsFunc(d.Questions, func(q Question) bool { return q.Key == "regime" }) {
		t.Error("nobody asks when the application was lodged")
	}
}

func TestWhatMustComeFirstTellsTheRegime(t *testing.T) {
	for _, c := range []struct {
		want   RegimeID
		events []Event
	}{
		{"VW-OLD", []Event{ev("decision", "2026-06-11", outcome("granted"))}},
		{"PACT", []Event{ev("registered", "2026-06-12")}},
		{"VW-OLD", []Event{ev("lodged", "2026-06-11")}},
		{"PACT", []Event{ev("lodged", "2026-06-12")}},
		{"VW-OLD", []Event{ev("registered", "2026-05-01"), ev("lodged", ""), ev("intention", "2026-06-01")}},
	} {
		got := book(t).Choose(Asylum, Sorted(c.events))
		if !got.Sure() || got.Regimes[0] != c.want || len(got.Chain) < 2 {
			t.Errorf("%v: %v %s", c.events, got.Regimes, keys(got.Chain))
		}
	}
	both := Sorted([]Event{ev("registered", "2026-06-20"), ev("lodged", "2026-06-25")})
	if a, r := book(t).Choose(Asylum, both), book(t).Choose(Responsibility, both); a.Regimes[0] != "PACT" || r.Regimes[0] != "DUBLIN-III" {
		t.Errorf("between 12 and 30 June 2026: %v and %v", a.Regimes, r.Regimes)
	}
}

func TestThePactBandsAreAllComputed(t *testing.T) {
	b := book(t)
	short := find(t, b.Derive(Sorted([]Event{ev("lodged", "2026-07-01"), ev("decision", "2026-09-01", outcome("rejected"), route("accelerated"), how(Handed))}), noon), "appeal")
	if dates(short) != "2026-09-06 2026-09-11" || !short.Urgent || short.Candidates[0].Confidence != Unsettled {
		t.Errorf("accelerated: %s, %+v", dates(short), short.Candidates)
	}
	if short.Candidates[0].Last.String() != "2026-09-07" {
		t.Errorf("five days end on %s", short.Candidates[0].Last)
	}
	long := find(t, b.Derive(Sorted([]Event{ev("lodged", "2026-07-01"), ev("decision", "2026-09-01", outcome("rejected"), route("normal"), how(Handed))}), noon), "appeal")
	if dates(long) != "2026-09-15 2026-10-01" {
		t.Errorf("normal: %s", dates(long))
	}
	if len(long.Questions) != 1 || long.Questions[0].Key != "unsettled" {
		t.Errorf("nobody asks the lawyer: %+v", long.Questions)
	}
}

func TestSixMonthsMoveUnderThePactAndNotBefore(t *testing.T) {
	b := book(t)
	if d := find(t, b.Derive(Sorted([]Event{ev("lodged", "2026-08-28", route("normal"))}), noon), "decide"); dates(d) != "2027-03-01 2027-02-28" {
		t.Errorf("pact: %s", dates(d))
	}
	if d := find(t, b.Derive(Sorted([]Event{ev("lodged", "2025-08-28")}), noon), "decide"); dates(d) != "2026-02-28 2026-02-28" {
		t.Errorf("old law: %s", dates(d))
	}
}

func TestAnAuthorityIsLateOnlyAfterTheLaterDate(t *testing.T) {
	d := find(t, book(t).Derive(Sorted([]Event{ev("lodged", "2026-08-28")}), noon), "decide")
	if !d.Reversed() || dates(d) != "2027-03-01 2026-11-28" {
		t.Errorf("route unknown: %s", dates(d))
	}
}

func TestADecisionTermGrowsAndStandsStill(t *testing.T) {
	b := book(t)
	nine := Term{N: 9, Unit: Months}
	long := ev("extended", "2025-06-01", func(e *Event) { e.Extend = nine })
	facts := []Event{ev("lodged", "2025-01-31"), long}
	if d := find(t, b.Derive(Sorted(facts), noon), "decide"); dates(d) != "2026-04-30 2026-04-30" || !strings.Contains(keys(d.Candidates[0].Chain), "extended") {
		t.Errorf("extended: %s", dates(d))
	}
	facts = append(facts, ev("paused", "2025-07-01"))
	if d := find(t, b.Derive(Sorted(facts), noon), "decide"); !d.Standstill || !d.Safe.IsZero() {
		t.Errorf("standing still: %s", dates(d))
	}
	facts = append(facts, ev("resumed", "2025-07-11"))
	if d := find(t, b.Derive(Sorted(facts), noon), "decide"); dates(d) != "2026-05-10 2026-05-10" {
		t.Errorf("running again: %s", dates(d))
	}
}

func TestResponsibilityStartsTheSixMonthsAnew(t *testing.T) {
	d := book(t).Derive(Sorted([]Event{ev("registered", "2025-09-01"), ev("lodged", "2025-09-02"), ev("nl_responsible", "2026-01-15")}), noon)
	n := 0
	for _, x := range d.Deadlines {
		if x.Term == "decide" {
			n++
			if dates(x) != "2026-07-15 2026-07-15" {
				t.Errorf("%s", dates(x))
			}
		}
	}
	if n != 1 {
		t.Errorf("%d decision terms run", n)
	}
}

func TestAGrantStartsTheThreeMonthsOfFamily(t *testing.T) {
	d := find(t, book(t).Derive(Sorted([]Event{ev("lodged", "2025-03-01"), ev("decision", "2025-11-30", outcome("granted"), how(Sent))}), noon), "family")
	if dates(d) != "2026-02-28 2026-03-02" || !strings.Contains(keys(d.Candidates[0].Chain), "clamped") {
		t.Errorf("%s: %s", dates(d), keys(d.Candidates[0].Chain))
	}
}

func TestWithoutADayThereIsAQuestionAndNoDate(t *testing.T) {
	d := find(t, book(t).Derive(Sorted([]Event{ev("lodged", "2026-01-20"), ev("decision", "", outcome("rejected"), route("aa"))}), noon), "appeal")
	if !d.Safe.IsZero() || !d.Urgent || len(d.Questions) == 0 || d.Questions[0].Key != "when" {
		t.Errorf("%s urgent %v questions %+v", dates(d), d.Urgent, d.Questions)
	}
}

func TestADayBetweenTwoDaysGivesAllDatesAndTheEarliestCounts(t *testing.T) {
	e := ev("decision", "2026-11-20", outcome("rejected"), route("aa"), how(Sent))
	e.On.To = on(t, "2026-11-23")
	d := find(t, book(t).Derive(Sorted([]Event{ev("lodged", "2026-01-20"), e}), noon), "appeal")
	if dates(d) != "2026-11-27 2026-11-30" || len(d.Candidates) != 2 {
		t.Errorf("%s from %d candidates", dates(d), len(d.Candidates))
	}
}

func TestALetterThatSetsItsOwnDayIsNotMoved(t *testing.T) {
	sunday := func(e *Event) { e.Letter = clock.On(2026, 11, 29) }
	d := find(t, book(t).Derive(Sorted([]Event{ev("lodged", "2026-07-20"), ev("interview_report", "2026-11-10", sunday)}), noon), "corrections")
	if dates(d) != "2026-11-29 2026-11-29" {
		t.Errorf("%s", dates(d))
	}
	d = find(t, book(t).Derive(Sorted([]Event{ev("lodged", "2026-07-20"), ev("interview_report", "2026-11-10")}), noon), "corrections")
	if !d.Safe.IsZero() || d.Questions[0].Key != "letter_day" {
		t.Errorf("%s %+v", dates(d), d.Questions)
	}
}

func TestALikelyEquatedDayGivesAPersonNoTimeAndAnAuthorityAll(t *testing.T) {
	b := book(t)
	a := find(t, b.Derive(Sorted([]Event{ev("lodged", "2025-10-01"), ev("decision", "2026-04-16", outcome("rejected"), route("va"), how(Handed))}), noon), "appeal")
	if dates(a) != "2026-05-14 2026-05-15" || !strings.Contains(keys(a.Candidates[0].Chain), "equated_likely") {
		t.Errorf("appeal: %s %s", dates(a), keys(a.Candidates[0].Chain))
	}
	c := find(t, b.Derive(Sorted([]Event{ev("lodged", "2025-10-01"), ev("decision", "2026-04-10", outcome("rejected"), route("aa"), how(Handed)), ev("appeal_lodged", "2026-04-16")}), noon), "court")
	if dates(c) != "2026-05-18 2026-05-14" {
		t.Errorf("court: %s", dates(c))
	}
}

func TestAStaleRuleSaysSo(t *testing.T) {
	d := book(t).Derive(Sorted([]Event{ev("lodged", "2026-01-20")}), time.Date(2030, 1, 1, 12, 0, 0, 0, time.UTC))
	if len(d.Stale) == 0 || !find(t, d, "decide").Stale {
		t.Error("a review date that has passed warns nobody")
	}
}

// TestDerivationsKeepTheirPromises throws any facts at the engine.
func TestDerivationsKeepTheirPromises(t *testing.T) {
	b := book(t)
	rapid.Check(t, func(t *rapid.T) {
		topic := rapid.SampledFrom(b.Topics).Filter(func(d TopicDef) bool { return d.Track }).Draw(t, "topic")
		var kinds []EventDef
		for _, p := range b.Packs {
			if slices.Contains(topic.all, p.Topic) {
				kinds = append(kinds, p.Events...)
			}
		}
		var es []Event
		for i := range rapid.IntRange(1, 7).Draw(t, "events") {
			k := rapid.SampledFrom(kinds).Draw(t, "kind")
			e := Event{ID: string(rune('a' + i)), Kind: k.ID, Outcome: NotKnown, Route: NotKnown}
			if rapid.IntRange(0, 4).Draw(t, "known") > 0 {
				from := clock.On(2024, 1, 1).AddDays(rapid.IntRange(0, 1400).Draw(t, "day"))
				e.On = Moment{from, from.AddDays(rapid.IntRange(0, 3).Draw(t, "wide"))}
			}
			if len(k.Outcomes) > 0 {
				e.Outcome = rapid.SampledFrom(append(k.Outcomes, NotKnown)).Draw(t, "outcome")
			}
			if len(k.Routes) > 0 {
				e.Route = rapid.SampledFrom(append(k.Routes, NotKnown)).Draw(t, "route")
			}
			if k.Letter && rapid.Bool().Draw(t, "letter") {
				e.Letter = clock.On(2026, 1, 1).AddDays(rapid.IntRange(0, 700).Draw(t, "letterday"))
			}
			if k.Extends {
				e.Extend = Term{N: rapid.IntRange(0, 15).Draw(t, "by"), Unit: rapid.SampledFrom([]Unit{Weeks, Months}).Draw(t, "unit")}
			}
			es = append(es, e)
		}
		f := Sorted(es).About(topic.ID)
		d := b.Derive(f, noon)
		if again := b.Derive(f, noon); !reflect.DeepEqual(d, again) {
			t.Fatal("the same facts gave another answer")
		}
		if len(d.Choices) != len(topic.all) || d.Rules == "" || d.Calendar == "" {
			t.Fatalf("no versions: %+v", d)
		}
		seen := map[string]bool{}
		for _, x := range d.Deadlines {
			if seen[x.Key] {
				t.Fatalf("%s stands twice", x.Key)
			}
			seen[x.Key] = true
			if !x.Reversed() && x.Last.Before(x.Safe) || x.Reversed() && x.Safe.Before(x.Last) {
				t.Fatalf("%s: safe %s last %s", x.Key, x.Safe, x.Last)
			}
			if x.Safe.IsZero() && !x.Standstill && len(x.Questions) == 0 {
				t.Fatalf("%s has no date and asks nothing", x.Key)
			}
			for _, c := range x.Candidates {
				if len(c.Chain) == 0 || c.Article == "" || c.Source == "" {
					t.Fatalf("%s: a reading without reasons or source: %+v", x.Key, c)
				}
				if !c.Safe.IsZero() && !x.Reversed() && (c.Safe.Before(x.Safe) || c.Last.After(x.Last)) {
					t.Fatalf("%s: the reading %s %s lies outside %s", x.Key, c.Safe, c.Last, dates(x))
				}
			}
		}
		for _, e := range f.Events {
			if topic.ID != Asylum || e.Kind != "decision" || !slices.Contains([]string{"rejected", "manifestly_unfounded", "inadmissible", "not_examined"}, e.Outcome) || !d.Choices[0].Sure() {
				continue
			}
			if e.Route != NotKnown && !slices.Contains(routesOf(b, d.Choices[0].Regimes[0]), e.Route) {
				continue // the property draws routes of the other law
			}
			if !slices.ContainsFunc(d.Deadlines, func(x Deadline) bool { return x.Term == "appeal" && x.Event == e.ID }) {
				t.Fatalf("a decision %s by %v leaves no term of appeal", e.Outcome, d.Choices[0].Regimes)
			}
		}
		now := 0
		for _, s := range d.Steps {
			if s.State == Now {
				now++
			}
		}
		if now != 1 && len(d.Steps) > 0 {
			t.Fatalf("the track stands on %d steps", now)
		}
	})
}

func BenchmarkDerive(b *testing.B) {
	book := book(b)
	f := Sorted([]Event{ev("registered", "2026-01-10"), ev("lodged", "2026-01-20"), ev("interview_report", "2026-09-01"), ev("decision", "2026-11-20", outcome("rejected"), route("va"), how(Sent))})
	for b.Loop() {
		book.Derive(f, noon)
	}
}

func TestAnAnswerBeforeOrAfterIsEnoughForTheRegime(t *testing.T) {
	b := book(t)
	before, after := ev("lodged", ""), ev("lodged", "")
	before.On.To, after.On.From = clock.On(2026, 6, 11), clock.On(2026, 6, 12)
	rejected := ev("decision", "2026-11-24", outcome("rejected"), route("border"), how(Handed))
	if d := b.Derive(Sorted([]Event{rejected, before}), noon); d.Choices[0].Regimes[0] != "VW-OLD" || !d.Choices[0].Sure() || dates(find(t, d, "appeal")) != "2026-12-01 2026-12-01" {
		t.Errorf("before: %v %s", d.Choices[0].Regimes, dates(find(t, d, "appeal")))
	} else if now, _ := d.Now(); now.Step != "rejected" {
		t.Errorf("it stands at %s", now.Step)
	}
	if d := b.Derive(Sorted([]Event{rejected, after}), noon); d.Choices[0].Regimes[0] != "PACT" || !d.Choices[0].Sure() || find(t, d, "admissibility").Safe != (clock.Date{}) {
		t.Errorf("after: %v", d.Choices[0].Regimes)
	}
}

// routesOf are the kinds of procedure a track under a regime can have.
func routesOf(b *Rulebook, r RegimeID) []string {
	for _, p := range b.Packs {
		if p.Regime == r {
			return p.Routes
		}
	}
	return nil
}
