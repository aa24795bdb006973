package procedure

import (
	"net/http"
	"strings"
	"testing"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/web"
	"reisgezel/internal/kernel/web/webtest"
)

// What a lawyer is told of: what must be done within a week, by the person or their lawyer, and nothing of return.
func TestOnlyWhatMustBeDoneWithinAWeekPresses(t *testing.T) {
	each(t, func(b *bench) {
		b.record("p-selam", ev("lodged", "2026-01-20"), ev("decision", "2026-11-23", outcome("rejected"), route("aa"), how(Handed)))
		b.record("p-reem", ev("lodged", "2026-05-27"))
		b.grant("p-reem", "Marwan", access.Assignment, access.File)
		h := b.house(web.Route{Name: "nu", Method: http.MethodGet, Path: "/nu/{person}", May: access.Rule{Action: "stub"}, Do: func(v *web.Visit) error {
			f, err := b.files.Open(v, v.Param("person"), access.DeskLevel, "procedure.event.looked")
			if err != nil {
				return err
			}
			ps, err := b.p.Pressing(v, f)
			if err != nil {
				return err
			}
			var out []string
			for _, p := range ps {
				out = append(out, p.Title+" "+p.Day.String())
			}
			return v.Text(200, strings.Join(out, ", "))
		}})
		marwan := h.As(b.actor("Marwan"))
		says := func(when, person, want string) {
			b.t.Helper()
			if a := marwan.Get("/nu/" + person); a.Body != want {
				b.t.Errorf("%s: %q, want %q", when, a.Body, want)
			}
		}
		says("a week to appeal", "p-selam", "Beroep instellen 2026-11-30")
		if r := b.rows("p-reem")["decide"]; r.Safe != clock.On(2026, 11, 27) || !r.Party.Authority() {
			b.t.Fatalf("the authority decides by %s", r.Safe)
		}
		says("what an authority must do", "p-reem", "")
		b.record("p-reem", ev("decision", "2026-11-24", outcome("rejected"), route("normal"), how(Handed)))
		says("four weeks to appeal", "p-reem", "")
		form := webtest.Form("zaak", "return", "sure", "exact", "day", "2026-11-24", "outcome", "at_once", "how", "handed")
		if a := b.keep(marwan, "/dossier/p-reem/juridisch/vastleggen/return_decided", form); a.Code != http.StatusSeeOther {
			b.t.Fatalf("%d %s", a.Code, a.Body)
		}
		if n, err := db.One[int](b.t.Context(), b.d, db.F(`SELECT COUNT(*) FROM procedure_deadline d JOIN procedure_track t ON t.id = d.track WHERE t.topic = 'return' AND d.state = 'open' AND d.party = 'person' AND d.safe = '2026-11-24'`)); err != nil || n != 1 {
			b.t.Fatalf("%d terms to leave today, %v", n, err)
		}
		says("return", "p-reem", "")
		// She lodged it: nothing presses any more.
		b.record("p-selam", ev("appeal_lodged", "2026-11-24"))
		says("lodged", "p-selam", "")
	})
}
