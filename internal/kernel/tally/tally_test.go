package tally

// This file plays somebody who wants to know a hidden number: they have every table, know every shown number exactly, know that
// everything is a whole number and how it adds up, and try. What they may find is what doc.go promises, and no more.

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
)

// outsider knows what an attacker knows: the sums, the shown numbers, and nothing of the hidden ones.
type outsider struct {
	sums   [][]int
	n      []int
	known  []bool
	truth  []int // where to begin to try: it makes the search short, and changes nothing about what there is to find
	budget int
}

// can says whether a hidden number may be so much: whether whole numbers can be found for all hidden ones with which all sums
// are right. It does not use what the package uses: it tries.
func (o outsider) can(i, n int) bool {
	if o.step(i, n) {
		return true
	}
	o.n, o.known = slices.Clone(o.n), slices.Clone(o.known)
	o.n[i], o.known[i] = n, true
	o.budget = 2000000
	ok := o.fill()
	if !ok && o.budget < 0 {
		panic("the search was too short to say")
	}
	return ok
}

// step looks for the way near what is true: one more or one less at a time, and elsewhere what makes the sums right again.
func (o outsider) step(i, n int) bool {
	at := slices.Clone(o.truth)
	for at[i] != n {
		by := 1
		if n < at[i] {
			by = -1
		}
		at[i] += by
		moved := map[int]bool{i: true}
		found := false
		for deep := 1; deep <= 13 && !found; deep++ {
			found = o.mend(at, moved, deep)
		}
		if !found {
			return false
		}
	}
	return true
}

// mend changes at most so many hidden numbers by one until all sums are right.
func (o outsider) mend(at []int, moved map[int]bool, deep int) bool {
	wrong, off := []int(nil), 0
	for _, s := range o.sums {
		off = -at[s[0]]
		for _, i := range s[1:] {
			off += at[i]
		}
		if off != 0 {
			wrong = s
			break
		}
	}
	if wrong == nil {
		return true
	}
	if deep == 0 {
		return false
	}
	for k, i := range wrong {
		by := 1
		if (k == 0) == (off < 0) {
			by = -1
		}
		if o.known[i] || moved[i] || at[i]+by < 0 {
			continue
		}
		at[i] += by
		moved[i] = true
		if o.mend(at, moved, deep-1) {
			return true
		}
		at[i] -= by
		delete(moved, i)
	}
	return false
}

// fill settles what follows, and tries what does not.
func (o *outsider) fill() bool {
	if o.budget--; o.budget < 0 {
		return false
	}
	var set []int
	undo := func() bool {
		for _, i := range set {
			o.known[i] = false
		}
		return false
	}
	for again := true; again; {
		again = false
		for _, s := range o.sums {
			open, left, parts := -1, 0, 0
			for k, i := range s {
				sign := 1
				if k == 0 {
					sign = -1
				}
				if o.known[i] {
					left -= sign * o.n[i]
				} else {
					open = k
					parts++
				}
			}
			switch {
			case parts == 0 && left != 0:
				return undo()
			case parts == 1:
				if open == 0 {
					left = -left
				}
				if left < 0 {
					return undo()
				}
				o.n[s[open]], o.known[s[open]] = left, true
				set = append(set, s[open])
				again = true
			case parts > 1 && o.known[s[0]] && left < 0:
				return undo()
			}
		}
	}
	// The sum with the fewest open numbers is the one to try in.
	best, at, most := 1<<30, -1, 0
	for _, s := range o.sums {
		open, left, parts := -1, 0, 0
		for k, i := range s {
			if !o.known[i] {
				parts++
				if k > 0 {
					open = i
				}
			} else if k > 0 {
				left -= o.n[i]
			} else {
				left += o.n[i]
			}
		}
		if parts > 0 && parts < best {
			best, at, most = parts, open, left
			if !o.known[s[0]] {
				most = 60 // nothing bounds it: some room is enough to find a way
			}
		}
	}
	if at < 0 {
		return true
	}
	for off := range max(most, o.truth[at]) + 1 {
		for _, n := range []int{o.truth[at] - off, o.truth[at] + off} {
			if n < 0 || n > most {
				continue
			}
			o.n[at], o.known[at] = n, true
			if o.fill() {
				return true
			}
			if off == 0 {
				break
			}
		}
	}
	o.known[at] = false
	return undo()
}

func attack(f *Family, shown map[string]Shown) outsider {
	o := outsider{sums: f.sums, n: make([]int, len(f.cells)), known: make([]bool, len(f.cells))}
	for i, c := range f.cells {
		o.truth = append(o.truth, c.n)
		if shown[c.key].Kind == Open {
			o.n[i], o.known[i] = c.n, true
		}
	}
	return o
}

// table is random counts in two dimensions, with both margins; page says to which period they belong.
func table(f *Family, r *rand.Rand, page string, rows, cols int, mean float64) {
	n := make([][]int, rows)
	total, down := 0, make([]int, cols)
	for i := range n {
		n[i] = make([]int, cols)
		across := 0
		var parts []string
		for j := range n[i] {
			n[i][j] = int(r.ExpFloat64() * mean)
			f.Count(fmt.Sprint(page, " ", i, ",", j), n[i][j])
			parts = append(parts, fmt.Sprint(page, " ", i, ",", j))
			across += n[i][j]
			down[j] += n[i][j]
		}
		f.Count(fmt.Sprint(page, " row ", i), across)
		f.Sum(fmt.Sprint(page, " row ", i), parts...)
		total += across
	}
	f.Count(page+" all", total)
	var left, under []string
	for j := range cols {
		f.Count(fmt.Sprint(page, " col ", j), down[j])
		var parts []string
		for i := range rows {
			parts = append(parts, fmt.Sprint(page, " ", i, ",", j))
		}
		f.Sum(fmt.Sprint(page, " col ", j), parts...)
		under = append(under, fmt.Sprint(page, " col ", j))
	}
	for i := range rows {
		left = append(left, fmt.Sprint(page, " row ", i))
	}
	f.Sum(page+" all", left...)
	f.Sum(page+" all", under...)
}

// side is a second table of the same total, in another dimension.
func side(f *Family, r *rand.Rand, page string, parts int) {
	left := f.cells[f.at[page+" all"]].n
	var keys []string
	for i := range parts {
		n := left
		if i < parts-1 {
			n = r.IntN(left + 1)
		}
		left -= n
		keys = append(keys, fmt.Sprint(page, " side ", i))
		f.Count(keys[i], n)
	}
	f.Sum(page+" all", keys...)
}

// overTime adds up the same cell of all periods.
func overTime(f *Family, pages []string, cells ...string) {
	for _, c := range cells {
		sum := 0
		var parts []string
		for _, p := range pages {
			sum += f.cells[f.at[p+" "+c]].n
			parts = append(parts, p+" "+c)
		}
		f.Count("time "+c, sum)
		f.Sum("time "+c, parts...)
	}
}

func TestNoHiddenNumberFollows(t *testing.T) {
	p := Params{Least: 4, Base: 3}
	hidden, beside := 0, 0
	for seed := range uint64(400) {
		r := rand.New(rand.NewPCG(seed, 7))
		f := &Family{}
		mean := []float64{1, 3, 6, 12}[seed%4]
		switch seed % 3 {
		case 0: // one table
			table(f, r, "q", 2+r.IntN(3), 2+r.IntN(3), mean)
		case 1: // two tables that share a total
			table(f, r, "q", 2+r.IntN(2), 3, mean)
			side(f, r, "q", 3)
		case 2: // consecutive periods, with totals over time
			pages := []string{"q1", "q2", "q3"}
			for _, q := range pages {
				table(f, r, q, 2, 2, mean)
			}
			overTime(f, pages, "all", "row 0", "row 1", "col 0", "col 1")
		}
		shown, err := f.Publish(p)
		if err != nil {
			t.Fatal(seed, err)
		}
		o := attack(f, shown)
		for i, c := range f.cells {
			if shown[c.key].Kind != Hidden {
				if c.n < p.Least {
					t.Fatalf("%d: %s is %d and is shown", seed, c.key, c.n)
				}
				continue
			}
			if c.n >= p.Least {
				beside++
				continue
			}
			hidden++
			for n := range p.Least {
				if !o.can(i, n) {
					t.Fatalf("%d: %s can be told not to be %d", seed, c.key, n)
				}
			}
		}
	}
	if hidden < 500 || beside < 100 {
		t.Errorf("%d numbers were hidden and %d beside them: nothing was tried", hidden, beside)
	}
}

// TestTheOutsiderFindsWhatFollows holds the test above to account: without hiding more than the small numbers, it would be red.
func TestTheOutsiderFindsWhatFollows(t *testing.T) {
	found := 0
	for seed := range uint64(60) {
		f := &Family{}
		table(f, rand.New(rand.NewPCG(seed, 7)), "q", 3, 3, 8)
		shown := map[string]Shown{}
		for _, c := range f.cells {
			shown[c.key] = One(c.n, Params{4, 3})
		}
		o := attack(f, shown)
		for i, c := range f.cells {
			if shown[c.key].Kind == Hidden {
				for n := range 4 {
					if !o.can(i, n) {
						found++
					}
				}
			}
		}
	}
	if found < 50 {
		t.Errorf("somebody who subtracts found only %d things", found)
	}
}

// TestWhatWasDecidedStays publishes quarter after quarter, each with a total of the year so far: what was shown or hidden
// stays so, and still nothing follows from all of it together.
func TestWhatWasDecidedStays(t *testing.T) {
	p := Params{Least: 4, Base: 3}
	kept := 0
	for seed := range uint64(120) {
		r := rand.New(rand.NewPCG(seed, 3))
		f := &Family{}
		before := map[string]Shown{}
		var pages []string
		for q := range 3 {
			page := fmt.Sprint("q", q)
			pages = append(pages, page)
			table(f, r, page, 2, 2, 5)
			if q > 0 {
				for _, c := range []string{"all", "row 0", "row 1", "col 0", "col 1"} {
					sum := 0
					var parts []string
					for _, pg := range pages {
						sum += f.cells[f.at[pg+" "+c]].n
						parts = append(parts, pg+" "+c)
					}
					f.Count(fmt.Sprint("until ", q, " ", c), sum)
					f.Sum(fmt.Sprint("until ", q, " ", c), parts...)
				}
			}
			for key, was := range before {
				f.Before(key, was.Kind)
			}
			shown, err := f.Publish(p)
			if err != nil {
				t.Fatal(seed, err)
			}
			for key, was := range before {
				kept++
				if shown[key] != was {
					t.Fatalf("%d: %s was %v and is %v", seed, key, was, shown[key])
				}
			}
			before = shown
		}
		o := attack(f, before)
		for i, c := range f.cells {
			if before[c.key].Kind == Hidden && c.n < p.Least {
				for n := range p.Least {
					if !o.can(i, n) {
						t.Fatalf("%d: %s can be told not to be %d", seed, c.key, n)
					}
				}
			}
		}
	}
	if kept < 1000 {
		t.Errorf("only %d decisions were held against earlier ones", kept)
	}
}

// TestOneMoreIsNotSeen counts one more where there are few, and few remain: nothing that is shown differs but totals that are large
// enough to be shown, and no more and no less is hidden.
func TestOneMoreIsNotSeen(t *testing.T) {
	for n := range 9 {
		a, b := One(n, Params{10, 5}), One(n+1, Params{10, 5})
		if a != b || a.Kind != Hidden {
			t.Errorf("%d and %d can be told apart: %v %v", n, n+1, a, b)
		}
	}
	p := Params{Least: 6, Base: 5}
	tried := 0
	for seed := range uint64(300) {
		page := func(more bool) (map[string]Shown, map[string]bool) {
			r := rand.New(rand.NewPCG(seed, 9))
			rows, cols := 3, 4
			one := [2]int{r.IntN(rows), r.IntN(cols)}
			f := &Family{}
			n := map[string]int{}
			sums := map[string][]string{}
			add := func(total, part string) {
				n[total] += n[part]
				if !slices.Contains(sums[total], part) {
					sums[total] = append(sums[total], part)
				}
			}
			var keys []string
			above := map[string]bool{}
			for i := range rows {
				for j := range cols {
					key := fmt.Sprint(i, ",", j)
					keys = append(keys, key)
					n[key] = int(r.ExpFloat64() * 7)
					if one == [2]int{i, j} {
						n[key] %= p.Least - 1
						above = map[string]bool{key: true, fmt.Sprint("row ", i): true, fmt.Sprint("col ", j): true, "all": true}
						if more {
							n[key]++
						}
					}
					add(fmt.Sprint("row ", i), key)
					add(fmt.Sprint("col ", j), key)
				}
			}
			for i := range rows {
				keys = append(keys, fmt.Sprint("row ", i))
				add("all", fmt.Sprint("row ", i))
			}
			for j := range cols {
				keys = append(keys, fmt.Sprint("col ", j))
			}
			for _, k := range append(keys, "all") {
				f.Count(k, n[k])
			}
			for k, parts := range sums {
				f.Sum(k, parts...)
			}
			shown, err := f.Publish(p)
			if err != nil {
				t.Fatal(err)
			}
			for k := range above { // a total that passes the least on its own account may differ
				if n[k] >= p.Least-1 && n[k] <= p.Least {
					above["passes"] = true
				}
			}
			return shown, above
		}
		without, above := page(false)
		with, _ := page(true)
		if above["passes"] {
			continue
		}
		tried++
		for key, s := range without {
			if above[key] && s.Kind == Open && with[key].Kind == Open {
				continue
			}
			if with[key] != s {
				t.Errorf("%d: %s tells whether somebody is there: %v %v", seed, key, s, with[key])
			}
		}
	}
	if tried < 150 {
		t.Errorf("only %d tables were tried", tried)
	}
}

func TestKnownTables(t *testing.T) {
	p := Params{10, 5}
	publish := func(n map[string]int, sums ...[]string) map[string]Shown {
		t.Helper()
		var f Family
		var keys []string
		for k := range n {
			keys = append(keys, k)
		}
		slices.Sort(keys)
		for _, k := range keys {
			f.Count(k, n[k])
		}
		for _, s := range sums {
			f.Sum(s[0], s[1:]...)
		}
		out, err := f.Publish(p)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	// Exactly one part is small: the smallest other part goes too, for the total would give it away.
	got := publish(map[string]int{"all": 63, "a": 3, "b": 20, "c": 40}, []string{"all", "a", "b", "c"})
	for key, want := range map[string]Shown{"a": {Kind: Hidden}, "b": {Kind: Hidden}, "c": {Open, 40}, "all": {Open, 65}} {
		if got[key] != want {
			t.Errorf("%s: %v and not %v", key, got[key], want)
		}
	}
	// Two small parts that together are less than the least: a third goes, for each would be known to be at most their sum.
	got = publish(map[string]int{"all": 61, "a": 0, "b": 1, "c": 20, "d": 40}, []string{"all", "a", "b", "c", "d"})
	if got["c"].Kind != Hidden || got["d"] != (Shown{Open, 40}) {
		t.Errorf("parts that are nearly nought: %v", got)
	}
	// One part alone is its total: both go.
	got = publish(map[string]int{"all": 4, "a": 4}, []string{"all", "a"})
	if got["a"].Kind != Hidden || got["all"].Kind != Hidden {
		t.Errorf("a total of one part: %v", got)
	}
	// When nothing beside it is left, the total goes.
	got = publish(map[string]int{"all": 14, "a": 4, "b": 10}, []string{"all", "a", "b"})
	if got["b"].Kind != Hidden || got["a"].Kind != Hidden {
		t.Errorf("a total of two: %v", got)
	}
	if got := (Shown{}); got.Kind != Gap {
		t.Error("a number of which nothing is known is not a gap")
	}
}

func TestBadTables(t *testing.T) {
	for name, make := range map[string]func(*Family){
		"negative":       func(f *Family) { f.Count("a", -1) },
		"two numbers":    func(f *Family) { f.Count("a", 1); f.Count("a", 2) },
		"no such part":   func(f *Family) { f.Count("all", 1); f.Sum("all", "a") },
		"wrong total":    func(f *Family) { f.Count("all", 3); f.Count("a", 1); f.Count("b", 1); f.Sum("all", "a", "b") },
		"unknown before": func(f *Family) { f.Before("a", Open) },
		"small and shown": func(f *Family) {
			f.Count("a", 3)
			f.Before("a", Open)
		},
		"nothing can hide it": func(f *Family) {
			f.Count("all", 23)
			f.Count("a", 3)
			f.Count("b", 20)
			f.Before("b", Open)
			f.Before("all", Open)
			f.Sum("all", "a", "b")
		},
	} {
		var f Family
		make(&f)
		if out, err := f.Publish(Params{10, 5}); err == nil {
			t.Errorf("%s: published as %v", name, out)
		}
	}
	for _, p := range []Params{{}, {1, 1}, {10, 0}, {10, 20}} {
		if p.Check() == nil {
			t.Errorf("%v would show what must be hidden", p)
		}
	}
}

// BenchmarkQuarter is what a report of a quarter asks: five lists that share a total, and a table of two of them.
func BenchmarkQuarter(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 1))
	for b.Loop() {
		f := &Family{}
		table(f, r, "q", 18, 15, 4)
		for range 1 {
			side(f, r, "q", 23)
		}
		if _, err := f.Publish(Params{10, 5}); err != nil {
			b.Fatal(err)
		}
	}
}
