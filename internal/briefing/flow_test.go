package briefing

// This file walks the ways through the pages: a session from the plan to what was understood, cancelling, being invited
// again, the person's own choice, and what is kept.

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/db/dbtest"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/web/webtest"
)

func has(t testing.TB, what, body string, texts ...string) {
	t.Helper()
	for _, x := range texts {
		if !strings.Contains(body, x) {
			t.Errorf("%s lacks %q:\n%.1500s", what, x, body)
		}
	}
}

func lacks(t testing.TB, what, body string, texts ...string) {
	t.Helper()
	for _, x := range texts {
		if strings.Contains(body, x) {
			t.Errorf("%s shows %q", what, x)
		}
	}
}

const words = "ጠበቓይ ንዓይ እዩ ዝሰርሕ"

func TestASessionFromPlanToWhatWasUnderstood(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		id := o.plan(t)
		o.invite(t, id, "p-selam", "p-mebrahtu")
		page, day := "/voorlichting/sessie/"+id, "/voorlichting/sessie/"+id+"/aanwezig"
		leader := o.As(ria())
		a := leader.Get(page)
		has(t, "the leader before the day", a.Body, "2 van 6", "De namen zie je op de dag zelf", "Uw rechten en plichten")
		lacks(t, "the leader before the day", a.Body, "Selam", "Mebrahtu")
		o.absent(t, leader, leader.Get(day), "the attendance before the day")
		has(t, "Selam's own page", o.As(self("p-selam")).Get("/mijn?taal=ti").Body, "ሓሙስ", "Overvecht", "ክመጽእ ኣይክእልን እየ", "መሰላትኩምን ግዴታታትኩምን")

		o.on(t, "2026-11-26", "09:30")
		leader = o.As(ria()) // a session does not last so long
		a = leader.Get(day)
		has(t, "the leader on the day", a.Body, "Selam", "Mebrahtu", "Tigrinya")
		lacks(t, "the leader on the day", a.Body, "2819940173", "281 994 0173", "Tesfay", "kamer 114", "/dossier/")
		has(t, "Vandaag of the leader", leader.Get("/vandaag").Body, "je leidt *één voorlichting*", day)
		selam, mebrahtu := o.inviteID(t, id, "p-selam"), o.inviteID(t, id, "p-mebrahtu")
		mark := func(invite, came string) {
			t.Helper()
			if a := leader.Post(day, webtest.Form("invite", invite, "came", came)); a.Code != 303 {
				t.Fatalf("%d %s", a.Code, a.Body)
			}
		}
		mark(selam, "missed")
		mark(selam, "")
		mark(selam, "late")
		mark(mebrahtu, "missed")
		has(t, "after marking", leader.Get(day).Body, "kwam later", "kwam niet", "Ongedaan maken")
		if a := leader.Post("/voorlichting/sessie/"+id+"/afronden", webtest.Form("told", "bt-rights")); a.Code != 422 {
			t.Errorf("closing before it began answers %d", a.Code)
		}
		o.on(t, "2026-11-26", "11:40")
		leader = o.As(ria())
		if a := leader.Post("/voorlichting/sessie/"+id+"/afronden", webtest.Form("told", "bt-rights", "others", "veel")); a.Code != 422 || !strings.Contains(a.Body, `value="veel"`) {
			t.Errorf("a number that is none answers %d and loses it", a.Code)
		}
		if a := leader.Post("/voorlichting/sessie/"+id+"/afronden", webtest.Form("told", "bt-rights", "others", "2", "out", "1")); a.Code != 303 {
			t.Fatal(a.Code, a.Body)
		}
		form := page + "/begrepen/" + selam
		a = leader.Get(form)
		has(t, "the form of what was understood", a.Body, "Wat begreep Selam?")
		lacks(t, "the form of what was understood", a.Body, "2819940173", "Tesfay", "/dossier/")
		if a := leader.Post(form, webtest.Form("understood", strings.Repeat("x", wordsMost+1), "lang", "ti", "questions", "111222333")); a.Code != 422 || !strings.Contains(a.Body, "xxxx") {
			t.Errorf("too much is %d", a.Code)
		}
		if a := leader.Post(form, webtest.Form("understood", words, "lang", "ti", "questions", "Wanneer?")); a.Code != 303 {
			t.Fatal(a.Code, a.Body)
		}
		if a := leader.Post(form, webtest.Form("understood", words+"!", "lang", "ti")); a.Code != 303 {
			t.Fatal(a.Code, a.Body)
		}
		n := o.count(t, db.F(`SELECT COUNT(*) FROM briefing_act WHERE invite = ?`, selam))
		if n != 6 { // invited, missed, taken back, late, understood, understood
			t.Errorf("%d acts", n)
		}
		if raw, err := db.Many[[]byte](t.Context(), d, db.F(`SELECT body FROM briefing_invite WHERE body IS NOT NULL UNION ALL SELECT body FROM briefing_act WHERE body IS NOT NULL`)); err != nil || len(raw) != 2 || bytes.Contains(bytes.Join(raw, nil), []byte(words)) {
			t.Errorf("own words lie open: %d %v", len(raw), err)
		}
		type counts struct{ Invited, Came, Missed, Others int }
		got, err := db.One[counts](t.Context(), d, db.F(`SELECT invited, came, missed, others FROM briefing_session WHERE id = ?`, id))
		if err != nil || got != (counts{2, 1, 1, 2}) || o.one(t, db.F(`SELECT interpreter FROM briefing_session WHERE id = ?`, id)) != "out" {
			t.Errorf("%+v %v", got, err)
		}

		o.on(t, "2026-11-27", "00:00")
		leader = o.As(ria())
		o.absent(t, leader, leader.Get(form), "what was understood, a day later")
		lacks(t, "the leader a day later", leader.Get(page).Body+leader.Get(day).Body, "Selam", "Mebrahtu")
		amira := o.As(worker("u-amira", access.Case))
		has(t, "the file", amira.Get("/dossier/p-selam/voorlichting").Body, words+"!", "Nog niet gehoord", "De asielprocedure")
		has(t, "the overview", amira.Get("/dossier/p-selam").Body, "Hoorde 8 onderwerpen nog niet", "Voorlichting in het Tigrinya", "kwam later")
		has(t, "her own page", o.As(self("p-selam")).Get("/mijn/voorlichting?taal=ti").Body, words+"!", "IND ንናይ ዑቕባ ሕቶኹም የንብቦ")
		lacks(t, "her own page", o.As(self("p-selam")).Get("/mijn/voorlichting?taal=ti").Body, "መጀመርታ ትምዝገቡ") // not told
		has(t, "who missed it", o.As(self("p-mebrahtu")).Get("/mijn/voorlichting?taal=ti").Body, "ኣይነበርኩምን")
		lacks(t, "who missed it", o.As(self("p-mebrahtu")).Get("/mijn/voorlichting?taal=ti").Body, "የንብቦ")
		has(t, "the work list", amira.Get("/voorlichting/opnieuw").Body, "Mebrahtu", "kwam niet op", "Er is geen sessie gepland")
		had, err := heard(t.Context(), d, []string{"p-selam", "p-mebrahtu", "p-reem"})
		if err != nil || len(had) != 1 || had["p-selam"].Sessions != 1 || strings.Join(had["p-selam"].Had, " ") != "bt-rights" {
			t.Errorf("heard: %+v %v", had, err)
		}
	})
}

func TestWhatStandsInTheWayIsShownFirst(t *testing.T) {
	d := dbtest.SQLite(t, lines)
	o := newOffice(t, d)
	first, second := o.plan(t), o.plan(t, "leader", "u-amira", "room", "Kamer 2", "who", "Tolk 2", "gender", "man")
	o.invite(t, first, "p-selam")
	o.busy["p-mebrahtu"] = true
	v := o.As(worker("u-amira", access.Case))
	to := "/voorlichting/sessie/" + second + "/uitnodigen"
	a := v.Post(to, webtest.Form("person", "p-selam", "person", "p-mebrahtu"))
	if a.Code != 422 || o.count(t, db.F(`SELECT COUNT(*) FROM briefing_invite WHERE session = ?`, second)) != 0 {
		t.Fatalf("%d", a.Code)
	}
	has(t, "the conflicts", a.Body, "Is dan al uitgenodigd voor een andere sessie.", "Vraagt om een vrouw als tolk.", "Heeft dan al een afspraak.", "Toch uitnodigen", `value="p-selam" id="f-person`)
	if n := o.count(t, db.F(`SELECT COUNT(*) FROM audit_entry WHERE event = 'briefing.event.considered' AND actor = 'u-amira' AND subject IN ('p-selam','p-mebrahtu')`)); n != 3 {
		t.Errorf("the looks stand %d times in the log", n)
	}
	if a := v.Post(to, webtest.Form("person", "p-selam", "person", "p-mebrahtu", "toch", "p-selam")); a.Code != 422 {
		t.Errorf("one of two was accepted: %d", a.Code)
	}
	if a := v.Post(to, webtest.Form("person", "p-selam", "person", "p-mebrahtu", "toch", "p-selam", "toch", "p-mebrahtu")); a.Code != 303 {
		t.Errorf("%d", a.Code)
	}
	if a := v.Post(to, nil); a.Code != 422 || !strings.Contains(a.Body, "Kies minstens één mens") {
		t.Errorf("nobody chosen: %d", a.Code)
	}
	// The same hour, room, leader or interpreter twice.
	for field, form := range map[string][]string{"leader": {"room", "", "who", ""}, "room": {"leader", "u-noor", "who", ""}, "who": {"leader", "u-noor", "room", ""}} {
		f := webtest.Form("language", "ti", "kind", "group", "day", "2026-11-26", "hour", "11:00", "minutes", "60", "location", "l-overvecht", "room", "Kamer 1", "seats", "6", "leader", "u-ria", "interpreter", "booked", "how", "phone", "gender", "", "who", "tolk 1", "topic", "bt-rights")
		for k, x := range webtest.Form(form...) {
			f[k] = x
		}
		a := v.Post("/voorlichting/nieuw", f)
		if a.Code != 422 || !strings.Contains(a.Body, `href="#f-`+field+`"`) || strings.Count(a.Body, `<li><a href="#f-`) != 1 {
			t.Errorf("%s twice: %d", field, a.Code)
		}
	}
}

func TestTheLastSeat(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		id := o.plan(t, "seats", "1")
		v := o.As(worker("u-amira", access.Case))
		to := "/voorlichting/sessie/" + id + "/uitnodigen"
		if a := v.Post(to, webtest.Form("person", "p-selam", "person", "p-mebrahtu", "toch", "p-selam", "toch", "p-mebrahtu")); a.Code != 422 || !strings.Contains(a.Body, "Kies minder mensen") {
			t.Errorf("two on one seat: %d", a.Code)
		}
		form := webtest.Form("person", "p-mebrahtu", "_once", "once-0123456789abcdef")
		for range 2 {
			if a := v.Post(to, form); a.Code != 303 {
				t.Fatalf("%d %s", a.Code, a.Body)
			}
		}
		if n := o.count(t, db.F(`SELECT COUNT(*) FROM access_grant WHERE subject = 'p-mebrahtu' AND holder = 'user:u-ria' AND ended IS NULL`)); n != 1 {
			t.Errorf("sent twice, %d passes", n)
		}
		// Of two who invite at once the page of each saw a free seat: it is counted again in the transaction.
		f := o.file(t, worker("u-amira", access.Case), "p-selam")
		if err := d.Tx(t.Context(), func(tx *db.Tx) error { return o.b.invite(t.Context(), tx, f, id) }); !fault.Is(err, fault.Conflict) {
			t.Errorf("a second one on the only seat: %v", err)
		}
		if a := o.As(self("p-selam")).Post("/mijn/voorlichting/kies", webtest.Form("session", id)); a.Code != 404 {
			t.Errorf("a seat in a full session: %d", a.Code)
		}
		if a := v.Post("/voorlichting/sessie/"+id+"/wijzigen", webtest.Form("language", "ti", "kind", "group", "day", "2026-11-26", "hour", "10:00", "minutes", "90", "location", "l-overvecht", "seats", "6", "leader", "u-ria",
			"interpreter", "none", "topic", "bt-rights", "version", "1")); a.Code != 303 {
			t.Fatalf("%d %s", a.Code, a.Body)
		}
		if a := o.As(self("p-selam")).Post("/mijn/voorlichting/kies", webtest.Form("session", id)); a.Code != 303 || !strings.Contains(a.To, "said.coming") {
			t.Errorf("%d %s", a.Code, a.To)
		}
		if a := v.Post("/voorlichting/sessie/"+id+"/wijzigen", webtest.Form("language", "ti", "kind", "group", "day", "2026-11-26", "hour", "10:00", "minutes", "90", "location", "l-overvecht", "seats", "1", "leader", "u-ria",
			"interpreter", "none", "topic", "bt-rights", "version", "2")); a.Code != 422 || !strings.Contains(a.Body, "Minder plaatsen kan niet") {
			t.Errorf("fewer seats than people: %d", a.Code)
		}
		if a := v.Post("/voorlichting/sessie/"+id+"/wijzigen", webtest.Form("language", "ti", "kind", "group", "day", "2026-11-26", "hour", "10:00", "minutes", "60", "location", "l-overvecht", "seats", "9", "leader", "u-ria",
			"interpreter", "none", "topic", "bt-rights", "version", "1")); a.Code != 409 {
			t.Errorf("over somebody else's change: %d", a.Code)
		}
	})
}

func TestACancelledSessionTellsEverybody(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		id := o.plan(t)
		other := o.plan(t, "day", "2026-11-30", "who", "Tolk 9")
		o.invite(t, id, "p-selam", "p-mebrahtu")
		v := o.As(worker("u-amira", access.Case))
		if a := v.Post("/voorlichting/sessie/"+id+"/afzeggen", nil); a.Code != 422 || !strings.Contains(a.Body, "Kies waarom") {
			t.Errorf("without a reason: %d", a.Code)
		}
		if a := v.Post("/voorlichting/sessie/"+id+"/afzeggen", webtest.Form("reason", "interpreter")); a.Code != 303 {
			t.Fatal(a.Code, a.Body)
		}
		if n := o.count(t, db.F(`SELECT COUNT(*) FROM access_grant WHERE holder = 'user:u-ria' AND ended IS NULL`)); n != 0 {
			t.Errorf("%d passes stand after cancelling", n)
		}
		has(t, "her page", o.As(self("p-selam")).Get("/mijn?taal=nl").Body, "Dit gaat niet door.", "We nodigen u opnieuw uit.")
		has(t, "the work list", v.Get("/voorlichting/opnieuw").Body, "Selam", "Mebrahtu", "ging niet door", `value="`+other+`"`)
		if a := v.Post("/voorlichting/opnieuw", webtest.Form("person", "p-mebrahtu", "session", other)); a.Code != 303 {
			t.Fatal(a.Code, a.Body)
		}
		lacks(t, "the work list", v.Get("/voorlichting/opnieuw").Body, "Mebrahtu")
		if a := v.Post("/voorlichting/sessie/"+id+"/afzeggen", webtest.Form("undo", "1")); a.Code != 303 {
			t.Fatal(a.Code, a.Body)
		}
		if s := o.one(t, db.F(`SELECT state FROM briefing_invite WHERE session = ? AND person = 'p-selam'`, id)); s != Open {
			t.Errorf("Selam is %s", s)
		}
		if s := o.one(t, db.F(`SELECT state FROM briefing_invite WHERE session = ? AND person = 'p-mebrahtu'`, id)); s != Cancelled {
			t.Errorf("who was invited elsewhere meanwhile is %s", s)
		}
		o.on(t, "2026-11-26", "09:00")
		has(t, "the leader", o.As(ria()).Get("/voorlichting/sessie/"+id+"/aanwezig").Body, "Selam")
		lacks(t, "the leader", o.As(ria()).Get("/voorlichting/sessie/"+id+"/aanwezig").Body, "Mebrahtu")
	})
}

func TestTheirOwnChoice(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		id, other := o.plan(t), o.plan(t, "day", "2026-11-30", "who", "")
		farsi := o.plan(t, "day", "2026-12-01", "who", "", "language", "fa")
		alone := o.plan(t, "day", "2026-12-02", "who", "", "kind", "single")
		o.invite(t, id, "p-selam")
		v := o.As(self("p-selam"))
		invite := o.inviteID(t, id, "p-selam")
		page := v.Get("/mijn/voorlichting?taal=nl").Body
		has(t, "her page", page, "Ik kan niet komen", `value="`+other+`"`)
		lacks(t, "her page", page, farsi, alone)
		decline := func(form ...string) webtest.Answer { return v.Post("/mijn/voorlichting/niet", webtest.Form(form...)) }
		if a := decline("invite", invite); a.Code != 303 || !strings.Contains(a.To, "said.declined") {
			t.Fatal(a.Code, a.Body)
		}
		if n := o.count(t, db.F(`SELECT COUNT(*) FROM access_grant WHERE holder = 'user:u-ria' AND ended IS NULL`)); n != 0 {
			t.Errorf("the leader still has %d passes", n)
		}
		has(t, "the work list", o.As(worker("u-amira", access.Case)).Get("/voorlichting/opnieuw").Body, "Selam", "kon niet komen")
		if a := decline("invite", invite, "undo", "1"); a.Code != 303 || o.one(t, db.F(`SELECT state FROM briefing_invite WHERE id = ?`, invite)) != Open {
			t.Errorf("coming after all: %d", a.Code)
		}
		decline("invite", invite)
		for _, no := range []string{farsi, alone, "bs-none", id + "x"} {
			if a := v.Post("/mijn/voorlichting/kies", webtest.Form("session", no)); a.Code != 404 {
				t.Errorf("%s, which was not offered: %d", no, a.Code)
			}
		}
		if a := v.Post("/mijn/voorlichting/kies", webtest.Form("session", other)); a.Code != 303 {
			t.Fatal(a.Code, a.Body)
		}
		if a := o.As(self("p-reem")).Post("/mijn/voorlichting/niet", webtest.Form("invite", invite)); a.Code != 404 {
			t.Errorf("another's invitation: %d", a.Code)
		}
		o.on(t, "2026-11-26", "10:05")
		v = o.As(self("p-selam"))
		if a := decline("invite", invite, "undo", "1"); a.Code != 303 {
			t.Errorf("coming while it goes on: %d", a.Code)
		}
		o.on(t, "2026-11-26", "11:30")
		v = o.As(self("p-selam"))
		if a := decline("invite", invite); a.Code != 404 {
			t.Errorf("when it is over: %d", a.Code)
		}
	})
}

func TestAfterTwoMissesSomebodyAsksWhy(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		v := o.As(worker("u-amira", access.Case))
		miss := func(day string) string {
			t.Helper()
			id := o.plan(t, "day", day, "who", "")
			o.invite(t, id, "p-mebrahtu")
			o.on(t, day, "10:30")
			i := o.inviteID(t, id, "p-mebrahtu")
			if a := o.As(ria()).Post("/voorlichting/sessie/"+id+"/aanwezig", webtest.Form("invite", i, "came", "missed")); a.Code != 303 {
				t.Fatal(a.Code, a.Body)
			}
			o.on(t, day, "17:00")
			v = o.As(worker("u-amira", access.Case))
			return i
		}
		miss("2026-11-26")
		next := o.plan(t, "day", "2026-12-08", "who", "")
		has(t, "after one miss", v.Get("/voorlichting/opnieuw").Body, "Mebrahtu", `value="`+next+`"`)
		lacks(t, "after one miss", v.Get("/voorlichting/opnieuw").Body+v.Get("/vandaag").Body, "Waarom lukte het", "Twee keer")
		i := miss("2026-11-27")
		page := v.Get("/voorlichting/opnieuw").Body
		has(t, "after two", page, "Waarom lukte het Mebrahtu niet om te komen?", "Durfde niet")
		lacks(t, "after two", page, `value="`+next+`"`)
		has(t, "Vandaag", v.Get("/vandaag").Body, "*één mens* miste twee keer voorlichting", "Mebrahtu", "#i-"+i)
		lacks(t, "Vandaag of somebody else", o.As(worker("u-begeleider-1", access.Case)).Get("/vandaag").Body, "Mebrahtu")
		if a := v.Post("/voorlichting/opnieuw/waarom", webtest.Form("person", "p-mebrahtu", "invite", i)); a.Code != 422 || !strings.Contains(a.Body, "Kies waarom het niet lukte") {
			t.Errorf("no reason: %d", a.Code)
		}
		if a := v.Post("/voorlichting/opnieuw/waarom", webtest.Form("person", "p-mebrahtu", "invite", i, "why", "afraid")); a.Code != 303 {
			t.Fatal(a.Code, a.Body)
		}
		if n := o.count(t, db.F(`SELECT COUNT(*) FROM briefing_act WHERE kind = 'explained'`)); n != 1 {
			t.Errorf("%d", n)
		}
		page = v.Get("/voorlichting/opnieuw").Body
		has(t, "after the answer", page, "Mebrahtu", `value="`+next+`"`)
		lacks(t, "after the answer", page+v.Get("/vandaag").Body, "Waarom lukte het", "vraag waarom")
		has(t, "the file", v.Get("/dossier/p-mebrahtu/voorlichting").Body, "Waarom het niet lukte: Durfde niet")
		if a := v.Post("/voorlichting/opnieuw", webtest.Form("person", "p-mebrahtu", "session", next)); a.Code != 303 {
			t.Fatal(a.Code, a.Body)
		}
		lacks(t, "the work list", v.Get("/voorlichting/opnieuw").Body, "Mebrahtu")
	})
}

func TestWhatWasToldKeepsItsVersion(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		id := o.plan(t)
		o.invite(t, id, "p-selam")
		noor := o.As(worker("u-noor", access.Lead))
		save := func(title, version string) webtest.Answer {
			return noor.Post("/voorlichting/stof/bt-rights/wijzigen", webtest.Form("version", version, "title-nl", title, "text-nl", "Tekst van "+title))
		}
		if a := save("Versie twee", "1"); a.Code != 303 {
			t.Fatal(a.Code, a.Body)
		}
		if a := save("Te laat", "1"); a.Code != 422 || !strings.Contains(a.Body, `value="Te laat"`) || !strings.Contains(a.Body, `name="version" value="2"`) {
			t.Errorf("over a newer version: %d", a.Code)
		}
		o.on(t, "2026-11-26", "10:30")
		o.As(ria()).Post("/voorlichting/sessie/"+id+"/aanwezig", webtest.Form("invite", o.inviteID(t, id, "p-selam"), "came", "came"))
		closing := webtest.Form("told", "bt-rights")
		if a := o.As(ria()).Post("/voorlichting/sessie/"+id+"/afronden", closing); a.Code != 303 {
			t.Fatal(a.Code, a.Body)
		}
		noor = o.As(worker("u-noor", access.Lead))
		if a := save("Versie drie", "2"); a.Code != 303 {
			t.Fatal(a.Code, a.Body)
		}
		if a := o.As(ria()).Post("/voorlichting/sessie/"+id+"/afronden", closing); a.Code != 303 { // a correction of the counts, later
			t.Fatal(a.Code, a.Body)
		}
		page := o.As(self("p-selam")).Get("/mijn/voorlichting?taal=nl").Body
		has(t, "what was told", page, "Tekst van Versie twee")
		lacks(t, "what was told", page, "Versie drie")
		has(t, "the list", noor.Get("/voorlichting/stof").Body, "Versie drie")
		has(t, "the version that was told", noor.Get("/voorlichting/stof/bt-rights?versie=2").Body, "Dit is een eerdere versie", "Versie twee")
		if a := o.As(worker("u-amira", access.Case)).Post("/voorlichting/stof/bt-rights/sluiten", nil); a.Code != 404 {
			t.Errorf("a caseworker changes what is told: %d", a.Code)
		}
		noor.Post("/voorlichting/stof/bt-rights/sluiten", nil)
		lacks(t, "the form", noor.Get("/voorlichting/nieuw").Body, "bt-rights")
		noor.Post("/voorlichting/stof/bt-rights/sluiten", webtest.Form("undo", "1"))
		has(t, "the form", noor.Get("/voorlichting/nieuw").Body, "bt-rights")
		if a := noor.Post("/voorlichting/stof/begin", nil); a.Code != 303 || o.one(t, db.F(`SELECT CAST(version AS TEXT) FROM briefing_topic WHERE id = 'bt-rights'`)) != "3" {
			t.Error("beginning with the list again overwrites what the organisation made of it")
		}
	})
}

func TestWhoHeardNothingBeforeTheInterview(t *testing.T) {
	d := dbtest.SQLite(t, lines)
	o := newOffice(t, d)
	o.hearings["p-selam"], o.hearings["p-golnar"], o.hearings["p-reem"] = dossier.HearingAhead, dossier.HearingAhead, dossier.HearingPast
	v := o.As(worker("u-amira", access.Case))
	unknown := fmt.Sprintf("<td>%d</td>", dossier.DemoHeroes-3)
	page := v.Get("/voorlichting/zonder").Body
	has(t, "the list", page, "Twee mensen wachten op het eerste gehoor", "Selam", "Golnar", "<th scope=\"row\">Overvecht</th><td>2</td>"+unknown+"<td>1</td>")
	lacks(t, "the list", page, ">Reem<")
	if strings.Index(page, "Golnar") > strings.Index(page, ">Selam<") || strings.Index(page, ">Selam<") > strings.Index(page, "Ahmad") {
		t.Error("whose interview is to come does not come first, the longest waiting before")
	}
	id := o.plan(t)
	has(t, "the offer", v.Get("/voorlichting/zonder").Body, `value="`+id+`"`)
	o.invite(t, id, "p-selam")
	has(t, "invited", v.Get("/voorlichting/zonder").Body, "1 mens is al uitgenodigd")
	o.on(t, "2026-11-26", "10:30")
	o.As(ria()).Post("/voorlichting/sessie/"+id+"/aanwezig", webtest.Form("invite", o.inviteID(t, id, "p-selam"), "came", "came"))
	o.As(ria()).Post("/voorlichting/sessie/"+id+"/afronden", webtest.Form("told", "bt-rights"))
	v = o.As(worker("u-amira", access.Case))
	page = v.Get("/voorlichting/zonder").Body
	has(t, "after it", page, "Eén mens wacht op het eerste gehoor", "<td>1</td>"+unknown+"<td>1</td>")
	lacks(t, "after it", page, ">Selam<")
	desk := o.As(ria()).Get("/voorlichting/zonder").Body
	has(t, "the desk", desk, "<td>1</td>"+unknown+"<td>1</td>")
	lacks(t, "the desk", desk, "Golnar", "Ahmad", "/dossier/")
	els := access.Actor{Kind: access.Staff, ID: "u-els", Name: "Els", Holders: []string{"user:u-els"}, Posts: []access.Post{{Role: access.Region, Scope: access.Scope{Kind: access.InRegion, ID: "r-midden"}}}}
	has(t, "the region", o.As(els).Get("/voorlichting/zonder").Body, "<td>minder dan 5</td>"+unknown+"<td>minder dan 5</td>")
	has(t, "the numbers of the team", v.Get("/voorlichting/cijfers").Body, "<td>1</td><td>1</td><td>1</td><td>1</td><td>0</td><td>0</td><td>0</td><td>Tigrinya</td>")
	has(t, "the numbers of the region", o.As(els).Get("/voorlichting/cijfers").Body, "<td>1</td><td>1</td><td>minder dan 5</td><td>minder dan 5</td><td>niet getoond</td><td>0</td><td>0</td>")
	lacks(t, "the session for the region", o.As(els).Get("/voorlichting/sessie/"+id).Body, "Selam", "1 van 6", "Tolk 1")
}

func TestExportedErasedAndForgotten(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		id := o.plan(t)
		o.invite(t, id, "p-selam", "p-mebrahtu")
		o.on(t, "2026-11-26", "10:30")
		leader, selam := o.As(ria()), o.inviteID(t, id, "p-selam")
		leader.Post("/voorlichting/sessie/"+id+"/aanwezig", webtest.Form("invite", selam, "came", "came"))
		leader.Post("/voorlichting/sessie/"+id+"/afronden", webtest.Form("told", "bt-rights"))
		for _, x := range []string{"eerst dit", words} {
			if a := leader.Post("/voorlichting/sessie/"+id+"/begrepen/"+selam, webtest.Form("understood", x, "lang", "ti")); a.Code != 303 {
				t.Fatal(a.Code, a.Body)
			}
		}
		keeper := o.b.Keeper()
		x, err := keeper.Export(t.Context(), d, o.v, "p-selam")
		if err != nil {
			t.Fatal(err)
		}
		b, err := json.Marshal(x)
		if err != nil {
			t.Fatal(err)
		}
		has(t, "what is given to her", string(b), words, "eerst dit", "bt-rights v1", "l-overvecht", "2026-11-26T09:00:00Z", `"Kind":"came"`)
		lacks(t, "what is given to her", string(b), "bt-procedure", o.inviteID(t, id, "p-mebrahtu"))
		if err := d.Tx(t.Context(), func(tx *db.Tx) error { return keeper.Erase(t.Context(), tx, "p-selam") }); err != nil {
			t.Fatal(err)
		}
		if n := o.count(t, db.F(`SELECT (SELECT COUNT(*) FROM briefing_invite WHERE person = 'p-selam') + (SELECT COUNT(*) FROM briefing_act WHERE person = 'p-selam')`)); n != 0 {
			t.Errorf("%d rows are left of her", n)
		}
		if n := o.count(t, db.F(`SELECT COUNT(*) FROM briefing_invite WHERE person = 'p-mebrahtu'`)); n != 1 {
			t.Errorf("of somebody else %d", n)
		}
		if n := o.count(t, db.F(`SELECT came FROM briefing_session WHERE id = ?`, id)); n != 1 {
			t.Errorf("the count of the session became %d", n)
		}
		later := o.plan(t, "day", "2027-02-23")
		o.on(t, "2027-02-23", "09:00")
		if err := o.b.sweep(t.Context(), d.Now()); err != nil {
			t.Fatal(err)
		}
		if n := o.count(t, db.F(`SELECT COUNT(*) FROM briefing_interpreter WHERE session = ?`, id)); n != 1 {
			t.Error("the interpreter of 89 days ago is forgotten")
		}
		o.on(t, "2027-02-24", "12:00")
		if err := o.b.sweep(t.Context(), d.Now()); err != nil {
			t.Fatal(err)
		}
		if n := o.count(t, db.F(`SELECT COUNT(*) FROM briefing_interpreter WHERE session = ?`, id)); n != 0 {
			t.Error("the interpreter of 90 days ago is known")
		}
		if n := o.count(t, db.F(`SELECT COUNT(*) FROM briefing_interpreter WHERE session = ?`, later)); n != 1 {
			t.Error("the interpreter of yesterday is forgotten")
		}
	})
}
