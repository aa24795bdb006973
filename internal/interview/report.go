package interview

// This file holds our own report of an interview, what was prepared for it, and which job comes next.

import (
	"time"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/fault"
)

// Report is one version of our own report.
type Report struct {
	Interview string
	Version   int64
	Person    string
	MadeBy    string
	At        time.Time
	Body      []byte     `json:"-"`
	What      ReportText `db:"-"`
}

// ReportText is what is sealed of a report.
type ReportText struct {
	Interpreter string `json:"interpreter"` // present, phone, absent, none
	Quality     string `json:"quality"`
	Lawyer      string `json:"lawyer"`
	Hours       string `json:"hours,omitempty"`
	Text        string `json:"text"`
}

// Presences are the ways an interpreter was there; Qualities how well it went.
var (
	Presences = []string{"room", "phone", "absent", "none"}
	Qualities = []string{"good", "fair", "poor", "unknown"}
)

// ReportInput is the form of a report.
type ReportInput struct{ Interpreter, Quality, Lawyer, Hours, Text string }

// Check finds all faults of a form.
func (in ReportInput) Check() fault.Fields {
	var fs fault.Fields
	oneOf(&fs, "interpreter", in.Interpreter, Presences)
	oneOf(&fs, "quality", in.Quality, Qualities)
	oneOf(&fs, "lawyer", in.Lawyer, Known)
	text(&fs, "hours", in.Hours, 60)
	if in.Text == "" {
		fs.Add("text", "interview.error.report")
	}
	text(&fs, "text", in.Text, 5*textMost)
	return fs
}

// Items are what is prepared before an interview.
var Items = []string{"told", "rights", "interpreter", "lawyer", "medical", "papers", "travel", "children", "afterwards"}

// The jobs, one of which is next.
const (
	jobDay       = "day"       // find out when it is
	jobCompanion = "companion" // ask somebody to go along
	jobAnswer    = "answer"    // wait for an answer
	jobPrepare   = "prepare"
	jobWait      = "wait"
	jobHeld      = "held"     // say whether it was held
	jobReport    = "report"   // write our own report
	jobReceived  = "received" // the report of the authority
	jobTrack     = "track"    // in which procedure is it: without it there is no date
	jobCorrect   = "correct"  // write corrections and send them
	jobClose     = "close"
)

// standing is what the next job hangs on, besides the interview itself.
type standing struct {
	companions []Companion
	prepared   int
	unsent     int
	sent       int
	open       bool // a date for corrections still runs
	known      bool // some procedure of the person could know of the report
}

// next is the job that comes first; nothing when there is none.
func next(i Interview, s standing, today clock.Date) string {
	_, company := goes(s.companions)
	switch i.State {
	case Planned:
		switch {
		case i.Day.IsZero():
			return jobDay
		case i.Day.Before(today):
			return jobHeld
		case i.Company && !company && !waits(s.companions):
			return jobCompanion
		case i.Company && !company:
			return jobAnswer
		case i.Day == today:
			return jobHeld
		case s.prepared < len(Items):
			return jobPrepare
		}
		return jobWait
	case Held:
		switch {
		case company && i.Reported.IsZero():
			return jobReport
		case i.Received.IsZero():
			return jobReceived
		case i.Event == "" && s.sent == 0 && s.known:
			return jobTrack
		case s.unsent > 0 || s.open && s.sent == 0:
			return jobCorrect
		}
		return jobClose
	}
	return ""
}
