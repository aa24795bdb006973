package portal

// This file holds the rules of a PIN and of waiting after failures.

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"reisgezel/internal/dossier"
)

const (
	pinLeast = 4
	pinMost  = 8
	// FirstUse is how long after its issue a card lets its holder choose a PIN.
	FirstUse = 14 * 24 * time.Hour
	// freeTries is how many failures cost nothing; each later one doubles the wait.
	freeTries = 3
	// lastTry is the failure after which only the desk can help.
	lastTry = 10
	// addressMost is how many failures one address may make in an hour.
	addressMost = 30
)

// ReadPIN reads digits of any script that people here write; what else was typed is no PIN.
func ReadPIN(s string) (string, bool) {
	var b strings.Builder
	for _, r := range strings.TrimSpace(s) {
		if r == ' ' || r == '-' {
			continue
		}
		d, ok := dossier.Digit(r)
		if !ok {
			return "", false
		}
		b.WriteByte(byte('0' + d))
	}
	return b.String(), b.Len() >= pinLeast && b.Len() <= pinMost
}

// Weak says whether a PIN is among the first that anybody would try: one digit repeated, a row, or a year of birth.
func Weak(pin string, births []dossier.Birth) bool {
	same, up, down := true, true, true
	for i := 1; i < len(pin); i++ {
		same = same && pin[i] == pin[0]
		up = up && pin[i] == pin[i-1]+1
		down = down && pin[i]+1 == pin[i-1]
	}
	if same || up || down || slices.Contains([]string{"1212", "1004", "2580", "1122", "112233"}, pin) {
		return true
	}
	for _, b := range births {
		y := strconv.Itoa(b.Year)
		if b.Year != 0 && (pin == y || (len(y) == 4 && strings.HasSuffix(pin, y) && len(pin) > 4)) {
			return true
		}
	}
	return false
}

// wait is how long after a number of failures the next try is looked at; past the last there is no end.
func wait(fails int) time.Duration {
	switch {
	case fails < freeTries:
		return 0
	case fails >= lastTry:
		return 100 * 365 * 24 * time.Hour
	}
	return time.Minute << (fails - freeTries)
}
