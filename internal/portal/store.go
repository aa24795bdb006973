package portal

// This file holds the capability, whose session is whose, and the SQL of PINs.

import (
	"context"
	"embed"
	"time"

	"golang.org/x/sync/semaphore"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/post"
	"reisgezel/internal/kernel/privacy"
	"reisgezel/internal/kernel/web"
	"reisgezel/internal/organisation"
)

// Schema is the migration line.
//
//go:embed schema/*.sql
var Schema embed.FS

// Texts are the words of the portal.
//
//go:embed text/*.json
var Texts embed.FS

// Portal is the capability.
type Portal struct {
	db    *db.DB
	vault *privacy.Vault
	org   *organisation.Store
	files *dossier.Files
	post  *post.Outbox
	work  *semaphore.Weighted // so many hashes at once; more would let strangers stop the machine

	texts   *lang.Catalogue
	address string
	onPhone []dossier.Excerpt
	lawyers dossier.Lawyers
	free    func(clock.Date) bool
}

// New makes it.
func New(d *db.DB, v *privacy.Vault, org *organisation.Store, files *dossier.Files, out *post.Outbox) *Portal {
	out.Told(noticeEnded)
	return &Portal{db: d, vault: v, org: org, files: files, post: out, work: semaphore.NewWeighted(2)}
}

// Load is who a refugee's session belongs to: themselves, and nothing else.
func (p *Portal) Load(_ context.Context, s web.Session, _ time.Time) (access.Actor, error) {
	if s.Kind != access.IsSelf {
		return access.Actor{}, fault.Gone()
	}
	return access.Actor{Kind: access.IsSelf, ID: s.Actor, Holders: []string{"self:" + s.Actor}}, nil
}

func pinPlace(person string) string { return "portal_pin.hash/" + person }

type pinRow struct {
	Hash    []byte
	SetAt   time.Time
	Fails   int
	Blocked time.Time
	Open    time.Time
}

// pin is what is kept of a person's PIN; nothing for who chose none, and for nobody.
func (p *Portal) pin(ctx context.Context, q db.Q, person string) (pinRow, error) {
	r, err := db.One[pinRow](ctx, q, db.F(`SELECT hash, set_at, fails, blocked, open FROM portal_pin WHERE person = ?`, person))
	if fault.Is(err, fault.NotFound) {
		err = nil
	}
	return r, err
}

// put stores a PIN over the one before.
func (p *Portal) put(ctx context.Context, tx *db.Tx, k privacy.Key, person string, hash []byte) error {
	_, err := db.Do(ctx, tx, db.F(`INSERT INTO portal_pin (person, hash, set_at, fails) VALUES (?,?,?,0)
		ON CONFLICT (person) DO UPDATE SET hash = excluded.hash, set_at = excluded.set_at, fails = 0, blocked = NULL, open = NULL`,
		person, k.Seal(pinPlace(person), hash), tx.Now))
	return err
}

// putFirst stores a PIN only where there is none, so that of two who choose at once one does.
func (p *Portal) putFirst(ctx context.Context, tx *db.Tx, k privacy.Key, person string, hash []byte) (bool, error) {
	n, err := db.Do(ctx, tx, db.F(`INSERT INTO portal_pin (person, hash, set_at, fails) VALUES (?,?,?,0)
		ON CONFLICT (person) DO UPDATE SET hash = excluded.hash, set_at = excluded.set_at, fails = 0, blocked = NULL, open = NULL WHERE portal_pin.hash IS NULL`,
		person, k.Seal(pinPlace(person), hash), tx.Now))
	return n == 1, err
}

// reopen takes a PIN away and lets the person choose another until then.
func reopen(ctx context.Context, tx *db.Tx, person string, until time.Time) error {
	_, err := db.Do(ctx, tx, db.F(`INSERT INTO portal_pin (person, fails, open) VALUES (?,0,?)
		ON CONFLICT (person) DO UPDATE SET hash = NULL, set_at = NULL, fails = 0, blocked = NULL, open = excluded.open`, person, until))
	return err
}

// take counts a try on a PIN before it is checked, and says whether it may be checked at all. Counting afterwards would
// let a thousand at once pass as the first one. Nobody, and a card that waits, may not; that try is not counted either.
func take(ctx context.Context, tx *db.Tx, person string) (bool, error) {
	n, err := db.One[int](ctx, tx, db.F(`UPDATE portal_pin SET fails = fails + 1 WHERE person = ? AND hash IS NOT NULL AND (blocked IS NULL OR blocked <= ?) RETURNING fails`, person, tx.Now))
	none := fault.Is(err, fault.NotFound)
	if err != nil && !none {
		return false, err
	}
	if none {
		person = "" // the same statement runs for nobody
	}
	_, err = db.Do(ctx, tx, db.F(`UPDATE portal_pin SET blocked = ? WHERE person = ?`, tx.Now.Add(CardWait(n)), person))
	return !none, err
}

// forgive takes the count away after a right PIN.
func forgive(ctx context.Context, tx *db.Tx, person string) error {
	_, err := db.Do(ctx, tx, db.F(`UPDATE portal_pin SET fails = 0, blocked = NULL WHERE person = ?`, person))
	return err
}
