package measure

// This file runs the queries and counts.

import (
	"context"
	"fmt"
	"math"
	"runtime"
	"slices"
	"sort"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/names"
)

// Recall is how often the right person was found.
type Recall struct {
	Queries   int     `json:"queries"`
	RecallAt1 float64 `json:"recall_at_1"`
	Recall10  float64 `json:"recall_at_10"`
	MRR       float64 `json:"mrr"` // a place after the tenth counts nothing
}

func (r *Recall) add(place int) {
	r.Queries++
	if place == 1 {
		r.RecallAt1++
	}
	if place > 0 {
		r.Recall10++
		r.MRR += 1 / float64(place)
	}
}

func (r Recall) shares() Recall {
	n := float64(max(r.Queries, 1))
	return Recall{r.Queries, round(r.RecallAt1 / n), round(r.Recall10 / n), round(r.MRR / n)}
}

func round(v float64) float64 { return math.Round(v*1e4) / 1e4 }

// PairFigures say how well a score of two names tells one person from two.
type PairFigures struct {
	Same      int     `json:"same"`
	Different int     `json:"different"`
	AUC       float64 `json:"auc"`
	Recall95  float64 `json:"recall_at_95_precision"`
}

// Figures are the outcome for one way of searching.
type Figures struct {
	Method     string            `json:"method"`
	People     int               `json:"people"`
	Overall    Recall            `json:"overall"`
	Latin      Recall            `json:"latin"`
	Other      Recall            `json:"other"`
	ByLanguage map[string]Recall `json:"by_language"`
	ByScript   map[string]Recall `json:"by_language_and_script"`
	P50        float64           `json:"p50_ms"`
	P95        float64           `json:"p95_ms"`
	P99        float64           `json:"p99_ms"`
	IndexBytes int64             `json:"index_bytes"`
	BuildSecs  float64           `json:"build_seconds"`
	Pairs      *PairFigures      `json:"pairs,omitempty"`
}

// Method is one way of searching: it is built once over all people, and answers their places in the list.
type Method struct {
	Name   string
	Build  func(ctx context.Context, people []Person) error
	Search func(ctx context.Context, name string, n int) ([]int, error)
	Pair   func(a, b string) float64 // nil where the method has no score of two names
}

// Ours is the matcher of this program.
func Ours() Method {
	x := names.NewIndex()
	at := map[string]int{}
	return Method{
		Name: "reisgezel",
		Build: func(ctx context.Context, people []Person) error {
			for i, p := range people {
				at[p.ID] = i
			}
			return x.Fill(ctx, func(yield func(string, []string) bool) {
				for i := range people {
					if !yield(people[i].ID, []string{people[i].Name}) {
						return
					}
				}
			})
		},
		Search: func(_ context.Context, name string, n int) ([]int, error) {
			var out []int
			for _, m := range x.Search(name, n) {
				out = append(out, at[m.ID])
			}
			return out, nil
		},
		Pair: func(a, b string) float64 {
			p, _ := x.Compare(names.Read(a), names.Read(b))
			return float64(p)
		},
	}
}

// Run measures one method. A hit is the person, or somebody whose folded name is the same.
func Run(ctx context.Context, m Method, people []Person, pairs []Pair, c clock.Clock) (Figures, error) {
	f := Figures{Method: m.Name, People: len(people)}
	folded := make([]string, len(people))
	for i, p := range people {
		folded[i] = names.Read(p.Name).Fold()
	}
	before := heap()
	began := c.Now()
	if err := m.Build(ctx, people); err != nil {
		return f, err
	}
	f.BuildSecs = round(c.Now().Sub(began).Seconds())
	f.IndexBytes = max(0, heap()-before)

	languages, scripts := map[string]*Recall{}, map[string]*Recall{}
	into := func(t map[string]*Recall, key string, place int) {
		if t[key] == nil {
			t[key] = &Recall{}
		}
		t[key].add(place)
	}
	var took []float64
	for i, q := range pairs {
		if !q.Same {
			continue
		}
		if err := ctx.Err(); err != nil {
			return f, err
		}
		if len(took) == 0 { // what is only done once is not part of a search
			if _, err := m.Search(ctx, q.Variant, 10); err != nil {
				return f, fmt.Errorf("query %d: %w", i+1, err)
			}
		}
		began := c.Now()
		found, err := m.Search(ctx, q.Variant, 10)
		if err != nil {
			return f, fmt.Errorf("query %d: %w", i+1, err)
		}
		took = append(took, float64(c.Now().Sub(began).Nanoseconds())/1e6)
		fold := names.Read(q.Canonical).Fold()
		place := 1 + slices.IndexFunc(found, func(k int) bool { return people[k].ID == q.ID || folded[k] == fold })
		f.Overall.add(place)
		if q.Script == "Latn" {
			f.Latin.add(place)
		} else {
			f.Other.add(place)
		}
		into(languages, q.Language, place)
		into(scripts, q.Language+" "+q.Script, place)
	}
	f.Overall, f.Latin, f.Other = f.Overall.shares(), f.Latin.shares(), f.Other.shares()
	f.ByLanguage, f.ByScript = shares(languages), shares(scripts)
	sort.Float64s(took)
	at := func(share float64) float64 {
		if len(took) == 0 {
			return 0
		}
		return math.Round(took[min(len(took)-1, int(share*float64(len(took))))]*1000) / 1000
	}
	f.P50, f.P95, f.P99 = at(0.5), at(0.95), at(0.99)
	if m.Pair != nil {
		f.Pairs = scorePairs(m.Pair, pairs)
	}
	runtime.KeepAlive(m)
	return f, nil
}

func shares(t map[string]*Recall) map[string]Recall {
	out := map[string]Recall{}
	for k, r := range t {
		out[k] = r.shares()
	}
	return out
}

func heap() int64 {
	runtime.GC()
	runtime.GC()
	var s runtime.MemStats
	runtime.ReadMemStats(&s)
	return int64(s.HeapAlloc)
}

// scorePairs counts the area under the curve, and the recall at the lowest score whose precision is still 95 %.
func scorePairs(score func(a, b string) float64, pairs []Pair) *PairFigures {
	type scored struct {
		score float64
		same  bool
	}
	all := make([]scored, 0, len(pairs))
	f := &PairFigures{}
	for _, p := range pairs {
		all = append(all, scored{score(p.Canonical, p.Variant), p.Same})
		if p.Same {
			f.Same++
		} else {
			f.Different++
		}
	}
	if f.Same == 0 || f.Different == 0 {
		return f
	}
	sort.SliceStable(all, func(i, j int) bool { return all[i].score > all[j].score })
	var yes, no, area float64
	for i := 0; i < len(all); {
		j, y, n := i, 0.0, 0.0
		for ; j < len(all) && all[j].score == all[i].score; j++ { // equal scores cannot be told apart
			if all[j].same {
				y++
			} else {
				n++
			}
		}
		area += n * (yes + y/2)
		yes, no = yes+y, no+n
		if yes/(yes+no) >= 0.95 {
			f.Recall95 = round(yes / float64(f.Same))
		}
		i = j
	}
	f.AUC = round(area / (float64(f.Same) * float64(f.Different)))
	return f
}
