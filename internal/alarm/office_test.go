package alarm

// This file is a house with this one capability under test, and the people in it.

import (
	"context"
	"fmt"
	"html"
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
	{Name: "dossier", FS: dossier.Schema}, {Name: "alarm", FS: Schema}}

type office struct {
	*webtest.House
	a       *Alarms
	d       *db.DB
	v       *privacy.Vault
	files   *dossier.Files
	clock   *clock.Manual
	people  map[string]dossier.DemoPerson
	refused map[string]bool // who meets what only procedures know
	lawyers map[string]dossier.Lawyer
	asked   *int // how often procedures were asked
}

func newOffice(t testing.TB, d *db.DB, people int) office {
	t.Helper()
	ctx := context.Background()
	v, err := privacy.Open(ctx, dbtest.SQLite(t, []db.Line{{Name: "keys", FS: privacy.KeySchema}}), make([]byte, 32))
	if err != nil {
		t.Fatal(err)
	}
	org := organisation.New(d)
	o := office{d: d, v: v, files: dossier.New(d, v, org), clock: d.Clock().(*clock.Manual), people: map[string]dossier.DemoPerson{}, refused: map[string]bool{}, lawyers: map[string]dossier.Lawyer{}, asked: new(int)}
	o.a = New(d, v, org, o.files)
	o.a.Lend(func(_ context.Context, _ db.Q, f dossier.File, _ clock.Date) ([]dossier.Lawyer, error) {
		if l, ok := o.lawyers[f.ID()]; ok {
			return []dossier.Lawyer{l}, nil
		}
		return nil, nil
	}, func(_ context.Context, _ db.Q, people []string, ask dossier.LawAsk) ([]string, error) {
		*o.asked++
		return slices.DeleteFunc(slices.Clone(people), func(id string) bool { return !o.refused[id] }), nil
	})
	o.files.Lend(o.a.FilePanels(), []dossier.Source{o.a.Source}, nil)
	var plan organisation.Plan
	if err := d.Bulk(ctx, func(tx *db.Tx) (err error) { plan, err = organisation.Demo(ctx, tx, d.Now(), 100); return err }); err != nil {
		t.Fatal(err)
	}
	for batch := range dossier.DemoPeople(plan, people, d.Now()) {
		for i := range batch {
			if batch[i].Key, err = v.NewKey(ctx, batch[i].ID); err != nil {
				t.Fatal(err)
			}
			o.people[batch[i].ID] = batch[i]
		}
		if err := d.Bulk(ctx, func(tx *db.Tx) error { return o.files.Demo(ctx, tx, batch) }); err != nil {
			t.Fatal(err)
		}
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
	page := func(name, path string, need access.Need, part func(v *web.Visit) ([]ui.Part, error)) web.Route {
		return web.Route{Name: name, Method: http.MethodGet, Path: path, May: access.Rule{Action: "test", Need: need}, Do: func(v *web.Visit) error {
			ps, err := part(v)
			if err != nil {
				return err
			}
			return show(v, ps...)
		}}
	}
	stubs := []web.Route{
		page("today", "/vandaag", access.SignedIn, func(v *web.Visit) ([]ui.Part, error) { p, err := o.a.todayPanel(v); return []ui.Part{p}, err }),
		page("banner", "/balk", access.SignedIn, func(v *web.Visit) ([]ui.Part, error) { p, err := o.a.Banner(v); return []ui.Part{p}, err }),
		page("contact.record", "/dossier/{person}/contact", access.SignedIn, func(*web.Visit) ([]ui.Part, error) { return nil, nil }),
		page("portal.home", "/mijn", access.BySelf, func(v *web.Visit) ([]ui.Part, error) {
			f, err := o.files.Open(v, v.Actor.ID, access.File, "test")
			if err != nil {
				return nil, err
			}
			return o.files.Show(v, f, "home")
		}),
	}
	o.House = webtest.New(t, d, []lang.Part{{Name: "ui", FS: ui.Texts}, {Name: "organisation", FS: organisation.Texts}, {Name: "dossier", FS: dossier.Texts}, {Name: "alarm", FS: Texts}}, slices.Concat(o.a.Routes(), o.files.Routes(), stubs)...)
	o.Static = ui.Static()
	return o
}

// worker is a colleague with a post, who holds what is assigned to them.
func worker(id string, r access.Role, kind access.ScopeKind, at string, holders ...string) access.Actor {
	return access.Actor{Kind: access.Staff, ID: id, Name: id, Lang: "nl", Holders: append(holders, "user:"+id), Posts: []access.Post{{Role: r, Scope: access.Scope{Kind: kind, ID: at}}}}
}

func self(person string) access.Actor {
	return access.Actor{Kind: access.IsSelf, ID: person, Holders: []string{"self:" + person}, Lang: "nl"}
}

// The colleagues of the story. Amira and Marwan have the files of Utrecht.
var (
	amiraA  = worker("u-amira", access.Case, access.Team, "t-utrecht")
	marwanA = worker("u-marwan", access.Legal, access.Team, "t-utrecht")
	noorA   = worker("u-noor", access.Lead, access.Team, "t-utrecht")
	denizA  = worker("u-deniz", access.Legal, access.Team, "t-utrecht")
	elsA    = worker("u-els", access.Region, access.InRegion, "r-midden")
	landA   = worker("u-land", access.Region, access.National, "")
	riaA    = worker("u-ria", access.Desk, access.AtDesk, "d-overvecht", "desk:d-overvecht")
	zwolleA = worker("u-zwolle", access.Lead, access.Team, "t-zwolle")
	pieterA = worker("u-pieter", access.Privacy, access.National, "")
	beheerA = worker("u-beheer", access.Admin, access.National, "")
)

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

// want holds an answer against what it must be and what it must show; "-" before a text says that it must not be there.
func want(t testing.TB, what string, a webtest.Answer, code int, has ...string) webtest.Answer {
	t.Helper()
	body := html.UnescapeString(a.Body)
	if a.Code != code {
		t.Fatalf("%s: answered %d, want %d\n%s", what, a.Code, code, body)
	}
	for _, x := range has {
		if not, ok := strings.CutPrefix(x, "-"); ok {
			if strings.Contains(body, not) {
				t.Errorf("%s: %q must not be there", what, not)
			}
		} else if !strings.Contains(body, x) {
			t.Errorf("%s: %q is not there in\n%s", what, x, body)
		}
	}
	return a
}

// absent holds an answer against that of a page that does not exist, byte for byte.
func absent(t testing.TB, v *webtest.Visitor, a webtest.Answer, what string) {
	t.Helper()
	if none := v.Get("/nergens"); a.Code != 404 || a.Body != none.Body {
		t.Errorf("%s: answered %d and can be told from a page that is not there", what, a.Code)
	}
}

// raised raises an alarm about Hamid with a removal on Sunday at 07:15, and tells its id.
func (o office) raised(t testing.TB, form ...string) string {
	t.Helper()
	want(t, "raising", o.As(amiraA).Post("/dossier/p-hamid/alarm", webtest.Form(form...)), 303)
	return o.one(t, db.F(`SELECT id FROM alarm_alarm WHERE person = 'p-hamid' AND state = 'running'`))
}

const hamid = "/dossier/p-hamid/alarm"

// remember fills the memory of the node.
func (o office) remember(t testing.TB) {
	t.Helper()
	if err := o.files.Remember(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// later lets time pass.
func (o office) later(d time.Duration) { o.clock.Advance(d) }
