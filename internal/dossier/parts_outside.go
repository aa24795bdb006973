package dossier

// This file is the way in for somebody who does not work here, such as a lawyer, and what the rooms tell each other about such
// people without knowing each other.

import (
	"context"
	"time"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/web"
)

// Party is somebody of an address book to whom a person may allow something.
type Party struct{ ID, Name string }

// Parties are those whom this person may choose for a purpose, as far as whoever asks may know of them.
type Parties func(v *web.Visit, f File, purpose string) ([]Party, error)

// Allowed is one consent that holds, in favour of one party.
type Allowed struct {
	Consent string
	Parts   []string
	Until   clock.Date
}

// Allowing is how a room learns what a party may have. Only the room of consent asks for a consent; it lends this to the
// room that shows what was allowed.
type Allowing struct {
	// Now reads what holds, to tell it.
	Now func(ctx context.Context, q db.Q, f File, purpose, party string, now time.Time) ([]Allowed, error)
	// Hold reads it in order to act on it in this transaction: it cannot end in between.
	Hold func(ctx context.Context, tx *db.Tx, f File, purpose, party string) ([]Allowed, error)
	// End ends all of it.
	End func(ctx context.Context, tx *db.Tx, f File, purpose, party string) error
}

// OpenOutside opens a file for somebody outside. They hold no grant: may asks, in the same transaction in which the look is
// written, whether the person allows it now; a fault of it is the answer. The file is opened at the least level, so that no
// part of a page that colleagues see shows for it.
func (s *Files) OpenOutside(v *web.Visit, person, event, object string, may func(tx *db.Tx, f File) error) (File, error) {
	var f File
	err := s.db.Tx(v.Ctx(), func(tx *db.Tx) (err error) {
		f, err = s.OpenOutsideIn(v, tx, person, event, object, may)
		return err
	})
	if err != nil {
		return File{}, err
	}
	return f, nil
}

// OpenOutsideIn does the same inside a transaction that writes more.
func (s *Files) OpenOutsideIn(v *web.Visit, tx *db.Tx, person, event, object string, may func(tx *db.Tx, f File) error) (File, error) {
	if v.Actor.Kind != access.Outside {
		return File{}, fault.Gone()
	}
	f, err := s.read(v.Ctx(), tx, v.Actor, access.Grant{Subject: person, Holder: "outside:" + v.Actor.ID, Why: access.Consent, Level: access.Note})
	if err != nil {
		return File{}, err
	}
	if err := may(tx, f); err != nil {
		return File{}, err
	}
	return f, f.Log(v.Ctx(), tx, event, object)
}

// Outsiders gives the names of people outside who have an account, for pages that tell who looked.
type Outsiders func(ctx context.Context, ids []string) (map[string]string, error)

// LendOutsiders hands them over; the app calls it once.
func (s *Files) LendOutsiders(names Outsiders) { s.outsiders = names }

// Outsiders are the names of these people; an id that is not known is left out.
func (s *Files) Outsiders(ctx context.Context, ids []string) (map[string]string, error) {
	if s.outsiders == nil || len(ids) == 0 {
		return nil, nil
	}
	return s.outsiders(ctx, ids)
}
