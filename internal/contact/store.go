package contact

// This file holds the SQL of moments, drafts and promises.

import (
	"context"
	"embed"
	"encoding/json"
	"net/url"
	"strconv"
	"time"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/privacy"
	"reisgezel/internal/organisation"
)

// Schema is the migration line.
//
//go:embed schema/*.sql
var Schema embed.FS

// Contact is the capability.
type Contact struct {
	db    *db.DB
	vault *privacy.Vault
	org   *organisation.Store
	files *dossier.Files
}

// New makes it.
func New(d *db.DB, v *privacy.Vault, org *organisation.Store, files *dossier.Files) *Contact {
	return &Contact{db: d, vault: v, org: org, files: files}
}

func momentPlace(id string) string { return "contact_moment.body/" + id }
func versionPlace(id string, n int64) string {
	return "contact_moment_version.body/" + id + "/" + strconv.FormatInt(n, 10)
}
func promisePlace(id string) string           { return "contact_promise.body/" + id }
func meetingPlace(id string) string           { return "contact_appointment.body/" + id }
func guestPlace(id string) string             { return "contact_visit.body/" + id }
func draftPlace(colleague, who string) string { return "contact_draft.body/" + colleague + "/" + who }

// Moment is a stored contact.
type Moment struct {
	ID      string
	Person  string
	At      time.Time
	Author  string
	Team    string
	Desk    string
	Visible string
	Body    []byte
	Version int64
	What    Body `db:"-"`
}

// guestKey seals what belongs to no person.
func (c *Contact) guestKey() privacy.Key { return c.vault.House("contact") }

// save writes a moment, its count and its promise in one transaction.
func (c *Contact) save(ctx context.Context, tx *db.Tx, k privacy.Key, m Moment, p Promised) (string, error) {
	m.ID = db.ID("m", tx.Now)
	body, err := privacy.SealJSON(k, momentPlace(m.ID), m.What)
	if err != nil {
		return "", err
	}
	if _, err := db.Do(ctx, tx, db.F(`INSERT INTO contact_moment (id, person, at, author, team, desk, visible, body, version) VALUES (?,?,?,?,?,?,?,?,1)`,
		m.ID, m.Person, tx.Now, m.Author, m.Team, m.Desk, m.Visible, body)); err != nil {
		return "", err
	}
	if m.Desk != "" {
		if _, err := db.Do(ctx, tx, db.F(`INSERT INTO contact_count (desk, day, topic, n) VALUES (?,?,?,1) ON CONFLICT (desk, day, topic) DO UPDATE SET n = contact_count.n + 1`,
			m.Desk, clock.Today(tx.Now), m.What.Topic)); err != nil {
			return "", err
		}
	}
	if !p.Due.IsZero() {
		owner := p.Owner
		if owner == "" {
			owner = m.Author
		}
		id := db.ID("b", tx.Now)
		if _, err := db.Do(ctx, tx, db.F(`INSERT INTO contact_promise (id, person, owner, made_by, due, body, visible, made_at, done_by) VALUES (?,?,?,?,?,?,?,?,'')`,
			id, m.Person, owner, m.Author, p.Due, k.Seal(promisePlace(id), []byte(p.Text)), m.Visible, tx.Now)); err != nil {
			return "", err
		}
	}
	return m.ID, nil
}

// correct writes a new version of one's own moment; the old one stays.
func (c *Contact) correct(ctx context.Context, tx *db.Tx, k privacy.Key, m Moment, what Body, visible string) error {
	old, err := k.Open(momentPlace(m.ID), m.Body)
	if err != nil {
		return err
	}
	if _, err := db.Do(ctx, tx, db.F(`INSERT INTO contact_moment_version (moment, version, person, body, visible, at) VALUES (?,?,?,?,?,?)`,
		m.ID, m.Version, m.Person, k.Seal(versionPlace(m.ID, m.Version), old), m.Visible, tx.Now)); err != nil {
		return err
	}
	body, err := privacy.SealJSON(k, momentPlace(m.ID), what)
	if err != nil {
		return err
	}
	n, err := db.Do(ctx, tx, db.F(`UPDATE contact_moment SET body = ?, visible = ?, version = version + 1 WHERE id = ? AND version = ?`, body, visible, m.ID, m.Version))
	if err == nil && n == 0 {
		err = fault.New(fault.Conflict, "")
	}
	return err
}

const momentColumns = `id, person, at, author, team, desk, visible, body, version`

// own is one moment that this colleague wrote about this person.
func (c *Contact) own(ctx context.Context, f dossier.File, id string) (Moment, error) {
	m, err := db.One[Moment](ctx, c.db, db.F(`SELECT `+momentColumns+` FROM contact_moment WHERE id = ? AND person = ? AND author = ?`, id, f.ID(), f.Who().ID))
	if err != nil {
		return m, err
	}
	return m, privacy.OpenJSON(f.Key(), momentPlace(m.ID), m.Body, &m.What)
}

// moments are the last ones that this reader may read, before a point in time. What only its author reads is left out in
// the query, so that the page is full even beside many such notes.
func (c *Contact) moments(ctx context.Context, f dossier.File, before time.Time, n int) ([]Moment, error) {
	w := db.F(`visible = 'client'`)
	if f.Who().Kind == access.Staff {
		mine := f.Who().Places(access.Team)
		w = w.Or(db.F(`author = ?`, f.Who().ID)).Or(db.F(`visible = 'team'`).And(db.In("team", mine)))
	}
	ms, err := db.Many[Moment](ctx, c.db, db.F(`SELECT `+momentColumns+` FROM contact_moment WHERE person = ? AND at < ? AND (`, f.ID(), before).With(w).Then(`) ORDER BY at DESC, id DESC LIMIT ?`, n))
	if err != nil {
		return nil, err
	}
	for i := range ms {
		if err := privacy.OpenJSON(f.Key(), momentPlace(ms[i].ID), ms[i].Body, &ms[i].What); err != nil {
			return nil, err
		}
	}
	return ms, nil
}

// keep stores a draft: the fields as they were typed.
func (c *Contact) keep(ctx context.Context, k privacy.Key, colleague, who string, fields url.Values) error {
	b, err := json.Marshal(fields)
	if err != nil {
		return err
	}
	return c.db.Tx(ctx, func(tx *db.Tx) error {
		_, err := db.Do(ctx, tx, db.F(`INSERT INTO contact_draft (colleague, person, body, at) VALUES (?,?,?,?) ON CONFLICT (colleague, person) DO UPDATE SET body = excluded.body, at = excluded.at`,
			colleague, who, k.Seal(draftPlace(colleague, who), b), tx.Now))
		return err
	})
}

// draft reads a draft; none gives nil fields.
func (c *Contact) draft(ctx context.Context, k privacy.Key, colleague, who string) (url.Values, time.Time, error) {
	type row struct {
		Body []byte
		At   time.Time
	}
	r, err := db.One[row](ctx, c.db, db.F(`SELECT body, at FROM contact_draft WHERE colleague = ? AND person = ?`, colleague, who))
	if fault.Is(err, fault.NotFound) {
		return nil, time.Time{}, nil
	}
	if err != nil {
		return nil, time.Time{}, err
	}
	var f url.Values
	err = privacy.OpenJSON(k, draftPlace(colleague, who), r.Body, &f)
	return f, r.At, err
}

func drop(ctx context.Context, tx *db.Tx, colleague, who string) error {
	_, err := db.Do(ctx, tx, db.F(`DELETE FROM contact_draft WHERE colleague = ? AND person = ?`, colleague, who))
	return err
}

// Begun is a draft in a list.
type Begun struct {
	Person string
	At     time.Time
}

// drafts are a colleague's begun forms about people they may still write about.
func (c *Contact) drafts(ctx context.Context, a access.Actor, now time.Time) ([]Begun, error) {
	return db.Many[Begun](ctx, c.db, db.F(`SELECT d.person, d.at FROM contact_draft d WHERE d.colleague = ? AND`, a.ID).With(access.Sees(a, now, access.Note, "d.person")).Then(`ORDER BY d.at DESC LIMIT 10`))
}

const promiseColumns = `id, person, owner, made_by, due, body, visible, made_at, done_at, done_by`

// owed are the promises of a colleague: open ones by day, and those done since a moment.
func (c *Contact) owed(ctx context.Context, owner string, doneSince time.Time, n int) ([]Promise, error) {
	ps, err := db.Many[Promise](ctx, c.db, db.F(`SELECT `+promiseColumns+` FROM contact_promise WHERE owner = ? AND done_at IS NULL ORDER BY due, id LIMIT ?`, owner, n))
	if err != nil {
		return nil, err
	}
	done, err := db.Many[Promise](ctx, c.db, db.F(`SELECT `+promiseColumns+` FROM contact_promise WHERE owner = ? AND done_at > ? ORDER BY done_at DESC LIMIT ?`, owner, doneSince, n))
	if err != nil {
		return nil, err
	}
	return c.openPromises(ctx, append(ps, done...))
}

// openPromises opens the texts; what was erased in this moment is left out.
func (c *Contact) openPromises(ctx context.Context, ps []Promise) ([]Promise, error) {
	out := ps[:0]
	for _, p := range ps {
		k := c.guestKey()
		if p.Person != "" {
			var err error
			if k, err = c.vault.Key(ctx, p.Person); fault.Is(err, fault.NotFound) {
				continue
			} else if err != nil {
				return nil, err
			}
		}
		b, err := k.Open(promisePlace(p.ID), p.Body)
		if err != nil {
			return nil, err
		}
		p.Text = string(b)
		out = append(out, p)
	}
	return out, nil
}

// promised are the promises made to a person, newest first.
func (c *Contact) promised(ctx context.Context, f dossier.File, n int) ([]Promise, error) {
	w := db.F(`visible <> 'me'`).Or(db.F(`made_by = ?`, f.Who().ID)).Or(db.F(`owner = ?`, f.Who().ID))
	if f.Who().Kind == access.IsSelf {
		w = db.F(`visible = 'client'`)
	}
	ps, err := db.Many[Promise](ctx, c.db, db.F(`SELECT `+promiseColumns+` FROM contact_promise WHERE person = ? AND`, f.ID()).With(db.F(`TRUE`).And(w)).Then(`ORDER BY CASE WHEN done_at IS NULL THEN 0 ELSE 1 END, due, id LIMIT ?`, n))
	if err != nil {
		return nil, err
	}
	return c.openPromises(ctx, ps)
}

// settle marks a promise of this owner done, or puts it back.
func (c *Contact) settle(ctx context.Context, tx *db.Tx, owner, id string, done bool) (Promise, error) {
	p, err := db.One[Promise](ctx, tx, db.F(`SELECT `+promiseColumns+` FROM contact_promise WHERE id = ? AND owner = ?`, id, owner))
	if err != nil {
		return p, err
	}
	if done {
		_, err = db.Do(ctx, tx, db.F(`UPDATE contact_promise SET done_at = ?, done_by = ? WHERE id = ? AND done_at IS NULL`, tx.Now, owner, id))
		return p, err
	}
	if !p.Undoable(tx.Now) {
		return p, fault.New(fault.Conflict, "contact.error.undo")
	}
	_, err = db.Do(ctx, tx, db.F(`UPDATE contact_promise SET done_at = NULL, done_by = '' WHERE id = ?`, id))
	return p, err
}

// visible keeps of these people the ones that the actor may see now, for showing their names in lists.
func (c *Contact) visible(ctx context.Context, a access.Actor, now time.Time, ids []string) (map[string]dossier.Card, error) {
	var keep []string
	seen := map[string]bool{}
	for _, id := range ids {
		if id != "" && !seen[id] {
			seen[id] = true
			keep = append(keep, id)
		}
	}
	if len(keep) == 0 {
		return nil, nil
	}
	may, err := db.Many[string](ctx, c.db, db.F(`SELECT DISTINCT p.person FROM (SELECT person FROM contact_promise WHERE`).With(db.In("person", keep)).
		Then(`UNION SELECT person FROM contact_appointment WHERE`).With(db.In("person", keep)).
		Then(`UNION SELECT person FROM contact_draft WHERE`).With(db.In("person", keep)).
		Then(`UNION SELECT person FROM contact_visit WHERE`).With(db.In("person", keep)).
		Then(`) p WHERE`).With(access.Sees(a, now, access.DeskLevel, "p.person")))
	if err != nil {
		return nil, err
	}
	return c.files.Cards(ctx, may)
}
