package care

// This file holds the schooling of children, and what the law says about it.

import (
	"regexp"
	"slices"
	"strconv"
	"time"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/fault"
)

// SchoolStates are how it stands with a child. Waiting and none are those in which it goes to no school.
var SchoolStates = []string{"goes", "waiting", "none", "young", "unknown"}

// Levels are the kinds of education, and Transports how the child gets there.
var (
	Levels     = []string{"preschool", "primary", "newcomers", "isk", "secondary", "mbo", "special"}
	Transports = []string{"walk", "bike", "bus", "taxi", "missing"}
)

// School is how it stood with one child. A change is a new row; the newest that was not taken back is how it stands.
type School struct {
	ID        string
	Child     string
	Person    string
	Location  string
	State     string
	Since     clock.Date
	MadeBy    string
	At        time.Time
	Removed   time.Time
	RemovedBy string
	Body      []byte     `json:"-"`
	What      SchoolText `db:"-"`
}

// SchoolText is what is written about it; it is kept sealed.
type SchoolText struct {
	Name      string `json:"name"`
	Born      string `json:"born,omitempty"` // "2018" or "2018-05"
	School    string `json:"school,omitempty"`
	Level     string `json:"level,omitempty"`
	Transport string `json:"transport,omitempty"`
	Note      string `json:"note,omitempty"`
}

// Children gives of each child how it stands, in the order in which they were first written down. Rows are oldest first.
func Children(rows []School) []School {
	var order []string
	last := map[string]School{}
	for _, r := range rows {
		if !r.Removed.IsZero() {
			continue
		}
		if _, ok := last[r.Child]; !ok {
			order = append(order, r.Child)
		}
		last[r.Child] = r
	}
	var out []School
	for _, id := range order {
		out = append(out, last[id])
	}
	return out
}

// Out says whether a child goes to no school and should.
func (s School) Out() bool { return s.State == "waiting" || s.State == "none" }

// schoolMonths is within how many months after the application a child must be able to go to school. bron: CELEX-32024L1346
// (Directive (EU) 2024/1346, 16), since 12 June 2026; before that it was three (bron: CELEX-32013L0033).
const schoolMonths = 2

// Over says whether a child waits longer than the norm.
func (s School) Over(today clock.Date) bool {
	return s.Out() && !s.Since.IsZero() && today.After(normEnds(s.Since))
}

func normEnds(since clock.Date) clock.Date {
	end := clock.On(since.Year, since.Month+schoolMonths, since.Day)
	if end.Day != since.Day { // the month has no such day: its last
		end = end.AddDays(-end.Day)
	}
	return end
}

// overBefore is the day such that whoever waits since before it is over the norm: for a question to the database, which
// counts no months. A day in the list is asked again with Over.
func overBefore(today clock.Date) clock.Date {
	return clock.On(today.Year, today.Month-schoolMonths, today.Day).AddDays(1)
}

// The duties to go to school. bron: BWBR0002628 (Leerplichtwet 1969, 3 and 4a).
const (
	Young   = "young"   // no duty yet
	Duty    = "duty"    // from the month after the fifth birthday until the end of the school year of the sixteenth
	Qualify = "qualify" // until eighteen, or a diploma
	Grown   = "grown"
)

var bornForm = regexp.MustCompile(`^(\d{4})(?:-(\d{2}))?$`)

// DutyOf says what the law asks of a child born then; nothing when that cannot be said.
func DutyOf(born string, today clock.Date) string {
	m := bornForm.FindStringSubmatch(born)
	if m == nil {
		return ""
	}
	year, _ := strconv.Atoi(m[1])
	if m[2] != "" {
		month, _ := strconv.Atoi(m[2])
		return dutyOf(year, time.Month(month), today)
	}
	first, last := dutyOf(year, time.January, today), dutyOf(year, time.December, today)
	if first != last {
		return ""
	}
	return first
}

func dutyOf(year int, month time.Month, today clock.Date) string {
	begins := clock.On(year+5, month+1, 1)
	sixteen := clock.On(year+16, month, 1)
	ends := clock.On(sixteen.Year, time.August, 1) // the school year lasts from 1 August to 31 July
	if sixteen.Month >= time.August {
		ends = clock.On(sixteen.Year+1, time.August, 1)
	}
	switch {
	case today.Before(begins):
		return Young
	case today.Before(ends):
		return Duty
	case today.Before(clock.On(year+18, month, 1)):
		return Qualify
	}
	return Grown
}

// SchoolInput is the form of how it stands with a child.
type SchoolInput struct{ Child, Name, Born, State, Since, School, Level, Transport, Note string }

// Check finds all faults of a form.
func (in SchoolInput) Check(today clock.Date) (SchoolText, clock.Date, fault.Fields) {
	var fs fault.Fields
	if in.Name == "" {
		fs.Add("name", "care.error.child")
	}
	text(&fs, "name", in.Name, 80)
	if m := bornForm.FindStringSubmatch(in.Born); in.Born != "" && (m == nil || in.Born[:4] < "1990" || m[2] > "12" || m[2] == "00" || in.Born > today.String()[:7]) {
		fs.Add("born", "care.error.born")
	}
	if !slices.Contains(SchoolStates, in.State) {
		fs.Add("state", "care.error.state")
	}
	since := day(&fs, "since", in.Since)
	if since.After(today) {
		fs.Add("since", "care.error.future")
	}
	text(&fs, "school", in.School, 120)
	known(&fs, "level", in.Level, Levels)
	known(&fs, "transport", in.Transport, Transports)
	text(&fs, "note", in.Note, noteMost)
	return SchoolText{Name: in.Name, Born: in.Born, School: in.School, Level: in.Level, Transport: in.Transport, Note: in.Note}, since, fs
}
