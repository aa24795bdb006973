package monitor

// This file holds with what the numbers of weeks are compared: how many people were guided, or how eagerly colleagues signalled.

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
)

// What a count is in proportion to: the population of the published method, whose logarithm is its offset.
const (
	ByGuided = "guided" // people who were guided in the week
	ByEffort = "effort" // colleagues who signalled in the week, at the place of the series where it has one
)

// Exposures are all of them, in the order of forms.
var Exposures = []string{ByGuided, ByEffort}

// Heard is how many colleagues signalled in a week: in all, and at each place about which they did.
type Heard struct {
	All int
	At  map[string]int
}

// writeHeard and readHeard are how those of the places stand in the database.
func writeHeard(at map[string]int) string {
	var b strings.Builder
	for _, place := range slices.Sorted(maps.Keys(at)) {
		fmt.Fprintf(&b, "%s %d\n", place, at[place])
	}
	return b.String()
}

func readHeard(s string) (map[string]int, error) {
	if s == "" {
		return nil, nil
	}
	out := map[string]int{}
	for line := range strings.Lines(s) {
		place, n, ok := strings.Cut(strings.TrimSuffix(line, "\n"), " ")
		x, err := strconv.Atoi(n)
		if !ok || err != nil || x < 1 {
			return nil, fmt.Errorf("monitor: %q is no number of colleagues", line)
		}
		out[place] = x
	}
	return out, nil
}

// By is the same book, compared with something else. What was counted is not copied.
func (b *Book) By(exposure string) *Book {
	c := *b
	c.how = exposure
	return &c
}

// exposure is with what a week of a series is compared; NaN when that is not known. One is added to the colleagues, so that a week in
// which nobody signalled stays a week with few, and not one that cannot be.
func (b *Book) exposure(s Series, i int) float64 {
	if b.how != ByEffort {
		return b.Guided[i]
	}
	if !b.Known[i] {
		return math.NaN()
	}
	place := s.of("place")
	if place == "" {
		return 1 + float64(b.Heard[i])
	}
	if b.HeardAt[i] == nil && b.Heard[i] > 0 {
		return math.NaN() // counted before places were asked for
	}
	return 1 + float64(b.HeardAt[i][place])
}

// comparedIn is with what a finding was compared, as its parameters say.
func comparedIn(params string) string {
	if strings.Contains(params, "exposure="+ByEffort) {
		return ByEffort
	}
	return ByGuided
}
