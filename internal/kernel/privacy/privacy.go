// Package privacy seals what is known of a person, with a key that belongs to that person alone.
//
// The keys lie in a store of their own, wrapped with a key derived from the master key. Destroying a person's key makes
// every copy of what was sealed with it unreadable, the one in last month's backup too. A sealed value is bound to its
// place (table, column, row): moved elsewhere it does not open. Exact values are found through blind tokens.
package privacy

import (
	"bytes"
	"container/list"
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
)

// KeySchema is the migration line of the key store, which is a database of its own.
//
//go:embed keyschema/*.sql
var KeySchema embed.FS

// The cache of unwrapped keys is small and short: memory of a running program is the one place where keys are bare, and what they
// opened.
const (
	cacheSize = 20000
	cacheAge  = 10 * time.Minute
)

// Vault hands out keys.
type Vault struct {
	keys   *db.DB
	master []byte
	wrap   cipher.AEAD

	mu    sync.Mutex
	cache map[string]*list.Element
	order *list.List // newest first
	gone  int        // how many keys were destroyed: a key that was read before that may not enter the cache after it
	house map[string]Key
	blind map[string][]byte
}

type cached struct {
	subject string
	key     Key
	at      time.Time

	// What was opened with it last, see Opened.
	place  string
	sealed []byte
	opened any
}

// Open opens the vault on a migrated key store. The master key must be the one the store was begun with: a wrong one is
// refused here, not at the first file.
func Open(ctx context.Context, keys *db.DB, master []byte) (*Vault, error) {
	if len(master) != 32 {
		return nil, errors.New("privacy: the master key must have 32 bytes")
	}
	v := &Vault{keys: keys, master: master, cache: map[string]*list.Element{}, order: list.New(), house: map[string]Key{}, blind: map[string][]byte{}}
	var err error
	if v.wrap, err = aead(v.derive("wrap")); err != nil {
		return nil, err
	}
	proof := v.derive("proof")
	var stored []byte
	err = keys.Tx(ctx, func(tx *db.Tx) error {
		if _, err := db.Do(ctx, tx, db.F(`INSERT INTO privacy_proof (id, proof) VALUES (1, ?) ON CONFLICT DO NOTHING`, proof)); err != nil {
			return err
		}
		stored, err = db.One[[]byte](ctx, tx, db.F(`SELECT proof FROM privacy_proof WHERE id = 1`))
		return err
	})
	if err != nil {
		return nil, fault.Wrap(fault.Unavailable, "open the key store", err)
	}
	if !hmac.Equal(stored, proof) {
		return nil, errors.New("privacy: this is not the master key of this key store")
	}
	return v, nil
}

func (v *Vault) derive(purpose string) []byte {
	k, err := hkdf.Key(sha256.New, v.master, nil, "reisgezel "+purpose, 32)
	if err != nil {
		panic("privacy: a key of 32 bytes can always be derived: " + err.Error())
	}
	return k
}

func aead(key []byte) (cipher.AEAD, error) {
	b, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCMWithRandomNonce(b)
}

// Key seals and opens for one person, or for one purpose of the house. The zero Key does neither.
type Key struct{ a cipher.AEAD }

// Zero says whether this is no key at all.
func (k Key) Zero() bool { return k.a == nil }

// Seal seals plain for one place, written as "table.column/row". Nothing stays nothing.
func (k Key) Seal(place string, plain []byte) []byte {
	if len(plain) == 0 {
		return nil
	}
	if k.a == nil {
		panic("privacy: something of a person was about to be stored without a key")
	}
	return k.a.Seal(nil, nil, plain, []byte(place))
}

// Open opens what Seal sealed for the same place.
func (k Key) Open(place string, sealed []byte) ([]byte, error) {
	if len(sealed) == 0 {
		return nil, nil
	}
	if k.a == nil {
		return nil, fault.Gone()
	}
	b, err := k.a.Open(nil, nil, sealed, []byte(place))
	if err != nil {
		return nil, fault.Wrap(fault.Internal, "open "+place, err)
	}
	return b, nil
}

// SealJSON seals a value written as JSON.
func SealJSON(k Key, place string, x any) ([]byte, error) {
	b, err := json.Marshal(x)
	if err != nil {
		return nil, fmt.Errorf("privacy: write %s as JSON: %w", place, err)
	}
	return k.Seal(place, b), nil
}

// OpenJSON opens what SealJSON sealed; nothing leaves x as it is.
func OpenJSON(k Key, place string, sealed []byte, x any) error {
	b, err := k.Open(place, sealed)
	if err != nil || b == nil {
		return err
	}
	if err := json.Unmarshal(b, x); err != nil {
		return fault.Wrap(fault.Internal, "read "+place, err)
	}
	return nil
}

// OpenAll opens a sealed value of each row of a read; body says where it lies, what is sealed, and where it goes.
func OpenAll[T any](k Key, rows []T, err error, body func(row *T) (place string, sealed []byte, into any)) ([]T, error) {
	for i := range rows {
		if err == nil {
			place, sealed, into := body(&rows[i])
			err = OpenJSON(k, place, sealed, into)
		}
	}
	return rows, err
}

// NewKey makes the key of a new person. It is committed before it is told, so that nothing is ever sealed with a key that
// a power cut could take away.
func (v *Vault) NewKey(ctx context.Context, subject string) (Key, error) {
	ks, err := v.NewKeys(ctx, []string{subject})
	return ks[subject], err
}

// NewKeys makes the keys of many new people at once.
func (v *Vault) NewKeys(ctx context.Context, subjects []string) (map[string]Key, error) {
	out := make(map[string]Key, len(subjects))
	write := v.keys.Tx
	if len(subjects) > 100 {
		write = v.keys.Bulk
	}
	err := write(ctx, func(tx *db.Tx) error {
		for _, s := range subjects {
			bare := make([]byte, 32)
			if _, err := rand.Read(bare); err != nil {
				return err
			}
			k, err := aead(bare)
			if err != nil {
				return err
			}
			if _, err := db.Do(ctx, tx, db.F(`INSERT INTO privacy_key (subject, wrapped, made) VALUES (?,?,?)`, s, v.wrap.Seal(nil, nil, bare, []byte(s)), tx.Now)); err != nil {
				return err
			}
			out[s] = Key{k}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

// Key finds the key of a person. A person whose key was destroyed, or who never was, is fault.NotFound.
func (v *Vault) Key(ctx context.Context, subject string) (Key, error) {
	now := v.keys.Now()
	v.mu.Lock()
	if el, ok := v.cache[subject]; ok {
		c := el.Value.(*cached)
		if age := now.Sub(c.at); age >= 0 && age < cacheAge {
			v.order.MoveToFront(el)
			v.mu.Unlock()
			return c.key, nil
		}
		v.order.Remove(el)
		delete(v.cache, subject)
	}
	gone := v.gone
	v.mu.Unlock()
	wrapped, err := db.One[[]byte](ctx, v.keys, db.F(`SELECT wrapped FROM privacy_key WHERE subject = ?`, subject))
	if err != nil {
		if !fault.Is(err, fault.NotFound) {
			err = &fault.Fault{Kind: fault.Unavailable, Cause: fmt.Errorf("key store: %w", err)}
		}
		return Key{}, err
	}
	k, err := v.unwrap(subject, wrapped)
	if err != nil {
		return Key{}, err
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	if _, ok := v.cache[subject]; !ok && gone == v.gone {
		v.cache[subject] = v.order.PushFront(&cached{subject: subject, key: k, at: now})
		if v.order.Len() > cacheSize {
			oldest := v.order.Back()
			v.order.Remove(oldest)
			delete(v.cache, oldest.Value.(*cached).subject)
		}
	}
	return k, nil
}

// Opened opens what SealJSON sealed with the key of a person, and keeps it opened beside the key, for as long: lists open the same
// again and again. A key keeps one value. It is shared, so nobody may change what it refers to. A person whose key was
// destroyed, or who never was, is fault.NotFound.
func Opened[T any](ctx context.Context, v *Vault, subject, place string, sealed []byte) (T, error) {
	var x T
	k, err := v.Key(ctx, subject)
	if err != nil {
		return x, err
	}
	if had, ok := v.opened(subject, place, sealed).(T); ok {
		return had, nil
	}
	if err := OpenJSON(k, place, sealed, &x); err != nil {
		return x, err
	}
	v.keep(subject, place, sealed, x)
	return x, nil
}

func (v *Vault) opened(subject, place string, sealed []byte) any {
	v.mu.Lock()
	defer v.mu.Unlock()
	if el, ok := v.cache[subject]; ok {
		if c := el.Value.(*cached); c.place == place && bytes.Equal(c.sealed, sealed) {
			return c.opened
		}
	}
	return nil
}

// keep keeps what was opened, unless the key was destroyed meanwhile.
func (v *Vault) keep(subject, place string, sealed []byte, x any) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if el, ok := v.cache[subject]; ok {
		c := el.Value.(*cached)
		c.place, c.sealed, c.opened = place, bytes.Clone(sealed), x
	}
}

// Keys finds the keys of many people at once, for reading all of them: they are not kept in memory. Who has no key is left
// out.
func (v *Vault) Keys(ctx context.Context, subjects []string) (map[string]Key, error) {
	out := make(map[string]Key, len(subjects))
	type row struct {
		Subject string
		Wrapped []byte
	}
	for some := range slices.Chunk(subjects, 500) {
		rows, err := db.Many[row](ctx, v.keys, db.F(`SELECT subject, wrapped FROM privacy_key WHERE`).With(db.In("subject", some)))
		if err != nil {
			return nil, &fault.Fault{Kind: fault.Unavailable, Cause: fmt.Errorf("key store: %w", err)}
		}
		for _, r := range rows {
			k, err := v.unwrap(r.Subject, r.Wrapped)
			if err != nil {
				return nil, err
			}
			out[r.Subject] = k
		}
	}
	return out, nil
}

func (v *Vault) unwrap(subject string, wrapped []byte) (Key, error) {
	bare, err := v.wrap.Open(nil, nil, wrapped, []byte(subject))
	if err != nil {
		return Key{}, fault.Wrap(fault.Internal, "unwrap a key", err)
	}
	a, err := aead(bare)
	if err != nil {
		return Key{}, fault.Wrap(fault.Internal, "unwrap a key", err)
	}
	return Key{a}, nil
}

// Shred destroys the keys of people. What was sealed with them can never be opened again, here or in any backup of the
// data, once the backups of the key store are past their term.
func (v *Vault) Shred(ctx context.Context, subjects ...string) error {
	if len(subjects) == 0 {
		return nil
	}
	err := v.keys.Tx(ctx, func(tx *db.Tx) error {
		for some := range slices.Chunk(subjects, 500) { // a statement takes a bounded number of values
			if _, err := db.Do(ctx, tx, db.F(`DELETE FROM privacy_key WHERE`).With(db.In("subject", some))); err != nil {
				return err
			}
		}
		return nil
	})
	v.mu.Lock()
	v.gone++
	for _, s := range subjects {
		if el, ok := v.cache[s]; ok {
			v.order.Remove(el)
			delete(v.cache, s)
		}
	}
	v.mu.Unlock()
	if err != nil {
		return err
	}
	return v.keys.Scrub(ctx)
}

// House is a key for what belongs to no person: secrets of accounts, files waiting for an import.
func (v *Vault) House(purpose string) Key {
	v.mu.Lock()
	defer v.mu.Unlock()
	k, ok := v.house[purpose]
	if !ok {
		a, err := aead(v.derive("house " + purpose))
		if err != nil {
			panic("privacy: a derived key has the right length: " + err.Error())
		}
		k = Key{a}
		v.house[purpose] = k
	}
	return k
}

// Token is the blind token of a value: the same value gives the same token, and without the master key a token says
// nothing about its value. Kinds keep equal values of different fields apart.
func (v *Vault) Token(kind, value string) []byte {
	v.mu.Lock()
	key, ok := v.blind[kind]
	if !ok {
		key = v.derive("token " + kind)
		v.blind[kind] = key
	}
	v.mu.Unlock()
	m := hmac.New(sha256.New, key)
	m.Write([]byte(value))
	return m.Sum(nil)[:16]
}

// Keeper is what a capability answers when a person asks for everything, or to be forgotten.
type Keeper struct {
	Name   string
	Keeps  []Class // every table with something of a person in it, and how long
	Export func(ctx context.Context, q db.Q, v *Vault, subject string) (any, error)
	Erase  func(ctx context.Context, tx *db.Tx, subject string) error

	// Apart takes out of what Export gave what is kept apart even from who may see everything else, such as a hidden address; nil
	// when there is no such thing.
	Apart func(exported any) any
}
