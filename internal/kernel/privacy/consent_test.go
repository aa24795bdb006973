package privacy_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"pgregory.net/rapid"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/db/dbtest"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/privacy"
)

var (
	ledger = []db.Line{{Name: "privacy", FS: privacy.Schema}}
	lawyer = privacy.Purpose{Name: "lawyer", Parts: []string{"name", "birth"}, Days: 365}
)

// person is somebody with a key.
func person(t testing.TB, id string) privacy.Key {
	t.Helper()
	k, err := vault(t, dbtest.SQLite(t, lines)).NewKey(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func allowed(subject string, until clock.Date) privacy.Consent {
	return privacy.Consent{Subject: subject, Purpose: "lawyer", Until: until, How: privacy.Spoken, By: "u-amira", Lang: "ti",
		Asked: privacy.Asked{Party: "mr. Kanarie", Parts: []string{"name"}, Words: "Mag mr. Kanarie dit weten?"}}
}

func give(t testing.TB, d *db.DB, k privacy.Key, c privacy.Consent) string {
	t.Helper()
	var id string
	if err := d.Tx(t.Context(), func(tx *db.Tx) (err error) { id, err = privacy.Give(t.Context(), tx, k, lawyer, c); return err }); err != nil {
		t.Fatal(err)
	}
	return id
}

func end(ctx context.Context, d *db.DB, subject, id string) error {
	return d.Tx(ctx, func(tx *db.Tx) error { return privacy.End(ctx, tx, subject, id, "") })
}

func use(ctx context.Context, d *db.DB, k privacy.Key, subject, id string) error {
	return d.Tx(ctx, func(tx *db.Tx) error { _, err := privacy.Use(ctx, tx, k, subject, id, "x.ended"); return err })
}

func TestAPurposeCoversNoMoreThanItsPartsAndItsTime(t *testing.T) {
	today := clock.On(2026, 11, 24)
	for _, x := range []struct {
		parts []string
		until clock.Date
		want  bool
	}{
		{[]string{"name"}, today, true}, {[]string{"name", "birth"}, today.AddDays(365), true},
		{nil, today, false}, {[]string{"name", "health"}, today, false}, {[]string{""}, today, false},
		{[]string{"name"}, today.AddDays(-1), false}, {[]string{"name"}, today.AddDays(366), false}, {[]string{"name"}, clock.Date{}, false},
	} {
		if got := lawyer.Covers(x.parts, today, x.until); got != x.want {
			t.Errorf("%v until %s: %v", x.parts, x.until, got)
		}
	}
}

func TestConsentIsReadAsItWasGivenAndEndsForGood(t *testing.T) {
	dbtest.Each(t, ledger, func(t *testing.T, d *db.DB) {
		ctx, k, now := t.Context(), person(t, "p-selam"), d.Clock().(*clock.Manual)
		today := clock.Today(d.Now())
		id := give(t, d, k, allowed("p-selam", today.AddDays(30)))
		give(t, d, person(t, "p-reem"), allowed("p-reem", today))
		cs, err := privacy.Consents(ctx, d, k, "p-selam")
		if err != nil || len(cs) != 1 || cs[0].ID != id || !cs[0].Holds(d.Now()) || cs[0].Asked.Party != "mr. Kanarie" || cs[0].By != "u-amira" || cs[0].Lang != "ti" || cs[0].Until != today.AddDays(30) {
			t.Fatalf("%+v %v", cs, err)
		}
		stored, err := db.Many[[]byte](ctx, d, db.F(`SELECT body FROM privacy_consent`))
		if err != nil || len(stored) != 2 || bytes.Contains(stored[0], []byte("Kanarie")) {
			t.Error("who may have it is readable in the database")
		}
		if err := use(ctx, d, k, "p-selam", id); err != nil {
			t.Error("it cannot be used:", err)
		}
		for what, err := range map[string]error{"using": use(ctx, d, k, "p-reem", id), "ending": end(ctx, d, "p-reem", id), "ending nothing": end(ctx, d, "p-selam", "cs-none")} {
			if !fault.Is(err, fault.NotFound) {
				t.Errorf("%s somebody else's consent: %v", what, err)
			}
		}
		if err := end(ctx, d, "p-selam", id); err != nil {
			t.Fatal(err)
		}
		first, err := privacy.ConsentOf(ctx, d, k, "p-selam", id)
		if err != nil || first.Holds(d.Now()) || first.Ended.IsZero() {
			t.Errorf("ended: %+v %v", first, err)
		}
		now.Advance(time.Hour)
		if err := end(ctx, d, "p-selam", id); err != nil {
			t.Error("ending again:", err)
		}
		if again, _ := privacy.ConsentOf(ctx, d, k, "p-selam", id); !again.Ended.Equal(first.Ended) {
			t.Error("ending again moved the moment at which it ended")
		}
		var f *fault.Fault
		if err := use(ctx, d, k, "p-selam", id); !errors.As(err, &f) || f.Kind != fault.Denied || f.Key != "x.ended" {
			t.Errorf("using it after that: %v", err)
		}
		for what, c := range map[string]privacy.Consent{
			"another purpose": {Subject: "p-selam", Purpose: "story", Until: today, Asked: privacy.Asked{Party: "x", Parts: []string{"name"}, Words: "x"}},
			"no words":        {Subject: "p-selam", Purpose: "lawyer", Until: today, Asked: privacy.Asked{Party: "x", Parts: []string{"name"}}},
			"too long":        allowed("p-selam", today.AddDays(400)),
		} {
			if err := d.Tx(ctx, func(tx *db.Tx) error { _, err := privacy.Give(ctx, tx, k, lawyer, c); return err }); err == nil {
				t.Errorf("%s was written", what)
			}
		}
		if err := d.Tx(ctx, func(tx *db.Tx) error { return privacy.ForgetConsents(ctx, tx, "p-selam") }); err != nil {
			t.Fatal(err)
		}
		if n, _ := db.One[int](ctx, d, db.F(`SELECT COUNT(*) FROM privacy_consent`)); n != 1 {
			t.Errorf("%d consents are left", n)
		}
		if n, _ := db.One[int](ctx, d, db.F(`SELECT COUNT(*) FROM privacy_consent_end`)); n != 0 {
			t.Errorf("%d ends are left", n)
		}
	})
}

// TestConsentHoldsExactlyWhileItWasGiven holds the ledger against a model of it: any order of giving, ending and waiting.
func TestConsentHoldsExactlyWhileItWasGiven(t *testing.T) {
	d := dbtest.SQLite(t, ledger)
	k, now := person(t, "p-model"), d.Clock().(*clock.Manual)
	n := 0
	rapid.Check(t, func(rt *rapid.T) {
		n++
		subject := fmt.Sprint("p-", n)
		type one struct {
			id    string
			until clock.Date
			ended bool
		}
		var all []one
		rt.Repeat(map[string]func(*rapid.T){
			"give": func(rt *rapid.T) {
				until := clock.Today(d.Now()).AddDays(rapid.IntRange(0, 5).Draw(rt, "days"))
				all = append(all, one{id: give(t, d, k, allowed(subject, until)), until: until})
			},
			"end": func(rt *rapid.T) {
				if len(all) == 0 {
					rt.Skip()
				}
				x := &all[rapid.IntRange(0, len(all)-1).Draw(rt, "which")]
				if err := end(t.Context(), d, subject, x.id); err != nil {
					rt.Fatal(err)
				}
				x.ended = true
			},
			"wait": func(rt *rapid.T) { now.Advance(time.Duration(rapid.IntRange(1, 40).Draw(rt, "hours")) * time.Hour) },
			"": func(rt *rapid.T) {
				cs, err := privacy.Consents(t.Context(), d, k, subject)
				if err != nil || len(cs) != len(all) {
					rt.Fatalf("%d of %d, %v", len(cs), len(all), err)
				}
				for i, x := range all {
					want := !x.ended && !x.until.Before(clock.Today(d.Now()))
					if got := cs[len(cs)-1-i]; got.ID == x.id && got.Holds(d.Now()) != want {
						rt.Fatalf("%s until %s, ended %v: holds %v", x.id, x.until, x.ended, got.Holds(d.Now()))
					}
					if err := use(t.Context(), d, k, subject, x.id); (err == nil) != want {
						rt.Fatalf("%s until %s, ended %v: using it gives %v", x.id, x.until, x.ended, err)
					}
				}
			},
		})
	})
}

func TestNothingIsSharedAfterTheEndIsAcknowledged(t *testing.T) {
	dbtest.Each(t, ledger, func(t *testing.T, d *db.DB) {
		k := person(t, "p-selam")
		for range 20 {
			id := give(t, d, k, allowed("p-selam", clock.Today(d.Now())))
			var over atomic.Bool
			var all sync.WaitGroup
			for range 4 {
				all.Go(func() {
					for range 10 {
						late := over.Load()
						if err := use(t.Context(), d, k, "p-selam", id); err == nil && late {
							t.Error("it was used after its end was acknowledged")
						}
					}
				})
			}
			if err := end(t.Context(), d, "p-selam", id); err != nil {
				t.Error(err)
			}
			over.Store(true)
			all.Wait()
		}
	})
}

// TestAnEndWaitsForWhatIsBeingShared: somebody who is told that it ended may trust that nothing leaves after that moment,
// not even what had begun before it. The embedded database has one writer, so there it cannot be otherwise.
func TestAnEndWaitsForWhatIsBeingShared(t *testing.T) {
	d, k := dbtest.Postgres(t, ledger), person(t, "p-selam")
	id := give(t, d, k, allowed("p-selam", clock.Today(d.Now())))
	ended := make(chan error, 1)
	err := d.Tx(t.Context(), func(tx *db.Tx) error {
		if _, err := privacy.Use(t.Context(), tx, k, "p-selam", id, "x.ended"); err != nil {
			return err
		}
		go func() { ended <- end(t.Context(), d, "p-selam", id) }()
		for {
			select {
			case err := <-ended:
				t.Error("the end was acknowledged while something was still being shared:", err)
				ended <- nil
				return nil
			default:
			}
			n, err := db.One[int](t.Context(), d, db.F(`SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`))
			if err != nil || n > 0 {
				return err // it waits
			}
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := <-ended; err != nil {
		t.Error(err)
	}
}
