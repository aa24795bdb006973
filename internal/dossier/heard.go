package dossier

// This file finds people by a name as somebody heard it, among those whom one may see: spellings and scripts do not matter.
// Who begins as it was typed comes first; after them those whose names sound like it, the likeliest first.

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"reisgezel/internal/kernel/names"
)

// leastChance is how likely it must be that somebody is meant. Among a few hundred people a stranger comes this near once in
// twenty searches, and somebody who is meant by their whole name nearly always comes nearer: seeing one too many costs a
// glance, missing somebody costs a visit.
const leastChance = 0.3

// heardMost is how many people who only sound like it are shown.
const heardMost = 10

// query is what was typed, read once for many people.
type query struct {
	typed string
	name  names.Name
	one   bool // a single part: it is held against each part of a name
}

func readQuery(typed string) query {
	q := query{typed: typed, name: names.Read(typed)}
	q.one = len(q.name.Parts()) == 1
	return q
}

// heard is how somebody answers to a query.
type heard struct {
	Begins bool // their names begin as it was typed
	Chance float32
	Why    []names.Reason
}

// hear says whether somebody may be meant.
func (q query) hear(c Card) (heard, bool) {
	if matches(c.Parts, q.typed) {
		return heard{Begins: true, Chance: 1}, true
	}
	var best heard
	for _, s := range c.spellings(q.one) {
		if p, why := names.Compare(q.name, names.Read(s)); p > best.Chance {
			best = heard{Chance: p, Why: why}
		}
	}
	return best, best.Chance >= leastChance
}

// spellings are the ways in which a card writes the name: whole, or part by part.
func (c Card) spellings(apart bool) []string {
	if apart {
		return append(strings.Fields(c.Name+" "+c.Called), c.Parts...)
	}
	var foreign []string // the name in its own script
	for _, p := range c.Parts {
		if r := []rune(p); !unicode.Is(unicode.Latin, r[0]) {
			foreign = append(foreign, p)
		}
	}
	out := []string{c.Name, c.Called}
	if len(foreign) > 0 {
		out = append(out, strings.Join(foreign, " "))
	}
	return out
}

// answers are the people who may be meant: first who begins as it was typed, in the order in which they come, then who
// sounds like it.
func (q query) answers(all []Listed) ([]Listed, map[string]heard) {
	found := map[string]heard{}
	var first, then []Listed
	for _, l := range all {
		h, ok := q.hear(l.Card)
		if !ok {
			continue
		}
		found[l.ID] = h
		if h.Begins {
			first = append(first, l)
		} else {
			then = append(then, l)
		}
	}
	slices.SortStableFunc(then, func(a, b Listed) int { return cmp.Compare(found[b.ID].Chance, found[a.ID].Chance) })
	return append(first, then[:min(len(then), heardMost)]...), found
}
