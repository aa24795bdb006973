package procedure

import (
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/a-h/templ"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
	"reisgezel/internal/kernel/web/webtest"
	"reisgezel/internal/organisation"
)

// house opens the doors of procedure, with plain ones where the pages of others would be, and a page with the panels.
func (b *bench) house(more ...web.Route) *webtest.House {
	b.t.Helper()
	stub := func(name, path string) web.Route {
		return web.Route{Name: name, Method: http.MethodGet, Path: path, May: access.Rule{Action: "stub"}, Do: func(v *web.Visit) error { return v.Text(200, name) }}
	}
	routes := append(append(b.p.Routes(), more...), stub("dossier.list", "/dossiers"), stub("dossier.open", "/dossier/{person}"), stub("contact.record", "/contact/{person}"), stub("portal.home", "/mijn"),
		web.Route{Name: "panels", Method: http.MethodGet, Path: "/panelen/{person}", May: access.Rule{Action: "stub"}, Do: func(v *web.Visit) error {
			f, err := b.files.Open(v, v.Param("person"), access.DeskLevel, "x")
			if err != nil {
				return err
			}
			var parts []templ.Component
			for _, p := range b.p.FilePanels() {
				part, err := p.Show(v, f)
				if err != nil {
					return err
				}
				if part.Body != nil {
					parts = append(parts, part.Body)
				}
			}
			ms, err := b.p.Timeline(v, f, v.Now.Add(time.Hour), 10)
			if err != nil {
				return err
			}
			for _, m := range ms {
				parts = append(parts, ui.Timeline([]ui.MomentP{{Title: m.Title, By: m.By, Body: m.Body, When: lang.When(v.Ctx(), m.At, v.Now)}}))
			}
			return v.Page(templ.Join(parts...))
		}},
		stub("today", "/vandaag-zelf"),
		b.panelPage("verschoven", "/verschoven", b.p.movesPanel), b.panelPage("beslissen", "/beslissen", b.p.amendPanel),
		web.Route{Name: "vandaag", Method: http.MethodGet, Path: "/vandaag", May: access.Rule{Action: "stub"}, Do: func(v *web.Visit) error {
			part, err := b.p.Panels()[0].Show(v)
			if err != nil {
				return err
			}
			if part.Body == nil {
				return v.Text(200, "niets")
			}
			return v.Page(templ.Join(templ.Raw("<p>"+part.Say+"</p>"), part.Body))
		}})
	return webtest.New(b.t, b.d, []lang.Part{{Name: "procedure", FS: Texts}, {Name: "ui", FS: ui.Texts}, {Name: "dossier", FS: dossier.Texts}, {Name: "organisation", FS: organisation.Texts}}, routes...)
}

// panelPage is a page with one part of Vandaag.
func (b *bench) panelPage(name, path string, show func(*web.Visit) (ui.Part, error)) web.Route {
	return web.Route{Name: name, Method: http.MethodGet, Path: path, May: access.Rule{Action: "stub"}, Do: func(v *web.Visit) error {
		part, err := show(v)
		if err != nil {
			return err
		}
		if part.Body == nil {
			return v.Text(200, "niets")
		}
		return v.Page(templ.Join(templ.Raw("<p>"+part.Say+"</p>"), part.Body))
	}}
}

func (b *bench) mustSay(a webtest.Answer, wants ...string) {
	b.t.Helper()
	for _, w := range wants {
		if !strings.Contains(a.Body, w) {
			b.t.Errorf("the page (%d) does not say %q", a.Code, w)
		}
	}
}

func (b *bench) mustNotSay(a webtest.Answer, nots ...string) {
	b.t.Helper()
	for _, w := range nots {
		if strings.Contains(a.Body, w) {
			b.t.Errorf("the page says %q", w)
		}
	}
}

var seenField = regexp.MustCompile(`name="seen" value="([0-9a-f]+)"`)

const recordDecision = "/dossier/p-selam/juridisch/vastleggen/decision"

// keep previews a form and keeps what was previewed.
func (b *bench) keep(v *webtest.Visitor, path string, form url.Values) webtest.Answer {
	b.t.Helper()
	form.Set("stap", "bereken")
	a := v.Post(path, form)
	m := seenField.FindStringSubmatch(a.Body)
	if a.Code != 200 || m == nil {
		b.t.Fatalf("the preview answered %d\n%s", a.Code, a.Body)
	}
	form.Set("stap", "vastleggen")
	form.Set("seen", m[1])
	return v.Post(path, form)
}

func rejection(pairs ...string) url.Values {
	f := webtest.Form("sure", "exact", "day", "2026-11-23", "how", "sent", "outcome", "rejected", "route", "aa", "lodged", "before", "note", "Selam belde de advocaat")
	for i := 0; i < len(pairs); i += 2 {
		f.Set(pairs[i], pairs[i+1])
	}
	return f
}

func TestALetterOnTheTableBecomesADateOnThreePages(t *testing.T) {
	each(t, func(b *bench) {
		h := b.house()
		b.grant("p-selam", "Ria", access.Presence, access.DeskLevel)
		ria, marwan := h.As(b.actor("Ria")), h.As(b.actor("Marwan"))

		b.mustSay(ria.Get("/dossier/p-selam/juridisch"), "Begin met wat er het laatst gebeurde", "<h1>")
		b.mustSay(ria.Get("/dossier/p-selam/juridisch/vastleggen"), "Beschikking bekendgemaakt", "Waarschijnlijk nu")
		b.mustSay(ria.Get(recordDecision), "Wanneer is asiel aangevraagd?", "Toegezonden", "Algemene asielprocedure (AA)", "Bereken de termijnen")

		// The preview computes and keeps nothing.
		f := rejection("stap", "bereken")
		a := ria.Post(recordDecision, f)
		b.mustSay(a, "Er is nog niets vastgelegd", "Beroep instellen", "ma 30 nov", "Klopt, vastleggen", "Nog niet bevestigd door een jurist", "Selam belde de advocaat")
		if len(b.rows("p-selam")) != 0 {
			b.t.Fatal("a preview kept something")
		}
		// What was not previewed is not kept either.
		f = rejection("stap", "vastleggen", "seen", "0123456789abcdef")
		if a := ria.Post(recordDecision, f); a.Code != 200 || len(b.rows("p-selam")) != 0 {
			b.t.Fatalf("something was kept that nobody saw: %d", a.Code)
		}
		a = b.keep(ria, recordDecision, rejection())
		if a.Code != http.StatusSeeOther || !strings.Contains(a.To, "gezegd=procedure.said.recorded") {
			b.t.Fatalf("%d %s %s", a.Code, a.To, a.Body)
		}
		r := b.rows("p-selam")["appeal"]
		if r.Safe != clock.On(2026, 11, 30) || r.Owner != b.ids["Marwan"] {
			b.t.Fatalf("%+v", r)
		}
		// The alarm went off at once: six days are left.
		if got := b.raised(); got != "14:Marwan 7:Deniz" {
			b.t.Errorf("alarms: %q", got)
		}
		b.mustSay(marwan.Get("/vandaag"), "één termijn", "Selam: Beroep instellen", "Spoed", "due--2")
		b.mustSay(h.As(b.actor("Deniz")).Get("/vandaag"), "Selam: Beroep instellen", "doorgegeven")
		b.mustSay(marwan.Get("/panelen/p-selam"), "Waar Selam nu staat", "Afgewezen, beroep kan", "nog 6 dagen · ma 30 nov", "Beschikking bekendgemaakt", "Afgewezen als ongegrond", "Vastgelegd door Ria")
		b.mustSay(marwan.Get("/dossier/p-selam/juridisch"), "oud recht", "uiterlijk do 11 jun 2026", "Selam belde de advocaat", "Verbeteren", "Terugnemen")
		page := marwan.Get("/dossier/p-selam/juridisch/termijn/" + r.ID)
		b.mustSay(page, "Veilige datum", "ma 30 nov 2026", "Vw 2000 art. 69 lid 2", "https://wetten.overheid.nl/BWBR0011823", "oudere tekst gelezen", "Nog niet bevestigd", "7 dagen vooraf: Deniz (vervanger)", "Leg vast: beroep ingesteld")

		// The volunteer reads no notes of the file and corrects nothing.
		b.mustNotSay(ria.Get("/dossier/p-selam/juridisch"), "Selam belde de advocaat", "Verbeteren", "Terugnemen")
		b.mustNotSay(ria.Get("/dossier/p-selam/juridisch/termijn/"+r.ID), "Afvinken")
		if a := ria.Post("/dossier/p-selam/juridisch/termijn/"+r.ID+"/gedaan", webtest.Form("what", "sent")); a.Code != http.StatusNotFound {
			b.t.Errorf("the volunteer ticked off: %d", a.Code)
		}
	})
}

func TestTheRefugeeReadsWhereTheyAreInTheirLanguage(t *testing.T) {
	each(t, func(b *bench) {
		h := b.house()
		b.record("p-selam", ev("lodged", "2026-01-20"), ev("decision", "2026-11-23", outcome("rejected"), route("aa"), how(Sent)))
		self := h.As(access.Actor{Kind: access.IsSelf, ID: "p-selam", Holders: []string{"self:p-selam"}})
		for tag, want := range map[string][]string{
			"nl": {"Waar ben ik nu?", "Nu is uw advocaat aan zet", "maandag 30 november", "Beroep instellen"},
			"ar": {"أين أنا الآن؟", "دور محاميك", "maandag 30 november"},
		} {
			a := self.Get("/panelen/p-selam?taal=" + tag)
			b.mustSay(a, want...)
			b.mustSay(a, `class="way"`, `aria-current="step"`)
		}
	})
}

func TestWhatMayNotBeSeenDoesNotExist(t *testing.T) {
	each(t, func(b *bench) {
		h := b.house()
		b.record("p-selam", ev("lodged", "2026-01-20"))
		r := b.rows("p-selam")["decide"]
		amira := h.As(b.actor("Amira"))
		for _, path := range []string{"/dossier/p-selam/juridisch", "/dossier/p-selam/juridisch/vastleggen", recordDecision, "/dossier/p-selam/juridisch/termijn/" + r.ID} {
			there, absent := amira.Get(path), amira.Get(strings.Replace(path, "p-selam", "p-niemand", 1))
			if there.Code != http.StatusNotFound || there.Body != absent.Body {
				b.t.Errorf("%s answers %d, otherwise than what does not exist", path, there.Code)
			}
		}
		if a := amira.Post(recordDecision, rejection("stap", "vastleggen")); a.Code != http.StatusNotFound {
			b.t.Errorf("recording answered %d", a.Code)
		}
		// Somebody else's deadline under one's own file does not exist either.
		b.grant("p-reem", "Amira", access.Assignment, access.File)
		if a := amira.Get("/dossier/p-reem/juridisch/termijn/" + r.ID); a.Code != http.StatusNotFound {
			b.t.Errorf("somebody else's deadline answered %d", a.Code)
		}
		if a := amira.Get("/vandaag"); a.Body != "niets" {
			b.t.Errorf("Vandaag shows %s", a.Body)
		}
		// Whoever minded a file and lost it sees its deadlines no more, not even the name.
		b.record("p-selam", ev("decision", "2026-11-23", outcome("rejected"), route("aa"), how(Sent)))
		marwan := h.As(b.actor("Marwan"))
		b.mustSay(marwan.Get("/vandaag"), "Selam: Beroep instellen")
		b.tx(func(tx *db.Tx) error {
			return access.EndHeld(b.t.Context(), tx, "p-selam", "user:"+b.ids["Marwan"], access.Assignment)
		})
		if a := marwan.Get("/vandaag"); a.Body != "niets" {
			b.t.Errorf("Vandaag shows %s", a.Body)
		}
	})
}

func TestEveryFaultIsToldAtOnceAndNothingIsLost(t *testing.T) {
	each(t, func(b *bench) {
		h := b.house()
		marwan := h.As(b.actor("Marwan"))
		b.record("p-selam", ev("lodged", "2026-01-20"), ev("interview_report", "2026-11-01"))
		a := marwan.Post(recordDecision, webtest.Form("stap", "bereken", "sure", "exact", "day", "2026-12-24", "note", "BSN 111222333", "how", "", "outcome", "misschien"))
		if a.Code != http.StatusUnprocessableEntity {
			b.t.Fatalf("%d", a.Code)
		}
		b.mustSay(a, "Deze dag is nog niet geweest", "Kies hoe het is bekendgemaakt", "Kies wat erin staat", "Kies de soort procedure", "burgerservicenummer", `value="2026-12-24"`, "BSN 111222333", `href="#f-day"`)
		for day, want := range map[string]string{"2026-02-30": "Deze dag bestaat niet", "": "Vul de dag in", "2026-01-10": "Dit kan niet voor &#34;aanvraag ingediend&#34; op di 20 jan 2026", "23-11-2026": ""} {
			a := marwan.Post(recordDecision, rejection("stap", "bereken", "day", day))
			if want == "" && a.Code != 200 || want != "" && (a.Code != 422 || !strings.Contains(a.Body, want)) {
				b.t.Errorf("%q answered %d without %q", day, a.Code, want)
			}
		}
		a = marwan.Post(recordDecision, rejection("stap", "bereken", "sure", "between", "from", "2026-11-23", "to", "2026-11-20"))
		b.mustSay(a, "De laatste dag ligt voor de eerste")
		if a := marwan.Get("/dossier/p-selam/juridisch/vastleggen/niets"); a.Code != http.StatusNotFound {
			b.t.Errorf("an event that does not exist answered %d", a.Code)
		}
	})
}

func TestADayOfALetterFromElsewhereIsOurs(t *testing.T) {
	each(t, func(b *bench) {
		marwan := b.house().As(b.actor("Marwan"))
		a := marwan.Post(recordDecision, rejection("stap", "bereken", "sure", "between", "day", "",
			"from_calendar", "solar", "from_day", "۱", "from_month", "۹", "from_year", "۱۴۰۵", "to_calendar", "solar", "to_day", "2", "to_month", "13", "to_year", "1405"))
		if a.Code != http.StatusUnprocessableEntity {
			b.t.Fatalf("month 13 answered %d", a.Code)
		}
		b.mustSay(a, `href="#f-to_day"`, "Deze dag bestaat niet in de gekozen kalender", `id="f-to_month" name="to_month" value="13"`, `value="2026-11-22"`, "Bij ons is dat zo 22 nov 2026")
		form := rejection("sure", "between", "day", "", "from", "2026-11-22", "to_calendar", "solar", "to_day", "2", "to_month", "9", "to_year", "1405",
			"lodged", "day", "lodged_day_calendar", "ethiopian", "lodged_day_day", "12", "lodged_day_month", "5", "lodged_day_year", "2018")
		if a := b.keep(marwan, recordDecision, form); a.Code != http.StatusSeeOther {
			b.t.Fatalf("%d %s", a.Code, a.Body)
		}
		ts, err := tracks(t.Context(), b.d, "p-selam")
		if err != nil || len(ts) != 1 {
			b.t.Fatal(ts, err)
		}
		var got []string
		for _, r := range b.events(ts[0].ID) {
			got = append(got, r.Kind+" "+r.DayFrom.String()+" "+r.DayTo.String())
		}
		if slices.Sort(got); strings.Join(got, ", ") != "decision 2026-11-22 2026-11-23, lodged 2026-01-20 2026-01-20" {
			b.t.Errorf("%v", got)
		}
	})
}

func TestAnUnknownDayIsAQuestionAndAnAlarm(t *testing.T) {
	each(t, func(b *bench) {
		h := b.house()
		marwan := h.As(b.actor("Marwan"))
		a := b.keep(marwan, recordDecision, rejection("sure", "unknown", "day", "", "how", "unknown"))
		if a.Code != http.StatusSeeOther {
			b.t.Fatalf("%d %s", a.Code, a.Body)
		}
		b.mustSay(marwan.Get("/dossier/p-selam/juridisch"), "Op welke dag was dit: beschikking bekendgemaakt?", "Nog geen datum", "dag niet bekend")
		b.mustSay(marwan.Get("/vandaag"), "dag niet bekend: zoek het vandaag uit")
		if got := b.raised(); got != "14:Marwan 7:Deniz" {
			b.t.Errorf("alarms: %q", got)
		}
	})
}

func TestDoneCorrectedTakenBackAndRestored(t *testing.T) {
	each(t, func(b *bench) {
		h := b.house()
		marwan := h.As(b.actor("Marwan"))
		b.keep(marwan, recordDecision, rejection())
		r := b.rows("p-selam")["appeal"]
		at := "/dossier/p-selam/juridisch/termijn/" + r.ID

		if a := marwan.Post(at+"/gedaan", webtest.Form("what", "", "note", "BSN 111222333")); a.Code != 422 || !strings.Contains(a.Body, "Kies wat er is gedaan") || !strings.Contains(a.Body, "burgerservicenummer") {
			b.t.Errorf("ticking off without saying what answered %d", a.Code)
		}
		form := webtest.Form("what", "lawyer", "note", "mr. Vos bevestigt", "_once", "abcdefghijklmnopqrst")
		for range 2 { // a double press
			if a := marwan.Post(at+"/gedaan", form); a.Code != http.StatusSeeOther {
				b.t.Fatalf("%d", a.Code)
			}
		}
		b.mustSay(marwan.Get(at), "De advocaat doet het", "mr. Vos bevestigt", "Ongedaan maken")
		if b.rows("p-selam")["appeal"].State != "done" || b.raised() != "" {
			b.t.Error("it is not done, or alarms still stand")
		}
		if a := marwan.Post(at+"/heropenen", nil); a.Code != http.StatusSeeOther {
			b.t.Fatalf("%d", a.Code)
		}
		if b.rows("p-selam")["appeal"].State != "open" || b.raised() != "14:Marwan 7:Deniz" {
			b.t.Errorf("it is not open again, or the alarms are silent: %q", b.raised())
		}

		// Corrected: the old date stays readable under its own address, and points to the new one.
		var event string
		for _, x := range b.events(r.Track) {
			if x.Kind == "decision" {
				event = x.ID
			}
		}
		path := recordDecision + "?track=" + r.Track + "&corrects=" + event
		b.mustSay(marwan.Get(path), `value="2026-11-23"`, "Selam belde de advocaat", "Het oude blijft leesbaar")
		f := rejection("day", "2026-11-20", "track", r.Track, "corrects", event)
		f.Del("lodged")
		a := marwan.Post(recordDecision, addForm(f, "stap", "bereken"))
		b.mustSay(a, "verandert", "was ma 30 nov 2026", "vr 27 nov")
		if a := b.keep(marwan, recordDecision, f); a.Code != http.StatusSeeOther {
			b.t.Fatalf("%d %s", a.Code, a.Body)
		}
		n := b.rows("p-selam")["appeal"]
		if n.Safe != clock.On(2026, 11, 27) || n.Version != 2 {
			b.t.Errorf("%+v", n)
		}
		b.mustSay(marwan.Get(at), "Deze datum geldt niet meer", n.ID, "op ma 23 nov 2026", "ma 30 nov 2026")
		if a := marwan.Post(recordDecision, addForm(f, "stap", "bereken")); a.Code != http.StatusConflict {
			b.t.Errorf("correcting what was corrected answered %d", a.Code)
		}
		if got := b.raised(); got != "14:Marwan 7:Deniz 3:Noor" {
			b.t.Errorf("after the correction: %q", got)
		}

		// Taken back: the dates fall away, and the event can be restored.
		var now Record
		for _, x := range standing(b.events(r.Track)) {
			if x.Kind == "decision" {
				now = x
			}
		}
		if a := marwan.Post("/dossier/p-selam/juridisch/gebeurtenis/"+now.ID+"/terugnemen", nil); a.Code != http.StatusSeeOther {
			b.t.Fatalf("%d %s", a.Code, a.Body)
		}
		if _, there := b.rows("p-selam")["appeal"]; there || b.raised() != "" {
			b.t.Error("the date stands although its event was taken back")
		}
		page := marwan.Get("/dossier/p-selam/juridisch")
		b.mustSay(page, "teruggenomen", "Herstellen")
		back := regexp.MustCompile(`/dossier/p-selam/juridisch/gebeurtenis/[^"]+/herstellen`).FindString(page.Body)
		if a := marwan.Post(back, nil); a.Code != http.StatusSeeOther {
			b.t.Fatalf("%s answered %d", back, a.Code)
		}
		if r := b.rows("p-selam")["appeal"]; r.Safe != clock.On(2026, 11, 27) || r.State != "open" {
			b.t.Errorf("%+v", r)
		}
		b.mustSay(marwan.Get("/dossier/p-selam/juridisch"), "Selam belde de advocaat")
	})
}

func addForm(f url.Values, k, v string) url.Values {
	out := url.Values{}
	for x, y := range f {
		out[x] = y
	}
	out.Set(k, v)
	return out
}

func (b *bench) events(track string) []Record {
	b.t.Helper()
	rs, err := records(b.t.Context(), b.d, track)
	if err != nil {
		b.t.Fatal(err)
	}
	return rs
}
