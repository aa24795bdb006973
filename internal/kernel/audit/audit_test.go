package audit_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"reisgezel/internal/kernel/audit"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/db/dbtest"
)

var lines = []db.Line{{Name: "audit", FS: audit.Schema}}

func fill(t *testing.T, d *db.DB, n int) {
	t.Helper()
	var wg sync.WaitGroup
	for w := range 4 {
		wg.Go(func() {
			for i := range n / 4 {
				err := d.Tx(t.Context(), func(tx *db.Tx) error {
					return audit.Append(t.Context(), tx, audit.Entry{Event: "x.event.open", Subject: fmt.Sprintf("p-%d", i%3), Actor: fmt.Sprintf("u-%d", w), ActorKind: "staff", Why: "assignment"})
				})
				if err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
}

func TestTheChainIsWholeHoweverManyWrite(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		fill(t, d, 80)
		n, err := audit.Verify(t.Context(), d)
		if err != nil || n != 80 {
			t.Fatalf("%d entries, %v", n, err)
		}
		es, err := audit.Of(t.Context(), d, "p-0", 0, 5)
		if err != nil || len(es) != 5 || es[0].Seq < es[4].Seq {
			t.Errorf("%+v %v", es, err)
		}
		more, err := audit.Of(t.Context(), d, "p-0", es[4].Seq, 500)
		if err != nil || len(more)+5 != 28 {
			t.Errorf("%d more, %v", len(more), err)
		}
		found, err := audit.Search(t.Context(), d, audit.Filter{Actor: "u-1", From: dbtest.Start, Until: dbtest.Start.Add(time.Second)}, 100)
		if err != nil || len(found) != 20 {
			t.Errorf("%d found, %v", len(found), err)
		}
	})
}

func TestManyEntriesOfOneTransactionKeepTheirOrder(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		fill(t, d, 8)
		if err := d.Tx(t.Context(), func(tx *db.Tx) error {
			if err := audit.Append(t.Context(), tx); err != nil { // nothing to tell
				return err
			}
			return audit.Append(t.Context(), tx, audit.Entry{Event: "x.event.a", Subject: "p-9"}, audit.Entry{Event: "x.event.b", Subject: "p-9"}, audit.Entry{Event: "x.event.c", Subject: "p-9"})
		}); err != nil {
			t.Fatal(err)
		}
		fill(t, d, 4)
		if n, err := audit.Verify(t.Context(), d); err != nil || n != 15 {
			t.Errorf("%d entries, %v", n, err)
		}
		es, err := audit.Of(t.Context(), d, "p-9", 0, 10)
		if err != nil || len(es) != 3 || es[2].Seq != 9 || es[2].Event != "x.event.a" || es[0].Seq != 11 || es[0].Event != "x.event.c" {
			t.Errorf("%+v %v", es, err)
		}
	})
}

func TestEveryTamperingIsSeen(t *testing.T) {
	for name, fake := range map[string]db.Frag{
		"changed actor":    db.F(`UPDATE audit_entry SET actor = 'u-9' WHERE seq = 7`),
		"changed reason":   db.F(`UPDATE audit_entry SET why = 'presence' WHERE seq = 1`),
		"changed time":     db.F(`UPDATE audit_entry SET at = at + 1 WHERE seq = 20`),
		"moved field":      db.F(`UPDATE audit_entry SET actor = '', on_behalf = actor WHERE seq = 5`),
		"taken out":        db.F(`DELETE FROM audit_entry WHERE seq = 10`),
		"first taken out":  db.F(`DELETE FROM audit_entry WHERE seq = 1`),
		"tail cut":         db.F(`DELETE FROM audit_entry WHERE seq > 15`),
		"two swapped":      db.F(`UPDATE audit_entry SET seq = CASE seq WHEN 3 THEN -3 ELSE seq END WHERE seq IN (3, 4)`),
		"put in":           db.F(`UPDATE audit_entry SET seq = 21, prev = (SELECT hash FROM audit_entry WHERE seq = 19) WHERE seq = 20`),
		"head turned back": db.F(`UPDATE audit_head SET seq = 19`),
		"new hash":         db.F(`UPDATE audit_entry SET subject = 'p-9', hash = prev WHERE seq = 12`),
	} {
		t.Run(name, func(t *testing.T) {
			d := dbtest.SQLite(t, lines)
			fill(t, d, 20)
			if _, err := audit.Verify(t.Context(), d); err != nil {
				t.Fatal(err)
			}
			if err := d.Tx(t.Context(), func(tx *db.Tx) error { _, err := db.Do(t.Context(), tx, fake); return err }); err != nil {
				t.Fatal(err)
			}
			n, err := audit.Verify(t.Context(), d)
			if b := (*audit.Broken)(nil); !errors.As(err, &b) || b.Seq == 0 || strings.HasSuffix(b.Error(), " ") {
				t.Errorf("%d entries, %v", n, err)
			}
		})
	}
}

func TestLooksOfOneDayAreOneLine(t *testing.T) {
	at := func(d, h int) time.Time { return time.Date(2026, 11, d, h, 0, 0, 0, clock.Netherlands) }
	es := []audit.Entry{ // newest first
		{At: at(24, 11), Actor: "a", ActorKind: "staff", Why: "assignment", Event: "open"},
		{At: at(24, 10), Actor: "b", ActorKind: "staff", Why: "presence", Event: "open"},
		{At: at(24, 9), Actor: "a", ActorKind: "staff", Why: "assignment", Event: "saved"},
		{At: at(24, 8), Actor: "a", ActorKind: "staff", Why: "breakglass", Event: "open"},
		{At: at(23, 23), Actor: "a", ActorKind: "staff", Why: "assignment", Event: "open"},
	}
	got := audit.Looks(es, clock.Netherlands)
	if len(got) != 4 || got[0].Times != 2 || !got[0].First.Equal(at(24, 9)) || got[0].Events[0] != "saved" || got[2].Why != "breakglass" || got[3].Times != 1 {
		t.Errorf("%+v", got)
	}
}

func TestTheLatestLooks(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		look := func(minute int, actor, why, subject string) audit.Entry {
			return audit.Entry{At: dbtest.Start.Add(time.Duration(minute) * time.Minute), Event: "x.event.open", Subject: subject, Actor: actor, ActorKind: "staff", Why: why}
		}
		es := []audit.Entry{look(0, "u-old", "assignment", "p")}
		for i := range 28 {
			es = append(es, look(1+i, "u-1", "assignment", "p"))
		}
		es = append(es, look(30, "u-2", "presence", "p"), look(31, "u-1", "breakglass", "p"), look(32, "u-3", "assignment", "q"))
		err := d.Bulk(t.Context(), func(tx *db.Tx) error {
			for _, e := range es {
				tx.Now = e.At
				if err := audit.Append(t.Context(), tx, e); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		own := audit.Look{Actor: "u-1", ActorKind: "staff", Why: "assignment", Last: dbtest.Start.Add(40 * time.Minute)}
		got, err := audit.Latest(t.Context(), d, "p", own)
		var say []string
		for _, l := range got {
			say = append(say, fmt.Sprintf("%s %s %d", l.Actor, l.Why, int(l.Last.Sub(dbtest.Start).Minutes())))
		}
		if want := []string{"u-1 assignment 40", "u-1 breakglass 31", "u-2 presence 30"}; err != nil || !slices.Equal(say, want) {
			t.Errorf("%q, want %q (%v)", say, want, err)
		}
	})
}

// A page of looks ends between two days, so that one colleague's day is one line; nothing is told twice or left out.
func TestPagesOfLooksEndBetweenDays(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		c := d.Clock().(*clock.Manual)
		err := d.Bulk(t.Context(), func(tx *db.Tx) error {
			for day := range 5 {
				for i := range 90 {
					tx.Now = dbtest.Start.AddDate(0, 0, day).Add(time.Duration(i) * time.Minute)
					if err := audit.Append(t.Context(), tx, audit.Entry{Event: "x.event.open", Subject: "p", Actor: fmt.Sprintf("u-%d", i%2), ActorKind: "staff", Why: "assignment"}); err != nil {
						return err
					}
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		c.Advance(5 * 24 * time.Hour)
		var before int64
		seen, pages := map[string]int{}, 0
		for {
			ls, older, err := audit.ReadLooks(t.Context(), d, "p", before, clock.Netherlands)
			if err != nil {
				t.Fatal(err)
			}
			pages++
			for _, l := range ls {
				k := l.First.Format(time.DateOnly) + l.Actor
				if seen[k] != 0 {
					t.Errorf("%s is told twice", k)
				}
				seen[k] = l.Times
			}
			if older == 0 {
				break
			}
			before = older
		}
		if pages < 2 || len(seen) != 10 {
			t.Errorf("%d pages, %d lines", pages, len(seen))
		}
		for k, n := range seen {
			if n != 45 {
				t.Errorf("%s has %d", k, n)
			}
		}
		none, older, err := audit.ReadLooks(t.Context(), d, "q", 0, clock.Netherlands)
		if err != nil || len(none) != 0 || older != 0 {
			t.Errorf("somebody nobody looked at: %v %d %v", none, older, err)
		}
	})
}

func TestAnEarlierHashIsHeldAgainstTheLog(t *testing.T) {
	d := dbtest.SQLite(t, lines)
	fill(t, d, 8)
	seq, hash, err := audit.Head(t.Context(), d)
	if err != nil {
		t.Fatal(err)
	}
	fill(t, d, 8)
	if got, err := audit.HashAt(t.Context(), d, seq); err != nil || got != hash {
		t.Errorf("%q is not %q: %v", got, hash, err)
	}
	if got, err := audit.HashAt(t.Context(), d, 99); err == nil {
		t.Errorf("an entry that is not there has the hash %q", got)
	}
}

func BenchmarkVerify(b *testing.B) {
	d := dbtest.SQLite(b, lines)
	const n = 100000
	err := d.Bulk(b.Context(), func(tx *db.Tx) error {
		for i := range n {
			if err := audit.Append(b.Context(), tx, audit.Entry{Event: "dossier.event.open", Subject: fmt.Sprintf("p-%d", i%997), Actor: "u-1", ActorKind: "staff", Role: "case", Why: "assignment", Session: "s-1"}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if got, err := audit.Verify(b.Context(), d); err != nil || got != n {
			b.Fatal(got, err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/n, "ns/entry")
}
