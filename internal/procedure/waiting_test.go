package procedure

import (
	"testing"
	"time"

	"reisgezel/internal/kernel/clock"
)

func TestWaitingIsSaidInTheUnitPeopleUse(t *testing.T) {
	from := clock.On(2026, time.April, 24)
	for _, x := range []struct {
		today clock.Date
		n     int
		unit  string
	}{
		{from, 0, "days"}, {from.AddDays(1), 1, "days"}, {from.AddDays(13), 13, "days"}, {from.AddDays(14), 2, "weeks"}, {clock.On(2026, time.June, 23), 8, "weeks"},
		{clock.On(2026, time.June, 24), 2, "months"}, {clock.On(2026, time.November, 23), 6, "months"}, {clock.On(2026, time.November, 24), 7, "months"}, {clock.On(2027, time.April, 24), 12, "months"},
	} {
		if n, unit := waited(from, x.today); n != x.n || unit != x.unit {
			t.Errorf("until %s: %d %s, not %d %s", x.today, n, unit, x.n, x.unit)
		}
	}
}

func TestWhatTheLawGivesIsSaidOnlyWhenItIsOneLength(t *testing.T) {
	for term, want := range map[string]struct {
		n    int
		unit string
	}{"P6M": {6, "months"}, "P8W|roll=ATW": {8, "weeks"}, "P1Y": {12, "months"}, "P10D": {0, ""}, "": {0, ""}, "-P6M": {0, ""}, "WD8": {0, ""}, "P6MX": {0, ""}} {
		if n, unit := (Candidate{Term: term}).given(); n != want.n || unit != want.unit {
			t.Errorf("%q: %d %s", term, n, unit)
		}
	}
	if n, _ := (Candidate{Term: "P6M", Chain: []Reason{{Key: "extended"}}}).given(); n != 0 {
		t.Error("a term that was made longer is told as if it was not")
	}
}
