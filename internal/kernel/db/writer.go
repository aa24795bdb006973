package db

// This file is the one writer of SQLite: it commits the work of many callers at once.

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"slices"
	"sync"
	"time"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/fault"
)

// batch is how many callers one commit may carry. More would let the first of them wait too long.
const batch = 64

type job struct {
	ctx   context.Context
	fn    func(*Tx) error
	alone bool     // in a transaction of its own, for filling
	aside bool     // others may see it a little later
	raw   []string // no transaction: upkeep of the file
	done  chan error
}

type writer struct {
	conn   *conn
	clock  clock.Clock
	jobs   chan job
	stop   chan struct{}
	ended  chan struct{}
	broken chan struct{}
	marks  *marks
	wrote  map[string]bool // the tables that this batch changes
	turn   []job           // whose turn it is, in order

	mu   sync.Mutex
	laid []job         // work that was laid down, for the next commit
	wake chan struct{} // somebody waits for it

	version any // of the file, which changes when another program writes it
}

func startWriter(conn *conn, c clock.Clock, m *marks) *writer {
	w := &writer{conn: conn, clock: c, jobs: make(chan job, 256), stop: make(chan struct{}), ended: make(chan struct{}),
		broken: make(chan struct{}), marks: m, wrote: map[string]bool{}, wake: make(chan struct{}, 1)}
	go w.loop()
	return w
}

var errStopped = errors.New("the database is closed")

// do has one caller's work done and waits for it.
func (w *writer) do(j job) error {
	return w.begin(j)()
}

// lay lays work down for the next commit, and gives the wait for it, which sees to it that there is one. Nobody is woken before: on a
// busy server the work of several callers goes along with one commit, and many find theirs done when they come to wait for it.
func (w *writer) lay(j job) func() error {
	j.done = make(chan error, 1)
	w.mu.Lock()
	w.laid = append(w.laid, j)
	w.mu.Unlock()
	return func() error {
		select {
		case err := <-j.done:
			return err
		default:
		}
		select {
		case w.wake <- struct{}{}:
		default: // somebody woke it already
		}
		return w.end(j)
	}
}

// begin hands the work over, and gives the wait for it. It waits itself only when very much waits already.
func (w *writer) begin(j job) func() error {
	j.done = make(chan error, 1)
	var err error
	select {
	case w.jobs <- j:
		return func() error { return w.end(j) }
	case <-w.stop:
		err = errStopped
	case <-w.broken:
		err = errors.New("the disk refused to keep a write")
	case <-j.ctx.Done():
		err = j.ctx.Err()
	}
	return func() error { return fault.Wrap(fault.Unavailable, "write", err) }
}

// end waits until the work is kept.
func (w *writer) end(j job) error {
	select {
	case err := <-j.done: // once begun it completes: a caller that left must not leave half a batch
		return err
	case <-w.ended:
		select {
		case err := <-j.done:
			return err
		default:
			return fault.Wrap(fault.Unavailable, "write", errStopped)
		}
	}
}

func (w *writer) loop() {
	defer close(w.ended)
	abroad := time.NewTicker(time.Second)
	defer abroad.Stop()
	for {
		select {
		case <-w.stop:
			return
		case <-abroad.C:
			w.abroad()
		case <-w.wake:
			w.take()
		case j := <-w.jobs:
			w.take(j)
		}
		for len(w.turn) > 0 {
			if w.round() {
				return
			}
		}
	}
}

// take says whose turn it is: all whose work was laid down, and those who came after them.
func (w *writer) take(after ...job) {
	w.mu.Lock()
	w.turn = append(append(w.turn, w.laid...), after...)
	clear(w.laid)
	w.laid = w.laid[:0]
	w.mu.Unlock()
}

// next is the first whose turn it is, if anybody's is.
func (w *writer) next() (job, bool) {
	if len(w.turn) == 0 {
		select {
		case j := <-w.jobs:
			w.take(j)
		default:
			w.take()
		}
	}
	if len(w.turn) == 0 {
		return job{}, false
	}
	j := w.turn[0]
	w.turn = slices.Delete(w.turn, 0, 1)
	return j, true
}

// abroad looks whether another program wrote into the file. What it changed is not known, so nothing of before counts.
func (w *writer) abroad() {
	var version any // none when it cannot be asked
	if got, err := w.conn.query("PRAGMA data_version", nil); err == nil {
		if more, err := got.next(); more && err == nil {
			version = got.value(0)
		}
		_ = got.Close()
	}
	if version == nil || version != w.version {
		w.marks.all()
		w.version = version
	}
}

// round runs one batch, with whoever's turn it is in front; it reports whether the writer must stop for good.
func (w *writer) round() (dead bool) {
	j, _ := w.next()
	if j.raw != nil {
		var err error
		for _, q := range j.raw {
			if err = w.conn.script(q); err != nil {
				break
			}
		}
		w.marks.all()
		j.done <- classify("upkeep", err)
		return false
	}
	if j.alone {
		// A filling goes through many pages again and again. It hands the memory back.
		_ = w.conn.script("PRAGMA cache_size = " + cacheFilling)
		defer func() { _ = w.conn.script("PRAGMA cache_size = " + cacheWriting) }()
	}
	if _, err := w.conn.exec("BEGIN IMMEDIATE", nil); err != nil {
		j.done <- classify("begin", err)
		return false
	}
	clear(w.wrote)
	now := w.clock.Now()
	// The first caller has the transaction to itself until a second one comes: it needs no savepoint. That is quicker, and a
	// long filling inside a savepoint would copy every page it changes.
	if err := w.run(j, now); err != nil {
		_ = w.conn.script("ROLLBACK") // it may be rolled back already
		j.done <- err
		return false
	}
	kept := []job{j}
	for !j.alone && len(kept) < batch {
		n, more := w.next()
		if !more {
			break
		}
		if n.alone || n.raw != nil {
			w.turn = slices.Insert(w.turn, 0, n) // the next batch begins with it
			break
		}
		ok, gone := w.one(n, now)
		if gone {
			_ = w.conn.script("ROLLBACK")
			for _, k := range kept {
				k.done <- fault.Wrap(fault.Unavailable, "write", errors.New("another write in the same commit met a broken disk"))
			}
			return false
		}
		if ok {
			kept = append(kept, n)
		}
	}
	if _, err := w.conn.exec("COMMIT", nil); err != nil {
		_ = w.conn.script("ROLLBACK")
		// Whoever hears that a commit is unsure must find the house already warned: a write that it tries next is refused at
		// once, and does not wait in a queue that nobody empties.
		dead = unsynced(err)
		if dead {
			close(w.broken)
		}
		w.marks.all()
		unsure := &fault.Fault{Kind: fault.Unsure, Cause: fmt.Errorf("commit: %w", err)}
		for _, k := range kept {
			k.done <- unsure
		}
		if dead {
			return true
		}
	} else {
		must := slices.ContainsFunc(kept, func(k job) bool { return !k.aside })
		w.marks.wrote(w.wrote, must) // before anybody hears that it is written
		for _, k := range kept {
			k.done <- nil
		}
	}
	return false
}

// run runs one caller's work. An error of the database that the caller overlooked counts when its transaction is gone.
func (w *writer) run(j job, now time.Time) error {
	if err := j.ctx.Err(); err != nil {
		return fault.Wrap(fault.Unavailable, "write", err)
	}
	tx := &Tx{Now: now, w: w}
	w.conn.err = nil
	err := protect(j.fn, tx)
	tx.w = nil
	if !ruins(w.conn.err) {
		return err
	}
	if err == nil {
		err = w.conn.err
	}
	return &ruined{classify("write", err)}
}

// ruined marks an error after which the whole transaction may be gone, whatever the caller made of it.
type ruined struct{ err error }

func (r *ruined) Error() string { return r.err.Error() }
func (r *ruined) Unwrap() error { return r.err }

// one runs the work of a caller that joins others, inside a savepoint. Its error takes back its own work only.
func (w *writer) one(j job, now time.Time) (ok, gone bool) {
	if _, err := w.conn.exec("SAVEPOINT one", nil); err != nil {
		j.done <- classify("savepoint", err)
		return false, ruins(err)
	}
	err := w.run(j, now)
	if err == nil {
		if _, err = w.conn.exec("RELEASE one", nil); err == nil {
			return true, false
		}
	}
	if r := (*ruined)(nil); errors.As(err, &r) || ruins(err) {
		j.done <- classify("write", err)
		return false, true
	}
	for _, s := range []string{"ROLLBACK TO one", "RELEASE one"} {
		if _, rerr := w.conn.exec(s, nil); rerr != nil {
			j.done <- classify("roll back", errors.Join(err, rerr))
			return false, true
		}
	}
	j.done <- err
	return false, false
}

func protect(fn func(*Tx) error, tx *Tx) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic while writing: %v\n%s", p, debug.Stack())
		}
	}()
	return fn(tx)
}
