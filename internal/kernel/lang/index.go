package lang

// This file numbers the keys of all texts. A page looks up hundreds, and they live as long as the program: so they stand behind each
// other in one long text, in their order, and what one room says lies close together. A map of them would hold a pointer to each.

import (
	"hash/maphash"
	"slices"
	"strings"
)

// index knows the number of a key, which is its place among all. It does not change.
type index struct {
	all  string   // the keys
	from []uint32 // by number: where its key begins, and last where the last one ends
	seed maphash.Seed
	at   map[uint64]int32 // the number by the hash of a key
}

// indexOf numbers keys, none of which stands twice.
func indexOf(keys []string) *index {
	keys = slices.Sorted(slices.Values(keys))
	x := &index{all: strings.Join(keys, ""), from: make([]uint32, 1, len(keys)+1), seed: maphash.MakeSeed()}
	for _, k := range keys {
		x.from = append(x.from, x.from[len(x.from)-1]+uint32(len(k)))
	}
	for len(x.at) < len(keys) { // more than once only if two had one hash
		x.seed, x.at = maphash.MakeSeed(), make(map[uint64]int32, len(keys))
		for n, k := range keys {
			x.at[maphash.String(x.seed, k)] = int32(n)
		}
	}
	return x
}

func (x *index) len() int         { return len(x.from) - 1 }
func (x *index) key(n int) string { return x.all[x.from[n]:x.from[n+1]] }

// find is the number of a key.
func (x *index) find(key string) (n int, ok bool) {
	at, ok := x.at[maphash.String(x.seed, key)]
	if !ok || x.key(int(at)) != key {
		return 0, false
	}
	return int(at), true
}
