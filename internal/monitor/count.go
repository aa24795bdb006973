package monitor

// This file holds what is counted in a week, and the series that the weeks make.

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/tally"
	"reisgezel/internal/kernel/warn"
)

// Inside is how numbers are shown to colleagues: they may read each signal that was let go, and must see a rise from six to nine.
var Inside = tally.Params{Least: 5, Base: 1}

// Dims are the dimensions beside the theme, in the order of pages.
var Dims = []string{"institution", "place", "group", "phase"}

// Cell is how many signals of a week are alike in everything that is counted.
type Cell struct {
	Theme, Institution, Place, Phase, Group string
	N                                       int
}

func (c Cell) at(dim string) string {
	switch dim {
	case "institution":
		return c.Institution
	case "place":
		return c.Place
	case "group":
		return c.Group
	case "phase":
		return c.Phase
	}
	return ""
}

// Week is one week that was counted. Guided is negative when nobody knows how many people were guided.
type Week struct {
	Week           clock.Date
	Guided         int
	Heard, Signals int
	HeardAt        map[string]int // colleagues who signalled, by place; nil when nobody asked for places yet
	Cells          []Cell
}

// writeCells and readCells are how cells stand in the database: a line for each.
func writeCells(cs []Cell) string {
	cs = slices.Clone(cs)
	slices.SortFunc(cs, func(a, b Cell) int {
		return cmp.Or(cmp.Compare(a.Theme, b.Theme), cmp.Compare(a.Institution, b.Institution), cmp.Compare(a.Place, b.Place), cmp.Compare(a.Phase, b.Phase), cmp.Compare(a.Group, b.Group))
	})
	var b strings.Builder
	for _, c := range cs {
		fmt.Fprintf(&b, "%s %s %s %s %s %d\n", c.Theme, c.Institution, c.Place, c.Phase, c.Group, c.N)
	}
	return b.String()
}

func readCells(s string) ([]Cell, error) {
	var out []Cell
	for line := range strings.Lines(s) {
		f := strings.Fields(line)
		if len(f) != 6 {
			return nil, fmt.Errorf("monitor: a line of counts has %d parts", len(f))
		}
		n, err := strconv.Atoi(f[5])
		if err != nil || n < 1 {
			return nil, fmt.Errorf("monitor: %q is no count", f[5])
		}
		out = append(out, Cell{f[0], f[1], f[2], f[3], f[4], n})
	}
	return out, nil
}

// Series is what is followed over the weeks: one theme, or all with an empty one, and perhaps one value of one dimension, or of several
// with a plus between them.
type Series struct{ Theme, Dim, Value string }

// Combine is the series of a theme and values of several dimensions, in the order of Dims.
func Combine(theme string, of map[string]string) Series {
	var dims, values []string
	for _, d := range Dims {
		if v := of[d]; v != "" {
			dims, values = append(dims, d), append(values, v)
		}
	}
	return Series{theme, strings.Join(dims, "+"), strings.Join(values, "+")}
}

// parts are the dimensions of a series, each with its value.
func (s Series) parts() (out [][2]string) {
	if s.Dim == "" {
		return nil
	}
	values := strings.Split(s.Value, "+")
	for i, d := range strings.Split(s.Dim, "+") {
		if i < len(values) {
			out = append(out, [2]string{d, values[i]})
		}
	}
	return out
}

// of is the value that a series has of a dimension; empty when it has none.
func (s Series) of(dim string) string {
	for _, p := range s.parts() {
		if p[0] == dim {
			return p[1]
		}
	}
	return ""
}

// combined says whether a series has several dimensions.
func (s Series) combined() bool { return strings.Contains(s.Dim, "+") }

// holds says whether a cell counts in a series.
func (s Series) holds(c Cell) bool {
	if s.Theme != "" && s.Theme != c.Theme {
		return false
	}
	for _, p := range s.parts() {
		if c.at(p[0]) != p[1] {
			return false
		}
	}
	return true
}

// Book is all weeks that were counted, in order, from the first to the latest. A week between that was not counted is a gap.
type Book struct {
	First   clock.Date
	Known   []bool
	Guided  []float64 // NaN when nobody knows
	Heard   []int
	HeardAt []map[string]int
	counts  map[Series][]int32
	cells   [][]Cell
	how     string // with what the numbers are compared; the number of people guided when empty
}

// Fold makes the book of weeks.
func Fold(ws []Week) *Book {
	b := &Book{counts: map[Series][]int32{}}
	if len(ws) == 0 {
		return b
	}
	slices.SortFunc(ws, func(x, y Week) int { return y.Week.DaysUntil(x.Week) })
	b.First = ws[0].Week
	n := b.First.DaysUntil(ws[len(ws)-1].Week)/7 + 1
	b.Known, b.Guided, b.Heard = make([]bool, n), make([]float64, n), make([]int, n)
	b.HeardAt, b.cells = make([]map[string]int, n), make([][]Cell, n)
	for i := range b.Guided {
		b.Guided[i] = math.NaN()
	}
	for _, w := range ws {
		i := b.First.DaysUntil(w.Week) / 7
		b.Known[i], b.Heard[i], b.HeardAt[i], b.cells[i] = true, w.Heard, w.HeardAt, w.Cells
		if w.Guided >= 0 {
			b.Guided[i] = float64(w.Guided)
		}
		for _, c := range w.Cells {
			b.add(Series{}, i, c.N)
			b.add(Series{Theme: c.Theme}, i, c.N)
			for _, dim := range Dims {
				b.add(Series{"", dim, c.at(dim)}, i, c.N)
				b.add(Series{c.Theme, dim, c.at(dim)}, i, c.N)
			}
		}
	}
	return b
}

func (b *Book) add(s Series, i, n int) {
	at := b.counts[s]
	if at == nil {
		at = make([]int32, len(b.Known))
		b.counts[s] = at
	}
	at[i] += int32(n)
}

// Len is how many weeks the book spans.
func (b *Book) Len() int { return len(b.Known) }

// At is the Monday of a week of the book.
func (b *Book) At(i int) clock.Date { return b.First.AddDays(7 * i) }

// Index is the place of a week in the book; it lies outside when there is no such week.
func (b *Book) Index(week clock.Date) int {
	if len(b.Known) == 0 {
		return -1
	}
	return b.First.DaysUntil(week) / 7
}

// Count is the number of a week, and whether the week was counted.
func (b *Book) Count(s Series, i int) (int, bool) {
	if i < 0 || i >= len(b.Known) || !b.Known[i] {
		return 0, false
	}
	if s.combined() {
		n := 0
		for _, c := range b.cells[i] {
			if s.holds(c) {
				n += c.N
			}
		}
		return n, true
	}
	if at := b.counts[s]; at != nil {
		return int(at[i]), true
	}
	return 0, true
}

// Sum is the number of the weeks from one until before another, and how many of them were counted.
func (b *Book) Sum(s Series, from, until int) (n, weeks int) {
	for i := from; i < until; i++ {
		if x, ok := b.Count(s, i); ok {
			n += x
			weeks++
		}
	}
	return n, weeks
}

// Warn is a series as the methods read it: a week that was not counted is not known.
func (b *Book) Warn(s Series) warn.Series {
	out := warn.Series{Day: b.First.UTC(), Count: make([]float64, b.Len()), Exposure: make([]float64, b.Len())}
	for i := range out.Count {
		out.Exposure[i] = b.exposure(s, i)
		n, ok := b.Count(s, i)
		if out.Count[i] = float64(n); !ok {
			out.Count[i] = math.NaN()
		}
	}
	return out
}

// All are all series that ever had a count, in order.
func (b *Book) All() []Series {
	out := make([]Series, 0, len(b.counts))
	for s := range b.counts {
		out = append(out, s)
	}
	slices.SortFunc(out, func(a, b Series) int {
		return cmp.Or(cmp.Compare(a.Theme, b.Theme), cmp.Compare(a.Dim, b.Dim), cmp.Compare(a.Value, b.Value))
	})
	return out
}

// WeekOf is the Monday of the week of a day.
func WeekOf(d clock.Date) clock.Date { return d.AddDays(-(int(d.Weekday()+6) % 7)) }
