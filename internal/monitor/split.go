package monitor

// This file holds how the signals of a quarter are split: by place, institution, group and phase, all of them at once, so that no small
// number follows from another list.

import (
	"time"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/tally"
)

// Quarter is a quarter of a year: the weeks whose Monday lies in it. So each week is in one quarter, and no quarter overlaps another.
type Quarter struct{ Year, N int }

// QuarterOf is the quarter of a day.
func QuarterOf(d clock.Date) Quarter { return Quarter{d.Year, (int(d.Month)-1)/3 + 1} }

// Start is its first day.
func (q Quarter) Start() clock.Date { return clock.On(q.Year, time.Month(3*q.N-2), 1) }

// Add is so many quarters later.
func (q Quarter) Add(n int) Quarter {
	return QuarterOf(clock.On(q.Year, time.Month(3*(q.N+n)-2), 1))
}

// Before says whether it lies before another.
func (q Quarter) Before(o Quarter) bool { return q.Start().Before(o.Start()) }

// Weeks are the Mondays of its first week, and of the first week after it.
func (q Quarter) Weeks() (from, until clock.Date) {
	return WeekOf(q.Start().AddDays(6)), WeekOf(q.Add(1).Start().AddDays(6))
}

// Part is one line of a split.
type Part struct {
	Value string
	N     tally.Shown
}

// Split is the signals of a theme in a quarter.
type Split struct {
	Quarter Quarter
	Weeks   int // that were counted, of Of
	Of      int
	All     tally.Shown
	Parts   map[string][]Part // by dimension, in the order of its list
}

// Split splits the signals of a theme, or of all with an empty one. A quarter of which a week was not counted says so; its numbers are
// those of the weeks that were.
func (b *Book) Split(theme string, q Quarter, choices map[string][]string, p tally.Params) (Split, error) {
	from, until := q.Weeks()
	i, k := b.Index(from), b.Index(until)
	out := Split{Quarter: q, Of: from.DaysUntil(until) / 7, Parts: map[string][]Part{}}
	var all int
	all, out.Weeks = b.Sum(Series{Theme: theme}, i, k)
	if out.Weeks == 0 {
		return out, nil
	}
	var f tally.Family
	f.Count("all", all)
	for _, dim := range Dims {
		var keys []string
		rest := all
		for _, v := range choices[dim] {
			n, _ := b.Sum(Series{theme, dim, v}, i, k)
			rest -= n
			f.Count(dim+" "+v, n)
			keys = append(keys, dim+" "+v)
		}
		if rest > 0 { // what is no longer in the list
			f.Count(dim+" ?", rest)
			keys = append(keys, dim+" ?")
		}
		f.Sum("all", keys...)
	}
	shown, err := f.Publish(p)
	if err != nil {
		return out, err
	}
	out.All = shown["all"]
	for _, dim := range Dims {
		for _, v := range choices[dim] {
			out.Parts[dim] = append(out.Parts[dim], Part{v, shown[dim+" "+v]})
		}
	}
	return out, nil
}
