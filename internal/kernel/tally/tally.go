package tally

// This file is the one way in which a number comes to be shown.

import (
	"cmp"
	"fmt"
	"slices"
)

// Params are the least number that is shown, and to what it is rounded: 1 is not at all.
type Params struct{ Least, Base int }

// Check refuses parameters that would show what must be hidden: a number that rounds down to nought would say so.
func (p Params) Check() error {
	if p.Least < 2 || p.Base < 1 || p.Base >= 2*p.Least {
		return fmt.Errorf("tally: the least number is 2 or more and the base below twice that, not %d and %d", p.Least, p.Base)
	}
	return nil
}

// Kind is what may be said of a number.
type Kind uint8

// The kinds. The zero value is a number of which nothing is known, so that a gap is never shown as nought.
const (
	Gap    Kind = iota
	Hidden      // below the least, or hidden to protect one that is
	Open        // shown, rounded
)

// Shown is what may be said of a number; N stands only when it is open.
type Shown struct {
	Kind Kind
	N    int
}

type cell struct {
	key   string
	n     int
	total bool // some sum adds up to it
	was   Kind // what was decided before; Gap is nothing
	hid   bool
	sums  []int
}

// Family are numbers that belong together because they add up, within a table, over tables that share a total, and over periods.
type Family struct {
	cells []cell
	at    map[string]int
	sums  [][]int // the first is the total of the others
	err   error
}

func (f *Family) fail(format string, args ...any) {
	if f.err == nil {
		f.err = fmt.Errorf("tally: "+format, args...)
	}
}

// Count adds a number. The same number in two tables has one key, and so one decision.
func (f *Family) Count(key string, n int) {
	if f.at == nil {
		f.at = map[string]int{}
	}
	switch i, twice := f.at[key]; {
	case n < 0:
		f.fail("%s is negative", key)
	case twice && f.cells[i].n != n:
		f.fail("%s is %d and %d", key, f.cells[i].n, n)
	case !twice:
		f.at[key] = len(f.cells)
		f.cells = append(f.cells, cell{key: key, n: n})
	}
}

// Before tells what was decided about a number when it was published earlier.
func (f *Family) Before(key string, was Kind) {
	if i, ok := f.at[key]; ok {
		f.cells[i].was = was
	} else {
		f.fail("%s was decided about and not counted", key)
	}
}

// Sum says that a number is the total of others. All of them must have been counted.
func (f *Family) Sum(total string, parts ...string) {
	var s []int
	sum := 0
	for i, key := range append([]string{total}, parts...) {
		at, ok := f.at[key]
		if !ok {
			f.fail("%s is in a sum and not counted", key)
			return
		}
		if s = append(s, at); i > 0 {
			sum += f.cells[at].n
		}
	}
	if sum != f.cells[s[0]].n {
		f.fail("%s is %d, its parts are %d", total, f.cells[s[0]].n, sum)
		return
	}
	if len(s) == 1 {
		return // a total of nothing is nought, and below the least by itself
	}
	f.cells[s[0]].total = true
	for _, i := range s {
		f.cells[i].sums = append(f.cells[i].sums, len(f.sums))
	}
	f.sums = append(f.sums, s)
}

// Publish decides about all numbers of the family.
func (f *Family) Publish(p Params) (map[string]Shown, error) {
	if err := p.Check(); err != nil {
		return nil, err
	}
	if f.err != nil {
		return nil, f.err
	}
	var small []int
	for i := range f.cells {
		c := &f.cells[i]
		few := c.n < p.Least
		if few && c.was == Open {
			return nil, fmt.Errorf("tally: %s was shown before and is below the least now", c.key)
		}
		if c.hid = few || c.was == Hidden; few {
			small = append(small, i)
		}
	}
	// Hiding more only widens what is possible, so a number that is safe stays so and is looked at once.
	for _, i := range small {
		for {
			safe, err := f.safe(i, p.Least)
			if err != nil {
				return nil, err
			}
			if safe {
				break
			}
			more := f.beside(i)
			if more < 0 {
				return nil, fmt.Errorf("tally: %s cannot be hidden: everything that could hide it was shown before", f.cells[i].key)
			}
			f.cells[more].hid = true
		}
	}
	out := make(map[string]Shown, len(f.cells))
	for _, c := range f.cells {
		out[c.key] = Shown{Kind: Hidden}
		if !c.hid {
			out[c.key] = Shown{Open, round(c.n, p.Base)}
		}
	}
	return out, nil
}

// One decides about a number that is in no sum.
func One(n int, p Params) Shown {
	if n < p.Least {
		return Shown{Kind: Hidden}
	}
	return Shown{Open, round(n, p.Base)}
}

func round(n, base int) int { return (n + base/2) / base * base }

// beside is the number that is hidden next to protect one: the smallest in a sum with it, a part rather than a total; when all
// of those are hidden, one that is in a sum with those, and so on. What was shown before cannot be hidden any more.
func (f *Family) beside(i int) int {
	seen := map[int]bool{i: true}
	for ring := []int{i}; len(ring) > 0; {
		var next, can []int
		for _, c := range ring {
			for _, s := range f.cells[c].sums {
				for _, other := range f.sums[s] {
					if seen[other] {
						continue
					}
					seen[other] = true
					switch o := f.cells[other]; {
					case o.hid:
						next = append(next, other)
					case o.was != Open:
						can = append(can, other)
					}
				}
			}
		}
		if len(can) > 0 {
			return slices.MinFunc(can, func(a, b int) int {
				x, y := f.cells[a], f.cells[b]
				if x.total != y.total {
					return map[bool]int{true: 1, false: -1}[x.total]
				}
				if x.total { // a total has small numbers in it, and which one goes must not hang on them
					return a - b
				}
				return cmp.Or(x.n-y.n, a-b)
			})
		}
		ring = next
	}
	return -1
}
