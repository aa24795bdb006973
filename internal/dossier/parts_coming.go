package dossier

// This file brings together what comes for somebody, whoever of us plans it: on their own paper and on their own telephone. It is
// for the person: what is shared with others says less.

import (
	"slices"
	"time"

	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
)

// Coming is one thing that comes: when, with whom, where, and who interprets. At is zero while the day is not known.
type Coming struct {
	At   time.Time
	Fact ui.FactP
}

// Comes lends what comes for a person, in the language of the page.
type Comes func(v *web.Visit, f File) ([]Coming, error)

// ComingPart is all of it as one part, soonest first; what has no day yet stands last.
func ComingPart(name string, from ...Comes) Excerpt {
	return Excerpt{Name: name, Lines: func(v *web.Visit, f File) ([]ui.FactP, error) {
		var all []Coming
		for _, comes := range from {
			some, err := comes(v, f)
			if err != nil {
				return nil, err
			}
			all = append(all, some...)
		}
		slices.SortStableFunc(all, func(a, b Coming) int {
			if a.At.IsZero() != b.At.IsZero() {
				if a.At.IsZero() {
					return 1
				}
				return -1
			}
			return a.At.Compare(b.At)
		})
		var out []ui.FactP
		for _, c := range all {
			out = append(out, c.Fact)
		}
		return out, nil
	}}
}
