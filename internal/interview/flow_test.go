package interview

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/db/dbtest"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web/webtest"
)

func TestAVolunteerGoesAlong(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		marwan, ria, jan := o.marwan(), o.ria(), o.As(worker("u-jan", access.Desk))
		a := marwan.Post(files+"/nieuw", webtest.Form("kind", "substantive", "where", "blijft staan"))
		o.says(t, a, 422, "blijft staan", `href="#f-site"`)
		to := o.plan(t) // Thursday 3 December
		id := idIn(to)
		o.says(t, marwan.Get(to), 200, "Er gaat nog niemand mee", "Nader gehoor", "IND Den Bosch", "kamer 3", "Tigrinya", "Ria de Boer", "Jan Mulder")
		o.says(t, marwan.Post(to+"/vragen", webtest.Form("colleague", "u-nobody")), 422, "Kies een collega uit de lijst")
		o.must(t, marwan, to+"/vragen", "colleague", "u-ria")
		o.must(t, marwan, to+"/vragen", "colleague", "u-ria") // pressed twice
		if n := o.count(t, db.F(`SELECT COUNT(*) FROM interview_event WHERE kind = 'asked'`)); n != 1 {
			t.Errorf("asked %d times", n)
		}

		// Whoever was asked learns when and where, and not with whom; who was not asked finds nothing.
		for _, page := range []string{"/vandaag", "/gehoren/mee", "/gehoren/mee/" + id} {
			b := ria.Get(page)
			o.says(t, b, 200, "Nader gehoor", "do 3 dec 2026 om 09:00", "IND Den Bosch")
			o.never(t, b, "Selam", "p-selam", "kamer 3", "Tigrinya")
		}
		o.absent(t, jan, jan.Get("/gehoren/mee/"+id), "what somebody else was asked for")
		o.absent(t, jan, jan.Post("/gehoren/mee/"+id, webtest.Form("says", "yes")), "an answer for somebody else")
		o.absent(t, ria, ria.Get(to), "the page, before she said yes")
		for _, says := range []string{"", "released", "asked", "x"} {
			if a := ria.Post("/gehoren/mee/"+id, webtest.Form("says", says)); a.Code != 422 {
				t.Errorf("she says %q: %d", says, a.Code)
			}
		}
		o.must(t, ria, "/gehoren/mee/"+id, "says", "yes")
		o.must(t, ria, "/gehoren/mee/"+id, "says", "yes")
		o.says(t, marwan.Get(to), 200, "gaat mee", "Neem het gehoor door")

		// A yes opens nothing yet; the day before it does, to the minute; what is not needed stays shut.
		for _, x := range []struct {
			days int
			hour string
		}{{0, "09:00"}, {7, "23:59"}} {
			o.on(x.days, x.hour)
			ria = o.ria()
			o.absent(t, ria, ria.Get(to), fmt.Sprint("the page, on day ", x.days))
			o.absent(t, ria, ria.Get("/dossier/p-selam"), "the file")
			o.never(t, ria.Get("/gehoren/mee"), "Selam")
		}
		o.on(8, "00:00")
		marwan, ria = o.marwan(), o.ria()
		o.says(t, ria.Get(to), 200, "Selam", "kamer 3", "Voorbereiden")
		o.says(t, ria.Get("/vandaag"), 200, "Selam", to)
		o.says(t, ria.Get(to+"/mee"), 200, "Selam", "Om een pauze vragen", "Kijk en luister")
		o.says(t, ria.Get("/dossier/p-selam"), 200, "Selam")
		for what, a := range map[string]webtest.Answer{"planning": ria.Get(to + "/plan"), "a new one": ria.Get(files + "/nieuw"), "saving": ria.Post(to+"/plan", webtest.Form("kind", "dublin")), "asking": ria.Post(to+"/vragen", webtest.Form("colleague", "u-jan")),
			"holding": ria.Post(to+"/stand", webtest.Form("state", Held)), "the report of the authority": ria.Get(to + "/rapport"), "sending": ria.Get(to + "/versturen"), "another file": ria.Get("/dossier/p-reem/gehoor")} {
			o.absent(t, ria, a, what)
		}
		o.must(t, ria, to+"/voorbereiding", "item", "told", "item", "papers", "item", "nonsense")
		o.says(t, marwan.Get(to), 200, "2 van 9 gedaan")
		o.must(t, ria, to+"/voorbereiding", "item", "papers")
		o.says(t, marwan.Get(to), 200, "1 van 9 gedaan")
		o.absent(t, ria, ria.Get(to+"/verslag"), "a report of what was not held yet")
		if a := marwan.Post(to+"/stand", webtest.Form("state", Held)); a.Code != 409 {
			t.Errorf("held a day too early: %d", a.Code)
		}

		// The day itself, and the report: due on Monday, and from Tuesday on nothing opens any more.
		o.on(9, "16:00")
		marwan, ria = o.marwan(), o.ria()
		o.must(t, marwan, to+"/stand", "state", Held)
		o.must(t, marwan, to+"/stand", "state", Held)
		o.says(t, ria.Get(to), 200, "uiterlijk ma 7 dec 2026", "Verslag schrijven")
		o.says(t, ria.Get("/vandaag"), 200, "verslag schrijven")
		a = ria.Post(to+"/verslag", webtest.Form("interpreter", "phone", "quality", "poor", "lawyer", "yes", "version", "0"))
		o.says(t, a, 422, "Schrijf hoe het ging")
		report := func(v *webtest.Visitor, version, text string) webtest.Answer {
			return v.Post(to+"/verslag", webtest.Form("interpreter", "phone", "quality", "poor", "lawyer", "yes", "hours", "9–15", "text", text, "version", version))
		}
		if a := report(ria, "0", "Zij huilde bij de vraag over haar broer."); a.Code != 303 {
			t.Fatal(a.Code, a.Body)
		}
		o.says(t, report(marwan, "0", "Van mij"), 409, "Zij huilde", "Van mij", "Ria de Boer")
		if a := report(marwan, "1", "Met mijn aanvulling"); a.Code != 303 {
			t.Fatal(a.Code)
		}
		o.says(t, ria.Get(to), 200, "Met mijn aanvulling", "1 oudere versie", "Zij huilde")
		o.must(t, ria, to+"/knelpunt", "kind", "tone", "weight", "serious", "words", "Er werd geschreeuwd")
		o.on(13, "23:59")
		ria = o.ria()
		o.says(t, ria.Get(to), 200, "Selam")
		o.on(14, "00:00")
		ria = o.ria()
		for what, a := range map[string]webtest.Answer{"the page": ria.Get(to), "the list": ria.Get(files), "the sheet to take along": ria.Get(to + "/mee"), "the sheet": ria.Get(to + "/correcties"), "a report": report(ria, "2", "te laat"),
			"a concern": ria.Post(to+"/knelpunt", webtest.Form("kind", "tone", "weight", "small")), "a correction": ria.Post(to+"/correctie", webtest.Form("should", "x", "by", "person")), "the preparation": ria.Post(to+"/voorbereiding", webtest.Form("item", "told")), "the file": ria.Get("/dossier/p-selam")} {
			o.absent(t, ria, a, what+", after the term of our report")
		}
		o.never(t, ria.Get("/gehoren/mee"), "Selam")
		o.never(t, ria.Get("/gehoren/mee/"+id), "Selam", "kamer 3")
		if n := o.count(t, db.F(`SELECT COUNT(*) FROM interview_report`)); n != 2 {
			t.Errorf("%d versions of the report", n)
		}
	})
}

func (o office) grants(t testing.TB) string {
	t.Helper()
	type row struct {
		Since, Until time.Time
		Level        int
		Holder       string
	}
	rs, err := db.Many[row](t.Context(), o.d, db.F(`SELECT since, until, level, holder FROM access_grant WHERE why = 'companion' AND ended IS NULL ORDER BY since, holder`))
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, r := range rs {
		out = append(out, fmt.Sprintf("%s %s %s level %d", r.Holder, r.Since.In(clock.Netherlands).Format("0102 15:04"), r.Until.In(clock.Netherlands).Format("0102 15:04"), r.Level))
	}
	return strings.Join(out, "; ")
}

func TestTheGrantFollowsTheInterview(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		marwan, ria := o.marwan(), o.ria()
		expect := func(step, want string) {
			t.Helper()
			if got := o.grants(t); got != want {
				t.Errorf("%s: %q, not %q", step, got, want)
			}
		}
		to := o.plan(t, "day", "", "hour", "")
		id := idIn(to)
		o.says(t, marwan.Get(to), 200, "Zoek uit wanneer")
		o.must(t, marwan, to+"/vragen", "colleague", "u-ria")
		o.says(t, ria.Get("/gehoren/mee/"+id), 200, "De dag is nu nog niet bekend")
		o.must(t, ria, "/gehoren/mee/"+id, "says", "yes")
		expect("no day yet", "")
		save := func(version, day string) webtest.Answer {
			return marwan.Post(to+"/plan", webtest.Form("kind", "substantive", "minutes", "480", "site", "zwolle", "interpreter", "ind", "lawyer", "yes", "company", "yes", "day", day, "version", version))
		}
		if a := save("1", day24(9)); a.Code != 303 {
			t.Fatal(a.Code, a.Body)
		}
		const third = "user:u-ria 1202 00:00 1208 00:00 level 2"
		expect("a day", third)
		o.says(t, save("1", day24(10)), 409, "Dit staat er nu", "Dit vulde jij in")
		if a := save("2", day24(16)); a.Code != 303 {
			t.Fatal(a.Code)
		}
		expect("moved a week", "user:u-ria 1209 00:00 1215 00:00 level 2")
		o.must(t, marwan, to+"/stand", "state", Cancelled)
		expect("cancelled", "")
		o.says(t, ria.Get("/gehoren/mee/"+id), 200, "Dit gehoor gaat niet door")
		o.must(t, marwan, to+"/stand", "state", Planned)
		expect("put back", "user:u-ria 1209 00:00 1215 00:00 level 2")
		if a := marwan.Post(to+"/plan", webtest.Form("kind", "substantive", "minutes", "480", "site", "zwolle", "interpreter", "ind", "lawyer", "yes", "company", "no", "day", day24(16), "version", "5")); a.Code != 422 || !strings.Contains(a.Body, "Er gaat al iemand mee") {
			t.Errorf("nobody needed while somebody goes: %d", a.Code)
		}
		o.must(t, ria, "/gehoren/mee/"+id, "says", "cannot")
		expect("she cannot", "")
		o.must(t, ria, "/gehoren/mee/"+id, "says", "yes")
		o.must(t, marwan, to+"/hoeft-niet", "colleague", "u-ria")
		expect("not needed", "")
		o.absent(t, ria, ria.Get("/gehoren/mee/"+id), "what she need not go to")
		o.must(t, marwan, to+"/vragen", "colleague", "u-ria")
		o.must(t, ria, "/gehoren/mee/"+id, "says", "yes")
		expect("after all", "user:u-ria 1209 00:00 1215 00:00 level 2")

		// A yes on the day itself opens at once.
		o.on(16, "08:30")
		marwan, ria = o.marwan(), o.ria()
		o.must(t, ria, "/gehoren/mee/"+id, "says", "cannot")
		o.must(t, ria, "/gehoren/mee/"+id, "says", "yes")
		expect("on the day", "user:u-ria 1210 08:30 1215 00:00 level 2")
		if n := o.count(t, db.F(`SELECT COUNT(*) FROM audit_entry WHERE event = 'interview.event.said_yes' AND actor = 'u-ria' AND subject = 'p-selam'`)); n != 4 {
			t.Errorf("%d times a yes stands in the log", n)
		}
	})
}

// A team sets its own term, for what is planned from then on.
func TestWhenAPersonIsToldThatSomethingIsNew(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o, told := newOffice(t, d), ""
		o.x.LendNews(func(_ context.Context, _ *db.Tx, person string) error { told += person + " "; return nil })
		marwan := o.marwan()
		expect := func(step, want string) {
			t.Helper()
			if told != want {
				t.Errorf("%s: told %q, not %q", step, told, want)
			}
			told = ""
		}
		to := o.plan(t)
		expect("planned", "p-selam ")
		plan := []string{"kind", "substantive", "minutes", "480", "site", "denbosch", "where", "kamer 3", "language", "ti", "interpreter", "ind", "company", "yes", "day", day24(9), "hour", "09:00"}
		o.must(t, marwan, to+"/plan", append(plan, "lawyer", "yes", "version", "1")...)
		expect("whether a lawyer comes", "")
		o.must(t, marwan, to+"/plan", append(plan[:len(plan)-1:len(plan)-1], "10:00", "lawyer", "yes", "version", "2")...)
		expect("another hour", "p-selam ")
		o.must(t, marwan, to+"/stand", "state", Cancelled)
		expect("called off", "p-selam ")
	})
}

func TestWhatATeamAgreed(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		noor := o.As(worker("u-noor", access.Lead))
		before := o.plan(t)
		o.says(t, noor.Post("/gehoren/afspraken", webtest.Form("team", "t-utrecht", "report", "0", "ahead", "x")), 422, "Schrijf een getal van 1 tot 20", "Schrijf een getal van 1 tot 60")
		o.absent(t, noor, noor.Post("/gehoren/afspraken", webtest.Form("team", "t-elsewhere", "report", "3", "ahead", "3")), "another team")
		o.must(t, noor, "/gehoren/afspraken", "team", "t-utrecht", "report", "5", "ahead", "20")
		o.must(t, noor, "/gehoren/afspraken", "team", "t-utrecht", "report", "4", "ahead", "20")
		after := o.plan(t)
		for to, want := range map[string]string{before: "2026-12-07", after: "2026-12-09"} {
			if got := o.one(t, db.F(`SELECT due FROM interview_interview WHERE id = ?`, idIn(to))); got != want {
				t.Errorf("due %s, not %s", got, want)
			}
		}
		if a := o.marwan().Get("/gehoren/afspraken"); a.Code != 404 {
			t.Errorf("no leader: %d", a.Code)
		}
	})
}

func TestNobodyYet(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		marwan, deniz := o.marwan(), o.As(worker("u-deniz", access.Legal))
		to := o.plan(t)                  // in nine days
		o.plan(t, "company", "no")       // nobody is meant to go
		o.plan(t, "day", "", "hour", "") // nobody knows when
		o.plan(t, "day", day24(40))      // far away
		o.says(t, marwan.Get("/vandaag"), 200, "[][]")
		o.says(t, marwan.Get("/gehoren"), 200, "Bij drie gehoren gaat nog niemand mee", "Dag nog niet bekend", "Selam")
		o.never(t, deniz.Get("/gehoren"), "Selam", "Nader gehoor")
		o.on(2, "09:00") // seven days before
		marwan, noor, deniz := o.marwan(), o.As(worker("u-noor", access.Lead)), o.As(worker("u-deniz", access.Legal))
		o.says(t, marwan.Get("/vandaag"), 200, "bij *één gehoor* gaat nog niemand mee", "Selam", to)
		a := noor.Get("/vandaag")
		o.says(t, a, 200, "bij *één gehoor* gaat nog niemand mee", "Nader gehoor", "gepland door Marwan Saleh")
		o.never(t, a, "Selam", "p-selam", "kamer 3", "Tigrinya")
		a = noor.Get("/gehoren")
		o.says(t, a, 200, "In je team gaat nog niemand mee", "IND Den Bosch")
		o.never(t, a, "Selam", "p-selam")
		o.says(t, deniz.Get("/vandaag"), 200, "[][]")
		o.must(t, marwan, to+"/vragen", "colleague", "u-ria")
		o.says(t, noor.Get("/vandaag"), 200, "één gehoor") // asked is not yet somebody
		o.must(t, o.ria(), "/gehoren/mee/"+idIn(to), "says", "yes")
		o.says(t, noor.Get("/vandaag"), 200, "[][]")
		o.says(t, marwan.Get("/vandaag"), 200, "[][]")
		o.on(10, "09:00") // the day is over, and nobody said whether it was held
		marwan = o.marwan()
		o.says(t, marwan.Get("/vandaag"), 200, "is het gehouden?")
	})
}

func TestADoubleBookingShows(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		marwan := o.marwan()
		one, two, other := o.plan(t), o.plan(t, "hour", "13:00"), o.plan(t, "day", day24(10))
		o.must(t, marwan, one+"/vragen", "colleague", "u-ria")
		o.never(t, o.ria().Get("/gehoren/mee/"+idIn(one)), "dubbel geboekt")
		o.says(t, marwan.Get(two), 200, "Ria de Boer (al gevraagd op die tijd)")
		o.never(t, marwan.Get(two), "Jan Mulder (al gevraagd")
		o.never(t, marwan.Get(other), "al gevraagd op die tijd")
		o.must(t, marwan, two+"/vragen", "colleague", "u-ria")
		for _, to := range []string{one, two} {
			o.says(t, marwan.Get(to), 200, "dubbel geboekt")
			o.says(t, o.ria().Get("/gehoren/mee/"+idIn(to)), 200, "dubbel geboekt")
		}
		o.must(t, o.ria(), "/gehoren/mee/"+idIn(two), "says", "no")
		o.never(t, marwan.Get(one), "dubbel geboekt")
	})
}

// Who sits at a desk with the person sees that there is an interview, and nothing of what was said in it. Who broke the glass
// reads and changes nothing.
func TestWhatADeskAndAnEmergencySee(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		to := o.held(t)
		ria, jan := o.ria(), o.As(worker("u-jan", access.Desk))
		o.must(t, ria, to+"/verslag", "interpreter", "room", "quality", "good", "lawyer", "no", "text", "zij was bang", "version", "0")
		o.must(t, ria, to+"/correctie", "should", "mijn broer ging mee", "by", "person")
		o.must(t, ria, to+"/knelpunt", "kind", "tone", "weight", "grave", "words", "er werd geroepen")
		o.give(t, access.Grant{Subject: "p-selam", Holder: "user:u-jan", Why: access.Presence, Level: access.DeskLevel, Until: o.d.Now().Add(time.Hour)})
		page := jan.Get(to)
		o.says(t, page, 200, "Nader gehoor", "Ria de Boer")
		o.never(t, page, "zij was bang", "mijn broer", "er werd geroepen", "Toon of druk", "Correcties", "Knelpunten")
		for what, a := range map[string]webtest.Answer{"the sheet": jan.Get(to + "/correcties"), "a report": jan.Get(to + "/verslag"), "a correction": jan.Post(to+"/correctie", webtest.Form("should", "x", "by", "person")), "a concern": jan.Get(to + "/knelpunt"),
			"the preparation": jan.Post(to+"/voorbereiding", webtest.Form("item", "told"))} {
			o.absent(t, jan, a, what)
		}
		// Who was asked and said no is a desk like any other; who goes along and broke the glass looks and no more.
		other := o.plan(t, "day", day24(0))
		o.must(t, o.marwan(), other+"/vragen", "colleague", "u-jan")
		o.must(t, jan, "/gehoren/mee/"+idIn(other), "says", "no")
		o.must(t, o.marwan(), other+"/stand", "state", Held)
		o.absent(t, jan, jan.Get(other+"/knelpunt"), "a concern of who said no")
		if n := o.count(t, db.F(`SELECT COUNT(*) FROM audit_entry WHERE event = 'interview.event.said_no' AND actor = 'u-jan' AND subject = ''`)); n != 1 {
			t.Errorf("the no stands %d times in the log without a person", n)
		}
		o.never(t, jan.Get(other), "Correcties", "Knelpunten")
		o.says(t, ria.Get(to+"/knelpunt"), 200)
		o.give(t, access.Grant{Subject: "p-selam", Holder: "user:u-ria", Why: access.BreakGlass, Level: access.File, Until: o.d.Now().Add(time.Hour)})
		o.absent(t, ria, ria.Get(to+"/knelpunt"), "a concern of who broke the glass")
		deniz := o.As(worker("u-deniz", access.Legal))
		o.absent(t, deniz, deniz.Get(to), "a file that is not hers")
		o.give(t, access.Grant{Subject: "p-selam", Holder: "user:u-deniz", Why: access.BreakGlass, Level: access.File, Until: o.d.Now().Add(time.Hour)})
		o.says(t, deniz.Get(to), 200, "zij was bang", "mijn broer ging mee", "er werd geroepen")
		o.never(t, deniz.Get(to), "Gegevens veranderen", "Maak er een signaal van", "Terugnemen")
		for what, a := range map[string]webtest.Answer{"planning": deniz.Get(to + "/plan"), "a new one": deniz.Get(files + "/nieuw"), "adding": deniz.Post(files+"/nieuw", webtest.Form("kind", "dublin")), "a report": deniz.Get(to + "/verslag"), "closing": deniz.Post(to+"/stand", webtest.Form("state", Closed)),
			"a correction": deniz.Post(to+"/correctie", webtest.Form("should", "x", "by", "person")), "sending": deniz.Get(to + "/versturen")} {
			o.absent(t, deniz, a, what)
		}
		// Another person's interview is not found through a file that is open.
		o.give(t, access.Grant{Subject: "p-ahmad", Holder: "user:u-marwan", Why: access.Assignment, Level: access.File})
		o.absent(t, o.marwan(), o.marwan().Get("/dossier/p-ahmad/gehoor/"+idIn(to)), "an interview of somebody else")
	})
}

func TestTheReportOfTheAuthority(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		marwan := o.marwan()
		to := o.held(t)
		// No procedure: the day is kept, no date is made up, and it is asked again.
		o.says(t, marwan.Get(to+"/rapport"), 200, "Geen procedure die dit kent", "Wij raden er geen")
		o.says(t, marwan.Post(to+"/rapport", webtest.Form()), 422, "Schrijf wanneer het rapport kwam")
		o.says(t, marwan.Post(to+"/rapport", webtest.Form("day", day24(1))), 422, "Deze dag moet nog komen")
		o.says(t, marwan.Post(to+"/rapport", webtest.Form("day", day24(-1))), 422, "voor de dag van het gehoor")
		o.must(t, marwan, to+"/rapport", "day", day24(0))
		page := marwan.Get(to)
		o.says(t, page, 200, "Ontvangen op di 24 nov 2026", "Er is nog geen datum")
		o.never(t, page, "uiterlijk do 26 nov 2026 ·")
		if len(o.law.told) > 0 || o.law.alarms > 0 {
			t.Fatalf("%+v was recorded", o.law.told)
		}
		// Now there are two procedures; one of them knows no reports.
		o.law.courses = []dossier.Course{{ID: "tr-1", Title: "Asiel, sinds 9 feb", Knows: true, Letter: true, Routes: []ui.Option{{Value: "aa", Label: "Algemene procedure"}, {Value: "unknown", Label: "Nog niet bekend"}}, Asks: []string{"Wanneer is asiel aangevraagd?"},
			Has: []dossier.CourseEvent{{ID: "ev-old", Day: at(day24(-3))}}}, {ID: "tr-2", Title: "Bezwaar"}}
		form := marwan.Get(to + "/rapport")
		o.says(t, form, 200, "Asiel, sinds 9 feb", "Algemene procedure", "Nog niet bekend", "Wanneer is asiel aangevraagd?", "al vastgelegd, ontvangen za 21 nov 2026", "Laatste dag volgens de brief")
		o.never(t, form, "Bezwaar")
		for _, course := range []string{"", "tr-2", "has:ev-x"} {
			o.says(t, marwan.Post(to+"/rapport", webtest.Form("day", day24(0), "course", course)), 422, "Kies wat past")
		}
		o.says(t, marwan.Post(to+"/rapport", webtest.Form("day", day24(0), "course", "has:ev-old")), 422, "In de procedure staat za 21 nov 2026")
		o.must(t, marwan, to+"/rapport", "day", day24(0), "course", "none")
		o.says(t, marwan.Get(to), 200, "Er is nog geen datum", "Kies de procedure")
		o.law.faults = fault.Fields{{Name: "route", Key: "interview.error.choose"}}
		o.says(t, marwan.Post(to+"/rapport", webtest.Form("day", day24(0), "course", "tr-1")), 422, `href="#f-route"`)
		o.law.faults = nil
		o.law.dates = []dossier.CourseDate{{Event: "ev-1", Title: "Correcties en aanvullingen", Safe: at(day24(2)), Last: at(day24(2)), Open: true}, {Event: "ev-other", Title: "Van een ander rapport", Safe: at(day24(-9))},
			{Event: "ev-1", Title: "Dagschema", Open: true, Asks: []string{"Welke dag noemt de brief?"}}}
		o.must(t, marwan, to+"/rapport", "day", day24(0), "course", "tr-1", "route", "aa", "letter", day24(5))
		if len(o.law.told) != 1 || o.law.told[0] != (dossier.Happening{Course: "tr-1", Kind: "interview_report", Day: day24(0), Route: "aa", Letter: day24(5)}) || o.law.alarms != 1 {
			t.Fatalf("%+v, %d alarms", o.law.told, o.law.alarms)
		}
		page = marwan.Get(to)
		o.says(t, page, 200, "uiterlijk do 26 nov 2026", "Welke dag noemt de brief?", "dag nog niet bekend", "Asiel, sinds 9 feb")
		o.never(t, page, "Er is nog geen datum", "Van een ander rapport")
		o.absent(t, marwan, marwan.Get(to+"/rapport"), "recording it twice")
		o.absent(t, marwan, marwan.Post(to+"/rapport", webtest.Form("day", day24(0), "course", "tr-1", "route", "aa")), "recording it twice")

		// A report that the procedure knows already is chosen, and nothing is added to the procedure.
		other := o.plan(t, "day", day24(-5))
		o.must(t, marwan, other+"/stand", "state", Held)
		o.must(t, marwan, other+"/rapport", "day", day24(-3), "course", "has:ev-old")
		if ev := o.one(t, db.F(`SELECT event FROM interview_interview WHERE id = ?`, idIn(other))); ev != "ev-old" || len(o.law.told) != 1 {
			t.Errorf("%s, and %d were recorded", ev, len(o.law.told))
		}
	})
}

func TestCorrectionsLeaveTheHouse(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		marwan, ria := o.marwan(), o.ria()
		to := o.held(t)
		o.must(t, ria, to+"/verslag", "interpreter", "room", "quality", "good", "lawyer", "no", "text", "goed", "version", "0")
		o.says(t, ria.Post(to+"/correctie", webtest.Form("by", "person", "says", "blijft staan")), 422, "Schrijf wat er moet staan", "blijft staan")
		o.must(t, ria, to+"/correctie", "page", "3", "line", "12", "says", "zij ging in 2019", "should", "ik ging in 2018", "by", "person")
		o.must(t, marwan, to+"/correctie", "should", "mijn broer ging mee", "by", "other", "who", "tante Saba", "agreed", "yes", "agreed_on", day24(0), "interpreted", "1")
		first := o.one(t, db.F(`SELECT id FROM interview_correction WHERE n = 1`))
		second := o.one(t, db.F(`SELECT id FROM interview_correction WHERE n = 2`))
		o.says(t, marwan.Get(to), 200, "blz. \u20683\u2069 · regel \u206812\u2069 · de persoon zelf", "nog niet voorgelezen", "akkoord op di 24 nov 2026, met tolk", "\u2068tante Saba\u2069")
		change := func(version, should string) webtest.Answer {
			return marwan.Post(to+"/correctie/"+first, webtest.Form("says", "zij ging in 2019", "should", should, "by", "person", "version", version))
		}
		if a := change("1", "ik ging in de herfst van 2018"); a.Code != 303 {
			t.Fatal(a.Code)
		}
		o.says(t, change("1", "iets anders"), 409, "Dit staat er nu", "ik ging in de herfst van 2018", "iets anders")
		o.says(t, marwan.Get(to), 200, "was: \u2068ik ging in 2018\u2069") // nothing is lost
		o.must(t, marwan, to+"/correctie/"+second+"/weg")
		o.must(t, marwan, to+"/correctie/"+second+"/weg")
		o.says(t, marwan.Get(to), 200, "1 teruggenomen")
		o.absent(t, marwan, marwan.Get(to+"/correctie/"+second), "a correction that was taken back")
		o.must(t, marwan, to+"/correctie/"+second+"/weg", "undo", "1")
		o.never(t, marwan.Get(to), "1 teruggenomen")

		// The sheet is in Dutch, with name and V-number, whatever the language of the screen.
		sheet := o.marwan().Get(to + "/correcties?taal=en")
		o.says(t, sheet, 200, "Correcties en aanvullingen", "Selam Tesfay Haile", "281 994 0173", "ik ging in de herfst van 2018", "mijn broer ging mee", "Het moet zijn", "V-nummer")
		o.never(t, sheet, "It should be", "V-number", "The report says")

		// Nothing can be sent before the report is there. What goes to the lawyer ends no term; what goes to the authority does.
		o.absent(t, marwan, marwan.Get(to+"/versturen"), "sending before the report came")
		o.law.courses = []dossier.Course{{ID: "tr-1", Title: "Asiel", Knows: true}}
		o.must(t, marwan, to+"/rapport", "day", day24(0), "course", "tr-1")
		o.says(t, marwan.Get(to+"/versturen"), 200, "2 punten gaan mee", "1 punt is nog niet akkoord")
		o.says(t, marwan.Post(to+"/versturen", webtest.Form("recipient", "lawyer", "sent_on", day24(-1))), 422, "voor de dag waarop het rapport kwam")
		o.must(t, marwan, to+"/versturen", "recipient", "lawyer", "sent_on", day24(0), "proof", "bevestigd door het kantoor")
		if len(o.law.told) != 1 {
			t.Fatalf("what went to the lawyer is in the procedure: %+v", o.law.told)
		}
		for _, a := range []webtest.Answer{change("2", "te laat"), marwan.Get(to + "/correctie/" + first)} {
			o.absent(t, marwan, a, "changing what was sent")
		}
		o.must(t, marwan, to+"/correctie/"+first+"/weg")
		o.never(t, marwan.Get(to), "1 teruggenomen")
		o.law.faults = fault.Fields{{Name: "day", Key: "interview.error.future"}}
		o.says(t, marwan.Post(to+"/versturen", webtest.Form("recipient", "ind", "sent_on", day24(0))), 422, `href="#f-sent_on"`)
		o.law.faults = nil
		o.must(t, marwan, to+"/versturen", "recipient", "ind", "sent_on", day24(0))
		if len(o.law.told) != 2 || o.law.told[1] != (dossier.Happening{Course: "tr-1", Kind: "corrections_sent", Day: day24(0)}) {
			t.Fatalf("%+v", o.law.told)
		}
		o.says(t, marwan.Get(to), 200, "Verstuurd aan de advocaat, di 24 nov 2026", "bevestigd door het kantoor", "Verstuurd aan de IND", "Je kunt het gehoor afronden")
		o.must(t, marwan, to+"/stand", "state", Closed)
		o.absent(t, marwan, marwan.Get(to+"/correctie"), "a correction of what is closed")
		o.must(t, marwan, to+"/stand", "state", Held)
		if a := marwan.Post(to+"/stand", webtest.Form("state", Cancelled)); a.Code != 409 {
			t.Errorf("cancelled what was held: %d", a.Code)
		}
	})
}
