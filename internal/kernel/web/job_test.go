package web

// These tests hold long jobs to giving way, and to keeping their lease meanwhile.

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/db/dbtest"
)

func TestALongJobGivesWayToWhoWaits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		busy := false
		ctx, cancel := context.WithCancel(t.Context())
		behind := Behind(ctx, func() bool { return busy })
		rested := func(ctx context.Context, worked time.Duration) time.Duration {
			began := time.Now()
			if err := Rest(ctx, worked); err != nil {
				t.Fatal(err)
			}
			return time.Since(began)
		}
		if got := rested(behind, 10*time.Millisecond); got != 10*time.Millisecond {
			t.Errorf("while nobody waits it rests %v", got)
		}
		if got := rested(ctx, 10*time.Millisecond); got != 10*time.Millisecond {
			t.Errorf("where nobody says who waits it rests %v", got)
		}
		busy = true
		if got := rested(behind, 10*time.Millisecond); got != giveWay*10*time.Millisecond {
			t.Errorf("while somebody waits it rests %v", got)
		}
		if got := rested(behind, 0); got != 0 {
			t.Errorf("after nothing it rests %v", got)
		}
		time.AfterFunc(time.Second, cancel)
		began := time.Now()
		if err := Rest(behind, time.Hour); !errors.Is(err, context.Canceled) || time.Since(began) != time.Second {
			t.Errorf("when the program stops: %v after %v", err, time.Since(began))
		}
		if err := Rest(behind, 0); !errors.Is(err, context.Canceled) {
			t.Errorf("after the program stopped: %v", err)
		}
	})
}

func TestALongJobKeepsItsLease(t *testing.T) {
	dbtest.Each(t, []db.Line{{Name: "web", FS: Schema}}, func(t *testing.T, d *db.DB) {
		err := d.Tx(t.Context(), func(tx *db.Tx) error {
			_, err := db.Do(t.Context(), tx, db.F(`INSERT INTO web_job (name, next, note) VALUES ('long', 1, '')`))
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		next := func() int64 {
			n, err := db.One[int64](t.Context(), d, db.F(`SELECT next FROM web_job WHERE name = 'long'`))
			if err != nil {
				t.Fatal(err)
			}
			return n
		}
		release := hold(t.Context(), d, "long", time.Millisecond)
		want := d.Now().Add(lease).UnixMilli()
		for late := time.Now().Add(10 * time.Second); next() != want && time.Now().Before(late); {
			time.Sleep(time.Millisecond)
		}
		if got := next(); got != want {
			t.Errorf("the lease ends at %d, not at %d", got, want)
		}
		release()
		if err := d.Tx(t.Context(), func(tx *db.Tx) error {
			_, err := db.Do(t.Context(), tx, db.F(`UPDATE web_job SET next = 2 WHERE name = 'long'`))
			return err
		}); err != nil {
			t.Fatal(err)
		}
		time.Sleep(20 * time.Millisecond)
		if got := next(); got != 2 {
			t.Errorf("a lease that was let go is renewed to %d", got)
		}
	})
}
