package dossier

// This file is how a group of people is meant, by what is objective, and how a list of them is read. What only procedures
// know is lent: the rooms do not know each other.

import (
	"context"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/web"
)

// Group is a group by what each node has in memory. An empty list asks for nothing.
type Group struct {
	Origins   []string // codes of Origins, or UnknownOrigin
	Teams     []string
	Locations []string
}

// LawAsk is what is asked about procedures. Zero days are open ends.
type LawAsk struct {
	DecidedFrom, DecidedTo clock.Date // a refusal of asylum that still stands was made known between these days
	Decided                bool       // ask for such a decision at all
	Removal                bool       // leaving was ordered, by a refusal of asylum too, or the person was detained, and it is not over
}

// Law says of some people which of them meet it, in their order. Somebody of whom the day of the decision is not known
// meets it: in an alarm one too many is better than one too few.
type Law func(ctx context.Context, q db.Q, people []string, ask LawAsk) ([]string, error)

// Answer opens a file at the lowest level for one act of a colleague who is told of an alarm and does not see the file: to
// say that they are on it, or that it is still needed. The act logs itself; nothing of the person may be shown for it.
func (s *Files) Answer(v *web.Visit, person, place string) (File, error) {
	return s.read(v.Ctx(), s.db, v.Actor, access.Grant{Subject: person, Why: access.Alarm, Level: access.Note, Place: place})
}

// Roll opens the people of one list, for a colleague who may see that list and not their files. Each stands in the log with
// this event before anything of anybody is handed out; when that cannot be written, nothing is. What it hands out is open at
// the lowest level: pages take the name from it and what their own room knows. Whoever was erased meanwhile is left out.
func (s *Files) Roll(v *web.Visit, people []string, place, object, event string) ([]File, error) {
	ctx := v.Ctx()
	var out []File
	for _, id := range people {
		g := access.Grant{Subject: id, Why: access.Alarm, Level: access.Note, Place: place}
		f, err := s.read(ctx, s.db, v.Actor, g)
		if fault.Is(err, fault.NotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		*f.seen = true
		out = append(out, f)
	}
	err := s.db.Tx(ctx, func(tx *db.Tx) error {
		for _, f := range out {
			if err := f.Log(ctx, tx, event, object); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}
