package evidence

// This file is a house with this one capability under test, and the people in it.

import (
	"context"
	"errors"
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

var lines = []db.Line{{Name: "web", FS: web.Schema}, {Name: "access", FS: access.Schema}, {Name: "audit", FS: audit.Schema}, {Name: "organisation", FS: organisation.Schema},
	{Name: "dossier", FS: dossier.Schema}, {Name: "evidence", FS: Schema}}

type office struct {
	*webtest.House
	e       *Evidence
	d       *db.DB
	v       *privacy.Vault
	files   *dossier.Files
	people  []dossier.DemoPerson
	clock   *clock.Manual
	scanner *error // what the scanner cannot do, when it cannot
}

func newOffice(t testing.TB, d *db.DB) office {
	t.Helper()
	ctx := context.Background()
	keys := dbtest.SQLite(t, []db.Line{{Name: "keys", FS: privacy.KeySchema}})
	v, err := privacy.Open(ctx, keys, make([]byte, 32))
	if err != nil {
		t.Fatal(err)
	}
	org := organisation.New(d)
	o := office{d: d, v: v, files: dossier.New(d, v, org), clock: d.Clock().(*clock.Manual), scanner: new(error)}
	o.e = New(d, org, o.files, func(ctx context.Context, b []byte) (bool, error) {
		if *o.scanner != nil {
			return false, *o.scanner
		}
		return NoScanner(ctx, b)
	})
	o.files.Lend(o.e.FilePanels(), nil, o.e.Tabs())
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
		if err := d.Bulk(ctx, func(tx *db.Tx) error { return o.files.Demo(ctx, tx, batch) }); err != nil {
			t.Fatal(err)
		}
		o.people = append(o.people, batch...)
	}
	show := func(v *web.Visit, parts ...ui.Part) error {
		var b strings.Builder
		for _, p := range parts {
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
	today := web.Route{Name: "today", Method: http.MethodGet, Path: "/vandaag", May: access.Rule{Action: "test"}, Do: func(v *web.Visit) error {
		p, err := o.e.todayPanel(v)
		if err != nil {
			return err
		}
		return show(v, p)
	}}
	home := web.Route{Name: "portal.home", Method: http.MethodGet, Path: "/mijn", May: maySelf, Do: func(v *web.Visit) error {
		f, err := o.files.Open(v, v.Actor.ID, access.File, "test")
		if err != nil {
			return err
		}
		parts, err := o.files.Show(v, f, "home")
		if err != nil {
			return err
		}
		return show(v, parts...)
	}}
	record := web.Route{Name: "contact.record", Method: http.MethodGet, Path: "/dossier/{person}/contact", May: access.Rule{Action: "test"}, Do: func(v *web.Visit) error { return v.Text(200, "") }}
	o.House = webtest.New(t, d, []lang.Part{{Name: "ui", FS: ui.Texts}, {Name: "dossier", FS: dossier.Texts}, {Name: "evidence", FS: Texts}}, append(append(o.e.Routes(), o.files.Routes()...), today, home, record)...)
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

func (o office) give(t testing.TB, g access.Grant) (id string) {
	t.Helper()
	if err := o.d.Tx(t.Context(), func(tx *db.Tx) (err error) { id, err = access.Give(t.Context(), tx, g); return err }); err != nil {
		t.Fatal(err)
	}
	return id
}

func (o office) count(t testing.TB, f db.Frag) int {
	t.Helper()
	n, err := db.One[int](t.Context(), o.d, f)
	if err != nil {
		t.Fatalf("%s: %v", f.SQL, err)
	}
	return n
}

func (o office) one(t testing.TB, f db.Frag) string {
	t.Helper()
	s, err := db.One[string](t.Context(), o.d, f)
	if err != nil {
		t.Fatalf("%s: %v", f.SQL, err)
	}
	return s
}

// must posts a form that has to succeed, and gives the id at the end of where it leads.
func (o office) must(t testing.TB, v *webtest.Visitor, path string, form ...string) string {
	t.Helper()
	return idOf(t, v.Post(path, webtest.Form(form...)))
}

func idOf(t testing.TB, a webtest.Answer) string {
	t.Helper()
	if a.Code != 303 {
		t.Fatalf("%d: %s", a.Code, a.Body)
	}
	path, _, _ := strings.Cut(a.To, "?")
	return path[strings.LastIndexByte(path, '/')+1:]
}

// send posts a form with a file in the field "file", called anything at all.
func (o office) send(t testing.TB, v *webtest.Visitor, path, name string, file []byte, form ...string) webtest.Answer {
	t.Helper()
	return o.sendAs(t, v, path, map[string][]byte{"file": file}, name, form...)
}

func (o office) sendAs(t testing.TB, v *webtest.Visitor, path string, files map[string][]byte, name string, form ...string) webtest.Answer {
	t.Helper()
	for field, file := range files {
		form = append(form, "@"+field, string(file))
	}
	return v.Hand(path, name, form...)
}

// absent says whether an answer is the one for what does not exist.
func (o office) absent(t testing.TB, v *webtest.Visitor, a webtest.Answer, what string) {
	t.Helper()
	none := v.Get("/dossier/p-nobody")
	if a.Code != 404 || a.Body != none.Body || fmt.Sprint(a.Header) != fmt.Sprint(none.Header) {
		t.Errorf("%s: %d, and can be told from what does not exist", what, a.Code)
	}
}

// fill writes the demonstration's share.
func (o office) fill(t testing.TB) {
	t.Helper()
	if err := o.d.Bulk(t.Context(), func(tx *db.Tx) error { return o.e.Demo(t.Context(), tx, o.people, o.d.Now()) }); err != nil {
		t.Fatal(err)
	}
}

var errScanner = errors.New("the scanner is away")

const list = "/dossier/p-selam/bewijs"

// day is so many days from now, as a form carries it.
func (o office) day(n int) string { return clock.Today(o.d.Now()).AddDays(n).String() }

var hour = time.Hour
