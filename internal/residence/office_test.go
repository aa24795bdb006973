package residence

// This file is a house with this one capability under test, and the people in it.

import (
	"context"
	"fmt"
	"net/http"
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

var lines = []db.Line{{Name: "web", FS: web.Schema}, {Name: "access", FS: access.Schema}, {Name: "audit", FS: audit.Schema}, {Name: "organisation", FS: organisation.Schema},
	{Name: "dossier", FS: dossier.Schema}, {Name: "residence", FS: Schema}}

type office struct {
	*webtest.House
	r     *Residence
	d     *db.DB
	v     *privacy.Vault
	files *dossier.Files
	clock *clock.Manual
}

// newOffice is filled with the people and the places of the demonstration.
func newOffice(t testing.TB, d *db.DB) office {
	t.Helper()
	ctx := context.Background()
	v, err := privacy.Open(ctx, dbtest.SQLite(t, []db.Line{{Name: "keys", FS: privacy.KeySchema}}), make([]byte, 32))
	if err != nil {
		t.Fatal(err)
	}
	org := organisation.New(d)
	o := office{d: d, v: v, files: dossier.New(d, v, org), clock: d.Clock().(*clock.Manual)}
	o.r = New(d, v, org, o.files)
	o.files.Lend(o.r.FilePanels(), []dossier.Source{o.r.Source}, o.r.Tabs())
	o.files.LendAuthors(o.r.Authors)
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
		if err := d.Bulk(ctx, func(tx *db.Tx) error {
			if err := o.files.Demo(ctx, tx, batch); err != nil {
				return err
			}
			return o.r.Demo(ctx, tx, batch, d.Now().Add(-time.Hour))
		}); err != nil {
			t.Fatal(err)
		}
	}
	show := func(panels []ui.Panel) func(v *web.Visit) error {
		return func(v *web.Visit) error {
			var b strings.Builder
			for _, x := range panels {
				p, err := x.Show(v)
				if err != nil {
					return err
				}
				fmt.Fprintf(&b, "[%s]", p.Say)
				if p.Body == nil {
					continue
				}
				if err := p.Body.Render(v.Ctx(), &b); err != nil {
					return err
				}
			}
			return v.Text(200, b.String())
		}
	}
	stub := func(name, path string) web.Route {
		return web.Route{Name: name, Method: http.MethodGet, Path: path, May: access.Rule{Action: "test"}, Do: func(v *web.Visit) error { return v.Text(200, "") }}
	}
	today := web.Route{Name: "today", Method: http.MethodGet, Path: "/vandaag", May: access.Rule{Action: "test"}, Do: show(o.r.Panels())}
	home := web.Route{Name: "portal.home", Method: http.MethodGet, Path: "/mijn", May: maySelf, Do: func(v *web.Visit) error {
		f, err := o.files.Open(v, v.Actor.ID, access.File, "test")
		if err != nil {
			return err
		}
		p, err := o.r.homePanel(v, f)
		if err != nil {
			return err
		}
		return v.Page(p.Body)
	}}
	o.House = webtest.New(t, d, []lang.Part{{Name: "ui", FS: ui.Texts}, {Name: "dossier", FS: dossier.Texts}, {Name: "residence", FS: Texts}}, slices.Concat(o.r.Routes(), o.files.Routes(), []web.Route{today, home, stub("contact.record", "/contact/{person}")})...)
	return o
}

// worker is a colleague of the team, who holds what is assigned to them.
func worker(id string, r access.Role) access.Actor {
	return access.Actor{Kind: access.Staff, ID: id, Name: id, Holders: []string{"user:" + id}, Posts: []access.Post{{Role: r, Scope: access.Scope{Kind: access.Team, ID: "t-utrecht"}}}}
}

// self is the person a file is about.
func self(person string) access.Actor {
	return access.Actor{Kind: access.IsSelf, ID: person, Holders: []string{"self:" + person}}
}

func (o office) give(t testing.TB, g access.Grant) {
	t.Helper()
	if err := o.d.Tx(t.Context(), func(tx *db.Tx) error { _, err := access.Give(t.Context(), tx, g); return err }); err != nil {
		t.Fatal(err)
	}
}

func (o office) count(t testing.TB, f db.Frag) int {
	t.Helper()
	n, err := db.One[int](t.Context(), o.d, f)
	if err != nil {
		t.Fatalf("%s: %v", f.SQL, err)
	}
	return n
}

// logged counts the entries of an event about a person.
func (o office) logged(t testing.TB, person, event string) int {
	t.Helper()
	return o.count(t, db.F(`SELECT COUNT(*) FROM audit_entry WHERE subject = ? AND event = ?`, person, "residence.event."+event))
}

// must posts a form that has to succeed.
func (o office) must(t testing.TB, v *webtest.Visitor, path string, form ...string) webtest.Answer {
	t.Helper()
	a := v.Post(path, webtest.Form(form...))
	if a.Code != 303 {
		t.Fatalf("%s: %d: %s", path, a.Code, a.Body)
	}
	return a
}

func (o office) says(t testing.TB, a webtest.Answer, code int, words ...string) {
	t.Helper()
	if a.Code != code {
		t.Fatalf("%d, not %d: %s", a.Code, code, a.Body)
	}
	for _, w := range words {
		if !strings.Contains(a.Body, w) {
			t.Errorf("%q is not on the page", w)
		}
	}
}

func (o office) lacks(t testing.TB, a webtest.Answer, words ...string) {
	t.Helper()
	for _, w := range words {
		if strings.Contains(a.Body, w) {
			t.Errorf("%q is on the page", w)
		}
	}
}

// absent says whether an answer is the one for what does not exist.
func (o office) absent(t testing.TB, v *webtest.Visitor, a webtest.Answer, what string) {
	t.Helper()
	none := v.Get("/dossier/p-nobody")
	if a.Code != 404 || a.Body != none.Body || fmt.Sprint(a.Header) != fmt.Sprint(none.Header) {
		t.Errorf("%s: %d, and can be told from what does not exist", what, a.Code)
	}
}

// day is so many days before today, as a form carries it.
func (o office) day(n int) string { return clock.Today(o.d.Now()).AddDays(-n).String() }

// latest is the id of the newest request about a person.
func (o office) latest(t testing.TB, person string) string {
	t.Helper()
	id, err := db.One[string](t.Context(), o.d, db.F(`SELECT id FROM residence_request WHERE person = ? ORDER BY asked DESC, id DESC LIMIT 1`, person))
	if err != nil {
		t.Fatal(err)
	}
	return id
}

const (
	selam  = "/dossier/p-selam/wonen"
	reem   = "/dossier/p-reem/wonen"
	street = "Vogelkersstraat" // where Reem lives, and nobody knows
)
