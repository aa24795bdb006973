package account

// This file tries a passkey in a real browser with an authenticator of its own.

import (
	"strings"
	"testing"

	"reisgezel/internal/browsertest"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/db/dbtest"
	"reisgezel/internal/kernel/ui"
)

func TestAPasskeyIsASecondStepAndAWholeSignIn(t *testing.T) {
	b := setup(t, dbtest.SQLite(t, lines), false)
	b.password("u-amira", good)
	b.h.Static = ui.Static()
	b.a.o.URL = strings.Replace(b.h.Server.URL, "127.0.0.1", "localhost", 1) // a passkey belongs to a name
	step := browsertest.Steps(t, "passkey.js", b.a.o.URL, "PASSWORD="+good)
	step("setup")
	step("alone")
	step("second")
	step("last")
	if err := b.d.Tx(t.Context(), func(tx *db.Tx) error {
		_, err := db.Do(t.Context(), tx, db.F(`UPDATE organisation_colleague SET active = FALSE WHERE id = 'u-amira'`))
		return err
	}); err != nil {
		t.Fatal(err)
	}
	step("left")
}
