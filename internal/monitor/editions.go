package monitor

// This file holds what keeps the editions of one report from telling together what each of them hides: the report of a quarter may be
// corrected, and who lays two editions beside each other subtracts.

import (
	"slices"
	"strconv"

	"reisgezel/internal/kernel/tally"
)

// table are the numbers of a quarter: all lists with one total, of some of its weeks.
type table struct {
	b     *Book
	lists map[string][]string // by dimension, the theme too
	rest  map[string]bool     // which lists leave something out
}

// tableDims are the lists of a report, in its order.
var tableDims = append([]string{"theme"}, Dims...)

// valuesOf are the values of each list: those of now, and those that an earlier edition had.
func valuesOf(choices map[string][]string, earlier []Figures) map[string][]string {
	out := map[string][]string{}
	for _, dim := range tableDims {
		out[dim] = slices.Clone(choices[dim])
		for _, x := range earlier {
			for _, p := range x.of(dim) {
				if !slices.Contains(out[dim], p.Value) {
					out[dim] = append(out[dim], p.Value)
				}
			}
		}
	}
	return out
}

// of is one list of a report.
func (f Figures) of(dim string) []Part {
	if dim == "theme" {
		return f.Themes
	}
	return f.Parts[dim]
}

// series is what a value of a list counts.
func (t table) series(dim, value string) Series {
	if dim == "theme" {
		return Series{Theme: value}
	}
	return Series{"", dim, value}
}

// count adds the numbers of those weeks that are in it, and how they add up. Before stands before their keys; the weeks themselves have
// one key each, for a week that is counted does not change.
func (t table) count(f *tally.Family, before string, i, k int, in func(w int) bool) {
	sum := func(s Series) (n int) {
		for w := i; w < k; w++ {
			if x, ok := t.b.Count(s, w); ok && in(w) {
				n += x
			}
		}
		return n
	}
	all := sum(Series{})
	f.Count(before+"all", all)
	var weeks []string
	for w := i; w < k; w++ {
		if n, ok := t.b.Count(Series{}, w); ok && in(w) {
			key := "week " + strconv.Itoa(w)
			f.Count(key, n)
			weeks = append(weeks, key)
		}
	}
	f.Sum(before+"all", weeks...)
	for _, dim := range tableDims {
		var keys []string
		rest := all
		for _, v := range t.lists[dim] {
			n := sum(t.series(dim, v))
			rest -= n
			f.Count(before+dim+" "+v, n)
			keys = append(keys, before+dim+" "+v)
		}
		if rest > 0 { // what is in no list any more
			f.Count(before+dim+" ?", rest)
			keys = append(keys, before+dim+" ?")
			t.rest[before+dim] = true
		}
		f.Sum(before+"all", keys...)
	}
}

// hold hands over what an edition showed and hid. When it was made of other weeks, its numbers are numbers of their own, and so are those
// of the weeks that came since: old, new and the difference are one sum.
func (t table) hold(f *tally.Family, edition, i, k int, x Figures) {
	had := func(w int) bool { return w-i < len(x.ByWeek) && x.ByWeek[w-i].Kind != tally.Gap }
	old, since, same := "", "", true
	for w := i; w < k; w++ {
		if _, ok := t.b.Count(Series{}, w); ok && !had(w) {
			same = false
		}
	}
	if !same {
		old, since = "edition "+strconv.Itoa(edition)+" ", "since "+strconv.Itoa(edition)+" "
		t.count(f, old, i, k, had)
		t.count(f, since, i, k, func(w int) bool { return !had(w) })
		f.Sum("all", old+"all", since+"all")
	}
	f.Before(old+"all", x.All.Kind)
	for w := i; w < k; w++ {
		if _, ok := t.b.Count(Series{}, w); ok && had(w) {
			f.Before("week "+strconv.Itoa(w), x.ByWeek[w-i].Kind)
		}
	}
	for _, dim := range tableDims {
		for _, v := range t.lists[dim] {
			if !same {
				f.Sum(dim+" "+v, old+dim+" "+v, since+dim+" "+v)
			}
		}
		if !same && t.rest[dim] {
			var parts []string
			for _, x := range []string{old + dim, since + dim} {
				if t.rest[x] {
					parts = append(parts, x+" ?")
				}
			}
			f.Sum(dim+" ?", parts...)
		}
		for _, p := range x.of(dim) {
			f.Before(old+dim+" "+p.Value, p.N.Kind)
		}
	}
}
