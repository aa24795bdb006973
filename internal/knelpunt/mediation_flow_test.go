package knelpunt

// This file tests mediations with an institution, the warning with which a bottleneck begins, and what a bottleneck asks in English.

import (
	"context"
	"net/url"
	"strings"
	"testing"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/db/dbtest"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
	"reisgezel/internal/kernel/web/webtest"
)

func mediated(more ...string) url.Values {
	f := webtest.Form("bem-instantie", "ind", "bem-met", "Afdeling gehoren", "bem-vraag", "Stop een gehoor als de tolk de taal niet spreekt.", "bem-dag", "2026-11-20", "bem-belofte", "", "bem-voor", "", "bem-adres", "https://partner.example/zaak/7")
	for i := 0; i+1 < len(more); i += 2 {
		f.Set(more[i], more[i+1])
	}
	return f
}

func TestWhatWasAskedOfTheInstitution(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		m, r := o.As(marwan), o.As(ria)
		to := must(t, m, "/knelpunten/nieuw", started("eigenaar", "u-marwan"))
		at := to + "/bemiddeling"
		want(t, "nothing yet", m.Get(to), 200, "nog niets gevraagd", "Bemiddeling vastleggen")
		for f, bad := range map[string]string{"bem-instantie": "", "bem-met": "", "bem-vraag": "", "bem-dag": "2026-12-24", "bem-voor": "2026-12-01", "bem-adres": "http://x"} {
			want(t, f, m.Post(at, mediated(f, bad)), 422, "Bemiddeling vastleggen")
		}
		want(t, "a promise without a day", m.Post(at, mediated("bem-belofte", "Een werkinstructie.")), 422, "Kies een dag na de vraag")
		want(t, "a number of somebody", m.Post(at, mediated("bem-vraag", "Het gaat om 281 994 0173.")), 422, "nummer")
		if x := r.Post(at, mediated()); x.Code != 404 {
			t.Errorf("the desk mediates: %d", x.Code)
		}
		must(t, m, at, mediated())
		id := one[string](t, d, db.F(`SELECT id FROM knelpunt_mediation`))
		want(t, "on the bottleneck", r.Get(to), 200, at+"/"+id, "Afdeling gehoren", "Gevraagd", "!Bemiddeling vastleggen")
		want(t, "its page", r.Get(at+"/"+id), 200, "https://partner.example/zaak/7", "Stop een gehoor", "!name=\"naar\"")
		want(t, "not kept before it was promised", m.Post(at+"/"+id, webtest.Form("versie", "1", "naar", "broken", "kwam", "x")), 422, "Kies")
		must(t, m, at+"/"+id, webtest.Form("versie", "1", "naar", "promised", "kwam", "Een werkinstructie.", "voor", "2026-11-27"))
		if x := m.Post(at+"/"+id, webtest.Form("versie", "1", "naar", "kept", "kwam", "x")); x.Code != 409 {
			t.Errorf("a second answer at once: %d", x.Code)
		}
		want(t, "Vandaag", m.Get("/vandaag"), 200, "Afdeling gehoren")
		want(t, "Vandaag of another", r.Get("/vandaag"), 200, "!Afdeling gehoren")
		must(t, m, at+"/"+id, webtest.Form("versie", "2", "naar", "kept", "kwam", "De instructie is er."))
		want(t, "what came of it", r.Get(at+"/"+id), 200, "Nagekomen", "De instructie is er.", "Een werkinstructie.")
		want(t, "the story", r.Get(to), 200, "De instructie is er.")
		want(t, "Vandaag after it", m.Get("/vandaag"), 200, "!Afdeling gehoren")
		must(t, m, at+"/"+id+"/weg", webtest.Form())
		want(t, "taken away", r.Get(to), 200, "nog niets gevraagd")
		must(t, m, at+"/"+id+"/terug", webtest.Form())
		other := must(t, m, "/knelpunten/nieuw", started("vraag", "Een andere vraag?", "eigenaar", "u-marwan"))
		if x := m.Get(other + "/bemiddeling/" + id); x.Code != 404 {
			t.Errorf("at another bottleneck: %d", x.Code)
		}
		must(t, m, to+"/samen", webtest.Form("in", strings.TrimPrefix(other, "/knelpunten/"), "waarom", "Hetzelfde.", "versie", "1"))
		want(t, "it goes along", r.Get(other), 200, at+"/"+id)
		for _, b := range mustMany[[]byte](t, d, db.F(`SELECT body FROM knelpunt_mediation`)) {
			if strings.Contains(string(b), "tolk") {
				t.Error("what was asked stands in the clear")
			}
		}
	})
}

func TestTheWordsOfAMediation(t *testing.T) {
	today := clock.On(2026, 11, 24)
	m := Mediation{State: Promised, Day: clock.On(2026, 11, 1), Due: clock.On(2026, 11, 20)}
	for what, x := range map[string]struct {
		in OutcomeInput
		ok bool
	}{
		"kept":                   {OutcomeInput{"kept", "Het is er.", ""}, true},
		"broken":                 {OutcomeInput{"broken", "Niets gehoord.", ""}, true},
		"promised anew":          {OutcomeInput{"promised", "Een week later.", "2026-12-01"}, true},
		"promised without a day": {OutcomeInput{"promised", "Later.", ""}, false},
		"promised before it":     {OutcomeInput{"promised", "Later.", "2026-10-01"}, false},
		"refused after it":       {OutcomeInput{"refused", "Nee.", ""}, false},
		"without words":          {OutcomeInput{"kept", "", ""}, false},
	} {
		if _, fs := x.in.Check(m, today); (len(fs) == 0) != x.ok {
			t.Errorf("%s: %v", what, fs)
		}
	}
	for from, all := range mediationTurns {
		if len(all) == 0 {
			t.Errorf("%s goes nowhere", from)
		}
	}
}

// A bottleneck that begins with a warning tells the room of warnings, once, in the same transaction; and shows what that room lends.
func TestABottleneckBeginsWithAWarning(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		begun := map[string]string{}
		o.k.LendWarned(Warned{Rows: func(_ *web.Visit, ids ...string) (rows []ui.RowP, err error) {
			for w, b := range begun {
				for _, id := range ids {
					if b == id {
						rows = append(rows, ui.RowP{Href: "/waarschuwingen/" + w, Title: "Gehoor en tolk neemt toe"})
					}
				}
			}
			return rows, nil
		}, Begun: func(_ context.Context, _ *db.Tx, a access.Actor, warning, bottleneck string) error {
			if a.ID != "u-marwan" {
				t.Errorf("begun by %s", a.ID)
			}
			begun[warning] = bottleneck
			return nil
		}})
		m := o.As(marwan)
		want(t, "the form", m.Get("/knelpunten/nieuw?waarschuwing=mw-1&thema=interview"), 200, `name="waarschuwing" value="mw-1"`)
		want(t, "with a fault", m.Post("/knelpunten/nieuw", started("waarschuwing", "mw-1", "vraag", "")), 422, `value="mw-1"`)
		if len(begun) != 0 {
			t.Error("a form with faults tied it")
		}
		to := must(t, m, "/knelpunten/nieuw", started("waarschuwing", "mw-1", "eigenaar", "u-marwan"))
		want(t, "the bottleneck", o.As(ria).Get(to), 200, "Vroege waarschuwing", "/waarschuwingen/mw-1")
		other := must(t, m, "/knelpunten/nieuw", started("eigenaar", "u-marwan"))
		want(t, "another", m.Get(other), 200, "!Vroege waarschuwing")
	})
}

func TestTheQuestionInEnglish(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		m, r := o.As(marwan), o.As(ria)
		to := must(t, m, "/knelpunten/nieuw", started("eigenaar", "u-marwan"))
		want(t, "missing", r.Get(to), 200, "nog niet in het Engels", "!"+to+"/engels")
		if x := r.Get(to + "/engels"); x.Code != 404 {
			t.Errorf("who only reads: %d", x.Code)
		}
		want(t, "too long", m.Post(to+"/engels", webtest.Form("versie", "1", "engels", strings.Repeat("a ", 150))), 422, "tekens")
		want(t, "a number", m.Post(to+"/engels", webtest.Form("versie", "1", "engels", "Why 281 994 0173?")), 422, "nummer")
		must(t, m, to+"/engels", webtest.Form("versie", "1", "engels", "Why an interpreter of the wrong language?"))
		want(t, "written", r.Get(to), 200, "Why an interpreter of the wrong language?", "!nog niet in het Engels", "Vraag in het Engels")
		if x := m.Post(to+"/engels", webtest.Form("versie", "1", "engels", "Something else?")); x.Code != 409 {
			t.Errorf("a second writing at once: %d", x.Code)
		}
		b, err := o.k.bottleneck(t.Context(), d, strings.TrimPrefix(to, "/knelpunten/"))
		if err != nil || b.Ask.English == "" || b.Ask.Question == "" || b.State != Fresh {
			t.Errorf("%+v %v", b.Ask, err)
		}
	})
}
