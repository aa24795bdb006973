package db_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"reflect"
	"sort"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/db/dbtest"
	"reisgezel/internal/kernel/fault"
)

var lines = []db.Line{{Name: "t", FS: fstest.MapFS{
	"schema/0001_t.sql": {Data: []byte("-- a; comment\nCREATE TABLE t_thing (id TEXT PRIMARY KEY, n BIGINT, at BIGINT, day TEXT, yes BOOLEAN NOT NULL DEFAULT FALSE, blob BYTEA);\n")},
	"schema/0002_t.sql": {Data: []byte("ALTER TABLE t_thing ADD COLUMN word TEXT;\nCREATE INDEX t_thing_n ON t_thing (n);\n")},
}}}

type thing struct {
	ID   string
	N    int
	At   time.Time
	Day  clock.Date
	Yes  bool
	Blob []byte
	Word string
}

func put(ctx context.Context, tx *db.Tx, x thing) error {
	_, err := db.Do(ctx, tx, db.F(`INSERT INTO t_thing (id, n, at, day, yes, blob, word) VALUES (?,?,?,?,?,?,?)`, x.ID, x.N, x.At, x.Day, x.Yes, x.Blob, x.Word))
	return err
}

func all(t *testing.T, d *db.DB) []thing {
	t.Helper()
	got, err := db.Many[thing](t.Context(), d, db.F(`SELECT id, n, at, day, yes, blob, word FROM t_thing ORDER BY id`))
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func TestValuesComeBackAsTheyWere(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		in := thing{"a", -7, dbtest.Start.Add(1234 * time.Millisecond), clock.On(2024, 2, 29), true, []byte{0, 255, 1}, "it's ? $1 -- ok"}
		if err := d.Tx(t.Context(), func(tx *db.Tx) error {
			return errors.Join(put(t.Context(), tx, in), put(t.Context(), tx, thing{ID: "b"}))
		}); err != nil {
			t.Fatal(err)
		}
		got := all(t, d)
		if len(got) != 2 || !got[0].At.Equal(in.At) || got[0].Day != in.Day || !got[0].Yes || string(got[0].Blob) != string(in.Blob) || got[0].Word != in.Word || got[0].N != -7 {
			t.Errorf("got %+v", got)
		}
		if !got[1].At.IsZero() || !got[1].Day.IsZero() || got[1].Yes {
			t.Errorf("nothing came back as something: %+v", got[1])
		}
		n, err := db.One[int](t.Context(), d, db.F(`SELECT COUNT(*) FROM t_thing WHERE word = 'a?b' OR n = ?`, -7))
		if err != nil || n != 1 {
			t.Errorf("count %d, %v", n, err)
		}
		if _, err := db.One[string](t.Context(), d, db.F(`SELECT id FROM t_thing WHERE id = ?`, "z")); !fault.Is(err, fault.NotFound) {
			t.Errorf("no row gives %v", err)
		}
		ids, err := db.Many[string](t.Context(), d, db.F(`SELECT id FROM t_thing WHERE`).With(db.In("id", []string{"a", "z"}).Or(db.In[string]("id", nil))).Then(`ORDER BY id LIMIT ?`, 5))
		if err != nil || len(ids) != 1 {
			t.Errorf("ids %v, %v", ids, err)
		}
	})
}

func TestWhatBeganIsKeptWhenItsWaitIsOver(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		ctx := t.Context()
		page, end := d.Reading(ctx)
		defer end()
		if n, err := db.One[int](page, d, db.F(`SELECT COUNT(*) FROM t_thing`)); err != nil || n != 0 {
			t.Fatal(n, err)
		}
		var waits []func() error
		for i := range 20 {
			waits = append(waits, d.Begin(page, func(tx *db.Tx) error { return put(page, tx, thing{ID: fmt.Sprintf("%02d", i)}) }))
		}
		again := d.Begin(page, func(tx *db.Tx) error { return put(page, tx, thing{ID: "00"}) })
		refused := errors.New("refused")
		no := d.Begin(page, func(tx *db.Tx) error { return errors.Join(put(page, tx, thing{ID: "no"}), refused) })
		panics := d.Begin(page, func(tx *db.Tx) error { panic("no") })
		if (waits[0]() == nil) == (again() == nil) {
			t.Error("one id was given twice, or to nobody")
		}
		for i, wait := range waits[1:] {
			if err := wait(); err != nil {
				t.Errorf("%d: %v", i+1, err)
			}
		}
		if err := no(); !errors.Is(err, refused) {
			t.Error(err)
		}
		if panics() == nil {
			t.Error("a panic was kept")
		}
		if n := len(all(t, d)); n != 20 {
			t.Errorf("%d were kept", n)
		}
		gone, leave := context.WithCancel(ctx)
		leave()
		if d.Begin(gone, func(tx *db.Tx) error { return put(gone, tx, thing{ID: "late"}) })() == nil {
			t.Error("somebody who had left wrote")
		}
	})
}

func TestATransactionIsAllOrNothing(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		no := errors.New("no")
		if err := d.Tx(t.Context(), func(tx *db.Tx) error { _ = put(t.Context(), tx, thing{ID: "a"}); return no }); !errors.Is(err, no) {
			t.Errorf("got %v", err)
		}
		if err := d.Tx(t.Context(), func(tx *db.Tx) error { _ = put(t.Context(), tx, thing{ID: "a"}); panic("oh") }); err == nil {
			t.Error("a panic wrote")
		}
		err := d.Tx(t.Context(), func(tx *db.Tx) error {
			return errors.Join(put(t.Context(), tx, thing{ID: "b"}), put(t.Context(), tx, thing{ID: "b"}))
		})
		if !fault.Is(err, fault.Conflict) {
			t.Errorf("twice the same id gives %v", err)
		}
		if got := all(t, d); len(got) != 0 {
			t.Errorf("something stayed: %+v", got)
		}
		if err := d.Check(t.Context()); err != nil {
			t.Error(err)
		}
	})
}

// Many callers share one commit; the failing ones among them take back only their own work.
func TestCallersOfOneCommitDoNotHarmEachOther(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		var wg sync.WaitGroup
		for i := range 200 {
			wg.Go(func() {
				err := d.Tx(context.Background(), func(tx *db.Tx) error {
					if err := put(context.Background(), tx, thing{ID: fmt.Sprintf("%03d", i), N: i}); err != nil {
						return err
					}
					switch i % 4 {
					case 1:
						return fmt.Errorf("not %d", i)
					case 2:
						panic(i)
					case 3:
						return put(context.Background(), tx, thing{ID: fmt.Sprintf("%03d", i)}) // the same id again
					}
					return nil
				})
				if (err == nil) != (i%4 == 0) {
					t.Errorf("%d: %v", i, err)
				}
			})
		}
		wg.Wait()
		for _, x := range all(t, d) {
			if x.N%4 != 0 {
				t.Errorf("%d was written by a caller that failed", x.N)
			}
		}
		if n := len(all(t, d)); n != 50 {
			t.Errorf("%d rows, want 50", n)
		}
	})
}

func TestACallerThatLeftWritesNothing(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if err := d.Tx(ctx, func(tx *db.Tx) error { return put(ctx, tx, thing{ID: "a"}) }); !fault.Is(err, fault.Unavailable) {
			t.Errorf("got %v", err)
		}
		if len(all(t, d)) != 0 {
			t.Error("it wrote")
		}
	})
}

func TestAFullDiskSaysSoAndKeepsWhatWasThere(t *testing.T) {
	d := dbtest.SQLite(t, lines)
	if err := d.Tx(t.Context(), func(tx *db.Tx) error { return put(t.Context(), tx, thing{ID: "before"}) }); err != nil {
		t.Fatal(err)
	}
	limit := func(n int) {
		if _, err := pages(t, d, n); err != nil {
			t.Fatal(err)
		}
	}
	limit(12)
	var err error
	for i := 0; i < 50 && err == nil; i++ {
		err = d.Tx(t.Context(), func(tx *db.Tx) error { return put(t.Context(), tx, thing{ID: fmt.Sprint(i), Blob: make([]byte, 8000)}) })
	}
	if k := fault.KindOf(err); k != fault.Unavailable && k != fault.Unsure {
		t.Fatalf("a full disk gives %v", err)
	}
	limit(100000)
	if err := d.Tx(t.Context(), func(tx *db.Tx) error { return put(t.Context(), tx, thing{ID: "zz"}) }); err != nil {
		t.Fatalf("after room was made: %v", err)
	}
	got := all(t, d)
	if got[len(got)-2].ID != "before" {
		t.Errorf("what was there is gone: %d rows", len(got))
	}
}

func pages(t *testing.T, d *db.DB, n int) (int, error) {
	texts := map[int]db.Frag{12: db.F(`PRAGMA max_page_count = 12`), 100000: db.F(`PRAGMA max_page_count = 100000`)}
	var got int
	err := d.Tx(t.Context(), func(tx *db.Tx) (err error) { got, err = db.One[int](t.Context(), tx, texts[n]); return err })
	return got, err
}

func TestReadingCannotWrite(t *testing.T) {
	d := dbtest.SQLite(t, lines)
	if _, err := db.Many[int](t.Context(), d, db.F(`DELETE FROM t_thing RETURNING n`)); !fault.Is(err, fault.Unavailable) {
		t.Errorf("the reading pool wrote: %v", err)
	}
}

func TestMigrationsGoForwardFromEveryEarlierSchema(t *testing.T) {
	dbtest.Each(t, nil, func(t *testing.T, d *db.DB) {
		early := []db.Line{{Name: "t", FS: fstest.MapFS{"schema/0001_t.sql": lines[0].FS.(fstest.MapFS)["schema/0001_t.sql"]}}}
		if err := d.Migrate(t.Context(), early); err != nil {
			t.Fatal(err)
		}
		err := d.Tx(t.Context(), func(tx *db.Tx) error {
			_, err := db.Do(t.Context(), tx, db.F(`INSERT INTO t_thing (id, n) VALUES ('old', 1)`))
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		for range 2 { // twice: the second time there is nothing to do
			if err := d.Migrate(t.Context(), lines); err != nil {
				t.Fatal(err)
			}
		}
		if got := all(t, d); len(got) != 1 || got[0].ID != "old" {
			t.Errorf("got %+v", got)
		}
		if err := d.Migrate(t.Context(), early); err == nil {
			t.Error("an older program opened a newer database")
		}
		changed := []db.Line{{Name: "t", FS: fstest.MapFS{
			"schema/0001_t.sql": {Data: []byte("CREATE TABLE t_thing (id TEXT);")}, "schema/0002_t.sql": lines[0].FS.(fstest.MapFS)["schema/0002_t.sql"]}}}
		if err := d.Migrate(t.Context(), changed); err == nil {
			t.Error("a changed migration was not noticed")
		}
	})
}

func TestABrokenMigrationLeavesNothing(t *testing.T) {
	dbtest.Each(t, nil, func(t *testing.T, d *db.DB) {
		bad := []db.Line{{Name: "t", FS: fstest.MapFS{"schema/0001_t.sql": {Data: []byte("CREATE TABLE t_a (id TEXT);\nCREATE TABLE t_b (nonsense;\n")}}}}
		if err := d.Migrate(t.Context(), bad); err == nil {
			t.Fatal("nonsense was migrated")
		}
		if err := d.Migrate(t.Context(), lines); err != nil {
			t.Errorf("after the broken one: %v", err)
		}
	})
}

func TestABlindIDTellsNoTime(t *testing.T) {
	seen := map[string]bool{}
	first := map[byte]int{}
	for range 1000 {
		id := db.Blind("x")
		if len(id) != len(db.ID("x", dbtest.Start)) || seen[id] {
			t.Fatalf("%s is of another length, or came before", id)
		}
		seen[id] = true
		first[id[2]]++
	}
	if len(first) < 20 { // the first sign of an id with a time in it is the same for years
		t.Errorf("the first sign takes %d values only", len(first))
	}
}

func TestIDsAreUniqueAndSortByTime(t *testing.T) {
	seen := map[string]bool{}
	var ids []string
	for i := range 2000 {
		id := db.ID("p", dbtest.Start.Add(time.Duration(i)*time.Millisecond))
		if seen[id] {
			t.Fatalf("%s twice", id)
		}
		seen[id] = true
		ids = append(ids, id)
	}
	if !sort.StringsAreSorted(ids) {
		t.Error("later ids do not sort later")
	}
}

func TestNobodyOpensTwoWriters(t *testing.T) {
	file := "sqlite:" + filepath.Join(t.TempDir(), "x.db")
	a, err := db.Open(t.Context(), file, clock.NewManual(dbtest.Start))
	if err != nil {
		t.Fatal(err)
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	if err := a.Tx(t.Context(), func(*db.Tx) error { return nil }); !fault.Is(err, fault.Unavailable) {
		t.Errorf("a closed database wrote: %v", err)
	}
}

func BenchmarkTxOfEight(b *testing.B) {
	d := dbtest.SQLite(b, lines)
	b.SetParallelism(4)
	b.RunParallel(func(p *testing.PB) {
		for p.Next() {
			id := db.ID("x", dbtest.Start)
			if err := d.Tx(context.Background(), func(tx *db.Tx) error { return put(context.Background(), tx, thing{ID: id}) }); err != nil {
				b.Error(err)
			}
		}
	})
}

// Rows that are inserted many at a time come out as they went in, whatever their number.
func TestManyRowsAreInsertedInTheirOrder(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		ctx := t.Context()
		into := db.F(`INSERT INTO t_thing (id, n, at, day, yes, blob, word) VALUES`)
		things := func(first, n int) (xs []thing) {
			for i := first; i < first+n; i++ {
				x := thing{ID: fmt.Sprintf("%04d", i), N: i, At: dbtest.Start.Add(time.Duration(i) * time.Second).UTC()}
				if i%3 == 0 {
					x.At, x.Day, x.Yes, x.Blob = time.Time{}, clock.On(2026, 1, 1).AddDays(i), true, []byte{byte(i)}
				}
				xs = append(xs, x)
			}
			return xs
		}
		rows := func(xs []thing) (rows [][]any) {
			for _, x := range xs {
				rows = append(rows, []any{x.ID, x.N, x.At, x.Day, x.Yes, x.Blob, x.Word})
			}
			return rows
		}
		var want []thing
		for _, n := range []int{0, 1, 2, 3, 64, 65, 200} {
			xs := things(len(want), n)
			if err := d.Tx(ctx, func(tx *db.Tx) error { return db.Insert(ctx, tx, into, rows(xs)) }); err != nil {
				t.Fatal(err)
			}
			want = append(want, xs...)
		}
		if got := all(t, d); !reflect.DeepEqual(got, want) {
			t.Errorf("got %+v\nwant %+v", got, want)
		}
		// One that is there already takes all of its transaction back.
		if err := d.Tx(ctx, func(tx *db.Tx) error { return db.Insert(ctx, tx, into, rows(append(things(900, 90), things(7, 1)...))) }); !fault.Is(err, fault.Conflict) {
			t.Errorf("the same id twice: %v", err)
		}
		if n := len(all(t, d)); n != len(want) {
			t.Errorf("%d rows, want %d", n, len(want))
		}
	})
}
