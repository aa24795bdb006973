package feedback

// This file keeps complaints, their steps and the terms they have.

import (
	"context"
	"slices"
	"time"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/privacy"
)

func complaintPlace(id string) string { return "feedback_complaint.body/" + id }
func stepPlace(id string) string      { return "feedback_step.body/" + id }

const (
	complaintColumns = `SELECT id, person, team, region, against, level, involved, subject, lang, day, ack, decide, extended, more, handler, acked, decided, outcome, version, body FROM feedback_complaint`
	codeKind         = "feedback.code"
)

// terms are those of now.
func (f *Feedback) terms(ctx context.Context, q db.Q) (Terms, error) {
	t, err := db.One[Terms](ctx, q, db.F(`SELECT ack, decide, more, source, since, made_by FROM feedback_terms ORDER BY since DESC, id DESC LIMIT 1`))
	if fault.Is(err, fault.NotFound) {
		return Assumed, nil
	}
	return t, err
}

func (f *Feedback) putTerms(ctx context.Context, tx *db.Tx, by access.Actor, t Terms) error {
	id := db.ID("ft", tx.Now)
	if _, err := db.Do(ctx, tx, db.F(`INSERT INTO feedback_terms (id, ack, decide, more, source, since, made_by) VALUES (?,?,?,?,?,?,?)`, id, t.Ack, t.Decide, t.More, t.Source, tx.Now, by.ID)); err != nil {
		return err
	}
	return log(ctx, tx, by, "feedback.event.terms", "", id)
}

// putComplaint keeps a complaint with the dates that hold for it. A code that exists already is refused.
func (f *Feedback) putComplaint(ctx context.Context, tx *db.Tx, c Complaint, in ComplaintInput) (string, error) {
	k, err := f.key(ctx, c.Person)
	if err != nil {
		return "", err
	}
	t, err := f.terms(ctx, tx)
	if err != nil {
		return "", err
	}
	c.ID = newID("fk", c.Person, tx.Now)
	c.Day = clock.Today(tx.Now)
	c.Ack, c.Decide = t.Dates(c.Day, f.working)
	var code []byte
	if s := ReadCode(in.Code); s != "" && c.Person == "" {
		code = f.vault.Token(codeKind, s)
	}
	body := []byte{} // not absent: somebody who said it aloud wrote nothing
	if in.Text != "" {
		body = k.Seal(complaintPlace(c.ID), []byte(in.Text))
	}
	_, err = db.Do(ctx, tx, db.F(`INSERT INTO feedback_complaint (id, person, code, team, region, against, level, involved, subject, lang, day, ack, decide, extended, more, handler, outcome, version, body)
		VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,FALSE,?,'','',1,?)`, c.ID, c.Person, code, c.Team, c.Region, c.Against, c.Level, c.Involved, in.Subject, c.Lang, c.Day, c.Ack, c.Decide, t.More, body))
	return c.ID, err
}

func complaint(ctx context.Context, q db.Q, id string) (Complaint, error) {
	return db.One[Complaint](ctx, q, db.F(complaintColumns).Then(`WHERE id = ?`, id))
}

// byCode is the complaint of a code; a code that is none and one that was never given are the same.
func (f *Feedback) byCode(ctx context.Context, typed string) (Complaint, error) {
	code := ReadCode(typed)
	if code == "" {
		return Complaint{}, fault.Gone()
	}
	return db.One[Complaint](ctx, f.db, db.F(complaintColumns).Then(`WHERE code = ?`, f.vault.Token(codeKind, code)))
}

// handled are the complaints that somebody may handle, what is open first, what is due first; only those that are open when it
// says so.
func (f *Feedback) handled(ctx context.Context, a access.Actor, now time.Time, open bool) ([]Complaint, error) {
	where := db.In("region", a.At(access.Region, access.InRegion)).Or(db.In("team", a.At(access.Lead, access.Team))).Or(db.F(`region = ''`))
	if a.Has(access.Privacy) || len(a.At(access.Region, access.National)) > 0 {
		where = db.F(`TRUE`)
	}
	if open {
		where = where.And(db.F(`decided IS NULL`))
	}
	all, err := db.Many[Complaint](ctx, f.db, db.F(`SELECT id, person, team, region, against, level, involved, subject, lang, day, ack, decide, extended, more, handler, acked, decided, outcome, version FROM feedback_complaint
		WHERE`).With(where).Then(`ORDER BY CASE WHEN decided IS NULL THEN 0 ELSE 1 END, day DESC, id LIMIT 300`))
	if err != nil {
		return nil, err
	}
	var cs []Complaint
	line := f.line(now)
	for _, c := range all {
		ok, err := line.handles(ctx, a, c)
		if err != nil {
			return nil, err
		}
		if ok {
			cs = append(cs, c)
		}
	}
	slices.SortStableFunc(cs, func(x, y Complaint) int {
		dx, _ := x.Due()
		dy, _ := y.Due()
		switch {
		case x.Open() != y.Open():
			if x.Open() {
				return -1
			}
			return 1
		case dx.Before(dy):
			return -1
		case dy.Before(dx):
			return 1
		}
		return 0
	})
	return cs, nil
}

// ownComplaints are those of a person, newest first.
func ownComplaints(ctx context.Context, q db.Q, person string) ([]Complaint, error) {
	return db.Many[Complaint](ctx, q, db.F(complaintColumns).Then(`WHERE person = ? ORDER BY day DESC, id DESC`, person))
}

func openComplaint(k privacy.Key, c *Complaint) error {
	b, err := k.Open(complaintPlace(c.ID), c.Body)
	c.Text, c.Body = string(b), nil
	return err
}

// steps are what happened to a complaint, oldest first, with their words.
func steps(ctx context.Context, q db.Q, k privacy.Key, id string) ([]Step, error) {
	ss, err := db.Many[Step](ctx, q, db.F(`SELECT id, complaint, kind, outcome, made_by, at, body FROM feedback_step WHERE complaint = ? ORDER BY at, id`, id))
	for i := range ss {
		if ss[i].Body == nil {
			continue
		}
		b, err := k.Open(stepPlace(ss[i].ID), ss[i].Body)
		if err != nil {
			return nil, err
		}
		ss[i].Text, ss[i].Body = string(b), nil
	}
	return ss, err
}

// step writes a step. Somebody else who was faster is a conflict; so is a step that cannot follow any more.
func (f *Feedback) step(ctx context.Context, tx *db.Tx, k privacy.Key, by access.Actor, id string, version int64, in StepInput) error {
	c, err := complaint(ctx, tx, id)
	if err != nil {
		return err
	}
	if c.Barred(by.ID) { // the door asked all of it; this must never go wrong
		return fault.Gone()
	}
	if c.Version != version || !c.May(in.Step) {
		return fault.New(fault.Conflict, "feedback.error.version")
	}
	n := c.After(in, by.ID, clock.Today(tx.Now))
	if _, err := db.Do(ctx, tx, db.F(`UPDATE feedback_complaint SET handler = ?, acked = ?, decided = ?, outcome = ?, extended = ?, decide = ?, version = version + 1 WHERE id = ?`,
		n.Handler, n.Acked, n.Decided, n.Outcome, n.Extended, n.Decide, id)); err != nil {
		return err
	}
	s := db.ID("fs", tx.Now)
	var body []byte
	if in.Text != "" {
		body = k.Seal(stepPlace(s), []byte(in.Text))
	}
	outcome := ""
	if in.Step == Decided {
		outcome = in.Outcome
	}
	if _, err := db.Do(ctx, tx, db.F(`INSERT INTO feedback_step (id, complaint, kind, outcome, at, made_by, body) VALUES (?,?,?,?,?,?,?)`, s, id, in.Step, outcome, tx.Now, by.ID, body)); err != nil {
		return err
	}
	if c.Person != "" && by.Kind == access.Staff {
		if err := f.news.Tell(ctx, tx, c.Person); err != nil {
			return err
		}
	}
	return log(ctx, tx, by, "feedback.event."+in.Step, c.Person, id)
}
