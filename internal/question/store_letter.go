package question

// This file holds the SQL of letters.

import (
	"context"
	"time"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/privacy"
)

func letterPlace(ask string) string { return "question_letter.body/" + ask }

const letterColumns = `SELECT ask, person, kind, day, act, at, made_by, done, done_by, body FROM question_letter`

// letters are what is known of the letters of a person, by question.
func letters(ctx context.Context, q db.Q, k privacy.Key, person string) (map[string]Letter, error) {
	ls, err := db.Many[Letter](ctx, q, db.F(letterColumns).Then(`WHERE person = ?`, person))
	out := map[string]Letter{}
	for _, l := range ls {
		if err == nil {
			err = privacy.OpenJSON(k, letterPlace(l.Ask), l.Body, &l.What)
		}
		out[l.Ask] = l
	}
	return out, err
}

// letter is what is known of one; a zero one when nothing is.
func letter(ctx context.Context, q db.Q, k privacy.Key, ask string) (Letter, error) {
	l, err := db.One[Letter](ctx, q, db.F(letterColumns).Then(`WHERE ask = ?`, ask))
	if fault.Is(err, fault.NotFound) {
		return Letter{}, nil
	}
	if err != nil {
		return l, err
	}
	return l, privacy.OpenJSON(k, letterPlace(ask), l.Body, &l.What)
}

// putLetter writes down what a letter is; reading it better takes the place of what stood there.
func putLetter(ctx context.Context, tx *db.Tx, k privacy.Key, l Letter) error {
	body, err := privacy.SealJSON(k, letterPlace(l.Ask), l.What)
	if err != nil {
		return err
	}
	_, err = db.Do(ctx, tx, db.F(`INSERT INTO question_letter (ask, person, kind, day, act, at, made_by, body) VALUES (?,?,?,?,?,?,?,?)
		ON CONFLICT (ask) DO UPDATE SET kind = excluded.kind, day = excluded.day, act = excluded.act, at = excluded.at, made_by = excluded.made_by, body = excluded.body,
			done = CASE WHEN question_letter.act = excluded.act THEN question_letter.done ELSE NULL END`,
		l.Ask, l.Person, l.Kind, l.Day, l.Act, tx.Now, l.MadeBy, body))
	return err
}

// explain keeps what a letter is, with its explanation as an answer.
func (q *Questions) explain(ctx context.Context, tx *db.Tx, f dossier.File, id string, version int64, l Letter, w Words) error {
	if err := q.answer(ctx, tx, f, id, version, w); err != nil {
		return err
	}
	if _, err := db.Do(ctx, tx, db.F(`UPDATE question_ask SET letter = TRUE WHERE id = ?`, id)); err != nil {
		return err
	}
	l.Ask, l.Person, l.MadeBy = id, f.ID(), f.Who().ID
	return putLetter(ctx, tx, f.Key(), l)
}

// actDays is how many days before a letter's day those who help are told of it.
const actDays = 14

// acts are the letters that ask for something soon, or asked for it and nobody said that it was done, in the questions that a
// colleague minds.
func (q *Questions) acts(ctx context.Context, a access.Actor, now time.Time, n int) ([]Letter, error) {
	return db.Many[Letter](ctx, q.db, db.F(letterColumns).Then(`WHERE act <= ? AND done IS NULL AND ask IN (SELECT id FROM question_ask WHERE withdrawn IS NULL AND owner = ?) AND`, clock.Today(now).AddDays(actDays), a.ID).
		With(access.Sees(a, now, access.File, "person")).Then(`ORDER BY act, ask LIMIT ?`, n))
}

// asking are the letters of a person that still ask for something.
func asking(ctx context.Context, q db.Q, person string) ([]Letter, error) {
	return db.Many[Letter](ctx, q, db.F(letterColumns).Then(`WHERE person = ? AND act IS NOT NULL AND done IS NULL AND ask IN (SELECT id FROM question_ask WHERE person = ? AND withdrawn IS NULL) ORDER BY act, ask LIMIT 20`, person, person))
}

// tick says that what a letter asks is done, or takes that back.
func tick(ctx context.Context, tx *db.Tx, f dossier.File, id string, done bool) error {
	if _, err := ask(ctx, tx, f.ID(), id); err != nil {
		return err
	}
	set := db.F(`done = NULL, done_by = ''`)
	if done {
		set = db.F(`done = ?, done_by = ?`, tx.Now, f.Who().ID)
	}
	if err := changed(db.Do(ctx, tx, db.F(`UPDATE question_letter SET`).With(set).Then(`WHERE ask = ? AND person = ? AND act IS NOT NULL`, id, f.ID()))); err != nil {
		return err
	}
	return f.Log(ctx, tx, "question.event.ticked", id)
}
