package contact

// This file holds promises and appointments.

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

// UndoDays is how long a promise that was marked done, or an appointment that was cancelled, can be put back.
const UndoDays = 30

// Promise is a follow-up with an owner and a day.
type Promise struct {
	ID      string
	Person  string
	Owner   string
	MadeBy  string
	Due     clock.Date
	Body    []byte
	Text    string `db:"-"`
	MadeAt  time.Time
	DoneAt  time.Time
	DoneBy  string
	Visible string
}

// Late says by how many days a promise is late; 0 when it is not.
func (p Promise) Late(today clock.Date) int {
	if !p.DoneAt.IsZero() {
		return 0
	}
	return max(0, p.Due.DaysUntil(today))
}

// Undoable says whether a promise that was done can be put back.
func (p Promise) Undoable(now time.Time) bool {
	return !p.DoneAt.IsZero() && now.Before(p.DoneAt.AddDate(0, 0, UndoDays))
}

// Kinds are the kinds of appointments.
var Kinds = []string{"talk", "legal", "phone", "visit"}

// Meeting is what is sealed of an appointment.
type Meeting struct {
	Kind        string `json:"kind"`
	About       string `json:"about,omitempty"`
	Interpreter string `json:"interpreter,omitempty"` // "", phone, present
	Room        string `json:"room,omitempty"`
}

// Appointment is a time with somebody.
type Appointment struct {
	ID        string
	Person    string
	Colleague string
	Location  string
	At        time.Time
	Minutes   int
	Body      []byte
	Meeting   Meeting `db:"-"`
	Cancelled time.Time
	MadeBy    string
}

// Over says whether the time has passed.
func (a Appointment) Over(now time.Time) bool {
	return now.After(a.At.Add(time.Duration(a.Minutes) * time.Minute))
}

// Now says whether it is going on, or begins within a quarter of an hour.
func (a Appointment) Now(now time.Time) bool {
	return !a.Over(now) && now.After(a.At.Add(-15*time.Minute))
}

// MeetingInput is what the form of an appointment says.
type MeetingInput struct {
	Day, Hour, Minutes, Kind, About, Interpreter, Room, Colleague string
}

// Check names all faults at once.
func (in MeetingInput) Check(now time.Time) (at time.Time, minutes int, m Meeting, fs fault.Fields) {
	m = Meeting{Kind: in.Kind, About: strings.TrimSpace(in.About), Interpreter: in.Interpreter, Room: strings.TrimSpace(in.Room)}
	d, err := clock.ParseDate(in.Day)
	h, herr := time.Parse("15:04", in.Hour)
	switch {
	case err != nil:
		fs.Add("day", "contact.error.day")
	case d.Before(clock.Today(now)):
		fs.Add("day", "contact.error.past")
	}
	if herr != nil {
		fs.Add("hour", "contact.error.hour")
	}
	if err == nil && herr == nil {
		at = time.Date(d.Year, d.Month, d.Day, h.Hour(), h.Minute(), 0, 0, clock.Netherlands)
	}
	minutes, err = strconv.Atoi(in.Minutes)
	if err != nil || minutes < 5 || minutes > 480 {
		fs.Add("minutes", "contact.error.minutes")
	}
	if !slices.Contains(Kinds, in.Kind) {
		fs.Add("kind", "contact.error.kind")
	}
	if in.Interpreter != "" && in.Interpreter != "phone" && in.Interpreter != "present" {
		fs.Add("interpreter", "contact.error.kind")
	}
	if utf8.RuneCountInString(m.About) > 300 {
		fs.Add("about", "contact.error.long", "n", 300)
	}
	if privacy.HasBSN(m.About) {
		fs.Add("about", "contact.error.bsn")
	}
	if in.Colleague == "" {
		fs.Add("colleague", "contact.error.owner")
	}
	return at, minutes, m, fs
}
