package names

// This file chooses who is worth to be judged. By then it is known which words sound like the ones typed, so a glance
// at the words of a record says nearly as much as laying the two names side by side, in a tenth of the time.

import (
	"encoding/binary"
	"math/bits"
)

// heard are the words that sound like a part of the query.
type heard struct {
	at      []uint32 // by word: its row in what follows, +1
	words   []uint32
	alike   []float32 // maxParts for each: how alike it is to every part of the query; 0 is not alike
	letters []float32 // the same, letter by letter; unknown in another script
}

// hear notes which words an ear found.
func (x *Index) hear(s *scratch, e *ear) {
	h, p := &s.heard, &e.part
	if len(h.at) < len(x.words) {
		h.at = make([]uint32, cap(x.words))
		for k, w := range h.words {
			h.at[w] = uint32(k + 1)
		}
	}
	var nothing [maxParts]float32
	for _, n := range e.near {
		row := h.at[n.word]
		if row == 0 {
			h.words = append(h.words, n.word)
			row = uint32(len(h.words))
			h.at[n.word] = row
			h.alike = append(h.alike, nothing[:]...)
			h.letters = append(h.letters, allUnknown[:]...)
		}
		at := int(row-1)*maxParts + e.at
		h.alike[at] = n.s
		if t := &x.words[n.word]; n.s == 1 {
			h.letters[at] = 1
		} else if t.script == p.script {
			h.letters[at] = lettersAlike(x.wordRow(n.word)[1:1+t.textN], p.text)
		}
	}
}

// tell hands on what was heard of a word, so that it is not compared again.
func (h *heard) tell(w uint32, alike, letters []float32) {
	if int(w) >= len(h.at) || h.at[w] == 0 {
		return
	}
	from := int(h.at[w]-1) * maxParts
	for i, v := range h.alike[from : from+maxParts] {
		if v > 0 {
			alike[i], letters[i] = v, h.letters[from+i]
		}
	}
}

func (h *heard) forget() {
	for _, w := range h.words {
		h.at[w] = 0
	}
	h.words, h.alike, h.letters = h.words[:0], h.alike[:0], h.letters[:0]
}

// What a glance measures, in this order.
var glanceNames = [...]string{"gathered", "cover", "cover2", "least", "lost", "extra", "letters", "first", "last", "same", "shared", "twice"}

const glanceCount = len(glanceNames)

// glanceAtAll leaves the best of s.scored by a glance, as many as are judged.
func (x *Index) glanceAtAll(s *scratch) {
	inShares(len(s.scored), func(_, from, to int) {
		var f [glanceCount]float32
		for k := from; k < to; k++ {
			c := &s.scored[k]
			x.glance(s, c, &f)
			c.raw = 0
			for i, v := range f {
				c.raw += v * glancer[i]
			}
		}
	})
	s.scored = x.choose(s.scored, judged)
}

// glance measures a candidate without an alignment.
func (x *Index) glance(s *scratch, c *candidate, f *[glanceCount]float32) {
	r := &x.records[c.slot]
	words := x.bytes.get(r.parts, 4*int(r.partsN))
	q, h := s.asked, &s.heard
	n, nb := len(q), len(words)/4
	var best, letters [maxParts]float32
	var used, covered uint32
	var first, last float32
	for j := range nb {
		row := h.at[binary.LittleEndian.Uint32(words[4*j:])]
		if row == 0 {
			continue
		}
		alike, spelt := h.alike[int(row-1)*maxParts:][:maxParts], h.letters[int(row-1)*maxParts:][:maxParts]
		if j == 0 {
			first = alike[0]
		}
		if j == nb-1 {
			last = alike[n-1]
		}
		for i := range n {
			if alike[i] > 0 {
				used |= 1 << j
				best[i] = max(best[i], alike[i])
				letters[i] = max(letters[i], spelt[i])
			}
		}
	}
	var sum, cover, cover2, lost, lettered, same float32
	least := float32(1)
	for i := range n {
		w, b := s.weights[i], best[i]
		sum += w
		cover += w * b
		cover2 += w * b * b
		lettered += w * letters[i]
		if b > 0 {
			covered |= 1 << i
		} else {
			lost += w
		}
		if !q[i].light && len(q[i].sounds) > 1 {
			least = min(least, b)
		}
		if b == 1 {
			same++
		}
	}
	sum = max(sum, 0.01)
	ours, theirs := bits.OnesCount32(covered), bits.OnesCount32(used)
	most := float32(max(n, nb))
	*f = [glanceCount]float32{c.pre, cover / sum, cover2 / sum, least, lost / sum, float32(nb - theirs), lettered / sum, first, last,
		same / most, float32(min(ours, theirs)) / most, float32(max(0, ours-theirs))}
}
