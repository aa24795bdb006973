package ingest

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/audit"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/db/dbtest"
	"reisgezel/internal/kernel/web/webtest"
	"reisgezel/internal/residence"
)

func TestAPlaceIsPartedFromAnAddress(t *testing.T) {
	m := Match{Source: "ind", Order: "dmy"}
	for _, c := range []struct{ lives, address, place, apart string }{
		{"", "", "", ""},
		{"azc Utrecht", "", "azc Utrecht", ""},
		{"Utrecht", "Kerkstraat 12", "Utrecht", "Kerkstraat 12"},
		{"", "Kerkstraat 12, 3511 AB Utrecht", "Utrecht", "Kerkstraat 12, 3511 AB Utrecht"},
		{"", "Kerkstraat 12", "", "Kerkstraat 12"},
		{"", "Lange Jansstraat", "", "Lange Jansstraat"}, // a street is no place
		{"azc Zwolle, kamer 114", "", "azc Zwolle", "azc Zwolle, kamer 114"},
		{"3511 AB Utrecht", "Kerkstraat 12", "Utrecht", "Kerkstraat 12\n3511 AB Utrecht"},
		{"kamer 114", "", "", "kamer 114"},
	} {
		p, fs := m.ReadPerson(map[string]string{"own": "Ali", "lives": c.lives, "address": c.address}, nil, clock.On(2026, 11, 24))
		if len(fs) > 0 || p.Profile.Lives != c.place || p.Address != c.apart {
			t.Errorf("%q and %q: place %q, apart %q, faults %v", c.lives, c.address, p.Profile.Lives, p.Address, fs)
		}
		if dossier.Addressed(p.Profile.Lives) {
			t.Errorf("the profile says more than a place: %q", p.Profile.Lives)
		}
	}
	_, fs := m.ReadPerson(map[string]string{"own": "Ali", "address": strings.Repeat("a", dossier.AddressMost+1)}, nil, clock.On(2026, 11, 24))
	if len(fs) != 1 || fs[0].Name != "address" || fs[0].Key != "ingest.error.address" {
		t.Errorf("too long: %v", fs)
	}
	_, fs = m.ReadPerson(map[string]string{"own": "Ali", "lives": strings.Repeat("1", dossier.AddressMost+1)}, nil, clock.On(2026, 11, 24))
	if len(fs) != 1 || fs[0].Name != "lives" {
		t.Errorf("too long, in the other column: %v", fs)
	}
	if got := fmt.Sprint(People.Guess([]string{"Naam", "Adres", "Woonplaats"})); got != "[name address lives]" {
		t.Errorf("guessed %s", got)
	}
}

// The address with which somebody comes in is kept apart at once, and goes out again with who is taken back.
func TestAnImportedAddressIsKeptApartAndGoesWithItsPerson(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		s := setup(t, d)
		id := s.began(People, "x.csv", []byte("voornaam;geboren;adres;plaats\nAli;1990;Kanariestraat 77;Utrecht\nOmar;1991;Kanariestraat 78;Utrecht\nLayla;1992;;Zeist\n"), "own", "birth", "address", "lives")
		s.must(s.admin.Post("/inlezen/"+id+"/bevestigen", webtest.Form("location", "l-overvecht", "helper", "amira@reisgezel.example")), 303)
		type row struct {
			Person string
			Body   []byte
			Own    bool
		}
		kept, err := db.Many[row](t.Context(), d, db.F(`SELECT person, body, own FROM residence_vault ORDER BY person`))
		if err != nil || len(kept) != 2 {
			t.Fatalf("%d addresses are kept apart, want 2: %v", len(kept), err)
		}
		for _, k := range kept {
			if k.Own || bytes.Contains(k.Body, []byte("Kanarie")) {
				t.Errorf("%s: %+v", k.Person, k)
			}
			x, err := s.home.Keeper().Export(t.Context(), d, s.vault, k.Person)
			if err != nil || x.(residence.Exported).Address == nil || !strings.HasPrefix(x.(residence.Exported).Address.Lines, "Kanariestraat 7") {
				t.Errorf("the person does not get the own address: %+v %v", x, err)
			}
			whole, err := s.files.Keeper().Export(t.Context(), d, s.vault, k.Person)
			if said := fmt.Sprintf("%+v", whole); err != nil || strings.Contains(said, "Kanarie") || !strings.Contains(said, "Utrecht") {
				t.Errorf("the file holds %s %v", said, err)
			}
		}
		es, err := audit.Of(t.Context(), d, kept[0].Person, 0, 10)
		if err != nil || !strings.Contains(fmt.Sprintf("%+v", es), "residence.event.received") || strings.Contains(fmt.Sprintf("%+v", es), "Kanarie") {
			t.Errorf("the log: %+v %v", es, err)
		}
		if strings.Contains(s.admin.Get("/inlezen/"+id).Body, "Kanarie") {
			t.Error("the page of the import still shows an address")
		}
		// Who was helped stays with the address; who was not goes, and nothing opens what was kept.
		s.tx(func(tx *db.Tx) error {
			return audit.Append(t.Context(), tx, audit.Entry{Event: "residence.event.revealed", Subject: kept[1].Person, Actor: "u-amira", ActorKind: string(access.Staff)})
		})
		s.must(s.admin.Post("/inlezen/"+id+"/terug", nil), 303)
		if b := s.state(id); b.State != Undone || b.Stays != 1 {
			t.Errorf("the batch is %+v", b)
		}
		left, err := db.Many[string](t.Context(), d, db.F(`SELECT person FROM residence_vault`))
		if err != nil || len(left) != 1 || left[0] != kept[1].Person {
			t.Errorf("kept apart are %v, want %s: %v", left, kept[1].Person, err)
		}
		for i, k := range kept {
			if _, err := s.vault.Key(t.Context(), residence.VaultSubject(k.Person)); (err == nil) != (i == 1) {
				t.Errorf("the key of address %d: %v", i, err)
			}
		}
	})
}
