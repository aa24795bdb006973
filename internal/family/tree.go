package family

// This file lays a family out as a tree that can be read from top to bottom, and aloud: the person first, then who is
// nearest, each with their own below them, and everybody once.

import (
	"slices"

	"reisgezel/internal/kernel/clock"
)

// Node is one of the family in the tree. Kin is how they are bound to the one above them; Also are their other ties.
type Node struct {
	ID     string
	Kin    Kin
	Also   []Kin
	Groups []Group
}

// Group is those who are the same of somebody: their children, their parents.
type Group struct {
	Role  string // empty: bound to nobody yet
	Nodes []Node
}

// Tree lays the family out. Who is bound to nobody stands last.
func (f Family) Tree(today clock.Date) Node {
	type place struct {
		above string
		kin   Kin
	}
	at := map[string]place{Own: {}}
	below := map[string][]string{}
	queue := []string{Own}
	for len(queue) > 0 {
		x := queue[0]
		queue = queue[1:]
		kin := f.Kin(x)
		slices.SortStableFunc(kin, func(a, b Kin) int { return over(a, today) - over(b, today) }) // what lasts says where somebody stands
		for _, k := range kin {
			if _, seen := at[k.ID]; !seen {
				at[k.ID] = place{x, k}
				below[x] = append(below[x], k.ID)
				queue = append(queue, k.ID)
			}
		}
	}
	for _, m := range f.Living() {
		if _, seen := at[m.ID]; !seen {
			at[m.ID] = place{Own, Kin{ID: m.ID}}
			below[Own] = append(below[Own], m.ID)
		}
	}
	var build func(id string) Node
	build = func(id string) Node {
		n := Node{ID: id, Kin: at[id].kin}
		for _, k := range f.Kin(id) {
			if id != Own && k.ID != Own && k.ID != at[id].above && !slices.Contains(below[id], k.ID) {
				n.Also = append(n.Also, k)
			}
		}
		for _, role := range append(slices.Clone(Roles), "") {
			g := Group{Role: role}
			for _, c := range below[id] {
				if at[c].kin.Role == role {
					g.Nodes = append(g.Nodes, build(c))
				}
			}
			if len(g.Nodes) > 0 {
				n.Groups = append(n.Groups, g)
			}
		}
		return n
	}
	return build(Own)
}

func over(k Kin, today clock.Date) int {
	if k.Tie.Over(today) {
		return 1
	}
	return 0
}
