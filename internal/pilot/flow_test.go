package pilot

// This file walks a pilot through its pages on both databases: planned, locked, measured, evaluated and decided.

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/audit"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/db/dbtest"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/privacy"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
	"reisgezel/internal/kernel/web/webtest"
	"reisgezel/internal/organisation"
)

var lines = []db.Line{{Name: "web", FS: web.Schema}, {Name: "access", FS: access.Schema}, {Name: "audit", FS: audit.Schema}, {Name: "organisation", FS: organisation.Schema}, {Name: "pilot", FS: Schema}}

func worker(id string, r access.Role) access.Actor {
	return access.Actor{Kind: access.Staff, ID: id, Name: id, Posts: []access.Post{{Role: r, Scope: access.Scope{Kind: access.Team, ID: "t-utrecht"}}}}
}

func newHouse(t *testing.T, d *db.DB) (*webtest.House, *Pilots) {
	t.Helper()
	v, err := privacy.Open(t.Context(), dbtest.SQLite(t, []db.Line{{Name: "keys", FS: privacy.KeySchema}}), make([]byte, 32))
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Bulk(t.Context(), func(tx *db.Tx) error { _, err := organisation.Demo(t.Context(), tx, d.Now(), 20); return err }); err != nil {
		t.Fatal(err)
	}
	s := New(d, v, organisation.New(d), Lent{Rows: func(_ *web.Visit, ids []string) (out []ui.RowP, err error) {
		for _, id := range ids {
			out = append(out, ui.RowP{Href: "/knelpunten/" + id, Title: "Waarom geen bed?"})
		}
		return out, nil
	}, Choices: func(*web.Visit) ([]ui.Option, error) {
		return []ui.Option{{Value: "kp-bed", Label: "Waarom geen bed?"}}, nil
	}})
	vandaag := web.Route{Name: "today", Method: http.MethodGet, Path: "/vandaag", May: access.Rule{Action: "test"}, Do: func(v *web.Visit) error {
		var b strings.Builder
		for _, x := range s.Panels() {
			p, err := x.Show(v)
			if err != nil {
				return err
			}
			if p.Body != nil {
				if err := p.Body.Render(v.Ctx(), &b); err != nil {
					return err
				}
			}
		}
		return v.Text(200, b.String())
	}}
	beside := web.Route{Name: "beside", Method: http.MethodGet, Path: "/naast/{bottleneck}", May: access.Rule{Action: "test"}, Do: func(v *web.Visit) error {
		rows, err := s.Beside(v, v.Param("bottleneck"))
		if err != nil {
			return err
		}
		more, err := s.Find(v, "bedden")
		if err != nil {
			return err
		}
		return v.Text(200, fmt.Sprint(rows, more))
	}}
	return webtest.New(t, d, []lang.Part{{Name: "ui", FS: ui.Texts}, {Name: "organisation", FS: organisation.Texts}, {Name: "pilot", FS: Texts}}, append(s.Routes(), vandaag, beside)...), s
}

func want(t *testing.T, what string, a webtest.Answer, code int, texts ...string) {
	t.Helper()
	if a.Code != code {
		t.Fatalf("%s answers %d: %.900s", what, a.Code, a.Body)
	}
	for _, x := range texts {
		if not, ok := strings.CutPrefix(x, "!"); ok {
			if strings.Contains(a.Body, not) {
				t.Errorf("%s shows %q", what, not)
			}
		} else if !strings.Contains(a.Body, x) {
			_, body, _ := strings.Cut(a.Body, "<main")
			t.Errorf("%s lacks %q:\n%.1500s", what, x, body)
		}
	}
}

func TestAPilotFromPlanToDecision(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		h, _ := newHouse(t, d)
		a, n, r := h.As(worker("u-amira", access.Case)), h.As(worker("u-noor", access.Lead)), h.As(worker("u-ria", access.Desk))
		must := func(v *webtest.Visitor, path string, form ...string) string {
			t.Helper()
			x := v.Post(path, webtest.Form(form...))
			if x.Code != 303 {
				t.Fatalf("%s %v: %d %.900s", path, form, x.Code, x.Body)
			}
			to, _, _ := strings.Cut(x.To, "?")
			return to
		}
		plan := func(more ...string) url.Values {
			f := webtest.Form("naam", "Bedden bij aankomst", "hypothese", "Met dertig bedden slaapt niemand op de grond.", "doel", "Geen kind zonder bed.", "start", "De zaal is vrij.", "stop", "Niemand komt.", "geld", "12.500", "eigenaar", "u-amira", "evaluatie", "2026-12-01", "knelpunt", "kp-bed")
			for i := 0; i+1 < len(more); i += 2 {
				f.Set(more[i], more[i+1])
			}
			return f
		}
		if x := r.Get("/pilots/nieuw"); x.Code != 404 {
			t.Errorf("a volunteer begins a pilot: %d", x.Code)
		}
		want(t, "faults", a.Post("/pilots/nieuw", webtest.Form("geld", "veel", "naam", "Bedden")), 422, "in hele euro", "Schrijf het in eigen woorden", "Kies vandaag of een latere dag", "Bedden")
		x := a.Post("/pilots/nieuw", plan())
		to, _, _ := strings.Cut(x.To, "?")
		want(t, "the plan", r.Get(to), 200, "Geen kind zonder bed.", "€ 12.500", "Waarom geen bed?", "!Stap zetten")
		want(t, "beside the bottleneck", r.Get("/naast/kp-bed"), 200, "Bedden bij aankomst")
		want(t, "written anew", a.Get(to+"/plan"), 200, "De zaal is vrij.", `value="12500"`)
		if x := a.Post(to+"/plan", plan("versie", "1", "stop", "Drie nachten niemand.")); x.Code != 303 {
			t.Fatal(x.Code, x.Body)
		}
		// Nothing starts of which nobody knows how to see whether it helps.
		want(t, "without a measure", a.Post(to, webtest.Form("naar", Running, "eigenaar", "u-amira", "evaluatie", "2026-12-01", "woorden", "Ja.", "versie", "2")), 422, "ten minste één maat")
		var ids []string
		for _, m := range [][]string{{"maat-naam", "Kinderen zonder bed", "maat-eenheid", "per nacht", "maat-vergelijk", "hal Noord"}, {"maat-naam", "Klachten", "maat-eenheid", "per week"}} {
			must(a, to+"/erbij", append(m, "deel", Measure, "maat-beter", "down")...)
			all, err := db.Many[string](t.Context(), d, db.F(`SELECT id FROM pilot_item WHERE kind = 'measure'`))
			if err != nil {
				t.Fatal(err)
			}
			// Ids of one moment stand in no order, so the new one is the one that was not there.
			ids = append(ids, slices.DeleteFunc(all, func(id string) bool { return slices.Contains(ids, id) })...)
		}
		must(a, to+"/weg/"+ids[1])
		want(t, "taken away", a.Get(to), 200, "1 weggehaald", "Zet terug")
		must(a, to+"/terug/"+ids[1])
		must(a, to, "naar", Running, "eigenaar", "u-amira", "evaluatie", "2026-12-01", "woorden", "Wij beginnen.", "versie", "2")
		// Locked: the plan is not written anew, and no measure goes; what changes is added with its reason.
		for path, form := range map[string]url.Values{to + "/plan": plan("versie", "3"), to + "/weg/" + ids[0]: nil} {
			if x := a.Post(path, form); x.Code != 409 {
				t.Errorf("%s after the start: %d", path, x.Code)
			}
		}
		want(t, "without a reason", a.Post(to+"/wijziging", webtest.Form("onderdeel", "goal", "nieuw", "Ook volwassenen.", "versie", "3")), 422, "in eigen woorden", "Ook volwassenen.")
		must(a, to+"/wijziging", "onderdeel", "budget", "nieuw", "15.000", "reden", "Meer bedden.", "versie", "3")
		must(a, to+"/wijziging", "onderdeel", "goal", "nieuw", "Ook volwassenen.", "reden", "Het kon.", "versie", "4")
		want(t, "changed", r.Get(to), 200, "Geen kind zonder bed.", "Ook volwassenen.", "Het kon.", "€ 15.000", "Vast sinds")
		must(a, to+"/erbij", "deel", Measure, "maat-naam", "Slaap", "maat-eenheid", "uur", "maat-beter", "up")
		want(t, "named late", r.Get(to), 200, "pas na de start genoemd")
		// Values over time, with a comparison.
		want(t, "a comparison where there is none", a.Post(to+"/erbij", webtest.Form("deel", Value, "waarde-maat", ids[1], "waarde-groep", Beside, "waarde-getal", "3", "waarde-dag", "2026-11-20")), 422, "een vergelijking die bij deze maat hoort")
		for _, v := range [][3]string{{InPilot, "14", "2026-11-01"}, {InPilot, "5,5", "2026-11-20"}, {Beside, "13", "2026-11-01"}, {Beside, "12,5", "2026-11-20"}} {
			must(a, to+"/erbij", "deel", Value, "waarde-maat", ids[0], "waarde-groep", v[0], "waarde-getal", v[1], "waarde-dag", v[2])
		}
		must(a, to+"/erbij", "deel", Spent, "geld-naam", "Bedden", "geld-bedrag", "16000", "geld-dag", "2026-11-10")
		must(a, to+"/erbij", "deel", Partner, "partner-naam", "COA", "partner-wat", "Geeft de zaal.")
		want(t, "measured", r.Get(to), 200, "−8,5 per nacht", "Dat is beter.", "hal Noord: −0,5 per nacht", "Verschil: −8 per nacht", "€ 16.000", "meer dan begroot", "COA")
		want(t, "Vandaag of the owner", a.Get("/vandaag"), 200, "Bedden bij aankomst", "evaluatie op")
		want(t, "Vandaag of another", n.Get("/vandaag"), 200, "!Bedden")
		// Evaluated, decided by who may, and looked at again.
		if x := a.Post(to+"/besluit", webtest.Form("besluit", "embed", "redenen", "x", "versie", "5")); x.Code != 404 {
			t.Errorf("a caseworker decides: %d", x.Code)
		}
		want(t, "too early", n.Post(to+"/besluit", webtest.Form("besluit", "embed", "redenen", "x", "versie", "5")), 422, "Deze stap kan nu niet")
		must(a, to, "naar", Evaluated, "eigenaar", "u-amira", "woorden", "Bijna niemand slaapt nog op de grond.", "versie", "5")
		want(t, "no reasons", n.Post(to+"/besluit", webtest.Form("besluit", "continue", "versie", "6")), 422, "in eigen woorden", "Kies vandaag of een latere dag")
		must(n, to+"/besluit", "besluit", "embed", "redenen", "Het werkt.", "versie", "6")
		want(t, "the decisions", r.Get("/pilots/besluiten"), 200, "Bedden bij aankomst", "Het werkt.", "Inbedden", "Noor Visser")
		if x := a.Post(to+"/erbij", webtest.Form("deel", Partner, "partner-naam", "x", "partner-wat", "y")); x.Code != 409 {
			t.Errorf("something is added after the decision: %d", x.Code)
		}
		want(t, "a caseworker looks at the decision again", a.Post(to, webtest.Form("naar", Evaluated, "eigenaar", "u-amira", "woorden", "x", "versie", "7")), 422, "Een besluit herzien kan")
		must(n, to, "naar", Evaluated, "eigenaar", "u-amira", "woorden", "De cijfers waren van één hal.", "versie", "7")
		want(t, "looked at again", r.Get("/pilots/besluiten"), 200, "!Bedden bij aankomst")
		want(t, "its history", r.Get(to), 200, "Het werkt.", "De cijfers waren van één hal.", "Bijna niemand slaapt nog op de grond.", "Drie nachten niemand.")
		if x := n.Post(to+"/besluit", webtest.Form("besluit", "stop", "redenen", "x", "versie", "7")); x.Code != 409 {
			t.Errorf("with an old version: %d", x.Code)
		}
		// What continues runs on: it is measured, and evaluated on its new day.
		must(n, to+"/besluit", "besluit", "continue", "redenen", "Nog een winter.", "opnieuw", "2027-03-01", "versie", "8")
		want(t, "it runs on", a.Get(to), 200, "Loopt", "Nog een winter.", "maandag 1 maart")
		want(t, "the decisions", r.Get("/pilots/besluiten"), 200, "Nog een winter.", "Noor Visser")
		must(a, to+"/erbij", "deel", Partner, "partner-naam", "Leger des Heils", "partner-wat", "Geeft bedden.")
		must(a, to, "naar", Evaluated, "eigenaar", "u-amira", "woorden", "Ook deze winter.", "versie", "9")
		steps, err := db.One[int](t.Context(), d, db.F(`SELECT COUNT(*) FROM pilot_step`))
		if err != nil {
			t.Fatal(err)
		}
		logged, err := db.One[int](t.Context(), d, db.F(`SELECT COUNT(*) FROM audit_entry WHERE event LIKE 'pilot.event.%'`))
		if err != nil || steps != logged || steps < 15 {
			t.Errorf("%d steps, %d in the log: %v", steps, logged, err)
		}
		for _, path := range []string{"/pilots/pi-none", "/pilots/pi-none/plan"} {
			if x := a.Get(path); x.Code != 404 {
				t.Errorf("%s: %d", path, x.Code)
			}
		}
	})
}
