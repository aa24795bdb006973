package portal

import (
	"testing"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/audit"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/db/dbtest"
)

// Somebody who led a session at a building saw a name for another reason than a desk, and the person reads that reason.
func TestALookAtASessionIsNoVisitToADesk(t *testing.T) {
	d := dbtest.SQLite(t, lines)
	h := setup(t, d)
	err := d.Tx(t.Context(), func(tx *db.Tx) error {
		return audit.Append(t.Context(), tx, audit.Entry{Event: "briefing.event.marked", Subject: "p-selam", Actor: "u-ria", ActorKind: string(access.Staff), Role: string(access.Desk), Why: string(access.Presence), Place: "l-overvecht"})
	})
	if err != nil {
		t.Fatal(err)
	}
	page := h.in(selamCard).Get("/mijn/inzage?taal=nl")
	h.want("who looked", page, 200, "u had die dag uitleg bij ons (\u2068Overvecht\u2069)", "schreef op of u bij de uitleg was")
	h.lacks("who looked", page, "u was op het spreekuur")
}
