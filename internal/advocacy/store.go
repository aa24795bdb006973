package advocacy

// This file holds the capability itself, the one predicate that says who may know of a dossier, and the SQL of dossiers.

import (
	"context"
	"embed"

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

// Bottlenecks is what the room of bottlenecks lends: rows of some of them as this visitor may see them, and those that can be chosen.
type Bottlenecks struct {
	Rows    func(v *web.Visit, ids []string) ([]ui.RowP, error)
	Choices func(v *web.Visit) ([]ui.Option, error)
}

// Advocacy is the capability.
type Advocacy struct {
	db    *db.DB
	vault *privacy.Vault
	org   *organisation.Store
	lent  Bottlenecks

	changes func(v *web.Visit, dossier string) ([]ui.RowP, error)
}

// LendChanges hands over which changes of policy belong to a dossier; the app calls it once.
func (s *Advocacy) LendChanges(rows func(v *web.Visit, dossier string) ([]ui.RowP, error)) {
	s.changes = rows
}

// New makes it.
func New(d *db.DB, v *privacy.Vault, org *organisation.Store, lent Bottlenecks) *Advocacy {
	return &Advocacy{db: d, vault: v, org: org, lent: lent}
}

// key seals what is written: it belongs to no person.
func (s *Advocacy) key() privacy.Key { return s.vault.House("advocacy") }

func dossierPlace(id string) string { return "advocacy_dossier.body/" + id }
func itemPlace(id string) string    { return "advocacy_item.body/" + id }
func stepPlace(id string) string    { return "advocacy_step.body/" + id }

// knows is the one predicate: which dossiers this colleague may know of. Everything that reads a dossier, or something of one, asks it.
func knows(a access.Actor) db.Frag {
	return db.F(`(advocacy_dossier.closed = FALSE OR EXISTS (SELECT 1 FROM advocacy_knower w WHERE w.dossier = advocacy_dossier.id AND w.colleague = ?))`, a.ID)
}

const dossierColumns = `SELECT id, state, mode, result, owner, closed, next, opened, ended, version, body FROM advocacy_dossier WHERE`

// dueFirst is the order of lists: what is open first, by its next day.
const dueFirst = `ORDER BY CASE WHEN state = 'ended' THEN 1 ELSE 0 END, COALESCE(next, '9999'), opened DESC, id`

func (s *Advocacy) dossiers(ctx context.Context, q db.Q, a access.Actor, where db.Frag, order db.Frag) ([]Dossier, error) {
	ds, err := db.Many[Dossier](ctx, q, db.F(dossierColumns).With(knows(a).And(where)).With(order))
	return privacy.OpenAll(s.key(), ds, err, func(d *Dossier) (string, []byte, any) { return dossierPlace(d.ID), d.Body, &d.Core })
}

// dossier is one; what somebody may not know of is as absent as what is not there.
func (s *Advocacy) dossier(ctx context.Context, q db.Q, a access.Actor, id string) (Dossier, error) {
	return db.First(s.dossiers(ctx, q, a, db.F(`advocacy_dossier.id = ?`, id), db.F(``)))
}

// hold asks again at the moment of writing whether somebody may know of it, and lets nobody take that away before the writing is done.
func hold(ctx context.Context, tx *db.Tx, a access.Actor, id string) error {
	n, err := db.Do(ctx, tx, db.F(`UPDATE advocacy_dossier SET version = version WHERE id = ? AND`, id).With(knows(a)))
	if err == nil && n == 0 {
		return fault.Gone()
	}
	return err
}

// start makes a dossier. Whoever makes a confidential one is the first who may know of it, and its owner the second.
func (s *Advocacy) start(ctx context.Context, tx *db.Tx, a access.Actor, d Dossier) (string, error) {
	d.ID = db.ID("ad", tx.Now)
	body, err := privacy.SealJSON(s.key(), dossierPlace(d.ID), d.Core)
	if err != nil {
		return "", err
	}
	if _, err := db.Do(ctx, tx, db.F(`INSERT INTO advocacy_dossier (id, state, mode, result, owner, closed, next, opened, version, body) VALUES (?,?,?,'',?,?,?,?,1,?)`,
		d.ID, d.State, d.Mode, d.Owner, d.Closed, d.Next, clock.Today(tx.Now), body)); err != nil {
		return "", err
	}
	if d.Closed {
		for _, c := range []string{a.ID, d.Owner} {
			if err := name(ctx, tx, d.ID, c); err != nil {
				return "", err
			}
		}
	}
	return d.ID, s.step(ctx, tx, a, Step{Dossier: d.ID, Kind: Began, State: d.State})
}

// put keeps a dossier after a step; what somebody else changed meanwhile is a conflict.
func (s *Advocacy) put(ctx context.Context, tx *db.Tx, a access.Actor, d Dossier, version int64) error {
	if err := hold(ctx, tx, a, d.ID); err != nil {
		return err
	}
	body, err := privacy.SealJSON(s.key(), dossierPlace(d.ID), d.Core)
	if err != nil {
		return err
	}
	return changed(db.Do(ctx, tx, db.F(`UPDATE advocacy_dossier SET state = ?, mode = ?, result = ?, owner = ?, closed = ?, next = ?, ended = ?, version = version + 1, body = ? WHERE id = ? AND version = ?`,
		d.State, d.Mode, d.Result, d.Owner, d.Closed, d.Next, d.Ended, body, d.ID, version)))
}

func changed(n int64, err error) error {
	if err == nil && n == 0 {
		err = fault.New(fault.Conflict, "advocacy.error.version")
	}
	return err
}

// step adds to the history, and to the log of who did what. The log says of a confidential dossier no more than that something was
// done: which one, its own history says to those who may know.
func (s *Advocacy) step(ctx context.Context, tx *db.Tx, a access.Actor, x Step) error {
	x.ID = db.ID("ah", tx.Now)
	var body []byte
	if x.Words != (StepWords{}) {
		var err error
		if body, err = privacy.SealJSON(s.key(), stepPlace(x.ID), x.Words); err != nil {
			return err
		}
	}
	if _, err := db.Do(ctx, tx, db.F(`INSERT INTO advocacy_step (id, dossier, kind, state, about, at, made_by, body) VALUES (?,?,?,?,?,?,?,?)`,
		x.ID, x.Dossier, x.Kind, x.State, x.About, tx.Now, a.ID, body)); err != nil {
		return err
	}
	closed, err := db.One[bool](ctx, tx, db.F(`SELECT closed FROM advocacy_dossier WHERE id = ?`, x.Dossier))
	if err != nil {
		return err
	}
	object := x.Dossier
	if closed {
		object = ""
	}
	return audit.Append(ctx, tx, audit.Entry{Event: "advocacy.event.worked", Actor: a.ID, ActorKind: string(a.Kind), Object: object, Session: a.Session})
}

func (s *Advocacy) steps(ctx context.Context, dossier string) ([]Step, error) {
	xs, err := db.Many[Step](ctx, s.db, db.F(`SELECT id, dossier, kind, state, about, at, made_by, body FROM advocacy_step WHERE dossier = ? ORDER BY at DESC, id DESC`, dossier))
	return privacy.OpenAll(s.key(), xs, err, func(x *Step) (string, []byte, any) { return stepPlace(x.ID), x.Body, &x.Words })
}

func name(ctx context.Context, tx *db.Tx, dossier, colleague string) error {
	_, err := db.Do(ctx, tx, db.F(`INSERT INTO advocacy_knower (dossier, colleague) VALUES (?,?) ON CONFLICT DO NOTHING`, dossier, colleague))
	return err
}

func knowers(ctx context.Context, q db.Q, dossier string) ([]string, error) {
	return db.Many[string](ctx, q, db.F(`SELECT colleague FROM advocacy_knower WHERE dossier = ? ORDER BY colleague`, dossier))
}

const itemColumns = `SELECT i.id, i.dossier, i.kind, i.state, i.day, i.at, i.made_by, i.gone, i.version, i.body FROM advocacy_item i JOIN advocacy_dossier ON advocacy_dossier.id = i.dossier WHERE`

// items are what stands in dossiers that this colleague may know of.
func (s *Advocacy) items(ctx context.Context, q db.Q, a access.Actor, where db.Frag) ([]Item, error) {
	xs, err := db.Many[Item](ctx, q, db.F(itemColumns).With(knows(a).And(where)).Then(`ORDER BY i.day DESC, i.at DESC, i.id`))
	return privacy.OpenAll(s.key(), xs, err, func(x *Item) (string, []byte, any) { return itemPlace(x.ID), x.Body, &x.Said })
}

func (s *Advocacy) item(ctx context.Context, q db.Q, a access.Actor, dossier, id string) (Item, error) {
	return db.First(s.items(ctx, q, a, db.F(`i.dossier = ? AND i.id = ?`, dossier, id)))
}

// add puts something into a dossier.
func (s *Advocacy) add(ctx context.Context, tx *db.Tx, a access.Actor, d Dossier, x Item) error {
	if err := hold(ctx, tx, a, d.ID); err != nil {
		return err
	}
	x.ID = db.ID("ai", tx.Now)
	body, err := privacy.SealJSON(s.key(), itemPlace(x.ID), x.Said)
	if err != nil {
		return err
	}
	if _, err := db.Do(ctx, tx, db.F(`INSERT INTO advocacy_item (id, dossier, kind, state, day, at, made_by, version, body) VALUES (?,?,?,?,?,?,?,1,?)`,
		x.ID, d.ID, x.Kind, x.State, x.Day, tx.Now, a.ID, body)); err != nil {
		return err
	}
	return s.step(ctx, tx, a, Step{Dossier: d.ID, Kind: Added, State: d.State, About: x.ID})
}

// fate keeps a commitment after it was settled or opened again.
func (s *Advocacy) fate(ctx context.Context, tx *db.Tx, a access.Actor, d Dossier, x Item, version int64) error {
	if err := hold(ctx, tx, a, d.ID); err != nil {
		return err
	}
	body, err := privacy.SealJSON(s.key(), itemPlace(x.ID), x.Said)
	if err != nil {
		return err
	}
	if err := changed(db.Do(ctx, tx, db.F(`UPDATE advocacy_item SET state = ?, body = ?, version = version + 1 WHERE id = ? AND version = ? AND gone IS NULL`, x.State, body, x.ID, version))); err != nil {
		return err
	}
	return s.step(ctx, tx, a, Step{Dossier: d.ID, Kind: Fated, State: x.State, About: x.ID, Words: StepWords{Words: x.Said.Came}})
}

// drop takes something out of a dossier, or puts it back.
func (s *Advocacy) drop(ctx context.Context, tx *db.Tx, a access.Actor, d Dossier, id string, gone bool) error {
	if err := hold(ctx, tx, a, d.ID); err != nil {
		return err
	}
	f, kind := db.F(`UPDATE advocacy_item SET gone = NULL WHERE id = ? AND dossier = ? AND gone IS NOT NULL`, id, d.ID), Restored
	if gone {
		f, kind = db.F(`UPDATE advocacy_item SET gone = ? WHERE id = ? AND dossier = ? AND gone IS NULL`, tx.Now, id, d.ID), Removed
	}
	n, err := db.Do(ctx, tx, f)
	if err != nil || n == 0 {
		return err
	}
	return s.step(ctx, tx, a, Step{Dossier: d.ID, Kind: kind, State: d.State, About: id})
}

// link lets a dossier lean on a bottleneck, or no more.
func (s *Advocacy) link(ctx context.Context, tx *db.Tx, a access.Actor, d Dossier, bottleneck string, on bool) error {
	if err := hold(ctx, tx, a, d.ID); err != nil {
		return err
	}
	f, kind := db.F(`DELETE FROM advocacy_link WHERE dossier = ? AND bottleneck = ?`, d.ID, bottleneck), Unlinked
	if on {
		f, kind = db.F(`INSERT INTO advocacy_link (dossier, bottleneck) VALUES (?,?) ON CONFLICT DO NOTHING`, d.ID, bottleneck), Linked
	}
	n, err := db.Do(ctx, tx, f)
	if err != nil || n == 0 {
		return err
	}
	return s.step(ctx, tx, a, Step{Dossier: d.ID, Kind: kind, State: d.State, About: bottleneck})
}

func (s *Advocacy) links(ctx context.Context, dossier string) ([]string, error) {
	return db.Many[string](ctx, s.db, db.F(`SELECT bottleneck FROM advocacy_link WHERE dossier = ? ORDER BY bottleneck`, dossier))
}

// setKnowers changes who may know of a dossier. Nobody is taken away who owns it, and a change of the circle begins with the version
// that was read, so that two changes at once cannot leave it to nobody.
func (s *Advocacy) setKnowers(ctx context.Context, tx *db.Tx, a access.Actor, d Dossier, version int64, colleague string, in bool) error {
	if err := s.put(ctx, tx, a, d, version); err != nil {
		return err
	}
	if in {
		if err := name(ctx, tx, d.ID, colleague); err != nil {
			return err
		}
		return s.step(ctx, tx, a, Step{Dossier: d.ID, Kind: Named, State: d.State, About: colleague})
	}
	if colleague == d.Owner {
		return fault.New(fault.Conflict, "advocacy.error.owner_knows")
	}
	n, err := db.Do(ctx, tx, db.F(`DELETE FROM advocacy_knower WHERE dossier = ? AND colleague = ?`, d.ID, colleague))
	if err != nil || n == 0 {
		return err
	}
	return s.step(ctx, tx, a, Step{Dossier: d.ID, Kind: Unnamed, State: d.State, About: colleague})
}

// dueItems are the commitments that fall due for an owner until a day.
func (s *Advocacy) dueItems(ctx context.Context, a access.Actor, until clock.Date) ([]Item, error) {
	return s.items(ctx, s.db, a, db.F(`i.kind = 'promise' AND i.state = 'due' AND i.gone IS NULL AND i.day <= ? AND advocacy_dossier.owner = ?`, until, a.ID))
}
