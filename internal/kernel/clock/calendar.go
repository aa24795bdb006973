package clock

// This file reads days of the solar calendar of Iran and Afghanistan and of the Ethiopian calendar, because they stand on
// passports and letters and in memories, and writes ours back in them.

import "strconv"

// Calendars are the calendars in which somebody may tell a day. The first is the common one.
var Calendars = []string{"", "solar", "ethiopian"}

// Told is a day as it was told in another calendar; parts may be unknown.
type Told struct {
	Calendar string `json:"calendar"`
	Year     int    `json:"year,omitempty"`
	Month    int    `json:"month,omitempty"`
	Day      int    `json:"day,omitempty"`
}

// The year 1400 of the solar calendar began on 21 March 2021; from there years are counted. Between 1210 and 1634 its leap
// years repeat in 33 years.
var nowruz1400 = On(2021, 3, 21)

func solarLeap(y int) bool {
	n := (y-1210+1)%33 - 1
	return n >= 0 && n%4 == 0
}

func solarYear(y int) int {
	if solarLeap(y) {
		return 366
	}
	return 365
}

// solarMonth is how many days a month has: six of 31, five of 30, and one of 29 or 30.
func solarMonth(y, m int) int {
	switch {
	case m <= 6:
		return 31
	case m <= 11 || solarLeap(y):
		return 30
	}
	return 29
}

func solarStart(y int) Date {
	days := 0
	for i := 1400; i < y; i++ {
		days += solarYear(i)
	}
	for i := y; i < 1400; i++ {
		days -= solarYear(i)
	}
	return nowruz1400.AddDays(days)
}

// The Ethiopian year 2000 began on 12 September 2007; every fourth year has a day more.
var meskerem2000 = On(2007, 9, 12)

func ethiopianStart(y int) Date {
	return meskerem2000.AddDays(365*(y-2000) + y/4 - 2000/4)
}

// ethiopianMonth is how many days a month has: twelve of 30, and one of five or six.
func ethiopianMonth(y, m int) int {
	switch {
	case m <= 12:
		return 30
	case y%4 == 3:
		return 6
	}
	return 5
}

// shape is what differs between the two calendars.
type shape struct {
	months    int
	length    func(year, month int) int
	start     func(year int) Date
	low, high int // years that may be told
}

var shapes = map[string]shape{
	"solar":     {12, solarMonth, solarStart, 1270, 1500},
	"ethiopian": {13, ethiopianMonth, ethiopianStart, 1890, 2100},
}

// Valid says whether the parts can be a date of its calendar.
func (t Told) Valid() bool {
	s, ok := shapes[t.Calendar]
	return ok && t.Year >= s.low && t.Year <= s.high && t.Month >= 0 && t.Month <= s.months && t.Day >= 0 &&
		(t.Day == 0 || (t.Month > 0 && t.Day <= s.length(t.Year, t.Month)))
}

// Common writes a valid date in the common calendar. When the day is not known the year, or the month, is the one in which
// most of its days fall, and it is no longer exact.
func (t Told) Common() (year, month, day int, exact bool) {
	s := shapes[t.Calendar]
	d := s.start(t.Year)
	for m := 1; m < t.Month; m++ {
		d = d.AddDays(s.length(t.Year, m))
	}
	switch {
	case t.Month == 0:
		return d.AddDays(150).Year, 0, 0, false
	case t.Day == 0:
		d = d.AddDays(s.length(t.Year, t.Month) / 2)
		return d.Year, int(d.Month), 0, false
	}
	d = d.AddDays(t.Day - 1)
	return d.Year, int(d.Month), d.Day, true
}

// InCalendar writes a day of the common calendar in another one.
func InCalendar(calendar string, d Date) Told {
	s, ok := shapes[calendar]
	if !ok {
		return Told{}
	}
	y := s.low
	for !s.start(y + 1).After(d) {
		y++
	}
	left := s.start(y).DaysUntil(d)
	m := 1
	for left >= s.length(y, m) {
		left -= s.length(y, m)
		m++
	}
	return Told{calendar, y, m, left + 1}
}

// String writes the parts that are known: "1-1-1370", "1-1370", "1370".
func (t Told) String() string {
	s := strconv.Itoa(t.Year)
	if t.Month > 0 {
		s = strconv.Itoa(t.Month) + "-" + s
	}
	if t.Day > 0 {
		s = strconv.Itoa(t.Day) + "-" + s
	}
	return s
}
