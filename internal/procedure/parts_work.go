package procedure

// This file tells which procedures and dates a colleague minds, and gives them to the next one when a file changes hands.

import (
	"context"
	"time"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/web"
)

// Work are the running dates, and the procedures that have not come to their end.
func (p *Procedure) Work() []dossier.Work {
	return []dossier.Work{
		{Name: "procedure.work.term", Open: termsHeld, Tell: p.tellTerms, Move: p.moveDates},
		{Name: "procedure.work.track", Open: tracksHeld, Tell: p.tellTracks, Move: moveTracks},
	}
}

// termsHeld are the open dates. One whose day changes becomes another piece of work: whoever takes it over has to read the
// new day.
func termsHeld(ctx context.Context, q db.Q, holder, person string, _ time.Time) ([]dossier.Task, error) {
	f := db.F(`SELECT id, person, term AS kind, safe AS due, CASE WHEN waits = FALSE THEN TRUE ELSE FALSE END AS term FROM procedure_deadline WHERE owner = ? AND state = 'open'`, holder)
	if person != "" {
		f = f.Then(`AND person = ?`, person)
	}
	return db.Many[dossier.Task](ctx, q, f.Then(`ORDER BY waits, COALESCE(safe, ''), id`))
}

func (p *Procedure) tellTerms(v *web.Visit, f dossier.File, ts []dossier.Task) error {
	for i, t := range ts {
		ts[i].What = lang.T(v.Ctx(), "procedure.term."+t.Kind)
		if !t.Term {
			ts[i].What = lang.T(v.Ctx(), "procedure.work.waits", "term", ts[i].What)
		}
		ts[i].URL = v.URL("procedure.deadline", "person", f.ID(), "deadline", t.ID)
	}
	return nil
}

// moveDates gives the dates, and what was told of them and not seen, to the next colleague. The alarms of the first end, and the
// grants that they gave; the next run of the job raises what is due for the new owner.
func (p *Procedure) moveDates(ctx context.Context, tx *db.Tx, h dossier.Handing) error {
	w := db.F(`person = ? AND owner = ?`, h.Person, h.From)
	if h.Only != nil {
		w = w.Then(`AND`).With(db.In("id", h.Only))
	}
	ids, err := db.Many[string](ctx, tx, db.F(`SELECT id FROM procedure_deadline WHERE state <> 'superseded' AND`).With(w))
	if err != nil {
		return err
	}
	for _, id := range ids {
		if _, err := db.Do(ctx, tx, db.F(`UPDATE procedure_deadline SET owner = ?, team = CASE WHEN ? = '' THEN team ELSE ? END WHERE id = ?`, h.To, h.Team, h.Team, id)); err != nil {
			return err
		}
		if err := endAlarmsOf(ctx, tx, id, h.From); err != nil {
			return err
		}
	}
	if h.Only != nil {
		return nil
	}
	_, err = db.Do(ctx, tx, db.F(`UPDATE procedure_move SET owner = ?, team = CASE WHEN ? = '' THEN team ELSE ? END WHERE person = ? AND owner = ? AND seen IS NULL`, h.To, h.Team, h.Team, h.Person, h.From))
	return err
}

// endAlarmsOf ends the alarms of one colleague about a deadline, and the grants that they gave.
func endAlarmsOf(ctx context.Context, tx *db.Tx, deadline, holder string) error {
	raised, err := db.Many[Raised](ctx, tx, db.F(raisedColumns).Then(`WHERE e.deadline = ? AND e.holder = ? AND e.ended IS NULL`, deadline, holder))
	if err != nil || len(raised) == 0 {
		return err
	}
	for _, x := range raised {
		if x.GrantID != "" {
			if err := access.End(ctx, tx, x.GrantID); err != nil && !fault.Is(err, fault.NotFound) {
				return err
			}
		}
	}
	_, err = db.Do(ctx, tx, db.F(`UPDATE procedure_escalation SET ended = ? WHERE deadline = ? AND holder = ? AND ended IS NULL`, tx.Now, deadline, holder))
	return err
}

func tracksHeld(ctx context.Context, q db.Q, holder, person string, _ time.Time) ([]dossier.Task, error) {
	f := db.F(`SELECT id, person, topic AS kind, FALSE AS term FROM procedure_track WHERE owner = ? AND ends = FALSE`, holder)
	if person != "" {
		f = f.Then(`AND person = ?`, person)
	}
	return db.Many[dossier.Task](ctx, q, f.Then(`ORDER BY opened, id`))
}

func (p *Procedure) tellTracks(v *web.Visit, f dossier.File, ts []dossier.Task) error {
	for i, t := range ts {
		ts[i].What = lang.T(v.Ctx(), "procedure.topic."+t.Kind)
		ts[i].URL = v.URL("procedure.file", "person", f.ID())
	}
	return nil
}

// moveTracks gives the procedures, ended ones too: an event may open one again.
func moveTracks(ctx context.Context, tx *db.Tx, h dossier.Handing) error {
	f := db.F(`UPDATE procedure_track SET owner = ?, team = CASE WHEN ? = '' THEN team ELSE ? END WHERE person = ? AND owner = ?`, h.To, h.Team, h.Team, h.Person, h.From)
	if h.Only != nil {
		f = f.Then(`AND`).With(db.In("id", h.Only))
	}
	_, err := db.Do(ctx, tx, f)
	return err
}
