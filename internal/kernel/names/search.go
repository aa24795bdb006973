package names

// This file searches an index: which words sound like the ones typed, who bears them, and in which order they are
// shown.

import (
	"bytes"
	"cmp"
	"math/bits"
	"slices"
	"sync"
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
	judged        = 500
)

// scratch is what one search needs; it is used again by the next one.
type scratch struct {
	sums    []sum // by record
	gen     uint32
	touched []uint32
	totals  []float32 // by touched
	near    []near
	inside  []uint32
	heads   []near
	tails   []near
	bucket  [129]int32
	scored  []candidate
	query   []part
	seen    seen
	al      alignment
}

func newScratch() *scratch {
	s := &scratch{}
	s.al.like, s.al.spelt = s.likeness, s.lettersAlike
	return s
}

// sum is what a record has gathered, and the last word that gave to it.
type sum struct {
	all float32
	gen uint32
}

type near struct {
	word uint32
	dice uint8
	s    float32
}

type candidate struct {
	slot uint32
	pre  float32
	raw  float32
}

// giveBack wipes the names that a search looked at, so that nobody who is removed is left in here.
func (s *scratch) giveBack(pool *sync.Pool) {
	s.query = s.query[:cap(s.query)]
	clear(s.query)
	s.query = s.query[:0]
	s.seen.forget()
	pool.Put(s)
}

// Search answers the most likely people for a name, at most n of them, the likeliest first.
func (x *Index) Search(name string, n int) []Match {
	q := Read(name)
	if len(q.parts) == 0 || n <= 0 {
		return nil
	}
	x.mu.RLock()
	defer x.mu.RUnlock()
	s, _ := x.scratch.Get().(*scratch)
	if s == nil {
		s = newScratch()
	}
	defer s.giveBack(&x.scratch)
	found := x.rank(s, q)
	x.best(found)
	var out []Match
	for _, c := range found {
		id := string(x.idOf(c.slot))
		if slices.ContainsFunc(out, func(m Match) bool { return m.ID == id }) {
			continue
		}
		r := &x.records[c.slot]
		m := Match{ID: id, Name: string(x.bytes.get(r.name, int(r.nameN)))}
		m.Chance, m.Reasons = explain(q, Read(m.Name), x.rare)
		out = append(out, m)
		if len(out) == n {
			break
		}
	}
	return out
}

// best sorts candidates: the likeliest first, and where that is equal by id, so that the order never depends on how
// the index came about.
func (x *Index) best(found []candidate) {
	slices.SortFunc(found, func(a, b candidate) int {
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
	})
}

// rank finds candidates and judges them. It does not sort.
func (x *Index) rank(s *scratch, q Name) []candidate {
	x.collect(s, q, judged)
	ga := gramsOf(q.parts)
	al := &s.al
	al.a = q.parts
	al.weigh(al.a, &al.wa, x.rare)
	var f features
	for i := range s.scored {
		c := &s.scored[i]
		gb := x.candidate(s, al, c.slot)
		al.align()
		al.measure(&f, &ga, &gb)
		c.raw = ranker.raw(&f)
	}
	al.a, al.b = nil, nil
	return s.scored
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
		x.gather(s, p, w, 0)
		if i+1 < len(q.parts) {
			if n := &q.parts[i+1]; len(p.sounds)+len(n.sounds) <= maxSounds && len(p.sounds) > 0 && len(n.sounds) > 1 {
				two := part{text: p.text + n.text, script: p.script, writing: p.writing}
				two.sounds = say(append(make([]byte, 0, maxSounds), p.sounds...), n.sounds[0])
				two.sounds = append(two.sounds, n.sounds[1:]...)
				two.blade = bladeOf(two.sounds)
				x.gather(s, &two, (w+x.rare(n.frame))*0.95, leastJoined)
			}
		}
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
		if level(v) >= floor {
			s.scored = append(s.scored, candidate{slot: s.touched[k], pre: v})
		}
	}
	if len(s.scored) > most {
		x.best(s.scored)
		s.scored = s.scored[:most]
	}
}

// gather adds w to everybody who bears a word like p, the more the more alike it is, down to floor.
func (x *Index) gather(s *scratch, p *part, w, floor float32) {
	x.nearest(s, p, max(floor, usable))
	x.spread(s, s.near, w)
	if len(p.sounds) >= 2*pieceLeast && floor == 0 {
		x.pieces(s, p)
		x.spread(s, s.heads, w/2)
		x.spread(s, s.tails, w/2)
	}
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

// Below usable a word is not held to be like the one that was typed; a piece of a word must be clearer, and longer.
const (
	usable      = 0.55
	pieceUsable = 0.85
	pieceLeast  = 4
)

// nearest fills s.near with the words that sound like p, least or more, the likest first, and s.inside with those that
// may be a piece of it. The whole vocabulary is looked at: 128 bits per word are compared in a nanosecond or two, which is
// simpler and finds more than any list of keys.
func (x *Index) nearest(s *scratch, p *part, least float32) {
	s.near, s.inside = s.near[:0], s.inside[:0]
	clear(s.bucket[:])
	b0, b1, n := p.blade[0], p.blade[1], int(p.blade.count())
	s1, own := x.blades[1][:len(x.blades[0])], x.bladeN[:len(x.blades[0])]
	if least == usable && len(p.sounds) >= 2*pieceLeast {
		for w, v := range x.blades[0] {
			if k := int(own[w]); k >= 8 && k < n && bits.OnesCount64(v&b0)+bits.OnesCount64(s1[w]&b1)+3 >= k {
				s.inside = append(s.inside, uint32(w))
			}
		}
	}
	// Only the best by bits are compared by sounds, so the floor, a Dice of 0.4, rises as soon as there are enough.
	floor, enough := 52, 0
	if least > usable {
		floor = 64 // two parts that are one word must be clearer
	}
	for w, v := range x.blades[0] {
		both := bits.OnesCount64(v&b0) + bits.OnesCount64(s1[w]&b1)
		all := n + int(own[w])
		if 256*both < floor*all || both == 0 {
			continue
		}
		d := uint8(256 * both / all)
		s.bucket[d]++
		s.near = append(s.near, near{word: uint32(w), dice: d})
		for enough++; enough-int(s.bucket[floor]) > wordsCompared; floor++ {
			enough -= int(s.bucket[floor])
		}
	}
	left := s.near[:0]
	for _, k := range s.near {
		if int(k.dice) < floor {
			continue
		}
		t := &x.words[k.word]
		row := x.wordRow(k.word)
		if string(row[1:1+t.textN]) == p.text {
			k.s = 1
		} else {
			c := part{sounds: row[1+t.textN:], form: t.form, writing: t.writing, article: t.article}
			k.s = unlike(p, &c, least)
		}
		if k.s >= least {
			left = append(left, k)
		}
	}
	if p.form != 0 {
		for _, w := range x.forms[p.form] {
			if !slices.ContainsFunc(left, func(k near) bool { return k.word == w }) {
				left = append(left, near{word: w, s: sameForm})
			}
		}
	}
	likest(left)
	used := min(len(left), wordsUsed)
	for used > 0 && used < len(left) && left[used].s == left[used-1].s {
		used++ // who is as like as the last one is used as well, so that nothing depends on the order of the words
	}
	s.near = left[:used]
}

func likest(words []near) {
	slices.SortFunc(words, func(a, b near) int { return cmp.Compare(b.s, a.s) })
}

// pieces sorts out which of s.inside begin or end p: somebody wrote as one word what is two on file.
func (x *Index) pieces(s *scratch, p *part) {
	s.heads, s.tails = s.heads[:0], s.tails[:0]
	for _, w := range s.inside {
		t := &x.words[w]
		sounds := x.wordRow(w)[1+t.textN:]
		n := len(sounds)
		if n < pieceLeast-1 || n > len(p.sounds)-pieceLeast+1 {
			continue
		}
		c := table(p.writing, t.writing)
		if v := c.alikeFrom(sounds, p.sounds[:n], pieceUsable); v > 0 {
			s.heads = append(s.heads, near{word: w, s: v})
		}
		if v := c.alikeFrom(sounds, p.sounds[len(p.sounds)-n:], pieceUsable); v > 0 {
			s.tails = append(s.tails, near{word: w, s: v})
		}
	}
	likest(s.heads)
	likest(s.tails)
}
