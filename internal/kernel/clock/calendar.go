package clock

// This file reads days of the solar calendar of Iran and Afghanistan and of the Ethiopian calendar, because they stand on
// passports and letters and in memories, and writes ours back in them. It writes ours in the calendar of Umm al-Qura too.

import (
	"math/bits"
	"strconv"
)

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

// The months of Umm al-Qura follow no rule that can be computed: these are the published ones, as Unicode keeps them (ICU 78).
// A bit is a month of 30 days, the lowest is Muharram; the others have 29. The year 1356 began on 14 March 1937.
var (
	muharram1356 = On(1937, 3, 14)
	qura         = [...]uint16{
		0xeaa, 0xe94, 0xd2a, 0xc56, 0x4ae, 0xa6d, 0x56a, 0xd55, 0xd4a, 0xa93, 0x52b, 0xa5b, 0x53a, 0x6b5,
		0xea9, 0xd52, 0xd29, 0xa55, 0x4ad, 0x56d, 0xaea, 0x6e4, 0xed1, 0xda2, 0xaaa, 0x95a, 0x2da, 0x5b9,
		0xbb2, 0x764, 0x6c9, 0x555, 0x2ab, 0x4db, 0xaba, 0x5b4, 0xda9, 0xd52, 0xaa5, 0x92d, 0x26d, 0x8ed,
		0x2da, 0xad5, 0xaa5, 0xa4b, 0x497, 0x937, 0x2b6, 0x975, 0xd69, 0xd52, 0xc95, 0x92b, 0x25b, 0x4db,
		0x9d5, 0x5d2, 0xda5, 0xd4a, 0xa95, 0x54d, 0xaad, 0x3aa, 0xbd2, 0xbc4, 0xb89, 0xa95, 0x52d, 0x5ad,
		0xb6a, 0x6d4, 0xdc9, 0xd92, 0xaa6, 0x956, 0x2ae, 0x56d, 0x36a, 0xb55, 0xaaa, 0x94d, 0x49d, 0x95d,
		0x2ba, 0x5b5, 0x5aa, 0xd55, 0xa9a, 0x92e, 0x26e, 0x55d, 0xada, 0x6d4, 0x6a5, 0xb27, 0xa4d, 0x4ad,
		0x56d, 0xb5a, 0x754, 0xf49, 0xe92, 0xd26, 0xa56, 0x356, 0x6b5, 0xbaa, 0xb92, 0xb25, 0x68b, 0xa9b,
		0x55a, 0xada, 0x5b4, 0xda9, 0xb52, 0xa9a, 0x536, 0x276, 0x575, 0xaf2, 0x6d4, 0x6a9, 0x555, 0x2ad,
		0x4bd, 0x9ba, 0x574, 0xb69, 0xb52, 0xa95, 0x52d, 0xa5d, 0x4da, 0xad9, 0x6b2, 0xe95, 0xe2a, 0xc96,
		0x92e, 0xaad, 0x56a, 0xd65, 0xd4a,
	}
)

const quraFirst = 1356

func quraStart(y int) Date {
	days := 0
	for i := range min(max(y-quraFirst, 0), len(qura)) {
		days += 12*29 + bits.OnesCount16(qura[i])
	}
	return muharram1356.AddDays(days)
}

func quraMonth(y, m int) int {
	if i := y - quraFirst; i >= 0 && i < len(qura) && qura[i]&(1<<(m-1)) != 0 {
		return 30
	}
	return 29
}

// shape is what differs between the calendars.
type shape struct {
	months    int
	length    func(year, month int) int
	start     func(year int) Date
	low, high int // years that may be told
}

var shapes = map[string]shape{
	"solar":     {12, solarMonth, solarStart, 1270, 1500},
	"ethiopian": {13, ethiopianMonth, ethiopianStart, 1890, 2100},
	"qura":      {12, quraMonth, quraStart, quraFirst, quraFirst + len(qura) - 1},
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

// InCalendar writes a day of the common calendar in another one; the zero Told when that calendar does not reach so far.
func InCalendar(calendar string, d Date) Told {
	s, ok := shapes[calendar]
	if !ok || d.Before(s.start(s.low)) || !d.Before(s.start(s.high+1)) {
		return Told{}
	}
	y, above := s.low, s.high+1 // the year begins on or before the day, above begins after it
	for above-y > 1 {
		if mid := (y + above) / 2; s.start(mid).After(d) {
			above = mid
		} else {
			y = mid
		}
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
