package knelpunt

// This file tests that texts that were laid out are as alike as when each is held against each, and measures both.

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// manySignals are texts of the words and facts of the demonstration, mixed anew: as many as the page lays beside each other.
func manySignals(n int) []Text {
	r := rand.New(rand.NewPCG(7, 11))
	var words []string
	for _, x := range demoSignals {
		words = append(words, strings.Fields(x.words)...)
	}
	out := make([]Text, n)
	for i := range out {
		x := demoSignals[r.IntN(len(demoSignals))]
		said := make([]string, 12+r.IntN(30))
		for j := range said {
			said[j] = words[r.IntN(len(words))]
		}
		out[i] = Text{ID: fmt.Sprintf("ks-%04d", i), Words: BagOf(strings.Join(said, " ")), Facts: Facts{Theme: x.theme, Institution: x.institution, Place: x.place, Nation: x.nation}}
	}
	return out
}

func TestLaidOutIsAsAlike(t *testing.T) {
	all := manySignals(600)
	taken := func(id string) bool { return strings.HasSuffix(id, "3") }
	var free []Text
	for _, x := range all {
		if !taken(x.ID) {
			free = append(free, x)
		}
	}
	c, rare, some := Lay(all), Rare(all), 0
	for from := 0; from+4 < len(all); from += 37 {
		to := append(all[from:from+4:from+4], Text{Facts: Facts{Theme: "family", Place: "unknown"}}, Text{}, Text{Words: BagOf("woord dat nergens staat zeldzaamheid")})
		want, got := Nearest(rare, to, free, 40), c.Nearest(to, taken, 40)
		if len(got) != len(want) {
			t.Fatalf("%d: %d, each against each %d", from, len(got), len(want))
		}
		for i := range want {
			if math.Abs(got[i].Score-want[i].Score) > 1e-9 {
				t.Errorf("%d: %v, each against each %v", from, got[i], want[i])
			}
			if taken(got[i].ID) {
				t.Errorf("%s belongs to a bottleneck", got[i].ID)
			}
		}
		some += len(want)
	}
	if some < 100 {
		t.Errorf("only %d were alike: the search is broken", some)
	}
	if got := Lay(nil).Nearest(all[:2], taken, 5); len(got) != 0 {
		t.Errorf("nothing is like nothing: %v", got)
	}
}

// TestAlikeSaysTheSameTwice lays the same texts out again and again: to the last digit they are as alike as before, in the same order.
func TestAlikeSaysTheSameTwice(t *testing.T) {
	all := manySignals(200)
	no := func(string) bool { return false }
	first := Lay(all).Nearest(all[:5], no, 60)
	rare := Rare(all)
	held := Nearest(rare, all[:5], all, 60)
	for range 20 {
		if again := Lay(all).Nearest(all[:5], no, 60); !slices.Equal(first, again) {
			t.Fatal("the same texts are laid out another way")
		}
		if again := Nearest(rare, all[:5], all, 60); !slices.Equal(held, again) {
			t.Fatal("the same texts are held against each other another way")
		}
	}
}

func BenchmarkAlike(b *testing.B) {
	all := manySignals(alikeMost)
	to, none := all[:41], func(string) bool { return false }
	b.Run("each against each", func(b *testing.B) {
		for b.Loop() {
			Nearest(Rare(all), to, all, alikeShown)
		}
	})
	b.Run("laid out", func(b *testing.B) {
		c := Lay(all)
		for b.Loop() {
			c.Nearest(to, none, alikeShown)
		}
	})
	b.Run("laying out", func(b *testing.B) {
		for b.Loop() {
			Lay(all)
		}
	})
}
