package knelpunt

// This file walks the way of a signal on both databases: from a file to the list, back to the author, and what must not appear.

import (
	"bytes"
	"context"
	"errors"
	"html"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/audit"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/db/dbtest"
	"reisgezel/internal/kernel/deident"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/privacy"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
	"reisgezel/internal/kernel/web/webtest"
	"reisgezel/internal/organisation"
)

var errLists = errors.New("the lists cannot be read")

var lines = []db.Line{{Name: "web", FS: web.Schema}, {Name: "access", FS: access.Schema}, {Name: "audit", FS: audit.Schema}, {Name: "organisation", FS: organisation.Schema},
	{Name: "dossier", FS: dossier.Schema}, {Name: "knelpunt", FS: Schema}}

type office struct {
	*webtest.House
	k     *Knelpunten
	d     *db.DB
	v     *privacy.Vault
	files *dossier.Files
	heard []string // what was told that it became a signal
}

func newOffice(t *testing.T, d *db.DB) *office {
	t.Helper()
	ctx := t.Context()
	v, err := privacy.Open(ctx, dbtest.SQLite(t, []db.Line{{Name: "keys", FS: privacy.KeySchema}}), make([]byte, 32))
	if err != nil {
		t.Fatal(err)
	}
	org := organisation.New(d)
	files := dossier.New(d, v, org)
	o := &office{d: d, v: v, files: files, k: New(d, v, org, files)}
	files.Lend(slices.Concat(o.k.FilePanels(), files.ToldPanels()), []dossier.Source{files.Receipts}, nil)
	files.LendReopening(o.k.Reopening())
	files.LendSignals(o.k.Form)
	files.LendAnswers(o.k.Answers, o.k.Standing)
	files.LendRaised(map[string]dossier.Raised{"interview": func(_ context.Context, _ *db.Tx, f dossier.File, object string) error {
		o.heard = append(o.heard, f.ID()+" "+object)
		return nil
	}})
	var plan organisation.Plan
	if err := d.Bulk(ctx, func(tx *db.Tx) (err error) { plan, err = organisation.Demo(ctx, tx, d.Now(), 100); return err }); err != nil {
		t.Fatal(err)
	}
	for batch := range dossier.DemoPeople(plan, dossier.DemoHeroes, d.Now()) {
		for i := range batch {
			if batch[i].Key, err = v.NewKey(ctx, batch[i].ID); err != nil {
				t.Fatal(err)
			}
		}
		if err := d.Bulk(ctx, func(tx *db.Tx) error { return files.Demo(ctx, tx, batch) }); err != nil {
			t.Fatal(err)
		}
	}
	vandaag := web.Route{Name: "today", Method: http.MethodGet, Path: "/vandaag", May: access.Rule{Action: "test"}, Do: func(v *web.Visit) error {
		var s strings.Builder
		for _, x := range o.k.Panels() {
			p, err := x.Show(v)
			if err != nil {
				return err
			}
			if p.Body != nil {
				if err := p.Body.Render(v.Ctx(), &s); err != nil {
					return err
				}
			}
		}
		return v.Text(200, s.String())
	}}
	offer := web.Route{Name: "offer", Method: http.MethodGet, Path: "/aanbod/{person}", May: access.Rule{Action: "test"}, Do: func(v *web.Visit) error {
		f, err := files.Open(v, v.Param("person"), access.DeskLevel, "dossier.event.open")
		if err != nil {
			return err
		}
		to, err := files.SignalURL(v, f, dossier.Signal{From: "interview", Object: "in-7", Theme: "interpreter_dialect", Weight: "grave", Place: "denbosch", Month: clock.On(2026, 10, 1)})
		if err != nil {
			return err
		}
		return v.Text(200, to)
	}}
	home := web.Route{Name: "home", Method: http.MethodGet, Path: "/mijn", May: access.Rule{Action: "test", Need: access.BySelf}, Do: func(v *web.Visit) error {
		f, err := files.Open(v, v.Actor.ID, access.File, "dossier.event.open")
		if err != nil {
			return err
		}
		ps, err := files.Show(v, f, "home")
		var s strings.Builder
		for _, p := range ps {
			if err := p.Body.Render(v.Ctx(), &s); err != nil {
				return err
			}
		}
		if err != nil {
			return err
		}
		return v.Text(200, s.String())
	}}
	aside := web.Route{Name: "aside", Method: http.MethodGet, Path: "/naast/{person}", May: access.Rule{Action: "test"}, Do: func(v *web.Visit) error {
		f, err := files.Open(v, v.Param("person"), access.DeskLevel, "dossier.event.open")
		if err != nil {
			return err
		}
		ps, err := files.Show(v, f, "aside")
		var s strings.Builder
		for _, p := range ps {
			if err := p.Body.Render(v.Ctx(), &s); err != nil {
				return err
			}
		}
		if err != nil {
			return err
		}
		return v.Text(200, s.String())
	}}
	told := web.Route{Name: "told", Method: http.MethodGet, Path: "/verloop/{person}", May: access.Rule{Action: "test"}, Do: func(v *web.Visit) error {
		f, err := files.Open(v, v.Param("person"), access.DeskLevel, "dossier.event.open")
		if err != nil {
			return err
		}
		ms, err := files.Receipts(v, f, v.Now.AddDate(0, 0, 1), 10)
		var s strings.Builder
		for _, m := range ms {
			s.WriteString(m.At.In(clock.Netherlands).Format("2006-01-02T15:04:05 ") + m.Title + " " + m.By + "\n")
			if m.Body != nil {
				if err := m.Body.Render(v.Ctx(), &s); err != nil {
					return err
				}
			}
		}
		if err != nil {
			return err
		}
		return v.Text(200, strings.NewReplacer("<b>", "", "</b>", "", "<span dir=\"auto\">", "").Replace(s.String()))
	}}
	o.House = webtest.New(t, d, []lang.Part{{Name: "ui", FS: ui.Texts}, {Name: "dossier", FS: dossier.Texts}, {Name: "organisation", FS: organisation.Texts}, {Name: "knelpunt", FS: Texts}}, append(append(o.k.Routes(), files.Routes()...), vandaag, offer, told, home, aside)...)
	return o
}

func worker(id string, r access.Role, k access.ScopeKind, place string) access.Actor {
	return access.Actor{Kind: access.Staff, ID: id, Name: id, Holders: []string{"user:" + id}, Posts: []access.Post{{Role: r, Scope: access.Scope{Kind: k, ID: place}}}}
}

var (
	amira  = worker("u-amira", access.Case, access.Team, "t-utrecht")
	marwan = worker("u-marwan", access.Legal, access.Team, "t-utrecht")
	ria    = worker("u-ria", access.Desk, access.Location, "l-overvecht")
	far    = worker("u-teamleider-1", access.Lead, access.Team, "t-amersfoort")
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

// filled is a form that has no faults, but for what is said otherwise.
func filled(more ...string) url.Values {
	f := webtest.Form("thema", "interview", "instantie", "ind", "plek", "noordbrabant", "fase", "asylum", "groep", "er", "maand", "2026-11", "ernst", "grave", "gezien", "few", "woorden", "De tolk sprak de taal niet.")
	for i := 0; i+1 < len(more); i += 2 {
		f.Set(more[i], more[i+1])
	}
	return f
}

var hidden = regexp.MustCompile(`name="van" value="([^"]+)"`)

func TestFromAFileToTheList(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		a, m := o.As(amira), o.As(marwan)
		// The way from a page about a person: the address knows nobody, the form is filled as far as it may be.
		at := a.Get("/aanbod/p-selam").Body
		if strings.Contains(at, "selam") || !strings.HasPrefix(at, "/signaal?") {
			t.Fatal(at)
		}
		page := a.Get(at)
		want(t, "the form", page, 200, "Je komt uit een dossier", `<option value="interview" selected`, `<option value="ind" selected`, `<option value="noordbrabant" selected`, `<option value="er" selected`, `<option value="2026-10" selected`, "!selam", "!Selam", "!p-selam")
		van := html.UnescapeString(hidden.FindStringSubmatch(page.Body)[1])
		// For another colleague the same address holds nothing; nor does one that was made up.
		for what, x := range map[string]webtest.Answer{"another": m.Get(at), "made up": a.Get("/signaal?van=abc"), "sent by another": m.Post("/signaal", filled("van", van))} {
			if x.Code != 404 {
				t.Errorf("%s: %d", what, x.Code)
			}
		}
		n := func() int {
			return one[int](t, d, db.F(`SELECT (SELECT COUNT(*) FROM knelpunt_draft) + (SELECT COUNT(*) FROM knelpunt_signal) + (SELECT COUNT(*) FROM dossier_receipt)`))
		}
		// Faults come back all at once, with what was typed.
		want(t, "an empty form", a.Post("/signaal", webtest.Form("van", van, "woorden", "123456782")), 422, "Kies wat past", "BSN", "123456782")
		// The preview shows what goes, and keeps nothing.
		words := "Selam Tesfay (V 281 994 0173) zei op 12 november 2026 dat de tolk Kwabenaans sprak. Bel 06-12345678."
		show := a.Post("/signaal", filled("van", van, "woorden", words))
		want(t, "the preview", show, 200, "Klopt het zo?", "<del", "Selam", "[nummer]", "[november 2026]", "Zo gaat het naar je team")
		box := regexp.MustCompile(`(?s)<textarea[^>]*>(.*?)</textarea>`).FindStringSubmatch(show.Body)[1]
		for _, never := range []string{"Selam", "Tesfay", "0173", "12345678", "12 november", "Kwabenaans"} {
			if strings.Contains(box, never) {
				t.Errorf("%q would leave: %s", never, box)
			}
		}
		want(t, "back to the form", a.Post("/signaal", filled("van", van, "woorden", words, "terug", "1")), 200, "Signaal maken", "Kwabenaans")
		if n() != 0 {
			t.Fatal("the preview kept something")
		}
		// What is known does not leave, whatever the author thinks.
		want(t, "a name put back", a.Post("/signaal/geven", filled("van", van, "woorden", "Selam kreeg geen tolk.")), 422, "leidt", "[persoon]")
		want(t, "a number put back", a.Post("/signaal/geven", filled("van", van, "woorden", "Bel 06-12345678.")), 422, "leidt")
		if n() != 0 {
			t.Fatal("what may not leave was kept")
		}
		// A check that cannot run lets nothing through, and keeps nothing.
		o.k.mask = func(deident.Known, string) (deident.Result, error) { return deident.Result{}, errLists }
		for _, path := range []string{"/signaal", "/signaal/geven"} {
			if x := a.Post(path, filled("van", van)); x.Code != 503 || n() != 0 {
				t.Errorf("%s without a check: %d, %d kept", path, x.Code, n())
			}
		}
		o.k.mask = Mask
		// It goes to the team, once; the address afterwards knows nobody, and neither does the row.
		f := filled("van", van, "woorden", "De tolk sprak Kwabenaans en [persoon] begreep niets.", web.OnceField, "once-once-once-once")
		for range 2 {
			if x := a.Post("/signaal/geven", f); x.Code != 303 || x.To != "/signalen/mijn?gezegd=knelpunt.said.given" {
				t.Fatalf("%d %s %s", x.Code, x.To, x.Body)
			}
		}
		if n() != 2 || len(o.heard) != 1 || o.heard[0] != "p-selam in-7" {
			t.Fatalf("%d kept, %v heard", n(), o.heard)
		}
		// The file tells that, not what; the look at it stands in the log.
		want(t, "the file", a.Get("/verloop/p-selam"), 200, "2026-11-24T00:00:00 Signaal gemaakt: Gehoor en tolk", "!Kwabenaans")
		if one[int](t, d, db.F(`SELECT COUNT(*) FROM audit_entry WHERE subject = 'p-selam' AND event = 'dossier.event.receipt'`)) != 1 || one[int](t, d, db.F(`SELECT COUNT(*) FROM audit_entry WHERE subject = 'p-selam' AND event = 'dossier.event.signal'`)) == 0 {
			t.Error("the log does not tell that the file was opened and signalled from")
		}
		// The author does not let it go, nor does another team, nor a volunteer; a second person of the team does.
		id := one[string](t, d, db.F(`SELECT id FROM knelpunt_draft`))
		want(t, "the author's list", a.Get("/signalen/vrijgeven"), 200, "niets om te lezen")
		for who, x := range map[string]access.Actor{"the author": amira, "another team": far, "a volunteer": ria} {
			if g := o.As(x).Get("/signalen/vrijgeven/" + id); g.Code != 404 {
				t.Errorf("%s reads it: %d", who, g.Code)
			}
			if g := o.As(x).Post("/signalen/vrijgeven/"+id, webtest.Form("besluit", "release", "versie", "1")); g.Code != 404 {
				t.Errorf("%s lets it go: %d", who, g.Code)
			}
		}
		want(t, "Vandaag", m.Get("/vandaag"), 200, "1 signaal van een collega wacht op jou")
		want(t, "the list to release", m.Get("/signalen/vrijgeven"), 200, "Gehoor en tolk", "Zeer ernstig", "!amira")
		want(t, "the draft", m.Get("/signalen/vrijgeven/"+id), 200, "<mark>Kwabenaans</mark>", "kunnen een naam zijn", "!amira", "!Selam", "!selam")
		want(t, "no decision", m.Post("/signalen/vrijgeven/"+id, webtest.Form("versie", "1")), 422, "Kies wat past")
		want(t, "back without a reason", m.Post("/signalen/vrijgeven/"+id, webtest.Form("besluit", "back", "versie", "1")), 422, "eigen woorden")
		if x := m.Post("/signalen/vrijgeven/"+id, webtest.Form("besluit", "back", "waarom", "Welke taal doet er niet toe.", "versie", "1")); x.Code != 303 {
			t.Fatal(x.Body)
		}
		want(t, "Vandaag of the author", a.Get("/vandaag"), 200, "1 signaal van jou kwam terug")
		want(t, "the repair", a.Get("/signalen/mijn/"+id), 200, "Welke taal doet er niet toe.", "Kwabenaans")
		if x := m.Get("/signalen/mijn/" + id); x.Code != 404 {
			t.Errorf("another repairs it: %d", x.Code)
		}
		// A repair knows no file, so what is new and not ordinary goes.
		if x := a.Post("/signalen/mijn/"+id, filled("versie", "2", "woorden", "De tolk sprak een andere taal en Tesfay begreep niets.")); x.Code != 303 {
			t.Fatal(x.Body)
		}
		want(t, "the repaired draft", m.Get("/signalen/vrijgeven/"+id), 200, "<mark>andere</mark>", "!Tesfay")
		if x := m.Post("/signalen/vrijgeven/"+id, webtest.Form("besluit", "release", "versie", "2")); x.Code != 409 {
			t.Errorf("what nobody read was let go: %d", x.Code)
		}
		if x := m.Post("/signalen/vrijgeven/"+id, webtest.Form("besluit", "release", "versie", "3")); x.Code != 303 || strings.Contains(x.To, id) {
			t.Fatal(x.Code, x.To)
		}
		// It stands in the list for everybody, under another id, and for the author among their own.
		s := one[string](t, d, db.F(`SELECT id FROM knelpunt_signal`))
		if strings.Contains(s, id[len("kd-"):]) || one[int](t, d, db.F(`SELECT COUNT(*) FROM knelpunt_draft`)) != 0 {
			t.Error("the draft stays, or its id does")
		}
		want(t, "the list", o.As(ria).Get("/signalen?thema=interview"), 200, "1 signaal", "Gehoor en tolk", s)
		want(t, "another filter", o.As(ria).Get("/signalen?thema=housing"), 200, "Geen signaal past hierbij", "!"+s)
		want(t, "the signal", o.As(far).Get("/signalen/"+s), 200, "een andere taal", "Uit het werk met iemand", "Noord-Brabant", "!amira", "!Selam", "!p-selam")
		want(t, "one's own", a.Get("/signalen/mijn"), 200, s)
		want(t, "another's own", m.Get("/signalen/mijn"), 200, "!"+s)
	})
}

// Nothing that is stored leads from a signal to a file, in the clear or by laying rows beside each other.
func TestNothingStoredLeadsFromASignalToAPerson(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		a, m := o.As(amira), o.As(marwan)
		give := func(person string) {
			t.Helper()
			page := a.Get(a.Get("/aanbod/" + person).Body)
			if x := a.Post("/signaal/geven", filled("van", html.UnescapeString(hidden.FindStringSubmatch(page.Body)[1]))); x.Code != 303 {
				t.Fatal(x.Body)
			}
		}
		give("p-selam")
		give("p-selam")
		give("p-reem")
		type row struct {
			ID          string
			Raiser, One []byte
			Receipt     []byte
			Team, State string
			Week        string
			Version     int64
			Body        []byte
		}
		rows, err := db.Many[row](t.Context(), d, db.F(`SELECT id, raiser, one, receipt, team, state, week, version, body FROM knelpunt_draft ORDER BY id`))
		if err != nil || len(rows) != 3 {
			t.Fatal(rows, err)
		}
		receipts, err := db.Many[string](t.Context(), d, db.F(`SELECT id FROM dossier_receipt ORDER BY id`))
		if err != nil || len(receipts) != 3 {
			t.Fatal(receipts, err)
		}
		ones := map[string]int{}
		for _, r := range rows {
			ones[string(r.One)]++
			all := r.ID + string(r.Raiser) + string(r.One) + string(r.Receipt) + string(r.Body)
			for _, never := range append([]string{"selam", "reem", "amira", "2026-11-24"}, receipts...) {
				if strings.Contains(all, never) {
					t.Errorf("a draft holds %q", never)
				}
			}
			if r.Week != "2026-11-23" {
				t.Errorf("it tells the day: %s", r.Week)
			}
		}
		if len(ones) != 2 {
			t.Errorf("two people count as %d", len(ones))
		}
		// No column of the room holds a moment: numbers of its tables are versions.
		for _, r := range rows {
			if r.Version != 1 {
				t.Errorf("a number that is no version: %d", r.Version)
			}
			if x := m.Post("/signalen/vrijgeven/"+r.ID, webtest.Form("besluit", "release", "versie", "1")); x.Code != 303 {
				t.Fatal(x.Body)
			}
		}
		// The key against sending twice tells no signal either, and what was let go has an id nobody knew before.
		for _, dest := range mustMany[string](t, d, db.F(`SELECT dest FROM web_once`)) {
			if strings.Contains(dest, "ks-") || strings.Contains(dest, "kd-") || strings.Contains(dest, "selam") {
				t.Errorf("a form key leads to %s", dest)
			}
		}
		for _, e := range mustMany[string](t, d, db.F(`SELECT object FROM audit_entry WHERE subject <> ''`)) {
			if strings.HasPrefix(e, "ks-") || strings.HasPrefix(e, "kd-") {
				t.Errorf("the log of a file names the signal %s", e)
			}
		}
		// The same person counts under the same pseudonym as long as the secret stands, and under another afterwards.
		before, err := o.k.pseudonym(t.Context(), "p-selam")
		if err != nil || ones[string(before)] != 2 {
			t.Fatal("the pseudonym is not the one that was kept", err)
		}
		later := d.Now().AddDate(1, 0, 1)
		if err := o.k.sweep(t.Context(), later); err != nil {
			t.Fatal(err)
		}
		after, err := o.k.pseudonym(t.Context(), "p-selam")
		if err != nil || bytes.Equal(before, after) {
			t.Error("the secret was not destroyed", err)
		}
		if n := one[int](t, d, db.F(`SELECT COUNT(*) FROM knelpunt_secret WHERE gone IS NULL`)); n != 1 {
			t.Errorf("%d secrets stand", n)
		}
		gone := one[string](t, d, db.F(`SELECT id FROM knelpunt_secret WHERE gone IS NOT NULL`))
		if _, err := o.v.Key(t.Context(), gone); err == nil {
			t.Error("the key of a destroyed secret is there")
		}
	})
}

func mustMany[T any](t *testing.T, d *db.DB, f db.Frag) []T {
	t.Helper()
	xs, err := db.Many[T](t.Context(), d, f)
	if err != nil {
		t.Fatal(err)
	}
	return xs
}

func TestAloneFromTheMenu(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		r, m := o.As(ria), o.As(marwan)
		want(t, "the form", r.Get("/signaal"), 200, "Signaal maken", "!Je komt uit een dossier")
		if x := r.Post("/signaal/geven", filled()); x.Code != 303 {
			t.Fatal(x.Body)
		}
		if n := one[int](t, d, db.F(`SELECT COUNT(*) FROM knelpunt_draft WHERE one IS NULL AND receipt IS NULL AND team = 't-utrecht'`)); n != 1 {
			t.Errorf("%d kept", n)
		}
		id := one[string](t, d, db.F(`SELECT id FROM knelpunt_draft`))
		if x := r.Post("/signalen/mijn/"+id, webtest.Form("weg", "1", "versie", "7")); x.Code != 409 {
			t.Errorf("withdrawn over a change: %d", x.Code)
		}
		if x := m.Post("/signalen/vrijgeven/"+id, webtest.Form("besluit", "release", "versie", "1")); x.Code != 303 {
			t.Fatal(x.Body)
		}
		if n := one[int](t, d, db.F(`SELECT COUNT(*) FROM knelpunt_signal WHERE source = 'work' AND one IS NULL`)); n != 1 {
			t.Errorf("%d let go", n)
		}
		if x := r.Post("/signaal/geven", filled()); x.Code != 303 {
			t.Fatal(x.Body)
		}
		second := one[string](t, d, db.F(`SELECT id FROM knelpunt_draft`))
		if x := r.Post("/signalen/mijn/"+second, webtest.Form("weg", "1", "versie", "1")); x.Code != 303 {
			t.Fatal(x.Body)
		}
		if n := one[int](t, d, db.F(`SELECT COUNT(*) FROM knelpunt_draft`)); n != 0 {
			t.Errorf("%d stay after they were withdrawn", n)
		}
		for what, x := range map[string]string{"a signal": "/signalen/ks-none", "a draft": "/signalen/vrijgeven/kd-none", "one's own": "/signalen/mijn/kd-none"} {
			if a := m.Get(x); a.Code != 404 {
				t.Errorf("%s that is not there: %d", what, a.Code)
			}
		}
	})
}

// In a look that was lent nobody signals: it would write into the file.
func TestALentLookOffersNoSignal(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		if err := d.Tx(t.Context(), func(tx *db.Tx) error {
			_, err := access.Give(t.Context(), tx, access.Grant{Subject: "p-selam", Holder: "user:u-glass", Why: access.BreakGlass, Level: access.File})
			return err
		}); err != nil {
			t.Fatal(err)
		}
		glass := o.As(worker("u-glass", access.Case, access.Team, "t-amersfoort"))
		if a := glass.Get("/aanbod/p-selam"); a.Code != 200 || a.Body != "" {
			t.Errorf("%d %q", a.Code, a.Body)
		}
	})
}
