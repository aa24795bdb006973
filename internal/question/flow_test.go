package question

// This file walks the ways through the pages on both databases: a question from asking to answer, one that waits too long,
// one that is taken back, and what must not appear.

import (
	"bytes"
	"encoding/json"
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

var schema = []db.Line{{Name: "web", FS: web.Schema}, {Name: "access", FS: access.Schema}, {Name: "audit", FS: audit.Schema}, {Name: "organisation", FS: organisation.Schema},
	{Name: "dossier", FS: dossier.Schema}, {Name: "question", FS: Schema}}

type office struct {
	*webtest.House
	q     *Questions
	files *dossier.Files
	d     *db.DB
	v     *privacy.Vault
	clock *clock.Manual
	batch []dossier.DemoPerson
}

// newOffice is a house on a Tuesday at nine with the people who were written by hand, in which nobody asked anything yet.
func newOffice(t *testing.T, d *db.DB) office {
	t.Helper()
	ctx := t.Context()
	v, err := privacy.Open(ctx, dbtest.SQLite(t, []db.Line{{Name: "keys", FS: privacy.KeySchema}}), make([]byte, 32))
	if err != nil {
		t.Fatal(err)
	}
	org := organisation.New(d)
	files := dossier.New(d, v, org)
	o := office{d: d, v: v, files: files, q: New(d, org, files, working), clock: d.Clock().(*clock.Manual)}
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
		o.batch = append(o.batch, batch...)
	}
	files.Lend(o.q.FilePanels(), []dossier.Source{o.q.Source}, nil)
	files.LendAuthors(o.q.Authors)
	files.LendWork(o.q.Work(), o.q.Traces())
	show := func(v *web.Visit, s *strings.Builder, p ui.Part) error {
		fmt.Fprintf(s, "[%s]", p.Say)
		if p.Body == nil {
			return nil
		}
		return p.Body.Render(v.Ctx(), s)
	}
	vandaag := web.Route{Name: "today", Method: http.MethodGet, Path: "/vandaag", May: access.Rule{Action: "test"}, Do: func(v *web.Visit) error {
		var s strings.Builder
		for _, x := range o.q.Panels() {
			p, err := x.Show(v)
			if err != nil {
				return err
			}
			if err := show(v, &s, p); err != nil {
				return err
			}
		}
		return v.Text(200, s.String())
	}}
	home := web.Route{Name: "portal.home", Method: http.MethodGet, Path: "/mijn", May: access.Rule{Action: "test"}, Do: func(v *web.Visit) error {
		f, err := files.Open(v, v.Actor.ID, access.File, "test")
		if err != nil {
			return err
		}
		ps, err := files.Show(v, f, "home")
		var s strings.Builder
		for _, p := range ps {
			if err := show(v, &s, p); err != nil {
				return err
			}
		}
		if err != nil {
			return err
		}
		return v.Text(200, s.String())
	}}
	o.House = webtest.New(t, d, []lang.Part{{Name: "ui", FS: ui.Texts}, {Name: "dossier", FS: dossier.Texts}, {Name: "question", FS: Texts}}, append(append(o.q.Routes(), files.Routes()...), vandaag, home, web.Route{Name: "contact.record", Method: http.MethodGet, Path: "/dossier/{person}/contact", May: access.Rule{Action: "test"}, Do: func(v *web.Visit) error { return v.Text(200, "") }})...)
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
	deniz  = worker("u-deniz", access.Legal, access.Team, "t-utrecht")
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
			t.Errorf("%s lacks %q:\n%.3500s", what, x, a.Body)
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

// asks lets a person ask and tells the id.
func (o office) asks(t *testing.T, person, text, tag string) string {
	t.Helper()
	a := o.As(self(person)).Post("/mijn/vraag?taal="+tag, webtest.Form("tekst", text))
	want(t, "asking", a, 303)
	path, _, _ := strings.Cut(a.To, "?")
	return strings.TrimPrefix(path, "/mijn/berichten/")
}

func (o office) climb(t *testing.T) {
	t.Helper()
	if err := o.q.Climb(t.Context(), o.d.Now()); err != nil {
		t.Fatal(err)
	}
}

const words = "ወደይ ሓሚሙ። ናበይ ክድውል?"

func TestAQuestionFromAskingToAnswer(t *testing.T) {
	dbtest.Each(t, schema, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		selam := o.As(self("p-selam"))
		want(t, "her first page", selam.Get("/mijn"), 200, "Hebt u een vraag?", "Stel uw vraag", "!Berichten")
		want(t, "the form", selam.Get("/mijn/vraag"), 200, "uiterlijk woensdag 25 november om 17:00", "Amira Haddad leest uw vraag")
		want(t, "nothing", selam.Post("/mijn/vraag", webtest.Form("tekst", " ")), 422, "Schrijf wat u wilt vragen")
		want(t, "a BSN", selam.Post("/mijn/vraag", webtest.Form("tekst", "bewaar mij 111222333")), 422, "Schrijf geen BSN", "bewaar mij")
		id := o.asks(t, "p-selam", words, "ti")
		own, page := "/mijn/berichten/"+id, "/dossier/p-selam/vraag/"+id
		if n := rows(t, d, db.F(`SELECT COUNT(*) FROM audit_entry WHERE subject = 'p-selam' AND event = 'question.event.asked'`)); n != 1 {
			t.Errorf("asking stands in the log %d times", n)
		}
		b, err := db.One[[]byte](t.Context(), d, db.F(`SELECT body FROM question_line`))
		if err != nil || bytes.Contains(b, []byte("ወደይ")) {
			t.Errorf("the words lie open: %v", err)
		}
		want(t, "Berichten", selam.Get("/mijn/berichten?taal=nl"), 200, words, "wacht op antwoord")
		want(t, "her question", selam.Get(own), 200, words, "Amira Haddad is aan zet.", "uiterlijk woensdag 25 november om 17:00", "Vraag terugnemen")
		want(t, "of somebody else", o.As(self("p-reem")).Get(own), 404)
		want(t, "added by somebody else", o.As(self("p-reem")).Post(own, webtest.Form("tekst", "x")), 404)
		want(t, "taken back by somebody else", o.As(self("p-reem")).Post(own+"/terug", nil), 404)
		want(t, "without signing in", o.Guest().Get(own), 303)

		// Who has the file hears of it, without a word of what it says.
		want(t, "Vandaag", o.As(amira).Get("/vandaag"), 200, "*één vraag*", "Vraag van Selam", "Tigrinya", "!"+words)
		want(t, "Vandaag of who has the file too", o.As(marwan).Get("/vandaag"), 200, "!Selam")
		want(t, "the list of who has the file too", o.As(marwan).Get("/vragen"), 200, "Van collega’s, in jouw dossiers", "Vraag van Selam", "bij Amira Haddad", "!"+words)
		want(t, "the list", o.As(amira).Get("/vragen"), 200, "Er wacht één vraag op jouw antwoord.", page, "voor wo 25", "!"+words)
		for what, a := range map[string]access.Actor{"the lead": noor, "a colleague without the file": deniz, "another team": far} {
			want(t, what, o.As(a).Get("/vragen"), 200, "!Selam")
			want(t, what, o.As(a).Get(page), 404)
			want(t, what, o.As(a).Post(page, webtest.Form("versie", "1", "antwoord", "x")), 404)
			want(t, what, o.As(a).Post(page+"/concept", webtest.Form("versie", "1", "antwoord", "x")), 404)
		}
		want(t, "the lead", o.As(noor).Get("/vragen"), 200, "Bij het team", "Amira Haddad", "1 vraag")
		want(t, "the privacy officer", o.As(pieter).Get(page), 404)
		want(t, "in another file", o.As(amira).Get("/dossier/p-reem/vraag/"+id), 404)

		looks := rows(t, d, db.F(`SELECT COUNT(*) FROM audit_entry WHERE subject = 'p-selam' AND actor = 'u-amira'`))
		want(t, "reading it", o.As(amira).Get(page), 200, words, "Tigrinya", "woensdag 25 november, 17:00", "Hetzelfde in het Tigrinya")
		if n := rows(t, d, db.F(`SELECT COUNT(*) FROM audit_entry WHERE subject = 'p-selam' AND actor = 'u-amira' AND event = 'question.event.read'`)); n != 1 || rows(t, d, db.F(`SELECT COUNT(*) FROM audit_entry WHERE subject = 'p-selam' AND actor = 'u-amira'`)) != looks+1 {
			t.Error("reading it is not one look in the log")
		}
		want(t, "the file", o.As(amira).Get("/dossier/p-selam"), 200, "Vraag die wacht op antwoord", words, "Vraag openen")

		// What was begun stays, for who began it.
		want(t, "a draft", o.As(amira).Post(page+"/concept", webtest.Form("versie", "1", "antwoord", "Bel de huisarts")), 200, "Bewaard om 09:00")
		want(t, "the draft", o.As(amira).Get(page), 200, "Bel de huisarts", "Bewaard om 09:00")
		want(t, "the draft of somebody else", o.As(marwan).Get(page), 200, "!Bel de huisarts")
		want(t, "her page while it is written", selam.Get(own), 200, "!Bel de huisarts")

		o.clock.Advance(3*time.Hour - time.Minute)
		selam = o.As(self("p-selam"))
		want(t, "without Dutch", o.As(amira).Post(page, webtest.Form("versie", "1", "vertaling", "ደውሉ")), 422, "Schrijf het antwoord in het Nederlands", "Kies wie het vertaalde", "ደውሉ")
		want(t, "something is added", selam.Post(own, webtest.Form("tekst", "Hij heeft koorts.")), 303)
		want(t, "an answer to less", o.As(amira).Post(page, webtest.Form("versie", "1", "antwoord", "bewaar dit")), 422, "Er kwam intussen iets bij", "Hij heeft koorts.", "bewaar dit")
		o.clock.Advance(time.Minute)
		form := webtest.Form(web.OnceField, "een-keer-en-niet-meer", "versie", "2", "antwoord", "Bel de huisarts: 030 555 01 00.", "vertaling", "ናብ ሓኪም ደውሉ።", "hoe", "machine")
		want(t, "the answer", o.As(amira).Post(page, form), 303)
		want(t, "the answer again", o.As(amira).Post(page, form), 303)
		if n := rows(t, d, db.F(`SELECT COUNT(*) FROM question_line WHERE kind = 'answered'`)); n != 1 {
			t.Errorf("it was answered %d times", n)
		}
		want(t, "a draft that comes late", o.As(amira).Post(page+"/concept", webtest.Form("versie", "2", "antwoord", "te laat")), 200)
		if n := rows(t, d, db.F(`SELECT COUNT(*) FROM question_draft`)); n != 0 {
			t.Error("a draft that came late stands there")
		}
		type fact struct {
			Took int
			Late bool
		}
		if f, err := db.One[fact](t.Context(), d, db.F(`SELECT took, late FROM question_ask`)); err != nil || f.Took != 180 || f.Late {
			t.Errorf("the first answer took %+v, %v", f, err)
		}
		want(t, "the list of who answered", o.As(amira).Get("/vragen"), 200, "Er wacht niemand", "Eerste antwoord binnen 3 werkuren", "nog niet gelezen")
		want(t, "Vandaag after", o.As(amira).Get("/vandaag"), 200, "!Selam")

		// She is told that there is an answer, and not what it says.
		want(t, "her first page", selam.Get("/mijn"), 200, "Er is een antwoord voor u", own, "!huisarts", "!ደውሉ", "!"+words)
		want(t, "her answer", selam.Get(own), 200, "ናብ ሓኪም ደውሉ።", "Bel de huisarts", "Deze vertaling maakte een computer", "Amira Haddad", "Eerste antwoord binnen 3 werkuren", "!Vraag terugnemen")
		want(t, "her first page after", selam.Get("/mijn"), 200, "!Er is een antwoord")
		want(t, "the list after", o.As(amira).Get("/vragen"), 200, "gelezen", "!nog niet")
		want(t, "taking it back now", selam.Post(own+"/terug", webtest.Form()), 409)

		// She asks on: it waits anew, and how soon the first answer came stays.
		want(t, "asking on", selam.Post(own, webtest.Form("tekst", "Dank u. En de apotheek?")), 303)
		want(t, "Vandaag", o.As(amira).Get("/vandaag"), 200, "Vraag van Selam")
		if n := rows(t, d, db.F(`SELECT COUNT(*) FROM question_ask WHERE took = 180 AND since IS NOT NULL`)); n != 1 {
			t.Error("the fact moved")
		}

		x, err := o.q.Keeper().Export(t.Context(), d, o.v, "p-selam")
		if err != nil {
			t.Fatal(err)
		}
		if b, _ := json.Marshal(x); !bytes.Contains(b, []byte(words)) || !bytes.Contains(b, []byte("ናብ ሓኪም ደውሉ")) || !bytes.Contains(b, []byte(`"workingMinutes":180`)) {
			t.Errorf("the export lacks it: %s", b)
		}
		if err := d.Tx(t.Context(), func(tx *db.Tx) error { return o.q.Keeper().Erase(t.Context(), tx, "p-selam") }); err != nil {
			t.Fatal(err)
		}
		if n := rows(t, d, db.F(`SELECT COUNT(*) FROM question_ask`)) + rows(t, d, db.F(`SELECT COUNT(*) FROM question_line`)); n != 0 {
			t.Errorf("%d rows stay", n)
		}
	})
}

func TestAQuestionThatWaitsClimbs(t *testing.T) {
	dbtest.Each(t, schema, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		id := o.asks(t, "p-selam", words, "ti")
		own, page := "/mijn/berichten/"+id, "/dossier/p-selam/vraag/"+id
		o.climb(t)
		want(t, "the lead at once", o.As(noor).Get(page), 404)
		// Somebody stands in: the colleague is away, and it does not wait.
		if err := d.Tx(t.Context(), func(tx *db.Tx) error {
			return organisation.AddDeputy(t.Context(), tx, "u-amira", organisation.DeputyInput{Deputy: "u-deniz", Since: "2026-11-24", Until: "2026-11-27"}, "u-noor")
		}); err != nil {
			t.Fatal(err)
		}
		o.climb(t)
		o.climb(t)
		if n := rows(t, d, db.F(`SELECT COUNT(*) FROM question_climb`)); n != 1 {
			t.Errorf("%d were told", n)
		}
		want(t, "who stands in", o.As(deniz).Get("/vandaag"), 200, "*één vraag*", "Vraag van Selam", "bij Amira Haddad", "!"+words)
		want(t, "who stands in reads", o.As(deniz).Get(page), 200, words)
		want(t, "who stands in, another file", o.As(deniz).Get("/dossier/p-reem"), 404)
		want(t, "her page", o.As(self("p-selam")).Get(own+"?taal=nl"), 200, "Wie er ook van weet: ", "Deniz")
		want(t, "the lead", o.As(noor).Get(page), 404)

		// The promise is broken: who leads the team hears of it.
		o.clock.Advance(48*time.Hour + time.Minute)
		o.climb(t)
		want(t, "the lead", o.As(noor).Get("/vandaag"), 200, "die te lang wacht", "te laat: beloofd", "Vraag van Selam")
		want(t, "the lead reads", o.As(noor).Get(page), 200, words, "te laat")
		want(t, "her page", o.As(self("p-selam")).Get(own), 200, "Wij beloofden antwoord op woensdag 25 november om 17:00. Dat is niet gelukt.", "duurt te lang", "Noor")
		if n := rows(t, d, db.F(`SELECT COUNT(*) FROM audit_entry WHERE event = 'question.event.climbed' AND subject = 'p-selam'`)); n != 2 {
			t.Errorf("%d lines in the log", n)
		}
		// The answer lets everybody out; who gave it may read it back, for a day.
		want(t, "the lead answers", o.As(noor).Post(page, webtest.Form("versie", "1", "antwoord", "Sorry dat het zo lang duurde.")), 303)
		want(t, "who stands in after", o.As(deniz).Get(page), 404)
		want(t, "who stands in after", o.As(deniz).Get("/vragen"), 200, "!Selam")
		want(t, "the lead after", o.As(noor).Get(page), 200, "Sorry dat het zo lang duurde.")
		o.clock.Advance(25 * time.Hour)
		want(t, "the lead a day after", o.As(noor).Get(page), 404)
		if n := rows(t, d, db.F(`SELECT COUNT(*) FROM question_ask WHERE late = TRUE AND took = 961`)); n != 1 {
			t.Error("that it was late is not kept")
		}
		want(t, "her page", o.As(self("p-selam")).Get(own), 200, "Eerste antwoord binnen 3 werkdagen")
	})
}

func TestATeamWithoutAnybodyForTheFile(t *testing.T) {
	dbtest.Each(t, schema, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		if err := d.Tx(t.Context(), func(tx *db.Tx) error {
			for _, who := range []string{"user:u-amira", "user:u-marwan"} {
				if err := access.EndAll(t.Context(), tx, "p-selam", who); err != nil {
					return err
				}
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		want(t, "the form", o.As(self("p-selam")).Get("/mijn/vraag"), 200, "Het team leest uw vraag")
		id := o.asks(t, "p-selam", words, "ti")
		o.climb(t)
		want(t, "the lead", o.As(noor).Get("/vandaag"), 200, "Vraag van Selam", "niemand heeft het dossier")
		want(t, "the lead reads", o.As(noor).Get("/dossier/p-selam/vraag/"+id), 200, words)
		want(t, "who had it", o.As(amira).Get("/vragen"), 200, "!Selam")
	})
}

func TestATeamWithoutALead(t *testing.T) {
	dbtest.Each(t, schema, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		ended := func(post string) {
			t.Helper()
			if err := d.Tx(t.Context(), func(tx *db.Tx) error {
				_, err := db.Do(t.Context(), tx, db.F(`UPDATE organisation_post SET ended = ? WHERE colleague = ?`, tx.Now, post))
				return err
			}); err != nil {
				t.Fatal(err)
			}
		}
		ended("u-noor")
		id := o.asks(t, "p-selam", words, "ti")
		page := "/dossier/p-selam/vraag/" + id
		want(t, "the region before", o.As(els).Get(page), 404)
		o.clock.Advance(48*time.Hour + time.Minute)
		o.climb(t)
		want(t, "the region hears", o.As(els).Get("/vandaag"), 200, "Vraag van Selam")
		want(t, "the region reads", o.As(els).Get(page), 200, words)
		want(t, "another file", o.As(els).Get("/dossier/p-reem"), 404)

		// Nobody at all: it stays on its rung, and climbs as soon as somebody is there.
		ended("u-els")
		id = o.asks(t, "p-reem", words, "ar")
		o.clock.Advance(48*time.Hour + time.Minute)
		o.climb(t)
		if n := rows(t, d, db.F(`SELECT COUNT(*) FROM question_climb WHERE ask = ?`, id)); n != 0 {
			t.Fatalf("%d were told", n)
		}
		if err := d.Tx(t.Context(), func(tx *db.Tx) error {
			_, err := db.Do(t.Context(), tx, db.F(`UPDATE organisation_post SET ended = NULL WHERE colleague = 'u-noor'`))
			return err
		}); err != nil {
			t.Fatal(err)
		}
		o.climb(t)
		want(t, "who leads since", o.As(noor).Get("/dossier/p-reem/vraag/"+id), 200, words)
	})
}

func TestTakingBackAndPuttingBack(t *testing.T) {
	dbtest.Each(t, schema, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		selam := o.As(self("p-selam"))
		id := o.asks(t, "p-selam", words, "ti")
		own, page := "/mijn/berichten/"+id, "/dossier/p-selam/vraag/"+id
		want(t, "taking back", selam.Post(own+"/terug", webtest.Form()), 303)
		want(t, "her page", selam.Get(own+"?taal=nl"), 200, "U nam deze vraag terug", "Toch vragen", "!is aan zet")
		want(t, "who has the file", o.As(amira).Get(page), 404)
		want(t, "who has the file", o.As(amira).Get("/vandaag"), 200, "!Selam")
		want(t, "the file", o.As(amira).Get("/dossier/p-selam"), 200, "!"+words)
		want(t, "answering", o.As(amira).Post(page, webtest.Form("versie", "2", "antwoord", "x")), 404)
		want(t, "asking on", selam.Post(own, webtest.Form("tekst", "x")), 409)
		o.clock.Advance(72 * time.Hour)
		o.climb(t)
		selam = o.As(self("p-selam"))
		if n := rows(t, d, db.F(`SELECT COUNT(*) FROM question_climb`)); n != 0 {
			t.Error("what was taken back climbs")
		}
		want(t, "after all", selam.Post(own+"/terug", webtest.Form("undo", "1")), 303)
		want(t, "who has the file", o.As(amira).Get("/vandaag"), 200, "Vraag van Selam", "!te laat")
		want(t, "taking back", selam.Post(own+"/terug", webtest.Form()), 303)
		o.clock.Advance(31 * 24 * time.Hour)
		want(t, "her page later", o.As(self("p-selam")).Get(own), 404)
		if err := o.q.sweep(t.Context(), d.Now()); err != nil {
			t.Fatal(err)
		}
		if n := rows(t, d, db.F(`SELECT COUNT(*) FROM question_line`)) + rows(t, d, db.F(`SELECT COUNT(*) FROM question_ask`)); n != 0 {
			t.Errorf("%d rows stay", n)
		}
	})
}

func TestQuestionsGoAlongWithTheFile(t *testing.T) {
	dbtest.Each(t, schema, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		id := o.asks(t, "p-selam", words, "ti")
		ts, err := o.q.Work()[0].Open(t.Context(), d, "u-amira", "p-selam", d.Now())
		if err != nil || len(ts) != 1 || ts[0].ID != id || ts[0].Due != clock.On(2026, time.November, 25) {
			t.Fatalf("%+v, %v", ts, err)
		}
		o.clock.Advance(72 * time.Hour)
		o.climb(t) // the lead hears
		want(t, "the lead", o.As(noor).Get("/dossier/p-selam/vraag/"+id), 200)
		if err := d.Tx(t.Context(), func(tx *db.Tx) error { return o.files.Unassign(t.Context(), tx, "p-selam", "u-amira", noor) }); err != nil {
			t.Fatal(err)
		}
		want(t, "who has it now", o.As(marwan).Get("/vandaag"), 200, "Vraag van Selam", "!bij Amira")
		want(t, "the lead until it climbs anew", o.As(noor).Get("/dossier/p-selam/vraag/"+id), 404)
		o.climb(t)
		want(t, "the lead", o.As(noor).Get("/dossier/p-selam/vraag/"+id), 200, words)
		want(t, "who had it", o.As(amira).Get("/dossier/p-selam/vraag/"+id), 404)
	})
}

func TestTermsHoldForWhatIsAskedAfter(t *testing.T) {
	dbtest.Each(t, schema, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		before := o.asks(t, "p-selam", "eerst", "nl")
		want(t, "the terms", o.As(els).Get("/vragen/termijnen"), 200, "Deze getallen koos nog niemand", `value="16"`)
		want(t, "of a lead", o.As(noor).Get("/vragen/termijnen"), 404)
		want(t, "faults", o.As(els).Post("/vragen/termijnen", webtest.Form("belofte", "veel", "vervanger", "9", "leiding", "4")), 422, "Kies een heel getal van 1 tot 80", "veel")
		want(t, "saving", o.As(els).Post("/vragen/termijnen", webtest.Form("belofte", "4", "vervanger", "2", "leiding", "3")), 303)
		o.clock.Advance(time.Minute)
		after := o.asks(t, "p-reem", "daarna", "nl")
		for id, due := range map[string]time.Time{before: wall("2026-11-25 17:00"), after: wall("2026-11-24 13:01")} {
			got, err := db.One[time.Time](t.Context(), d, db.F(`SELECT due FROM question_ask WHERE id = ?`, id))
			if err != nil || got.Truncate(time.Minute).Before(due.Add(-time.Minute)) || got.After(due.Add(time.Minute)) {
				t.Errorf("%s is due %v, not %v, %v", id, got.In(clock.Netherlands), due, err)
			}
		}
	})
}

func TestTheDemonstrationAsks(t *testing.T) {
	dbtest.Each(t, schema, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		if err := d.Bulk(t.Context(), func(tx *db.Tx) error { return o.q.Demo(t.Context(), tx, o.batch, d.Now()) }); err != nil {
			t.Fatal(err)
		}
		o.climb(t)
		want(t, "Vandaag", o.As(amira).Get("/vandaag"), 200, "te laat: beloofd", "Vraag van Selam", "Brief van Mebrahtu", "!ሓሚሙ")
		want(t, "the list", o.As(amira).Get("/vragen"), 200, "De helft van de eerste antwoorden van het team kwam")
		want(t, "Reem", o.As(self("p-reem")).Get("/mijn?taal=ar"), 200, "هناك جواب لك")
		want(t, "her answer", o.As(self("p-reem")).Get("/mijn/berichten/qa-reem?taal=ar"), 200, "لا حاجة للتوقيع", "U hoeft nog niet te tekenen", `dir="rtl"`)
	})
}
