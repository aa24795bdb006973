package portal

// This file asks whether somebody knows their own people: who helps, who answers when that one is away, and a door that is open.

import (
	"context"
	"testing"
	"time"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/db/dbtest"
	"reisgezel/internal/organisation"
)

func TestSheKnowsHerPeopleAndHowToReachThem(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		h := setup(t, d)
		today := clock.Today(d.Now())
		h.p.LendPeople(func(context.Context, db.Q, dossier.File, clock.Date) ([]dossier.Lawyer, error) {
			return []dossier.Lawyer{{Name: "mr. Iris Vos", Office: "Vos Advocaten", Phone: "030 555 0199", Reachable: "ma–do 9–17", Since: today}}, nil
		}, func(on clock.Date) bool { return on == today })
		v := h.in(selamCard)
		h.want("the way to it", v.Get("/mijn?taal=nl"), 200, `href="/mijn/begeleiders"`, "Mijn begeleiders", "\u2068Amira\u2069")
		page := v.Get("/mijn/begeleiders?taal=nl")
		h.want("her people", page, 200, "Amira", "begeleider", "helpt u sinds di 24 nov 2026", `href="tel:+316`, "mr. Iris Vos", "Vos Advocaten", "tel:+31305550199", "ma–do 9–17",
			"Overvecht", "openstreetmap.org", "Open op woensdag 25 november van 09:00", "Niet op feestdagen", `href="tel:112"`)
		h.lacks("her people", page, "reisgezel.example", "u-amira</", "Amira Haddad", "Pieter", "Open op dinsdag", "vandaag open", "nu open")

		noor := organisation.DeputyInput{Deputy: "u-noor", Since: today.String(), Until: today.AddDays(2).String()}
		if err := d.Tx(t.Context(), func(tx *db.Tx) error { return organisation.AddDeputy(t.Context(), tx, "u-amira", noor, "u-noor") }); err != nil {
			t.Fatal(err)
		}
		h.want("while she is away", v.Get("/mijn/begeleiders?taal=nl"), 200, "\u2068Amira\u2069 is er nu niet.", "Noor", "teamleider")
		h.clock.Advance(4 * 24 * time.Hour)
		v = h.As(access.Actor{Kind: access.IsSelf, ID: "p-selam", Holders: []string{"self:p-selam"}})
		h.lacks("when she is back", v.Get("/mijn/begeleiders?taal=nl"), "is er nu niet")

		if err := d.Tx(t.Context(), func(tx *db.Tx) error {
			return access.EndAll(t.Context(), tx, "p-selam", "user:u-amira")
		}); err != nil {
			t.Fatal(err)
		}
		page = v.Get("/mijn/begeleiders?taal=nl")
		h.want("without anybody", page, 200, "U hebt nu geen vaste begeleider", "Overvecht")
		h.lacks("without anybody", page, "Amira")
		h.want("of a colleague", h.As(h.amira).Get("/mijn/begeleiders"), 404)
		for _, tag := range portalTags {
			h.lacks("in "+tag, v.Get("/mijn/begeleiders?taal="+tag), "portal.people")
		}
	})
}

func TestTheFirstPageSendsNobodyToAShutDoor(t *testing.T) {
	h := setup(t, dbtest.SQLite(t, lines))
	v := h.in(selamCard)
	h.want("an ordinary day", v.Get("/mijn?taal=nl"), 200, "Nu open tot 17:00")
	today := clock.Today(h.d.Now())
	h.p.LendPeople(nil, func(on clock.Date) bool { return on == today || on == today.AddDays(1) })
	page := v.Get("/mijn?taal=nl")
	h.want("a holiday", page, 200, "Open op donderdag 26 november van 09:00 tot 17:00")
	h.lacks("a holiday", page, "Nu open", "maandag – vrijdag")
	h.want("what comes later has its place", page, 200, "Mijn plan", "Vragenlijst", "Vraag het uw begeleider")
	h.lacks("no link that leads nowhere", page, `href="/mijn/plan`, `href="/mijn/vragenlijst`)
	h.p.LendPeople(nil, func(clock.Date) bool { return true })
	h.want("never", v.Get("/mijn?taal=nl"), 200, "Er is nu geen spreekuur bekend")
}
