package residence

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/db/dbtest"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/privacy"
	"reisgezel/internal/kernel/web/webtest"
)

func TestTheMovesOfSomebody(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		amira := o.As(worker("u-amira", access.Case))
		o.says(t, amira.Get(selam), 200, "Verhuisd in de laatste twaalf maanden: 4 keer.", "noodopvang in de sporthal", "door Selam zelf verteld", "Slaapplek: slecht", "wacht op een signaal", "adres apart bewaard")
		o.says(t, amira.Get("/vandaag"), 200, "Selam vertelde over een nieuwe woonplek")
		o.must(t, amira, selam+"/plek/rs-selam-4/gezien")
		o.lacks(t, amira.Get("/vandaag"), "Selam vertelde")
		o.lacks(t, amira.Get(selam), "door Selam zelf verteld")

		// A move. The place before ends by it, and the file tells where she lives now.
		o.says(t, amira.Post(selam+"/plek", webtest.Form("town", "Zeist 12")), 422, "Kies wat voor plek", "Schrijf hier geen huisnummer", "Kies waarom", `value="Zeist 12"`)
		o.must(t, amira, selam+"/plek", "kind", "own", "town", "Zeist", "from", o.day(1), "reason", "housing", "school", "changed")
		o.says(t, amira.Get(selam), 200, "5 keer", "eigen woning", "woning gekregen · andere school", "schrijf binnen vijf dagen in", "Wet BRP")
		o.says(t, amira.Get("/dossier/p-selam"), 200, "<bdi>Zeist</bdi>", "5 keer")
		story := "/dossier/p-selam/verloop"
		o.says(t, amira.Get(story), 200, "Ging wonen in", "azc Utrecht", "Zeist", "Woning gekregen")
		o.says(t, amira.Get(story+"?wat=plan"), 200, "Zeist")
		o.lacks(t, amira.Get(story+"?wat=talk"), "Zeist")
		// A day that is shared is asked about, and nothing is lost.
		a := amira.Post(selam+"/plek", webtest.Form("kind", "family", "town", "Ede", "from", o.day(9), "until", o.day(7), "reason", "family"))
		o.says(t, a, 422, "Op deze dagen staat er al een plek. Klopt dat?", "azc Utrecht", `value="Ede"`, `name="beside"`)
		o.must(t, amira, selam+"/plek", "kind", "family", "town", "Ede", "from", o.day(9), "until", o.day(7), "reason", "family", "beside", "1")
		o.says(t, amira.Get(selam), 200, "naast een andere plek", "5 keer")
		// Taken back, it counts no more, and can be put back.
		id := one(t, d, db.F(`SELECT id FROM residence_stay WHERE person = ? AND made_by = 'u-amira' AND month <> '' ORDER BY at DESC, id DESC LIMIT 1`, "p-selam"))
		for range 2 {
			o.must(t, amira, selam+"/plek/"+id+"/weg")
		}
		o.says(t, amira.Get(selam), 200, "4 keer", "1 weggehaald", "Zet terug")
		o.lacks(t, amira.Get(story), "Woning gekregen")
		o.says(t, amira.Get("/dossier/p-selam"), 200, "azc Utrecht")
		o.must(t, amira, selam+"/plek/"+id+"/weg", "undo", "1")
		o.says(t, amira.Get(selam), 200, "5 keer")
		o.must(t, amira, selam+"/plek/"+id+"/weg")
		o.clock.Advance(31 * 24 * time.Hour)
		amira = o.As(worker("u-amira", access.Case))
		o.must(t, amira, selam+"/plek/"+id+"/weg", "undo", "1")
		o.lacks(t, amira.Get(selam), "5 keer")

		// How it is there.
		o.says(t, amira.Post(selam+"/hoe", webtest.Form("stay", "rs-reem-0")), 422, "Kies of schrijf ten minste iets", "Kies een plek")
		o.must(t, amira, selam+"/hoe", "stay", "rs-selam-4", "sleep", "good", "heating", "bad", "words", "Het tocht.", "signal", "1")
		o.says(t, amira.Get(selam), 200, "Warmte: slecht", "Het tocht.")
		signals := func() int {
			return o.count(t, db.F(`SELECT COUNT(*) FROM residence_condition WHERE person = ? AND signal = TRUE`, "p-selam"))
		}
		if n := signals(); n != 2 {
			t.Errorf("%d are kept for a signal", n)
		}
		o.must(t, amira, selam+"/hoe/rc-selam-0/signaal", "undo", "1")
		if n := signals(); n != 1 {
			t.Errorf("%d are kept for a signal", n)
		}
		o.must(t, amira, selam+"/hoe/rc-selam-0/signaal")
		o.must(t, amira, "/dossier/p-reem/wonen/hoe/rc-selam-0/signaal", "undo", "1")
		if n := signals(); n != 2 {
			t.Errorf("%d are kept for a signal", n)
		}
	})
}

func one(t testing.TB, d *db.DB, f db.Frag) string {
	t.Helper()
	s, err := db.One[string](t.Context(), d, f)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestAnAddressIsShownForAReason(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		amira := o.As(worker("u-amira", access.Case))
		at := selam + "/adres"
		o.must(t, amira, at, "lines", "Kanariestraat 9\n3511 AA Utrecht", "note", "achterom")
		if n := o.logged(t, "p-selam", "address"); n != 1 {
			t.Errorf("writing it stands %d times in the log", n)
		}
		o.lacks(t, amira.Get(at), "Kanariestraat", "achterom")
		o.says(t, amira.Post(at, webtest.Form("note", "alleen dit")), 422, "Schrijf eerst het adres", "alleen dit")
		for _, form := range [][]string{{}, {"cause", "visit"}, {"words", "ik ga langs"}, {"cause", "because", "words", "ik ga langs"}} {
			a := amira.Post(at+"/tonen", webtest.Form(form...))
			o.says(t, a, 422)
			o.lacks(t, a, "Kanariestraat")
		}
		if n := o.logged(t, "p-selam", "revealed"); n != 0 {
			t.Fatalf("it was shown %d times without a reason", n)
		}
		a := amira.Post(at+"/tonen", webtest.Form("cause", "visit", "words", "ik ga vanmiddag langs"))
		o.says(t, a, 200, "Kanariestraat 9", "3511 AA Utrecht", "achterom", "Deze pagina wordt niet bewaard")
		if got := a.Header.Get("Cache-Control"); got != "no-store" {
			t.Errorf("the page with the address may be kept: %q", got)
		}
		if n := o.logged(t, "p-selam", "revealed"); n != 1 {
			t.Errorf("showing it stands %d times in the log", n)
		}
		a = amira.Get(at)
		o.says(t, a, 200, "Amira Haddad vroeg om het adres", "ik ga vanmiddag langs", "getoond")
		o.lacks(t, a, "Kanariestraat")
		for _, form := range [][]string{nil, {"lines", "Nieuw 1", "remove", "1"}} {
			o.says(t, amira.Post(at, webtest.Form(form...)), 422)
		}
		o.must(t, amira, at, "remove", "1")
		o.says(t, amira.Post(at+"/tonen", webtest.Form("cause", "visit", "words", "ik ga vanmiddag langs")), 422, "Er is geen adres bewaard")
		o.must(t, amira, at, "lines", "Weer 1")

		// The key of the file does not open it, and without its own key it is gone.
		row, err := readVault(t.Context(), d, "p-selam")
		if err != nil {
			t.Fatal(err)
		}
		k, err := o.v.Key(t.Context(), "p-selam")
		if err != nil {
			t.Fatal(err)
		}
		var x Address
		if err := privacy.OpenJSON(k, addressPlace("p-selam"), row.Body, &x); err == nil || x.Lines != "" {
			t.Error("the key of the file opens the address")
		}
		if err := o.v.Shred(t.Context(), VaultSubject("p-selam")); err != nil {
			t.Fatal(err)
		}
		if a := amira.Post(at+"/tonen", webtest.Form("cause", "visit", "words", "ik ga vanmiddag langs")); a.Code != 404 || strings.Contains(a.Body, "Weer") {
			t.Errorf("without its key: %d", a.Code)
		}
		o.says(t, amira.Get(selam), 200, "azc Utrecht") // the rest of the file is whole
	})
}

// Who sees many addresses gathers them.
func TestNobodyGathersAddresses(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		amira, marwan := o.As(worker("u-amira", access.Case)), o.As(worker("u-marwan", access.Legal))
		see := func(v *webtest.Visitor) int {
			return v.Post(selam+"/adres/tonen", webtest.Form("cause", "visit", "words", "ik ga vanmiddag langs")).Code
		}
		for i := range ShowsMost {
			if code := see(amira); code != 200 {
				t.Fatalf("the address number %d: %d", i+1, code)
			}
		}
		if code := see(amira); code != 429 {
			t.Errorf("one too many: %d", code)
		}
		if a := amira.Post(reem+"/adres/tonen", webtest.Form("cause", "visit", "words", "ik ga vanmiddag langs")); a.Code != 429 {
			t.Errorf("asking for one too many: %d", a.Code)
		}
		if code := see(marwan); code != 200 {
			t.Errorf("a colleague: %d", code)
		}
		o.clock.Advance(24*time.Hour + time.Second)
		if code := see(o.As(worker("u-amira", access.Case))); code != 200 {
			t.Errorf("the day after: %d", code)
		}
	})
}

func TestASecondPersonMustAgree(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		amira, marwan := o.As(worker("u-amira", access.Case)), o.As(worker("u-marwan", access.Legal))
		noor := o.As(worker("u-noor", access.Lead))
		at := reem + "/adres"
		ask := func(v *webtest.Visitor) string {
			t.Helper()
			o.clock.Advance(time.Second) // so that the newest is the newest
			a := v.Post(at+"/tonen", webtest.Form("cause", "visit", "words", "ik ga vanmiddag langs"))
			if a.Code != 303 || strings.Contains(a.Body, street) {
				t.Fatalf("asking: %d", a.Code)
			}
			o.lacks(t, v.Get(at), street)
			return o.latest(t, "p-reem")
		}
		show := func(v *webtest.Visitor, id string) webtest.Answer { return v.Post(at+"/tonen/"+id, webtest.Form()) }
		answer := func(v *webtest.Visitor, id, yes string) webtest.Answer {
			return v.Post("/adres-verzoek/"+id, webtest.Form("answer", yes))
		}
		refused := func(what string, a webtest.Answer) {
			t.Helper()
			if a.Code < 400 || strings.Contains(a.Body, street) {
				t.Errorf("%s: %d", what, a.Code)
			}
		}
		o.says(t, amira.Get(at), 200, "Dit adres is beschermd (huiselijk geweld)", "Noor Visser", "Bel 112")
		id := ask(amira)
		refused("before anybody agreed", show(amira, id))
		refused("the asker agrees", answer(amira, id, "yes"))
		refused("a colleague agrees", answer(marwan, id, "yes"))
		o.says(t, noor.Get("/vandaag"), 200, "Amira Haddad vraagt om het adres van Reem", "wacht op jouw ja of nee")
		a := noor.Get("/adres-verzoek/" + id)
		o.says(t, a, 200, "Amira Haddad", "Reem", "ik ga vanmiddag langs", "een bezoek")
		o.lacks(t, a, street)
		if n := o.logged(t, "p-reem", "weighed"); n != 1 {
			t.Errorf("looking at the request stands %d times in the log", n)
		}
		if a := answer(noor, id, "yes"); a.Code != 303 {
			t.Fatal(a.Code, a.Body)
		}
		refused("it was decided already", answer(noor, id, "no"))
		refused("somebody else uses it", show(marwan, id))
		refused("the one who agreed uses it", show(noor, id))
		o.says(t, amira.Get("/vandaag"), 200, "Je mag het adres van Reem nu bekijken")
		o.says(t, amira.Get(at), 200, "Noor Visser zei ja")
		o.says(t, show(amira, id), 200, street+" 7", "Noem geen naam aan de deur")
		refused("a second time", show(amira, id))
		for event, want := range map[string]int{"asked": 1, "granted": 1, "revealed": 1, "refused": 0} {
			if n := o.logged(t, "p-reem", event); n != want {
				t.Errorf("%s stands %d times in the log", event, n)
			}
		}

		// A no, a late yes, and a yes that was not used in time.
		id = ask(amira)
		if a := answer(noor, id, "no"); a.Code != 303 {
			t.Fatal(a.Code)
		}
		refused("after a no", show(amira, id))
		id = ask(amira)
		o.clock.Advance(AskLasts)
		noor, amira = o.As(worker("u-noor", access.Lead)), o.As(worker("u-amira", access.Case))
		refused("a yes that is too late", answer(noor, id, "yes"))
		o.says(t, amira.Get(at), 200, "verlopen")
		id = ask(amira)
		if a := answer(noor, id, "yes"); a.Code != 303 {
			t.Fatal(a.Code)
		}
		o.clock.Advance(ShowLasts)
		amira = o.As(worker("u-amira", access.Case))
		refused("a yes that was not used in time", show(amira, id))

		// A leader of another team, and one who asks, decide nothing; the regional manager does.
		id = ask(amira)
		other := access.Actor{Kind: access.Staff, ID: "u-x", Name: "X", Holders: []string{"user:u-x"}, Posts: []access.Post{{Role: access.Lead, Scope: access.Scope{Kind: access.Team, ID: "t-amersfoort"}}}}
		v := o.As(other)
		o.absent(t, v, v.Get("/adres-verzoek/"+id), "a leader of another team")
		o.absent(t, v, answer(v, id, "yes"), "a leader of another team")
		region := o.As(access.Actor{Kind: access.Staff, ID: "u-els", Name: "Els", Holders: []string{"user:u-els"}, Posts: []access.Post{{Role: access.Region, Scope: access.Scope{Kind: access.InRegion, ID: "r-midden"}}}})
		far := o.As(access.Actor{Kind: access.Staff, ID: "u-far", Name: "Far", Holders: []string{"user:u-far"}, Posts: []access.Post{{Role: access.Region, Scope: access.Scope{Kind: access.InRegion, ID: "r-noord"}}}})
		o.absent(t, far, answer(far, id, "yes"), "the manager of another region")
		if a := answer(region, id, "yes"); a.Code != 303 {
			t.Fatalf("the regional manager: %d", a.Code)
		}
		o.says(t, show(amira, id), 200, street)
		o.give(t, access.Grant{Subject: "p-reem", Holder: "user:u-noor", Why: access.Assignment, Level: access.File})
		noor = o.As(worker("u-noor", access.Lead))
		id = ask(noor)
		o.absent(t, noor, noor.Get("/adres-verzoek/"+id), "the page of her own request")
		refused("a leader agrees with herself", answer(noor, id, "yes"))
	})
}

// Whoever could end the guarding alone could see the address alone.
func TestGuardingEndsWithASecondPerson(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		amira, noor := o.As(worker("u-amira", access.Case)), o.As(worker("u-noor", access.Lead))
		at := reem + "/adres"
		o.says(t, amira.Post(at+"/vrijgeven", webtest.Form("words", "ja")), 422, "Vertel in een paar woorden waarom")
		o.must(t, amira, at+"/vrijgeven", "words", "Zij is verhuisd, hij zit vast.")
		id := o.latest(t, "p-reem")
		if a := amira.Post(at+"/tonen/"+id, webtest.Form()); a.Code < 400 {
			t.Errorf("a request to end the guarding shows the address: %d", a.Code)
		}
		o.says(t, amira.Get(at), 200, "Dit adres is beschermd")
		o.says(t, noor.Get("/adres-verzoek/"+id), 200, "stopt de bescherming")
		if a := noor.Post("/adres-verzoek/"+id, webtest.Form("answer", "yes")); a.Code != 303 {
			t.Fatal(a.Code)
		}
		if a := amira.Post(at+"/tonen/"+id, webtest.Form()); a.Code < 400 {
			t.Errorf("it shows the address afterwards: %d", a.Code)
		}
		o.lacks(t, amira.Get(at), "Dit adres is beschermd")
		o.says(t, amira.Post(at+"/tonen", webtest.Form("cause", "letter", "words", "een brief van de IND")), 200, street)
		// Guarded again, one person alone is not enough any more; of the place only the town is told.
		o.says(t, amira.Post(at+"/beschermen", webtest.Form("danger", "cold")), 422, "Kies welk gevaar er is")
		o.must(t, amira, at+"/beschermen", "danger", "threat")
		if a := amira.Post(at+"/tonen", webtest.Form("cause", "letter", "words", "een brief van de IND")); a.Code != 303 {
			t.Errorf("one person alone: %d", a.Code)
		}
		o.must(t, amira, reem+"/plek", "kind", "shelter", "name", "Huis Kanarie", "town", "Gouda", "from", o.day(1), "reason", "safety")
		for _, path := range []string{reem, "/dossier/p-reem", reem + "/hoe", reem + "/plek"} {
			a := amira.Get(path)
			o.says(t, a, 200)
			o.lacks(t, a, "Kanarie", "azc Utrecht,")
		}
		o.says(t, amira.Get("/dossier/p-reem"), 200, "Gouda")
	})
}

func TestWhoSeesWhereSomebodyLives(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		desk := access.Actor{Kind: access.Staff, ID: "u-ria", Name: "Ria", Holders: []string{"user:u-ria", "desk:d-overvecht"}, Posts: []access.Post{{Role: access.Desk, Scope: access.Scope{Kind: access.Location, ID: "l-overvecht"}}}}
		o.give(t, access.Grant{Subject: "p-selam", Holder: "desk:d-overvecht", Why: access.Presence, Level: access.DeskLevel, Until: d.Now().Add(90 * time.Minute)})
		o.give(t, access.Grant{Subject: "p-selam", Holder: "user:u-noor", Why: access.BreakGlass, Level: access.File, Until: d.Now().Add(3 * time.Hour)})
		pages := []string{selam, selam + "/adres"}
		forms := []string{selam + "/plek", selam + "/hoe"}
		changes := map[string][]string{
			selam + "/plek": {"kind", "coa", "reason", "coa"}, selam + "/plek/rs-selam-4/weg": nil, selam + "/plek/rs-selam-4/gezien": nil, selam + "/hoe": {"stay", "rs-selam-4", "sleep", "bad"},
			selam + "/hoe/rc-selam-0/weg": nil, selam + "/adres": {"lines", "x"}, selam + "/adres/overnemen": nil, selam + "/adres/beschermen": {"danger", "threat"}, selam + "/adres/vrijgeven": {"words", "waarom niet"},
		}
		reason := webtest.Form("cause", "visit", "words", "ik ga vanmiddag langs")
		for name, x := range map[string]struct {
			a                    access.Actor
			sees, keeps, reveals bool
		}{
			"who helps her":                     {worker("u-amira", access.Case), true, true, true},
			"in an emergency":                   {worker("u-noor", access.Lead), true, false, true},
			"a colleague who does not":          {worker("u-deniz", access.Legal), false, false, false},
			"the desk where she is":             {desk, false, false, false},
			"the administrator":                 {worker("u-beheer", access.Admin), false, false, false},
			"the privacy officer":               {worker("u-pieter", access.Privacy), false, false, false},
			"another refugee":                   {self("p-reem"), false, false, false},
			"herself, through the staff's door": {self("p-selam"), false, false, false},
		} {
			v := o.As(x.a)
			for _, path := range pages {
				if a := v.Get(path); x.sees && a.Code != 200 {
					t.Errorf("%s: %s answers %d", name, path, a.Code)
				} else if !x.sees {
					o.absent(t, v, a, name+": "+path)
				}
			}
			for _, path := range []string{"/dossier/p-selam", "/dossier/p-selam/verloop"} {
				if a := v.Get(path); strings.Contains(a.Body, "Ging wonen in") != x.sees {
					t.Errorf("%s reads of a move in %s: %v", name, path, !x.sees)
				}
			}
			for _, path := range forms {
				if a := v.Get(path); x.keeps && a.Code != 200 {
					t.Errorf("%s: %s answers %d", name, path, a.Code)
				} else if !x.keeps {
					o.absent(t, v, a, name+": "+path)
				}
			}
			a := v.Post(selam+"/adres/tonen", reason)
			if x.reveals != (a.Code == 200 && strings.Contains(a.Body, "kamer 114")) {
				t.Errorf("%s sees the address: %d", name, a.Code)
			} else if !x.reveals && x.a.Kind != access.IsSelf {
				o.absent(t, v, a, name+" asks for the address")
			}
			if x.keeps {
				continue
			}
			for path, form := range changes {
				if a := v.Post(path, webtest.Form(form...)); a.Code != 404 {
					t.Errorf("%s changes %s: %d", name, path, a.Code)
				}
			}
		}
		if n := o.count(t, db.F(`SELECT COUNT(*) FROM audit_entry WHERE event = 'residence.event.moved' AND actor NOT IN ('u-amira','p-selam')`)); n != 0 {
			t.Errorf("%d things were done by who may not", n)
		}
		// Another's rows are not there under this one's file.
		amira := o.As(worker("u-amira", access.Case))
		o.must(t, amira, selam+"/plek/rs-reem-0/weg")
		if n := o.count(t, db.F(`SELECT COUNT(*) FROM residence_stay WHERE removed IS NOT NULL`)); n != 0 {
			t.Error("a place of somebody else was taken back")
		}
		if a := amira.Post(selam+"/adres/tonen/rq-reem-0", webtest.Form()); a.Code < 400 {
			t.Errorf("a request about somebody else: %d", a.Code)
		}
	})
}

func TestThePersonsOwnPage(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		v := o.As(self("p-selam"))
		o.says(t, v.Get("/mijn"), 200, "azc Utrecht")
		a := v.Get("/mijn/wonen")
		o.says(t, a, 200, "Wonen en bereiken", "azc Utrecht", `value="+31612345001"`, "adres apart bewaard")
		o.lacks(t, a, "kamer 114")
		o.says(t, v.Post("/mijn/wonen", webtest.Form("town", "Ede 4")), 422, "Kies wat voor plek", "Schrijf hier geen huisnummer", `value="Ede 4"`)
		o.must(t, v, "/mijn/wonen", "kind", "family", "town", "Ede", "from", o.day(0))
		o.says(t, v.Get("/mijn/wonen"), 200, "bij familie of vrienden", "Ede")
		o.says(t, o.As(worker("u-amira", access.Case)).Get("/vandaag"), 200, "Selam vertelde over een nieuwe woonplek")
		// She takes back what she told, and nothing that others wrote.
		id := one(t, d, db.F(`SELECT id FROM residence_stay WHERE person = 'p-selam' AND own = TRUE ORDER BY at DESC, id DESC LIMIT 1`))
		o.must(t, v, "/mijn/wonen/plek/"+id+"/weg")
		o.must(t, v, "/mijn/wonen/plek/rs-selam-0/weg")
		if n := o.count(t, db.F(`SELECT COUNT(*) FROM residence_stay WHERE person = 'p-selam' AND removed IS NOT NULL`)); n != 1 {
			t.Errorf("%d places were taken back", n)
		}
		o.must(t, v, "/mijn/wonen/plek/"+id+"/weg", "undo", "1")

		// How she may be reached is one fact: the file has it at once.
		o.says(t, v.Post("/mijn/wonen/bereiken", webtest.Form("phone", "12", "say", "shout", "when", "blijft staan")), 422, "Schrijf het nummer als 06", "blijft staan", `value="12"`)
		o.must(t, v, "/mijn/wonen/bereiken", "phone", "0687654321", "shared", "1", "more_phone", "0611112222", "more_whose", "zus", "how", "text", "when", "na zeven uur", "say", "nothing", "never", "nooit via de kerk")
		o.says(t, o.As(worker("u-amira", access.Case)).Get(selam), 200, "31687654321", "zus", "na zeven uur", "Niets zeggen, niets inspreken", "nooit via de kerk")

		// Her address: she writes it and sees it; each showing stands in the log as hers.
		o.must(t, v, "/mijn/wonen/adres", "lines", "Kanariestraat 9")
		o.lacks(t, v.Get("/mijn/wonen"), "Kanariestraat")
		a = v.Post("/mijn/wonen/adres/tonen", webtest.Form())
		o.says(t, a, 200, "Kanariestraat 9")
		if a.Header.Get("Cache-Control") != "no-store" || o.logged(t, "p-selam", "own") != 1 {
			t.Error("her look at her address is kept by the browser, or not by the log")
		}
		// Of Reem she sees nothing; Reem sees who asked.
		o.lacks(t, v.Get("/mijn/wonen"), "Reem", street)
		w := o.As(self("p-reem"))
		a = w.Get("/mijn/wonen")
		o.says(t, a, 200, "Wie vroeg om uw adres", "Amira", "vervoer of verhuizing", "zag het adres niet")
		o.lacks(t, a, street, "huiselijk geweld", "Taxi naar de zitting")
		if a := o.As(self("p-golnar")).Post("/mijn/wonen/adres/tonen", webtest.Form()); a.Code != 404 {
			t.Errorf("an address that is not there: %d", a.Code)
		}
	})
}

func TestAnAddressFromBeforeIsMoved(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		ctx := t.Context()
		// A file from before addresses were kept apart.
		k, err := o.v.Key(ctx, "p-golnar")
		if err != nil {
			t.Fatal(err)
		}
		sealed, err := privacy.SealJSON(k, "dossier_person.profile/p-golnar", map[string]any{"called": "Golnar", "lives": "Kanariestraat 9, Utrecht"})
		if err != nil {
			t.Fatal(err)
		}
		if err := d.Tx(ctx, func(tx *db.Tx) error {
			_, err := db.Do(ctx, tx, db.F(`UPDATE dossier_person SET profile = ? WHERE id = 'p-golnar'`, sealed))
			return err
		}); err != nil {
			t.Fatal(err)
		}
		amira := o.As(worker("u-amira", access.Case))
		at := "/dossier/p-golnar/wonen"
		for _, path := range []string{at, at + "/adres", "/dossier/p-golnar", "/dossier/p-golnar/gegevens"} {
			o.lacks(t, amira.Get(path), "Kanariestraat")
		}
		o.says(t, amira.Get(at+"/adres"), 200, "staat nog een adres van vroeger")
		o.must(t, amira, at+"/adres/overnemen")
		o.lacks(t, amira.Get(at+"/adres"), "van vroeger", "Kanariestraat")
		o.says(t, amira.Post(at+"/adres/tonen", webtest.Form("cause", "letter", "words", "een brief van de IND")), 200, "Kanariestraat 9, Utrecht")
		o.says(t, amira.Get("/dossier/p-golnar"), 200, "Utrecht")
	})
}

func TestCountsTellOfNobody(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		noor := o.As(worker("u-noor", access.Lead))
		o.says(t, noor.Get("/vandaag"), 200, "Verhuizingen per locatie", "&lt; 5")
		o.lacks(t, o.As(worker("u-amira", access.Case)).Get("/vandaag"), "Verhuizingen per locatie")
		amira := o.As(worker("u-amira", access.Case))
		for i := range 3 {
			o.must(t, amira, selam+"/plek", "kind", "coa", "town", fmt.Sprint("Stad", string(rune('a'+i))), "from", o.day(3-i), "reason", "coa")
		}
		if a := noor.Get("/vandaag"); !strings.Contains(a.Body, "<td>6</td>") && !strings.Contains(a.Body, "<td>7</td>") {
			t.Errorf("the moves of this month are not counted: %s", a.Body)
		}
	})
}

func TestEverythingIsGivenAndErased(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		ctx := t.Context()
		k := o.r.Keeper()
		x, err := k.Export(ctx, d, o.v, "p-reem")
		if err != nil {
			t.Fatal(err)
		}
		got := x.(Exported)
		if got.Address == nil || !strings.Contains(got.Address.Lines, street) || got.Guard == nil || got.Guard.Danger != "violence" || len(got.Stays) != 3 || len(got.Requests) != 2 || got.Requests[1].Why.Words == "" {
			t.Errorf("%+v", got)
		}
		if err := d.Tx(ctx, func(tx *db.Tx) error { return k.Erase(ctx, tx, "p-reem") }); err != nil {
			t.Fatal(err)
		}
		for _, table := range k.Tables() {
			if n := o.count(t, map[string]db.Frag{"residence_stay": db.F(`SELECT COUNT(*) FROM residence_stay WHERE person = 'p-reem'`), "residence_condition": db.F(`SELECT COUNT(*) FROM residence_condition WHERE person = 'p-reem'`),
				"residence_vault": db.F(`SELECT COUNT(*) FROM residence_vault WHERE person = 'p-reem'`), "residence_request": db.F(`SELECT COUNT(*) FROM residence_request WHERE person = 'p-reem'`)}[table]); n != 0 {
				t.Errorf("%s holds %d rows", table, n)
			}
		}
		if x, err := k.Export(ctx, d, o.v, "p-selam"); err != nil || x.(Exported).Address == nil {
			t.Errorf("somebody else was touched: %v", err)
		}
		if err := o.v.Shred(ctx, "p-selam"); err != nil {
			t.Fatal(err)
		}
		if _, err := k.Export(ctx, d, o.v, "p-selam"); !fault.Is(err, fault.NotFound) {
			t.Errorf("without her key: %v", err)
		}
	})
}
