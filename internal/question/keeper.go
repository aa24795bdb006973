package question

// This file says how long questions are kept, what a person gets of them who asks for everything, and what is erased.

import (
	"context"
	"time"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/privacy"
)

var (
	asksKept   = privacy.Class{Name: "question.keeps", Tables: []string{"question_ask", "question_line", "question_climb", "question_file", "question_letter"}, From: privacy.LastContact, Days: 730, Assumed: true}
	heldKept   = privacy.Class{Name: "question.keeps.held", Tables: []string{"question_held"}, From: privacy.LastTouched, Days: 1, Assumed: true, Job: "question.sweep"}
	draftsKept = privacy.Class{Name: "question.keeps.draft", Tables: []string{"question_draft"}, From: privacy.LastTouched, Days: 30, Assumed: true, Job: "question.sweep"}
)

// Exported is one question as a person gets it.
type Exported struct {
	At        time.Time       `json:"at"`
	Language  string          `json:"language"`
	Promised  time.Time       `json:"promised"`
	FirstAt   time.Time       `json:"firstAnswer,omitzero"`
	Took      int             `json:"workingMinutes"`
	Withdrawn time.Time       `json:"withdrawn,omitzero"`
	Lines     []ExportedLine  `json:"lines"`
	Files     []ExportedFile  `json:"files,omitempty"`
	Letter    *ExportedLetter `json:"letter,omitempty"`
	Begun     []LetterInput   `json:"begunAnswers,omitempty"` // about the person too
	Heard     []time.Time     `json:"climbed,omitempty"`      // when somebody else was told of it
}

// ExportedLine is one thing that was said.
type ExportedLine struct {
	At   time.Time `json:"at"`
	Kind string    `json:"kind"`
	By   string    `json:"by"`
	Words
}

// ExportedFile is one recording or photograph.
type ExportedFile struct {
	At      time.Time `json:"at"`
	Type    string    `json:"type"`
	Content []byte    `json:"content"`
}

// ExportedLetter is what was read in a letter.
type ExportedLetter struct {
	Kind string     `json:"kind"`
	From string     `json:"from"`
	Day  clock.Date `json:"day,omitzero"`
	Act  clock.Date `json:"actBefore,omitzero"`
	Done time.Time  `json:"done,omitzero"`
}

// Keeper exports and erases what stands here of a person.
func (q *Questions) Keeper() privacy.Keeper {
	return privacy.Keeper{Name: "question", Keeps: []privacy.Class{asksKept, heldKept, draftsKept}, Export: export, Erase: erase}
}

func export(ctx context.Context, q db.Q, vault *privacy.Vault, subject string) (any, error) {
	k, err := vault.Key(ctx, subject)
	if err != nil {
		return nil, err
	}
	as, err := db.Many[Ask](ctx, q, db.F(askColumns).Then(`WHERE a.person = ? ORDER BY a.at, a.id`, subject))
	if err != nil {
		return nil, err
	}
	var out []Exported
	for _, a := range as {
		x := Exported{At: a.At, Language: a.Lang, Promised: a.Due, FirstAt: a.FirstAt, Took: a.Took, Withdrawn: a.Withdrawn}
		ls, err := lines(ctx, q, k, a.ID)
		if err != nil {
			return nil, err
		}
		for _, l := range ls {
			x.Lines = append(x.Lines, ExportedLine{l.At, l.Kind, l.MadeBy, l.What})
		}
		fs, err := sentFiles(ctx, q, a.ID)
		if err != nil {
			return nil, err
		}
		for _, f := range fs {
			b, err := content(ctx, q, k, f.ID, "body")
			if err != nil {
				return nil, err
			}
			x.Files = append(x.Files, ExportedFile{f.At, f.Type, b})
		}
		l, err := letter(ctx, q, k, a.ID)
		if err != nil {
			return nil, err
		}
		if l.Kind != "" {
			x.Letter = &ExportedLetter{l.Kind, l.What.From, l.Day, l.Act, l.Done}
		}
		type begun struct {
			Colleague string
			Body      []byte
		}
		bs, err := db.Many[begun](ctx, q, db.F(`SELECT colleague, body FROM question_draft WHERE ask = ? ORDER BY at`, a.ID))
		if err != nil {
			return nil, err
		}
		for _, b := range bs {
			var in LetterInput
			if err := privacy.OpenJSON(k, draftPlace(a.ID, b.Colleague), b.Body, &in); err != nil {
				return nil, err
			}
			x.Begun = append(x.Begun, in)
		}
		if x.Heard, err = db.Many[time.Time](ctx, q, db.F(`SELECT at FROM question_climb WHERE ask = ? ORDER BY at, id`, a.ID)); err != nil {
			return nil, err
		}
		out = append(out, x)
	}
	return out, nil
}

func erase(ctx context.Context, tx *db.Tx, subject string) error {
	_, err := db.DoAll(ctx, tx,
		db.F(`DELETE FROM question_file WHERE person = ?`, subject), db.F(`DELETE FROM question_held WHERE person = ?`, subject), db.F(`DELETE FROM question_letter WHERE person = ?`, subject),
		db.F(`DELETE FROM question_draft WHERE person = ?`, subject), db.F(`DELETE FROM question_climb WHERE person = ?`, subject),
		db.F(`DELETE FROM question_line WHERE person = ?`, subject), db.F(`DELETE FROM question_ask WHERE person = ?`, subject),
	)
	return err
}

// sweep destroys what was taken back and may no longer be put back, and answers that nobody finished.
func (q *Questions) sweep(ctx context.Context, now time.Time) error {
	over := now.AddDate(0, 0, -UndoDays)
	var all int64
	err := q.db.Tx(ctx, func(tx *db.Tx) error {
		n, err := sweepHeld(ctx, tx, now)
		if err != nil {
			return err
		}
		all += n
		n, err = db.DoAll(ctx, tx,
			db.F(`DELETE FROM question_draft WHERE at < ?`, draftsKept.Before(now)),
			db.F(`DELETE FROM question_climb WHERE ask IN (SELECT id FROM question_ask WHERE withdrawn < ?)`, over),
			db.F(`DELETE FROM question_letter WHERE ask IN (SELECT id FROM question_ask WHERE withdrawn < ?)`, over),
			db.F(`DELETE FROM question_file WHERE ask IN (SELECT id FROM question_ask WHERE withdrawn < ?)`, over),
			db.F(`DELETE FROM question_line WHERE ask IN (SELECT id FROM question_ask WHERE withdrawn < ?)`, over),
			db.F(`DELETE FROM question_ask WHERE withdrawn < ?`, over),
		)
		all += n
		return err
	})
	if err != nil || all == 0 {
		return err
	}
	return q.db.Scrub(ctx)
}
