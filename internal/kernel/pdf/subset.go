package pdf

// This file makes a font small: the outlines of the signs that are not used are left out, and every table that a printed page
// does not ask for. The numbers of the signs stay as they are.

import (
	"bytes"
	"encoding/binary"
	"errors"
	"maps"
	"slices"
)

var errFont = errors.New("pdf: a font is not as it should be")

// kept are the tables of an embedded font.
var kept = []string{"cvt ", "fpgm", "glyf", "head", "hhea", "hmtx", "loca", "maxp", "prep"}

// tables are the parts of a font file.
func tables(b []byte) (map[string][]byte, error) {
	be := binary.BigEndian
	if len(b) < 12 {
		return nil, errFont
	}
	out := map[string][]byte{}
	for i := range int(be.Uint16(b[4:])) {
		at := 12 + 16*i
		if at+16 > len(b) {
			return nil, errFont
		}
		from, n := int(be.Uint32(b[at+8:])), int(be.Uint32(b[at+12:]))
		if from < 0 || n < 0 || from+n > len(b) {
			return nil, errFont
		}
		out[string(b[at:at+4])] = b[from : from+n]
	}
	return out, nil
}

// subset keeps the signs in use.
func subset(b []byte, used map[uint16]bool) ([]byte, error) {
	t, err := tables(b)
	if err != nil {
		return nil, err
	}
	be := binary.BigEndian
	if len(t["head"]) < 54 || len(t["maxp"]) < 6 || t["glyf"] == nil {
		return nil, errFont
	}
	long := be.Uint16(t["head"][50:]) == 1
	n := int(be.Uint16(t["maxp"][4:]))
	offsets := make([]int, n+1)
	for i := range offsets {
		if long {
			offsets[i] = int(be.Uint32(t["loca"][4*i:]))
		} else {
			offsets[i] = 2 * int(be.Uint16(t["loca"][2*i:]))
		}
	}
	keep := map[int]bool{}
	var add func(g int)
	add = func(g int) {
		if keep[g] || g < 0 || g >= n {
			return
		}
		keep[g] = true
		for _, part := range composed(t["glyf"][offsets[g]:offsets[g+1]]) {
			add(part)
		}
	}
	add(0)
	for g := range used {
		add(int(g))
	}
	var glyf, loca bytes.Buffer
	word := make([]byte, 4)
	for i := range n {
		be.PutUint32(word, uint32(glyf.Len()))
		loca.Write(word)
		if keep[i] {
			glyf.Write(t["glyf"][offsets[i]:offsets[i+1]])
			for glyf.Len()%4 != 0 {
				glyf.WriteByte(0)
			}
		}
	}
	be.PutUint32(word, uint32(glyf.Len()))
	loca.Write(word)
	head := bytes.Clone(t["head"])
	be.PutUint16(head[50:], 1)
	be.PutUint32(head[8:], 0) // the sum over the whole file, made below
	out := map[string][]byte{"head": head, "glyf": glyf.Bytes(), "loca": loca.Bytes()}
	for _, k := range kept {
		if out[k] == nil && t[k] != nil {
			out[k] = t[k]
		}
	}
	return file(out), nil
}

// composed are the signs of which a sign is made, such as a letter and its mark.
func composed(g []byte) []int {
	be := binary.BigEndian
	if len(g) < 10 || int16(be.Uint16(g)) >= 0 {
		return nil
	}
	var out []int
	for p := 10; p+4 <= len(g); {
		flags := be.Uint16(g[p:])
		out = append(out, int(be.Uint16(g[p+2:])))
		p += 6
		if flags&0x01 != 0 {
			p += 2
		}
		switch {
		case flags&0x08 != 0:
			p += 2
		case flags&0x40 != 0:
			p += 4
		case flags&0x80 != 0:
			p += 8
		}
		if flags&0x20 == 0 {
			break
		}
	}
	return out
}

// file writes the tables as a font file.
func file(t map[string][]byte) []byte {
	be := binary.BigEndian
	ks := slices.Sorted(maps.Keys(t))
	pow, exp := 1, 0
	for pow*2 <= len(ks) {
		pow, exp = pow*2, exp+1
	}
	head := make([]byte, 12, 12+16*len(ks))
	be.PutUint32(head, 0x00010000)
	be.PutUint16(head[4:], uint16(len(ks)))
	be.PutUint16(head[6:], uint16(16*pow))
	be.PutUint16(head[8:], uint16(exp))
	be.PutUint16(head[10:], uint16(16*(len(ks)-pow)))
	var body bytes.Buffer
	at := 12 + 16*len(ks)
	headAt := 0
	for _, k := range ks {
		entry := make([]byte, 16)
		copy(entry, k)
		be.PutUint32(entry[4:], sum(t[k]))
		be.PutUint32(entry[8:], uint32(at+body.Len()))
		be.PutUint32(entry[12:], uint32(len(t[k])))
		head = append(head, entry...)
		if k == "head" {
			headAt = at + body.Len()
		}
		body.Write(t[k])
		for body.Len()%4 != 0 {
			body.WriteByte(0)
		}
	}
	all := append(head, body.Bytes()...)
	be.PutUint32(all[headAt+8:], 0xB1B0AFBA-sum(all))
	return all
}

func sum(b []byte) uint32 {
	var s uint32
	for i := 0; i < len(b); i += 4 {
		var w [4]byte
		copy(w[:], b[i:min(len(b), i+4)])
		s += binary.BigEndian.Uint32(w[:])
	}
	return s
}
