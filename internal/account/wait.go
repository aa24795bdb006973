package account

// This file holds how long somebody has to wait after tries that failed.

import "time"

// Tries that are free of waiting: by account few, by address more, because an office shares one.
const (
	freeByAccount = 5
	freeByAddress = 30
)

// After so long one failed try is forgotten. For an account that is no faster than the longest wait lets a guesser try;
// an office full of people who mistype must not lock itself out.
const (
	leakByAccount = 15 * time.Minute
	leakByAddress = 5 * time.Minute
)

const longest = 15 * time.Minute

// forget is after how long nothing is left of any count.
const forget = 7 * 24 * time.Hour

// wait is how long to wait after so many failed tries: nothing at first, then half a minute, and twice as long every
// time, up to a quarter of an hour. A guesser gets about a hundred tries a day; a colleague who mistypes loses little.
func wait(fails, free int) time.Duration {
	if fails < free {
		return 0
	}
	d := 30 * time.Second
	for range fails - free {
		if d *= 2; d >= longest {
			return longest
		}
	}
	return d
}
