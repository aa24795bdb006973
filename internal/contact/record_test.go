package contact

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/db/dbtest"
	"reisgezel/internal/kernel/web/webtest"
)

var (
	amira  = worker("u-amira", access.Case, "t-utrecht")
	marwan = worker("u-marwan", access.Legal, "t-utrecht")
)

func TestACorrectionIsANewVersionAndTwoOfThemMeet(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		a := o.As(amira)
		o.must(t, a, "/dossier/p-selam/contact", "topic", "letter", "next", "follow", "when", "week", "promise", "bellen", "note", "kanarie-een", "visible", "client")
		id := o.one(t, db.F(`SELECT id FROM contact_moment WHERE person = 'p-selam'`))
		path := "/dossier/p-selam/contact/" + id
		if body := a.Get(path).Body; !strings.Contains(body, "kanarie-een") || !strings.Contains(body, `name="version" value="1"`) || strings.Contains(body, `name="next"`) {
			t.Error("the form of a correction")
		}
		if body := a.Get("/dossier/p-selam").Body; !strings.Contains(body, path) {
			t.Error("nothing leads to the correction")
		}
		if x := a.Post(path, webtest.Form("version", "1", "topic", "letter", "note", "bsn 123456782", "visible", "client")); x.Code != 422 {
			t.Errorf("a BSN was taken: %d", x.Code)
		}
		o.must(t, a, path, "version", "1", "topic", "money", "note", "kanarie-twee", "visible", "client")
		x := a.Post(path, webtest.Form("version", "1", "topic", "letter", "note", "kanarie-drie", "visible", "client"))
		if x.Code != 409 || !strings.Contains(x.Body, "kanarie-twee") || !strings.Contains(x.Body, "kanarie-drie") || !strings.Contains(x.Body, `name="version" value="2"`) {
			t.Errorf("two who correct do not meet: %d", x.Code)
		}
		o.must(t, a, path, "version", "2", "topic", "letter", "note", "kanarie-drie", "visible", "client")
		if n := o.count(t, db.F(`SELECT COUNT(*) FROM contact_moment_version WHERE moment = ?`, id)); n != 2 {
			t.Errorf("%d old versions are kept, not 2", n)
		}
		body := a.Get("/dossier/p-selam").Body
		if !strings.Contains(body, "kanarie-drie") || strings.Contains(body, "kanarie-twee") || !strings.Contains(body, "verbeterd vandaag") || !strings.Contains(body, "Ik volg op") {
			t.Error("the timeline does not show the newest version, or forgot how it goes on")
		}
		if x := o.As(marwan).Get(path); x.Code != 404 {
			t.Errorf("somebody else corrects it: %d", x.Code)
		}
		k := o.c.Keeper()
		out, err := k.Export(t.Context(), d, o.v, "p-selam")
		if err != nil || !strings.Contains(fmt.Sprintf("%+v", out), "kanarie-een") || !strings.Contains(fmt.Sprintf("%+v", out), "kanarie-drie") {
			t.Errorf("the export lacks a version: %v", err)
		}
	})
}

func TestDraftsComeBackAndNeverTooLate(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		a := o.As(amira)
		const form, draft = "/dossier/p-selam/contact", "/dossier/p-selam/contact/concept"
		if x := a.Post(draft, webtest.Form("visible", "client", "note", "  ")); x.Code != 200 || x.Body != "" {
			t.Errorf("an empty form is a draft: %d %q", x.Code, x.Body)
		}
		if x := a.Post(draft, webtest.Form("_once", "sleutel-van-dit-formulier", "note", "kanarie", "topic", "money", "done", "read", "done", "called", "minutes", "12")); x.Body != "Concept bewaard 09:00" {
			t.Errorf("%q", x.Body)
		}
		body := o.As(amira).Get(form).Body // signed in anew, as after a time-out
		for _, want := range []string{"kanarie", `value="money" checked`, `value="read" checked`, `value="called" checked`, `value="12"`, "Concept van vandaag 09:00"} {
			if !strings.Contains(body, want) {
				t.Errorf("%q did not come back", want)
			}
		}
		if strings.Contains(o.As(marwan).Get(form).Body, "kanarie") {
			t.Error("a colleague reads the draft")
		}
		if body := a.Get("/vandaag").Body; !strings.Contains(body, "Verder met concept: <bdi>Selam") {
			t.Error("Vandaag does not tell of it")
		}
		o.must(t, a, "/contact/concept/weg", "about", "p-selam")
		if strings.Contains(a.Get(form).Body, "kanarie") {
			t.Error("it is still there")
		}
		if x := o.As(marwan).Post("/contact/concept/weg", webtest.Form("about", "p-selam", "undo", "1")); x.Code != 404 {
			t.Errorf("somebody else takes it back: %d", x.Code)
		}
		o.must(t, a, "/contact/concept/weg", "about", "p-selam", "undo", "1")
		if !strings.Contains(a.Get(form).Body, "kanarie") {
			t.Error("it did not come back")
		}
		o.must(t, a, form, "_once", "sleutel-van-dit-formulier", "topic", "money", "next", "ready")
		a.Post(draft, webtest.Form("_once", "sleutel-van-dit-formulier", "note", "kanarie-te-laat", "topic", "money"))
		if n := o.count(t, db.F(`SELECT COUNT(*) FROM contact_draft`)); n != 0 {
			t.Error("a draft that came after its form was saved stands as not finished")
		}
		a.Post(draft, webtest.Form("_once", "een-nieuw-formulier-later", "note", "iets nieuws", "topic", "money"))
		if n := o.count(t, db.F(`SELECT COUNT(*) FROM contact_draft`)); n != 1 {
			t.Error("the draft of the next form is not kept")
		}
		if err := o.c.sweep(t.Context(), d.Now().AddDate(0, 0, draftsKept.Days).Add(time.Hour)); err != nil {
			t.Fatal(err)
		}
		if n := o.count(t, db.F(`SELECT COUNT(*) FROM contact_draft`)); n != 0 {
			t.Error("a draft that was left alone is kept for ever")
		}
	})
}

func TestADraftComesBackAtTheDeskAndAfterTheWindow(t *testing.T) {
	d := dbtest.SQLite(t, lines)
	o := newOffice(t, d)
	ria := o.As(volunteer("u-ria", "l-overvecht"))
	o.begin(t, ria, "d-overvecht")
	o.must(t, ria, "/spreekuur/inchecken", "how", "card", "code", "TREE3479")
	o.must(t, ria, "/spreekuur/volgende")
	ria.Post("/dossier/p-selam/contact/concept", webtest.Form("note", "kanarie"))
	o.clock.Advance(Window + Finish - time.Millisecond)
	ria = o.As(volunteer("u-ria", "l-overvecht"))
	if x := ria.Get("/dossier/p-selam/contact"); x.Code != 200 || !strings.Contains(x.Body, "kanarie") || strings.Contains(x.Body, "Naar dossier") {
		t.Errorf("the last millisecond: %d", x.Code)
	}
	if !strings.Contains(ria.Get("/vandaag").Body, "Verder met concept") {
		t.Error("Vandaag does not tell of it")
	}
	o.clock.Advance(time.Millisecond)
	ria = o.As(volunteer("u-ria", "l-overvecht"))
	o.absent(t, ria, "/dossier/p-selam/contact", "after the last millisecond")
	if x := ria.Post("/dossier/p-selam/contact/concept", webtest.Form("note", "meer")); x.Code != 404 {
		t.Errorf("a draft after the last millisecond: %d", x.Code)
	}
	if strings.Contains(ria.Get("/vandaag").Body, "Selam") {
		t.Error("Vandaag still tells her name")
	}
	o.must(t, ria, "/spreekuur/inchecken", "how", "anonymous", "called", "Gast")
	to := o.must(t, ria, "/spreekuur/volgende")
	if x := ria.Post(to+"/concept", webtest.Form("note", "kanarie-gast", "topic", "money")); x.Code != 200 {
		t.Errorf("a visitor's draft: %d", x.Code)
	}
	if !strings.Contains(ria.Get(to).Body, "kanarie-gast") || !strings.Contains(ria.Get("/vandaag").Body, to) {
		t.Error("a visitor's draft did not come back")
	}
}

func TestATeamReadsWhatIsForTheTeam(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		a := o.As(amira)
		for _, v := range Visibilities {
			o.must(t, a, "/dossier/p-selam/contact", "topic", "letter", "next", "follow", "when", "week", "promise", "belofte-"+v, "visible", v, "note", "kanarie-"+v)
		}
		see := func(who access.Actor, path string, want, not []string) {
			t.Helper()
			body := o.As(who).Get(path).Body
			for _, s := range want {
				if !strings.Contains(body, s) {
					t.Errorf("%s does not see %s", who.ID, s)
				}
			}
			for _, s := range not {
				if strings.Contains(body, s) {
					t.Errorf("%s sees %s", who.ID, s)
				}
			}
		}
		all := []string{"kanarie-client", "belofte-client", "kanarie-team", "belofte-team", "kanarie-me", "belofte-me"}
		see(amira, "/dossier/p-selam", all, nil)
		see(marwan, "/dossier/p-selam", all[:4], all[4:])
		away := worker("u-marwan", access.Legal, "t-elders")
		see(away, "/dossier/p-selam", all[:2], all[2:])
		see(self("p-selam"), "/mijn/gesprekken", all[:2], all[2:])
		see(self("p-selam"), "/mijn", all[:2], all[2:])
		see(self("p-reem"), "/mijn/gesprekken", nil, all)
		// A volunteer's desk belongs to a team: she reads along with it, while somebody is there.
		ria := o.As(volunteer("u-ria", "l-overvecht"))
		o.begin(t, ria, "d-overvecht")
		o.must(t, ria, "/spreekuur/inchecken", "how", "card", "code", "TREE3479")
		see(volunteer("u-ria", "l-overvecht"), "/dossier/p-selam", all[:4], all[4:])
		other := "l-" + o.plan.Teams[1].Locations[0].ID[2:]
		x := o.As(volunteer("u-ver", other))
		o.begin(t, x, o.plan.Teams[1].Locations[0].Desks[0])
		o.must(t, x, "/spreekuur/inchecken", "how", "card", "code", "TREE3479")
		see(volunteer("u-ver", other), "/dossier/p-selam", all[:2], all[2:])
	})
}

func TestPromisesOfTheDay(t *testing.T) {
	now := dbtest.Start
	today := clock.Today(now)
	rapid.Check(t, func(r *rapid.T) {
		var ps []Promise
		for i := range rapid.IntRange(0, 15).Draw(r, "n") {
			p := Promise{ID: fmt.Sprintf("b%02d", i), Due: today.AddDays(rapid.IntRange(-10, 20).Draw(r, "due"))}
			if rapid.Bool().Draw(r, "done") {
				p.DoneAt = now.Add(-time.Duration(rapid.IntRange(0, 72).Draw(r, "ago")) * time.Hour)
			}
			ps = append(ps, p)
		}
		most := rapid.IntRange(1, 8).Draw(r, "most")
		got := Pressing(append([]Promise(nil), ps...), now, most)
		if len(got) > most {
			r.Fatal("more than may be")
		}
		left := map[string]Promise{}
		for _, p := range ps {
			left[p.ID] = p
		}
		for i, p := range got {
			if i > 0 && p.Due.Before(got[i-1].Due) {
				r.Fatal("not in the order of their days")
			}
			if p.DoneAt.IsZero() && p.Due.After(today.AddDays(7)) || !p.DoneAt.IsZero() && clock.Today(p.DoneAt) != today {
				r.Fatalf("%v does not belong on Vandaag", p)
			}
			delete(left, p.ID)
		}
		for _, p := range left { // whatever is left out is less pressing than the last that stands there
			if p.DoneAt.IsZero() && !p.Due.After(today.AddDays(7)) && (len(got) < most || p.Due.Before(got[len(got)-1].Due)) {
				r.Fatalf("%v was forgotten", p)
			}
		}
		for _, p := range ps {
			if late := p.Late(today); (late > 0) != (p.DoneAt.IsZero() && p.Due.Before(today)) || late > 0 && late != p.Due.DaysUntil(today) {
				r.Fatalf("late: %d", late)
			}
			if p.Undoable(now) != !p.DoneAt.IsZero() || p.Undoable(now.AddDate(0, 0, UndoDays)) {
				r.Fatal("undo")
			}
		}
	})
	for d, want := range map[clock.Date]clock.Date{clock.On(2026, 11, 27): clock.On(2026, 11, 27), clock.On(2026, 11, 28): clock.On(2026, 11, 30), clock.On(2026, 11, 29): clock.On(2026, 11, 30)} {
		if got := Workday(d); got != want {
			t.Errorf("%v: %v", d, got)
		}
	}
}

func TestWhoStandsInDoesThePromises(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		o.must(t, o.As(amira), "/dossier/p-selam/contact", "topic", "letter", "next", "colleague", "when", "tomorrow", "promise", "kanarie-belofte", "owner", "u-marwan")
		deniz := worker("u-deniz", access.Legal, "t-utrecht") // stands in for Marwan in the demonstration
		standsIn := o.count(t, db.F(`SELECT COUNT(*) FROM organisation_deputy WHERE colleague = 'u-marwan' AND deputy = 'u-deniz'`)) > 0
		if !standsIn {
			t.Fatal("the demonstration has no deputy of Marwan any more")
		}
		body := o.As(deniz).Get("/opvolgen").Body
		if !strings.Contains(body, "kanarie-belofte") || !strings.Contains(body, "voor Marwan") || strings.Contains(body, "Selam") {
			t.Error("the deputy does not see it, does not see whose it is, or sees who it is about without the file")
		}
		id := o.one(t, db.F(`SELECT id FROM contact_promise WHERE person = 'p-selam'`))
		o.must(t, o.As(deniz), "/opvolgen", "promise", id, "terug", "/vandaag?x=1")
		if by := o.one(t, db.F(`SELECT done_by FROM contact_promise WHERE id = ?`, id)); by != "u-deniz" {
			t.Errorf("done by %s", by)
		}
		if to := o.must(t, o.As(deniz), "/opvolgen", "promise", id, "undo", "1", "terug", "//elders.example"); strings.Contains(to, "elders") {
			t.Errorf("a form led out of the house: %s", to)
		}
		if a := o.As(worker("u-ander", access.Legal, "t-utrecht")).Post("/opvolgen", webtest.Form("promise", id)); a.Code != 404 {
			t.Errorf("somebody else: %d", a.Code)
		}
	})
}

func TestATalkThatNobodyTimedIsTimed(t *testing.T) {
	for ago, want := range map[time.Duration]int{0: 1, 29 * time.Second: 1, 8 * time.Minute: 8, 8*time.Minute + 29*time.Second: 8, 8*time.Minute + 30*time.Second: 9, 11 * time.Hour: 600} {
		if got := Lasted(dbtest.Start.Add(-ago), dbtest.Start); got != want {
			t.Errorf("%v: %d", ago, got)
		}
	}
	if Lasted(time.Time{}, dbtest.Start) != 0 || Lasted(dbtest.Start.Add(time.Hour), dbtest.Start) != 0 {
		t.Error("a talk that did not begin")
	}
	d := dbtest.SQLite(t, lines)
	o := newOffice(t, d)
	ria := o.As(volunteer("u-ria", "l-overvecht"))
	o.begin(t, ria, "d-overvecht")
	o.must(t, ria, "/spreekuur/inchecken", "how", "card", "code", "TREE3479")
	o.must(t, ria, "/spreekuur/volgende")
	o.clock.Advance(8 * time.Minute)
	if !strings.Contains(ria.Get("/dossier/p-selam/contact").Body, "duur (8 min)") {
		t.Error("the form does not count along")
	}
	o.must(t, ria, "/dossier/p-selam/contact", "topic", "letter", "next", "ready", "visible", "client")
	if !strings.Contains(o.As(amira).Get("/dossier/p-selam").Body, "8 minuten") {
		t.Error("the note does not say how long it took")
	}
}

func TestNothingOfAPersonStandsReadableAndErasingLeavesNothing(t *testing.T) {
	d := dbtest.SQLite(t, lines)
	o := newOffice(t, d)
	a := o.As(amira)
	o.must(t, a, "/dossier/p-selam/contact", "topic", "letter", "next", "follow", "when", "week", "promise", "kanarie-belofte", "note", "kanarie-notitie", "visible", "client")
	id := o.one(t, db.F(`SELECT id FROM contact_moment WHERE person = 'p-selam'`))
	o.must(t, a, "/dossier/p-selam/contact/"+id, "version", "1", "topic", "letter", "note", "kanarie-beter", "visible", "client")
	a.Post("/dossier/p-selam/contact/concept", webtest.Form("note", "kanarie-concept"))
	o.must(t, a, "/dossier/p-selam/afspraak", "day", "2026-11-30", "hour", "10:00", "minutes", "45", "kind", "talk", "colleague", "u-amira", "location", "l-overvecht", "about", "kanarie-afspraak")
	ria := o.As(volunteer("u-ria", "l-overvecht"))
	o.begin(t, ria, "d-overvecht")
	o.must(t, ria, "/spreekuur/inchecken", "how", "card", "code", "TREE3479")
	k := o.c.Keeper()
	for _, table := range k.Tables() {
		n := 0
		for _, col := range []string{"body"} {
			var rows [][]byte
			if err := db.Each(t.Context(), d, db.Frag{SQL: "SELECT " + col + " FROM " + table + " WHERE person = ?", Args: []any{"p-selam"}}, func(b []byte) error { rows = append(rows, b); return nil }); err != nil {
				t.Fatal(err)
			}
			for _, b := range rows {
				n++
				if len(b) < 16 || strings.Contains(string(b), "kanarie") || strings.Contains(string(b), "Selam") {
					t.Errorf("%s: %q stands readable", table, b)
				}
			}
		}
		if n == 0 {
			t.Errorf("%s: the test wrote nothing there", table)
		}
	}
	out, err := k.Export(t.Context(), d, o.v, "p-selam")
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"kanarie-notitie", "kanarie-beter", "kanarie-belofte", "kanarie-concept", "kanarie-afspraak", "d-overvecht"} {
		if !strings.Contains(fmt.Sprintf("%+v", out), want) {
			t.Errorf("the export lacks %s", want)
		}
	}
	o.tx(t, func(tx *db.Tx) error { return k.Erase(context.Background(), tx, "p-selam") })
	for _, table := range k.Tables() {
		if n := o.count(t, db.Frag{SQL: "SELECT COUNT(*) FROM " + table + " WHERE person = ?", Args: []any{"p-selam"}}); n != 0 {
			t.Errorf("%s keeps %d rows", table, n)
		}
	}
}

// A listening ear asks for no topic and for nothing after it; it counts apart, and what was typed stays when the form is
// turned into the other one.
func TestAListeningEarNeedsNoTopic(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		a := o.As(amira)
		const form = "/dossier/p-selam/contact"
		plain := a.Get(form)
		if !strings.Contains(plain.Body, `value="letter"`) || strings.Contains(plain.Body, `name="topic" value="ear"`) {
			t.Error("the plain form asks for no topic")
		}
		ear := a.Get(form + "?soort=oor")
		if strings.Contains(ear.Body, `value="letter"`) || !strings.Contains(ear.Body, `name="topic" value="ear"`) || !strings.Contains(ear.Body, "Luisterend oor") {
			t.Error("the listening ear asks for a topic")
		}
		o.must(t, a, form, "topic", "ear", "next", "ready", "visible", "client")
		if n := o.count(t, db.F(`SELECT COUNT(*) FROM contact_moment WHERE person = 'p-selam' AND author = 'u-amira'`)); n != 1 {
			t.Errorf("%d talks were kept", n)
		}
		if x := a.Post(form, webtest.Form("topic", "eat", "next", "ready")); x.Code != 422 {
			t.Errorf("a topic that is none: %d", x.Code)
		}
		if !strings.Contains(a.Get("/dossier/p-selam").Body, "Luisterend oor") {
			t.Error("the file does not tell of it")
		}
	})
	in := Input{Note: "blijft staan", Next: "follow"}.As("oor")
	if in.Topic != Ear || in.Next != "follow" || in.Note != "blijft staan" {
		t.Errorf("%+v", in)
	}
	if in = in.As("gewoon"); in.Topic != "" || in.Note != "blijft staan" {
		t.Errorf("%+v", in)
	}
	if in = (Input{Topic: "letter"}).As(""); in.Topic != "letter" {
		t.Errorf("%+v", in)
	}
	if !(Input{}).As("oor").Empty() || (Input{Note: "x"}).As("oor").Empty() {
		t.Error("what a draft is")
	}
}
