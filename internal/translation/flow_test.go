package translation

// This file walks the pages on both databases, and looks at what must not appear.

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/audit"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/db/dbtest"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
	"reisgezel/internal/kernel/web/webtest"
	"reisgezel/internal/organisation"
)

var lines = []db.Line{{Name: "web", FS: web.Schema}, {Name: "access", FS: access.Schema}, {Name: "audit", FS: audit.Schema}, {Name: "organisation", FS: organisation.Schema}, {Name: "translation", FS: Schema}}

type office struct {
	*webtest.House
	t *Translation
	d *db.DB
}

// newOffice is a house with the colleagues of the demonstration.
func newOffice(t *testing.T, d *db.DB) office {
	t.Helper()
	if err := d.Bulk(t.Context(), func(tx *db.Tx) error { _, err := organisation.Demo(t.Context(), tx, d.Now(), 100); return err }); err != nil {
		t.Fatal(err)
	}
	parts := []lang.Part{{Name: "ui", FS: ui.Texts}, {Name: "translation", FS: Texts}}
	o := office{d: d}
	texts, err := lang.Load(parts...)
	if err != nil {
		t.Fatal(err)
	}
	o.t = New(d, organisation.New(d), texts)
	page := web.Route{Name: "page", Method: http.MethodGet, Path: "/mijn", May: access.Rule{Action: "test", Need: access.Free}, Do: func(v *web.Visit) error { return v.Page(ui.Empty(lang.T(v.Ctx(), "ui.fault.home"))) }}
	o.House = webtest.New(t, d, parts, append(o.t.Routes(), page)...)
	o.t.texts = o.Site.Texts
	return o
}

func worker(id string, r access.Role, k access.ScopeKind, place string) access.Actor {
	return access.Actor{Kind: access.Staff, ID: id, Name: id, Holders: []string{"user:" + id}, Posts: []access.Post{{Role: r, Scope: access.Scope{Kind: k, ID: place}}}}
}

var (
	noor  = worker("u-noor", access.Lead, access.Team, "t-utrecht")
	admin = worker("u-admin", access.Admin, access.National, "")
)

func TestWhatIsMissedIsCountedAndToldWithoutWhoMissedIt(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		g := o.Guest()
		for _, tag := range []string{"am", "am", "ps", "nl", "fr"} {
			a := g.Get("/mijn?taal=" + tag)
			if marked := strings.Contains(a.Body, `<span class="nt" lang="nl" dir="ltr">Naar de eerste pagina</span>`); marked != (tag == "am" || tag == "ps") || a.Code != 200 {
				t.Errorf("%s: %d %s", tag, a.Code, a.Body)
			}
		}
		if a := o.As(noor).Get("/mijn?taal=am"); strings.Contains(a.Body, "class=\"nt\"") {
			t.Error("a colleague's page is counted")
		}
		for range 2 { // counted once, however often it is written down
			if err := o.t.keep(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		ns, err := o.t.needs(t.Context(), "", 10)
		if err != nil || len(ns) != 2 || ns[0].Tag != "am" || ns[0].N != 2 || ns[1].N != 1 {
			t.Fatal(ns, err)
		}
		g.Get("/mijn?taal=am")
		gone, cancel := context.WithCancel(t.Context())
		cancel()
		if err := o.t.keep(gone); err == nil {
			t.Fatal("it was written down without a database")
		}
		if err := o.t.keep(t.Context()); err != nil {
			t.Fatal(err)
		}
		if ns, err = o.t.needs(t.Context(), "am", 10); err != nil || len(ns) != 1 || ns[0].N != 3 {
			t.Fatal(ns, err)
		}
		a := o.As(noor).Get("/vertalen?taal=nl")
		for _, want := range []string{"Naar de eerste pagina", "Amhaars", "3 keer", "Pasjtoe", "1 keer", "Dari", "Makkelijk Nederlands"} {
			if !strings.Contains(a.Body, want) {
				t.Errorf("%q is missing", want)
			}
		}
		if a := o.As(admin).Get("/vertalen"); a.Code != 404 {
			t.Errorf("the administrator reads it: %d", a.Code)
		}
		if a := g.Get("/vertalen"); a.Code != 303 {
			t.Errorf("a guest: %d", a.Code)
		}
	})
}

func TestTextsAreComplete(t *testing.T) {
	c, err := lang.Load(lang.Part{Name: "translation", FS: Texts})
	if err != nil {
		t.Fatal(err)
	}
	if f := c.Faults([]string{"nl", "en"}); len(f) > 0 {
		t.Error(strings.Join(f, "\n"))
	}
	for _, r := range Rules() {
		if !c.Has("nl", r.Why) {
			t.Errorf("%s does not say who may do it", r.Action)
		}
	}
}
