package warn

// This file is how weeks are written and counted.

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// weekOf reads a week: a day of it as 2026-11-23, an ISO week as 2026-W48, or a running number. Day is zero for a running
// number; otherwise number counts weeks since Monday 5 January 1970, or since the same weekday in that week.
func weekOf(s string) (number int, day time.Time, err error) {
	if n, e := strconv.Atoi(s); e == nil && len(s) < 6 {
		if n < 1 {
			return 0, day, fmt.Errorf("the running number of a week begins at 1, and this is %d", n)
		}
		return n, day, nil
	}
	if d, e := time.Parse(time.DateOnly, s); e == nil {
		return floorDiv(days(d), 7), d, nil
	}
	year, week, ok := strings.Cut(strings.ToUpper(s), "W")
	y, e1 := strconv.Atoi(strings.TrimSuffix(year, "-"))
	w, e2 := strconv.Atoi(week)
	if !ok || e1 != nil || e2 != nil || len(week) != 2 || y < 1000 || y > 9999 {
		return 0, day, fmt.Errorf("%q is no week: write 2026-W48, or a day of it as 2026-11-23, or a running number", s)
	}
	d := monday(y, w)
	if gotYear, gotWeek := d.ISOWeek(); w < 1 || gotYear != y || gotWeek != w {
		return 0, day, fmt.Errorf("the year %d has no week %d", y, w)
	}
	return floorDiv(days(d), 7), d, nil
}

// monday is the first day of an ISO week: the week that holds 4 January is the first.
func monday(year, week int) time.Time {
	fourth := time.Date(year, time.January, 4, 0, 0, 0, 0, time.UTC)
	return fourth.AddDate(0, 0, -(int(fourth.Weekday())+6)%7+7*(week-1))
}

func days(d time.Time) int { return int(d.Unix() / 86400) }

func floorDiv(a, b int) int {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}

// yearsBefore is the day on the same weekday that lies nearest to the same date some years earlier.
func yearsBefore(d time.Time, years int) time.Time {
	then := d.AddDate(-years, 0, 0)
	off := (int(d.Weekday()) - int(then.Weekday()) + 7) % 7
	if off > 3 {
		off -= 7
	}
	return then.AddDate(0, 0, off)
}
