package procedure

// This file says when an alarm goes off and for whom. It does not look at how sure a rule is: a date that no lawyer has
// confirmed warns as loudly as any other.

import (
	"time"

	"reisgezel/internal/kernel/clock"
)

// Rungs are the days before the safe date on which an alarm goes one step further.
var Rungs = []int{14, 7, 3, 1}

// rungs are the steps that are due for a deadline today. A deadline whose day nobody knows cannot be counted down; when
// its term is short, it may be over tomorrow, so it counts as seven days away until somebody finds the day.
func (r Row) rungs(today clock.Date) []int {
	if r.State != "open" || r.Waits {
		return nil
	}
	left := 0
	switch {
	case !r.Safe.IsZero():
		left = today.DaysUntil(r.Safe)
	case r.Urgent:
		left = 7
	default:
		return nil
	}
	var out []int
	for _, n := range Rungs {
		if left <= n {
			out = append(out, n)
		}
	}
	return out
}

// Alarm is one warning of one colleague.
type Alarm struct {
	Rung   int
	Role   string // owner, deputy or lead
	Holder string
}

// people are those around one deadline.
type people struct {
	Owner  string
	Deputy string
	Leads  []string
}

// alarms says who hears of a deadline at the rungs that are due: the owner at 14 days, the deputy from 7, the team leader
// from 3. Where nobody stands at one step, the next one up hears of it, so that no alarm ends in silence.
func (r Row) alarms(today clock.Date, who people) []Alarm {
	var out []Alarm
	up := func(rung int, role string, holders []string) bool {
		for _, h := range holders {
			if h != "" && h != who.Owner {
				out = append(out, Alarm{rung, role, h})
			}
		}
		return len(holders) > 0
	}
	for _, rung := range r.rungs(today) {
		switch {
		case rung == 14 && who.Owner != "":
			out = append(out, Alarm{rung, "owner", who.Owner})
		case rung == 14, rung == 7 && who.Deputy == "":
			up(rung, "lead", who.Leads)
		case rung == 7:
			up(rung, "deputy", []string{who.Deputy})
		default:
			if !up(rung, "lead", who.Leads) && who.Deputy != "" {
				up(rung, "deputy", []string{who.Deputy})
			}
		}
	}
	return out
}

// until is when a grant given by an alarm ends: seven days after the deadline, and never sooner than seven days from now.
func (r Row) until(now time.Time) time.Time {
	day := clock.Today(now)
	for _, d := range []clock.Date{r.Safe, r.Last} {
		if d.After(day) {
			day = d
		}
	}
	return day.AddDays(8).In(clock.Netherlands)
}
