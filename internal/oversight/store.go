package oversight

// This file holds the SQL of emergencies: opening, judging, and the searches that found nobody.

import (
	"context"
	"embed"
	"time"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/audit"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/privacy"
)

// Schema is the migration line.
//
//go:embed schema/*.sql
var Schema embed.FS

const glassColumns = `SELECT id, person, actor, team, access_id, way, reason, at, until, ended, owner, state, judged_at, judged_by FROM oversight_glass`

// why is what the leader said, sealed as one value.
type why struct {
	Cause string `json:"cause"`
	Text  string `json:"text"`
}

func reasonPlace(id string) string { return "oversight_glass.reason/" + id }
func notePlace(id string) string   { return "oversight_step.note/" + id }

// entry begins an entry of the log about an emergency.
func entry(a access.Actor, r access.Role, g Glass, event string) audit.Entry {
	return audit.Entry{Event: event, Subject: g.Person, Actor: a.ID, ActorKind: string(a.Kind), Role: string(r), Place: g.Team, Object: g.ID, Session: a.Session}
}

// leads is the role in which somebody opens a file in an emergency.
func leads(a access.Actor) access.Role {
	if a.Has(access.Lead) {
		return access.Lead
	}
	return access.Region
}

// open opens a person's file to a leader: the grant, the review that waits, and the entry in the log, or none of them.
func open(ctx context.Context, tx *db.Tx, a access.Actor, k privacy.Key, g Glass, w why) (Glass, error) {
	g.ID, g.Actor, g.At, g.Until, g.State = db.ID("n", tx.Now), a.ID, tx.Now, tx.Now.Add(Lasts), Open
	var err error
	g.Access, err = access.Give(ctx, tx, access.Grant{Subject: g.Person, Holder: "user:" + a.ID, Why: access.BreakGlass, Level: access.File,
		GivenBy: a.ID, Place: g.Team, Until: g.Until})
	if err != nil {
		return g, err
	}
	if g.Reason, err = privacy.SealJSON(k, reasonPlace(g.ID), w); err != nil {
		return g, err
	}
	if _, err := db.Do(ctx, tx, db.F(`INSERT INTO oversight_glass (id, person, actor, team, access_id, way, reason, at, until, owner, state, judged_by) VALUES (?,?,?,?,?,?,?,?,?,?,?,'')`,
		g.ID, g.Person, g.Actor, g.Team, g.Access, g.Way, g.Reason, g.At, g.Until, g.Owner, string(g.State))); err != nil {
		return g, err
	}
	e := entry(a, leads(a), g, "oversight.event.opened")
	e.Why, e.Grant = string(access.BreakGlass), g.Access
	return g, audit.Append(ctx, tx, e)
}

// errLimit is the answer to a leader who searched or opened too often in one day.
var errLimit = fault.New(fault.TooMany, "oversight.limit")

// within refuses when a leader has searched in vain, or opened, too often in the last day.
func within(ctx context.Context, q db.Q, actor string, now time.Time) error {
	day := now.Add(-24 * time.Hour)
	misses, err := db.One[int](ctx, q, db.F(`SELECT COUNT(*) FROM oversight_miss WHERE actor = ? AND at > ?`, actor, day))
	if err != nil {
		return err
	}
	opened, err := db.One[int](ctx, q, db.F(`SELECT COUNT(*) FROM oversight_glass WHERE actor = ? AND at > ?`, actor, day))
	if err != nil {
		return err
	}
	if misses >= missMost || opened >= glassMost {
		return errLimit
	}
	return nil
}

// miss keeps that a search ended at nobody. It is in the log before the leader hears it.
func (o *Oversight) miss(ctx context.Context, a access.Actor, way string) error {
	return o.db.Tx(ctx, func(tx *db.Tx) error {
		if err := within(ctx, tx, a.ID, tx.Now); err != nil {
			return err
		}
		id := db.ID("z", tx.Now)
		if _, err := db.Do(ctx, tx, db.F(`INSERT INTO oversight_miss (id, actor, way, at) VALUES (?,?,?,?)`, id, a.ID, way, tx.Now)); err != nil {
			return err
		}
		return audit.Append(ctx, tx, audit.Entry{Event: "oversight.event.missed", Actor: a.ID, ActorKind: string(a.Kind), Role: string(leads(a)), Object: id, Session: a.Session})
	})
}

// Missed is how often one leader searched in vain.
type Missed struct {
	Actor string
	N     int
	Last  time.Time
}

func missed(ctx context.Context, q db.Q, since time.Time) ([]Missed, error) {
	return db.Many[Missed](ctx, q, db.F(`SELECT actor, COUNT(*) AS n, MAX(at) AS last FROM oversight_miss WHERE at > ? GROUP BY actor ORDER BY COUNT(*) DESC, actor LIMIT 50`, since))
}

func missedBy(ctx context.Context, q db.Q, actor string, from, until time.Time) (int, error) {
	return db.One[int](ctx, q, db.F(`SELECT COUNT(*) FROM oversight_miss WHERE actor = ? AND at > ? AND at <= ?`, actor, from, until))
}

func glass(ctx context.Context, q db.Q, id string) (Glass, error) {
	return db.One[Glass](ctx, q, db.F(glassColumns).Then(`WHERE id = ?`, id))
}

func glassOfGrant(ctx context.Context, q db.Q, grant string) (Glass, error) {
	return db.One[Glass](ctx, q, db.F(glassColumns).Then(`WHERE access_id = ?`, grant))
}

// waitingMost is how many reviews one list shows. More than this waiting is a failure of another kind.
const waitingMost = 500

// waiting are the emergencies nobody has judged yet, oldest first.
func waiting(ctx context.Context, q db.Q) ([]Glass, error) {
	return db.Many[Glass](ctx, q, db.F(glassColumns).Then(`WHERE state IN ('open','asked') ORDER BY at, id LIMIT ?`, waitingMost))
}

// askedOf are the emergencies about which one leader was asked something.
func askedOf(ctx context.Context, q db.Q, actor string) ([]Glass, error) {
	return db.Many[Glass](ctx, q, db.F(glassColumns).Then(`WHERE actor = ? AND state = 'asked' ORDER BY at, id LIMIT 50`, actor))
}

// judged are the emergencies that were judged, newest first, before a moment.
func judged(ctx context.Context, q db.Q, before time.Time, n int) ([]Glass, error) {
	return db.Many[Glass](ctx, q, db.F(glassColumns).Then(`WHERE state IN ('right','wrong') AND at < ? ORDER BY at DESC, id DESC LIMIT ?`, before, n))
}

// ofActor are the last emergencies of one leader.
func ofActor(ctx context.Context, q db.Q, actor string, n int) ([]Glass, error) {
	return db.Many[Glass](ctx, q, db.F(glassColumns).Then(`WHERE actor = ? ORDER BY at DESC, id DESC LIMIT ?`, actor, n))
}

// ofPerson are the last emergencies in one file that began after a moment or that are not judged.
func ofPerson(ctx context.Context, q db.Q, person string, since time.Time, n int) ([]Glass, error) {
	return db.Many[Glass](ctx, q, db.F(glassColumns).Then(`WHERE person = ? AND (at > ? OR state IN ('open','asked')) ORDER BY at DESC, id DESC LIMIT ?`, person, since, n))
}

// Step is one thing that was said about an emergency.
type Step struct {
	ID, Glass, Person, Kind string
	Note                    []byte
	At                      time.Time
	MadeBy                  string
	Text                    string `db:"-"` // the note, opened
}

func steps(ctx context.Context, q db.Q, k privacy.Key, id string) ([]Step, error) {
	ss, err := db.Many[Step](ctx, q, db.F(`SELECT id, glass, person, kind, note, at, made_by FROM oversight_step WHERE glass = ? ORDER BY at, id`, id))
	for i := range ss {
		b, err := k.Open(notePlace(ss[i].ID), ss[i].Note)
		if err != nil {
			return nil, err
		}
		ss[i].Text, ss[i].Note = string(b), nil
	}
	return ss, err
}

// step writes what was said and moves the emergency. Somebody who was quicker is a conflict, and nothing is written.
func step(ctx context.Context, tx *db.Tx, a access.Actor, k privacy.Key, g Glass, kind, note, event string) error {
	to, ok := after[g.State][kind]
	if !ok {
		return fault.New(fault.Conflict, "oversight.conflict")
	}
	id := db.ID("j", tx.Now)
	f := db.F(`UPDATE oversight_glass SET state = ?`, string(to))
	switch {
	case kind == taken:
		f = f.Then(`, owner = ?`, a.ID)
	case to == Right || to == Wrong:
		f = f.Then(`, judged_at = ?, judged_by = ?`, tx.Now, a.ID)
	default:
		f = f.Then(`, judged_at = NULL, judged_by = ''`)
	}
	n, err := db.Do(ctx, tx, f.Then(`WHERE id = ? AND state = ? AND owner = ?`, g.ID, string(g.State), g.Owner))
	if err != nil {
		return err
	}
	if n != 1 {
		return fault.New(fault.Conflict, "oversight.conflict")
	}
	if _, err := db.Do(ctx, tx, db.F(`INSERT INTO oversight_step (id, glass, person, kind, note, at, made_by) VALUES (?,?,?,?,?,?,?)`,
		id, g.ID, g.Person, kind, k.Seal(notePlace(id), []byte(note)), tx.Now, a.ID)); err != nil {
		return err
	}
	if to == Wrong {
		if err := end(ctx, tx, g); err != nil {
			return err
		}
	}
	role := access.Privacy
	if kind == answered {
		role = leads(a)
	}
	return audit.Append(ctx, tx, entry(a, role, g, event))
}

// end closes the file before the three hours are over.
func end(ctx context.Context, tx *db.Tx, g Glass) error {
	if !g.Live(tx.Now) {
		return nil
	}
	if err := access.End(ctx, tx, g.Access); err != nil {
		return err
	}
	_, err := db.Do(ctx, tx, db.F(`UPDATE oversight_glass SET ended = ? WHERE id = ? AND ended IS NULL`, tx.Now, g.ID))
	return err
}

// burden counts the waiting reviews of each owner.
func burden(ctx context.Context, q db.Q) (map[string]int, error) {
	type row struct {
		Owner string
		N     int
	}
	rows, err := db.Many[row](ctx, q, db.F(`SELECT owner, COUNT(*) AS n FROM oversight_glass WHERE state IN ('open','asked') GROUP BY owner`))
	out := make(map[string]int, len(rows))
	for _, r := range rows {
		out[r.Owner] = r.N
	}
	return out, err
}

// give hands a review to another owner.
func give(ctx context.Context, tx *db.Tx, id, owner string) error {
	_, err := db.Do(ctx, tx, db.F(`UPDATE oversight_glass SET owner = ? WHERE id = ?`, owner, id))
	return err
}
