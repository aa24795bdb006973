package names

// This file grows the trees of model.txt: gradient boosting over histograms, with a loss over whole lists for the
// ranker and over single pairs for the judge.

import (
	"fmt"
	"math"
	"sort"
	"strings"
)

// example is one pair that was measured.
type example struct {
	f     features
	list  int     // which query it belongs to
	right bool    //
	w     float64 // how much it counts
	fold  int     // for measuring on what was not learnt from
}

type growing struct {
	rounds, leaves, least int
	rate                  float64
	lists                 bool
}

const binsMost = 64

// boost learns a model. Examples of one list must stand together.
func boost(ex []example, o growing) model {
	var limits [featureCount][]float32
	for k := range featureCount {
		limits[k] = quantiles(ex, k)
	}
	bins := make([][]uint8, featureCount)
	for k := range bins {
		bins[k] = make([]uint8, len(ex))
		for i := range ex {
			bins[k][i] = uint8(sort.Search(len(limits[k]), func(j int) bool { return ex[i].f[k] < limits[k][j] }))
		}
	}
	raw, g, h := make([]float64, len(ex)), make([]float64, len(ex)), make([]float64, len(ex))
	m := model{}
	if !o.lists {
		var yes, all float64
		for i := range ex {
			all += ex[i].w
			if ex[i].right {
				yes += ex[i].w
			}
		}
		m.base = float32(math.Log(yes / (all - yes)))
		for i := range raw {
			raw[i] = float64(m.base)
		}
	}
	for range o.rounds {
		if o.lists {
			listGradient(ex, raw, g, h)
		} else {
			for i := range ex {
				p := 1 / (1 + math.Exp(-raw[i]))
				g[i], h[i] = p*ex[i].w, p*(1-p)*ex[i].w
				if ex[i].right {
					g[i] -= ex[i].w
				}
			}
		}
		t := growTree(bins, limits, g, h, o)
		for i := range ex {
			raw[i] += float64(walk(t, &ex[i].f))
		}
		m.trees = append(m.trees, t)
	}
	return m
}

func walk(t []node, f *features) float32 {
	m := model{trees: [][]node{t}}
	return m.raw(f)
}

// listGradient is that of "the right ones first": a softmax over every list.
func listGradient(ex []example, raw, g, h []float64) {
	for from := 0; from < len(ex); {
		to := from
		top := math.Inf(-1)
		rights := 0.0
		for to < len(ex) && ex[to].list == ex[from].list {
			top = max(top, raw[to])
			if ex[to].right {
				rights++
			}
			to++
		}
		sum := 0.0
		for i := from; i < to; i++ {
			sum += math.Exp(raw[i] - top)
		}
		for i := from; i < to; i++ {
			p := math.Exp(raw[i]-top) / sum
			g[i], h[i] = p*ex[i].w, max(1e-6, p*(1-p))*ex[i].w
			if ex[i].right {
				g[i] -= ex[i].w / rights
			}
			if rights == 0 {
				g[i], h[i] = 0, 0
			}
		}
		from = to
	}
}

func quantiles(ex []example, k int) []float32 {
	vs := make([]float32, len(ex))
	for i := range ex {
		vs[i] = ex[i].f[k]
	}
	sort.Slice(vs, func(i, j int) bool { return vs[i] < vs[j] })
	var out []float32
	for b := 1; b < binsMost; b++ {
		v := vs[len(vs)*b/binsMost]
		if v > vs[0] && (len(out) == 0 || v > out[len(out)-1]) {
			out = append(out, v)
		}
	}
	return out
}

type leaf struct {
	rows        []int32
	g, h        float64
	gain        float64
	feature, at int
	no, yes     *leaf
}

// growTree splits the leaf that gains most until there are enough leaves.
func growTree(bins [][]uint8, limits [featureCount][]float32, g, h []float64, o growing) []node {
	const lambda = 2.0
	look := func(l *leaf) {
		l.gain, l.feature = 0, -1
		whole := l.g * l.g / (l.h + lambda)
		for k := range bins {
			if len(limits[k]) == 0 {
				continue
			}
			var bg, bh [binsMost]float64
			var bn [binsMost]int32
			b := bins[k]
			for _, i := range l.rows {
				bg[b[i]] += g[i]
				bh[b[i]] += h[i]
				bn[b[i]]++
			}
			var lg, lh float64
			var ln int32
			for j := range limits[k] {
				lg, lh, ln = lg+bg[j], lh+bh[j], ln+bn[j]
				if int(ln) < o.least || len(l.rows)-int(ln) < o.least {
					continue
				}
				gain := lg*lg/(lh+lambda) + (l.g-lg)*(l.g-lg)/(l.h-lh+lambda) - whole
				if gain > l.gain {
					l.gain, l.feature, l.at = gain, k, j
				}
			}
		}
	}
	root := &leaf{rows: make([]int32, len(g))}
	for i := range g {
		root.rows[i] = int32(i)
		root.g += g[i]
		root.h += h[i]
	}
	look(root)
	open := []*leaf{root}
	for len(open) < o.leaves {
		best := 0
		for i := range open {
			if open[i].gain > open[best].gain {
				best = i
			}
		}
		l := open[best]
		if l.gain < 1e-3 {
			break
		}
		l.yes, l.no = &leaf{}, &leaf{}
		for _, i := range l.rows {
			side := l.no
			if int(bins[l.feature][i]) <= l.at {
				side = l.yes
			}
			side.rows = append(side.rows, i)
			side.g += g[i]
			side.h += h[i]
		}
		l.rows = nil
		look(l.yes)
		look(l.no)
		open[best] = l.yes
		open = append(open, l.no)
	}
	var t []node
	var write func(l *leaf)
	write = func(l *leaf) {
		at := len(t)
		if l.yes == nil {
			t = append(t, node{feature: -1, value: round(-l.g / (l.h + lambda) * o.rate)})
			return
		}
		t = append(t, node{feature: int16(l.feature), value: round(float64(limits[l.feature][l.at]))})
		write(l.yes)
		t[at].no = int16(len(t))
		write(l.no)
	}
	write(root)
	return t
}

// round keeps what model.txt keeps.
func round(v float64) float32 { return number(fmt.Sprintf("%.4g", v)) }

// print writes a model as model.txt has it.
func (m *model) print(out *strings.Builder, name string) {
	fmt.Fprintf(out, "%s base %.4g\n", name, m.base)
	for _, t := range m.trees {
		fmt.Fprintf(out, "%s tree", name)
		for _, n := range t {
			if n.feature < 0 {
				fmt.Fprintf(out, " = %.4g", n.value)
			} else {
				fmt.Fprintf(out, " %s %.4g", featureNames[n.feature], n.value)
			}
		}
		out.WriteByte('\n')
	}
}
