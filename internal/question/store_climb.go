package question

// This file lets questions climb: it finds those that wait too long, and opens the file to who must answer now.

import (
	"context"
	"time"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/db"
)

// Climb lets every question climb as far as this moment asks. It may run as often as it likes.
func (q *Questions) Climb(ctx context.Context, now time.Time) error {
	deputies, leads := map[string]string{}, map[string][]string{}
	for after := ""; ; {
		as, err := db.Many[Ask](ctx, q.db, db.F(askColumns).Then(`WHERE `+waiting+` AND a.rung < ? AND a.id > ? ORDER BY a.id LIMIT 200`, leadRung, after))
		if err != nil || len(as) == 0 {
			return err
		}
		after = as[len(as)-1].ID
		for _, a := range as {
			if a.Owner == "" { // somebody may have taken the file since
				if a.Owner, err = q.minder(ctx, q.db, a.Person, now); err != nil {
					return err
				}
			}
			deputy, known := deputies[a.Owner]
			if !known && a.Owner != "" {
				if deputy, err = q.org.DeputyOf(ctx, a.Owner, now); err != nil {
					return err
				}
				deputies[a.Owner] = deputy
			}
			rung := a.rung(now, deputy)
			if rung <= a.Rung {
				continue
			}
			if _, known := leads[a.Team]; !known {
				if leads[a.Team], err = q.org.Above(ctx, a.Team, now); err != nil {
					return err
				}
			}
			who := a.hearers(rung, deputy, leads[a.Team])
			if len(who) == 0 {
				continue // a rung on which nobody stands is asked for again: somebody may come
			}
			if err := q.raise(ctx, a, rung, who); err != nil {
				return err
			}
		}
	}
}

// raise tells those who must hear of a question and did not yet, each with a grant and a line in the log.
func (q *Questions) raise(ctx context.Context, a Ask, rung int, who []Hearer) error {
	return q.db.Tx(ctx, func(tx *db.Tx) error {
		// Asked again inside: somebody may just have answered.
		n, err := db.Do(ctx, tx, db.F(`UPDATE question_ask SET rung = ?, owner = ? WHERE id = ? AND since IS NOT NULL AND withdrawn IS NULL AND rung < ?`, rung, a.Owner, a.ID, rung))
		if err != nil || n == 0 {
			return err
		}
		for _, h := range who {
			told, err := db.One[int](ctx, tx, db.F(`SELECT COUNT(*) FROM question_climb WHERE ask = ? AND holder = ? AND ended IS NULL`, a.ID, h.Holder))
			if err != nil {
				return err
			}
			if told > 0 {
				continue
			}
			grant, err := dossier.LetIn(ctx, tx, a.Person, a.Team, h.Holder, "question.event.climbed", a.ID)
			if err != nil {
				return err
			}
			if _, err := db.Do(ctx, tx, db.F(`INSERT INTO question_climb (id, ask, person, rung, holder, grant_id, at) VALUES (?,?,?,?,?,?,?)`, db.ID("qc", tx.Now), a.ID, a.Person, h.Rung, h.Holder, grant, tx.Now)); err != nil {
				return err
			}
		}
		return nil
	})
}

// endClimb ends what a question gave to those who heard of it. Who answered it may read it back for a day; by is empty when
// nobody did.
func endClimb(ctx context.Context, tx *db.Tx, ask, by string) error {
	return endHeard(ctx, tx, db.F(`ask = ? AND ended IS NULL`, ask), by)
}

func endHeard(ctx context.Context, tx *db.Tx, which db.Frag, by string) error {
	guests, err := db.Many[dossier.Guest](ctx, tx, db.F(`SELECT holder, grant_id FROM question_climb WHERE`).With(which))
	if err != nil {
		return err
	}
	if err := dossier.LetOut(ctx, tx, guests, by); err != nil {
		return err
	}
	_, err = db.Do(ctx, tx, db.F(`UPDATE question_climb SET ended = ? WHERE`, tx.Now).With(which))
	return err
}
