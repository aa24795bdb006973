package briefing

// This file holds a session: when and where it is, who leads it, in which language, and what stands in its way.

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

// Kinds are the kinds of sessions.
var Kinds = []string{"group", "single"}

// Interpreting are the states of the interpreter: not needed, asked for, booked, fell out.
var Interpreting = []string{"none", "asked", "booked", "out"}

// Hows are the ways an interpreter takes part; the empty one is not known yet.
var Hows = []string{"", "phone", "present"}

// Genders are what may be known of an interpreter, because somebody may have asked for it.
var Genders = []string{"", "woman", "man"}

// Reasons are why a session does not go on.
var Reasons = []string{"leader", "interpreter", "few", "place", "other"}

// Session is one time at which something is told.
type Session struct {
	ID, Team, Location, Room string
	Kind, Language, Leader   string
	At                       time.Time
	Minutes, Seats           int
	Interpreter, How, Gender string
	Held                     time.Time
	Others                   int // who came without an invitation; counted only
	Invited, Came, Missed    int // counted when it was closed
	Cancelled                time.Time
	Reason                   string
	Version                  int64
	Made                     time.Time
	MadeBy                   string
	Who                      string `db:"-"` // the interpreter, for who plans
}

// End is when it is over.
func (s Session) End() time.Time { return s.At.Add(time.Duration(s.Minutes) * time.Minute) }

// Over says whether the time has passed.
func (s Session) Over(now time.Time) bool { return !now.Before(s.End()) }

// Stands says whether it goes on: it was not cancelled and is not over.
func (s Session) Stands(now time.Time) bool { return s.Cancelled.IsZero() && !s.Over(now) }

// Day is the day in the Netherlands on which it is.
func (s Session) Day() clock.Date { return clock.DateOf(s.At.In(clock.Netherlands)) }

// Pass is when the leader sees who is invited: that day, and neither before nor after.
func (s Session) Pass() (since, until time.Time) {
	d := s.Day()
	return d.In(clock.Netherlands), d.AddDays(1).In(clock.Netherlands)
}

// Undoable says whether a cancelling can still be taken back.
func (s Session) Undoable(now time.Time) bool { return !s.Cancelled.IsZero() && now.Before(s.At) }

// Open says whether the attendance may be written down: on the day itself, and until the session is a week past.
func (s Session) Open(now time.Time) bool {
	since, _ := s.Pass()
	return s.Cancelled.IsZero() && !now.Before(since) && now.Before(since.AddDate(0, 0, 8))
}

// lengths and seats that are believable.
const (
	minutesLeast, minutesMost = 15, 480
	seatsMost                 = 60
	subjectsMost              = 12
)

// SessionInput is what the form of a session says.
type SessionInput struct {
	Day, Hour, Minutes, Location, Room, Kind, Language, Leader, Interpreter, How, Gender, Who, Seats string
	Topics                                                                                           []string
	Version                                                                                          int64
}

// Check names all faults at once. What is chosen from a list of this house is checked against it by the caller.
func (in SessionInput) Check(now time.Time) (Session, fault.Fields) {
	var fs fault.Fields
	s := Session{Location: in.Location, Room: in.Room, Kind: in.Kind, Language: in.Language, Leader: in.Leader, Interpreter: in.Interpreter,
		How: in.How, Gender: in.Gender, Who: strings.TrimSpace(in.Who), Version: in.Version}
	d, err := clock.ParseDate(in.Day)
	h, herr := time.Parse("15:04", in.Hour)
	switch {
	case err != nil:
		fs.Add("day", "briefing.error.day")
	case d.Before(clock.Today(now)):
		fs.Add("day", "briefing.error.past")
	case d.After(clock.Today(now).AddDays(370)):
		fs.Add("day", "briefing.error.far")
	}
	if herr != nil {
		fs.Add("hour", "briefing.error.hour")
	}
	if err == nil && herr == nil {
		s.At = time.Date(d.Year, d.Month, d.Day, h.Hour(), h.Minute(), 0, 0, clock.Netherlands)
		if !d.Before(clock.Today(now)) && s.At.Before(now) {
			fs.Add("hour", "briefing.error.passed")
		}
	}
	if s.Minutes, err = strconv.Atoi(in.Minutes); err != nil || s.Minutes < minutesLeast || s.Minutes > minutesMost {
		fs.Add("minutes", "briefing.error.minutes", "least", minutesLeast, "most", minutesMost)
	}
	if !slices.Contains(Kinds, in.Kind) {
		fs.Add("kind", "briefing.error.choose")
	}
	switch s.Seats, err = strconv.Atoi(in.Seats); {
	case in.Kind == "single":
		s.Seats = 1
	case err != nil || s.Seats < 1 || s.Seats > seatsMost:
		fs.Add("seats", "briefing.error.seats", "most", seatsMost)
	}
	if in.Location == "" {
		fs.Add("location", "briefing.error.location")
	}
	if in.Language == "" {
		fs.Add("language", "briefing.error.language")
	}
	if in.Leader == "" {
		fs.Add("leader", "briefing.error.leader")
	}
	if !slices.Contains(Interpreting, in.Interpreter) {
		fs.Add("interpreter", "briefing.error.choose")
	}
	if s.Interpreter == "none" {
		s.How, s.Gender, s.Who = "", "", ""
	}
	if !slices.Contains(Hows, s.How) {
		fs.Add("how", "briefing.error.choose")
	}
	if !slices.Contains(Genders, s.Gender) {
		fs.Add("gender", "briefing.error.choose")
	}
	if n := utf8.RuneCountInString(s.Who); n > 80 {
		fs.Add("who", "briefing.error.long", "n", n, "most", 80)
	}
	if privacy.HasBSN(s.Who) {
		fs.Add("who", "briefing.error.bsn")
	}
	switch {
	case len(in.Topics) == 0:
		fs.Add("topic", "briefing.error.topic")
	case len(in.Topics) > subjectsMost:
		fs.Add("topic", "briefing.error.topics", "most", subjectsMost)
	}
	return s, fs
}

// Meets says whether two sessions claim the same hour.
func (s Session) Meets(o Session) bool {
	return s.ID != o.ID && s.Cancelled.IsZero() && o.Cancelled.IsZero() && s.At.Before(o.End()) && o.At.Before(s.End())
}

// Clash adds the faults of a session that falls together with others. Who names those that have the same interpreter.
func Clash(s Session, others []Session, who []string, fs *fault.Fields) {
	var leader, room, interpreter bool
	for _, o := range others {
		if !s.Meets(o) {
			continue
		}
		leader = leader || s.Leader == o.Leader
		room = room || (s.Room != "" && s.Room == o.Room && s.Location == o.Location)
		interpreter = interpreter || (s.Interpreter != "out" && o.Interpreter != "out" && slices.Contains(who, o.ID))
	}
	if leader {
		fs.Add("leader", "briefing.error.busy")
	}
	if room {
		fs.Add("room", "briefing.error.room")
	}
	if interpreter {
		fs.Add("who", "briefing.error.double")
	}
}

// near are languages whose speakers follow each other.
var near = map[string]string{"prs": "fa", "fa": "prs"}

// Understands says whether who speaks a language follows a session in another.
func Understands(session, speaks string) bool {
	return speaks != "" && (session == speaks || near[session] == speaks)
}

// Lacks says what is missing before people can follow the session: "none" when the leader does not speak the language and
// no interpreter was asked, "asked" while none was booked, "out" when the interpreter fell out; empty when all is well.
func Lacks(s Session, leaderSpeaks bool) string {
	if leaderSpeaks || s.Interpreter == "booked" {
		return ""
	}
	return s.Interpreter
}
