package briefing

// This file is a house with this one capability under test, and the people in it.

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

var lines = []db.Line{{Name: "web", FS: web.Schema}, {Name: "access", FS: access.Schema}, {Name: "audit", FS: audit.Schema}, {Name: "organisation", FS: organisation.Schema},
	{Name: "dossier", FS: dossier.Schema}, {Name: "briefing", FS: Schema}}

type office struct {
	*webtest.House
	b        *Briefing
	d        *db.DB
	v        *privacy.Vault
	files    *dossier.Files
	clock    *clock.Manual
	busy     map[string]bool            // who has an appointment, whatever the hour
	hearings map[string]dossier.Hearing // what the procedures say
}

// newOffice is a house on a Tuesday at nine, with the people who were written by hand and the list of what is told.
func newOffice(t testing.TB, d *db.DB) office {
	t.Helper()
	ctx := context.Background()
	keys := dbtest.SQLite(t, []db.Line{{Name: "keys", FS: privacy.KeySchema}})
	v, err := privacy.Open(ctx, keys, make([]byte, 32))
	if err != nil {
		t.Fatal(err)
	}
	org := organisation.New(d)
	o := office{d: d, v: v, files: dossier.New(d, v, org), clock: d.Clock().(*clock.Manual), busy: map[string]bool{}, hearings: map[string]dossier.Hearing{}}
	o.b = New(d, v, org, o.files,
		func(_ context.Context, _ db.Q, people []string, _, _ time.Time) (out []string, err error) {
			for _, p := range people {
				if o.busy[p] {
					out = append(out, p)
				}
			}
			return out, nil
		},
		func(context.Context, db.Q, []string) (map[string]dossier.Hearing, error) { return o.hearings, nil })
	o.files.Lend(o.b.FilePanels(), []dossier.Source{o.b.Source}, o.b.Tabs())
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
	}
	parts := []lang.Part{{Name: "ui", FS: ui.Texts}, {Name: "dossier", FS: dossier.Texts}, {Name: "briefing", FS: Texts}}
	cat, err := lang.Load(parts...)
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Tx(ctx, func(tx *db.Tx) error {
		return o.b.adopt(lang.With(ctx, "nl", cat), tx, access.Actor{ID: "u-noor", Kind: access.Staff})
	}); err != nil {
		t.Fatal(err)
	}
	show := func(v *web.Visit, parts ...ui.Part) error {
		var s strings.Builder
		for _, p := range parts {
			fmt.Fprintf(&s, "[%s]", p.Say)
			if p.Body == nil {
				continue
			}
			if err := p.Body.Render(v.Ctx(), &s); err != nil {
				return err
			}
		}
		return v.Text(200, s.String())
	}
	today := web.Route{Name: "today", Method: http.MethodGet, Path: "/vandaag", May: access.Rule{Action: "test"}, Do: func(v *web.Visit) error {
		var ps []ui.Part
		for _, x := range o.b.Panels() {
			p, err := x.Show(v)
			if err != nil {
				return err
			}
			ps = append(ps, p)
		}
		return show(v, ps...)
	}}
	home := web.Route{Name: "portal.home", Method: http.MethodGet, Path: "/mijn", May: maySelf, Do: func(v *web.Visit) error {
		f, err := o.files.Open(v, v.Actor.ID, access.File, "test")
		if err != nil {
			return err
		}
		ps, err := o.files.Show(v, f, "home")
		if err != nil {
			return err
		}
		more, err := o.files.Show(v, f, "appointments")
		if err != nil {
			return err
		}
		return show(v, append(ps, more...)...)
	}}
	record := web.Route{Name: "contact.record", Method: http.MethodGet, Path: "/dossier/{person}/contact", May: access.Rule{Action: "test"}, Do: func(v *web.Visit) error { return v.Text(200, "") }}
	o.House = webtest.New(t, d, parts, append(append(o.b.Routes(), o.files.Routes()...), today, home, record)...)
	return o
}

// worker is a colleague of the team, who holds what is assigned to them.
func worker(id string, r access.Role) access.Actor {
	return access.Actor{Kind: access.Staff, ID: id, Name: id, Holders: []string{"user:" + id}, Posts: []access.Post{{Role: r, Scope: access.Scope{Kind: access.Team, ID: "t-utrecht"}}}}
}

// ria is a volunteer at a desk, who holds no file.
func ria() access.Actor {
	return access.Actor{Kind: access.Staff, ID: "u-ria", Name: "Ria", Holders: []string{"user:u-ria"}, Posts: []access.Post{{Role: access.Desk, Scope: access.Scope{Kind: access.AtDesk, ID: "d-overvecht"}}}}
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

func (o office) one(t testing.TB, f db.Frag) string {
	t.Helper()
	s, err := db.One[string](t.Context(), o.d, f)
	if err != nil {
		t.Fatalf("%s: %v", f.SQL, err)
	}
	return s
}

// plan plans a session as Amira; the fields given go over those of an ordinary session, Thursday at ten in Tigrinya.
func (o office) plan(t testing.TB, fields ...string) string {
	t.Helper()
	f := webtest.Form("language", "ti", "kind", "group", "day", "2026-11-26", "hour", "10:00", "minutes", "90", "location", "l-overvecht", "room", "Kamer 1", "seats", "6", "leader", "u-ria",
		"interpreter", "booked", "how", "phone", "gender", "woman", "who", "Tolk 1", "topic", "bt-rights", "topic", "bt-procedure")
	for k, x := range webtest.Form(fields...) {
		f[k] = x
	}
	a := o.As(worker("u-amira", access.Case)).Post("/voorlichting/nieuw", f)
	if a.Code != 303 {
		t.Fatalf("planning answers %d: %s", a.Code, a.Body)
	}
	path, _, _ := strings.Cut(a.To, "?")
	return path[strings.LastIndexByte(path, '/')+1:]
}

// invite invites people as Amira, whatever stands in the way.
func (o office) invite(t testing.TB, session string, people ...string) {
	t.Helper()
	var f []string
	for _, p := range people {
		f = append(f, "person", p, "toch", p)
	}
	if a := o.As(worker("u-amira", access.Case)).Post("/voorlichting/sessie/"+session+"/uitnodigen", webtest.Form(f...)); a.Code != 303 {
		t.Fatalf("inviting answers %d: %s", a.Code, a.Body)
	}
}

func (o office) inviteID(t testing.TB, session, person string) string {
	t.Helper()
	return o.one(t, db.F(`SELECT id FROM briefing_invite WHERE session = ? AND person = ?`, session, person))
}

// absent says that an answer is the one of a page that does not exist.
func (o office) absent(t testing.TB, v *webtest.Visitor, a webtest.Answer, what string) {
	t.Helper()
	if not := v.Get("/nergens"); a.Code != 404 || a.Body != not.Body {
		t.Errorf("%s: %d, and it can be told from a page that is not there", what, a.Code)
	}
}

// on moves the clock to a moment in the Netherlands.
func (o office) on(t testing.TB, day, hour string) {
	t.Helper()
	at, err := time.ParseInLocation("2006-01-02 15:04", day+" "+hour, clock.Netherlands)
	if err != nil {
		t.Fatal(err)
	}
	o.clock.Advance(at.Sub(o.clock.Now()))
}

// file opens a file for a colleague, as a form does.
func (o office) file(t testing.TB, a access.Actor, person string) dossier.File {
	t.Helper()
	v := &web.Visit{Actor: a, Now: o.d.Now(), R: (&http.Request{}).WithContext(t.Context())}
	v.SetCtx(t.Context())
	f, err := o.files.OpenFor(v, person, access.File)
	if err != nil {
		t.Fatal(err)
	}
	return f
}
