package names

// This file lays the parts of two names side by side, in any order, with parts left out and parts joined.

import "sync"

// edge says that parts of two names belong together.
type edge struct {
	a, b   int8    // the first part on each side
	an, bn int8    // how many parts: 1, or 2 that are one word on the other side
	s      float32 // how alike
	v      float32 // what the edge is worth: how alike times how rare
}

// Below least parts are not held to be the same part at all; two parts against one must be clearer.
const (
	least       = 0.42
	leastJoined = 0.80
)

// alignment is two names side by side.
type alignment struct {
	a, b   []part
	wa, wb [maxParts]float32 // how rare each part is, 0 to 1
	edges  [maxParts]edge
	n      int
	doneA  uint32 // parts that have a counterpart
	doneB  uint32
	sim    [maxParts * maxParts]float32
	like   func(i, j int) float32 // how alike a part of a and a part of b are
	spelt  func(i, j int) float32 // how alike their letters are
}

// alignments compare the parts by themselves.
var alignments = sync.Pool{New: func() any {
	al := &alignment{}
	al.like = func(i, j int) float32 { return likeness(&al.a[i], &al.b[j]) }
	al.spelt = func(i, j int) float32 { return lettersAlike(al.a[i].text, al.b[j].text) }
	return al
}}

// giveBack forgets the names that were compared.
func (al *alignment) giveBack() {
	al.a, al.b = nil, nil
	alignments.Put(al)
}

// rarity tells how much a part says about who it is, from 0 (everybody is called this) to 1.
type rarity func(frame uint64) float32

// lightly is what titles and words of descent weigh.
const lightly = 0.12

func (al *alignment) weigh(ps []part, w *[maxParts]float32, rare rarity) {
	for i := range ps {
		w[i] = weightOf(&ps[i], rare)
	}
}

// weightOf is how much a part counts.
func weightOf(p *part, rare rarity) float32 {
	w := rare(p.frame)
	if p.light {
		w *= lightly
	}
	if len(p.sounds) <= 1 {
		w *= 0.5 // an initial
	}
	return w
}

// align fills al for two names.
func (al *alignment) align() {
	var found [maxParts * maxParts * 2]edge
	n := 0
	na, nb := len(al.a), len(al.b)
	for i := range al.a {
		for j := range al.b {
			s := al.like(i, j)
			al.sim[i*maxParts+j] = s
			if s < least || al.a[i].light != al.b[j].light && s < 0.9 {
				continue
			}
			found[n] = edge{int8(i), int8(j), 1, 1, s, s * s * (al.wa[i] + al.wb[j]) / 2}
			n++
		}
	}
	for i := 0; i+1 < na; i++ {
		for j := range al.b {
			if s := joined(al.a[i:i+2], &al.b[j], max(al.sim[i*maxParts+j], al.sim[(i+1)*maxParts+j])); s > 0 && n < len(found) {
				found[n] = edge{int8(i), int8(j), 2, 1, s, s * s * (al.wa[i] + al.wa[i+1] + al.wb[j]) / 2}
				n++
			}
		}
	}
	for i := range al.a {
		for j := 0; j+1 < nb; j++ {
			if s := joined(al.b[j:j+2], &al.a[i], max(al.sim[i*maxParts+j], al.sim[i*maxParts+j+1])); s > 0 && n < len(found) {
				found[n] = edge{int8(i), int8(j), 1, 2, s, s * s * (al.wb[j] + al.wb[j+1] + al.wa[i]) / 2}
				n++
			}
		}
	}
	al.n, al.doneA, al.doneB = 0, 0, 0
	for n > 0 && al.n < maxParts {
		best := 0
		for k := 1; k < n; k++ {
			if found[k].v > found[best].v {
				best = k
			}
		}
		e := found[best]
		al.edges[al.n] = e
		al.n++
		al.doneA |= (1<<e.an - 1) << e.a
		al.doneB |= (1<<e.bn - 1) << e.b
		left := 0
		for k := range n {
			f := &found[k]
			if al.doneA&((1<<f.an-1)<<f.a) == 0 && al.doneB&((1<<f.bn-1)<<f.b) == 0 {
				found[left] = *f
				left++
			}
		}
		n = left
	}
}

// joined compares two neighbouring parts with one part of the other name. It answers 0 unless the two together are
// clearly more like the one than either of them alone.
func joined(two []part, one *part, alone float32) float32 {
	x, y := &two[0], &two[1]
	if alone >= 0.88 || len(x.sounds) == 0 || len(y.sounds) == 0 {
		return 0
	}
	// Both have a length; where those cannot meet, nothing else needs to be looked at.
	lo, hi := len(x.sounds)+len(y.sounds), len(one.sounds)
	if x.writing == one.writing && (lo > hi+3 || hi > lo+3) || hi < 4 && lo > 2*hi {
		return 0
	}
	var buf [2 * maxSounds]byte
	n := copy(buf[:], x.sounds)
	if buf[n-1] == y.sounds[0] {
		n--
	}
	n += copy(buf[n:], y.sounds)
	s := table(x.writing, one.writing).alikeFrom(buf[:n], one.sounds, max(leastJoined, alone+0.06))
	return min(s, sameSound)
}
