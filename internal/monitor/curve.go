package monitor

// This file makes of a series what a page may show of it: each number as it may be shown, and what the method said of each week.

import (
	"math"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/tally"
)

// Point is one week of a series, as it may be shown. Expected and Upper are what the method says; a gap where it says nothing.
type Point struct {
	Week                           clock.Date
	Count, Expected, Upper, Guided tally.Shown
	Alarm                          bool
}

// Curve is a series from one week until before another.
func (b *Book) Curve(s Series, from, until int, p tally.Params) []Point {
	from, until = max(from, 0), min(until, b.Len())
	w := b.Warn(s)
	var out []Point
	for i := from; i < until; i++ {
		x := Point{Week: b.At(i)}
		if n, ok := b.Count(s, i); ok {
			x.Count = tally.One(n, p)
		}
		if g := b.Guided[i]; !math.IsNaN(g) {
			x.Guided = tally.One(int(g), p)
		}
		if how, ok := ParamsFor(i + 1); ok && x.Count.Kind != tally.Gap {
			if r := w.Judge(i, how); r.Why == "" {
				x.Expected, x.Upper = tally.One(int(math.Round(r.Expected)), p), tally.One(int(math.Ceil(r.Upper)), p)
				x.Alarm = r.Alarm && x.Count.Kind == tally.Open
			}
		}
		out = append(out, x)
	}
	return out
}

// asLine is a row of shown numbers as a plot draws it.
func asLine(ps []Point, of func(Point) tally.Shown) []float64 {
	out := make([]float64, len(ps))
	for i, p := range ps {
		if out[i] = math.NaN(); of(p).Kind == tally.Open {
			out[i] = float64(of(p).N)
		}
	}
	return out
}
