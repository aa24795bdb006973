package portal

// This file proves that a person decides how they are called and who helps them, and that it is kept as any other change.

import (
	"strings"
	"testing"

	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/db/dbtest"
	"reisgezel/internal/kernel/web/webtest"
)

func TestAPersonDecidesHowTheyAreCalledAndWhoHelps(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		h := setup(t, d)
		selam, at := h.in(selamCard), "/mijn/gegevens/wensen"
		h.want("the way there", selam.Get("/mijn/gegevens?taal=nl"), 200, at, "Zelf veranderen")
		h.want("the page", selam.Get(at+"?taal=nl"), 200, "Hoe u het wilt", "Selam", "Een vrouw", "Maakt niet uit")
		h.want("no name", selam.Post(at+"?taal=nl", webtest.Form("called", " . ", "gender", "man", "digital", "any")), 422, "Schrijf hoe u genoemd wilt worden")
		h.want("too long", selam.Post(at+"?taal=nl", webtest.Form("called", strings.Repeat("a", 301), "gender", "any", "digital", "any")), 422, "korter")
		h.want("a number that may not be kept", selam.Post(at+"?taal=nl", webtest.Form("called", "123456782", "gender", "any", "digital", "any")), 422, "BSN")
		h.want("a wish that is none", selam.Post(at+"?taal=nl", webtest.Form("called", "Selam", "gender", "robot", "digital", "any")), 422)
		if n := h.count(db.F(`SELECT COUNT(*) FROM dossier_version WHERE person = 'p-selam'`)); n != 0 {
			t.Errorf("%d earlier versions before anything was saved", n)
		}
		h.want("saving", selam.Post(at, webtest.Form("called", "Selina", "gender", "any", "digital", "digital", "wish_language", "1")), 303)
		page := selam.Get("/mijn/gegevens?taal=nl")
		h.want("her page", page, 200, "Selina", "Iemand die uw taal spreekt", "Praten via telefoon of scherm", "281 994 0173", "+31612345678")
		h.lacks("her page", page, "Een vrouw", "Niemand uit uw eigen gemeenschap")
		h.want("who helps her", h.As(h.amira).Get("/dossier/p-selam"), 200, "Selina")
		if n := h.count(db.F(`SELECT COUNT(*) FROM dossier_version v JOIN dossier_person p ON p.id = v.person WHERE p.id = 'p-selam' AND p.changed_by = 'p-selam'`)); n != 1 {
			t.Errorf("%d earlier versions, or the change is not hers", n)
		}
		h.want("another person's", h.in(reemCard).Get("/mijn/gegevens?taal=nl"), 200, "Nog niets gevraagd", "Reem")
	})
}
