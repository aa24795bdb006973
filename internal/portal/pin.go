package portal

// This file holds the rules of a PIN and of waiting after failures.

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"reisgezel/internal/kernel/clock"
)

const (
	pinLeast = 4
	pinMost  = 8
	// FirstUse is how long after its issue a card lets its holder choose a PIN.
	FirstUse = 14 * 24 * time.Hour
	// Reopened is how long a colleague opens that choice again, with the person present.
	Reopened = 24 * time.Hour
	// freeTries is how many failures cost nothing; each later one doubles the wait.
	freeTries = 3
	// lastTry is the failure after which only the desk can help.
	lastTry = 10
	// freeByAddress is how many failures in an hour cost an address nothing: a whole centre may share one.
	freeByAddress = 20
	longestWait   = 15 * time.Minute
	// forEver is longer than a card lives.
	forEver = 100 * 365 * 24 * time.Hour
)

// ReadPIN reads digits of any script that people here write; what else was typed is no PIN.
func ReadPIN(s string) (string, bool) {
	n, ok := digits(s)
	return n, ok && len(n) >= pinLeast && len(n) <= pinMost
}

// digits reads digits of any script that people here write, with or without gaps between them, and writes them as 0 to 9.
func digits(s string) (string, bool) {
	var b strings.Builder
	for _, r := range strings.TrimSpace(s) {
		if r == ' ' || r == '-' {
			continue
		}
		d, ok := clock.Digit(r)
		if !ok {
			return "", false
		}
		b.WriteByte(byte('0' + d))
	}
	return b.String(), true
}

// favourites are PINs that many people choose although they are no row.
var favourites = []string{"1212", "1004", "2580", "0852", "1122", "1313", "2001", "112233", "121212", "123123", "159753"}

// Weak says whether a PIN is among the first that anybody would try: one digit repeated, a row, a favourite, a year or a
// date in which somebody may be born, by the Western calendar or the solar one of Iran and Afghanistan. It does not know
// the person: a rule that did would tell a stranger the year of birth.
func Weak(pin string, today clock.Date) bool {
	same, up, down := true, true, true
	for i := 1; i < len(pin); i++ {
		same = same && pin[i] == pin[0]
		up = up && (pin[i] == pin[i-1]+1 || (pin[i] == '0' && pin[i-1] == '9'))
		down = down && pin[i]+1 == pin[i-1]
	}
	if same || up || down || slices.Contains(favourites, pin) {
		return true
	}
	num := func(from, to int) int { n, _ := strconv.Atoi(pin[from:to]); return n }
	year := func(n int) bool { return (n >= 1900 && n <= today.Year) || (n >= 1300 && n <= today.Year-621) }
	day := func(d, m int) bool { return d >= 1 && d <= 31 && m >= 1 && m <= 12 }
	switch len(pin) {
	case 4:
		return year(num(0, 4))
	case 6: // ddmmyy and yymmdd
		return day(num(0, 2), num(2, 4)) || day(num(4, 6), num(2, 4))
	case 8: // ddmmyyyy and yyyymmdd
		return (year(num(4, 8)) && day(num(0, 2), num(2, 4))) || (year(num(0, 4)) && day(num(6, 8), num(4, 6)))
	}
	return false
}

// CardWait is how long after so many failures a card's next try is looked at; past the last there is no end.
func CardWait(fails int) time.Duration {
	switch {
	case fails < freeTries:
		return 0
	case fails >= lastTry:
		return forEver
	}
	return time.Minute << (fails - freeTries)
}

// AddressWait is how long after its latest failure an address has to wait, by its failures of the last hour.
func AddressWait(fails int) time.Duration {
	over := fails - freeByAddress
	switch {
	case over < 0:
		return 0
	case over > 5:
		return longestWait
	}
	return min(longestWait, 30*time.Second<<over)
}

// MayChoose says whether the holder of a card may choose a PIN now.
func MayChoose(issued, open, now time.Time) bool {
	return now.Before(issued.Add(FirstUse)) || now.Before(open)
}
