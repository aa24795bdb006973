package oversight

// This file tests who looked, the log and its chain, and what is exported and forgotten.

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/audit"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/db/dbtest"
	"reisgezel/internal/kernel/web/webtest"
)

func TestWhoLooked(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		s := setup(t, d)
		err := d.Tx(t.Context(), func(tx *db.Tx) error {
			_, err := access.Give(t.Context(), tx, access.Grant{Subject: "p-selam", Holder: "desk:d-overvecht", Why: access.Presence, Level: access.DeskLevel, Place: "d-overvecht", Until: tx.Now.Add(90 * time.Minute)})
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		ria := s.h.As(s.ria)
		s.want("the desk", ria.Get("/dossier/p-selam"), 200)
		if got := ria.Get("/dossier/p-selam/inzage"); got.Code != 404 {
			t.Errorf("the desk sees who looked: %d", got.Code)
		}
		onDuty := staff("u-begeleider-1", []string{"desk:d-overvecht"}, at(access.Case, access.Team, "t-utrecht"))
		if got := s.h.As(onDuty).Get("/dossier/p-selam/inzage"); got.Code != 404 {
			t.Errorf("a caseworker at the desk sees who looked: %d", got.Code)
		}
		s.clk.Advance(5 * time.Minute)
		ria.Get("/dossier/p-selam")
		s.want("emergency", s.h.As(s.els).Post("/noodtoegang", ask("2819940173")), 303)
		s.h.As(s.els).Get("/dossier/p-selam")
		s.h.As(s.amira).Get("/dossier/p-reem")
		s.h.As(access.Actor{Kind: access.IsSelf, ID: "p-selam", Holders: []string{"self:p-selam"}}).Get("/mijn")
		page := s.h.As(s.amira).Get("/dossier/p-selam/inzage")
		s.want("who looked", page, 200, "Ria de Boer, spreekuurvrijwilliger", "Bekeek het dossier, 2 keer tussen 09:00 en 09:05.", "Bezoek aan Overvecht",
			"Els Bakker, regiomanager", "Noodtoegang", "Dinsdag 24 november 2026", ">Selam</bdi>", "Jij, maatschappelijk begeleider", "De persoon zelf")
		s.lacks("who looked", page, "p-reem", goodReason, "oversight.")
		if strings.Index(page.Body, "Els Bakker") > strings.Index(page.Body, "Ria de Boer") {
			t.Error("the newest does not come first")
		}
		en := s.amira
		en.Lang = "en"
		s.want("in English", s.h.As(en).Get("/dossier/p-selam/inzage"), 200, "Looked at the file, 2 times between 09:00 and 09:05.", "walk-in volunteer")
	})
}

func TestTheLog(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		s := setup(t, d)
		s.h.As(s.amira).Get("/dossier/p-selam")
		s.h.As(s.amira).Get("/dossier/p-reem")
		s.want("emergency", s.h.As(s.noor).Post("/noodtoegang", ask("2819940173")), 303)
		pieter := s.h.As(s.pieter)
		all := pieter.Get("/toezicht/logboek")
		s.want("everything", all, 200, "nog niet gecontroleerd", "Amira Haddad", "Noor Visser", "p-selam", "p-reem", "Noodtoegang")
		s.lacks("everything", all, "Selam", "Reem<", goodReason)
		rows := func(a webtest.Answer) string { _, x, _ := strings.Cut(a.Body, "<tbody>"); return x }
		one := rows(pieter.Get("/toezicht/logboek?persoon=p-reem"))
		if strings.Contains(one, "p-selam") || !strings.Contains(one, "p-reem") {
			t.Errorf("by person: %s", one)
		}
		if by := rows(pieter.Get("/toezicht/logboek?collega=noor")); strings.Contains(by, "Amira") || !strings.Contains(by, "Noor") {
			t.Errorf("by colleague: %s", by)
		}
		if why := rows(pieter.Get("/toezicht/logboek?reden=breakglass")); strings.Contains(why, "Toegewezen") || !strings.Contains(why, "Opende het dossier in nood") {
			t.Errorf("by reason: %s", why)
		}
		if past := rows(pieter.Get("/toezicht/logboek?tot=2026-11-23")); strings.Contains(past, "p-selam") {
			t.Errorf("by period: %s", past)
		}
		s.want("faults", pieter.Get("/toezicht/logboek?van=2026-11-24&tot=2026-11-01&collega=Zzz&persoon=Selam+Tesfay&reden=zomaar"), 422,
			"De laatste dag ligt voor de eerste", "Geen collega heet zo", "begint met p-", "Kies een reden")
		if n := s.count(db.F(`SELECT COUNT(*) FROM audit_entry WHERE subject LIKE '%Tesfay%'`)); n != 0 {
			t.Error("a name that was typed stands in the log")
		}
		es, err := audit.Of(t.Context(), d, "p-reem", 0, 10)
		if err != nil || es[0].Event != "oversight.event.log" || es[0].Actor != "u-pieter" {
			t.Errorf("looking in the log for a person is not told to the person: %+v %v", es, err)
		}

		s.want("checking", pieter.Post("/toezicht/logboek/controle", nil), 303)
		s.want("checked", pieter.Get("/toezicht/logboek"), 200, "Het logboek klopt", "Door Pieter Smit.")
		var out bytes.Buffer
		if err := s.o.VerifyLog(t.Context(), &out); err != nil || !strings.Contains(out.String(), "the chain is whole") {
			t.Errorf("%s %v", out.String(), err)
		}
		err = d.Tx(t.Context(), func(tx *db.Tx) error {
			_, err := db.Do(t.Context(), tx, db.F(`UPDATE audit_entry SET actor = 'u-x' WHERE seq = 3`))
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if err := s.o.nightly(t.Context(), d.Now()); err == nil {
			t.Error("the nightly walk found nothing")
		}
		s.want("broken", pieter.Get("/toezicht/logboek"), 200, "Het logboek klopt niet", "Regel 3 is veranderd")
		s.want("Vandaag", pieter.Get("/vandaag"), 200, "Het logboek klopt niet meer")
		s.lacks("Vandaag of a leader", s.h.As(s.noor).Get("/vandaag"), "logboek")
		if err := s.o.VerifyLog(t.Context(), &out); err == nil || !strings.Contains(err.Error(), "entry 2") {
			t.Errorf("%v", err)
		}
	})
}

// A log that is made anew from its first entry on is whole in itself; only what was written down before shows it.
func TestALogMadeAnewIsSeen(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		s := setup(t, d)
		s.h.As(s.amira).Get("/dossier/p-selam")
		if c, err := s.o.walk(t.Context(), ""); err != nil || !c.Whole {
			t.Fatalf("%+v %v", c, err)
		}
		err := d.Tx(t.Context(), func(tx *db.Tx) error {
			n := s.count(db.F(`SELECT COUNT(*) FROM audit_entry`))
			for _, f := range []db.Frag{db.F(`DELETE FROM audit_entry`), db.F(`UPDATE audit_head SET seq = 0, hash = NULL`)} {
				if _, err := db.Do(t.Context(), tx, f); err != nil {
					return err
				}
			}
			for range n {
				if err := audit.Append(t.Context(), tx, audit.Entry{Event: "dossier.event.open", Subject: "p-selam", Actor: "u-amira", ActorKind: "staff"}); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := audit.Verify(t.Context(), d); err != nil {
			t.Fatalf("it is not whole in itself: %v", err)
		}
		if c, err := s.o.walk(t.Context(), ""); err != nil || c.Whole || c.Broken != rewritten {
			t.Errorf("%+v %v", c, err)
		}
	})
}

func TestWhoMayDoWhat(t *testing.T) {
	s := setup(t, dbtest.SQLite(t, lines))
	s.want("how long", s.h.As(s.ria).Get("/bewaren"), 200, "730 dagen na het laatste contact", "aanname", "een mens, met het dossier", "30 dagen na de laatste verandering", "wist zichzelf", "zonder dossier is niet te zien over wie het gaat", "niemand")
	page := s.h.As(s.ria).Get("/wie-mag-wat")
	s.want("the rules", page, 200, "Teamleiders en regiomanagers mogen in nood", "Teamleider, regiomanager", "Het hele dossier staat voor je open", "Redenen om een dossier te zien", "Dossiers", "Toezicht")
	s.lacks("the rules", page, "oversight.", "dossier.may.")
	desk := s.h.As(s.ria).Get("/wie-mag-wat?rol=desk")
	s.want("one role", desk, 200, "heeft nooit vaste toegang")
	s.lacks("one role", desk, "Teamleiders en regiomanagers mogen in nood", "De privacyfunctionaris leest het logboek")
	s.want("a role nobody has", s.h.As(s.ria).Get("/wie-mag-wat?rol=%3Cb%3E"), 200, "Teamleiders en regiomanagers mogen in nood")
}

func TestExportAndErase(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		s := setup(t, d)
		s.want("opening", s.h.As(s.noor).Post("/noodtoegang", ask("2819940173")), 303)
		s.want("another", s.h.As(s.noor).Post("/noodtoegang", ask("1112223334")), 303)
		gs, err := ofPerson(t.Context(), d, "p-selam", time.Unix(0, 0), 10)
		if err != nil || len(gs) != 1 {
			t.Fatal(gs, err)
		}
		s.want("judging", s.h.As(s.pieter).Post("/toezicht/noodtoegang/"+gs[0].ID, webtest.Form("verdict", "right", "note", "Duidelijk en goed uitgelegd.")), 303)
		k := s.o.Keeper()
		x, err := k.Export(t.Context(), d, s.vault, "p-selam")
		if err != nil {
			t.Fatal(err)
		}
		b, err := json.Marshal(x)
		if err != nil || !bytes.Contains(b, []byte(goodReason)) || !bytes.Contains(b, []byte("Duidelijk en goed uitgelegd.")) || bytes.Count(b, []byte(`"by":"u-noor"`)) != 1 {
			t.Errorf("%s %v", b, err)
		}
		if err := d.Tx(t.Context(), func(tx *db.Tx) error { return k.Erase(t.Context(), tx, "p-selam") }); err != nil {
			t.Fatal(err)
		}
		if n := s.count(db.F(`SELECT (SELECT COUNT(*) FROM oversight_glass WHERE person = 'p-selam') + (SELECT COUNT(*) FROM oversight_step WHERE person = 'p-selam')`)); n != 0 {
			t.Errorf("%d rows are left", n)
		}
		if n := s.count(db.F(`SELECT COUNT(*) FROM oversight_glass`)); n != 1 {
			t.Errorf("another person's went too: %d", n)
		}
	})
}

func TestTheDemonstration(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		s := setup(t, d)
		var people []DemoFile
		for _, id := range []string{"p-selam", "p-reem", "p-twin"} {
			k, err := s.vault.Key(t.Context(), id)
			if err != nil {
				t.Fatal(err)
			}
			people = append(people, DemoFile{id, k})
		}
		if err := d.Bulk(t.Context(), func(tx *db.Tx) error { return Demo(t.Context(), tx, tx.Now, people) }); err != nil {
			t.Fatal(err)
		}
		s.want("Vandaag", s.h.As(s.pieter).Get("/vandaag"), 200, "[twee keer noodtoegang wacht op je oordeel]", "Te lang gewacht", "Els Bakker")
		s.want("Vandaag of who is asked", s.h.As(s.els).Get("/vandaag"), 200, "[één vraag over noodtoegang wacht op je antwoord]")
		if got := s.h.As(s.noor).Get("/dossier/p-selam"); got.Code != 404 {
			t.Errorf("an emergency of weeks ago still opens the file: %d", got.Code)
		}
		if _, err := audit.Verify(t.Context(), d); err != nil {
			t.Error(err)
		}
	})
}
