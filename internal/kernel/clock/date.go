package clock

import (
	"database/sql/driver"
	"fmt"
	"time"
)

// Date is a day on the calendar, without an hour or a zone. The zero Date means "no date".
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

// On makes a Date; a day or month out of range is carried over, as time.Date does.
func On(y int, m time.Month, d int) Date { return DateOf(time.Date(y, m, d, 0, 0, 0, 0, time.UTC)) }

// DateOf is the day of t in t's own zone.
func DateOf(t time.Time) Date { y, m, d := t.Date(); return Date{y, m, d} }

// Today is the day in the Netherlands at this instant.
func Today(now time.Time) Date { return DateOf(now.In(Netherlands)) }

// ParseDate reads YYYY-MM-DD and refuses days that do not exist.
func ParseDate(s string) (Date, error) {
	t, err := time.Parse("2006-01-02", s)
	if err != nil {
		return Date{}, fmt.Errorf("clock: %q is not a day as YYYY-MM-DD", s)
	}
	return DateOf(t), nil
}

// String writes YYYY-MM-DD; the zero Date writes nothing.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, int(d.Month), d.Day)
}

// IsZero says whether there is no date.
func (d Date) IsZero() bool { return d == Date{} }

// UTC is the day's midnight in UTC: for arithmetic, never for showing.
func (d Date) UTC() time.Time { return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC) }

// In is the day's midnight in a zone.
func (d Date) In(l *time.Location) time.Time {
	return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, l)
}

// AddDays counts days; n may be negative.
func (d Date) AddDays(n int) Date { return On(d.Year, d.Month, d.Day+n) }

// AddMonths is the same day so many months on, or the last day of that month when it has no such day; n may be negative.
func (d Date) AddMonths(n int) Date {
	first := On(d.Year, d.Month+time.Month(n), 1)
	last := On(first.Year, first.Month+1, 0)
	return Date{Year: first.Year, Month: first.Month, Day: min(d.Day, last.Day)}
}

// Weekday is the day of the week.
func (d Date) Weekday() time.Weekday { return d.UTC().Weekday() }

// DaysUntil counts the days from d to e; negative when e lies before d.
func (d Date) DaysUntil(e Date) int { return int(e.UTC().Sub(d.UTC()).Hours() / 24) }

// Before says whether d lies before e.
func (d Date) Before(e Date) bool {
	switch {
	case d.Year != e.Year:
		return d.Year < e.Year
	case d.Month != e.Month:
		return d.Month < e.Month
	}
	return d.Day < e.Day
}

// After says whether d lies after e.
func (d Date) After(e Date) bool { return e.Before(d) }

// Value stores a Date as text, or NULL.
func (d Date) Value() (driver.Value, error) {
	if d.IsZero() {
		return nil, nil
	}
	return d.String(), nil
}

// Scan reads a Date from text or NULL.
func (d *Date) Scan(v any) error {
	switch x := v.(type) {
	case nil:
		*d = Date{}
		return nil
	case string:
		if x == "" {
			*d = Date{}
			return nil
		}
		var err error
		*d, err = ParseDate(x)
		return err
	case []byte:
		return d.Scan(string(x))
	}
	return fmt.Errorf("clock: a day cannot be read from %T", v)
}

// MarshalText writes a Date in JSON and YAML as YYYY-MM-DD.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what MarshalText wrote.
func (d *Date) UnmarshalText(b []byte) error { return d.Scan(string(b)) }
