package contact

import (
	"fmt"
	"strconv"
	"testing"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/db/dbtest"
)

// busy is an office of so many people with their contacts.
func busy(b *testing.B, n int) office {
	b.Helper()
	o := newOfficeOf(b, dbtest.SQLite(b, lines), n)
	o.fill(b, n)
	return o
}

func BenchmarkSavingANote(b *testing.B) {
	o := busy(b, 2000)
	f, err := o.files.Machine(b.Context(), o.d, "p-selam")
	if err != nil {
		b.Fatal(err)
	}
	save := func(i int) error {
		return o.d.Tx(b.Context(), func(tx *db.Tx) error {
			id, err := o.c.save(b.Context(), tx, f.Key(), Moment{Talk: Talk{Author: "u-amira", Desk: "d-overvecht", Visible: "client",
				What: Body{Topic: "letter", Done: []string{"read"}, Note: "Brief van de gemeente gelezen en uitgelegd.", Next: "ready"}}, Person: "p-selam", Team: "t-utrecht", Form: strconv.Itoa(i)}, Promised{})
			if err == nil {
				err = drop(b.Context(), tx, "u-amira", "p-selam")
			}
			if err == nil {
				err = f.Log(b.Context(), tx, "contact.event.saved", id)
			}
			return err
		})
	}
	b.Run("one", func(b *testing.B) {
		for i := range b.N {
			if err := save(i); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("eight", func(b *testing.B) {
		b.SetParallelism(4)
		b.RunParallel(func(p *testing.PB) {
			for i := 0; p.Next(); i++ {
				if err := save(i); err != nil {
					b.Error(err)
				}
			}
		})
	})
}

func BenchmarkMyPromises(b *testing.B) {
	o := busy(b, 2000)
	for b.Loop() {
		owners, err := o.c.owners(b.Context(), amira, o.d.Now())
		if err != nil {
			b.Fatal(err)
		}
		open, _, err := o.c.owed(b.Context(), owners, o.d.Now(), promisesMost)
		if err != nil || len(open) == 0 {
			b.Fatal(err)
		}
	}
}

func BenchmarkLastTwentyNotes(b *testing.B) {
	o := busy(b, 500)
	g := access.Grant{Subject: "p-selam"}
	for i := range 40 {
		o.tx(b, func(tx *db.Tx) error {
			k, err := o.v.Key(b.Context(), g.Subject)
			if err != nil {
				return err
			}
			return demoMoment(b.Context(), tx, k, Moment{Talk: Talk{ID: fmt.Sprintf("m-x-%d", i), At: tx.Now, Author: "u-amira", Visible: "client", What: Body{Topic: "letter", Note: "Brief gelezen."}}, Person: g.Subject, Team: "t-utrecht"})
		})
	}
	f, err := o.files.Machine(b.Context(), o.d, g.Subject)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		ms, err := o.c.talks(b.Context(), f, o.d.Now().Add(1e9), 20)
		if err != nil || len(ms) < 5 {
			b.Fatal(len(ms), err)
		}
	}
}

func BenchmarkFilling(b *testing.B) {
	const n = 20000
	for b.Loop() {
		b.StopTimer()
		o := newOfficeOf(b, dbtest.SQLite(b, lines), dossier.DemoHeroes)
		var all []dossier.DemoPerson
		k := o.c.house()
		for batch := range dossier.DemoPeople(o.plan, n, o.d.Now()) {
			for i := range batch {
				batch[i].Key = k
			}
			all = append(all, batch...)
		}
		b.StartTimer()
		if err := o.d.Bulk(b.Context(), func(tx *db.Tx) error { return o.c.Demo(b.Context(), tx, all, o.d.Now()) }); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(n*b.N)/b.Elapsed().Seconds(), "people/s")
}
