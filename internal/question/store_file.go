package question

// This file holds the SQL of recordings and photographs, and of what waits to be sent.

import (
	"context"
	"time"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/privacy"
)

func filePlace(id, part string) string    { return "question_file." + part + "/" + id }
func heldPlace(person, ask string) string { return "question_held.body/" + person + "/" + ask }

const fileColumns = `SELECT id, person, ask, line, kind, type, size, at FROM question_file`

// heldFiles are what a person recorded or photographed for a question and did not send.
func heldFiles(ctx context.Context, q db.Q, person, ask string) ([]File, error) {
	return db.Many[File](ctx, q, db.F(fileColumns).Then(`WHERE person = ? AND line = '' AND ask = ? ORDER BY at, id`, person, ask))
}

// sentFiles are what came with a question.
func sentFiles(ctx context.Context, q db.Q, ask string) ([]File, error) {
	return db.Many[File](ctx, q, db.F(fileColumns).Then(`WHERE ask = ? AND line <> '' ORDER BY at, id`, ask))
}

// file is one of a person.
func file(ctx context.Context, q db.Q, person, id string) (File, error) {
	return db.One[File](ctx, q, db.F(fileColumns).Then(`WHERE id = ? AND person = ?`, id, person))
}

// content opens a part of a file: "body", or "small" of a photograph.
func content(ctx context.Context, q db.Q, k privacy.Key, id, part string) ([]byte, error) {
	f := db.F(`SELECT body FROM question_file WHERE id = ?`, id)
	if part == "small" {
		f = db.F(`SELECT small FROM question_file WHERE id = ? AND small IS NOT NULL`, id)
	}
	b, err := db.One[[]byte](ctx, q, f)
	if err != nil {
		return nil, err
	}
	return k.Open(filePlace(id, part), b)
}

// putFile keeps a file; small is empty for what has no small picture.
func putFile(ctx context.Context, tx *db.Tx, k privacy.Key, x File, body, small []byte) (string, error) {
	if x.ID == "" {
		x.ID = db.ID("qf", tx.Now)
	}
	var little []byte
	if len(small) > 0 {
		little = k.Seal(filePlace(x.ID, "small"), small)
	}
	_, err := db.Do(ctx, tx, db.F(`INSERT INTO question_file (id, person, ask, line, kind, type, size, at, body, small) VALUES (?,?,?,?,?,?,?,?,?,?)`,
		x.ID, x.Person, x.Ask, x.Line, x.Kind, x.Type, len(body), tx.Now, k.Seal(filePlace(x.ID, "body"), body), little))
	return x.ID, err
}

// dropFile takes away what was not sent.
func dropFile(ctx context.Context, tx *db.Tx, person, id string) error {
	_, err := db.Do(ctx, tx, db.F(`DELETE FROM question_file WHERE id = ? AND person = ? AND line = ''`, id, person))
	return err
}

// heldText is what stands in a form that waits.
func heldText(ctx context.Context, q db.Q, k privacy.Key, person, ask string) (string, error) {
	b, err := db.One[[]byte](ctx, q, db.F(`SELECT body FROM question_held WHERE person = ? AND ask = ?`, person, ask))
	if fault.Is(err, fault.NotFound) {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	b, err = k.Open(heldPlace(person, ask), b)
	return string(b), err
}

func holdText(ctx context.Context, tx *db.Tx, k privacy.Key, person, ask, text string) error {
	if text == "" {
		_, err := db.Do(ctx, tx, db.F(`DELETE FROM question_held WHERE person = ? AND ask = ?`, person, ask))
		return err
	}
	_, err := db.Do(ctx, tx, db.F(`INSERT INTO question_held (person, ask, at, body) VALUES (?,?,?,?) ON CONFLICT (person, ask) DO UPDATE SET at = excluded.at, body = excluded.body`,
		person, ask, tx.Now, k.Seal(heldPlace(person, ask), []byte(text))))
	return err
}

// sendHeld makes what waits part of a line, and empties the form. To is where it waited: a question, or nothing for a new one.
func sendHeld(ctx context.Context, tx *db.Tx, f dossier.File, to, ask, line string) error {
	if _, err := db.Do(ctx, tx, db.F(`UPDATE question_file SET ask = ?, line = ? WHERE person = ? AND line = '' AND ask = ?`, ask, line, f.ID(), to)); err != nil {
		return err
	}
	return holdText(ctx, tx, f.Key(), f.ID(), to, "")
}

// sweepHeld destroys what nobody sent.
func sweepHeld(ctx context.Context, tx *db.Tx, now time.Time) (int64, error) {
	n, err := db.Do(ctx, tx, db.F(`DELETE FROM question_file WHERE line = '' AND at < ?`, now.Add(-heldFor)))
	if err != nil {
		return 0, err
	}
	m, err := db.Do(ctx, tx, db.F(`DELETE FROM question_held WHERE at < ?`, now.Add(-heldFor)))
	return n + m, err
}
