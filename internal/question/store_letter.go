package question

// This file holds the SQL of letters.

import (
	"context"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/privacy"
)

func letterPlace(ask string) string { return "question_letter.body/" + ask }

const letterColumns = `SELECT ask, person, kind, day, act, at, made_by, body FROM question_letter`

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
		ON CONFLICT (ask) DO UPDATE SET kind = excluded.kind, day = excluded.day, act = excluded.act, at = excluded.at, made_by = excluded.made_by, body = excluded.body`,
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
