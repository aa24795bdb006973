package advocacy

// This file tests the register of interests: who is recognised by which words and when, what a form must hold, and on both databases that
// who pays us stands beside what we ask of them, without a confidential dossier being told by it.

import (
	"net/url"
	"slices"
	"strings"
	"testing"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/db/dbtest"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web/webtest"
)

func TestWhoIsNamed(t *testing.T) {
	x := Interest{Said: InterestSaid{Party: "COA", Names: []string{"Centraal Orgaan", "gemeente"}}}
	for words, named := range map[string]bool{
		"COA": true, "het coa, locatie Ter Apel": true, "COA-locatie": true, "(COA)": true, "centraal orgaan opvang": true, "De gemeente.": true,
		"": false, "COACH": false, "kakaocoa": false, "gemeentelijk": false, "COA2": false, "Centraal  Orgaan": false, "ècoa": false, "coa coaching coa": true,
	} {
		if x.Named(words) != named {
			t.Errorf("%q: named is %t", words, !named)
		}
	}
	if (Interest{}).Named("iets") {
		t.Error("a party without a name is named by everything")
	}
}

func TestWhatStandsBeside(t *testing.T) {
	from, until := clock.On(2026, 3, 1), clock.On(2026, 9, 1)
	said := []Spoken{{"advocacy.to", "COA"}, {"advocacy.kind.ally", "COA en gemeente"}, {"advocacy.kind.talk", "COA"}}
	for what, x := range map[string]struct {
		in   Interest
		tied []string
		want []string
	}{
		"it goes on":           {Interest{Since: clock.On(2020, 1, 1), Said: InterestSaid{Party: "COA"}}, nil, []string{"advocacy.to", "advocacy.kind.ally", "advocacy.kind.talk"}},
		"over a year before":   {Interest{Since: clock.On(2020, 1, 1), Until: clock.On(2025, 3, 1), Said: InterestSaid{Party: "gemeente"}}, nil, []string{"advocacy.kind.ally"}},
		"over three years":     {Interest{Since: clock.On(2020, 1, 1), Until: clock.On(2023, 3, 1), Said: InterestSaid{Party: "COA"}}, nil, nil},
		"begins later":         {Interest{Since: clock.On(2026, 9, 2), Said: InterestSaid{Party: "COA"}}, nil, nil},
		"named nowhere":        {Interest{Since: clock.On(2020, 1, 1), Said: InterestSaid{Party: "IND"}}, nil, nil},
		"put there":            {Interest{ID: "a", Since: clock.On(2020, 1, 1), Until: clock.On(2021, 1, 1), Said: InterestSaid{Party: "IND"}}, []string{"a"}, []string{}},
		"taken out, put there": {Interest{ID: "a", Since: clock.On(2020, 1, 1), Gone: dbtest.Start, Said: InterestSaid{Party: "COA"}}, []string{"a"}, nil},
	} {
		got := Beside([]Interest{x.in}, said, x.tied, from, until)
		if len(got) != map[bool]int{true: 1}[x.want != nil] || len(got) == 1 && !slices.Equal(got[0].Where, x.want) {
			t.Errorf("%s: %v", what, got)
		}
	}
}

func declared(more ...string) url.Values {
	f := webtest.Form("partij", "IND", "ook", "immigratiedienst, Immigratie- en Naturalisatiedienst", "soort", "grant", "sinds", "2025-01-01", "wat", "Begeleiding.", "besloot", "Raad van toezicht", "apart", "Wie over geld praat, vraagt niets.")
	for i := 0; i+1 < len(more); i += 2 {
		f.Set(more[i], more[i+1])
	}
	return f
}

func TestWhoPaysUsStandsBesideWhatWeAsk(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		n, a, r, m := o.As(noor), o.As(amira), o.As(ria), o.As(marwan)
		want(t, "an empty register", r.Get("/geldgevers"), 200, "Er staat nog niemand in", "!Geldgever toevoegen")
		for f, text := range map[string]string{"partij": "Schrijf het in eigen woorden", "soort": "Kies", "sinds": "Kies een dag", "besloot": "Schrijf het in eigen woorden", "apart": "Schrijf het in eigen woorden"} {
			want(t, "without "+f, n.Post("/geldgevers/nieuw", declared(f, "")), 422, text, "Wie praat over het geld")
		}
		for f, bad := range map[string]string{"tot": "2024-12-31", "ook": "x, COA", "sinds": "2030-01-01", "apart": "BSN 111222333"} {
			if x := n.Post("/geldgevers/nieuw", declared(f, bad)); x.Code != 422 {
				t.Errorf("%s %q answers %d", f, bad, x.Code)
			}
		}
		for who, x := range map[string]webtest.Answer{"who works on dossiers": a.Post("/geldgevers/nieuw", declared()), "a lawyer of ours": m.Post("/geldgevers/nieuw", declared()), "the desk": r.Get("/geldgevers/nieuw")} {
			if x.Code != 404 {
				t.Errorf("%s declares: %d", who, x.Code)
			}
		}
		open := must(t, a, "/belangen/nieuw", filled())
		shut := must(t, a, "/belangen/nieuw", filled("eis", "Een geheim plan.", "aan", "De immigratiedienst", "kring", "few"))
		other := must(t, a, "/belangen/nieuw", filled("eis", "Een kindvriendelijke wachtkamer.", "aan", "Rechtbank"))
		want(t, "nobody pays us yet", a.Get(open), 200, "Niemand in dit dossier staat in het register")
		at := must(t, n, "/geldgevers/nieuw", declared())
		for what, path := range map[string]string{"the dossier": open, "the confidential one": shut} {
			want(t, what, a.Get(path), 200, "Geld en belangen", "Subsidie", "sinds woensdag 1 januari 2025", "Raad van toezicht", "Wie over geld praat", "Genoemd bij", at, "!Niemand in dit dossier")
		}
		want(t, "who is not named", a.Get(other), 200, "Niemand in dit dossier staat in het register", "!Raad van toezicht")
		want(t, "the list", r.Get("/belangen"), 200, "betaalt ons: IND", "!geheim")
		want(t, "the file", a.Get("/belangen/bestand"), 200, "Betaalt ons", ";IND")
		want(t, "the register, to who knows both", a.Get(at), 200, "Een tolk die de taal spreekt.", "Een geheim plan.", "!wachtkamer")
		want(t, "the register, to who does not", r.Get(at), 200, "Een tolk die de taal spreekt.", "!geheim", "!Wijzigen", "!Uit het register")

		// Somebody who is named among the allies, and somebody whom a colleague puts there.
		must(t, a, other+"/erbij", webtest.Form("deel", "voice", "stem-soort", "ally", "stem-wie", "Mensen van de IND", "stem-wat", "Willen het ook."))
		want(t, "an ally pays us", a.Get(other), 200, "Genoemd bij: Bondgenoot", "Raad van toezicht")
		city := must(t, n, "/geldgevers/nieuw", declared("partij", "=Gemeente; Ede", "ook", "", "soort", "contract", "tot", "2025-06-30"))
		id := strings.TrimPrefix(city, "/geldgevers/")
		want(t, "made up", a.Post(open+"/geldgever", webtest.Form("geldgever", "ag-none")), 422, "Kies")
		must(t, a, open+"/geldgever", webtest.Form("geldgever", id))
		want(t, "put there", a.Get(open), 200, "Hier neergezet door een collega", "Voorbij", "tot en met maandag 30 juni 2025", "Geldgever erbij gezet · =Gemeente")
		if x := r.Post(open+"/geldgever", webtest.Form("geldgever", id)); x.Code != 404 {
			t.Errorf("who only reads puts somebody there: %d", x.Code)
		}
		if x := m.Post(shut+"/geldgever", webtest.Form("geldgever", id)); x.Code != 404 {
			t.Errorf("who may not know of it puts somebody there: %d", x.Code)
		}
		must(t, a, open+"/geldgever-los", webtest.Form("geldgever", id))
		want(t, "taken off", a.Get(open), 200, "!Hier neergezet", "Geldgever losgemaakt")
		for _, line := range strings.Split(a.Get("/belangen/bestand").Body, "\n") {
			if strings.Contains(line, ";=") || strings.HasPrefix(line, "=") {
				t.Errorf("a spreadsheet reads a formula: %s", line)
			}
		}

		// What is written anew leaves its earlier reading; two at once are a conflict.
		must(t, n, at+"/wijzigen", declared("versie", "1", "soort", "contract", "besloot", "Directie"))
		if x := n.Post(at+"/wijzigen", declared("versie", "1", "besloot", "Niemand")); x.Code != 409 {
			t.Errorf("a second change answers %d", x.Code)
		}
		want(t, "as it was", r.Get(at), 200, "Directie", "Raad van toezicht", "Eerder stond hier iets anders", "Noor")
		must(t, n, at+"/weg", webtest.Form())
		want(t, "taken out", a.Get(open), 200, "!Directie")
		want(t, "its page", r.Get(at), 200, "niet meer in het register", "Directie")
		must(t, n, at+"/terug", webtest.Form())
		want(t, "put back", a.Get(open), 200, "Directie")
		for _, b := range many[[]byte](t, d, db.F(`SELECT body FROM advocacy_interest`)) {
			if strings.Contains(string(b), "Directie") {
				t.Error("it stands in the clear")
			}
		}
	})
}

// What is lent to the report says nothing of a dossier, and names only who is named in the words that are handed over.
func TestTheReportHearsWhoPaysUs(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		n := o.As(noor)
		must(t, n, "/geldgevers/nieuw", declared())
		must(t, n, "/geldgevers/nieuw", declared("partij", "COA", "ook", "", "sinds", "2026-10-01"))
		c, err := lang.Load(lang.Part{Name: "ui", FS: ui.Texts}, lang.Part{Name: "advocacy", FS: Texts})
		if err != nil {
			t.Fatal(err)
		}
		got, err := o.s.Lines(lang.With(t.Context(), "nl", c), clock.On(2026, 7, 1), clock.On(2026, 9, 30), "De IND zoekt het uit.", "Het COA ook.")
		if err != nil || len(got) != 1 || !strings.Contains(got[0].NL, "IND: wij krijgen subsidie. Sinds woensdag 1 januari 2025.") || !strings.Contains(got[0].EN, "IND: we receive a grant.") || !strings.Contains(got[0].Apart, "Raad van toezicht") {
			t.Errorf("%v %+v", err, got)
		}
	})
}

func many[T any](t *testing.T, d *db.DB, f db.Frag) []T {
	t.Helper()
	xs, err := db.Many[T](t.Context(), d, f)
	if err != nil {
		t.Fatal(err)
	}
	return xs
}
