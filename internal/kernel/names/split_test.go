package names

// This file measures the models on what they were not learnt from: on the other quarters of one half of the people, on
// the half that nothing is learnt from, and on a language that nothing is learnt from.

import (
	"os"
	"slices"
	"sort"
	"strings"
	"testing"
)

// TestLearnElsewhere learns costs and weights without one language, REISGEZEL_LANGUAGE, and measures on it. What stays
// is what people wrote: the rules of the languages, the list of forms, and the list of known changes.
func TestLearnElsewhere(t *testing.T) {
	learning(t, "elsewhere")
	language := os.Getenv("REISGEZEL_LANGUAGE")
	learnCosts(t, language)
	x, folds := loadIndex(t)
	g := gather(t, x, folds, func(c, l string) bool { return !kept(c) && l != language })
	m, j := learnModel(thin(g.lists), true, rankSkip), learnModel(append(slices.Clone(g.pairs), g.strangers...), false, judgeSkip)
	g = gather(t, x, folds, func(_, l string) bool { return l == language })
	c := tally{}
	measureLists(x, &m, g.lists, g.info, c, nil)
	c.log(t)
	auc, recall := measurePairs(g.pairs, &j)
	t.Logf("pairs: AUC %.3f, recall at 95 %% precision %.3f", auc, recall)
}

// TestKeptHalf measures what is in costs.txt and model.txt on the half of dev.tsv that neither was learnt from.
func TestKeptHalf(t *testing.T) {
	if os.Getenv("REISGEZEL_LONG") == "" {
		t.Skip("skipped: takes a minute; set REISGEZEL_LONG=1")
	}
	x, folds := loadIndex(t)
	c := tally{}
	var pairs []scoredPair
	for _, r := range rows(t, "dev.tsv") {
		if !kept(r[1]) {
			continue
		}
		a, b := Read(r[2]), Read(r[1])
		p, _ := x.Compare(a, b)
		pairs = append(pairs, scoredPair{p, r[6] == "1"})
		if r[6] == "1" {
			c.add(r[3]+" "+r[4], slices.IndexFunc(x.Search(r[2], 10), func(m Match) bool {
				return m.ID == r[0] || folds[m.ID] == b.Fold()
			}))
		}
	}
	c.log(t)
	auc, recall := areaAndRecall(pairs)
	t.Logf("pairs: AUC %.3f, recall at 95 %% precision %.3f", auc, recall)
	latin, other := c["all Latn"], c["all other"]
	for _, f := range []struct {
		what        string
		have, floor float64
	}{
		{"Latin, first", latin[1] / latin[0], 0.83}, {"Latin, first ten", latin[2] / latin[0], 0.96},
		{"other scripts, first ten", other[2] / other[0], 0.96}, {"pairs, AUC", auc, 0.94}, {"pairs, recall", recall, 0.70},
	} {
		if f.have < f.floor {
			t.Errorf("%s: %.3f, want %.3f", f.what, f.have, f.floor)
		}
	}
}

// tally counts first places and first tens by language and script.
type tally map[string]*[3]float64

func (c tally) add(key string, at int) {
	latin := "all other"
	if strings.HasSuffix(key, "Latn") {
		latin = "all Latn"
	}
	for _, k := range []string{key, latin} {
		if c[k] == nil {
			c[k] = &[3]float64{}
		}
		c[k][0]++
		if at == 0 {
			c[k][1]++
		}
		if at >= 0 && at < 10 {
			c[k][2]++
		}
	}
}

func (c tally) log(t *testing.T) {
	var keys []string
	for k := range c {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	for _, k := range keys {
		v := c[k]
		t.Logf("%-12s n=%5.0f  first %.3f  ten %.3f", k, v[0], v[1]/v[0], v[2]/v[0])
	}
}

// measureLists tells where the right ones stand with a model.
func measureLists(x *Index, m *model, ex []example, info []queryInfo, c tally, say func(q queryInfo, at int, found []candidate)) {
	for from := 0; from < len(ex); {
		to := from
		q := info[ex[from].list]
		var found []candidate
		rights := map[uint32]bool{}
		for to < len(ex) && ex[to].list == ex[from].list {
			slot := q.slots[to-from]
			found = append(found, candidate{slot: slot, raw: m.raw(&ex[to].f)})
			rights[slot] = ex[to].right
			to++
		}
		x.best(found)
		at := slices.IndexFunc(found, func(k candidate) bool { return rights[k.slot] })
		c.add(q.key, at)
		if say != nil {
			say(q, at, found)
		}
		from = to
	}
}

// scoredPair is what a judge said of two names, and what is true.
type scoredPair struct {
	p     float32
	right bool
}

func measurePairs(ex []example, m *model) (auc, recall float64) {
	var all []scoredPair
	for i := 0; i+1 < len(ex); i += 2 { // both directions stand together
		all = append(all, scoredPair{chance((m.raw(&ex[i].f) + m.raw(&ex[i+1].f)) / 2), ex[i].right})
	}
	return areaAndRecall(all)
}

// areaAndRecall answers the area under the curve and the recall at 95 % precision.
func areaAndRecall(all []scoredPair) (auc, recall float64) {
	var yes, no float64
	for _, s := range all {
		if s.right {
			yes++
		} else {
			no++
		}
	}
	sort.Slice(all, func(i, j int) bool { return all[i].p > all[j].p })
	var tp, fp float64
	for i := 0; i < len(all); {
		j := i
		var y, n float64
		for j < len(all) && all[j].p == all[i].p {
			if all[j].right {
				y++
			} else {
				n++
			}
			j++
		}
		auc += n * (tp + y/2)
		tp, fp = tp+y, fp+n
		if tp/(tp+fp) >= 0.95 {
			recall = tp / yes
		}
		i = j
	}
	return auc / (yes * no), recall
}
