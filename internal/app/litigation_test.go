package app

// This file walks a case through the whole house: a count, a wish to the colleagues of the people, a yes in the ledger, and what
// whoever runs the case learns of it. A no, a silence and nobody at all must look alike to them.

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"reisgezel/internal/kernel/db"
)

func TestACaseHearsNothingButAYes(t *testing.T) {
	h, base := demoHouse(t, Settings{People: 20})
	marwan, amira := browser(t, h, base, "u-marwan"), browser(t, h, base, "u-amira")
	get := func(c *http.Client, path string) string {
		t.Helper()
		code, body, _ := ask(t, c, base, http.MethodGet, path, nil)
		if code != http.StatusOK {
			t.Fatalf("%s: %d %.600s", path, code, body)
		}
		return body
	}
	must := func(c *http.Client, path string, form url.Values) string {
		t.Helper()
		code, body, to := ask(t, c, base, http.MethodPost, path, form)
		if code != http.StatusSeeOther {
			t.Fatalf("%s: %d %.900s", path, code, body)
		}
		to, _, _ = strings.Cut(to, "?")
		return to
	}
	to := must(marwan, "/procederen/nieuw", url.Values{"vraag": {"Mag een gehoor doorgaan zonder de goede tolk?"}, "waarom": {"Het raakt velen."}, "instantie": {"court"}, "eigenaar": {"u-marwan"}, "volgende": {"2026-12-20"}})
	matter := strings.TrimPrefix(to, "/procederen/")
	at := to + "/kandidaten"
	must(marwan, at, url.Values{"onderwerp": {"asylum"}})
	once := regexp.MustCompile(`name="_once"[^>]* value="[^"]*"`)
	yes := func() string {
		t.Helper()
		code, body, _ := ask(t, marwan, base, http.MethodPost, at+"/toestemmingen", nil)
		if code != http.StatusOK {
			t.Fatalf("who said yes: %d %.600s", code, body)
		}
		_, body, _ = strings.Cut(body, `id="h-ja"`)
		return once.ReplaceAllString(body, "")
	}
	nobody := yes()
	must(marwan, at+"/vragen", url.Values{"doel": {"Wij zoeken een tweede zaak."}})
	people, err := db.Many[string](t.Context(), h.DB, db.F(`SELECT person FROM consent_wish WHERE matter = ? ORDER BY person`, matter))
	if err != nil || len(people) < 3 {
		t.Fatalf("only %d people are asked: %v", len(people), err)
	}
	// Nothing of the room of cases names one of them: no page, no number, no row.
	pages := get(marwan, to) + get(marwan, at) + get(marwan, "/procederen")
	for _, p := range people {
		if strings.Contains(pages, p) {
			t.Errorf("the case names %s", p)
		}
	}
	if yes() != nobody {
		t.Error("a silence can be told from nobody at all")
	}
	wish := func(person string) string {
		t.Helper()
		id, err := db.One[string](t.Context(), h.DB, db.F(`SELECT id FROM consent_wish WHERE matter = ? AND person = ?`, matter, person))
		if err != nil {
			t.Fatal(person, err)
		}
		return "/dossier/" + person + "/toestemming/vraag/" + id
	}
	selam := wish("p-selam")
	if !strings.Contains(get(amira, "/vandaag"), "/toestemming/vraag/") {
		t.Error("Vandaag says nothing of it")
	}
	if !strings.Contains(get(amira, selam), "Mag een gehoor doorgaan") {
		t.Error("the page does not say what it is about")
	}
	must(amira, selam, nil) // she said no
	if yes() != nobody {
		t.Error("a no can be told from nobody at all")
	}
	must(amira, "/dossier/p-selam/toestemming", url.Values{"doel": {"litigation"}, "partij": {matter}, "deel": {"name"}, "maanden": {"6"}, "hoe": {"spoken"}, "gevraagd": {"ti"}})
	if s := yes(); !strings.Contains(s, "Selam") || strings.Contains(s, "p-selam") {
		t.Errorf("a yes is not told: %.900s", s)
	}
	// She stops it, and it is as before.
	consent, err := db.One[string](t.Context(), h.DB, db.F(`SELECT id FROM privacy_consent WHERE subject = 'p-selam' AND purpose = 'litigation'`))
	if err != nil {
		t.Fatal(err)
	}
	herself := browser(t, h, base, "client:p-selam")
	if !strings.Contains(get(herself, "/mijn/toestemmingen"), consent) {
		t.Error("she does not see what she allowed")
	}
	must(herself, "/mijn/toestemmingen/stop", url.Values{"toestemming": {consent}})
	if yes() != nobody {
		t.Error("a yes that was taken back is still told")
	}
}
