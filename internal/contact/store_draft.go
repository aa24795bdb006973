package contact

// This file holds the SQL of drafts: forms that were begun and not saved.

import (
	"context"
	"encoding/json"
	"net/url"
	"time"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/privacy"
)

// keep stores a draft: the fields as they were typed. One that arrives after its own form was saved is not kept: it would
// stand on Vandaag as something that still has to be done.
func (c *Contact) keep(ctx context.Context, k privacy.Key, colleague, about, person, form string, fields url.Values) error {
	b, err := json.Marshal(fields)
	if err != nil {
		return err
	}
	return c.db.Tx(ctx, func(tx *db.Tx) error {
		if late, err := written(ctx, tx, person, colleague, form); err != nil || late {
			return err
		}
		_, err := db.Do(ctx, tx, db.F(`INSERT INTO contact_draft (colleague, about, person, body, at) VALUES (?,?,?,?,?) ON CONFLICT (colleague, about) DO UPDATE SET body = excluded.body, at = excluded.at, gone = NULL`,
			colleague, about, person, k.Seal(draftPlace(colleague, about), b), tx.Now))
		return err
	})
}

// draft reads a draft; none gives nil fields.
func (c *Contact) draft(ctx context.Context, k privacy.Key, colleague, about string) (url.Values, time.Time, error) {
	type row struct {
		Body []byte
		At   time.Time
	}
	r, err := db.One[row](ctx, c.db, db.F(`SELECT body, at FROM contact_draft WHERE colleague = ? AND about = ? AND gone IS NULL`, colleague, about))
	if fault.Is(err, fault.NotFound) {
		return nil, time.Time{}, nil
	}
	if err != nil {
		return nil, time.Time{}, err
	}
	var f url.Values
	err = privacy.OpenJSON(k, draftPlace(colleague, about), r.Body, &f)
	return f, r.At, err
}

func drop(ctx context.Context, tx *db.Tx, colleague, about string) error {
	_, err := db.Do(ctx, tx, db.F(`DELETE FROM contact_draft WHERE colleague = ? AND about = ?`, colleague, about))
	return err
}

// discard puts a draft aside, or back.
func discard(ctx context.Context, tx *db.Tx, colleague, about string, undo bool) error {
	f := db.F(`UPDATE contact_draft SET gone = ? WHERE colleague = ? AND about = ? AND gone IS NULL`, tx.Now, colleague, about)
	if undo {
		f = db.F(`UPDATE contact_draft SET gone = NULL WHERE colleague = ? AND about = ?`, colleague, about)
	}
	n, err := db.Do(ctx, tx, f)
	if err == nil && n == 0 {
		err = fault.Gone()
	}
	return err
}

// Begun is a draft in a list.
type Begun struct {
	About  string
	Person string
	At     time.Time
	Gone   time.Time
}

// drafts are a colleague's begun forms: about people of whom they may still write the note, and about visitors without a
// file who still sit at their table. What was put aside in the last hour stands there too, to be taken back.
func (c *Contact) drafts(ctx context.Context, a access.Actor, now time.Time) ([]Begun, error) {
	return db.Many[Begun](ctx, c.db, db.F(`SELECT d.about, d.person, d.at, d.gone FROM contact_draft d WHERE d.colleague = ? AND (d.gone IS NULL OR d.gone > ?) AND (`, a.ID, now.Add(-PutBack)).
		With(db.F(`d.person <> ''`).And(access.Sees(a, now, access.Note, "d.person"))).
		Then(`OR d.person = '' AND EXISTS (SELECT 1 FROM contact_visit v WHERE v.id = d.about AND v.taken_by = d.colleague AND v.done IS NULL AND v.gone IS NULL AND v.until > ?)) ORDER BY d.at DESC LIMIT 10`, now.Add(-Finish)))
}

// sweep forgets drafts that were left alone, and attempts that no longer count.
func (c *Contact) sweep(ctx context.Context, now time.Time) error {
	return c.db.Tx(ctx, func(tx *db.Tx) error {
		if _, err := db.Do(ctx, tx, db.F(`DELETE FROM contact_draft WHERE at < ?`, draftsKept.Before(now))); err != nil {
			return err
		}
		_, err := db.Do(ctx, tx, db.F(`DELETE FROM contact_try WHERE at < ?`, now.AddDate(0, 0, -1)))
		return err
	})
}
