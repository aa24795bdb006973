package interview

// This file holds the SQL of who goes along, and the grant that a yes brings. The grant carries its own end, so that nothing
// has to run for it to stop.

import (
	"context"
	"time"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/audit"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
)

const companionColumns = `SELECT c.id, c.interview, c.person, c.colleague, c.state, c.access, c.asked_by, c.asked, c.answered FROM interview_companion c`

func companions(ctx context.Context, q db.Q, where db.Frag) ([]Companion, error) {
	return db.Many[Companion](ctx, q, db.F(companionColumns+` WHERE`).With(where).Then(`ORDER BY c.asked, c.id`))
}

// companionsOf are all who were asked for one interview, in the order in which they were.
func (x *Interviews) companionsOf(ctx context.Context, q db.Q, interview string) ([]Companion, error) {
	m, err := x.company(ctx, q, []string{interview})
	return m[interview], err
}

// mark says of each companion whether they still work here when the interview is; of one without a day, whether they do today.
func (x *Interviews) mark(ctx context.Context, q db.Q, cs []Companion) error {
	if len(cs) == 0 {
		return nil
	}
	var who, ids []string
	for _, c := range cs {
		if c.State == Yes || c.State == Asked {
			who, ids = append(who, c.Colleague), append(ids, c.Interview)
		}
	}
	all, err := x.org.Colleagues(ctx, who)
	if err != nil {
		return err
	}
	type row struct {
		ID  string
		Day clock.Date
	}
	days := map[string]clock.Date{}
	if err := db.Each(ctx, q, db.F(`SELECT id, day FROM interview_interview WHERE state = 'planned' AND`).With(db.In("id", ids)), func(r row) error { days[r.ID] = r.Day; return nil }); err != nil {
		return err
	}
	today := clock.Today(x.db.Now())
	for i := range cs {
		day, planned := days[cs[i].Interview]
		if day.IsZero() || day.Before(today) {
			day = today
		}
		c, ok := all[cs[i].Colleague]
		cs[i].Gone = planned && ok && (!c.Active || !c.LastDay.IsZero() && c.LastDay.Before(day))
	}
	return nil
}

// askedOf is what one colleague was asked for one interview; no other colleague finds it.
func askedOf(ctx context.Context, q db.Q, colleague, interview string) (Companion, error) {
	return db.First(companions(ctx, q, db.F(`c.interview = ? AND c.colleague = ? AND c.state <> 'released'`, interview, colleague)))
}

// company are the companions of several interviews.
func (x *Interviews) company(ctx context.Context, q db.Q, ids []string) (map[string][]Companion, error) {
	cs, err := companions(ctx, q, db.In("c.interview", ids))
	if err == nil {
		err = x.mark(ctx, q, cs)
	}
	out := map[string][]Companion{}
	for _, c := range cs {
		out[c.Interview] = append(out[c.Interview], c)
	}
	return out, err
}

// ask asks a colleague to go along. Who was asked before and is free again is asked anew.
func (x *Interviews) ask(ctx context.Context, tx *db.Tx, f dossier.File, i Interview, colleague string) error {
	if i.State != Planned {
		return fault.New(fault.Conflict, "interview.error.version")
	}
	c, err := db.First(companions(ctx, tx, db.F(`c.interview = ? AND c.colleague = ?`, i.ID, colleague)))
	switch {
	case fault.Is(err, fault.NotFound):
		_, err = db.Do(ctx, tx, db.F(`INSERT INTO interview_companion (id, interview, person, colleague, state, access, asked_by, asked) VALUES (?,?,?,?,'asked','',?,?)`,
			db.ID("ic", tx.Now), i.ID, f.ID(), colleague, f.Who().ID, tx.Now))
	case err == nil && c.State == Asked:
		return nil
	case err == nil && !c.MaySay(Asked, false):
		return fault.New(fault.Conflict, "interview.error.version")
	case err == nil:
		_, err = db.Do(ctx, tx, db.F(`UPDATE interview_companion SET state = 'asked', asked_by = ?, asked = ?, answered = NULL WHERE id = ?`, f.Who().ID, tx.Now, c.ID))
	}
	if err != nil {
		return err
	}
	if err := tell(ctx, tx, f, i.ID, didAsk, Details{Colleague: colleague}); err != nil {
		return err
	}
	return f.Log(ctx, tx, "interview.event.asked", i.ID)
}

// said are the lines of the story for an answer.
var said = map[string]string{Yes: didYes, No: didNo, Cannot: didCannot, Released: didRelease}

// answer brings a companion into another state. A yes gives the grant, everything else ends it. own says whose word it is.
func (x *Interviews) answer(ctx context.Context, tx *db.Tx, f dossier.File, i Interview, c Companion, state string, own bool) error {
	if c.State == state {
		return nil // pressed twice
	}
	if !c.MaySay(state, own) || i.State != Planned {
		return fault.New(fault.Conflict, "interview.error.version")
	}
	n, err := db.Do(ctx, tx, db.F(`UPDATE interview_companion SET state = ?, answered = ? WHERE id = ? AND state = ?`, state, tx.Now, c.ID, c.State))
	if err == nil && n == 0 {
		err = fault.New(fault.Conflict, "interview.error.version")
	}
	if err != nil {
		return err
	}
	c.State = state
	if err := x.grant(ctx, tx, f, i, c); err != nil {
		return err
	}
	by := f.Who().ID
	if own {
		by = c.Colleague // no file is open for whoever answers: their word is kept all the same
	}
	if err := putEvent(ctx, tx, f.Key(), Event{ID: db.ID("ie", tx.Now), Interview: i.ID, Person: f.ID(), Kind: said[state], MadeBy: by, At: tx.Now, What: Details{Colleague: c.Colleague}}); err != nil {
		return err
	}
	e := audit.Entry{Event: "interview.event." + said[state], Subject: f.ID(), Actor: by, ActorKind: string(access.Staff), Object: i.ID}
	if own && state != Yes {
		e.Subject = "" // who says no never knew whom it was about, and must not stand among those who looked
	}
	return audit.Append(ctx, tx, e)
}

// grant gives a companion the grant that their state brings, and ends another one they had for this interview.
func (x *Interviews) grant(ctx context.Context, tx *db.Tx, f dossier.File, i Interview, c Companion) error {
	if c.Access != "" {
		if err := access.End(ctx, tx, c.Access); err != nil {
			return err
		}
	}
	id := ""
	if c.State == Yes && i.State != Cancelled {
		var err error
		if id, err = give(ctx, tx, i, c); err != nil {
			return err
		}
	}
	if id == c.Access {
		return nil
	}
	_, err := db.Do(ctx, tx, db.F(`UPDATE interview_companion SET access = ? WHERE id = ?`, id, c.ID))
	return err
}

// give gives the grant of a yes, for as long as it takes; none when there is no day yet, or that time is over.
func give(ctx context.Context, tx *db.Tx, i Interview, c Companion) (string, error) {
	since, until, ok := window(i)
	if !ok || !tx.Now.Before(until) {
		return "", nil
	}
	return access.Give(ctx, tx, access.Grant{Subject: c.Person, Holder: "user:" + c.Colleague, Why: access.Companion, Level: access.DeskLevel,
		GivenBy: c.AskedBy, Place: i.Team, Since: later(since, tx.Now), Until: until})
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// regrant follows an interview that moved, was cancelled or put back.
func (x *Interviews) regrant(ctx context.Context, tx *db.Tx, f dossier.File, i Interview) error {
	cs, err := x.companionsOf(ctx, tx, i.ID)
	for _, c := range cs {
		if err == nil && (c.State == Yes || c.Access != "") {
			err = x.grant(ctx, tx, f, i, c)
		}
	}
	return err
}

// Going is an interview as somebody who was asked for it sees it: no word of it is sealed.
type Going struct {
	ID, Person, Kind, State string
	Day                     clock.Date
	Hour                    string
	Minutes                 int
	Site                    string
	Due                     clock.Date
	Reported                time.Time
	Answer, AskedBy         string
	Company                 bool
	Seen                    bool // whoever asks may see the file now
}

// going is what one colleague was asked for, or goes to, or still owes a report of.
func (x *Interviews) going(ctx context.Context, a access.Actor, now time.Time) ([]Going, error) {
	today := clock.Today(now)
	return db.Many[Going](ctx, x.db, db.F(`SELECT i.id, i.person, i.kind, i.state, i.day, i.hour, i.minutes, i.site, i.due, i.reported, i.company, c.state AS answer, c.asked_by, CASE WHEN`).
		With(access.Sees(a, now, access.DeskLevel, "i.person")).
		Then(`THEN TRUE ELSE FALSE END AS seen FROM interview_companion c JOIN interview_interview i ON i.id = c.interview
		WHERE c.colleague = ? AND ((i.state = 'planned' AND c.state IN ('asked','yes')) OR (i.state = 'held' AND c.state = 'yes' AND i.reported IS NULL AND i.due >= ?))
		ORDER BY COALESCE(i.day, '9999'), i.hour, i.id LIMIT 60`, a.ID, today))
}

// goingTo is one of them, whatever its state.
func (x *Interviews) goingTo(ctx context.Context, q db.Q, a access.Actor, now time.Time, id string) (Going, error) {
	return db.First(db.Many[Going](ctx, q, db.F(`SELECT i.id, i.person, i.kind, i.state, i.day, i.hour, i.minutes, i.site, i.due, i.reported, i.company, c.state AS answer, c.asked_by, CASE WHEN`).
		With(access.Sees(a, now, access.DeskLevel, "i.person")).
		Then(`THEN TRUE ELSE FALSE END AS seen FROM interview_companion c JOIN interview_interview i ON i.id = c.interview
		WHERE c.colleague = ? AND c.interview = ? AND c.state <> 'released'`, a.ID, id)))
}

// busy are the interviews for which some colleagues were asked or said yes, so that a double booking shows. It tells times
// and nothing of whom they are about.
func (x *Interviews) busy(ctx context.Context, q db.Q, colleagues []string, from clock.Date) (map[string][]Interview, error) {
	type row struct {
		Colleague, ID, Hour, State string
		Day                        clock.Date
		Minutes                    int
	}
	rs, err := db.Many[row](ctx, q, db.F(`SELECT c.colleague, i.id, i.hour, i.state, i.day, i.minutes FROM interview_companion c JOIN interview_interview i ON i.id = c.interview
		WHERE c.state IN ('asked','yes') AND i.state = 'planned' AND i.day >= ? AND`, from).With(db.In("c.colleague", colleagues)))
	out := map[string][]Interview{}
	for _, r := range rs {
		out[r.Colleague] = append(out[r.Colleague], Interview{ID: r.ID, Hour: r.Hour, State: r.State, Day: r.Day, Minutes: r.Minutes})
	}
	return out, err
}
