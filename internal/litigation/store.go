package litigation

// This file holds the capability itself, what other rooms lend to it, and the SQL of cases.

import (
	"context"
	"embed"
	"time"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/audit"
	"reisgezel/internal/kernel/clock"
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

// Remedy is a term for going to an instance, that the legal engine can count.
type Remedy struct{ ID, Label, Article string }

// Agreed is somebody who said yes, as much of them as they allowed.
type Agreed struct {
	Called, Team, Until string
	Lines               []ui.FactP
}

// Lent is what other rooms lend. None of it hands a person over: a count is a number, a wish goes to whoever holds the file, and who
// agreed is told by the room that keeps what was agreed.
type Lent struct {
	Choices  func(v *web.Visit) (topics, kinds, origins []ui.Option)
	Count    func(ctx context.Context, q db.Q, c Criteria) (int, error)
	Wish     func(ctx context.Context, tx *db.Tx, matter, title, words string, c Criteria) error
	Agreed   func(v *web.Visit, matter string) ([]Agreed, error)
	Remedies func(v *web.Visit, instance string) ([]Remedy, error)
	Term     func(ctx context.Context, q db.Q, rule string, day clock.Date) (safe, last clock.Date, err error)

	Bottlenecks       func(v *web.Visit, ids []string) ([]ui.RowP, error)
	BottleneckChoices func(v *web.Visit) ([]ui.Option, error)
	Tell              func(v *web.Visit, tx *db.Tx, bottleneck, words string) error
	MayTell           func(words string) (bool, error) // false when the words lead to somebody
	Propose           func(v *web.Visit, title, reason string) string
	Named             func(v *web.Visit, words ...string) ([]ui.RowP, error) // who of those that pay us is named
}

// Litigation is the capability.
type Litigation struct {
	db    *db.DB
	vault *privacy.Vault
	org   *organisation.Store
	lent  Lent
}

// New makes it.
func New(d *db.DB, v *privacy.Vault, org *organisation.Store, lent Lent) *Litigation {
	return &Litigation{db: d, vault: v, org: org, lent: lent}
}

// key seals what is written: it belongs to no person.
func (s *Litigation) key() privacy.Key { return s.vault.House("litigation") }

func casePlace(id string) string { return "litigation_case.body/" + id }
func itemPlace(id string) string { return "litigation_item.body/" + id }
func stepPlace(id string) string { return "litigation_step.body/" + id }

const caseColumns = `SELECT id, state, instance, owner, bottleneck, next, opened, version, body FROM litigation_case WHERE`

// dueFirst is the order of lists: what is open first, by its next day.
const dueFirst = `ORDER BY CASE WHEN state IN ('closed','dropped') THEN 1 ELSE 0 END, COALESCE(next, '9999'), opened DESC, id`

func (s *Litigation) cases(ctx context.Context, q db.Q, where db.Frag) ([]Case, error) {
	cs, err := db.Many[Case](ctx, q, db.F(caseColumns).With(where))
	return privacy.OpenAll(s.key(), cs, err, func(c *Case) (string, []byte, any) { return casePlace(c.ID), c.Body, &c.Core })
}

func (s *Litigation) one(ctx context.Context, q db.Q, id string) (Case, error) {
	return db.First(s.cases(ctx, q, db.F(`id = ?`, id)))
}

func (s *Litigation) start(ctx context.Context, tx *db.Tx, a access.Actor, c Case) (string, error) {
	c.ID = db.Blind("lz") // consents are called by it: it tells no time
	body, err := privacy.SealJSON(s.key(), casePlace(c.ID), c.Core)
	if err != nil {
		return "", err
	}
	if _, err := db.Do(ctx, tx, db.F(`INSERT INTO litigation_case (id, state, instance, owner, bottleneck, next, opened, version, body) VALUES (?,?,?,?,?,?,?,1,?)`,
		c.ID, c.State, c.Instance, c.Owner, c.Bottleneck, c.Next, clock.Today(tx.Now), body)); err != nil {
		return "", err
	}
	return c.ID, s.step(ctx, tx, a, Step{Matter: c.ID, Kind: Began, State: c.State})
}

// put keeps a case after a step; what somebody else changed meanwhile is a conflict.
func (s *Litigation) put(ctx context.Context, tx *db.Tx, c Case, version int64) error {
	body, err := privacy.SealJSON(s.key(), casePlace(c.ID), c.Core)
	if err != nil {
		return err
	}
	return changed(db.Do(ctx, tx, db.F(`UPDATE litigation_case SET state = ?, instance = ?, owner = ?, next = ?, version = version + 1, body = ? WHERE id = ? AND version = ?`,
		c.State, c.Instance, c.Owner, c.Next, body, c.ID, version)))
}

func changed(n int64, err error) error {
	if err == nil && n == 0 {
		err = fault.New(fault.Conflict, "litigation.error.version")
	}
	return err
}

// step adds to the history, and to the log of who did what.
func (s *Litigation) step(ctx context.Context, tx *db.Tx, a access.Actor, x Step) error {
	x.ID = db.ID("lh", tx.Now)
	var body []byte
	if x.Words != (StepWords{}) {
		var err error
		if body, err = privacy.SealJSON(s.key(), stepPlace(x.ID), x.Words); err != nil {
			return err
		}
	}
	if _, err := db.Do(ctx, tx, db.F(`INSERT INTO litigation_step (id, matter, kind, state, about, at, made_by, body) VALUES (?,?,?,?,?,?,?,?)`,
		x.ID, x.Matter, x.Kind, x.State, x.About, tx.Now, a.ID, body)); err != nil {
		return err
	}
	return audit.Append(ctx, tx, audit.Entry{Event: "litigation.event." + x.Kind, Actor: a.ID, ActorKind: string(a.Kind), Object: x.Matter, Session: a.Session})
}

func (s *Litigation) steps(ctx context.Context, matter string) ([]Step, error) {
	xs, err := db.Many[Step](ctx, s.db, db.F(`SELECT id, matter, kind, state, about, at, made_by, body FROM litigation_step WHERE matter = ? ORDER BY at DESC, id DESC`, matter))
	return privacy.OpenAll(s.key(), xs, err, func(x *Step) (string, []byte, any) { return stepPlace(x.ID), x.Body, &x.Words })
}

func (s *Litigation) items(ctx context.Context, q db.Q, where db.Frag) ([]Item, error) {
	xs, err := db.Many[Item](ctx, q, db.F(`SELECT i.id, i.matter, i.kind, i.state, i.day, i.at, i.made_by, i.gone, i.version, i.body FROM litigation_item i WHERE`).With(where).Then(`ORDER BY i.day, i.at, i.id`))
	return privacy.OpenAll(s.key(), xs, err, func(x *Item) (string, []byte, any) { return itemPlace(x.ID), x.Body, &x.Said })
}

func (s *Litigation) add(ctx context.Context, tx *db.Tx, a access.Actor, c Case, x Item) error {
	x.ID = db.ID("li", tx.Now)
	body, err := privacy.SealJSON(s.key(), itemPlace(x.ID), x.Said)
	if err != nil {
		return err
	}
	if _, err := db.Do(ctx, tx, db.F(`INSERT INTO litigation_item (id, matter, kind, state, day, at, made_by, version, body) VALUES (?,?,?,?,?,?,?,1,?)`,
		x.ID, c.ID, x.Kind, x.State, x.Day, tx.Now, a.ID, body)); err != nil {
		return err
	}
	return s.step(ctx, tx, a, Step{Matter: c.ID, Kind: Added, State: c.State, About: x.ID})
}

// drop takes something out of a case, or puts it back.
func (s *Litigation) drop(ctx context.Context, tx *db.Tx, a access.Actor, c Case, id string, gone bool) error {
	f, kind := db.F(`UPDATE litigation_item SET gone = NULL WHERE id = ? AND matter = ? AND gone IS NOT NULL`, id, c.ID), Restored
	if gone {
		f, kind = db.F(`UPDATE litigation_item SET gone = ? WHERE id = ? AND matter = ? AND gone IS NULL`, tx.Now, id, c.ID), Removed
	}
	n, err := db.Do(ctx, tx, f)
	if err != nil || n == 0 {
		return err
	}
	return s.step(ctx, tx, a, Step{Matter: c.ID, Kind: kind, State: c.State, About: id})
}

// fate turns a deadline: met, fallen away, or due again.
func (s *Litigation) fate(ctx context.Context, tx *db.Tx, a access.Actor, c Case, x Item, to string) error {
	if err := changed(db.Do(ctx, tx, db.F(`UPDATE litigation_item SET state = ?, version = version + 1 WHERE id = ? AND version = ? AND gone IS NULL`, to, x.ID, x.Version))); err != nil {
		return err
	}
	return s.step(ctx, tx, a, Step{Matter: c.ID, Kind: Fated, State: to, About: x.ID})
}

// countsMost is how many counts one colleague makes in an hour: who counts on and on looks for one person.
const countsMost = 20

func (s *Litigation) counted(ctx context.Context, a access.Actor, now time.Time) (int, error) {
	return db.One[int](ctx, s.db, db.F(`SELECT COUNT(*) FROM litigation_step WHERE kind = 'counted' AND made_by = ? AND at > ?`, a.ID, now.Add(-time.Hour)))
}
