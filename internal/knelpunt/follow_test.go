package knelpunt

// This file tests that a person finds on their own page what was done with what they reported, and that nobody who works here finds
// the person from it.

import (
	"html"
	"strings"
	"testing"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/db/dbtest"
	"reisgezel/internal/kernel/web/webtest"
)

func self(person string) access.Actor {
	return access.Actor{Kind: access.IsSelf, ID: person, Holders: []string{"self:" + person}}
}

func TestTheAnswerStandsOnTheOwnPage(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		reem, selam, g, a, m := o.As(self("p-reem")), o.As(self("p-selam")), o.Guest(), o.As(amira), o.As(marwan)
		want(t, "nothing yet", reem.Get("/mijn/gemeld?taal=nl"), 200, "U volgt nog geen melding")
		want(t, "the home page before", reem.Get("/mijn"), 200, "Iets klopt niet", "!/mijn/gemeld")
		want(t, "a guest", g.Get("/meld?taal=nl"), 200, "!Toon het antwoord op mijn eigen pagina")
		want(t, "who is signed in", reem.Get("/meld?taal=nl"), 200, "Toon het antwoord op mijn eigen pagina")
		send := func(v *webtest.Visitor, follow bool) {
			t.Helper()
			f := form(t, v, "Mensen sliepen buiten voor de poort.")
			f.Set("som", solve(f.Get("raadsel")))
			if follow {
				f.Set("volg", "1")
			}
			must(t, v, "/meld", f)
		}
		size := func() int {
			return len(one[[]byte](t, d, db.F(`SELECT body FROM dossier_follow WHERE person = 'p-reem'`)))
		}
		send(reem, true)
		one1 := size()
		if one[int](t, d, db.F(`SELECT COUNT(*) FROM web_once WHERE who LIKE '%reem%'`)) != 0 {
			t.Error("the form key tells who reported")
		}
		want(t, "what is followed", reem.Get("/mijn/gemeld"), 200, "Opvang", "Een collega leest hem.", "!Alles gelezen", "!niet verder gekomen")
		want(t, "another's page", selam.Get("/mijn/gemeld?taal=nl"), 200, "U volgt nog geen melding")

		// A colleague makes a signal of the report, another lets it go, and something is done.
		report := reportID.FindStringSubmatch(m.Get("/signalen/meldingen").Body)[1]
		must(t, m, "/signaal/geven", filled("melding", report, "thema", "reception"))
		must(t, a, "/signalen/vrijgeven/"+one[string](t, d, db.F(`SELECT id FROM knelpunt_draft`)), webtest.Form("besluit", "release", "versie", "1"))
		to := must(t, m, "/knelpunten/nieuw", started("signaal", one[string](t, d, db.F(`SELECT id FROM knelpunt_signal`)), "eigenaar", "u-marwan"))
		step := func(version string, form ...string) {
			t.Helper()
			must(t, m, to, webtest.Form(append([]string{"eigenaar", "u-marwan", "volgende", "2026-11-30", "ernst", "grave", "versie", version}, form...)...))
		}
		want(t, "no news", reem.Get("/mijn"), 200, "/mijn/gemeld", "!Er is nieuws voor u")
		step("1", "naar", Examined, "woorden", "Alleen voor collega's.", "terug", "Wij zoeken het uit.")
		step("2", "naar", Acting, "woorden", "x", "terug", "Wij spraken met het COA.")
		want(t, "news without content", reem.Get("/mijn"), 200, "Er is nieuws voor u", "!COA", "!Opvang")
		want(t, "the answer", reem.Get("/mijn/gemeld"), 200, "Wij spraken met het COA.", "nieuw", "!Alleen voor collega", "!Is het niet opgelost")

		// In another language it is borrowed from Dutch, and says so, until somebody writes it in that language.
		want(t, "borrowed", reem.Get("/mijn/gemeld?taal=ar"), 200, `<p class="pre" lang="nl" dir="ltr">Wij spraken met het COA.`, "هذا النص غير متوفر")
		turned := one[string](t, d, db.F(`SELECT id FROM knelpunt_step WHERE told = TRUE AND state = 'acting'`))
		want(t, "the bottleneck", m.Get(to), 200, "In andere talen: 0 van 8")
		want(t, "the form", m.Get(to+"/terug/"+turned), 200, "Wij spraken met het COA.", "Arabisch")
		want(t, "a number in it", m.Post(to+"/terug/"+turned, webtest.Form("in_ar", "اتصل 0612345678")), 422, "nummer of adres")
		must(t, m, to+"/terug/"+turned, webtest.Form("in_ar", "تحدثنا مع COA."))
		must(t, m, to+"/terug/"+one[string](t, d, db.F(`SELECT id FROM knelpunt_step WHERE told = TRUE AND state = 'examined'`)), webtest.Form("in_ar", "نحن نبحث في الأمر."))
		want(t, "in the own language", reem.Get("/mijn/gemeld?taal=ar"), 200, `<p class="pre" lang="ar" dir="rtl">تحدثنا مع COA.`, "!هذا النص غير متوفر")
		want(t, "the bottleneck after", m.Get(to), 200, "In andere talen: 1 van 8")
		for what, x := range map[string]webtest.Answer{"another step": m.Get(to + "/terug/kt-none"), "who reads only": o.As(ria).Get(to + "/terug/" + turned)} {
			if x.Code != 404 {
				t.Errorf("%s: %d", what, x.Code)
			}
		}
		must(t, reem, "/mijn/gemeld", webtest.Form())
		want(t, "read", reem.Get("/mijn?taal=nl"), 200, "!Er is nieuws voor u")

		// A second one makes the list no longer, and nobody who works here sees that there is a list.
		send(reem, true)
		send(reem, false)
		if size() != one1 {
			t.Errorf("the length of the list tells how many: %d, %d", one1, size())
		}
		want(t, "the file for who helps", a.Get("/verloop/p-reem"), 200, "!Signaal gemaakt", "!Wij spraken")
		if n := one[int](t, d, db.F(`SELECT COUNT(*) FROM audit_entry WHERE subject = 'p-reem' AND event LIKE 'knelpunt%'`)); n != 0 {
			t.Error("the log of the file tells of a report")
		}

		// Closed too soon, it is opened again for a reason, by nobody.
		step("3", "naar", Settled, "woorden", "x", "terug", "Er zijn weer bedden.")
		step("4", "naar", Closed, "woorden", "x")
		page := reem.Get("/mijn/gemeld?taal=nl")
		want(t, "closed", page, 200, "Is het niet opgelost?", "Het gebeurt nog steeds")
		_, rest, _ := strings.Cut(page.Body, `name="welke" value="`)
		which, _, _ := strings.Cut(rest, `"`)
		want(t, "without a reason", reem.Post("/mijn/gemeld/heropenen", webtest.Form("welke", which)), 422, "Kies waarom")
		for what, x := range map[string]webtest.Answer{"another's": selam.Post("/mijn/gemeld/heropenen", webtest.Form("welke", which, "reden", "again")), "made up": reem.Post("/mijn/gemeld/heropenen", webtest.Form("welke", "zz", "reden", "again"))} {
			if x.Code != 404 {
				t.Errorf("%s: %d", what, x.Code)
			}
		}
		must(t, reem, "/mijn/gemeld/heropenen", webtest.Form("welke", which, "reden", "again"))
		want(t, "open again", m.Get(to), 200, "Heropend door wie het meldde: Het gebeurt nog steeds", "!p-reem", "!Reem")
		for what, f := range map[string]db.Frag{
			"the log tells that it was opened": db.F(`SELECT COUNT(*) FROM audit_entry WHERE event = 'knelpunt.event.reopened'`),
			"a form key tells who":             db.F(`SELECT COUNT(*) FROM web_once WHERE route LIKE 'dossier.told%' AND who LIKE '%reem%'`),
			"a step tells who":                 db.F(`SELECT COUNT(*) FROM knelpunt_step WHERE made_by LIKE '%reem%'`),
		} {
			if n := one[int](t, d, f); n != 0 {
				t.Errorf("%s: %d", what, n)
			}
		}
	})
}

// Of a signal that a colleague made from a file the person hears when they wished so, and else not.
func TestWhoWishedToHearHears(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		selam, a := o.As(self("p-selam")), o.As(amira)
		give := func(more ...string) {
			t.Helper()
			page := a.Get(a.Get("/aanbod/p-selam").Body)
			want(t, "the form", page, 200, "De persoon wil horen wat ermee gebeurt")
			must(t, a, "/signaal/geven", filled(append(more, "van", html.UnescapeString(hidden.FindStringSubmatch(page.Body)[1]))...))
		}
		give()
		want(t, "no wish", selam.Get("/mijn/gemeld?taal=nl"), 200, "U volgt nog geen melding")
		give("thema", "family", "wens", "1")
		want(t, "a wish", selam.Get("/mijn/gemeld?taal=nl"), 200, "Gezinshereniging", "Een collega leest hem.", "!Gehoor en tolk")
		want(t, "without a file", a.Get("/signaal"), 200, "!De persoon wil horen")
		want(t, "the wish travels through the preview", a.Post("/signaal", filled("van", html.UnescapeString(hidden.FindStringSubmatch(a.Get(a.Get("/aanbod/p-selam").Body).Body)[1]), "wens", "1")), 200, `name="wens" value="1"`)
	})
}

// What came to nothing says so on the own page, in every language of the page: it does not say that there is nothing to tell yet.
func TestTheOwnPageSaysWhatCameToNothing(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		reem, selam, a, m := o.As(self("p-reem")), o.As(self("p-selam")), o.As(amira), o.As(marwan)
		for range 2 {
			f := form(t, reem, "Mensen sliepen buiten voor de poort.")
			f.Set("som", solve(f.Get("raadsel")))
			f.Set("volg", "1")
			must(t, reem, "/meld", f)
		}
		page := a.Get(a.Get("/aanbod/p-selam").Body)
		must(t, a, "/signaal/geven", filled("van", html.UnescapeString(hidden.FindStringSubmatch(page.Body)[1]), "wens", "1"))
		reports := mustMany[string](t, d, db.F(`SELECT id FROM knelpunt_report ORDER BY id`))
		must(t, m, "/signalen/meldingen/"+reports[0], webtest.Form())
		want(t, "one put aside, one waits", reem.Get("/mijn/gemeld?taal=nl"), 200, "er nu niets mee doen", "Een collega leest hem.", "!niet verder gekomen")
		want(t, "a signal that waits", selam.Get("/mijn/gemeld?taal=nl"), 200, "Een collega leest hem.", "!niet verder gekomen")
		must(t, m, "/signaal/geven", filled("melding", reports[1], "thema", "reception"))
		want(t, "taken", reem.Get("/mijn/gemeld?taal=nl"), 200, "Wij gebruiken uw melding", "!niet verder gekomen")
		drafts := func() int { return one[int](t, d, db.F(`SELECT COUNT(*) FROM knelpunt_draft`)) }
		before := drafts()
		if err := o.k.sweep(t.Context(), d.Now().AddDate(0, 0, 120)); err != nil {
			t.Fatal(err)
		}
		if before != 2 || drafts() != 0 {
			t.Fatalf("%d drafts before, %d after", before, drafts())
		}
		for tag, says := range map[string]string{"nl": "niet verder gekomen", "en": "went no further", "ar": "لم يتقدم بلاغك", "fa": "پیش نرفت", "ti": "ንቕድሚት ኣይከደን", "tr": "Bildiriminiz ilerlemedi", "so": "horay uma socon", "uk": "не пішло далі", "fr": "plus loin"} {
			want(t, "a report in "+tag, reem.Get("/mijn/gemeld?taal="+tag), 200, says)
			want(t, "a signal in "+tag, selam.Get("/mijn/gemeld?taal="+tag), 200, says)
		}
	})
}
