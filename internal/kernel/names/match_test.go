package names

import (
	"math/rand/v2"
	"testing"
)

// A distance that stops early must say the same as one that does not, as far as anybody asked.
func TestStoppingEarlyChangesNothing(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	row := func() []byte {
		s := make([]byte, r.IntN(maxSounds))
		for i := range s {
			s[i] = byte(1 + r.IntN(len(alphabet)-1))
		}
		return s
	}
	near := func(s []byte) []byte {
		s = append([]byte(nil), s...)
		for range r.IntN(4) {
			if len(s) > 1 {
				i := r.IntN(len(s) - 1)
				if r.IntN(2) == 0 {
					s[i], s[i+1] = s[i+1], s[i] // fingers swap neighbours
				} else {
					s[i] = byte(1 + r.IntN(len(alphabet)-1))
				}
			}
		}
		return s
	}
	stopped, held := 0, 0
	for range 20000 {
		a := row()
		b := near(a)
		if r.IntN(3) == 0 {
			b = row()
		}
		c := &learnt[r.IntN(len(learnt))]
		all := c.alike(a, b)
		if back := c.alike(b, a); back != all {
			t.Fatalf("%s and %s: %v, and back %v", letters(a), letters(b), all, back)
		}
		for _, floor := range []float32{0.3, usable, leastJoined, pieceUsable} {
			want := all
			if all < floor {
				want = 0
				stopped++
			} else {
				held++
			}
			if got := c.alikeFrom(a, b, floor); got != want {
				t.Fatalf("%s and %s from %v: %v, want %v", letters(a), letters(b), floor, got, want)
			}
		}
	}
	if stopped < 1000 || held < 1000 {
		t.Errorf("%d stopped and %d held: too few to prove anything", stopped, held)
	}
}

// What a search remembers of words must give every candidate what it would get alone.
func TestEveryCandidateIsJudgedAsIfItWereAlone(t *testing.T) {
	x := crowd(3000)
	for _, typed := range []string{"Tesfai Jordanos Habtoom", "Mohammed Fatma Haddad", "ተስፋይ ሃይለ", "Abdul Rahman Karim", "T. Habtom"} {
		s := &scratch{}
		q := Read(typed)
		x.candidates(s, q)
		if len(s.scored) < 20 {
			t.Fatalf("%s: only %d candidates", typed, len(s.scored))
		}
		for i := range s.scored {
			c := &s.scored[i]
			r := &x.records[c.slot]
			name := Read(string(x.bytes.get(r.name, int(r.nameN))))
			al := alignments.Get().(*alignment)
			al.a, al.b = q.parts, name.parts
			al.weigh(al.a, &al.wa, x.rare)
			al.weigh(al.b, &al.wb, x.rare)
			al.align()
			ga, gb := gramsOf(al.a), gramsOf(al.b)
			var alone, among features
			al.measure(&alone, &ga, &gb)
			s.matcher(0).measure(x, c, &among, &ga)
			for k, v := range among {
				if v != alone[k] {
					t.Fatalf("%s and %s: %s is %v in a search, %v alone", typed, name.Fold(), featureNames[k], v, alone[k])
				}
			}
		}
		s.heard.forget()
		for w, row := range s.heard.at {
			if row != 0 {
				t.Fatalf("word %d is still heard after the search", w)
			}
		}
		s.matcher(0).seen.forget()
		for w, row := range s.matcher(0).seen.at {
			if row != 0 {
				t.Fatalf("word %d is still known after the search", w)
			}
		}
	}
}
