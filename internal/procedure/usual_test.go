package procedure

// This file looks at what is said of how long a step usually takes, and at what is not said.

import (
	"context"
	"fmt"
	"testing"
	"time"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
)

func TestTheMiddleHalfIsToldOfEnoughPeople(t *testing.T) {
	took := map[int]int{}
	for n := range usualLeast {
		took[200-10*n]++ // 10 … 200
	}
	u, ok := usual(took)
	if !ok || u.Low != 50 || u.Mid != 100 || u.High != 150 {
		t.Errorf("%+v %v", u, ok)
	}
	delete(took, 200)
	if _, ok := usual(took); ok {
		t.Error("the length of a step is told of too few people")
	}
	if u, ok := usual(map[int]int{7: usualLeast}); !ok || u.Low != 7 || u.Mid != 7 || u.High != 7 {
		t.Errorf("as long for everybody: %+v %v", u, ok)
	}
	if u, ok := usual(map[int]int{1: 5, 2: 1, 9: 94}); !ok || u.Low != 9 || u.High != 9 {
		t.Errorf("most of them long: %+v %v", u, ok)
	}
	for _, x := range []struct {
		u         Usual
		low, high int
		unit      string
	}{
		{Usual{Low: 150, High: 244}, 5, 8, "months"}, {Usual{Low: 30, High: 61}, 1, 2, "months"}, {Usual{Low: 29, High: 200}, 4, 29, "weeks"}, {Usual{Low: 10, High: 14}, 1, 2, "weeks"},
		{Usual{Low: 6, High: 14}, 6, 14, "days"}, {Usual{Low: 3, High: 3}, 3, 3, "days"}, {Usual{Low: 360, High: 370}, 12, 12, "months"},
	} {
		if low, high, unit := x.u.span(); low != x.low || high != x.high || unit != x.unit {
			t.Errorf("%+v is told as %d to %d %s", x.u, low, high, unit)
		}
	}
}

func TestAStepIsMeasuredOnlyBetweenDaysThatAreKnown(t *testing.T) {
	day := func(n int) Moment { return OnDay(clock.On(2026, time.January, 1).AddDays(n)) }
	way := func(second Moment, next string) Derivation {
		return Derivation{Steps: []Standing{{Step: "a", State: Done, Since: day(0), Next: []string{"b"}}, {Step: "b", State: Done, Since: second, Next: []string{next}}, {Step: "c", State: Now, Since: day(50)}, {Step: "d", State: Later, Since: day(60)}}}
	}
	for what, x := range map[string]struct {
		d    Derivation
		want string
	}{
		"all is known":                   {way(day(20), "c"), "[{a 20 {2026 1 21}} {b 30 {2026 2 20}}]"},
		"the way says something between": {way(day(20), "x"), "[{a 20 {2026 1 21}}]"},
		"a day that is not exact":        {way(Moment{day(20).From, day(24).From}, "c"), "[]"},
		"a day before its step":          {way(day(-3), "c"), "[]"},
	} {
		if got := fmt.Sprint(x.d.took()); got != x.want {
			t.Errorf("%s: %s, not %s", what, got, x.want)
		}
	}
}

func TestHowLongAStepUsuallyTakesIsCountedOverTheHouse(t *testing.T) {
	each(t, func(b *bench) {
		known := func() (n int) {
			n, err := db.One[int](t.Context(), b.d, db.F(`SELECT COUNT(*) FROM procedure_usual WHERE step = 'preparing'`))
			if err != nil {
				t.Fatal(err)
			}
			return n
		}
		count := func() {
			if err := b.p.Usually(context.Background(), b.d.Now()); err != nil {
				t.Fatal(err)
			}
		}
		for n := range usualLeast {
			if n == usualLeast-1 {
				if count(); known() != 0 {
					t.Fatal("it is told of too few people")
				}
			}
			id := fmt.Sprintf("p-%02d", n)
			b.person(id, "Iemand")
			b.record(id, ev("lodged", "2026-01-20"), ev("interview_report", clock.On(2026, time.May, 1).AddDays(n).String(), route("va")))
		}
		// Of long ago, and of who waits still: neither counts.
		b.record("p-reem", ev("lodged", "2019-01-20"), ev("interview_report", "2022-01-20", route("va")))
		b.record("p-selam", ev("lodged", "2026-01-20"))
		if count(); known() != 1 {
			t.Fatal("nothing is known of a step of twenty people")
		}
		u, ok, err := usually(t.Context(), b.d, "VW-OLD", "preparing")
		if err != nil || !ok || u.Low != 105 || u.Mid != 110 || u.High != 115 {
			t.Errorf("%+v %v %v", u, ok, err)
		}
	})
}
