package today

// This file makes the one sentence on top of the page.

import (
	"strings"
	"time"

	"reisgezel/internal/kernel/clock"
)

// Run is a piece of the sentence; a strong one is what counts in it.
type Run struct {
	Text   string
	Strong bool
}

// Runs reads a clause in which *these words* are strong. A star without its partner is a star.
func Runs(s string) []Run {
	var out []Run
	add := func(text string, strong bool) {
		if text != "" {
			out = append(out, Run{text, strong})
		}
	}
	for {
		i := strings.IndexByte(s, '*')
		j := -1
		if i >= 0 {
			j = strings.IndexByte(s[i+1:], '*')
		}
		if j <= 0 {
			add(s, false)
			return out
		}
		add(s[:i], false)
		add(s[i+1:i+1+j], true)
		s = s[i+1+j+1:]
	}
}

// saidMost is how many things the sentence tells at most.
const saidMost = 4

// mostPressing are the clauses that the sentence tells, and how many more stand below. Two are left over together or not at
// all: to say that one more thing stands below is no shorter than to say the thing.
func mostPressing(says []string) (first []string, more int) {
	if len(says) <= saidMost+1 {
		return says, 0
	}
	return says[:saidMost], len(says) - saidMost
}

// Part of the day by which a colleague is greeted.
const (
	Morning   = "today.morning"
	Afternoon = "today.afternoon"
	Evening   = "today.evening"
)

// PartOfDay is how one greets at this moment, as a text key.
func PartOfDay(now time.Time) string {
	switch h := now.In(clock.Netherlands).Hour(); {
	case h >= 5 && h < 12:
		return Morning
	case h >= 12 && h < 18:
		return Afternoon
	}
	return Evening
}

// FirstName is the name by which somebody is greeted when nothing else is known: the first word.
func FirstName(name string) string {
	first, _, _ := strings.Cut(strings.TrimSpace(name), " ")
	return first
}
