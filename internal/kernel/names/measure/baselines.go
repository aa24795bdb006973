package measure

// This file holds the obvious ways to search for a name, so that ours can be seen beside them. They search folded
// names (lower case, no marks), which is already kinder than most systems are.

import (
	"context"
	"math"
	"slices"
	"sort"
	"strings"

	"reisgezel/internal/kernel/names"
)

// Baselines are the obvious methods.
func Baselines() []Method {
	return []Method{exact(), prefix(), trigram("trigram", nil), trigram("trigram + Jaro-Winkler", tokenJaro), metaphones()}
}

func folded(people []Person) []string {
	out := make([]string, len(people))
	for i, p := range people {
		out[i] = names.Read(p.Name).Fold()
	}
	return out
}

func fold(name string) string { return names.Read(name).Fold() }

func exact() Method {
	at := map[string][]int{}
	return Method{
		Name: "exact",
		Build: func(_ context.Context, people []Person) error {
			for i, n := range folded(people) {
				at[n] = append(at[n], i)
			}
			return nil
		},
		Search: func(_ context.Context, name string, n int) ([]int, error) {
			f := at[fold(name)]
			return f[:min(n, len(f))], nil
		},
		Pair: func(a, b string) float64 {
			if fold(a) == fold(b) {
				return 1
			}
			return 0
		},
	}
}

func prefix() Method {
	var ns []string
	var order []int
	return Method{
		Name: "prefix",
		Build: func(_ context.Context, people []Person) error {
			ns = folded(people)
			order = make([]int, len(ns))
			for i := range order {
				order[i] = i
			}
			sort.SliceStable(order, func(i, j int) bool { return ns[order[i]] < ns[order[j]] })
			return nil
		},
		Search: func(_ context.Context, name string, n int) ([]int, error) {
			f := fold(name)
			from := sort.Search(len(order), func(i int) bool { return ns[order[i]] >= f })
			to := from
			for to < len(order) && to < from+n && strings.HasPrefix(ns[order[to]], f) {
				to++
			}
			return order[from:to], nil
		},
		Pair: func(a, b string) float64 {
			a, b = fold(a), fold(b)
			if strings.HasPrefix(a, b) || strings.HasPrefix(b, a) {
				return 1
			}
			return 0
		},
	}
}

// trigrams are those of pg_trgm: of every word, with two spaces before it and one after it, each once.
func trigrams(name string) []string {
	var out []string
	for w := range strings.FieldsSeq(name) {
		r := []rune("  " + w + " ")
		for i := 0; i+3 <= len(r); i++ {
			out = append(out, string(r[i:i+3]))
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

type scored struct {
	at int
	v  float64
}

// top puts the best n first; equal ones stay in the order of the table.
func top(all []scored, n int) []int {
	sort.Slice(all, func(i, j int) bool {
		if all[i].v != all[j].v {
			return all[i].v > all[j].v
		}
		return all[i].at < all[j].at
	})
	var out []int
	for _, s := range all[:min(n, len(all))] {
		out = append(out, s.at)
	}
	return out
}

// trigram finds by the share of common trigrams, and puts the best 200 in order again where again is given.
func trigram(name string, again func(a, b string) float64) Method {
	var ns []string
	var size []int
	posts := map[string][]int32{}
	var common []int32
	return Method{
		Name: name,
		Build: func(_ context.Context, people []Person) error {
			ns = folded(people)
			size, common = make([]int, len(ns)), make([]int32, len(ns))
			for i, n := range ns {
				g := trigrams(n)
				size[i] = len(g)
				for _, t := range g {
					posts[t] = append(posts[t], int32(i))
				}
			}
			return nil
		},
		Search: func(_ context.Context, name string, n int) ([]int, error) {
			f := fold(name)
			g := trigrams(f)
			var touched []int32
			for _, t := range g {
				for _, i := range posts[t] {
					if common[i] == 0 {
						touched = append(touched, i)
					}
					common[i]++
				}
			}
			all := make([]scored, 0, len(touched))
			for _, i := range touched {
				all = append(all, scored{int(i), float64(common[i]) / float64(len(g)+size[i]-int(common[i]))})
				common[i] = 0
			}
			if again == nil {
				return top(all, n), nil
			}
			best := top(all, 200)
			all = all[:0]
			for _, i := range best {
				all = append(all, scored{i, again(f, ns[i])})
			}
			return top(all, n), nil
		},
		Pair: func(a, b string) float64 {
			a, b = fold(a), fold(b)
			if again != nil {
				return again(a, b)
			}
			x, y := trigrams(a), trigrams(b)
			both := 0
			for _, t := range x {
				if _, ok := slices.BinarySearch(y, t); ok {
					both++
				}
			}
			return float64(both) / float64(max(1, len(x)+len(y)-both))
		},
	}
}

// tokenJaro pairs words by Jaro-Winkler, the best first, and shares the sum over the longer name.
func tokenJaro(a, b string) float64 {
	x, y := strings.Fields(a), strings.Fields(b)
	type pair struct {
		i, j int
		v    float64
	}
	var all []pair
	for i := range x {
		for j := range y {
			all = append(all, pair{i, j, jaroWinkler([]rune(x[i]), []rune(y[j]))})
		}
	}
	sort.SliceStable(all, func(i, j int) bool { return all[i].v > all[j].v })
	usedX, usedY := make([]bool, len(x)), make([]bool, len(y))
	sum := 0.0
	for _, p := range all {
		if !usedX[p.i] && !usedY[p.j] {
			usedX[p.i], usedY[p.j] = true, true
			sum += p.v
		}
	}
	return sum / float64(max(len(x), len(y), 1))
}

func jaroWinkler(a, b []rune) float64 {
	if len(a) == 0 || len(b) == 0 {
		return 0
	}
	reach := max(0, max(len(a), len(b))/2-1)
	inA, inB := make([]bool, len(a)), make([]bool, len(b))
	same := 0
	for i := range a {
		for j := max(0, i-reach); j < min(len(b), i+reach+1); j++ {
			if !inB[j] && a[i] == b[j] {
				inA[i], inB[j] = true, true
				same++
				break
			}
		}
	}
	if same == 0 {
		return 0
	}
	turned, j := 0, 0
	for i := range a {
		if !inA[i] {
			continue
		}
		for !inB[j] {
			j++
		}
		if a[i] != b[j] {
			turned++
		}
		j++
	}
	m := float64(same)
	jaro := (m/float64(len(a)) + m/float64(len(b)) + (m-float64(turned)/2)/m) / 3
	lead := 0
	for lead < min(4, len(a), len(b)) && a[lead] == b[lead] {
		lead++
	}
	return jaro + float64(lead)*0.1*(1-jaro)
}

// metaphones finds by the Double Metaphone keys of the words, the rarer the better, and less for words left over.
func metaphones() Method {
	posts := map[string][]int32{}
	var words []int
	var acc []float64
	keys := func(folded string) [][]string {
		var out [][]string
		for w := range strings.FieldsSeq(folded) {
			a, b := doubleMetaphone(w)
			k := []string{a}
			if b != a {
				k = append(k, b)
			}
			if a == "" {
				k = []string{w} // nothing the method can say about other scripts
			}
			out = append(out, k)
		}
		return out
	}
	return Method{
		Name: "Double Metaphone",
		Build: func(_ context.Context, people []Person) error {
			words, acc = make([]int, len(people)), make([]float64, len(people))
			for i, n := range folded(people) {
				ks := keys(n)
				words[i] = len(ks)
				for _, k := range ks {
					for _, key := range k {
						if p := posts[key]; len(p) == 0 || p[len(p)-1] != int32(i) {
							posts[key] = append(p, int32(i))
						}
					}
				}
			}
			return nil
		},
		Search: func(_ context.Context, name string, n int) ([]int, error) {
			var touched []int32
			ks := keys(fold(name))
			for _, k := range ks {
				for _, key := range k {
					p := posts[key]
					v := math.Log(float64(len(words)+1) / float64(len(p)+1))
					for _, i := range p {
						if acc[i] == 0 {
							touched = append(touched, i)
						}
						acc[i] += v
					}
				}
			}
			all := make([]scored, 0, len(touched))
			for _, i := range touched {
				all = append(all, scored{int(i), acc[i] / math.Sqrt(float64(words[i]+len(ks)))})
				acc[i] = 0
			}
			return top(all, n), nil
		},
		Pair: func(a, b string) float64 {
			x, y := keys(fold(a)), keys(fold(b))
			both := 0
			for _, k := range x {
				if slices.ContainsFunc(y, func(o []string) bool {
					return slices.ContainsFunc(o, func(s string) bool { return slices.Contains(k, s) })
				}) {
					both++
				}
			}
			return min(1, 2*float64(both)/float64(max(1, len(x)+len(y)))) // two words may share the key of one
		},
	}
}
