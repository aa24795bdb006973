package procedure

// This file says on which days a legal term cannot end: weekends, the holidays of the Algemene termijnenwet, and the
// days that a royal decree has equated with them.
// bron: BWBR0002448

import (
	"fmt"
	"maps"
	"time"

	"reisgezel/internal/kernel/clock"
)

// The years this calendar answers for. Outside them nobody has checked which days were or will be celebrated.
const (
	FirstYear = 1990
	LastYear  = 2100
)

// Free is the reason why a day is no end day; the zero value is an ordinary working day. The value is also the last
// part of its text key.
type Free string

// The reasons a day can be free.
const (
	Weekend       Free = "weekend"
	NewYear       Free = "new_year"
	GoodFriday    Free = "good_friday" // equated by article 3(2)
	EasterMonday  Free = "easter_monday"
	KingsDay      Free = "kings_day"
	LiberationDay Free = "liberation_day"
	Ascension     Free = "ascension"
	WhitMonday    Free = "whit_monday"
	Christmas     Free = "christmas"
	BoxingDay     Free = "second_christmas"
	Equated       Free = "equated" // by royal decree, article 3(3)
)

// EquatedDay is one day that a royal decree puts on a par with a holiday.
type EquatedDay struct {
	Day        clock.Date `yaml:"day"`
	Source     string     `yaml:"source"`
	Confidence Confidence `yaml:"confidence"`
}

// Calendar answers which days are free. Certain days move a deadline. Likely days, whose decree nobody here has read
// yet, never give a person more time; they only make an authority's term longer.
type Calendar struct {
	Version string
	certain map[clock.Date]bool
	likely  map[clock.Date]bool
	all     map[clock.Date]bool // both, made once: every derivation asks
}

// NewCalendar makes a calendar with a table of equated days.
func NewCalendar(version string, days []EquatedDay) Calendar {
	c := Calendar{Version: version, certain: map[clock.Date]bool{}, likely: map[clock.Date]bool{}, all: map[clock.Date]bool{}}
	for _, d := range days {
		c.all[d.Day] = true
		if d.Confidence == Read {
			c.certain[d.Day] = true
		} else {
			c.likely[d.Day] = true
		}
	}
	return c
}

// Bare is the calendar without any equated day.
func Bare() Calendar { return NewCalendar("bare", nil) }

// With adds equated days that somebody vouches for, as the terms command does for one row.
func (c Calendar) With(days ...clock.Date) Calendar {
	if len(days) == 0 {
		return c
	}
	out := Calendar{Version: c.Version, certain: maps.Clone(c.certain), likely: c.likely, all: maps.Clone(c.all)}
	for _, d := range days {
		out.certain[d], out.all[d] = true, true
	}
	return out
}

// Generous is the same calendar in which the likely days count as well.
func (c Calendar) Generous() Calendar {
	return Calendar{Version: c.Version, certain: c.all, likely: c.likely, all: c.all}
}

// doubtful says whether a likely day lies between two days, in either order, or is one of them.
func (c Calendar) doubtful(a, b clock.Date) bool {
	if b.Before(a) {
		a, b = b, a
	}
	for d := range c.likely {
		if !d.Before(a) && !d.After(b) {
			return true
		}
	}
	return false
}

// Free says why a day is no end day, or nothing when it is an ordinary working day.
func (c Calendar) Free(d clock.Date) Free {
	switch d.Weekday() {
	case time.Saturday, time.Sunday:
		if h := Holiday(d); h != "" {
			return h
		}
		return Weekend
	}
	if h := Holiday(d); h != "" {
		return h
	}
	if c.certain[d] {
		return Equated
	}
	return ""
}

// Next is the first ordinary day on or after d.
func (c Calendar) Next(d clock.Date) clock.Date {
	for c.Free(d) != "" {
		d = d.AddDays(1)
	}
	return d
}

// Covers says whether the calendar answers for this day.
func Covers(d clock.Date) bool { return d.Year >= FirstYear && d.Year <= LastYear }

// Holiday says which holiday of article 3(1) and 3(2) a day is, whatever day of the week it falls on.
func Holiday(d clock.Date) Free {
	switch {
	case d.Month == time.January && d.Day == 1:
		return NewYear
	case d.Month == time.December && d.Day == 25:
		return Christmas
	case d.Month == time.December && d.Day == 26:
		return BoxingDay
	case d.Month == time.May && d.Day == 5:
		return LiberationDay
	case d == kingsDay(d.Year):
		return KingsDay
	case d.Month < time.March || d.Month > time.June:
		return "" // Good Friday never falls before 20 March, Whit Monday never after 14 June
	}
	switch Easter(d.Year).DaysUntil(d) {
	case -2:
		return GoodFriday
	case 1:
		return EasterMonday
	case 39:
		return Ascension
	case 50:
		return WhitMonday
	}
	return ""
}

// kingsDay is the day on which the monarch's birthday is celebrated: 30 April until 2013, 27 April since, and the day
// before when that is a Sunday.
func kingsDay(year int) clock.Date {
	d := clock.Date{Year: year, Month: time.April, Day: 27}
	if year < 2014 {
		d.Day = 30
	}
	if d.Weekday() == time.Sunday {
		d.Day--
	}
	return d
}

// Easter is Easter Sunday by the Gregorian computus (Meeus, Jones and Butcher).
func Easter(year int) clock.Date {
	a, b, c := year%19, year/100, year%100
	d, e := b/4, b%4
	f := (b + 8) / 25
	g := (b - f + 1) / 3
	h := (19*a + b - d - g + 15) % 30
	i, k := c/4, c%4
	l := (32 + 2*e + 2*i - h - k) % 7
	m := (a + 11*h + 22*l) / 451
	n := h + l - 7*m + 114
	return clock.Date{Year: year, Month: time.Month(n / 31), Day: n%31 + 1}
}

func covered(d clock.Date) error {
	if !Covers(d) {
		return fmt.Errorf("the calendar of holidays covers %d to %d, not %s", FirstYear, LastYear, d)
	}
	return nil
}
