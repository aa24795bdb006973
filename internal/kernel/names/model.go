package names

// This file turns what was measured into one figure, with weights that were learnt.

import (
	_ "embed"
	"math"
	"slices"
	"strconv"
	"strings"
)

//go:embed model.txt
var modelText string

// model is what each measure is worth.
type model struct {
	base   float32
	weight [featureCount]float32
}

// glancer is what each measure of a glance is worth.
var glancer = readGlance(modelText)

// readGlance reads lines "glance MEASURE WEIGHT".
func readGlance(text string) (w [glanceCount]float32) {
	for line := range strings.Lines(text) {
		if f := strings.Fields(line); len(f) == 3 && f[0] == "glance" {
			k := slices.Index(glanceNames[:], f[1])
			if k < 0 {
				panic("names: model.txt weighs what is not glanced at: " + f[1])
			}
			w[k] = number(f[2])
		}
	}
	return w
}

// The models: one puts the people of a list in order, the other says whether two names are one person's.
var ranker, judge = readModels(modelText)

// raw adds up. For the judge it is the logarithm of the odds.
func (m *model) raw(f *features) float32 {
	sum := m.base
	for i, w := range m.weight {
		sum += w * f[i]
	}
	return sum
}

func chance(raw float32) float32 { return float32(1 / (1 + math.Exp(-float64(raw)))) }

// odds is the raw judgement of a chance between 0 and 1.
func odds(chance float32) float32 { return float32(math.Log(float64(chance) / (1 - float64(chance)))) }

// readModels reads lines "rank|judge FEATURE WEIGHT", where the feature "base" is there for everybody.
func readModels(text string) (rank, jud model) {
	for line := range strings.Lines(text) {
		f := strings.Fields(line)
		if len(f) != 3 || f[0] != "rank" && f[0] != "judge" {
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
		k := slices.Index(featureNames[:], f[1])
		if k < 0 {
			panic("names: model.txt weighs what is not measured: " + f[1])
		}
		m.weight[k] = number(f[2])
	}
	return rank, jud
}

func number(s string) float32 {
	v, err := strconv.ParseFloat(s, 32)
	if err != nil {
		panic("names: model.txt holds a value that is no number: " + s)
	}
	return float32(v)
}
