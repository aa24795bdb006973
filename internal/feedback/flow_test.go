package feedback

// This file walks the ways through the pages on both databases: an opinion with and without a name, a complaint from sending
// to decision, joining in, and what must not appear.

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
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
	{Name: "dossier", FS: dossier.Schema}, {Name: "feedback", FS: Schema}}

type office struct {
	*webtest.House
	f *Feedback
	d *db.DB
	v *privacy.Vault
}

// newOffice is a house on a Tuesday at nine with the people who were written by hand, in which nobody said anything yet.
func newOffice(t *testing.T, d *db.DB) office {
	t.Helper()
	ctx := t.Context()
	v, err := privacy.Open(ctx, dbtest.SQLite(t, []db.Line{{Name: "keys", FS: privacy.KeySchema}}), make([]byte, 32))
	if err != nil {
		t.Fatal(err)
	}
	org := organisation.New(d)
	files := dossier.New(d, v, org)
	o := office{d: d, v: v, f: New(d, v, org, files, working)}
	var plan organisation.Plan
	o.f.LendClean(func(_ context.Context, b []byte) (bool, error) { return !bytes.Contains(b, []byte("virus")), nil })
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
	vandaag := web.Route{Name: "today", Method: http.MethodGet, Path: "/vandaag", May: access.Rule{Action: "test"}, Do: func(v *web.Visit) error {
		var s strings.Builder
		for _, x := range o.f.Panels() {
			p, err := x.Show(v)
			if err != nil {
				return err
			}
			fmt.Fprintf(&s, "[%s]", p.Say)
			if p.Body != nil {
				if err := p.Body.Render(v.Ctx(), &s); err != nil {
					return err
				}
			}
		}
		return v.Text(200, s.String())
	}}
	home := web.Route{Name: "portal.home", Method: http.MethodGet, Path: "/mijn", May: access.Rule{Action: "test"}, Do: func(v *web.Visit) error { return v.Text(200, "") }}
	o.House = webtest.New(t, d, []lang.Part{{Name: "ui", FS: ui.Texts}, {Name: "dossier", FS: dossier.Texts}, {Name: "feedback", FS: Texts}}, append(append(o.f.Routes(), files.Routes()...), vandaag, home)...)
	return o
}

func self(person string) access.Actor {
	return access.Actor{Kind: access.IsSelf, ID: person, Holders: []string{"self:" + person}}
}

func worker(id string, r access.Role, k access.ScopeKind, place string) access.Actor {
	return access.Actor{Kind: access.Staff, ID: id, Name: id, Holders: []string{"user:" + id}, Posts: []access.Post{{Role: r, Scope: access.Scope{Kind: k, ID: place}}}}
}

var (
	noor   = worker("u-noor", access.Lead, access.Team, "t-utrecht")
	marwan = worker("u-marwan", access.Legal, access.Team, "t-utrecht")
	amira  = worker("u-amira", access.Case, access.Team, "t-utrecht")
	els    = worker("u-els", access.Region, access.InRegion, "r-midden")
	pieter = worker("u-pieter", access.Privacy, access.National, "")
	far    = worker("u-teamleider-1", access.Lead, access.Team, "t-amersfoort")
)

func want(t *testing.T, what string, a webtest.Answer, code int, texts ...string) {
	t.Helper()
	if a.Code != code {
		t.Fatalf("%s answers %d: %.600s", what, a.Code, a.Body)
	}
	for _, x := range texts {
		if not, ok := strings.CutPrefix(x, "!"); ok {
			if strings.Contains(a.Body, not) {
				t.Errorf("%s shows %q", what, not)
			}
		} else if !strings.Contains(a.Body, x) {
			t.Errorf("%s lacks %q:\n%.2500s", what, x, a.Body)
		}
	}
}

func rows(t *testing.T, d *db.DB, f db.Frag) int {
	t.Helper()
	n, err := db.One[int](t.Context(), d, f)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func text(t *testing.T, d *db.DB, f db.Frag) string {
	t.Helper()
	s, err := db.One[string](t.Context(), d, f)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestWithoutANameLeadsToNobody(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		selam := o.As(self("p-selam"))
		logged := rows(t, d, db.F(`SELECT COUNT(*) FROM audit_entry`))
		want(t, "the form", selam.Get("/mijn/mening"), 200, `value="without" checked`)
		want(t, "nothing chosen", selam.Post("/mijn/mening", webtest.Form("tekst", "te lang")), 422, "te lang", "Kies hoe het was", "Kies waar het over gaat", "Kies met of zonder naam")
		want(t, "a BSN", selam.Post("/mijn/mening", webtest.Form("hoe", "bad", "over", "desk", "naam", "without", "tekst", "111222333")), 422, "Schrijf geen BSN")
		a := selam.Post("/mijn/mening", webtest.Form("hoe", "bad", "over", "interpreter", "naam", "without", "tekst", "De tolk kwam niet."))
		want(t, "sending", a, 303)
		if strings.Contains(a.To, "fn-") {
			t.Error("the address after it names the note")
		}
		if n := rows(t, d, db.F(`SELECT COUNT(*) FROM audit_entry`)); n != logged {
			t.Errorf("the log has %d lines more", n-logged)
		}
		if n := rows(t, d, db.F(`SELECT COUNT(*) FROM web_once WHERE who LIKE '%p-selam%'`)); n != 0 {
			t.Error("the key of the form tells who sent it")
		}
		if got := text(t, d, db.F(`SELECT person FROM feedback_note`)); got != "" {
			t.Errorf("the note is of %q", got)
		}
		if id := text(t, d, db.F(`SELECT id FROM feedback_note`)); strings.HasPrefix(id, db.ID("fn", d.Now())[:12]) || len(id) != 23 {
			t.Errorf("the id %s tells the time", id)
		}
		b, err := db.One[[]byte](t.Context(), d, db.F(`SELECT body FROM feedback_note`))
		if err != nil || bytes.Contains(b, []byte("tolk")) {
			t.Errorf("the words lie open: %v", err)
		}
		want(t, "the team", o.As(amira).Get("/meningen"), 200, "De tolk kwam niet.", "zonder naam", "!Selam", "minder dan 5")
		want(t, "another team", o.As(far).Get("/meningen"), 200, "!De tolk kwam niet.")
		want(t, "Vandaag", o.As(amira).Get("/vandaag"), 200, "1 mening die niemand las")
		id := text(t, d, db.F(`SELECT id FROM feedback_note`))
		want(t, "another team reads it", o.As(far).Post("/meningen/"+id, webtest.Form()), 404)
		want(t, "read", o.As(amira).Post("/meningen/"+id, webtest.Form()), 303)
		want(t, "Vandaag after", o.As(amira).Get("/vandaag"), 200, "!mening die")
		want(t, "not read after all", o.As(amira).Post("/meningen/"+id, webtest.Form("open", "1")), 303)
		want(t, "Vandaag again", o.As(amira).Get("/vandaag"), 200, "1 mening die niemand las")
	})
}

func TestWithANameOnlyForWhoMaySeeTheFile(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		want(t, "sending", o.As(self("p-selam")).Post("/mijn/mening", webtest.Form("hoe", "good", "over", "desk", "naam", "with", "tekst", "Fijn geholpen.")), 303)
		id := text(t, d, db.F(`SELECT id FROM feedback_note WHERE person = 'p-selam'`))
		want(t, "the list of who helps her", o.As(amira).Get("/meningen"), 200, "/meningen/"+id, "met naam", "!Fijn geholpen", "!Selam")
		looks := rows(t, d, db.F(`SELECT COUNT(*) FROM audit_entry WHERE subject = 'p-selam' AND actor = 'u-amira'`))
		want(t, "the words", o.As(amira).Get("/meningen/"+id), 200, "Fijn geholpen.", "Selam")
		if n := rows(t, d, db.F(`SELECT COUNT(*) FROM audit_entry WHERE subject = 'p-selam' AND actor = 'u-amira'`)); n != looks+1 {
			t.Error("reading it is no look in the log")
		}
		stranger := worker("u-tijs", access.Case, access.Team, "t-utrecht")
		stranger.Holders = nil
		want(t, "a colleague without her file", o.As(stranger).Get("/meningen"), 200, "!"+id)
		want(t, "the same one at its address", o.As(stranger).Get("/meningen/"+id), 404)
		want(t, "the same one on Vandaag", o.As(stranger).Get("/vandaag"), 200, "!mening die")
	})
}

func TestAComplaintFromSendingToDecision(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		selam := o.As(self("p-selam"))
		const words = "Hij sprak over mijn zaak in de gang."
		want(t, "the form", selam.Get("/mijn/klacht"), 200, "Amira Haddad", "Marwan Saleh", "Binnen 5 werkdagen", "Binnen 6 weken", "Noor Visser, teamleider", "Els Bakker, regiomanager", "Pieter Smit, privacyfunctionaris", "!Ria de Boer")
		want(t, "against nobody she knows", selam.Post("/mijn/klacht", webtest.Form("onderwerp", "privacy", "wie", "u-teamleider-1", "klacht", words)), 422, "Kies iemand uit de lijst", words)
		a := selam.Post("/mijn/klacht", webtest.Form("onderwerp", "privacy", "wie", "u-marwan", "klacht", words))
		want(t, "sending", a, 303)
		own, _, _ := strings.Cut(a.To, "?")
		id := strings.TrimPrefix(own, "/mijn/klacht/")
		want(t, "her page", selam.Get(own), 200, words, "Verstuurd", "dinsdag 1 december", "dinsdag 5 januari")
		want(t, "of somebody else", o.As(self("p-reem")).Get(own), 404)
		want(t, "without signing in", o.Guest().Get(own), 303)

		page := "/klachten/" + id
		// Whom it is about neither sees nor handles it; nor does who leads another team, or who helps her.
		for what, a := range map[string]access.Actor{"whom it is about, as a lead": worker("u-marwan", access.Lead, access.Team, "t-utrecht"), "another lead": far} {
			want(t, what, o.As(a).Get("/klachten"), 200, "!"+id)
			want(t, what, o.As(a).Get(page), 404)
			want(t, what, o.As(a).Post(page, webtest.Form("versie", "1", "stap", Acknowledged)), 404)
			want(t, what, o.As(a).Get("/vandaag"), 200, "!klacht")
		}
		for what, a := range map[string]access.Actor{"whom it is about": marwan, "who helps her": amira} {
			want(t, what, o.As(a).Get(page), 404)
			want(t, what, o.As(a).Get("/klachten"), 404)
		}
		want(t, "Vandaag of the lead", o.As(noor).Get("/vandaag"), 200, "*één klacht*", "Ontvangst bevestigen", "niemand behandelt hem", "!Hij sprak")
		looks := rows(t, d, db.F(`SELECT COUNT(*) FROM audit_entry WHERE subject = 'p-selam' AND actor = 'u-noor'`))
		want(t, "the lead", o.As(noor).Get(page), 200, words, "Marwan Saleh", "met naam", "Wat de ander schreef", "!Selam", "!hoort u")
		if n := rows(t, d, db.F(`SELECT COUNT(*) FROM audit_entry WHERE subject = 'p-selam' AND actor = 'u-noor'`)); n != looks+1 {
			t.Error("reading it is not in the log")
		}
		want(t, "no step", o.As(noor).Post(page, webtest.Form("versie", "1", "woorden", "bewaar mij")), 422, "Kies wat je doet", "bewaar mij")
		want(t, "acknowledging", o.As(noor).Post(page, webtest.Form("versie", "1", "stap", Acknowledged, "woorden", "Wij zoeken het uit.")), 303)
		want(t, "her page", selam.Get(own), 200, "Wij zijn ermee bezig", "Wij zoeken het uit.", "Noor Visser", "!dinsdag 1 december")
		want(t, "by who was slower", o.As(els).Post(page, webtest.Form("versie", "1", "stap", Decided, "uitkomst", "wrong", "woorden", "x")), 409)
		want(t, "putting off silently", o.As(noor).Post(page, webtest.Form("versie", "2", "stap", Extended)), 422, "Schrijf op waarom")
		want(t, "putting off", o.As(noor).Post(page, webtest.Form("versie", "2", "stap", Extended, "woorden", "Marwan is ziek.")), 303)
		want(t, "her page", selam.Get(own), 200, "Het duurt langer", "dinsdag 2 februari", "Marwan is ziek.")
		want(t, "putting off twice", o.As(noor).Post(page, webtest.Form("versie", "3", "stap", Extended, "woorden", "x")), 422, "Kies wat je doet")
		want(t, "deciding", o.As(els).Post(page, webtest.Form("versie", "3", "stap", Decided, "uitkomst", "right", "woorden", "Dat mag niet. Sorry.")), 303)
		want(t, "her page", selam.Get(own), 200, "U hebt gelijk", "Dat mag niet. Sorry.", "!Wij zijn aan zet")
		want(t, "in Arabic", selam.Get(own+"?taal=ar"), 200, "معك حق")
		want(t, "Vandaag after", o.As(noor).Get("/vandaag"), 200, "!klacht")
		want(t, "reopening", o.As(els).Post(page, webtest.Form("versie", "4", "stap", Reopened, "woorden", "Er is meer.")), 303)
		want(t, "her page", selam.Get(own+"?taal=nl"), 200, "Wij kijken er opnieuw naar", "Wij zijn aan zet")
		if n := rows(t, d, db.F(`SELECT COUNT(*) FROM feedback_step WHERE complaint = ?`, id)); n != 4 {
			t.Errorf("%d steps", n)
		}

		// Nothing of it lies open, and all of it goes with her.
		for _, column := range []db.Frag{db.F(`SELECT body FROM feedback_complaint`), db.F(`SELECT body FROM feedback_step ORDER BY at LIMIT 1`)} {
			b, err := db.One[[]byte](t.Context(), d, column)
			if err != nil || bytes.Contains(b, []byte("zaak")) || bytes.Contains(b, []byte("zoeken")) {
				t.Errorf("the words lie open: %v", err)
			}
		}
		x, err := o.f.Keeper().Export(t.Context(), d, o.v, "p-selam")
		if err != nil {
			t.Fatal(err)
		}
		if b, _ := json.Marshal(x); !bytes.Contains(b, []byte(words)) || !bytes.Contains(b, []byte("Marwan is ziek.")) {
			t.Errorf("the export lacks it: %s", b)
		}
		if err := d.Tx(t.Context(), func(tx *db.Tx) error { return o.f.Keeper().Erase(t.Context(), tx, "p-selam") }); err != nil {
			t.Fatal(err)
		}
		if n := rows(t, d, db.F(`SELECT COUNT(*) FROM feedback_complaint`)) + rows(t, d, db.F(`SELECT COUNT(*) FROM feedback_step`)); n != 0 {
			t.Errorf("%d rows stay", n)
		}
	})
}

// desk says who of some colleagues sees a complaint, in the list, at its address and when they try a step.
func desk(t *testing.T, o office, id string, who map[string]access.Actor) string {
	t.Helper()
	var out []string
	for name, a := range who {
		page, list := o.As(a).Get("/klachten/"+id), o.As(a).Get("/klachten")
		step := o.As(a).Post("/klachten/"+id, webtest.Form("versie", "0", "stap", Taken))
		if sees := page.Code == 200; sees != strings.Contains(list.Body, id) || sees != (step.Code == 409) || !sees && step.Code != 404 {
			t.Errorf("%s: the page answers %d, the list %v, a step %d", name, page.Code, strings.Contains(list.Body, id), step.Code)
		}
		if page.Code == 200 {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return strings.Join(out, " ")
}

func TestAComplaintNeverLandsBelowWhomItIsAbout(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		land := worker("u-land", access.Region, access.National, "")
		who := map[string]access.Actor{"noor": noor, "marwan": marwan, "amira": amira, "els": els, "far": far, "pieter": pieter, "land": land, "admin": worker("u-beheer", access.Admin, access.National, "")}
		send := func(whom string) string {
			t.Helper()
			a := o.As(self("p-selam")).Post("/mijn/klacht", webtest.Form("onderwerp", "treatment", "wie", whom, "klacht", "Boos."))
			want(t, "sending about "+whom, a, 303)
			path, _, _ := strings.Cut(a.To, "?")
			return strings.TrimPrefix(path, "/mijn/klacht/")
		}
		for _, c := range []struct{ whom, want string }{
			{"u-marwan", "els land noor"}, {"u-noor", "els land"}, {"u-els", "land pieter"}, {"u-pieter", "els land"}, {"", "els land"},
		} {
			if got := desk(t, o, send(c.whom), who); got != c.want {
				t.Errorf("about %q: %s, not %s", c.whom, got, c.want)
			}
		}
		// When somebody holds the post above, it is no longer for the privacy officer.
		id := send("u-els")
		if err := d.Tx(t.Context(), func(tx *db.Tx) error {
			_, err := organisation.Give(t.Context(), tx, "u-ria", access.Post{Role: access.Region, Scope: access.Scope{Kind: access.National}}, tx.Now, time.Time{}, "u-beheer")
			return err
		}); err != nil {
			t.Fatal(err)
		}
		if got := desk(t, o, id, map[string]access.Actor{"pieter": pieter, "ria": worker("u-ria", access.Region, access.National, ""), "noor": noor, "els": els}); got != "ria" {
			t.Errorf("with somebody above: %s", got)
		}
		// Who belongs to the team that nobody is named of stays out, however high they stand; then it is for the privacy officer.
		if err := d.Tx(t.Context(), func(tx *db.Tx) error {
			_, err := organisation.Give(t.Context(), tx, "u-els", access.Post{Role: access.Case, Scope: access.Scope{Kind: access.Team, ID: "t-utrecht"}}, tx.Now, time.Time{}, "u-beheer")
			return err
		}); err != nil {
			t.Fatal(err)
		}
		if got := desk(t, o, send(""), map[string]access.Actor{"pieter": pieter, "ria": worker("u-ria", access.Region, access.National, ""), "els": els, "noor": noor}); got != "pieter" {
			t.Errorf("about the team of all who stand above it: %s", got)
		}
		// Who rose since stands where they stand now.
		id = send("u-amira")
		if got := desk(t, o, id, map[string]access.Actor{"noor": noor, "els": els}); got != "els noor" {
			t.Errorf("about a caseworker: %s", got)
		}
		if err := d.Tx(t.Context(), func(tx *db.Tx) error {
			_, err := organisation.Give(t.Context(), tx, "u-amira", access.Post{Role: access.Lead, Scope: access.Scope{Kind: access.Team, ID: "t-utrecht"}}, tx.Now, time.Time{}, "u-beheer")
			return err
		}); err != nil {
			t.Fatal(err)
		}
		if got := desk(t, o, id, map[string]access.Actor{"noor": noor, "els": els}); got != "els" {
			t.Errorf("about who rose: %s", got)
		}
		// Who had a part in it stays out: the leader who opened the file.
		if err := d.Tx(t.Context(), func(tx *db.Tx) error {
			_, err := access.Give(t.Context(), tx, access.Grant{Subject: "p-selam", Holder: "user:u-noor", Why: access.BreakGlass, Level: access.File, Until: tx.Now.Add(time.Hour)})
			return err
		}); err != nil {
			t.Fatal(err)
		}
		if got := desk(t, o, send("u-marwan"), who); got != "els land" {
			t.Errorf("where the leader took part: %s", got)
		}
		want(t, "Vandaag of the regional manager", o.As(els).Get("/vandaag"), 200, "klachten")
		want(t, "Vandaag of the privacy officer", o.As(pieter).Get("/vandaag"), 200, "*één klacht*")
	})
}

func TestAComplaintWithoutANameCanBeAboutWhoLeads(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		for level, c := range map[string]string{"": "els", OfLead: "els", OfRegion: "pieter", OfNation: "pieter"} {
			code := regexp.MustCompile(`name="code" value="([A-Z0-9-]+)"`).FindStringSubmatch(o.Guest().Get("/klacht").Body)[1]
			want(t, "sending about "+level, o.Guest().Post("/klacht", webtest.Form("code", code, "onderwerp", "other", "wie", level, "plaats", "Utrecht", "klacht", "Boos.")), 303)
			id := text(t, d, db.F(`SELECT id FROM feedback_complaint WHERE level = ?`, level))
			if got := desk(t, o, id, map[string]access.Actor{"noor": noor, "els": els, "pieter": pieter}); got != c {
				t.Errorf("about %q: %s, not %s", level, got, c)
			}
		}
		want(t, "about whom it cannot be", o.Guest().Post("/klacht", webtest.Form("onderwerp", "other", "wie", "u-els", "klacht", "Boos.")), 422, "Kies iemand uit de lijst", "Boos.")
	})
}

func TestAComplaintWithoutANameIsFollowedByItsCode(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		g := o.As(self("p-selam")) // also somebody who is signed in leaves nothing behind
		a := g.Get("/klacht")
		code := regexp.MustCompile(`name="code" value="([A-Z0-9-]+)"`).FindStringSubmatch(a.Body)[1]
		want(t, "the form", a, 200, code, "Schrijf deze code op")
		logged := rows(t, d, db.F(`SELECT COUNT(*) FROM audit_entry`))
		want(t, "nothing", g.Post("/klacht", webtest.Form("code", code)), 422, code, "Schrijf op wat er is gebeurd")
		want(t, "a code of one's own making", g.Post("/klacht", webtest.Form("code", "AAAA", "onderwerp", "waiting", "klacht", "Lang.")), 422, "Deze code kennen wij niet")
		a = g.Post("/klacht", webtest.Form("code", code, "onderwerp", "waiting", "plaats", "Utrecht", "klacht", "Ik wachtte drie uur."))
		want(t, "sending", a, 303)
		if strings.Contains(a.To, code[:4]) || rows(t, d, db.F(`SELECT COUNT(*) FROM web_once WHERE dest LIKE ? OR who LIKE '%p-selam%'`, "%"+code[:4]+"%")) != 0 {
			t.Error("the code or the person stands in an address or a key")
		}
		if rows(t, d, db.F(`SELECT COUNT(*) FROM audit_entry`)) != logged {
			t.Error("the log knows of it")
		}
		want(t, "the lead of a team of which anybody may be meant", o.As(noor).Get("/klachten"), 200, "Er is geen klacht")
		id := text(t, d, db.F(`SELECT id FROM feedback_complaint`))
		page := "/klachten/" + id
		want(t, "the same one at its address", o.As(noor).Get(page), 404)
		want(t, "the region", o.As(els).Get(page), 200, "Ik wachtte drie uur.", "zonder naam", "Utrecht")
		want(t, "acknowledging", o.As(els).Post(page, webtest.Form("versie", "1", "stap", Acknowledged, "woorden", "Dat is lang.")), 303)
		want(t, "the code", o.Guest().Post("/klacht/volgen", webtest.Form("code", strings.ToLower(strings.ReplaceAll(code, "-", " ")))), 200, "Ik wachtte drie uur.", "Dat is lang.")
		for _, wrong := range []string{"", "ACDE-FGHJ-KMNP", "x"} {
			want(t, "the code "+wrong, o.Guest().Post("/klacht/volgen", webtest.Form("code", wrong)), 422, "Deze code kennen wij niet", "!Ik wachtte")
		}
		for range 30 {
			a = o.Guest().Post("/klacht/volgen", webtest.Form("code", "ACDE-FGHJ-KMNP"))
		}
		if a.Code != 429 {
			t.Errorf("guessing on and on answers %d", a.Code)
		}
	})
}

func TestTheTermsOfTheOrganisation(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		want(t, "assumed", o.As(els).Get("/klachten"), 200, "Aangenomen termijnen")
		want(t, "the lead", o.As(noor).Get("/klachten/termijnen"), 404)
		want(t, "not whole", o.As(els).Post("/klachten/termijnen", webtest.Form("ontvangst", "nul", "besluit", "6", "uitstel", "4")), 422, "nul", "Kies een getal van 1 tot 20", "Schrijf op uit welke regeling")
		send := func() string {
			t.Helper()
			a := o.As(self("p-reem")).Post("/mijn/klacht", webtest.Form("onderwerp", "waiting", "klacht", "Lang."))
			want(t, "sending", a, 303)
			path, _, _ := strings.Cut(a.To, "?")
			return path
		}
		old := send()
		want(t, "the terms", o.As(els).Post("/klachten/termijnen", webtest.Form("ontvangst", "2", "besluit", "4", "uitstel", "2", "bron", "Klachtenregeling 2026, artikel 5")), 303)
		want(t, "with their source", o.As(els).Get("/klachten"), 200, "Klachtenregeling 2026, artikel 5", "!Aangenomen")
		want(t, "a complaint of before", o.As(self("p-reem")).Get(old), 200, "dinsdag 5 januari")
		want(t, "a new one", o.As(self("p-reem")).Get(send()), 200, "donderdag 26 november", "dinsdag 22 december")
	})
}

func TestJoiningInReachesWhoLeadsTheTeam(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		selam := o.As(self("p-selam"))
		want(t, "nothing chosen", selam.Post("/mijn/meedoen", webtest.Form("bereik", "", "woorden", "op zaterdag")), 422, "op zaterdag", "Kies wat u wilt doen", "Schrijf op hoe wij u bereiken")
		want(t, "sending", selam.Post("/mijn/meedoen", webtest.Form("wat", "interpret", "wat", "council", "bereik", "06 555", "woorden", "op zaterdag")), 303)
		id := text(t, d, db.F(`SELECT id FROM feedback_offer`))
		want(t, "Vandaag", o.As(noor).Get("/vandaag"), 200, "1 mens wil meedoen", "!Selam")
		want(t, "the list", o.As(noor).Get("/meedoen"), 200, "/meedoen/"+id, "!Selam")
		want(t, "the offer", o.As(noor).Get("/meedoen/"+id), 200, "Selam", "Vertalen voor anderen", "cliëntenraad", "06 555", "op zaterdag", "!Tesfay")
		if n := rows(t, d, db.F(`SELECT COUNT(*) FROM audit_entry WHERE subject = 'p-selam' AND actor = 'u-noor' AND event = 'feedback.event.offered'`)); n != 1 {
			t.Error("reading it is not in the log")
		}
		for what, a := range map[string]access.Actor{"another lead": far, "a caseworker": amira, "the region": els} {
			want(t, what, o.As(a).Get("/meedoen/"+id), 404)
			want(t, what, o.As(a).Post("/meedoen/"+id, webtest.Form()), 404)
		}
		want(t, "done", o.As(noor).Post("/meedoen/"+id, webtest.Form()), 303)
		want(t, "Vandaag after", o.As(noor).Get("/vandaag"), 200, "!meedoen")
		want(t, "undone", o.As(noor).Post("/meedoen/"+id, webtest.Form("open", "1")), 303)
		want(t, "Vandaag again", o.As(noor).Get("/vandaag"), 200, "1 mens wil meedoen")
	})
}

func TestWhatHadItsTimeIsGone(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		selam := o.As(self("p-selam"))
		want(t, "a note", selam.Post("/mijn/mening", webtest.Form("hoe", "good", "over", "desk", "naam", "with")), 303)
		a := selam.Post("/mijn/klacht", webtest.Form("onderwerp", "waiting", "klacht", "Lang."))
		want(t, "a complaint", a, 303)
		path, _, _ := strings.Cut(a.To, "?")
		left := func(days int) string {
			t.Helper()
			if err := o.f.sweep(t.Context(), d.Now().AddDate(0, 0, days)); err != nil {
				t.Fatal(err)
			}
			return fmt.Sprint(rows(t, d, db.F(`SELECT COUNT(*) FROM feedback_note`)), rows(t, d, db.F(`SELECT COUNT(*) FROM feedback_complaint`)), rows(t, d, db.F(`SELECT COUNT(*) FROM feedback_step`)))
		}
		if got := left(364); got != "1 1 0" {
			t.Error(got)
		}
		if got := left(3000); got != "0 1 0" { // what was not decided is not forgotten
			t.Error(got)
		}
		want(t, "deciding", o.As(els).Post("/klachten/"+strings.TrimPrefix(path, "/mijn/klacht/"), webtest.Form("versie", "1", "stap", Decided, "uitkomst", "right", "woorden", "Ja.")), 303)
		if got := left(729); got != "0 1 1" {
			t.Error(got)
		}
		if got := left(731); got != "0 0 0" {
			t.Error(got)
		}
	})
}

func TestTheNumbersOfAMonth(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		if err := d.Tx(t.Context(), func(tx *db.Tx) error { return o.f.Demo(t.Context(), tx, d.Now()) }); err != nil {
			t.Fatal(err)
		}
		ms, err := o.f.months(t.Context(), []string{"t-utrecht"}, clock.On(2026, 6, 1))
		if err != nil || len(ms) < 4 {
			t.Fatalf("%v %v", ms, err)
		}
		want := rows(t, d, db.F(`SELECT COUNT(*) FROM feedback_note WHERE day LIKE '2026-10-%'`))
		found := false
		for _, m := range ms {
			if m.Month == clock.On(2026, 10, 1) {
				found = true
				if m.All.N != want || m.All.Small {
					t.Errorf("%+v, not %d", m, want)
				}
				if !m.Split || m.Good.N+m.Soso.N+m.Bad.N != want {
					t.Errorf("%+v do not add up to %d", m, want)
				}
			}
		}
		if !found {
			t.Error("no October")
		}
	})
}
