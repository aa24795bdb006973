package warn

// This file holds the scan against looking at everything by hand, and its chances against chance.

import (
	"math"
	"math/rand/v2"
	"testing"

	"pgregory.net/rapid"
)

// country is invented: places at random, people in each, and counts in proportion.
func country(r *rand.Rand, places, weeks int, rate float64) Area {
	var a Area
	for i := range places {
		a.Places = append(a.Places, Place{ID: string(rune('a' + i%26)), X: r.Float64() * 200, Y: r.Float64() * 300})
		people := 20 + 400*r.Float64()*r.Float64()
		expected, count := make([]float64, weeks), make([]int, weeks)
		for w := range weeks {
			expected[w] = people * (1 + 0.2*math.Sin(float64(w)/8))
			count[w] = poisson(r, expected[w]*rate)
		}
		a.Expected, a.Count = append(a.Expected, expected), append(a.Count, count)
	}
	return a
}

func poisson(r *rand.Rand, mean float64) int {
	n, p, floor := 0, r.Float64(), math.Exp(-mean)
	for ; p > floor; n++ {
		p *= r.Float64()
	}
	return n
}

// byHand looks at every cylinder with nothing but sums.
func byHand(a Area, p ScanParams) (llr float64) {
	total, all, latest := 0.0, 0.0, 0.0
	weeks := len(a.Count[0])
	for i := range a.Places {
		for w := range weeks {
			total += float64(a.Count[i][w])
			all += a.Expected[i][w]
			if w >= weeks-p.MaxWeeks {
				latest += a.Expected[i][w]
			}
		}
	}
	for c := range a.Places {
		far := func(i int) float64 {
			return math.Hypot(a.Places[i].X-a.Places[c].X, a.Places[i].Y-a.Places[c].Y)
		}
		for e := range a.Places { // the circle through e
			for d := 1; d <= p.MaxWeeks; d++ {
				count, expected, share, n := 0.0, 0.0, 0.0, 0
				for i := range a.Places {
					if far(i) > far(e) {
						continue
					}
					n++
					for w := weeks - p.MaxWeeks; w < weeks; w++ {
						share += a.Expected[i][w]
						if w >= weeks-d {
							count += float64(a.Count[i][w])
							expected += a.Expected[i][w]
						}
					}
				}
				if expected *= total / all; n > 1 && share > p.MaxShare*latest || count <= expected {
					continue
				}
				l := count * math.Log(count/expected)
				if total > count {
					l += (total - count) * math.Log((total-count)/(total-expected))
				}
				llr = max(llr, l)
			}
		}
	}
	return llr
}

func TestTheScanFindsWhatLookingAtEverythingFinds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 2))
		a := country(r, rapid.IntRange(1, 12).Draw(t, "places"), rapid.IntRange(3, 12).Draw(t, "weeks"), rapid.SampledFrom([]float64{0.001, 0.02, 0.2}).Draw(t, "rate"))
		p := ScanParams{MaxShare: rapid.SampledFrom([]float64{0.3, 0.5, 1}).Draw(t, "share"), MaxWeeks: 3, Seed: 1}
		found, err := a.Scan(p)
		if err != nil {
			t.Fatal(err)
		}
		got := 0.0
		if len(found) > 0 {
			got = found[0].LLR
		}
		if want := byHand(a, p); math.Abs(got-want) > 1e-4*max(1, want) {
			t.Fatalf("the scan says %v, by hand it is %v", got, want)
		}
		seen := map[int]bool{}
		for i, c := range found {
			if i > 0 && c.LLR > found[i-1].LLR || c.Weeks < 1 || c.Weeks > 3 || float64(c.Count) <= c.Expected {
				t.Fatalf("%+v", found)
			}
			for _, x := range c.Places {
				if seen[x] {
					t.Fatalf("two clusters share a place: %+v", found)
				}
				seen[x] = true
			}
		}
	})
}

func TestAClusterIsFoundWhereItWasPut(t *testing.T) {
	r := rand.New(rand.NewPCG(11, 12))
	a := country(r, 60, 40, 0.01)
	near := []int{}
	for i := range a.Places {
		if math.Hypot(a.Places[i].X-a.Places[7].X, a.Places[i].Y-a.Places[7].Y) < 35 {
			near = append(near, i)
			for w := 36; w < 40; w++ {
				a.Count[i][w] += poisson(r, a.Expected[i][w]*0.02)
			}
		}
	}
	found, err := a.Scan(ScanParams{MaxShare: 0.5, MaxWeeks: 12, Replications: 199, Seed: 9})
	if err != nil || len(found) == 0 {
		t.Fatal(found, err)
	}
	top := found[0]
	both := 0
	for _, x := range top.Places {
		for _, y := range near {
			if x == y {
				both++
			}
		}
	}
	if top.P > 0.01 || top.Weeks < 3 || top.Weeks > 6 || both < len(near)*2/3 || len(top.Places) > 2*len(near) {
		t.Errorf("put in %v, found %+v", near, top)
	}
	again, _ := a.Scan(ScanParams{MaxShare: 0.5, MaxWeeks: 12, Replications: 199, Seed: 9})
	if again[0].P != top.P || again[0].LLR != top.LLR {
		t.Error("the same seed gives another answer")
	}
}

// TestChanceAloneIsRarelySignificant counts how often a country without a cluster shows one.
func TestChanceAloneIsRarelySignificant(t *testing.T) {
	r := rand.New(rand.NewPCG(13, 14))
	const worlds = 200
	alarms := 0
	for i := range worlds {
		a := country(r, 15, 12, 0.01)
		found, err := a.Scan(ScanParams{MaxShare: 0.5, MaxWeeks: 6, Replications: 99, Seed: uint64(i)})
		if err != nil {
			t.Fatal(err)
		}
		if len(found) > 0 && found[0].P <= 0.05 {
			alarms++
		}
	}
	t.Logf("%d of %d quiet worlds show a cluster at 0.05", alarms, worlds)
	if alarms > 20 { // 10 are expected; more than 20 happen by chance less than once in five hundred times
		t.Errorf("%d of %d quiet worlds show a cluster at 0.05", alarms, worlds)
	}
}

func TestAnAreaThatMakesNoSenseIsRefused(t *testing.T) {
	good := func() Area { return country(rand.New(rand.NewPCG(1, 1)), 3, 5, 0.01) }
	p := ScanParams{MaxShare: 0.5, MaxWeeks: 2}
	for name, spoil := range map[string]func(a *Area, p *ScanParams){
		"no place":                func(a *Area, p *ScanParams) { a.Places = nil },
		"a negative count":        func(a *Area, p *ScanParams) { a.Count[1][2] = -1 },
		"a share of nothing":      func(a *Area, p *ScanParams) { p.MaxShare = 0 },
		"too many weeks":          func(a *Area, p *ScanParams) { p.MaxWeeks = 6 },
		"a row too short":         func(a *Area, p *ScanParams) { a.Expected[2] = a.Expected[2][:4] },
		"no number":               func(a *Area, p *ScanParams) { a.Expected[0][0] = math.NaN() },
		"a count out of nothing":  func(a *Area, p *ScanParams) { a.Expected[0][0], a.Count[0][0] = 0, 1 },
		"fewer than none at once": func(a *Area, p *ScanParams) { p.Replications = -1 },
	} {
		a, q := good(), p
		spoil(&a, &q)
		if _, err := a.Scan(q); err == nil {
			t.Errorf("%s is scanned", name)
		}
	}
	a := good()
	for i := range a.Count {
		clear(a.Count[i])
	}
	if found, err := a.Scan(p); err != nil || len(found) > 0 {
		t.Errorf("nothing at all shows %v, %v", found, err)
	}
}

// BenchmarkScan is 400 places, 156 weeks and 999 replications.
func BenchmarkScan(b *testing.B) {
	a := country(rand.New(rand.NewPCG(1, 2)), 400, 156, 0.002)
	p := ScanDefaults()
	for b.Loop() {
		if _, err := a.Scan(p); err != nil {
			b.Fatal(err)
		}
	}
}
