package app

// This file shows that the page of a file tells who looked: this look before those of others, though it is still on its way to the log
// when the page is made.

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"reisgezel/internal/kernel/audit"
)

func TestThePageOfAFileTellsWhoLooks(t *testing.T) {
	h, base := demoHouse(t, Settings{People: 20})
	const file = "p-abdirahman"
	looked := func(c *http.Client) []string {
		t.Helper()
		code, body, _ := ask(t, c, base, http.MethodGet, "/dossier/"+file, nil)
		if code != http.StatusOK {
			t.Fatalf("the file: %d", code)
		}
		_, card, ok := strings.Cut(body, "Wie keek mee")
		card, _, end := strings.Cut(card, "</section>")
		if !ok || !end {
			t.Fatal("the page has no card of who looked")
		}
		var who []string
		for _, m := range regexp.MustCompile(`<bdi>([^<]+)</bdi>`).FindAllStringSubmatch(card, -1) {
			who = append(who, m[1])
		}
		return who
	}
	amira, marwan := browser(t, h, base, "u-amira"), browser(t, h, base, "u-marwan")
	for range 2 {
		if who := looked(amira); len(who) == 0 || who[0] != "Jij" || strings.Count(strings.Join(who, "|"), "Jij") != 1 {
			t.Errorf("whoever looks is told of %q", who)
		}
	}
	if who := looked(marwan); len(who) < 2 || who[0] != "Jij" || who[1] != "Amira Haddad" {
		t.Errorf("who looks next is told of %q", who)
	}
	es, err := audit.Of(t.Context(), h.DB, file, 0, 3)
	if err != nil || len(es) != 3 || es[0].Actor != "u-marwan" || es[1].Actor != "u-amira" || es[2].Actor != "u-amira" {
		t.Errorf("the log has %+v (%v)", es, err)
	}
}
