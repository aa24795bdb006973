package procedure

// This file holds what happened in one track, as far as anybody knows.

import (
	"slices"
	"sort"
	"time"

	"reisgezel/internal/kernel/clock"
)

// Moment is the day of something: exact, somewhere between two days, or unknown.
type Moment struct {
	From clock.Date `json:"from,omitzero"`
	To   clock.Date `json:"to,omitzero"`
}

// OnDay is an exact day.
func OnDay(d clock.Date) Moment { return Moment{d, d} }

// Exact says whether the day is known.
func (m Moment) Exact() bool { return !m.From.IsZero() && m.From == m.To }

// Unknown says whether nothing is known of the day that a term could be counted from.
func (m Moment) Unknown() bool { return m.From.IsZero() || m.To.IsZero() }

// How is the way in which something was made known to the person.
type How string

// The ways. They matter because a term starts the day after the announcement (Awb 3:41, 6:8), and being sent to the
// lawyer is an announcement even when the person has not seen the letter.
// bron: BWBR0005537
const (
	Handed     How = "handed"    // uitgereikt
	Sent       How = "sent"      // toegezonden: the day of sending counts, not the day the letter arrives
	ToLawyer   How = "lawyer"    // naar de advocaat
	Published  How = "published" // gepubliceerd
	HowUnknown How = "unknown"
)

// Hows are all ways in the order of the form.
var Hows = []How{Handed, Sent, ToLawyer, Published, HowUnknown}

// NotKnown is the outcome or the route of an event when nobody knows it yet. Every possible one is then computed.
const NotKnown = "unknown"

// Event is one thing that happened in a track.
type Event struct {
	ID      string     `json:"id"`
	Kind    string     `json:"kind"`
	On      Moment     `json:"on"`
	How     How        `json:"how,omitempty"`
	Outcome string     `json:"outcome,omitempty"`
	Route   string     `json:"route,omitempty"`
	Letter  clock.Date `json:"letter,omitzero"` // the day a letter sets by itself
	Extend  Term       `json:"extend,omitzero"` // by how much a decision term was lengthened
	At      time.Time  `json:"at"`              // when it was recorded
}

// Facts are the events of one track that stand, oldest first; superseded ones are left out.
type Facts struct {
	Topic  Topic // what the track is about; none is asylum
	Events []Event
}

// About says what a track is about.
func (f Facts) About(t Topic) Facts { f.Topic = t; return f }

// topic is what a track is about.
func (f Facts) topic() Topic {
	if f.Topic == "" {
		return Asylum
	}
	return f.Topic
}

// Sorted brings the events into the order in which they happened. An unknown day comes last, in order of recording; but
// what everything else presupposes comes first.
func Sorted(events []Event) Facts {
	es := slices.Clone(events)
	sort.SliceStable(es, func(i, j int) bool {
		a, b := es[i].place(), es[j].place()
		if a != b {
			return a.Before(b)
		}
		return es[i].At.Before(es[j].At)
	})
	return Facts{Events: es}
}

// place is the day by which an event is put in order. What was recorded before its day, such as the end of a permit, has
// its place where it was recorded: a renewal that was asked for in between comes after it.
func (e Event) place() clock.Date {
	switch {
	case !e.At.IsZero() && e.On.From.After(clock.Today(e.At)):
		return clock.Today(e.At)
	case !e.On.From.IsZero():
		return e.On.From
	case !e.On.To.IsZero():
		return e.On.To
	case e.Kind == "registered" || e.Kind == "lodged":
		return clock.Date{}
	}
	return clock.Date{Year: 9999, Month: 12, Day: 31}
}

// latest is the last event of a kind; nil when there is none.
func (f Facts) latest(kind string) *Event {
	for i := len(f.Events) - 1; i >= 0; i-- {
		if f.Events[i].Kind == kind {
			return &f.Events[i]
		}
	}
	return nil
}

// route is the kind of procedure an event belongs to: its own, or the last one said up to it, or the last one said at
// all. kinds are the kinds a whole track can have: being in a Dublin intention says nothing about a later decision.
func (f Facts) route(e *Event, kinds []string) string {
	if e.Route != "" && e.Route != NotKnown {
		return e.Route
	}
	before, last, passed := "", NotKnown, false
	for i := range f.Events {
		x := &f.Events[i]
		if slices.Contains(kinds, x.Route) {
			last = x.Route
			if !passed {
				before = x.Route
			}
		}
		passed = passed || x.ID == e.ID
	}
	if before != "" {
		return before
	}
	return last
}

// after lists the events of these kinds that happened on or after an event.
func (f Facts) after(e *Event, kinds []string) []Event {
	var out []Event
	seen := false
	for _, x := range f.Events {
		if x.ID == e.ID {
			seen = true
			continue
		}
		if seen && slices.Contains(kinds, x.Kind) {
			out = append(out, x)
		}
	}
	return out
}

// firstAfter is the first event of these kinds that happened on or after an event; nil when there is none.
func (f Facts) firstAfter(e *Event, kinds []string) *Event {
	seen := false
	for i := range f.Events {
		x := &f.Events[i]
		if x.ID == e.ID {
			seen = true
		} else if seen && slices.Contains(kinds, x.Kind) {
			return x
		}
	}
	return nil
}

// lately is the last event of these kinds that happened before an event, and surely no longer before it than a term; nil
// when there is none. What happened earlier belongs to an earlier event of the same kind: a renewal to the card before.
func (f Facts) lately(e *Event, kinds []string, within Term) *Event {
	if e.On.To.IsZero() {
		return nil
	}
	within.Back = true
	since := within.plain(e.On.To)
	var last *Event
	for i := range f.Events {
		x := &f.Events[i]
		if x.ID == e.ID {
			break
		}
		if slices.Contains(kinds, x.Kind) && !x.On.From.IsZero() && !x.On.From.Before(since) {
			last = x
		}
	}
	return last
}

// have says whether one of these events stands in the track.
func (f Facts) have(kinds []string) bool {
	for i := range f.Events {
		if slices.Contains(kinds, f.Events[i].Kind) {
			return true
		}
	}
	return false
}

// still counts the days that a decision term stood still after an event (Awb 4:15), the most it can be; open says that it
// stands still now. Asked is the event whose day is not known well enough to count them.
func (f Facts) still(e *Event) (days int, open bool, asked *Event) {
	var since Moment
	loose := 0 // days on which it ran again after a pause that is not found before them: its own day may be unknown, and then it comes last
	for _, x := range f.after(e, []string{"paused", "resumed"}) {
		if x.Kind == "resumed" && !open && !x.On.Unknown() {
			loose++
			continue
		}
		if x.Kind == "paused" && open {
			continue
		}
		if !x.On.Exact() && (asked == nil || x.On.Unknown()) {
			asked = &x
		}
		switch {
		case x.Kind == "paused" && x.On.Unknown() && loose > 0:
			loose--
		case x.Kind == "paused":
			since, open = x.On, true
		case !since.Unknown() && !x.On.Unknown():
			days += max(0, since.From.DaysUntil(x.On.To))
			open = false
		default:
			open = false
		}
	}
	return days, open, asked
}

// fits says whether an event is one of those described; sure is false when it fits only because its outcome or its
// route is not known.
func (w *When) fits(f Facts, e *Event, kinds []string) (fits, sure bool) {
	if e.Kind != w.On {
		return false, false
	}
	sure = true
	if len(w.Outcomes) > 0 && !slices.Contains(w.Outcomes, e.Outcome) {
		if e.Outcome != "" && e.Outcome != NotKnown {
			return false, false
		}
		sure = false
	}
	if len(w.Routes) > 0 {
		r := f.route(e, kinds)
		if r == NotKnown {
			return true, false
		}
		if !slices.Contains(w.Routes, r) {
			return false, false
		}
	}
	return true, sure
}
