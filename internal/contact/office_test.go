package contact

import (
	"context"
	"fmt"
	"net/http"
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

// This file is the walk-in hour under test, and the people in it.

var lines = []db.Line{{Name: "web", FS: web.Schema}, {Name: "access", FS: access.Schema}, {Name: "audit", FS: audit.Schema}, {Name: "organisation", FS: organisation.Schema},
	{Name: "dossier", FS: dossier.Schema}, {Name: "contact", FS: Schema}}

// office is a walk-in hour under test: the demonstration's people, real sessions, a clock that the test moves.
type office struct {
	*webtest.House
	c     *Contact
	d     *db.DB
	v     *privacy.Vault
	org   *organisation.Store
	files *dossier.Files
	plan  organisation.Plan
	clock *clock.Manual
}

func newOffice(t testing.TB, d *db.DB) office { return newOfficeOf(t, d, dossier.DemoHeroes) }

func newOfficeOf(t testing.TB, d *db.DB, people int) office {
	t.Helper()
	ctx := context.Background()
	keys := dbtest.SQLite(t, []db.Line{{Name: "keys", FS: privacy.KeySchema}})
	v, err := privacy.Open(ctx, keys, make([]byte, 32))
	if err != nil {
		t.Fatal(err)
	}
	org := organisation.New(d)
	files := dossier.New(d, v, org)
	c := New(d, v, org, files)
	files.Lend(c.FilePanels(), []dossier.Source{c.Source}, c.Tabs())
	var plan organisation.Plan
	if err := d.Bulk(ctx, func(tx *db.Tx) (err error) { plan, err = organisation.Demo(ctx, tx, d.Now(), 100); return err }); err != nil {
		t.Fatal(err)
	}
	for batch := range dossier.DemoPeople(plan, people, d.Now()) {
		for i := range batch {
			if batch[i].Key, err = v.NewKey(ctx, batch[i].ID); err != nil {
				t.Fatal(err)
			}
		}
		if err := d.Bulk(ctx, func(tx *db.Tx) error { return files.Demo(ctx, tx, batch) }); err != nil {
			t.Fatal(err)
		}
	}
	if err := files.Remember(ctx); err != nil {
		t.Fatal(err)
	}
	// panels shows what is lent to Vandaag, home what is lent to the refugee's own page.
	panels := web.Route{Name: "today", Method: http.MethodGet, Path: "/vandaag", May: access.Rule{Action: "test"}, Do: func(v *web.Visit) error {
		body := ""
		for _, p := range c.Panels() {
			part, err := p.Show(v)
			if err != nil {
				return err
			}
			body += "\n[" + part.Say + "]"
			if part.Body == nil {
				continue
			}
			var b strings.Builder
			if err := part.Body.Render(v.Ctx(), &b); err != nil {
				return err
			}
			body += b.String()
		}
		return v.Text(200, body)
	}}
	self := func(name, path, place string) web.Route {
		return web.Route{Name: name, Method: http.MethodGet, Path: path, May: maySelf, Do: func(v *web.Visit) error {
			f, err := files.Open(v, v.Actor.ID, access.File, "test")
			if err != nil {
				return err
			}
			parts, err := files.Show(v, f, place)
			if err != nil {
				return err
			}
			var b strings.Builder
			for _, p := range parts {
				if err := p.Body.Render(v.Ctx(), &b); err != nil {
					return err
				}
			}
			return v.Text(200, b.String())
		}}
	}
	h := webtest.New(t, d, []lang.Part{{Name: "ui", FS: ui.Texts}, {Name: "dossier", FS: dossier.Texts}, {Name: "contact", FS: Texts}},
		append(append(c.Routes(), files.Routes()...), panels, self("portal.home", "/mijn", "home"), self("portal.appointments", "/mijn/afspraken", "appointments"))...)
	h.Holders = func(ctx context.Context, a access.Actor, now time.Time) []string {
		hs, err := c.Holders(ctx, d, a, now)
		if err != nil {
			t.Error(err)
		}
		return hs
	}
	return office{h, c, d, v, org, files, plan, d.Clock().(*clock.Manual)}
}

// volunteer is a colleague who may only sit at one location's desk.
func volunteer(id, location string) access.Actor {
	return access.Actor{Kind: access.Staff, ID: id, Name: id, Holders: []string{"user:" + id}, Posts: []access.Post{{Role: access.Desk, Scope: access.Scope{Kind: access.Location, ID: location}}}}
}

func (o office) begin(t testing.TB, v *webtest.Visitor, desk string) {
	t.Helper()
	if a := v.Post("/spreekuur/begin", webtest.Form("desk", desk)); a.Code != 303 {
		t.Fatalf("no duty at %s: %d %s", desk, a.Code, a.Body)
	}
}

func (o office) absent(t testing.TB, v *webtest.Visitor, path, when string) {
	t.Helper()
	a, none := v.Get(path), v.Get("/dossier/p-nobody")
	if a.Code != 404 || a.Body != none.Body || fmt.Sprint(a.Header) != fmt.Sprint(none.Header) {
		t.Errorf("%s: %s answers %d and can be told from what does not exist", when, path, a.Code)
	}
}

func (o office) open(t testing.TB, v *webtest.Visitor, path, when string) {
	t.Helper()
	if a := v.Get(path); a.Code != 200 {
		t.Errorf("%s: %s answers %d", when, path, a.Code)
	}
}

var saved = webtest.Form("topic", "letter", "next", "ready", "note", "Brief gelezen", "visible", "client")

// worker is a colleague of a team, who holds what is assigned to them.
func worker(id string, r access.Role, team string) access.Actor {
	return access.Actor{Kind: access.Staff, ID: id, Name: id, Holders: []string{"user:" + id}, Posts: []access.Post{{Role: r, Scope: access.Scope{Kind: access.Team, ID: team}}}}
}

// self is the person a file is about.
func self(person string) access.Actor {
	return access.Actor{Kind: access.IsSelf, ID: person, Holders: []string{"self:" + person}}
}

func (o office) one(t testing.TB, f db.Frag) string {
	t.Helper()
	s, err := db.One[string](context.Background(), o.d, f)
	if err != nil {
		t.Fatalf("%s: %v", f.SQL, err)
	}
	return s
}

func (o office) count(t testing.TB, f db.Frag) int {
	t.Helper()
	n, err := db.One[int](context.Background(), o.d, f)
	if err != nil {
		t.Fatalf("%s: %v", f.SQL, err)
	}
	return n
}

func (o office) tx(t testing.TB, fn func(tx *db.Tx) error) {
	t.Helper()
	if err := o.d.Tx(context.Background(), fn); err != nil {
		t.Fatal(err)
	}
}

// must posts a form that has to succeed, and tells where it leads.
func (o office) must(t testing.TB, v *webtest.Visitor, path string, form ...string) string {
	t.Helper()
	a := v.Post(path, webtest.Form(form...))
	if a.Code != 303 {
		t.Fatalf("%s answers %d: %s", path, a.Code, a.Body)
	}
	return a.To
}
