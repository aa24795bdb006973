package procedure

import (
	"fmt"
	"testing"
	"time"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
)

func TestTheDemonstrationIsCoherent(t *testing.T) {
	each(t, func(b *bench) {
		now := b.d.Now()
		keys, err := b.vault.NewKeys(b.t.Context(), []string{"p-ahmad", "p-yusuf"})
		if err != nil {
			b.t.Fatal(err)
		}
		if keys["p-reem"], err = b.vault.Key(b.t.Context(), "p-reem"); err != nil {
			b.t.Fatal(err)
		}
		people := []dossier.DemoPerson{{ID: "p-ahmad", Team: b.team, Caseworker: b.ids["Amira"], Legal: b.ids["Marwan"], Key: keys["p-ahmad"]},
			{ID: "p-reem", Team: b.team, Caseworker: b.ids["Amira"], Legal: b.ids["Marwan"], Key: keys["p-reem"]},
			{ID: "p-yusuf", Team: b.team, Caseworker: b.ids["Amira"], Legal: b.ids["Marwan"], Key: keys["p-yusuf"]}}
		sorts := []string{"asylum-pact", "permit", "asylum-old", "family", "refused"}
		for i := range 600 {
			people = append(people, dossier.DemoPerson{ID: fmt.Sprintf("p-%04d", i), Story: sorts[i%len(sorts)], Team: b.team, Caseworker: b.ids["Amira"], Legal: b.ids["Marwan"]})
		}
		began := time.Now()
		if err := b.d.Bulk(b.t.Context(), func(tx *db.Tx) error { return b.p.Demo(b.t.Context(), tx, people, now) }); err != nil {
			b.t.Fatal(err)
		}
		n, err := db.One[int](b.t.Context(), b.d, db.F(`SELECT COUNT(*) FROM procedure_track`))
		if err != nil || n < len(people)*3/4 {
			b.t.Errorf("%d of %d people have a procedure, %v", n, len(people), err)
		}
		b.t.Logf("%d people in %s", len(people), time.Since(began))
		family := b.rows("p-ahmad")["family"]
		if family.State != "open" || !family.Safe.After(clock.Today(now)) {
			b.t.Errorf("Ahmad's family: %+v", family)
		}
		if ts, err := tracks(b.t.Context(), b.d, "p-reem"); err != nil || len(ts) != 1 {
			b.t.Errorf("Reem has %d procedures, %v", len(ts), err)
		}
		if ts, err := tracks(b.t.Context(), b.d, "p-yusuf"); err != nil || len(ts) != 3 {
			b.t.Errorf("Yusuf has %d procedures, %v", len(ts), err)
		}
		for _, kind := range []string{"extended", "paused"} {
			if n, err := db.One[int](b.t.Context(), b.d, db.F(`SELECT COUNT(*) FROM procedure_event WHERE kind = ?`, kind)); err != nil || n == 0 {
				b.t.Errorf("nobody has the event %s, %v", kind, err)
			}
		}
		late, err := db.One[int](b.t.Context(), b.d, db.F(`SELECT COUNT(*) FROM procedure_deadline WHERE state = 'open' AND waits = FALSE AND safe < ?`, clock.Today(now)))
		if err != nil || late > 0 {
			b.t.Errorf("%d people of the demonstration have missed a term, %v", late, err)
		}
		soon, err := db.One[int](b.t.Context(), b.d, db.F(`SELECT COUNT(*) FROM procedure_deadline WHERE state = 'open' AND waits = FALSE AND safe <= ?`, clock.Today(now).AddDays(14)))
		if err != nil || soon == 0 || soon > 60 {
			b.t.Errorf("%d terms come near within two weeks, %v", soon, err)
		}
		if ts, err := tracks(b.t.Context(), b.d, "p-0001"); err == nil && len(ts) > 0 {
			if _, err := derivation(b.t.Context(), b.d, ts[0], 0); err != nil {
				b.t.Error(err)
			}
		}
	})
}
