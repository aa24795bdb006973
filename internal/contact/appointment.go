package contact

// This file holds appointments: a time with somebody, in a room or on the telephone.

import (
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/privacy"
)

// Kinds are the kinds of appointments.
var Kinds = []string{"talk", "legal", "phone", "visit"}

// Interpreters are the ways an interpreter takes part; the empty one is none.
var Interpreters = []string{"", "phone", "present"}

// Meeting is what is sealed of an appointment.
type Meeting struct {
	Kind        string `json:"kind"`
	About       string `json:"about,omitempty"`
	Interpreter string `json:"interpreter,omitempty"` // of Interpreters
}

// Appointment is a time with somebody.
type Appointment struct {
	ID        string
	Person    string
	Colleague string
	Location  string
	Room      string
	At        time.Time
	Minutes   int
	Body      []byte
	Meeting   Meeting `db:"-"`
	Version   int64
	Arrived   time.Time // checked in at the desk
	Kept      time.Time // a contact was recorded
	Asked     time.Time // the person asked for another time
	Comes     time.Time // the person said that they come
	Wants     time.Time // the person asked for an interpreter
	Cancelled time.Time
	MadeBy    string
	Plans     bool // whoever asks may plan with the person now
}

// End is when it is over.
func (a Appointment) End() time.Time { return a.At.Add(time.Duration(a.Minutes) * time.Minute) }

// Over says whether the time has passed.
func (a Appointment) Over(now time.Time) bool { return !now.Before(a.End()) }

// Soon is how long before an appointment its row is the row of this moment.
const Soon = 30 * time.Minute

// Now says whether it is going on, or about to begin, and nothing was recorded yet.
func (a Appointment) Now(now time.Time) bool {
	return a.Cancelled.IsZero() && a.Kept.IsZero() && !a.Over(now) && !now.Before(a.At.Add(-Soon))
}

// Meets says whether two appointments claim the same colleague or the same room at the same time.
func (a Appointment) Meets(b Appointment) (colleague, room bool) {
	if a.ID == b.ID || !a.Cancelled.IsZero() || !b.Cancelled.IsZero() || !a.At.Before(b.End()) || !b.At.Before(a.End()) {
		return false, false
	}
	return a.Colleague == b.Colleague, a.Room != "" && a.Room == b.Room && a.Location == b.Location
}

// Undoable says whether an appointment that was cancelled can be put back.
func (a Appointment) Undoable(now time.Time) bool {
	return !a.Cancelled.IsZero() && now.Before(a.Cancelled.AddDate(0, 0, UndoDays)) && !a.Over(now)
}

// Answer is what a person says to an appointment.
type Answer struct{ Says, Why, When string }

// What a person can say to an appointment.
const (
	saysComes   = "komt"
	saysUnsure  = "onzeker"
	saysWants   = "tolk"
	saysNoNeed  = "geen-tolk"
	saysAnother = "anders"
)

// mostAnswer is how long a reason, or a time that suits, may be.
const mostAnswer = 300

// Check names all faults at once.
func (a Answer) Check() fault.Fields {
	var fs fault.Fields
	for name, text := range map[string]string{"waarom": a.Why, "wanneer": a.When} {
		if utf8.RuneCountInString(text) > mostAnswer || privacy.HasBSN(text) {
			fs.Add(name, "contact.error.mine")
		}
	}
	slices.SortFunc(fs, func(a, b fault.Field) int { return strings.Compare(b.Name, a.Name) })
	return fs
}

// MeetingInput is what the form of an appointment says.
type MeetingInput struct {
	Day, Hour, Minutes, Kind, About, Interpreter, Location, Room, Colleague string
	Version                                                                 int64
}

// Check names all faults at once.
func (in MeetingInput) Check(now time.Time) (Appointment, fault.Fields) {
	var fs fault.Fields
	a := Appointment{Colleague: in.Colleague, Location: in.Location, Room: in.Room, Version: in.Version,
		Meeting: Meeting{Kind: in.Kind, About: strings.TrimSpace(in.About), Interpreter: in.Interpreter}}
	d, err := clock.ParseDate(in.Day)
	h, herr := time.Parse("15:04", in.Hour)
	switch {
	case err != nil:
		fs.Add("day", "contact.error.day")
	case d.Before(clock.Today(now)):
		fs.Add("day", "contact.error.past")
	case d.After(clock.Today(now).AddDays(730)):
		fs.Add("day", "contact.error.far")
	}
	if herr != nil {
		fs.Add("hour", "contact.error.hour")
	}
	if err == nil && herr == nil {
		a.At = time.Date(d.Year, d.Month, d.Day, h.Hour(), h.Minute(), 0, 0, clock.Netherlands)
		if !d.Before(clock.Today(now)) && a.At.Before(now) {
			fs.Add("hour", "contact.error.passed")
		}
	}
	if a.Minutes, err = strconv.Atoi(in.Minutes); err != nil || a.Minutes < 5 || a.Minutes > 480 {
		fs.Add("minutes", "contact.error.length")
	}
	if !slices.Contains(Kinds, in.Kind) {
		fs.Add("kind", "contact.error.kind")
	}
	if !slices.Contains(Interpreters, in.Interpreter) {
		fs.Add("interpreter", "contact.error.choose")
	}
	if utf8.RuneCountInString(a.Meeting.About) > 300 {
		fs.Add("about", "contact.error.long", "n", 300)
	}
	if privacy.HasBSN(a.Meeting.About) {
		fs.Add("about", "contact.error.bsn")
	}
	if in.Colleague == "" {
		fs.Add("colleague", "contact.error.with")
	}
	return a, fs
}

// Clash adds the faults of an appointment that falls together with others.
func Clash(a Appointment, others []Appointment, fs *fault.Fields) {
	var colleague, room bool
	for _, o := range others {
		c, r := a.Meets(o)
		colleague, room = colleague || c, room || r
	}
	if colleague {
		fs.Add("hour", "contact.error.busy")
	}
	if room {
		fs.Add("room", "contact.error.room")
	}
}
