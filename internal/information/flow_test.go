package information

// This file walks the ways through the pages on both databases: reading, writing with two pairs of eyes, missing something
// without a name, and what must not appear.

import (
	"bytes"
	"cmp"
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
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/privacy"
	"reisgezel/internal/kernel/sound"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
	"reisgezel/internal/kernel/web/webtest"
	"reisgezel/internal/organisation"
)

var lines = []db.Line{{Name: "web", FS: web.Schema}, {Name: "access", FS: access.Schema}, {Name: "audit", FS: audit.Schema}, {Name: "organisation", FS: organisation.Schema},
	{Name: "dossier", FS: dossier.Schema}, {Name: "information", FS: Schema}}

type office struct {
	*webtest.House
	i       *Information
	d       *db.DB
	holiday map[clock.Date]bool
}

// newOffice is a house on a Tuesday at nine in which the texts of the demonstration stand.
func newOffice(t *testing.T, d *db.DB) office {
	t.Helper()
	v, err := privacy.Open(t.Context(), dbtest.SQLite(t, []db.Line{{Name: "keys", FS: privacy.KeySchema}}), make([]byte, 32))
	if err != nil {
		t.Fatal(err)
	}
	o := office{d: d, holiday: map[clock.Date]bool{}}
	org := organisation.New(d)
	o.i = New(d, v, org, dossier.New(d, v, org), func(x clock.Date) bool { return o.holiday[x] })
	if err := d.Bulk(t.Context(), func(tx *db.Tx) error {
		if _, err := organisation.Demo(t.Context(), tx, d.Now(), 100); err != nil {
			return err
		}
		return o.i.Demo(t.Context(), tx, d.Now())
	}); err != nil {
		t.Fatal(err)
	}
	vandaag := web.Route{Name: "today", Method: http.MethodGet, Path: "/vandaag", May: access.Rule{Action: "test"}, Do: func(v *web.Visit) error {
		p, err := o.i.today(v)
		if err != nil {
			return err
		}
		var s strings.Builder
		fmt.Fprintf(&s, "[%s]", p.Say)
		if p.Body != nil {
			err = p.Body.Render(v.Ctx(), &s)
		}
		if err != nil {
			return err
		}
		return v.Text(200, s.String())
	}}
	zoek := web.Route{Name: "zoek", Method: http.MethodGet, Path: "/zoek", May: access.Rule{Action: "test"}, Do: func(v *web.Visit) error {
		hits, err := o.i.Finders()[0].Find(v, v.Value("q"))
		return cmp.Or(err, v.Text(200, fmt.Sprint(hits)))
	}}
	o.House = webtest.New(t, d, []lang.Part{{Name: "ui", FS: ui.Texts}, {Name: "organisation", FS: organisation.Texts}, {Name: "dossier", FS: dossier.Texts}, {Name: "information", FS: Texts}}, append(o.i.Routes(), vandaag, zoek)...)
	return o
}

func worker(id string, r access.Role, k access.ScopeKind, place string) access.Actor {
	return access.Actor{Kind: access.Staff, ID: id, Name: id, Posts: []access.Post{{Role: r, Scope: access.Scope{Kind: k, ID: place}}}}
}

var (
	noor   = worker("u-noor", access.Lead, access.Team, "t-utrecht")
	marwan = worker("u-marwan", access.Legal, access.Team, "t-utrecht")
	amira  = worker("u-amira", access.Case, access.Team, "t-utrecht")
	ria    = worker("u-ria", access.Desk, access.AtDesk, "d-overvecht")
	els    = worker("u-els", access.Region, access.InRegion, "r-midden")
)

// elsewhere is a colleague of another team.
func elsewhere(r access.Role) access.Actor {
	return worker("u-teamleider-1", r, access.Team, "t-amersfoort")
}

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

const lawyer = "/info/rechten/wat-doet-mijn-advocaat"

func TestEverybodyReadsWithoutSigningIn(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		g := o.Guest()
		want(t, "the list", g.Get("/info"), 200, "Wat doet mijn advocaat voor mij?", "Gezondheid", `href="`+lawyer, "!Wonen")
		want(t, "a text", g.Get(lawyer), 200, "<h1>Wat doet mijn advocaat voor mij?</h1>", "<li>De advocaat legt uit", "www.bestpracticesleidraad.nl", "Nog niet gecontroleerd", "27 november 2026",
			"!door een computer", "!Wilt u een andere advocaat") // the version that waits is not on the site
		want(t, "the same in Arabic", g.Get(lawyer+"?taal=ar"), 200, `dir="rtl"`, "ماذا يفعل محاميّ", "تُرجم هذا النص آليًا", `taal=nl`)
		want(t, "found in Arabic", g.Get("/zoek?taal=ar&q=ماذا+يفعل"), 200, lawyer)
		want(t, "not found in Arabic by Dutch words", g.Get("/zoek?taal=ar&q=advocaat"), 200, "!"+lawyer)
		want(t, "two letters find nothing", g.Get("/zoek?taal=nl&q=wa"), 200, "[]")
		for _, path := range []string{"/info/asiel/wat-doet-mijn-advocaat", "/info/rechten/niets"} {
			want(t, path, g.Get(path), 404)
		}
		for path, text := range map[string]string{"/wie-zijn-wij": "niet van de overheid", "/rechten": "AVG", "/toegankelijkheid": "nog niet getest"} {
			want(t, path, g.Get(path+"?taal=nl"), 200, text)
		}
		want(t, "staff pages", g.Get("/teksten"), 303)
	})
}

func TestATextThatIsNotThereYetIsShownInDutchAndSaysSo(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		id := o.write(t, marwan, "titel-nl", "Waar kan ik wonen?", "tekst-nl", "In een opvang.", "thema", "wonen")
		want(t, "publishing", o.As(noor).Post("/teksten/"+id+"/publiceren", webtest.Form("versie", "1")), 303)
		a := o.Guest().Get("/info/wonen/waar-kan-ik-wonen?taal=ti")
		want(t, "in Tigrinya", a, 200, "ትግርኛ", `<article class="stack" lang="nl" dir="ltr">`, "Waar kan ik wonen?")
		want(t, "the list in Tigrinya", o.Guest().Get("/info?taal=ti"), 200, `<bdi lang="nl" dir="ltr">Waar kan ik wonen?</bdi>`)
	})
}

// write writes a new text and gives its id.
func (o office) write(t *testing.T, by access.Actor, fields ...string) string {
	t.Helper()
	a := o.As(by).Post("/teksten/nieuw", webtest.Form(append([]string{"team", "t-utrecht", "bron", "IND", "adres", "https://ind.nl/x", "gelezen", "2026-11-20"}, fields...)...))
	want(t, "writing", a, 303)
	path, _, _ := strings.Cut(a.To, "?")
	return strings.TrimPrefix(path, "/teksten/")
}

func TestNothingIsOnTheSiteThatOnePersonWroteAlone(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		id := o.write(t, noor, "titel-nl", "Mag ik werken?", "tekst-nl", "Soms.", "thema", "werk")
		site := "/info/werk/mag-ik-werken"
		want(t, "before anybody read it", o.Guest().Get(site), 404)
		want(t, "the writer's page", o.As(noor).Get("/teksten/"+id), 200, "Noor Visser", "!zet op de site</button>")
		want(t, "publishing one's own", o.As(noor).Post("/teksten/"+id+"/publiceren", webtest.Form("versie", "1")), 403)
		want(t, "a caseworker publishing", o.As(amira).Post("/teksten/"+id+"/publiceren", webtest.Form("versie", "1")), 404)
		want(t, "a lead of another team", o.As(elsewhere(access.Lead)).Post("/teksten/"+id+"/publiceren", webtest.Form("versie", "1")), 403)
		want(t, "still not there", o.Guest().Get(site), 404)
		want(t, "and not found either", o.As(noor).Get("/zoek?q=mag+ik+werken"), 200, "!"+site)
		want(t, "the second reader's page", o.As(marwan).Get("/teksten/"+id), 200, "zet op de site</button>")
		want(t, "publishing", o.As(marwan).Post("/teksten/"+id+"/publiceren", webtest.Form("versie", "1")), 303)
		want(t, "on the site", o.Guest().Get(site), 200, "Soms.")

		// A newer version waits while the older one stays; who read the older one cannot pass the newer one unread.
		form := webtest.Form("versie", "1", "team", "t-utrecht", "titel-nl", "Mag ik werken?", "tekst-nl", "Na enige tijd.", "bron", "IND", "adres", "https://ind.nl/x", "gelezen", "2026-11-20", "thema", "geld")
		want(t, "a new version", o.As(noor).Post("/teksten/"+id+"/wijzigen", form), 303)
		want(t, "the site meanwhile", o.Guest().Get(site), 200, "Soms.", "!Na enige tijd")
		want(t, "found by its title", o.As(ria).Get("/zoek?q=mag+ik+WERKEN"), 200, site, "Werk · het staat in de titel")
		want(t, "found by its text", o.As(ria).Get("/zoek?q=soms+werken"), 200, site, "het staat in de tekst")
		want(t, "not found by what waits", o.As(noor).Get("/zoek?q=enige+tijd+werken"), 200, "!"+site)
		want(t, "passing the version of before", o.As(marwan).Post("/teksten/"+id+"/publiceren", webtest.Form("versie", "1")), 409)
		want(t, "writing over it", o.As(marwan).Post("/teksten/"+id+"/wijzigen", form), 422, "Iemand anders schreef intussen", "Na enige tijd.", `name="versie" value="2"`)
		want(t, "publishing it", o.As(els).Post("/teksten/"+id+"/publiceren", webtest.Form("versie", "2")), 303)
		want(t, "the site after", o.Guest().Get(site), 200, "Na enige tijd.", "!Soms.")
		want(t, "the history", o.As(ria).Get("/teksten/"+id+"?versie=1"), 200, "Soms.", "eerdere versie", "Noor Visser", "Marwan Saleh", "Els Bakker", "!zet op de site")

		want(t, "taking it away", o.As(els).Post("/teksten/"+id+"/weg", webtest.Form()), 303)
		want(t, "the site without it", o.Guest().Get(site), 404)
		want(t, "what was taken away is not found", o.As(noor).Get("/zoek?q=mag+ik+werken"), 200, "!"+site)
		want(t, "putting it back", o.As(els).Post("/teksten/"+id+"/weg", webtest.Form("terug", "1")), 303)
		want(t, "the site with it", o.Guest().Get(site), 200, "Na enige tijd.")
	})
}

func TestAFormThatIsNotRightLosesNothing(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		a := o.As(noor).Post("/teksten/nieuw", webtest.Form("titel-nl", "Een vraag?", "tekst-ar", "نص", "adres", "http://x", "team", "t-zwolle"))
		want(t, "the form", a, 422, "Een vraag?", "نص", "http://x", "Kies een onderwerp", "Kies een team waar je werkt", "Schrijf de tekst", "Schrijf een titel", "Schrijf op wie het zegt", "https://", "Kies de dag")
		if strings.Count(a.Body, "<details class=\"card card--fold\" open") != 1 {
			t.Error("the language with a fault does not open by itself, or others do too")
		}
		want(t, "the volunteer", o.As(ria).Get("/teksten/nieuw"), 404)
	})
}

func TestSomethingIsMissedWithoutAName(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		const words = "Mag mijn broer mee?"
		self := access.Actor{Kind: access.IsSelf, ID: "p-selam", Holders: []string{"self:p-selam"}}
		want(t, "nothing", o.Guest().Post(lawyer, webtest.Form("gemist", " ")), 422, "Schrijf op wat u mist")
		want(t, "a number", o.Guest().Post(lawyer, webtest.Form("gemist", "bsn 111222333")), 422, "Schrijf geen BSN", "111222333")
		want(t, "what she misses", o.As(self).Post(lawyer, webtest.Form("gemist", words)), 303)

		// Nothing that was kept says who, or at what hour.
		type row struct{ ID, Day, Lang string }
		rows, err := db.Many[row](t.Context(), d, db.F(`SELECT id, day, lang FROM information_miss WHERE day = ?`, "2026-11-24"))
		if err != nil || len(rows) != 1 {
			t.Fatalf("%v %v", rows, err)
		}
		if strings.HasPrefix(rows[0].ID, db.ID("im", d.Now())[:12]) {
			t.Errorf("the id %s tells the time", rows[0].ID)
		}
		if n, err := db.One[int](t.Context(), d, db.F(`SELECT COUNT(*) FROM web_once WHERE who LIKE '%p-selam%'`)); err != nil || n != 0 {
			t.Errorf("the key of the form tells who wrote it: %d %v", n, err)
		}
		if n, err := db.One[int](t.Context(), d, db.F(`SELECT COUNT(*) FROM audit_entry WHERE actor = 'p-selam'`)); err != nil || n != 0 {
			t.Errorf("the log tells who wrote it: %d %v", n, err)
		}
		b, err := db.One[[]byte](t.Context(), d, db.F(`SELECT body FROM information_miss WHERE id = ?`, rows[0].ID))
		if err != nil || bytes.Contains(b, []byte("broer")) {
			t.Errorf("the words lie open: %v", err)
		}

		text := "/teksten/in-wat-doet-mijn-advocaat"
		want(t, "the caseworker of the team", o.As(amira).Get(text), 200, words, "Nederlands")
		want(t, "Vandaag", o.As(amira).Get("/vandaag"), 200, text, "2 keer iets gemist", "!wacht op een tweede")
		want(t, "Vandaag of the lead", o.As(noor).Get("/vandaag"), 200, "wacht op een tweede lezer")
		want(t, "Vandaag of the writer", o.As(marwan).Get("/vandaag"), 200, "!wacht op een tweede lezer")
		for what, a := range map[string]access.Actor{"the volunteer": ria, "another team": elsewhere(access.Case)} {
			want(t, what, o.As(a).Get(text), 200, "!"+words)
			want(t, what+" today", o.As(a).Get("/vandaag"), 200, "[]", "!"+text)
			if a := o.As(a).Post(text+"/gemist", webtest.Form("gemist", rows[0].ID)); a.Code != 404 && a.Code != 403 {
				t.Errorf("%s settles it: %d", what, a.Code)
			}
		}
		want(t, "settling", o.As(amira).Post(text+"/gemist", webtest.Form("gemist", rows[0].ID)), 303)
		want(t, "settled", o.As(amira).Get(text), 200, `class="struck" lang="nl" dir="auto">`+words, "Toch niet verwerkt")
		want(t, "undoing", o.As(amira).Post(text+"/gemist", webtest.Form("gemist", rows[0].ID, "open", "1")), 303)
		want(t, "open again", o.As(amira).Get(text), 200, `class="" lang="nl" dir="auto">`+words)
		want(t, "one of another text", o.As(amira).Post("/teksten/in-krijg-ik-een-tolk/gemist", webtest.Form("gemist", rows[0].ID)), 404)

		if err := o.i.sweep(t.Context(), d.Now().AddDate(0, 0, 364)); err != nil {
			t.Fatal(err)
		}
		n := func() int {
			k, err := db.One[int](t.Context(), d, db.F(`SELECT COUNT(*) FROM information_miss WHERE id = ?`, rows[0].ID))
			if err != nil {
				t.Fatal(err)
			}
			return k
		}
		if n() != 1 {
			t.Error("it went too early")
		}
		if err := o.i.sweep(t.Context(), d.Now().AddDate(0, 0, 366)); err != nil || n() != 0 {
			t.Errorf("it is kept after its time: %v", err)
		}
	})
}

func TestTooManyFormsHaveToWait(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		for n := range 31 {
			a := o.Guest().Post(lawyer, webtest.Form("gemist", fmt.Sprint("vraag ", n)))
			if code := map[bool]int{true: 303, false: 429}[n < 30]; a.Code != code {
				t.Errorf("form %d answers %d", n+1, a.Code)
			}
		}
		d.Clock().(*clock.Manual).Advance(time.Hour)
		want(t, "an hour later", o.Guest().Post(lawyer, webtest.Form("gemist", "nog iets")), 303)
	})
}

func TestTheNearestWalkInHourOnThePage(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		g := o.Guest()
		a := g.Get("/hulp?plaats=Utrecht")
		want(t, "Utrecht", a, 200, "Nu open tot 17:00", "Utrecht, Overvecht", "naast de bibliotheek", "tel:+31", "العربية", "112", "openstreetmap.org", "!Amira", "!Els")
		if first := regexp.MustCompile(`<section class="hero[^>]*>\s*<h2[^>]*><bdi[^>]*>([^<]*)`).FindStringSubmatch(a.Body); first == nil || first[1] != "Utrecht, Overvecht" {
			t.Errorf("the first is %v", first)
		}
		want(t, "a town that is not there", g.Get("/hulp?plaats=%3Cscript%3E"), 200, "!<script>x", "Nu open")
		want(t, "in Arabic", g.Get("/hulp?plaats=Utrecht&taal=ar"), 200, "مفتوح الآن حتى")
		want(t, "the line for what cannot wait", a, 200, "Spoedlijn", `href="tel:0300000011"`, "nu open tot 18:00", "!tel:0300000012")
		o.holiday[clock.Today(d.Now())] = true
		want(t, "the line on a holiday", g.Get("/hulp?taal=nl"), 200, "gaat open op woensdag 25 november", "om 08:30", `href="tel:0300000012"`, "!nu open tot 18:00")
		want(t, "the line in Tigrinya", g.Get("/hulp?taal=ti"), 200, "መስመር ሕጂ ዕጹው እዩ", `href="tel:0300000011"`)
		want(t, "on a holiday", g.Get("/hulp?plaats=Utrecht&taal=nl"), 200, "Vandaag is een feestdag", "Open op woensdag 25 november van 09:00 tot 17:00", "!Nu open", "geen spreekuur open")
		if err := d.Tx(t.Context(), func(tx *db.Tx) error {
			_, err := db.Do(t.Context(), tx, db.F(`UPDATE organisation_location SET closed = TRUE`))
			return err
		}); err != nil {
			t.Fatal(err)
		}
		want(t, "when all are closed", g.Get("/hulp"), 200, "Wij weten nu geen spreekuur")
	})
}

// upload sends a recording as a browser does.
func upload(t *testing.T, v *webtest.Visitor, path, tag string, body []byte) webtest.Answer {
	t.Helper()
	return v.Hand(path, "opname.mp3", "taalvan", tag, "@geluid", string(body))
}

func TestARecordingIsOfTheWordsThatWereRead(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		const path = "/teksten/in-krijg-ik-een-tolk/geluid"
		mp3 := bytes.Repeat(append([]byte{0xff, 0xfb, 0x90, 0x00}, make([]byte, 413)...), 4)
		refused := regexp.MustCompile(`<span class="err" id="f-geluid-ti-e">.*Kies een mp3 of m4a van hoogstens 3 MB</span>[\s\S]*id="f-geluid-ti" name="geluid"[^>]*aria-describedby="f-geluid-ti-h f-geluid-ti-e"`)
		for what, body := range map[string][]byte{"no sound": []byte("<html>"), "a page that says it is sound": append([]byte("ID3\x04\x00\x00\x00\x00\x00\x00"), bytes.Repeat([]byte("<script>"), 500)...), "nothing": nil, "too much": append([]byte("ID3"), make([]byte, sound.ForAll)...), "far too much": append([]byte("ID3"), make([]byte, soundRead-64<<10)...)} {
			a := upload(t, o.As(noor), path, "ti", body)
			want(t, what, a, 422, `href="#f-geluid-ti"`, "Krijg ik een tolk", "!f-geluid-ar-e")
			if !refused.MatchString(a.Body) {
				t.Errorf("%s: not said at its field", what)
			}
		}
		want(t, "no field at all", o.As(noor).Post("/teksten/in-krijg-ik-een-tolk/geluid", webtest.Form("taalvan", "ti")), 422, `href="#f-geluid-ti"`)
		want(t, "a language that is not there", upload(t, o.As(noor), path, "xx", mp3), 404)
		want(t, "another team", upload(t, o.As(elsewhere(access.Lead)), path, "ti", mp3), 403)
		want(t, "a recording", upload(t, o.As(noor), path, "ti", mp3), 303)
		site := "/info/rechten/krijg-ik-een-tolk"
		a := o.Guest().Get(site + "?taal=ti")
		want(t, "the text", a, 200, "<audio", "(2 kB)", "!data-speak", "<summary><bdi lang=\"nl\" dir=\"ltr\">IND</bdi></summary>")
		src := strings.ReplaceAll(regexp.MustCompile(`<audio[^>]* src="([^"]+)"`).FindStringSubmatch(a.Body)[1], "&amp;", "&")
		s := o.Guest().Get(src)
		if s.Code != 200 || s.Header.Get("Content-Type") != "audio/mpeg" || len(s.Body) != len(mp3) {
			t.Errorf("listening answers %d %s", s.Code, s.Header.Get("Content-Type"))
		}
		want(t, "in another language", o.Guest().Get(site+"?taal=so"), 200, "!<audio", `data-speak="main article" hidden`)
		want(t, "the copy that was read", o.Guest().Get(site+"?taal=nl"), 200, "Nog niet gecontroleerd", "De kopie is van dinsdag 30 mei 2023.")
		want(t, "its desk", o.As(noor).Get("/teksten/in-krijg-ik-een-tolk"), 200, "Nog niet gecontroleerd")
		want(t, "the form", o.As(noor).Get("/teksten/in-krijg-ik-een-tolk/wijzigen"), 200, "Nog niet gecontroleerd", `name="zelf"`)

		// Other words than those that were read have no sound.
		f := webtest.Form("versie", "1", "team", "t-utrecht", "titel-nl", "Krijg ik een tolk?", "tekst-nl", "Ja.", "titel-ti", "ተርጓሚ?", "tekst-ti", "እወ።", "bron", "IND", "adres", "https://www.refugeehelp.nl/nl/asylum-seeker/article/100016-de-algemene-asielprocedure-aa", "gelezen", "2026-11-20", "zelf", "1")
		want(t, "new words", o.As(noor).Post("/teksten/in-krijg-ik-een-tolk/wijzigen", f), 303)
		want(t, "published", o.As(els).Post("/teksten/in-krijg-ik-een-tolk/publiceren", webtest.Form("versie", "2")), 303)
		want(t, "the new text", o.Guest().Get(site+"?taal=ti"), 200, "እወ", "!<audio", "!note--warn")
		want(t, "the old sound", o.Guest().Get(src), 404)
		want(t, "the desk", o.As(noor).Get("/teksten/in-krijg-ik-een-tolk"), 200, "Opname van een oudere tekst")
	})
}

func TestAHouseBeginsWithDraftsAndKeepsWhatIsThere(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		if err := d.Tx(t.Context(), func(tx *db.Tx) error {
			for _, f := range []db.Frag{db.F(`DELETE FROM information_miss`), db.F(`DELETE FROM information_version`), db.F(`DELETE FROM information_article`)} {
				if _, err := db.Do(t.Context(), tx, f); err != nil {
					return err
				}
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		want(t, "an empty site", o.Guest().Get("/info"), 200, "Hier komen antwoorden")
		want(t, "an empty list", o.As(noor).Get("/teksten"), 200, "Begin met deze teksten")
		for range 2 {
			want(t, "beginning", o.As(noor).Post("/teksten", webtest.Form()), 303)
		}
		want(t, "the list", o.As(noor).Get("/teksten"), 200, "Nog niet op de site", "Krijg ik een tolk")
		want(t, "the site", o.Guest().Get("/info"), 200, "!tolk")
	})
}
