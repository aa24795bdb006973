package app

// This file tries the seam between a talk about return and the procedure of return where both are real.

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
)

func TestWhoeverStopsStandsStillInTheProcedureOfReturn(t *testing.T) {
	h, base := demoHouse(t, Settings{People: 20})
	type talk struct{ ID, Person, OpenedBy string }
	tk, err := db.One[talk](t.Context(), h.DB, db.F(`SELECT id, person, opened_by FROM counsel_talk`))
	if err != nil {
		t.Fatal(err)
	}
	helper := browser(t, h, base, tk.OpenedBy)
	post := func(path string, form url.Values) {
		t.Helper()
		if code, body, _ := ask(t, helper, base, http.MethodPost, path, form); code != http.StatusSeeOther {
			t.Fatalf("%s: %d %s", path, code, body)
		}
	}
	law := "/dossier/" + tk.Person + "/juridisch"
	type event struct{ Kind, Outcome string }
	events := func() string {
		es, err := db.Many[event](t.Context(), h.DB, db.F(`SELECT e.kind, e.outcome FROM procedure_event e JOIN procedure_track t ON t.id = e.track WHERE e.person = ? AND t.topic = 'return' ORDER BY e.at, e.id`, tk.Person))
		if err != nil {
			t.Fatal(err)
		}
		var out []string
		for _, e := range es {
			out = append(out, strings.TrimSuffix(e.Kind+"/"+e.Outcome, "/"))
		}
		return strings.Join(out, " ")
	}
	open := func() int {
		n, err := db.One[int](t.Context(), h.DB, db.F(`SELECT COUNT(*) FROM procedure_deadline WHERE person = ? AND term LIKE 'follow_%' AND state = 'open'`, tk.Person))
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	before := events()
	// He left yesterday: we promised to ask how it goes after 1, 3, 6 and 12 months.
	track, err := db.One[string](t.Context(), h.DB, db.F(`SELECT id FROM procedure_track WHERE person = ? AND topic = 'return'`, tk.Person))
	if err != nil {
		t.Fatal(err)
	}
	form := url.Values{"track": {track}, "sure": {"exact"}, "day": {clock.Today(h.DB.Now()).AddDays(-1).String()}, "stap": {"bereken"}}
	_, body, _ := ask(t, helper, base, http.MethodPost, law+"/vastleggen/departed", form)
	_, seen, _ := strings.Cut(body, `name="seen" value="`)
	seen, _, _ = strings.Cut(seen, `"`)
	form.Set("stap", "vastleggen")
	form.Set("seen", seen)
	post(law+"/vastleggen/departed", form)
	if n := open(); n != 4 {
		t.Fatalf("%d terms of asking how it goes", n)
	}
	post("/dossier/"+tk.Person+"/terugkeer/"+tk.ID+"/keuze", url.Values{"keuze": {"stop"}})
	if got := events(); got != before+" departed return_stopped" {
		t.Errorf("the procedure has %s", got)
	}
	if n := open(); n != 0 {
		t.Errorf("after the stop %d terms run", n)
	}
	if _, body, _ := ask(t, helper, base, http.MethodGet, law, nil); !strings.Contains(body, "Gekozen om te stoppen met terugkeer") {
		t.Error("the procedure does not say that he stopped")
	}
}
