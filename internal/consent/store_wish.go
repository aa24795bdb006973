package consent

// This file holds the SQL of wishes.

import (
	"context"
	"time"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/privacy"
)

func wishPlace(id string) string { return "consent_wish.body/" + id }

const wishColumns = `SELECT w.id, w.person, w.matter, w.at, w.done, w.body FROM consent_wish w WHERE`

// wishesOf are the wishes about one person, newest first.
func wishesOf(ctx context.Context, q db.Q, k privacy.Key, person string) ([]Wish, error) {
	ws, err := db.Many[Wish](ctx, q, db.F(wishColumns).Then(`w.person = ? ORDER BY w.at DESC, w.id DESC`, person))
	return privacy.OpenAll(k, ws, err, func(w *Wish) (string, []byte, any) { return wishPlace(w.ID), w.Body, &w.About })
}

func wishOf(ctx context.Context, q db.Q, f dossier.File, id string) (Wish, error) {
	w, err := db.One[Wish](ctx, q, db.F(wishColumns).Then(`w.person = ? AND w.id = ?`, f.ID(), id))
	if err != nil {
		return w, err
	}
	return w, privacy.OpenJSON(f.Key(), wishPlace(id), w.Body, &w.About)
}

// Wish asks that people be asked: one wish for each of them and a matter, however often it is wished. Whoever asked for less use of
// their data is left alone. It tells nobody how many there are.
func (c *Consents) Wish(ctx context.Context, tx *db.Tx, matter string, about About, people []string) error {
	for _, id := range people {
		f, err := c.files.Machine(ctx, tx, id)
		if fault.Is(err, fault.NotFound) {
			continue
		}
		if err != nil {
			return err
		}
		if f.Limit().Holds(tx.Now) {
			continue
		}
		w := db.Blind("cw") // it tells no order: not who was found first
		body, err := privacy.SealJSON(f.Key(), wishPlace(w), about)
		if err != nil {
			return err
		}
		if _, err := db.Do(ctx, tx, db.F(`INSERT INTO consent_wish (id, person, matter, at, body) VALUES (?,?,?,?,?) ON CONFLICT (person, matter) DO NOTHING`, w, id, matter, tx.Now, body)); err != nil {
			return err
		}
	}
	return nil
}

// openWishes are the people whose file somebody holds, and of whom something is wished.
func (c *Consents) openWishes(ctx context.Context, a access.Actor, now time.Time, n int) ([]Wish, error) {
	return db.Many[Wish](ctx, c.db, db.F(wishColumns).Then(`w.done IS NULL AND w.at > ? AND`, now.AddDate(0, 0, -wishDays)).With(access.Sees(a, now, access.File, "w.person")).Then(`ORDER BY w.at, w.id LIMIT ?`, n))
}

// doneWish says that it need not be asked any more. A second time it changes nothing.
func doneWish(ctx context.Context, tx *db.Tx, f dossier.File, matter string) error {
	_, err := db.Do(ctx, tx, db.F(`UPDATE consent_wish SET done = ? WHERE person = ? AND matter = ? AND done IS NULL`, tx.Now, f.ID(), matter))
	return err
}

// undoneWish puts it back on the list.
func undoneWish(ctx context.Context, tx *db.Tx, f dossier.File, matter string) error {
	_, err := db.Do(ctx, tx, db.F(`UPDATE consent_wish SET done = NULL WHERE person = ? AND matter = ?`, f.ID(), matter))
	return err
}
