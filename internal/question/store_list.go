package question

// This file holds the SQL of the lists of colleagues, and of answers that were begun.

import (
	"context"
	"time"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/privacy"
)

// heard is the condition that a question waits for this colleague: they mind it, or it climbed to them.
func heard(colleague string) db.Frag {
	return db.F(`a.id IN (SELECT o.id FROM question_ask o WHERE o.owner = ? AND o.since IS NOT NULL
		UNION SELECT c.ask FROM question_climb c WHERE c.holder = ? AND c.ended IS NULL)`, colleague, colleague)
}

// mine are the questions that wait for this colleague, what must be answered first before the others.
func (q *Questions) mine(ctx context.Context, a access.Actor, now time.Time, n int) ([]Ask, error) {
	return db.Many[Ask](ctx, q.db, db.F(askColumns).Then(`WHERE `+waiting+` AND`).With(heard(a.ID)).Then(`AND`).With(access.Sees(a, now, access.File, "a.person")).Then(`ORDER BY a.due, a.id LIMIT ?`, n))
}

// Owing is how many questions wait for a colleague, and how many of them too long.
type Owing struct{ N, Over int }

func (q *Questions) owing(ctx context.Context, a access.Actor, now time.Time) (Owing, error) {
	return db.One[Owing](ctx, q.db, db.F(`SELECT COUNT(*) AS n, CAST(COALESCE(SUM(CASE WHEN a.due < ? THEN 1 ELSE 0 END), 0) AS BIGINT) AS over FROM question_ask a WHERE `+waiting+` AND`, now).
		With(heard(a.ID)).Then(`AND`).With(access.Sees(a, now, access.File, "a.person")))
}

// others are questions in files of this colleague that wait for somebody else.
func (q *Questions) others(ctx context.Context, a access.Actor, now time.Time, n int) ([]Ask, error) {
	return db.Many[Ask](ctx, q.db, db.F(askColumns).Then(`WHERE `+waiting+` AND NOT`).With(heard(a.ID)).Then(`AND`).With(access.Holds(a, now, access.File, "a.person")).Then(`ORDER BY a.due, a.id LIMIT ?`, n))
}

// answered are the last questions in files of this colleague that were answered.
func (q *Questions) answered(ctx context.Context, a access.Actor, now time.Time, n int) ([]Ask, error) {
	return db.Many[Ask](ctx, q.db, db.F(askColumns).Then(`WHERE a.since IS NULL AND a.withdrawn IS NULL AND a.told > ? AND`, now.AddDate(0, 0, -30)).
		With(access.Holds(a, now, access.File, "a.person")).Then(`ORDER BY a.told DESC, a.id LIMIT ?`, n))
}

// Load is what waits with one colleague.
type Load struct {
	Owner   string
	N, Over int
	Due     time.Time // of the one that must be answered first
}

// loads are what waits in some teams, by colleague: numbers only, for whoever leads them.
func (q *Questions) loads(ctx context.Context, teams []string, now time.Time) ([]Load, error) {
	return db.Many[Load](ctx, q.db, db.F(`SELECT a.owner, COUNT(*) AS n, CAST(COALESCE(SUM(CASE WHEN a.due < ? THEN 1 ELSE 0 END), 0) AS BIGINT) AS over, MIN(a.due) AS due FROM question_ask a WHERE `+waiting+` AND`, now).
		With(db.In("a.team", teams)).Then(`GROUP BY a.owner ORDER BY MIN(a.due), a.owner`))
}

// keepDraft keeps an answer that was begun. One of an older state of the question is not kept: it was answered meanwhile.
func (q *Questions) keepDraft(ctx context.Context, f dossier.File, id string, version int64, in LetterInput) error {
	return q.db.Tx(ctx, func(tx *db.Tx) error {
		a, err := ask(ctx, tx, f.ID(), id)
		if err != nil || a.Version != version || !a.Withdrawn.IsZero() {
			return err
		}
		if in.Empty() {
			_, err := db.Do(ctx, tx, db.F(`DELETE FROM question_draft WHERE ask = ? AND colleague = ?`, id, f.Who().ID))
			return err
		}
		body, err := privacy.SealJSON(f.Key(), draftPlace(id, f.Who().ID), in)
		if err != nil {
			return err
		}
		_, err = db.Do(ctx, tx, db.F(`INSERT INTO question_draft (ask, colleague, person, at, body) VALUES (?,?,?,?,?) ON CONFLICT (ask, colleague) DO UPDATE SET at = excluded.at, body = excluded.body`,
			id, f.Who().ID, f.ID(), tx.Now, body))
		return err
	})
}

// draft is what a colleague began, and when; nothing when nothing was begun.
func (q *Questions) draft(ctx context.Context, k privacy.Key, id, colleague string) (LetterInput, time.Time, error) {
	type row struct {
		At   time.Time
		Body []byte
	}
	var in LetterInput
	r, err := db.One[row](ctx, q.db, db.F(`SELECT at, body FROM question_draft WHERE ask = ? AND colleague = ?`, id, colleague))
	if fault.Is(err, fault.NotFound) {
		return in, time.Time{}, nil
	}
	if err != nil {
		return in, time.Time{}, err
	}
	return in, r.At, privacy.OpenJSON(k, draftPlace(id, colleague), r.Body, &in)
}

// putTerms writes terms down; the earlier ones stay.
func putTerms(ctx context.Context, tx *db.Tx, by string, t Terms) error {
	_, err := db.Do(ctx, tx, db.F(`INSERT INTO question_terms (id, promise, deputy, lead, since, made_by) VALUES (?,?,?,?,?,?)`, db.ID("qt", tx.Now), t.Promise, t.Deputy, t.Lead, tx.Now, by))
	return err
}
