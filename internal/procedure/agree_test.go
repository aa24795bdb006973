package procedure

import (
	"context"
	"encoding/json"
	"regexp"
	"strings"
	"testing"
	"time"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/web/webtest"
)

func TestAgreedStepsSayWhatIsWrong(t *testing.T) {
	good := AgreeInput{Track: "t", What: "Bellen met de IND", Party: "us", Day: "2026-12-01"}
	for name, c := range map[string]struct {
		change func(*AgreeInput)
		want   string
	}{
		"nothing":                 {func(*AgreeInput) {}, ""},
		"today":                   {func(in *AgreeInput) { in.Day = "24-11-2026" }, ""},
		"a promise of the IND":    {func(in *AgreeInput) { in.Party, in.Promised = "ind", true }, ""},
		"empty":                   {func(in *AgreeInput) { *in = AgreeInput{} }, "what agree_what, party agree_party, day agree_day"},
		"yesterday":               {func(in *AgreeInput) { in.Day = "2026-11-23" }, "day agree_past"},
		"next century":            {func(in *AgreeInput) { in.Day = "2126-11-23" }, "day agree_far"},
		"no day":                  {func(in *AgreeInput) { in.Day = "31-11-2026" }, "day day_bad"},
		"somebody":                {func(in *AgreeInput) { in.Party = "somebody" }, "party agree_party"},
		"a promise of ours":       {func(in *AgreeInput) { in.Promised = true }, "party agree_promised"},
		"a promise of the client": {func(in *AgreeInput) { in.Party, in.Promised = "person", true }, "party agree_promised"},
		"a BSN":                   {func(in *AgreeInput) { in.What = "Bel over 111222333" }, "what bsn"},
		"a whole story":           {func(in *AgreeInput) { in.What = strings.Repeat("x", 301) }, "what agree_long"},
	} {
		in := good
		c.change(&in)
		if _, fs := in.Check(today); at(fs) != c.want {
			t.Errorf("%s: %q, want %q", name, at(fs), c.want)
		}
	}
}

var trackField = regexp.MustCompile(`name="track" value="(tr-[0-9A-Za-z]+)"`)

// idle is the count that a colleague's menu shows.
func (b *bench) idle(name string) int {
	b.t.Helper()
	ts, err := b.p.idle(b.t.Context(), b.actor(name), b.d.Now())
	if err != nil {
		b.t.Fatal(err)
	}
	if n, err := b.p.idleCount(b.t.Context(), b.actor(name), b.d.Now()); err != nil || n != len(ts) {
		b.t.Errorf("%d are counted and %d listed: %v", n, len(ts), err)
	}
	return len(ts)
}

func TestATrackWithoutANextStep(t *testing.T) {
	each(t, func(b *bench) {
		h := b.house()
		marwan := h.As(b.actor("Marwan"))
		b.keep(marwan, "/dossier/p-selam/juridisch/vastleggen/lodged", webtest.Form("sure", "exact", "day", "2026-02-10", "route", "unknown"))
		if n := b.idle("Marwan"); n != 1 {
			b.t.Fatalf("%d tracks without a next step after the decision term passed, want 1", n)
		}
		page := marwan.Get("/dossier/p-selam/juridisch")
		b.mustSay(page, "Er is geen volgende stap.", "Waarop wordt gewacht", "Wacht sinds di 10 feb 2026", "Leg vast: beslistermijn verlengd", "Leg vast: beslistermijn stilgezet", "dagen te laat")
		b.mustSay(marwan.Get("/juridisch/zonder-stap"), "Selam: Asiel", "De IND:", "In één procedure")

		// An agreed step makes it quiet; what it says is sealed; a promise stands beside what is awaited.
		ts, err := tracks(b.t.Context(), b.d, "p-selam")
		if err != nil || len(ts) != 1 {
			b.t.Fatal(ts, err)
		}
		step := "/dossier/p-selam/juridisch/stap"
		m := trackField.FindStringSubmatch(marwan.Get(step + "?track=" + ts[0].ID).Body)
		if m == nil {
			b.t.Fatal("the form names no track")
		}
		bad := marwan.Post(step, webtest.Form("track", m[1], "what", "Antwoord van de IND", "party", "us", "promised", "1", "day", "2026-11-01"))
		if bad.Code != 422 {
			b.t.Errorf("a wrong form answers %d", bad.Code)
		}
		b.mustSay(bad, "Antwoord van de IND", `value="2026-11-01"`, "Deze dag is al geweest", "Alleen een instantie kan een dag toezeggen")
		if a := marwan.Post(step, webtest.Form("track", m[1], "what", "Antwoord van de IND", "party", "ind", "promised", "1", "day", "2026-12-15")); a.Code != 303 {
			b.t.Fatalf("%d %s", a.Code, a.Body)
		}
		if n := b.idle("Marwan"); n != 0 {
			b.t.Errorf("%d tracks without a next step after one was agreed on", n)
		}
		page = marwan.Get("/dossier/p-selam/juridisch")
		b.mustSay(page, "Antwoord van de IND", "Toegezegd voor di 15 dec 2026", "Afgesproken door Marwan")
		b.mustNotSay(page, "Er is geen volgende stap.")
		raw, err := db.One[[]byte](b.t.Context(), b.d, db.F(`SELECT what FROM procedure_agreed`))
		if err != nil || strings.Contains(string(raw), "Antwoord") {
			b.t.Errorf("what was agreed lies open: %q %v", raw, err)
		}

		// Done, undone, done by another: the second one is told.
		id, err := db.One[string](b.t.Context(), b.d, db.F(`SELECT id FROM procedure_agreed`))
		if err != nil {
			b.t.Fatal(err)
		}
		for i, want := range []int{303, 409} {
			if a := marwan.Post(step+"/"+id+"/gedaan", webtest.Form()); a.Code != want {
				b.t.Errorf("pressing done %d times answers %d, want %d", i+1, a.Code, want)
			}
		}
		if n := b.idle("Marwan"); n != 1 {
			b.t.Errorf("%d tracks without a next step after it was done", n)
		}
		b.mustSay(marwan.Get("/dossier/p-selam/juridisch"), "Klaar of vervallen: Marwan")
		if a := marwan.Post(step+"/"+id+"/heropenen", webtest.Form()); a.Code != 303 {
			b.t.Errorf("%d", a.Code)
		}
		if a := marwan.Post(step+"/ag-none/gedaan", webtest.Form()); a.Code != 404 {
			b.t.Errorf("a step that is not there answers %d", a.Code)
		}

		// Its day passes and nothing came.
		b.d.Clock().(*clock.Manual).Advance(30 * 24 * time.Hour)
		if n := b.idle("Marwan"); n != 1 {
			b.t.Errorf("%d tracks without a next step after the agreed day passed", n)
		}

		// Whose it is not does not see it; who leads the team does, once the file is theirs to see.
		for _, name := range []string{"Amira", "Noor", "Ria"} {
			if n := b.idle(name); n != 0 {
				b.t.Errorf("%s counts %d", name, n)
			}
		}
		b.grant("p-selam", "Noor", access.Escalation, access.File)
		if n := b.idle("Noor"); n != 1 {
			b.t.Errorf("the leader of the team counts %d", n)
		}
		if a := h.As(b.actor("Ria")).Get("/juridisch/zonder-stap"); a.Code != 404 {
			b.t.Errorf("the desk gets %d", a.Code)
		}
		if a := h.As(b.actor("Deniz")).Get(step + "?track=" + ts[0].ID); a.Code != 404 {
			b.t.Errorf("a colleague without the file gets %d", a.Code)
		}

		// Everything about her goes with her, and she can have it.
		out, err := export(context.Background(), b.d, b.vault, "p-selam")
		if err != nil {
			b.t.Fatal(err)
		}
		if text, _ := json.Marshal(out); !strings.Contains(string(text), "Antwoord van de IND") {
			b.t.Errorf("the export leaves out what was agreed: %s", text)
		}
		b.tx(func(tx *db.Tx) error { return erase(b.t.Context(), tx, "p-selam") })
		if n, err := db.One[int](b.t.Context(), b.d, db.F(`SELECT COUNT(*) FROM procedure_agreed`)); err != nil || n != 0 {
			b.t.Errorf("%d steps are left, %v", n, err)
		}
	})
}

func TestATermThatWasLengthenedAndStoodStill(t *testing.T) {
	each(t, func(b *bench) {
		h := b.house()
		marwan := h.As(b.actor("Marwan"))
		b.keep(marwan, "/dossier/p-selam/juridisch/vastleggen/lodged", webtest.Form("sure", "exact", "day", "2026-02-10", "route", "unknown"))
		form := marwan.Get("/dossier/p-selam/juridisch/vastleggen/extended")
		b.mustSay(form, "9 maanden", "3 maanden", "15 maanden")
		b.mustNotSay(form, "2 maanden", "6 maanden")
		if a := marwan.Post("/dossier/p-selam/juridisch/vastleggen/extended", webtest.Form("sure", "exact", "day", "2026-07-01", "how", "sent", "extend", "P7M", "stap", "bereken")); a.Code != 422 {
			b.t.Errorf("a length that no rule knows answers %d", a.Code)
		}
		b.keep(marwan, "/dossier/p-selam/juridisch/vastleggen/extended", webtest.Form("sure", "exact", "day", "2026-07-01", "how", "sent", "extend", "P9M"))
		if d := b.rows("p-selam")["decide"]; d.Safe.String() != "2027-05-10" {
			b.t.Errorf("the decision is now expected by %s", d.Safe)
		}
		b.mustSay(marwan.Get("/dossier/p-selam/juridisch"), "Verlengd", "9 maanden", "verwacht voor")
		b.keep(marwan, "/dossier/p-selam/juridisch/vastleggen/paused", webtest.Form("sure", "exact", "day", "2026-11-02", "how", "sent"))
		page := marwan.Get("/dossier/p-selam/juridisch")
		b.mustSay(page, "Staat stil", "Leg vast: beslistermijn loopt weer")
		b.mustNotSay(page, "Leg vast: beslistermijn stilgezet")
		b.keep(marwan, "/dossier/p-selam/juridisch/vastleggen/resumed", webtest.Form("sure", "exact", "day", "2026-11-12"))
		if d := b.rows("p-selam")["decide"]; d.Safe.String() != "2027-05-20" {
			b.t.Errorf("ten days of standing still make it %s", d.Safe)
		}
	})
}

func TestSomebodyMayHaveSeveralProcedures(t *testing.T) {
	each(t, func(b *bench) {
		h := b.house()
		marwan := h.As(b.actor("Marwan"))
		b.keep(marwan, "/dossier/p-selam/juridisch/vastleggen/lodged", webtest.Form("sure", "exact", "day", "2026-02-10", "route", "unknown"))
		begin := marwan.Get("/dossier/p-selam/juridisch/nieuw")
		b.mustSay(begin, "Nederlander worden", "Verblijfsvergunning", "Open dit alleen als Selam er zelf over begint", "zaak=permit")
		b.mustNotSay(begin, "zaak=visa", "zaak=responsibility")
		b.mustSay(marwan.Get("/dossier/p-selam/juridisch/vastleggen?zaak=permit"), "Verblijfsvergunning: wat is er gebeurd?", "Einddatum op de kaart")
		if a := marwan.Get("/dossier/p-selam/juridisch/vastleggen?zaak=visa"); a.Code != 404 {
			b.t.Errorf("a law that only goes along with others begins a procedure: %d", a.Code)
		}
		// The end of a permit lies ahead.
		b.d.Clock().(*clock.Manual).Advance(time.Minute)
		b.keep(marwan, "/dossier/p-selam/juridisch/vastleggen/permit_until", webtest.Form("zaak", "permit", "sure", "exact", "day", "2027-06-30", "route", "asylum"))
		ts, err := tracks(b.t.Context(), b.d, "p-selam")
		if err != nil || len(ts) != 2 || ts[0].Topic != Asylum || ts[1].Topic != "permit" {
			b.t.Fatalf("%+v %v", ts, err)
		}
		if r := b.rows("p-selam")["renew"]; r.Safe.String() != "2027-06-29" {
			b.t.Errorf("renewal by %s", r.Safe)
		}
		page := marwan.Get("/dossier/p-selam/juridisch")
		b.mustSay(page, "Verlenging aanvragen", "Een gat van één dag schaadt het recht op naturalisatie")
		// What is counted back says so, and what an authority must do is named the other way round.
		b.mustSay(page, "1 dag vóór einddatum op de kaart wo 30 jun 2027", "Aanvraag ingediend di 10 feb 2026 + 6 maanden")
		b.mustNotSay(page, "Einddatum op de kaart wo 30 jun 2027 +")
		b.mustSay(marwan.Get("/dossier/p-selam/juridisch/termijn/"+b.rows("p-selam")["decide"].ID), "<th scope=\"col\">Pas te laat na</th><th scope=\"col\">Op zijn vroegst</th>")
		which := marwan.Get("/dossier/p-selam/juridisch/vastleggen")
		b.mustSay(which, "Bij welke procedure hoort het?", ts[0].ID, ts[1].ID)
	})
}

func TestThePersonReadsWhereEachProcedureStands(t *testing.T) {
	each(t, func(b *bench) {
		h := b.house()
		marwan := h.As(b.actor("Marwan"))
		b.keep(marwan, "/dossier/p-selam/juridisch/vastleggen/lodged", webtest.Form("sure", "exact", "day", "2026-02-10", "route", "unknown"))
		b.d.Clock().(*clock.Manual).Advance(time.Minute)
		b.keep(marwan, "/dossier/p-selam/juridisch/vastleggen/decision", webtest.Form("zaak", "objection", "sure", "exact", "day", "2026-11-20", "how", "sent", "outcome", "rejected"))
		ts, err := tracks(b.t.Context(), b.d, "p-selam")
		if err != nil || len(ts) != 2 {
			b.t.Fatal(ts, err)
		}
		if a := marwan.Post("/dossier/p-selam/juridisch/stap", webtest.Form("track", ts[0].ID, "what", "Samen naar de advocaat", "party", "us", "day", "2026-12-01")); a.Code != 303 {
			b.t.Fatal(a.Code)
		}
		b.tx(func(tx *db.Tx) error {
			_, err := access.Give(b.t.Context(), tx, access.Grant{Subject: "p-selam", Holder: "self:p-selam", Why: access.Self, Level: access.File, Since: tx.Now.Add(-time.Minute)})
			return err
		})
		selam := h.As(access.Actor{Kind: access.IsSelf, ID: "p-selam", Holders: []string{"self:p-selam"}})
		// The procedure in which she must act soonest stands first, the other one below it.
		home := selam.Get("/panelen/p-selam")
		b.mustSay(home, "Bezwaar maken", "Mijn andere zaken", `class="rows__t" href="/mijn/zaak/`+ts[0].ID, "/mijn/zaak/"+ts[1].ID)
		b.mustNotSay(home, `class="rows__t" href="/mijn/zaak/`+ts[1].ID)
		asylum := selam.Get("/mijn/zaak/" + ts[0].ID)
		b.mustSay(asylum, "<h1>Asiel</h1>", "Wat kan ik nu doen?", "Nu is de IND aan zet.", "deze dag is voorbij", "Samen naar de advocaat", "Wat kan hierna komen?", "U wacht sinds", "U wacht nu 9 maanden.", "De wet geeft hiervoor 6 maanden.", "Hoe lang het meestal duurt, weten wij niet.")
		b.mustNotSay(asylum, "Bezwaar maken", "Marwan")
		b.tx(func(tx *db.Tx) error {
			_, err := db.Do(b.t.Context(), tx, db.F(`INSERT INTO procedure_usual (regime, step, low, mid, high) VALUES ('VW-OLD', 'preparing', 150, 200, 244)`))
			return err
		})
		known := selam.Get("/mijn/zaak/" + ts[0].ID)
		b.mustSay(known, "De wet geeft hiervoor 6 maanden.", "Meestal duurt deze stap 5 tot 8 maanden.")
		b.mustNotSay(known, "Hoe lang het meestal duurt, weten wij niet.")
		b.mustSay(selam.Get("/mijn/zaak/"+ts[0].ID+"?taal=ar"), "تستغرق هذه المرحلة عادةً من 5 إلى 8 أشهر.")
		selam.Get("/mijn/zaak/" + ts[0].ID + "?taal=nl")
		b.mustSay(selam.Get("/mijn/zaak/"+ts[1].ID+"?taal=fr"), "Une autre décision", "Que puis-je faire maintenant",
			"Ce qui s&#39;est passé", "Décision communiquée", "Rejeté comme infondé")
		b.mustSay(asylum, "Wat is er gebeurd", "Aanvraag ingediend", "di 10 feb 2026")
		b.mustNotSay(asylum, "Beschikking bekendgemaakt")

		b.tx(func(tx *db.Tx) error {
			_, err := access.Give(b.t.Context(), tx, access.Grant{Subject: "p-reem", Holder: "self:p-reem", Why: access.Self, Level: access.File, Since: tx.Now.Add(-time.Minute)})
			return err
		})
		reem := h.As(access.Actor{Kind: access.IsSelf, ID: "p-reem", Holders: []string{"self:p-reem"}})
		if a := reem.Get("/mijn/zaak/" + ts[0].ID); a.Code != 404 {
			b.t.Errorf("another person's procedure answers %d", a.Code)
		}
	})
}

func TestAGapInResidenceIsSaid(t *testing.T) {
	each(t, func(b *bench) {
		h := b.house()
		marwan := h.As(b.actor("Marwan"))
		b.keep(marwan, "/dossier/p-selam/juridisch/vastleggen/permit_until", webtest.Form("zaak", "permit", "sure", "exact", "day", "2026-12-01", "route", "asylum"))
		b.mustNotSay(marwan.Get("/dossier/p-selam/juridisch"), "Misschien een gat in het verblijf")
		b.day(7) // the last day was 30 November
		marwan = h.As(b.actor("Marwan"))
		b.mustSay(marwan.Get("/dossier/p-selam/juridisch"), "Misschien een gat in het verblijf")
		b.keep(marwan, "/dossier/p-selam/juridisch/vastleggen/renewal_applied", webtest.Form("sure", "exact", "day", "2026-11-30", "route", "asylum"))
		b.mustNotSay(marwan.Get("/dossier/p-selam/juridisch"), "Misschien een gat in het verblijf")
	})
}

func TestWhatHasEndedNeedsNoNextStep(t *testing.T) {
	each(t, func(b *bench) {
		h := b.house()
		marwan := h.As(b.actor("Marwan"))
		b.keep(marwan, "/dossier/p-selam/juridisch/vastleggen/ceremony", webtest.Form("zaak", "nationality", "sure", "exact", "day", "2026-11-20"))
		if n := b.idle("Marwan"); n != 0 {
			b.t.Errorf("%d tracks without a next step, and the only one has ended", n)
		}
		b.mustNotSay(marwan.Get("/dossier/p-selam/juridisch"), "Er is geen volgende stap.")
		// Who was given a permit at once has not been to court: the line of stations leaves it out.
		b.d.Clock().(*clock.Manual).Advance(time.Minute)
		b.keep(marwan, "/dossier/p-selam/juridisch/vastleggen/decision", webtest.Form("zaak", "asylum", "sure", "exact", "day", "2026-11-19", "how", "sent", "outcome", "granted", "route", "va", "lodged", "before"))
		page := marwan.Get("/dossier/p-selam/juridisch")
		b.mustSay(page, "<b>Besluit</b>", "Nareis aanvragen")
		b.mustNotSay(page, "<b>Rechter</b>", "<b>Bezwaar</b>")
	})
}
