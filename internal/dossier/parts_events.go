package dossier

// This file is how one capability records something in somebody's procedure and hears which dates follow, without knowing
// the rules. What computes dates lends these functions; nobody else ever computes one.

import (
	"context"
	"time"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
)

// Course is one procedure of a person, as others may name it. Words are in the visitor's language.
type Course struct {
	ID, Title string
	URL       string        // the page on which its events are recorded
	Knows     bool          // the kind of event that was asked about can happen in it
	Routes    []ui.Option   // the kinds of procedure that the event makes one choose from; "not known yet" is one of them
	Letter    bool          // a letter may name the last day itself
	Asks      []string      // what the procedure does not know yet and the dates hang on
	Has       []CourseEvent // those of this kind that stand in it
}

// CourseEvent is an event that was recorded in a course. Day is zero when it is not known exactly.
type CourseEvent struct {
	ID  string
	Day clock.Date
}

// Happening is something that happened in a course. The faults of Record stand at the fields "day", "route" and "letter".
type Happening struct {
	Course, Kind       string
	Day, Route, Letter string // as a form sent them
	Outcome            string
}

// CourseDate is one date that follows in a course.
type CourseDate struct {
	Event      string // from which it follows
	Title, URL string
	Safe, Last clock.Date // Safe is the day to act by; zero while a question is open
	Open       bool
	Asks       []string // what has to be known before the date is sure
}

// Events are what the capability of procedures lends. None of it guesses: what is not known comes back as a question.
type Events struct {
	// Courses are the procedures of a person, and what each asks when this kind of event is recorded.
	Courses func(v *web.Visit, f File, kind string) ([]Course, error)
	// Record checks what happened. It gives either the faults of the form, or the function that writes the event, and what
	// follows from it, in the transaction of the form, and tells the event's id.
	Record func(v *web.Visit, f File, h Happening) (func(tx *db.Tx) (string, error), fault.Fields, error)
	// Dates are the dates in a course that an event of some kind ends, such as what was sent in.
	Dates func(v *web.Visit, f File, course, endedBy string) ([]CourseDate, error)
	// Alarm lets the alarms of new dates go off at once, after the transaction.
	Alarm func(ctx context.Context, person string, now time.Time) error
}
