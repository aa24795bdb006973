package monitor

// This file walks the way of a report: begun, written, released by another, read by everybody, corrected; and what must not be possible.

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"slices"
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
		want(t, "the link of the English page", o.Guest().Get(public+"?taal=en"), 200, public+"/pdf?taal=en")
		english := o.Guest().Get(public + "/pdf?taal=en")
		if name := english.Header.Get("Content-Disposition"); !strings.Contains(name, "signaalrapport-2026-3-1-en.pdf") {
			t.Errorf("the English paper is called %s", name)
		}
		onPaper(t, paper.Body, []string{"De tolken.", "Gevraagd.", "Waarom een tolk in de verkeerde taal?", "Signal report quarter 3 of 2026"}, []string{"The interpreters.", "not there in your language"})
		onPaper(t, english.Body, []string{"The interpreters.", "Signaalrapport kwartaal 3 van 2026", "not there in your language yet", "Gevraagd.", "The numbers"}, []string{"De tolken.", "Een aantal onder"})
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
		if x := one[int](t, d, db.F(`SELECT COUNT(*) FROM monitor_report WHERE state = 'released'`)); x != 2 {
			t.Fatalf("%d editions", x)
		}
		first, second := o.figuresOf(t, "2026-3", 1), o.figuresOf(t, "2026-3", 2)
		if first.Done = second.Done; !reflect.DeepEqual(first, second) {
			t.Error("a correction of the same weeks has other numbers")
		}
		want(t, "the old version", guest.Get(public), 200, "De tolken.", "Dit is een oude versie")
		never(t, "the old version", guest.Get(public), "verbeterd")
		want(t, "the new one", guest.Get("/signaalrapport/2026-3/2"), 200, "De tolken, verbeterd.", "Een verkeerde naam", public)
	})
}

// onPaper reads what stands on a paper.
func onPaper(t *testing.T, body string, has, never []string) {
	t.Helper()
	tool, err := exec.LookPath("pdftotext")
	if err != nil {
		t.Log("pdftotext is not here: what stands on the paper was not read")
		return
	}
	name := filepath.Join(t.TempDir(), "paper.pdf")
	if err := os.WriteFile(name, []byte(body), 0o600); err != nil {
		t.Fatal(err)
	}
	text, err := exec.Command(tool, "-layout", name, "-").CombinedOutput()
	if err != nil {
		t.Fatal(err)
	}
	said := strings.Join(strings.Fields(string(text)), " ")
	for _, x := range has {
		if !strings.Contains(said, x) {
			t.Errorf("%q is not on the paper: %s", x, said)
		}
	}
	for _, x := range never {
		if strings.Contains(said, x) {
			t.Errorf("%q is on the paper", x)
		}
	}
}

// figuresOf are the numbers of an edition, as it is kept.
func (o *office) figuresOf(t *testing.T, quarter string, version int) Figures {
	t.Helper()
	rs, err := o.m.reports(t.Context(), o.d, db.F(`quarter = ? AND version = ?`, quarter, version))
	if err != nil || len(rs) != 1 {
		t.Fatal(len(rs), err)
	}
	return rs[0].Said.Figures
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

// TestTwoEditionsDoNotTellTogether plants the attack: of a quarter two editions are released, and between them a week was counted that the
// first did not have, or a list changed. Whoever subtracts may learn no small number.
func TestTwoEditionsDoNotTellTogether(t *testing.T) {
	q := Quarter{2024, 2}
	ws := quiet(40, func(i int) []Cell {
		switch i {
		case 16: // three at a court in Zeeland, in the week that is counted late
			return []Cell{{"housing", "court", "zeeland", "appeal", "so", 3}}
		case 15, 18:
			return []Cell{{"housing", "court", "zeeland", "appeal", "so", 60}}
		}
		return nil
	})
	late := slices.DeleteFunc(slices.Clone(ws), func(w Week) bool { return w.Week == monday.AddDays(7*16) })
	of := func(b *Book, choices map[string][]string, earlier ...Figures) Figures {
		t.Helper()
		f, err := b.Figures(q, choices, Outside, earlier...)
		if err != nil {
			t.Fatal(err)
		}
		return f
	}
	at := func(f Figures, dim, value string) tally.Shown {
		for _, p := range f.of(dim) {
			if p.Value == value {
				return p.N
			}
		}
		return tally.Shown{}
	}
	first := of(Fold(late), lists())
	all := Fold(slices.Clone(ws))
	open := func(f Figures) bool { return at(f, "place", "zeeland").Kind == tally.Open }
	if naive := of(all, lists()); !open(first) || !open(naive) || first.Weeks != 12 {
		t.Fatalf("the attack is not planted: %v %v of %d weeks", at(first, "place", "zeeland"), at(naive, "place", "zeeland"), first.Weeks)
	}
	second := of(all, lists(), first)
	for dim, value := range map[string]string{"place": "zeeland", "institution": "court", "phase": "appeal", "group": "so"} {
		if at(second, dim, value).Kind == tally.Open {
			t.Errorf("%s %s is %v in the first edition and %v in the second: the difference is 3", dim, value, at(first, dim, value), at(second, dim, value))
		}
	}
	// Nor does it follow from the others: one of them is hidden beside it, or the total.
	for _, dim := range tableDims {
		hid := 0
		for _, p := range second.of(dim) {
			n, _ := all.Sum(table{}.series(dim, p.Value), 13, 26)
			if p.N.Kind == tally.Hidden && n >= Outside.Least {
				hid++
			}
		}
		if dim != "theme" && hid < 2 && second.All.Kind == tally.Open {
			t.Errorf("in %s %d numbers are hidden that are large", dim, hid)
		}
	}
	if again := of(all, lists(), first, second); !reflect.DeepEqual(again, second) {
		t.Error("a third edition of the same weeks has other numbers than the second")
	}
	if same := of(Fold(slices.Clone(late)), lists(), first); !reflect.DeepEqual(same, first) {
		t.Error("a second edition of the same weeks has other numbers than the first")
	}

	// A list changed: what was hidden beside a small number stays hidden, also when another would do now.
	hidden := map[string]bool{}
	for _, p := range first.Themes {
		hidden[p.Value] = p.N.Kind == tally.Hidden
	}
	fewer := lists()
	fewer["place"] = slices.DeleteFunc(slices.Clone(fewer["place"]), func(s string) bool { return s == "friesland" })
	b := Fold(slices.Clone(late))
	changed := of(b, fewer, first)
	if len(changed.of("place")) != len(first.of("place"))-1 {
		t.Errorf("%d places, there were %d", len(changed.of("place")), len(first.of("place")))
	}
	for _, dim := range tableDims {
		for _, p := range changed.of(dim) {
			if was := at(first, dim, p.Value); was.Kind != p.N.Kind {
				t.Errorf("%s %s was %v and is %v", dim, p.Value, was, p.N)
			}
		}
	}
}
