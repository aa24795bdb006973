package dossier

// This file finds people by a name as somebody heard it, among those whom one may see: spellings and scripts do not matter.
// Whose name it is comes first, then who begins as it was typed; after them those whose names sound like it.

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
	want []string // its parts, folded
	name names.Name
	one  bool // a single part: it is held against each part of a name
}

func readQuery(typed string) query {
	q := query{want: strings.Fields(Fold(typed)), name: names.Read(typed)}
	q.one = len(q.name.Parts()) == 1
	return q
}

// answer is how well a name answers by its letters.
type answer int

// The answers, the best last.
const (
	bySound answer = iota // not by its letters
	byStart               // every typed part begins one of the name
	byPart                // every typed part is one of the name
	byHead                // so it is, and the name begins with the first of them: people are called by that
	byAll                 // it is the name
)

// answersTo says how well the folded parts of a name answer to what was typed.
func answersTo(parts, want []string) answer {
	if len(want) == 0 {
		return bySound
	}
	out := byPart
	for _, w := range want {
		best := bySound
		for _, x := range parts {
			if x == w {
				best = byPart
				break
			}
			if strings.HasPrefix(x, w) {
				best = byStart
			}
		}
		if out = min(out, best); out == bySound {
			return bySound
		}
	}
	switch {
	case out == byPart && len(parts) == len(want):
		return byAll
	case out == byPart && parts[0] == want[0]:
		return byHead
	}
	return out
}

// heard is how somebody answers to a query.
type heard struct {
	By     answer
	Chance float32
	Why    []names.Reason
	As     Spelling // the spelling that answers, when it is not the name that is shown
}

// hear says whether somebody may be meant.
func (q query) hear(c Card) (heard, bool) {
	var best heard
	for i, s := range c.wholes() {
		by := answersTo(strings.Fields(Fold(s.Text)), q.want)
		if by <= best.By {
			continue
		}
		if best.By = by; i > 1 { // neither the name nor what they are called
			best.As = s
		} else {
			best.As = Spelling{}
		}
	}
	if best.By == bySound { // the parts may stand in several of the names
		best.By = min(answersTo(c.Parts, q.want), byStart)
	}
	if best.By > byStart {
		best.Chance = 1
		return best, true
	}
	var near heard
	for _, s := range c.spellings(q.one) {
		if p, why := names.Compare(q.name, names.Read(s.Text)); p > near.Chance {
			near = heard{Chance: p, Why: why, As: s}
		}
	}
	if best.By == byStart {
		best.Chance = near.Chance
		return best, true
	}
	if near.As.Text == c.Name || near.As.Text == c.Called || slices.Contains(strings.Fields(c.Name+" "+c.Called), near.As.Text) {
		near.As = Spelling{}
	}
	return near, near.Chance >= leastChance
}

// wholes are the whole names of a card: the one that is shown, what they are called, and how others write it.
func (c Card) wholes() []Spelling {
	return append([]Spelling{{Text: c.Name}, {Text: c.Called}}, c.Spelt...)
}

// spellings are the ways in which a card writes the name: whole, or part by part.
func (c Card) spellings(apart bool) []Spelling {
	all := c.wholes()
	if len(c.Spelt) == 0 { // a card of before: its parts in another script are one name
		var foreign []string
		for _, p := range c.Parts {
			if r := []rune(p); !unicode.Is(unicode.Latin, r[0]) && !unicode.IsDigit(r[0]) {
				foreign = append(foreign, p)
			}
		}
		if len(foreign) > 0 {
			all = append(all, Spelling{Text: strings.Join(foreign, " ")})
		}
	}
	if !apart {
		return all
	}
	var out []Spelling
	for _, s := range all {
		for p := range strings.FieldsSeq(s.Text) {
			if !slices.ContainsFunc(out, func(x Spelling) bool { return x.Text == p }) {
				out = append(out, Spelling{p, s.Source})
			}
		}
	}
	for _, p := range c.Parts {
		if !slices.ContainsFunc(out, func(x Spelling) bool { return Fold(x.Text) == p }) {
			out = append(out, Spelling{Text: p})
		}
	}
	return out
}

// answers are the people who may be meant: first whose name it is, then who has it as a part, then who begins as it was typed,
// then who sounds like it; in each the likeliest first, and by name where that is equal.
func (q query) answers(all []Listed) ([]Listed, map[string]heard) {
	found := map[string]heard{}
	var first, then []Listed
	for _, l := range all {
		h, ok := q.hear(l.Card)
		if !ok {
			continue
		}
		found[l.ID] = h
		if h.By > bySound {
			first = append(first, l)
		} else {
			then = append(then, l)
		}
	}
	byName(first)
	byName(then)
	order := func(a, b Listed) int {
		x, y := found[a.ID], found[b.ID]
		return cmp.Or(cmp.Compare(y.By, x.By), cmp.Compare(y.Chance, x.Chance))
	}
	slices.SortStableFunc(first, order)
	slices.SortStableFunc(then, order)
	return append(first, then[:min(len(then), heardMost)]...), found
}
