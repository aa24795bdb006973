package ingest

// This file holds the SQL of batches: one uploaded file, its state, and what is remembered of its columns.

import (
	"context"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"sync"
	"time"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/audit"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/privacy"
	"reisgezel/internal/organisation"
)

// Schema is the migration line.
//
//go:embed schema/*.sql
var Schema embed.FS

// Texts are the words of this capability.
//
//go:embed text/*.json
var Texts embed.FS

// Ingest is the capability.
type Ingest struct {
	db    *db.DB
	vault *privacy.Vault
	org   *organisation.Store
	files *dossier.Files
	key   privacy.Key
	apart Apart

	working sync.Mutex // one batch at a time on this node
}

// Apart keeps addresses apart from the files; another room lends it.
type Apart struct {
	Subject func(person string) string // the name of the key of their address
	Receive func(ctx context.Context, tx *db.Tx, k privacy.Key, person, lines, by, batch string) error
	TakeOut func(ctx context.Context, tx *db.Tx, person string) error
}

// New makes the capability.
func New(d *db.DB, v *privacy.Vault, org *organisation.Store, files *dossier.Files, apart Apart) *Ingest {
	return &Ingest{db: d, vault: v, org: org, files: files, key: v.House("ingest"), apart: apart}
}

func namePlace(id string) string  { return "ingest_batch.name/" + id }
func matchPlace(id string) string { return "ingest_batch.matched/" + id }
func filePlace(id string) string  { return "ingest_file.data/" + id }

const memoryPlace = "ingest_memory.matched"

const batchColumns = `SELECT id, kind, state, total, done, written, stays, team, location, helper, at, by, acts, ended, note, version FROM ingest_batch`

func (i *Ingest) batch(ctx context.Context, q db.Q, id string) (Batch, error) {
	return db.One[Batch](ctx, q, db.F(batchColumns+` WHERE id = ?`, id))
}

// batches are the newest ones.
func (i *Ingest) batches(ctx context.Context, n int) ([]Batch, error) {
	return db.Many[Batch](ctx, i.db, db.F(batchColumns+` ORDER BY at DESC, id DESC LIMIT ?`, n))
}

// names tells how the files of batches were called.
func (i *Ingest) names(ctx context.Context, ids []string) (map[string]string, error) {
	type row struct {
		ID   string
		Name []byte
	}
	out := map[string]string{}
	if len(ids) == 0 {
		return out, nil
	}
	rows, err := db.Many[row](ctx, i.db, db.F(`SELECT id, name FROM ingest_batch WHERE name IS NOT NULL AND`).With(db.In("id", ids)))
	if err != nil {
		return nil, err
	}
	for _, r := range rows {
		b, err := i.key.Open(namePlace(r.ID), r.Name)
		if err != nil {
			return nil, err
		}
		out[r.ID] = string(b)
	}
	return out, nil
}

// log writes an entry about a batch. It names no person: rows are nobody's file yet.
func (i *Ingest) log(ctx context.Context, tx *db.Tx, who access.Actor, event, batch string) error {
	return audit.Append(ctx, tx, audit.Entry{Event: event, Actor: who.ID, ActorKind: string(who.Kind), Role: string(access.Admin), Object: batch, Session: who.Session})
}

// hash is the blind mark of a file.
func (i *Ingest) hash(kind Kind, b []byte) []byte {
	sum := sha256.Sum256(b)
	return i.vault.Token("ingest.file", string(kind)+"|"+hex.EncodeToString(sum[:]))
}

// twin is the batch that the same file made before and that still counts; none is an empty id.
func (i *Ingest) twin(ctx context.Context, q db.Q, hash []byte) (string, error) {
	id, err := db.One[string](ctx, q, db.F(`SELECT id FROM ingest_batch WHERE hash = ? AND state <> ? AND state <> ? AND state <> ? ORDER BY at DESC LIMIT 1`,
		hash, string(Dropped), string(Undone), string(Undoing)))
	if fault.Is(err, fault.NotFound) {
		return "", nil
	}
	return id, err
}

// add keeps an uploaded file, sealed.
func (i *Ingest) add(ctx context.Context, tx *db.Tx, who access.Actor, id string, kind Kind, name string, b []byte, m Match, total int) error {
	matched, err := privacy.SealJSON(i.key, matchPlace(id), m)
	if err != nil {
		return err
	}
	if _, err := db.Do(ctx, tx, db.F(`INSERT INTO ingest_batch (id, kind, state, hash, name, matched, total, done, written, stays, team, location, helper, at, by, acts, note, version)
		VALUES (?,?,?,?,?,?,?,0,0,0,'','','',?,?,?,'',1)`, id, string(kind), string(Matching), i.hash(kind, b), i.key.Seal(namePlace(id), []byte(name)), matched, total, tx.Now, who.ID, who.ID)); err != nil {
		return err
	}
	if _, err := db.Do(ctx, tx, db.F(`INSERT INTO ingest_file (batch, data) VALUES (?,?)`, id, i.key.Seal(filePlace(id), b))); err != nil {
		return err
	}
	return i.log(ctx, tx, who, "ingest.event.uploaded", id)
}

// file opens the uploaded bytes.
func (i *Ingest) file(ctx context.Context, q db.Q, id string) ([]byte, error) {
	sealed, err := db.One[[]byte](ctx, q, db.F(`SELECT data FROM ingest_file WHERE batch = ?`, id))
	if err != nil {
		return nil, err
	}
	return i.key.Open(filePlace(id), sealed)
}

// match opens how the columns are matched.
func (i *Ingest) match(ctx context.Context, q db.Q, id string) (m Match, err error) {
	sealed, err := db.One[[]byte](ctx, q, db.F(`SELECT matched FROM ingest_batch WHERE id = ?`, id))
	if err != nil {
		return m, err
	}
	return m, privacy.OpenJSON(i.key, matchPlace(id), sealed, &m)
}

func (i *Ingest) putMatch(ctx context.Context, tx *db.Tx, id string, m Match) error {
	matched, err := privacy.SealJSON(i.key, matchPlace(id), m)
	if err != nil {
		return err
	}
	_, err = db.Do(ctx, tx, db.F(`UPDATE ingest_batch SET matched = ? WHERE id = ?`, matched, id))
	return err
}

// move brings a batch from one state to the next; somebody else who was first is a conflict.
func move(ctx context.Context, tx *db.Tx, b Batch, to State) error {
	if !to.Follows(b.State) {
		return fault.New(fault.Conflict, "ingest.conflict")
	}
	var ended any
	if to.Ended() {
		ended = tx.Now
	}
	n, err := db.Do(ctx, tx, db.F(`UPDATE ingest_batch SET state = ?, done = 0, note = '', ended = ?, version = version + 1 WHERE id = ? AND state = ? AND version = ?`,
		string(to), ended, b.ID, string(b.State), b.Version))
	if err == nil && n != 1 {
		err = fault.New(fault.Conflict, "ingest.conflict")
	}
	return err
}

// remember keeps a match for the next file with the same heading.
func (i *Ingest) remember(ctx context.Context, tx *db.Tx, m Match) error {
	if m.Sign == "" {
		return nil // it had none
	}
	matched, err := privacy.SealJSON(i.key, memoryPlace, m.Remembered())
	if err != nil {
		return err
	}
	_, err = db.Do(ctx, tx, db.F(`INSERT INTO ingest_memory (sign, matched, at) VALUES (?,?,?) ON CONFLICT (sign) DO UPDATE SET matched = excluded.matched, at = excluded.at`,
		i.vault.Token("ingest.head", m.Sign), matched, tx.Now))
	return err
}

// recall is the match of the last file with this heading.
func (i *Ingest) recall(ctx context.Context, sign string) (m Match, found bool, err error) {
	sealed, err := db.One[[]byte](ctx, i.db, db.F(`SELECT matched FROM ingest_memory WHERE sign = ?`, i.vault.Token("ingest.head", sign)))
	if fault.Is(err, fault.NotFound) {
		return m, false, nil
	}
	if err != nil {
		return m, false, err
	}
	return m, true, privacy.OpenJSON(i.key, memoryPlace, sealed, &m)
}

// clear deletes everything personal of a batch.
func clear(ctx context.Context, tx *db.Tx, id string) error {
	_, err := db.DoAll(ctx, tx, db.F(`DELETE FROM ingest_row WHERE batch = ?`, id), db.F(`DELETE FROM ingest_file WHERE batch = ?`, id),
		db.F(`UPDATE ingest_batch SET matched = NULL WHERE id = ?`, id))
	return err
}

// drop throws a batch away before it was written.
func (i *Ingest) drop(ctx context.Context, tx *db.Tx, who access.Actor, b Batch) error {
	if err := move(ctx, tx, b, Dropped); err != nil {
		return err
	}
	if err := clear(ctx, tx, b.ID); err != nil {
		return err
	}
	return i.log(ctx, tx, who, "ingest.event.dropped", b.ID)
}

// stale are batches that wait for somebody who does not come.
func (i *Ingest) stale(ctx context.Context, now time.Time) ([]Batch, error) {
	return db.Many[Batch](ctx, i.db, db.F(batchColumns+` WHERE at < ? AND (state = ? OR state = ?)`, rowsKept.Before(now), string(Matching), string(Ready)))
}
