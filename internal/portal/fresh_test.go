package portal

// This file looks at what the first page says is new since somebody was last here.

import (
	"testing"
	"time"

	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/db/dbtest"
)

func TestTheFirstPageSaysWhatIsNewSinceTheLastVisit(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		h := setup(t, d)
		const heading, appointment, turn = "Nieuw sinds uw vorige bezoek", "Een afspraak is gemaakt of veranderd", "In uw procedure bent u of uw advocaat aan zet"
		h.news(NewAppointment, "p-selam")
		h.clock.Advance(time.Hour)
		h.lacks("the first time nothing was seen before", h.in(selamCard).Get("/mijn?taal=nl"), heading)
		h.clock.Advance(time.Hour)
		h.news(NewTurn, "p-selam")
		h.news(NewPaper, "p-reem")
		h.clock.Advance(time.Hour)
		again := h.Guest()
		if a := try(again, selamCard, pin); a.Code != 303 {
			t.Fatal(a.Code)
		}
		page := again.Get("/mijn?taal=nl")
		h.want("what came since", page, 200, heading, turn)
		h.lacks("what came before, and what is of another", page, appointment, "Er wordt een papier")
		h.clock.Advance(2 * time.Minute)
		h.want("as long as this visit lasts", again.Get("/mijn?taal=nl"), 200, heading, turn)
		h.clock.Advance(time.Hour)
		later := h.Guest()
		if a := try(later, selamCard, pin); a.Code != 303 {
			t.Fatal(a.Code)
		}
		h.lacks("the next visit", later.Get("/mijn?taal=nl"), heading)
		if err := d.Tx(t.Context(), func(tx *db.Tx) error { return h.p.Keeper().Erase(t.Context(), tx, "p-selam") }); err != nil {
			t.Fatal(err)
		}
		if n := h.count(db.F(`SELECT COUNT(*) FROM portal_fresh WHERE person = 'p-selam'`)); n != 0 {
			t.Errorf("%d rows outlive her", n)
		}
	})
}
