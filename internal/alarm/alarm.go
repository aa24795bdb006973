package alarm

// This file holds the rules of an alarm about one person: what may be said of it, how much time is left, who is told, until
// when it opens a file, and how it ends.

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/privacy"
)

const (
	// Lasts is how long an alarm opens a file to those who answer it, before a lead must say that it is still needed.
	Lasts = 7 * 24 * time.Hour
	// Undo is how long the end of an alarm can be taken back.
	Undo = 24 * time.Hour

	textMost, lineMost = 1000, 120
	// soonest and latest bound the day of a removal; further away is a slip of the pen.
	soonest, latest = -1, 366
)

// State is where an alarm stands.
type State string

// The states.
const (
	Running State = "running"
	Ended   State = "ended"
)

// Outcomes are how an alarm about a person ends.
var Outcomes = []string{"stopped", "postponed", "removed", "safe", "mistake"}

// Places are where somebody is held; unknown is a value.
var Places = []string{"unknown", "free", "detention", "airport", "police", "other"}

// Danger is what is said of the danger of one person. It is kept sealed.
type Danger struct {
	Due    time.Time `json:"due,omitzero"`   // the removal
	Exact  bool      `json:"exact,omitzero"` // the hour is known, not only the day
	Held   string    `json:"held"`           // one of Places
	Where  string    `json:"where,omitempty"`
	Flight string    `json:"flight,omitempty"`
	Note   string    `json:"note,omitempty"`
}

// Alarm is one alarm about one person.
type Alarm struct {
	ID, Person     string
	Parent         string // the alarm of the group from which it was taken up
	Team, Location string // where the person is helped, when it was raised
	Body           []byte `json:"-"`
	Danger         Danger `db:"-"`
	Tell           bool   // the person reads along
	At             time.Time
	MadeBy         string
	RenewBy        time.Time // until then it opens the file to those who answer it
	State          State
	EndedAt        time.Time
	EndedBy        string
	Outcome        string
	Version        int64
}

// Undoable says whether its end can still be taken back.
func (a Alarm) Undoable(now time.Time) bool {
	return a.State == Ended && now.Before(a.EndedAt.Add(Undo))
}

// Opens says whether somebody who answers it now gets into the file.
func (a Alarm) Opens(now time.Time) bool { return a.State == Running && now.Before(a.RenewBy) }

// MayReview says whether somebody may look back at it: not who raised it, nor who ended it.
func (a Alarm) MayReview(who string) bool {
	return a.State == Ended && who != a.MadeBy && who != a.EndedBy
}

// Ask is what somebody fills in. Nothing is required: a press must never wait for what nobody knows yet.
type Ask struct {
	Day, Hour, Held, Where, Flight, Note string
	Hide                                 bool // the person is not told on the own page
}

// Check names all faults at once.
func (a Ask) Check(now time.Time) (Danger, fault.Fields) {
	var fs fault.Fields
	d := Danger{Held: cmp.Or(a.Held, "unknown"), Where: line(&fs, "where", a.Where), Flight: line(&fs, "flight", a.Flight), Note: words(&fs, "note", a.Note, 0)}
	if !slices.Contains(Places, d.Held) {
		fs.Add("held", "alarm.error.held")
	}
	d.Due, d.Exact = readDue(&fs, a.Day, a.Hour, now)
	return d, fs
}

// asked is a danger as its form shows it.
func asked(a Alarm) Ask {
	d := a.Danger
	in := Ask{Held: d.Held, Where: d.Where, Flight: d.Flight, Note: d.Note, Hide: !a.Tell}
	if !d.Due.IsZero() {
		t := d.Due.In(clock.Netherlands)
		in.Day = t.Format("2006-01-02")
		if d.Exact {
			in.Hour = t.Format("15:04")
		}
	}
	return in
}

// readDue reads the day and the hour of a removal. A day without an hour counts from its first minute: flights leave at
// night, and an alarm that counts to the evening would be late.
func readDue(fs *fault.Fields, day, hour string, now time.Time) (time.Time, bool) {
	if day == "" {
		if hour != "" {
			fs.Add("day", "alarm.error.day.hour")
		}
		return time.Time{}, false
	}
	d, err := clock.ParseDate(day)
	if err != nil {
		fs.Add("day", "alarm.error.day")
		return time.Time{}, false
	}
	if n := clock.Today(now).DaysUntil(d); n < soonest || n > latest {
		fs.Add("day", "alarm.error.day.far")
	}
	h, m := 0, 0
	if hour != "" {
		var ok bool
		if h, m, ok = readHour(hour); !ok {
			fs.Add("hour", "alarm.error.hour")
		}
	}
	return time.Date(d.Year, d.Month, d.Day, h, m, 0, 0, clock.Netherlands), hour != ""
}

// readHour reads 9, 9:30, 09.30, 0930 or 9u30.
func readHour(s string) (h, m int, ok bool) {
	s = strings.NewReplacer(".", ":", "u", ":", "h", ":").Replace(strings.ToLower(strings.TrimSpace(s)))
	hs, ms, cut := strings.Cut(strings.TrimSuffix(s, ":"), ":")
	if !cut && len(hs) == 4 {
		hs, ms = hs[:2], hs[2:]
	}
	if ms == "" {
		ms = "0"
	}
	h, err1 := strconv.Atoi(hs)
	m, err2 := strconv.Atoi(ms)
	return h, m, err1 == nil && err2 == nil && h >= 0 && h < 24 && m >= 0 && m < 60
}

// words asks for words: enough of them, not too many, and no BSN.
func words(fs *fault.Fields, field, text string, least int) string {
	text = strings.TrimSpace(text)
	switch n := utf8.RuneCountInString(strings.Join(strings.Fields(text), " ")); {
	case n < least:
		fs.Add(field, "alarm.error.short", "n", least)
	case n > textMost:
		fs.Add(field, "alarm.error.long", "n", textMost)
	case privacy.HasBSN(text):
		fs.Add(field, "alarm.error.bsn")
	}
	return text
}

// line is one line that may be left out.
func line(fs *fault.Fields, field, text string) string {
	text = strings.TrimSpace(text)
	switch {
	case utf8.RuneCountInString(text) > lineMost:
		fs.Add(field, "alarm.error.long", "n", lineMost)
	case privacy.HasBSN(text):
		fs.Add(field, "alarm.error.bsn")
	}
	return text
}

// End is how somebody ends an alarm.
type End struct{ Outcome, Note string }

// Check names all faults at once. A mistake must be explained, or nobody learns from it.
func (e End) Check() (note string, fs fault.Fields) {
	if !slices.Contains(Outcomes, e.Outcome) {
		fs.Add("outcome", "alarm.error.outcome")
	}
	least := 0
	if e.Outcome == "mistake" {
		least = 10
	}
	return words(&fs, "end", e.Note, least), fs
}

// Left is how much time there is, as a text key and its numbers.
type Left struct {
	Key  string
	N, M int // hours and minutes, or days
}

// Left tells the time until the removal: minutes within the last hour, hours up to three days, then days.
func (d Danger) Left(now time.Time) Left {
	switch left := d.Due.Sub(now); {
	case d.Due.IsZero():
		return Left{Key: "unknown"}
	case left <= 0 && !d.Exact && clock.Today(now) == clock.Today(d.Due):
		return Left{Key: "today"}
	case left <= 0:
		return Left{Key: "over"}
	case left < time.Hour:
		return Left{Key: "minutes", N: max(1, int(left/time.Minute))}
	case left < 72*time.Hour:
		return Left{Key: "hours", N: int(left / time.Hour), M: int(left/time.Minute) % 60}
	default:
		return Left{Key: "days", N: int(left / (24 * time.Hour))}
	}
}

// Urgent says whether less than a day is left, or nobody knows how much.
func (d Danger) Urgent(now time.Time) bool {
	return d.Due.IsZero() || d.Due.Sub(now) < 24*time.Hour
}

// Sooner puts alarms in the order of their danger: a known moment first, the nearest in front; then by age.
func Sooner(a, b Alarm) int {
	if z := a.Danger.Due.IsZero(); z != b.Danger.Due.IsZero() {
		if z {
			return 1
		}
		return -1
	}
	return cmp.Or(a.Danger.Due.Compare(b.Danger.Due), a.At.Compare(b.At), strings.Compare(a.ID, b.ID))
}

// Posted is what may be told of an alarm to who may do something about it: where it is, not who it is.
type Posted struct {
	Alarm
	Region  string
	Helpers []string          // holders with the file as their own work: "user:…", "team:…"
	Taken   []string          // colleagues who said that they are on it
	NamedBy map[string]string // of those who were named and have not said so yet: by whom
}

// Knows says whether somebody is told of the alarm: who helps the person, who answers it, the leads and the legal staff of
// the team, legal staff and managers of the region, and the national desk.
func (p Posted) Knows(a access.Actor) bool {
	if a.Kind != access.Staff {
		return false
	}
	if p.Has(a.ID) || slices.ContainsFunc(a.Holders, func(h string) bool { return slices.Contains(p.Helpers, h) }) {
		return true
	}
	return reaches(a, p.Team, p.Region)
}

// Has says whether a colleague is on it or was named.
func (p Posted) Has(colleague string) bool {
	return p.NamedBy[colleague] != "" || slices.Contains(p.Taken, colleague)
}

// reaches says whether a post of somebody is there for urgent work in a team.
func reaches(a access.Actor, team, region string) bool {
	return slices.ContainsFunc(a.Posts, func(p access.Post) bool {
		switch {
		case p.Role != access.Lead && p.Role != access.Legal && p.Role != access.Region:
			return false
		case p.Scope.Kind == access.National:
			return true
		case p.Scope.Kind == access.InRegion:
			return region != "" && p.Scope.ID == region
		}
		return p.Scope.Kind == access.Team && team != "" && p.Scope.ID == team
	})
}

// Names says whether somebody may name another colleague to act: who leads the team or manages above it, and whoever is on it.
func (p Posted) Names(a access.Actor, now time.Time) bool {
	return mayName.Allows(a) && p.Opens(now) && (p.Renews(a) || slices.Contains(p.Taken, a.ID))
}

// TakesBack says whether somebody may take off it who was named: who named them, a lead of the team, a manager above it.
// Whoever said that they are on it is not taken off by another.
func (p Posted) TakesBack(a access.Actor, colleague string) bool {
	by := p.NamedBy[colleague]
	return by != "" && mayName.Allows(a) && (by == a.ID || p.Renews(a))
}

// Renews says whether somebody may say that an alarm is still needed: a lead of the team, or a manager above it.
func (p Posted) Renews(a access.Actor) bool {
	return a.Has(access.Lead, access.Region) && p.State == Running && slices.ContainsFunc(a.Posts, func(x access.Post) bool {
		only := access.Actor{Kind: a.Kind, Posts: []access.Post{x}}
		return x.Role != access.Legal && reaches(only, p.Team, p.Region)
	})
}
