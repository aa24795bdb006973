package portal

// This file proves that a report is answered within its term, and does not lie where nobody looks.

import (
	"context"
	"testing"
	"time"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/audit"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/db/dbtest"
	"reisgezel/internal/kernel/web/webtest"
)

func TestByWhenAWordIsAnswered(t *testing.T) {
	for at, want := range map[string]string{
		"2026-11-24T09:00:00+01:00": "2026-12-24",
		"2026-01-31T12:00:00+01:00": "2026-02-28",
		"2028-01-31T12:00:00+01:00": "2028-02-29",
		"2026-12-31T23:59:00+01:00": "2027-01-31",
		"2026-03-31T23:30:00Z":      "2026-05-01", // here it is April already
	} {
		when, err := time.Parse(time.RFC3339, at)
		if err != nil {
			t.Fatal(err)
		}
		if due := (Word{At: when}).Due(); due.String() != want {
			t.Errorf("%s: %s, want %s", at, due, want)
		}
	}
	day := clock.On(2026, 11, 24).In(clock.Netherlands)
	for _, c := range []struct {
		w      Word
		after  time.Duration
		helped bool
		want   bool
	}{
		{Word{At: day}, time.Hour, true, false},
		{Word{At: day}, time.Hour, false, true},
		{Word{At: day}, climbAfter - time.Second, true, false},
		{Word{At: day}, climbAfter, true, true},
		{Word{At: day, DoneAt: day}, climbAfter, false, false},
	} {
		if got := c.w.Climbs(day.Add(c.after), c.helped); got != c.want {
			t.Errorf("%+v after %s: %v", c.w, c.after, got)
		}
	}
}

func TestAReportDoesNotLieWhereNobodyLooks(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		h := setup(t, d)
		climb := func() {
			t.Helper()
			if err := h.p.climb(t.Context(), d.Now()); err != nil {
				t.Fatal(err)
			}
		}
		report := func(v *webtest.Visitor, text string) string {
			t.Helper()
			h.want("reporting", v.Post("/mijn/gegevens/klopt-niet?taal=nl", webtest.Form("wat", "other", "text", text)), 303)
			id, err := db.One[string](t.Context(), d, db.F(`SELECT id FROM portal_word ORDER BY at DESC, id DESC LIMIT 1`))
			if err != nil {
				t.Fatal(err)
			}
			return id
		}
		selam := h.in(selamCard)
		id := report(selam, "Mijn straat is anders.")
		h.want("her page says by when", selam.Get("/mijn/gegevens?taal=nl"), 200, "Antwoord uiterlijk donderdag 24 december")
		h.want("her caseworker's day", h.As(h.amira).Get("/vandaag?taal=nl"), 200, "vóór do 24 dec")
		climb()
		h.lacks("the lead at once", h.As(h.noor).Get("/vandaag?taal=nl"), "Selam")
		h.clock.Advance(climbAfter)
		climb()
		climb()
		h.want("the lead hears", h.As(h.noor).Get("/vandaag?taal=nl"), 200, "Selam: ")
		h.want("the lead reads", h.As(h.noor).Get("/melding/"+id+"?taal=nl"), 200, "Mijn straat is anders.", "donderdag 24 december")
		h.lacks("another colleague", h.As(h.marwan).Get("/vandaag?taal=nl"), "Selam")
		if n := h.count(db.F(`SELECT COUNT(*) FROM audit_entry WHERE event = 'portal.event.climbed'`)); n != 1 {
			t.Errorf("%d lines in the log", n)
		}
		h.want("the lead answers", h.As(h.noor).Post("/melding/"+id, webtest.Form("reply", "Veranderd.")), 303)
		h.clock.Advance(25 * time.Hour)
		h.want("the lead a day after", h.As(h.noor).Get("/melding/"+id), 404)
		h.want("the file a day after", h.As(h.noor).Get("/dossier/p-selam"), 404)

		// Nobody helps her: who leads the team hears of it at once, and the region where nobody does.
		if err := d.Tx(t.Context(), func(tx *db.Tx) error {
			if err := access.EndAll(t.Context(), tx, "p-reem", "user:u-amira"); err != nil {
				return err
			}
			_, err := db.Do(t.Context(), tx, db.F(`UPDATE organisation_post SET ended = ? WHERE colleague = 'u-noor'`, tx.Now))
			return err
		}); err != nil {
			t.Fatal(err)
		}
		report(h.As(access.Actor{Kind: access.IsSelf, ID: "p-reem", Holders: []string{"self:p-reem"}}), "De naam klopt niet.")
		climb()
		els := staff("u-els", nil, at(access.Region, access.InRegion, "r-midden"))
		h.want("the region hears", h.As(els).Get("/vandaag?taal=nl"), 200, "Reem: ")
		h.lacks("the region, another's", h.As(els).Get("/vandaag?taal=nl"), "Selam")
		if err := d.Tx(t.Context(), func(tx *db.Tx) error { return h.p.Keeper().Erase(t.Context(), tx, "p-reem") }); err != nil {
			t.Fatal(err)
		}
		if n := h.count(db.F(`SELECT COUNT(*) FROM portal_climb WHERE person = 'p-reem'`)); n != 0 {
			t.Errorf("%d rows stay", n)
		}
	})
}

func TestALawyerWhoLookedHasAName(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		h := setup(t, d)
		h.files.LendOutsiders(func(_ context.Context, ids []string) (map[string]string, error) {
			return map[string]string{"o-voorbeeld": "mr. A. Voorbeeld"}, nil
		})
		day := clock.Today(d.Now())
		if err := d.Tx(t.Context(), func(tx *db.Tx) error {
			return audit.Append(t.Context(), tx, audit.Entry{Event: "counsel.event.read", Subject: "p-selam", Actor: "o-voorbeeld", ActorKind: string(access.Outside), Why: "consent"})
		}); err != nil {
			t.Fatal(err)
		}
		selam := h.in(selamCard)
		h.want("asking", selam.Post("/mijn/inzage?taal=nl", webtest.Form("look", LookKey(day, "o-voorbeeld", "consent"))), 303)
		h.want("on the officer's day", h.As(h.pieter).Get("/vandaag?taal=nl"), 200, "Waarom keek mr. A. Voorbeeld op", "vóór do 24 dec")
		id, err := db.One[string](t.Context(), d, db.F(`SELECT id FROM portal_word`))
		if err != nil {
			t.Fatal(err)
		}
		h.want("the question", h.As(h.pieter).Get("/melding/"+id+"?taal=nl"), 200, "Waarom keek mr. A. Voorbeeld op")
		h.want("her page", selam.Get("/mijn/inzage?taal=nl"), 200, "Antwoord uiterlijk donderdag 24 december")
	})
}
