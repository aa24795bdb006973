package interview

// This file holds the SQL of points of concern, and hears which of them became a signal.

import (
	"context"
	"time"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/privacy"
)

const concernColumns = `SELECT id, interview, person, kind, weight, offered, offered_by, signal, made_by, at, removed, version, body FROM interview_concern WHERE`

func concerns(ctx context.Context, q db.Q, k privacy.Key, where db.Frag) ([]Concern, error) {
	cs, err := db.Many[Concern](ctx, q, db.F(concernColumns).With(where).Then(`ORDER BY at, id`))
	return privacy.OpenAll(k, cs, err, func(x *Concern) (string, []byte, any) { return concernPlace(x.ID), x.Body, &x.Words })
}

func concernsOf(ctx context.Context, q db.Q, f dossier.File, interview string) ([]Concern, error) {
	return concerns(ctx, q, f.Key(), db.F(`person = ? AND interview = ?`, f.ID(), interview))
}

func concern(ctx context.Context, q db.Q, f dossier.File, interview, id string) (Concern, error) {
	return db.First(concerns(ctx, q, f.Key(), db.F(`person = ? AND interview = ? AND id = ?`, f.ID(), interview, id)))
}

// concernsMost is how many points of concern one interview may have.
const concernsMost = 100

func addConcern(ctx context.Context, tx *db.Tx, f dossier.File, interview string, in ConcernInput) error {
	if n, err := db.One[int](ctx, tx, db.F(`SELECT COUNT(*) FROM interview_concern WHERE interview = ?`, interview)); err != nil || n >= concernsMost {
		return errMany(err)
	}
	c := Concern{ID: db.ID("in", tx.Now), Interview: interview, Person: f.ID(), Kind: in.Kind, Weight: in.Weight, MadeBy: f.Who().ID, At: tx.Now, Version: 1, Words: in.Words}
	if err := putConcern(ctx, tx, f.Key(), c); err != nil {
		return err
	}
	return tellAndLog(ctx, tx, f, interview, didConcern, Details{Object: c.ID}, c.ID)
}

func putConcern(ctx context.Context, tx *db.Tx, k privacy.Key, c Concern) error {
	body, err := privacy.SealJSON(k, concernPlace(c.ID), c.Words)
	if err != nil {
		return err
	}
	_, err = db.Do(ctx, tx, db.F(`INSERT INTO interview_concern (id, interview, person, kind, weight, offered, offered_by, signal, made_by, at, version, body) VALUES (?,?,?,?,?,?,?,?,?,?,?,?)`,
		c.ID, c.Interview, c.Person, c.Kind, c.Weight, c.Offered, c.OfferedBy, c.Signal, c.MadeBy, c.At, c.Version, body))
	return err
}

// removeConcern takes a point of concern back, or puts it back. What became a signal elsewhere is not taken back from here.
func removeConcern(ctx context.Context, tx *db.Tx, f dossier.File, c Concern, undo bool) error {
	do, did := db.F(`UPDATE interview_concern SET removed = ?, version = version + 1 WHERE id = ? AND person = ? AND removed IS NULL AND signal = ''`, tx.Now, c.ID, f.ID()), didUnconcern
	if undo {
		do, did = db.F(`UPDATE interview_concern SET removed = NULL, version = version + 1 WHERE id = ? AND person = ? AND removed IS NOT NULL`, c.ID, f.ID()), didConcern
	}
	n, err := db.Do(ctx, tx, do)
	if err != nil || n == 0 {
		return err
	}
	return tellAndLog(ctx, tx, f, c.Interview, did, Details{Object: c.ID}, c.ID)
}

// Raised writes at a point of concern that it became a signal: that, and never which. What was taken back meanwhile, or
// signalled already, stays as it is.
func Raised(ctx context.Context, tx *db.Tx, f dossier.File, id string) error {
	n, err := db.Do(ctx, tx, db.F(`UPDATE interview_concern SET offered = ?, offered_by = ?, signal = 'made', version = version + 1 WHERE id = ? AND person = ? AND signal = '' AND removed IS NULL`,
		tx.Now, f.Who().ID, id, f.ID()))
	if err != nil || n == 0 {
		return err
	}
	interview, err := db.One[string](ctx, tx, db.F(`SELECT interview FROM interview_concern WHERE id = ?`, id))
	if err != nil {
		return err
	}
	return tellAndLog(ctx, tx, f, interview, didOffer, Details{Object: id}, id)
}

// waiting counts the points of concern that were pressed and that nobody has taken, in the files that somebody sees.
func (x *Interviews) waiting(ctx context.Context, a access.Actor, now time.Time) (int, error) {
	return db.One[int](ctx, x.db, db.F(`SELECT COUNT(*) FROM interview_concern c WHERE c.offered IS NOT NULL AND c.signal = '' AND c.removed IS NULL AND`).With(access.Sees(a, now, access.File, "c.person")))
}
