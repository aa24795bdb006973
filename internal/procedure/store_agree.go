package procedure

// This file keeps the next steps that people agreed on, and finds the tracks that have none.

import (
	"context"
	"time"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/privacy"
)

// Agreed is one next step of a track that people agreed on.
type Agreed struct {
	ID       string
	Track    string
	Person   string
	Party    Party
	Day      clock.Date
	Promised bool // an authority named the day
	What     []byte
	Made     time.Time
	MadeBy   string
	Ended    time.Time
	EndedBy  string
}

const agreedColumns = `SELECT id, track, person, party, day, promised, what, made, made_by, ended, ended_by FROM procedure_agreed`

// agreed are the next steps of a person: what stands, nearest first, and then what ended in the last month.
func agreed(ctx context.Context, q db.Q, person string, now time.Time) ([]Agreed, error) {
	return db.Many[Agreed](ctx, q, db.F(agreedColumns).Then(`WHERE person = ? AND (ended IS NULL OR ended > ?) ORDER BY CASE WHEN ended IS NULL THEN 0 ELSE 1 END, day, id`,
		person, now.AddDate(0, -1, 0)))
}

func (a Agreed) whatPlace() string { return "procedure_agreed.what/" + a.ID }

// words opens what was agreed.
func (a Agreed) words(key privacy.Key) (string, error) {
	b, err := key.Open(a.whatPlace(), a.What)
	return string(b), err
}

// agree keeps a next step.
func agree(ctx context.Context, tx *db.Tx, a Agreed, key privacy.Key, what string) (Agreed, error) {
	a.ID, a.Made = db.ID("ag", tx.Now), tx.Now
	a.What = key.Seal(a.whatPlace(), []byte(what))
	_, err := db.Do(ctx, tx, db.F(`INSERT INTO procedure_agreed (id, track, person, party, day, promised, what, made, made_by, ended_by) VALUES (?,?,?,?,?,?,?,?,?,'')`,
		a.ID, a.Track, a.Person, string(a.Party), a.Day, a.Promised, a.What, a.Made, a.MadeBy))
	return a, err
}

// endAgreed says that a step was taken or is off; open takes that back. What somebody else did meanwhile is a conflict.
func endAgreed(ctx context.Context, tx *db.Tx, person, id, by string, open bool) error {
	f := db.F(`UPDATE procedure_agreed SET ended = ?, ended_by = ? WHERE person = ? AND id = ? AND ended IS NULL`, tx.Now, by, person, id)
	if open {
		f = db.F(`UPDATE procedure_agreed SET ended = NULL, ended_by = '' WHERE person = ? AND id = ? AND ended IS NOT NULL`, person, id)
	}
	n, err := db.Do(ctx, tx, f)
	if err == nil && n == 0 {
		if _, err := db.One[string](ctx, tx, db.F(`SELECT id FROM procedure_agreed WHERE person = ? AND id = ?`, person, id)); err != nil {
			return err
		}
		return fault.New(fault.Conflict, "")
	}
	return err
}

// idleMost is how many tracks the list and its count look at.
const idleMost = 200

// idle are the tracks in which nothing is to be done and nothing is awaited any more: the colleague's own, and those of
// the teams that the colleague leads. A term of a person that would be fatal counts until it is dealt with; a term of an
// authority counts until its day has passed. Tracks that have come to their end are not among them.
func (p *Procedure) idle(ctx context.Context, a access.Actor, now time.Time) ([]Track, error) {
	return db.Many[Track](ctx, p.db, db.F(`SELECT t.id, t.person, t.topic, t.owner, t.team, t.opened, t.opened_by, t.version FROM procedure_track t WHERE`).
		With(idleOf(a, now)).Then(`ORDER BY t.opened, t.id LIMIT ?`, idleMost))
}

// idleCount is how many they are, up to idleMost. Every page asks it, for the menu.
func (p *Procedure) idleCount(ctx context.Context, a access.Actor, now time.Time) (int, error) {
	return db.One[int](ctx, p.db, db.F(`SELECT COUNT(*) FROM (SELECT t.id FROM procedure_track t WHERE`).With(idleOf(a, now)).Then(`LIMIT ?) AS found`, idleMost))
}

func idleOf(a access.Actor, now time.Time) db.Frag {
	today := clock.Today(now)
	whose := db.F(`t.owner = ?`, a.ID)
	if teams := a.At(access.Lead, access.Team); len(teams) > 0 {
		whose = whose.Or(db.In("t.team", teams))
	}
	return db.F(`t.ends = FALSE`).And(whose).
		And(db.F(`NOT EXISTS (SELECT 1 FROM procedure_deadline d WHERE d.track = t.id AND d.state = 'open' AND (d.safe IS NULL OR d.safe >= ? OR (d.waits = FALSE AND d.kind = 'fatal')))`, today)).
		And(db.F(`NOT EXISTS (SELECT 1 FROM procedure_agreed s WHERE s.track = t.id AND s.ended IS NULL AND s.day >= ?)`, today)).
		And(access.Sees(a, now, access.File, "t.person"))
}
