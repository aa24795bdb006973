package knelpunt

// This file reads the coarse lists: what a signal can say of what happened, where, and to whom.

import (
	_ "embed"
	"slices"
	"strings"
	"time"

	"reisgezel/internal/kernel/clock"
)

//go:embed lists/coarse.txt
var coarse string

// lists are the choices of each kind in their order; within are the codes that belong to a choice.
var lists, within = func() (map[string][]string, map[string][]string) {
	all, codes := map[string][]string{}, map[string][]string{}
	for line := range strings.Lines(coarse) {
		f := strings.Fields(line)
		if len(f) < 2 || f[0] == "#" {
			continue
		}
		all[f[0]] = append(all[f[0]], f[1])
		codes[f[0]+"."+f[1]] = f[2:]
	}
	return all, codes
}()

// Kinds are the kinds of lists that a form asks for, in its order.
var Kinds = []string{"theme", "institution", "place", "phase", "group"}

// Choices are the choices of one kind.
func Choices(kind string) []string { return lists[kind] }

// The choices of how bad it was, and of how often whoever signals saw it.
var (
	Weights = []string{"small", "serious", "grave"}
	Seens   = []string{"once", "few", "often", "many"}
)

// SeenUnknown is how often when nobody said so: of a report from outside.
const SeenUnknown = "unknown"

// Least is the least number of times that a choice of Seens stands for: with it counts are added up, so that nothing is made
// larger than it is. What is told was seen once at least.
func Least(seen string) int {
	return max(1, map[string]int{"once": 1, "few": 2, "often": 5, "many": 10}[seen])
}

// GroupOf is the group of nationalities in which codes of countries lie: several when they lie in more than one.
func GroupOf(codes []string) string {
	group := ""
	for _, code := range codes {
		g := "other"
		if code == "?" {
			g = "unknown"
		}
		for _, x := range lists["group"] {
			if slices.Contains(within["group."+x], code) {
				g = x
			}
		}
		if group != "" && group != g {
			return "several"
		}
		group = g
	}
	if group == "" {
		return "unknown"
	}
	return group
}

// PlaceOf is the coarse place of a place that another form knows; what is a coarse place already stays one.
func PlaceOf(site string) string {
	if slices.Contains(lists["place"], site) && len(within["site."+site]) == 0 {
		return site
	}
	if w := within["site."+site]; len(w) == 1 {
		return w[0]
	}
	return ""
}

// monthsBack is how long ago it may have happened.
const monthsBack = 24

// Months are the months that a form offers, the latest first.
func Months(today clock.Date) []clock.Date {
	var out []clock.Date
	for n := range monthsBack {
		out = append(out, clock.On(today.Year, today.Month-time.Month(n), 1))
	}
	return out
}

// themes and phases are what another page says in its own words, by the page and the word; a star is any word of that page.
// What is not here stays open: a guess in a form is read as an answer.
var (
	themes = map[string]map[string]string{
		"interview": {"medical": "health", "child": "children", "*": "interview"},
		"contact":   {"children": "children", "family": "family", "health": "health", "housing": "housing", "language": "integration", "work": "work", "money": "work"},
		"alarm":     {"detention": "detention", "airport": "detention", "police": "detention", "*": "return"},
		"complaint": {"privacy": "digital", "safety": "safety"},
		"counsel":   {"*": "lawyer"},
		"residence": {"*": "reception"},
	}
	phases = map[string]map[string]string{
		"contact": {"asylum": "asylum", "family": "family"},
		"alarm":   {"detention": "detention"},
	}
)

func wordOf(of map[string]map[string]string, from, word string) string {
	if x := of[from][word]; x != "" {
		return x
	}
	return of[from]["*"]
}

// ThemeOf is the theme of what another page offers, in its own words; empty when it says none.
func ThemeOf(from, theme string) string {
	if x := wordOf(themes, from, theme); x != "" || themes[from] != nil {
		return x
	}
	if slices.Contains(lists["theme"], theme) {
		return theme
	}
	return ""
}

// PhaseOf is the phase that another page offers; empty when it says none.
func PhaseOf(from, word string) string { return wordOf(phases, from, word) }

// InstitutionOf is whom it is about when the page already says so.
func InstitutionOf(from string) string {
	return map[string]string{"interview": "ind", "complaint": "us", "note": "us"}[from]
}
