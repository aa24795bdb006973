package knelpunt

// This file tests that nothing ends without whoever signalled: closing asks for their languages, the holder of a code opens it again,
// drafts do not lapse in silence, and what nobody owns lands with the desk.

import (
	"html"
	"regexp"
	"testing"
	"time"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/db/dbtest"
	"reisgezel/internal/kernel/web"
	"reisgezel/internal/kernel/web/webtest"
)

var without = regexp.MustCompile(`name="zonder" value="([^"]+)"`)

func TestClosingAsksForTheLanguagesOfWhoSignalled(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		now := d.Clock().(*clock.Manual)
		g, m := o.Guest(), o.As(marwan)
		g.Get("/meld?taal=ti") // the language of this visitor from now on
		code := o.report(t, g, "Mensen sliepen buiten.")
		must(t, o.As(amira), "/signalen/vrijgeven/"+o.taken(t, m), webtest.Form("besluit", "release", "versie", "1"))
		if l := one[string](t, d, db.F(`SELECT lang FROM knelpunt_signal`)); l != "ti" {
			t.Fatalf("the signal knows %q", l)
		}
		to := must(t, m, "/knelpunten/nieuw", started("signaal", one[string](t, d, db.F(`SELECT id FROM knelpunt_signal`)), "eigenaar", "u-marwan"))
		step := func(version string, form ...string) webtest.Answer {
			now.Advance(time.Minute)
			return m.Post(to, webtest.Form(append([]string{"eigenaar", "u-marwan", "volgende", "2026-11-30", "ernst", "grave", "versie", version, "woorden", "x"}, form...)...))
		}
		for i, x := range [][]string{{"naar", Examined, "terug", "Wij zoeken het uit."}, {"naar", Settled, "terug", "Er zijn weer bedden."}} {
			if a := step(string(rune('1'+i)), x...); a.Code != 303 {
				t.Fatalf("%v: %d %.500s", x, a.Code, a.Body)
			}
		}
		want(t, "the page says what is missing", m.Get(to), 200, "leest ook: Tigrinya")
		asked := step("3", "naar", Closed)
		want(t, "closing", asked, 422, "Tigrinya", "Sluit toch")
		want(t, "closing with new words", step("3", "naar", Closed, "terug", "Nu echt."), 422, "Tigrinya", "Nu echt.")
		turned := one[string](t, d, db.F(`SELECT id FROM knelpunt_step WHERE told = TRUE AND state = 'settled'`))
		must(t, m, to+"/terug/"+turned, webtest.Form("in_ti", "ዓራታት ኣሎ።"))
		if a := step("3", "naar", Closed); a.Code != 303 {
			t.Fatalf("told in the language: %d %.500s", a.Code, a.Body)
		}
		// The holder of the code opens it again, with a reason and no words.
		page := g.Post("/meld/volgen?taal=nl", webtest.Form("code", code))
		want(t, "closed", page, 200, "Is het niet opgelost?", "Het gebeurt nog steeds", `action="/meld/heropenen"`)
		want(t, "in Tigrinya", g.Post("/meld/volgen?taal=ti", webtest.Form("code", code)), 200, `action="/meld/heropenen"`, "!Is het niet opgelost?")
		want(t, "without a reason", g.Post("/meld/heropenen?taal=nl", webtest.Form("code", code)), 422, "Kies waarom", "Er zijn weer bedden.")
		want(t, "without a code", g.Post("/meld/heropenen?taal=nl", webtest.Form("code", "ACDE-FGHJ-KMNP", "reden", "again")), 422, "kennen wij niet")
		must(t, g, "/meld/heropenen", webtest.Form("code", code, "reden", "again"))
		want(t, "open again", m.Get(to), 200, "Heropend door wie het meldde: Het gebeurt nog steeds")
		if x := g.Post("/meld/heropenen", webtest.Form("code", code, "reden", "again")); x.Code != 409 {
			t.Errorf("opened twice: %d", x.Code)
		}
		for what, f := range map[string]db.Frag{"the log tells of it": db.F(`SELECT COUNT(*) FROM audit_entry WHERE event = 'knelpunt.event.reopened'`), "a step tells who": db.F(`SELECT COUNT(*) FROM knelpunt_step WHERE kind = 'reopened' AND made_by <> ''`), "a form key has the code": db.F(`SELECT COUNT(*) FROM web_once WHERE dest LIKE ?`, "%"+ReadCode(code)+"%")} {
			if n := one[int](t, d, f); n != 0 {
				t.Errorf("%s: %d", what, n)
			}
		}
		// Closed over a language on purpose: the list is what was agreed to.
		step("5", "naar", Settled, "terug", "Zij liggen binnen.")
		asked = step("6", "naar", Closed)
		sure := html.UnescapeString(without.FindStringSubmatch(asked.Body)[1])
		if a := step("6", "naar", Closed, "zonder", sure); a.Code != 303 {
			t.Errorf("closed on purpose: %d %.500s", a.Code, a.Body)
		}
		// The codes that are tried here are counted with the others.
		o.k.guesses = web.Limit{Each: 1, All: 5, Within: time.Hour}
		g.Post("/meld/volgen", webtest.Form("code", "x"))
		if x := g.Post("/meld/heropenen", webtest.Form("code", code, "reden", "again")); x.Code != 429 {
			t.Errorf("guessing goes on: %d", x.Code)
		}
	})
}

func TestWhatNobodyOwnsLandsWithTheDesk(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		m, a, r := o.As(marwan), o.As(amira), o.As(ria)
		id := o.put(t, Signal{Words: "De tolk kwam niet.", Raiser: o.k.raiser(ria)})[0]
		to := must(t, a, "/knelpunten/nieuw", started("signaal", id))
		for i, x := range [][]string{{"naar", Examined, "terug", "Gevraagd.", "eigenaar", "u-amira", "volgende", "2026-11-30"}, {"naar", Settled, "terug", "Klaar.", "eigenaar", "u-amira", "volgende", "2026-11-30"}, {"naar", Closed}} {
			must(t, a, to, webtest.Form(append([]string{"ernst", "grave", "woorden", "x", "versie", string(rune('1' + i))}, x...)...))
		}
		want(t, "closed", m.Get("/vandaag"), 200, "!Niemand trekt dit")
		must(t, r, to+"/heropenen", webtest.Form("waarom", "Het is niet opgelost."))
		want(t, "open again, with nobody", m.Get("/vandaag"), 200, "Niemand trekt dit", "Waarom komt er steeds een verkeerde tolk?")
		want(t, "for who has no desk", a.Get("/vandaag"), 200, "!Niemand trekt dit")
	})
}

func TestADraftDoesNotLapseInSilence(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		now := d.Clock().(*clock.Manual)
		a := o.As(amira)
		must(t, a, "/signaal/geven", filled())
		want(t, "at once", a.Get("/vandaag"), 200, "!vervalt")
		now.Advance(84 * 24 * time.Hour)
		a, m := o.As(amira), o.As(marwan) // nobody stays signed in so long
		lead := o.As(worker("u-noor", access.Lead, access.Team, "t-utrecht"))
		for who, x := range map[string]*webtest.Visitor{"the author": a, "the lead": lead} {
			want(t, "Vandaag of "+who, x.Get("/vandaag"), 200, "vervalt binnen een week")
		}
		want(t, "Vandaag of a colleague", m.Get("/vandaag"), 200, "!vervalt")
		want(t, "Vandaag of another lead", o.As(far).Get("/vandaag"), 200, "!vervalt")
		// Whoever does something with it gives it its time again.
		id := one[string](t, d, db.F(`SELECT id FROM knelpunt_draft`))
		must(t, m, "/signalen/vrijgeven/"+id, webtest.Form("besluit", "back", "waarom", "Korter.", "versie", "1"))
		want(t, "after it came back", a.Get("/vandaag"), 200, "!vervalt")
		if err := o.k.sweep(t.Context(), d.Now().AddDate(0, 0, 30)); err != nil {
			t.Fatal(err)
		}
		if n := one[int](t, d, db.F(`SELECT COUNT(*) FROM knelpunt_draft`)); n != 1 {
			t.Error("what came back was swept by the week in which it was given")
		}
		// Where nobody else may release, the author reads so.
		must(t, a, "/signalen/mijn/"+id, filled("versie", "2", "maand", MonthValue(clock.Today(d.Now()))))
		want(t, "others can", a.Get("/signalen/mijn"), 200, "!niemand anders")
		if err := d.Tx(t.Context(), func(tx *db.Tx) error {
			_, err := db.Do(t.Context(), tx, db.F(`UPDATE organisation_post SET ended = ? WHERE colleague <> 'u-amira'`, tx.Now))
			return err
		}); err != nil {
			t.Fatal(err)
		}
		want(t, "nobody can", a.Get("/signalen/mijn"), 200, "niemand anders het vrijgeven")
	})
}
