package question

// This file holds the capability itself and the SQL of questions and answers.

import (
	"context"
	"embed"
	"slices"
	"time"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/privacy"
	"reisgezel/internal/organisation"
)

// Schema is the migration line.
//
//go:embed schema/*.sql
var Schema embed.FS

// Questions is the capability.
type Questions struct {
	db      *db.DB
	org     *organisation.Store
	files   *dossier.Files
	working func(clock.Date) bool
	lent    Lent
	news    dossier.News
}

// New makes it. Working says on which days people work.
func New(d *db.DB, org *organisation.Store, files *dossier.Files, working func(clock.Date) bool) *Questions {
	return &Questions{db: d, org: org, files: files, working: working}
}

// Lend hands over how files are looked at before they come in; the app calls it once.
func (q *Questions) Lend(l Lent) { q.lent = l }

// LendNews hands over how a person hears that something is new. The app calls it once.
func (q *Questions) LendNews(n dossier.News) { q.news = n }

func linePlace(id string) string              { return "question_line.body/" + id }
func draftPlace(ask, colleague string) string { return "question_draft.body/" + ask + "/" + colleague }

const (
	askColumns  = `SELECT a.id, a.person, a.team, a.owner, a.lang, a.at, a.since, a.due, a.deputy_at, a.lead_at, a.rung, a.first_at, a.took, a.late, a.told, a.seen, a.withdrawn, a.letter, a.version FROM question_ask a`
	lineColumns = `SELECT id, ask, person, kind, at, made_by, body FROM question_line`
	waiting     = `a.since IS NOT NULL AND a.withdrawn IS NULL`
)

// ask is one question of a person.
func ask(ctx context.Context, q db.Q, person, id string) (Ask, error) {
	return db.One[Ask](ctx, q, db.F(askColumns).Then(`WHERE a.id = ? AND a.person = ?`, id, person))
}

// own are the questions of a person, what waits first, then the newest.
func own(ctx context.Context, q db.Q, person string, n int) ([]Ask, error) {
	return db.Many[Ask](ctx, q, db.F(askColumns).Then(`WHERE a.person = ? ORDER BY CASE WHEN a.withdrawn IS NULL THEN 0 ELSE 1 END, a.at DESC, a.id LIMIT ?`, person, n))
}

// lines are what was said about a question, oldest first.
func lines(ctx context.Context, q db.Q, k privacy.Key, id string) ([]Line, error) {
	return openLines(k)(db.Many[Line](ctx, q, db.F(lineColumns).Then(`WHERE ask = ? ORDER BY at, id`, id)))
}

func openLines(k privacy.Key) func([]Line, error) ([]Line, error) {
	return func(ls []Line, err error) ([]Line, error) {
		for i := range ls {
			if err == nil {
				err = privacy.OpenJSON(k, linePlace(ls[i].ID), ls[i].Body, &ls[i].What)
			}
		}
		return ls, err
	}
}

func putLine(ctx context.Context, tx *db.Tx, k privacy.Key, l Line) (string, error) {
	if l.ID == "" {
		l.ID = db.ID("ql", tx.Now)
	}
	body, err := privacy.SealJSON(k, linePlace(l.ID), l.What)
	if err != nil {
		return "", err
	}
	_, err = db.Do(ctx, tx, db.F(`INSERT INTO question_line (id, ask, person, kind, at, made_by, body) VALUES (?,?,?,?,?,?,?)`, l.ID, l.Ask, l.Person, l.Kind, tx.Now, l.MadeBy, body))
	return l.ID, err
}

// waitingOf is how many questions of a person wait.
func (q *Questions) waitingOf(ctx context.Context, person string) (int, error) {
	return db.One[int](ctx, q.db, db.F(`SELECT COUNT(*) FROM question_ask a WHERE a.person = ? AND `+waiting, person))
}

// minder is who minds the questions of a person: the first of those who have the file who guides people; else the first.
func (q *Questions) minder(ctx context.Context, tx db.Q, person string, now time.Time) (string, error) {
	held, err := q.files.Helpers(ctx, tx, person, now)
	if err != nil || len(held) == 0 {
		return "", err
	}
	for _, id := range held {
		posts, err := q.org.Posts(ctx, id, now)
		if err != nil && !fault.Is(err, fault.NotFound) {
			return "", err
		}
		if slices.ContainsFunc(posts, func(p access.Post) bool { return p.Role == access.Case }) {
			return id, nil
		}
	}
	return held[0], nil
}

// put keeps a question; from here on somebody waits.
func (q *Questions) put(ctx context.Context, tx *db.Tx, f dossier.File, tag, text string) (string, error) {
	t, err := terms(ctx, tx)
	if err != nil {
		return "", err
	}
	a := Ask{ID: db.ID("qa", tx.Now), Person: f.ID(), Team: f.Team(), Lang: tag}
	if a.Owner, err = q.minder(ctx, tx, f.ID(), tx.Now); err != nil {
		return "", err
	}
	a.wait(tx.Now, t, q.working)
	if err := insert(ctx, tx, a); err != nil {
		return "", err
	}
	line, err := putLine(ctx, tx, f.Key(), Line{Ask: a.ID, Person: f.ID(), Kind: Asked, MadeBy: f.ID(), What: Words{Text: text}})
	if err != nil {
		return "", err
	}
	if err := sendHeld(ctx, tx, f, "", a.ID, line); err != nil {
		return "", err
	}
	return a.ID, f.Log(ctx, tx, "question.event.asked", a.ID)
}

func insert(ctx context.Context, tx *db.Tx, a Ask) error {
	_, err := db.Do(ctx, tx, db.F(`INSERT INTO question_ask (id, person, team, owner, lang, at, since, due, deputy_at, lead_at, rung, took, late, seen, version) VALUES (?,?,?,?,?,?,?,?,?,?,0,0,FALSE,?,1)`,
		a.ID, a.Person, a.Team, a.Owner, a.Lang, tx.Now, a.Since, a.Due, a.DeputyAt, a.LeadAt, tx.Now))
	return err
}

// changed is the fault of a form about a question that meanwhile changed.
func changed(n int64, err error) error {
	if err == nil && n != 1 {
		err = fault.New(fault.Conflict, "question.conflict")
	}
	return err
}

// more adds to a question. What was answered waits anew; what waits already goes on waiting from when it did.
func (q *Questions) more(ctx context.Context, tx *db.Tx, f dossier.File, id, text string) error {
	a, err := ask(ctx, tx, f.ID(), id)
	if err != nil {
		return err
	}
	if !a.Withdrawn.IsZero() {
		return fault.New(fault.Conflict, "question.conflict")
	}
	if a.Since.IsZero() {
		t, err := terms(ctx, tx)
		if err != nil {
			return err
		}
		a.wait(tx.Now, t, q.working)
		if a.Owner, err = q.minder(ctx, tx, f.ID(), tx.Now); err != nil {
			return err
		}
	}
	if err := changed(db.Do(ctx, tx, db.F(`UPDATE question_ask SET owner = ?, team = ?, since = ?, due = ?, deputy_at = ?, lead_at = ?, rung = ?, seen = ?, version = version + 1 WHERE id = ? AND version = ?`,
		a.Owner, f.Team(), a.Since, a.Due, a.DeputyAt, a.LeadAt, a.Rung, tx.Now, a.ID, a.Version))); err != nil {
		return err
	}
	line, err := putLine(ctx, tx, f.Key(), Line{Ask: a.ID, Person: f.ID(), Kind: Asked, MadeBy: f.ID(), What: Words{Text: text}})
	if err != nil {
		return err
	}
	if err := sendHeld(ctx, tx, f, a.ID, a.ID, line); err != nil {
		return err
	}
	return f.Log(ctx, tx, "question.event.asked", a.ID)
}

// answer keeps an answer. Nobody waits any longer, and who was let in because of that is let out.
func (q *Questions) answer(ctx context.Context, tx *db.Tx, f dossier.File, id string, version int64, w Words) error {
	a, err := ask(ctx, tx, f.ID(), id)
	if err != nil {
		return err
	}
	if a.Version != version || !a.Withdrawn.IsZero() {
		return fault.New(fault.Conflict, "question.conflict")
	}
	if a.FirstAt.IsZero() {
		a.FirstAt, a.Late = tx.Now, tx.Now.After(a.Due)
		a.Took = int(Worked(a.At, tx.Now, q.working).Minutes())
	}
	if err := changed(db.Do(ctx, tx, db.F(`UPDATE question_ask SET since = NULL, rung = 0, first_at = ?, took = ?, late = ?, told = ?, version = version + 1 WHERE id = ? AND version = ?`,
		a.FirstAt, a.Took, a.Late, tx.Now, a.ID, version))); err != nil {
		return err
	}
	if _, err := putLine(ctx, tx, f.Key(), Line{Ask: a.ID, Person: f.ID(), Kind: Answered, MadeBy: f.Who().ID, What: w}); err != nil {
		return err
	}
	if _, err := db.Do(ctx, tx, db.F(`DELETE FROM question_draft WHERE ask = ?`, a.ID)); err != nil {
		return err
	}
	if err := f.Log(ctx, tx, "question.event.answered", a.ID); err != nil {
		return err
	}
	if err := q.news.Tell(ctx, tx, f.ID()); err != nil {
		return err
	}
	return endClimb(ctx, tx, a.ID, f.Who().ID)
}

// withdraw takes a question back, or puts it back; then it waits from that moment on.
func (q *Questions) withdraw(ctx context.Context, tx *db.Tx, f dossier.File, id string, undo bool) error {
	a, err := ask(ctx, tx, f.ID(), id)
	if err != nil {
		return err
	}
	if !undo {
		if !a.TakenBack() {
			return fault.New(fault.Conflict, "question.error.answered")
		}
		if err := changed(db.Do(ctx, tx, db.F(`UPDATE question_ask SET withdrawn = ?, version = version + 1 WHERE id = ? AND version = ?`, tx.Now, a.ID, a.Version))); err != nil {
			return err
		}
		if _, err := db.Do(ctx, tx, db.F(`DELETE FROM question_draft WHERE ask = ?`, a.ID)); err != nil {
			return err
		}
		if err := endClimb(ctx, tx, a.ID, ""); err != nil {
			return err
		}
		return f.Log(ctx, tx, "question.event.withdrawn", a.ID)
	}
	if !a.Undoable(tx.Now) {
		return fault.New(fault.Conflict, "question.conflict")
	}
	t, err := terms(ctx, tx)
	if err != nil {
		return err
	}
	a.wait(tx.Now, t, q.working)
	if a.Owner, err = q.minder(ctx, tx, f.ID(), tx.Now); err != nil {
		return err
	}
	if err := changed(db.Do(ctx, tx, db.F(`UPDATE question_ask SET at = ?, since = ?, due = ?, deputy_at = ?, lead_at = ?, rung = 0, owner = ?, team = ?, withdrawn = NULL, version = version + 1 WHERE id = ? AND version = ?`,
		tx.Now, a.Since, a.Due, a.DeputyAt, a.LeadAt, a.Owner, f.Team(), a.ID, a.Version))); err != nil {
		return err
	}
	return f.Log(ctx, tx, "question.event.asked", a.ID)
}

// look notes that the person has seen what stands there now.
func look(ctx context.Context, tx *db.Tx, id string) error {
	_, err := db.Do(ctx, tx, db.F(`UPDATE question_ask SET seen = ? WHERE id = ?`, tx.Now, id))
	return err
}

// terms are the terms that hold now.
func terms(ctx context.Context, q db.Q) (Terms, error) {
	t, err := db.One[Terms](ctx, q, db.F(`SELECT id, promise, deputy, lead, since, made_by FROM question_terms ORDER BY since DESC, id DESC LIMIT 1`))
	if fault.Is(err, fault.NotFound) {
		return assumedTerms, nil
	}
	return t, err
}

// speed is how soon first answers came in some teams since a moment.
func (q *Questions) speed(ctx context.Context, teams []string, since time.Time) (Speed, error) {
	fs, err := db.Many[First](ctx, q.db, db.F(`SELECT a.took, a.late FROM question_ask a WHERE a.first_at >= ? AND`, since).With(db.In("a.team", teams)).Then(`LIMIT 5000`))
	return SpeedOf(fs), err
}
