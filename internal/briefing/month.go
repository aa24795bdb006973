package briefing

// This file counts: per month and location, and hides what would point at somebody.

import (
	"slices"
	"strings"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/privacy"
)

// Tally is what happened in one month at one location.
type Tally struct {
	Location                      string
	Month                         clock.Date // its first day
	Planned, Held, Out            int        // sessions; Out: the interpreter fell out
	Invited, Came, Missed, Others int        // people
	Declined                      int        // of the invited: who said that they cannot come
	Languages                     []string
}

// MonthOf is the first day of the month of a day.
func MonthOf(d clock.Date) clock.Date { return clock.On(d.Year, d.Month, 1) }

// Count sums sessions by month and location, newest month first. A session that was cancelled was planned, and no more.
// People counts what came of sessions that were not closed yet.
func Count(ss []Session, people map[string]Tally) []Tally {
	by := map[string]*Tally{}
	for _, s := range ss {
		key := MonthOf(s.Day()).String() + s.Location
		t := by[key]
		if t == nil {
			t = &Tally{Location: s.Location, Month: MonthOf(s.Day())}
			by[key] = t
		}
		t.Planned++
		if s.Interpreter == "out" {
			t.Out++
		}
		if !s.Cancelled.IsZero() {
			continue
		}
		if !slices.Contains(t.Languages, s.Language) {
			t.Languages = append(t.Languages, s.Language)
		}
		if s.Held.IsZero() {
			live := people[s.ID]
			t.Invited, t.Came, t.Missed = t.Invited+live.Invited, t.Came+live.Came, t.Missed+live.Missed
			continue
		}
		t.Held++
		t.Invited, t.Came, t.Missed, t.Others = t.Invited+s.Invited, t.Came+s.Came, t.Missed+s.Missed, t.Others+s.Others
	}
	out := make([]Tally, 0, len(by))
	for _, t := range by {
		slices.Sort(t.Languages)
		out = append(out, *t)
	}
	slices.SortFunc(out, func(a, b Tally) int {
		if a.Month != b.Month {
			return strings.Compare(b.Month.String(), a.Month.String())
		}
		return strings.Compare(a.Location, b.Location)
	})
	return out
}

// What stands in the place of a count that may not be read.
const (
	Few    = -1 // there are some, fewer than privacy.SmallBelow
	Hidden = -2 // it is not small, but a small one would follow from it
)

// Shown are the counts of people as somebody may read them. Who is not of the team never reads a small count, nor two
// others from which it follows.
func (t Tally) Shown(own bool) (invited, came, missed, others int) {
	invited, came, missed, others = t.Invited, t.Came, t.Missed, t.Others
	if own {
		return invited, came, missed, others
	}
	if small(came) || small(missed) || small(invited-came-missed) {
		came, missed = withhold(came), withhold(missed)
	}
	if small(invited) {
		invited = Few
	}
	if small(others) {
		others = Few
	}
	return invited, came, missed, others
}

// small says whether a count may not be shown to who is not of the team: it may be a person.
func small(n int) bool {
	_, few := privacy.Small(n)
	return few
}

// withhold is what is shown of a count beside one from which it follows.
func withhold(n int) int {
	if small(n) {
		return Few
	}
	return Hidden
}
