package names

// This file finds the words that sound like a part of the query. Each part has an ear of its own, and they listen at
// the same time.

import (
	"cmp"
	"math/bits"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
)

// ear listens for one part of the query, or for two neighbours that may be one word.
type ear struct {
	part   part
	weight float32
	at     int // which part of the query, or together
	near   []near
	inside []uint32
	heads  []near
	tails  []near
	bucket [129]int32
}

// together is what an ear is at that listens for two parts as one word.
const together = -1

type near struct {
	word uint32
	dice uint8
	s    float32
}

// ear opens one more ear.
func (s *scratch) ear(p part, weight float32, at int) {
	if s.listening == len(s.ears) {
		s.ears = append(s.ears, ear{})
	}
	e := &s.ears[s.listening]
	e.part, e.weight, e.at = p, weight, at
	s.listening++
}

// In a small vocabulary one listener is sooner done than a second one has begun.
const (
	manyWords   = 20_000
	mostAtATime = 4
)

// atATime is how many work at one search together.
func atATime() int { return min(runtime.GOMAXPROCS(0), mostAtATime) }

// listen lets every ear listen. The caller holds the lock of the index until all have done so.
func (x *Index) listen(ears []ear) {
	n := min(len(ears), atATime())
	if len(x.words) < manyWords {
		n = 1
	}
	var next atomic.Int32
	work := func() {
		for k := int(next.Add(1)) - 1; k < len(ears); k = int(next.Add(1)) - 1 {
			ears[k].listen(x)
		}
	}
	var all sync.WaitGroup
	for range n - 1 {
		all.Go(work)
	}
	work()
	all.Wait()
}

func (e *ear) listen(x *Index) {
	if e.at == together {
		e.nearest(x, leastJoined)
		return
	}
	e.nearest(x, usable)
	if len(e.part.sounds) >= 2*pieceLeast {
		e.pieces(x)
	}
}

// Below usable a word is not held to be like the one that was typed; a piece of a word must be clearer, and longer.
const (
	usable      = 0.55
	pieceUsable = 0.85
	pieceLeast  = 4
)

// nearest fills e.near with the words that sound like the part, least or more, the likest first, and e.inside with those
// that may be a piece of it. The whole vocabulary is looked at: 128 bits per word are compared in a nanosecond or two, which is
// simpler and finds more than any list of keys.
func (e *ear) nearest(x *Index, least float32) {
	p := &e.part
	e.near, e.inside, e.heads, e.tails = e.near[:0], e.inside[:0], e.heads[:0], e.tails[:0]
	clear(e.bucket[:])
	b0, b1, n := p.blade[0], p.blade[1], int(p.blade.count())
	s1, own := x.blades[1][:len(x.blades[0])], x.bladeN[:len(x.blades[0])]
	if least == usable && len(p.sounds) >= 2*pieceLeast {
		for w, v := range x.blades[0] {
			if k := int(own[w]); k >= 8 && k < n && bits.OnesCount64(v&b0)+bits.OnesCount64(s1[w]&b1)+3 >= k {
				e.inside = append(e.inside, uint32(w))
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
		e.bucket[d]++
		e.near = append(e.near, near{word: uint32(w), dice: d})
		for enough++; enough-int(e.bucket[floor]) > wordsCompared; floor++ {
			enough -= int(e.bucket[floor])
		}
	}
	left := e.near[:0]
	for _, k := range e.near {
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
	e.near = left[:used]
}

func likest(words []near) {
	slices.SortFunc(words, func(a, b near) int { return cmp.Compare(b.s, a.s) })
}

// pieces sorts out which of e.inside begin or end the part: somebody wrote as one word what is two on file.
func (e *ear) pieces(x *Index) {
	p := &e.part
	for _, w := range e.inside {
		t := &x.words[w]
		sounds := x.wordRow(w)[1+t.textN:]
		n := len(sounds)
		if n < pieceLeast-1 || n > len(p.sounds)-pieceLeast+1 {
			continue
		}
		c := table(p.writing, t.writing)
		if v := c.alikeFrom(sounds, p.sounds[:n], pieceUsable); v > 0 {
			e.heads = append(e.heads, near{word: w, s: v})
		}
		if v := c.alikeFrom(sounds, p.sounds[len(p.sounds)-n:], pieceUsable); v > 0 {
			e.tails = append(e.tails, near{word: w, s: v})
		}
	}
	likest(e.heads)
	likest(e.tails)
}
