package lang

// This file numbers the keys of all texts. A page looks up hundreds, and they live as long as the program: so they stand behind each
// other in one long text, in their order, and what one room says lies close together. A map would hold a pointer to each of them.

import (
	"hash/maphash"
	"slices"
	"strings"
)

// index knows the number of a key, which is its place among all. It does not change.
type index struct {
	all   string   // the keys
	ends  []uint32 // by number: where its key ends
	slots []uint32 // by the hash of a key, or behind it: one more than its number; zero is the end
	seed  maphash.Seed
}

// indexOf numbers keys, none of which stands twice.
func indexOf(keys []string) *index {
	keys = slices.Sorted(slices.Values(keys))
	size := 2
	for size < 2*len(keys) { // so that it is never full, and who looks soon finds an end
		size *= 2
	}
	x := &index{all: strings.Join(keys, ""), ends: make([]uint32, len(keys)), slots: make([]uint32, size), seed: maphash.MakeSeed()}
	end := 0
	for n, k := range keys {
		end += len(k)
		x.ends[n] = uint32(end)
		at := x.at(k)
		for x.slots[at] != 0 {
			at = x.after(at)
		}
		x.slots[at] = uint32(n) + 1
	}
	return x
}

func (x *index) at(key string) int { return int(maphash.String(x.seed, key)) & (len(x.slots) - 1) }
func (x *index) after(at int) int  { return (at + 1) & (len(x.slots) - 1) }
func (x *index) len() int          { return len(x.ends) }
func (x *index) key(n int) string  { return x.all[x.start(n):x.ends[n]] }
func (x *index) start(n int) (at uint32) {
	if n > 0 {
		at = x.ends[n-1]
	}
	return at
}

// find is the number of a key.
func (x *index) find(key string) (n int, ok bool) {
	for at := x.at(key); x.slots[at] != 0; at = x.after(at) {
		if n := int(x.slots[at]) - 1; x.key(n) == key {
			return n, true
		}
	}
	return 0, false
}
