package knelpunt

// This file tests what colleagues write about a bottleneck before it leaves: addresses are refused, what may be a name is asked about once
// and nothing is lost, and a quote that may leave the house is read by a second colleague first.

import (
	"html"
	"regexp"
	"strings"
	"testing"

	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/db/dbtest"
	"reisgezel/internal/kernel/web/webtest"
)

var lookedAt = regexp.MustCompile(`name="nagekeken" value="([^"]+)"`)

func TestAddressesAreRefusedAndNamesAskedAbout(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		a := o.As(amira)
		to := must(t, a, "/knelpunten/nieuw", started())
		other := must(t, a, "/knelpunten/nieuw", started("vraag", "Waar zijn de woningen?"))[len("/knelpunten/"):]
		turn := func(told string, more ...string) webtest.Answer {
			return a.Post(to, webtest.Form(append([]string{"eigenaar", "u-amira", "volgende", "2026-11-30", "ernst", "grave", "versie", "1", "naar", Examined, "woorden", "Gevraagd.", "terug", told}, more...)...))
		}
		for what, words := range map[string]string{"a street": "Hij woont aan de Kerkstraat 12.", "an e-mail": "Mail naar jan@voorbeeld.nl."} {
			want(t, what, turn(words), 422, "nummer of adres", words)
		}
		want(t, "an address in a title", a.Post(to+"/bewijs", webtest.Form("soort", "source", "titel", "Brief aan Kerkstraat 12")), 422, "nummer of adres", "Brief aan Kerkstraat 12")
		want(t, "an address in why it is merged", a.Post(to+"/samen", webtest.Form("in", other, "waarom", "Mail jan@voorbeeld.nl.", "versie", "1")), 422, "nummer of adres")
		// A name comes back marked, with all that was typed; what was looked at is sent, and what came in later is asked about again.
		asked := turn("Tesfay kreeg een andere tolk.")
		want(t, "a name", asked, 422, "<mark>Tesfay</mark>", "kreeg een andere tolk.", "Gevraagd.", "vink aan", `value="2026-11-30"`)
		sure := html.UnescapeString(lookedAt.FindStringSubmatch(asked.Body)[1])
		want(t, "another name", turn("Tesfay en Kebede kregen een andere tolk.", "nagekeken", sure), 422, "<mark>Kebede</mark>")
		if x := turn("Tesfay kreeg een andere tolk.", "nagekeken", sure); x.Code != 303 {
			t.Fatalf("looked at: %d %.500s", x.Code, x.Body)
		}
		want(t, "an ordinary sentence", a.Post(to, webtest.Form("eigenaar", "u-amira", "volgende", "2026-11-30", "ernst", "grave", "versie", "2", "woorden", "Zie coa.nl/opvang.")), 303)
		want(t, "a name in a title", a.Post(to+"/bewijs", webtest.Form("soort", "source", "titel", "De zaak van Tesfay")), 422, "<mark>Tesfay</mark>", "De zaak van Tesfay")
		want(t, "a name in a quote", a.Post(to+"/bewijs", webtest.Form("soort", "quote", "citaat", "Tesfay hielp mij.", "voor", "inside", "hoe", "spoken", "voorgelezen", "1")), 422, "<mark>Tesfay</mark>", "Tesfay hielp mij.")
		want(t, "a name in a question", a.Post("/knelpunten/nieuw", started("vraag", "Waarom wacht Tesfay zo lang?")), 422, "<mark>Tesfay</mark>")
		if n := one[int](t, d, db.F(`SELECT COUNT(*) FROM knelpunt_evidence`)); n != 0 {
			t.Errorf("%d kept without looking", n)
		}
		step := one[string](t, d, db.F(`SELECT id FROM knelpunt_step WHERE told = TRUE`))
		want(t, "a name in English", a.Post(to+"/terug/"+step, webtest.Form("in_en", "Tesfay got another interpreter.", "in_ar", "تحدثنا مع الوزارة.")), 422, "<mark>Tesfay</mark>", "تحدثنا")
	})
}

func TestASecondColleagueReadsAQuoteFirst(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		a, m, r := o.As(amira), o.As(marwan), o.As(ria)
		to := must(t, a, "/knelpunten/nieuw", started())
		quote := func(words, whose string) {
			t.Helper()
			must(t, a, to+"/bewijs", webtest.Form("soort", "quote", "citaat", words, "voor", whose, "hoe", "spoken", "voorgelezen", "1"))
		}
		quote("Ik begreep niets.", "talks")
		quote("Ik bleef alleen.", "inside")
		want(t, "who reads only", r.Get(to), 200, "!Ik begreep niets.", "Ik bleef alleen.")
		want(t, "who wrote it down", a.Get(to), 200, "Ik begreep niets.", "Wacht op een tweede lezer", "!niemand is te herkennen")
		want(t, "Vandaag of who wrote it down", a.Get("/vandaag"), 200, "!tweede lezer")
		want(t, "Vandaag of another", m.Get("/vandaag"), 200, "1 citaat wacht op een tweede lezer")
		want(t, "another", m.Get(to), 200, "Ik begreep niets.", "Gelezen: niemand is te herkennen")
		id := one[string](t, d, db.F(`SELECT id FROM knelpunt_evidence WHERE waits = TRUE`))
		for who, v := range map[string]*webtest.Visitor{"who wrote it down": a, "who reads only": r} {
			if x := v.Post(to+"/bewijs/"+id+"/gelezen", webtest.Form()); x.Code != 404 {
				t.Errorf("%s lets others read it: %d", who, x.Code)
			}
		}
		must(t, m, to+"/bewijs/"+id+"/gelezen", webtest.Form())
		want(t, "who reads only, afterwards", r.Get(to), 200, "Ik begreep niets.", "!Wacht op een tweede lezer", "Citaat nagelezen")
		want(t, "Vandaag afterwards", m.Get("/vandaag"), 200, "!tweede lezer")
		if who := one[string](t, d, db.F(`SELECT seen_by FROM knelpunt_evidence WHERE id = ?`, id)); who != "u-marwan" {
			t.Error(strings.TrimSpace(who) + " let others read it")
		}
	})
}
