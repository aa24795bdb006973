package contact

// This file holds the capability itself and the SQL of contact moments.

import (
	"context"
	"embed"
	"slices"
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
	news  dossier.News
}

// New makes it.
func New(d *db.DB, v *privacy.Vault, org *organisation.Store, files *dossier.Files) *Contact {
	return &Contact{db: d, vault: v, org: org, files: files}
}

// LendNews hands over how a person hears that something is new. The app calls it once.
func (c *Contact) LendNews(n dossier.News) { c.news = n }

// tell says that an appointment is new or changed, when somebody else than the person did it.
func (c *Contact) tell(ctx context.Context, tx *db.Tx, f dossier.File) error {
	if f.Who().Kind == access.IsSelf {
		return nil
	}
	return c.news.Tell(ctx, tx, f.ID())
}

func momentPlace(id string) string { return "contact_moment.body/" + id }
func versionPlace(id string, n int64) string {
	return "contact_moment_version.body/" + id + "/" + strconv.FormatInt(n, 10)
}
func promisePlace(id string) string { return "contact_promise.body/" + id }
func meetingPlace(id string) string { return "contact_appointment.body/" + id }
func visitPlace(id string) string   { return "contact_visit.body/" + id }
func draftPlace(colleague, about string) string {
	return "contact_draft.body/" + colleague + "/" + about
}

// house seals what belongs to no person: visitors without a file.
func (c *Contact) house() privacy.Key { return c.vault.House("contact") }

// key is the key of a person, or the house's for nobody. A person who was erased in this moment is fault.NotFound.
func (c *Contact) key(ctx context.Context, person string) (privacy.Key, error) {
	if person == "" {
		return c.house(), nil
	}
	return c.vault.Key(ctx, person)
}

// flag is a condition as a column of a list, such as whether the actor may see the person's file now: only then a list shows
// their name.
func flag(f db.Frag) db.Frag {
	return db.F(`CASE WHEN`).With(f).Then(`THEN TRUE ELSE FALSE END`)
}

// teams are the teams whose notes an actor reads: of their posts in a team, and of the teams to which their locations and
// desks belong.
func (c *Contact) teams(ctx context.Context, a access.Actor) ([]string, error) {
	var out []string
	for _, p := range a.Posts {
		team := p.Scope.ID
		switch p.Scope.Kind {
		case access.Team:
		case access.Location, access.AtDesk:
			w, err := c.org.Where(ctx, p.Scope)
			if err != nil {
				return nil, err
			}
			team = w.Team
		default:
			continue
		}
		if !slices.Contains(out, team) {
			out = append(out, team)
		}
	}
	return out, nil
}

// readable is the condition under which whoever opened a file reads a note or promise: the same rule as Reader.Reads,
// asked in the query so that a page is full even beside many notes that are not theirs. A test holds the two together.
func (c *Contact) readable(ctx context.Context, f dossier.File) (db.Frag, error) {
	w := db.F(`visible = 'client'`)
	if f.Who().Kind != access.Staff {
		return w, nil
	}
	teams, err := c.teams(ctx, f.Who())
	return w.Or(db.F(`author = ?`, f.Who().ID)).Or(db.F(`visible = 'team'`).And(db.In("team", teams))), err
}

// Talk is what is told of a contact.
type Talk struct {
	ID        string
	At        time.Time
	Author    string
	Desk      string
	Visible   string
	Body      []byte
	Corrected time.Time
	What      Body `db:"-"`
}

// Moment is a stored contact.
type Moment struct {
	Talk
	Person  string
	Team    string
	Version int64
	Form    string
}

const (
	talkColumns   = `id, at, author, desk, visible, body, corrected`
	momentColumns = talkColumns + `, person, team, version, form`
)

// save writes a moment, its count and its promise in one transaction.
func (c *Contact) save(ctx context.Context, tx *db.Tx, k privacy.Key, m Moment, p Promised) (string, error) {
	m.ID = db.ID("m", tx.Now)
	body, err := privacy.SealJSON(k, momentPlace(m.ID), m.What)
	if err != nil {
		return "", err
	}
	if _, err := db.Do(ctx, tx, db.F(`INSERT INTO contact_moment (id, person, at, author, team, desk, visible, body, version, form) VALUES (?,?,?,?,?,?,?,?,1,?)`,
		m.ID, m.Person, tx.Now, m.Author, m.Team, m.Desk, m.Visible, body, m.Form)); err != nil {
		return "", err
	}
	if m.Desk != "" {
		if _, err := db.Do(ctx, tx, db.F(`INSERT INTO contact_count (desk, day, topic, n) VALUES (?,?,?,1) ON CONFLICT (desk, day, topic) DO UPDATE SET n = contact_count.n + 1`,
			m.Desk, clock.Today(tx.Now), m.What.Topic)); err != nil {
			return "", err
		}
	}
	if m.Person != "" {
		if err := c.keepAppointment(ctx, tx, m); err != nil {
			return "", err
		}
	}
	if p.Due.IsZero() {
		return m.ID, nil
	}
	owner := p.Owner
	if owner == "" {
		owner = m.Author
	}
	return m.ID, c.promise(ctx, tx, k, Promise{Person: m.Person, About: m.ID, Owner: owner, MadeBy: m.Author, Team: m.Team, Due: p.Due, Text: p.Text, Visible: m.Visible})
}

// correct writes a new version of one's own moment; the old one stays. Somebody who corrects what is no longer on the
// screen meets a conflict.
func (c *Contact) correct(ctx context.Context, tx *db.Tx, k privacy.Key, m Moment, what Body, visible string) error {
	old, err := k.Open(momentPlace(m.ID), m.Body)
	if err != nil {
		return err
	}
	body, err := privacy.SealJSON(k, momentPlace(m.ID), what)
	if err != nil {
		return err
	}
	n, err := db.Do(ctx, tx, db.F(`UPDATE contact_moment SET body = ?, visible = ?, version = version + 1, corrected = ? WHERE id = ? AND version = ?`, body, visible, tx.Now, m.ID, m.Version))
	if err == nil && n == 0 {
		err = fault.New(fault.Conflict, "contact.error.version")
	}
	if err != nil {
		return err
	}
	_, err = db.Do(ctx, tx, db.F(`INSERT INTO contact_moment_version (moment, version, person, body, visible, at) VALUES (?,?,?,?,?,?)`,
		m.ID, m.Version, m.Person, k.Seal(versionPlace(m.ID, m.Version), old), m.Visible, tx.Now))
	return err
}

// own is one moment that this colleague wrote about this person.
func (c *Contact) own(ctx context.Context, f dossier.File, id string) (Moment, error) {
	m, err := db.One[Moment](ctx, c.db, db.F(`SELECT `+momentColumns+` FROM contact_moment WHERE id = ? AND person = ? AND author = ?`, id, f.ID(), f.Who().ID))
	if err != nil {
		return m, err
	}
	return m, privacy.OpenJSON(f.Key(), momentPlace(m.ID), m.Body, &m.What)
}

// talks are the last ones that this reader may read, before a point in time.
func (c *Contact) talks(ctx context.Context, f dossier.File, before time.Time, n int) ([]Talk, error) {
	return c.talksOf(ctx, f, "", before, n)
}

// talksOf are those of one author, or of anybody.
func (c *Contact) talksOf(ctx context.Context, f dossier.File, author string, before time.Time, n int) ([]Talk, error) {
	w, err := c.readable(ctx, f)
	if err != nil {
		return nil, err
	}
	if author != "" {
		w = db.F(`(`).With(w).Then(`) AND author = ?`, author)
	}
	ts, err := db.Many[Talk](ctx, c.db, db.F(`SELECT `+talkColumns+` FROM contact_moment WHERE person = ? AND at < ? AND (`, f.ID(), before).With(w).Then(`) ORDER BY at DESC, id DESC LIMIT ?`, n))
	if err != nil {
		return nil, err
	}
	for i := range ts {
		if err := privacy.OpenJSON(f.Key(), momentPlace(ts[i].ID), ts[i].Body, &ts[i].What); err != nil {
			return nil, err
		}
	}
	return ts, nil
}

// written says whether this colleague saved a moment about this person with this form in the last hour.
func written(ctx context.Context, tx *db.Tx, person, author, form string) (bool, error) {
	n, err := db.One[int](ctx, tx, db.F(`SELECT COUNT(*) FROM contact_moment WHERE person = ? AND at > ? AND author = ? AND form = ?`, person, tx.Now.Add(-time.Hour), author, form))
	return n > 0, err
}
