package litigation

// This file walks a case through its pages on both databases, with rooms beside it that are played.

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/audit"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/db/dbtest"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/privacy"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
	"reisgezel/internal/kernel/web/webtest"
	"reisgezel/internal/organisation"
)

var lines = []db.Line{{Name: "web", FS: web.Schema}, {Name: "access", FS: access.Schema}, {Name: "audit", FS: audit.Schema}, {Name: "organisation", FS: organisation.Schema}, {Name: "litigation", FS: Schema}}

func worker(id string, r access.Role) access.Actor {
	return access.Actor{Kind: access.Staff, ID: id, Name: id, Posts: []access.Post{{Role: r, Scope: access.Scope{Kind: access.Team, ID: "t-utrecht"}}}}
}

// world is what the rooms beside it say, and what they were told.
type world struct {
	people int
	agreed []Agreed
	wished []string
	told   []string
}

func newHouse(t *testing.T, d *db.DB, w *world) *webtest.House {
	t.Helper()
	v, err := privacy.Open(t.Context(), dbtest.SQLite(t, []db.Line{{Name: "keys", FS: privacy.KeySchema}}), make([]byte, 32))
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Bulk(t.Context(), func(tx *db.Tx) error { _, err := organisation.Demo(t.Context(), tx, d.Now(), 20); return err }); err != nil {
		t.Fatal(err)
	}
	one := func(v, l string) []ui.Option { return []ui.Option{{Value: v, Label: l}} }
	s := New(d, v, organisation.New(d), Lent{
		Choices: func(*web.Visit) (a, b, c []ui.Option) {
			return one("asylum", "Asiel"), one("decision", "Beschikking"), one("er", "Eritrea")
		},
		Count: func(context.Context, db.Q, Criteria) (int, error) { return w.people, nil },
		Wish: func(_ context.Context, _ *db.Tx, matter, title, words string, c Criteria) error {
			w.wished = append(w.wished, title+" "+words+" "+c.Topic)
			return nil
		},
		Agreed: func(*web.Visit, string) ([]Agreed, error) { return w.agreed, nil },
		Remedies: func(_ *web.Visit, instance string) ([]Remedy, error) {
			if instance != "council" {
				return nil, nil
			}
			return []Remedy{{"vw-further", "Vier weken", "Vw 2000 art. 69"}}, nil
		},
		Term: func(_ context.Context, _ db.Q, _ string, day clock.Date) (clock.Date, clock.Date, error) {
			return day.AddDays(28), day.AddDays(30), nil
		},
		Bottlenecks: func(*web.Visit, []string) ([]ui.RowP, error) {
			return []ui.RowP{{Href: "/knelpunten/kp", Title: "Waarom?"}}, nil
		},
		BottleneckChoices: func(*web.Visit) ([]ui.Option, error) { return one("kp", "Waarom?"), nil },
		MayTell:           func(words string) (bool, error) { return !strings.Contains(words, "06-"), nil },
		Tell:              func(_ *web.Visit, _ *db.Tx, _, words string) error { w.told = append(w.told, words); return nil },
		Propose: func(_ *web.Visit, title, reason string) string {
			return "/regels/voorstel?" + url.Values{"title": {title}, "reason": {reason}}.Encode()
		},
	})
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
		rows, err := s.Beside(v, "kp")
		if err != nil {
			return err
		}
		fmt.Fprint(&b, " beside ", rows)
		return v.Text(200, b.String())
	}}
	return webtest.New(t, d, []lang.Part{{Name: "ui", FS: ui.Texts}, {Name: "organisation", FS: organisation.Texts}, {Name: "litigation", FS: Texts}}, append(s.Routes(), vandaag)...)
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

func TestACaseFromQuestionToToldBack(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		w := &world{people: 7}
		h := newHouse(t, d, w)
		m, a, r, n := h.As(worker("u-marwan", access.Legal)), h.As(worker("u-amira", access.Case)), h.As(worker("u-ria", access.Desk)), h.As(worker("u-noor", access.Lead))
		must := func(v *webtest.Visitor, path string, form ...string) string {
			t.Helper()
			x := v.Post(path, webtest.Form(form...))
			if x.Code != 303 {
				t.Fatalf("%s %v: %d %.900s", path, form, x.Code, x.Body)
			}
			to, _, _ := strings.Cut(x.To, "?")
			return to
		}
		for _, v := range []*webtest.Visitor{a, r} {
			if x := v.Get("/procederen/nieuw"); x.Code != 404 {
				t.Errorf("begins a case: %d", x.Code)
			}
		}
		if x := r.Get("/procederen"); x.Code != 404 {
			t.Errorf("a volunteer reads cases: %d", x.Code)
		}
		want(t, "faults", m.Post("/procederen/nieuw", webtest.Form("waarom", "V-nummer 2819940173")), 422, "nummer van een persoon", "in eigen woorden", "Kies vandaag")
		to := must(m, "/procederen/nieuw", "vraag", "Mag dat?", "waarom", "Het raakt velen.", "instantie", "court", "eigenaar", "u-marwan", "volgende", "2026-12-01", "knelpunt", "kp")
		want(t, "the case", a.Get(to), 200, "Mag dat?", "Het raakt velen.", "Waarom?", "!Stap zetten", "!Tellen en vragen")

		// A count first, that tells of no small group; the same for nobody and for nine.
		at := to + "/kandidaten"
		if x := a.Get(at); x.Code != 404 {
			t.Errorf("a caseworker counts: %d", x.Code)
		}
		want(t, "a wish before a count", m.Post(at+"/vragen", webtest.Form("doel", "Tweede zaak.")), 422, "Tel eerst")
		want(t, "faults", m.Post(at, webtest.Form("onderwerp", "x", "tegen", "1")), 422, "Kies wat past", "Kies wat er gebeurde")
		var pages []string
		for _, k := range []int{0, 1, 9} {
			w.people = k
			must(m, at, "onderwerp", "asylum", "wat", "decision", "tegen", "1", "herkomst", "er")
			x := m.Get(at)
			want(t, "few", x, 200, "minder dan 10 mensen")
			_, body, _ := strings.Cut(x.Body, `id="h-aantal"`)
			body, _, _ = strings.Cut(body, "<form")
			pages = append(pages, body)
		}
		if pages[0] != pages[1] || pages[1] != pages[2] {
			t.Error("nobody, one and nine can be told apart")
		}
		w.people = 43
		must(m, at, "onderwerp", "asylum", "wat", "decision", "tegen", "1")
		want(t, "many", m.Get(at), 200, "ongeveer 45 mensen", "!43")
		// A list only after a purpose, and only as wishes.
		want(t, "without a purpose", m.Post(at+"/vragen", webtest.Form()), 422, "in eigen woorden")
		before := m.Get(at).Body
		must(m, at+"/vragen", "doel", "Tweede zaak over de tolk.")
		if fmt.Sprint(w.wished) != "[Mag dat? Tweede zaak over de tolk. asylum]" || before == "" {
			t.Error(w.wished)
		}
		want(t, "the purpose is kept", a.Get(to), 200, "Tweede zaak over de tolk.", "Begeleiders gevraagd")
		// Only the owner reads who said yes; each time stands in the history.
		if x := n.Post(at+"/toestemmingen", nil); x.Code != 404 {
			t.Errorf("somebody else reads who said yes: %d", x.Code)
		}
		want(t, "nobody said yes", m.Post(at+"/toestemmingen", nil), 200, "Er is niemand die ja zei")
		w.agreed = []Agreed{{Called: "Selam", Team: "Utrecht", Until: "1 mei 2027", Lines: []ui.FactP{{Label: "Naam", Value: "Selam Tesfay"}}}, {Team: "Utrecht", Until: "1 mei 2027"}}
		want(t, "one did", m.Post(at+"/toestemmingen", nil), 200, "Selam Tesfay", "Naam niet vrijgegeven", "gaf nog geen blad")
		want(t, "not by a link", m.Get(at), 200, "!Selam")
		want(t, "nor in the history", a.Get(to), 200, "!Selam", "Gelezen wie ja zei")
		if k, err := db.One[int](t.Context(), d, db.F(`SELECT COUNT(*) FROM litigation_step WHERE kind = 'read'`)); err != nil || k != 2 {
			t.Errorf("%d looks in the history: %v", k, err)
		}
		// Who counts on and on is stopped.
		for range countsMost - 4 {
			must(m, at, "onderwerp", "asylum")
		}
		if x := m.Post(at, webtest.Form("onderwerp", "asylum")); x.Code != 429 {
			t.Errorf("one count too many: %d", x.Code)
		}

		// Dates: from the rules where there are rules, and otherwise by hand, which it says.
		must(m, to+"/erbij", "deel", "deadline", "termijn-soort", Deadline, "termijn-wie", "Gronden indienen", "termijn-dag", "2026-12-10")
		want(t, "by hand", a.Get(to), 200, "Gronden indienen", "met de hand ingevuld")
		ver, err := db.One[int64](t.Context(), d, db.F(`SELECT version FROM litigation_case`))
		if err != nil {
			t.Fatal(err)
		}
		v := func() string { s := fmt.Sprint(ver); ver++; return s }
		must(m, to, "naar", Running, "instantie", "council", "eigenaar", "u-marwan", "volgende", "2026-12-01", "woorden", "Naar de Raad van State.", "versie", v())
		want(t, "a made-up rule", m.Post(to+"/erbij", webtest.Form("deel", "deadline", "termijn-soort", Deadline, "termijn-wie", "x", "termijn-regel", "made-up", "termijn-vanaf", "2026-11-20")), 422, "Kies wat past")
		must(m, to+"/erbij", "deel", "deadline", "termijn-soort", Deadline, "termijn-wie", "Hoger beroep", "termijn-regel", "vw-further", "termijn-vanaf", "2026-11-20")
		want(t, "from the rules", a.Get(to), 200, "Hoger beroep", "Vw 2000 art. 69", "geteld vanaf vrijdag 20 november", "veilig tot vrijdag 18 december")
		want(t, "Vandaag of the owner", m.Get("/vandaag"), 200, "Hoger beroep", "Gronden indienen", "Mag dat?")
		want(t, "Vandaag of another", n.Get("/vandaag"), 200, "!Termijn · Hoger beroep", "beside", "Mag dat?")
		id, err := db.One[string](t.Context(), d, db.F(`SELECT id FROM litigation_item WHERE kind = 'deadline' AND day = '2026-12-20'`))
		if err != nil {
			t.Fatal(err)
		}
		must(m, to+"/termijn/"+id, "naar", Met)
		want(t, "Vandaag when it is met", m.Get("/vandaag"), 200, "!Hoger beroep")
		if x := m.Post(to+"/termijn/"+id, webtest.Form("naar", Gone)); x.Code != 409 {
			t.Errorf("met, and then fallen away: %d", x.Code)
		}
		must(m, to+"/termijn/"+id, "naar", Due)
		for range 2 {
			must(m, to+"/weg/"+id)
		}
		want(t, "taken away", m.Get(to), 200, "1 weggehaald")
		must(m, to+"/terug/"+id)
		// A judgment, its number checked by its form.
		want(t, "no such court", m.Post(to+"/erbij", webtest.Form("deel", "judgment", "uitspraak-soort", Judgment, "uitspraak-wie", "RvS", "uitspraak-dag", "2026-11-23", "uitspraak-uitkomst", "won", "uitspraak-ecli", "ECLI:NL:RBXXX:2026:1")), 422, "geen gerecht dat bestaat")
		must(m, to+"/erbij", "deel", "judgment", "uitspraak-soort", Judgment, "uitspraak-wie", "Raad van State", "uitspraak-dag", "2026-11-23", "uitspraak-uitkomst", "won", "uitspraak-ecli", "ecli:nl:rvs:2026:4321")
		must(m, to+"/erbij", "deel", "side", "kant-soort", Third, "kant-wie", "Vereniging van tolken", "kant-wat", "Brief aan de rechter.")
		must(m, to+"/erbij", "deel", "hearing", "zitting-soort", Hearing, "zitting-wie", "Zitting in Den Haag", "zitting-dag", "2026-11-30")
		want(t, "judged", a.Get(to), 200, "ECLI:NL:RVS:2026:4321", "https://deeplink.rechtspraak.nl/uitspraak?id=ECLI:NL:RVS:2026:4321", "Gewonnen", "Doet mee als derde", "Zitting in Den Haag")
		// It closes when its effect is written down and told back.
		must(m, to, "naar", Judged, "instantie", "council", "eigenaar", "u-marwan", "volgende", "2026-12-01", "woorden", "Gewonnen.", "versie", v())
		want(t, "too early", m.Post(to, webtest.Form("naar", Closed, "instantie", "council", "eigenaar", "u-marwan", "woorden", "Klaar.", "versie", fmt.Sprint(ver))), 422, "Schrijf eerst het gevolg op")
		want(t, "words that lead to somebody", m.Post(to+"/gevolg", webtest.Form("regels", "Anders.", "verteld", "Bel 06-12345678", "versie", fmt.Sprint(ver))), 422, "nummer van een persoon", "Bel 06-12345678")
		must(m, to+"/gevolg", "mensen", "7", "regels", "Eerst de taal, dan het gehoor.", "verteld", "De rechter gaf ons gelijk.", "versie", v())
		want(t, "the effect", m.Get(to), 200, "minder dan 10 mensen", "Eerst de taal, dan het gehoor.", "De rechter gaf ons gelijk.", "/regels/voorstel?reason=Eerst+de+taal")
		must(m, to+"/gevolg", "mensen", "", "regels", "Eerst de taal, dan het gehoor.", "verteld", "De rechter gaf ons gelijk.", "versie", v())
		if len(w.told) != 1 {
			t.Errorf("told back %d times: %v", len(w.told), w.told)
		}
		must(m, to, "naar", Closed, "instantie", "council", "eigenaar", "u-marwan", "woorden", "Klaar.", "versie", v())
		want(t, "the list", a.Get("/procederen"), 200, "Mag dat?", "Afgesloten")
		if x := m.Get("/procederen/lz-none"); x.Code != 404 {
			t.Errorf("a case that is not there: %d", x.Code)
		}
	})
}
