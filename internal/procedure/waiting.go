package procedure

// This file holds the rules of waiting: how long somebody waits in words that people use, and how long the law gives for it.

import (
	"regexp"
	"slices"
	"strconv"

	"reisgezel/internal/kernel/clock"
)

// waited is how long somebody waits between two days, in the largest unit that says enough: whole months from two on, whole weeks
// from two on, else days.
func waited(from, today clock.Date) (n int, unit string) {
	months := (today.Year-from.Year)*12 + int(today.Month) - int(from.Month)
	if today.Day < from.Day {
		months--
	}
	days := from.DaysUntil(today)
	switch {
	case months >= 2:
		return months, "months"
	case days >= 14:
		return days / 7, "weeks"
	}
	return days, "days"
}

var oneLength = regexp.MustCompile(`^P([0-9]+)([WMY])(?:\||$)`)

// given is how long the law gives, when that is one whole length and nobody took more; 0 when it cannot be said in one number.
func (c Candidate) given() (n int, unit string) {
	m := oneLength.FindStringSubmatch(c.Term)
	if m == nil || slices.ContainsFunc(c.Chain, func(r Reason) bool { return r.Key == "extended" }) {
		return 0, ""
	}
	n, _ = strconv.Atoi(m[1])
	switch m[2] {
	case "W":
		return n, "weeks"
	case "Y":
		return 12 * n, "months"
	}
	return n, "months"
}
