package db

// This file shows what a busy server does otherwise: whom a moment is passed to, so that nobody sees an older one than they asked for,
// and when work is written that was laid down.

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/fault"
)

// one is a database with a table of things, of which one connection is lent at a time.
func one(t *testing.T, c clock.Clock) *DB {
	t.Helper()
	d, err := Open(t.Context(), "sqlite:"+filepath.Join(t.TempDir(), "m.db"), c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	d.pool = newReaders(1, d.clock, &d.marks, d.pool.open)
	change(t, d, F(`CREATE TABLE t_thing (id TEXT PRIMARY KEY)`))
	return d
}

func change(t *testing.T, d *DB, f Frag) {
	t.Helper()
	if err := d.Tx(t.Context(), func(tx *Tx) error { _, err := Do(t.Context(), tx, f); return err }); err != nil {
		t.Error(err)
	}
}

var manyThings = F(`SELECT COUNT(*) FROM t_thing`)

// page asks at once, and again each time that it is told to, until it is told to end.
type page struct {
	saw  chan int
	more chan bool
}

func (p page) ask() int {
	p.more <- true
	return <-p.saw
}

func turn(t *testing.T, d *DB) page {
	p := page{make(chan int), make(chan bool)}
	go func() {
		ctx, end := d.Reading(context.Background())
		defer end()
		for more := true; more; more = <-p.more {
			n, err := One[int](ctx, d, manyThings)
			if err != nil {
				t.Error(err)
			}
			p.saw <- n
		}
	}()
	return p
}

// wants waits until n stand in the queue.
func wants(t *testing.T, d *DB, n int) {
	t.Helper()
	for begun := time.Now(); standing(d.pool) != n; time.Sleep(100 * time.Microsecond) {
		if time.Since(begun) > 10*time.Second {
			t.Fatalf("%d stand in the queue, want %d", standing(d.pool), n)
		}
	}
}

// busy is a database whose connection a page holds while another waits for it.
func busy(t *testing.T) (d *DB, holds, waits page) {
	t.Helper()
	d = one(t, clock.System())
	holds = turn(t, d)
	<-holds.saw
	waits = turn(t, d)
	wants(t, d, 1)
	return d, holds, waits
}

func TestAMomentIsPassedToWhoWaitedWhenItBegan(t *testing.T) {
	d, holds, first := busy(t)
	second := turn(t, d) // stands in the queue when the moment of the first begins
	wants(t, d, 2)
	change(t, d, F(`INSERT INTO t_thing (id) VALUES ('a')`))
	holds.more <- false
	if n := <-first.saw; n != 1 {
		t.Fatal(n)
	}
	change(t, d, F(`INSERT INTO t_thing (id) VALUES ('b')`))
	third := turn(t, d) // came when that moment had begun, and something had been written
	wants(t, d, 2)
	if n := first.ask(); n != 1 {
		t.Errorf("a page sees a second moment: %d", n)
	}
	first.more <- false
	if n := <-second.saw; n != 1 {
		t.Errorf("who waited when the moment began got another one: %d", n)
	}
	second.more <- false
	if n := <-third.saw; n != 2 {
		t.Errorf("who came after it was written does not see it: %d", n)
	}
	third.more <- false
	wants(t, d, 0)
	if n, err := One[int](t.Context(), d, manyThings); err != nil || n != 2 {
		t.Errorf("a connection that came back kept its moment: %d, %v", n, err)
	}
}

// Looks at files are written all the time: on a busy server whoever comes may see those of others a little later, but nothing else.
func TestWhatIsWrittenAsideEndsNoMoment(t *testing.T) {
	c := clock.NewManual(time.UnixMilli(1_800_000_000_000))
	d := one(t, c)
	aside := func(id string) func() error {
		return d.Begin(t.Context(), func(tx *Tx) error {
			_, err := Do(t.Context(), tx, Frag{SQL: `INSERT INTO t_thing (id) VALUES (?)`, Args: []any{id}})
			return err
		})
	}
	now := turn(t, d)
	if n := <-now.saw; n != 0 {
		t.Fatal(n)
	}
	next := func(what string, want int) {
		t.Helper()
		p := turn(t, d)
		wants(t, d, 1)
		now.more <- false
		if n := <-p.saw; n != want {
			t.Errorf("%s: sees %d, want %d", what, n, want)
		}
		now = p
	}
	if err := aside("a")(); err != nil {
		t.Fatal(err)
	}
	next("who comes after something was written aside", 0)
	c.Advance(behind)
	next("who comes when that was a while ago", 1)
	change(t, d, F(`INSERT INTO t_thing (id) VALUES ('b')`))
	next("who comes after something was written", 2)

	stranger, err := d.pool.open() // as another program would
	if err != nil {
		t.Fatal(err)
	}
	for _, q := range []string{"PRAGMA query_only = 0", "INSERT INTO t_thing (id) VALUES ('x')"} {
		if err := stranger.script(q); err != nil {
			t.Fatal(err)
		}
	}
	if err := stranger.close(); err != nil {
		t.Fatal(err)
	}
	next("who comes soon after another program wrote", 2)
	d.marks.all()
	next("who comes after that was noticed", 3)

	both := turn(t, d)
	wants(t, d, 1)
	wait := aside("c") // is laid down, since somebody waits
	change(t, d, F(`INSERT INTO t_thing (id) VALUES ('d')`))
	if err := wait(); err != nil {
		t.Fatal(err)
	}
	now.more <- false
	if n := <-both.saw; n != 5 {
		t.Errorf("after a commit of both: sees %d, want 5", n)
	}
	both.more <- false
}

// A connection on which something went wrong is not passed on: SQLite may have ended its moment.
func TestAMomentWithAFaultIsNotPassed(t *testing.T) {
	d := one(t, clock.System())
	r, err := d.pool.take(t.Context(), d.Now())
	if err != nil {
		t.Fatal(err)
	}
	waits := turn(t, d)
	wants(t, d, 1)
	if err := d.pool.begin(r); err != nil {
		t.Fatal(err)
	}
	if n, err := r.query(`SELECT COUNT(*) FROM t_thing`, nil); err != nil {
		t.Fatal(err)
	} else if _, err := n.next(); err != nil || n.Close() != nil {
		t.Fatal(err)
	}
	change(t, d, F(`INSERT INTO t_thing (id) VALUES ('a')`))
	if _, err := r.query(`SELECT nothing FROM nowhere`, nil); err == nil {
		t.Fatal("there is no such table")
	}
	d.pool.give(r, false)
	if n := <-waits.saw; n != 1 {
		t.Errorf("it was passed on: %d", n)
	}
	waits.more <- false
}

// However many write and read, each sees what they wrote, and what they saw before.
func TestNobodySeesAnOlderMomentThanTheirOwnWrite(t *testing.T) {
	d := one(t, clock.System())
	var passed atomic.Int64
	var all sync.WaitGroup
	for who := range 8 {
		all.Go(func() {
			saw := 0
			for n := range 60 {
				change(t, d, Frag{SQL: `INSERT INTO t_thing (id) VALUES (?)`, Args: []any{fmt.Sprintf("%d-%d", who, n)}})
				ctx, end := d.Reading(context.Background())
				own, err := One[int](ctx, d, Frag{SQL: `SELECT COUNT(*) FROM t_thing WHERE id LIKE ?`, Args: []any{fmt.Sprintf("%d-%%", who)}})
				if err != nil || own != n+1 {
					t.Errorf("%d sees %d of the %d that they wrote (%v)", who, own, n+1, err)
				}
				every, err := One[int](ctx, d, manyThings)
				if err != nil || every < saw {
					t.Errorf("%d sees %d, and saw %d before (%v)", who, every, saw, err)
				}
				saw = every
				if g := d.readingOf(ctx); d.pool.passes(g.r) {
					passed.Add(1)
				}
				end()
			}
		})
	}
	all.Wait()
	if passed.Load() == 0 {
		t.Error("no moment was ready to be passed: that tries nothing")
	}
}

// passes says whether a connection would be passed on now.
func (p *readers) passes(r *reader) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return len(p.queue) > 0 && p.serves(r, p.queue[0])
}

// On a busy server what began is laid down, until somebody waits for any of it or writes something else.
func TestWhatWasLaidDownGoesAlongWithTheNextCommit(t *testing.T) {
	d, holds, waits := busy(t)
	lay := func(id string) func() error {
		return d.Begin(t.Context(), func(tx *Tx) error {
			_, err := Do(t.Context(), tx, Frag{SQL: `INSERT INTO t_thing (id, n) SELECT ?, COUNT(*) FROM t_thing`, Args: []any{id}})
			return err
		})
	}
	change(t, d, F(`ALTER TABLE t_thing ADD COLUMN n BIGINT`))
	a, b, twice := lay("a"), lay("b"), lay("a")
	if n := laid(d); n != 3 {
		t.Fatalf("%d are laid down, want 3", n)
	}
	if err := b(); err != nil {
		t.Error(err)
	}
	if n := laid(d); n != 0 {
		t.Errorf("%d are left behind", n)
	}
	if err := a(); err != nil {
		t.Error(err)
	}
	if err := twice(); err == nil {
		t.Error("one key was given twice")
	}
	c := lay("c")
	change(t, d, F(`INSERT INTO t_thing (id, n) SELECT 'd', COUNT(*) FROM t_thing`))
	if n := laid(d); n != 0 {
		t.Error("what was laid down did not go along with the commit of another")
	}
	if err := c(); err != nil {
		t.Error(err)
	}
	last := lay("e")
	holds.more <- false
	<-waits.saw
	waits.more <- false
	ids, err := Many[string](t.Context(), d, F(`SELECT id FROM t_thing ORDER BY n`))
	if want := []string{"a", "b", "c", "d"}; err != nil || !slices.Equal(ids, want) {
		t.Errorf("written were %v, want %v in this order (%v)", ids, want, err)
	}
	if err := d.Close(); err != nil {
		t.Error(err)
	}
	if err := last(); !fault.Is(err, fault.Unavailable) {
		t.Errorf("what was never written gives %v", err)
	}
}

func laid(d *DB) int {
	d.w.mu.Lock()
	defer d.w.mu.Unlock()
	return len(d.w.laid)
}
