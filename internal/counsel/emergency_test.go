package counsel

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/db/dbtest"
	"reisgezel/internal/kernel/web/webtest"
)

// In an emergency one reads who the lawyer is and what the lawyer left, and writes nothing.
func TestInAnEmergencyALawyerIsLookedUp(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		h := setup(t, d)
		h.allows(h.selam, "o-l", "name")
		h.want("a date", h.l.Post("/advocaat/rp-1/bericht", webtest.Form("wat", "hearing", "dag", "2026-12-18", "tijd", "10:30", "tekst", "kanarie-bericht")), 303)
		word := h.one(db.F(`SELECT id FROM counsel_word`))
		h.tx(func(ctx context.Context, tx *db.Tx) error {
			_, err := access.Give(ctx, tx, access.Grant{Subject: "p-selam", Holder: "user:u-noor", Why: access.BreakGlass, Level: access.File, Until: tx.Now.Add(3 * time.Hour)})
			return err
		})
		// A lead who is legal staff too has every role that these doors ask.
		who := staff("u-noor", access.Lead, access.Team, "t-utrecht")
		who.Posts = append(who.Posts, access.Post{Role: access.Legal, Scope: access.Scope{Kind: access.Team, ID: "t-utrecht"}})
		noor := h.As(who)
		at, letter := "/dossier/p-selam/advocaat", "/dossier/p-selam/bericht-advocaat/"+word
		h.want("the lawyer", noor.Get(at), 200, "mr. A. Voorbeeld")
		h.lacks("no button", noor.Get(at), at+"/", "/toestemming/nieuw")
		h.want("the letter", noor.Get(letter), 200, "kanarie-bericht")
		h.lacks("no form", noor.Get(letter), `action="`+letter, "/juridisch/vastleggen")
		h.want("who has the file", h.amira.Get(letter), 200, `action="`+letter)
		id := map[string]string{"{person}": "p-selam", "{matter}": "rp-1", "{letter}": word, "{talk}": "ct-1", "{handover}": "ch-1"}
		tried := 0
		for _, x := range h.c.Routes() {
			if !strings.Contains(x.Path, "{person}") || x.Method == http.MethodGet && (x.Name == "counsel.file" || x.Name == "counsel.word") {
				continue
			}
			path := x.Path
			for name, value := range id {
				path = strings.ReplaceAll(path, name, value)
			}
			knock := func(path string) webtest.Answer {
				if x.Method == http.MethodGet {
					return noor.Get(path)
				}
				return noor.Post(path, webtest.Form("uitkomst", "taken", "antwoord", "dank", "advocaat", "o-m", "reden", "weg"))
			}
			h.gone(x.Method+" "+x.Path, knock(path), knock(strings.Replace(path, "p-selam", "p-niemand", 1)))
			tried++
		}
		if tried < 12 {
			t.Errorf("only %d doors were tried", tried)
		}
		if n := h.number(db.F(`SELECT COUNT(*) FROM counsel_word WHERE settled IS NOT NULL`)) + h.number(db.F(`SELECT COUNT(*) FROM counsel_representation WHERE ended IS NOT NULL`)); n != 0 {
			t.Errorf("an emergency changed %d things", n)
		}
	})
}
