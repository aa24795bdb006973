package dossier

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/db/dbtest"
	"reisgezel/internal/kernel/privacy"
	"reisgezel/internal/organisation"
)

func invented(t *testing.T, d *db.DB, n int, now time.Time) (organisation.Plan, []DemoPerson) {
	t.Helper()
	var plan organisation.Plan
	if err := d.Bulk(t.Context(), func(tx *db.Tx) (err error) {
		plan, err = organisation.Demo(t.Context(), tx, now, n)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	var out []DemoPerson
	for batch := range DemoPeople(plan, n, now) {
		out = append(out, batch...)
	}
	return plan, out
}

func TestInventedPeopleAreWholeAndTheSameEveryTime(t *testing.T) {
	d := dbtest.SQLite(t, lines)
	const n = 6000
	plan, all := invented(t, d, n, dbtest.Start)
	if len(all) != n {
		t.Fatalf("%d people", len(all))
	}
	var again []DemoPerson
	for batch := range DemoPeople(plan, n, dbtest.Start) {
		again = append(again, batch...)
	}
	if !reflect.DeepEqual(all, again) {
		t.Error("the same number gives other people")
	}
	today := clock.Today(dbtest.Start)
	ids, numbers, codes := map[string]bool{}, map[string]bool{}, map[string]bool{}
	origins, house := map[string]int{}, map[string][]DemoPerson{}
	january, unknown, several, children := 0, 0, 0, 0
	for _, p := range all {
		if ids[p.ID] || (p.Profile.VNumber != "" && numbers[p.Profile.VNumber]) {
			t.Fatalf("%s or its number is there twice", p.ID)
		}
		ids[p.ID], numbers[p.Profile.VNumber] = true, true
		got, fs := InputOf(p.Profile).Check(today)
		if len(fs) > 0 {
			t.Fatalf("%s could not have been typed in: %v\n%+v", p.ID, keys(fs), p.Profile)
		}
		got = got.KeepDates(p.Profile)
		if !reflect.DeepEqual(got, p.Profile) {
			t.Fatalf("%s is not what the form would make of it:\n%+v\n%+v", p.ID, got, p.Profile)
		}
		if p.Team == "" || p.Location == "" || p.Caseworker == "" || p.Legal == "" || p.Arrived.After(today) || !slices.Contains(stories, p.Story) {
			t.Fatalf("%s lacks something: %+v", p.ID, p)
		}
		if p.Card != "" {
			if c, ok := ReadCard(p.Card); !ok || c != p.Card || codes[c] {
				t.Errorf("%s has a card that cannot be one, or is somebody else's: %s", p.ID, p.Card)
			}
			codes[p.Card] = true
		}
		if p.Profile.Own != "" && strings.ContainsFunc(p.Profile.Own, func(r rune) bool { return unicode.Is(unicode.Latin, r) }) {
			t.Errorf("%s: %q is not in its own script", p.ID, p.Profile.Own)
		}
		origins[p.Profile.Nationality]++
		if p.Household != "" {
			house[p.Household] = append(house[p.Household], p)
		}
		if p.Part == "child" {
			children++
		}
		switch bs := p.Profile.Births; {
		case len(bs) > 1:
			several++
		case bs[0].Month == 1 && bs[0].Day == 1:
			january++
		case bs[0].Day == 0:
			unknown++
		}
	}
	for _, o := range []string{"Syrië", "Eritrea", "Afghanistan", "Iran", "Irak", "Jemen", "Turkije", "Somalië", "Oekraïne", "Ethiopië"} {
		if origins[o] < n/100 {
			t.Errorf("only %d people of %s", origins[o], o)
		}
	}
	if january < n/20 || unknown < n/20 || several < n/100 || children < n/10 {
		t.Errorf("%d with 1 January, %d unknown, %d with several sources, %d children of %d", january, unknown, several, children, n)
	}
	for id, members := range house {
		if len(members) < 2 && id != "h-"+all[n-1].ID[2:] && members[0].ID != all[n-1].ID {
			t.Errorf("the household %s has one person", id)
		}
		head := members[0]
		var father DemoPerson
		for _, m := range members {
			if m.Team != head.Team || m.Location != head.Location || m.Caseworker != head.Caseworker || m.Arrived != head.Arrived && m.N >= DemoHeroes || m.Profile.Nationality != head.Profile.Nationality || m.Profile.Lives != head.Profile.Lives {
				t.Errorf("the household %s is not one: %+v and %+v", id, head, m)
			}
			if m.Part != "child" && len(members) > 2 && father.ID == "" {
				father = m
			}
			_, oldest, _ := Age(head.Profile.Births, today)
			youngest, _, known := Age(m.Profile.Births, today)
			if _, _, sure := Age(head.Profile.Births, today); m.Part == "child" && known && sure && oldest-youngest < 15 {
				t.Errorf("in %s a child of %d has a parent of %d", id, youngest, oldest)
			}
		}
		if len(members) > 2 && head.Profile.Names[len(head.Profile.Names)-1].Role == "grandfather" {
			for _, m := range members[2:] {
				if m.Profile.Names[1].Text != head.Profile.Names[0].Text || m.Profile.Names[2].Text != head.Profile.Names[1].Text {
					t.Errorf("in %s the child %s does not carry the names of %s", id, m.Profile.Name(), head.Profile.Name())
				}
			}
		}
	}
}

func TestInventedPeopleOpenAsOthersDo(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		s := setup(t, d)
		s.tx(func(tx *db.Tx) error { return s.files.Keeper().Erase(t.Context(), tx, "p-selam") })
		s.tx(func(tx *db.Tx) error { return s.files.Keeper().Erase(t.Context(), tx, "p-reem") })
		plan := organisation.Plan{Teams: []organisation.PlanTeam{{ID: "t-utrecht", Locations: []organisation.PlanLocation{{ID: "l-overvecht", Desks: []string{"d-overvecht"}}}, Caseworkers: []string{"u-amira"}, Legal: []string{"u-marwan"}}}}
		for batch := range DemoPeople(plan, 45, s.clk.Now()) {
			for i, p := range batch {
				var k privacy.Key
				var err error
				if k, err = s.vault.Key(t.Context(), p.ID); err != nil {
					k, err = s.vault.NewKey(t.Context(), p.ID)
				}
				if err != nil {
					t.Fatal(err)
				}
				batch[i].Key = k
			}
			s.tx(func(tx *db.Tx) error { return s.files.Demo(t.Context(), tx, batch) })
		}
		amira, marwan := s.h.As(s.amira), s.h.As(s.marwan)
		s.want("the list", amira.Get("/dossiers"), 200, "Selam Tesfay Haile", "Oksana Kovalenko", "Hamid Noori")
		s.want("a hero", amira.Get("/dossier/p-selam"), 200, "rond 1991", "na de oogst", "betwist", "281 994 0173", "Amira Haddad", "Marwan Saleh", "juridisch begeleider")
		s.want("a household", marwan.Get("/dossier/p-oksana"), 200, "Maksym Kovalenko", "Kind")
		s.want("somebody with one name", amira.Get("/dossier/p-golnar"), 200, "Golnar", "گلنار", "nooit praten waar haar man bij is")
		for code, id := range map[string]string{"TREE 3479": "p-selam", "reem3479": "p-reem"} {
			if h, err := s.files.ByCard(t.Context(), d, code); err != nil || h.Person != id {
				t.Errorf("the card %s finds %+v, %v", code, h, err)
			}
		}
		if ids, err := s.files.ByNameAndBirth(t.Context(), d, "Oksana Kovalenko", Birth{Year: 1990, Month: 7, Day: 21}); err != nil || fmt.Sprint(ids) != "[p-oksana]" {
			t.Errorf("found %v, %v", ids, err)
		}
		if a := s.h.As(s.ria).Get("/dossier/p-selam"); a.Code != 404 {
			t.Errorf("the desk without a visitor: %d", a.Code)
		}
		if n := s.count(db.F(`SELECT COUNT(*) FROM access_grant WHERE why = ?`, string(access.Self))); n != 45 {
			t.Errorf("%d of 45 people hold their own file", n)
		}
	})
}
