package family

// This file is a house with this one capability under test, and the people in it.

import (
	"context"
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"

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
	{Name: "dossier", FS: dossier.Schema}, {Name: "family", FS: Schema}}

type office struct {
	*webtest.House
	x       *Families
	d       *db.DB
	v       *privacy.Vault
	files   *dossier.Files
	people  map[string]dossier.DemoPerson
	clock   *clock.Manual
	sponsor *dossier.Sponsorship // what the law says of everybody
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
	o := office{d: d, v: v, files: dossier.New(d, v, org), clock: d.Clock().(*clock.Manual), people: map[string]dossier.DemoPerson{}, sponsor: &dossier.Sponsorship{}}
	o.x = New(d, v, org, o.files)
	o.x.Lend(func(*web.Visit, dossier.File) (dossier.Sponsorship, error) { return *o.sponsor, nil }, o.files.Excerpts())
	o.files.Lend(o.x.FilePanels(), nil, o.x.Tabs())
	var plan organisation.Plan
	if err := d.Bulk(ctx, func(tx *db.Tx) (err error) { plan, err = organisation.Demo(ctx, tx, d.Now(), 100); return err }); err != nil {
		t.Fatal(err)
	}
	for batch := range dossier.DemoPeople(plan, dossier.DemoHeroes, d.Now()) {
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
	today := web.Route{Name: "today", Method: http.MethodGet, Path: "/vandaag", May: access.Rule{Action: "test"}, Do: func(v *web.Visit) error {
		p, err := o.x.todayPanel(v)
		if err != nil {
			return err
		}
		var b strings.Builder
		fmt.Fprintf(&b, "[%s]", p.Say)
		if p.Body != nil {
			if err := p.Body.Render(v.Ctx(), &b); err != nil {
				return err
			}
		}
		return v.Text(200, b.String())
	}}
	stub := func(name, path string) web.Route {
		return web.Route{Name: name, Method: http.MethodGet, Path: path, May: access.Rule{Action: "test"}, Do: func(v *web.Visit) error { return v.Text(200, "") }}
	}
	o.House = webtest.New(t, d, []lang.Part{{Name: "ui", FS: ui.Texts}, {Name: "dossier", FS: dossier.Texts}, {Name: "family", FS: Texts}}, append(append(o.x.Routes(), o.files.Routes()...), today,
		stub("portal.home", "/mijn"), stub("portal.wrong", "/mijn/gegevens/klopt-niet"), stub("contact.record", "/dossier/{person}/contact"), stub("procedure.record", "/dossier/{person}/juridisch/vastleggen/{kind}"))...)
	return o
}

// fill writes the demonstration's share.
func (o office) fill(t testing.TB) {
	t.Helper()
	var all []dossier.DemoPerson
	for _, p := range o.people {
		all = append(all, p)
	}
	if err := o.d.Bulk(t.Context(), func(tx *db.Tx) error { return o.x.Demo(t.Context(), tx, all, o.d.Now()) }); err != nil {
		t.Fatal(err)
	}
}

// worker is a colleague of the team, who holds what is assigned to them.
func worker(id string, r access.Role) access.Actor {
	return access.Actor{Kind: access.Staff, ID: id, Name: id, Holders: []string{"user:" + id}, Posts: []access.Post{{Role: r, Scope: access.Scope{Kind: access.Team, ID: "t-utrecht"}}}}
}

// client is the person a file is about.
func client(person string) access.Actor {
	return access.Actor{Kind: access.IsSelf, ID: person, Holders: []string{self(person)}}
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

func (o office) family(t testing.TB, person string) Family {
	t.Helper()
	f, _, err := load(t.Context(), o.d, o.people[person].Key, person)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func (o office) log(t testing.TB, person string) string {
	t.Helper()
	es, err := audit.Of(t.Context(), o.d, person, 0, 1000)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, e := range es {
		out = append(out, e.Event+" "+e.Actor)
	}
	return strings.Join(out, "\n")
}

// must posts a form that has to succeed, and gives where it leads.
func (o office) must(t testing.TB, v *webtest.Visitor, path string, form ...string) string {
	t.Helper()
	a := v.Post(path, webtest.Form(form...))
	if a.Code != 303 {
		t.Fatalf("%s: %d: %s", path, a.Code, a.Body)
	}
	to, _, _ := strings.Cut(a.To, "?")
	return to
}

// added adds a relative and gives their id.
func (o office) added(t testing.TB, v *webtest.Visitor, person, name, role string, more ...string) string {
	t.Helper()
	to := o.must(t, v, at(person)+"/lid", append([]string{"name", name, "role", role, "to", "self", "certainty", "stated", "source", "person", "coming", "yes"}, more...)...)
	return to[strings.LastIndexByte(to, '/')+1:]
}

func at(person string) string { return "/dossier/" + person + "/gezin" }

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

func (o office) silent(t testing.TB, a webtest.Answer, words ...string) {
	t.Helper()
	for _, w := range words {
		if strings.Contains(a.Body, w) {
			t.Errorf("%q is on the page", w)
		}
	}
}

// absent says whether an answer is, byte for byte, the one for what does not exist.
func (o office) absent(t testing.TB, v *webtest.Visitor, a webtest.Answer, what string) {
	t.Helper()
	none := v.Get("/dossier/p-nobody")
	if a.Code != 404 || a.Body != none.Body || fmt.Sprint(a.Header) != fmt.Sprint(none.Header) {
		t.Errorf("%s: %d, and can be told from what does not exist", what, a.Code)
	}
}

// bare is a page without the keys of its forms, which are new every time.
var once = regexp.MustCompile(`name="_once" value="[^"]*"`)

func bareText(s string) string { return once.ReplaceAllString(s, "") }
