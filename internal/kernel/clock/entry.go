package clock

// This file reads a day as people type it: as we write days, or in the digits of another calendar, as they stand on a letter.

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

var typed = regexp.MustCompile(`^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})$`)

// ReadDay reads a day from a date field, or as people type it where a browser has no such field: 24-11-2026.
func ReadDay(s string) (Date, bool) {
	if m := typed.FindStringSubmatch(s); m != nil {
		s = m[3] + "-" + ("0" + m[2])[len(m[2])-1:] + "-" + ("0" + m[1])[len(m[1])-1:]
	}
	d, err := ParseDate(s)
	return d, err == nil && d.Year >= 1900
}

// Digit reads a digit in the scripts people here write numbers in: Latin, Arabic and Persian.
func Digit(r rune) (int, bool) {
	switch {
	case r >= '0' && r <= '9':
		return int(r - '0'), true
	case r >= '٠' && r <= '٩':
		return int(r - '٠'), true
	case r >= '۰' && r <= '۹':
		return int(r - '۰'), true
	}
	return 0, false
}

// Other is a day of another calendar as a form sends it: digits of any script. Without a calendar it says nothing.
type Other struct{ Calendar, Day, Month, Year string }

// What can be wrong with a day of another calendar; each is a text key.
const (
	NoSuchDay = "ui.day.none" // that calendar has no such day
	TwoDays   = "ui.day.two"  // it is another day than the one that stands beside it
)

// Beside says the day in ours, where text is what was typed in the field beside it. With a fault, or without another
// calendar, that text stays as it is.
func (o Other) Beside(text string) (string, string) {
	if o.Calendar == "" {
		return text, ""
	}
	t := Told{Calendar: o.Calendar, Year: number(o.Year), Month: number(o.Month), Day: number(o.Day)}
	if !t.Valid() || t.Day == 0 {
		return text, NoSuchDay
	}
	y, m, d, _ := t.Common()
	day := On(y, time.Month(m), d)
	if has, ok := ReadDay(text); text != "" && (!ok || has != day) {
		return text, TwoDays
	}
	return day.String(), ""
}

func number(s string) int {
	n, err := strconv.Atoi(strings.Map(func(r rune) rune {
		if d, ok := Digit(r); ok {
			return rune('0' + d)
		}
		return r
	}, s))
	if err != nil {
		return -1
	}
	return n
}
