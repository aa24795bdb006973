package warn

// This file is the prospective space-time scan: where, and since when, is there more than was expected.
//
// Every cylinder is looked at: the places nearest to each place, for each number of them, and the latest weeks, for each
// number of them. What counts is the likelihood ratio of a Poisson model with the total given. How often chance alone shows
// as much is counted over replications in which the same total falls on places and weeks in proportion to what was expected;
// because each replication is asked for its own highest cylinder, looking at many of them at once is already paid for.

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
)

// Place is where something is counted, in any coordinates in which distance means distance.
type Place struct {
	ID   string
	X, Y float64
}

// Area is what the scan reads. Count and Expected have a row for each place and a column for each week, the latest last.
// What was expected may come from exposures, from earlier years or from Farrington's method; only its proportions matter.
type Area struct {
	Places   []Place
	Count    [][]int
	Expected [][]float64
}

// ScanParams are the limits of the search.
type ScanParams struct {
	MaxShare     float64 // a circle holds at most this share of what was expected in the latest weeks
	MaxWeeks     int     // weeks up to now that a cylinder may have
	Replications int     // 999 by convention
	Seed         uint64
}

// ScanDefaults are the conventional limits.
func ScanDefaults() ScanParams {
	return ScanParams{MaxShare: 0.5, MaxWeeks: 26, Replications: 999, Seed: 1}
}

// Cluster is the most striking cylinder around one place that does not overlap a more striking one.
type Cluster struct {
	Centre   int   // place
	Places   []int // by distance from the centre
	Weeks    int   // the latest so many
	Count    int
	Expected float64 // of the same total, in proportion
	LLR      float64
	P        float64 // how often chance alone shows a cylinder this striking
}

// MonteCarlo is what the chance of a cluster is good for: with so many replications no probability below 1/(n+1) can be
// told.
func (p ScanParams) MonteCarlo() float64 { return 1 / float64(p.Replications+1) }

// Check refuses an area that cannot be scanned.
func (a Area) Check(p ScanParams) error {
	n := len(a.Places)
	switch {
	case n == 0 || len(a.Count) != n || len(a.Expected) != n:
		return errors.New("a scan needs counts and expected counts for every place")
	case !(p.MaxShare > 0 && p.MaxShare <= 1):
		return fmt.Errorf("the largest share is more than 0 and at most 1, not %v", p.MaxShare)
	case p.MaxWeeks < 1 || p.MaxWeeks > len(a.Count[0]):
		return fmt.Errorf("the weeks of a cylinder are from 1 to %d, not %d", len(a.Count[0]), p.MaxWeeks)
	case p.Replications < 0:
		return fmt.Errorf("there are at least 0 replications, not %d", p.Replications)
	}
	for i := range a.Places {
		if len(a.Count[i]) != len(a.Count[0]) || len(a.Expected[i]) != len(a.Count[0]) {
			return fmt.Errorf("the place %s has another number of weeks", a.Places[i].ID)
		}
		for w := range a.Count[i] {
			switch e := a.Expected[i][w]; {
			case a.Count[i][w] < 0:
				return fmt.Errorf("the place %s has a negative count", a.Places[i].ID)
			case math.IsNaN(e) || math.IsInf(e, 0) || e < 0:
				return fmt.Errorf("the place %s has an expected count that is no number", a.Places[i].ID)
			case e == 0 && a.Count[i][w] > 0:
				return fmt.Errorf("the place %s counts where nothing was expected", a.Places[i].ID)
			}
		}
	}
	return nil
}

// scanner holds what all replications share.
type scanner struct {
	near  [][]int32 // places by distance, for each place
	most  []int     // how many of them a circle may have
	weeks int
	// For each centre, each circle and each number of weeks: what was expected, and the smallest excess squared that matters
	// is excess²·steep; see best.
	expected []float32
	steep    []float32
	start    []int // of each centre in expected and steep
	total    float64
	cells    []float64 // expected of each place and each of the latest weeks, then of all that is earlier
}

// Scan finds the striking clusters, the most striking first. Clusters by which chance is often struck too are among them;
// P tells.
func (a Area) Scan(p ScanParams) ([]Cluster, error) {
	if err := a.Check(p); err != nil {
		return nil, err
	}
	s, counts := a.scanner(p)
	if s.total == 0 {
		return nil, nil
	}
	found := s.clusters(counts)
	if len(found) == 0 {
		return nil, nil
	}
	highest := s.replicate(p)
	for i := range found {
		more := 0
		for _, h := range highest {
			if h >= found[i].LLR {
				more++
			}
		}
		found[i].P = float64(1+more) / float64(len(highest)+1)
	}
	return found, nil
}

func (a Area) scanner(p ScanParams) (*scanner, []int32) {
	n, weeks := len(a.Places), len(a.Count[0])
	s := &scanner{weeks: p.MaxWeeks, cells: make([]float64, n*p.MaxWeeks+1)}
	counts := make([]int32, n*p.MaxWeeks)
	sum := 0.0
	for i := range n {
		for w := range weeks {
			s.total += float64(a.Count[i][w])
			sum += a.Expected[i][w]
			ago := weeks - 1 - w
			if ago >= p.MaxWeeks {
				s.cells[n*p.MaxWeeks] += a.Expected[i][w]
				continue
			}
			counts[i*p.MaxWeeks+ago] = int32(a.Count[i][w])
			s.cells[i*p.MaxWeeks+ago] = a.Expected[i][w]
		}
	}
	if sum == 0 {
		s.total = 0
		return s, counts
	}
	for i := range s.cells {
		s.cells[i] *= s.total / sum
	}
	latest := 0.0
	for _, e := range s.cells[:n*p.MaxWeeks] {
		latest += e
	}
	run := make([]float64, p.MaxWeeks)
	for c := range n {
		order := make([]int32, n)
		for i := range order {
			order[i] = int32(i)
		}
		far := func(i int32) float64 {
			return math.Hypot(a.Places[i].X-a.Places[c].X, a.Places[i].Y-a.Places[c].Y)
		}
		slices.SortStableFunc(order, func(i, j int32) int {
			switch di, dj := far(i), far(j); {
			case di < dj:
				return -1
			case di > dj:
				return 1
			}
			return int(i - j)
		})
		clear(run)
		s.start = append(s.start, len(s.expected))
		circle, share := 0, 0.0
		for k, place := range order {
			own := 0.0
			for w := range p.MaxWeeks {
				own += s.cells[int(place)*p.MaxWeeks+w]
			}
			if share += own; k > 0 && share > p.MaxShare*latest*(1+1e-9) {
				break
			}
			circle++
			within := 0.0
			for w := range p.MaxWeeks {
				within += s.cells[int(place)*p.MaxWeeks+w]
				run[w] += within
				steep := math.Inf(1)
				if run[w] > 0 && run[w] < s.total {
					steep = 1/run[w] + 1/(s.total-run[w])
				}
				s.expected, s.steep = append(s.expected, float32(run[w])), append(s.steep, float32(steep))
			}
		}
		s.near, s.most = append(s.near, order), append(s.most, circle)
	}
	return s, counts
}

// llr is the log likelihood ratio of a cylinder with c of the total where e was expected.
func (s *scanner) llr(c, e float64) float64 {
	if c <= e || e <= 0 {
		return 0
	}
	l := c * math.Log(c/e)
	if rest := s.total - c; rest > 0 && s.total > e {
		l += rest * math.Log(rest/(s.total-e))
	}
	return l
}

// cylinder is where a scan stands: a centre, how many places and how many weeks.
type cylinder struct {
	centre, places, weeks int
	count                 int
	llr                   float64
}

// best is the most striking cylinder around one centre that is more striking than a floor. The ratio of a cylinder is never
// more than excess²·(1/e + 1/(total−e)), because log x ≤ x−1; most cylinders fall by that, without a logarithm.
func (s *scanner) best(centre int, counts []int32, run []int32, floor float64) (cylinder, bool) {
	clear(run)
	top := cylinder{centre: centre, llr: floor}
	at := s.start[centre]
	for k := range s.most[centre] {
		place := int(s.near[centre][k]) * s.weeks
		own := counts[place : place+s.weeks]
		expected, steep := s.expected[at:at+s.weeks], s.steep[at:at+s.weeks]
		at += s.weeks
		var within int32
		for w, c := range own {
			within += c
			run[w] += within
			over := float32(run[w]) - expected[w]
			if over <= 0 || float64(over*over*steep[w])*(1+1e-5) <= top.llr {
				continue
			}
			if l := s.llr(float64(run[w]), float64(expected[w])); l > top.llr {
				top = cylinder{centre, k + 1, w + 1, int(run[w]), l}
			}
		}
	}
	return top, top.places > 0
}

// clusters are the best cylinder of each centre, without those that share a place with a more striking one.
func (s *scanner) clusters(counts []int32) []Cluster {
	run := make([]int32, s.weeks)
	var all []cylinder
	for c := range s.near {
		if x, ok := s.best(c, counts, run, 0); ok {
			all = append(all, x)
		}
	}
	slices.SortStableFunc(all, func(a, b cylinder) int {
		switch {
		case a.llr > b.llr:
			return -1
		case a.llr < b.llr:
			return 1
		}
		return a.places - b.places
	})
	taken := make([]bool, len(s.near))
	var out []Cluster
next:
	for _, x := range all {
		places := s.near[x.centre][:x.places]
		for _, p := range places {
			if taken[p] {
				continue next
			}
		}
		c := Cluster{Centre: x.centre, Weeks: x.weeks, Count: x.count, LLR: x.llr}
		for _, p := range places {
			taken[p] = true
			c.Places = append(c.Places, int(p))
		}
		c.Expected = float64(s.expected[s.start[x.centre]+(x.places-1)*s.weeks+x.weeks-1])
		out = append(out, c)
	}
	return out
}

// replicate gives the highest ratio of each replication.
func (s *scanner) replicate(p ScanParams) []float64 {
	out := make([]float64, p.Replications)
	draw := newAlias(s.cells)
	hands := runtime.GOMAXPROCS(0)
	spread(hands, func(h int) {
		counts, run := make([]int32, len(s.cells)), make([]int32, s.weeks)
		for i := h; i < len(out); i += hands {
			rnd := rand.New(rand.NewPCG(p.Seed, uint64(i))) // of the replication alone: the number of processors changes nothing
			clear(counts)
			for range int(s.total) {
				counts[draw.one(rnd)]++
			}
			for c := range s.near {
				if x, ok := s.best(c, counts, run, out[i]); ok {
					out[i] = x.llr
				}
			}
		}
	})
	return out
}

// alias draws from a list of weights in constant time (Walker's method, as Vose built it).
type alias struct {
	keep []float64
	to   []int32
}

func newAlias(weights []float64) alias {
	n := len(weights)
	a := alias{make([]float64, n), make([]int32, n)}
	sum := 0.0
	for _, w := range weights {
		sum += w
	}
	var small, large []int32
	for i, w := range weights {
		a.keep[i], a.to[i] = w*float64(n)/sum, int32(i)
		if a.keep[i] < 1 {
			small = append(small, int32(i))
		} else {
			large = append(large, int32(i))
		}
	}
	for len(small) > 0 && len(large) > 0 {
		s, l := small[len(small)-1], large[len(large)-1]
		small = small[:len(small)-1]
		a.to[s] = l
		if a.keep[l] -= 1 - a.keep[s]; a.keep[l] < 1 {
			large, small = large[:len(large)-1], append(small, l)
		}
	}
	for _, i := range append(small, large...) { // what is left is one but for rounding
		a.keep[i] = 1
	}
	return a
}

func (a alias) one(rnd *rand.Rand) int {
	i := rnd.IntN(len(a.keep))
	if rnd.Float64() < a.keep[i] {
		return i
	}
	return int(a.to[i])
}
