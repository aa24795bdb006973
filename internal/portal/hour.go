package portal

// This file says opening hours the way a door does: days with the same hours stand together.

import (
	"slices"

	"reisgezel/internal/organisation"
)

// Span is days in a row with the same hours. Weekdays are counted as the organisation does: Monday is 1.
type Span struct {
	First, Last int
	Hours       []string
}

// Spans gathers opening hours.
func Spans(hours []organisation.Hours) []Span {
	var out []Span
	for day := 1; day <= 7; day++ {
		var hs []string
		for _, h := range hours {
			if h.Weekday == day {
				hs = append(hs, h.Opens+"–"+h.Shuts)
			}
		}
		slices.Sort(hs)
		n := len(out)
		switch {
		case len(hs) == 0:
		case n > 0 && out[n-1].Last == day-1 && slices.Equal(out[n-1].Hours, hs):
			out[n-1].Last = day
		default:
			out = append(out, Span{day, day, hs})
		}
	}
	return out
}
