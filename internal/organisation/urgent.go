package organisation

// This file holds the line for what cannot wait: its telephone, its hours, and what to do while it is shut.

import (
	"time"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/fault"
)

// Line is the line for what cannot wait. After is whom to call while it is shut; Words is what everybody reads beside it, in Dutch.
// Without hours it is open day and night.
type Line struct {
	Phone, After, Words string
	Version             int64
	Changed             time.Time
	ChangedBy           string
	Hours               []Hours `db:"-"`
}

// Given says whether there is a line.
func (l Line) Given() bool { return l.Phone != "" }

// Always says whether it is open day and night.
func (l Line) Always() bool { return len(l.Hours) == 0 }

// Next is when it is open: now, or first from now on; the zero Opening when it is not within a month.
func (l Line) Next(now time.Time, free func(clock.Date) bool) Opening {
	return Location{Hours: l.Hours}.Next(now, free)
}

// LineInput is the form.
type LineInput struct {
	Phone, After, Words string
	Hours               []Hours
	Version             int64
}

// Check names all faults at once. A line that is shut sometimes says whom to call then.
func (in LineInput) Check() fault.Fields {
	var fs fault.Fields
	need(&fs, "phone", in.Phone, 30, "organisation.error.phone")
	if in.Phone != "" && !phone.MatchString(in.Phone) {
		fs.Add("phone", "organisation.error.phone")
	}
	hours := 0
	for _, h := range in.Hours {
		if h.Weekday != 0 {
			hours++
		}
	}
	switch {
	case in.After != "" && !phone.MatchString(in.After):
		fs.Add("after", "organisation.error.phone")
	case in.After == "" && in.Words == "" && hours > 0:
		fs.Add("after", "organisation.error.after")
	}
	if len([]rune(in.Words)) > 500 {
		fs.Add("words", "organisation.error.long", "n", 500)
	}
	checkHours(&fs, in.Hours)
	return fs
}
