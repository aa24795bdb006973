package portal

// This file is the work of letting somebody in: every way to no costs the same and says the same.

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"errors"
	"time"

	"golang.org/x/crypto/argon2"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/audit"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/privacy"
	"reisgezel/internal/kernel/web"
)

const (
	saltLength = 16
	// patience is how long a try waits for its turn at the hash.
	patience = 5 * time.Second
)

func salt() []byte {
	b := make([]byte, saltLength)
	if _, err := rand.Read(b); err != nil {
		panic("portal: the machine gives no random bytes: " + err.Error())
	}
	return b
}

// hash does the work; salt stands in front of what is stored.
func (p *Portal) hash(ctx context.Context, pin string, salt []byte) ([]byte, error) {
	turn, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	if err := p.work.Acquire(turn, 1); err != nil {
		return nil, fault.Wrap(fault.TooMany, "wait for a turn at the hash", err)
	}
	defer p.work.Release(1)
	return append(append([]byte(nil), salt...), argon2.IDKey([]byte(pin), salt, 2, 19*1024, 1, 32)...), nil
}

// errNo is the one answer to everything that does not let somebody in.
var errNo = errors.New("portal: not let in")

// opened is the key of a person and the hash of their PIN. Nobody has a key that was looked for and is not there, and
// opens a decoy, so that both did the same.
func (p *Portal) opened(ctx context.Context, person string, now time.Time, sealed []byte) (privacy.Key, []byte, error) {
	at := person
	if at == "" {
		at = db.ID("p", now)
	}
	k, err := p.vault.Key(ctx, at)
	if fault.Is(err, fault.NotFound) {
		k, err = privacy.Key{}, nil
	}
	if err != nil {
		return k, nil, err
	}
	if k.Zero() || len(sealed) == 0 {
		h := p.vault.House("portal-decoy")
		_, err := h.Open("portal_pin.hash", h.Seal("portal_pin.hash", make([]byte, saltLength+32)))
		return k, nil, err
	}
	stored, err := k.Open(pinPlace(person), sealed)
	return k, stored, err
}

// knocked says whether an address has to wait, and counts a try that may go on. The id is that of the try.
func (p *Portal) knocked(ctx context.Context, tx *db.Tx, address []byte) (id string, wait bool, err error) {
	type tries struct {
		N    int
		Last time.Time
	}
	since := tx.Now.Add(-time.Hour)
	t, err := db.One[tries](ctx, tx, db.F(`SELECT COUNT(*) AS n, MAX(at) AS last FROM portal_try WHERE address = ? AND at > ?`, address, since))
	if err != nil || (t.N > 0 && tx.Now.Before(t.Last.Add(AddressWait(t.N)))) {
		return "", err == nil, err
	}
	if _, err := db.Do(ctx, tx, db.F(`DELETE FROM portal_try WHERE at <= ?`, since)); err != nil {
		return "", false, err
	}
	id = db.ID("n", tx.Now)
	_, err = db.Do(ctx, tx, db.F(`INSERT INTO portal_try (id, address, at) VALUES (?,?,?)`, id, address, tx.Now))
	return id, false, err
}

// let checks a card and a PIN, or chooses the first PIN, and tells who it is.
func (p *Portal) let(v *web.Visit, code, pin string, choose bool) (person string, err error) {
	h, err := p.files.ByCard(v.Ctx(), p.db, code)
	if err != nil {
		return "", err
	}
	return h.Person, p.admit(v, h.Person, h.Issued, pin, choose)
}

// admit checks the PIN of a person, or of nobody (""), who has nothing that could be right. Issued is when their card was.
func (p *Portal) admit(v *web.Visit, person string, issued time.Time, pin string, choose bool) error {
	ctx := v.Ctx()
	who := person
	if choose {
		who = "" // choosing tries no PIN
	}
	var knock string
	var waits, may bool
	err := p.db.Tx(ctx, func(tx *db.Tx) (err error) {
		if knock, waits, err = p.knocked(ctx, tx, p.vault.Token("portal-address", v.Address())); err != nil || waits {
			return err
		}
		may, err = take(ctx, tx, who)
		return err
	})
	if err != nil {
		return err
	}
	if waits {
		return errNo // says something of the address, nothing of the card
	}
	row, err := p.pin(ctx, p.db, person)
	if err != nil {
		return err
	}
	k, stored, err := p.opened(ctx, person, v.Now, row.Hash)
	if err != nil {
		return err
	}
	with := salt()
	if len(stored) > saltLength && !choose {
		with = stored[:saltLength]
	}
	got, err := p.hash(ctx, pin, with)
	if err != nil {
		return err
	}
	ok := may && subtle.ConstantTimeCompare(got, stored) == 1
	if choose {
		ok = !k.Zero() && len(stored) == 0 && MayChoose(issued, row.Open, v.Now)
	}
	in := false
	err = p.db.Tx(ctx, func(tx *db.Tx) (err error) {
		e := audit.Entry{Event: "portal.event.signin", Subject: person, Actor: person, ActorKind: string(access.IsSelf), Role: string(access.Client), Why: string(access.Self)}
		in = ok
		if ok && choose {
			e.Event = "portal.event.first"
			in, err = p.putFirst(ctx, tx, k, person, got)
		} else if ok {
			err = forgive(ctx, tx, person)
		}
		if err != nil {
			return err
		}
		if !in {
			return audit.Append(ctx, tx, audit.Entry{Event: "portal.event.refused", Subject: person, ActorKind: string(access.Guest)})
		}
		if _, err := db.Do(ctx, tx, db.F(`DELETE FROM portal_try WHERE id = ?`, knock)); err != nil {
			return err
		}
		return audit.Append(ctx, tx, e)
	})
	if err != nil {
		return err
	}
	if !in {
		return errNo
	}
	return nil
}

// proves says whether a PIN is the person's own, for changing it, and whether it was looked at: a telephone that lies
// open on a table must not be a place to guess.
func (p *Portal) proves(ctx context.Context, k privacy.Key, person, pin string) (right, looked bool, err error) {
	if err := p.db.Tx(ctx, func(tx *db.Tx) (err error) { looked, err = take(ctx, tx, person); return err }); err != nil || !looked {
		return false, false, err
	}
	row, err := p.pin(ctx, p.db, person)
	if err != nil {
		return false, true, err
	}
	stored, err := k.Open(pinPlace(person), row.Hash)
	if err != nil || len(stored) <= saltLength {
		return false, true, err
	}
	got, err := p.hash(ctx, pin, stored[:saltLength])
	if err != nil || subtle.ConstantTimeCompare(got, stored) != 1 {
		return false, true, err
	}
	return true, true, p.db.Tx(ctx, func(tx *db.Tx) error { return forgive(ctx, tx, person) })
}
