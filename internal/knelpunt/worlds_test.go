package knelpunt

// This file asks every door of the room twice: while somebody is in the data, and after they are not. Nothing may tell the two
// worlds apart: no page, number, code or address of this room hangs on one person.

import (
	"fmt"
	"html"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/db/dbtest"
	"reisgezel/internal/kernel/web"
	"reisgezel/internal/kernel/web/webtest"
)

// onceValue is what is new on every page: the key of a form, and of the public form its riddle and its code.
var onceValue = regexp.MustCompile(`name="(_once|raadsel|code)"[^>]* value="[^"]*"|<bdi dir="ltr">[-A-Z0-9]*</bdi>`)

func TestTwoWorlds(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		o.k.guesses = web.Limit{Each: 1 << 20, All: 1 << 20, Within: time.Hour} // so many requests are a flood otherwise
		a, m := o.As(amira), o.As(marwan)
		give := func() {
			t.Helper()
			page := a.Get(a.Get("/aanbod/p-selam").Body)
			must(t, a, "/signaal/geven", filled("van", html.UnescapeString(hidden.FindStringSubmatch(page.Body)[1]), "woorden", "De tolk sprak de taal niet en het gehoor ging door."))
		}
		// Selam is behind a signal in a bottleneck, one that left, one that waits and one that came back.
		for range 4 {
			give()
		}
		drafts := mustMany[string](t, d, db.F(`SELECT id FROM knelpunt_draft ORDER BY id`))
		for _, id := range drafts[:2] {
			must(t, m, "/signalen/vrijgeven/"+id, webtest.Form("besluit", "release", "versie", "1"))
		}
		must(t, m, "/signalen/vrijgeven/"+drafts[2], webtest.Form("besluit", "back", "waarom", "Korter.", "versie", "1"))
		signals := mustMany[string](t, d, db.F(`SELECT id FROM knelpunt_signal ORDER BY id`))
		to := must(t, m, "/knelpunten/nieuw", started("signaal", signals[0], "eigenaar", "u-marwan"))
		must(t, m, to, webtest.Form("eigenaar", "u-marwan", "volgende", "2026-11-30", "ernst", "grave", "versie", "1", "naar", Examined, "woorden", "Gevraagd.", "terug", "Wij vroegen het na."))
		must(t, m, to+"/bewijs", webtest.Form("soort", "source", "titel", "Rapport"))

		// Selam follows on the own page what was sent without a name, too.
		selam := o.As(self("p-selam"))
		f := form(t, selam, "Mensen sliepen buiten.")
		f.Set("som", solve(f.Get("raadsel")))
		f.Set("volg", "1")
		must(t, selam, "/meld", f)
		if n := one[int](t, d, db.F(`SELECT COUNT(*) FROM dossier_follow`)); n != 1 {
			t.Fatalf("%d follow something", n)
		}

		holes := []*strings.Replacer{}
		for _, x := range [][3]string{{drafts[2], signals[0], ""}, {drafts[3], signals[1], ""}, {"kd-none", "ks-none", "kp-none"}} {
			b := to[len("/knelpunten/"):]
			if x[2] != "" {
				b = x[2]
			}
			holes = append(holes, strings.NewReplacer("{draft}", x[0], "{signal}", x[1], "{bottleneck}", b, "{evidence}", "ke-none", "{step}", "kt-none", "{photo}", "kf-none", "{report}", "kr-none", "{mediation}", "km-none"))
		}
		visitors := []access.Actor{amira, marwan, ria, far, worker("u-els", access.Region, access.InRegion, "r-midden"), worker("u-pieter", access.Privacy, access.National, "")}
		asked := 0
		world := func() map[string]string {
			out := map[string]string{}
			for _, who := range visitors {
				v := o.As(who)
				for _, r := range o.k.Routes() {
					for i, h := range holes {
						path := h.Replace(r.Path)
						var x webtest.Answer
						if r.Method == http.MethodGet {
							x = v.Get(path)
						} else {
							x = v.Post(path, webtest.Form("versie", "999")) // changes nothing: it comes back with its faults
						}
						if x.Code >= 500 {
							t.Errorf("%s %s for %s: %d", r.Method, path, who.ID, x.Code)
						}
						asked++
						out[fmt.Sprint(who.ID, " ", r.Method, " ", r.Name, " ", i)] = fmt.Sprint(x.Code, x.To, onceValue.ReplaceAllString(x.Body, ""))
					}
				}
				for _, path := range []string{"/signalen?thema=interview&groep=er", "/signalen?vanaf=1", "/knelpunten?wie=ik", "/vandaag", "/signaal?thema=interview"} {
					out[who.ID+" "+path] = onceValue.ReplaceAllString(v.Get(path).Body, "")
				}
			}
			return out
		}
		world() // once before, for what asking itself changes: what was told is read then
		asked = 0
		with := world()
		if err := d.Tx(t.Context(), func(tx *db.Tx) error {
			if err := o.k.Keeper().Erase(t.Context(), tx, "p-selam"); err != nil {
				return err
			}
			return o.files.Keeper().Erase(t.Context(), tx, "p-selam")
		}); err != nil {
			t.Fatal(err)
		}
		if err := o.v.Shred(t.Context(), "p-selam"); err != nil {
			t.Fatal(err)
		}
		if n := one[int](t, d, db.F(`SELECT COUNT(*) FROM dossier_receipt`)); n != 0 {
			t.Errorf("%d receipts of somebody who was erased", n)
		}
		without := world()
		for asked, x := range with {
			if without[asked] != x {
				t.Errorf("%s tells that somebody is there:\n%.300s\n%.300s", asked, x, without[asked])
			}
		}
		if asked < 2*len(visitors)*len(o.k.Routes())*len(holes) || len(with) < 300 {
			t.Errorf("only %d requests: the search is broken", asked)
		}
		// The file itself is gone: the search would see a difference.
		if x := a.Get("/aanbod/p-selam"); x.Code != 404 {
			t.Errorf("the file answers %d after it was erased", x.Code)
		}
	})
}
