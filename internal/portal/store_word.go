package portal

// This file holds the SQL of what people say back, and of the answers.

import (
	"context"
	"time"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/audit"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/privacy"
)

func wordPlace(id string) string   { return "portal_word.body/" + id }
func answerPlace(id string) string { return "portal_word.answer/" + id }

const wordColumns = `w.id, w.person, w.kind, w.about, w.body, w.at, w.answer, w.done_at, w.done_by`

// say keeps a word of the person; a second question about the same look changes nothing.
func (p *Portal) say(ctx context.Context, tx *db.Tx, f dossier.File, kind, about, text string) error {
	id := db.ID("w", tx.Now)
	n, err := db.Do(ctx, tx, db.F(`INSERT INTO portal_word (id, person, kind, about, body, at, done_by) VALUES (?,?,?,?,?,?,'') ON CONFLICT DO NOTHING`,
		id, f.ID(), kind, about, f.Key().Seal(wordPlace(id), []byte(text)), tx.Now))
	if err != nil || n == 0 {
		return err
	}
	return f.Log(ctx, tx, "portal.event."+kind, id)
}

// looked says whether the log has such a look at this person; a question about anything else is no question.
func (p *Portal) looked(ctx context.Context, person string, day clock.Date, actor, why string) (bool, error) {
	es, err := audit.Search(ctx, p.db, audit.Filter{Subject: person, Actor: actor, Why: why, From: day.In(clock.Netherlands), Until: day.AddDays(1).In(clock.Netherlands)}, 1)
	return len(es) > 0, err
}

// waiting counts what a person said that nobody dealt with yet.
func (p *Portal) waiting(ctx context.Context, person, kind string) (int, error) {
	return db.One[int](ctx, p.db, db.F(`SELECT COUNT(*) FROM portal_word WHERE person = ? AND kind = ? AND done_at IS NULL`, person, kind))
}

// heads are the open words of a kind that this actor may deal with, oldest first, without what they say. A privacy
// officer sees that a question was asked and about which look; the file stays closed.
func (p *Portal) heads(ctx context.Context, a access.Actor, now time.Time, kind string, most int) ([]Word, error) {
	f := db.F(`SELECT w.id, w.person, w.kind, w.about, w.at, w.done_at, w.done_by FROM portal_word w WHERE w.kind = ? AND w.done_at IS NULL`, kind)
	if kind == AboutFact {
		f = f.Then(`AND`).With(access.Sees(a, now, access.File, "w.person"))
	}
	return db.Many[Word](ctx, p.db, f.Then(`ORDER BY w.at, w.id LIMIT ?`, most))
}

// head is one word without what it says.
func (p *Portal) head(ctx context.Context, id string) (Word, error) {
	return db.One[Word](ctx, p.db, db.F(`SELECT w.id, w.person, w.kind, w.about, w.at, w.done_at, w.done_by FROM portal_word w WHERE w.id = ?`, id))
}

// own are the latest words of a person, opened.
func (p *Portal) own(ctx context.Context, q db.Q, k privacy.Key, person, kind string, most int) ([]Word, error) {
	ws, err := db.Many[Word](ctx, q, db.F(`SELECT `+wordColumns+` FROM portal_word w WHERE w.person = ? AND w.kind = ? ORDER BY w.at DESC, w.id DESC LIMIT ?`, person, kind, most))
	if err != nil {
		return nil, err
	}
	for i := range ws {
		if err := ws[i].open(k); err != nil {
			return nil, err
		}
	}
	return ws, nil
}

// whole is one word with what it says, in a transaction or outside one.
func (p *Portal) whole(ctx context.Context, q db.Q, k privacy.Key, id string) (Word, error) {
	w, err := db.One[Word](ctx, q, db.F(`SELECT `+wordColumns+` FROM portal_word w WHERE w.id = ?`, id))
	if err != nil {
		return w, err
	}
	return w, w.open(k)
}

func (w *Word) open(k privacy.Key) error {
	b, err := k.Open(wordPlace(w.ID), w.Body)
	if err != nil {
		return err
	}
	w.Text, w.Body = string(b), nil
	if len(w.Answer) == 0 {
		return nil
	}
	if b, err = k.Open(answerPlace(w.ID), w.Answer); err != nil {
		return err
	}
	w.Reply, w.Answer = string(b), nil
	return nil
}

// answer deals with a word; one that somebody else dealt with meanwhile is a conflict.
func (p *Portal) answer(ctx context.Context, tx *db.Tx, k privacy.Key, w Word, reply, by string) error {
	var sealed []byte
	if reply != "" {
		sealed = k.Seal(answerPlace(w.ID), []byte(reply))
	}
	n, err := db.Do(ctx, tx, db.F(`UPDATE portal_word SET answer = ?, done_at = ?, done_by = ? WHERE id = ? AND done_at IS NULL`, sealed, tx.Now, by, w.ID))
	if err == nil && n == 0 {
		err = fault.New(fault.Conflict, "portal.error.done")
	}
	if err != nil {
		return err
	}
	if err := endClimb(ctx, tx, w.ID, by); err != nil {
		return err
	}
	return p.News(NewAnswer)(ctx, tx, w.Person)
}

// again makes a word wait once more; its answer stays until another one is given.
func (p *Portal) again(ctx context.Context, tx *db.Tx, w Word) error {
	_, err := db.Do(ctx, tx, db.F(`UPDATE portal_word SET done_at = NULL, done_by = '' WHERE id = ?`, w.ID))
	return err
}
