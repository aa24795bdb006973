package portal

// This file holds the SQL of PINs and of what refugees say back, and the work of checking a PIN.

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"embed"
	"errors"
	"time"

	"golang.org/x/crypto/argon2"
	"golang.org/x/sync/semaphore"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/audit"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/privacy"
	"reisgezel/internal/kernel/web"
	"reisgezel/internal/organisation"
)

// Schema is the migration line.
//
//go:embed schema/*.sql
var Schema embed.FS

// Portal is the capability.
type Portal struct {
	db    *db.DB
	vault *privacy.Vault
	org   *organisation.Store
	files *dossier.Files
	work  *semaphore.Weighted // so many hashes at once; more would let strangers stop the machine
}

// New makes it.
func New(d *db.DB, v *privacy.Vault, org *organisation.Store, files *dossier.Files) *Portal {
	return &Portal{db: d, vault: v, org: org, files: files, work: semaphore.NewWeighted(2)}
}

// Load is who a refugee's session belongs to: themselves, and nothing else.
func (p *Portal) Load(_ context.Context, s web.Session, _ time.Time) (access.Actor, error) {
	if s.Kind != access.IsSelf {
		return access.Actor{}, fault.Gone()
	}
	return access.Actor{Kind: access.IsSelf, ID: s.Actor, Holders: []string{"self:" + s.Actor}}, nil
}

func pinPlace(person string) string { return "portal_pin.hash/" + person }
func wordPlace(id string) string    { return "portal_word.body/" + id }

type pinRow struct {
	Hash    []byte
	SetAt   time.Time
	Fails   int
	Blocked time.Time
}

func (p *Portal) pin(ctx context.Context, q db.Q, person string) (pinRow, error) {
	r, err := db.One[pinRow](ctx, q, db.F(`SELECT hash, set_at, fails, blocked FROM portal_pin WHERE person = ?`, person))
	if fault.Is(err, fault.NotFound) {
		err = nil
	}
	return r, err
}

// hash does the work; salt is the first 16 bytes of what is stored.
func (p *Portal) hash(ctx context.Context, pin string, salt []byte) ([]byte, error) {
	if err := p.work.Acquire(ctx, 1); err != nil {
		return nil, fault.Wrap(fault.Unavailable, "wait for a turn", err)
	}
	defer p.work.Release(1)
	return append(append([]byte(nil), salt...), argon2.IDKey([]byte(pin), salt, 2, 19*1024, 1, 32)...), nil
}

func salt() []byte {
	b := make([]byte, 16)
	if _, err := rand.Read(b); err != nil {
		panic("portal: the machine gives no random bytes: " + err.Error())
	}
	return b
}

// errNo is the one answer to everything that does not let somebody in.
var errNo = errors.New("portal: not let in")

// let checks a card and a PIN, or chooses the first PIN. Every way to no costs the same work and says the same.
func (p *Portal) let(v *web.Visit, code, pin string, choose bool) (person string, err error) {
	ctx := v.Ctx()
	address := p.vault.Token("portal-address", v.Address())
	tries, err := db.One[int](ctx, p.db, db.F(`SELECT COUNT(*) FROM portal_try WHERE address = ? AND at > ?`, address, v.Now.Add(-time.Hour)))
	if err != nil {
		return "", err
	}
	h, err := p.files.ByCard(ctx, p.db, code)
	if err != nil {
		return "", err
	}
	row, err := p.pin(ctx, p.db, h.Person) // for nobody there is none
	if err != nil {
		return "", err
	}
	var stored []byte
	var k privacy.Key
	if h.Person != "" {
		if k, err = p.vault.Key(ctx, h.Person); err != nil {
			return "", err
		}
		if stored, err = k.Open(pinPlace(h.Person), row.Hash); err != nil {
			return "", err
		}
	}
	with := salt()
	if len(stored) > 16 && !choose {
		with = stored[:16]
	}
	got, err := p.hash(ctx, pin, with)
	if err != nil {
		return "", err
	}
	_, whole := ReadPIN(pin)
	ok := h.Person != "" && whole && tries < addressMost && !v.Now.Before(row.Blocked)
	if choose {
		ok = ok && len(stored) == 0 && v.Now.Before(h.Issued.Add(FirstUse))
	} else {
		ok = ok && len(stored) > 16 && subtle.ConstantTimeCompare(got, stored) == 1
	}
	err = p.db.Tx(ctx, func(tx *db.Tx) error {
		switch {
		case ok && choose:
			return p.put(ctx, tx, k, h.Person, got)
		case ok:
			_, err := db.Do(ctx, tx, db.F(`UPDATE portal_pin SET fails = 0, blocked = NULL WHERE person = ?`, h.Person))
			return err
		}
		if _, err := db.Do(ctx, tx, db.F(`INSERT INTO portal_try (id, address, at) VALUES (?,?,?)`, db.ID("n", tx.Now), address, tx.Now)); err != nil {
			return err
		}
		who := h.Person
		if who == "" || (choose && len(stored) == 0) {
			who = "" // nothing to block; the same statement runs for nobody
		}
		if _, err := db.Do(ctx, tx, db.F(`UPDATE portal_pin SET fails = fails + 1, blocked = ? WHERE person = ?`, tx.Now.Add(wait(row.Fails+1)), who)); err != nil {
			return err
		}
		return audit.Append(ctx, tx, audit.Entry{Event: "portal.event.refused", Subject: h.Person, ActorKind: string(access.Guest)})
	})
	if err != nil {
		return "", err
	}
	if !ok {
		return "", errNo
	}
	return h.Person, nil
}

func (p *Portal) put(ctx context.Context, tx *db.Tx, k privacy.Key, person string, hash []byte) error {
	_, err := db.Do(ctx, tx, db.F(`INSERT INTO portal_pin (person, hash, set_at, fails) VALUES (?,?,?,0) ON CONFLICT (person) DO UPDATE SET hash = excluded.hash, set_at = excluded.set_at, fails = 0, blocked = NULL`,
		person, k.Seal(pinPlace(person), hash), tx.Now))
	return err
}

// matches says whether a PIN is the person's own, for changing it.
func (p *Portal) matches(ctx context.Context, f dossier.File, pin string) (bool, error) {
	row, err := p.pin(ctx, p.db, f.ID())
	if err != nil {
		return false, err
	}
	stored, err := f.Key().Open(pinPlace(f.ID()), row.Hash)
	if err != nil || len(stored) <= 16 {
		return false, err
	}
	got, err := p.hash(ctx, pin, stored[:16])
	return err == nil && subtle.ConstantTimeCompare(got, stored) == 1, err
}

// Word is a question about a look, or a fact that is said to be wrong.
type Word struct {
	ID, Person, Kind, About string
	Body                    []byte
	Text                    string `db:"-"`
	At                      time.Time
	DoneAt                  time.Time
}

func (p *Portal) say(ctx context.Context, tx *db.Tx, f dossier.File, kind, about, text string) error {
	id := db.ID("w", tx.Now)
	if _, err := db.Do(ctx, tx, db.F(`INSERT INTO portal_word (id, person, kind, about, body, at, done_by) VALUES (?,?,?,?,?,?,'')`,
		id, f.ID(), kind, about, f.Key().Seal(wordPlace(id), []byte(text)), tx.Now)); err != nil {
		return err
	}
	return f.Log(ctx, tx, "portal.event."+kind, id)
}

// said are the open words of a kind that this actor may deal with. A privacy officer sees that a question was asked and about
// which look; the file stays closed.
func (p *Portal) said(ctx context.Context, a access.Actor, now time.Time, kind string) ([]Word, error) {
	f := db.F(`SELECT w.id, w.person, w.kind, w.about, w.body, w.at, w.done_at FROM portal_word w WHERE w.kind = ? AND w.done_at IS NULL`, kind)
	if kind == "fact" {
		f = f.Then(`AND`).With(access.Sees(a, now, access.File, "w.person"))
	}
	ws, err := db.Many[Word](ctx, p.db, f.Then(`ORDER BY w.at LIMIT 50`))
	if err != nil {
		return nil, err
	}
	for i := range ws {
		k, err := p.vault.Key(ctx, ws[i].Person)
		if err != nil {
			return nil, err
		}
		b, err := k.Open(wordPlace(ws[i].ID), ws[i].Body)
		if err != nil {
			return nil, err
		}
		ws[i].Text = string(b)
	}
	return ws, nil
}
