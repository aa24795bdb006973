package names

// This file remembers, for the length of one search, the words of the candidates: a thousand people share a few
// hundred words, so each is read once and compared once.

import "encoding/binary"

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
func (x *Index) see(s *scratch, w uint32) int {
	v := &s.seen
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
	s.heard.tell(w, v.alike[len(v.alike)-maxParts:], v.letters[len(v.letters)-maxParts:])
	return len(v.words) - 1
}

// forget wipes what was seen: nothing of a name may stay here for longer than a search.
func (v *seen) forget() {
	for _, w := range v.words {
		v.at[w] = 0
	}
	clear(v.parts)
	clear(v.grams)
	v.words, v.parts, v.weights, v.grams = v.words[:0], v.parts[:0], v.weights[:0], v.grams[:0]
	v.alike, v.letters = v.alike[:0], v.letters[:0]
}

// candidate puts a record on side b of the alignment, whose side a is the query.
func (x *Index) candidate(s *scratch, al *alignment, slot uint32) (g grams) {
	r := &x.records[slot]
	words := x.bytes.get(r.parts, 4*int(r.partsN))
	s.query = s.query[:0]
	for k := 0; k < len(words); k += 4 {
		row := x.see(s, binary.LittleEndian.Uint32(words[k:]))
		s.seen.rows[k/4] = row
		s.query = append(s.query, s.seen.parts[row])
		al.wb[k/4] = s.seen.weights[row]
		for i, bits := range s.seen.grams[row] {
			g[i] |= bits
		}
	}
	al.b = s.query
	return g
}

// likeness is likeness of a part of the query and a part of the candidate.
func (s *scratch) likeness(i, j int) float32 {
	at := &s.seen.alike[s.seen.rows[j]*maxParts+i]
	if *at == unknown {
		*at = likeness(&s.al.a[i], &s.al.b[j])
	}
	return *at
}

// lettersAlike is lettersAlike of a part of the query and a part of the candidate.
func (s *scratch) lettersAlike(i, j int) float32 {
	at := &s.seen.letters[s.seen.rows[j]*maxParts+i]
	if *at == unknown {
		*at = lettersAlike(s.al.a[i].text, s.al.b[j].text)
	}
	return *at
}
