package knelpunt

// This file walks a bottleneck through the pages on both databases: begun from a signal, joined, turned, split, merged and closed.

import (
	"net/url"
	"strings"
	"testing"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/db/dbtest"
	"reisgezel/internal/kernel/web/webtest"
)

// put writes signals that left their teams, and gives their ids.
func (o *office) put(t *testing.T, ss ...Signal) []string {
	t.Helper()
	var ids []string
	if err := o.d.Tx(t.Context(), func(tx *db.Tx) error {
		for _, s := range ss {
			if s.Theme == "" {
				s.Facts = Facts{"interview", "ind", "gelderland", "asylum", "er", clock.On(2026, 11, 1), "serious", "few"}
			}
			s.Source, s.Week = FromFile, clock.On(2026, 11, 16)
			id, err := o.k.putSignal(t.Context(), tx, s)
			if err != nil {
				return err
			}
			ids = append(ids, id)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return ids
}

func must(t *testing.T, v *webtest.Visitor, path string, form url.Values) string {
	t.Helper()
	a := v.Post(path, form)
	if a.Code != 303 {
		t.Fatalf("%s: %d %.600s", path, a.Code, a.Body)
	}
	to, _, _ := strings.Cut(a.To, "?")
	return to
}

func started(more ...string) url.Values {
	f := webtest.Form("vraag", "Waarom komt er steeds een verkeerde tolk?", "thema", "interview", "ernst", "grave", "eigenaar", "u-amira", "volgende", "2026-11-26")
	for i := 0; i+1 < len(more); i += 2 {
		f.Set(more[i], more[i+1])
	}
	return f
}

func TestABottleneckFromSignalToClosed(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		a, r, far := o.As(amira), o.As(ria), o.As(far)
		tok := func(s string) []byte { return o.v.Token("test", s) }
		ids := o.put(t, Signal{Words: "De tolk sprak Amhaars en het gehoor ging door.", One: tok("p"), Raiser: tok("a")},
			Signal{Words: "The interpreter spoke the wrong language at the hearing.", One: tok("p"), Raiser: tok("b")},
			Signal{Words: "Weer een tolk in de verkeerde taal bij het gehoor.", Raiser: tok("b")},
			Signal{Words: "Geen woning in de gemeente.", Facts: Facts{"housing", "municipality", "utrecht", "status", "sy", clock.On(2026, 11, 1), "small", "few"}, One: tok("q"), Raiser: tok("c")})
		// A volunteer reads and changes nothing.
		want(t, "the signal", r.Get("/signalen/"+ids[0]), 200, "sprak Amhaars", "!Er een knelpunt van maken")
		for _, path := range []string{"/knelpunten/nieuw", "/knelpunten/nieuw?signaal=" + ids[0]} {
			if x := r.Get(path); x.Code != 404 {
				t.Errorf("a volunteer at %s: %d", path, x.Code)
			}
		}
		want(t, "the signal", a.Get("/signalen/"+ids[0]), 200, "Geen knelpunt lijkt hierop", "Er een knelpunt van maken")
		want(t, "the form", a.Get("/knelpunten/nieuw?signaal="+ids[0]), 200, "sprak Amhaars", `<option value="interview" selected`)
		want(t, "faults", a.Post("/knelpunten/nieuw", webtest.Form("vraag", "Bel 06-12345678", "volgende", "2026-11-01")), 422, "Kies wie dit trekt", "vandaag of later", "naar iemand kan leiden", "Bel 06-12345678")
		one1 := must(t, a, "/knelpunten/nieuw", started("signaal", ids[0]))
		// What is alike is suggested on both pages, in both languages, and joined with one press; what is not alike is not.
		page := a.Get(one1)
		want(t, "the page", page, 200, "Waarom komt er steeds een verkeerde tolk?", "1 signaal", ids[1], ids[2], "!"+ids[3])
		want(t, "another signal", a.Get("/signalen/"+ids[1]), 200, "Gaat dit over hetzelfde?", "Waarom komt er steeds een verkeerde tolk?", "Voeg toe")
		for range 2 { // pressed twice it joins once
			must(t, a, one1+"/bij", webtest.Form("signaal", ids[1]))
		}
		must(t, a, one1+"/bij", webtest.Form("signaal", ids[2]))
		if n := one[int](t, d, db.F(`SELECT COUNT(*) FROM knelpunt_step WHERE kind = 'joined'`)); n != 3 {
			t.Errorf("%d steps tell of three signals", n)
		}
		want(t, "the tally", a.Get(one1), 200, "3 signalen", "minstens 1", "minstens 4", "van 1 signaal weet niemand")
		want(t, "the signal tells where it belongs", r.Get("/signalen/"+ids[1]), 200, "Hoort bij dit knelpunt")
		// A signal counts in one bottleneck only.
		two := must(t, a, "/knelpunten/nieuw", started("vraag", "Waar zijn de woningen?", "thema", "housing", "signaal", ids[3]))
		if x := a.Post(two+"/bij", webtest.Form("signaal", ids[1])); x.Code != 409 {
			t.Errorf("one signal in two bottlenecks: %d", x.Code)
		}
		// Turns: faults keep what was typed, and the owner finds the date on Vandaag.
		want(t, "Vandaag", a.Get("/vandaag"), 200, "Waarom komt er steeds een verkeerde tolk?")
		want(t, "Vandaag of another", o.As(marwan).Get("/vandaag"), 200, "!verkeerde tolk")
		step := func(code int, words string, form ...string) {
			t.Helper()
			f := webtest.Form("eigenaar", "u-amira", "volgende", "2026-11-30", "ernst", "grave")
			for i := 0; i+1 < len(form); i += 2 {
				f.Set(form[i], form[i+1])
			}
			x := a.Post(one1, f)
			if x.Code != code || !strings.Contains(x.Body, words) {
				t.Fatalf("%v: %d %.700s", form, x.Code, x.Body)
			}
		}
		step(422, "Kies een stap", "naar", Closed, "woorden", "Klaar", "versie", "1")
		step(422, "in eigen woorden", "naar", Examined, "versie", "1")
		step(422, "in eigen woorden", "naar", Examined, "woorden", "Opgevraagd bij andere teams.", "versie", "1")
		step(303, "", "naar", Examined, "woorden", "Opgevraagd bij andere teams.", "terug", "Wij zoeken het uit.", "versie", "1")
		step(409, "", "naar", Acting, "woorden", "Te laat.", "terug", "x", "versie", "1")
		step(422, "in eigen woorden", "naar", Acting, "woorden", "Gesprek met de IND.", "versie", "2")
		step(303, "", "naar", Acting, "woorden", "Gesprek met de IND.", "terug", "Wij spraken met de IND.", "versie", "2")
		step(303, "", "naar", Settled, "woorden", "Afspraak gemaakt.", "terug", "De IND controleert de taal nu vooraf.", "versie", "3")
		// Who joins later was told nothing, so it cannot close.
		late := o.put(t, Signal{Words: "Weer een tolk die de taal niet sprak.", Raiser: tok("z")})
		must(t, a, one1+"/bij", webtest.Form("signaal", late[0]))
		step(422, "Vertel eerst", "naar", Closed, "woorden", "Klaar.", "versie", "4")
		step(303, "", "naar", Closed, "woorden", "Klaar.", "terug", "De IND controleert de taal nu vooraf.", "versie", "4")
		want(t, "closed", r.Get(one1), 200, "Gesloten", "Wij spraken met de IND.", "Gesprek met de IND.", "!Een stap zetten")
		want(t, "the list", r.Get("/knelpunten?stand=closed"), 200, "verkeerde tolk", "!Waar zijn de woningen")
		want(t, "one's own", a.Get("/knelpunten?wie=ik&stand=new"), 200, "Waar zijn de woningen", "!verkeerde tolk")
		want(t, "the board", far.Get("/knelpunten/bord"), 200, "verkeerde tolk", "Waar zijn de woningen", "Geparkeerd")
		// A closed one is suggested too.
		again := o.put(t, Signal{Words: "De tolk sprak weer de verkeerde taal in het gehoor.", Raiser: tok("y")})
		want(t, "a signal after closing", a.Get("/signalen/"+again[0]), 200, "Waarom komt er steeds een verkeerde tolk?", "Gesloten")
		for _, path := range []string{"/knelpunten/kp-none", "/knelpunten/kp-none/splitsen"} {
			if x := a.Get(path); x.Code != 404 {
				t.Errorf("%s: %d", path, x.Code)
			}
		}
	})
}

func TestSplitMergeAndEvidence(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		a := o.As(amira)
		ids := o.put(t, Signal{Words: "De tolk sprak de taal niet."}, Signal{Words: "De tolk kwam niet."}, Signal{Words: "Het verslag klopt niet."})
		main := must(t, a, "/knelpunten/nieuw", started("signaal", ids[0]))
		for _, id := range ids[1:] {
			must(t, a, main+"/bij", webtest.Form("signaal", id))
		}
		at := func(signal string) string {
			return one[string](t, d, db.F(`SELECT bottleneck FROM knelpunt_member WHERE signal = ?`, signal))
		}
		// Split.
		want(t, "the form to split", a.Get(main+"/splitsen"), 200, "Het verslag klopt niet.", `<option value="interview" selected`)
		none := started("vraag", "Waarom klopt het verslag niet?")
		want(t, "none chosen", a.Post(main+"/splitsen", none), 422, "minstens één")
		all := started("vraag", "Waarom klopt het verslag niet?")
		all["signalen"] = ids
		want(t, "all chosen", a.Post(main+"/splitsen", all), 422, "minstens één")
		some := started("vraag", "Waarom klopt het verslag niet?")
		some["signalen"] = []string{ids[2], "ks-none"}
		part := must(t, a, main+"/splitsen", some)
		if part == main || at(ids[2]) != part[len("/knelpunten/"):] || at(ids[0]) != main[len("/knelpunten/"):] {
			t.Error("the signals did not go where they were sent")
		}
		want(t, "the rest", a.Get(main), 200, "2 signalen", "Een deel werd een eigen knelpunt")
		want(t, "the part", a.Get(part), 200, "1 signaal", "Ontstaan uit een ander knelpunt")
		must(t, a, main+"/uit", webtest.Form("signaal", ids[1]))
		want(t, "after one left", a.Get(main), 200, "1 signaal", "Signaal eruit")
		must(t, a, main+"/bij", webtest.Form("signaal", ids[1]))
		// Evidence.
		want(t, "a quote without a yes", a.Post(part+"/bewijs", webtest.Form("soort", "quote", "citaat", "Ik begreep niets.", "voor", "talks", "hoe", "spoken")), 422, "Lees de woorden eerst voor", "Ik begreep niets.")
		want(t, "a quote with a number", a.Post(part+"/bewijs", webtest.Form("soort", "quote", "citaat", "Bel mij op 06-12345678.", "voor", "talks", "hoe", "spoken", "voorgelezen", "1")), 422, "naar iemand kan leiden")
		must(t, a, part+"/bewijs", webtest.Form("soort", "quote", "citaat", "Ik begreep niets.", "voor", "talks", "hoe", "spoken", "voorgelezen", "1"))
		must(t, a, part+"/bewijs", webtest.Form("soort", "source", "titel", "Rapport over tolken", "adres", "https://voorbeeld.nl/rapport"))
		must(t, o.As(marwan), part+"/bewijs/"+one[string](t, d, db.F(`SELECT id FROM knelpunt_evidence WHERE kind = 'quote'`))+"/gelezen", webtest.Form())
		want(t, "the evidence", o.As(ria).Get(part), 200, "Ik begreep niets.", "Ook in gesprekken en brieven", "Rapport over tolken", `href="https://voorbeeld.nl/rapport"`, "!Citaat weghalen")
		quote := one[string](t, d, db.F(`SELECT id FROM knelpunt_evidence WHERE kind = 'quote'`))
		must(t, a, part+"/bewijs/"+quote+"/weg", webtest.Form())
		want(t, "taken back", a.Get(part), 200, "!Ik begreep niets.", "Bewijs weg")
		if n := one[int](t, d, db.F(`SELECT COUNT(*) FROM knelpunt_evidence WHERE id = ? AND body IS NULL`, quote)); n != 1 {
			t.Error("the words of a quote stay after they were taken back")
		}
		// Merge.
		into := main[len("/knelpunten/"):]
		want(t, "into nothing", a.Post(part+"/samen", webtest.Form("in", "kp-none", "versie", "1")), 422, "Kies wat past", "in eigen woorden")
		if x := a.Post(part+"/samen", webtest.Form("in", part[len("/knelpunten/"):], "waarom", "x", "versie", "1")); x.Code != 422 {
			t.Errorf("into itself: %d", x.Code)
		}
		must(t, a, part+"/samen", webtest.Form("in", into, "waarom", "Het komt door dezelfde tolken.", "versie", "1"))
		want(t, "the whole", a.Get(main), 200, "3 signalen", "Rapport over tolken", "Ander knelpunt erbij", "Het komt door dezelfde tolken.")
		want(t, "what was merged", a.Get(part), 200, "Samengevoegd", "Dit ging verder in", "Ontstaan uit een ander knelpunt", "!Een stap zetten")
		for path, form := range map[string]url.Values{part + "/bij": webtest.Form("signaal", ids[0]), part + "/samen": webtest.Form("in", into, "waarom", "x", "versie", "2"), main + "/samen": webtest.Form("in", part[len("/knelpunten/"):], "waarom", "x", "versie", "1")} {
			if x := a.Post(path, form); x.Code != 409 {
				t.Errorf("%s: %d", path, x.Code)
			}
		}
		want(t, "a step where it was merged", a.Post(part, webtest.Form("woorden", "x", "ernst", "grave", "versie", "2")), 422, "samengevoegd met een ander")
		// Nothing of the history is ever changed or taken away, and it stands in the log too.
		if n, m := one[int](t, d, db.F(`SELECT COUNT(*) FROM knelpunt_step`)), one[int](t, d, db.F(`SELECT COUNT(*) FROM audit_entry WHERE event LIKE 'knelpunt.event.%'`)); n != m || n < 12 {
			t.Errorf("%d steps, %d in the log", n, m)
		}
	})
}
