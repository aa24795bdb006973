package portal

import (
	"context"
	"fmt"
	"html"
	"log/slog"
	"net/http"
	"net/url"
	"regexp"
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
	"reisgezel/internal/kernel/post"
	"reisgezel/internal/kernel/privacy"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
	"reisgezel/internal/kernel/web/webtest"
	"reisgezel/internal/organisation"
)

var lines = []db.Line{{Name: "web", FS: web.Schema}, {Name: "access", FS: access.Schema}, {Name: "audit", FS: audit.Schema}, {Name: "organisation", FS: organisation.Schema},
	{Name: "dossier", FS: dossier.Schema}, {Name: "post", FS: post.Schema}, {Name: "portal", FS: Schema}}

const (
	selamCard = "TREE3479"
	reemCard  = "REEM3479"
	noCard    = "ACDEFGHJ"
	pin       = "4815"
)

// house is a house with the colleagues of the demonstration, Selam and Reem, and their cards.
type house struct {
	*webtest.House
	t     *testing.T
	p     *Portal
	out   *post.Outbox
	d     *db.DB
	vault *privacy.Vault
	files *dossier.Files
	clock *clock.Manual

	ria, amira, marwan, pieter, noor access.Actor
}

func staff(id string, holders []string, posts ...access.Post) access.Actor {
	return access.Actor{Kind: access.Staff, ID: id, Name: id, Posts: posts, Holders: append([]string{"user:" + id}, holders...), Lang: "nl"}
}

func at(r access.Role, k access.ScopeKind, id string) access.Post {
	return access.Post{Role: r, Scope: access.Scope{Kind: k, ID: id}}
}

func setup(t *testing.T, d *db.DB) house {
	t.Helper()
	ctx := context.Background()
	v, err := privacy.Open(ctx, dbtest.SQLite(t, []db.Line{{Name: "keys", FS: privacy.KeySchema}}), make([]byte, 32))
	if err != nil {
		t.Fatal(err)
	}
	org := organisation.New(d)
	files := dossier.New(d, v, org)
	out := post.Show(d, v, slog.New(slog.DiscardHandler))
	p := New(d, v, org, files, out)
	files.Lend(nil, nil, p.Tabs())
	if err := d.Bulk(ctx, func(tx *db.Tx) error { _, err := organisation.Demo(ctx, tx, d.Now(), 20); return err }); err != nil {
		t.Fatal(err)
	}
	h := house{t: t, p: p, out: out, d: d, vault: v, files: files, clock: d.Clock().(*clock.Manual),
		ria:    staff("u-ria", []string{"desk:d-overvecht"}, at(access.Desk, access.AtDesk, "d-overvecht")),
		amira:  staff("u-amira", nil, at(access.Case, access.Team, "t-utrecht")),
		marwan: staff("u-marwan", nil, at(access.Legal, access.Team, "t-utrecht")),
		pieter: staff("u-pieter", nil, at(access.Privacy, access.National, "")),
		noor:   staff("u-noor", nil, at(access.Lead, access.Team, "t-utrecht")),
	}
	h.person("p-selam", selamCard, dossier.Profile{Called: "Selam", VNumber: "2819940173", Own: "ሰላም", Lives: "Utrecht", Languages: []dossier.Speech{{Tag: "ti"}},
		Names: []dossier.NamePart{{Text: "Selam", Role: "own"}, {Text: "Tesfay", Role: "father"}}, Births: []dossier.Birth{{Year: 1991, About: true, Source: "person", Disputed: true}},
		Reach: dossier.Reach{Phone: "+31612345678", Shared: true, Never: "nooit via de buurman", How: []string{"app"}}, Wish: dossier.Wish{Gender: "woman", NotOwn: true}})
	h.person("p-reem", reemCard, dossier.Profile{Called: "Reem", VNumber: "2820011427", Lives: "Kanaalstraat 12", Languages: []dossier.Speech{{Tag: "ar"}}})
	page := func(name, path string) web.Route {
		return web.Route{Name: name, Method: http.MethodGet, Path: path, May: access.Rule{Action: "test"}, Do: func(v *web.Visit) error { return v.Text(200, name) }}
	}
	today := page("today", "/vandaag")
	today.Do = func(v *web.Visit) error {
		var b strings.Builder
		for _, x := range p.Panels() {
			part, err := x.Show(v)
			if err != nil {
				return err
			}
			b.WriteString("[" + part.Say + "]")
			if part.Body != nil {
				if err := part.Body.Render(v.Ctx(), &b); err != nil {
					return err
				}
			}
		}
		return v.Text(200, b.String())
	}
	h.House = webtest.New(t, d, []lang.Part{{Name: "ui", FS: ui.Texts}, {Name: "organisation", FS: organisation.Texts}, {Name: "dossier", FS: dossier.Texts}, {Name: "portal", FS: Texts}},
		append(append(p.Routes(), files.Routes()...), today, page("contact.record", "/dossier/{person}/contact"))...)
	for _, id := range []string{"p-selam", "p-reem"} {
		h.Set(access.Actor{Kind: access.IsSelf, ID: id, Holders: []string{"self:" + id}})
	}
	return h
}

// person adds somebody with Amira as caseworker, and a card of this code that was made now.
func (h house) person(id, code string, pr dossier.Profile) {
	h.t.Helper()
	ctx := context.Background()
	k, err := h.vault.NewKey(ctx, id)
	if err != nil {
		h.t.Fatal(err)
	}
	err = h.d.Tx(ctx, func(tx *db.Tx) error {
		return dossier.Add(ctx, tx, h.vault, k, id, pr, dossier.Placing{Team: "t-utrecht", Location: "l-overvecht", By: "u-amira"})
	})
	if err != nil {
		h.t.Fatal(err)
	}
	h.card(id, code)
}

func (h house) card(id, code string) {
	h.t.Helper()
	f, err := h.files.Machine(context.Background(), h.d, id)
	if err != nil {
		h.t.Fatal(err)
	}
	if err := h.d.Tx(context.Background(), func(tx *db.Tx) error { return h.files.Issue(context.Background(), tx, f, code) }); err != nil {
		h.t.Fatal(err)
	}
}

func (h house) count(f db.Frag) int {
	h.t.Helper()
	n, err := db.One[int](context.Background(), h.d, f)
	if err != nil {
		h.t.Fatal(err)
	}
	return n
}

// present opens Selam's file to Ria's desk, as checking in does.
func (h house) present() {
	h.t.Helper()
	err := h.d.Tx(context.Background(), func(tx *db.Tx) error {
		_, err := access.Give(context.Background(), tx, access.Grant{Subject: "p-selam", Holder: "desk:d-overvecht", Why: access.Presence, Level: access.DeskLevel, GivenBy: "u-ria", Place: "d-overvecht", Until: tx.Now.Add(90 * time.Minute)})
		return err
	})
	if err != nil {
		h.t.Fatal(err)
	}
}

func try(v *webtest.Visitor, code, pin string) webtest.Answer {
	return v.Post("/mijn/inloggen?taal=nl", webtest.Form("code", code, "pin", pin))
}

func choose(v *webtest.Visitor, code, pin string) webtest.Answer {
	return v.Post("/mijn/inloggen?taal=nl", webtest.Form("code", code, "eerste", "1", "nieuw", pin, "pin2", pin))
}

// in is a visitor who chose a PIN and is in.
func (h house) in(code string) *webtest.Visitor {
	h.t.Helper()
	v := h.Guest()
	if a := choose(v, code, pin); a.Code != 303 || a.To != "/mijn" {
		h.t.Fatalf("choosing a PIN: %d %s", a.Code, text(a.Body))
	}
	return v
}

func (h house) want(what string, a webtest.Answer, code int, has ...string) {
	h.t.Helper()
	if a.Code != code {
		h.t.Errorf("%s: answered %d, want %d (to %s)\n%s", what, a.Code, code, a.To, text(a.Body))
		return
	}
	body := html.UnescapeString(a.Body)
	for _, x := range has {
		if !strings.Contains(body, x) {
			h.t.Errorf("%s: %q is not there in\n%s", what, x, text(a.Body))
		}
	}
	if strings.Contains(body, "<html") && strings.Count(body, "<h1") != 1 {
		h.t.Errorf("%s: %d headings of the first order", what, strings.Count(body, "<h1"))
	}
}

func (h house) lacks(what string, a webtest.Answer, not ...string) {
	h.t.Helper()
	body := html.UnescapeString(a.Body)
	for _, x := range not {
		if i := strings.Index(body, x); i >= 0 {
			h.t.Errorf("%s: %q must not be there: …%s…", what, x, body[max(0, i-80):min(len(body), i+80)])
		}
	}
}

var tags = regexp.MustCompile(`<[^>]*>|\s+`)

// text is a page without its tags, for reading a failure.
func text(body string) string {
	if _, main, ok := strings.Cut(body, "<main"); ok {
		body = main
	}
	s := tags.ReplaceAllString(body, " ")
	return s[:min(3000, len(s))]
}

func headers(a webtest.Answer) string {
	var out []string
	for k, v := range a.Header {
		out = append(out, fmt.Sprint(k, v))
	}
	return fmt.Sprint(len(out), url.Values(a.Header)["Set-Cookie"])
}
