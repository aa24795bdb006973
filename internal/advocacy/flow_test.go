package advocacy

// This file walks a dossier through its pages on both databases, and asks every door whether a confidential one can be told from
// one that is not there.

import (
	"fmt"
	"net/http"
	"net/url"
	"regexp"
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

var lines = []db.Line{{Name: "web", FS: web.Schema}, {Name: "access", FS: access.Schema}, {Name: "audit", FS: audit.Schema}, {Name: "organisation", FS: organisation.Schema}, {Name: "advocacy", FS: Schema}}

type office struct {
	*webtest.House
	s *Advocacy
	d *db.DB
}

func newOffice(t *testing.T, d *db.DB) *office {
	t.Helper()
	v, err := privacy.Open(t.Context(), dbtest.SQLite(t, []db.Line{{Name: "keys", FS: privacy.KeySchema}}), make([]byte, 32))
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Bulk(t.Context(), func(tx *db.Tx) error { _, err := organisation.Demo(t.Context(), tx, d.Now(), 20); return err }); err != nil {
		t.Fatal(err)
	}
	all := map[string]string{"kp-tolk": "Waarom komt er een verkeerde tolk?", "kp-bed": "Waarom zijn er geen bedden?"}
	o := &office{d: d}
	o.s = New(d, v, organisation.New(d), Bottlenecks{Rows: func(_ *web.Visit, ids []string) (out []ui.RowP, err error) {
		for _, id := range ids {
			out = append(out, ui.RowP{Href: "/knelpunten/" + id, Title: all[id]})
		}
		return out, nil
	}, Choices: func(*web.Visit) ([]ui.Option, error) {
		return []ui.Option{{Value: "kp-tolk", Label: all["kp-tolk"]}, {Value: "kp-bed", Label: all["kp-bed"]}}, nil
	}})
	show := func(name, path string, rows func(v *web.Visit) ([]ui.RowP, error)) web.Route {
		return web.Route{Name: name, Method: http.MethodGet, Path: path, May: access.Rule{Action: "test"}, Do: func(v *web.Visit) error {
			rs, err := rows(v)
			if err != nil {
				return err
			}
			return v.Text(200, fmt.Sprint(rs))
		}}
	}
	vandaag := web.Route{Name: "today", Method: http.MethodGet, Path: "/vandaag", May: access.Rule{Action: "test"}, Do: func(v *web.Visit) error {
		var b strings.Builder
		for _, x := range o.s.Panels() {
			p, err := x.Show(v)
			if err != nil {
				return err
			}
			if p.Body != nil {
				if err := p.Body.Render(v.Ctx(), &b); err != nil {
					return err
				}
			}
			fmt.Fprint(&b, p.Count)
		}
		return v.Text(200, b.String())
	}}
	o.House = webtest.New(t, d, []lang.Part{{Name: "ui", FS: ui.Texts}, {Name: "organisation", FS: organisation.Texts}, {Name: "advocacy", FS: Texts}}, append(o.s.Routes(), vandaag,
		show("search", "/zoek", func(v *web.Visit) ([]ui.RowP, error) { return o.s.Find(v, v.Value("q")) }),
		show("beside", "/naast/{bottleneck}", func(v *web.Visit) ([]ui.RowP, error) { return o.s.Beside(v, v.Param("bottleneck")) }))...)
	return o
}

func worker(id string, r access.Role) access.Actor {
	return access.Actor{Kind: access.Staff, ID: id, Name: id, Posts: []access.Post{{Role: r, Scope: access.Scope{Kind: access.Team, ID: "t-utrecht"}}}}
}

var (
	amira  = worker("u-amira", access.Case)
	marwan = worker("u-marwan", access.Legal)
	noor   = worker("u-noor", access.Lead)
	ria    = worker("u-ria", access.Desk)
	pieter = worker("u-pieter", access.Privacy)
	beheer = worker("u-beheer", access.Admin)
)

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

func one[T any](t *testing.T, d *db.DB, f db.Frag) T {
	t.Helper()
	x, err := db.One[T](t.Context(), d, f)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

func must(t *testing.T, v *webtest.Visitor, path string, form url.Values) string {
	t.Helper()
	a := v.Post(path, form)
	if a.Code != 303 {
		t.Fatalf("%s: %d %.900s", path, a.Code, a.Body)
	}
	to, _, _ := strings.Cut(a.To, "?")
	return to
}

func filled(more ...string) url.Values {
	f := webtest.Form("eis", "Een tolk die de taal spreekt.", "aan", "IND", "waarom", "Verslagen kloppen niet.", "hoe", "behind", "aanpak", "Eerst praten.", "eigenaar", "u-amira", "volgende", "2026-12-01", "kring", "open")
	for i := 0; i+1 < len(more); i += 2 {
		f.Set(more[i], more[i+1])
	}
	return f
}

func TestADossierFromDemandToResult(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		a, m, r := o.As(amira), o.As(marwan), o.As(ria)
		want(t, "no dossier", r.Get("/belangen"), 200, "geen dossier", "!Nieuw dossier")
		if x := r.Get("/belangen/nieuw"); x.Code != 404 {
			t.Errorf("a volunteer begins a dossier: %d", x.Code)
		}
		want(t, "faults", a.Post("/belangen/nieuw", webtest.Form("waarom", "V-nummer 2819940173", "volgende", "2026-01-01")), 422, "Schrijf het in eigen woorden", "nummer van een persoon", "Kies vandaag of een latere dag", "2819940173")
		to := must(t, a, "/belangen/nieuw?knelpunt=kp-tolk", filled())
		want(t, "the page", r.Get(to), 200, "Een tolk die de taal spreekt.", "Verslagen kloppen niet.", "Achter de schermen", "Waarom komt er een verkeerde tolk?", "In voorbereiding", "!Weghalen", "!Stap zetten")
		want(t, "beside the bottleneck", r.Get("/naast/kp-tolk"), 200, "Een tolk die de taal spreekt.")
		want(t, "beside another", r.Get("/naast/kp-bed"), 200, "!tolk")

		// Items: faults come back in their own form with what was typed; a motion has a number that a motion can have.
		want(t, "a motion with the number of a question", a.Post(to+"/erbij", webtest.Form("deel", "doing", "daad-soort", "motion", "daad-wie", "Kamerlid", "daad-wat", "Ingediend.", "daad-dag", "2026-11-20", "daad-nummer", "2025Z01234")), 422, "Dit nummer klopt niet", "Ingediend.")
		must(t, a, to+"/erbij", webtest.Form("deel", "doing", "daad-soort", "motion", "daad-wie", "Kamerlid", "daad-wat", "Ingediend.", "daad-dag", "2026-11-20", "daad-nummer", "19637-3201"))
		must(t, m, to+"/erbij", webtest.Form("deel", "voice", "stem-soort", "opponent", "stem-wie", "Planning", "stem-wat", "Te duur.", "stem-antwoord", "Overdoen is duurder."))
		must(t, a, to+"/erbij", webtest.Form("deel", "promise", "belofte-soort", "promise", "belofte-wie", "De minister", "belofte-wat", "Een brief.", "belofte-gedaan", "2026-11-20", "belofte-dag", "2026-11-30"))
		want(t, "all of it", r.Get(to), 200, "19 637, nr. 3201", "Te duur.", "Overdoen is duurder.", "De minister", "Moet nog")
		want(t, "Vandaag of the owner", a.Get("/vandaag"), 200, "Toezegging van De minister", "Een tolk die de taal spreekt.")
		want(t, "Vandaag of another", m.Get("/vandaag"), 200, "!minister", "!tolk")

		// Taken away and put back, each pressed twice.
		motion := one[string](t, d, db.F(`SELECT id FROM advocacy_item WHERE kind = 'motion'`))
		for range 2 {
			must(t, a, to+"/weg/"+motion, nil)
		}
		want(t, "taken away", a.Get(to), 200, "1 weggehaald", "Zet terug", "!Ingediend.")
		for range 2 {
			must(t, a, to+"/terug/"+motion, nil)
		}
		want(t, "put back", a.Get(to), 200, "Ingediend.", "!1 weggehaald")
		if n := one[int](t, d, db.F(`SELECT COUNT(*) FROM advocacy_step WHERE kind IN ('removed','restored')`)); n != 2 {
			t.Errorf("%d steps of one removal and one return", n)
		}

		// A commitment is settled, with words, and can be opened again; what somebody else did meanwhile is a conflict.
		promise := one[string](t, d, db.F(`SELECT id FROM advocacy_item WHERE kind = 'promise'`))
		want(t, "the form", a.Get(to+"/toezegging/"+promise), 200, "Een brief.", "Nagekomen")
		want(t, "without words", a.Post(to+"/toezegging/"+promise, webtest.Form("uitkomst", "kept", "versie", "1")), 422, "in eigen woorden")
		must(t, a, to+"/toezegging/"+promise, webtest.Form("uitkomst", "broken", "kwam", "Er kwam geen brief.", "versie", "1"))
		if x := m.Post(to+"/toezegging/"+promise, webtest.Form("uitkomst", "kept", "kwam", "Toch.", "versie", "1")); x.Code != 409 {
			t.Errorf("with an old version: %d", x.Code)
		}
		want(t, "Vandaag after that", a.Get("/vandaag"), 200, "!minister")
		if x := a.Get(to + "/toezegging/" + motion); x.Code != 404 {
			t.Errorf("a motion settled as a commitment: %d", x.Code)
		}

		// The demand is written anew, and how it read before stays.
		must(t, a, to+"/eis", filled("eis", "Een tolk, vooraf gecontroleerd.", "versie", "1"))
		want(t, "written anew", r.Get(to), 200, "Een tolk, vooraf gecontroleerd.", "Zo stond het er", "Een tolk die de taal spreekt.")
		if x := a.Post(to+"/eis", filled("versie", "1")); x.Code != 409 {
			t.Errorf("two at once: %d", x.Code)
		}
		// Links.
		want(t, "to nothing", a.Post(to+"/knelpunt", webtest.Form("knelpunt", "kp-none")), 422, "Kies wat past")
		must(t, a, to+"/knelpunt", webtest.Form("knelpunt", "kp-bed"))
		must(t, a, to+"/los", webtest.Form("knelpunt", "kp-tolk"))
		want(t, "linked", r.Get(to), 200, "Waarom zijn er geen bedden?", `!href="/knelpunten/kp-tolk"`)
		// Steps, up to the result.
		step := func(code int, words string, form ...string) {
			t.Helper()
			f := webtest.Form("eigenaar", "u-amira", "volgende", "2026-12-10")
			for i := 0; i+1 < len(form); i += 2 {
				f.Set(form[i], form[i+1])
			}
			want(t, fmt.Sprint(form), a.Post(to, f), code, words)
		}
		step(422, "in eigen woorden", "naar", Running, "versie", "2")
		step(303, "", "naar", Running, "woorden", "Begonnen met praten.", "versie", "2")
		step(422, "Kies wat het opleverde", "naar", Ended, "woorden", "Klaar.", "versie", "3")
		step(303, "", "naar", Ended, "woorden", "Er is nu een controle.", "resultaat", "part", "versie", "3")
		want(t, "ended", r.Get(to), 200, "Een deel", "Er is nu een controle.", "Afgesloten")
		want(t, "Vandaag after the end", a.Get("/vandaag"), 200, "!vooraf gecontroleerd")
		want(t, "the list", r.Get("/belangen?stand=ended&zoek=GECONTROLEERD"), 200, "vooraf gecontroleerd", "1 dossier")
		want(t, "another list", r.Get("/belangen?stand=running"), 200, "!vooraf gecontroleerd", "0 dossiers")
		if n, k := one[int](t, d, db.F(`SELECT COUNT(*) FROM advocacy_step`)), one[int](t, d, db.F(`SELECT COUNT(*) FROM audit_entry WHERE event = 'advocacy.event.worked'`)); n != k || n < 12 {
			t.Errorf("%d steps, %d in the log", n, k)
		}
	})
}

var once = regexp.MustCompile(`name="_once"[^>]* value="[^"]*"`)

// TestAConfidentialDossierIsAbsentForOthers holds two worlds against each other: one in which there is a confidential dossier and one
// in which there never was. For who may not know of it, every door answers alike, to the byte.
func TestAConfidentialDossierIsAbsentForOthers(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		a := o.As(amira)
		must(t, a, "/belangen/nieuw", filled("eis", "Open eis.", "eigenaar", "u-marwan"))
		others := []access.Actor{marwan, ria, noor, pieter, beheer}
		world := func(id, event string, forms bool) map[string]string {
			out := map[string]string{}
			hole := strings.NewReplacer("{advocacy}", id, "{item}", "ai-none", "{happening}", event)
			for _, who := range others {
				v := o.As(who)
				for _, r := range o.s.Routes() {
					path := hole.Replace(r.Path)
					var x webtest.Answer
					switch {
					case r.Method == http.MethodGet:
						x = v.Get(path)
					case forms:
						x = v.Post(path, webtest.Form("deel", "voice", "doe", "open", "reden", "x", "versie", "1"))
					}
					out[who.ID+" "+r.Method+" "+r.Name] = strings.ReplaceAll(strings.ReplaceAll(fmt.Sprint(x.Code, x.To, x.Header, once.ReplaceAllString(x.Body, "")), event, "EVENT"), id, "ID")
				}
				for _, path := range []string{"/vandaag", "/zoek?q=Geheime", "/naast/kp-bed", "/belangen?zoek=Geheime", "/belangen/bestand?zoek=eis", "/belangen?wie=ik", "/kalender?maand=2026-11", "/kalender/bestand"} {
					x := v.Get(path)
					out[who.ID+" "+path] = fmt.Sprint(x.Code, once.ReplaceAllString(x.Body, ""))
				}
			}
			return out
		}
		before := world("ad-none", "ae-none", true)
		to := must(t, a, "/belangen/nieuw?knelpunt=kp-bed", filled("eis", "Geheime eis.", "kring", "few", "volgende", "2026-11-25"))
		must(t, a, to+"/erbij", webtest.Form("deel", "promise", "belofte-soort", "promise", "belofte-wie", "Wethouder", "belofte-wat", "Geheime bedden.", "belofte-gedaan", "2026-11-20", "belofte-dag", "2026-11-25"))
		id := strings.TrimPrefix(to, "/belangen/")
		event := strings.TrimPrefix(must(t, a, "/kalender/nieuw", webtest.Form("titel", "Geheim overleg", "soort", "other", "dag", "2026-11-25", "dossier", id)), "/kalender/moment/")
		hidden := world(id, event, true)
		for k, x := range before {
			if x != hidden[k] {
				t.Errorf("%s tells that there is a confidential dossier:\n%.400s\n%.400s", k, x, hidden[k])
			}
		}
		if n := one[int](t, d, db.F(`SELECT COUNT(*) FROM audit_entry WHERE object = ?`, id)); n != 0 {
			t.Error("the log names a confidential dossier")
		}
		// Who may know finds it everywhere: the test looks at something.
		for _, path := range []string{"/belangen", "/vandaag", "/zoek?q=geheime", "/naast/kp-bed", "/belangen/bestand", to} {
			want(t, path, a.Get(path), 200, "Geheime eis.")
		}
		// Named by a name that one has, by one that several have, and taken out again.
		want(t, "nobody", a.Post(to+"/wie", webtest.Form("doe", "erbij", "naam", "Zzz", "versie", "1")), 422, "Geen collega heet zo", "Zzz")
		want(t, "several", a.Post(to+"/wie", webtest.Form("doe", "erbij", "naam", "", "versie", "1")), 422, "Geen collega heet zo")
		want(t, "several", a.Post(to+"/wie", webtest.Form("doe", "erbij", "naam", "m", "versie", "1")), 422, "Kies wie je bedoelt", "Marwan Saleh")
		must(t, a, to+"/wie", webtest.Form("doe", "erbij", "naam", "m", "bedoeld", "u-marwan", "versie", "1"))
		want(t, "one more", o.As(marwan).Get(to), 200, "Geheime eis.", "Marwan Saleh")
		for _, who := range others[1:] {
			if x := o.As(who).Get(to); x.Code != 404 {
				t.Errorf("%s: %d", who.ID, x.Code)
			}
		}
		if x := a.Post(to+"/wie", webtest.Form("doe", "eruit", "wie", "u-amira", "versie", "2")); x.Code != 409 {
			t.Errorf("the owner is taken out: %d", x.Code)
		}
		must(t, a, to+"/wie", webtest.Form("doe", "eruit", "wie", "u-marwan", "versie", "2"))
		if x := o.As(marwan).Get(to); x.Code != 404 {
			t.Errorf("taken out, and: %d", x.Code)
		}
		// A new owner of a confidential dossier may know of it.
		must(t, a, to, webtest.Form("eigenaar", "u-noor", "volgende", "2026-11-26", "woorden", "Noor neemt het over.", "versie", "3"))
		want(t, "the new owner", o.As(noor).Get("/vandaag"), 200, "Geheime eis.", "Wethouder")
		// Opened with a reason it is there for everybody, and shut again for nobody but two.
		want(t, "without a reason", a.Post(to+"/wie", webtest.Form("doe", "open", "versie", "4")), 422, "in eigen woorden")
		must(t, a, to+"/wie", webtest.Form("doe", "open", "reden", "Het staat in de krant.", "versie", "4"))
		want(t, "open", o.As(ria).Get(to), 200, "Geheime eis.", "Het staat in de krant.")
		must(t, a, to+"/wie", webtest.Form("doe", "dicht", "reden", "Toch niet.", "versie", "5"))
		for _, who := range others {
			code := 404
			if who.ID == "u-noor" {
				code = 200
			}
			if x := o.As(who).Get(to); x.Code != code {
				t.Errorf("shut again, %s: %d", who.ID, x.Code)
			}
		}
	})
}
