package dossier

// This file holds dates of birth: parts may be unknown, several sources may disagree, and what hangs on an age limit
// shows every outcome.

import (
	"strconv"
	"time"

	"reisgezel/internal/kernel/clock"
)

// Birth is what one source says. A part that is not known is 0; all known is a day.
type Birth struct {
	Year     int    `json:"year,omitempty"`
	Month    int    `json:"month,omitempty"`
	Day      int    `json:"day,omitempty"`
	About    bool   `json:"about,omitempty"` // around that year
	Source   string `json:"source,omitempty"`
	Disputed bool   `json:"disputed,omitempty"`
}

// spread is how far "about" may be off, in years. Assumption: nobody wrote down a rule for it.
const spread = 2

// birth reads the i-th line of the form. 1 January is asked about once: many systems write it when day and month are not
// known.
func (in Input) birth(i int, today clock.Date) (b Birth, given bool, key string) {
	ys, ms, ds := At(in.BirthYear, i), At(in.BirthMonth, i), At(in.BirthDay, i)
	if ys == "" && ms == "" && ds == "" {
		return b, false, ""
	}
	num := func(s string, lo, hi int) (int, bool) {
		if s == "" {
			return 0, true
		}
		n, err := strconv.Atoi(western(s))
		return n, err == nil && n >= lo && n <= hi
	}
	var ok1, ok2, ok3 bool
	b.Year, ok1 = num(ys, 1900, today.Year)
	b.Month, ok2 = num(ms, 1, 12)
	b.Day, ok3 = num(ds, 1, 31)
	line := strconv.Itoa(i)
	for _, x := range in.BirthAbout {
		b.About = b.About || x == line
	}
	for _, x := range in.BirthDisputed {
		b.Disputed = b.Disputed || x == line
	}
	b.Source = At(in.BirthSource, i)
	if b.Source == "" {
		b.Source = "person"
	}
	switch {
	case !ok1 || !ok2 || !ok3:
		return b, true, "dossier.error.birth"
	case b.Year == 0:
		return b, true, "dossier.error.birth.year"
	case b.Month == 0 && b.Day != 0:
		return b, true, "dossier.error.birth.month"
	case b.Day != 0 && clock.On(b.Year, time.Month(b.Month), b.Day).Day != b.Day:
		return b, true, "dossier.error.birth.none"
	case b.Day != 0 && clock.On(b.Year, time.Month(b.Month), b.Day).After(today):
		return b, true, "dossier.error.birth.future"
	}
	if b.Month == 1 && b.Day == 1 {
		known := false
		for _, x := range in.BirthAsk {
			known = known || x == line
		}
		if !known {
			return b, true, "dossier.error.birth.january"
		}
	}
	return b, true, ""
}

func western(s string) string {
	out := make([]rune, 0, len(s))
	for _, r := range s {
		if d, ok := Digit(r); ok {
			r = rune('0' + d)
		}
		out = append(out, r)
	}
	return string(out)
}

// Range is the first and the last day on which somebody may have been born, by this source.
func (b Birth) Range() (first, last clock.Date) {
	lo, hi := b.Year, b.Year
	if b.About {
		lo, hi = lo-spread, hi+spread
	}
	switch {
	case b.Year == 0:
		return clock.Date{}, clock.Date{}
	case b.Month == 0:
		return clock.On(lo, 1, 1), clock.On(hi, 12, 31)
	case b.Day == 0:
		return clock.On(lo, time.Month(b.Month), 1), clock.On(hi, time.Month(b.Month)+1, 0)
	}
	return clock.On(lo, time.Month(b.Month), b.Day), clock.On(hi, time.Month(b.Month), b.Day)
}

// Age is the lowest and the highest age on a day that any of the sources allows.
func Age(bs []Birth, on clock.Date) (low, high int, known bool) {
	for _, b := range bs {
		first, last := b.Range()
		if first.IsZero() {
			continue
		}
		lo, hi := years(last, on), years(first, on)
		if !known || lo < low {
			low = lo
		}
		if !known || hi > high {
			high = hi
		}
		known = true
	}
	return max(low, 0), max(high, 0), known
}

func years(born, on clock.Date) int {
	n := on.Year - born.Year
	if on.Month < born.Month || (on.Month == born.Month && on.Day < born.Day) {
		n--
	}
	return n
}

// Adult says what the law's limit of 18 years gives: "yes", "no", or "both" when the sources leave it open.
func Adult(bs []Birth, on clock.Date) string {
	low, high, known := Age(bs, on)
	switch {
	case !known:
		return "unknown"
	case low >= 18:
		return "yes"
	case high < 18:
		return "no"
	}
	return "both"
}

// Disputed says whether a source is disputed, or two sources disagree on what both know.
func Disputed(bs []Birth) bool {
	for i, a := range bs {
		if a.Disputed {
			return true
		}
		for _, b := range bs[i+1:] {
			af, al := a.Range()
			bf, bl := b.Range()
			if al.Before(bf) || bl.Before(af) {
				return true
			}
		}
	}
	return false
}

// BirthText writes one source's date: "24-11-1991", "11-1991", "1991". The words "rond" and the source are the page's.
func BirthText(b Birth) string {
	y := strconv.Itoa(b.Year)
	two := func(n int) string {
		if n < 10 {
			return "0" + strconv.Itoa(n)
		}
		return strconv.Itoa(n)
	}
	switch {
	case b.Year == 0:
		return ""
	case b.Month == 0:
		return y
	case b.Day == 0:
		return two(b.Month) + "-" + y
	}
	return two(b.Day) + "-" + two(b.Month) + "-" + y
}
