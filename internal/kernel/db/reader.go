package db

// This file reads from SQLite: a few connections that keep their statements compiled, and pages that see one moment. A page
// asks some forty small questions. Asked one by one, each would look for a connection, begin and end a transaction, and find
// its cache thrown away because somebody else wrote in between; so a page keeps one connection and one transaction.

import (
	"context"
	"reflect"
	"sync"
	"sync/atomic"
	"time"

	"zombiezen.com/go/sqlite"

	"reisgezel/internal/kernel/clock"
)

// rows are what a database answers, one after another.
type rows interface {
	Columns() ([]string, error)
	// next goes to the next row; false is the end.
	next() (bool, error)
	// value is a column of the row, and into carries it to its place.
	value(i int) any
	into(i int, v reflect.Value, how how) error
	Close() error
}

// readers lends out connections, the one that came back last first: where one is enough, the others need no memory. Few are
// lent at once, to those who wait the longest. One that is kept for long counts no more, so that a few slow pages do
// not stand in everybody's way.
type readers struct {
	open  func() (*conn, error)
	clock clock.Clock
	marks *marks
	most  int          // how many are lent at once
	era   atomic.Int64 // connections of an earlier one are not lent again
	stop  chan struct{}

	mu    sync.Mutex
	free  int // how many more may be lent
	queue queue
	came  int64 // how many stood in it
	idle  []*reader
	slow  int // how many are kept for long; as many as slowMost of them do not count
}

const (
	slowAfter = 25 * time.Millisecond // several times what a page takes
	slowMost  = 8                     // each has some megabytes of its own
)

// reader is one connection. Whoever has it uses it alone.
type reader struct {
	*conn
	era int64

	// The moment that it sees: one, from begin until it is given back and passed to nobody.
	begun bool
	since time.Time // when it began
	came  int64     // who had come to the queue by then
	asOf  uint64    // what of the changes it sees for certain

	// Under the lock of the readers:
	back  int64       // how many times it came back
	alarm *time.Timer // goes off when it is kept for long
	slow  bool
}

func newReaders(n int, c clock.Clock, m *marks, open func() (*conn, error)) *readers {
	return &readers{open: open, clock: c, marks: m, most: n, free: n, stop: make(chan struct{})}
}

// take lends a connection to whoever waits since a moment.
func (p *readers) take(ctx context.Context, since time.Time) (*reader, error) {
	r, err := p.wait(ctx, since)
	if err != nil {
		return nil, err
	}
	if r == nil {
		r = p.pop()
	}
	if r == nil || r.era != p.era.Load() {
		r.shut()
		if r, err = p.fresh(); err != nil {
			p.vacate()
			return nil, err
		}
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	back := r.back
	r.err = nil
	r.alarm = time.AfterFunc(slowAfter, func() { p.overtake(r, back) })
	return r, nil
}

// overtake lends the place of a connection that is kept for long to the next. It may have come back in this moment.
func (p *readers) overtake(r *reader, back int64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if r.back != back {
		return
	}
	r.slow = true
	if p.slow++; p.slow <= slowMost {
		p.free++
		p.lend()
	}
}

func (p *readers) pop() *reader {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.idle) == 0 {
		return nil
	}
	r := p.idle[len(p.idle)-1]
	p.idle = p.idle[:len(p.idle)-1]
	return r
}

func (p *readers) fresh() (*reader, error) {
	era := p.era.Load()
	c, err := p.open()
	if err != nil {
		return nil, err
	}
	return &reader{conn: c, era: era}, nil
}

// begin has a connection see one moment from here on, if it was not passed on with one.
func (p *readers) begin(r *reader) error {
	if r.begun {
		return nil
	}
	p.mu.Lock()
	r.came = p.came
	p.mu.Unlock()
	r.asOf, r.since = p.marks.now(), p.clock.Now()
	_, err := r.exec("BEGIN", nil)
	r.begun = err == nil
	return err
}

// give takes a connection back, if it is passed to nobody. One that met an error is closed, since that may have ended its moment (what was
// only broken off is whole), as is one more than are lent at once; its place is free.
func (p *readers) give(r *reader, broken bool) {
	broken = broken || r.err != nil && sqlite.ErrCode(r.err) != sqlite.ResultInterrupt
	p.mu.Lock()
	r.alarm.Stop()
	r.back++
	passed := !broken && p.pass(r)
	p.mu.Unlock()
	if passed {
		return
	}
	if r.begun {
		_, err := r.exec("COMMIT", nil)
		broken = broken || err != nil
		r.begun = false
	}
	p.mu.Lock()
	broken = broken || p.stopped()
	free := true
	if r.slow {
		r.slow = false
		p.slow--
		free = p.slow >= slowMost // its place was lent already, unless there were too many
	}
	if broken = broken || len(p.idle) == p.most; !broken {
		p.idle = append(p.idle, r)
	}
	p.mu.Unlock()
	if broken {
		r.shut()
	}
	if free {
		p.vacate()
	}
}

// renew has every connection opened anew before it is used again.
func (p *readers) renew() { p.era.Add(1) }

// close closes what is not in use; the rest is closed when it comes back.
func (p *readers) close() {
	p.mu.Lock()
	close(p.stop)
	p.mu.Unlock()
	for r := p.pop(); r != nil; r = p.pop() {
		r.shut()
	}
}

func (r *reader) shut() {
	if r != nil {
		_ = r.close() // it only read
	}
}

// reading is what one page sees: one moment. It takes a connection at its first question.
type reading struct {
	d    *DB
	mu   sync.Mutex
	r    *reader
	open int  // questions that are being answered
	over bool // something was written since, so what comes must see a later moment
	done bool
}

type readingKey struct{}

// Reading gives a context whose reads see one moment, on one connection, until somebody writes with that context. It is for a
// page, which is soon ready: what it asks is not broken off when its visitor leaves. The end must be called; Pause hands
// the connection back earlier, before something that takes its time. On PostgreSQL nothing is different.
func (d *DB) Reading(ctx context.Context) (context.Context, func()) {
	if d.pg {
		return ctx, func() {}
	}
	g := &reading{d: d}
	return context.WithValue(ctx, readingKey{}, g), func() {
		g.mu.Lock()
		defer g.mu.Unlock()
		g.done = true
		g.leave()
	}
}

// Pause ends the moment that a page sees: its next question sees a later one.
func (d *DB) Pause(ctx context.Context) {
	if g := d.readingOf(ctx); g != nil {
		g.mu.Lock()
		defer g.mu.Unlock()
		g.leave()
	}
}

func (d *DB) readingOf(ctx context.Context) *reading {
	if g, ok := ctx.Value(readingKey{}).(*reading); ok && g.d == d {
		return g
	}
	return nil
}

// leave hands the connection back, or has the last question do so.
func (g *reading) leave() {
	if g.r == nil {
		return
	}
	if g.open > 0 {
		g.over = true
		return
	}
	g.d.pool.give(g.r, false)
	g.r, g.over = nil, false
}

// ask is a question of a page. No answer and no error: it cannot be asked here, and busy says that the page has a connection that
// is still answering.
func (g *reading) ask(ctx context.Context, q string, args []any) (got *read, busy bool, err error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.done || g.over {
		return nil, g.r != nil, nil
	}
	if g.r == nil {
		r, err := g.d.pool.take(ctx, g.d.since(ctx))
		if err != nil {
			return nil, false, err
		}
		if err := g.d.pool.begin(r); err != nil {
			g.d.pool.give(r, true)
			return nil, false, err
		}
		g.r = r
	}
	if got, err = g.r.query(q, args); err != nil {
		return nil, true, err
	}
	g.open++
	got.mu, got.asOf = &g.mu, g.r.asOf
	got.end = func() {
		if g.open--; g.over || g.done {
			g.leave()
		}
	}
	return got, true, nil
}

// ask puts a question to SQLite, and says up to which change the answer is true for certain.
func (d *DB) ask(ctx context.Context, q string, args []any) (rows, uint64, error) {
	if err := ctx.Err(); err != nil {
		return nil, 0, err
	}
	busy := false
	if g := d.readingOf(ctx); g != nil {
		got, holds, err := g.ask(ctx, q, args)
		if err != nil {
			return nil, 0, err
		}
		if got != nil {
			return got, got.asOf, nil
		}
		busy = holds
	}
	// A page that has a connection must not wait for a second one: that could be for ever, when each page does.
	lend := func() (*reader, error) { return d.pool.take(ctx, d.since(ctx)) }
	back := d.pool.give
	if busy {
		lend, back = d.pool.fresh, func(r *reader, _ bool) { r.shut() }
	}
	r, err := lend()
	if err != nil {
		return nil, 0, err
	}
	asOf := d.marks.now()
	if r.begun {
		asOf = r.asOf
	}
	got, err := r.query(q, args)
	if err != nil {
		back(r, true)
		return nil, 0, err
	}
	if left := ctx.Done(); left != nil { // what somebody asked who leaves is broken off
		r.SetInterrupt(left)
		got.left = true
	}
	got.end = func() { back(r, false) }
	return got, asOf, nil
}
