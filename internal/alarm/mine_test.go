package alarm

// This file tests the one press of the person on the own pages.

import (
	"testing"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/db/dbtest"
	"reisgezel/internal/kernel/web/webtest"
)

func TestThePersonRaisesIt(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d, dossier.DemoHeroes)
		me, noor, amira := o.As(self("p-hamid")), o.As(noorA), o.As(amiraA)
		want(t, "the own page", me.Get("/mijn"), 200, "Vraag nu hulp")
		want(t, "the form", me.Get("/mijn/nood"), 200, "Nu hulp nodig", "U hoeft niets in te vullen", "112")
		absent(t, amira, amira.Get("/mijn/nood"), "a colleague")
		want(t, "bad input", me.Post("/mijn/nood", webtest.Form("held", "moon", "day", "x")), 422, "Kies waar", "geen dag")
		if n := o.count(t, db.F(`SELECT COUNT(*) FROM alarm_alarm`)); n != 0 {
			t.Fatalf("bad input raised %d", n)
		}
		f := webtest.Form("held", "detention", "_once", "once-once-once-once")
		for range 2 {
			want(t, "pressed", me.Post("/mijn/nood", f), 303)
		}
		if n := o.count(t, db.F(`SELECT COUNT(*) FROM alarm_alarm WHERE person = 'p-hamid' AND state = 'running' AND made_by = 'p-hamid'`)); n != 1 {
			t.Fatalf("%d alarms", n)
		}
		want(t, "afterwards", me.Get("/mijn/nood"), 200, "Wij weten het", "-Vraag nu hulp")
		want(t, "the own page", me.Get("/mijn"), 200, "Wij helpen u tegen uw uitzetting", "-/mijn/nood")
		want(t, "who is told", noor.Get("/alarm"), 200, "Iemand bij Utrecht", "-Hamid")
		id := o.one(t, db.F(`SELECT id FROM alarm_alarm`))
		want(t, "the notice", noor.Get("/alarm/"+id), 200, "-p-hamid", "-Hamid")
		want(t, "who helps", amira.Get("/dossier/p-hamid/alarm"), 200, "Hamid")
	})
}

// An alarm that is kept from the person stays so when they ask themselves, and who is on it reads that they did.
func TestThePersonAsksWhileOneRuns(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d, dossier.DemoHeroes)
		me, amira := o.As(self("p-hamid")), o.As(amiraA)
		want(t, "raised in silence", amira.Post("/dossier/p-hamid/alarm", webtest.Form("held", "free", "hide", "ja", "note", "Niemand weet ervan.")), 303)
		want(t, "the form", me.Get("/mijn/nood"), 200, "Vraag nu hulp", "-Wij weten het")
		want(t, "pressed", me.Post("/mijn/nood", webtest.Form("held", "unknown")), 303)
		want(t, "the own page", me.Get("/mijn"), 200, "-Wij helpen u tegen", "-Niemand weet ervan")
		want(t, "who helps", amira.Get("/dossier/p-hamid/alarm"), 200, "De persoon vroeg zelf om hulp", "Niemand weet ervan.")
		if n := o.count(t, db.F(`SELECT COUNT(*) FROM alarm_alarm WHERE tell = FALSE`)); n != 1 {
			t.Error("what was kept is told")
		}
	})
}
