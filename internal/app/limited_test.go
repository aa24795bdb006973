package app

// This file knocks at every door that writes in a file, while the person wants their data to be used less.

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/organisation"
)

// goOn are the rules by which colleagues may still write, and what of article 18(2) of the AVG lets them.
var goOn = map[access.Action]string{
	"alarm.raise":      "somebody may be removed to danger: the protection of a person",
	"alarm.work":       "the same",
	"alarm.end":        "the same",
	"procedure.record": "legal claims: a letter that is not recorded is a term that passes",
	"procedure.mind":   "the same",
	"evidence.keep":    "the same: what must be proved in the procedure",
	"interview.plan":   "the same: going along to an interview",
	"interview.write":  "the same",
	"counsel.note":     "the same: who is the lawyer",
	"contact.record":   "what the person comes to say, with their consent",
	"contact.plan":     "an appointment with the person",
	"consent.record":   "what the person allows, or allows no longer",
	"portal.tend":      "the way of the person to their own pages",
	"portal.word":      "an answer to what the person said",
	"dossier.card":     "the same: a card",
	"dossier.open":     "a question to the timeline is a look",
	"residence.reveal": "a look at the address, with a reason",
	"rights.lodge":     "what the person asks of their data",
	"rights.carry":     "what was decided about it",
	"handover.take":    "keeping: a file is never left without somebody",
	"handover.undo":    "the same",
}

func TestWhileLimitedOnlyWhatTheLawLetsGoOn(t *testing.T) {
	h, base := demoHouse(t, Settings{People: 20})
	consent, err := db.One[string](t.Context(), h.DB, db.F(`SELECT consent FROM consent_handed WHERE person = ?`, "p-reem"))
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range h.Site.Routes() {
		if r.May.WhileLimited && goOn[r.May.Action] == "" {
			t.Errorf("%s goes on while the use is limited, and nothing says why", r.Name)
		}
	}
	if err := h.DB.Tx(t.Context(), func(tx *db.Tx) error {
		for _, r := range []access.Role{access.Desk, access.Legal, access.Lead} {
			if _, err := organisation.Give(t.Context(), tx, "u-amira", access.Post{Role: r, Scope: access.Scope{Kind: access.Team, ID: "t-utrecht"}}, tx.Now, time.Time{}, "u-beheer"); err != nil {
				return err
			}
		}
		return h.Files.Restrict(t.Context(), tx, "p-reem")
	}); err != nil {
		t.Fatal(err)
	}
	amira := browser(t, h, base, "u-amira")
	if code, body, _ := ask(t, amira, base, http.MethodGet, "/dossier/p-reem", nil); code != http.StatusOK || !strings.Contains(body, "AVG 18") {
		t.Fatalf("the file does not say so: %d", code)
	}
	stopped, went := 0, 0
	for _, r := range h.Site.Routes() {
		if r.Method != http.MethodPost || r.May.Need != access.ByFile || slices.Contains([]string{"dossier.hints"}, r.Name) {
			continue
		}
		code, body, _ := ask(t, amira, base, r.Method, holes.Replace(strings.ReplaceAll(r.Path, "{consent}", consent)), nil)
		refused := code == http.StatusForbidden && strings.Contains(body, "AVG 18")
		switch {
		case r.May.WhileLimited && refused:
			t.Errorf("%s is stopped, though it may go on", r.Name)
		case !r.May.WhileLimited && !refused && code != http.StatusNotFound:
			t.Errorf("%s goes on: %d", r.Name, code)
		case refused:
			stopped++
		default:
			went++
		}
	}
	if stopped < 20 || went < 30 {
		t.Errorf("%d doors are stopped, %d go on: the search is broken", stopped, went)
	}
	// What she does herself is never stopped.
	reem := browser(t, h, base, "client:p-reem")
	for _, path := range []string{"/mijn/gegevens/klopt-niet", "/mijn/rechten/vraag"} {
		if code, body, _ := ask(t, reem, base, http.MethodPost, path, map[string][]string{"wat": {"other"}, "text": {"x"}, "soort": {"erase"}}); code != http.StatusSeeOther {
			t.Errorf("%s stops herself: %d %.300s", path, code, body)
		}
	}
}
