package interview

// This file holds who goes along: asked, answered, and never twice at the same time without anybody seeing it.

import (
	"slices"
	"time"
)

// The states of somebody who was asked. Released is who need not go any more.
const (
	Asked    = "asked"
	Yes      = "yes"
	No       = "no"
	Cannot   = "cannot"
	Released = "released"
)

// answers says which state may follow which, and whose word it is: the colleague's own, or the planner's.
var answers = map[string]struct{ own, planner []string }{
	Asked:    {own: []string{Yes, No, Cannot}, planner: []string{Released}},
	Yes:      {own: []string{Cannot}, planner: []string{Released}},
	No:       {own: []string{Yes}, planner: []string{Asked}},
	Cannot:   {own: []string{Yes}, planner: []string{Asked}},
	Released: {planner: []string{Asked}},
}

// Companion is a colleague who was asked to go along.
type Companion struct {
	ID        string
	Interview string
	Person    string
	Colleague string
	State     string
	Access    string // the grant that goes with a yes
	AskedBy   string
	Asked     time.Time
	Answered  time.Time
	Gone      bool `db:"-" json:"-"` // does not work here any more on the day of the interview
}

// MaySay says whether somebody may bring a companion into a state.
func (c Companion) MaySay(state string, own bool) bool {
	if own {
		return slices.Contains(answers[c.State].own, state)
	}
	return slices.Contains(answers[c.State].planner, state)
}

// goes is the first who said yes and is still there on the day.
func goes(cs []Companion) (Companion, bool) {
	i := slices.IndexFunc(cs, func(c Companion) bool { return c.State == Yes && !c.Gone })
	if i < 0 {
		return Companion{}, false
	}
	return cs[i], true
}

// waits says whether somebody was asked and has not answered.
func waits(cs []Companion) bool {
	return slices.ContainsFunc(cs, func(c Companion) bool { return c.State == Asked && !c.Gone })
}

// Nobody says whether an interview that should have company has none.
func Nobody(i Interview, cs []Companion) bool {
	_, ok := goes(cs)
	return i.State == Planned && i.Company && !ok
}
