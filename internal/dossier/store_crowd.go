package dossier

// This file keeps in memory on each node what a group is counted by: where somebody comes from, as a small code, and where
// they are helped. It fills and follows together with the names (store_heard.go) out of sealed rows. Nothing of it stands in
// the database: a token shared by all who come from one country would tell, in a stolen database, who they are by how many
// they are.

import (
	"hash/maphash"
	"slices"
	"strings"
	"sync"

	"reisgezel/internal/kernel/fault"
)

// crowdID is an id that no pointer leads to: a million of them cost the garbage collector nothing.
type crowdID [24]byte

// crowdRow is one person: up to two origins, a team and a location, as numbers.
type crowdRow struct {
	id             crowdID
	from           [2]uint16
	team, location uint16
	next           uint32 // the slot of another whose id has the same hash, plus one; 0 is the last
}

// overflow is the number of every text beyond the last that fits: somebody with it is in no group but that of everybody.
const overflow = ^uint16(0)

// crowd is the people on this node.
type crowd struct {
	mu      sync.RWMutex
	hash    func(id *crowdID) uint32
	at      map[uint32]uint32 // hash of an id → the slot of the first with it: the ids themselves stand in rows, once
	rows    []crowdRow
	spare   []uint32
	numbers map[string]uint16
	texts   []string // by number, without the kind
}

func newCrowd() *crowd {
	seed := maphash.MakeSeed()
	return &crowd{hash: func(id *crowdID) uint32 { return uint32(maphash.Bytes(seed, id[:])) }, at: map[uint32]uint32{}, numbers: map[string]uint16{"": 0}, texts: []string{""}}
}

// find is somebody's slot.
func (c *crowd) find(id *crowdID) (slot uint32, ok bool) {
	slot, ok = c.at[c.hash(id)]
	for ok && c.rows[slot].id != *id {
		next := c.rows[slot].next
		slot, ok = next-1, next != 0
	}
	return slot, ok
}

// number is the number of a text, and a new one when it has none.
func (c *crowd) number(kind, text string) uint16 {
	if text == "" {
		return 0
	}
	n, ok := c.numbers[kind+text]
	if !ok {
		if n = overflow; len(c.numbers) < int(overflow) {
			n = uint16(len(c.numbers))
			c.numbers[kind+text] = n
			c.texts = append(c.texts, text)
		}
	}
	return n
}

// set takes somebody in, or what changed of them.
func (c *crowd) set(id string, from []string, team, location string) error {
	var key crowdID
	if len(id) == 0 || len(id) > len(key) {
		return fault.New(fault.Internal, "") // ids are made by db.ID, which are shorter
	}
	copy(key[:], id)
	c.mu.Lock()
	defer c.mu.Unlock()
	r := crowdRow{id: key, team: c.number("t", team), location: c.number("l", location)}
	for i, o := range from[:min(len(from), len(r.from))] {
		r.from[i] = c.number("o", o)
	}
	if slot, ok := c.find(&key); ok {
		r.next = c.rows[slot].next
		c.rows[slot] = r
		return nil
	}
	slot := uint32(len(c.rows))
	if n := len(c.spare); n > 0 {
		slot, c.spare = c.spare[n-1], c.spare[:n-1]
	} else {
		c.rows = append(c.rows, crowdRow{})
	}
	h := c.hash(&key)
	if first, ok := c.at[h]; ok {
		r.next = first + 1
	}
	c.at[h], c.rows[slot] = slot, r
	return nil
}

// remove forgets somebody: nothing of the id is left.
func (c *crowd) remove(id string) {
	var key crowdID
	copy(key[:], id)
	c.mu.Lock()
	defer c.mu.Unlock()
	slot, ok := c.find(&key)
	if !ok {
		return
	}
	h, next := c.hash(&key), c.rows[slot].next
	switch before := c.at[h]; {
	case before != slot:
		for c.rows[before].next != slot+1 {
			before = c.rows[before].next - 1
		}
		c.rows[before].next = next
	case next == 0:
		delete(c.at, h)
	default:
		c.at[h] = next - 1
	}
	c.rows[slot] = crowdRow{}
	c.spare = append(c.spare, slot)
}

// chosen marks the numbers of some texts; nil means that everybody is chosen.
func (c *crowd) chosen(kind string, texts []string) []bool {
	if len(texts) == 0 {
		return nil
	}
	out := make([]bool, len(c.numbers)+1)
	for _, t := range texts {
		if n, ok := c.numbers[kind+t]; ok && n != overflow {
			out[n] = true
		}
	}
	return out
}

// each calls do for everybody in the group.
func (c *crowd) each(g Group, do func(id crowdID)) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	from, teams, places := c.chosen("o", g.Origins), c.chosen("t", g.Teams), c.chosen("l", g.Locations)
	in := func(set []bool, n uint16) bool { return set == nil || int(n) < len(set) && set[n] && n != 0 }
	for i := range c.rows {
		r := &c.rows[i]
		if r.id[0] == 0 || !in(teams, r.team) || !in(places, r.location) {
			continue
		}
		if in(from, r.from[0]) || in(from, r.from[1]) {
			do(r.id)
		}
	}
}

// CountGroup counts a group at once. ok is false as long as not everybody is in the memory of this node.
func (s *Files) CountGroup(g Group) (n int, ok bool) {
	s.memory.crowd.each(g, func(crowdID) { n++ })
	return n, s.Heard()
}

// InGroup lists the ids of a group, in their order. It opens nothing and says nothing of anybody; what a person may be told
// of whom is decided by whoever asks.
func (s *Files) InGroup(g Group) (ids []string, ok bool) {
	s.memory.crowd.each(g, func(id crowdID) { ids = append(ids, strings.TrimRight(string(id[:]), "\x00")) })
	slices.Sort(ids)
	return ids, s.Heard()
}

// TeamsOf tells in which team each of some people is helped. Whoever is not in memory, or with no team, has none.
func (s *Files) TeamsOf(ids []string) map[string]string {
	c := s.memory.crowd
	c.mu.RLock()
	defer c.mu.RUnlock()
	out := make(map[string]string, len(ids))
	for _, id := range ids {
		var key crowdID
		copy(key[:], id)
		if slot, ok := c.find(&key); ok && int(c.rows[slot].team) < len(c.texts) {
			out[id] = c.texts[c.rows[slot].team]
		}
	}
	return out
}
