package residence

// This file holds how it is to live in a place, in a few coarse words that can be laid beside those of others.

import (
	"slices"
	"time"

	"reisgezel/internal/kernel/fault"
)

// Aspects are what is asked about a place.
var Aspects = []string{"sleep", "hygiene", "food", "safety", "privacy", "medical", "school", "legal", "crowd", "heating"}

// Grades are how it is, from good to bad. Not chosen is not known.
var Grades = []string{"good", "poor", "bad"}

// Condition is one report about a place.
type Condition struct {
	ID        string
	Person    string
	Stay      string
	Signal    bool // waits to be made a signal
	Signalled bool // it became one
	MadeBy    string
	At        time.Time
	Removed   time.Time
	RemovedBy string
	Body      []byte        `json:"-"`
	What      ConditionText `db:"-"`
}

// Restorable says whether it can still be put back.
func (c Condition) Restorable(now time.Time) bool {
	return !c.Removed.IsZero() && now.Before(c.Removed.Add(TakenBack))
}

// ConditionText is what was told; it is kept sealed.
type ConditionText struct {
	Grades map[string]string `json:"grades,omitempty"` // by aspect
	Words  string            `json:"words,omitempty"`
}

// Worst are the aspects that are bad, then those that are poor, in the order of the form.
func (t ConditionText) Worst() []string {
	var out []string
	for _, g := range []string{"bad", "poor"} {
		for _, a := range Aspects {
			if t.Grades[a] == g {
				out = append(out, a)
			}
		}
	}
	return out
}

const wordsMost = 2000

// CheckCondition finds all faults of a form; grade tells what was chosen for an aspect.
func CheckCondition(grade func(aspect string) string, words string) (ConditionText, fault.Fields) {
	var fs fault.Fields
	t := ConditionText{Grades: map[string]string{}, Words: words}
	for _, a := range Aspects {
		switch g := grade(a); {
		case g == "":
		case slices.Contains(Grades, g):
			t.Grades[a] = g
		default:
			fs.Add(a, "residence.error.choose")
		}
	}
	text(&fs, "words", words, wordsMost)
	if len(fs) == 0 && len(t.Grades) == 0 && words == "" {
		fs.Add(Aspects[0], "residence.error.nothing")
	}
	return t, fs
}
