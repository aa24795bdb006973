package monitor

// This file walks the way of a report: begun, written, released by another, read by everybody, corrected; and what must not be possible.

import (
	"bytes"
	"context"
	"strings"
	"testing"
	"time"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/db/dbtest"
	"reisgezel/internal/kernel/tally"
	"reisgezel/internal/kernel/web/webtest"
)

func TestAReportIsWrittenByOneAndReleasedByAnother(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		o.m.lent.Told = func(_ context.Context, from, until clock.Date) ([]Done, error) {
			if from != clock.On(2026, time.July, 1) || until != clock.On(2026, time.October, 1) {
				t.Errorf("told from %s until %s", from, until)
			}
			return []Done{{Question: "Waarom een tolk in de verkeerde taal?", Told: []string{"Wij spraken met de IND."}}}, nil
		}
		n, e, a, guest := o.As(noor), o.As(els), o.As(amira), o.Guest()
		want(t, "no reports", a.Get("/monitor/rapporten"), 200, "nog geen rapport")
		want(t, "none for everybody", guest.Get("/signaalrapport"), 200, "nog geen rapport")
		o.fill(quiet(118, func(i int) []Cell {
			if i%9 == 0 {
				return []Cell{{"housing", "court", "zeeland", "appeal", "so", 2}}
			}
			return nil
		}))
		o.weekly(t)
		want(t, "a quarter to begin", n.Get("/monitor/rapporten"), 200, `value="2026-3"`)
		for _, q := range []string{"2026-4", "2026-9", "x", "2019-1"} {
			if x := n.Post("/monitor/rapporten", webtest.Form("kwartaal", q)); x.Code < 400 {
				t.Errorf("a report of %s: %d", q, x.Code)
			}
		}
		x := n.Post("/monitor/rapporten", webtest.Form("kwartaal", "2026-3"))
		if x.Code != 303 {
			t.Fatalf("beginning answers %d: %.300s", x.Code, x.Body)
		}
		if x := e.Post("/monitor/rapporten", webtest.Form("kwartaal", "2026-3")); x.Code != 409 {
			t.Errorf("a second report of the quarter: %d", x.Code)
		}
		write := x.To
		at := strings.TrimSuffix(write, "/schrijven")
		public := "/signaalrapport/2026-3/1"
		want(t, "the form", n.Get(write), 200, "data-draft", "intro-nl")
		want(t, "too long", n.Post(write, webtest.Form("versie", "1", "intro-nl", strings.Repeat("a", 6001))), 422, "6001 tekens")
		want(t, "kept while typing", n.Post(at+"/concept", webtest.Form("versie", "1", "intro-nl", "Half getypt")), 200, "Bewaard als concept")
		want(t, "comes back", n.Get(write), 200, "Half getypt", "nog niet opsloeg")
		never(t, "and to nobody else", e.Get(write), "Half getypt")
		never(t, "and is no part of the report", e.Get(at), "Half getypt")
		words := webtest.Form("versie", "1", "intro-nl", "De tolken.", "intro-en", "The interpreters.", "numbers-nl", "Cijfers.", "done-nl", "Gedaan.", "next-nl", "Gevraagd.")
		if x := n.Post(write, words); x.Code != 303 {
			t.Fatalf("saving answers %d: %.300s", x.Code, x.Body)
		}
		if x := n.Post(write, words); x.Code != 409 {
			t.Errorf("saving what somebody else changed: %d", x.Code)
		}
		never(t, "after saving", n.Get(write), "Half getypt")
		if x := guest.Get(public); x.Code != 404 {
			t.Errorf("a draft is read by everybody: %d", x.Code)
		}
		if x := n.Post(at+"/vrijgeven", webtest.Form("versie", "2")); x.Code != 409 {
			t.Errorf("who wrote releases: %d", x.Code)
		}
		if x := e.Post(at+"/vrijgeven", webtest.Form("versie", "1")); x.Code != 409 {
			t.Errorf("released as it was before: %d", x.Code)
		}
		if x := a.Post(at+"/vrijgeven", webtest.Form("versie", "2")); x.Code != 404 {
			t.Errorf("who may not releases: %d", x.Code)
		}
		if x := e.Post(at+"/vrijgeven", webtest.Form("versie", "2")); x.Code != 303 {
			t.Fatalf("releasing answers %d: %.300s", x.Code, x.Body)
		}
		page := guest.Get(public)
		want(t, "everybody", page, 200, "De tolken.", "Waarom een tolk in de verkeerde taal?", "Wij spraken met de IND.", "Signaalrapport kwartaal 3 van 2026", "Een aantal onder 10", `role="img"`)
		never(t, "everybody", page, "Zeeland", "Noor", "Els", "u-noor")
		want(t, "in English", o.Guest().Get(public+"?taal=en"), 200, "The interpreters.", "Signal report quarter 3 of 2026", `lang="nl"`)
		want(t, "the list", guest.Get("/signaalrapport"), 200, public)
		paper := guest.Get(public + "/pdf")
		if paper.Code != 200 || !strings.HasPrefix(paper.Body, "%PDF-1.7") || !bytes.Contains([]byte(paper.Body), []byte("/S/Figure")) || !strings.Contains(paper.Header.Get("Content-Disposition"), "signaalrapport-2026-3-1.pdf") {
			t.Errorf("the paper: %d %.80s", paper.Code, paper.Body)
		}
		// What was released does not change; a correction is another version, which says why.
		if x := n.Post(write, words); x.Code != 409 {
			t.Errorf("a released report was written in: %d", x.Code)
		}
		c := n.Post(at+"/verbeteren", webtest.Form())
		if c.Code != 303 {
			t.Fatalf("correcting answers %d", c.Code)
		}
		two := strings.TrimSuffix(c.To, "/schrijven")
		if x := e.Post(two+"/vrijgeven", webtest.Form("versie", "1")); x.Code != 409 {
			t.Errorf("a correction that does not say what it changed: %d", x.Code)
		}
		words.Set("intro-nl", "De tolken, verbeterd.")
		words.Set("waarom-nl", "Een verkeerde naam van een instantie.")
		if x := n.Post(c.To, words); x.Code != 303 {
			t.Fatalf("writing the correction: %d %.300s", x.Code, x.Body)
		}
		if x := e.Post(two+"/vrijgeven", webtest.Form("versie", "2")); x.Code != 303 {
			t.Fatalf("releasing the correction: %d", x.Code)
		}
		want(t, "the old version", guest.Get(public), 200, "De tolken.", "Dit is een oude versie")
		never(t, "the old version", guest.Get(public), "verbeterd")
		want(t, "the new one", guest.Get("/signaalrapport/2026-3/2"), 200, "De tolken, verbeterd.", "Een verkeerde naam", public)
	})
}

func TestTheNumbersOfAReportHideWhatIsSmall(t *testing.T) {
	f, err := Fold(quiet(40, func(i int) []Cell {
		if i == 16 {
			return []Cell{{"housing", "court", "zeeland", "appeal", "so", 3}}
		}
		return nil
	})).Figures(Quarter{2024, 2}, lists(), Outside)
	if err != nil || f.All.Kind != tally.Open || len(f.ByWeek) != 13 || f.Weeks != 13 {
		t.Fatalf("%+v %v", f, err)
	}
	for dim, ps := range f.Parts {
		for _, p := range ps {
			if p.N.Kind == tally.Open && (p.N.N < Outside.Least || p.N.N%Outside.Base != 0) {
				t.Errorf("%s %s is %d", dim, p.Value, p.N.N)
			}
		}
	}
	if q, ok := ReadQuarter("2026-3"); !ok || q != (Quarter{2026, 3}) || !q.Over(clock.On(2026, 10, 5)) || q.Over(clock.On(2026, 9, 28)) {
		t.Errorf("%v %v", q, ok)
	}
	for _, bad := range []string{"", "2026", "2026-0", "2026-5", "02026-1", "2026-01", "1-1", "a-b", "2026-1-1"} {
		if _, ok := ReadQuarter(bad); ok {
			t.Errorf("%q is a quarter", bad)
		}
	}
}
