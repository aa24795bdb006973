package db

// This file shows what a connection to SQLite does with values, faults and questions that are broken off.

import (
	"context"
	"errors"
	"maps"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/fault"
)

func connected(t *testing.T) *conn {
	t.Helper()
	c, err := connect(filepath.Join(t.TempDir(), "c.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := c.close(); err != nil {
			t.Error(err)
		}
	})
	return c
}

type word string

func TestAValueComesBackAsItWasGiven(t *testing.T) {
	c := connected(t)
	for _, x := range []struct{ give, want any }{
		{"", ""}, {"é\x00ع", "é\x00ع"}, {int64(-1 << 63), int64(-1 << 63)}, {7, int64(7)}, {true, int64(1)}, {2.5, 2.5}, {nil, nil},
		{[]byte(nil), nil}, {[]byte{}, []byte{}}, {[]byte{0, 255}, []byte{0, 255}}, {word("w"), "w"}, {uint8(3), int64(3)},
	} {
		got, err := c.query(`SELECT ?`, []any{x.give})
		if err != nil {
			t.Errorf("%#v: %v", x.give, err)
			continue
		}
		if more, err := got.next(); err != nil || !more || !reflect.DeepEqual(got.value(0), x.want) {
			t.Errorf("%#v came back as %#v (%v)", x.give, got.value(0), err)
		}
		if more, err := got.next(); err != nil || more {
			t.Errorf("%#v came twice (%v)", x.give, err)
		}
		_ = got.Close()
	}
	for name, args := range map[string][]any{"none": nil, "one too many": {1, 2}, "a time": {time.Now()}, "no value": {struct{}{}}} {
		if _, err := c.query(`SELECT ?`, args); err == nil {
			t.Errorf("%s was taken", name)
		}
	}
	if _, err := c.query(`SELECT 1; SELECT 2`, nil); err == nil {
		t.Error("two statements were taken for one, of which the second would never run")
	}
}

// A number that does not fit into its place is a fault, and no other number.
func TestAValueThatDoesNotFitIsAFault(t *testing.T) {
	c := connected(t)
	var small int8
	var no uint
	var flag bool
	var when time.Time
	var s string
	for _, x := range []struct {
		q   string
		to  any
		how how
		ok  bool
	}{
		{`SELECT 127`, &small, plain, true}, {`SELECT 128`, &small, plain, false}, {`SELECT -1`, &no, plain, false}, {`SELECT 'x'`, &small, plain, false},
		{`SELECT 1`, &flag, plain, true}, {`SELECT 'true'`, &flag, plain, false}, {`SELECT 1000`, &when, moment, true}, {`SELECT '2026'`, &when, moment, false},
		{`SELECT x'41'`, &s, plain, true}, {`SELECT 1`, &s, plain, false}, {`SELECT NULL`, &s, plain, true}, {`SELECT NULL`, &when, moment, true},
	} {
		got, err := c.query(x.q, nil)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := got.next(); err != nil {
			t.Fatal(err)
		}
		if err := got.into(0, reflect.ValueOf(x.to).Elem(), x.how); (err == nil) != x.ok {
			t.Errorf("%s into %T: %v", x.q, x.to, err)
		}
		_ = got.Close()
	}
	if small != 127 || !flag || s != "" || !when.IsZero() {
		t.Errorf("%d %v %q %v", small, flag, s, when)
	}
}

// A statement is kept for the next who asks; what somebody asked with it, and was told, is not.
func TestNothingOfAQuestionStaysWithItsStatement(t *testing.T) {
	c := connected(t)
	const q = `SELECT ?`
	got, err := c.query(q, []any{"secret"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := got.next(); err != nil || got.Close() != nil {
		t.Fatal(err)
	}
	s := c.stmts[q]
	if more, err := s.Step(); err != nil || !more || s.value(0) != nil {
		t.Errorf("%v stays (%v)", s.value(0), err)
	}
	s.done()
}

func TestWhatSomebodyAskedWhoLeavesIsBrokenOff(t *testing.T) {
	d, err := Open(t.Context(), "sqlite:"+filepath.Join(t.TempDir(), "b.db"), clock.System())
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	endless := F(`WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT COUNT(*) FROM n`)
	for range 3 { // the connection stays whole
		ctx, leave := context.WithTimeout(t.Context(), 30*time.Millisecond)
		begun := time.Now()
		if _, err := One[int](ctx, d, endless); !fault.Is(err, fault.Unavailable) {
			t.Errorf("got %v", err)
		}
		leave()
		if took := time.Since(begun); took > 20*time.Second {
			t.Errorf("it took %v", took)
		}
		if n, err := One[int](t.Context(), d, F(`SELECT 7`)); err != nil || n != 7 {
			t.Errorf("the next is told %d, %v", n, err)
		}
	}
}

func TestAnErrorOfTheDatabaseHasItsKind(t *testing.T) {
	c := connected(t)
	if _, err := c.exec(`CREATE TABLE t_one (id TEXT PRIMARY KEY, n BIGINT UNIQUE, m BIGINT NOT NULL)`, nil); err != nil {
		t.Fatal(err)
	}
	put := func(id string, n, m any) error {
		_, err := c.exec(`INSERT INTO t_one (id, n, m) VALUES (?,?,?)`, []any{id, n, m})
		return classify("write", err)
	}
	if err := put("a", 1, 1); err != nil {
		t.Fatal(err)
	}
	for name, x := range map[string]struct {
		err  error
		kind fault.Kind
	}{"the key twice": {put("a", 2, 1), fault.Conflict}, "a unique column twice": {put("b", 1, 1), fault.Conflict}, "nothing where there must be something": {put("c", 3, nil), fault.Internal}} {
		if !fault.Is(x.err, x.kind) || ruins(errors.Unwrap(x.err)) {
			t.Errorf("%s: %v", name, x.err)
		}
	}
	if n, err := c.exec(`UPDATE t_one SET m = 2`, nil); err != nil || n != 1 {
		t.Errorf("%d rows were changed (%v)", n, err)
	}
	if _, err := connect(t.TempDir()); !fault.Is(classify("open", err), fault.Unavailable) {
		t.Errorf("a folder was opened: %v", err)
	}
	if _, err := c.query(`SELECT nothing`, nil); err == nil || !strings.Contains(err.Error(), "nothing") {
		t.Errorf("an error does not say what is wrong: %v", err)
	}
}

// The power cuts of cut_test.go are played with another program; here the connections of this one tell how they are set.
func TestAConnectionIsSetAsItShouldBe(t *testing.T) {
	d, r := taken(t)
	defer d.pool.give(r, false)
	alone := connected(t)
	for name, x := range map[string]struct {
		c    *conn
		more map[string]any
	}{"writes": {alone, map[string]any{"query_only": int64(0), "cache_size": int64(-1000)}}, "reads": {r.conn, map[string]any{"query_only": int64(1), "cache_size": int64(-750)}}} {
		want := map[string]any{"journal_mode": "wal", "synchronous": int64(2), "foreign_keys": int64(1), "busy_timeout": int64(5000), "secure_delete": int64(1), "temp_store": int64(2)}
		maps.Copy(want, x.more)
		for pragma, value := range want {
			got, err := x.c.query("PRAGMA "+pragma, nil)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := got.next(); err != nil || got.value(0) != value {
				t.Errorf("a connection that %s has %s = %v, want %v (%v)", name, pragma, got.value(0), value, err)
			}
			_ = got.Close()
		}
	}
	if _, err := r.exec(`CREATE TABLE t_no (id TEXT)`, nil); err == nil {
		t.Error("a connection that reads wrote")
	}
}
