package interview

// This file holds the terms that the organisation sets for itself: our own report, and from when it is told that nobody goes
// along. No legal term is in it.

import (
	"strconv"
	"time"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/fault"
)

// Setting is what a team agreed on for itself.
type Setting struct {
	Team      string
	Report    int // working days for our own report
	Ahead     int // days before, from which it is told that nobody goes along
	Changed   time.Time
	ChangedBy string
}

// usual is what holds until a team sets something else.
func usual(team string) Setting { return Setting{Team: team, Report: 2, Ahead: 7} }

// The bounds of a setting.
const (
	reportMost = 20
	aheadMost  = 60
)

// Workday says whether people work on a day.
type Workday func(clock.Date) bool

// after is the n-th working day after a day.
func (works Workday) after(d clock.Date, n int) clock.Date {
	for n > 0 {
		d = d.AddDays(1)
		if works(d) {
			n--
		}
	}
	return d
}

// due is by when our own report of an interview must be there; zero while the day is unknown or nobody goes along.
func (s Setting) due(i Interview, works Workday) clock.Date {
	if i.Day.IsZero() || !i.Company {
		return clock.Date{}
	}
	return works.after(i.Day, s.Report)
}

// window is when a companion sees the file: from the day before the interview, to the end of the day on which our own report
// must be there. Without a day there is none.
func window(i Interview) (from, until time.Time, ok bool) {
	if i.Day.IsZero() || i.Due.IsZero() {
		return from, until, false
	}
	return i.Day.AddDays(-1).In(clock.Netherlands), i.Due.AddDays(1).In(clock.Netherlands), true
}

// SettingInput is the form of a setting.
type SettingInput struct{ Report, Ahead string }

// Check finds all faults of a form.
func (in SettingInput) Check(team string) (Setting, fault.Fields) {
	var fs fault.Fields
	s := Setting{Team: team}
	s.Report = number(&fs, "report", in.Report, 1, reportMost, "interview.error.number")
	s.Ahead = number(&fs, "ahead", in.Ahead, 1, aheadMost, "interview.error.number")
	return s, fs
}

// number reads a number between two bounds.
func number(fs *fault.Fields, name, s string, least, most int, key string) int {
	n, err := strconv.Atoi(s)
	if err != nil || n < least || n > most {
		fs.Add(name, key, "least", least, "most", most)
	}
	return n
}
