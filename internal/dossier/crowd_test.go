package dossier

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/db/dbtest"
	"reisgezel/internal/organisation"
)

func TestANationalityIsReadInAnySpelling(t *testing.T) {
	for text, want := range map[string][]string{
		"": {UnknownOrigin}, "onbekend": {UnknownOrigin}, " - ": {UnknownOrigin}, "Syrië": {"SY"}, "syria": {"SY"}, "SYRISCHE": {"SY"}, "Eritrese": {"ER"}, "Zuid-Soedan": {"SS"}, "Soedan": {"SD"},
		"Iraaks en Iraans": {"IQ", "IR"}, "Syrië / Palestina": {"SY", "PS"}, "Oekraïense": {"UA"}, "Türkiye": {"TR"}, "Turkije, turks": {"TR"}, "Staatloos (Palestina)": {"XX", "PS"}, "Bhutan": {"~bhutan"}, "BHUTAN ": {"~bhutan"},
	} {
		if got := OriginsOf(text); !slices.Equal(got, want) {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
	seen := map[string]string{}
	for code, spelt := range origins {
		for _, s := range spelt {
			if other := seen[s]; other != "" || Fold(s) != s {
				t.Errorf("%q of %s is also of %s, or is not folded", s, code, other)
			}
			seen[s] = code
		}
	}
	if n := Origins(); len(n) != len(origins) || !slices.IsSortedFunc(n, func(a, b string) int { return slices.Compare([]string{origins[a][0]}, []string{origins[b][0]}) }) {
		t.Error("the list of a form is not whole or not in order")
	}
}

// The memory of a group holds the same people as the profiles, for every question.
func TestTheCrowdIsWhoIsInTheDatabase(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		s := setup(t, d)
		other := New(d, s.vault, organisation.New(d)) // another node
		follow := func() {
			t.Helper()
			for _, f := range []*Files{s.files, other} {
				if err := f.Remember(t.Context()); err != nil {
					t.Fatal(err)
				}
			}
		}
		if _, ok := other.CountGroup(Group{}); ok {
			t.Error("an empty memory says that it is full")
		}
		follow()
		same := func(what string, g Group, want ...string) {
			t.Helper()
			for i, f := range []*Files{s.files, other} {
				ids, ok := f.InGroup(g)
				n, _ := f.CountGroup(g)
				if !ok || n != len(ids) || !slices.Equal(ids, want) {
					t.Errorf("%s, node %d: %v (%d), want %v", what, i, ids, n, want)
				}
			}
		}
		s.clk.Advance(time.Hour)
		s.add("p-a", Profile{Called: "A", Nationality: "Bhutan"}, "u-amira")
		s.add("p-b", Profile{Called: "B", Nationality: "Bhutan / Nepal"}, "u-amira")
		s.add("p-c", Profile{Called: "C"}, "u-amira")
		follow()
		bhutan := Group{Origins: []string{"~bhutan"}}
		same("two from one country", bhutan, "p-a", "p-b")
		same("the second of two", Group{Origins: []string{"~nepal"}}, "p-b")
		same("nobody", Group{Origins: []string{"~nowhere"}})
		team, err := s.files.Team(t.Context(), d, "p-a")
		if err != nil {
			t.Fatal(err)
		}
		same("in their team", Group{Origins: []string{"~bhutan"}, Teams: []string{team}}, "p-a", "p-b")
		same("in another team", Group{Origins: []string{"~bhutan"}, Teams: []string{"t-elsewhere"}})
		// Who moves is counted where they are now, on every node, though nothing of the profile changed.
		s.clk.Advance(time.Hour)
		f, err := s.files.Machine(t.Context(), d, "p-a")
		if err != nil {
			t.Fatal(err)
		}
		if err := d.Tx(t.Context(), func(tx *db.Tx) error { return s.files.Move(t.Context(), tx, f, "t-elsewhere", "l-elsewhere") }); err != nil {
			t.Fatal(err)
		}
		follow()
		same("who moved", Group{Origins: []string{"~bhutan"}, Teams: []string{"t-elsewhere"}, Locations: []string{"l-elsewhere"}}, "p-a")
		same("who stayed", Group{Origins: []string{"~bhutan"}, Teams: []string{team}}, "p-b")
		if got := other.TeamsOf([]string{"p-a", "p-b", "p-none"}); got["p-a"] != "t-elsewhere" || got["p-b"] != team || len(got) != 2 {
			t.Errorf("%v", got)
		}
		// So is who is handed over to another team.
		s.clk.Advance(time.Hour)
		if err := d.Tx(t.Context(), func(tx *db.Tx) error {
			return s.files.HandOver(t.Context(), tx, Handing{Person: "p-a", From: "u-amira", To: "u-far", Team: team, Location: "l-overvecht", By: access.Actor{Kind: access.Staff, ID: "u-amira"}})
		}); err != nil {
			t.Fatal(err)
		}
		follow()
		same("who was handed over", Group{Origins: []string{"~bhutan"}, Teams: []string{team}, Locations: []string{"l-overvecht"}}, "p-a", "p-b")
		same("where they were", Group{Origins: []string{"~bhutan"}, Teams: []string{"t-elsewhere"}})
		// Another nationality, and being forgotten.
		f, err = s.files.Machine(t.Context(), d, "p-b")
		if err != nil {
			t.Fatal(err)
		}
		if err := d.Tx(t.Context(), func(tx *db.Tx) error {
			return save(t.Context(), tx, s.vault, f, Profile{Called: "B", Nationality: "Eritrea"}, 1)
		}); err != nil {
			t.Fatal(err)
		}
		if err := d.Tx(t.Context(), func(tx *db.Tx) error { return s.files.Keeper().Erase(t.Context(), tx, "p-a") }); err != nil {
			t.Fatal(err)
		}
		follow()
		same("nobody is left", bhutan)
		for _, r := range other.memory.crowd.rows {
			if string(r.id[:3]) == "p-a" {
				t.Error("the id of somebody who was forgotten is still in memory")
			}
		}
	})
}

// Thirty people to each hash, taken in and forgotten in any order.
func TestPeopleWithTheSameHashAreKeptApart(t *testing.T) {
	c, random := newCrowd(), rand.New(rand.NewPCG(1, 2))
	real := c.hash
	c.hash = func(id *crowdID) uint32 { return real(id) % 100 }
	const all = 3000
	team := map[string]string{}
	for i := range all {
		id := fmt.Sprintf("p-%d", i)
		team[id] = fmt.Sprintf("t-%d", i%7)
		if err := c.set(id, nil, team[id], ""); err != nil {
			t.Fatal(err)
		}
	}
	for _, i := range random.Perm(all) {
		id := fmt.Sprintf("p-%d", i)
		switch i % 3 {
		case 0:
			c.remove(id)
			delete(team, id)
		case 1:
			team[id] = "t-new"
			if err := c.set(id, nil, "t-new", ""); err != nil {
				t.Fatal(err)
			}
		}
	}
	n := 0
	c.each(Group{}, func(crowdID) { n++ })
	if n != len(team) {
		t.Errorf("%d are here, not %d", n, len(team))
	}
	of := (&Files{memory: &memory{crowd: c}}).TeamsOf
	for i := range all {
		id := fmt.Sprintf("p-%d", i)
		if got := of([]string{id})[id]; got != team[id] {
			t.Fatalf("%s is in %q, not in %q", id, got, team[id])
		}
	}
}

func TestALongIDIsRefusedAndASlotIsUsedAgain(t *testing.T) {
	c := newCrowd()
	if err := c.set("p-0123456789012345678901234", nil, "", ""); err == nil {
		t.Error("an id that does not fit was cut off")
	}
	for range 3 {
		if err := c.set("p-1", []string{"ER"}, "t", "l"); err != nil {
			t.Fatal(err)
		}
		c.remove("p-1")
	}
	if len(c.rows) != 1 || len(c.at) != 0 {
		t.Errorf("%d rows, %d people", len(c.rows), len(c.at))
	}
	// More texts than there are numbers: the last ones are in no group, and nobody else is taken for them.
	for i := range int(overflow) + 10 {
		if err := c.set(fmt.Sprint("p-", i), []string{fmt.Sprint("~", i)}, "t", "l"); err != nil {
			t.Fatal(err)
		}
	}
	n := 0
	c.each(Group{Origins: []string{fmt.Sprint("~", int(overflow)+5)}}, func(crowdID) { n++ })
	if n != 0 {
		t.Errorf("%d people for a text without a number", n)
	}
}

// A million people: what a count of a group takes, in memory.
func BenchmarkCountGroup(b *testing.B) {
	codes := Origins()
	s := &Files{memory: newMemory()}
	for i := range 1_000_000 {
		if err := s.memory.crowd.set(fmt.Sprintf("p-%020d", i), []string{codes[i*i%len(codes)]}, fmt.Sprintf("t-%d", i%300), fmt.Sprintf("l-%d", i%900)); err != nil {
			b.Fatal(err)
		}
	}
	var teams []string
	for i := range 50 {
		teams = append(teams, fmt.Sprintf("t-%d", i))
	}
	for name, g := range map[string]Group{"origin": {Origins: codes[:1]}, "origin-and-region": {Origins: codes[:3], Teams: teams}} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if n, _ := s.CountGroup(g); n == 0 {
					b.Fatal("nobody")
				}
			}
		})
	}
	b.Run("members", func(b *testing.B) {
		for b.Loop() {
			s.InGroup(Group{Origins: codes[:1]})
		}
	})
}
