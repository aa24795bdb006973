package alarm

import (
	"testing"
	"time"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/db/dbtest"
	"reisgezel/internal/kernel/web/webtest"
)

// What this node writes is on its board at once; what another one writes, some seconds later. The board never opens a file.
func TestTheBoardFollows(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d, 12)
		noor := o.As(noorA)
		want(t, "before", noor.Get("/balk"), 200, "-Uitzetting")
		id := o.raised(t)
		want(t, "at once", noor.Get("/balk"), 200, "Uitzetting dreigt")
		// Another node ends it: nothing tells this one.
		if err := d.Tx(t.Context(), func(tx *db.Tx) error {
			_, err := db.Do(t.Context(), tx, db.F(`UPDATE alarm_alarm SET state = 'ended', ended_at = ?, ended_by = 'u-x', outcome = 'safe' WHERE id = ?`, tx.Now, id))
			return err
		}); err != nil {
			t.Fatal(err)
		}
		o.later(boardFor - time.Millisecond)
		want(t, "some seconds old", noor.Get("/balk"), 200, "Uitzetting dreigt")
		want(t, "and opens nothing", noor.Post("/alarm/"+id+"/nemen", webtest.Form()), 409)
		absent(t, noor, noor.Get("/dossier/p-hamid"), "the file")
		o.later(time.Millisecond)
		want(t, "then it follows", noor.Get("/balk"), 200, "-Uitzetting")
	})
}

// What the line above every page costs, with a hundred alarms in the country and none of them the visitor's.
func BenchmarkBanner(b *testing.B) {
	d := dbtest.SQLite(b, lines)
	o := newOffice(b, d, 500)
	n := 0
	for id := range o.people {
		if n == 100 {
			break
		}
		n++
		f, err := o.files.Machine(b.Context(), d, id)
		if err != nil {
			b.Fatal(err)
		}
		if err := d.Tx(b.Context(), func(tx *db.Tx) error {
			_, err := raise(b.Context(), tx, f, "", Danger{Due: d.Now().Add(40 * time.Hour), Exact: true, Held: "unknown"}, true)
			return err
		}); err != nil {
			b.Fatal(err)
		}
	}
	who := worker("u-far", access.Lead, access.Team, "t-nowhere")
	told := func() (n int) {
		people, _, err := o.a.posted(b.Context(), d.Now())
		if err != nil {
			b.Fatal(err)
		}
		for _, p := range people {
			if p.Knows(who) {
				n++
			}
		}
		return n
	}
	b.Run("a page", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if told() != 0 {
				b.Fatal("told of an alarm elsewhere")
			}
		}
	})
	b.Run("read anew", func(b *testing.B) {
		for b.Loop() {
			o.a.board.forget()
			if told() != 0 {
				b.Fatal("told of an alarm elsewhere")
			}
		}
	})
}
