package translation

// This file walks the pages on both databases, and looks at what must not appear.

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/a-h/templ"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/audit"
	"reisgezel/internal/kernel/clock"
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
	o := office{d: d}
	o.t = New(d, organisation.New(d), o.fresh(t))
	page := web.Route{Name: "page", Method: http.MethodGet, Path: "/mijn", May: access.Rule{Action: "test", Need: access.Free}, Do: func(v *web.Visit) error {
		return v.Page(templ.Join(ui.Empty(lang.T(v.Ctx(), "door.home")), ui.Empty(lang.T(v.Ctx(), "ui.fault.home"))))
	}}
	o.House = webtest.New(t, d, parts()[1:], append(o.t.Routes(), page)...)
	o.t.texts = o.Site.Texts
	return o
}

// parts are the words of this house. Those of the door of this test will never be there in more languages.
func parts() []lang.Part {
	door := fstest.MapFS{}
	for tag, text := range map[string]string{"nl": "Naar de eerste pagina", "en": "To the first page", "fr": "À la première page"} {
		door["text/"+tag+".json"] = &fstest.MapFile{Data: []byte(`{"door.home": "` + text + `"}`)}
	}
	return []lang.Part{{Name: "web", FS: web.Texts}, {Name: "ui", FS: ui.Texts}, {Name: "translation", FS: Texts}, {Name: "door", FS: door}}
}

func (o office) fresh(t *testing.T) *lang.Catalogue {
	t.Helper()
	c, err := lang.Load(parts()...)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// latest is the proposal that waits.
func (o office) latest(t *testing.T) string {
	t.Helper()
	ps, err := proposals(t.Context(), o.d, db.F(columns).Then(`WHERE passed IS NULL AND closed IS NULL`))
	if err != nil || len(ps) != 1 {
		t.Fatal(ps, err)
	}
	return ps[0].ID
}

func want(t *testing.T, what string, a webtest.Answer, code int, texts ...string) {
	t.Helper()
	if a.Code != code {
		t.Fatalf("%s answers %d: %.600s", what, a.Code, a.Body)
	}
	for _, x := range texts {
		if not, ok := strings.CutPrefix(x, "!"); ok {
			if strings.Contains(a.Body, not) {
				t.Errorf("%s: %q must not be there", what, not)
			}
			continue
		}
		if !strings.Contains(a.Body, x) {
			t.Errorf("%s: %q is missing in %.3000s", what, x, a.Body)
		}
	}
}

func worker(id string, r access.Role, k access.ScopeKind, place string) access.Actor {
	return access.Actor{Kind: access.Staff, ID: id, Name: id, Holders: []string{"user:" + id}, Posts: []access.Post{{Role: r, Scope: access.Scope{Kind: k, ID: place}}}}
}

var (
	noor   = worker("u-noor", access.Lead, access.Team, "t-utrecht") // reads Dutch and English
	amira  = worker("u-amira", access.Case, access.Team, "t-utrecht")
	marwan = worker("u-marwan", access.Legal, access.Team, "t-utrecht")
	admin  = worker("u-admin", access.Admin, access.National, "")
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

// What stands around a text can be read, also of a page that who translates cannot open.
func TestAPageTellsWhatStandsOnIt(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		const there = "/vertalen/ar/pagina/page"
		door := web.Route{Name: "page", Path: "/mijn", May: access.Rule{Need: access.Free}}
		o.t.Lend(func(route string) (web.Route, bool) { return door, route == "page" })
		n := o.As(noor)
		want(t, "before anybody saw it", n.Get(there), 200, "Nog niet bekend welke teksten hier staan", "!lang=\"ar\"")
		want(t, "the text", n.Get(at), 200, "Nog niet bekend op welke pagina")
		o.Guest().Get("/mijn?taal=am")
		if err := o.t.keepPlaces(t.Context()); err != nil {
			t.Fatal(err)
		}
		want(t, "the text, seen", n.Get(at), 200, `<a href="`+there+`"><bdi dir="ltr">/mijn</bdi></a>`, `href="/mijn?taal=ar"`)
		want(t, "the page", n.Get(there), 200, "Wat op /mijn staat", `<a class="rows__t" href="`+at+`" lang="nl">`, `<p lang="ar" dir="rtl">`, `href="/mijn?taal=ar"`, "Naar de eerste pagina")
		door.May.Need = access.BySelf
		want(t, "the text of a page of one's own", n.Get(at), 200, `<a href="`+there+`">`, `!href="/mijn?taal=ar"`)
		want(t, "a page of one's own", n.Get(there), 200, `<a class="rows__t" href="`+at+`" lang="nl">`, `!href="/mijn?taal=ar"`)
		door.May.Need, door.Path = access.Free, "/mijn/{person}"
		want(t, "a page of one thing", n.Get(there), 200, "!?taal=ar")
		want(t, "a page that is not there", n.Get("/vertalen/ar/pagina/other"), 404)
		want(t, "in no language", n.Get("/vertalen/nl/pagina/page"), 404)
		want(t, "the administrator", o.As(admin).Get(there), 404)
	})
}

// at is the door of a text of this house's own.
const at = "/vertalen/ar/tekst/ui.fault.home"

func TestTwoPeopleTranslateAndItIsShownAtOnce(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		// Another machine with a catalogue of its own, on the same database.
		other := New(d, o.t.org, o.fresh(t))
		amira, marwan := o.As(amira), o.As(marwan)
		home := func(tag string) string { return o.Guest().Get("/mijn?taal=" + tag).Body }
		was := home("ar")
		want(t, "the page of a text", amira.Get(at+"?taal=nl"), 200, "Naar de eerste pagina", "To the first page", "ui.fault.home", "Vertaling voorstellen", "Te kort voor een leescijfer")
		want(t, "who does not read it", o.As(noor).Get(at), 200, "Alleen wie Arabisch leest", "!<textarea")
		want(t, "who does not read it proposes", o.As(noor).Post(at, webtest.Form("tekst", "x")), 403)
		want(t, "an empty proposal", amira.Post(at, webtest.Form("tekst", " ")), 422, "Vul de vertaling in")
		want(t, "markup", amira.Post(at, webtest.Form("tekst", "<b>إلى البداية</b>")), 422, "opmaak", "&lt;b&gt;إلى البداية")
		want(t, "a proposal", amira.Post(at, webtest.Form("tekst", "إلى البداية")), 303)
		id := o.latest(t)
		want(t, "her own proposal", amira.Get(at), 200, "إلى البداية", "Intrekken", "!Goedkeuren")
		want(t, "she agrees to it herself", amira.Post(at+"/besluit", webtest.Form("voorstel", id, "besluit", "passed")), 403)
		want(t, "a stranger to the language agrees", o.As(noor).Post(at+"/besluit", webtest.Form("voorstel", id, "besluit", "passed")), 403)
		if home("ar") != was {
			t.Fatal("a proposal is shown before anybody agreed")
		}
		want(t, "the list of who can agree", marwan.Get("/vertalen"), 200, "Wacht op uw oordeel")
		want(t, "her own list", amira.Get("/vertalen"), 200, "!Wacht op uw oordeel")
		want(t, "his page", marwan.Get(at), 200, "Voorstel van Amira Haddad", "Goedkeuren")
		want(t, "another text's address", marwan.Post("/vertalen/ar/tekst/ui.skip/besluit", webtest.Form("voorstel", id, "besluit", "passed")), 404)
		want(t, "he agrees", marwan.Post(at+"/besluit", webtest.Form("voorstel", id, "besluit", "passed")), 303)
		want(t, "he agrees again", marwan.Post(at+"/besluit", webtest.Form("voorstel", id, "besluit", "passed")), 409)
		if !strings.Contains(home("ar"), "إلى البداية") {
			t.Fatal("what was agreed to is not shown")
		}
		text := func() string {
			t.Helper()
			if err := other.Refresh(t.Context()); err != nil {
				t.Fatal(err)
			}
			i, _ := other.texts.Item("ar", "ui.fault.home")
			return string(i.State) + " " + i.One
		}
		if text() != "checked إلى البداية" {
			t.Errorf("another machine shows %q", text())
		}
		want(t, "who checked it", amira.Get(at), 200, "Nagelezen", "nagelezen door Marwan Saleh")
		d.Clock().(*clock.Manual).Advance(time.Minute)
		// A second one takes its place; undone, the first is back; undone too, what came with the program.
		want(t, "a second proposal", marwan.Post(at, webtest.Form("tekst", "الصفحة الأولى")), 303)
		second := o.latest(t)
		want(t, "agreed", amira.Post(at+"/besluit", webtest.Form("voorstel", second, "besluit", "passed")), 303)
		if text() != "checked الصفحة الأولى" {
			t.Error(text())
		}
		want(t, "undone", amira.Post(at+"/besluit", webtest.Form("voorstel", second, "besluit", "undone")), 303)
		if text() != "checked إلى البداية" {
			t.Error(text())
		}
		want(t, "undone twice", amira.Post(at+"/besluit", webtest.Form("voorstel", second, "besluit", "undone")), 409)
		want(t, "the first undone", amira.Post(at+"/besluit", webtest.Form("voorstel", id, "besluit", "undone")), 303)
		if home("ar") != was || !strings.HasPrefix(text(), "machine ") {
			t.Error("what came with the program is not back")
		}
		want(t, "the history", amira.Get(at), 200, "إلى البداية", "الصفحة الأولى", "teruggedraaid door Amira Haddad")
		// What is refused, withdrawn and replaced stays in the history.
		for _, x := range []struct{ who, what string }{{"marwan", Refused}, {"amira", Withdrawn}} {
			want(t, "proposed", amira.Post(at, webtest.Form("tekst", "نص "+x.what)), 303)
			v, wrong := marwan, amira
			if x.who == "amira" {
				v, wrong = amira, marwan
			}
			want(t, "the wrong one", wrong.Post(at+"/besluit", webtest.Form("voorstel", o.latest(t), "besluit", x.what)), 422)
			want(t, x.what, v.Post(at+"/besluit", webtest.Form("voorstel", o.latest(t), "besluit", x.what)), 303)
		}
		want(t, "first", amira.Post(at, webtest.Form("tekst", "نص أول")), 303)
		want(t, "second", marwan.Post(at, webtest.Form("tekst", "نص ثان")), 303)
		want(t, "all of it", amira.Get(at), 200, "niet goedgekeurd door Marwan Saleh", "ingetrokken door Amira Haddad", "vervangen door een voorstel van Marwan Saleh", "نص أول", "نص ثان")
		// One that was made from an older Dutch text is agreed to by nobody.
		if err := o.d.Tx(t.Context(), func(tx *db.Tx) error {
			_, err := o.t.propose(t.Context(), tx, access.Actor{Kind: access.Staff, ID: "u-marwan"}, "ar", "ui.fault.home", "00000000", InPO, lang.Text{One: "قديم"})
			return err
		}); err != nil {
			t.Fatal(err)
		}
		want(t, "an older one", amira.Get(at), 200, "De Nederlandse tekst is veranderd", "!Goedkeuren")
		want(t, "agreed to", amira.Post(at+"/besluit", webtest.Form("voorstel", o.latest(t), "besluit", "passed")), 409)
		for _, p := range []string{"/vertalen/nl", "/vertalen/xx", "/vertalen/AR", "/vertalen/ar/tekst/ui.none", "/vertalen/ar/tekst/translation.title"} {
			want(t, p, amira.Get(p), 404)
		}
		want(t, "a plural has a box for each form", amira.Get("/vertalen/ar/tekst/ui.due.days"), 200, "tekst-zero", "tekst-two", "tekst-few", "tekst-many", "tekst-other")
	})
}

// A file that was made long ago does not take the place of a proposal that somebody can agree to.
func TestAnOlderFileLeavesANewerProposal(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		want(t, "a proposal", o.As(amira).Post("/vertalen/ar/tekst/ui.fault.home", webtest.Form("tekst", "نص اليوم")), 303)
		file := "msgctxt \"ui.fault.home|00000000\"\nmsgid \"x\"\nmsgstr \"نص قديم\"\n\nmsgctxt \"ui.skip|00000000\"\nmsgid \"x\"\nmsgstr \"قديم أيضا\"\n"
		a := o.upload(t, o.As(noor), "/vertalen/ar/inlezen", "bestand", "oud.po", []byte(file))
		want(t, "the report", o.As(noor).Get(a.To), 200, "Er wacht al een voorstel", "ui.fault.home")
		want(t, "it waits", o.As(marwan).Get("/vertalen/ar/tekst/ui.fault.home"), 200, "نص اليوم", "Goedkeuren", "!نص قديم")
		want(t, "where nothing waits it is kept", o.As(marwan).Get("/vertalen/ar/tekst/ui.skip"), 200, "قديم أيضا")
	})
}

func TestAFileGoesOutAndComesBack(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		amira, marwan, noor := o.As(amira), o.As(marwan), o.As(noor)
		out := noor.Get("/vertalen/ar/bestand?soort=po&stand=machine")
		want(t, "a file", out, 200, "Language: ar", "msgctxt \"ui.fault.home|", "nplurals=6", "!translation.title")
		want(t, "the other kind", noor.Get("/vertalen/ar/bestand?soort=xliff&stand=machine"), 200, "<xliff", `target-language="ar"`)
		file := "msgctxt \"ui.fault.home|" + o.t.texts.Source("ui.fault.home") + "\"\nmsgid \"x\"\nmsgstr \"إلى البداية\"\n\n" +
			"msgctxt \"ui.language|" + o.t.texts.Source("ui.language") + "\"\nmsgid \"x\"\nmsgstr \"بلا اسم\"\n"
		a := o.upload(t, noor, "/vertalen/ar/inlezen", "bestand", "terug.po", []byte(file))
		want(t, "read in", a, 303)
		report := noor.Get(a.To)
		want(t, "the report", report, 200, "terug.po", "1 vertaling bewaard", "1 fout gevonden", "{name} ontbreekt", ">5<")
		want(t, "somebody else's report", amira.Get(a.To), 404)
		want(t, "nothing in it", o.upload(t, noor, "/vertalen/ar/inlezen", "bestand", "leeg.po", nil), 422, "Kies een bestand")
		want(t, "no file", noor.Post("/vertalen/ar/inlezen", webtest.Form()), 422, "Kies een bestand")
		want(t, "who read it in is not its second reader", noor.Post(at+"/besluit", webtest.Form("voorstel", o.latest(t), "besluit", "passed")), 403)
		want(t, "who reads the language is", marwan.Post(at+"/besluit", webtest.Form("voorstel", o.latest(t), "besluit", "passed")), 303)
		if i, _ := o.t.texts.Item("ar", "ui.fault.home"); i.One != "إلى البداية" {
			t.Error(i)
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

// upload sends a file, as a browser does.
func (o office) upload(t *testing.T, v *webtest.Visitor, path, field, name string, body []byte) webtest.Answer {
	t.Helper()
	return v.Hand(path, name, "@"+field, string(body))
}
