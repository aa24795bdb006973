package oversight

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"reisgezel/internal/dossier"
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

var lines = []db.Line{{Name: "access", FS: access.Schema}, {Name: "audit", FS: audit.Schema}, {Name: "web", FS: web.Schema},
	{Name: "organisation", FS: organisation.Schema}, {Name: "dossier", FS: dossier.Schema}, {Name: "oversight", FS: Schema}}

// scene is a house with the colleagues of the demonstration and three people.
type scene struct {
	t     *testing.T
	d     *db.DB
	o     *Oversight
	files *dossier.Files
	vault *privacy.Vault
	h     *webtest.House
	clk   *clock.Manual

	noor, els, pieter, ria, amira access.Actor
}

func staff(id string, holders []string, posts ...access.Post) access.Actor {
	return access.Actor{Kind: access.Staff, ID: id, Posts: posts, Holders: append([]string{"user:" + id}, holders...), Lang: "nl"}
}

func at(r access.Role, k access.ScopeKind, id string) access.Post {
	return access.Post{Role: r, Scope: access.Scope{Kind: k, ID: id}}
}

func setup(t *testing.T, d *db.DB) *scene {
	t.Helper()
	ctx := context.Background()
	keys, err := db.Open(ctx, "sqlite:"+filepath.Join(t.TempDir(), "keys.db"), d.Clock())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = keys.Close() })
	if err := keys.Migrate(ctx, []db.Line{{Name: "keys", FS: privacy.KeySchema}}); err != nil {
		t.Fatal(err)
	}
	vault, err := privacy.Open(ctx, keys, bytes.Repeat([]byte{3}, 32))
	if err != nil {
		t.Fatal(err)
	}
	org := organisation.New(d)
	files := dossier.New(d, vault, org)
	o := New(d, vault, org, files)
	o.Lend(slices.Concat(Rules(), dossier.Rules(), organisation.Rules()), slices.Concat(files.Keeper().Keeps, o.Keeper().Keeps, []privacy.Class{{Name: "dossier.keeps.file", From: privacy.LastTouched, Days: 30, Job: "x"}}))
	files.Lend(o.FilePanels(), nil, o.Tabs())
	s := &scene{t: t, d: d, o: o, files: files, vault: vault, clk: d.Clock().(*clock.Manual),
		noor:   staff("u-noor", []string{"team:t-utrecht"}, at(access.Lead, access.Team, "t-utrecht")),
		els:    staff("u-els", nil, at(access.Region, access.InRegion, "r-midden")),
		pieter: staff("u-pieter", nil, at(access.Privacy, access.National, "")),
		ria:    staff("u-ria", []string{"desk:d-overvecht"}, at(access.Desk, access.AtDesk, "d-overvecht")),
		amira:  staff("u-amira", []string{"team:t-utrecht"}, at(access.Case, access.Team, "t-utrecht")),
	}
	if err := d.Bulk(ctx, func(tx *db.Tx) error { _, err := organisation.Demo(ctx, tx, tx.Now, 20); return err }); err != nil {
		t.Fatal(err)
	}
	s.person("p-selam", "u-amira", dossier.Profile{Called: "Selam", VNumber: "2819940173", Names: []dossier.NamePart{{Text: "Tesfay", Role: "father"}},
		Births: []dossier.Birth{{Year: 1991, Month: 5, Day: 3, Source: "person"}}})
	s.person("p-reem", "u-amira", dossier.Profile{Called: "Reem", VNumber: "1112223334", Births: []dossier.Birth{{Year: 1990, Month: 2, Day: 2, Source: "person"}}})
	s.person("p-twin", "u-amira", dossier.Profile{Called: "Reem", Births: []dossier.Birth{{Year: 1990, Month: 2, Day: 2, Source: "person"}}})
	if err := files.Remember(ctx); err != nil {
		t.Fatal(err)
	}
	get := func(name, path string, may access.Rule, do func(*web.Visit) error) web.Route {
		return web.Route{Name: name, Method: "GET", Path: path, May: may, Do: do}
	}
	show := func(v *web.Visit, parts ...ui.Part) error {
		var b strings.Builder
		for _, p := range parts {
			b.WriteString("[" + p.Say + "]")
			if p.Body != nil {
				if err := p.Body.Render(v.Ctx(), &b); err != nil {
					return err
				}
			}
		}
		return v.Text(200, b.String())
	}
	routes := slices.Concat(o.Routes(), files.Routes(), []web.Route{
		get("contact.record", "/contact/{person}", access.Rule{Action: "t", Need: access.SignedIn}, func(v *web.Visit) error { return v.Text(200, "") }),
		get("t.today", "/vandaag", access.Rule{Action: "t", Need: access.SignedIn}, func(v *web.Visit) error {
			p, err := o.todayPanel(v)
			if err != nil {
				return err
			}
			return show(v, p)
		}),
		get("t.home", "/mijn", access.Rule{Action: "t", Need: access.BySelf}, func(v *web.Visit) error {
			f, err := files.Open(v, v.Actor.ID, access.File, "dossier.event.open")
			if err != nil {
				return err
			}
			ps, err := files.Show(v, f, "home")
			if err != nil {
				return err
			}
			return show(v, ps...)
		}),
	})
	s.h = webtest.New(t, d, []lang.Part{{Name: "ui", FS: ui.Texts}, {Name: "organisation", FS: organisation.Texts}, {Name: "dossier", FS: dossier.Texts}, {Name: "oversight", FS: Texts}}, routes...)
	return s
}

func (s *scene) person(id, by string, p dossier.Profile) {
	s.t.Helper()
	ctx := context.Background()
	k, err := s.vault.NewKey(ctx, id)
	if err != nil {
		s.t.Fatal(err)
	}
	err = s.d.Tx(ctx, func(tx *db.Tx) error {
		return dossier.Add(ctx, tx, s.vault, k, id, p, dossier.Placing{Team: "t-utrecht", Location: "l-overvecht", By: by})
	})
	if err != nil {
		s.t.Fatal(err)
	}
}

func ask(number string, more ...string) map[string][]string {
	return webtest.Form(append([]string{"number", number, "cause", "safety", "reason", goodReason}, more...)...)
}

func (s *scene) want(what string, a webtest.Answer, code int, has ...string) {
	s.t.Helper()
	if a.Code != code {
		s.t.Fatalf("%s: answered %d, want %d\n%s", what, a.Code, code, seen(a.Body))
	}
	for _, x := range has {
		if !strings.Contains(a.Body, x) {
			s.t.Errorf("%s: %q is not there in\n%s", what, x, seen(a.Body))
		}
	}
}

// seen is the part of a page that a test shows when it fails.
func seen(body string) string {
	if _, main, ok := strings.Cut(body, "<main"); ok {
		body = main
	}
	return body[:min(3000, len(body))]
}

func (s *scene) lacks(what string, a webtest.Answer, not ...string) {
	s.t.Helper()
	for _, x := range not {
		if strings.Contains(a.Body, x) {
			s.t.Errorf("%s: %q must not be there", what, x)
		}
	}
}

func (s *scene) count(f db.Frag) int {
	s.t.Helper()
	n, err := db.One[int](s.t.Context(), s.d, f)
	if err != nil {
		s.t.Fatal(err)
	}
	return n
}

// glass is the one emergency there is.
func (s *scene) glass() Glass {
	s.t.Helper()
	gs, err := db.Many[Glass](s.t.Context(), s.d, db.F(glassColumns).Then(`ORDER BY at DESC, id DESC`))
	if err != nil || len(gs) == 0 {
		s.t.Fatalf("%d emergencies, %v", len(gs), err)
	}
	return gs[0]
}

func TestAnEmergencyFromBeginningToEnd(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		s := setup(t, d)
		noor := s.h.As(s.noor)
		absent := noor.Get("/dossier/p-nobody")
		if got := noor.Get("/dossier/p-selam"); got.Code != 404 || got.Body != absent.Body {
			t.Fatalf("before: %d, and the same as absent: %v", got.Code, got.Body == absent.Body)
		}
		s.want("the form", noor.Get("/noodtoegang"), 200, "Noodtoegang", "nog nooit")

		form := ask("v 281.994.0173", web.OnceField, "once-0123456789abcdef")
		a := noor.Post("/noodtoegang", form)
		if s.want("opening", a, 303); a.To != "/dossier/p-selam?gezegd=oversight.said.opened" {
			t.Fatalf("to %q", a.To)
		}
		if again := noor.Post("/noodtoegang", form); again.Code != 303 || s.count(db.F(`SELECT COUNT(*) FROM oversight_glass`)) != 1 {
			t.Fatalf("pressed twice: %d, %d emergencies", again.Code, s.count(db.F(`SELECT COUNT(*) FROM oversight_glass`)))
		}
		g := s.glass()
		s.want("the file", noor.Get(a.To), 200, "Selam", "dit dossier is open tot 12:00", "/noodtoegang/"+g.ID+"/klaar")
		if got := s.h.As(s.els).Get("/dossier/p-selam"); got.Code != 404 {
			t.Errorf("another leader: %d", got.Code)
		}

		// The reason is nowhere to be read, and the log has identifiers only.
		if bytes.Contains(g.Reason, []byte("jurist")) || bytes.Contains(g.Reason, []byte("safety")) {
			t.Error("the reason can be read in the database")
		}
		es, err := audit.Of(t.Context(), d, "p-selam", 0, 50)
		if err != nil {
			t.Fatal(err)
		}
		i := slices.IndexFunc(es, func(e audit.Entry) bool { return e.Event == "oversight.event.opened" })
		if i < 0 || es[i].Actor != "u-noor" || es[i].Why != "breakglass" || es[i].Role != "lead" || es[i].Grant != g.Access || es[i].Object != g.ID || es[i].Session == "" {
			t.Errorf("the log says %+v", es)
		}
		if b, _ := json.Marshal(es); bytes.Contains(b, []byte("jurist")) || bytes.Contains(b, []byte("Selam")) || bytes.Contains(b, []byte("2819940173")) {
			t.Errorf("the log tells more than identifiers: %s", b)
		}

		// The person is told, in the person's language, and never in words that bring danger.
		self := access.Actor{Kind: access.IsSelf, ID: "p-selam", Holders: []string{"self:p-selam"}, Lang: "ar"}
		home := s.h.As(self).Get("/mijn")
		s.want("told", home, 200, "فُتح ملفك", "Noor Visser", "12:00")
		s.lacks("told", home, goodReason, "jurist", "safety", "veiligheid", "oversight.")
		other := access.Actor{Kind: access.IsSelf, ID: "p-reem", Holders: []string{"self:p-reem"}, Lang: "ar"}
		s.lacks("another person", s.h.As(other).Get("/mijn"), "Noor", "فُتح")

		// The privacy officer is told, and judges without the person's name.
		pieter := s.h.As(s.pieter)
		s.want("Vandaag", pieter.Get("/vandaag"), 200, "[één keer noodtoegang wacht op je oordeel]", "Noor Visser", "7")
		list := pieter.Get("/toezicht")
		s.want("the list", list, 200, "Noor Visser", "bij Pieter Smit", "Nog te beoordelen")
		s.lacks("the list", list, "Selam", "Tesfay", goodReason)
		before := s.count(db.F(`SELECT COUNT(*) FROM audit_entry WHERE event = ?`, "oversight.event.reviewed"))
		page := pieter.Get("/toezicht/noodtoegang/" + g.ID)
		s.want("the review", page, 200, goodReason, "Het gaat om veiligheid", "V-nummer", "Amira Haddad", "p-selam", "bekeek het dossier")
		s.lacks("the review", page, "Selam", "Tesfay", "2819940173")
		if n := s.count(db.F(`SELECT COUNT(*) FROM audit_entry WHERE event = ?`, "oversight.event.reviewed")); n != before+1 {
			t.Error("reading the reason is not in the log")
		}
		s.want("a bad judgement", pieter.Post("/toezicht/noodtoegang/"+g.ID, webtest.Form("verdict", "wrong", "note", "nee")), 422, "Schrijf minstens 10 tekens", ">nee</textarea>")
		s.want("a question", pieter.Post("/toezicht/noodtoegang/"+g.ID, webtest.Form("verdict", "asked", "note", "Waarom kon Amira dit niet doen?")), 303)
		if x := s.glass(); x.State != Asked || x.Judged() {
			t.Errorf("after a question: %+v", x)
		}
		s.want("asked", noor.Get("/vandaag"), 200, "[één vraag over noodtoegang wacht op je antwoord]")
		own := noor.Get("/noodtoegang/" + g.ID)
		s.want("her own page", own, 200, "Waarom kon Amira dit niet doen?", "Je antwoord")
		if els := s.h.As(s.els); els.Get("/noodtoegang/"+g.ID).Body != els.Get("/noodtoegang/n-none").Body || els.Get("/noodtoegang/"+g.ID).Code != 404 {
			t.Error("another leader sees it")
		}
		s.want("an answer too short", noor.Post("/noodtoegang/"+g.ID, webtest.Form("answer", "daarom")), 422, ">daarom</textarea>")
		s.want("the answer", noor.Post("/noodtoegang/"+g.ID, webtest.Form("answer", "Amira was die hele dag op cursus.")), 303)
		s.want("the review", pieter.Get("/toezicht/noodtoegang/"+g.ID), 200, "Amira was die hele dag op cursus.", "Waarom kon Amira dit niet doen?")

		// Wrong: it closes at once, and the person reads so.
		if got := noor.Get("/dossier/p-selam"); got.Code != 200 {
			t.Fatalf("still open: %d", got.Code)
		}
		s.want("judged", pieter.Post("/toezicht/noodtoegang/"+g.ID, webtest.Form("verdict", "wrong", "note", "De termijn liep pas over een maand af.")), 303)
		if got := noor.Get("/dossier/p-selam"); got.Code != 404 || got.Body != absent.Body {
			t.Errorf("after the judgement: %d", got.Code)
		}
		s.want("told", s.h.As(self).Get("/mijn"), 200, "لم يكن ذلك مسموحًا")
		s.lacks("Vandaag", pieter.Get("/vandaag"), "Noor")
		s.want("the list", pieter.Get("/toezicht"), 200, "Niet terecht", "beoordeeld door Pieter Smit", "Er wacht niets")

		// A judgement may be looked at again; the earlier one stays.
		s.want("looked at again", pieter.Post("/toezicht/noodtoegang/"+g.ID, webtest.Form("verdict", "right")), 303)
		if ss := s.count(db.F(`SELECT COUNT(*) FROM oversight_step WHERE glass = ?`, g.ID)); ss != 4 || s.glass().State != Right {
			t.Errorf("%d steps, %s", ss, s.glass().State)
		}
		if n, err := audit.Verify(t.Context(), d); err != nil || n == 0 {
			t.Errorf("the chain: %d, %v", n, err)
		}
	})
}

func TestThreeHoursAndNoLonger(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		s := setup(t, d)
		s.want("opening", s.h.As(s.noor).Post("/noodtoegang", ask("2819940173")), 303)
		for _, c := range []struct {
			after time.Duration
			code  int
		}{{Lasts - time.Millisecond, 200}, {Lasts, 404}} {
			s.clk.Set(dbtest.Start.Add(c.after))
			if got := s.h.As(s.noor).Get("/dossier/p-selam"); got.Code != c.code {
				t.Errorf("after %v: %d", c.after, got.Code)
			}
		}
		s.clk.Set(dbtest.Start)
		g := s.glass()
		noor := s.h.As(s.noor)
		if got := s.h.As(s.els).Post("/noodtoegang/"+g.ID+"/klaar", nil); got.Code != 404 {
			t.Errorf("another leader closes it: %d", got.Code)
		}
		s.want("closing", noor.Post("/noodtoegang/"+g.ID+"/klaar", nil), 303)
		if got := noor.Get("/dossier/p-selam"); got.Code != 404 {
			t.Errorf("after closing: %d", got.Code)
		}
		s.want("closing twice", noor.Post("/noodtoegang/"+g.ID+"/klaar", nil), 303)
		s.want("the list", noor.Get("/noodtoegang"), 200, "Gesloten om 09:00")
	})
}

func TestASearchThatFindsNobodyIsCounted(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		s := setup(t, d)
		noor := s.h.As(s.noor)
		s.want("faults in the form", noor.Post("/noodtoegang", ask("123")), 422)
		if n := s.count(db.F(`SELECT COUNT(*) FROM oversight_miss`)); n != 0 {
			t.Fatalf("a form with faults counted as a search: %d", n)
		}
		born := func(name string) map[string][]string {
			return ask("", "name", name, "day", "2", "month", "2", "year", "1990")
		}
		nobody := noor.Post("/noodtoegang", born("Zahra"))
		s.want("nobody", nobody, 422, "niet één dossier", goodReason)
		several := noor.Post("/noodtoegang", born("Reem"))
		s.want("several", several, 422, "niet één dossier")
		if strings.ReplaceAll(nobody.Body, "Zahra", "Reem") != strings.ReplaceAll(several.Body, once(several.Body), once(nobody.Body)) {
			t.Error("nobody and several can be told apart")
		}
		for i := range missMost - 2 {
			s.want("nobody", noor.Post("/noodtoegang", ask(fmt.Sprintf("555666777%d", i))), 422)
		}
		s.want("too often", noor.Post("/noodtoegang", ask("5556667779")), 429)
		s.want("too often, also for one who is there", noor.Post("/noodtoegang", ask("2819940173")), 429)
		if n := s.count(db.F(`SELECT COUNT(*) FROM oversight_miss`)); n != missMost {
			t.Errorf("%d counted", n)
		}
		if n := s.count(db.F(`SELECT COUNT(*) FROM audit_entry WHERE event = ? AND actor = ? AND subject = ''`, "oversight.event.missed", "u-noor")); n != missMost {
			t.Errorf("%d in the log", n)
		}
		if n := s.count(db.F(`SELECT COUNT(*) FROM access_grant WHERE why = 'breakglass'`)); n != 0 {
			t.Errorf("%d files were opened", n)
		}
		s.want("another leader is not stopped", s.h.As(s.els).Post("/noodtoegang", ask("2819940173")), 303)
		s.want("the privacy officer sees it", s.h.As(s.pieter).Get("/toezicht"), 200, "Noor Visser</bdi>: 10 keer")
		s.clk.Advance(25 * time.Hour)
		s.want("the next day", s.h.As(s.noor).Post("/noodtoegang", ask("2819940173")), 303)
	})
}

// once finds the idempotency key in a page, which differs each time.
func once(body string) string {
	_, rest, _ := strings.Cut(body, `name="_once" value="`)
	key, _, _ := strings.Cut(rest, `"`)
	return key
}

func TestByCardAndByNameAndWhenItIsNotNeeded(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		s := setup(t, d)
		f, err := s.files.Machine(t.Context(), d, "p-reem")
		if err != nil {
			t.Fatal(err)
		}
		if err := d.Tx(t.Context(), func(tx *db.Tx) error { return s.files.Issue(t.Context(), tx, f, "REEM3479") }); err != nil {
			t.Fatal(err)
		}
		noor := s.h.As(s.noor)
		if a := noor.Post("/noodtoegang", ask("reem-3479")); a.Code != 303 || !strings.HasPrefix(a.To, "/dossier/p-reem?") {
			t.Errorf("by card: %d %s", a.Code, a.To)
		}
		if a := noor.Post("/noodtoegang", ask("", "name", "selam tesfay", "day", "3", "month", "05", "year", "1991")); a.Code != 303 || !strings.HasPrefix(a.To, "/dossier/p-selam?") {
			t.Errorf("by name: %d %s", a.Code, a.To)
		}
		if a := noor.Post("/noodtoegang", ask("1112223334")); a.To != "/dossier/p-reem?gezegd=oversight.said.already" {
			t.Errorf("while it is open: %d %s", a.Code, a.To)
		}
		if n := s.count(db.F(`SELECT COUNT(*) FROM oversight_glass`)); n != 2 {
			t.Errorf("%d emergencies", n)
		}
	})
}

// Whoever is spelt exactly as it was typed may be a stranger to whom it is about, who is spelt otherwise.
func TestAStrangerWhoIsSpeltSoIsNotOpenedInAnEmergency(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		s := setup(t, d)
		name := func(parts ...string) (out []dossier.NamePart) {
			for _, p := range parts {
				out = append(out, dossier.NamePart{Text: p, Role: "own"})
			}
			return out
		}
		born := []dossier.Birth{{Year: 1990, Month: 1, Day: 1, Source: "ind"}}
		s.person("p-exact", "u-amira", dossier.Profile{Called: "Mohammed", Names: name("Mohammed", "Ali"), Births: born})
		s.person("p-meant", "u-amira", dossier.Profile{Called: "Mohamad", Names: name("Mohamad", "Aly", "Sharif"), Births: born})
		s.person("p-single", "u-amira", dossier.Profile{Called: "Golnar", Names: name("Golnar", "Shirazi"), Births: born})
		if err := s.files.Remember(t.Context()); err != nil {
			t.Fatal(err)
		}
		noor := s.h.As(s.noor)
		try := func(n, third string) webtest.Answer {
			return noor.Post("/noodtoegang", ask("", "name", n, "third", third, "day", "1", "month", "1", "year", "1990"))
		}
		several, nobody := try("Mohammed Ali", ""), try("Niemand Zo", "")
		if several.Code != 422 || !strings.Contains(several.Body, `id="f-third"`) || strings.Contains(several.Body, "Sharif") {
			t.Errorf("a namesake and one who sounds like it: %d %s", several.Code, several.To)
		}
		if nobody.Code != 422 || !strings.Contains(nobody.Body, `id="f-third"`) {
			t.Errorf("nobody may be told from several: %d", nobody.Code)
		}
		if a := try("Golnar", ""); a.Code != 422 {
			t.Errorf("one name and the first of January open a file: %d %s", a.Code, a.To)
		}
		if a := try("Golnar", "Golnar"); a.Code != 422 {
			t.Errorf("saying the same twice is one thing: %d %s", a.Code, a.To)
		}
		if a := try("Golnar", "Sjirazi"); !strings.HasPrefix(a.To, "/dossier/p-single?") {
			t.Errorf("one name more: %d %s", a.Code, a.To)
		}
		if a := try("Mohammed Ali", "Sjarief"); !strings.HasPrefix(a.To, "/dossier/p-meant?") {
			t.Errorf("the one who is meant: %d %s", a.Code, a.To)
		}
	})
}

func TestWhoComesThroughTheDoors(t *testing.T) {
	s := setup(t, dbtest.SQLite(t, lines))
	s.want("opening", s.h.As(s.noor).Post("/noodtoegang", ask("2819940173")), 303)
	g := s.glass()
	both := staff("u-noor", nil, at(access.Lead, access.Team, "t-utrecht"), at(access.Privacy, access.National, ""))
	for path, may := range map[string][]string{
		"/noodtoegang":                  {"u-noor", "u-els"},
		"/toezicht":                     {"u-pieter"},
		"/toezicht/logboek":             {"u-pieter"},
		"/toezicht/noodtoegang/" + g.ID: {"u-pieter"},
		"/wie-mag-wat":                  {"u-noor", "u-els", "u-pieter", "u-ria", "u-amira"},
		"/bewaren":                      {"u-noor", "u-els", "u-pieter", "u-ria", "u-amira"},
		"/dossier/p-reem/inzage":        {"u-amira"},
	} {
		for _, a := range []access.Actor{s.noor, s.els, s.pieter, s.ria, s.amira} {
			want := 404
			if slices.Contains(may, a.ID) {
				want = 200
			}
			if got := s.h.As(a).Get(path); got.Code != want {
				t.Errorf("%s for %s: %d", path, a.ID, got.Code)
			}
		}
		if got := s.h.Guest().Get(path); got.Code != 303 {
			t.Errorf("%s for a guest: %d", path, got.Code)
		}
	}
	v := s.h.As(both)
	s.want("one's own", v.Get("/toezicht/noodtoegang/"+g.ID), 200, "Dit is je eigen noodtoegang")
	for _, path := range []string{"/toezicht/noodtoegang/" + g.ID, "/toezicht/noodtoegang/" + g.ID + "/overnemen"} {
		if got := v.Post(path, webtest.Form("verdict", "right")); got.Code != 403 {
			t.Errorf("judging one's own: %d", got.Code)
		}
	}
	if s.glass().State != Open {
		t.Error("it was judged")
	}
}

func TestAReviewAlwaysHasAnOwner(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		s := setup(t, d)
		s.want("opening", s.h.As(s.noor).Post("/noodtoegang", ask("2819940173")), 303)
		g := s.glass()
		if g.Owner != "u-pieter" {
			t.Fatalf("owner %q", g.Owner)
		}
		if err := d.Tx(t.Context(), func(tx *db.Tx) error { return give(t.Context(), tx, g.ID, "u-gone") }); err != nil {
			t.Fatal(err)
		}
		s.lacks("somebody else's", s.h.As(s.pieter).Get("/vandaag"), "Noor")
		if err := s.o.owners(t.Context(), d.Now()); err != nil {
			t.Fatal(err)
		}
		if s.glass().Owner != "u-pieter" {
			t.Errorf("owner %q", s.glass().Owner)
		}
		s.clk.Advance(Patience + time.Hour)
		s.want("too late", s.h.As(s.pieter).Get("/vandaag"), 200, "Te lang gewacht", "Noor Visser")
		s.want("too late", s.h.As(s.pieter).Get("/toezicht/noodtoegang/"+g.ID), 200, "Had beoordeeld moeten zijn")
		// Two officers at once: the second hears that somebody was first.
		k, err := s.vault.Key(t.Context(), "p-selam")
		if err != nil {
			t.Fatal(err)
		}
		old := s.glass()
		s.want("taking over", s.h.As(staff("u-fg", nil, at(access.Privacy, access.National, ""))).Post("/toezicht/noodtoegang/"+g.ID+"/overnemen", nil), 303)
		err = d.Tx(t.Context(), func(tx *db.Tx) error {
			return step(t.Context(), tx, s.pieter, k, old, string(Right), "", "oversight.event.judged")
		})
		if err == nil || s.glass().State != Open || s.glass().Owner != "u-fg" {
			t.Errorf("the second wrote over the first: %v %+v", err, s.glass())
		}
	})
}

func TestWhoLooked(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		s := setup(t, d)
		err := d.Tx(t.Context(), func(tx *db.Tx) error {
			_, err := access.Give(t.Context(), tx, access.Grant{Subject: "p-selam", Holder: "desk:d-overvecht", Why: access.Presence, Level: access.DeskLevel, Place: "d-overvecht", Until: tx.Now.Add(90 * time.Minute)})
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		ria := s.h.As(s.ria)
		s.want("the desk", ria.Get("/dossier/p-selam"), 200)
		if got := ria.Get("/dossier/p-selam/inzage"); got.Code != 404 {
			t.Errorf("the desk sees who looked: %d", got.Code)
		}
		onDuty := staff("u-begeleider-1", []string{"desk:d-overvecht"}, at(access.Case, access.Team, "t-utrecht"))
		if got := s.h.As(onDuty).Get("/dossier/p-selam/inzage"); got.Code != 404 {
			t.Errorf("a caseworker at the desk sees who looked: %d", got.Code)
		}
		s.clk.Advance(5 * time.Minute)
		ria.Get("/dossier/p-selam")
		s.want("emergency", s.h.As(s.els).Post("/noodtoegang", ask("2819940173")), 303)
		s.h.As(s.els).Get("/dossier/p-selam")
		s.h.As(s.amira).Get("/dossier/p-reem")
		s.h.As(access.Actor{Kind: access.IsSelf, ID: "p-selam", Holders: []string{"self:p-selam"}}).Get("/mijn")
		page := s.h.As(s.amira).Get("/dossier/p-selam/inzage")
		s.want("who looked", page, 200, "Ria de Boer, spreekuurvrijwilliger", "Bekeek het dossier, 2 keer tussen 09:00 en 09:05.", "Bezoek aan Overvecht",
			"Els Bakker, regiomanager", "Noodtoegang", "Dinsdag 24 november 2026", ">Selam</bdi>", "Jij, maatschappelijk begeleider", "De persoon zelf")
		s.lacks("who looked", page, "p-reem", goodReason, "oversight.")
		if strings.Index(page.Body, "Els Bakker") > strings.Index(page.Body, "Ria de Boer") {
			t.Error("the newest does not come first")
		}
		en := s.amira
		en.Lang = "en"
		s.want("in English", s.h.As(en).Get("/dossier/p-selam/inzage"), 200, "Looked at the file, 2 times between 09:00 and 09:05.", "walk-in volunteer")
	})
}

func TestTheLog(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		s := setup(t, d)
		s.h.As(s.amira).Get("/dossier/p-selam")
		s.h.As(s.amira).Get("/dossier/p-reem")
		s.want("emergency", s.h.As(s.noor).Post("/noodtoegang", ask("2819940173")), 303)
		pieter := s.h.As(s.pieter)
		all := pieter.Get("/toezicht/logboek")
		s.want("everything", all, 200, "nog niet gecontroleerd", "Amira Haddad", "Noor Visser", "p-selam", "p-reem", "Noodtoegang")
		s.lacks("everything", all, "Selam", "Reem<", goodReason)
		rows := func(a webtest.Answer) string { _, x, _ := strings.Cut(a.Body, "<tbody>"); return x }
		one := rows(pieter.Get("/toezicht/logboek?persoon=p-reem"))
		if strings.Contains(one, "p-selam") || !strings.Contains(one, "p-reem") {
			t.Errorf("by person: %s", one)
		}
		if by := rows(pieter.Get("/toezicht/logboek?collega=noor")); strings.Contains(by, "Amira") || !strings.Contains(by, "Noor") {
			t.Errorf("by colleague: %s", by)
		}
		if why := rows(pieter.Get("/toezicht/logboek?reden=breakglass")); strings.Contains(why, "Toegewezen") || !strings.Contains(why, "Opende het dossier in nood") {
			t.Errorf("by reason: %s", why)
		}
		if past := rows(pieter.Get("/toezicht/logboek?tot=2026-11-23")); strings.Contains(past, "p-selam") {
			t.Errorf("by period: %s", past)
		}
		s.want("faults", pieter.Get("/toezicht/logboek?van=2026-11-24&tot=2026-11-01&collega=Zzz&persoon=Selam+Tesfay&reden=zomaar"), 422,
			"De laatste dag ligt voor de eerste", "Geen collega heet zo", "begint met p-", "Kies een reden")
		if n := s.count(db.F(`SELECT COUNT(*) FROM audit_entry WHERE subject LIKE '%Tesfay%'`)); n != 0 {
			t.Error("a name that was typed stands in the log")
		}
		es, err := audit.Of(t.Context(), d, "p-reem", 0, 10)
		if err != nil || es[0].Event != "oversight.event.log" || es[0].Actor != "u-pieter" {
			t.Errorf("looking in the log for a person is not told to the person: %+v %v", es, err)
		}

		s.want("checking", pieter.Post("/toezicht/logboek/controle", nil), 303)
		s.want("checked", pieter.Get("/toezicht/logboek"), 200, "Het logboek klopt", "Door Pieter Smit.")
		var out bytes.Buffer
		if err := s.o.VerifyLog(t.Context(), &out); err != nil || !strings.Contains(out.String(), "the chain is whole") {
			t.Errorf("%s %v", out.String(), err)
		}
		err = d.Tx(t.Context(), func(tx *db.Tx) error {
			_, err := db.Do(t.Context(), tx, db.F(`UPDATE audit_entry SET actor = 'u-x' WHERE seq = 3`))
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if err := s.o.nightly(t.Context(), d.Now()); err == nil {
			t.Error("the nightly walk found nothing")
		}
		s.want("broken", pieter.Get("/toezicht/logboek"), 200, "Het logboek klopt niet", "Regel 3 is veranderd")
		s.want("Vandaag", pieter.Get("/vandaag"), 200, "Het logboek klopt niet meer")
		s.lacks("Vandaag of a leader", s.h.As(s.noor).Get("/vandaag"), "logboek")
		if err := s.o.VerifyLog(t.Context(), &out); err == nil || !strings.Contains(err.Error(), "entry 2") {
			t.Errorf("%v", err)
		}
	})
}

// A log that is made anew from its first entry on is whole in itself; only what was written down before shows it.
func TestALogMadeAnewIsSeen(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		s := setup(t, d)
		s.h.As(s.amira).Get("/dossier/p-selam")
		if c, err := s.o.walk(t.Context(), ""); err != nil || !c.Whole {
			t.Fatalf("%+v %v", c, err)
		}
		err := d.Tx(t.Context(), func(tx *db.Tx) error {
			n := s.count(db.F(`SELECT COUNT(*) FROM audit_entry`))
			for _, f := range []db.Frag{db.F(`DELETE FROM audit_entry`), db.F(`UPDATE audit_head SET seq = 0, hash = NULL`)} {
				if _, err := db.Do(t.Context(), tx, f); err != nil {
					return err
				}
			}
			for range n {
				if err := audit.Append(t.Context(), tx, audit.Entry{Event: "dossier.event.open", Subject: "p-selam", Actor: "u-amira", ActorKind: "staff"}); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := audit.Verify(t.Context(), d); err != nil {
			t.Fatalf("it is not whole in itself: %v", err)
		}
		if c, err := s.o.walk(t.Context(), ""); err != nil || c.Whole || c.Broken != rewritten {
			t.Errorf("%+v %v", c, err)
		}
	})
}

func TestWhoMayDoWhat(t *testing.T) {
	s := setup(t, dbtest.SQLite(t, lines))
	s.want("how long", s.h.As(s.ria).Get("/bewaren"), 200, "730 dagen na het laatste contact", "aanname", "een mens, met het dossier", "30 dagen na de laatste verandering", "wist zichzelf", "zonder dossier is niet te zien over wie het gaat", "niemand")
	page := s.h.As(s.ria).Get("/wie-mag-wat")
	s.want("the rules", page, 200, "Teamleiders en regiomanagers mogen in nood", "Teamleider, regiomanager", "Het hele dossier staat voor je open", "Redenen om een dossier te zien", "Dossiers", "Toezicht")
	s.lacks("the rules", page, "oversight.", "dossier.may.")
	desk := s.h.As(s.ria).Get("/wie-mag-wat?rol=desk")
	s.want("one role", desk, 200, "heeft nooit vaste toegang")
	s.lacks("one role", desk, "Teamleiders en regiomanagers mogen in nood", "De privacyfunctionaris leest het logboek")
	s.want("a role nobody has", s.h.As(s.ria).Get("/wie-mag-wat?rol=%3Cb%3E"), 200, "Teamleiders en regiomanagers mogen in nood")
}

func TestExportAndErase(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		s := setup(t, d)
		s.want("opening", s.h.As(s.noor).Post("/noodtoegang", ask("2819940173")), 303)
		s.want("another", s.h.As(s.noor).Post("/noodtoegang", ask("1112223334")), 303)
		gs, err := ofPerson(t.Context(), d, "p-selam", time.Unix(0, 0), 10)
		if err != nil || len(gs) != 1 {
			t.Fatal(gs, err)
		}
		s.want("judging", s.h.As(s.pieter).Post("/toezicht/noodtoegang/"+gs[0].ID, webtest.Form("verdict", "right", "note", "Duidelijk en goed uitgelegd.")), 303)
		k := s.o.Keeper()
		x, err := k.Export(t.Context(), d, s.vault, "p-selam")
		if err != nil {
			t.Fatal(err)
		}
		b, err := json.Marshal(x)
		if err != nil || !bytes.Contains(b, []byte(goodReason)) || !bytes.Contains(b, []byte("Duidelijk en goed uitgelegd.")) || bytes.Count(b, []byte(`"by":"u-noor"`)) != 1 {
			t.Errorf("%s %v", b, err)
		}
		if err := d.Tx(t.Context(), func(tx *db.Tx) error { return k.Erase(t.Context(), tx, "p-selam") }); err != nil {
			t.Fatal(err)
		}
		if n := s.count(db.F(`SELECT (SELECT COUNT(*) FROM oversight_glass WHERE person = 'p-selam') + (SELECT COUNT(*) FROM oversight_step WHERE person = 'p-selam')`)); n != 0 {
			t.Errorf("%d rows are left", n)
		}
		if n := s.count(db.F(`SELECT COUNT(*) FROM oversight_glass`)); n != 1 {
			t.Errorf("another person's went too: %d", n)
		}
	})
}

func TestTheDemonstration(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		s := setup(t, d)
		var people []DemoFile
		for _, id := range []string{"p-selam", "p-reem", "p-twin"} {
			k, err := s.vault.Key(t.Context(), id)
			if err != nil {
				t.Fatal(err)
			}
			people = append(people, DemoFile{id, k})
		}
		if err := d.Bulk(t.Context(), func(tx *db.Tx) error { return Demo(t.Context(), tx, tx.Now, people) }); err != nil {
			t.Fatal(err)
		}
		s.want("Vandaag", s.h.As(s.pieter).Get("/vandaag"), 200, "[twee keer noodtoegang wacht op je oordeel]", "Te lang gewacht", "Els Bakker")
		s.want("Vandaag of who is asked", s.h.As(s.els).Get("/vandaag"), 200, "[één vraag over noodtoegang wacht op je antwoord]")
		if got := s.h.As(s.noor).Get("/dossier/p-selam"); got.Code != 404 {
			t.Errorf("an emergency of weeks ago still opens the file: %d", got.Code)
		}
		if _, err := audit.Verify(t.Context(), d); err != nil {
			t.Error(err)
		}
	})
}
