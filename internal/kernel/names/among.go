package names

// This file looks among some of the people in an index only: who of a caseload may be meant. The whole index is never
// walked, so it costs what the caseload costs, however many others there are.

import (
	"cmp"
	"encoding/binary"
	"slices"
)

// maybe is how like a name must be, on the average of the parts that were typed, for its bearer to be among the likely ones. It
// is low: whoever shows people compares once more.
const maybe = 0.4

// Among answers which of these people may be meant by a name, the likeliest first, at most n. order says of one name how
// well it answers by its letters, more than 0 when it does; who answers so comes before who only sounds like it, and begin is
// how many of those there are. Who is not in the index is not among the answers.
func (x *Index) Among(ids []string, name string, n int, order func(name string) int) (got []string, begin int) {
	q := Read(name)
	type found struct {
		id    string
		order int
		alike float32
	}
	var out []found
	x.mu.RLock()
	defer x.mu.RUnlock()
	known := make([]map[uint32]float32, len(q.parts))
	for i := range known {
		known[i] = map[uint32]float32{}
	}
	like := func(i int, w uint32) float32 {
		s, ok := known[i][w]
		if !ok {
			p := x.partOf(w)
			s = likeness(&q.parts[i], &p)
			if i+1 < len(q.parts) && len(q.parts[i].sounds)+len(q.parts[i+1].sounds) <= maxSounds {
				s = max(s, joined(q.parts[i:i+2], &p, s))
			}
			if i > 0 && len(q.parts[i-1].sounds)+len(q.parts[i].sounds) <= maxSounds {
				s = max(s, joined(q.parts[i-1:i+1], &p, s))
			}
			known[i][w] = s
		}
		return s
	}
	for _, id := range ids {
		f := found{id: id}
		slot, ok := x.byID.find([]byte(cut(id, maxID)), x.idOf)
		for ok {
			r := &x.records[slot]
			f.order = max(f.order, order(string(x.bytes.get(r.name, int(r.nameN)))))
			if f.order == 0 {
				f.alike = max(f.alike, x.alike(r, len(q.parts), like))
			}
			if ok = r.next != 0; ok {
				slot = r.next - 1
			}
		}
		if f.order > 0 {
			begin++
		}
		if f.order > 0 || f.alike >= maybe {
			out = append(out, f)
		}
	}
	slices.SortStableFunc(out, func(a, b found) int { return cmp.Or(cmp.Compare(b.order, a.order), cmp.Compare(b.alike, a.alike)) })
	for _, f := range out[:min(n, len(out))] {
		got = append(got, f.id)
	}
	return got, begin
}

// alike is how like the parts that were typed are to those of a record, on the average, each to the likest.
func (x *Index) alike(r *record, parts int, like func(part int, word uint32) float32) float32 {
	if parts == 0 {
		return 0
	}
	var all float32
	row := x.bytes.get(r.parts, 4*int(r.partsN))
	for i := range parts {
		var best float32
		for k := 0; k < len(row); k += 4 {
			best = max(best, like(i, binary.LittleEndian.Uint32(row[k:])))
		}
		all += best
	}
	return all / float32(parts)
}
