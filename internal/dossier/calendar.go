package dossier

// This file says which other calendar belongs to a date of birth: the one it was told in, or the one that speakers of the
// language are used to.

import (
	"time"

	"reisgezel/internal/kernel/clock"
)

// calendarOf is the calendar that speakers of a language are used to beside ours; empty when there is none.
func calendarOf(tongue string) string {
	switch tongue {
	case "fa", "prs", "ps":
		return "solar"
	case "am", "om", "ti":
		return "ethiopian"
	}
	return ""
}

// Also is the date in the other calendar that belongs to it: as it was told, or as the person may know it. Nothing when
// the day is not known.
func (b Birth) Also(tongue string) clock.Told {
	if b.Told.Calendar != "" {
		return b.Told
	}
	if c := calendarOf(tongue); c != "" && b.Year != 0 && b.Day != 0 && !b.Placeholder() {
		return clock.InCalendar(c, clock.On(b.Year, time.Month(b.Month), b.Day))
	}
	return clock.Told{}
}
