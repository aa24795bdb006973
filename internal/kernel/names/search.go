package names

// This file searches an index: which words sound like the ones typed, who bears them, and in which order they are
// shown.

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"math/bits"
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
	judged        = 250
)

// scratch is what one search needs; it is used again by the next one.
type scratch struct {
	acc     []float32
	stamp   []uint32
	gen     uint32
	touched []uint32
	near    []near
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
	defer x.scratch.Put(s)
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
	for i := range q.parts {
		p := &q.parts[i]
		w := x.rare(p.frame)
		if p.light {
			w *= lightly
		}
		all += w
		x.gather(s, p, w)
		if i+1 < len(q.parts) {
			if n := &q.parts[i+1]; len(p.sounds)+len(n.sounds) <= maxSounds && len(p.sounds) > 0 && len(n.sounds) > 0 {
				two := part{text: p.text + n.text, script: p.script, writing: p.writing}
				two.sounds = say(append(make([]byte, 0, maxSounds), p.sounds...), n.sounds[0])
				two.sounds = append(two.sounds, n.sounds[1:]...)
				two.blade = bladeOf(two.sounds)
				x.gather(s, &two, (w+x.rare(n.frame))*0.95)
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

// gather adds w to everybody who bears a word like p, the more the more alike it is.
func (x *Index) gather(s *scratch, p *part, w float32) {
	x.nearest(s, p)
	s.gen++
	for _, n := range s.near {
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

// Below usable a word is not held to be like the one that was typed.
const usable = 0.55

// nearest fills s.near with the words that sound like p, the likest first. The whole vocabulary is looked at: 128
// bits per word are compared in a nanosecond or two, which is simpler and finds more than any list of keys.
func (x *Index) nearest(s *scratch, p *part) {
	s.near = s.near[:0]
	clear(s.bucket[:])
	b0, b1, n := p.blade[0], p.blade[1], int(p.blade.count())
	s1 := x.blades[1]
	for w, v := range x.blades[0] {
		both := bits.OnesCount64(v&b0) + bits.OnesCount64(s1[w]&b1)
		all := n + int(x.bladeN[w])
		if 5*both < 2*all/2 || both == 0 { // a Dice of 0.4
			continue
		}
		d := uint8(128 * both / all)
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
		c := x.partOf2(k.word)
		if k.s = likeness(p, &c); k.s >= usable {
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
	slices.SortFunc(left, func(a, b near) int {
		if c := cmp.Compare(b.s, a.s); c != 0 {
			return c
		}
		return bytes.Compare(x.wordRow(a.word), x.wordRow(b.word))
	})
	s.near = left[:min(len(left), wordsUsed)]
}

// partOf2 is partOf without its text, unless it could be the very same: enough to compare sounds.
func (x *Index) partOf2(w uint32) part {
	t := &x.words[w]
	row := x.wordRow(w)
	return part{text: string(row[1 : 1+t.textN]), sounds: row[1+t.textN:], form: t.form, writing: t.writing, script: t.script, article: t.article}
}
