package interview

import (
	"testing"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/db/dbtest"
	"reisgezel/internal/organisation"
)

// Whoever said yes and leaves before the day does not go: that shows at once, and nobody is put in their place unasked.
func TestWhoLeavesDoesNotGoAlong(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		to := o.plan(t) // Thursday 3 December
		o.must(t, o.marwan(), to+"/vragen", "colleague", "u-ria")
		o.must(t, o.ria(), "/gehoren/mee/"+idIn(to), "says", "yes")
		o.on(2, "09:00")
		noor := o.As(worker("u-noor", access.Lead))
		o.says(t, noor.Get("/vandaag"), 200, "[][]")
		tx := func(do func(tx *db.Tx) error) {
			t.Helper()
			if err := d.Tx(t.Context(), do); err != nil {
				t.Fatal(err)
			}
		}
		last := func(day clock.Date) {
			tx(func(tx *db.Tx) error { return organisation.SetLastDay(t.Context(), tx, "u-ria", day, "u-noor") })
		}
		last(clock.On(2026, 12, 2))
		o.says(t, noor.Get("/vandaag"), 200, "bij *één gehoor* gaat nog niemand mee")
		o.says(t, o.marwan().Get("/gehoren"), 200, "gaat nog niemand mee")
		last(clock.On(2026, 12, 3)) // on her last day she still goes
		o.says(t, noor.Get("/vandaag"), 200, "[][]")

		move := func(to string, by access.Actor) {
			tx(func(tx *db.Tx) error {
				return o.files.MoveWork(t.Context(), tx, dossier.Handing{Person: "p-selam", From: "u-ria", To: to, By: by})
			})
		}
		open := func(who string) int {
			w, err := o.files.OpenWork(t.Context(), d, who, "p-selam", o.clock.Now())
			if err != nil {
				t.Fatal(err)
			}
			return len(w["interview.work"])
		}
		o.files.LendWork(o.x.Work(), nil)
		if open("u-ria") != 1 || open("u-jan") != 0 {
			t.Fatal("what she goes to is not her open work")
		}
		move("u-jan", access.Actor{Kind: access.Machine, ID: "system"})
		if open("u-ria")+open("u-jan") != 0 {
			t.Error("it fell to somebody who was not asked")
		}
		o.says(t, noor.Get("/vandaag"), 200, "bij *één gehoor* gaat nog niemand mee")
		if n := o.count(t, db.F(`SELECT COUNT(*) FROM access_grant WHERE holder = 'user:u-ria' AND ended IS NULL`)); n != 0 {
			t.Errorf("she keeps %d grants", n)
		}

		// Who accepts it says yes.
		o.must(t, o.marwan(), to+"/vragen", "colleague", "u-ria")
		o.must(t, o.ria(), "/gehoren/mee/"+idIn(to), "says", "yes")
		move("u-jan", access.Actor{Kind: access.Staff, ID: "u-jan"})
		if open("u-ria") != 0 || open("u-jan") != 1 {
			t.Error("it did not go to who accepted it")
		}
		o.says(t, noor.Get("/vandaag"), 200, "[][]")
	})
}
