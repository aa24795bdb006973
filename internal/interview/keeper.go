package interview

// This file gives a person everything that is kept here about their interviews, and forgets them.

import (
	"context"

	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/privacy"
)

// tables are those with something of a person, what leans on another before that other.
var tables = []string{"interview_event", "interview_concern", "interview_correction", "interview_sending", "interview_report", "interview_prep", "interview_companion", "interview_interview"}

// Keeper exports and erases what stands here.
func (x *Interviews) Keeper() privacy.Keeper {
	return privacy.Keeper{Name: "interview", Keeps: []privacy.Class{{Name: "interview.keeps", Tables: tables, From: privacy.WithFile}}, Export: export, Erase: erase}
}

// Prepared is one item that was done.
type Prepared struct{ Interview, Item, DoneBy string }

// Exported is everything that is kept here about one person.
type Exported struct {
	Interviews  []Interview
	Companions  []Companion
	Prepared    []Prepared
	Reports     []Report
	Sendings    []Sending
	Corrections []Correction
	Concerns    []Concern
	Story       []Event
}

func export(ctx context.Context, q db.Q, vault *privacy.Vault, subject string) (any, error) {
	k, err := vault.Key(ctx, subject)
	if err != nil {
		return nil, err
	}
	var x Exported
	of := db.F(`person = ?`, subject)
	reads := []func() error{
		func() (err error) {
			x.Interviews, err = interviews(ctx, q, k, db.F(interviewColumns).Then(`WHERE i.person = ? ORDER BY i.at, i.id`, subject))
			return err
		},
		func() (err error) { x.Companions, err = companions(ctx, q, db.F(`c.person = ?`, subject)); return err },
		func() (err error) {
			x.Prepared, err = db.Many[Prepared](ctx, q, db.F(`SELECT interview, item, done_by FROM interview_prep WHERE person = ? ORDER BY interview, item`, subject))
			return err
		},
		func() (err error) { x.Reports, err = reports(ctx, q, k, of); return err },
		func() (err error) { x.Sendings, err = sendings(ctx, q, k, of); return err },
		func() (err error) { x.Corrections, err = corrections(ctx, q, k, of); return err },
		func() (err error) { x.Concerns, err = concerns(ctx, q, k, of); return err },
		func() (err error) {
			x.Story, err = events(ctx, q, k, db.F(`person = ? ORDER BY at, id`, subject))
			return err
		},
	}
	for _, read := range reads {
		if err := read(); err != nil {
			return nil, err
		}
	}
	return x, nil
}

func erase(ctx context.Context, tx *db.Tx, subject string) error {
	_, err := db.DoAll(ctx, tx, db.F(`DELETE FROM interview_event WHERE person = ?`, subject), db.F(`DELETE FROM interview_concern WHERE person = ?`, subject),
		db.F(`DELETE FROM interview_correction WHERE person = ?`, subject), db.F(`DELETE FROM interview_sending WHERE person = ?`, subject),
		db.F(`DELETE FROM interview_report WHERE person = ?`, subject), db.F(`DELETE FROM interview_prep WHERE person = ?`, subject),
		db.F(`DELETE FROM interview_companion WHERE person = ?`, subject), db.F(`DELETE FROM interview_interview WHERE person = ?`, subject))
	return err
}
