package db_test

// This file shows what a page sees of a database that others write, and how long an answer that seldom changes is kept.

import (
	"context"
	"errors"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/db/dbtest"
)

func lay(t *testing.T, ctx context.Context, d *db.DB, ids ...string) {
	t.Helper()
	if err := d.Tx(ctx, func(tx *db.Tx) error {
		for _, id := range ids {
			if err := put(ctx, tx, thing{ID: id, Blob: []byte("blob")}); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
}

func count(t *testing.T, ctx context.Context, d *db.DB, f db.Frag) int {
	t.Helper()
	n, err := db.One[int](ctx, d, f)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

var things = db.F(`SELECT COUNT(*) FROM t_thing`)

func TestAPageSeesOneMomentAndWhatItWroteItself(t *testing.T) {
	d := dbtest.SQLite(t, lines)
	lay(t, t.Context(), d, "a")
	page, end := d.Reading(t.Context())
	if n := count(t, page, d, things); n != 1 {
		t.Fatal(n)
	}
	lay(t, t.Context(), d, "b")
	if n := count(t, page, d, things); n != 1 {
		t.Errorf("the page sees what another wrote meanwhile: %d", n)
	}
	if n := count(t, t.Context(), d, things); n != 2 {
		t.Errorf("another page does not see it: %d", n)
	}
	lay(t, page, d, "c")
	if n := count(t, page, d, things); n != 3 {
		t.Errorf("the page does not see what it wrote: %d", n)
	}
	lay(t, t.Context(), d, "d")
	d.Pause(page)
	if n := count(t, page, d, things); n != 4 {
		t.Errorf("after a pause the page sees an old moment: %d", n)
	}
	end()
	lay(t, t.Context(), d, "e")
	if n := count(t, page, d, things); n != 5 {
		t.Errorf("after its end the page sees an old moment: %d", n)
	}
}

func TestQuestionsWithinQuestions(t *testing.T) {
	d := dbtest.SQLite(t, lines)
	lay(t, t.Context(), d, "a", "b", "c")
	page, end := d.Reading(t.Context())
	defer end()
	for name, ctx := range map[string]context.Context{"page": page, "alone": t.Context()} {
		ids := db.F(`SELECT id FROM t_thing ORDER BY id`)
		var got string
		err := db.Each(ctx, d, ids, func(outer string) error {
			return db.Each(ctx, d, ids, func(inner string) error { got += outer + inner; return nil })
		})
		if err != nil || got != "aaabacbabbbccacbcc" {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
	// A page that writes while a question of its own is still being answered sees it all the same.
	n := 0
	if err := db.Each(page, d, db.F(`SELECT id FROM t_thing ORDER BY id`), func(id string) error {
		lay(t, page, d, id+id)
		n = count(t, page, d, things)
		return nil
	}); err != nil || n != 6 {
		t.Errorf("%d, %v", n, err)
	}
}

// More pages than there are connections, each with questions within questions and a write in the middle of them.
func TestManyPagesWaitForNobodyForEver(t *testing.T) {
	d := dbtest.SQLite(t, lines)
	lay(t, t.Context(), d, "a", "b")
	ctx, stop := context.WithTimeout(t.Context(), 30*time.Second)
	defer stop()
	var all sync.WaitGroup
	for range 16 {
		all.Go(func() {
			for range 20 {
				page, end := d.Reading(ctx)
				err := db.Each(page, d, db.F(`SELECT id FROM t_thing ORDER BY id`), func(string) error {
					if err := d.Tx(page, func(tx *db.Tx) error {
						_, err := db.Do(page, tx, db.F(`UPDATE t_thing SET n = COALESCE(n, 0) + 1 WHERE id = 'a'`))
						return err
					}); err != nil {
						return err
					}
					_, err := db.One[int](page, d, things)
					return err
				})
				end()
				if err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	all.Wait()
	if n := count(t, t.Context(), d, db.F(`SELECT n FROM t_thing WHERE id = 'a'`)); n != 16*20*2 {
		t.Error(n)
	}
}

func TestWhoLeavesWaitsForNoConnection(t *testing.T) {
	d := dbtest.SQLite(t, lines)
	lay(t, t.Context(), d, "a")
	for range db.ReadersMost() + db.SlowMost { // each keeps a connection, until even slow pages have none left
		page, end := d.Reading(t.Context())
		defer end()
		count(t, page, d, things)
	}
	over, end := d.Reading(t.Context()) // what goes on when its page is over has no connection either
	end()
	for _, parent := range []context.Context{t.Context(), over} {
		ctx, leave := context.WithCancel(parent)
		time.AfterFunc(20*time.Millisecond, leave)
		if _, err := db.One[int](ctx, d, things); !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
	}
}

func TestSlowPagesStandInNobodysWay(t *testing.T) {
	d := dbtest.SQLite(t, lines)
	lay(t, t.Context(), d, "a")
	for round := range 3 { // a place that was lent twice must not be there twice, nor be gone
		var ends []func()
		for range db.ReadersMost() + db.SlowMost {
			page, end := d.Reading(t.Context())
			ends = append(ends, end)
			count(t, page, d, things)
		}
		ctx, leave := context.WithTimeout(t.Context(), 200*time.Millisecond)
		if _, err := db.One[int](ctx, d, things); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("round %d: there is no end to connections: %v", round, err)
		}
		leave()
		ends[round]()
		ctx, leave = context.WithTimeout(t.Context(), 10*time.Second)
		if _, err := db.One[int](ctx, d, things); err != nil {
			t.Errorf("round %d: the place of a slow page that is over is not lent: %v", round, err)
		}
		leave()
		for _, end := range ends {
			end()
		}
	}
}

func TestAnAnswerIsKeptUntilItsTableIsWritten(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		often := db.F(`SELECT COUNT(*) FROM t_thing`).Often()
		lay(t, t.Context(), d, "a")
		for step, write := range []db.Frag{
			db.F(`INSERT INTO t_thing (id) VALUES ('b')`),
			db.F(`UPDATE t_thing SET id = 'c' WHERE id = 'b'`),
			db.F(`DELETE FROM t_thing WHERE id = 'c'`),
			db.F(`WITH x AS (SELECT 'd' AS id) INSERT INTO t_thing (id) SELECT id FROM x`), // of which nobody can tell what it writes
		} {
			count(t, t.Context(), d, often)
			if err := d.Tx(t.Context(), func(tx *db.Tx) error { _, err := db.Do(t.Context(), tx, write); return err }); err != nil {
				t.Fatal(err)
			}
			if kept, now := count(t, t.Context(), d, often), count(t, t.Context(), d, things); kept != now {
				t.Errorf("after %d the kept answer is %d, it is %d", step, kept, now)
			}
		}
		// Bytes that were handed out may be written in.
		blob := db.F(`SELECT blob FROM t_thing WHERE id = ?`, "a").Often()
		for range 2 {
			b, err := db.One[[]byte](t.Context(), d, blob)
			if err != nil || string(b) != "blob" {
				t.Fatalf("%q, %v", b, err)
			}
			b[0] = 'x'
		}
		// The same words with other values are another question.
		for values, want := range map[[2]string]int{{"a", "b"}: 1, {"a", "\" \"b"}: 1, {"b", "a"}: 1, {"b", "c"}: 0} {
			if n := count(t, t.Context(), d, db.F(`SELECT COUNT(*) FROM t_thing WHERE`).With(db.In("id", values[:])).Often()); n != want {
				t.Errorf("%q: %d", values, n)
			}
		}
	})
}

// A page that looks at an old moment must not leave what it saw to others as if it were new.
func TestAnOldMomentIsNotKeptAsNew(t *testing.T) {
	d := dbtest.SQLite(t, lines)
	often := db.F(`SELECT COUNT(*) FROM t_thing`).Often()
	page, end := d.Reading(t.Context())
	defer end()
	count(t, page, d, db.F(`SELECT COUNT(*) FROM t_thing WHERE id = 'x'`)) // from here on it sees this moment
	lay(t, t.Context(), d, "a")
	if n := count(t, page, d, often); n != 0 {
		t.Fatalf("the page sees %d", n)
	}
	if n := count(t, t.Context(), d, often); n != 1 {
		t.Errorf("another page is told %d", n)
	}
}

func TestWhatAnotherProgramWroteIsSeen(t *testing.T) {
	file := filepath.Join(t.TempDir(), "two.db")
	var ds [2]*db.DB
	for i := range ds {
		d, err := db.Open(t.Context(), "sqlite:"+file, clock.System())
		if err != nil {
			t.Fatal(err)
		}
		defer d.Close()
		if ds[i] = d; i == 0 {
			if err := d.Migrate(t.Context(), lines); err != nil {
				t.Fatal(err)
			}
		}
	}
	often := db.F(`SELECT COUNT(*) FROM t_thing`).Often()
	count(t, t.Context(), ds[1], often)
	lay(t, t.Context(), ds[0], "a")
	for range 100 {
		if count(t, t.Context(), ds[1], often) == 1 {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Error("it is not seen after five seconds")
}
