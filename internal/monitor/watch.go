package monitor

// This file holds how the numbers are judged: the two methods, with which parameters, and what of it becomes a warning.

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/warn"
)

// The methods.
const (
	Farrington = "farrington"
	Scan       = "scan"
)

// Alpha is how often a week in which nothing happens may lie above the bound of its series; scanP how often chance alone may
// show a cluster in a scan.
const (
	Alpha = 0.005
	scanP = 0.01
)

// The reach of the scan: the latest weeks it looks at, and the year before them with which it compares.
const (
	scanWeeks  = 12
	scanBefore = 52
	scanTimes  = 999
	scanSeed   = 2020 // fixed, so that a result can be repeated
)

// ParamsFor are the parameters for a history of so many weeks: those of Noufaily and others where there are three years, and with less
// the same with fewer groups of a season, for there are too few weeks to tell ten of them apart. With less than 56 weeks nothing can be
// judged.
func ParamsFor(weeks int) (warn.Params, bool) {
	p := warn.Improved()
	p.Alpha = Alpha
	p.B = min(p.B, (weeks-1-p.W)/52)
	switch {
	case p.B < 1:
		return p, false
	case p.B < 3:
		p.NoPeriods, p.PastWeeksNotIncluded = 4, 8
	}
	return p, true
}

// Said are parameters in words, by the names of the published method.
func Said(p warn.Params) string {
	return fmt.Sprintf("b=%d w=%d noPeriods=%d pastWeeksNotIncluded=%d weightsThreshold=%g alpha=%g thresholdMethod=%s pThresholdTrend=%g limit54=%d,%d",
		p.B, p.W, p.NoPeriods, p.PastWeeksNotIncluded, p.WeightsThreshold, p.Alpha, p.ThresholdMethod, p.PThresholdTrend, p.Limit[0], p.Limit[1])
}

// Finding is what a method found. Value is of a dimension, or for a scan the places of its cluster; Span is over how many weeks.
type Finding struct {
	Warning, Method, Dim, Value, Params string
	Week                                clock.Date
	Span, N                             int
	Expected, Upper                     float64 // upper is nought for a scan
	P                                   float64
	Theme                               string `db:"-"`
}

// blurred are values that tell nothing about where to look.
var blurred = []string{"unknown", "other", "several"}

// Judge judges the week k of every series. Least is below what number nothing may become a warning: whether there is a warning would
// tell of a few. The second answer is how many series had enough to be judged.
func (b *Book) Judge(k, least int) ([]Finding, int) {
	p, ok := ParamsFor(k + 1)
	if !ok || k >= b.Len() || !b.Known[k] {
		return nil, 0
	}
	var out []Finding
	judged := 0
	for _, s := range slices.Concat(b.All(), b.combos(k, p.Limit)) {
		if s.Dim != "" && slices.Contains(blurred, s.Value) {
			continue
		}
		r := b.Warn(s).Judge(k, p)
		if r.Why != "" {
			continue
		}
		judged++
		if n, _ := b.Count(s, k); r.Alarm && n >= least {
			out = append(out, Finding{Method: Farrington, Theme: s.Theme, Dim: s.Dim, Value: s.Value, Week: b.At(k), Span: 1, N: n, Expected: r.Expected, Upper: r.Upper, P: r.P, Params: Said(p) + " exposure=" + cmp.Or(b.how, ByGuided)})
		}
	}
	return out, judged
}

// combosMost is how many series of a theme, a place and a group of nationalities are judged in a week at most, those with the most signals
// first, and groupsMost how many groups of a theme are scanned: so a week is judged in a bounded time.
const (
	combosMost = 400
	groupsMost = 8
)

// most are the keys with at least so many, the most first, and no more than so many.
func most(n map[Series]int, least, most int) []Series {
	var out []Series
	for s, x := range n {
		if x >= least {
			out = append(out, s)
		}
	}
	slices.SortFunc(out, func(a, b Series) int {
		return cmp.Or(n[b]-n[a], cmp.Compare(a.Theme, b.Theme), cmp.Compare(a.Value, b.Value))
	})
	return out[:min(len(out), most)]
}

// combos are the series of a theme, a place and a group of nationalities that had enough signals lately to be judged.
func (b *Book) combos(k int, limit [2]int) []Series {
	n := map[Series]int{}
	for i := max(0, k+1-limit[1]); i <= k; i++ {
		for _, c := range b.cells[i] {
			if !slices.Contains(blurred, c.Place) && !slices.Contains(blurred, c.Group) {
				n[Combine(c.Theme, map[string]string{"place": c.Place, "group": c.Group})] += c.N
			}
		}
	}
	return most(n, limit[0], combosMost)
}

// groups are the groups of nationalities of a theme that had enough signals lately for a scan of their own.
func (b *Book) groups(theme string, k, least int) (out []string) {
	if theme == "" || k >= b.Len() {
		return nil
	}
	n := map[Series]int{}
	for i := max(0, k+1-scanWeeks); i <= k; i++ {
		for _, c := range b.cells[i] {
			if c.Theme == theme && !slices.Contains(blurred, c.Group) {
				n[Series{theme, "group", c.Group}] += c.N
			}
		}
	}
	for _, s := range most(n, 2*least, groupsMost) {
		out = append(out, s.Value)
	}
	return out
}

// Scan looks where a theme, or all with an empty one, clusters in the weeks up to k. It is not done where the year before is not known.
func (b *Book) Scan(theme string, k, least int) ([]Finding, bool, error) {
	return b.ScanOf(theme, "", k, least)
}

// ScanOf is the same for one group of nationalities, or all with an empty one.
func (b *Book) ScanOf(theme, group string, k, least int) ([]Finding, bool, error) {
	from := k + 1 - scanWeeks
	if from < scanBefore || k >= b.Len() {
		return nil, false, nil
	}
	of := func(place string) Series {
		return Combine(theme, map[string]string{"place": place, "group": group})
	}
	total, _ := b.Sum(of(""), from, k+1)
	if total < 2*least {
		return nil, false, nil
	}
	a := warn.Area{}
	for _, t := range Tiles {
		s := of(t.Place)
		before, n, known := 0.0, 0, 0 // the exposure of the year before, its signals, and its weeks
		for i := from - scanBefore; i <= k; i++ {
			e := b.exposure(s, i)
			switch {
			case i >= from && (!b.Known[i] || !(e > 0)):
				return nil, false, nil // a gap in what is looked at: the scan would take it for nought
			case i < from && b.Known[i] && e > 0:
				x, _ := b.Count(s, i)
				before, n, known = before+e, n+x, known+1
			}
		}
		if known < scanBefore/2 {
			return nil, false, nil
		}
		rate := (float64(n) + 0.5) / before // half a signal a year where there was none: nothing is impossible
		count, expected := make([]int, scanWeeks), make([]float64, scanWeeks)
		for w := range scanWeeks {
			count[w], _ = b.Count(s, from+w)
			expected[w] = rate * b.exposure(s, from+w)
		}
		a.Places = append(a.Places, warn.Place{ID: t.Place, X: t.X, Y: t.Y})
		a.Count, a.Expected = append(a.Count, count), append(a.Expected, expected)
	}
	p := warn.ScanParams{MaxShare: 0.5, MaxWeeks: scanWeeks, Replications: scanTimes, Seed: scanSeed}
	clusters, err := a.Scan(p)
	if err != nil {
		return nil, false, fmt.Errorf("monitor: the scan of %q: %w", theme+" "+group, err)
	}
	var out []Finding
	for _, c := range clusters {
		if c.P > scanP || c.Count < least || math.IsNaN(c.P) {
			continue
		}
		var places []string
		for _, i := range c.Places {
			places = append(places, a.Places[i].ID)
		}
		slices.Sort(places)
		s := of(strings.Join(places, " "))
		out = append(out, Finding{Method: Scan, Theme: theme, Dim: s.Dim, Value: s.Value, Week: b.At(k), Span: c.Weeks, N: c.Count, Expected: c.Expected, P: c.P,
			Params: fmt.Sprintf("maxShare=%g maxWeeks=%d replications=%d seed=%d baseline=%d exposure=%s", p.MaxShare, p.MaxWeeks, p.Replications, p.Seed, scanBefore, cmp.Or(b.how, ByGuided))})
	}
	return out, true, nil
}

// ByTheme puts the findings of one week together by theme, the most striking of each first. What is found of all themes together is
// left out when one theme explains it.
func ByTheme(fs []Finding) map[string][]Finding {
	out := map[string][]Finding{}
	for _, f := range fs {
		out[f.Theme] = append(out[f.Theme], f)
	}
	if len(out) > 1 {
		delete(out, "")
	}
	for _, x := range out {
		slices.SortStableFunc(x, foremost)
	}
	return out
}

// foremost orders findings: the least likely by chance first, and of those the one with the most.
func foremost(a, b Finding) int {
	return cmp.Or(a.Week.DaysUntil(b.Week), cmp.Compare(a.P, b.P), b.N-a.N, cmp.Compare(a.Method+a.Dim+a.Value, b.Method+b.Dim+b.Value))
}

// follows says whether what is found in a week belongs to a warning whose latest finding was in another.
func follows(latest, week clock.Date) bool {
	d := latest.DaysUntil(week)
	return d >= 0 && d <= 28
}
