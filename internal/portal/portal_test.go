package portal

import (
	"context"
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
	{Name: "dossier", FS: dossier.Schema}, {Name: "portal", FS: Schema}}

type door struct {
	*webtest.House
	p     *Portal
	d     *db.DB
	clock *clock.Manual
}

func newDoor(t *testing.T, d *db.DB) door {
	t.Helper()
	ctx := context.Background()
	v, err := privacy.Open(ctx, dbtest.SQLite(t, []db.Line{{Name: "keys", FS: privacy.KeySchema}}), make([]byte, 32))
	if err != nil {
		t.Fatal(err)
	}
	org := organisation.New(d)
	files := dossier.New(d, v, org)
	p := New(d, v, org, files)
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
	page := func(name, path string) web.Route {
		return web.Route{Name: name, Method: http.MethodGet, Path: path, May: access.Rule{Action: "test"}, Do: func(v *web.Visit) error { return v.Text(200, name) }}
	}
	h := webtest.New(t, d, []lang.Part{{Name: "ui", FS: ui.Texts}, {Name: "dossier", FS: dossier.Texts}, {Name: "portal", FS: Texts}},
		append(append(p.Routes(), files.Routes()...), page("today", "/vandaag"), page("contact.record", "/dossier/{person}/contact"))...)
	for _, id := range []string{"p-selam", "p-reem"} {
		h.Set(access.Actor{Kind: access.IsSelf, ID: id, Holders: []string{"self:" + id}})
	}
	return door{h, p, d, d.Clock().(*clock.Manual)}
}

func (o door) enter(v *webtest.Visitor, code, pin string, first bool) webtest.Answer {
	f := webtest.Form("code", code, "pin", pin)
	if first {
		f.Set("eerste", "1")
		f.Set("pin2", pin)
	}
	return v.Post("/mijn/inloggen/pin?taal=nl", f)
}

func TestTheFirstPINIsChosenOnceAndOpensOnlyOnesOwnDoor(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newDoor(t, d)
		v := o.Guest()
		if a := o.enter(v, "TREE3479", "4815", true); a.Code != 303 || a.To != "/mijn" {
			t.Fatalf("choosing: %d %s", a.Code, a.Body)
		}
		home := v.Get("/mijn?taal=ti")
		if home.Code != 200 || !strings.Contains(home.Body, "Selam") || !strings.Contains(home.Body, `lang="ti"`) || strings.Contains(home.Body, "Reem") {
			t.Errorf("home: %d", home.Code)
		}
		if !strings.Contains(home.Body, "<title>Reisgezel</title>") || home.Header.Get("Cache-Control") != "no-store" {
			t.Error("the title or the cache is not neutral")
		}
		if a := v.Get("/dossier/p-selam"); a.Code != 404 {
			t.Errorf("the page of staff: %d", a.Code)
		}
		if a := o.enter(o.Guest(), "TREE3479", "9999123", true); a.Code != 422 {
			t.Errorf("somebody chose again: %d", a.Code)
		}
		if a := o.enter(o.Guest(), "TREE3479", "٤٨١٥", false); a.Code != 303 {
			t.Errorf("the PIN in Arabic digits: %d", a.Code)
		}
		o.clock.Advance(web.IdleClient + time.Second)
		if a := v.Get("/mijn"); a.Code != 303 || !strings.HasPrefix(a.To, "/webtest") {
			t.Errorf("after ten idle minutes: %d %s", a.Code, a.To)
		}
	})
}

func TestAnAttackerLearnsNothing(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newDoor(t, d)
		if a := o.enter(o.Guest(), "TREE3479", "4815", true); a.Code != 303 {
			t.Fatal(a.Code)
		}
		say := func(code, pin string, first bool) string {
			a := o.enter(o.Guest(), code, pin, first)
			if a.Code != 422 {
				t.Errorf("%s %s: %d", code, pin, a.Code)
			}
			return strings.ReplaceAll(a.Body, code, "CODE")
		}
		wrong := say("TREE3479", "9173", false)
		for name, got := range map[string]string{
			"no such card": say("ACDEFGHJ", "9173", false), "a card without a PIN": say("REEM3479", "9173", false),
			"choosing for a card with a PIN": say("TREE3479", "9173", true), "choosing for no card": say("ACDEFGHJ", "9173", true),
		} {
			if got != wrong {
				t.Errorf("%s can be told from a wrong PIN", name)
			}
		}
		for range lastTry {
			say("TREE3479", "9173", false)
			o.clock.Advance(time.Hour)
		}
		if got := say("TREE3479", "4815", false); got != wrong {
			t.Error("a blocked card can be told from a wrong PIN")
		}
		o.clock.Advance(40 * 24 * time.Hour)
		say("TREE3479", "4815", false) // for ever, until the desk helps
		say("REEM3479", "48151", true) // a card that is older than a fortnight chooses no PIN any more
	})
}

func TestWeakPINs(t *testing.T) {
	births := []dossier.Birth{{Year: 1991}}
	for pin, weak := range map[string]bool{"1234": true, "0000": true, "9876": true, "1991": true, "141991": true, "2580": true, "4815": false, "27182": false} {
		if Weak(pin, births) != weak {
			t.Errorf("%s: %v", pin, !weak)
		}
	}
	for s, ok := range map[string]bool{"123": false, "123456789": false, "۴۸۱۵": true, "48 15": true, "48a5": false, "": false} {
		if _, got := ReadPIN(s); got != ok {
			t.Errorf("%q: %v", s, got)
		}
	}
}

func TestChangingThePINEndsOtherSessions(t *testing.T) {
	d := dbtest.SQLite(t, lines)
	o := newDoor(t, d)
	here, there := o.Guest(), o.Guest()
	o.enter(here, "TREE3479", "4815", true)
	o.enter(there, "TREE3479", "4815", false)
	if a := here.Post("/mijn/instellingen/pin", webtest.Form("old", "0001", "pin", "27182", "pin2", "27182")); a.Code != 422 {
		t.Errorf("without the old one: %d", a.Code)
	}
	if a := here.Post("/mijn/instellingen/pin", webtest.Form("old", "4815", "pin", "1991", "pin2", "1991")); a.Code != 422 {
		t.Errorf("the year of birth: %d", a.Code)
	}
	if a := here.Post("/mijn/instellingen/pin", webtest.Form("old", "4815", "pin", "27182", "pin2", "27182")); a.Code != 303 {
		t.Fatalf("%d %s", a.Code, a.Body)
	}
	if a, b := here.Get("/mijn"), there.Get("/mijn"); a.Code != 200 || b.Code != 303 {
		t.Errorf("here %d, there %d", a.Code, b.Code)
	}
}

func TestSheSeesWhoLookedAndWhy(t *testing.T) {
	d := dbtest.SQLite(t, lines)
	o := newDoor(t, d)
	amira := access.Actor{Kind: access.Staff, ID: "u-amira", Name: "Amira", Holders: []string{"user:u-amira"}, Posts: []access.Post{{Role: access.Case, Scope: access.Scope{Kind: access.Team, ID: "t-utrecht"}}}}
	if a := o.As(amira).Get("/dossier/p-selam"); a.Code != 200 {
		t.Fatal(a.Code)
	}
	v := o.Guest()
	o.enter(v, "TREE3479", "4815", true)
	body := v.Get("/mijn/inzage?taal=fr").Body
	for _, want := range []string{"Amira", "accompagnateur", "vous accompagne", "aujourd’hui"} {
		if !strings.Contains(body, want) {
			t.Errorf("%q is missing", want)
		}
	}
	day := clock.Today(d.Now()).String()
	if a := v.Post("/mijn/inzage", webtest.Form("look", day+"/u-amira")); a.Code != 303 {
		t.Errorf("asking: %d", a.Code)
	}
	ws, err := o.p.said(t.Context(), access.Actor{Kind: access.Staff, ID: "u-pieter", Posts: []access.Post{{Role: access.Privacy}}}, d.Now(), "look")
	if err != nil || len(ws) != 1 {
		t.Errorf("%v %v", ws, err)
	}
	if a := v.Post("/mijn/gegevens", webtest.Form("text", "BSN 123456782")); a.Code != 422 {
		t.Errorf("a BSN was taken: %d", a.Code)
	}
	if a := v.Post("/mijn/gegevens", webtest.Form("text", "Mijn naam is Selam, niet Salam")); a.Code != 303 {
		t.Errorf("reporting: %d", a.Code)
	}
	if ws, err := o.p.said(t.Context(), amira, d.Now(), "fact"); err != nil || len(ws) != 1 || ws[0].Text != "Mijn naam is Selam, niet Salam" {
		t.Errorf("%v %v", ws, err)
	}
	jan := access.Actor{Kind: access.Staff, ID: "u-jan", Holders: []string{"user:u-jan"}}
	if ws, err := o.p.said(t.Context(), jan, d.Now(), "fact"); err != nil || len(ws) != 0 {
		t.Errorf("somebody else reads it: %v %v", ws, err)
	}
}

func TestTextsAreComplete(t *testing.T) {
	c, err := lang.Load(lang.Part{Name: "portal", FS: Texts})
	if err != nil {
		t.Fatal(err)
	}
	if f := c.Faults([]string{"nl", "en"}); len(f) > 0 {
		t.Error(strings.Join(f, "\n"))
	}
	own := []string{"portal.languages", "portal.independent", "portal.signin", "portal.code", "portal.pin", "portal.first", "portal.hello", "portal.looks", "portal.question", "portal.facts",
		"portal.wrong", "portal.settings", "portal.size", "portal.sessions", "portal.signout", "portal.role", "portal.why", "portal.fact.", "portal.error", "portal.said.asked", "portal.ask"}
	if f := c.Faults([]string{"ar", "fa", "ti", "tr", "so", "uk", "fr"}, own...); len(f) > 0 {
		t.Error(strings.Join(f, "\n"))
	}
}
