package evidence

// This file holds documents: what they are, until when they hold, and when that becomes an alarm.

import (
	"slices"
	"time"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/fault"
)

// Document is one paper of a person, with all its scans.
type Document struct {
	ID        string
	Person    string
	Kind      string
	Expires   clock.Date
	Minded    int  // the last alarm that a colleague took on
	Own       bool // sent by the person
	MadeBy    string
	At        time.Time
	Checked   time.Time // when a colleague looked at what the person sent; what staff adds is checked
	Removed   time.Time
	RemovedBy string
	Version   int64
	Body      []byte       `json:"-"`
	What      DocumentText `db:"-"`
}

// DocumentText is what is written about a document; it is kept sealed.
type DocumentText struct {
	Title string `json:"title,omitempty"`
}

// Scan is one picture or PDF of a document. The newest has the highest number; none is ever replaced.
type Scan struct {
	ID       string
	Document string
	Person   string
	N        int
	Type     Type
	Size     int64
	Preview  bool
	Own      bool
	MadeBy   string
	At       time.Time
}

// TakenBack is how long what was taken back can be put back before it is destroyed.
const TakenBack = 30 * 24 * time.Hour

// Restorable says whether a document that was taken back can still be put back.
func (d Document) Restorable(now time.Time) bool {
	return !d.Removed.IsZero() && now.Sub(d.Removed) < TakenBack
}

// Alarm is how near the last day of a document is.
type Alarm int

// The alarms, each louder than the one before.
const (
	Quiet Alarm = iota
	SixMonths
	ThreeMonths
	OneMonth
	Expired
)

var alarmNames = [...]string{"quiet", "six", "three", "one", "expired"}

func (a Alarm) String() string { return alarmNames[a] }

// AlarmOf is the alarm of a last day, seen from today. A document holds on its last day.
func AlarmOf(expires, today clock.Date) Alarm {
	switch {
	case expires.IsZero():
		return Quiet
	case expires.Before(today):
		return Expired
	case !expires.After(today.AddMonths(1)):
		return OneMonth
	case !expires.After(today.AddMonths(3)):
		return ThreeMonths
	case !expires.After(today.AddMonths(6)):
		return SixMonths
	}
	return Quiet
}

// AlarmEdge is the last day that still lies within the first alarm.
func AlarmEdge(today clock.Date) clock.Date { return today.AddMonths(6) }

// Rings says whether the alarm of a document asks for somebody: it is louder than the one a colleague took on.
func (d Document) Rings(today clock.Date) bool {
	return d.Removed.IsZero() && AlarmOf(d.Expires, today) > Alarm(d.Minded)
}

// DocumentInput is the form of a document.
type DocumentInput struct {
	Kind, Title, Expires string
	Pieces               []string // which pieces it proves
}

// Check finds all faults of a form and reads the last day. Pieces are those of this person.
func (in DocumentInput) Check(pieces []Piece, today clock.Date) (clock.Date, fault.Fields) {
	var fs fault.Fields
	if !slices.Contains(PaperKinds, in.Kind) {
		fs.Add("kind", "evidence.error.paperkind")
	}
	if in.Kind == "other" && in.Title == "" {
		fs.Add("title", "evidence.error.title")
	}
	text(&fs, "title", in.Title, titleMost)
	expires := lastDay(&fs, "expires", in.Expires, today)
	for _, id := range in.Pieces {
		if !slices.ContainsFunc(pieces, func(p Piece) bool { return p.ID == id }) {
			fs.Add("pieces", "evidence.error.pieces")
			break
		}
	}
	return expires, fs
}

// lastDay reads until when a document holds; a day that no document has is a slip of the pen.
func lastDay(fs *fault.Fields, name, s string, today clock.Date) clock.Date {
	d := day(fs, name, s)
	if !d.IsZero() && (d.Before(today.AddDays(-30*366)) || d.After(today.AddDays(30*366))) {
		fs.Add(name, "evidence.error.expires")
	}
	return d
}

// Limits of what one person may have here, and of what they may send in a day.
const (
	documentsMost = 300
	scansMost     = 30 // of one document
	sentMost      = 30 // by the person, in a day
)

// laid is the state of a piece when a document is laid at it, by the person or by a colleague.
func laid(state string, own bool) string {
	switch {
	case state != Missing && state != Asked && state != Sent:
		return state
	case own:
		return Sent
	}
	return There
}
