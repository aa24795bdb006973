package app

// This file tries what rooms tell of two people who may be one, where the rooms are real.

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/db"
)

func TestRelativesAndPlacesLieBesideEachOther(t *testing.T) {
	h, base := demoHouse(t, Settings{People: 60})
	type pair struct{ ID, PersonA, PersonB string }
	p, err := db.One[pair](t.Context(), h.DB, db.F(`SELECT id, person_a, person_b FROM identity_pair ORDER BY id LIMIT 1`))
	if err != nil {
		t.Fatal(err)
	}
	give := func(person string, level access.Level) {
		t.Helper()
		if err := h.DB.Tx(context.Background(), func(tx *db.Tx) error {
			if _, err := db.Do(t.Context(), tx, db.F(`UPDATE access_grant SET ended = ? WHERE subject = ? AND holder = 'user:u-amira' AND ended IS NULL`, tx.Now, person)); err != nil {
				return err
			}
			_, err := access.Give(t.Context(), tx, access.Grant{Subject: person, Holder: "user:u-amira", Why: access.Assignment, Level: level, GivenBy: "u-noor", Place: "t-utrecht"})
			return err
		}); err != nil {
			t.Fatal(err)
		}
	}
	amira := browser(t, h, base, "u-amira")
	write := func(path string, form url.Values) {
		t.Helper()
		if code, body, _ := ask(t, amira, base, http.MethodPost, path, form); code != http.StatusSeeOther {
			t.Fatalf("%s: %d %s", path, code, body)
		}
	}
	for person, name := range map[string]string{p.PersonA: "Kanarie Een", p.PersonB: "Kanarie Twee"} {
		give(person, access.File)
		write("/dossier/"+person+"/gezin/lid", url.Values{"name": {name}, "role": {"sibling"}, "certainty": {"stated"}, "source": {"relative"}, "told": {"tante Almaz"}, "coming": {"unknown"}, "to": {"self"}})
		write("/dossier/"+person+"/wonen/plek", url.Values{"kind": {"coa"}, "town": {"Plaats bij " + strings.ToLower(name)}, "reason": {"first"}, "from": {"2026-01-02"}})
	}
	page := func() string {
		t.Helper()
		code, body, _ := ask(t, amira, base, http.MethodGet, "/dubbelen/"+p.ID, nil)
		if code != 200 {
			t.Fatalf("%d %s", code, body)
		}
		return body
	}
	both := page()
	for _, want := range []string{"Woont en woonde", "Familie", "Kanarie Een", "Kanarie Twee", "tante Almaz", "Plaats bij kanarie een", "Plaats bij kanarie twee"} {
		if !strings.Contains(both, want) {
			t.Errorf("%q is missing", want)
		}
	}
	give(p.PersonB, access.DeskLevel)
	half := page()
	if !strings.Contains(half, "Kanarie Een") || !strings.Contains(half, "mag u hier niet lezen") || strings.Contains(half, "Kanarie Twee") {
		t.Error("of a record that is open as at a desk, the rooms tell something else than a desk reads")
	}
}
