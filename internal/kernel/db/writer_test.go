package db

// This file tests the one writer of SQLite from inside: what callers of one commit hear when it fails.

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"testing/fstest"
	"time"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/fault"
)

func house(t *testing.T, dir string) *DB {
	t.Helper()
	d, err := Open(t.Context(), "sqlite:"+filepath.Join(dir, "w.db"), clock.NewManual(time.UnixMilli(1_800_000_000_000)))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	err = d.Migrate(t.Context(), []Line{{Name: "w", FS: fstest.MapFS{"schema/0001_w.sql": {Data: []byte(
		"CREATE TABLE w_parent (id TEXT PRIMARY KEY);\nCREATE TABLE w_child (id TEXT PRIMARY KEY, parent TEXT NOT NULL REFERENCES w_parent (id), blob BYTEA);\n")}}}})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// together makes sure that all these callers share one commit: the first holds the writer until the others wait.
func together(t *testing.T, d *DB, fns ...func(*Tx) error) []error {
	t.Helper()
	out := make([]error, len(fns))
	held, begun := make(chan struct{}), make(chan struct{})
	var wg sync.WaitGroup
	wg.Go(func() {
		out[0] = d.Tx(context.Background(), func(tx *Tx) error {
			close(begun)
			<-held
			return fns[0](tx)
		})
	})
	<-begun
	for i, fn := range fns[1:] {
		wg.Go(func() { out[i+1] = d.Tx(context.Background(), fn) })
	}
	for len(d.w.jobs) < len(fns)-1 {
		time.Sleep(time.Millisecond)
	}
	close(held)
	wg.Wait()
	return out
}

func insert(id string) func(*Tx) error {
	return func(tx *Tx) error {
		_, err := Do(context.Background(), tx, F(`INSERT INTO w_parent (id) VALUES (?)`, id))
		return err
	}
}

func count(t *testing.T, d *DB) int {
	t.Helper()
	n, err := One[int](t.Context(), d, F(`SELECT COUNT(*) FROM w_parent`))
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestOneOfACommitFailsAndTheOthersStay(t *testing.T) {
	no := errors.New("no")
	fails := func(id string) func(*Tx) error {
		return func(tx *Tx) error { return errors.Join(insert(id)(tx), no) }
	}
	for name, fns := range map[string][]func(*Tx) error{
		"a later one": {insert("a"), fails("b"), insert("c"), insert("a") /* twice */, insert("d")},
		"the first":   {fails("a"), insert("b"), insert("c")},
	} {
		t.Run(name, func(t *testing.T) {
			d := house(t, t.TempDir())
			good := 0
			for i, err := range together(t, d, fns...) {
				if err == nil {
					good++
				} else if !errors.Is(err, no) && !fault.Is(err, fault.Conflict) {
					t.Errorf("caller %d: %v", i, err)
				}
			}
			if n := count(t, d); n != good || good != len(fns)-map[string]int{"a later one": 2, "the first": 1}[name] {
				t.Errorf("%d rows of %d callers that were told yes", n, good)
			}
		})
	}
}

// Filling has a commit of its own, and upkeep none: what comes while others are gathered goes before those who came after it.
func TestWhatGoesAloneKeepsItsTurn(t *testing.T) {
	d := house(t, t.TempDir())
	held, begun := make(chan struct{}), make(chan struct{})
	waits := []func() error{d.w.begin(job{ctx: t.Context(), fn: func(tx *Tx) error {
		close(begun)
		<-held
		return insert("a")(tx)
	}})}
	<-begun
	for _, j := range []job{
		{fn: insert("b")}, {fn: insert("c"), alone: true}, {fn: insert("d")},
		{raw: []string{"INSERT INTO w_parent (id) VALUES ('e')"}}, {fn: insert("f")},
	} {
		j.ctx = t.Context()
		waits = append(waits, d.w.lay(j))
	}
	close(held)
	for i, wait := range waits {
		if err := wait(); err != nil {
			t.Errorf("%d: %v", i, err)
		}
	}
	ids, err := Many[string](t.Context(), d, F(`SELECT id FROM w_parent ORDER BY rowid`))
	if got := strings.Join(ids, ""); err != nil || got != "abcdef" {
		t.Errorf("written in the order %s (%v)", got, err)
	}
}

func TestACommitThatFailsLeavesEveryCallerUnsure(t *testing.T) {
	d := house(t, t.TempDir())
	orphan := func(tx *Tx) error {
		if _, err := Do(context.Background(), tx, F(`PRAGMA defer_foreign_keys = ON`)); err != nil {
			return err
		}
		_, err := Do(context.Background(), tx, F(`INSERT INTO w_child (id, parent) VALUES ('x', 'nobody')`))
		return err
	}
	for i, err := range together(t, d, insert("a"), orphan, insert("b")) {
		if !fault.Is(err, fault.Unsure) {
			t.Errorf("caller %d hears %v", i, err)
		}
	}
	if err := d.Tx(t.Context(), insert("later")); err != nil {
		t.Errorf("the writer did not go on: %v", err)
	}
	if n := count(t, d); n != 1 {
		t.Errorf("%d rows", n)
	}
}

func TestAPanicAndALeaverDoNotStopTheWriter(t *testing.T) {
	d := house(t, t.TempDir())
	gone, cancel := context.WithCancel(t.Context())
	errs := together(t, d, insert("a"), func(*Tx) error { panic("oh") }, insert("b"))
	if errs[0] != nil || errs[1] == nil || errs[2] != nil {
		t.Errorf("%v", errs)
	}
	cancel()
	if err := d.Tx(gone, insert("c")); !fault.Is(err, fault.Unavailable) {
		t.Errorf("a caller that left hears %v", err)
	}
	if n := count(t, d); n != 2 {
		t.Errorf("%d rows", n)
	}
	var kept *Tx
	if err := d.Tx(t.Context(), func(tx *Tx) error { kept = tx; return nil }); err != nil {
		t.Fatal(err)
	}
	if _, err := Do(t.Context(), kept, F(`DELETE FROM w_parent`)); err == nil {
		t.Error("a transaction that was over wrote")
	}
}

func TestReadOnlySaysSo(t *testing.T) {
	d := house(t, t.TempDir())
	if err := d.Tx(t.Context(), func(tx *Tx) error {
		_, err := Do(t.Context(), tx, F(`PRAGMA query_only = ON`))
		return err
	}); err != nil {
		t.Fatal(err)
	}
	if err := d.Tx(t.Context(), insert("a")); !fault.Is(err, fault.Unavailable) {
		t.Errorf("writing gives %v", err)
	}
	if err := d.Check(t.Context()); !fault.Is(err, fault.Unavailable) {
		t.Errorf("the probe gives %v", err)
	}
	if count(t, d) != 0 {
		t.Error("it wrote")
	}
}

// A disk that refuses a write in the middle of a commit ends writing for good. The test runs in a program of its own,
// whose files may not grow any more.
func TestADiskThatRefusesACommitEndsWriting(t *testing.T) {
	if dir := os.Getenv("REISGEZEL_TEST_FULL"); dir != "" {
		d := house(t, dir)
		if err := d.Tx(t.Context(), insert("before")); err != nil {
			t.Fatal(err)
		}
		log, err := os.Stat(filepath.Join(dir, "w.db-wal"))
		if err != nil {
			t.Fatal(err)
		}
		signal.Ignore(syscall.SIGXFSZ)
		limit := syscall.Rlimit{Cur: uint64(log.Size()) + 1000, Max: uint64(log.Size()) + 1000}
		if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
			t.Fatal(err)
		}
		err = d.Tx(context.Background(), func(tx *Tx) error {
			_, err := Do(context.Background(), tx, F(`INSERT INTO w_child (id, parent, blob) VALUES ('x', 'before', ?)`, make([]byte, 50_000)))
			return err
		})
		if !fault.Is(err, fault.Unsure) {
			t.Errorf("the caller hears %v", err)
		}
		select {
		case <-d.Broken():
		default:
			t.Error("nobody is told that the disk is broken")
		}
		if err := d.Tx(context.Background(), insert("after")); !fault.Is(err, fault.Unavailable) {
			t.Errorf("after it, writing gives %v", err)
		}
		if n := count(t, d); n != 1 {
			t.Errorf("%d rows", n)
		}
		return
	}
	c := exec.Command(os.Args[0], "-test.run=^TestADiskThatRefusesACommitEndsWriting$")
	c.Env = append(os.Environ(), "REISGEZEL_TEST_FULL="+t.TempDir())
	if out, err := c.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}

func TestClosingWritesTheLogBack(t *testing.T) {
	dir := t.TempDir()
	d := house(t, dir)
	if err := d.Tx(t.Context(), insert("a")); err != nil {
		t.Fatal(err)
	}
	if count(t, d) != 1 {
		t.Fatal("nothing was written")
	}
	for range 2 {
		if err := d.Close(); err != nil {
			t.Fatal(err)
		}
	}
	left, err := os.ReadDir(dir)
	if err != nil || len(left) != 1 || left[0].Name() != "w.db" {
		t.Errorf("beside the file lies %v, %v", left, err)
	}
}

func TestQuestionMarksBecomeNumbersOutsideQuotes(t *testing.T) {
	for in, want := range map[string]string{
		`SELECT ?`:                                "SELECT $1",
		`SELECT '?', "a?", ? -- why?` + "\n, ?":   `SELECT '?', "a?", $1 ` + "\n, $2",
		`SELECT 'it''s ?' WHERE a = ? AND b = ?`:  `SELECT 'it''s ?' WHERE a = $1 AND b = $2`,
		`SELECT 'open`:                            `SELECT 'open`,
		`SELECT ?,?,?,?,?,?,?,?,?,?,?`:            `SELECT $1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11`,
		`SELECT a ESCAPE '\' FROM t WHERE n = ?`:  `SELECT a ESCAPE '\' FROM t WHERE n = $1`,
		`SELECT 1 -- the end`:                     `SELECT 1 `,
		`SELECT 1 - -? , '--' , ? FROM t WHERE ?`: `SELECT 1 - -$1 , '--' , $2 FROM t WHERE $3`,
	} {
		if got := rebind(in); got != want {
			t.Errorf("%q\n became %q\n    want %q", in, got, want)
		}
	}
}

func TestFragmentsNeverMixTextAndValues(t *testing.T) {
	f := F(`SELECT id FROM t WHERE`).With(F(`a = ?`, 1).And(In("b", []int{2, 3})).Or(Frag{}).And(F(`c = ?`, "'; DROP TABLE t"))).Then(`ORDER BY id LIMIT ?`, 4)
	want := `SELECT id FROM t WHERE ((a = ?) AND (b IN (?,?))) AND (c = ?) ORDER BY id LIMIT ?`
	if f.SQL != want || fmt.Sprint(f.Args) != "[1 2 3 '; DROP TABLE t 4]" {
		t.Errorf("%s %v", f.SQL, f.Args)
	}
	for n, want := range map[int]int{1: 1, 2: 2, 3: 4, 5: 8, 512: 512, 513: 1024, 1025: 1025} {
		if f := In("b", make([]int, n)); len(f.Args) != want || strings.Count(f.SQL, "?") != want {
			t.Errorf("a list of %d has %d values and %d marks, want %d", n, len(f.Args), strings.Count(f.SQL, "?"), want)
		}
	}
	if f := In("b", []int{2, 3, 4}); fmt.Sprint(f.Args) != "[2 3 4 4]" {
		t.Errorf("rounded up it is %v", f.Args)
	}
	// Fragments that share a beginning do not write into each other.
	base := F(`x = ?`, 1)
	a, b := base.And(F(`y = ?`, 2)), base.And(F(`z = ?`, 3))
	if fmt.Sprint(a.Args) != "[1 2]" || fmt.Sprint(b.Args) != "[1 3]" {
		t.Errorf("%v %v", a.Args, b.Args)
	}
}
