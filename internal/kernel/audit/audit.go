// Package audit keeps who did what and who looked, in a chain that shows every later change.
//
// An entry is written in the transaction of what it tells, or committed before what it tells is shown. Its fields are
// those of NEN 7513: the event, the instant, the subject, the one who acted and on whose behalf, the role, the place, the
// reason that gave access, the object and the session. Identifiers only: no names, no free text.
package audit

import (
	"context"
	"crypto/sha256"
	"embed"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"time"

	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
)

// Schema is the migration line.
//
//go:embed schema/*.sql
var Schema embed.FS

// Entry is one line of the log.
type Entry struct {
	Seq       int64
	At        time.Time
	Event     string // the last part of a text key, such as "dossier.event.open"
	Subject   string // whose file
	Actor     string
	ActorKind string
	OnBehalf  string // responsible colleague, when somebody acts for another
	Role      string
	Place     string // team, location or desk
	Why       string // reason of the grant
	Grant     string
	Object    string // the thing inside the file, such as a note's id
	Session   string
}

type row struct {
	Entry
	Prev []byte
	Hash []byte
}

// digest binds an entry to the one before it. Every field is written with its length, so that no two different entries
// read the same.
func digest(prev []byte, e Entry) []byte {
	h := sha256.New()
	var n [8]byte
	put := func(b []byte) {
		binary.BigEndian.PutUint64(n[:], uint64(len(b)))
		h.Write(n[:])
		h.Write(b)
	}
	num := func(x int64) { binary.BigEndian.PutUint64(n[:], uint64(x)); h.Write(n[:]) }
	put(prev)
	num(e.Seq)
	num(e.At.UnixMilli())
	for _, s := range []string{e.Event, e.Subject, e.Actor, e.ActorKind, e.OnBehalf, e.Role, e.Place, e.Why, e.Grant, e.Object, e.Session} {
		put([]byte(s))
	}
	return h.Sum(nil)
}

// Append adds entries to the chain in this transaction, in their order. The head is one row that is changed first: on PostgreSQL that
// makes writers wait for each other, so the chain can never fork; on SQLite there is one writer anyway.
func Append(ctx context.Context, tx *db.Tx, es ...Entry) error {
	if len(es) == 0 {
		return nil
	}
	type head struct {
		Seq  int64
		Hash []byte
	}
	h, err := db.One[head](ctx, tx, db.F(`UPDATE audit_head SET seq = seq + ? WHERE id = 1 RETURNING seq, hash`, len(es)))
	if err != nil {
		return err
	}
	prev := h.Hash
	rows := make([][]any, len(es))
	for i, e := range es {
		e.Seq, e.At = h.Seq-int64(len(es)-1-i), tx.Now
		sum := digest(prev, e)
		rows[i] = []any{e.Seq, e.At, e.Event, e.Subject, e.Actor, e.ActorKind, e.OnBehalf, e.Role, e.Place, e.Why, e.Grant, e.Object, e.Session, prev, sum}
		prev = sum
	}
	if err := db.Insert(ctx, tx, db.F(`INSERT INTO audit_entry (seq, at, event, subject, actor, actor_kind, on_behalf, role, place, why, access_id, object, session, prev, hash) VALUES`), rows); err != nil {
		return err
	}
	_, err = db.Do(ctx, tx, db.F(`UPDATE audit_head SET hash = ? WHERE id = 1`, prev))
	return err
}

const columns = `seq, at, event, subject, actor, actor_kind, on_behalf, role, place, why, access_id AS "grant", object, session`

// Of reads the entries about one subject, newest first, before an entry number (0: from the newest).
func Of(ctx context.Context, q db.Q, subject string, before int64, n int) ([]Entry, error) {
	if before <= 0 {
		before = 1 << 62
	}
	return db.Many[Entry](ctx, q, db.F(`SELECT `+columns+` FROM audit_entry WHERE subject = ? AND seq < ? ORDER BY seq DESC LIMIT ?`, subject, before, n))
}

// Filter chooses entries for the privacy officer's page. Empty fields choose everything.
type Filter struct {
	Actor   string
	Subject string
	Why     string
	Event   string
	Grant   string
	From    time.Time
	Until   time.Time
	Before  int64
}

// Search reads entries by filter, newest first.
func Search(ctx context.Context, q db.Q, f Filter, n int) ([]Entry, error) {
	if f.Before <= 0 {
		f.Before = 1 << 62
	}
	w := db.F(`seq < ?`, f.Before)
	if f.Actor != "" {
		w = w.And(db.F(`actor = ?`, f.Actor))
	}
	if f.Subject != "" {
		w = w.And(db.F(`subject = ?`, f.Subject))
	}
	if f.Why != "" {
		w = w.And(db.F(`why = ?`, f.Why))
	}
	if f.Event != "" {
		w = w.And(db.F(`event = ?`, f.Event))
	}
	if f.Grant != "" {
		w = w.And(db.F(`access_id = ?`, f.Grant))
	}
	if !f.From.IsZero() {
		w = w.And(db.F(`at >= ?`, f.From))
	}
	if !f.Until.IsZero() {
		w = w.And(db.F(`at < ?`, f.Until))
	}
	return db.Many[Entry](ctx, q, db.F(`SELECT `+columns+` FROM audit_entry WHERE`).With(w).Then(`ORDER BY seq DESC LIMIT ?`, n))
}

// Head is the number and the hash of the last entry. Written down outside this machine, it shows a log that was cut.
func Head(ctx context.Context, q db.Q) (seq int64, hash string, err error) {
	type head struct {
		Seq  int64
		Hash []byte
	}
	h, err := db.One[head](ctx, q, db.F(`SELECT seq, hash FROM audit_head WHERE id = 1`))
	return h.Seq, hex.EncodeToString(h.Hash), err
}

// HashAt is the hash of one entry, to hold against one that was written down earlier: a log that was made anew from its
// first entry on is whole in itself, and only this shows it. No such entry is fault.NotFound.
func HashAt(ctx context.Context, q db.Q, seq int64) (string, error) {
	h, err := db.One[[]byte](ctx, q, db.F(`SELECT hash FROM audit_entry WHERE seq = ?`, seq))
	return hex.EncodeToString(h), err
}

// How an entry can be wrong.
const (
	Missing  = "missing"
	Unlinked = "unlinked"
	Changed  = "changed"
	Cut      = "cut"
	Replaced = "replaced"
)

var said = map[string]string{Missing: "is missing", Unlinked: "does not follow on the one before it", Changed: "was changed",
	Cut: "is missing at the end", Replaced: "is not the one the head tells of"}

// Broken tells where a chain is not whole. An error of Verify that is none means that the log could not be read.
type Broken struct {
	Seq int64
	How string
}

func (b *Broken) Error() string { return fmt.Sprintf("entry %d %s", b.Seq, said[b.How]) }

// Verify walks the chain from its first entry and counts. An entry that was changed, taken out, put in or moved, or a
// tail that was cut off, is a *Broken that names the place.
func Verify(ctx context.Context, q db.Q) (count int64, err error) {
	seq, want, err := Head(ctx, q)
	if err != nil {
		return 0, err
	}
	var last []byte
	broken := func(n int64, how string) error {
		return fault.Wrap(fault.Internal, "verify the log", &Broken{Seq: n, How: how})
	}
	err = db.Each(ctx, q, db.F(`SELECT `+columns+`, prev, hash FROM audit_entry WHERE seq <= ? ORDER BY seq`, seq), func(r row) error {
		switch {
		case r.Seq != count+1:
			return broken(count+1, Missing)
		case string(r.Prev) != string(last):
			return broken(r.Seq, Unlinked)
		case string(digest(r.Prev, r.Entry)) != string(r.Hash):
			return broken(r.Seq, Changed)
		}
		count, last = r.Seq, r.Hash
		return nil
	})
	if err != nil {
		return count, err
	}
	if count != seq {
		return count, broken(count+1, Cut)
	}
	if hex.EncodeToString(last) != want {
		return count, broken(count, Replaced)
	}
	return count, nil
}
