package names

// This file keeps the records and the vocabulary of an index in few, large pieces of memory, and wipes what is removed.

import "bytes"

// arena keeps many short rows of bytes in large blocks. What is freed is overwritten at once; a block in which
// nothing is left is used again.
type arena struct {
	blocks [][]byte
	live   []int
	empty  []uint32
	open   uint32 // the block that is being filled
}

const blockSize = 1 << 16

// ref says where a row lies: its block and its offset. Its length is kept by whoever holds the ref.
type ref uint32

func (a *arena) put(b []byte) ref {
	if len(a.blocks) == 0 || len(a.blocks[a.open])+len(b) >= blockSize {
		if n := len(a.empty); n > 0 {
			a.open = a.empty[n-1]
			a.empty = a.empty[:n-1]
		} else {
			a.blocks = append(a.blocks, make([]byte, 0, blockSize))
			a.live = append(a.live, 0)
			a.open = uint32(len(a.blocks) - 1)
		}
	}
	at := len(a.blocks[a.open])
	a.blocks[a.open] = append(a.blocks[a.open], b...)
	a.live[a.open] += len(b)
	return ref(a.open<<16 | uint32(at))
}

func (a *arena) get(r ref, n int) []byte {
	b := a.blocks[r>>16]
	at := int(r & (blockSize - 1))
	return b[at : at+n : at+n]
}

func (a *arena) free(r ref, n int) {
	clear(a.get(r, n))
	block := uint32(r >> 16)
	a.live[block] -= n
	if a.live[block] == 0 && block != a.open {
		a.blocks[block] = a.blocks[block][:0]
		a.empty = append(a.empty, block)
	}
}

// hashed finds numbers by the bytes they stand for, which lie elsewhere.
type hashed struct {
	slots []uint32 // number + 2; 0 is empty, 1 was removed
	used  int      // including removed ones
}

func hash(b []byte) uint32 {
	h := uint32(2166136261)
	for _, c := range b {
		h = (h ^ uint32(c)) * 16777619
	}
	return h ^ h>>15
}

// find looks for key; at reads the bytes of a number.
func (t *hashed) find(key []byte, at func(uint32) []byte) (uint32, bool) {
	if len(t.slots) == 0 {
		return 0, false
	}
	mask := uint32(len(t.slots) - 1)
	for i := hash(key) & mask; ; i = (i + 1) & mask {
		switch v := t.slots[i]; v {
		case 0:
			return 0, false
		case 1:
		default:
			if bytes.Equal(at(v-2), key) {
				return v - 2, true
			}
		}
	}
}

// put adds a number that is not there yet.
func (t *hashed) put(n uint32, at func(uint32) []byte) {
	if (t.used+1)*4 > len(t.slots)*3 {
		old := t.slots
		live := 0
		for _, v := range old {
			if v > 1 {
				live++
			}
		}
		size := 64
		for size < live*2+2 {
			size *= 2
		}
		t.slots, t.used = make([]uint32, size), 0
		for _, v := range old {
			if v > 1 {
				t.place(v, at)
			}
		}
	}
	t.place(n+2, at)
}

func (t *hashed) place(v uint32, at func(uint32) []byte) {
	mask := uint32(len(t.slots) - 1)
	i := hash(at(v-2)) & mask
	for t.slots[i] > 1 {
		i = (i + 1) & mask
	}
	if t.slots[i] == 0 {
		t.used++
	}
	t.slots[i] = v
}

// drop forgets a number; its bytes must still be there.
func (t *hashed) drop(n uint32, at func(uint32) []byte) {
	mask := uint32(len(t.slots) - 1)
	for i := hash(at(n)) & mask; t.slots[i] != 0; i = (i + 1) & mask {
		if t.slots[i] == n+2 {
			t.slots[i] = 1
			return
		}
	}
}
