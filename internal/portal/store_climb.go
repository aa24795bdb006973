package portal

// This file lets a word that waits climb: it opens the file to who leads the team, so that no word lies where nobody looks.

import (
	"context"
	"time"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
)

// climb looks at every report that waits and that nobody above was told of. It may run as often as it likes.
func (p *Portal) climb(ctx context.Context, now time.Time) error {
	for after := ""; ; {
		ws, err := db.Many[Word](ctx, p.db, db.F(`SELECT w.id, w.person, w.kind, w.about, w.at, w.done_at, w.done_by FROM portal_word w WHERE w.kind = ? AND w.done_at IS NULL AND w.id > ?
			AND NOT EXISTS (SELECT 1 FROM portal_climb c WHERE c.word = w.id AND c.ended IS NULL) ORDER BY w.id LIMIT 200`, AboutFact, after))
		if err != nil || len(ws) == 0 {
			return err
		}
		after = ws[len(ws)-1].ID
		for _, w := range ws {
			helpers, err := p.files.Helpers(ctx, p.db, w.Person, now)
			if err != nil {
				return err
			}
			if !w.Climbs(now, len(helpers) > 0) {
				continue
			}
			team, err := p.files.Team(ctx, p.db, w.Person)
			if fault.Is(err, fault.NotFound) {
				continue // the file is going
			}
			if err != nil {
				return err
			}
			above, err := p.org.Above(ctx, team, now)
			if err != nil {
				return err
			}
			if err := p.tellAbove(ctx, w, team, above); err != nil {
				return err
			}
		}
	}
}

func (p *Portal) tellAbove(ctx context.Context, w Word, team string, who []string) error {
	return p.db.Tx(ctx, func(tx *db.Tx) error {
		// Asked again inside: somebody may just have answered.
		n, err := db.One[int](ctx, tx, db.F(`SELECT COUNT(*) FROM portal_word WHERE id = ? AND done_at IS NULL`, w.ID))
		if err != nil || n == 0 {
			return err
		}
		for _, h := range who {
			grant, err := dossier.LetIn(ctx, tx, w.Person, team, h, "portal.event.climbed", w.ID)
			if err != nil {
				return err
			}
			if _, err := db.Do(ctx, tx, db.F(`INSERT INTO portal_climb (word, person, holder, grant_id, at) VALUES (?,?,?,?,?)
				ON CONFLICT (word, holder) DO UPDATE SET grant_id = excluded.grant_id, at = excluded.at, ended = NULL`, w.ID, w.Person, h, grant, tx.Now)); err != nil {
				return err
			}
		}
		return nil
	})
}

// endClimb lets out who was let in for a word. Who answered it may read that back for a day.
func endClimb(ctx context.Context, tx *db.Tx, word, by string) error {
	guests, err := db.Many[dossier.Guest](ctx, tx, db.F(`SELECT holder, grant_id FROM portal_climb WHERE word = ? AND ended IS NULL`, word))
	if err != nil {
		return err
	}
	if err := dossier.LetOut(ctx, tx, guests, by); err != nil {
		return err
	}
	_, err = db.Do(ctx, tx, db.F(`UPDATE portal_climb SET ended = ? WHERE word = ? AND ended IS NULL`, tx.Now, word))
	return err
}
