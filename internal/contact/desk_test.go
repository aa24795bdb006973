package contact

import (
	"context"
	"fmt"
	"html"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/db/dbtest"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/web/webtest"
)

// person writes somebody down who is not of the demonstration.
func (o office) person(t *testing.T, id string, p dossier.Profile) {
	t.Helper()
	k, err := o.v.NewKey(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	o.tx(t, func(tx *db.Tx) error {
		return dossier.Add(t.Context(), tx, o.v, k, id, p, dossier.Placing{Team: "t-utrecht", Location: "l-overvecht", By: "u-amira"})
	})
}

func TestTwoOfOneNameAreToldApartByOneThingMore(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		born := []dossier.Birth{{Year: 1990, Month: 1, Day: 1, Source: "ind"}}
		o.person(t, "p-een", dossier.Profile{Called: "Mohammed", Names: []dossier.NamePart{{Text: "Mohammed", Role: "own"}, {Text: "Sharif", Role: "father"}}, Births: born, VNumber: "2710000017"})
		o.person(t, "p-twee", dossier.Profile{Called: "Mohammed", Names: []dossier.NamePart{{Text: "Mohammed", Role: "own"}, {Text: "Karim", Role: "father"}}, Births: born, VNumber: "2710000025"})
		ria := o.As(volunteer("u-ria", "l-overvecht"))
		o.begin(t, ria, "d-overvecht")
		ask := func(third string) webtest.Answer {
			return ria.Post("/spreekuur/inchecken", webtest.Form("how", "name", "name", "Mohammed", "day", "1", "month", "1", "year", "1990", "third", third))
		}
		a := ask("")
		if a.Code != 422 || !strings.Contains(a.Body, `id="f-third"`) || strings.Contains(a.Body, "Sharif") || strings.Contains(a.Body, "Karim") {
			t.Errorf("several: %d, or it tells who they are", a.Code)
		}
		if a := ask("Hassan"); a.Code != 422 || !strings.Contains(a.Body, "Geen dossier gevonden") {
			t.Errorf("a third thing that fits nobody: %d", a.Code)
		}
		if a := ask("karim"); a.Code != 303 {
			t.Errorf("the father's name: %d %s", a.Code, a.Body)
		}
		o.open(t, ria, "/dossier/p-twee", "the one with that father")
		o.absent(t, ria, "/dossier/p-een", "the other one")
		if a := ask("271.000.0017"); a.Code != 303 {
			t.Errorf("the V-number: %d", a.Code)
		}
		o.open(t, ria, "/dossier/p-een", "the one with that number")
		if n := o.count(t, db.F(`SELECT COUNT(*) FROM audit_entry WHERE event = 'contact.event.checkin-failed'`)); n != 2 {
			t.Errorf("%d failed check-ins stand in the log, not 2", n)
		}
		if n := o.count(t, db.F(`SELECT COUNT(*) FROM audit_entry WHERE event = 'contact.event.checkin' AND subject IN ('p-een','p-twee') AND why = 'presence' AND access_id <> ''`)); n != 2 {
			t.Errorf("%d check-ins stand in the log, not 2", n)
		}
	})
}

// A stranger whose name is spelt exactly as it was typed must not be opened in place of who stands at the desk.
func TestAStrangerWhoIsSpeltSoIsNotCheckedIn(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		name := func(parts ...string) (out []dossier.NamePart) {
			for _, p := range parts {
				out = append(out, dossier.NamePart{Text: p, Role: "own"})
			}
			return out
		}
		born := []dossier.Birth{{Year: 1990, Month: 1, Day: 1, Source: "ind"}}
		o.person(t, "p-exact", dossier.Profile{Called: "Mohammed", Names: name("Mohammed", "Ali"), Births: born, VNumber: "2710000033"})
		o.person(t, "p-meant", dossier.Profile{Called: "Mohamad", Names: name("Mohamad", "Aly", "Sharif"), Births: born, ZNumber: "Z12345678"})
		o.person(t, "p-single", dossier.Profile{Called: "Golnar", Names: name("Golnar", "Shirazi"), Births: []dossier.Birth{{Year: 1991, Month: 7, Day: 1, Source: "ind"}}})
		if err := o.c.files.Remember(t.Context()); err != nil {
			t.Fatal(err)
		}
		ria := o.As(volunteer("u-ria", "l-overvecht"))
		o.begin(t, ria, "d-overvecht")
		try := func(n, third, month, year string) webtest.Answer {
			return ria.Post("/spreekuur/inchecken", webtest.Form("how", "name", "name", n, "third", third, "day", "1", "month", month, "year", year))
		}
		if a := try("Mohammed Ali", "", "1", "1990"); a.Code != 422 || !strings.Contains(a.Body, `id="f-third"`) || strings.Contains(a.Body, "Sharif") {
			t.Errorf("a namesake and one who sounds like it: %d", a.Code)
		}
		o.absent(t, ria, "/dossier/p-exact", "the namesake")
		if a := try("Golnar", "", "7", "1991"); a.Code != 422 || !strings.Contains(a.Body, `id="f-third"`) {
			t.Errorf("one name with the first of July: %d", a.Code)
		}
		if a := try("Golnar", "", "", "1991"); a.Code == 303 {
			t.Error("one name with a year opens a file")
		}
		if a := try("Golnar", "golnaar", "7", "1991"); a.Code != 422 {
			t.Errorf("saying the same twice is one thing: %d", a.Code)
		}
		o.absent(t, ria, "/dossier/p-single", "one name")
		if a := try("Golnar", "Sjirazi", "7", "1991"); a.Code != 303 {
			t.Errorf("one name more: %d", a.Code)
		}
		if a := try("Mohammed Ali", "z 123.45678", "1", "1990"); a.Code != 303 {
			t.Errorf("the Z-number of who is meant: %d", a.Code)
		}
		o.open(t, ria, "/dossier/p-meant", "who is meant")
		o.absent(t, ria, "/dossier/p-exact", "the namesake, still")
	})
}

// A name is kept as it is, however odd, and leads from the form to the page, the search and the desk.
func TestOddNamesAreKeptShownAndFound(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		amira := o.As(access.Actor{Kind: access.Staff, ID: "u-amira", Name: "Amira", Holders: []string{"user:u-amira", "team:t-utrecht"}, Posts: []access.Post{{Role: access.Case, Scope: access.Scope{Kind: access.Team, ID: "t-utrecht"}}}})
		ria := o.As(volunteer("u-ria", "l-overvecht"))
		o.begin(t, ria, "d-overvecht")
		long := strings.TrimSpace(strings.Repeat("Abcdefghi ", 30))
		odd := []struct{ name, asked string }{
			{`Layla "Lulu" <b>O'Hara</b> & co`, `layla lulu`}, {"می\u200cنا فرهادی", "مینا فرهادی"}, {"Dina 🌻 Petrovna", "dina petrovna"}, {"\u200fسمر\u200f Qasim", "سمر Qasim"},
			{long, "abcdefghi"}, {strings.Repeat("w", 300), strings.Repeat("w", 300)}, {"Q", "q"}, {"李", "李"}, {"4711", "4711"}, {"٣٤٥٦", "٣٤٥٦"},
		}
		for i, x := range odd {
			day := fmt.Sprint(i + 2)
			a := amira.Post("/dossiers/nieuw", webtest.Form("called", x.name, "birth_day", day, "birth_month", "6", "birth_year", "1987", "location", "l-overvecht"))
			if a.Code != 303 {
				t.Errorf("%q is not registered: %d", x.name, a.Code)
				continue
			}
			page, _, _ := strings.Cut(a.To, "?")
			shows := func(where string, a webtest.Answer) {
				t.Helper()
				if a.Code != 200 || !strings.Contains(html.UnescapeString(a.Body), x.name) || strings.Contains(a.Body, "<b>O") {
					t.Errorf("%s does not show %q as it is: %d", where, x.name, a.Code)
				}
			}
			shows("the page", amira.Get(page))
			if a := amira.Get("/zoeken?q=" + url.QueryEscape(x.asked)); !strings.Contains(a.Body, page) {
				t.Errorf("%q does not find %q", x.asked, x.name)
			} else {
				shows("the search", a)
			}
			shows("the form", amira.Get(page+"/gegevens"))
			if a := amira.Get("/dossiers?q=" + url.QueryEscape(x.name)); !strings.Contains(a.Body, page) {
				t.Errorf("%q does not find itself in the list", x.name)
			}
			if err := o.c.files.Remember(t.Context()); err != nil {
				t.Fatal(err)
			}
			o.absent(t, ria, page, "before checking in")
			if a := ria.Post("/spreekuur/inchecken", webtest.Form("how", "name", "name", x.asked, "day", day, "month", "6", "year", "1987")); a.Code != 303 {
				t.Errorf("%q is not checked in: %d", x.asked, a.Code)
				continue
			}
			o.open(t, ria, page, "checked in")
		}
		for _, none := range []string{".", "🌻", "\u200f", strings.Repeat("w", 301)} {
			if a := amira.Post("/dossiers/nieuw", webtest.Form("called", none, "location", "l-overvecht")); a.Code != 422 {
				t.Errorf("%q is a name: %d", none, a.Code)
			}
		}
	})
}

func TestGuessingStopsAtADeskAndByAColleague(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		ria, jan := o.As(volunteer("u-ria", "l-overvecht")), o.As(volunteer("u-jan", "l-overvecht"))
		o.begin(t, ria, "d-overvecht")
		o.begin(t, jan, "d-overvecht")
		for i := range MissesMost {
			v := ria
			if i%2 == 0 {
				v = jan
			}
			if a := v.Post("/spreekuur/inchecken", webtest.Form("how", "card", "code", "ACDEFGHJ")); a.Code != 422 {
				t.Fatalf("guess %d: %d", i, a.Code)
			}
		}
		if a := ria.Post("/spreekuur/inchecken", webtest.Form("how", "card", "code", "TREE3479")); a.Code != 429 {
			t.Errorf("the desk may go on: %d", a.Code)
		}
		if a := ria.Post("/spreekuur/inchecken", webtest.Form("how", "anonymous")); a.Code != 303 {
			t.Errorf("help without a file was refused: %d", a.Code)
		}
		o.begin(t, ria, "d-overvecht-b")
		for i := range MissesMost / 2 {
			if a := ria.Post("/spreekuur/inchecken", webtest.Form("how", "card", "code", "ACDEFGHJ")); a.Code != 422 {
				t.Fatalf("guess %d at another desk: %d", i, a.Code)
			}
		}
		if a := ria.Post("/spreekuur/inchecken", webtest.Form("how", "card", "code", "TREE3479")); a.Code != 429 {
			t.Errorf("a colleague who changes desks may go on guessing: %d", a.Code)
		}
		o.clock.Advance(time.Hour)
		ria = o.As(volunteer("u-ria", "l-overvecht"))
		if a := ria.Post("/spreekuur/inchecken", webtest.Form("how", "card", "code", "TREE3479")); a.Code != 303 {
			t.Errorf("after an hour: %d", a.Code)
		}
	})
}

func TestManyGuessesAtOnceDoNotAllPass(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		var wg sync.WaitGroup
		var passed atomic.Int32
		for range 3 * MissesMost {
			wg.Go(func() {
				_, err := o.c.attempt(context.Background(), volunteer("u-ria", "l-overvecht"), Duty{Desk: "d-overvecht"})
				switch {
				case err == nil:
					passed.Add(1)
				case !fault.Is(err, fault.TooMany):
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if n := passed.Load(); n > MissesMost {
			t.Errorf("%d guesses passed", n)
		}
		if n := o.count(t, db.F(`SELECT COUNT(*) FROM contact_try`)); n != int(passed.Load()) {
			t.Errorf("%d attempts are counted, %d were let through", n, passed.Load())
		}
	})
}

func TestNobodyChecksInWholeFilingCabinets(t *testing.T) {
	d := dbtest.SQLite(t, lines)
	o := newOffice(t, d)
	a, duty := volunteer("u-ria", "l-overvecht"), Duty{Desk: "d-overvecht", Location: "l-overvecht", Team: "t-utrecht"}
	for i := range HitsMost {
		id, err := o.c.attempt(t.Context(), a, duty)
		if err != nil {
			t.Fatalf("attempt %d: %v", i, err)
		}
		o.tx(t, func(tx *db.Tx) error {
			return o.c.arrive(t.Context(), tx, a, duty, Arrival{Key: o.c.house(), How: "card", Try: id})
		})
	}
	if _, err := o.c.attempt(t.Context(), a, duty); !fault.Is(err, fault.TooMany) {
		t.Errorf("one more: %v", err)
	}
	if _, err := o.c.attempt(t.Context(), volunteer("u-jan", "l-overvecht"), duty); err != nil {
		t.Errorf("a colleague pays for it: %v", err)
	}
}

func TestAHalfEmptyFormIsNoAttempt(t *testing.T) {
	d := dbtest.SQLite(t, lines)
	o := newOffice(t, d)
	ria := o.As(volunteer("u-ria", "l-overvecht"))
	o.begin(t, ria, "d-overvecht")
	for _, form := range [][]string{{"how", "card"}, {"how", "name", "name", "Selam"}, {"how", "name", "day", "1", "month", "1", "year", "1990"}, {"how", "none"}, {"how", "anonymous", "called", strings.Repeat("x", 61)}, {"how", "anonymous", "called", "bsn 123456782"}} {
		if a := ria.Post("/spreekuur/inchecken", webtest.Form(form...)); a.Code != 422 {
			t.Errorf("%v: %d", form, a.Code)
		}
	}
	if n := o.count(t, db.F(`SELECT COUNT(*) FROM contact_try`)) + o.count(t, db.F(`SELECT COUNT(*) FROM contact_visit`)); n != 0 {
		t.Errorf("%d things were written", n)
	}
}

func TestCheckingInByAppointment(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		amira := o.As(worker("u-amira", access.Case, "t-utrecht"))
		o.must(t, amira, "/dossier/p-selam/afspraak", "day", "2026-11-24", "hour", "10:00", "minutes", "45", "kind", "talk", "colleague", "u-amira", "location", "l-overvecht", "room", "Kamer 1")
		o.must(t, amira, "/dossier/p-reem/afspraak", "day", "2026-11-25", "hour", "10:00", "minutes", "45", "kind", "talk", "colleague", "u-amira", "location", "l-overvecht")
		selam, reem := o.one(t, db.F(`SELECT id FROM contact_appointment WHERE person = 'p-selam'`)), o.one(t, db.F(`SELECT id FROM contact_appointment WHERE person = 'p-reem'`))
		ria, kees := o.As(volunteer("u-ria", "l-overvecht")), o.As(volunteer("u-kees", "l-kanaleneiland"))
		o.begin(t, ria, "d-overvecht")
		o.begin(t, kees, "d-kanaleneiland")
		body := ria.Get("/spreekuur").Body
		if !strings.Contains(body, "met Amira") || strings.Contains(body, "Selam") {
			t.Error("the desk does not see the hour, or sees whose it is before anybody came")
		}
		for name, c := range map[string]struct {
			v    *webtest.Visitor
			id   string
			code int
		}{"tomorrow's": {ria, reem, 422}, "of another location": {kees, selam, 422}, "of nobody": {ria, "a-none", 422}, "today's": {ria, selam, 303}} {
			if a := c.v.Post("/spreekuur/inchecken", webtest.Form("how", "appointment", "appointment", c.id)); a.Code != c.code {
				t.Errorf("%s: %d", name, a.Code)
			}
		}
		o.open(t, ria, "/dossier/p-selam", "she is here for her appointment")
		if body := ria.Get("/spreekuur").Body; !strings.Contains(body, "afspraak 10:00 met Amira") {
			t.Error("the queue does not tell of the appointment")
		}
		if body := amira.Get("/vandaag").Body; !strings.Contains(body, "Is er") {
			t.Error("the colleague is not told that she is here")
		}
		if to := o.must(t, ria, "/spreekuur/volgende"); to != "/dossier/p-selam" {
			t.Fatal(to)
		}
		o.must(t, ria, "/dossier/p-selam/contact", "topic", "letter", "next", "ready", "visible", "client")
		if body := amira.Get("/vandaag").Body; strings.Contains(body, "Vastgelegd") {
			t.Error("a volunteer's note stands for the appointment with Amira")
		}
	})
}

func TestTheQueueTellsOnlyWhatItMust(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		ria, jan := o.As(volunteer("u-ria", "l-overvecht")), o.As(volunteer("u-jan", "l-overvecht"))
		o.begin(t, ria, "d-overvecht")
		o.begin(t, jan, "d-overvecht-b")
		o.must(t, ria, "/spreekuur/inchecken", "how", "card", "code", "TREE3479")
		o.must(t, ria, "/spreekuur/inchecken", "how", "anonymous", "called", "Kanarie", "language", "so")
		body := ria.Get("/spreekuur").Body
		for _, want := range []string{"Selam", "Tigrinya", "Kanarie", "Somalisch", "net binnen"} {
			if !strings.Contains(body, want) {
				t.Errorf("%q is missing", want)
			}
		}
		for _, not := range []string{"Tesfay", "281 994"} {
			if strings.Contains(body, not) {
				t.Errorf("%q is told to the whole room", not)
			}
		}
		if body := jan.Get("/spreekuur").Body; strings.Contains(body, "Selam") || strings.Contains(body, "Kanarie") {
			t.Error("the desk beside it sees the queue")
		}
		if n := o.count(t, db.F(`SELECT COUNT(*) FROM contact_visit WHERE CAST(body AS TEXT) LIKE '%Kanarie%'`)); d.Postgres() == false && n != 0 {
			t.Error("the name stands readable")
		}
		guest := o.one(t, db.F(`SELECT id FROM contact_visit WHERE person = ''`))
		if a := ria.Get("/spreekuur/contact/" + guest); a.Code != 404 {
			t.Errorf("the form of somebody nobody helps: %d", a.Code)
		}
		o.must(t, ria, "/spreekuur/volgende", "visit", guest)
		if a := ria.Get("/spreekuur/contact/" + guest); a.Code != 200 || !strings.Contains(a.Body, "Kanarie") {
			t.Errorf("the form: %d", a.Code)
		}
		if a := jan.Get("/spreekuur/contact/" + guest); a.Code != 404 {
			t.Errorf("the form of somebody else's visitor: %d", a.Code)
		}
		if a := ria.Post("/spreekuur/contact/"+guest, webtest.Form("topic", "letter", "next", "colleague", "when", "tomorrow", "promise", "kanarie-gast", "owner", "u-amira")); a.Code != 422 {
			t.Errorf("a colleague who is not here was asked: %d", a.Code)
		}
		o.must(t, ria, "/spreekuur/contact/"+guest, "topic", "letter", "next", "colleague", "when", "tomorrow", "promise", "kanarie-gast", "owner", "u-noor")
		if body := o.As(worker("u-noor", access.Lead, "t-utrecht")).Get("/opvolgen").Body; !strings.Contains(body, "kanarie-gast") {
			t.Error("the team leader does not see it")
		}
		if a := ria.Get("/spreekuur/contact/" + guest); a.Code != 404 {
			t.Errorf("the form after saving: %d", a.Code)
		}
	})
}

func TestTheCountsAreTheNotes(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		ria := o.As(volunteer("u-ria", "l-overvecht"))
		o.begin(t, ria, "d-overvecht")
		for _, topic := range []string{"letter", "letter", "money"} {
			o.must(t, ria, "/spreekuur/inchecken", "how", "anonymous")
			to := o.must(t, ria, "/spreekuur/volgende")
			o.must(t, ria, to, "topic", topic, "next", "ready")
		}
		form := webtest.Form("topic", "letter", "next", "ready", "_once", "dezelfde-sleutel-nog-eens")
		o.must(t, ria, "/spreekuur/inchecken", "how", "anonymous")
		to := o.must(t, ria, "/spreekuur/volgende")
		if a := ria.Post(to, form); a.Code != 303 {
			t.Fatal(a.Code)
		}
		ria.Post(to, form) // pressed twice
		counts, err := o.c.counts(t.Context(), "d-overvecht", d.Now())
		if err != nil || len(counts) != 2 || counts[0] != (Count{"letter", 3}) || counts[1] != (Count{"money", 1}) {
			t.Errorf("%v %v", counts, err)
		}
		if n, err := o.c.today(t.Context(), "d-overvecht", d.Now()); err != nil || n != o.count(t, db.F(`SELECT COUNT(*) FROM contact_moment WHERE desk = 'd-overvecht'`)) {
			t.Errorf("%d %v", n, err)
		}
		if n, _ := o.c.today(t.Context(), "d-overvecht", d.Now().Add(24*time.Hour)); n != 0 {
			t.Error("tomorrow begins with yesterday's count")
		}
	})
}

func TestTriesAreRules(t *testing.T) {
	for tr, want := range map[Tries]bool{{}: false, {AtDesk: MissesMost - 1, Mine: MissesMost - 1, Hits: HitsMost - 1}: false, {AtDesk: MissesMost}: true, {Mine: MissesMost}: true, {Hits: HitsMost}: true} {
		if tr.TooMany() != want {
			t.Errorf("%+v", tr)
		}
	}
	for s, ok := range map[string]bool{"15": true, "90": true, "180": true, "14": false, "181": false, "": false, "x": false, "-90": false, "90.5": false} {
		if _, fs := ReadWindow(s); (len(fs) == 0) != ok {
			t.Errorf("%q: %v", s, fs)
		}
	}
}
