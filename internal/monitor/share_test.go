package monitor

// This file tests that what was shared outside is what was released, that its figures are those of the page and run nothing, and to what
// a warning and a change of policy belong.

import (
	"context"
	"encoding/csv"
	"net/url"
	"strings"
	"testing"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/db/dbtest"
	"reisgezel/internal/kernel/tally"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
	"reisgezel/internal/kernel/web/webtest"
)

func shared(report string, more ...string) url.Values {
	f := webtest.Form("rapport", report, "wat", "figures", "netwerk", "aida", "dag", clock.Today(dbtest.Start).String(), "wie", "Redactie Nederland", "waarvoor", "Voor het landenrapport.")
	for i := 0; i+1 < len(more); i += 2 {
		f.Set(more[i], more[i+1])
	}
	return f
}

func TestOnlyWhatWasReleasedIsShared(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		n, e, a, guest := o.As(noor), o.As(els), o.As(amira), o.Guest()
		asked := 0
		o.m.lent.Interests = func(_ context.Context, from, until clock.Date, words ...string) ([]Interest, error) {
			asked++
			if !strings.Contains(strings.Join(words, "\n"), "COA") {
				return []Interest{}, nil
			}
			return []Interest{{"COA: wij werken voor geld in opdracht.", "COA: we are paid for work under a contract.", "Besloten door de directie."}}, nil
		}
		o.fill(quiet(118, func(i int) []Cell {
			if i%9 == 0 {
				return []Cell{{"housing", "court", "zeeland", "appeal", "so", 2}}
			}
			return nil
		}))
		o.weekly(t)
		want(t, "nothing to share", n.Get("/monitor/gedeeld"), 200, "nog niets gedeeld")
		never(t, "nothing to share", n.Get("/monitor/gedeeld"), "/monitor/gedeeld/nieuw")
		write := n.Post("/monitor/rapporten", webtest.Form("kwartaal", "2026-3")).To
		at := strings.TrimSuffix(write, "/schrijven")
		draft := one[string](t, d, db.F(`SELECT id FROM monitor_report`))
		want(t, "a draft", n.Post("/monitor/gedeeld/nieuw", shared(draft)), 422, "Kies iets")
		words := webtest.Form("versie", "1", "intro-nl", "Het COA bouwt.", "numbers-nl", "Cijfers.", "done-nl", "Gedaan.", "next-nl", "Gevraagd.")
		if x := n.Post(write, words); x.Code != 303 {
			t.Fatalf("saving answers %d: %.300s", x.Code, x.Body)
		}
		want(t, "the draft", n.Get(at), 200, "COA: wij werken voor geld in opdracht.", "nog niet in het Engels")
		if x := guest.Get("/signaalrapport/2026-3/1/cijfers"); x.Code != 404 {
			t.Errorf("the figures of a draft: %d", x.Code)
		}
		if x := e.Post(at+"/vrijgeven", webtest.Form("versie", "2")); x.Code != 303 {
			t.Fatalf("releasing answers %d", x.Code)
		}
		want(t, "everybody", guest.Get("/signaalrapport/2026-3/1?taal=en"), 200, "COA: we are paid for work under a contract.", "Besloten door de directie.", "It is in Dutch", "/signaalrapport/2026-3/1/cijfers")
		never(t, "in Dutch nothing is borrowed", o.Guest().Get("/signaalrapport/2026-3/1?taal=nl"), "nog niet in uw taal", "nog niet in het Engels")

		// The figures are those of the page: what is hidden there has no number, and no cell is a formula.
		sheet := guest.Get("/signaalrapport/2026-3/1/cijfers?taal=nl")
		if sheet.Code != 200 || !strings.Contains(sheet.Header.Get("Content-Disposition"), "signaalrapport-2026-3-1.csv") {
			t.Fatalf("%d %v", sheet.Code, sheet.Header)
		}
		r := csv.NewReader(strings.NewReader(strings.TrimPrefix(sheet.Body, "\ufeff")))
		r.Comma = ';'
		rows, err := r.ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		report, err := o.m.report(t.Context(), d, draft)
		if err != nil {
			t.Fatal(err)
		}
		f, hidden, textIn := report.Said.Figures, 0, dutch(t)
		for _, dim := range tableDims {
			for _, x := range f.of(dim) {
				found := false
				for _, row := range rows {
					if row[2] == textIn("knelpunt."+dim) && row[3] == textIn("knelpunt."+dim+"."+x.Value) {
						found = true
						if (row[4] != "") != (x.N.Kind == tally.Open) {
							t.Errorf("%v: shown %v", row, x.N)
						}
						if x.N.Kind == tally.Hidden {
							hidden++
						}
					}
				}
				if !found {
					t.Errorf("%s %s is not in the file", dim, x.Value)
				}
			}
		}
		if hidden < 20 {
			t.Errorf("only %d numbers are hidden: the search is broken", hidden)
		}
		for _, row := range rows[1:] {
			if row[4] != "" && (strings.HasSuffix(row[4], "1") || len(row[4]) > 6) {
				t.Errorf("a raw number: %v", row)
			}
			for _, c := range row {
				if c != "" && strings.ContainsAny(c[:1], "=+-@") {
					t.Errorf("a formula: %q", c)
				}
			}
		}

		for f, bad := range map[string]string{"wat": "names", "netwerk": "x", "dag": "2026-12-31", "wie": "", "waarvoor": "BSN 111222333"} {
			if x := n.Post("/monitor/gedeeld/nieuw", shared(draft, f, bad)); x.Code != 422 {
				t.Errorf("%s %q answers %d", f, bad, x.Code)
			}
		}
		want(t, "before it was released", n.Post("/monitor/gedeeld/nieuw", shared(draft, "dag", "2026-10-01")), 422, "nog niet vrijgegeven")
		if x := a.Post("/monitor/gedeeld/nieuw", shared(draft)); x.Code != 404 {
			t.Errorf("who only reads shares: %d", x.Code)
		}
		x := n.Post("/monitor/gedeeld/nieuw", shared(draft))
		if x.Code != 303 {
			t.Fatalf("%d %.500s", x.Code, x.Body)
		}
		to, _, _ := strings.Cut(x.To, "?")
		want(t, "the list", a.Get("/monitor/gedeeld"), 200, "AIDA", "Redactie Nederland", "Nog geen antwoord", to)
		want(t, "at the report", a.Get(at), 200, to)
		want(t, "it", a.Get(to), 200, "Voor het landenrapport.", "/signaalrapport/2026-3/1/cijfers")
		want(t, "an answer before it", n.Post(to, webtest.Form("versie", "1", "dag", "2026-01-01", "antwoord", "Dank.")), 422, "Kies een dag na het delen")
		if x := n.Post(to, webtest.Form("versie", "1", "dag", clock.Today(dbtest.Start).String(), "antwoord", "Het staat in het landenrapport.")); x.Code != 303 {
			t.Errorf("an answer: %d", x.Code)
		}
		want(t, "answered", a.Get(to), 200, "Het staat in het landenrapport.")
		if x := n.Post(to+"/weg", webtest.Form()); x.Code != 303 {
			t.Errorf("taking it away: %d", x.Code)
		}
		never(t, "the list after it", a.Get("/monitor/gedeeld"), "Redactie Nederland")
	})
}

func TestAWarningIsTakenUpInWhatBeginsWithIt(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		o.fill(quiet(118, tolkRise(118)))
		o.weekly(t)
		id := one[string](t, d, db.F(`SELECT id FROM monitor_warning WHERE theme = 'interview'`))
		n := o.As(noor)
		want(t, "the way", n.Get("/waarschuwingen/"+id), 200, "waarschuwing="+id)
		begin := func(who access.Actor, warning, bottleneck string) {
			t.Helper()
			if err := d.Tx(t.Context(), func(tx *db.Tx) error { return o.m.Begun(t.Context(), tx, who, warning, bottleneck) }); err != nil {
				t.Fatal(err)
			}
		}
		begin(noor, "mw-none", "kp-1")
		begin(amira, id, "kp-1")
		if b := one[string](t, d, db.F(`SELECT bottleneck FROM monitor_warning WHERE id = ?`, id)); b != "" {
			t.Errorf("who does not judge took it up in %s", b)
		}
		begin(noor, id, "kp-1")
		begin(noor, id, "kp-2")
		if b := one[string](t, d, db.F(`SELECT bottleneck FROM monitor_warning WHERE id = ?`, id)); b != "kp-1" {
			t.Errorf("it is taken up in %q", b)
		}
		want(t, "from the warning", o.As(amira).Get("/waarschuwingen/"+id), 200, "/knelpunten/kp-1", "Waarom een tolk in de verkeerde taal?")
		want(t, "from the bottleneck", o.As(amira).Get("/naast/kp-1"), 200, "/waarschuwingen/"+id)
		never(t, "from another", o.As(amira).Get("/naast/kp-2"), id)
	})
}

func TestAChangeOfPolicyBelongsSomewhere(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		// A dossier of a few: Noor knows of it, and Els does not.
		o.m.lent.Belongs = map[string]Belongs{OfDossier: {
			Choices: func(v *web.Visit) ([]ui.Option, error) {
				out := []ui.Option{{Value: "ad-open", Label: "Een open eis"}}
				if v.Actor.ID == "u-noor" {
					out = append(out, ui.Option{Value: "ad-few", Label: "Een geheime eis"})
				}
				return out, nil
			},
			Rows: func(v *web.Visit, ids []string) (out []ui.RowP, err error) {
				for _, id := range ids {
					if id == "ad-open" || v.Actor.ID == "u-noor" {
						out = append(out, ui.RowP{Href: "/belangen/" + id, Title: map[string]string{"ad-open": "Een open eis", "ad-few": "Een geheime eis"}[id]})
					}
				}
				return out, nil
			}}}
		o.fill(quiet(118, func(int) []Cell { return nil }))
		o.weekly(t)
		n, e, a := o.As(noor), o.As(els), o.As(amira)
		x := n.Post("/monitor/beleid/nieuw", webtest.Form("dag", lastWeek.AddDays(-70).String(), "titel", "Nieuwe werkinstructie", "bron", "https://ind.nl", "uitleg", "Uitleg."))
		if x.Code != 303 {
			t.Fatalf("%d %.300s", x.Code, x.Body)
		}
		at, _, _ := strings.Cut(x.To, "?")
		for who, v := range map[string]*webtest.Visitor{"who may not know of it": e} {
			want(t, who, v.Post(at+"/bij", webtest.Form("soort", "dossier", "wat-dossier", "ad-few")), 422, "Kies iets")
		}
		if x := a.Post(at+"/bij", webtest.Form("soort", "dossier", "wat-dossier", "ad-open")); x.Code != 404 {
			t.Errorf("who only reads adds it: %d", x.Code)
		}
		for _, to := range []string{"ad-open", "ad-few"} {
			if x := n.Post(at+"/bij", webtest.Form("soort", "dossier", "wat-dossier", to)); x.Code != 303 {
				t.Fatalf("%s: %d", to, x.Code)
			}
		}
		want(t, "to who knows both", n.Get(at), 200, "/belangen/ad-open", "/belangen/ad-few")
		for what, path := range map[string]string{"its page": at, "the series": "/monitor"} {
			want(t, what, e.Get(path), 200, "/belangen/ad-open")
			never(t, what, e.Get(path), "ad-few", "geheime")
		}
		if x := e.Post(at+"/los", webtest.Form("soort", "dossier", "wat", "ad-few")); x.Code != 404 {
			t.Errorf("who may not know of it takes it off: %d", x.Code)
		}
		if x := n.Post(at+"/bij", webtest.Form("soort", "zaak", "wat-zaak", "x")); x.Code != 404 {
			t.Errorf("a kind that is none: %d", x.Code)
		}
		want(t, "from the dossier", a.Get("/beleid/ad-open"), 200, at)
		if x := n.Post(at+"/los", webtest.Form("soort", "dossier", "wat", "ad-open")); x.Code != 303 {
			t.Errorf("taking it off: %d", x.Code)
		}
		never(t, "from the dossier after it", a.Get("/beleid/ad-open"), at)
		for _, object := range mustMany[string](t, d, db.F(`SELECT object FROM audit_entry WHERE event = 'monitor.event.policy_linked'`)) {
			if strings.Contains(object, "ad-") {
				t.Errorf("the log names a dossier: %s", object)
			}
		}
	})
}
