package family

import (
	"strings"
	"testing"
	"time"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/db/dbtest"
	"reisgezel/internal/kernel/web"
	"reisgezel/internal/kernel/web/webtest"
)

func TestAFamilyIsToldAndCorrected(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		amira := o.As(worker("u-amira", access.Case))
		o.says(t, amira.Get(at("p-reem")), 200, "Er staat nog niemand")
		a := amira.Post(at("p-reem")+"/lid", webtest.Form("name", "", "role", "", "certainty", "documented", "source", "person", "coming", "perhaps", "birth_day", "31", "birth_month", "2", "birth_year", "2014", "country", "Turkije", "contact", "2030-01-01", "note", "haar bsn is 111222333"))
		o.says(t, a, 422, "Schrijf een naam", "Kies er een uit de lijst", "Schrijf welk document", "nog niet geweest", "BSN", `value="Turkije"`, `value="31"`)
		id := o.added(t, amira, "p-reem", "Omar", "child/biological", "birth_day", "3", "birth_month", "9", "birth_year", "2014", "birth_source", "person", "country", "Turkije", "place", "Gaziantep", "state", "safe")
		one := at("p-reem") + "/lid/" + id
		o.says(t, amira.Get(at("p-reem")), 200, "Één familielid", "Omar", "Gaziantep, Turkije", "Kind", "03-09-2014")
		o.says(t, amira.Get(at("p-reem")+"?als=lijst"), 200, "Omar")
		// What cannot be is refused at its field.
		wife := o.added(t, amira, "p-reem", "Huda", "parent/biological", "birth_year", "1958", "birth_source", "person")
		o.says(t, amira.Post(at("p-reem")+"/lid/"+wife+"/band", webtest.Form("to", id, "role", "child/biological", "certainty", "stated", "source", "person")), 422, "eigen voorouder")
		o.says(t, amira.Post(one+"/band", webtest.Form("to", wife, "role", "parent/biological", "certainty", "stated", "source", "person")), 422, "eigen voorouder")

		// A wedding of which the paper counts other years than we do.
		wed := func(pairs ...string) webtest.Answer {
			return amira.Post(one+"/band", webtest.Form(append([]string{"to", "self", "role", "other", "certainty", "stated", "source", "person", "since_calendar", "ethiopian", "since_year", "2012"}, pairs...)...))
		}
		o.says(t, wed("since_day", "31", "since_month", "4"), 422, `href="#f-since_day"`, "Deze dag bestaat niet in de gekozen kalender", `name="since_day" value="31"`)
		o.says(t, wed("since", "2020-01-01", "since_day", "21", "since_month", "4"), 422, "niet de dag die erboven staat")
		if a := wed("since_day", "21", "since_month", "4"); a.Code != 303 {
			t.Fatal(a.Code, a.Body)
		}
		if ts := o.family(t, "p-reem").Ties; ts[len(ts)-1].Since != on(2019, 12, 31) {
			t.Errorf("%+v", ts[len(ts)-1])
		}

		// Two change the same: the second sees both, and nothing is lost.
		change := func(rev, name string) webtest.Answer {
			return amira.Post(one+"/wijzigen", webtest.Form("rev", rev, "name", name, "role", "child/biological", "certainty", "dna", "source", "ind", "coming", "yes", "birth_year", "2014", "birth_source", "person", "place", "Ankara"))
		}
		if a := change("1", "Omar Khaled"); a.Code != 303 {
			t.Fatal(a.Code, a.Body)
		}
		o.says(t, change("1", "Umar"), 409, "Dit staat er nu", "Omar Khaled", "Umar", `name="rev" value="2"`)
		if m, _ := o.family(t, "p-reem").Member(id); m.Name != "Omar Khaled" || m.Where.Place != "Ankara" {
			t.Errorf("%+v", m)
		}
		o.says(t, amira.Get(one), 200, "Gegevens gewijzigd", "Toegevoegd", "Gaziantep", "bewezen met DNA") // how it was stands in the story

		// The way, and the same event in the legal track.
		o.says(t, amira.Post(one+"/stap", webtest.Form("kind", VisaIssued, "state", Planned, "on", "", "note", "blijft")), 422, "Kies er een", "blijft")
		a = amira.Post(one+"/stap", webtest.Form("kind", Applied, "state", Done, "on", "2026-11-02"))
		if a.Code != 303 || !strings.Contains(a.To, "stap=applied") {
			t.Fatal(a.Code, a.To)
		}
		o.says(t, amira.Get(a.To), 200, "/juridisch/vastleggen/family_applied?", "Dan worden de termijnen berekend")
		o.must(t, amira, one+"/stap", "kind", VisaIssued, "state", Done, "on", "2026-11-05", "valid", "2026-12-04")
		o.says(t, amira.Get("/vandaag"), 200, "Visum van", "Omar Khaled", "gezin van")
		deniz := o.As(worker("u-deniz", access.Legal))
		o.silent(t, deniz.Get("/vandaag"), "Omar", "Visum")
		o.must(t, amira, one+"/vragen", "q_dependent", "yes", "q_made_up", "yes")
		if m, _ := o.family(t, "p-reem").Member(id); m.Answers["dependent"] != "yes" || len(m.Answers) != 1 {
			t.Errorf("%v", m.Answers)
		}
		// Pressed twice, it is told once.
		key := webtest.Form("kind", Travel, "state", Waiting, web.OnceField, "once-0123456789abcdef")
		amira.Post(one+"/stap", key)
		amira.Post(one+"/stap", key)
		if m, _ := o.family(t, "p-reem").Member(id); len(m.Steps) != 3 {
			t.Errorf("%d steps", len(m.Steps))
		}
		// What is removed is put back with everything.
		o.must(t, amira, one+"/weg")
		o.absent(t, amira, amira.Get(one), "who was removed")
		o.says(t, amira.Get(at("p-reem")), 200, "1 weggehaald")
		o.must(t, amira, one+"/weg", "undo", "1")
		o.says(t, amira.Get(one), 200, "Omar Khaled")

		// Who lived together when she came decides what is asked of a foster child.
		foster := o.added(t, amira, "p-reem", "Noor", "child/foster", "birth_year", "2013", "birth_source", "person")
		*o.sponsor = dossier.Sponsorship{Lodged: on(2025, 1, 10)}
		o.says(t, amira.Get(at("p-reem")+"/lid/"+foster), 200, "Niet bekend of deze persoon in het gezin woonde", "Vc 2000 C2/4.1", "nog niet bevestigd door een jurist")
		o.says(t, amira.Post(at("p-reem")+"/samen", webtest.Form("who", "self", "since", "2020-01-01", "until", "2019-01-01")), 422, "minstens twee", "voor het begin")
		o.must(t, amira, at("p-reem")+"/samen", "who", "self", "who", foster, "place", "Damascus", "since", "2018-01-01", "until", "2025-01-05")
		o.says(t, amira.Get(at("p-reem")+"/lid/"+foster), 200, "Niet bekend of deze persoon in het gezin woonde") // they parted five days before asylum was asked
		o.must(t, amira, at("p-reem")+"/binnenkomst", "entered", "2025-01-05")
		o.says(t, amira.Get(at("p-reem")+"/lid/"+foster), 200, "Woonde in het gezin op")

		o.must(t, amira, at("p-reem")+"/samen", "who", "self", "who", id, "since", "2019-01-01")
		o.says(t, amira.Get(at("p-reem")+"/lid/"+foster), 200, "Woonde in het gezin op")
		late := o.added(t, amira, "p-reem", "Rim", "child/foster", "birth_year", "2013", "birth_source", "person")
		o.says(t, amira.Get(at("p-reem")+"/lid/"+late), 200, "Woonde niet in het gezin op")

		// She reads her own family and no word of what colleagues noted or what rules say.
		own := o.As(client("p-reem"))
		o.says(t, own.Get("/mijn/gezin"), 200, "Omar Khaled", "Visum geldig tot", "Wij zijn aan de beurt")
		o.silent(t, own.Get("/mijn/gezin"), "nareis", "jurist", "/dossier/")
	})
}

func TestWhatIsKeptIsGivenAndForgotten(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		cutting(t, o)
		o.parts(t)
		x, err := export(t.Context(), d, o.v, "p-oksana")
		if err != nil {
			t.Fatal(err)
		}
		if e := x.(Exported); len(e.Family.Members) != 2 || len(e.Story) == 0 {
			t.Errorf("%+v", e)
		}
		k := o.x.Keeper()
		if err := d.Tx(t.Context(), func(tx *db.Tx) error { return k.Erase(t.Context(), tx, "p-oksana") }); err != nil {
			t.Fatal(err)
		}
		for _, f := range []db.Frag{
			db.F(`SELECT COUNT(*) FROM family_tree WHERE person = 'p-oksana'`), db.F(`SELECT COUNT(*) FROM family_event WHERE person = 'p-oksana'`), db.F(`SELECT COUNT(*) FROM family_link WHERE person = 'p-oksana' OR other = 'p-oksana'`),
			db.F(`SELECT COUNT(*) FROM family_sight WHERE person = 'p-oksana' OR adult = 'p-oksana'`), db.F(`SELECT COUNT(*) FROM family_split WHERE person = 'p-oksana'`)} {
			if n := o.count(t, f); n != 0 {
				t.Errorf("%s: %d", f.SQL, n)
			}
		}
		// Where she was stays hidden in his file when hers is gone.
		yusuf := o.As(client("p-yusuf"))
		o.silent(t, yusuf.Get("/mijn/gezin"), "Schuilplein")
	})
}

// parts says that the two parted, after a while.
func (o office) parts(t testing.TB) {
	t.Helper()
	o.clock.Advance(time.Hour)
	amira := o.As(worker("u-amira", access.Case))
	f := o.family(t, "p-oksana")
	o.must(t, amira, at("p-oksana")+"/lid/"+f.Members[0].ID+"/uit-elkaar", "kind", "apart", "stay", f.Members[1].ID)
}
