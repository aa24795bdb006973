package ingest

// This file reads days as people and systems write them. What is not known stays unknown; what is not clear is refused.

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"reisgezel/internal/kernel/clock"
)

// When is a day of which parts may be unknown.
type When struct {
	Year, Month, Day int
	About            bool
}

// Orders are the ways in which 03-04-1990 can be read.
var Orders = []string{"dmy", "mdy"}

var (
	about  = regexp.MustCompile(`^(?:ca\.?|circa|rond|ongeveer|about|around|±|~)\s*`)
	clocks = regexp.MustCompile(`[ t]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?(z|[+-]\d{2}:?\d{2})?$`)
	number = regexp.MustCompile(`^[0-9]+$`)
	marks  = strings.NewReplacer("/", "-", ".", "-", " ", "-", "–", "-", "?", "0", "x", "0")
)

var months = map[string]int{
	"jan": 1, "feb": 2, "mrt": 3, "maa": 3, "mar": 3, "apr": 4, "mei": 5, "may": 5, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "okt": 10, "oct": 10, "nov": 11, "dec": 12,
}

// ReadWhen reads a day. The fault is a text key; empty when the day was understood.
func ReadWhen(s, order string) (w When, bad string) {
	s = strings.ToLower(western(strings.TrimSpace(s)))
	if rest := about.ReplaceAllString(s, ""); rest != s {
		w.About, s = true, rest
	}
	s = clocks.ReplaceAllString(s, "")
	if number.MatchString(s) {
		return plain(w, s)
	}
	parts := strings.FieldsFunc(marks.Replace(s), func(r rune) bool { return r == '-' || r == ',' })
	ns := make([]int, len(parts))
	named := -1
	for i, p := range parts {
		n, err := strconv.Atoi(p)
		if err != nil {
			if len(p) < 3 || months[p[:3]] == 0 || named >= 0 {
				return w, "ingest.error.date"
			}
			n, named = months[p[:3]], i
		}
		ns[i] = n
	}
	year := func(i int) bool { return len(parts[i]) == 4 && i != named }
	switch {
	case len(ns) == 2 && year(1):
		w.Month, w.Year = ns[0], ns[1]
	case len(ns) == 2 && year(0):
		w.Year, w.Month = ns[0], ns[1]
	case len(ns) == 3 && year(0):
		w.Year, w.Month, w.Day = ns[0], ns[1], ns[2]
	case len(ns) == 3 && year(2) && (named == 0 || named < 0 && order == "mdy"):
		w.Month, w.Day, w.Year = ns[0], ns[1], ns[2]
	case len(ns) == 3 && year(2):
		w.Day, w.Month, w.Year = ns[0], ns[1], ns[2]
	case len(ns) == 3 && len(parts[2]) == 2:
		return w, "ingest.error.date.year"
	default:
		return w, "ingest.error.date"
	}
	return checked(w)
}

// plain reads a day that is one number: a year, 19911124, or the count of days that a spreadsheet keeps.
func plain(w When, s string) (When, string) {
	n, err := strconv.Atoi(s)
	switch {
	case err != nil:
		return w, "ingest.error.date"
	case len(s) == 4:
		w.Year = n
	case len(s) == 8:
		w.Year, w.Month, w.Day = n/10000, n/100%100, n%100
	case len(s) == 5 && n >= 1000:
		d := clock.On(1899, 12, 30+n)
		w.Year, w.Month, w.Day = d.Year, int(d.Month), d.Day
	default:
		return w, "ingest.error.date"
	}
	return checked(w)
}

func checked(w When) (When, string) {
	if w.Year < 1000 || w.Month > 12 || w.Day > 31 || w.Month == 0 && w.Day != 0 {
		return When{}, "ingest.error.date"
	}
	if w.Day != 0 && clock.On(w.Year, time.Month(w.Month), w.Day).Day != w.Day {
		return When{}, "ingest.error.date.none"
	}
	return w, ""
}

// ReadDay reads a whole day, for official lists.
func ReadDay(s string) (clock.Date, string) {
	w, bad := ReadWhen(s, "dmy")
	if bad == "" && (w.Day == 0 || w.About) {
		bad = "ingest.error.date.whole"
	}
	if bad != "" {
		return clock.Date{}, bad
	}
	return clock.On(w.Year, time.Month(w.Month), w.Day), ""
}

// OrderOf guesses from examples whether the month stands first.
func OrderOf(examples []string) string {
	first, second := 0, 0
	for _, s := range examples {
		parts := strings.FieldsFunc(marks.Replace(western(s)), func(r rune) bool { return r == '-' })
		if len(parts) != 3 || len(parts[0]) > 2 {
			continue
		}
		if n, err := strconv.Atoi(parts[0]); err == nil && n > 12 {
			first++
		}
		if n, err := strconv.Atoi(parts[1]); err == nil && n > 12 {
			second++
		}
	}
	if second > first {
		return "mdy"
	}
	return "dmy"
}

// western writes Arabic and Persian digits as Western ones.
func western(s string) string {
	return strings.Map(func(r rune) rune {
		if d, ok := clock.Digit(r); ok {
			return rune('0' + d)
		}
		return r
	}, s)
}
