package dossier

// This file says which part of a timeline somebody wants to see, and where in it a page begins.

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/fault"
)

// Wanted is what a source may leave out, because it would be thrown away: moments of another group or of somebody else. A
// zero field asks for everything.
type Wanted struct{ Group, Author string }

// Wanted is what of the timeline is asked for.
func (f File) Wanted() Wanted { return f.wanted }

// groups are what the filter above the timeline chooses.
var groups = []string{"talk", "law", "plan", "message"}

// Sift is a part of a timeline.
type Sift struct {
	Wanted
	From, To clock.Date // days included; zero is open
	Period   string     // what From and To follow from: "2026-11", "2026", or empty when they were given themselves
	Words    string     // what is searched for
}

// Whole says that nothing is left out.
func (s Sift) Whole() bool { return s == Sift{} }

// SiftInput is a filter as it was typed.
type SiftInput struct{ Group, Author, Period, From, To string }

// Check names all faults at once. A group that does not exist is no filter: links of long ago go on working.
func (in SiftInput) Check(authors []string) (Sift, fault.Fields) {
	var fs fault.Fields
	s := Sift{}
	if slices.Contains(groups, in.Group) {
		s.Group = in.Group
	}
	if in.Author != "" {
		if s.Author = in.Author; !slices.Contains(authors, in.Author) {
			fs.Add("wie", "dossier.story.error.who")
		}
	}
	day := func(field, typed string) clock.Date {
		if typed == "" {
			return clock.Date{}
		}
		d, err := clock.ParseDate(typed)
		if err != nil {
			fs.Add(field, "dossier.story.error.day")
		}
		return d
	}
	s.From, s.To = day("van", in.From), day("tot", in.To)
	if !s.From.IsZero() && !s.To.IsZero() && s.To.Before(s.From) {
		fs.Add("tot", "dossier.story.error.before")
	}
	if s.From.IsZero() && s.To.IsZero() && in.Period != "" && len(fs) == 0 {
		from, to, ok := period(in.Period)
		if !ok {
			fs.Add("periode", "dossier.story.error.period")
		}
		s.Period, s.From, s.To = in.Period, from, to
	}
	return s, fs
}

// period reads a year or a month: its first and its last day.
func period(s string) (from, to clock.Date, ok bool) {
	if from, err := clock.ParseDate(s + "-01-01"); err == nil && len(s) == 4 {
		return from, clock.On(from.Year+1, time.January, 1).AddDays(-1), true
	}
	if from, err := clock.ParseDate(s + "-01"); err == nil && len(s) == 7 {
		next := from.AddDays(31)
		return from, clock.On(next.Year, next.Month, 1).AddDays(-1), true
	}
	return from, to, false
}

// periods are what may be chosen on a day: the last twelve months, and the years before.
func periods(today clock.Date) (months, years []string) {
	d := clock.On(today.Year, today.Month, 1)
	for range 12 {
		months = append(months, d.String()[:7])
		d = d.AddDays(-1)
		d = clock.On(d.Year, d.Month, 1)
	}
	for y := today.Year; y > today.Year-8; y-- {
		years = append(years, strconv.Itoa(y))
	}
	return months, years
}

// spot is a place in a timeline: what comes after it is older, or of the same instant and later in the order.
type spot struct {
	At time.Time
	ID string
}

func (p spot) zero() bool { return p.At.IsZero() }

func (p spot) String() string { return strconv.FormatInt(p.At.UnixMilli(), 10) + "-" + p.ID }

// readSpot reads a place out of an address; what is none is the newest.
func readSpot(s string) spot {
	ms, id, _ := strings.Cut(s, "-")
	n, err := strconv.ParseInt(ms, 10, 64)
	if err != nil || n <= 0 || n > 1<<53 {
		return spot{}
	}
	return spot{time.UnixMilli(n), id}
}

// after says whether a moment comes after a place.
func (m Moment) after(p spot) bool {
	return p.zero() || m.At.Before(p.At) || m.At.Equal(p.At) && m.ID < p.ID
}

// inOrder is the order of a timeline: newest first, and by id within one instant, so that every page begins exactly where
// the one before ended.
func inOrder(a, b Moment) int { return cmp.Or(b.At.Compare(a.At), cmp.Compare(b.ID, a.ID)) }
