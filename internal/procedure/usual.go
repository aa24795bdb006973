package procedure

// This file says how long a step usually takes: what it took people of this house for whom it is over. Whoever waits still is not
// counted, so that it is what happened and no promise; the page says it beside what the law gives.

import (
	"cmp"
	"maps"
	"slices"

	"reisgezel/internal/kernel/clock"
)

// usualLeast is of how many people a length is known at least before it is told: of fewer it would tell of them.
const usualLeast = 20

// usualYears is how far back it is counted: authorities are not as fast as they were.
const usualYears = 3

// Usual is how many days a step took under a law: the middle half of all, and the middle.
type Usual struct {
	Regime         RegimeID
	Step           string
	Low, Mid, High int
}

// usual is the middle half of some lengths, of each number of days how many people it took that long; not ok when they are of too few.
func usual(took map[int]int) (u Usual, ok bool) {
	all := 0
	for _, n := range took {
		all += n
	}
	if all < usualLeast {
		return u, false
	}
	days := slices.Sorted(maps.Keys(took))
	at := func(quarter int) int {
		before := (all - 1) * quarter / 4
		i := slices.IndexFunc(days, func(d int) bool { before -= took[d]; return before < 0 })
		return days[i]
	}
	return Usual{Low: at(1), Mid: at(2), High: at(3)}, true
}

// law is the one law that governs a track; not ok when more can.
func (d Derivation) law(t Topic) (RegimeID, bool) {
	i := slices.IndexFunc(d.Choices, func(c Choice) bool { return c.Topic == t })
	if i < 0 || !d.Choices[i].Sure() {
		return "", false
	}
	return d.Choices[i].Regimes[0], true
}

// length is how long a step took, and when it was over.
type length struct {
	step string
	days int
	over clock.Date
}

// took are the lengths of the steps that are over. A step counts when its first day is known, and that of the step which the way itself
// says may follow it: where something between them was not written down, nobody knows how long either took.
func (d Derivation) took() (out []length) {
	var on []Standing
	for _, s := range d.Steps {
		if (s.State == Done || s.State == Now) && s.Since.Exact() {
			on = append(on, s)
		}
	}
	slices.SortStableFunc(on, func(a, b Standing) int { return cmp.Compare(0, a.Since.From.DaysUntil(b.Since.From)) })
	for i := 0; i+1 < len(on); i++ {
		if n := on[i].Since.From.DaysUntil(on[i+1].Since.From); n > 0 && slices.Contains(on[i].Next, on[i+1].Step) {
			out = append(out, length{on[i].Step, n, on[i+1].Since.From})
		}
	}
	return out
}

// span is the middle half as people say it, in one unit; the same twice when both ends come to one number.
func (u Usual) span() (low, high int, unit string) {
	switch {
	case u.High >= 61 && u.Low >= 30:
		unit, low, high = "months", months(u.Low), months(u.High)
	case u.High >= 14 && u.Low >= 7:
		unit, low, high = "weeks", (u.Low+3)/7, (u.High+3)/7
	default:
		unit, low, high = "days", u.Low, u.High
	}
	return low, high, unit
}

func months(days int) int { return (days*12 + 182) / 365 }
