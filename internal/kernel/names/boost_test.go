package names

// This file learns the weights of model.txt: logistic regression, over whole lists for the ranker ("the right ones
// first") and over single pairs for the judge. Trees were tried and added next to nothing.

import (
	"fmt"
	"math"
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

// learnModel goes downhill from nothing. Examples of one list must stand together. skip names features that are not
// to be used, with spaces around each.
func learnModel(ex []example, lists bool, skip string) (m model) {
	var mean, dev [featureCount]float64
	all := 0.0
	for i := range ex {
		for k, v := range ex[i].f {
			mean[k] += float64(v) / float64(len(ex))
		}
		if !lists {
			all += ex[i].w
		} else if i == 0 || ex[i].list != ex[i-1].list {
			all++
		}
	}
	for i := range ex {
		for k, v := range ex[i].f {
			dev[k] += (float64(v) - mean[k]) * (float64(v) - mean[k])
		}
	}
	for k := range dev {
		dev[k] = math.Sqrt(dev[k]/float64(len(ex))) + 1e-6
		if strings.Contains(skip, " "+featureNames[k]+" ") {
			dev[k] = math.Inf(1)
		}
	}
	rows := make([][featureCount]float64, len(ex))
	for i := range ex {
		for k, v := range ex[i].f {
			rows[i][k] = (float64(v) - mean[k]) / dev[k]
		}
	}
	var w, speed [featureCount]float64
	bias, biasSpeed := 0.0, 0.0
	raw, g := make([]float64, len(ex)), make([]float64, len(ex))
	for range 400 {
		for i := range rows {
			raw[i] = bias
			for k := range w {
				raw[i] += w[k] * rows[i][k]
			}
		}
		if lists {
			listGradient(ex, raw, g)
		} else {
			pairGradient(ex, raw, g)
		}
		var down [featureCount]float64
		downBias := 0.0
		for i := range ex {
			if g[i] < 1e-5 && g[i] > -1e-5 {
				continue
			}
			downBias += g[i]
			for k := range down {
				down[k] += g[i] * rows[i][k]
			}
		}
		for k := range w {
			speed[k] = 0.9*speed[k] - 0.1*(down[k]/all+0.002*w[k])
			w[k] += speed[k]
		}
		if !lists {
			biasSpeed = 0.9*biasSpeed - 0.1*downBias/all
			bias += biasSpeed
		}
	}
	base := bias
	for k := range w {
		m.weight[k] = round(w[k] / dev[k])
		base -= float64(m.weight[k]) * mean[k]
	}
	if !lists {
		m.base = round(base)
	}
	return m
}

// pairGradient is that of "one person or two".
func pairGradient(ex []example, raw, g []float64) {
	for i := range ex {
		g[i] = ex[i].w / (1 + math.Exp(-raw[i]))
		if ex[i].right {
			g[i] -= ex[i].w
		}
	}
}

// listGradient is that of "the right ones first": a softmax over every list.
func listGradient(ex []example, raw, g []float64) {
	for from := 0; from < len(ex); {
		to, top, rights := from, math.Inf(-1), 0.0
		for ; to < len(ex) && ex[to].list == ex[from].list; to++ {
			top = max(top, raw[to])
			if ex[to].right {
				rights++
			}
		}
		sum := 0.0
		for i := from; i < to; i++ {
			sum += math.Exp(raw[i] - top)
		}
		for i := from; i < to; i++ {
			g[i] = 0
			if rights > 0 {
				g[i] = math.Exp(raw[i]-top) / sum
			}
			if ex[i].right {
				g[i] -= 1 / rights
			}
		}
		from = to
	}
}

// round keeps what model.txt keeps.
func round(v float64) float32 { return number(fmt.Sprintf("%.4g", v)) }

// print writes a model as model.txt has it.
func (m *model) print(out *strings.Builder, name string) {
	fmt.Fprintf(out, "%s base %.4g\n", name, m.base)
	for k, w := range m.weight {
		if w != 0 {
			fmt.Fprintf(out, "%s %s %.4g\n", name, featureNames[k], w)
		}
	}
}
