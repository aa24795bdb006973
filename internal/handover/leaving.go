package handover

// This file holds somebody who leaves, and how far everything they had is handed over.

import (
	"cmp"
	"slices"
	"time"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/fault"
)

// Leaving is a colleague with a last day.
type Leaving struct {
	ID        string
	Colleague string
	Team      string
	LastDay   clock.Date
	Total     int
	Made      time.Time
	MadeBy    string
	Cancelled time.Time
	Done      time.Time
}

// Over says whether the last day has passed.
func (l Leaving) Over(today clock.Date) bool { return l.LastDay.Before(today) }

// Fallen is a file that nobody had taken over.
type Fallen struct {
	ID        string
	Person    string
	Leaving   string
	Colleague string
	Heir      string
	At        time.Time
	Settled   time.Time
}

// Holding is what somebody has of one person: the file, open work in it, or both.
type Holding struct {
	Person string
	File   bool // the file is assigned to them; otherwise they only promised something
	Tasks  []dossier.Task
	Offer  Offer // an offer that is open; the zero Offer when there is none
}

// First is the first day on which something in it is due; zero when nothing has a day.
func (h Holding) First() clock.Date {
	var first clock.Date
	for _, t := range h.Tasks {
		if !t.Due.IsZero() && (first.IsZero() || t.Due.Before(first)) {
			first = t.Due
		}
	}
	return first
}

// gather puts files and open work together by person, what is due first first.
func gather(files []string, work map[string][]dossier.Task, offers []Offer) []Holding {
	by := map[string]*Holding{}
	at := func(person string) *Holding {
		if by[person] == nil {
			by[person] = &Holding{Person: person}
		}
		return by[person]
	}
	for _, f := range files {
		at(f).File = true
	}
	for _, ts := range work {
		for _, t := range ts {
			h := at(t.Person)
			h.Tasks = append(h.Tasks, t)
		}
	}
	for _, o := range offers {
		if h := by[o.Person]; h != nil {
			h.Offer = o
		}
	}
	out := make([]Holding, 0, len(by))
	for _, h := range by {
		out = append(out, *h)
	}
	slices.SortFunc(out, func(a, b Holding) int {
		return cmp.Or(cmp.Compare(later(a.First()), later(b.First())), cmp.Compare(a.Person, b.Person))
	})
	return out
}

// later puts what has no day behind what has one.
func later(d clock.Date) string {
	if d.IsZero() {
		return "9"
	}
	return d.String()
}

// checkLastDay reads a last day: today, or within a year.
func checkLastDay(typed string, today clock.Date) (clock.Date, fault.Fields) {
	var fs fault.Fields
	d, err := clock.ParseDate(typed)
	switch {
	case err != nil:
		fs.Add("day", "handover.error.day")
	case d.Before(today):
		fs.Add("day", "handover.error.past")
	case d.After(today.AddDays(366)):
		fs.Add("day", "handover.error.far")
	}
	return d, fs
}

// spread shares files out over colleagues, each to who has fewest; loads are how many each has now.
func spread(people []string, loads map[string]int) map[string]string {
	out := map[string]string{}
	ids := make([]string, 0, len(loads))
	for id := range loads {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	if len(ids) == 0 {
		return out
	}
	now := map[string]int{}
	for id, n := range loads {
		now[id] = n
	}
	for _, p := range people {
		to := slices.MinFunc(ids, func(a, b string) int { return cmp.Compare(now[a], now[b]) })
		out[p] = to
		now[to]++
	}
	return out
}
