package monitor

// This file holds what is said of changes of policy, and of quarters, to account.

import (
	"math"
	"math/rand/v2"
	"net/url"
	"strings"
	"testing"

	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/db/dbtest"
	"reisgezel/internal/kernel/tally"
	"reisgezel/internal/kernel/web/webtest"
)

// steps are weeks with so many signals of one theme on average before a week, and so many from it on.
func steps(r *rand.Rand, weeks, at int, before, after float64) *Book {
	var ws []Week
	for i := range weeks {
		mean := before
		if i >= at {
			mean = after
		}
		w := Week{Week: monday.AddDays(7 * i), Guided: 1000}
		if n := poisson(r, mean); n > 0 {
			w.Cells = []Cell{{"family", "ind", "unknown", "family", "sy", n}}
		}
		ws = append(ws, w)
	}
	return Fold(ws)
}

func TestAnEffectHoldsTheTruthAsOftenAsItSays(t *testing.T) {
	r := rand.New(rand.NewPCG(8, 8))
	s := Series{Theme: "family"}
	const tries = 400
	in, wrong := 0, 0
	for range tries {
		e := steps(r, 52, 26, 12, 9).Effect(s, monday.AddDays(26*7))
		if e.Few || e.Year {
			t.Fatalf("%+v", e)
		}
		if e.Low <= 0.75 && 0.75 <= e.High {
			in++
		}
		if steps(r, 52, 26, 10, 10).Effect(s, monday.AddDays(26*7)).Says() != "neither" {
			wrong++
		}
	}
	if in < tries*92/100 || in > tries*99/100 {
		t.Errorf("the interval holds the truth %d of %d times, and says 95 %%", in, tries)
	}
	if wrong > tries*8/100 {
		t.Errorf("%d of %d times a change is seen where there is none", wrong, tries)
	}
	if e := steps(r, 52, 26, 14, 6).Effect(s, monday.AddDays(26*7)); e.Says() != "fewer" || e.Before.Mean < e.After.Mean || e.Ratio > 0.7 {
		t.Errorf("from fourteen to six: %+v", e)
	}
	if e := steps(r, 52, 26, 6, 14).Effect(s, monday.AddDays(26*7)); e.Says() != "more" {
		t.Errorf("from six to fourteen: %+v", e)
	}
	// What the season does every year is held against it.
	b := steps(r, 130, 130, 12, 0)
	for i := range b.Known {
		if i%52 >= 26 {
			b.counts[s][i] *= 2
		}
	}
	e := b.Effect(s, monday.AddDays(78*7))
	if !e.Year || e.Ratio < 1.5 || e.Says() != "neither" {
		t.Errorf("a season that comes each year: %+v", e)
	}
	for name, e := range map[string]Effect{
		"too few":          steps(r, 52, 26, 0.3, 0.3).Effect(s, monday.AddDays(26*7)),
		"too short":        steps(r, 30, 26, 12, 9).Effect(s, monday.AddDays(26*7)),
		"before all":       steps(r, 52, 26, 12, 9).Effect(s, monday.AddDays(-400)),
		"after all":        steps(r, 52, 26, 12, 9).Effect(s, monday.AddDays(4000)),
		"nothing counted":  Fold(nil).Effect(s, monday),
		"nothing at all":   steps(r, 52, 26, 12, 9).Effect(Series{Theme: "work"}, monday.AddDays(26*7)),
		"none from then":   steps(r, 52, 26, 12, 0).Effect(s, monday.AddDays(26*7)),
		"none until then":  steps(r, 52, 26, 0, 12).Effect(s, monday.AddDays(26*7)),
		"a week of change": steps(r, 27, 26, 12, 9).Effect(s, monday.AddDays(26*7)),
	} {
		if !e.Few || e.Says() != "few" {
			t.Errorf("%s: %+v", name, e)
		}
	}
	for free, want := range map[float64]float64{10: 2.228, 20: 2.086, 50: 2.009, 1000: 1.962} {
		if got := student(free); math.Abs(got-want) > 0.003 {
			t.Errorf("with %v degrees of freedom %v, and in the tables %v", free, got, want)
		}
	}
}

func TestQuartersDoNotOverlap(t *testing.T) {
	q := Quarter{2024, 1}
	for range 20 {
		from, until := q.Weeks()
		if n := from.DaysUntil(until) / 7; n < 12 || n > 14 {
			t.Errorf("%v has %d weeks", q, n)
		}
		if QuarterOf(from) != q || QuarterOf(until) != q.Add(1) || QuarterOf(until.AddDays(-7)) != q {
			t.Errorf("%v is from %s until %s", q, from, until)
		}
		if next, _ := q.Add(1).Weeks(); next != until {
			t.Errorf("after %v comes a gap", q)
		}
		if q.Add(1).Add(-1) != q || !q.Before(q.Add(1)) {
			t.Errorf("around %v", q)
		}
		q = q.Add(1)
	}
}

func TestASplitHidesWhatIsSmall(t *testing.T) {
	lists := lists()
	ws := quiet(40, func(i int) []Cell {
		if i == 16 {
			return []Cell{{"housing", "court", "zeeland", "appeal", "so", 3}, {"housing", "landlord", "gone", "status", "sy", 2}}
		}
		return nil
	})
	b := Fold(ws)
	x, err := b.Split("housing", Quarter{2024, 2}, lists, Inside)
	if err != nil || x.Weeks != 13 || x.Of != 13 || x.All.Kind != tally.Open {
		t.Fatalf("%+v %v", x, err)
	}
	sum, hidden := 0, 0
	for _, p := range x.Parts["place"] {
		switch {
		case p.N.Kind == tally.Hidden:
			hidden++
		case p.N.N < Inside.Least:
			t.Errorf("%s is %d", p.Value, p.N.N)
		}
		if sum += p.N.N; p.Value == "zeeland" && p.N.Kind != tally.Hidden {
			t.Error("three are shown")
		}
	}
	if hidden < 2 || x.All.N-sum < Inside.Least {
		t.Errorf("%d are hidden, and together they are %d", hidden, x.All.N-sum)
	}
	if x, err := b.Split("housing", Quarter{2019, 2}, lists, Inside); err != nil || x.Weeks != 0 || x.All.Kind != tally.Gap {
		t.Errorf("a quarter before the first: %+v %v", x, err)
	}
	b = Fold(append(ws[:15:15], ws[16:]...))
	if x, _ := b.Split("housing", Quarter{2024, 2}, lists, Inside); x.Weeks != 12 || x.Of != 13 {
		t.Errorf("a gap in the quarter: %d of %d", x.Weeks, x.Of)
	}
	if q := lastQuarter(b); q != (Quarter{2024, 3}) {
		t.Errorf("the last whole quarter is %v", q)
	}
	if q := lastQuarter(Fold(ws[:3])); q != (Quarter{2024, 1}) {
		t.Errorf("with three weeks it is %v", q)
	}
}

func marked(more ...string) url.Values {
	f := webtest.Form("dag", "2026-03-02", "titel", "Nieuwe werkinstructie over tolken", "bron", "https://ind.nl/tolk", "uitleg", "Een gehoor wordt gestopt als de tolk de taal niet spreekt.", "themas", "interview")
	for i := 0; i+1 < len(more); i += 2 {
		f.Set(more[i], more[i+1])
	}
	return f
}

func TestTheMonitor(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		n, a := o.As(noor), o.As(amira)
		want(t, "an empty monitor", a.Get("/monitor"), 200, "Er is nog niets geteld")
		want(t, "no changes", a.Get("/monitor/beleid"), 200, "nog geen verandering")
		ws := quiet(118, func(i int) []Cell {
			if i%5 == 0 {
				return []Cell{{"housing", "court", "zeeland", "appeal", "so", 2}}
			}
			return nil
		})
		o.fill(append(ws[:60:60], ws[61:]...))
		o.weekly(t)
		page := a.Get("/monitor?thema=housing&weken=104")
		want(t, "the monitor", page, 200, "Wonen", `role="img"`, "Groningen", "Waar in Nederland", "signalen", "kwartaal 3 van 2026", "Een aantal onder 5", "In dit kwartaal")
		never(t, "who only reads", page, "/monitor/beleid/nieuw")
		if strings.Count(page.Body, `class="num"`) < 3*104 {
			t.Error("the table has fewer weeks than the plot")
		}
		want(t, "a place", a.Get("/monitor?thema=housing&deel=place:utrecht"), 200, "Wonen · Utrecht")
		want(t, "what is small", a.Get("/monitor?thema=housing&deel=place:zeeland"), 200, "Wonen · Zeeland", "minder dan 5")
		for _, q := range []string{"?thema=x&deel=y&weken=z&kwartaal=q", "?deel=place:mars", "?weken=-1", "?kwartaal=9999-4", "?kwartaal=1999-1", "?kwartaal=2026-7"} {
			want(t, q, a.Get("/monitor"+q), 200, "Alle thema’s", "kwartaal 3 van 2026")
		}
		want(t, "an older quarter", a.Get("/monitor?kwartaal=2025-2"), 200, "kwartaal 2 van 2025", "Volgend kwartaal")

		for _, x := range []struct{ field, value, text string }{{"dag", "2026-13-01", "Kies een dag"}, {"dag", "2029-01-01", "Kies een dag"}, {"titel", "", "Schrijf hier iets op"}, {"bron", "http://x", "https://"}, {"uitleg", "", "Schrijf hier iets op"}, {"themas", "mars", "Kies iets"}} {
			want(t, x.field+" "+x.value, n.Post("/monitor/beleid/nieuw", marked(x.field, x.value)), 422, x.text)
		}
		want(t, "all at once", n.Post("/monitor/beleid/nieuw", webtest.Form()), 422, "#f-dag", "#f-titel", "#f-bron", "#f-uitleg")
		if x := a.Post("/monitor/beleid/nieuw", marked()); x.Code != 404 {
			t.Errorf("who may not is answered %d", x.Code)
		}
		to := n.Post("/monitor/beleid/nieuw", marked())
		if to.Code != 303 {
			t.Fatalf("entering answers %d: %.500s", to.Code, to.Body)
		}
		want(t, "the change", n.Get(to.To), 200, "Nieuwe werkinstructie over tolken", "https://ind.nl/tolk", "Gehoor", "95%-interval", "zegt niet dat het erdoor komt", "Noor Visser", `class="pl-level"`)
		want(t, "on the series", a.Get("/monitor?thema=interview"), 200, "Nieuwe werkinstructie over tolken", "Ervoor waren er gemiddeld", "Verandering van beleid")
		never(t, "on another series", a.Get("/monitor?thema=housing"), "Nieuwe werkinstructie")
		at, _, _ := strings.Cut(to.To, "?")
		gone := n.Post(at, webtest.Form())
		if gone.Code != 303 {
			t.Fatalf("taking it away answers %d", gone.Code)
		}
		want(t, "after that", n.Get(gone.To), 200, "Zet de verandering terug")
		if x := a.Get(at); x.Code != 404 {
			t.Errorf("a change that was taken away answers %d", x.Code)
		}
		if x := n.Post(at, webtest.Form("terug", "1")); x.Code != 303 {
			t.Errorf("putting it back answers %d", x.Code)
		}
		want(t, "put back", a.Get(at), 200, "Nieuwe werkinstructie")
		// A day in the future, and one before anything was counted, say nothing.
		for _, day := range []string{"2027-01-04", "2015-01-05"} {
			x := n.Post("/monitor/beleid/nieuw", marked("dag", day))
			want(t, day, n.Get(x.To), 200, "Rond deze dag is nog niets geteld")
		}
	})
}

// TestALevelIsWhatWasCounted holds the level lines to the numbers they stand for.
func TestALevelIsWhatWasCounted(t *testing.T) {
	b := steps(rand.New(rand.NewPCG(1, 2)), 60, 30, 10, 20)
	e := b.Effect(Series{Theme: "family"}, monday.AddDays(30*7))
	n, weeks := b.Sum(Series{Theme: "family"}, e.From, e.At)
	if e.At != 30 || e.From != 4 || e.Until != 56 || math.Abs(e.Before.Mean-float64(n)/float64(weeks)) > 1e-9 {
		t.Errorf("%+v of %d in %d weeks", e, n, weeks)
	}
	// A change in the middle of a week counts from the next week on.
	if e := b.Effect(Series{Theme: "family"}, monday.AddDays(30*7+2)); e.At != 31 {
		t.Errorf("from week %d", e.At)
	}
}
