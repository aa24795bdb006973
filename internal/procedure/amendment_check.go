package procedure

// This file looks at a change of the rules before anybody proposes or decides it: the same check as of a whole rule pack,
// the worked examples that come out differently, and word for word what becomes different.

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"go.yaml.in/yaml/v3"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/lang"
)

// Look is what a check of a change found.
type Look struct {
	Amendment *Amendment // nil when it cannot be read
	Then      *Rulebook  // the rulebook with it; nil when it is unfit
	Faults    Faults
	Notes     Faults // worked examples that come out differently, or that are lacking
	Rules     []Difference
	Regimes   []RegimeDifference
	Days      []DayDifference
}

// Difference is what becomes different about one rule.
type Difference struct {
	Rule, Was string // the id, and that of the rule it replaces; an empty Was is a rule beside the others
	Words     []WordDifference
}

// WordDifference is one word of a rule that says something else. An empty side says nothing.
type WordDifference struct{ Word, Was, Becomes string }

// RegimeDifference is a law that applies from another day.
type RegimeDifference struct {
	ID           RegimeID
	Was, Becomes clock.Date
}

// DayDifference is one day of the table of equated days that changes.
type DayDifference struct {
	Was, Becomes EquatedDay
	New, Gone    bool
}

// own texts and examples of this program, read once.
var (
	ownTexts = sync.OnceValues(func() (*lang.Catalogue, error) { return packTexts(RuleFiles()) })
	ownCases = sync.OnceValues(func() ([]Case, error) { return ReadCases(RuleFiles()) })
)

// Look checks the text of a change against a rulebook.
func (b *Rulebook) Look(raw, id string) (Look, error) {
	c, faults := ReadAmendment(raw)
	l := Look{Faults: faults}
	if len(faults) > 0 {
		return l, nil
	}
	c.ID = id
	l.Amendment = c
	then, faults := b.With([]*Amendment{c}, "+"+id)
	l.Rules, l.Days = b.differences(c)
	for _, x := range c.Regimes {
		if r, ok := b.regime(x.ID); ok {
			l.Regimes = append(l.Regimes, RegimeDifference{x.ID, r.From, x.From})
		}
	}
	if len(faults) > 0 {
		l.Faults = faults
		return l, nil
	}
	texts, err := ownTexts()
	if err != nil {
		return l, err
	}
	var r Report
	r.texts(then, texts)
	if l.Faults = r.Faults; len(l.Faults) > 0 {
		return l, nil
	}
	l.Then = then
	voice, err := Dutch()
	if err != nil {
		return l, err
	}
	cases, err := ownCases()
	if err != nil {
		return l, err
	}
	used := map[string]bool{}
	for _, x := range cases {
		was, now := x.Check(b, voice), x.Check(then, voice)
		for _, f := range now.Faults {
			if !slices.ContainsFunc(was.Faults, func(x Fault) bool { return x.Error() == f.Error() }) {
				l.Notes = append(l.Notes, f)
			}
		}
		for _, id := range now.Rules {
			used[id] = true
		}
	}
	for _, t := range c.Terms {
		if !used[t.ID] {
			l.Notes = append(l.Notes, c.fault("terms/"+t.ID, "no_example", "id", t.ID))
		}
	}
	return l, nil
}

// differences says what a change makes different in the rules that are there.
func (b *Rulebook) differences(c *Amendment) (rules []Difference, days []DayDifference) {
	for _, t := range c.Terms {
		old, _ := b.Rule(t.Replaces)
		rules = append(rules, Difference{t.ID, t.Replaces, compareWords(old, t.Rule)})
	}
	for _, x := range c.Confirm {
		old, _ := b.Rule(x.ID)
		word, fresh := x.Confirmed, old
		fresh.Confirmed = &word
		rules = append(rules, Difference{x.ID, x.ID, compareWords(old, fresh)})
	}
	for _, d := range c.Days {
		k := slices.IndexFunc(b.Days, func(x EquatedDay) bool { return x.Day == d.Day })
		diff := DayDifference{Becomes: d.EquatedDay, New: k < 0, Gone: d.Drop}
		if k >= 0 {
			diff.Was = b.Days[k]
		}
		days = append(days, diff)
	}
	return rules, days
}

// compareWords are the words of two rules that differ, in the order of the form.
func compareWords(old, fresh Rule) []WordDifference {
	var out []WordDifference
	was, is := wordsOf(old), wordsOf(fresh)
	for i := range is {
		if was[i].Value != is[i].Value {
			out = append(out, WordDifference{is[i].Word, was[i].Value, is[i].Value})
		}
	}
	return out
}

type wordValue struct{ Word, Value string }

// wordsOf are all words of a rule with their values on one line each; a rule always has the same words.
func wordsOf(r Rule) []wordValue {
	r.Outcomes, r.Routes = append([]string{}, r.Outcomes...), append([]string{}, r.Routes...)
	form := struct {
		Rule     `yaml:",inline"`
		Outcomes []string `yaml:"outcomes_"`
		Routes   []string `yaml:"routes_"`
	}{Rule: r, Outcomes: r.Outcomes, Routes: r.Routes}
	form.Rule.Outcomes, form.Rule.Routes = nil, nil
	var n yaml.Node
	if err := n.Encode(form); err != nil {
		panic(fmt.Sprintf("procedure: a rule that was read can be written: %v", err))
	}
	var out []wordValue
	for i := 0; i+1 < len(n.Content); i += 2 {
		out = append(out, wordValue{strings.TrimSuffix(n.Content[i].Value, "_"), oneLine(n.Content[i+1])})
	}
	return out
}

// oneLine is a value as a rule file says it on one line; nothing is said of what is empty.
func oneLine(n *yaml.Node) string {
	switch {
	case n.Kind == yaml.ScalarNode:
		switch n.Value {
		case "null", "false", "0":
			return ""
		}
		return n.Value
	case len(n.Content) == 0:
		return ""
	}
	var parts []string
	for i := 0; i < len(n.Content); i++ {
		if n.Kind == yaml.MappingNode {
			if v := oneLine(n.Content[i+1]); v != "" {
				parts = append(parts, n.Content[i].Value+": "+v)
			}
			i++
			continue
		}
		parts = append(parts, oneLine(n.Content[i]))
	}
	return strings.Join(parts, ", ")
}
