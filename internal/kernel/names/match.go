package names

// This file lays candidates beside what was typed. Several matchers do so at the same time, and each remembers, for the length
// of one search, the words of the candidates: hundreds of people share a few dozen words, so each is read and compared once.

import (
	"encoding/binary"
	"sync"
	"sync/atomic"
)

// matcher measures candidates, one after the other.
type matcher struct {
	heard *heard // what all matchers know already; they only read it
	al    alignment
	seen  seen
	parts []part // of the candidate
}

// matcher is one of them, ready for this search.
func (s *scratch) matcher(k int) *matcher {
	for len(s.matchers) <= k {
		m := &matcher{heard: &s.heard}
		m.al.like, m.al.spelt = m.likeness, m.lettersAlike
		s.matchers = append(s.matchers, m)
	}
	m := s.matchers[k]
	m.al.a, m.al.wa = s.asked, s.weights
	return m
}

// judgeAll measures and scores all candidates.
func (x *Index) judgeAll(s *scratch) {
	ga := gramsOf(s.asked)
	for k := range atATime() {
		s.matcher(k)
	}
	inShares(len(s.scored), func(k, from, to int) {
		var f features
		for i := from; i < to; i++ {
			s.matchers[k].measure(x, &s.scored[i], &f, &ga)
			s.scored[i].raw, s.scored[i].forth = ranker.raw(&f), judge.raw(&f)
		}
	})
}

// share is how many candidates are looked at in one go.
const share = 50

// inShares lets as many as may work at a time go through n candidates; work is told who of them it is.
func inShares(n int, work func(k, from, to int)) {
	var next atomic.Int32
	all := func(k int) {
		for to := int(next.Add(share)); to-share < n; to = int(next.Add(share)) {
			work(k, to-share, min(to, n))
		}
	}
	var others sync.WaitGroup
	for k := 1; k < min(atATime(), (n+share-1)/share); k++ {
		others.Go(func() { all(k) })
	}
	all(0)
	others.Wait()
}

// measure measures a candidate; ga are the letters of what was typed.
func (m *matcher) measure(x *Index, c *candidate, f *features, ga *grams) {
	gb := m.take(x, c.slot)
	m.al.align()
	m.al.measure(f, ga, &gb)
}

// forget wipes what was judged: nothing of a name may stay here for longer than a search.
func (m *matcher) forget() {
	m.seen.forget()
	m.parts = m.parts[:cap(m.parts)]
	clear(m.parts)
	m.parts = m.parts[:0]
	m.al.a, m.al.b = nil, nil
}

// seen are the words that a search came across.
type seen struct {
	at      []uint32 // by word: its row in what follows, +1
	words   []uint32
	parts   []part
	weights []float32
	grams   []grams
	alike   []float32 // maxParts for each: how alike it is to every part of the query, or unknown
	letters []float32 // the same, letter by letter
	rows    [maxParts]int
}

// unknown stands for what was not compared yet.
const unknown = -1

var allUnknown = func() (t [maxParts]float32) {
	for i := range t {
		t[i] = unknown
	}
	return t
}()

// see answers the row of a word.
func (m *matcher) see(x *Index, w uint32) int {
	v := &m.seen
	if len(v.at) < len(x.words) {
		v.at = append(v.at, make([]uint32, cap(x.words)-len(v.at))...)
	}
	if k := v.at[w]; k > 0 {
		return int(k - 1)
	}
	p := x.partOf(w)
	v.words = append(v.words, w)
	v.at[w] = uint32(len(v.words))
	v.parts = append(v.parts, p)
	v.weights = append(v.weights, weightOf(&p, x.rare))
	v.grams = append(v.grams, grams{})
	v.grams[len(v.grams)-1].add(p.text)
	v.alike = append(v.alike, allUnknown[:]...)
	v.letters = append(v.letters, allUnknown[:]...)
	m.heard.tell(w, v.alike[len(v.alike)-maxParts:], v.letters[len(v.letters)-maxParts:])
	return len(v.words) - 1
}

func (v *seen) forget() {
	for _, w := range v.words {
		v.at[w] = 0
	}
	clear(v.parts)
	clear(v.grams)
	v.words, v.parts, v.weights, v.grams = v.words[:0], v.parts[:0], v.weights[:0], v.grams[:0]
	v.alike, v.letters = v.alike[:0], v.letters[:0]
}

// take puts a record on side b of the alignment, whose side a is the query.
func (m *matcher) take(x *Index, slot uint32) (g grams) {
	r := &x.records[slot]
	words := x.bytes.get(r.parts, 4*int(r.partsN))
	m.parts = m.parts[:0]
	for k := 0; k < len(words); k += 4 {
		row := m.see(x, binary.LittleEndian.Uint32(words[k:]))
		m.seen.rows[k/4] = row
		m.parts = append(m.parts, m.seen.parts[row])
		m.al.wb[k/4] = m.seen.weights[row]
		for i, bits := range m.seen.grams[row] {
			g[i] |= bits
		}
	}
	m.al.b = m.parts
	return g
}

// likeness is likeness of a part of the query and a part of the candidate.
func (m *matcher) likeness(a, b int) float32 {
	at := &m.seen.alike[m.seen.rows[b]*maxParts+a]
	if *at == unknown {
		*at = likeness(&m.al.a[a], &m.al.b[b])
	}
	return *at
}

// lettersAlike is lettersAlike of a part of the query and a part of the candidate.
func (m *matcher) lettersAlike(a, b int) float32 {
	at := &m.seen.letters[m.seen.rows[b]*maxParts+a]
	if *at == unknown {
		*at = lettersAlike(m.al.a[a].text, m.al.b[b].text)
	}
	return *at
}
