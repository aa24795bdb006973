package care

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/db/dbtest"
	"reisgezel/internal/kernel/web/webtest"
)

var ria = access.Actor{Kind: access.Staff, ID: "u-ria", Name: "Ria", Holders: []string{"user:u-ria", "desk:d-overvecht"}, Posts: []access.Post{{Role: access.Desk, Scope: access.Scope{Kind: access.Location, ID: "l-overvecht"}}}}

// checkIn opens a file to the desk, as a visit does.
func (o office) checkIn(t *testing.T, person string) {
	o.give(t, access.Grant{Subject: person, Holder: "desk:d-overvecht", Why: access.Presence, Level: access.DeskLevel, Until: o.d.Now().Add(90 * time.Minute)})
}

func newest(t *testing.T, o office, f db.Frag) string {
	t.Helper()
	id, err := db.One[string](t.Context(), o.d, f)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// Why somebody needs something is there for whoever is named for it, and for nobody else.
func TestWhyIsOnlyForWhoIsNamed(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		amira, marwan := o.As(worker("u-amira", access.Case)), o.As(worker("u-marwan", access.Legal))
		o.says(t, amira.Post(selam+"/nodig", webtest.Form("code", "ptsd", "words", "blijft staan")), 422, "Kies wat helpt", "Kies wie het vertelde", "Kies of dit mag", "blijft staan")
		o.must(t, amira, selam+"/nodig", "code", "ownroom", "told", "self", "consent", "yes", "note", "bij een raam", "words", why)
		id := newest(t, o, db.F(`SELECT need FROM care_background WHERE person = 'p-selam' AND made_by = 'u-amira' ORDER BY at DESC LIMIT 1`))
		at := selam + "/nodig/" + id + "/achtergrond"
		o.says(t, amira.Get(at), 200, why)
		if n := o.logged(t, "p-selam", "background"); n != 1 {
			t.Errorf("the look at it stands %d times in the log", n)
		}
		o.checkIn(t, "p-selam")
		o.give(t, access.Grant{Subject: "p-selam", Holder: "user:u-noor", Why: access.BreakGlass, Level: access.File, Until: d.Now().Add(3 * time.Hour)})
		for name, a := range map[string]access.Actor{"a colleague with the file": worker("u-marwan", access.Legal), "in an emergency": worker("u-noor", access.Lead), "the desk": ria, "a colleague without the file": worker("u-deniz", access.Legal),
			"the administrator": worker("u-beheer", access.Admin), "the privacy officer": worker("u-pieter", access.Privacy), "another refugee": self("p-reem")} {
			v := o.As(a)
			o.absent(t, v, v.Get(at), name)
			for _, path := range []string{at, selam + "/nodig/" + id + "/lezers", selam + "/nodig/" + id + "/overnemen"} {
				if x := v.Post(path, webtest.Form("words", "overschreven", "colleague", a.ID)); x.Code != 404 {
					t.Errorf("%s posts to %s: %d", name, path, x.Code)
				}
			}
		}
		// A need of somebody else, or none, under this file.
		o.absent(t, amira, amira.Get("/dossier/p-reem/hulp/nodig/"+id+"/achtergrond"), "under another's file")
		if n := o.logged(t, "p-selam", "background"); n != 1 {
			t.Errorf("a page that is not there left %d looks", n)
		}
		// A colleague with the file sees the help, and who is named; not why.
		a := marwan.Get(selam)
		o.says(t, a, 200, "eigen kamer", "bij een raam", "alleen voor Amira Haddad")
		o.lacks(t, a, why)

		// Named, and no longer named; the last one stays.
		o.says(t, amira.Post(selam+"/nodig/"+id+"/lezers", webtest.Form("end", "u-amira")), 422, "Er moet één iemand overblijven")
		o.says(t, amira.Post(selam+"/nodig/"+id+"/lezers", webtest.Form("colleague", "u-deniz")), 422, "Kies een collega die met deze persoon werkt")
		o.must(t, amira, selam+"/nodig/"+id+"/lezers", "colleague", "u-marwan")
		o.says(t, marwan.Get(at), 200, why)
		o.must(t, amira, selam+"/nodig/"+id+"/lezers", "end", "u-marwan")
		o.absent(t, marwan, marwan.Get(at), "no longer named")

		// The person sees why, who can read it, and ends it.
		v := o.As(self("p-selam"))
		o.says(t, v.Get("/mijn/hulp"), 200, why, "Amira", "Niet meer laten lezen")
		o.must(t, v, "/mijn/hulp/"+id+"/lezer", "colleague", "u-amira")
		o.absent(t, amira, amira.Get(at), "ended by the person")
		// Nobody is named any more: a leader who has the file may take it over, a colleague may not.
		if x := marwan.Post(selam+"/nodig/"+id+"/overnemen", webtest.Form()); x.Code != 404 {
			t.Errorf("a colleague takes it over: %d", x.Code)
		}
		o.give(t, access.Grant{Subject: "p-selam", Holder: "user:u-noor", Why: access.Assignment, Level: access.File})
		noor := o.As(worker("u-noor", access.Lead))
		o.says(t, noor.Get(selam), 200, "Neem over wie mag lezen")
		o.must(t, noor, selam+"/nodig/"+id+"/overnemen")
		o.says(t, noor.Get(at), 200, why)
		for event, want := range map[string]int{"named": 2, "unnamed": 2, "written": 1} {
			if n := o.logged(t, "p-selam", event); n != want {
				t.Errorf("%s stands %d times in the log", event, n)
			}
		}
		// Without a background whoever keeps the file writes the first words, and then it is theirs.
		first := selam + "/nodig/cn-selam-0/achtergrond"
		o.says(t, marwan.Get(first), 200, "Waarom: langzaam praten")
		o.says(t, marwan.Post(first, webtest.Form()), 422, "Schrijf waarom")
		o.must(t, marwan, first, "words", "Hoort slecht sinds de boot.")
		o.says(t, marwan.Get(first), 200, "Hoort slecht sinds de boot.")
		o.absent(t, amira, amira.Get(first), "the words of another")
		if x := amira.Post(first, webtest.Form("words", "overschreven")); x.Code != 404 {
			t.Errorf("another writes over it: %d", x.Code)
		}
	})
}

func TestTheDeskSeesHowAndNeverWhy(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		o.checkIn(t, "p-selam")
		o.checkIn(t, "p-reem")
		v := o.As(ria)
		for _, path := range []string{"/balie/p-selam", "/dossier/p-selam"} {
			a := v.Get(path)
			o.says(t, a, 200, "Zo help je goed", "langzaam praten", "rustige ruimte", "alleen een vrouw helpt")
			o.lacks(t, a, "harde geluiden", "tafel bij de deur", "Door de verhuizing", "wordt meer alleen")
		}
		a := v.Get("/balie/p-reem")
		o.says(t, a, 200, "zeg niemand dat deze persoon hier is")
		o.lacks(t, a, "ex-man", "bescherming tegen iemand", "Lina")
		o.absent(t, v, v.Get(selam), "the page of needs")
		for _, path := range []string{"/nodig", "/school", "/zorg", "/nodig/cn-selam-0/weg", "/alleen/ci-selam-1/gezien", "/alleen/ci-selam-1/weg"} {
			if x := v.Post(selam+path, webtest.Form()); x.Code != 404 {
				t.Errorf("the desk posts to %s: %d", path, x.Code)
			}
		}
		// The desk notices, and sees nothing of what was noticed before.
		x := v.Post(selam+"/alleen", webtest.Form("heard", "zat er een uur"))
		o.says(t, x, 422, "Kies wat je opviel", "zat er een uur")
		o.lacks(t, x, "Door de verhuizing", "kerk")
		if x := v.Post(selam+"/alleen", webtest.Form("circle", "alone")); x.Code != 303 || !strings.HasPrefix(x.To, "/dossier/p-selam?") {
			t.Errorf("it leads to %s", x.To)
		}
		if x := v.Post("/dossier/p-golnar/hulp/alleen", webtest.Form("circle", "alone")); x.Code != 404 {
			t.Errorf("of somebody who is not there: %d", x.Code)
		}
		if x := o.As(self("p-selam")).Post(selam+"/alleen", webtest.Form("circle", "alone")); x.Code != 404 {
			t.Errorf("the person, through the staff's door: %d", x.Code)
		}
	})
}

func TestWhatGetsWorseComesToTheCaseworker(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		amira := o.As(worker("u-amira", access.Case))
		o.says(t, amira.Get("/vandaag"), 200, "Selam is meer alleen dan eerst", "Een kind van Reem gaat niet naar school", "*één mens* werd meer alleen", "*één kind* wacht te lang op school")
		o.lacks(t, o.As(worker("u-deniz", access.Case)).Get("/vandaag"), "Selam", "Reem")
		o.says(t, amira.Get(selam), 200, "wordt meer alleen", "Ik pak dit op")
		o.must(t, amira, selam+"/alleen/ci-selam-1/gezien")
		o.lacks(t, amira.Get("/vandaag"), "Selam is meer alleen")
		o.must(t, amira, selam+"/alleen", "circle", "people")
		o.lacks(t, amira.Get("/vandaag"), "Selam is meer alleen")
		o.must(t, amira, selam+"/alleen", "circle", "few", "heard", "kanarie")
		o.says(t, amira.Get("/vandaag"), 200, "Selam is meer alleen")
		id := newest(t, o, db.F(`SELECT id FROM care_notice WHERE person = 'p-selam' AND worse = TRUE AND minded IS NULL`))
		for range 2 {
			o.must(t, amira, selam+"/alleen/"+id+"/weg")
		}
		o.lacks(t, amira.Get("/vandaag"), "Selam is meer alleen")
		o.must(t, amira, selam+"/alleen/"+id+"/weg", "undo", "1")
		o.says(t, amira.Get("/vandaag"), 200, "Selam is meer alleen")

		// School: a change ends the waiting, and taking it back brings it back.
		o.says(t, amira.Get(reem), 200, "Lina", "wacht op een school", "langer dan twee maanden", "Richtlijn (EU) 2024/1346", "Leerplichtig.", "Sami", "De Klimroos")
		o.says(t, amira.Post(reem+"/school", webtest.Form("child", "cs-reem-0", "school", "blijft staan")), 422, "Schrijf hoe het kind heet", "Kies hoe het nu is", "blijft staan")
		o.says(t, amira.Get(reem+"/school?kind=cs-reem-0"), 200, `value="Lina"`, `value="2016-04"`)
		if a := amira.Post(reem+"/school", webtest.Form("child", "cs-oksana-0", "name", "X", "state", "goes")); a.Code != 404 {
			t.Errorf("a child of somebody else: %d", a.Code)
		}
		o.clock.Advance(time.Second)
		o.must(t, amira, reem+"/school", "child", "cs-reem-0", "name", "Lina", "born", "2016-04", "state", "goes", "since", "2026-11-23", "school", "Taalschool", "level", "newcomers", "transport", "missing")
		o.says(t, amira.Get(reem), 200, "Taalschool", "vervoer ontbreekt")
		o.lacks(t, amira.Get("/vandaag"), "Een kind van Reem")
		row := newest(t, o, db.F(`SELECT id FROM care_school WHERE child = 'cs-reem-0' AND state = 'goes'`))
		o.must(t, amira, reem+"/school/"+row+"/weg")
		o.says(t, amira.Get("/vandaag"), 200, "Een kind van Reem")
		noor := o.As(worker("u-noor", access.Lead))
		o.says(t, noor.Get("/vandaag"), 200, "Wacht op school per locatie", "&lt; 5")
		for i := range 4 {
			o.must(t, amira, reem+"/school", "name", fmt.Sprint("Kind", i), "state", "waiting")
		}
		o.says(t, noor.Get("/vandaag"), 200, "<td>6</td>") // with Lina, and Hanna of Almaz

		// The way to a doctor.
		o.says(t, amira.Get(selam), 200, "geweigerd", "praktijk in de stad", "zonder tolk")
		o.clock.Advance(time.Second)
		o.must(t, amira, selam+"/zorg", "kind", "mental", "state", "registered", "by", "andere praktijk", "interpreter", "yes")
		a := amira.Get(selam)
		o.says(t, a, 200, "andere praktijk")
		o.lacks(t, a, "praktijk in de stad")
		o.must(t, amira, selam+"/zorg/"+newest(t, o, db.F(`SELECT id FROM care_doctor WHERE person = 'p-selam' ORDER BY at DESC LIMIT 1`))+"/weg")
		o.says(t, amira.Get(selam), 200, "praktijk in de stad")
	})
}

func TestThePersonsOwnPage(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		v, amira := o.As(self("p-selam")), o.As(worker("u-amira", access.Case))
		o.says(t, v.Get("/mijn"), 200, "Opgeschreven: 3")
		o.says(t, v.Get("/mijn/hulp"), 200, "langzaam praten", "rustige ruimte", "harde geluiden", "Amira", "ook de balie ziet dit")
		o.says(t, v.Post("/mijn/hulp", webtest.Form("code", "other")), 422, "Schrijf kort wat helpt")
		o.must(t, v, "/mijn/hulp", "code", "other", "note", "een plek bij het raam")
		o.says(t, amira.Get(selam), 200, "een plek bij het raam", "zelf verteld")
		// She takes away what others wrote, and it is away everywhere; only she puts it back.
		o.must(t, v, "/mijn/hulp/cn-selam-1/weg")
		o.lacks(t, amira.Get(selam), "rustige ruimte")
		o.checkIn(t, "p-selam")
		o.lacks(t, o.As(ria).Get("/balie/p-selam"), "rustige ruimte")
		o.must(t, amira, selam+"/nodig/cn-selam-1/weg", "undo", "1")
		o.lacks(t, amira.Get(selam), "rustige ruimte")
		o.must(t, v, "/mijn/hulp/cn-selam-1/weg", "undo", "1")
		o.says(t, amira.Get(selam), 200, "rustige ruimte")
		// Of Reem she sees and changes nothing.
		o.lacks(t, v.Get("/mijn/hulp"), "ex-man")
		o.must(t, v, "/mijn/hulp/cn-reem-0/weg")
		o.must(t, v, "/mijn/hulp/cn-reem-0/lezer", "colleague", "u-amira")
		if n := o.count(t, db.F(`SELECT COUNT(*) FROM care_need WHERE person = 'p-reem' AND removed IS NOT NULL`)) + o.count(t, db.F(`SELECT COUNT(*) FROM care_reader WHERE person = 'p-reem' AND ended IS NOT NULL`)); n != 0 {
			t.Error("she changed something of Reem")
		}
		// One should ask again, and after it not for half a year.
		o.clock.Advance(160 * 24 * time.Hour)
		amira = o.As(worker("u-amira", access.Case))
		o.says(t, amira.Get(selam), 200, "vraag opnieuw", "Nog steeds zo")
		for i := range 3 {
			o.must(t, amira, fmt.Sprintf("%s/nodig/cn-selam-%d/nog", selam, i))
		}
		o.lacks(t, amira.Get(selam), "Nog steeds zo")
	})
}

func TestEverythingIsGivenAndErased(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		ctx, k := t.Context(), o.c.Keeper()
		x, err := k.Export(ctx, d, o.v, "p-reem")
		if err != nil {
			t.Fatal(err)
		}
		got := x.(Exported)
		if len(got.Needs) != 2 || len(got.Backgrounds) != 1 || !strings.Contains(got.Backgrounds[0].Words, "ex-man") || len(got.Readers) != 1 || len(got.Schools) != 2 || got.Schools[0].What.Name == "" {
			t.Errorf("%+v", got)
		}
		for _, p := range []string{"p-reem", "p-selam"} {
			if err := d.Tx(ctx, func(tx *db.Tx) error { return k.Erase(ctx, tx, p) }); err != nil {
				t.Fatal(err)
			}
			x, err := k.Export(ctx, d, o.v, p)
			if err != nil {
				t.Fatal(err)
			}
			if got := x.(Exported); len(got.Needs)+len(got.Backgrounds)+len(got.Readers)+len(got.Schools)+len(got.Doctors)+len(got.Notices) != 0 {
				t.Errorf("%s: %+v is left", p, got)
			}
		}
		if n := o.count(t, db.F(`SELECT COUNT(*) FROM care_need`)); n != 3 {
			t.Errorf("%d needs of others are left", n)
		}
	})
}
