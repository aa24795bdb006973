package evidence

// This file destroys what was taken back too long ago, gives a person everything that is kept here, and forgets them.

import (
	"context"
	"time"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/audit"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/privacy"
	"reisgezel/internal/kernel/web"
)

// Jobs is the work that runs by itself.
func (e *Evidence) Jobs() []web.Job {
	return []web.Job{{Name: "evidence.destroy", Every: time.Hour, Run: e.destroy}}
}

// destroy destroys what can no longer be put back, a document in one transaction, and lets go of files whose forms never
// came again.
func (e *Evidence) destroy(ctx context.Context, now time.Time) error {
	type gone struct{ ID, Person string }
	old, err := db.Many[gone](ctx, e.db, db.F(`SELECT id, person FROM evidence_document WHERE removed <= ? ORDER BY removed LIMIT 500`, now.Add(-TakenBack)))
	if err != nil {
		return err
	}
	for _, d := range old {
		err := e.db.Tx(ctx, func(tx *db.Tx) error {
			if _, err := db.DoAll(ctx, tx,
				db.F(`DELETE FROM evidence_content WHERE scan IN (SELECT id FROM evidence_scan WHERE document = ?)`, d.ID),
				db.F(`DELETE FROM evidence_scan WHERE document = ?`, d.ID), db.F(`DELETE FROM evidence_proof WHERE document = ?`, d.ID),
				db.F(`DELETE FROM evidence_event WHERE about = ?`, d.ID), db.F(`DELETE FROM evidence_document WHERE id = ?`, d.ID)); err != nil {
				return err
			}
			return audit.Append(ctx, tx, audit.Entry{Event: "evidence.event.destroyed", Subject: d.Person, Actor: "system", ActorKind: string(access.Machine), Object: d.ID})
		})
		if err != nil {
			return err
		}
	}
	var held int64
	err = e.db.Tx(ctx, func(tx *db.Tx) (err error) {
		held, err = db.Do(ctx, tx, db.F(`DELETE FROM evidence_held WHERE at <= ?`, heldKept.Before(now)))
		return err
	})
	if err != nil || len(old) == 0 && held == 0 {
		return err
	}
	return e.db.Scrub(ctx)
}

// Exported is everything that is kept here about one person, the papers themselves too.
type Exported struct {
	Claims    []Claim
	Pieces    []Piece
	Documents []ExportedDocument
	Story     []Event
}

// ExportedDocument is one paper with all its scans and what it proves.
type ExportedDocument struct {
	Document
	Proves []string
	Scans  []ExportedScan
}

// ExportedScan is one scan with its bytes.
type ExportedScan struct {
	Scan
	Content []byte
}

// Keeper exports and erases what stands here.
func (e *Evidence) Keeper() privacy.Keeper {
	return privacy.Keeper{Name: "evidence",
		Keeps: []privacy.Class{
			{Name: "evidence.keeps", Tables: []string{"evidence_claim", "evidence_piece", "evidence_document", "evidence_scan", "evidence_content", "evidence_proof", "evidence_event"}, From: privacy.WithFile},
			heldKept,
		},
		Export: export, Erase: erase}
}

// heldKept is how long a file waits for its form.
var heldKept = privacy.Class{Name: "evidence.keeps.held", Tables: []string{"evidence_held"}, From: privacy.LastTouched, Days: 1, Assumed: true, Job: "evidence.destroy"}

func export(ctx context.Context, q db.Q, vault *privacy.Vault, subject string) (any, error) {
	k, err := vault.Key(ctx, subject)
	if err != nil {
		return nil, err
	}
	var x Exported
	if x.Claims, err = claims(ctx, q, k, db.F(`person = ?`, subject)); err != nil {
		return nil, err
	}
	if x.Pieces, err = pieces(ctx, q, k, db.F(`person = ?`, subject)); err != nil {
		return nil, err
	}
	if x.Story, err = events(ctx, q, k, db.F(`SELECT `+eventColumns+` FROM evidence_event WHERE person = ? ORDER BY at, id`, subject)); err != nil {
		return nil, err
	}
	ds, err := documents(ctx, q, k, db.F(`person = ?`, subject))
	if err != nil {
		return nil, err
	}
	for _, d := range ds {
		one := ExportedDocument{Document: d}
		if one.Proves, err = proofs(ctx, q, d.ID); err != nil {
			return nil, err
		}
		ss, err := scans(ctx, q, d.ID)
		if err != nil {
			return nil, err
		}
		for _, s := range ss {
			sealed, err := db.One[[]byte](ctx, q, db.F(`SELECT body FROM evidence_content WHERE scan = ? AND part = 'whole'`, s.ID))
			if err != nil {
				return nil, err
			}
			b, err := k.Open(contentPlace(s.ID, "whole"), sealed)
			if err != nil {
				return nil, err
			}
			one.Scans = append(one.Scans, ExportedScan{s, b})
		}
		x.Documents = append(x.Documents, one)
	}
	return x, nil
}

func erase(ctx context.Context, tx *db.Tx, subject string) error {
	_, err := db.DoAll(ctx, tx, db.F(`DELETE FROM evidence_held WHERE person = ?`, subject), db.F(`DELETE FROM evidence_event WHERE person = ?`, subject),
		db.F(`DELETE FROM evidence_proof WHERE person = ?`, subject), db.F(`DELETE FROM evidence_content WHERE person = ?`, subject),
		db.F(`DELETE FROM evidence_scan WHERE person = ?`, subject), db.F(`DELETE FROM evidence_document WHERE person = ?`, subject),
		db.F(`DELETE FROM evidence_piece WHERE person = ?`, subject), db.F(`DELETE FROM evidence_claim WHERE person = ?`, subject))
	return err
}
