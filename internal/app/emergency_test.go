package app

// This file knocks at every door that writes, with a file that was opened in an emergency.

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/organisation"
)

// stays are the doors that write and are there in an emergency, and why. Stopping a consent is one too; which consent stands
// in its form, so that the test beside it knocks there.
var stays = map[string]string{
	"contact.save":     "what was said and done",
	"contact.draft":    "the same, not finished",
	"alarm.raise":      "somebody may be removed to danger",
	"dossier.seek":     "a question to the timeline: its words stand in no address",
	"residence.reveal": "a look at the address, with a reason; of somebody in danger a second person agrees",
	"residence.show":   "the same, after that",
}

// TestInAnEmergencyOneLooks lets a lead open the file of Reem in an emergency. She is given every post that works with files
// too: otherwise her role would close the doors, and nobody saw what the emergency lets through.
func TestInAnEmergencyOneLooks(t *testing.T) {
	h, base := demoHouse(t, Settings{People: 20})
	consent, err := db.One[string](t.Context(), h.DB, db.F(`SELECT consent FROM consent_handed WHERE person = ?`, "p-reem"))
	if err != nil {
		t.Fatal(err)
	}
	if err := h.DB.Tx(t.Context(), func(tx *db.Tx) error {
		for _, r := range []access.Role{access.Desk, access.Case, access.Legal} {
			post := access.Post{Role: r, Scope: access.Scope{Kind: access.Team, ID: "t-utrecht"}}
			if _, err := organisation.Give(t.Context(), tx, "u-noor", post, tx.Now, time.Time{}, "u-beheer"); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	noor := browser(t, h, base, "u-noor")
	look := func() int {
		code, _, _ := ask(t, noor, base, http.MethodGet, "/dossier/p-reem", nil)
		return code
	}
	if code := look(); code != http.StatusNotFound {
		t.Fatalf("she sees the file without an emergency: %d", code)
	}
	if code, _, _ := ask(t, noor, base, http.MethodPost, "/noodtoegang", url.Values{"number": {"2820011427"}, "cause": {"safety"}, "reason": {"Zij belde dat zij niet naar huis durft en ik moet weten wie haar helpt."}}); code != http.StatusSeeOther {
		t.Fatalf("the emergency: %d", code)
	}
	if code := look(); code != http.StatusOK {
		t.Fatalf("she does not see the file in an emergency: %d", code)
	}
	_, absent, _ := ask(t, noor, base, http.MethodGet, "/nergens", nil)
	var open []string
	knocked := 0
	for _, r := range h.Site.Routes() {
		if r.Method != http.MethodPost || r.May.Need != access.ByFile {
			continue
		}
		knocked++
		code, body, _ := ask(t, noor, base, r.Method, holes.Replace(strings.ReplaceAll(r.Path, "{consent}", consent)), nil)
		switch {
		case code != http.StatusNotFound:
			open = append(open, r.Name)
		case body != absent: // a number in the menu may have changed by what a door before this one wrote
			if _, absent, _ = ask(t, noor, base, http.MethodGet, "/nergens", nil); body != absent {
				t.Errorf("%s can be told from a page that is not there", r.Name)
			}
		}
	}
	for _, name := range open {
		if stays[name] == "" {
			t.Errorf("%s writes in an emergency", name)
		}
	}
	for name := range stays {
		if !slices.Contains(open, name) {
			t.Errorf("%s is not there in an emergency", name)
		}
	}
	if knocked < 100 {
		t.Errorf("only %d doors were knocked at: the search is broken", knocked)
	}
}
