package knelpunt

// This file holds a mediation with the institution that a bottleneck is about: what was asked, what was promised and by when, and what
// came of it.

import (
	"slices"
	"time"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/fault"
)

// The states of a mediation.
const (
	MAsked   = "asked"
	Promised = "promised"
	MKept    = "kept"
	MBroken  = "broken"
	Refused  = "refused"
)

// MediationStates are all states, in the order of the form.
var MediationStates = []string{MAsked, Promised, MKept, MBroken, Refused}

// mediationTurns are all turns there are: from a state, to a state. What was kept or broken can turn out otherwise.
var mediationTurns = map[string][]string{
	MAsked:   {Promised, MKept, Refused},
	Promised: {Promised, MKept, MBroken},
	MKept:    {MBroken, Promised},
	MBroken:  {Promised, MKept},
	Refused:  {Promised},
}

// Mediation is one of them. Day is when it was asked; Due by when it was promised, zero while nothing was.
type Mediation struct {
	ID, Bottleneck, Institution, State, MadeBy string
	Day, Due                                   clock.Date
	At, Gone                                   time.Time
	Version                                    int64
	Body                                       []byte
	Said                                       MediationSaid `db:"-"`
}

// MediationSaid is what is sealed of it.
type MediationSaid struct {
	With     string `json:"with"`               // which office of it
	Asked    string `json:"asked"`              // what was asked
	Promised string `json:"promised,omitempty"` // what they promised, or why they refused
	Came     string `json:"came,omitempty"`     // what came of it
	Link     string `json:"link,omitempty"`     // where a partner keeps its side of it
}

// Waits says whether somebody has to look at it on its day.
func (m Mediation) Waits() bool { return m.State == Promised && m.Gone.IsZero() }

// MediationInput is the form with which one begins.
type MediationInput struct{ Institution, With, Asked, Day, Promised, Due, Link string }

// Check names all faults at once. With a promise it begins as promised.
func (in MediationInput) Check(today clock.Date) (Mediation, fault.Fields) {
	var fs fault.Fields
	m := Mediation{Institution: in.Institution, State: MAsked, Said: MediationSaid{With: in.With, Asked: in.Asked, Promised: in.Promised, Link: in.Link}}
	if !slices.Contains(lists["institution"], in.Institution) || in.Institution == "unknown" {
		fs.Add("bem-instantie", "knelpunt.error.choose")
	}
	checkWords(&fs, "bem-met", in.With, mostQuestion)
	checkWords(&fs, "bem-vraag", in.Asked, mostReason)
	d, err := clock.ParseDate(in.Day)
	if m.Day = d; err != nil || d.After(today) || d.Before(clock.On(2000, 1, 1)) {
		fs.Add("bem-dag", "knelpunt.error.past")
	}
	if in.Promised != "" {
		m.State = Promised
		checkWords(&fs, "bem-belofte", in.Promised, mostReason)
		m.Due = dueIn(&fs, "bem-voor", in.Due, m.Day, today)
	} else if in.Due != "" {
		fs.Add("bem-belofte", "knelpunt.error.words")
	}
	fs.Address("bem-adres", "knelpunt.error.link", in.Link)
	return m, fs
}

// dueIn reads by when something was promised.
func dueIn(fs *fault.Fields, field, s string, from, today clock.Date) clock.Date {
	d, err := clock.ParseDate(s)
	if err != nil || d.Before(from) || d.After(today.AddDays(3*366)) {
		fs.Add(field, "knelpunt.error.due")
	}
	return d
}

// OutcomeInput is the form of what came of it.
type OutcomeInput struct{ To, Words, Due string }

// Check names all faults at once, and gives the mediation as it is after it.
func (in OutcomeInput) Check(m Mediation, today clock.Date) (Mediation, fault.Fields) {
	var fs fault.Fields
	if !slices.Contains(mediationTurns[m.State], in.To) {
		fs.Add("naar", "knelpunt.error.choose")
	}
	checkWords(&fs, "kwam", in.Words, mostReason)
	switch m.State = in.To; in.To {
	case Promised:
		m.Due = dueIn(&fs, "voor", in.Due, m.Day, today)
		m.Said.Promised = in.Words
	case Refused:
		m.Due, m.Said.Promised = clock.Date{}, in.Words
	default:
		m.Said.Came = in.Words
	}
	return m, fs
}
