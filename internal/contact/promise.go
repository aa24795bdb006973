package contact

// This file holds promises: what somebody will do for a person, and by which day.

import (
	"cmp"
	"slices"
	"time"

	"reisgezel/internal/kernel/clock"
)

// UndoDays is how long a promise that was marked done, or an appointment that was cancelled, can be put back.
const UndoDays = 30

// Promise is a follow-up with an owner and a day.
type Promise struct {
	ID      string
	Person  string
	About   string // the contact or appointment it comes from
	Owner   string
	MadeBy  string
	Team    string
	Due     clock.Date
	Body    []byte
	Text    string `db:"-"`
	MadeAt  time.Time
	DoneAt  time.Time
	DoneBy  string
	Visible string
}

// Late says by how many days a promise is late; 0 when it is not.
func (p Promise) Late(today clock.Date) int {
	if !p.DoneAt.IsZero() {
		return 0
	}
	return max(0, p.Due.DaysUntil(today))
}

// Undoable says whether a promise that was done can be put back.
func (p Promise) Undoable(now time.Time) bool {
	return !p.DoneAt.IsZero() && now.Before(p.DoneAt.AddDate(0, 0, UndoDays))
}

// InOrder sorts promises by day. One that was just done stays where it stood, so that undoing it is where one looks.
func InOrder(ps []Promise) {
	slices.SortFunc(ps, func(a, b Promise) int {
		return cmp.Or(a.Due.UTC().Compare(b.Due.UTC()), cmp.Compare(a.ID, b.ID))
	})
}

// Pressing are the promises that belong on Vandaag: open ones of this week, and those that were done today. most bounds
// them; what is left out is the least pressing.
func Pressing(ps []Promise, now time.Time, most int) []Promise {
	today := clock.Today(now)
	var out []Promise
	for _, p := range ps {
		if p.DoneAt.IsZero() && !p.Due.After(today.AddDays(7)) || !p.DoneAt.IsZero() && clock.Today(p.DoneAt) == today {
			out = append(out, p)
		}
	}
	InOrder(out)
	return out[:min(len(out), most)]
}

// Workday is the first working day from a day on, for a promise that nobody chose the day of.
func Workday(d clock.Date) clock.Date {
	for d.Weekday() == time.Saturday || d.Weekday() == time.Sunday {
		d = d.AddDays(1)
	}
	return d
}
