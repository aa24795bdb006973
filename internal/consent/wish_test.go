package consent

// This file walks a wish on both databases: to whoever holds the file, asked of the person, and back as a yes or as nothing at all.

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/db/dbtest"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
	"reisgezel/internal/kernel/web/webtest"
	"reisgezel/internal/organisation"
)

func TestAWishComesBackAsAYesOrAsNothing(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		h := setup(t, d)
		ctx := context.Background()
		// Somebody who owns a case and holds no file, and Vandaag of whoever does.
		say := func(name, path string, do func(v *web.Visit) (string, error)) web.Route {
			return web.Route{Name: name, Method: http.MethodGet, Path: path, May: access.Rule{Action: "test"}, Do: func(v *web.Visit) error {
				s, err := do(v)
				if err != nil {
					return err
				}
				return v.Text(200, s)
			}}
		}
		more := webtest.New(t, d, []lang.Part{{Name: "ui", FS: ui.Texts}, {Name: "organisation", FS: organisation.Texts}, {Name: "dossier", FS: dossier.Texts}, {Name: "consent", FS: Texts}}, append(append(h.c.Routes(), h.c.files.Routes()...),
			say("contact.record", "/dossier/{person}/contact", func(*web.Visit) (string, error) { return "", nil }), say("portal.looks", "/mijn/inzage", func(*web.Visit) (string, error) { return "", nil }),
			say("today", "/vandaag", func(v *web.Visit) (string, error) {
				p, err := h.c.todayWishes(v)
				if err != nil || p.Body == nil {
					return "niets", err
				}
				var b strings.Builder
				err = p.Body.Render(v.Ctx(), &b)
				return b.String(), err
			}),
			say("agreed", "/ja/{matter}", func(v *web.Visit) (string, error) {
				as, err := h.c.Agreed(v, v.Param("matter"))
				return fmt.Sprintf("%+v", as), err
			}))...)
		amira, marwan := more.As(staff("u-amira", access.Case, access.Team, "t-utrecht")), more.As(staff("u-marwan", access.Legal, access.Team, "t-utrecht"))
		h.grant("user:u-amira", access.Assignment, access.File)
		yes := func() string { return h.want("who said yes", marwan.Get("/ja/lz-one"), 200).Body }
		nobody := yes()
		if nobody != "[]" {
			t.Fatal(nobody)
		}
		wish := func(people ...string) {
			t.Helper()
			if err := d.Tx(ctx, func(tx *db.Tx) error {
				return h.c.Wish(ctx, tx, "lz-one", About{Title: "Mag dat?", Words: "Wij zoeken een tweede zaak."}, people)
			}); err != nil {
				t.Fatal(err)
			}
		}
		wish("p-selam", "p-none")
		wish("p-selam")
		ids, err := db.Many[string](ctx, d, db.F(`SELECT id FROM consent_wish WHERE person = 'p-selam'`))
		if err != nil || len(ids) != 1 {
			t.Fatalf("%d wishes about one person and one case: %v", len(ids), err)
		}
		at := "/dossier/p-selam/toestemming/vraag/" + ids[0]
		// Whoever holds the file hears of it; nobody else does, and the one who wished hears nothing.
		h.want("Vandaag", amira.Get("/vandaag"), 200, "Vraag Selam om toestemming")
		h.lacks("Vandaag", amira.Get("/vandaag"), "Reem", "Mag dat?")
		if x := marwan.Get("/vandaag"); x.Body != "niets" {
			t.Error(x.Body)
		}
		for _, path := range []string{at, strings.Replace(at, ids[0], "cw-none", 1)} {
			if x := marwan.Get(path); x.Code != 404 {
				t.Errorf("%s without the file: %d", path, x.Code)
			}
		}
		h.want("the wish", amira.Get(at), 200, "Mag dat?", "Wij zoeken een tweede zaak.", "Ja of nee verandert niets aan de hulp")
		h.want("the page of consents", amira.Get("/dossier/p-selam/toestemming"), 200, at)
		if yes() != nobody {
			t.Error("a silence can be told from nobody at all")
		}
		// A no: it is done, and nothing of the answer is anywhere. It can be taken up again.
		if x := amira.Post(at, nil); x.Code != 303 {
			t.Fatal(x.Code, x.Body)
		}
		if x := amira.Get("/vandaag"); x.Body != "niets" {
			t.Error("it is still asked: " + x.Body)
		}
		if yes() != nobody || h.count("given") != 0 {
			t.Error("a no can be told from nobody at all")
		}
		if x := amira.Post(at, webtest.Form("toch", "1")); x.Code != 303 {
			t.Fatal(x.Code)
		}
		h.want("Vandaag again", amira.Get("/vandaag"), 200, "Selam")
		// A yes: asked by the colleague, in the ledger, for this case and no other.
		form := webtest.Form("doel", "litigation", "partij", "lz-one", "deel", "name", "maanden", "6", "hoe", "spoken", "gevraagd", "ti")
		h.want("the form", amira.Get("/dossier/p-selam/toestemming/nieuw?doel=litigation&partij=lz-one"), 200, "Rechtszaak voor meer mensen", "rechtszaak Z-ONE")
		if x := amira.Post("/dossier/p-selam/toestemming", with(form, "partij", "lz-other")); x.Code != 404 {
			t.Errorf("a yes to a case that nobody asked for: %d", x.Code)
		}
		if x := amira.Post("/dossier/p-selam/toestemming", form); x.Code != 303 {
			t.Fatal(x.Code, x.Body)
		}
		if s := yes(); !strings.Contains(s, "Called:Selam") || strings.Contains(s, "Tesfay") || strings.Contains(s, "2819940173") {
			t.Error(s)
		}
		if s := marwan.Get("/ja/lz-other").Body; s != nobody {
			t.Error("another case hears of it: " + s)
		}
		if x := amira.Get("/vandaag"); x.Body != "niets" {
			t.Error("it is still asked after a yes: " + x.Body)
		}
		// The person reads that it was read, and by whom.
		if n, err := db.One[int](ctx, d, db.F(`SELECT COUNT(*) FROM audit_entry WHERE subject = 'p-selam' AND actor = 'u-marwan' AND event = 'consent.event.agreed_read'`)); err != nil || n != 1 {
			t.Errorf("%d looks stand in the log: %v", n, err)
		}
		// Taken back, it is as if it had never been.
		consent := h.last(db.F(`SELECT id FROM privacy_consent`))
		if x := amira.Post("/dossier/p-selam/toestemming/stop", webtest.Form("toestemming", consent)); x.Code != 303 {
			t.Fatal(x.Code, x.Body)
		}
		if yes() != nobody {
			t.Error("a yes that was taken back is still told")
		}
		// Whoever is erased leaves no wish.
		if err := d.Tx(ctx, func(tx *db.Tx) error { return h.c.Keeper().Erase(ctx, tx, "p-selam") }); err != nil {
			t.Fatal(err)
		}
		if n, err := db.One[int](ctx, d, db.F(`SELECT COUNT(*) FROM consent_wish WHERE person = 'p-selam'`)); err != nil || n != 0 {
			t.Errorf("%d wishes are left: %v", n, err)
		}
	})
}
