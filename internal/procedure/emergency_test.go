package procedure

import (
	"net/http"
	"strings"
	"testing"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/web/webtest"
)

// In an emergency one looks and no more: no door records anything, none shows the form for it, and no page leads there.
func TestInAnEmergencyAProcedureIsOnlyLookedAt(t *testing.T) {
	each(t, func(b *bench) {
		h := b.house()
		marwan := h.As(b.actor("Marwan"))
		b.keep(marwan, recordDecision, rejection())
		r := b.rows("p-selam")["appeal"]
		file := "/dossier/p-selam/juridisch"
		if a := marwan.Post(file+"/stap", webtest.Form("track", r.Track, "what", "Bellen met de advocaat", "party", "us", "day", "2026-12-01")); a.Code != http.StatusSeeOther {
			b.t.Fatalf("an agreed step: %d %s", a.Code, a.Body)
		}
		step, err := db.One[string](b.t.Context(), b.d, db.F(`SELECT id FROM procedure_agreed`))
		if err != nil {
			b.t.Fatal(err)
		}
		b.grant("p-selam", "Noor", access.BreakGlass, access.File)
		noor := h.As(b.actor("Noor"))
		term := file + "/termijn/" + r.ID
		links := []string{"/juridisch/vastleggen", "/juridisch/nieuw", "/juridisch/stap", "/terugnemen", "/herstellen", "/gedaan", "/heropenen"}
		for _, page := range []string{file, term, "/panelen/p-selam"} {
			b.mustSay(noor.Get(page), "Beroep instellen")
			b.mustNotSay(noor.Get(page), links...)
		}
		b.mustSay(marwan.Get(file), links[0], links[2], links[3])

		before := len(b.events(r.Track))
		id := map[string]string{"{person}": "p-selam", "{kind}": "decision", "{event}": b.events(r.Track)[0].ID, "{deadline}": r.ID, "{step}": step}
		tried := 0
		for _, x := range b.p.Routes() {
			if !strings.Contains(x.Path, "{person}") || x.Method == http.MethodGet && x.May.Action == look.Action {
				continue
			}
			path := x.Path
			for name, value := range id {
				path = strings.ReplaceAll(path, name, value)
			}
			knock := func(path string) webtest.Answer {
				if x.Method == http.MethodGet {
					return noor.Get(path + "?track=" + r.Track)
				}
				f := rejection("stap", "vastleggen", "what", "sent", "track", r.Track, "party", "us")
				f.Set("day", "2026-11-23")
				return noor.Post(path, f)
			}
			a, never := knock(path), knock(strings.Replace(path, "p-selam", "p-niemand", 1))
			if a.Code != http.StatusNotFound || a.Body != never.Body {
				b.t.Errorf("in an emergency %s %s answers %d and can be told from what does not exist", x.Method, x.Path, a.Code)
			}
			tried++
		}
		if tried < 11 {
			b.t.Errorf("only %d doors were tried", tried)
		}
		if n := len(b.events(r.Track)); n != before || b.rows("p-selam")["appeal"].State != "open" {
			b.t.Errorf("an emergency left something behind: %d events, there were %d", n, before)
		}
	})
}
