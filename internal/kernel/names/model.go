package names

// This file turns what was measured into a probability, with small decision trees that were learnt.

import (
	_ "embed"
	"math"
	"slices"
	"strconv"
	"strings"
)

//go:embed model.txt
var modelText string

// node is one question of a tree: is the feature below the limit? A leaf has the feature -1.
type node struct {
	feature int16
	no      int16 // where to go when it is not; the next node is where to go when it is
	value   float32
}

type model struct {
	trees [][]node
	base  float32
}

// The models: one puts the people of a list in order, the other says whether two names are one person's.
var ranker, judge = readModels(modelText)

// raw adds up the trees.
func (m *model) raw(f *features) float32 {
	sum := m.base
	for _, t := range m.trees {
		i := int16(0)
		for t[i].feature >= 0 {
			if f[t[i].feature] < t[i].value {
				i++
			} else {
				i = t[i].no
			}
		}
		sum += t[i].value
	}
	return sum
}

func chance(raw float32) float32 { return float32(1 / (1 + math.Exp(-float64(raw)))) }

// readModels reads lines "rank|judge base VALUE" and "rank|judge tree …", where a tree is written from its root:
// "feature limit" and then what follows if below and if not, or "= value" for a leaf.
func readModels(text string) (rank, jud model) {
	for line := range strings.Lines(text) {
		f := strings.Fields(line)
		if len(f) < 3 || f[0] == "#" {
			continue
		}
		m := &rank
		if f[0] == "judge" {
			m = &jud
		}
		if f[1] == "base" {
			m.base = number(f[2])
			continue
		}
		var t []node
		rest := grow(&t, f[2:])
		if len(rest) != 0 {
			panic("names: model.txt holds a tree with more than a tree: " + line)
		}
		m.trees = append(m.trees, t)
	}
	return rank, jud
}

func grow(t *[]node, f []string) []string {
	at := len(*t)
	if f[0] == "=" {
		*t = append(*t, node{feature: -1, value: number(f[1])})
		return f[2:]
	}
	feature := slices.Index(featureNames[:], f[0])
	if feature < 0 {
		panic("names: model.txt asks for a feature that is not measured: " + f[0])
	}
	*t = append(*t, node{feature: int16(feature), value: number(f[1])})
	rest := grow(t, f[2:])
	(*t)[at].no = int16(len(*t))
	return grow(t, rest)
}

func number(s string) float32 {
	v, err := strconv.ParseFloat(s, 32)
	if err != nil {
		panic("names: model.txt holds a value that is no number: " + s)
	}
	return float32(v)
}
