package interview

// This file tells to which interviews a colleague goes along, or was asked to, and gives that to the next one. Who accepts the
// file says with it that they go. Nobody else is ever made to: then whoever planned it sees that nobody goes.

import (
	"context"
	"slices"
	"time"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/web"
)

// Work is going along.
func (x *Interviews) Work() []dossier.Work {
	return []dossier.Work{{Name: "interview.work", Open: goingHeld, Tell: x.tellGoing, Move: x.moveGoing}}
}

const stillGoes = `(i.state = 'planned' AND c.state IN ('asked','yes') OR i.state = 'held' AND c.state = 'yes' AND i.reported IS NULL)`

func goingHeld(ctx context.Context, q db.Q, holder, person string, _ time.Time) ([]dossier.Task, error) {
	type row struct {
		ID, Person, State string
		Day, Due          clock.Date
	}
	f := db.F(`SELECT c.id, c.person, i.state, i.day, i.due FROM interview_companion c JOIN interview_interview i ON i.id = c.interview WHERE c.colleague = ? AND `+stillGoes, holder)
	if person != "" {
		f = f.Then(`AND c.person = ?`, person)
	}
	rs, err := db.Many[row](ctx, q, f.Then(`ORDER BY COALESCE(i.day, '9999'), i.id`))
	var out []dossier.Task
	for _, r := range rs {
		t := dossier.Task{ID: r.ID, Person: r.Person, Kind: "go", Due: r.Day}
		if r.State == Held {
			t.Kind, t.Due = "report", r.Due
		}
		out = append(out, t)
	}
	return out, err
}

// tellGoing says which interview it is, and whether the reader goes to another at that hour.
func (x *Interviews) tellGoing(v *web.Visit, f dossier.File, ts []dossier.Task) error {
	ctx := v.Ctx()
	is, err := interviewsOf(ctx, x.db, f)
	if err != nil {
		return err
	}
	var ids []string
	for _, t := range ts {
		ids = append(ids, t.ID)
	}
	cs, err := companions(ctx, x.db, db.In("c.id", ids))
	if err != nil {
		return err
	}
	busy, err := x.busy(ctx, x.db, []string{v.Actor.ID}, clock.Today(v.Now))
	if err != nil {
		return err
	}
	for _, c := range cs {
		k := slices.IndexFunc(ts, func(t dossier.Task) bool { return t.ID == c.ID })
		n := slices.IndexFunc(is, func(i Interview) bool { return i.ID == c.Interview })
		if k < 0 || n < 0 {
			continue
		}
		i := is[n]
		ts[k].What = lang.Dots(lang.T(ctx, "interview.work."+ts[k].Kind), titleOf(ctx, i), i.Hour)
		ts[k].URL = v.URL("interview.show", "person", f.ID(), "interview", i.ID)
		if c.Colleague != v.Actor.ID && i.State == Planned && slices.ContainsFunc(busy[v.Actor.ID], i.Meets) {
			ts[k].Mind = lang.T(ctx, "interview.work.busy")
		}
	}
	return nil
}

// moveGoing lets the first off, and puts the next in their place when they said so themselves.
func (x *Interviews) moveGoing(ctx context.Context, tx *db.Tx, h dossier.Handing) error {
	where := db.F(`c.person = ? AND c.colleague = ? AND c.state IN ('asked','yes') AND EXISTS (SELECT 1 FROM interview_interview i WHERE i.id = c.interview AND `+stillGoes+`)`, h.Person, h.From)
	if h.Only != nil {
		where = where.And(db.In("c.id", h.Only))
	}
	cs, err := companions(ctx, tx, where)
	if err != nil {
		return err
	}
	line := func(interview, kind, colleague string) error {
		return putEvent(ctx, tx, h.Key, Event{ID: db.ID("ie", tx.Now), Interview: interview, Person: h.Person, Kind: kind, MadeBy: h.By.ID, At: tx.Now, What: Details{Colleague: colleague}})
	}
	for _, c := range cs {
		if c.Access != "" {
			if err := access.End(ctx, tx, c.Access); err != nil {
				return err
			}
		}
		if _, err := db.Do(ctx, tx, db.F(`UPDATE interview_companion SET state = 'released', access = '', answered = ? WHERE id = ?`, tx.Now, c.ID)); err != nil {
			return err
		}
		if err := line(c.Interview, didRelease, c.Colleague); err != nil {
			return err
		}
		if h.By.ID != h.To { // it fell to them, or somebody else decided it
			continue
		}
		if _, err := db.Do(ctx, tx, db.F(`INSERT INTO interview_companion (id, interview, person, colleague, state, access, asked_by, asked, answered) VALUES (?,?,?,?,'yes','',?,?,?)
			ON CONFLICT (interview, colleague) DO UPDATE SET state = 'yes', answered = excluded.answered`, db.ID("ic", tx.Now), c.Interview, h.Person, h.To, c.AskedBy, tx.Now, tx.Now)); err != nil {
			return err
		}
		if err := line(c.Interview, didYes, h.To); err != nil {
			return err
		}
	}
	return nil
}
