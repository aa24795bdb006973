package knelpunt

// This file holds the capability itself, the tokens of who signals, and the secret with which people are counted once.

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"time"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/audit"
	"reisgezel/internal/kernel/clock"
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

// Knelpunten is the capability.
type Knelpunten struct {
	db    *db.DB
	vault *privacy.Vault
	org   *organisation.Store
	files *dossier.Files
	mask  Masker

	besides []Beside
	free    func(clock.Date) bool // on which days nobody works; nil is none
	warned  Warned

	limit, guesses web.Limit // reports, and codes that are tried
	photos         web.Limit // of reports
	held           held
	shelf          shelf
	picture        Picture
}

// New makes it. A whole reception centre may share one address, so that the limits are wide; a code is too long to be guessed with
// so many tries.
func New(d *db.DB, v *privacy.Vault, org *organisation.Store, files *dossier.Files) *Knelpunten {
	return &Knelpunten{db: d, vault: v, org: org, files: files, mask: Mask,
		limit: web.Limit{Each: 10, All: 200, Within: time.Hour}, guesses: web.Limit{Each: 30, All: 1000, Within: time.Hour},
		photos: web.Limit{Each: 20, All: 200, Within: time.Hour}}
}

// LendHolidays hands over on which days nobody works; the app calls it once.
func (k *Knelpunten) LendHolidays(free func(clock.Date) bool) { k.free = free }

// key seals what was said: it belongs to no person.
func (k *Knelpunten) key() privacy.Key { return k.vault.House("knelpunt") }

// raiser is the blind token of a colleague: they find their own signals with it, and nobody else reads whose they are.
func (k *Knelpunten) raiser(a access.Actor) []byte { return k.vault.Token("knelpunt-raiser", a.ID) }

// receiptToken is what the signal keeps of the receipt in the file.
func (k *Knelpunten) receiptToken(receipt string) []byte {
	return k.vault.Token("knelpunt-receipt", receipt)
}

// newReceipt is what a file alone knows of its signal.
func newReceipt() string {
	b := make([]byte, 24)
	if _, err := rand.Read(b); err != nil {
		panic("knelpunt: the machine gives no random bytes: " + err.Error())
	}
	return base64.RawURLEncoding.EncodeToString(b)
}

type secret struct {
	ID   string
	Day  clock.Date
	Body []byte
}

func secretPlace(id string) string { return "knelpunt_secret.body/" + id }

// pseudonym is what a person counts under: the same for the same person as long as the secret stands, and without it made again
// by nobody.
func (k *Knelpunten) pseudonym(ctx context.Context, person string) ([]byte, error) {
	s, err := k.secret(ctx)
	if err != nil {
		return nil, err
	}
	key, err := k.vault.Key(ctx, s.ID)
	if err != nil {
		return nil, err
	}
	bare, err := key.Open(secretPlace(s.ID), s.Body)
	if err != nil {
		return nil, err
	}
	m := hmac.New(sha256.New, bare)
	m.Write([]byte(person))
	return m.Sum(nil)[:16], nil
}

// secret is the one that is used now; the first of two that were made at once.
func (k *Knelpunten) secret(ctx context.Context) (secret, error) {
	current := db.F(`SELECT id, day, body FROM knelpunt_secret WHERE gone IS NULL ORDER BY id LIMIT 1`)
	s, err := db.One[secret](ctx, k.db, current)
	if !fault.Is(err, fault.NotFound) {
		return s, err
	}
	s.ID = db.Blind("knelpunt-secret")
	key, err := k.vault.NewKey(ctx, s.ID)
	if err != nil {
		return s, err
	}
	bare := make([]byte, 32)
	if _, err := rand.Read(bare); err != nil {
		return s, err
	}
	if err := k.db.Tx(ctx, func(tx *db.Tx) error {
		_, err := db.Do(ctx, tx, db.F(`INSERT INTO knelpunt_secret (id, day, body) VALUES (?,?,?)`, s.ID, clock.Today(tx.Now), key.Seal(secretPlace(s.ID), bare)))
		return err
	}); err != nil {
		return s, err
	}
	return db.One[secret](ctx, k.db, current)
}

// forget destroys the secrets that have had their time. Who was counted with one is from then on counted anew.
func (k *Knelpunten) forget(ctx context.Context, now time.Time) error {
	over, err := db.Many[string](ctx, k.db, db.F(`SELECT id FROM knelpunt_secret WHERE gone IS NULL AND day <= ?`, clock.Today(secretKept.Before(now))))
	if err != nil || len(over) == 0 {
		return err
	}
	if err := k.vault.Shred(ctx, over...); err != nil {
		return err
	}
	return k.db.Tx(ctx, func(tx *db.Tx) error {
		_, err := db.Do(ctx, tx, db.F(`UPDATE knelpunt_secret SET gone = ? WHERE`, clock.Today(now)).With(db.In("id", over)))
		return err
	})
}

// log writes what a colleague did with a signal. It is about nobody.
func log(ctx context.Context, tx *db.Tx, a access.Actor, event, object string) error {
	return audit.Append(ctx, tx, audit.Entry{Event: event, Actor: a.ID, ActorKind: string(a.Kind), Object: object, Session: a.Session})
}
