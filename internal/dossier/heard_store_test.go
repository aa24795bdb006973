package dossier

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strconv"
	"testing"
	"time"

	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/db/dbtest"
	"reisgezel/internal/kernel/privacy"
	"reisgezel/internal/organisation"
)

var hussaini = Profile{Called: "Mohammad", Names: []NamePart{{Text: "Mohammad", Role: "own"}, {Text: "Hussaini", Role: "family"}}, Own: "محمد حسینی",
	Births: []Birth{{Year: 1988, Month: 3, Day: 12, Source: "ind"}}}

func TestSomebodyIsFoundByAHeardNameAndABirth(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		s := setup(t, d)
		s.add("p-hussaini", hussaini, "u-marwan")
		// He shares a name and the day, and is somebody else.
		s.add("p-visser", Profile{Called: "Mohammad", Names: []NamePart{{Text: "Mohammad", Role: "own"}, {Text: "Visser", Role: "family"}}, Births: hussaini.Births}, "u-marwan")
		day, year, other := Birth{Year: 1988, Month: 3, Day: 12}, Birth{Year: 1988}, Birth{Year: 1988, Month: 3, Day: 13}
		ask := func(name string, b Birth) []string {
			t.Helper()
			ids, err := s.files.ByNameAndBirth(t.Context(), d, name, b)
			if err != nil {
				t.Fatal(err)
			}
			return ids
		}
		if ids := ask("Moehammed Hoesseini", day); len(ids) != 0 {
			t.Errorf("found before the names are in memory: %v", ids)
		}
		if ids := ask("Mohammad Hussaini", day); !slices.Equal(ids, []string{"p-hussaini"}) {
			t.Errorf("an exact name must not wait for the memory: %v", ids)
		}
		if err := s.files.Remember(t.Context()); err != nil {
			t.Fatal(err)
		}
		for name, b := range map[string]Birth{"Moehammed Hoesseini": day, "Hosseini Mohamed": day, "محمد حسيني": day, "Мухаммад Хусейни": day, "Hoesseini": day, "Mohamad Husseini": year} {
			if ids := ask(name, b); !slices.Equal(ids, []string{"p-hussaini"}) {
				t.Errorf("%s, %s finds %v", name, BirthText(b), ids)
			}
		}
		for name, b := range map[string]Birth{"Moehammed Hoesseini": other, "Hoesseini": year, "Jan de Groot": day, "": day, "Mohamad Hosseini": {}, "Mahmoud Hassan": year} {
			if ids := ask(name, b); len(ids) != 0 {
				t.Errorf("%q, %s finds %v", name, BirthText(b), ids)
			}
		}
		k, err := s.files.known(t.Context(), s.marwan, Profile{Called: "Moehamed", Names: []NamePart{{Text: "Moehamed"}, {Text: "Hoesseini"}}, Births: []Birth{day}}, s.clk.Now())
		if err != nil || !k.Likely || len(k.Mine) == 0 || k.Mine[0].ID != "p-hussaini" {
			t.Errorf("his own caseworker, registering him again: %+v %v", k, err)
		}
		k, err = s.files.known(t.Context(), s.amira, Profile{Called: "Moehamed", Names: []NamePart{{Text: "Moehamed"}, {Text: "Hoesseini"}}, Births: []Birth{day}}, s.clk.Now())
		if err != nil || !k.Elsewhere || len(k.Mine) != 0 {
			t.Errorf("somebody who may not see the file: %+v %v", k, err)
		}
	})
}

// What makes somebody known is every number and every spelling that is on file, not only the first, and a telephone beside
// the name when no birth is known.
func TestSomebodyIsKnownByWhateverIsWrittenOfThem(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		s := setup(t, d)
		day := []Birth{{Year: 1988, Month: 3, Day: 12, Source: "person"}}
		s.add("p-file", Profile{Called: "Aziz", Names: []NamePart{{Text: "Aziz", Role: "own"}, {Text: "Rahimi", Role: "family"}}, Births: day,
			VNumber: "2710000017", Others: map[string][]Value{"vnumber": {{Text: "2710000025", Source: "ind"}}, "znumber": {{Text: "Z7654321", Source: "ind"}}},
			Variants: []Variant{{Source: "passport", Text: "Abdoelaziez Raheemi"}}, Reach: Reach{Phone: "+31612345077"}}, "u-marwan")
		if err := s.files.Remember(t.Context()); err != nil {
			t.Fatal(err)
		}
		other := func(fact, n string) map[string][]Value { return map[string][]Value{fact: {{Text: n, Source: "brp"}}} }
		name := func(parts ...string) (out []NamePart) {
			for _, p := range parts {
				out = append(out, NamePart{Text: p, Role: "own"})
			}
			return out
		}
		for what, c := range map[string]struct {
			p    Profile
			told bool
		}{
			"a second number of both":            {Profile{Called: "Aziz", Others: other("vnumber", "2710000025")}, true},
			"a second case number":               {Profile{Called: "Aziz", Others: other("znumber", "Z7654321")}, true},
			"a second number of another name":    {Profile{Called: "Oksana", Others: other("vnumber", "2710000025")}, false},
			"a passport's spelling":              {Profile{Called: "Abdel", Names: name("Abd", "el", "Aziz", "Rahiemie"), Births: day}, true},
			"the other's spelling as a variant":  {Profile{Called: "Jan", Names: name("Jan"), Variants: []Variant{{Source: "ind", Text: "Azies Rahiemie"}}, Births: day}, true},
			"the own script":                     {Profile{Called: "Jan", Names: name("Jan"), Own: "عزيز رحيمي", Births: day}, true},
			"a name and a telephone":             {Profile{Called: "Azies", Names: name("Azies", "Rahiemie"), Reach: Reach{Phone: "+31612345077"}}, true},
			"a name and a second telephone":      {Profile{Called: "Azies", Reach: Reach{More: []Phoned{{Number: "+31612345077"}}}}, true},
			"a telephone and another name":       {Profile{Called: "Oksana", Reach: Reach{Phone: "+31612345077"}}, false},
			"a telephone alone":                  {Profile{Reach: Reach{Phone: "+31612345077"}}, false},
			"another spelling, born another day": {Profile{Called: "Azies", Names: name("Azies", "Rahiemie"), Births: []Birth{{Year: 1987, Month: 3, Day: 12}}}, false},
		} {
			k, err := s.files.known(t.Context(), s.amira, c.p, s.clk.Now())
			if err != nil || k.Elsewhere != c.told || len(k.Mine) > 0 {
				t.Errorf("%s, elsewhere: %+v %v", what, k, err)
			}
			k, err = s.files.known(t.Context(), s.marwan, c.p, s.clk.Now())
			if own := len(k.Mine) == 1 && k.Mine[0].ID == "p-file" && k.Likely; err != nil || c.told && !own || k.Elsewhere {
				t.Errorf("%s, among one's own: %+v %v", what, k, err)
			}
			l, err := s.files.Twin(t.Context(), d, c.p)
			if err != nil || c.told && l.Class == No {
				t.Errorf("%s, in a list that comes in: %+v %v", what, l, err)
			}
			ids, err := s.files.Alike(t.Context(), d, c.p)
			if err != nil || c.told && !slices.Contains(ids, "p-file") {
				t.Errorf("%s, for the job: %v %v", what, ids, err)
			}
		}
	})
}

func TestTheMemoryFollowsWhatChangesAndForgetsWhoIsErased(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		s := setup(t, d)
		// Another node on the same database, with a memory of its own.
		other := New(d, s.vault, organisation.New(d))
		both := func() {
			t.Helper()
			for _, f := range []*Files{s.files, other} {
				if err := f.Remember(t.Context()); err != nil {
					t.Fatal(err)
				}
			}
		}
		first := func(f *Files, name string) string {
			for _, m := range f.memory.index.Search(name, 1) {
				if m.Chance > 0.5 {
					return m.ID
				}
			}
			return ""
		}
		both()
		s.clk.Advance(time.Hour)
		s.add("p-hussaini", hussaini, "u-amira")
		both()
		for i, f := range []*Files{s.files, other} {
			if id := first(f, "Moehammed Hoesseini"); id != "p-hussaini" {
				t.Errorf("node %d does not know who was registered: %q", i, id)
			}
		}
		f := s.file(s.amira, "p-hussaini")
		p := hussaini
		p.Names = []NamePart{{Text: "Aziz", Role: "own"}, {Text: "Rahimi", Role: "family"}}
		p.Called, p.Own = "Aziz", ""
		s.tx(func(tx *db.Tx) error { return save(t.Context(), tx, s.vault, f, p, 1) })
		both()
		for i, f := range []*Files{s.files, other} {
			if first(f, "Aziz Rahiemie") != "p-hussaini" || first(f, "Mohammad Hussaini") != "" {
				t.Errorf("node %d does not know what changed", i)
			}
		}
		s.tx(func(tx *db.Tx) error { return s.files.Keeper().Erase(t.Context(), tx, "p-hussaini") })
		if err := s.vault.Shred(t.Context(), "p-hussaini"); err != nil {
			t.Fatal(err)
		}
		both()
		for i, f := range []*Files{s.files, other} {
			if id := first(f, "Aziz Rahimi"); id != "" {
				t.Errorf("node %d still knows who was erased", i)
			}
		}
		if n := s.count(db.F(`SELECT COUNT(*) FROM dossier_forgotten`)); n != 1 {
			t.Errorf("%d were forgotten", n)
		}
		s.clk.Advance(25 * time.Hour)
		if err := s.files.Jobs()[0].Run(t.Context(), s.clk.Now()); err != nil {
			t.Fatal(err)
		}
		if n := s.count(db.F(`SELECT COUNT(*) FROM dossier_forgotten`)); n != 0 {
			t.Error("the ids of the forgotten stay for ever")
		}
	})
}

// A key that is gone while everybody is read leaves that person out and nobody else.
func TestReadingEverybodyPassesOverWhoIsErasedMeanwhile(t *testing.T) {
	d := dbtest.SQLite(t, lines)
	s := setup(t, d)
	if err := s.vault.Shred(t.Context(), "p-reem"); err != nil {
		t.Fatal(err)
	}
	if err := s.files.Remember(t.Context()); err != nil {
		t.Fatal(err)
	}
	if n := s.files.memory.index.Len(); n != s.count(db.F(`SELECT COUNT(*) FROM dossier_person`))-1 {
		t.Errorf("%d people in memory", n)
	}
}

// BenchmarkRemember fills the memory of a node; REISGEZEL_PEOPLE says with how many people, twenty thousand by default.
func BenchmarkRemember(b *testing.B) {
	n := 20000
	if s := os.Getenv("REISGEZEL_PEOPLE"); s != "" {
		n, _ = strconv.Atoi(s)
	}
	ctx, d := context.Background(), dbtest.SQLite(b, lines)
	v, err := privacy.Open(ctx, dbtest.SQLite(b, []db.Line{{Name: "keys", FS: privacy.KeySchema}}), make([]byte, 32))
	if err != nil {
		b.Fatal(err)
	}
	org := organisation.New(d)
	files := New(d, v, org)
	var plan organisation.Plan
	if err := d.Bulk(ctx, func(tx *db.Tx) (err error) { plan, err = organisation.Demo(ctx, tx, d.Now(), n); return err }); err != nil {
		b.Fatal(err)
	}
	for batch := range DemoPeople(plan, n, d.Now()) {
		ids := make([]string, len(batch))
		for i := range batch {
			ids[i] = batch[i].ID
		}
		keys, err := v.NewKeys(ctx, ids)
		if err != nil {
			b.Fatal(err)
		}
		for i := range batch {
			batch[i].Key = keys[batch[i].ID]
		}
		if err := d.Bulk(ctx, func(tx *db.Tx) error { return files.Demo(ctx, tx, batch) }); err != nil {
			b.Fatal(err)
		}
	}
	for b.Loop() {
		f := New(d, v, org)
		if err := f.Remember(ctx); err != nil {
			b.Fatal(err)
		}
		if f.memory.index.Len() < n {
			b.Fatal(fmt.Sprint(f.memory.index.Len(), " people in memory"))
		}
		b.ReportMetric(float64(f.memory.index.Bytes())/float64(n), "bytes/person")
	}
}
