package knelpunt

// This file says which signals and bottlenecks are about the same, by their words and their coarse facts, in Dutch and English.

import (
	"cmp"
	_ "embed"
	"maps"
	"math"
	"slices"
	"strings"
	"unicode"
)

//go:embed lists/concepts.txt
var conceptLines string

// concepts are the meanings: the beginnings of the words of each.
var concepts = func() (out [][]string) {
	for line := range strings.Lines(conceptLines) {
		if f := strings.Fields(line); len(f) > 0 && f[0] != "#" {
			out = append(out, f)
		}
	}
	return out
}()

// little are words that say nothing of what a text is about.
var little = func() map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(`de het een en of maar want dus dat die dit deze er is was zijn waren wordt werd worden heeft had hebben niet geen ook nog al wel dan toen als om te van voor met aan op in uit bij naar door over onder
		na tot zonder zij hij ze we wij je jij u men iemand niemand mensen wie wat waar waarom hoe steeds weer meer veel vaak keer jaar maand maanden week weken dag dagen alle andere eigen zo daar hier kan kon moet moest mag gaat ging komt kwam
		the a an and or but that this these those there is was are were be been has had have not no also still then when if to of for with at on in out by from through over under after until without they he she we you one somebody
		nobody people who what where why how again more many often times year month months week weeks day days all other own so here can could must should may goes went comes came it its their his her only told said persoon naam onbekend nummer adres datum`) {
		m[w] = true
	}
	return m
}()

// Bag is how often a text says what; a meaning that has a line in the list counts under its first word.
type Bag map[string]float64

// BagOf reads a text.
func BagOf(text string) Bag {
	out := Bag{}
	for _, w := range strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) }) {
		if len(w) < 3 || little[w] {
			continue
		}
		if k := meaning(w); k != "" {
			out[k]++
		}
	}
	return out
}

// words are the words of a text in one order. Sums over them are always made in it: a last binary digit that hung on chance would turn
// round two that are exactly as much alike, and the same page would answer differently twice.
func (b Bag) words() []string { return slices.Sorted(maps.Keys(b)) }

// meaning is what a word counts under: its line in the list, else itself without its ending.
func meaning(w string) string {
	best, long := "", 0
	for _, c := range concepts {
		for _, start := range c {
			if len(start) > long && strings.HasPrefix(w, start) {
				best, long = "="+c[0], len(start)
			}
		}
	}
	if best != "" {
		return best
	}
	for _, end := range []string{"ingen", "heden", "ing", "en", "er", "ed", "es", "e", "s"} {
		if s, ok := strings.CutSuffix(w, end); ok && len(s) >= 4 {
			return s
		}
	}
	return w
}

// Text is something that can be laid beside others: its words, and its facts.
type Text struct {
	ID    string
	Words Bag
	Facts Facts
}

// Rarity is how much a word says: one that stands in every text says nothing.
type Rarity struct {
	in  map[string]int
	all int
}

// Rare counts in how many texts each word stands.
func Rare(texts []Text) Rarity {
	r := Rarity{in: map[string]int{}, all: len(texts)}
	for _, t := range texts {
		for w := range t.Words {
			r.in[w]++
		}
	}
	return r
}

func (r Rarity) of(w string) float64 {
	return math.Log(1 + float64(r.all+1)/float64(r.in[w]+1))
}

// alike is the angle between two texts, from 0 (nothing in common) to 1.
func (r Rarity) alike(a, b Bag) float64 {
	if len(a) == 0 || len(b) == 0 {
		return 0
	}
	long := func(x Bag) (n float64) {
		for _, w := range x.words() {
			y := (1 + math.Log(x[w])) * r.of(w)
			n += y * y
		}
		return math.Sqrt(n)
	}
	both := 0.0
	for _, w := range a.words() {
		if d := b[w]; d > 0 {
			both += (1 + math.Log(a[w])) * (1 + math.Log(d)) * r.of(w) * r.of(w)
		}
	}
	return both / (long(a) * long(b))
}

// How much words and each fact weigh. Assumption: chosen on the texts of the tests, which were written before.
const (
	wordsWeigh       = 0.6
	themeWeighs      = 0.2
	institutionWeigh = 0.1
	placeWeighs      = 0.05
	nationWeighs     = 0.05

	leastAlike = 0.33 // below it nothing is suggested
)

// Alike says how much two are about the same, from 0 to 1. What is not known is alike with nothing.
func (r Rarity) Alike(a, b Text) float64 {
	return wordsWeigh*r.alike(a.Words, b.Words) + sameFacts(a.Facts, b.Facts)
}

// sameFacts is how much the facts of two weigh that are the same.
func sameFacts(a, b Facts) (s float64) {
	same := func(a, b string, weigh float64) {
		if a == b && a != "" && a != "unknown" && a != "other" {
			s += weigh
		}
	}
	same(a.Theme, b.Theme, themeWeighs)
	same(a.Institution, b.Institution, institutionWeigh)
	same(a.Place, b.Place, placeWeighs)
	same(a.Nation, b.Nation, nationWeighs)
	return s
}

// Match is something that is alike.
type Match struct {
	ID    string
	Score float64
}

// Nearest are those that are alike enough, the most alike first. Of several texts with one id the best counts.
func Nearest(r Rarity, to []Text, among []Text, most int) []Match {
	best := map[string]float64{}
	for _, x := range among {
		for _, t := range to {
			if s := r.Alike(t, x); s >= leastAlike && s > best[x.ID] {
				best[x.ID] = s
			}
		}
	}
	return foremost(best, most)
}

// foremost are the best of some, by their ids.
func foremost(best map[string]float64, most int) []Match {
	var out []Match
	for id, s := range best {
		out = append(out, Match{id, s})
	}
	slices.SortFunc(out, func(a, b Match) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), strings.Compare(a.ID, b.ID))
	})
	return out[:min(len(out), most)]
}

// Corpus are texts laid out to be compared often: how much each word says, how long each text is, and which texts have a word. It says
// the same as Nearest, and looks only at words that two have in common.
type Corpus struct {
	texts []Text
	rare  Rarity
	long  []float64
	has   map[string][]has
}

// has is one text that has a word, and what the word weighs in it.
type has struct {
	at     int
	weighs float64
}

// Lay lays texts out, each word as rare as it is among them.
func Lay(texts []Text) *Corpus {
	c := &Corpus{texts: texts, rare: Rare(texts), long: make([]float64, len(texts)), has: map[string][]has{}}
	for i, t := range texts {
		for _, w := range t.Words.words() {
			weighs := (1 + math.Log(t.Words[w])) * c.rare.of(w)
			c.long[i] += weighs * weighs
			c.has[w] = append(c.has[w], has{i, weighs})
		}
		c.long[i] = math.Sqrt(c.long[i])
	}
	return c
}

// Nearest are those of the corpus that are alike enough to some texts, but for those that are out, the most alike first.
func (c *Corpus) Nearest(to []Text, out func(id string) bool, most int) []Match {
	best := map[string]float64{}
	both := make([]float64, len(c.texts))
	for _, t := range to {
		clear(both)
		long := 0.0
		for _, w := range t.Words.words() {
			weighs := (1 + math.Log(t.Words[w])) * c.rare.of(w)
			long += weighs * weighs
			for _, h := range c.has[w] {
				both[h.at] += weighs * h.weighs
			}
		}
		long = math.Sqrt(long)
		for i, x := range c.texts {
			s := sameFacts(t.Facts, x.Facts)
			if both[i] > 0 {
				s += wordsWeigh * both[i] / (long * c.long[i])
			}
			if s >= leastAlike && s > best[x.ID] && !out(x.ID) {
				best[x.ID] = s
			}
		}
	}
	return foremost(best, most)
}
