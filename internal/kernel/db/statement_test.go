package db

// This file shows that a connection keeps no more compiled statements than it should, and which; and that one which came back counts
// as any other.

import (
	"fmt"
	"path/filepath"
	"testing"

	"reisgezel/internal/kernel/clock"
)

// taken is a database with a connection that was taken from it.
func taken(t *testing.T) (*DB, *reader) {
	t.Helper()
	d, err := Open(t.Context(), "sqlite:"+filepath.Join(t.TempDir(), "s.db"), clock.System())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	r, err := d.pool.take(t.Context(), d.Now())
	if err != nil {
		t.Fatal(err)
	}
	return d, r
}

func TestAConnectionKeepsTheStatementsThatAreAskedMost(t *testing.T) {
	d, r := taken(t)
	defer d.pool.give(r, false)
	ask := func(q string, want int64) {
		t.Helper()
		got, err := r.query(q, nil)
		if err != nil {
			t.Fatal(err)
		}
		if more, err := got.next(); err != nil || !more || got.value(0) != want {
			t.Fatalf("%s: %v %v %v", q, got.value(0), more, err)
		}
		if err := got.Close(); err != nil {
			t.Fatal(err)
		}
	}
	// One is being read all the while: it must not go.
	const within = `SELECT 1 UNION ALL SELECT 2`
	open, err := r.query(within, nil)
	if err != nil {
		t.Fatal(err)
	}
	ask(`SELECT 7`, 7)
	hot := r.stmts[`SELECT 7`]
	for i := range 3 * statementsMost {
		if ask(`SELECT 7`, 7); r.stmts[`SELECT 7`] != hot {
			t.Fatal("what is asked again and again was compiled again")
		}
		ask(fmt.Sprintf(`SELECT %d + 0`, i), int64(i))
		if n := len(r.stmts); n > statementsMost {
			t.Fatalf("%d are kept", n)
		}
	}
	last := 3*statementsMost - 1
	for q, want := range map[string]bool{within: true, `SELECT 7`: true, fmt.Sprintf(`SELECT %d + 0`, last): true, `SELECT 0 + 0`: false, fmt.Sprintf(`SELECT %d + 0`, last-statementsMost): false} {
		if _, kept := r.stmts[q]; kept != want {
			t.Errorf("%s is kept: %v", q, kept)
		}
	}
	for want := int64(1); want <= 2; want++ {
		if more, err := open.next(); err != nil || !more || open.value(0) != want {
			t.Errorf("what was being read: %v %v %v", open.value(0), more, err)
		}
	}
	if err := open.Close(); err != nil {
		t.Error(err)
	}
	ask(`SELECT 0 + 0`, 0)
}

// A connection may come back in the moment in which it is found to be kept for long. Its place is not lent twice then.
func TestAConnectionThatCameBackIsNotSlow(t *testing.T) {
	d, r := taken(t)
	back := r.back
	d.pool.give(r, false)
	if again, err := d.pool.take(t.Context(), d.Now()); err != nil || again != r {
		t.Fatal(again, err)
	}
	d.pool.overtake(r, back)
	if d.pool.slow != 0 {
		t.Error("a connection that came back counts as one that is kept for long")
	}
	d.pool.give(r, false)
}
