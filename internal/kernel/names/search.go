package names

// This file searches an index: which words sound like the ones typed, who bears them, and in which order they are
// shown.

import (
	"bytes"
	"cmp"
	"encoding/binary"
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
	acc     []float32
	stamp   []uint32
	gen     uint32
	touched []uint32
	near    []near
	inside  []uint32
	heads   []near
	tails   []near
	bucket  [129]int32
	scored  []candidate
	query   []part
	al      alignment
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
		s = &scratch{}
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
	x.collect(s, q)
	ga := gramsOf(q.parts)
	al := &s.al
	al.a = q.parts
	al.weigh(al.a, &al.wa, x.rare)
	var f features
	for i := range s.scored {
		c := &s.scored[i]
		gb := x.candidateParts(s, c.slot)
		al.b = s.query
		al.weigh(al.b, &al.wb, x.rare)
		al.align(func(i, j int) float32 { return likeness(&al.a[i], &al.b[j]) })
		al.measure(&f, &ga, &gb)
		c.raw = ranker.raw(&f)
	}
	al.a, al.b = nil, nil
	return s.scored
}

// candidateParts reads the parts of a record into s.query.
func (x *Index) candidateParts(s *scratch, slot uint32) grams {
	r := &x.records[slot]
	parts := x.bytes.get(r.parts, 4*int(r.partsN))
	s.query = s.query[:0]
	for k := 0; k < len(parts); k += 4 {
		s.query = append(s.query, x.partOf(binary.LittleEndian.Uint32(parts[k:])))
	}
	return gramsOf(s.query)
}

// collect fills s.scored with the records that share the most with q.
func (x *Index) collect(s *scratch, q Name) {
	if len(s.acc) < len(x.records) {
		s.acc, s.stamp, s.gen = make([]float32, cap(x.records)), make([]uint32, cap(x.records)), 0
	}
	if s.gen > 1<<31 {
		clear(s.stamp)
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
	level := func(v float32) int { return max(0, min(128, int(v/max(all, 0.01)*100))) }
	for _, slot := range s.touched {
		v := s.acc[slot] - 0.03*float32(max(0, int(x.records[slot].partsN)-len(q.parts)))
		s.acc[slot] = v
		s.bucket[level(v)]++
	}
	floor, n := 128, int32(0)
	for ; floor > 0; floor-- {
		if n += s.bucket[floor]; n >= judged {
			break
		}
	}
	for _, slot := range s.touched {
		if v := s.acc[slot]; level(v) >= floor {
			s.scored = append(s.scored, candidate{slot: slot, pre: v})
		}
		s.acc[slot] = 0
	}
	if len(s.scored) > judged {
		x.best(s.scored)
		s.scored = s.scored[:judged]
	}
}

// gather adds w to everybody who bears a word like p, the more the more alike it is, down to floor.
func (x *Index) gather(s *scratch, p *part, w, floor float32) {
	x.nearest(s, p)
	x.spread(s, s.near, w, floor)
	if len(p.sounds) >= 2*pieceLeast && floor == 0 {
		x.pieces(s, p)
		x.spread(s, s.heads, w/2, 0)
		x.spread(s, s.tails, w/2, 0)
	}
}

// spread gives w to everybody who bears one of the words, by the likest one they bear.
func (x *Index) spread(s *scratch, words []near, w, floor float32) {
	s.gen++
	for _, n := range words {
		if n.s < floor {
			break
		}
		v := w * n.s * n.s
		for _, slot := range x.posts[n.word] {
			if s.stamp[slot] == s.gen {
				continue
			}
			s.stamp[slot] = s.gen
			if s.acc[slot] == 0 {
				s.touched = append(s.touched, slot)
			}
			s.acc[slot] += v
		}
	}
}

// Below usable a word is not held to be like the one that was typed; a piece of a word must be clearer, and longer.
const (
	usable      = 0.55
	pieceUsable = 0.85
	pieceLeast  = 4
)

// nearest fills s.near with the words that sound like p, the likest first, and s.inside with those that may be a
// piece of it. The whole vocabulary is looked at: 128 bits per word are compared in a nanosecond or two, which is
// simpler and finds more than any list of keys.
func (x *Index) nearest(s *scratch, p *part) {
	s.near, s.inside = s.near[:0], s.inside[:0]
	clear(s.bucket[:])
	b0, b1, n := p.blade[0], p.blade[1], int(p.blade.count())
	s1 := x.blades[1]
	least := 255
	if len(p.sounds) >= 2*pieceLeast {
		least = 8
	}
	for w, v := range x.blades[0] {
		both := bits.OnesCount64(v&b0) + bits.OnesCount64(s1[w]&b1)
		own := int(x.bladeN[w])
		all := n + own
		if own >= least && both+3 >= own && own < n {
			s.inside = append(s.inside, uint32(w))
		}
		if 5*both < all || both == 0 { // a Dice of 0.4
			continue
		}
		d := uint8(128 * both * 2 / all)
		s.bucket[d]++
		s.near = append(s.near, near{word: uint32(w), dice: d})
	}
	floor, sum := 128, int32(0)
	for ; floor > 0; floor-- {
		if sum += s.bucket[floor]; sum > wordsCompared {
			break
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
			k.s = unlike(p, &c)
		}
		if k.s >= usable {
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
	x.likest(left)
	s.near = left[:min(len(left), wordsUsed)]
}

func (x *Index) likest(words []near) {
	slices.SortFunc(words, func(a, b near) int {
		if c := cmp.Compare(b.s, a.s); c != 0 {
			return c
		}
		return bytes.Compare(x.wordRow(a.word), x.wordRow(b.word))
	})
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
		if v := c.alike(sounds, p.sounds[:n]); v >= pieceUsable {
			s.heads = append(s.heads, near{word: w, s: v})
		}
		if v := c.alike(sounds, p.sounds[len(p.sounds)-n:]); v >= pieceUsable {
			s.tails = append(s.tails, near{word: w, s: v})
		}
	}
	x.likest(s.heads)
	x.likest(s.tails)
}
