package procedure

import (
	"net/http"
	"strings"
	"testing"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/web"
)

// What a lawyer is told of: what must be done within a week, by the person or their lawyer, and nothing of return.
func TestOnlyWhatMustBeDoneWithinAWeekPresses(t *testing.T) {
	each(t, func(b *bench) {
		b.record("p-selam", ev("lodged", "2026-01-20"), ev("decision", "2026-11-23", outcome("rejected"), route("aa"), how(Handed)))
		b.record("p-reem", ev("lodged", "2026-01-20"), ev("decision", "2026-11-24", outcome("rejected"), route("normal"), how(Handed)))
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
		says("four weeks to appeal", "p-reem", "")
		// She lodged it: nothing presses any more.
		b.record("p-selam", ev("appeal_lodged", "2026-11-24"))
		says("lodged", "p-selam", "")
	})
}
