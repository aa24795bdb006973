package contact

import (
	"strings"
	"testing"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/db/dbtest"
	"reisgezel/internal/kernel/privacy"
)

// fill writes the contacts of so many people, and the hour that is going on.
func (o office) fill(t testing.TB, n int) []dossier.DemoPerson {
	t.Helper()
	var all []dossier.DemoPerson
	for batch := range dossier.DemoPeople(o.plan, n, o.d.Now()) {
		for i := range batch {
			k, err := o.v.Key(t.Context(), batch[i].ID)
			if err != nil {
				t.Fatal(err)
			}
			batch[i].Key = k
		}
		if err := o.d.Bulk(t.Context(), func(tx *db.Tx) error { return o.c.Demo(t.Context(), tx, batch, o.d.Now()) }); err != nil {
			t.Fatal(err)
		}
		all = append(all, batch...)
	}
	if err := o.d.Bulk(t.Context(), func(tx *db.Tx) error { return o.c.DemoHour(t.Context(), tx, o.d.Now()) }); err != nil {
		t.Fatal(err)
	}
	return all
}

func TestTheDemonstrationIsACredibleDay(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		const n = 400
		o := newOfficeOf(t, d, n)
		all := o.fill(t, n)
		notes := map[string]int{}
		moments := 0
		keys := map[string]dossier.DemoPerson{}
		for _, p := range all {
			keys[p.ID] = p
		}
		ms, err := db.Many[Moment](t.Context(), d, db.F(`SELECT `+momentColumns+` FROM contact_moment WHERE person <> ''`))
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range ms {
			moments++
			if err := privacy.OpenJSON(keys[m.Person].Key, momentPlace(m.ID), m.Body, &m.What); err != nil {
				t.Fatal(err)
			}
			at := m.At.In(clock.Netherlands)
			if m.At.After(d.Now()) || at.Weekday() == 0 || at.Weekday() == 6 || at.Hour() < 9 || at.Hour() > 16 {
				t.Fatalf("%s was written at %v", m.ID, at)
			}
			if strings.ContainsAny(m.What.Note, "{}*") || m.What.Note == "" || privacy.HasBSN(m.What.Note) || m.Author == "" || m.What.Topic == "" {
				t.Fatalf("%s: %+v", m.ID, m)
			}
			notes[m.What.Note]++
		}
		if per := float64(moments) / n; per < 3.5 || per > 5.5 {
			t.Errorf("%.1f notes for a person", per)
		}
		if len(notes) < moments/3 {
			t.Errorf("only %d different notes among %d", len(notes), moments)
		}
		if open := o.count(t, db.F(`SELECT COUNT(*) FROM contact_promise WHERE done_at IS NULL`)); open < n/5 || open > n/2 {
			t.Errorf("%d open promises", open)
		}
		vs, err := o.c.visits(t.Context(), d, "d-overvecht", d.Now())
		if err != nil {
			t.Fatal(err)
		}
		ws, err := o.c.waiters(t.Context(), Queue(vs))
		if err != nil || len(ws) != 5 {
			t.Fatalf("%d wait: %v", len(ws), err)
		}
		tongues := map[string]bool{}
		for i, w := range ws {
			tongues[w.Language] = true
			if w.Called == "" || i > 0 && w.Came.Before(ws[i-1].Came) || w.Stale(d.Now()) {
				t.Errorf("%+v", w)
			}
		}
		if len(tongues) != 5 {
			t.Errorf("they speak %v", tongues)
		}
		desks := map[string]int{}
		for _, p := range append(all, dossier.DemoPerson{Desk: "d-overvecht"}) {
			if desks[p.Desk] > 0 {
				continue
			}
			desks[p.Desk]++
			day := clock.Today(d.Now()).AddDays(-30).In(clock.Netherlands)
			kept := o.count(t, db.F(`SELECT CAST(COALESCE(SUM(n), 0) AS BIGINT) FROM contact_count WHERE desk = ?`, p.Desk))
			if is := o.count(t, db.F(`SELECT COUNT(*) FROM contact_moment WHERE desk = ? AND at >= ?`, p.Desk, day)); kept != is {
				t.Errorf("%s counts %d talks and has %d", p.Desk, kept, is)
			}
		}
		if body := o.As(amira).Get("/vandaag").Body; !strings.Contains(body, "je hebt *vier afspraken*") || !strings.Contains(body, "er wachten *vijf mensen*") || !strings.Contains(body, "Verder met concept") || strings.Count(body, `class="now"`) != 1 {
			t.Error("Amira's day")
		}
	})
}

func TestTheSamePeopleGetTheSameStory(t *testing.T) {
	read := func() string {
		d := dbtest.SQLite(t, lines)
		o := newOfficeOf(t, d, 40)
		o.fill(t, 40)
		ids, err := db.Many[string](t.Context(), d, db.F(`SELECT id || visible || author || CAST(at AS TEXT) FROM contact_moment ORDER BY id`))
		if err != nil {
			t.Fatal(err)
		}
		return strings.Join(ids, "\n")
	}
	if once, again := read(), read(); once != again {
		t.Error("another filling tells another story")
	}
}
