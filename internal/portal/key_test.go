package portal

import (
	"strings"
	"testing"
	"time"

	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/db/dbtest"
	"reisgezel/internal/kernel/web/webtest"
)

const byLock = "/mijn/inloggen/slot?taal=nl"

func TestTheLockOfATelephoneTellsAStrangerNothing(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		h := setup(t, d)
		v := h.Guest()
		if a := v.Post(byLock, webtest.Form("x", "1")); a.Code != 404 {
			t.Errorf("in a house without a name: %d", a.Code)
		}
		h.lacks("the sign-in there", v.Get("/mijn/inloggen?taal=nl"), "data-passkey")
		h.p.address = "https://reisgezel.example"
		page := v.Get("/mijn/inloggen?taal=nl")
		h.want("the sign-in", page, 200, "Inloggen met het slot", "hidden")
		a := v.Post(byLock, webtest.Form("x", "1"))
		if a.Code != 200 || !strings.Contains(a.Body, `"challenge"`) || !strings.Contains(a.Body, `"userVerification":"required"`) {
			t.Fatalf("%d %s", a.Code, a.Body)
		}
		h.lacks("the question", a, "allowCredentials", "p-selam", `"vraag"`)
		if n := h.count(db.F(`SELECT COUNT(*) FROM portal_question`)); n != 1 {
			t.Errorf("%d questions", n)
		}
		for _, what := range []string{"", "{}", "selam", `{"id":"AAAA","rawId":"AAAA","type":"public-key","response":{}}`} {
			b := v.Post("/mijn/inloggen/slot/in?taal=nl", webtest.Form("antwoord", what))
			h.want("the answer "+what, b, 422, "Log in met uw kaart en uw pincode", "Code van uw kaart")
		}
		if n := h.count(db.F(`SELECT COUNT(*) FROM portal_question`)); n != 0 {
			t.Errorf("%d questions wait after an answer", n)
		}
		for range freeByAddress {
			v.Post(byLock, webtest.Form("x", "1"))
		}
		h.want("too many", v.Post(byLock, webtest.Form("x", "1")), 200, "Te vaak fout")

		h.clock.Advance(2 * time.Hour) // an address waits, whatever it tries next
		selam := h.in(selamCard)
		h.want("her page", selam.Get("/mijn/instellingen/slot?taal=nl"), 200, "Alleen ik kan deze telefoon openen")
		h.want("without the tick", selam.Post("/mijn/instellingen/slot/nieuw?taal=nl", webtest.Form("pin", pin)), 200, "Kruis aan")
		h.want("another PIN", selam.Post("/mijn/instellingen/slot/nieuw?taal=nl", webtest.Form("pin", "9173", "alleen", "1")), 200, "niet uw pincode")
		n := selam.Post("/mijn/instellingen/slot/nieuw?taal=nl", webtest.Form("pin", pin, "alleen", "1"))
		h.want("the making", n, 200, `"residentKey":"required"`, "Reisgezel 2026-")
		h.lacks("the making", n, "Selam", "Tesfay", "p-selam")
		h.want("a question to make lets nobody in", selam.Post("/mijn/inloggen/slot/in?taal=nl", webtest.Form("antwoord", "{}")), 422)
		h.want("no answer", selam.Post("/mijn/instellingen/slot?taal=nl", webtest.Form("antwoord", "{}")), 422, "Dit lukte niet")
	})
}
