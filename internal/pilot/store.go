package pilot

// This file holds the capability itself, and the SQL of pilots.

import (
	"context"
	"embed"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/audit"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/privacy"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
	"reisgezel/internal/organisation"
)

// Schema is the migration line.
//
//go:embed schema/*.sql
var Schema embed.FS

// Lent is what other rooms lend: rows of some bottlenecks, those that can be chosen, and who of those that pay us is named.
type Lent struct {
	Rows    func(v *web.Visit, ids []string) ([]ui.RowP, error)
	Choices func(v *web.Visit) ([]ui.Option, error)
	Named   func(v *web.Visit, words ...string) ([]ui.RowP, error)
}

// Pilots is the capability.
type Pilots struct {
	db    *db.DB
	vault *privacy.Vault
	org   *organisation.Store
	lent  Lent
}

// New makes it.
func New(d *db.DB, v *privacy.Vault, org *organisation.Store, lent Lent) *Pilots {
	return &Pilots{db: d, vault: v, org: org, lent: lent}
}

// key seals what is written: it belongs to no person.
func (s *Pilots) key() privacy.Key { return s.vault.House("pilot") }

func planPlace(id string) string { return "pilot_plan.body/" + id }
func itemPlace(id string) string { return "pilot_item.body/" + id }
func stepPlace(id string) string { return "pilot_step.body/" + id }

const planColumns = `SELECT id, state, owner, bottleneck, budget, started, checked, decision, decided, decided_by, version, body FROM pilot_plan WHERE`

// dueFirst is the order of lists: what has to be looked at first, what was decided last.
const dueFirst = `ORDER BY CASE state WHEN 'running' THEN 0 WHEN 'evaluated' THEN 0 WHEN 'drafted' THEN 1 WHEN 'decided' THEN 2 ELSE 3 END, COALESCE(checked, '9999'), id`

func (s *Pilots) plans(ctx context.Context, q db.Q, where db.Frag) ([]Plan, error) {
	ps, err := db.Many[Plan](ctx, q, db.F(planColumns).With(where))
	return privacy.OpenAll(s.key(), ps, err, func(p *Plan) (string, []byte, any) { return planPlace(p.ID), p.Body, &p.Core })
}

func (s *Pilots) plan(ctx context.Context, q db.Q, id string) (Plan, error) {
	return db.First(s.plans(ctx, q, db.F(`id = ?`, id)))
}

func (s *Pilots) start(ctx context.Context, tx *db.Tx, a access.Actor, p Plan) (string, error) {
	p.ID = db.ID("pi", tx.Now)
	body, err := privacy.SealJSON(s.key(), planPlace(p.ID), p.Core)
	if err != nil {
		return "", err
	}
	if _, err := db.Do(ctx, tx, db.F(`INSERT INTO pilot_plan (id, state, owner, bottleneck, budget, checked, decision, decided_by, version, body) VALUES (?,?,?,?,?,?,'','',1,?)`,
		p.ID, p.State, p.Owner, p.Bottleneck, p.Budget, p.Checked, body)); err != nil {
		return "", err
	}
	return p.ID, s.step(ctx, tx, a, Step{Pilot: p.ID, Kind: Began, State: p.State})
}

// put keeps a pilot after a step; what somebody else changed meanwhile is a conflict.
func (s *Pilots) put(ctx context.Context, tx *db.Tx, p Plan, version int64) error {
	body, err := privacy.SealJSON(s.key(), planPlace(p.ID), p.Core)
	if err != nil {
		return err
	}
	n, err := db.Do(ctx, tx, db.F(`UPDATE pilot_plan SET state = ?, owner = ?, budget = ?, started = ?, checked = ?, decision = ?, decided = ?, decided_by = ?, version = version + 1, body = ? WHERE id = ? AND version = ?`,
		p.State, p.Owner, p.Budget, p.Started, p.Checked, p.Decision, p.Decided, p.DecidedBy, body, p.ID, version))
	if err == nil && n == 0 {
		err = fault.New(fault.Conflict, "pilot.error.version")
	}
	return err
}

// step adds to the history, and to the log of who did what.
func (s *Pilots) step(ctx context.Context, tx *db.Tx, a access.Actor, x Step) error {
	x.ID = db.ID("ph", tx.Now)
	var body []byte
	if x.Words != (StepWords{}) {
		var err error
		if body, err = privacy.SealJSON(s.key(), stepPlace(x.ID), x.Words); err != nil {
			return err
		}
	}
	if _, err := db.Do(ctx, tx, db.F(`INSERT INTO pilot_step (id, pilot, kind, state, about, at, made_by, body) VALUES (?,?,?,?,?,?,?,?)`,
		x.ID, x.Pilot, x.Kind, x.State, x.About, tx.Now, a.ID, body)); err != nil {
		return err
	}
	return audit.Append(ctx, tx, audit.Entry{Event: "pilot.event." + x.Kind, Actor: a.ID, ActorKind: string(a.Kind), Object: x.Pilot, Session: a.Session})
}

func (s *Pilots) steps(ctx context.Context, pilot string) ([]Step, error) {
	xs, err := db.Many[Step](ctx, s.db, db.F(`SELECT id, pilot, kind, state, about, at, made_by, body FROM pilot_step WHERE pilot = ? ORDER BY at DESC, id DESC`, pilot))
	return privacy.OpenAll(s.key(), xs, err, func(x *Step) (string, []byte, any) { return stepPlace(x.ID), x.Body, &x.Words })
}

func (s *Pilots) items(ctx context.Context, q db.Q, pilot string) ([]Item, error) {
	xs, err := db.Many[Item](ctx, q, db.F(`SELECT id, pilot, kind, about, day, amount, late, at, made_by, gone, body FROM pilot_item WHERE pilot = ? ORDER BY day, at, id`, pilot))
	return privacy.OpenAll(s.key(), xs, err, func(x *Item) (string, []byte, any) { return itemPlace(x.ID), x.Body, &x.Said })
}

func (s *Pilots) add(ctx context.Context, tx *db.Tx, a access.Actor, p Plan, x Item) (string, error) {
	x.ID = db.ID("pt", tx.Now)
	x.Late = x.Kind == Measure && p.Locked()
	body, err := privacy.SealJSON(s.key(), itemPlace(x.ID), x.Said)
	if err != nil {
		return "", err
	}
	if _, err := db.Do(ctx, tx, db.F(`INSERT INTO pilot_item (id, pilot, kind, about, day, amount, late, at, made_by, body) VALUES (?,?,?,?,?,?,?,?,?,?)`,
		x.ID, p.ID, x.Kind, x.About, x.Day, x.Amount, x.Late, tx.Now, a.ID, body)); err != nil {
		return "", err
	}
	return x.ID, s.step(ctx, tx, a, Step{Pilot: p.ID, Kind: Added, State: p.State, About: x.ID})
}

// drop takes something out of a pilot, or puts it back. A measure that was named before the start stays: whoever could take away
// what does not look good would measure nothing.
func (s *Pilots) drop(ctx context.Context, tx *db.Tx, a access.Actor, p Plan, id string, gone bool) error {
	f, kind := db.F(`UPDATE pilot_item SET gone = NULL WHERE id = ? AND pilot = ? AND gone IS NOT NULL`, id, p.ID), Restored
	if gone {
		f, kind = db.F(`UPDATE pilot_item SET gone = ? WHERE id = ? AND pilot = ? AND gone IS NULL AND (kind <> 'measure' OR ?)`, tx.Now, id, p.ID, !p.Locked()), Removed
	}
	n, err := db.Do(ctx, tx, f)
	if err != nil || n == 0 {
		return err
	}
	return s.step(ctx, tx, a, Step{Pilot: p.ID, Kind: kind, State: p.State, About: id})
}
