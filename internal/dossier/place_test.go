package dossier

import (
	"encoding/json"
	"strings"
	"testing"

	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/db/dbtest"
)

func TestAPlaceIsNoAddress(t *testing.T) {
	for in, want := range map[string]string{
		"": "", "azc Utrecht": "azc Utrecht", "azc Utrecht, kamer 114": "azc Utrecht", "Kanaalstraat 12": "", "Kanaalstraat 12, 3531 CJ Utrecht": "Utrecht",
		"3531cj Utrecht": "Utrecht", "Utrecht, Overvecht": "Utrecht, Overvecht", "Hoofdstraat ١٢, Zeist": "Zeist",
	} {
		if got := Place(in); got != want {
			t.Errorf("%q is in %q, not in %q", in, got, want)
		}
		if Addressed(Place(in)) {
			t.Errorf("the place of %q is an address", in)
		}
	}
}

// What is taken out of a profile is in no earlier one either, and one fact can be changed without the others.
func TestAnAddressIsTakenOutOfEveryVersion(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		s := setup(t, d)
		ctx := t.Context()
		f := s.file(s.amira, "p-selam")
		s.tx(func(tx *db.Tx) error {
			return s.files.SetReach(ctx, tx, f, Reach{Phone: "+31612345001", Say: "callback"}, "person")
		})
		now := s.file(s.amira, "p-selam").profile
		if now.Reach.Say != "callback" || now.Lives != selam.Lives || now.VNumber != selam.VNumber || now.Origins["reach"].Source != "person" {
			t.Fatalf("it became %+v", now)
		}
		if held, err := s.files.HoldsAddress(ctx, s.file(s.amira, "p-selam")); err != nil || !held {
			t.Fatalf("%v %v", held, err)
		}
		var address string
		s.tx(func(tx *db.Tx) (err error) {
			address, err = s.files.TakeAddress(ctx, tx, s.file(s.amira, "p-selam"))
			return err
		})
		if address != selam.Lives {
			t.Errorf("taken: %q", address)
		}
		f = s.file(s.amira, "p-selam")
		past, err := s.files.history(ctx, d, f, 100)
		if err != nil || len(past) == 0 {
			t.Fatal(len(past), err)
		}
		all, err := json.Marshal(append(past, Version{Profile: f.profile}))
		if err != nil || strings.Contains(string(all), "114") || f.profile.Lives != "azc Utrecht" {
			t.Errorf("left: %s %v", all, err)
		}
		if held, err := s.files.HoldsAddress(ctx, f); err != nil || held {
			t.Errorf("%v %v", held, err)
		}
		s.tx(func(tx *db.Tx) (err error) { address, err = s.files.TakeAddress(ctx, tx, f); return err })
		if address != "" {
			t.Errorf("taken twice: %q", address)
		}
		// A colleague who types an address where a place belongs is told, and nothing is written.
		amira := s.h.As(s.amira)
		const to = "/dossier/p-selam/gegevens"
		form := fill(t, amira.Get(to).Body, to)
		form.Set("lives", "Hoofdstraat 5")
		s.want("an address", amira.Post(to, form), 422, "Schrijf hier alleen de plaats", "Hoofdstraat 5")
		s.tx(func(tx *db.Tx) error { return s.files.SetLives(ctx, tx, f, "Hoofdstraat 5, Zeist", "person") })
		if got := s.file(s.amira, "p-selam").profile.Lives; got != "Zeist" {
			t.Errorf("she lives in %q", got)
		}
	})
}
