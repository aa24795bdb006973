package rights

// This file walks the ways through the pages on both databases: a request from sending to the answer, a copy, less use, erasure
// with a way back, what a colleague writes down, and what must not appear.

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
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
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/privacy"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
	"reisgezel/internal/kernel/web/webtest"
	"reisgezel/internal/organisation"
)

var schema = []db.Line{{Name: "web", FS: web.Schema}, {Name: "access", FS: access.Schema}, {Name: "audit", FS: audit.Schema}, {Name: "organisation", FS: organisation.Schema},
	{Name: "dossier", FS: dossier.Schema}, {Name: "rights", FS: Schema}}

type office struct {
	*webtest.House
	r     *Rights
	d     *db.DB
	v     *privacy.Vault
	fails bool // what destroys keys fails
}

// secret is kept by a capability that exists in this test only, with something of it apart.
type secret struct{ Seen, Address string }

// newOffice is a house with the people who were written by hand, in which nobody asked anything yet.
func newOffice(t *testing.T, d *db.DB) *office {
	t.Helper()
	ctx := t.Context()
	v, err := privacy.Open(ctx, dbtest.SQLite(t, []db.Line{{Name: "keys", FS: privacy.KeySchema}}), make([]byte, 32))
	if err != nil {
		t.Fatal(err)
	}
	org := organisation.New(d)
	files := dossier.New(d, v, org)
	o := &office{d: d, v: v, r: New(d, v, org, files, working)}
	keepers := func() []privacy.Keeper {
		return []privacy.Keeper{files.Keeper(), o.r.Keeper(), {Name: "other",
			Export: func(context.Context, db.Q, *privacy.Vault, string) (any, error) {
				return secret{"words <b>of</b> somebody", "Vogelkersstraat 1"}, nil
			},
			Erase: func(context.Context, *db.Tx, string) error { return nil },
			Apart: func(x any) any { s := x.(secret); s.Address = ""; return s }}}
	}
	o.r.Lend(keepers, func(ctx context.Context, person string) error {
		if err := d.Tx(ctx, func(tx *db.Tx) error {
			ks := keepers()
			for i := len(ks) - 1; i >= 0; i-- {
				if err := ks[i].Erase(ctx, tx, person); err != nil {
					return err
				}
			}
			return nil
		}); err != nil {
			return err
		}
		if o.fails {
			return fault.New(fault.Unavailable, "")
		}
		return v.Shred(ctx, person)
	})
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
	show := func(name, path string, parts func(v *web.Visit) ([]ui.Part, error)) web.Route {
		return web.Route{Name: name, Method: http.MethodGet, Path: path, May: access.Rule{Action: "test"}, Do: func(v *web.Visit) error {
			ps, err := parts(v)
			if err != nil {
				return err
			}
			var s strings.Builder
			for _, p := range ps {
				fmt.Fprintf(&s, "[%s]", p.Say)
				if p.Body != nil {
					if err := p.Body.Render(v.Ctx(), &s); err != nil {
						return err
					}
				}
			}
			return v.Text(200, s.String())
		}}
	}
	vandaag := show("today", "/vandaag", func(v *web.Visit) (out []ui.Part, err error) {
		for _, x := range o.r.Panels() {
			p, err := x.Show(v)
			if err != nil {
				return nil, err
			}
			out = append(out, p)
		}
		return out, nil
	})
	home := show("portal.home", "/mijn", func(v *web.Visit) ([]ui.Part, error) {
		f, err := files.Open(v, v.Actor.ID, access.File, "test")
		if err != nil {
			return nil, err
		}
		p, err := o.r.home(v, f)
		return []ui.Part{p}, err
	})
	none := func(name, path string) web.Route {
		return web.Route{Name: name, Method: http.MethodGet, Path: path, May: access.Rule{Action: "test"}, Do: func(v *web.Visit) error { return v.Text(200, "") }}
	}
	o.House = webtest.New(t, d, []lang.Part{{Name: "ui", FS: ui.Texts}, {Name: "dossier", FS: dossier.Texts}, {Name: "rights", FS: Texts}},
		append(append(o.r.Routes(), files.Routes()...), vandaag, home, none("portal.facts", "/mijn/gegevens"), none("contact.record", "/dossier/{person}/contact"))...)
	return o
}

func self(person string) access.Actor {
	return access.Actor{Kind: access.IsSelf, ID: person, Holders: []string{"self:" + person}}
}

func worker(id string, r access.Role, k access.ScopeKind, place string) access.Actor {
	return access.Actor{Kind: access.Staff, ID: id, Name: id, Holders: []string{"user:" + id}, Posts: []access.Post{{Role: r, Scope: access.Scope{Kind: k, ID: place}}}}
}

var (
	amira  = worker("u-amira", access.Case, access.Team, "t-utrecht")
	pieter = worker("u-pieter", access.Privacy, access.National, "")
)

func want(t *testing.T, what string, a webtest.Answer, code int, texts ...string) {
	t.Helper()
	if a.Code != code {
		t.Fatalf("%s answers %d: %.900s", what, a.Code, a.Body)
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

func one(t *testing.T, d *db.DB, f db.Frag) string {
	t.Helper()
	s, err := db.One[string](t.Context(), d, f)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

var sentID = regexp.MustCompile(`/mijn/rechten/(rr-[a-z0-9]+)`)

// sent posts a request of the person and tells its id.
func sent(t *testing.T, v *webtest.Visitor, path string, pairs ...string) string {
	t.Helper()
	a := v.Post(path, webtest.Form(pairs...))
	m := sentID.FindStringSubmatch(a.To)
	if a.Code != 303 || m == nil {
		t.Fatalf("%s answers %d %s %.600s", path, a.Code, a.To, a.Body)
	}
	return m[1]
}

var version = regexp.MustCompile(`name="versie" value="(\d+)"`)

// take sends a step with the version that the page shows.
func take(t *testing.T, v *webtest.Visitor, path string, pairs ...string) webtest.Answer {
	t.Helper()
	m := version.FindStringSubmatch(v.Get(path).Body)
	if m == nil {
		t.Fatalf("%s shows no version", path)
	}
	return v.Post(path, webtest.Form(append(pairs, "versie", m[1])...))
}

func TestARequestIsAnswered(t *testing.T) {
	dbtest.Each(t, schema, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		reem, selam, desk, helper := o.As(self("p-reem")), o.As(self("p-selam")), o.As(pieter), o.As(amira)
		want(t, "what may be asked", reem.Get("/mijn/rechten"), 200, "Kopie van alles", "Gebruik beperken", "dezelfde hulp")
		want(t, "a correction of nothing", reem.Post("/mijn/rechten/vraag", webtest.Form("soort", Correct, "tekst", "")), 422, "Schrijf op waar het om gaat")
		want(t, "a copy is not asked of the desk", reem.Post("/mijn/rechten/vraag", webtest.Form("soort", Copy)), 422, "Kies wat u wilt")
		id := sent(t, reem, "/mijn/rechten/vraag", "soort", Correct, "tekst", "Mijn dochter heet Lina")
		own, at := "/mijn/rechten/"+id, "/gegevensverzoeken/"+id

		want(t, "her page", reem.Get(own), 200, "Lina", "Wij zijn aan de beurt", "Neem mijn verzoek terug")
		want(t, "her first page", reem.Get("/mijn"), 200, "Verbeteren", "Wij zijn aan de beurt")
		want(t, "the page of somebody else", selam.Get(own), 404)
		want(t, "a step of somebody else", selam.Post(own, webtest.Form("stap", Undone, "versie", "1")), 404)
		want(t, "the desk", desk.Get("/gegevensverzoeken"), 200, "Verbeteren", "!Lina", "!Reem")
		want(t, "Vandaag of the privacy officer", desk.Get("/vandaag"), 200, "één verzoek over gegevens", "!Lina")
		want(t, "Vandaag of a helper", helper.Get("/vandaag"), 200, "!verzoek")
		want(t, "the desk of a helper", helper.Get("/gegevensverzoeken"), 404)
		want(t, "the request for a helper", helper.Get(at), 404)
		want(t, "the file", helper.Get("/dossier/p-reem/verzoeken"), 200, "Verbeteren", "!Lina")

		before := one(t, d, db.F(`SELECT CAST(COUNT(*) AS TEXT) FROM audit_entry WHERE subject = 'p-reem' AND event = 'rights.event.looked'`))
		want(t, "the request", desk.Get(at), 200, "Lina", "Reem")
		if after := one(t, d, db.F(`SELECT CAST(COUNT(*) AS TEXT) FROM audit_entry WHERE subject = 'p-reem' AND event = 'rights.event.looked'`)); after == before {
			t.Error("the look of the privacy officer is not in the log")
		}
		want(t, "a refusal without a reason", take(t, desk, at, "stap", Decide, "uitkomst", Refused, "woorden", ""), 422, "Kies de reden uit de wet", "Schrijf iets op")
		want(t, "a step of the person by the desk", take(t, desk, at, "stap", Answered, "woorden", "x"), 422, "Kies een stap die nu kan")
		want(t, "a question", take(t, desk, at, "stap", Asked, "woorden", "Hoe schrijft u Lina?"), 303)
		want(t, "the question on her page", reem.Get(own), 200, "U bent aan de beurt", "Hoe schrijft u Lina?")
		want(t, "nothing to do for the desk", desk.Get("/vandaag"), 200, "!verzoek over gegevens")
		want(t, "her answer", take(t, reem, own, "stap", Answered, "woorden", "L-i-n-a"), 303)
		want(t, "more time", take(t, desk, at, "stap", Longer, "woorden", "De tolk is er pas volgende maand."), 303)
		if got, due := one(t, d, db.F(`SELECT due FROM rights_request WHERE id = ?`, id)), Due(clock.Today(d.Now()), true, working).String(); got != due {
			t.Errorf("it is due on %s, not %s", got, due)
		}
		want(t, "a form of before", desk.Post(at, webtest.Form("stap", Decide, "uitkomst", Granted, "woorden", "Ja", "versie", "1")), 409)
		want(t, "the decision", take(t, desk, at, "stap", Decide, "uitkomst", Granted, "woorden", "U heeft gelijk."), 303)
		want(t, "her page", reem.Get(own), 200, "Ja, wij doen het nu", "U heeft gelijk.", "!Neem mijn verzoek terug")
		want(t, "Vandaag of the helper", helper.Get("/vandaag"), 200, "Verbeter het dossier van Reem")
		want(t, "the file, with what must change", helper.Get("/dossier/p-reem/verzoeken"), 200, "Lina", "U heeft gelijk.")
		m := version.FindStringSubmatch(helper.Get("/dossier/p-reem/verzoeken").Body)
		want(t, "carried by who does not have the file", o.As(worker("u-zwolle", access.Case, access.Team, "t-zwolle")).Post("/dossier/p-reem/verzoeken/"+id, webtest.Form("versie", m[1])), 404)
		want(t, "carried in the file of somebody else", helper.Post("/dossier/p-selam/verzoeken/"+id, webtest.Form("versie", m[1])), 404)
		want(t, "carried", helper.Post("/dossier/p-reem/verzoeken/"+id, webtest.Form("versie", m[1])), 303)
		want(t, "her page at last", reem.Get(own), 200, "Ja, en het is gedaan", "Klaar")
		want(t, "her first page", reem.Get("/mijn"), 200, "!Verbeteren")
		if n := one(t, d, db.F(`SELECT CAST(COUNT(*) AS TEXT) FROM rights_request WHERE body LIKE '%Lina%'`)); n != "0" {
			t.Error("what she asked is readable in the database")
		}
	})
}

func TestACopyIsEverythingAndIsLogged(t *testing.T) {
	dbtest.Each(t, schema, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		reem, selam, desk := o.As(self("p-reem")), o.As(self("p-selam")), o.As(pieter)
		want(t, "the form", reem.Get("/mijn/rechten/kopie"), 200, "alles over u", "geheime adres")
		id := sent(t, reem, "/mijn/rechten/kopie")
		own := "/mijn/rechten/" + id
		want(t, "her page", reem.Get(own), 200, "Uw kopie ligt klaar", own+"/kopie/lezen")
		a := reem.Get(own + "/kopie/lezen")
		want(t, "to read", a, 200, "words &lt;b&gt;of&lt;/b&gt; somebody", "Reem", "!Vogelkersstraat", "!<script", "!style=", "Een geheim adres staat niet")
		if !strings.Contains(a.Header.Get("Content-Disposition"), "attachment") {
			t.Error("it is shown instead of saved")
		}
		var all struct{ Data map[string]any }
		b := reem.Get(own + "/kopie/machine")
		if err := json.Unmarshal([]byte(b.Body), &all); err != nil || len(all.Data) != 3 || all.Data["dossier"] == nil {
			t.Errorf("for a machine: %v %.300s", err, b.Body)
		}
		want(t, "for a machine", b, 200, "2820011427", "!Vogelkersstraat")
		want(t, "another form", reem.Get(own+"/kopie/pdf"), 404)
		for _, who := range []*webtest.Visitor{selam, o.As(amira)} {
			want(t, "the copy for somebody else", who.Get(own+"/kopie/lezen"), 404)
		}
		want(t, "the copy for the privacy officer", desk.Get("/gegevensverzoeken/"+id+"/kopie/lezen"), 404)
		if n := one(t, d, db.F(`SELECT CAST(COUNT(*) AS TEXT) FROM audit_entry WHERE subject = 'p-reem' AND event = 'rights.event.fetched'`)); n != "2" && n != "3" {
			t.Errorf("%s fetches are in the log", n)
		}
		apart := sent(t, reem, "/mijn/rechten/kopie", "apart", "1")
		want(t, "with what is kept apart", reem.Get("/mijn/rechten/"+apart+"/kopie/lezen"), 200, "Vogelkersstraat")
		d.Clock().(*clock.Manual).Advance(copyFor)
		reem, desk = o.As(self("p-reem")), o.As(pieter) // a session does not last a day
		want(t, "a day later", reem.Get(own+"/kopie/lezen"), 404)
		want(t, "a day later, her page", reem.Get(own), 200, "!/kopie/lezen")

		// For who cannot sign in, the privacy officer makes it.
		want(t, "on paper", o.As(amira).Post("/dossier/p-reem/verzoeken", webtest.Form("soort", Copy, "hoe", OnPaper, "dag", clock.Today(d.Now()).AddDays(-3).String())), 303)
		at := "/gegevensverzoeken/" + one(t, d, db.F(`SELECT id FROM rights_request WHERE how = 'paper'`))
		want(t, "its term runs from the day of the paper", desk.Get(at), 200, lang.DutchLongDay(Due(clock.Today(d.Now()).AddDays(-3), false, working)))
		want(t, "made by the privacy officer", desk.Get(at+"/kopie/lezen"), 200, "words &lt;b&gt;of")
		want(t, "made by a helper", o.As(amira).Get(at+"/kopie/lezen"), 404)
		if n := one(t, d, db.F(`SELECT CAST(COUNT(*) AS TEXT) FROM audit_entry WHERE subject = 'p-reem' AND event = 'rights.event.made' AND actor = 'u-pieter'`)); n != "1" {
			t.Errorf("%s copies by the privacy officer are in the log", n)
		}
		want(t, "given", take(t, desk, at, "stap", CopyGiven), 303)
		want(t, "it lies ready for her too", reem.Get("/mijn/rechten/"+strings.TrimPrefix(at, "/gegevensverzoeken/")), 200, "Uw kopie ligt klaar")
	})
}

func TestLessUseStopsColleaguesAndNotThePerson(t *testing.T) {
	dbtest.Each(t, schema, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		reem, desk, helper := o.As(self("p-reem")), o.As(pieter), o.As(amira)
		id := sent(t, reem, "/mijn/rechten/vraag", "soort", Less, "tekst", "Het klopt niet")
		own, at := "/mijn/rechten/"+id, "/gegevensverzoeken/"+id
		change := func() webtest.Answer { return helper.Post("/dossier/p-reem/gegevens", webtest.Form("version", "1")) }
		if a := change(); a.Code == 403 {
			t.Fatalf("refused before anything was decided: %.300s", a.Body)
		}
		want(t, "yes", take(t, desk, at, "stap", Decide, "uitkomst", Granted, "woorden", "Goed."), 303)
		want(t, "the file says so", helper.Get("/dossier/p-reem/verzoeken"), 200, "Gebruik beperkt sinds")
		want(t, "a change", change(), 403, "AVG 18")
		want(t, "a request is still written down", helper.Post("/dossier/p-reem/verzoeken", webtest.Form("soort", Copy, "hoe", AtDesk)), 303)
		want(t, "her own request", reem.Post("/mijn/rechten/vraag", webtest.Form("soort", Object, "tekst", "x")), 303)
		want(t, "who may not see the file learns nothing", o.As(worker("u-zwolle", access.Case, access.Team, "t-zwolle")).Post("/dossier/p-reem/gegevens", webtest.Form()), 404)
		want(t, "lifting without a word", take(t, desk, at, "stap", Lifted, "woorden", ""), 422)
		want(t, "lifting", take(t, desk, at, "stap", Lifted, "woorden", "Het is uitgezocht."), 303)
		want(t, "told before", reem.Get(own), 200, "De beperking stopt op", "Het is uitgezocht.")
		want(t, "it still holds", change(), 403)
		d.Clock().(*clock.Manual).Advance((liftAfter + 1) * 24 * time.Hour)
		reem, helper = o.As(self("p-reem")), o.As(amira)
		if a := change(); a.Code == 403 {
			t.Error("it holds after its end")
		}
		want(t, "her page", reem.Get(own), 200, "geldt niet meer", "!Gebruik mijn gegevens weer")
	})
}

func TestThePersonEndsLessUseAtOnce(t *testing.T) {
	dbtest.Each(t, schema, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		reem, helper := o.As(self("p-reem")), o.As(amira)
		id := sent(t, reem, "/mijn/rechten/vraag", "soort", Less)
		own := "/mijn/rechten/" + id
		want(t, "yes", take(t, o.As(pieter), "/gegevensverzoeken/"+id, "stap", Decide, "uitkomst", Granted, "woorden", "Goed."), 303)
		want(t, "a change", helper.Post("/dossier/p-reem/gegevens", webtest.Form("version", "1")), 403)
		want(t, "ending it", take(t, reem, own, "stap", Ended), 303)
		if a := helper.Post("/dossier/p-reem/gegevens", webtest.Form("version", "1")); a.Code == 403 {
			t.Error("it holds after she ended it")
		}
	})
}

func TestErasingWaitsCanBeStoppedAndIsForGood(t *testing.T) {
	dbtest.Each(t, schema, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		ctx, now := t.Context(), d.Clock().(*clock.Manual)
		reem, desk := o.As(self("p-reem")), o.As(pieter)
		ask := func() (own, at string) {
			id := sent(t, reem, "/mijn/rechten/vraag", "soort", Erase)
			want(t, "no half erasure", take(t, desk, "/gegevensverzoeken/"+id, "stap", Decide, "uitkomst", Partly, "grond", "law", "woorden", "x"), 422, "Wissen kan niet deels")
			want(t, "yes", take(t, desk, "/gegevensverzoeken/"+id, "stap", Decide, "uitkomst", Granted, "woorden", "Goed."), 303)
			return "/mijn/rechten/" + id, "/gegevensverzoeken/" + id
		}
		there := func() bool {
			if err := o.r.eraseDue(ctx, d.Now()); err != nil {
				t.Fatal(err)
			}
			_, err := o.v.Key(ctx, "p-reem")
			return err == nil
		}
		own, _ := ask()
		want(t, "her page", reem.Get(own), 200, "Wij wissen alles op", "Neem mijn verzoek terug")
		later := func(days int) {
			now.Advance(time.Duration(days) * 24 * time.Hour)
			reem, desk = o.As(self("p-reem")), o.As(pieter) // a session does not last a day
		}
		later(Regret - 1)
		if !there() {
			t.Fatal("erased too early")
		}
		want(t, "stopping it", take(t, reem, own, "stap", Undone), 303)
		later(3)
		if !there() {
			t.Fatal("erased though she stopped it")
		}
		_, at := ask()
		want(t, "the desk stops it", take(t, desk, at, "stap", Reopened, "woorden", "Er loopt een beroep."), 303)
		later(Regret + 1)
		if !there() {
			t.Fatal("erased though the desk stopped it")
		}
		want(t, "yes again", take(t, desk, at, "stap", Decide, "uitkomst", Granted, "woorden", "Goed."), 303)
		later(Regret)
		o.fails = true // the key store is away: the rows are gone, the key is not
		if err := o.r.eraseDue(ctx, d.Now()); err == nil {
			t.Fatal("a failure is not told")
		}
		if n := one(t, d, db.F(`SELECT CAST(COUNT(*) AS TEXT) FROM rights_erasing`)); n != "1" {
			t.Fatal("nobody will try again")
		}
		o.fails = false
		if there() {
			t.Fatal("not erased")
		}
		for _, table := range []string{"rights_request", "rights_step", "rights_erasing"} {
			q := db.F(`SELECT CAST(COUNT(*) AS TEXT) FROM rights_request`)
			switch table {
			case "rights_step":
				q = db.F(`SELECT CAST(COUNT(*) AS TEXT) FROM rights_step`)
			case "rights_erasing":
				q = db.F(`SELECT CAST(COUNT(*) AS TEXT) FROM rights_erasing`)
			}
			if n := one(t, d, q); n != "0" {
				t.Errorf("%s rows are left in %s", n, table)
			}
		}
		want(t, "her pages", reem.Get("/mijn/rechten"), 404)
		want(t, "the file", o.As(amira).Get("/dossier/p-reem/verzoeken"), 404)
		want(t, "the request", desk.Get(at), 404)
		if n := one(t, d, db.F(`SELECT CAST(COUNT(*) AS TEXT) FROM audit_entry WHERE subject = 'p-reem' AND event = 'rights.event.erased'`)); n != "1" {
			t.Errorf("the log tells of %s erasures", n)
		}
	})
}

func TestOpenRequestsAreBounded(t *testing.T) {
	o := newOffice(t, dbtest.SQLite(t, schema))
	reem := o.As(self("p-reem"))
	for range mostOpen {
		want(t, "one", reem.Post("/mijn/rechten/vraag", webtest.Form("soort", Erase)), 303)
	}
	want(t, "one too many", reem.Post("/mijn/rechten/vraag", webtest.Form("soort", Erase)), 429)
}

// logged counts the entries of one event.
func logged(event string) db.Frag {
	return db.F(`SELECT CAST(COUNT(*) AS TEXT) FROM audit_entry WHERE event = ?`, event)
}
