package ingest

// This file tries imports on the real tables: a hundred thousand names and the official lists. They lie beside the
// repository and are not part of it; without them these tests are skipped.

import (
	"context"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/db/dbtest"
	"reisgezel/internal/kernel/web/webtest"
	"reisgezel/internal/organisation"
)

func realTable(t *testing.T, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("../../../shared/data", name))
	if err != nil {
		t.Skipf("skipped: the real table is not here (%v)", err)
	}
	return b
}

func TestTheOfficialListsComeIn(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		s := setup(t, d)
		for _, c := range []struct {
			kind      Kind
			file      string
			rows      int
			code, is  string
			gone      string // a code that no longer holds
			everThere int
		}{
			{Municipality, "geo/brp_Tabel33_Gemeententabel.csv", 1478, "0344", "Utrecht", "0001", 1478},
			{Municipality, "geo/gemeenten_2025.csv", 342, "0344", "Utrecht", "", 1478},
			{Nationality, "geo/brp_Tabel32_Nationaliteitentabel.csv", 217, "0028", "Tsjechische", "0002", 217},
			{Country, "geo/brp_Tabel34_Landentabel.csv", 390, "5007", "Suriname", "5004", 390},
		} {
			data := realTable(t, c.file)
			a := s.upload(c.kind, filepath.Base(c.file), data)
			if a.Code != 303 {
				t.Fatalf("%s answers %d %s", c.file, a.Code, a.Body)
			}
			id := regexp.MustCompile(`b-[0-9a-z]+`).FindString(a.To)
			m, err := s.in.match(t.Context(), d, id)
			if err != nil {
				t.Fatal(err)
			}
			form := webtest.Form("head", "1", "seen", m.Format.mark())
			for i, f := range m.Columns { // as they were proposed, nothing by hand
				form.Set(column(i), f)
			}
			s.must(s.admin.Post("/inlezen/"+id+"/kolommen", form), 303)
			n := s.counts(id)
			if n[Faulty] != 0 || n.All() != c.rows {
				t.Fatalf("%s: %v, columns %q", c.file, n, m.Columns)
			}
			if n[Fresh] == 0 {
				continue
			}
			s.must(s.admin.Post("/inlezen/"+id+"/bevestigen", nil), 303)
			if b := s.state(id); b.State != Done {
				t.Fatalf("%s: %+v", c.file, b)
			}
			list, err := organisation.ReferencesIn(t.Context(), d, organisation.ReferenceKind(c.kind))
			if err != nil || list[c.code].Name != c.is || len(list) < c.everThere {
				t.Errorf("%s: %d lines, %s is %+v, %v", c.file, len(list), c.code, list[c.code], err)
			}
			if c.gone != "" && list[c.gone].Holds(clock.Today(d.Now())) {
				t.Errorf("%s: %s still holds", c.file, c.gone)
			}
			// Twice changes nothing, also under another name and in another encoding.
			if again := s.upload(c.kind, "kopie.csv", append([]byte("\ufeff"), data...)); again.Code != 303 {
				t.Errorf("%s again answers %d", c.file, again.Code)
			} else if other := regexp.MustCompile(`b-[0-9a-z]+`).FindString(again.To); other == id {
				t.Errorf("%s: a file with other bytes is taken for the same", c.file)
			} else {
				s.must(s.admin.Post("/inlezen/"+other+"/kolommen", form), 303)
				if n := s.counts(other); n[Known] != c.rows {
					t.Errorf("%s twice: %v", c.file, n)
				}
				s.must(s.admin.Post("/inlezen/"+other+"/weg", nil), 303)
			}
		}
	})
}

func TestAHundredThousandNamesComeIn(t *testing.T) {
	data := realTable(t, "names/table100k.tsv")
	total := 100_000
	if os.Getenv("REISGEZEL_LONG") == "" { // all of them take a minute; a tenth shows the same
		total = 10_000
		data = []byte(strings.Join(strings.SplitAfterN(string(data), "\n", total+2)[:total+1], ""))
	}
	s := setup(t, dbtest.SQLite(t, lines))
	ctx := context.Background()
	start := time.Now()
	lap := func(what string) { t.Logf("%s after %s", what, time.Since(start).Round(time.Millisecond)) }
	id := s.began(People, "table100k.tsv", data, "ref", "name", "language", "")
	lap("read and checked")
	c := s.counts(id)
	if c.All() != total || c[Faulty] != 0 || c[Fresh] != total {
		t.Fatalf("rows: %v", c)
	}
	s.must(s.admin.Get("/inlezen/"+id), 200)
	lap("page shown")
	s.must(s.admin.Post("/inlezen/"+id+"/bevestigen", webtest.Form("location", "l-overvecht", "helper", "amira@reisgezel.example")), 303)
	if err := s.in.Work(ctx, time.Hour); err != nil {
		t.Fatal(err)
	}
	lap("written")
	if b := s.state(id); b.State != Done || b.Written != total {
		t.Fatalf("%+v", b)
	}
	if n := s.count(db.F(`SELECT COUNT(*) FROM dossier_person WHERE batch = ?`, id)); n != total {
		t.Errorf("%d people", n)
	}
	if n := s.count(db.F(`SELECT COUNT(*) FROM ingest_row`)); n != 0 {
		t.Errorf("%d rows stayed", n)
	}
	// The same again, in another order of columns.
	var b strings.Builder
	for i, line := range strings.Split(strings.TrimSpace(string(data)), "\n") {
		if cells := strings.Split(line, "\t"); i%50 == 0 {
			b.WriteString(cells[2] + "\t" + cells[1] + "\t" + cells[0] + "\n")
		}
	}
	again := s.began(People, "part.tsv", []byte(b.String()), "language", "name", "ref")
	if c := s.counts(again); c[Known] != total/50 || c[Fresh] != 0 {
		t.Errorf("a part of it again: %v", c)
	}
	lap("part again")
	// And all of it back.
	s.must(s.admin.Post("/inlezen/"+again+"/weg", nil), 303)
	s.must(s.admin.Post("/inlezen/"+id+"/terug", nil), 303)
	if err := s.in.Work(ctx, time.Hour); err != nil {
		t.Fatal(err)
	}
	lap("taken back")
	if b, n := s.state(id), s.count(db.F(`SELECT COUNT(*) FROM dossier_person WHERE batch = ?`, id)); b.State != Undone || n != 0 {
		t.Errorf("%d people are still there: %+v", n, b)
	}
}
