package procedure

import (
	"net/http"
	"testing"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/web/webtest"
)

// That somebody speaks of going back shows to those who have the whole file, and to no desk.
func TestADeskFindsNothingOfReturn(t *testing.T) {
	each(t, func(b *bench) {
		h := b.house()
		b.grant("p-selam", "Ria", access.Presence, access.DeskLevel)
		ria, marwan := h.As(b.actor("Ria")), h.As(b.actor("Marwan"))
		b.mustNotSay(ria.Get("/dossier/p-selam/juridisch/nieuw"), "Terugkeer")
		b.mustSay(marwan.Get("/dossier/p-selam/juridisch/nieuw"), "Terugkeer")
		const path = "/dossier/p-selam/juridisch/vastleggen/return_choice"
		if a := ria.Get(path + "?zaak=return"); a.Code != http.StatusNotFound {
			t.Errorf("a desk begins it: %d", a.Code)
		}
		form := webtest.Form("zaak", "return", "sure", "exact", "day", "2026-11-20", "outcome", "wants_return")
		if a := b.keep(marwan, path, form); a.Code != http.StatusSeeOther {
			t.Fatalf("it is recorded: %d\n%s", a.Code, a.Body)
		}
		b.mustSay(marwan.Get("/dossier/p-selam/juridisch"), "Terugkeer")
		for _, page := range []string{"/dossier/p-selam/juridisch", "/panelen/p-selam", "/dossier/p-selam/juridisch/vastleggen"} {
			b.mustNotSay(ria.Get(page), "Terugkeer", "terug")
		}
	})
}
