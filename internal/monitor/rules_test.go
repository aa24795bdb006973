package monitor

// This file holds the rules to account: how weeks become series, what is found in them, and what is not.

import (
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/tally"
)

var monday = clock.On(2024, time.January, 1)

// quiet are weeks in which nothing happens but chance; more adds to some of them.
func quiet(weeks int, more func(i int) []Cell) []Week {
	r := rand.New(rand.NewPCG(4, 4))
	places := []string{"groningen", "friesland", "drenthe", "overijssel", "utrecht", "gelderland", "zuidholland", "limburg"}
	var out []Week
	for i := range weeks {
		w := Week{Week: monday.AddDays(7 * i), Guided: 1000, Heard: 10}
		for range poisson(r, 16) {
			w.Cells = append(w.Cells, Cell{"housing", "municipality", places[r.IntN(len(places))], "status", "sy", 1})
		}
		for range poisson(r, 10) {
			w.Cells = append(w.Cells, Cell{"interview", "ind", places[r.IntN(len(places))], "asylum", "er", 1})
		}
		if more != nil {
			w.Cells = append(w.Cells, more(i)...)
		}
		out = append(out, w)
	}
	return out
}

func TestCellsComeBackAsTheyWere(t *testing.T) {
	in := []Cell{{"housing", "coa", "utrecht", "status", "sy", 3}, {"family", "ind", "unknown", "family", "er", 12}}
	got, err := readCells(writeCells(in))
	if err != nil || len(got) != 2 || got[0] != in[1] || got[1] != in[0] {
		t.Errorf("%v %v", got, err)
	}
	for _, bad := range []string{"a b c d e\n", "a b c d e x\n", "a b c d e 0\n", "a b c d e -1\n"} {
		if _, err := readCells(bad); err == nil {
			t.Errorf("%q was read", bad)
		}
	}
}

func TestAWeekThatWasNotCountedIsAGap(t *testing.T) {
	ws := quiet(6, nil)
	ws[4].Guided = -1
	b := Fold([]Week{ws[5], ws[0], ws[4], ws[2]}) // out of order, without the weeks 1 and 3
	if b.Len() != 6 || b.First != monday {
		t.Fatalf("%d weeks from %s", b.Len(), b.First)
	}
	for i, known := range []bool{true, false, true, false, true, true} {
		n, ok := b.Count(Series{Theme: "housing"}, i)
		if ok != known || !known && n != 0 {
			t.Errorf("week %d: %d, counted %v", i, n, ok)
		}
		if math.IsNaN(b.Warn(Series{Theme: "housing"}).Count[i]) == known {
			t.Errorf("week %d is not a gap for the methods", i)
		}
	}
	if n, ok := b.Count(Series{Theme: "health"}, 0); n != 0 || !ok {
		t.Errorf("a theme without signals in a week that was counted: %d %v", n, ok)
	}
	if !math.IsNaN(b.Guided[4]) || !math.IsNaN(b.Guided[1]) || b.Guided[0] != 1000 {
		t.Errorf("guided %v", b.Guided)
	}
	ps := b.Curve(Series{Theme: "housing"}, 0, 6, Inside)
	if ps[1].Count.Kind != tally.Gap || ps[1].Guided.Kind != tally.Gap || ps[0].Count.Kind != tally.Open || ps[4].Guided.Kind != tally.Gap {
		t.Errorf("what a page shows: %v", ps)
	}
	if k := b.Index(monday.AddDays(-7)); k != -1 {
		t.Errorf("a week before the first is week %d", k)
	}
	if b := Fold(nil); b.Len() != 0 {
		t.Error("no weeks are some")
	}
}

func TestARealRiseIsFound(t *testing.T) {
	const weeks = 118
	rise := func(i int) []Cell {
		if i < weeks-3 {
			return nil
		}
		return []Cell{{"interview", "ind", "groningen", "asylum", "er", 9}, {"interview", "ind", "drenthe", "asylum", "er", 6}}
	}
	b := Fold(quiet(weeks, rise))
	found, judged := b.Judge(weeks-1, Inside.Least)
	by := ByTheme(found)
	if len(by["interview"]) == 0 || judged < 10 {
		t.Fatalf("of %d series: %v", judged, found)
	}
	for _, f := range by["interview"] {
		if f.N <= int(f.Upper) || f.Expected >= f.Upper || f.Params == "" || f.Week != b.At(weeks-1) {
			t.Errorf("%+v", f)
		}
	}
	if _, all := by[""]; all {
		t.Error("all themes together warn of what one theme explains")
	}
	cs, scanned, err := b.Scan("interview", weeks-1, Inside.Least)
	if err != nil || !scanned || len(cs) != 1 || cs[0].Value != "drenthe groningen" || cs[0].Span != 3 {
		t.Errorf("the scan: %v %v %v", cs, scanned, err)
	}
	again, _, _ := b.Scan("interview", weeks-1, Inside.Least)
	if len(again) != len(cs) || again[0] != cs[0] {
		t.Error("the scan says something else the second time")
	}
	// Where nothing happens nothing is found, but for chance: one in two hundred.
	b, alarms, looked := Fold(quiet(weeks, nil)), 0, 0
	for k := weeks - 20; k < weeks; k++ {
		fs, n := b.Judge(k, Inside.Least)
		alarms, looked = alarms+len(fs), looked+n
	}
	if looked < 200 || float64(alarms) > 4*Alpha*float64(looked)+3 {
		t.Errorf("%d warnings of %d weeks of series in which nothing happens", alarms, looked)
	}
	if cs, _, _ := b.Scan("housing", weeks-1, Inside.Least); len(cs) > 0 {
		t.Errorf("the scan finds %v where nothing is", cs)
	}
}

func TestWhatCannotBeJudgedIsNot(t *testing.T) {
	b := Fold(quiet(40, nil))
	if fs, n := b.Judge(39, 5); len(fs) > 0 || n != 0 {
		t.Errorf("forty weeks were judged: %v %d", fs, n)
	}
	if _, ok := ParamsFor(55); ok {
		t.Error("a history of a year is too short, and is used")
	}
	for weeks, years := range map[int]int{56: 1, 107: 1, 108: 2, 160: 3, 400: 5} {
		p, ok := ParamsFor(weeks)
		if !ok || p.B != years || p.Check() != nil {
			t.Errorf("%d weeks give %d years: %v", weeks, p.B, p.Check())
		}
	}
	ws := quiet(118, nil)
	b = Fold(append(ws[:110], ws[112:]...))
	if _, scanned, err := b.Scan("housing", b.Len()-1, 5); scanned || err != nil {
		t.Error("the scan took a gap for nought")
	}
	// Few signals never make a warning: that there is one would tell of a few people.
	b = Fold(quiet(118, func(i int) []Cell {
		if i == 117 {
			return []Cell{{"nationality", "court", "zeeland", "naturalising", "stateless", 4}}
		}
		return nil
	}))
	fs, _ := b.Judge(117, Inside.Least)
	for _, f := range fs {
		if f.Theme == "nationality" || f.Value == "zeeland" {
			t.Errorf("a warning of four: %+v", f)
		}
	}
}

func TestTheDeskIsMeasured(t *testing.T) {
	at := time.Date(2026, 11, 2, 9, 0, 0, 0, clock.Netherlands)
	w := func(verdict string, days int) Warning {
		return Warning{Verdict: verdict, At: at, Judged: at.AddDate(0, 0, days)}
	}
	if m := MeasureOf([]Warning{w(Real, 1), w(Real, 3), w(Noise, 9), w(Known, 2), w("", 0)}); m != (Measure{Judged: 4, Real: 2, Known: 1, Noise: 1, Open: 1, Days: 3}) {
		t.Errorf("%+v", m)
	}
	if m := MeasureOf(nil); m != (Measure{}) {
		t.Errorf("nothing is %+v", m)
	}
	if c := Chance(200, 10); math.Abs(c-1.1) > 1e-9 {
		t.Errorf("chance gives %v", c)
	}
	for _, x := range []struct {
		verdict, why string
		faults       int
	}{{Real, "Om iets.", 0}, {"", "", 2}, {"undone", "x", 1}, {Noise, string([]byte{0xff}), 1}} {
		if fs := CheckVerdict(x.verdict, x.why); len(fs) != x.faults {
			t.Errorf("%q %q: %v", x.verdict, x.why, fs)
		}
	}
	if follows(monday, monday.AddDays(35)) || follows(monday.AddDays(7), monday) || !follows(monday, monday.AddDays(28)) {
		t.Error("what follows a warning")
	}
}

// BenchmarkWeek is the judging of one week over ten years of everything that has a series.
func BenchmarkWeek(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 1))
	var ws []Week
	for i := range 520 {
		w := Week{Week: monday.AddDays(7 * i), Guided: 9000}
		for range 300 {
			w.Cells = append(w.Cells, Cell{string(rune('a' + r.IntN(18))), string(rune('a' + r.IntN(21))), Tiles[r.IntN(12)].Place, string(rune('a' + r.IntN(12))), string(rune('a' + r.IntN(23))), 1})
		}
		ws = append(ws, w)
	}
	book := Fold(ws)
	for b.Loop() {
		if _, n := book.Judge(519, 5); n == 0 {
			b.Fatal("nothing was judged")
		}
	}
}

// poisson draws a number by chance, as Knuth wrote it.
func poisson(r *rand.Rand, mean float64) int {
	n, p, stop := 0, 1.0, math.Exp(-mean)
	for {
		if p *= r.Float64(); p <= stop {
			return n
		}
		n++
	}
}
