package names

// This file searches an index: which words sound like the ones typed, who bears them, and in which order they are
// shown.

import (
	"bytes"
	"cmp"
	"slices"
)

// Match is one person that was found.
type Match struct {
	ID      string
	Name    string  // the name that was found, as it is on file
	Chance  float32 // how likely it is that this is who was meant, 0 to 1
	Reasons []Reason
}

// How far a search looks: words per part that are compared, candidates that are judged.
const (
	wordsCompared = 700
	wordsUsed     = 300
	glanced       = 3000
	judged        = 500
)

// scratch is what one search needs; it is used again by the next one, which waits for it if need be.
type scratch struct {
	sums     []sum // by record
	gen      uint32
	touched  []uint32
	totals   []float32 // by touched
	ears     []ear
	bucket   [129]int32
	scored   []candidate
	heard    heard
	matchers []*matcher
	asked    []part            // what was typed
	weights  [maxParts]float32 // of each part of it
	// How many of the ears are used.
	listening int
}

// sum is what a record has gathered, and the last word that gave to it.
type sum struct {
	all float32
	gen uint32
}

type candidate struct {
	slot  uint32
	pre   float32
	raw   float32 // where it comes in the list
	forth float32 // the judge's odds, of what was typed held against it; the other way round is looked at when it is read
}

// giveBack wipes the names that a search looked at, so that nobody who is removed is left in here.
func (s *scratch) giveBack(x *Index) {
	s.asked = nil
	s.heard.forget()
	for _, j := range s.matchers {
		j.forget()
	}
	for i := range s.ears {
		s.ears[i].part = part{}
	}
	x.desks <- s
}

// Search answers the most likely people for a name, at most n of them, the likeliest first.
func (x *Index) Search(name string, n int) []Match { return x.search(name, n, everybody) }

// Likely answers those of the first n people for a name who are at least so likely, the likeliest first. It is quicker than Search where
// few are: whoever cannot come so far is not read.
func (x *Index) Likely(name string, n int, least float32) []Match {
	return slices.DeleteFunc(x.search(name, n, odds(least)-spare), func(m Match) bool { return m.Chance < least })
}

// Who is read of those that were found, by candidate.forth.
const (
	everybody = -1e9
	// spare is how much likelier somebody may turn out when the names are compared the other way round too. Over 1.8 million pairs the
	// two ways differed by less than a thousandth.
	spare = 1
)

func (x *Index) search(name string, n int, least float32) []Match {
	q := Read(name)
	if len(q.parts) == 0 || n <= 0 {
		return nil
	}
	s := <-x.desks
	if s == nil {
		s = &scratch{}
	}
	defer s.giveBack(x)
	x.mu.RLock()
	defer x.mu.RUnlock()
	found := x.rank(s, q)
	x.best(found)
	var out []Match
	seen := make(map[string]bool, min(n, len(found)))
	for _, c := range found {
		id := string(x.idOf(c.slot))
		if seen[id] {
			continue
		}
		seen[id] = true
		if c.forth >= least {
			r := &x.records[c.slot]
			m := Match{ID: id, Name: string(x.bytes.get(r.name, int(r.nameN)))}
			m.Chance, m.Reasons = explain(q, Read(m.Name), x.rare)
			out = append(out, m)
		}
		if len(seen) == n {
			break
		}
	}
	return out
}

// before is the order of candidates: the likeliest first, and where that is equal by id, so that it never depends on how the
// index came about.
func (x *Index) before(a, b candidate) int {
	if c := cmp.Compare(b.raw, a.raw); c != 0 {
		return c
	}
	if c := cmp.Compare(b.pre, a.pre); c != 0 {
		return c
	}
	if c := bytes.Compare(x.idOf(a.slot), x.idOf(b.slot)); c != 0 {
		return c
	}
	return cmp.Compare(a.slot, b.slot)
}

// best sorts candidates.
func (x *Index) best(found []candidate) { slices.SortFunc(found, x.before) }

// choose keeps the first so many in the order of before, without putting them in order: Hoare's way to find the k-th.
func (x *Index) choose(found []candidate, most int) []candidate {
	for lo, hi := 0, len(found); most > lo && most < hi; {
		last := hi - 1
		mid := lo + (hi-lo)/2
		found[mid], found[last] = found[last], found[mid]
		k := lo
		for i := lo; i < last; i++ {
			if x.before(found[i], found[last]) < 0 {
				found[i], found[k] = found[k], found[i]
				k++
			}
		}
		found[k], found[last] = found[last], found[k]
		if k >= most {
			hi = k
		} else {
			lo = k + 1
		}
	}
	return found[:min(most, len(found))]
}

// rank finds candidates and judges them. It does not sort.
func (x *Index) rank(s *scratch, q Name) []candidate {
	x.candidates(s, q)
	x.judgeAll(s)
	return s.scored
}

// candidates fills s.scored with those who are worth to be judged.
func (x *Index) candidates(s *scratch, q Name) {
	x.ask(s, q)
	x.collect(s, q, glanced)
	x.glanceAtAll(s)
}

// ask notes what is searched for.
func (x *Index) ask(s *scratch, q Name) {
	s.asked = q.parts
	for i := range q.parts {
		s.weights[i] = weightOf(&q.parts[i], x.rare)
	}
}

// collect fills s.scored with the records that share the most with q, no more than most of them.
func (x *Index) collect(s *scratch, q Name, most int) {
	if len(s.sums) < len(x.records) {
		s.sums, s.gen = make([]sum, cap(x.records)), 0
	}
	if s.gen > 1<<31 {
		clear(s.sums)
		s.gen = 0
	}
	s.touched = s.touched[:0]
	var all float32
	whole := slices.ContainsFunc(q.parts, func(p part) bool { return len(p.sounds) != 1 })
	s.listening = 0
	for i := range q.parts {
		p := &q.parts[i]
		if len(p.sounds) == 1 && whole {
			continue // an initial finds too many; it helps to choose among those found
		}
		w := x.rare(p.frame)
		if p.light {
			w *= lightly
		}
		all += w
		s.ear(*p, w, i)
		if i+1 < len(q.parts) {
			if n := &q.parts[i+1]; len(p.sounds)+len(n.sounds) <= maxSounds && len(p.sounds) > 0 && len(n.sounds) > 1 {
				two := part{text: p.text + n.text, script: p.script, writing: p.writing}
				two.sounds = say(append(make([]byte, 0, maxSounds), p.sounds...), n.sounds[0])
				two.sounds = append(two.sounds, n.sounds[1:]...)
				two.blade = bladeOf(two.sounds)
				s.ear(two, (w+x.rare(n.frame))*0.95, together)
			}
		}
	}
	x.listen(s.ears[:s.listening])
	for k := range s.ears[:s.listening] {
		e := &s.ears[k]
		if e.at != together {
			x.hear(s, e)
		}
		x.spread(s, e.near, e.weight)
		x.spread(s, e.heads, e.weight/2)
		x.spread(s, e.tails, e.weight/2)
	}
	// The best ones, by what was gathered less a little for every part that nobody asked for.
	s.scored = s.scored[:0]
	clear(s.bucket[:])
	steps := 100 / max(all, 0.01)
	level := func(v float32) int { return max(0, min(128, int(v*steps))) }
	s.totals = s.totals[:0]
	for _, slot := range s.touched {
		v := s.sums[slot].all - 0.03*float32(max(0, int(x.lengths[slot])-len(q.parts)))
		s.sums[slot].all = 0
		s.totals = append(s.totals, v)
		s.bucket[level(v)]++
	}
	floor, n := 128, int32(0)
	for ; floor > 0; floor-- {
		if n += s.bucket[floor]; n >= int32(most) {
			break
		}
	}
	for k, v := range s.totals {
		if level(v) > floor {
			s.scored = append(s.scored, candidate{slot: s.touched[k], pre: v})
		}
	}
	sure := len(s.scored)
	for k, v := range s.totals {
		if level(v) == floor {
			s.scored = append(s.scored, candidate{slot: s.touched[k], pre: v})
		}
	}
	s.scored = s.scored[:sure+len(x.choose(s.scored[sure:], most-sure))]
}

// spread gives w to everybody who bears one of the words, by the likest one they bear.
func (x *Index) spread(s *scratch, words []near, w float32) {
	s.gen++
	for _, n := range words {
		v := w * n.s * n.s
		for _, slot := range x.posts[n.word] {
			to := &s.sums[slot]
			if to.gen == s.gen {
				continue
			}
			to.gen = s.gen
			if to.all == 0 {
				s.touched = append(s.touched, slot)
			}
			to.all += v
		}
	}
}
