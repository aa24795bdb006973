package names

// This file is the index: who is in it, under which names, and which parts those names have.

import (
	"context"
	"encoding/binary"
	"iter"
	"math/bits"
	"runtime"
	"strings"
	"sync"
	"unicode/utf8"
)

// Index finds people by name. It may be searched while it is filled and changed, from any number of goroutines.
// Use NewIndex.
type Index struct {
	mu      sync.RWMutex
	bytes   arena // ids, names, parts of names
	sayings arena // words: apart, so that what every search reads lies close together
	records []record
	lengths []uint8  // by record: how many parts
	spare   []uint32 // records that are free again
	byID    hashed
	people  int

	words  []word32
	posts  [][]uint32 // by word: the records it stands in
	blades [2][]uint64
	bladeN []uint8
	idle   []uint32 // words that are free again
	byWord hashed
	frames map[uint64]uint32
	forms  map[uint16][]uint32

	filling int
	changed map[string]bool // set or removed while a Fill is under way: the Fill knows less

	desks chan *scratch // where searches work; nil is a desk that nobody sat at yet
}

// record is one name of one person.
type record struct {
	id, name, parts ref
	next            uint32 // another name of the same person, +1
	idN, nameN      uint16
	partsN          uint8
	used            bool
	first           bool // the one that byID leads to
}

// word32 is one part that occurs in names.
type word32 struct {
	row     ref // flags, text, sounds
	textN   uint16
	soundN  uint8
	script  Script
	writing Writing
	article bool
	light   bool
	form    uint16
	frame   uint64
}

// Longest name that is kept to be shown, and longest id, in bytes.
const (
	maxName = 2000
	maxID   = 500
)

// NewIndex makes an empty index.
func NewIndex() *Index {
	x := &Index{frames: map[uint64]uint32{}, forms: map[uint16][]uint32{}, changed: map[string]bool{}}
	// A search needs eight bytes for every name. As many at once as there are processors are as quick as more of them.
	n := runtime.GOMAXPROCS(0)
	x.desks = make(chan *scratch, n)
	for range n {
		x.desks <- nil
	}
	return x
}

// Set makes these the names of a person, instead of whatever was known before.
func (x *Index) Set(id string, names ...string) {
	read := readAll(names)
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.filling > 0 {
		x.changed[id] = true
	}
	x.remove(id)
	x.add(id, names, read)
}

// Remove forgets a person: nothing of the names or the id is left in the index.
func (x *Index) Remove(id string) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.filling > 0 {
		x.changed[id] = true
	}
	x.remove(id)
}

// Fill sets many people. Whoever is set or removed by another goroutine meanwhile stays as they were set or removed:
// what a Fill reads may be older. It stops when ctx ends.
func (x *Index) Fill(ctx context.Context, people iter.Seq2[string, []string]) error {
	x.mu.Lock()
	x.filling++
	x.mu.Unlock()
	defer func() {
		x.mu.Lock()
		if x.filling--; x.filling == 0 {
			clear(x.changed)
		}
		x.mu.Unlock()
	}()
	const batch = 256
	type person struct {
		id    string
		names []string
		read  []Name
	}
	waiting := make([]person, 0, batch)
	flush := func() {
		x.mu.Lock()
		for i := range waiting {
			p := &waiting[i]
			if !x.changed[p.id] {
				x.remove(p.id)
				x.add(p.id, p.names, p.read)
			}
		}
		x.mu.Unlock()
		waiting = waiting[:0]
	}
	for id, names := range people {
		if err := ctx.Err(); err != nil {
			return err
		}
		waiting = append(waiting, person{id, names, readAll(names)})
		if len(waiting) == batch {
			flush()
		}
	}
	flush()
	return ctx.Err()
}

func readAll(names []string) []Name {
	out := make([]Name, len(names))
	for i, n := range names {
		out[i] = Read(n)
	}
	return out
}

// Len tells how many people there are.
func (x *Index) Len() int {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return x.people
}

func (x *Index) idOf(slot uint32) []byte {
	r := &x.records[slot]
	return x.bytes.get(r.id, int(r.idN))
}

func (x *Index) wordRow(w uint32) []byte {
	t := &x.words[w]
	return x.sayings.get(t.row, 1+int(t.textN)+int(t.soundN))
}

func cut(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}

func (x *Index) add(id string, names []string, read []Name) {
	id = cut(id, maxID)
	before := uint32(0)
	for i := range names {
		n := &read[i]
		if len(n.parts) == 0 {
			continue
		}
		name := cut(strings.ToValidUTF8(names[i], "\uFFFD"), maxName)
		var parts [4 * maxParts]byte
		var slot uint32
		if k := len(x.spare); k > 0 {
			slot = x.spare[k-1]
			x.spare = x.spare[:k-1]
		} else {
			x.records, x.lengths = append(x.records, record{}), append(x.lengths, 0)
			slot = uint32(len(x.records) - 1)
		}
		for k := range n.parts {
			w := x.wordFor(&n.parts[k])
			binary.LittleEndian.PutUint32(parts[4*k:], w)
			if p := x.posts[w]; len(p) == 0 || p[len(p)-1] != slot {
				x.posts[w] = append(p, slot)
				x.frames[n.parts[k].frame]++
			}
		}
		x.records[slot] = record{
			id: x.bytes.put([]byte(id)), name: x.bytes.put([]byte(name)), parts: x.bytes.put(parts[:4*len(n.parts)]),
			idN: uint16(len(id)), nameN: uint16(len(name)), partsN: uint8(len(n.parts)), used: true, next: before,
		}
		x.lengths[slot] = uint8(len(n.parts))
		before = slot + 1
	}
	if before > 0 {
		x.records[before-1].first = true
		x.byID.put(before-1, x.idOf)
		x.people++
	}
}

// wordFor finds or makes the word of a part.
func (x *Index) wordFor(p *part) uint32 {
	var buf [256]byte
	row := append(buf[:0], flags(p))
	row = append(append(row, p.text...), p.sounds...)
	if w, ok := x.byWord.find(row, x.wordRow); ok {
		return w
	}
	var w uint32
	if k := len(x.idle); k > 0 {
		w = x.idle[k-1]
		x.idle = x.idle[:k-1]
	} else {
		x.words = append(x.words, word32{})
		x.posts = append(x.posts, nil)
		x.blades[0], x.blades[1] = append(x.blades[0], 0), append(x.blades[1], 0)
		x.bladeN = append(x.bladeN, 0)
		w = uint32(len(x.words) - 1)
	}
	x.words[w] = word32{row: x.sayings.put(row), textN: uint16(len(p.text)), soundN: uint8(len(p.sounds)), script: p.script,
		writing: p.writing, article: p.article, light: p.light, form: p.form, frame: p.frame}
	x.blades[0][w], x.blades[1][w] = p.blade[0], p.blade[1]
	x.bladeN[w] = p.blade.count()
	x.byWord.put(w, x.wordRow)
	if p.form != 0 {
		x.forms[p.form] = append(x.forms[p.form], w)
	}
	return w
}

func flags(p *part) byte {
	f := byte(p.script)<<2 | byte(p.writing)<<5
	if p.article {
		f |= 1
	}
	if p.light {
		f |= 2
	}
	return f
}

func (b *blade) count() uint8 { return uint8(bits.OnesCount64(b[0]) + bits.OnesCount64(b[1])) }

func (x *Index) remove(id string) {
	id = cut(id, maxID)
	slot, ok := x.byID.find([]byte(id), x.idOf)
	if !ok {
		return
	}
	x.byID.drop(slot, x.idOf)
	x.people--
	for {
		r := x.records[slot]
		parts := x.bytes.get(r.parts, 4*int(r.partsN))
		for k := 0; k < len(parts); k += 4 {
			x.unpost(binary.LittleEndian.Uint32(parts[k:]), slot)
		}
		x.bytes.free(r.parts, 4*int(r.partsN))
		x.bytes.free(r.name, int(r.nameN))
		x.bytes.free(r.id, int(r.idN))
		x.records[slot] = record{}
		x.spare = append(x.spare, slot)
		if r.next == 0 {
			return
		}
		slot = r.next - 1
	}
}

// unpost takes a record out of a word's list, and forgets the word when nobody has it any more.
func (x *Index) unpost(w, slot uint32) {
	p := x.posts[w]
	for i, s := range p {
		if s == slot {
			p[i] = p[len(p)-1]
			p[len(p)-1] = 0
			x.posts[w] = p[:len(p)-1]
			f := x.words[w].frame
			if x.frames[f]--; x.frames[f] == 0 {
				delete(x.frames, f)
			}
			break
		}
	}
	if t := x.words[w]; len(x.posts[w]) == 0 && t.row != noRow {
		x.byWord.drop(w, x.wordRow)
		if t.form != 0 {
			x.forms[t.form] = without(x.forms[t.form], w)
		}
		x.sayings.free(t.row, 1+int(t.textN)+int(t.soundN))
		x.words[w] = word32{row: noRow}
		x.posts[w] = nil
		x.blades[0][w], x.blades[1][w], x.bladeN[w] = 0, 0, 0
		x.idle = append(x.idle, w)
	}
}

// noRow marks a word that is free.
const noRow = ^ref(0)

func without(ws []uint32, w uint32) []uint32 {
	for i := range ws {
		if ws[i] == w {
			ws[i] = ws[len(ws)-1]
			return ws[:len(ws)-1]
		}
	}
	return ws
}

// partOf makes a part out of a word again. What it shows stays empty: only the record knows how it was typed.
func (x *Index) partOf(w uint32) part {
	t := &x.words[w]
	row := x.wordRow(w)
	return part{text: string(row[1 : 1+t.textN]), sounds: row[1+t.textN:], frame: t.frame, form: t.form,
		script: t.script, writing: t.writing, article: t.article, light: t.light}
}

// rare tells how rare a part is among those in the index.
func (x *Index) rare(frame uint64) float32 {
	return rareness(frame, float64(x.frames[frame]), float64(x.people))
}

// Bytes estimates what the index holds in memory.
func (x *Index) Bytes() int64 {
	x.mu.RLock()
	defer x.mu.RUnlock()
	n := int64(len(x.bytes.blocks)+len(x.sayings.blocks))*blockSize + int64(cap(x.records))*25 + int64(len(x.byID.slots)+len(x.byWord.slots))*4 +
		int64(cap(x.words))*32 + int64(cap(x.posts))*24 + int64(cap(x.blades[0]))*16 + int64(cap(x.bladeN)) + int64(len(x.frames))*28
	for _, p := range x.posts {
		n += int64(cap(p)) * 4
	}
	return n
}
