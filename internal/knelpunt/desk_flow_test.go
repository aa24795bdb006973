package knelpunt

// This file tests what becomes of reports from outside: that each counts, that the desk hears of them, and that whoever holds a code is
// told nothing that is not so.

import (
	"regexp"
	"strings"
	"testing"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/db/dbtest"
	"reisgezel/internal/kernel/web/webtest"
)

var hiddenField = regexp.MustCompile(`<input type="hidden" name="([a-z]+)" value="([^"]*)"`)

// report sends the public form, and gives its code.
func (o *office) report(t *testing.T, g *webtest.Visitor, words string, more ...string) string {
	t.Helper()
	f := form(t, g, words)
	for i := 0; i+1 < len(more); i += 2 {
		f.Set(more[i], more[i+1])
	}
	f.Set("som", solve(f.Get("raadsel")))
	must(t, g, "/meld", f)
	return f.Get("code")
}

// taken makes a draft of the first report at the desk, by this colleague.
func (o *office) taken(t *testing.T, m *webtest.Visitor, more ...string) string {
	t.Helper()
	id := reportID.FindStringSubmatch(m.Get("/signalen/meldingen").Body)[1]
	before := mustMany[string](t, o.d, db.F(`SELECT id FROM knelpunt_draft`))
	must(t, m, "/signaal/geven", filled(append([]string{"melding", id, "thema", "reception"}, more...)...))
	for _, d := range mustMany[string](t, o.d, db.F(`SELECT id FROM knelpunt_draft`)) {
		if !strings.Contains(strings.Join(before, " "), d) {
			return d
		}
	}
	t.Fatal("no draft came of the report")
	return ""
}

func TestEveryReportCountsWhoeverTakesIt(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		g, m, a := o.Guest(), o.As(marwan), o.As(amira)
		to := ""
		for range 6 {
			o.report(t, g, "Mensen sliepen buiten.")
			must(t, a, "/signalen/vrijgeven/"+o.taken(t, m, "gezien", "once"), webtest.Form("besluit", "release", "versie", "1"))
			s := one[string](t, d, db.F(`SELECT id FROM knelpunt_signal WHERE id NOT IN (SELECT signal FROM knelpunt_member)`))
			if to == "" {
				to = must(t, a, "/knelpunten/nieuw", started("signaal", s))
			} else {
				must(t, a, to+"/bij", webtest.Form("signaal", s))
			}
		}
		ss, err := o.k.members(t.Context(), d, to[len("/knelpunten/"):])
		if err != nil || len(ss) != 6 {
			t.Fatal(len(ss), err)
		}
		if got := Count(ss, clock.Today(d.Now())); got.Seen != 6 || got.Colleague != 0 {
			t.Errorf("six reports taken by one colleague: %+v", got)
		}
		cells, raisers, err := o.k.WeekCount(t.Context(), WeekOf(clock.Today(d.Now())))
		if n := 0; err != nil || len(raisers) != 0 {
			t.Errorf("%v colleagues signalled what came from outside: %v", raisers, err)
		} else {
			for _, c := range cells {
				n += c.N
			}
			if n != 6 {
				t.Errorf("%d of six reports in the week", n)
			}
		}
		// The token still serves who took them, and the rule that another reads.
		if n := strings.Count(m.Get("/signalen/mijn").Body, "/signalen/ks-"); n != 6 {
			t.Errorf("%d of six are among one's own", n)
		}
		// What the public says of how often is a least of all together.
		many := ss[:3:3]
		many[1].Seen = "many"
		if got := Count(many, clock.Today(d.Now())); got.Seen != 10 {
			t.Errorf("one of three says ten times: %d", got.Seen)
		}
	})
}

func TestWhoReportedIsToldWhatIsSo(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		g, m, a := o.Guest(), o.As(marwan), o.As(amira)
		stands := func(what, code string, texts ...string) {
			t.Helper()
			want(t, what, g.Post("/meld/volgen?taal=nl", webtest.Form("code", code)), 200, texts...)
		}
		back := o.report(t, g, "Er was geen bed.")
		draft := o.taken(t, m)
		stands("taken", back, "Wij gebruiken uw melding")
		if x := m.Post("/signalen/mijn/"+draft, webtest.Form("weg", "1", "versie", "7")); x.Code != 409 {
			t.Fatal(x.Code)
		}
		stands("taken back over a change", back, "Wij gebruiken uw melding")
		must(t, m, "/signalen/mijn/"+draft, webtest.Form("weg", "1", "versie", "1"))
		stands("taken back", back, "niet verder gekomen", "Meld het dan opnieuw", "!Wij gebruiken uw melding", "!niets mee doen")

		used := o.report(t, g, "Er was geen bed.")
		must(t, a, "/signalen/vrijgeven/"+o.taken(t, m), webtest.Form("besluit", "release", "versie", "1"))
		swept := o.report(t, g, "Er was geen bed.")
		o.taken(t, m)
		aside := o.report(t, g, "Onzin.")
		must(t, m, "/signalen/meldingen/"+reportID.FindStringSubmatch(m.Get("/signalen/meldingen").Body)[1], webtest.Form())
		unread := o.report(t, g, "Er was geen bed.")
		if err := o.k.sweep(t.Context(), d.Now().AddDate(0, 0, 120)); err != nil {
			t.Fatal(err)
		}
		stands("never read", unread, "niet verder gekomen", "!Wij hebben uw melding gelezen")
		stands("swept with its draft", swept, "niet verder gekomen", "!Wij gebruiken uw melding")
		stands("a signal", used, "Wij gebruiken uw melding")
		stands("put aside", aside, "niets mee doen")
		want(t, "in another language", g.Post("/meld/volgen?taal=ti", webtest.Form("code", unread)), 200, "እንደገና ሓብሩና")
	})
}

func TestTheDeskHearsOfReports(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		g, m := o.Guest(), o.As(marwan)
		want(t, "Vandaag before", m.Get("/vandaag"), 200, "!van buiten")
		for _, x := range [][2]string{{"school", "small"}, {"detention", "serious"}, {"reception", "serious"}, {"waiting", "grave"}, {"return", "grave"}} {
			o.report(t, g, "Er ging iets mis.", "thema", x[0], "ernst", x[1])
		}
		want(t, "Vandaag", m.Get("/vandaag"), 200, "5 meldingen van buiten om te lezen", "3 met spoed", "/signalen/meldingen")
		for who, v := range map[string]*webtest.Visitor{"a caseworker": o.As(amira), "a volunteer": o.As(ria)} {
			want(t, "Vandaag of "+who, v.Get("/vandaag"), 200, "!van buiten")
		}
		b := m.Get("/signalen/meldingen").Body
		last := -1
		for _, theme := range []string{"Terugkeer", "Wachten op een beslissing", "Vreemdelingenbewaring", "Opvang", "School en opleiding"} {
			i := strings.Index(b, ">"+theme+"<")
			if i < last {
				t.Errorf("%s does not stand where it is read in time", theme)
			}
			last = i
		}
		if n := strings.Count(b, "Eerst lezen"); n != 2 {
			t.Errorf("%d are marked", n)
		}
	})
}

func TestThePublicFormAsksWhatTheyNeedNotKnow(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		g, m := o.Guest(), o.As(marwan)
		want(t, "the form", g.Get("/meld?taal=nl"), 200, `name="plek"`, `name="instantie"`, `name="maand"`, `name="gezien"`, "Niet bekend")
		want(t, "in Arabic", g.Get("/meld?taal=ar"), 200, "غير معروف", "أين؟")
		bad := form(t, g, "Er was geen bed.")
		bad.Set("plek", "moon")
		bad.Set("maand", "1999-01")
		bad.Set("gezien", "always")
		want(t, "what is no choice", g.Post("/meld?taal=nl", bad), 422, "f-plek", "f-maand", "f-gezien", "Er was geen bed.")
		take := func() webtest.Answer {
			t.Helper()
			id := reportID.FindStringSubmatch(m.Get("/signalen/meldingen").Body)[1]
			page := m.Get("/signalen/meldingen/" + id)
			f := webtest.Form()
			for _, x := range hiddenField.FindAllStringSubmatch(page.Body, -1) {
				f.Set(x[1], x[2])
			}
			return m.Post("/signaal", f)
		}
		// What was not said is not answered for them, and may stay unknown.
		o.report(t, g, "Er was geen bed.", "thema", "housing")
		asked := take()
		want(t, "not said", asked, 200, `name="gezien"`, `value="unknown"`, "!value=\"once\" checked", "!value=\"unknown\" checked")
		id := reportID.FindStringSubmatch(m.Get("/signalen/meldingen").Body)[1]
		want(t, "without an answer", m.Post("/signaal", filled("melding", id, "gezien", "")), 422, "f-gezien")
		must(t, m, "/signaal/geven", filled("melding", id, "gezien", "unknown"))
		want(t, "of one's own work it is known", m.Post("/signaal", filled("gezien", "unknown")), 422, "f-gezien")
		// What was said comes along.
		o.report(t, g, "Er was geen bed.", "thema", "housing", "plek", "zeeland", "instantie", "coa", "maand", "2026-10", "gezien", "often")
		want(t, "said", take(), 200, `<option value="zeeland" selected`, `<option value="coa" selected`, `<option value="2026-10" selected`, `value="often" checked`)
		id = reportID.FindStringSubmatch(m.Get("/signalen/meldingen").Body)[1]
		want(t, "the report", m.Get("/signalen/meldingen/"+id), 200, "COA · Zeeland · Vaak (5–9) · Oktober 2026")
		must(t, m, "/signalen/meldingen/"+id, webtest.Form())
		if n := one[int](t, d, db.F(`SELECT COUNT(*) FROM knelpunt_report WHERE place <> '' OR institution <> '' OR month <> '' OR seen <> ''`)); n != 0 {
			t.Errorf("%d keep what was said after they were settled", n)
		}
	})
}
