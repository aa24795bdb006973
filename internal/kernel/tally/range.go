package tally

// This file works out whether a hidden number can be narrowed: what it can be while everything that is shown stays as it is. That is
// a linear program, and it is solved by the simplex method, with Bland's rule so that it ends.

import (
	"fmt"
	"math"
)

const tiny = 1e-7

// safe says whether a hidden number can be anything from nought up to just below the least, whatever the small numbers are. It
// looks at moves: from what is true, by how much can one number change while others change with it and no sum does. All small
// numbers are taken to be where they can move least: those beside it at nought, this one at nought to go up and at its most to go
// down. A move that is possible then is possible whatever they are. So what is hidden beside a small number does not tell how
// small it is. Only a small total goes down from where it is: what is under it is hidden whatever it is.
func (f *Family) safe(i, least int) (bool, error) {
	if len(f.cells[i].sums) == 0 {
		return true, nil
	}
	t, col, err := f.program(i, least, 0)
	if err != nil {
		return false, err
	}
	if high, err := t.reach(col, 1, float64(least-1)); err != nil || high < float64(least-1)-tiny {
		return false, err
	}
	if t, col, err = f.program(i, least, least-1); err != nil {
		return false, err
	}
	low, err := t.reach(col, -1, 0)
	return low < tiny, err
}

// floor is where a number is taken to be while the number i is at from: see safe.
func (f *Family) floor(c, i, least, from int) int {
	switch x := f.cells[c]; {
	case x.n >= least || from > 0 && f.cells[i].total:
		return x.n
	case c == i:
		return from
	case !x.total:
		return 0
	default:
		most := 0
		for _, s := range x.sums {
			if f.sums[s][0] == c {
				sum := 0
				for _, part := range f.sums[s][1:] {
					sum += f.floor(part, i, least, from)
				}
				most = max(most, sum)
			}
		}
		return most
	}
}

// program is what somebody outside knows of the hidden numbers that hang together with one: each is nought or more, and each sum
// leaves so much for its hidden parts.
func (f *Family) program(i, least, from int) (*simplex, int, error) {
	col := map[int]int{}
	var rows []int
	inRow := map[int]bool{}
	for next := []int{i}; len(next) > 0; {
		c := next[len(next)-1]
		next = next[:len(next)-1]
		if _, ok := col[c]; ok {
			continue
		}
		col[c] = len(col)
		for _, s := range f.cells[c].sums {
			if !inRow[s] {
				inRow[s] = true
				rows = append(rows, s)
			}
			for _, other := range f.sums[s] {
				if f.cells[other].hid {
					next = append(next, other)
				}
			}
		}
	}
	a, b := make([][]float64, len(rows)), make([]float64, len(rows))
	for r, s := range rows {
		a[r] = make([]float64, len(col))
		for k, c := range f.sums[s] {
			if !f.cells[c].hid {
				continue
			}
			sign := 1.0
			if k == 0 {
				sign = -1
			}
			a[r][col[c]] += sign
			b[r] += sign * float64(f.floor(c, i, least, from))
		}
	}
	t, err := newSimplex(a, b)
	return t, col[i], err
}

// simplex is a tableau of equations over numbers that are nought or more, at one of its corners.
type simplex struct {
	rows  [][]float64 // the last column is what is left
	basis []int
	n     int // numbers, without the helpers of the first phase
}

// newSimplex finds a first corner. There is one: no move at all.
func newSimplex(a [][]float64, b []float64) (*simplex, error) {
	m := len(a)
	n := 0
	if m > 0 {
		n = len(a[0])
	}
	t := &simplex{n: n}
	for i := range a {
		row := make([]float64, n+m+1)
		copy(row, a[i])
		row[n+m] = b[i]
		if b[i] < 0 {
			for k := range row {
				row[k] = -row[k]
			}
		}
		row[n+i] = 1
		t.rows, t.basis = append(t.rows, row), append(t.basis, n+i)
	}
	cost := make([]float64, n+m+1)
	for i := range m {
		for k := range cost {
			if k < n || k == n+m {
				cost[k] -= t.rows[i][k]
			}
		}
	}
	if err := t.walk(cost, n, math.Inf(1)); err != nil {
		return nil, err
	}
	if cost[n+m] < -tiny*float64(1+m) {
		return nil, fmt.Errorf("tally: the sums contradict each other by %g", -cost[n+m])
	}
	// Helpers that are still there stand for sums that follow from the others: they are swapped out, or their row is empty.
	var rows [][]float64
	var basis []int
	for i, row := range t.rows {
		if t.basis[i] >= n {
			k := 0
			for k < n && math.Abs(row[k]) < tiny {
				k++
			}
			if k == n {
				continue
			}
			t.pivot(i, k, nil)
		}
		rows, basis = append(rows, t.rows[i]), append(basis, t.basis[i])
	}
	for i, row := range rows {
		rows[i] = append(row[:n:n], row[n+m])
	}
	t.rows, t.basis = rows, basis
	return t, nil
}

// reach walks to where one number is as small (sign -1) or as large (sign 1) as can be, or enough, and gives it.
func (t *simplex) reach(col int, sign, enough float64) (float64, error) {
	cost := make([]float64, t.n+1)
	cost[col] = -sign
	for i, b := range t.basis {
		if b == col {
			for k, x := range t.rows[i] {
				cost[k] += sign * x
			}
		}
	}
	err := t.walk(cost, t.n, enough*sign)
	if err == errFree {
		return math.Inf(int(sign)), nil
	}
	for i, b := range t.basis {
		if b == col {
			return t.rows[i][len(t.rows[i])-1], err
		}
	}
	return 0, err
}

var errFree = fmt.Errorf("tally: there is no most")

// walk goes from corner to corner while the cost falls. The last of cost is what was gained so far.
func (t *simplex) walk(cost []float64, n int, enough float64) error {
	last := len(cost) - 1
	for range 100000 {
		if cost[last] >= enough-tiny {
			return nil
		}
		in := -1
		for k := range n {
			if cost[k] < -tiny {
				in = k
				break
			}
		}
		if in < 0 {
			return nil
		}
		out, best := -1, math.Inf(1)
		for i, row := range t.rows {
			if row[in] > tiny {
				if q := row[len(row)-1] / row[in]; q < best-tiny || q < best+tiny && (out < 0 || t.basis[i] < t.basis[out]) {
					out, best = i, q
				}
			}
		}
		if out < 0 {
			return errFree
		}
		t.pivot(out, in, cost)
	}
	return fmt.Errorf("tally: the sums could not be worked out")
}

func (t *simplex) pivot(out, in int, cost []float64) {
	row := t.rows[out]
	by := row[in]
	for k := range row {
		row[k] /= by
	}
	clear := func(other []float64) {
		if x := other[in]; x != 0 {
			for k := range other {
				other[k] -= x * row[k]
			}
			other[in] = 0
		}
	}
	for i, other := range t.rows {
		if i != out {
			clear(other)
		}
	}
	if cost != nil {
		clear(cost)
	}
	t.basis[out] = in
}
