package residence

// This file holds the places where somebody lived: how they follow on each other, how long each lasted, and how often
// somebody had to move.

import (
	"slices"
	"time"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/privacy"
)

// Kinds are what a place is.
var Kinds = []string{"coa", "emergency", "municipal", "own", "family", "shelter", "detention", "street", "other", "unknown"}

// reception are the kinds of places that are reception: who lives there may be waiting for a home.
var reception = []string{"coa", "emergency", "municipal", "shelter"}

// Reasons are why somebody came to live in a place. First is no move: it is where it began.
var Reasons = []string{"first", "coa", "wish", "family", "medical", "school", "closed", "safety", "housing", "ended", "other", "unknown"}

// Schools are what a move did to the school of the children.
var Schools = []string{"none", "same", "changed", "stopped", "unknown"}

// Stay is one place where somebody lived.
type Stay struct {
	ID        string
	Person    string
	Location  string // of the foundation, where the person was helped when it was written
	Month     string // of the move, for counting; empty when it is no move or nobody knows when
	Own       bool   // told by the person on their own page
	MadeBy    string
	At        time.Time
	Seen      time.Time // a colleague saw what the person told
	Removed   time.Time
	RemovedBy string
	Body      []byte   `json:"-"`
	What      StayText `db:"-"`
}

// StayText is what is written about a place; it is kept sealed.
type StayText struct {
	Kind   string     `json:"kind"`
	Town   string     `json:"town,omitempty"`
	Name   string     `json:"name,omitempty"` // of the centre or the shelter
	From   clock.Date `json:"from,omitzero"`
	Until  clock.Date `json:"until,omitzero"` // the day of leaving; zero: until the next place, or now
	About  bool       `json:"about,omitempty"`
	Reason string     `json:"reason"`
	Beside bool       `json:"beside,omitempty"` // somebody had two places at once, and it was said
	School string     `json:"school,omitempty"`
	Permit clock.Date `json:"permit,omitzero"` // since when there is a right to a home
}

// TakenBack is how long a place that was taken back can be put back.
const TakenBack = 30 * 24 * time.Hour

// Restorable says whether it can still be put back.
func (s Stay) Restorable(now time.Time) bool {
	return !s.Removed.IsZero() && now.Before(s.Removed.Add(TakenBack))
}

// Leg is a place with when it ended, as far as that is known.
type Leg struct {
	Stay
	From, To clock.Date // To is the day of leaving, or today; zero when nobody knows
	Days     int        // how long; -1 when nobody knows
	Now      bool
}

// Legs puts the places that stand in their order and tells how long each lasted. A place without an end lasts until the
// next one begins; the last one until today. One that is Beside ends nothing.
func Legs(stays []Stay, today clock.Date) []Leg {
	out := make([]Leg, 0, len(stays))
	for _, s := range stays {
		if s.Removed.IsZero() {
			out = append(out, Leg{Stay: s, From: s.What.From, To: s.What.Until, Days: -1})
		}
	}
	slices.SortStableFunc(out, func(a, b Leg) int { return compare(a.Stay, b.Stay) })
	for i := range out {
		l := &out[i]
		if l.From.After(today) {
			continue // it is still to come
		}
		next := slices.IndexFunc(out[i+1:], func(n Leg) bool { return !n.What.Beside })
		open := l.To.IsZero()
		if open && next >= 0 && !l.What.Beside {
			l.To, open = out[i+1+next].From, false
		}
		if l.Now = open || l.To.After(today); l.Now {
			l.To = today
		}
		if !l.From.IsZero() && !l.To.IsZero() && !l.To.Before(l.From) {
			l.Days = l.From.DaysUntil(l.To)
		}
	}
	return out
}

// compare orders places by the day on which they began. Of one that nobody knows the day of, only the order in which
// they were told is known, and it stands before those whose day is known.
func compare(a, b Stay) int {
	switch x, y := a.What.From, b.What.From; {
	case x == y:
		return a.At.Compare(b.At)
	case x.Before(y): // the zero day lies before all others
		return -1
	}
	return 1
}

// Current is where somebody lives now; none when that is not known.
func Current(legs []Leg) (Leg, bool) {
	for _, l := range slices.Backward(legs) {
		if l.Now && !l.What.Beside {
			return l, true
		}
	}
	return Leg{}, false
}

// Masked are the places without the names of centres and shelters: of somebody whose address is guarded, a page tells the
// town and no more.
func Masked(stays []Stay, guarded bool) []Stay {
	if !guarded {
		return stays
	}
	stays = slices.Clone(stays)
	for i := range stays {
		stays[i].What.Name = ""
	}
	return stays
}

// Moves are the places to which somebody moved: all but the first, and but those that were beside another.
func Moves(legs []Leg) []Leg {
	legs = slices.DeleteFunc(slices.Clone(legs), func(l Leg) bool { return l.What.Beside })
	if len(legs) == 0 {
		return nil
	}
	return legs[1:]
}

// MovesSince counts the moves after a day, up to and with today; unknown are those of which nobody knows when.
func MovesSince(legs []Leg, since, today clock.Date) (n, unknown int) {
	for _, l := range Moves(legs) {
		switch {
		case l.From.IsZero():
			unknown++
		case l.From.After(since) && !l.From.After(today):
			n++
		}
	}
	return n, unknown
}

// Overlapping are the places that would share days with this one.
func Overlapping(legs []Leg, x StayText) []Leg {
	if x.From.IsZero() || x.Beside {
		return nil
	}
	var out []Leg
	for _, l := range legs {
		if l.From.IsZero() || l.What.Beside {
			continue
		}
		first, end, second := l.From, l.What.Until, x.From
		if x.From.Before(l.From) {
			first, end, second = x.From, x.Until, l.From
		}
		if first == second || !end.IsZero() && end.After(second) {
			out = append(out, l)
		}
	}
	return out
}

// StayInput is the form of a place.
type StayInput struct {
	Kind, Town, Name, From, Until, Reason, School, Permit string
	About, Beside                                         bool
}

const textMost = 120

// Check finds all faults of a form. Legs are the places that stand.
func (in StayInput) Check(legs []Leg, today clock.Date) (StayText, fault.Fields) {
	var fs fault.Fields
	x := StayText{Kind: in.Kind, Town: in.Town, Name: in.Name, Reason: in.Reason, School: in.School, About: in.About, Beside: in.Beside}
	if !slices.Contains(Kinds, in.Kind) {
		fs.Add("kind", "residence.error.kind")
	}
	place(&fs, "town", in.Town)
	place(&fs, "name", in.Name)
	if !slices.Contains(Reasons, in.Reason) {
		fs.Add("reason", "residence.error.reason")
	}
	if in.School != "" && !slices.Contains(Schools, in.School) {
		fs.Add("school", "residence.error.choose")
	}
	x.From, x.Until, x.Permit = day(&fs, "from", in.From), day(&fs, "until", in.Until), day(&fs, "permit", in.Permit)
	if x.From.After(today.AddDays(60)) {
		fs.Add("from", "residence.error.far")
	}
	if !x.Until.IsZero() && !x.From.IsZero() && !x.Until.After(x.From) {
		fs.Add("until", "residence.error.until")
	}
	if x.Permit.After(today) {
		fs.Add("permit", "residence.error.future")
	}
	if len(fs) == 0 && len(Overlapping(legs, x)) > 0 {
		fs.Add("beside", "residence.error.overlap")
	}
	return x, fs
}

// place checks the name of a place: it is read by everybody with the file, so no address may stand in it.
func place(fs *fault.Fields, name, s string) {
	text(fs, name, s, textMost)
	if dossier.Addressed(s) {
		fs.Add(name, "residence.error.address")
	}
}

// text checks one free text: not too long, and no citizen service number in it.
func text(fs *fault.Fields, name, s string, most int) {
	if len([]rune(s)) > most {
		fs.Add(name, "residence.error.long", "n", most)
	}
	if privacy.HasBSN(s) {
		fs.Add(name, "residence.error.bsn")
	}
}

// day reads a day of a form; nothing is a day that nobody knows.
func day(fs *fault.Fields, name, s string) clock.Date {
	if s == "" {
		return clock.Date{}
	}
	d, err := clock.ParseDate(s)
	if err != nil || d.Year < 1950 || d.Year > 2200 {
		fs.Add(name, "residence.error.day")
		return clock.Date{}
	}
	return d
}

// Months tells of each place in which month somebody moved to it, for counting; nothing where it is no move.
func Months(legs []Leg) map[string]string {
	out := make(map[string]string, len(legs))
	for _, l := range legs {
		out[l.ID] = ""
	}
	for _, l := range Moves(legs) {
		if !l.From.IsZero() {
			out[l.ID] = l.From.String()[:7]
		}
	}
	return out
}
