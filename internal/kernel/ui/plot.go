package ui

// This file draws numbers over time: lines, a band, what stands out, what is not known. The picture is made here, needs no script,
// and stands beside a table that says the same.

import (
	"fmt"
	"math"
	"strings"
)

// PlotP is a plot. All lines have one number for each step; NaN is not known, and is drawn as a gap.
type PlotP struct {
	Label string   // what the picture shows, for who cannot see it
	Top   float64  // the highest number of the axis
	Ys    []string // the words of the axis, from the top down
	Xs    []string // the words under it, from the beginning to the end
	Steps int
	Lines []PlotLine
	Dots  []PlotDot
	Few   []int // steps whose number is too small to be shown
	Gaps  []int // steps of which nothing is known
	Marks []PlotMark
}

// PlotLine is a line. Kind is how it looks: count, expected or upper.
type PlotLine struct {
	Kind string
	Y    []float64
}

// PlotDot is a step that stands out.
type PlotDot struct {
	X int
	Y float64
}

// PlotMark is a moment, before a step, at which something changed; Level is a horizontal line that stands for a part.
type PlotMark struct {
	X        int
	From, To int     // of a level
	Level    float64 // nought: a moment
}

const plotW, plotH = 1000.0, 200.0

func (p PlotP) x(i float64) float64 { return plotW * (i + 0.5) / float64(max(p.Steps, 1)) }

func (p PlotP) y(v float64) float64 { return plotH - plotH*min(v, p.Top)/max(p.Top, 1) }

// path draws a line, broken where nothing is known. A number that stands alone is a short stroke.
func (p PlotP) path(ys []float64) string {
	var b strings.Builder
	open := false
	for i, v := range ys {
		if math.IsNaN(v) {
			open = false
			continue
		}
		switch {
		case open:
			fmt.Fprintf(&b, "L%.0f %.1f", p.x(float64(i)), p.y(v))
		case i+1 < len(ys) && !math.IsNaN(ys[i+1]):
			fmt.Fprintf(&b, "M%.0f %.1f", p.x(float64(i)), p.y(v))
		default:
			fmt.Fprintf(&b, "M%.0f %.1fH%.0f", p.x(float64(i)-0.3), p.y(v), p.x(float64(i)+0.3))
		}
		open = true
	}
	return b.String()
}

// dots, few, gaps and moments draw what stands at steps. A dot is a line of no length with a round end, so that it stays round in a
// picture that is stretched.
func (p PlotP) dots() string {
	var b strings.Builder
	for _, d := range p.Dots {
		fmt.Fprintf(&b, "M%.0f %.1fh0", p.x(float64(d.X)), p.y(d.Y))
	}
	return b.String()
}

func (p PlotP) few() string {
	var b strings.Builder
	for _, i := range p.Few {
		fmt.Fprintf(&b, "M%.1f %.0fH%.1f", p.x(float64(i)-0.3), plotH-2, p.x(float64(i)+0.3))
	}
	return b.String()
}

func (p PlotP) gaps() string {
	var b strings.Builder
	for _, i := range p.Gaps {
		fmt.Fprintf(&b, "M%.1f 0H%.1fV%.0fH%.1fz", p.x(float64(i)-0.5), p.x(float64(i)+0.5), plotH, p.x(float64(i)-0.5))
	}
	return b.String()
}

func (p PlotP) moments() string {
	var b strings.Builder
	for _, m := range p.Marks {
		if m.Level == 0 {
			fmt.Fprintf(&b, "M%.1f 0V%.0f", p.x(float64(m.X)-0.5), plotH)
		}
	}
	return b.String()
}

func (p PlotP) levels() string {
	var b strings.Builder
	for _, m := range p.Marks {
		if m.Level > 0 {
			fmt.Fprintf(&b, "M%.1f %.1fH%.1f", p.x(float64(m.From)-0.5), p.y(m.Level), p.x(float64(m.To)-0.5))
		}
	}
	return b.String()
}

// NiceTop is a round number at or above a highest one, for an axis in four parts.
func NiceTop(highest float64) float64 {
	for scale := 1.0; ; scale *= 10 {
		for _, n := range []float64{4, 8, 12, 16, 20, 24, 28, 32} {
			if highest <= n*scale {
				return n * scale
			}
		}
	}
}
