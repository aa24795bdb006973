package interview

// This file is a house with this one capability under test, and the people in it. What procedures lend is written out here;
// the real thing is tried where both are known, in internal/app.

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
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/privacy"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
	"reisgezel/internal/kernel/web/webtest"
	"reisgezel/internal/organisation"
)

var lines = []db.Line{{Name: "web", FS: web.Schema}, {Name: "access", FS: access.Schema}, {Name: "audit", FS: audit.Schema}, {Name: "organisation", FS: organisation.Schema},
	{Name: "dossier", FS: dossier.Schema}, {Name: "interview", FS: Schema}}

// law is what the room of procedures knows in a test.
type law struct {
	courses []dossier.Course
	faults  fault.Fields
	dates   []dossier.CourseDate
	told    []dossier.Happening // that reached a transaction
	alarms  int
}

func (l *law) events() dossier.Events {
	return dossier.Events{
		Courses: func(*web.Visit, dossier.File, string) ([]dossier.Course, error) { return l.courses, nil },
		Record: func(_ *web.Visit, _ dossier.File, h dossier.Happening) (func(*db.Tx) (string, error), fault.Fields, error) {
			return func(*db.Tx) (string, error) {
				l.told = append(l.told, h)
				return fmt.Sprintf("ev-%d", len(l.told)), nil
			}, l.faults, nil
		},
		Dates: func(*web.Visit, dossier.File, string, string) ([]dossier.CourseDate, error) { return l.dates, nil },
		Alarm: func(context.Context, string, time.Time) error { l.alarms++; return nil },
	}
}

type office struct {
	*webtest.House
	x      *Interviews
	d      *db.DB
	v      *privacy.Vault
	files  *dossier.Files
	people []dossier.DemoPerson
	clock  *clock.Manual
	law    *law
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
	o := office{d: d, v: v, files: dossier.New(d, v, org), clock: d.Clock().(*clock.Manual), law: &law{}}
	o.x = New(d, org, o.files, weekdays, o.law.events())
	o.files.Lend(o.x.FilePanels(), []dossier.Source{o.x.Source}, o.x.Tabs())
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
	today := web.Route{Name: "today", Method: http.MethodGet, Path: "/vandaag", May: access.Rule{Action: "test"}, Do: func(v *web.Visit) error {
		var b strings.Builder
		for _, p := range o.x.Panels() {
			part, err := p.Show(v)
			if err != nil {
				return err
			}
			fmt.Fprintf(&b, "[%s]", part.Say)
			if part.Body != nil {
				if err := part.Body.Render(v.Ctx(), &b); err != nil {
					return err
				}
			}
		}
		return v.Text(200, b.String())
	}}
	other := func(name, path string, may access.Rule) web.Route {
		return web.Route{Name: name, Method: http.MethodGet, Path: path, May: may, Do: func(v *web.Visit) error { return v.Text(200, "") }}
	}
	home := web.Route{Name: "portal.home", Method: http.MethodGet, Path: "/mijn", May: maySelf, Do: func(v *web.Visit) error {
		f, err := o.files.Open(v, v.Actor.ID, access.File, "test")
		if err != nil {
			return err
		}
		parts, err := o.files.Show(v, f, "home")
		var b strings.Builder
		for _, p := range parts {
			if err == nil {
				err = p.Body.Render(v.Ctx(), &b)
			}
		}
		if err != nil {
			return err
		}
		return v.Text(200, b.String())
	}}
	o.House = webtest.New(t, d, []lang.Part{{Name: "ui", FS: ui.Texts}, {Name: "dossier", FS: dossier.Texts}, {Name: "interview", FS: Texts}}, append(append(o.x.Routes(), o.files.Routes()...), today, home,
		other("contact.record", "/dossier/{person}/contact", access.Rule{Action: "test"}), other("procedure.begin", "/dossier/{person}/juridisch/nieuw", access.Rule{Action: "test"}), other("procedure.file", "/dossier/{person}/juridisch", access.Rule{Action: "test"}))...)
	return o
}

// worker is a colleague in Utrecht.
func worker(id string, r access.Role) access.Actor {
	return access.Actor{Kind: access.Staff, ID: id, Name: id, Holders: []string{"user:" + id}, Posts: []access.Post{{Role: r, Scope: access.Scope{Kind: access.Team, ID: "t-utrecht"}}}}
}

// self is the person a file is about.
func self(person string) access.Actor {
	return access.Actor{Kind: access.IsSelf, ID: person, Holders: []string{"self:" + person}}
}

func (o office) marwan() *webtest.Visitor { return o.As(worker("u-marwan", access.Legal)) }
func (o office) ria() *webtest.Visitor    { return o.As(worker("u-ria", access.Desk)) }

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

func (o office) one(t testing.TB, f db.Frag) string {
	t.Helper()
	s, err := db.One[string](t.Context(), o.d, f)
	if err != nil {
		t.Fatalf("%s: %v", f.SQL, err)
	}
	return s
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

// says holds an answer against what must be on it.
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

// never holds an answer against what must not be on it.
func (o office) never(t testing.TB, a webtest.Answer, words ...string) {
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

const files = "/dossier/p-selam/gehoor"

// day is so many days from the start of the test, as a form carries it.
func day24(n int) string { return clock.Today(dbtest.Start).AddDays(n).String() }

// plan plans an interview of Selam and gives the address of its page.
func (o office) plan(t testing.TB, form ...string) string {
	t.Helper()
	base := []string{"kind", "substantive", "minutes", "480", "site", "denbosch", "where", "kamer 3", "language", "ti", "interpreter", "ind", "lawyer", "unknown", "company", "yes", "day", day24(9), "hour", "09:00"}
	for i := 0; i < len(form); i += 2 {
		done := false
		for k := 0; k < len(base); k += 2 {
			if base[k] == form[i] {
				base[k+1], done = form[i+1], true
			}
		}
		if !done {
			base = append(base, form[i], form[i+1])
		}
	}
	return o.must(t, o.marwan(), files+"/nieuw", base...)
}

// idIn is the id at the end of an address.
func idIn(to string) string { return to[strings.LastIndexByte(to, '/')+1:] }

// on sets the clock to so many days after the start of the test.
func (o office) on(days int, hour string) {
	h, err := time.Parse("15:04", hour)
	if err != nil {
		panic(err)
	}
	d := clock.Today(dbtest.Start).AddDays(days)
	o.clock.Set(time.Date(d.Year, d.Month, d.Day, h.Hour(), h.Minute(), 0, 0, clock.Netherlands))
}

// held plans an interview for today to which Ria goes along, and says that it was held.
func (o office) held(t testing.TB) string {
	t.Helper()
	to := o.plan(t, "day", day24(0))
	o.must(t, o.marwan(), to+"/vragen", "colleague", "u-ria")
	o.must(t, o.ria(), "/gehoren/mee/"+idIn(to), "says", "yes")
	o.must(t, o.marwan(), to+"/stand", "state", Held)
	return to
}
