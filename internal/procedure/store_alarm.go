package procedure

// This file lets alarms climb: it finds the deadlines that come near, warns, and opens the file to who must act.

import (
	"context"
	"slices"
	"time"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/audit"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
)

// Raised is one alarm that went off.
type Raised struct {
	ID       string
	Deadline string
	Person   string
	Rung     int
	Role     string
	Holder   string
	GrantID  string
	At       time.Time
	Ended    time.Time
}

const raisedColumns = `SELECT e.id, e.deadline, e.person, e.rung, e.role, e.holder, e.grant_id, e.at, e.ended FROM procedure_escalation e`

// near are the open deadlines within fourteen days, and the short ones whose day nobody knows.
func near(ctx context.Context, q db.Q, today clock.Date, after string, n int) ([]Row, error) {
	return db.Many[Row](ctx, q, db.F(rowColumns).Then(`WHERE d.state = 'open' AND d.waits = FALSE AND (d.safe <= ? OR (d.safe IS NULL AND d.urgent = TRUE)) AND d.id > ? ORDER BY d.id LIMIT ?`,
		today.AddDays(Rungs[0]), after, n))
}

// Escalate lets every alarm climb as far as today asks. It may run as often as it likes: what was raised is not raised
// again.
func (p *Procedure) Escalate(ctx context.Context, now time.Time) error {
	today := clock.Today(now)
	around := map[[2]string]people{}
	for after := ""; ; {
		rows, err := near(ctx, p.db, today, after, 200)
		if err != nil || len(rows) == 0 {
			return err
		}
		after = rows[len(rows)-1].ID
		for _, r := range rows {
			r.Owner, err = p.ownerOf(ctx, p.db, r.Person, r.Owner, now)
			if err != nil {
				return err
			}
			at := [2]string{r.Owner, r.Team}
			who, known := around[at]
			if !known {
				if who, err = p.around(ctx, r.Owner, r.Team, now); err != nil {
					return err
				}
				around[at] = who
			}
			if err := p.raise(ctx, r, who, today); err != nil {
				return err
			}
		}
	}
}

// around are the deputy of an owner and the leaders of the team.
func (p *Procedure) around(ctx context.Context, owner, team string, now time.Time) (people, error) {
	who := people{Owner: owner}
	var err error
	if owner != "" {
		if who.Deputy, err = p.Organisation.DeputyOf(ctx, owner, now); err != nil {
			return who, err
		}
		if team == "" {
			if team, err = p.Organisation.TeamOf(ctx, owner, now); err != nil {
				return who, err
			}
		}
	}
	if team != "" {
		who.Leads, err = p.Organisation.Lead(ctx, team, now)
	}
	return who, err
}

// raise writes the alarms of one deadline that have not gone off yet, each with its grant and its line in the log.
func (p *Procedure) raise(ctx context.Context, r Row, who people, today clock.Date) error {
	due := r.alarms(today, who)
	raised, err := db.Many[Raised](ctx, p.db, db.F(raisedColumns).Then(`WHERE e.deadline = ? AND e.ended IS NULL`, r.ID))
	if err != nil || len(missing(due, raised)) == 0 {
		return err
	}
	return p.db.Tx(ctx, func(tx *db.Tx) error {
		// Asked again inside: another node may have been here, or somebody may just have finished the deadline.
		fresh, err := deadline(ctx, tx, r.Person, r.ID)
		if fault.Is(err, fault.NotFound) || err == nil && fresh.State != "open" {
			return nil
		}
		if err != nil {
			return err
		}
		if fresh.Owner != r.Owner {
			if err := own(ctx, tx, r.ID, r.Owner); err != nil {
				return err
			}
		}
		raised, err := db.Many[Raised](ctx, tx, db.F(raisedColumns).Then(`WHERE e.deadline = ? AND e.ended IS NULL`, r.ID))
		if err != nil {
			return err
		}
		grants := map[string]string{}
		for _, x := range raised {
			if x.GrantID != "" {
				grants[x.Holder] = x.GrantID
			}
		}
		for _, a := range missing(due, raised) {
			x := Raised{ID: db.ID("al", tx.Now), Deadline: r.ID, Person: r.Person, Rung: a.Rung, Role: a.Role, Holder: a.Holder, GrantID: grants[a.Holder], At: tx.Now}
			if a.Role != "owner" && x.GrantID == "" {
				x.GrantID, err = access.Give(ctx, tx, access.Grant{Subject: r.Person, Holder: "user:" + a.Holder, Why: access.Escalation, Level: access.File,
					GivenBy: "system", Place: r.Team, Since: tx.Now, Until: r.until(tx.Now)})
				if err != nil {
					return err
				}
				grants[a.Holder] = x.GrantID
			}
			if _, err := db.Do(ctx, tx, db.F(`INSERT INTO procedure_escalation (id, deadline, person, rung, role, holder, grant_id, at) VALUES (?,?,?,?,?,?,?,?)`,
				x.ID, x.Deadline, x.Person, x.Rung, x.Role, x.Holder, x.GrantID, x.At)); err != nil {
				return err
			}
			if err := audit.Append(ctx, tx, audit.Entry{Event: "procedure.event.escalated", Subject: r.Person, Actor: "system", ActorKind: string(access.Machine),
				OnBehalf: a.Holder, Place: r.Team, Why: string(access.Escalation), Grant: x.GrantID, Object: r.ID}); err != nil {
				return err
			}
		}
		// The person hears of it once at each step, not again when somebody else comes to stand in for a colleague.
		if r.Party.Authority() || !slices.ContainsFunc(missing(due, raised), func(a Alarm) bool {
			return !slices.ContainsFunc(raised, func(x Raised) bool { return x.Rung == a.Rung })
		}) {
			return nil
		}
		return p.news.Tell(ctx, tx, r.Person)
	})
}

// missing are the alarms that are due and were not raised.
func missing(due []Alarm, raised []Raised) []Alarm {
	var out []Alarm
	for _, a := range due {
		found := false
		for _, r := range raised {
			found = found || r.Rung == a.Rung && r.Holder == a.Holder
		}
		if !found {
			out = append(out, a)
		}
	}
	return out
}

// alarmed are those of some deadlines that have an alarm that runs.
func alarmed(ctx context.Context, q db.Q, deadlines []string) (map[string]bool, error) {
	out := map[string]bool{}
	if len(deadlines) == 0 {
		return out, nil
	}
	err := db.Each(ctx, q, db.F(`SELECT DISTINCT e.deadline FROM procedure_escalation e WHERE`).With(db.In("e.deadline", deadlines).And(db.F(`e.ended IS NULL`))),
		func(id string) error { out[id] = true; return nil })
	return out, err
}

// endAlarms ends the alarms of a deadline and the grants they gave.
func endAlarms(ctx context.Context, tx *db.Tx, deadline string) error {
	raised, err := db.Many[Raised](ctx, tx, db.F(raisedColumns).Then(`WHERE e.deadline = ? AND e.ended IS NULL`, deadline))
	if err != nil || len(raised) == 0 {
		return err
	}
	ended := map[string]bool{}
	for _, x := range raised {
		if x.GrantID != "" && !ended[x.GrantID] {
			ended[x.GrantID] = true
			if err := access.End(ctx, tx, x.GrantID); err != nil && !fault.Is(err, fault.NotFound) {
				return err
			}
		}
	}
	_, err = db.Do(ctx, tx, db.F(`UPDATE procedure_escalation SET ended = ? WHERE deadline = ? AND ended IS NULL`, tx.Now, deadline))
	return err
}

// moveAlarms ends the alarms of a version that another one took the place of, or none. When the same date still stands open, the
// next run of the job raises them for the new version, before the old grants would be missed.
func (p *Procedure) moveAlarms(ctx context.Context, tx *db.Tx, old, fresh Row) error {
	if fresh.State == "open" && fresh.Safe == old.Safe {
		_, err := db.Do(ctx, tx, db.F(`UPDATE procedure_escalation SET deadline = ? WHERE deadline = ? AND ended IS NULL`, fresh.ID, old.ID))
		return err
	}
	return endAlarms(ctx, tx, old.ID)
}

// ownerOf is the colleague who minds a person's dates: the one who did, while the assignment stands; else a legal
// caseworker who is assigned; else whoever is assigned.
func (p *Procedure) ownerOf(ctx context.Context, q db.Q, person, was string, now time.Time) (string, error) {
	grants, err := access.Live(ctx, q, []string{person}, now, access.Assignment, access.Registered)
	if err != nil {
		return "", err
	}
	return p.minder(ctx, grants, was, now)
}

// minder is ownerOf out of the grants on one person.
func (p *Procedure) minder(ctx context.Context, grants []access.Grant, was string, now time.Time) (string, error) {
	first := ""
	for _, g := range slices.Backward(grants) { // who came last first
		user, ok := userOf(g, now)
		if !ok {
			continue
		}
		if user == was {
			return was, nil
		}
		posts, err := p.Organisation.Posts(ctx, user, now)
		if err != nil && !fault.Is(err, fault.NotFound) {
			return "", err
		}
		for _, x := range posts {
			if x.Role == access.Legal {
				return user, nil
			}
		}
		if first == "" {
			first = user
		}
	}
	return first, nil
}
