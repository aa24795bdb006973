package residence

// This file holds the SQL of the address that is kept apart. Only open reads it, and only after what shows it was logged.

import (
	"context"
	"time"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/audit"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/privacy"
)

func addressPlace(person string) string { return "residence_vault.body/" + person }
func guardPlace(person string) string   { return "residence_vault.guard/" + person }
func whyPlace(id string) string         { return "residence_request.body/" + id }

// Vault is what the file may know of somebody's address: that there is one, and whether it is guarded.
type Vault struct {
	There     bool
	Own       bool
	Changed   time.Time
	ChangedBy string
	Version   int64
	Guard     Guard
}

// Guarded says whether a second person must agree.
func (v Vault) Guarded() bool { return v.Guard.Danger != "" }

type vaultRow struct {
	Body, Guard []byte
	Own         bool
	Changed     time.Time
	ChangedBy   string
	Version     int64
}

func readVault(ctx context.Context, q db.Q, person string) (vaultRow, error) {
	row, err := db.One[vaultRow](ctx, q, db.F(`SELECT body, guard, own, changed, changed_by, version FROM residence_vault WHERE person = ?`, person))
	if fault.Is(err, fault.NotFound) {
		err = nil
	}
	return row, err
}

func vaultOf(ctx context.Context, q db.Q, f dossier.File) (Vault, error) {
	row, err := readVault(ctx, q, f.ID())
	if err != nil {
		return Vault{}, err
	}
	v := Vault{There: len(row.Body) > 0, Own: row.Own, Changed: row.Changed, ChangedBy: row.ChangedBy, Version: row.Version}
	return v, privacy.OpenJSON(f.Key(), guardPlace(f.ID()), row.Guard, &v.Guard)
}

// key is the key of somebody's address; it is made at the first address, and committed before anything is sealed with it.
func (r *Residence) key(ctx context.Context, person string) (privacy.Key, error) {
	k, err := r.vault.Key(ctx, VaultSubject(person))
	if !fault.Is(err, fault.NotFound) {
		return k, err
	}
	k, err = r.vault.NewKey(ctx, VaultSubject(person))
	if fault.Is(err, fault.Conflict) { // somebody else made it in this moment
		return r.vault.Key(ctx, VaultSubject(person))
	}
	return k, err
}

// saveAddress writes the address over whatever there was. Nothing takes it away.
func (r *Residence) saveAddress(ctx context.Context, tx *db.Tx, f dossier.File, k privacy.Key, a Address) error {
	if err := putAddress(ctx, tx, k, f.ID(), a, own(f), f.Who().ID); err != nil {
		return err
	}
	return f.Log(ctx, tx, "residence.event.address", "")
}

func putAddress(ctx context.Context, tx *db.Tx, k privacy.Key, person string, a Address, own bool, by string) error {
	var body []byte
	if a.Lines != "" {
		var err error
		if body, err = privacy.SealJSON(k, addressPlace(person), a); err != nil {
			return err
		}
	}
	_, err := db.Do(ctx, tx, db.F(`INSERT INTO residence_vault (person, body, own, changed, changed_by, version) VALUES (?,?,?,?,?,1)
		ON CONFLICT (person) DO UPDATE SET body = excluded.body, own = excluded.own, changed = excluded.changed, changed_by = excluded.changed_by, version = residence_vault.version + 1`,
		person, body, own, tx.Now, by))
	return err
}

// setGuard guards an address, whether there is one already or not.
func (r *Residence) setGuard(ctx context.Context, tx *db.Tx, f dossier.File, danger string) error {
	if err := putGuard(ctx, tx, f.Key(), f.ID(), Guard{Danger: danger, By: f.Who().ID, At: tx.Now}); err != nil {
		return err
	}
	if err := f.Log(ctx, tx, "residence.event.guarded", ""); err != nil {
		return err
	}
	return r.settle(ctx, tx, f)
}

func putGuard(ctx context.Context, tx *db.Tx, k privacy.Key, person string, g Guard) error {
	body, err := privacy.SealJSON(k, guardPlace(person), g)
	if err != nil {
		return err
	}
	_, err = db.Do(ctx, tx, db.F(`INSERT INTO residence_vault (person, guard, own, changed, changed_by, version) VALUES (?,?,FALSE,?,?,1)
		ON CONFLICT (person) DO UPDATE SET guard = excluded.guard, version = residence_vault.version + 1`, person, body, g.At, g.By))
	return err
}

// open reads the address, in the transaction in which its showing is logged.
func (r *Residence) open(ctx context.Context, tx *db.Tx, k privacy.Key, person string) (Address, error) {
	var a Address
	row, err := readVault(ctx, tx, person)
	if err != nil {
		return a, err
	}
	if len(row.Body) == 0 {
		return a, fault.Gone()
	}
	return a, privacy.OpenJSON(k, addressPlace(person), row.Body, &a)
}

const requestColumns = `id, person, team, what, asked_by, asked, decided, decided_by, granted, shown, body`

// ask writes a request. One that nobody has to agree to is granted and shown at once.
func ask(ctx context.Context, tx *db.Tx, f dossier.File, what string, w Why, free bool) (string, error) {
	n, err := db.One[int](ctx, tx, db.F(`SELECT COUNT(*) FROM residence_request WHERE asked_by = ? AND asked > ?`, f.Who().ID, tx.Now.Add(-24*time.Hour)))
	if err == nil && n >= ShowsMost {
		err = fault.New(fault.TooMany, "residence.error.much")
	}
	if err != nil {
		return "", err
	}
	q := Request{ID: db.ID("rq", tx.Now), Person: f.ID(), Team: f.Team(), What: what, AskedBy: f.Who().ID, Asked: tx.Now, Why: w}
	event := "residence.event.asked"
	if what == Unguard {
		event = "residence.event.unguard"
	}
	if free {
		q.Decided, q.Granted, q.Shown, event = tx.Now, true, tx.Now, "residence.event.revealed"
	}
	if err := putRequest(ctx, tx, f.Key(), q); err != nil {
		return "", err
	}
	return q.ID, f.Log(ctx, tx, event, q.ID)
}

func putRequest(ctx context.Context, tx *db.Tx, k privacy.Key, q Request) error {
	body, err := privacy.SealJSON(k, whyPlace(q.ID), q.Why)
	if err != nil {
		return err
	}
	_, err = db.Do(ctx, tx, db.F(`INSERT INTO residence_request (id, person, team, what, asked_by, asked, decided, decided_by, granted, shown, body) VALUES (?,?,?,?,?,?,?,?,?,?,?)`,
		q.ID, q.Person, q.Team, q.What, q.AskedBy, q.Asked, q.Decided, q.DecidedBy, q.Granted, q.Shown, body))
	return err
}

// requestsOf are the latest requests about one person.
func requestsOf(ctx context.Context, q db.Q, k privacy.Key, person string, n int) ([]Request, error) {
	rs, err := db.Many[Request](ctx, q, db.F(`SELECT `+requestColumns+` FROM residence_request WHERE person = ? ORDER BY asked DESC, id DESC LIMIT ?`, person, n))
	return privacy.OpenAll(k, rs, err, func(x *Request) (string, []byte, any) { return whyPlace(x.ID), x.Body, &x.Why })
}

// request is one request, without its reason.
func request(ctx context.Context, q db.Q, id string) (Request, error) {
	return db.One[Request](ctx, q, db.F(`SELECT `+requestColumns+` FROM residence_request WHERE id = ?`, id))
}

// waiting are the requests of some teams that wait for a second person.
func (r *Residence) waiting(ctx context.Context, teams []string, notBy string, now time.Time, n int) ([]Request, error) {
	return db.Many[Request](ctx, r.db, db.F(`SELECT `+requestColumns+` FROM residence_request WHERE decided IS NULL AND asked > ? AND asked_by <> ? AND`, now.Add(-AskLasts), notBy).
		With(db.In("team", teams)).Then(`ORDER BY asked, id LIMIT ?`, n))
}

// granted are the requests of one colleague that were agreed to and not used yet.
func (r *Residence) granted(ctx context.Context, by string, now time.Time, n int) ([]Request, error) {
	return db.Many[Request](ctx, r.db, db.F(`SELECT `+requestColumns+` FROM residence_request WHERE what = 'reveal' AND granted = TRUE AND shown IS NULL AND decided > ? AND asked_by = ? ORDER BY decided, id LIMIT ?`,
		now.Add(-ShowLasts), by, n))
}

// decide writes what a second person decided, once: a request that was decided or has lapsed stays as it is.
func decide(ctx context.Context, tx *db.Tx, q Request, a access.Actor, grant bool) error {
	n, err := db.Do(ctx, tx, db.F(`UPDATE residence_request SET decided = ?, decided_by = ?, granted = ? WHERE id = ? AND decided IS NULL AND asked > ? AND asked_by <> ?`,
		tx.Now, a.ID, grant, q.ID, tx.Now.Add(-AskLasts), a.ID))
	if err == nil && n == 0 {
		err = fault.New(fault.Conflict, "residence.error.decided")
	}
	if err != nil {
		return err
	}
	event := "residence.event.refused"
	if grant {
		event = "residence.event.granted"
	}
	if grant && q.What == Unguard {
		if _, err := db.Do(ctx, tx, db.F(`UPDATE residence_vault SET guard = NULL, version = version + 1 WHERE person = ?`, q.Person)); err != nil {
			return err
		}
	}
	return weighed(ctx, tx, q, a, event)
}

// weighed logs what a second person does with a request: without the file, so by hand.
func weighed(ctx context.Context, tx *db.Tx, q Request, a access.Actor, event string) error {
	role := access.Lead
	if !a.Has(access.Lead) {
		role = access.Region
	}
	return audit.Append(ctx, tx, audit.Entry{Event: event, Subject: q.Person, Actor: a.ID, ActorKind: string(a.Kind), Role: string(role), Place: q.Team, Object: q.ID, Session: a.Session})
}

// use marks a request that was agreed to as used, once, and logs the showing.
func use(ctx context.Context, tx *db.Tx, f dossier.File, id string) error {
	n, err := db.Do(ctx, tx, db.F(`UPDATE residence_request SET shown = ? WHERE id = ? AND person = ? AND asked_by = ? AND what = 'reveal' AND granted = TRUE AND shown IS NULL AND decided > ?`,
		tx.Now, id, f.ID(), f.Who().ID, tx.Now.Add(-ShowLasts)))
	if err == nil && n == 0 {
		err = fault.New(fault.Conflict, "residence.error.used")
	}
	if err != nil {
		return err
	}
	return f.Log(ctx, tx, "residence.event.revealed", id)
}

// openWhy opens the reason of a request.
func openWhy(k privacy.Key, q *Request) error {
	return privacy.OpenJSON(k, whyPlace(q.ID), q.Body, &q.Why)
}
