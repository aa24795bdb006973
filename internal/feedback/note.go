package feedback

// This file holds what somebody thinks of a service: three taps, and words when they want.

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/privacy"
)

// Feels are how it was, best first; Abouts are what it was about.
var (
	Feels  = []string{"good", "soso", "bad"}
	Abouts = []string{"desk", "appointment", "session", "letter", "interpreter", "app", aboutOther}
)

const aboutOther = "other"

// Note is what somebody thinks of a service. Person is empty when it was said without a name.
type Note struct {
	ID, Person, Team  string
	Feel, About, Lang string
	Day               clock.Date
	Body              []byte
	Done              time.Time
	DoneBy            string
	Text              string `db:"-"`
}

const mostNote = 1000

// NoteInput is the form as it was sent.
// Spoken says that a recording came with it: then what it is about may be left open, for whoever does not read it all.
type NoteInput struct {
	Feel, About, Name, Text string
	Spoken                  bool
}

// Named says whether the person wants it to be known who said it. Only a clear yes is one.
func (in NoteInput) Named() bool { return in.Name == "with" }

// Check names all faults at once.
func (in NoteInput) Check() fault.Fields {
	var fs fault.Fields
	if !slices.Contains(Feels, in.Feel) {
		fs.Add("hoe", "feedback.error.feel")
	}
	if !slices.Contains(Abouts, in.About) && !(in.Spoken && in.About == "") {
		fs.Add("over", "feedback.error.about")
	}
	if in.Name != "with" && in.Name != "without" {
		fs.Add("naam", "feedback.error.name")
	}
	checkText(&fs, "tekst", in.Text, "", mostNote)
	return fs
}

// checkText names what is wrong with words; missing is the fault when there are none, empty when there need not be any.
func checkText(fs *fault.Fields, field, text, missing string, most int) {
	switch n := utf8.RuneCountInString(text); {
	case strings.TrimSpace(text) == "" && missing != "":
		fs.Add(field, missing)
	case n > most:
		fs.Add(field, "feedback.error.long", "n", n, "most", most)
	case privacy.HasBSN(text):
		fs.Add(field, "feedback.error.bsn")
	}
}

// Count is how often something was said in a month, as it may be told: a count so small that somebody could be picked out
// of it is only told to be small.
type Count struct {
	N     int
	Small bool
}

// Month is what a team heard in a month.
type Month struct {
	Team            string
	Month           clock.Date // its first day
	All             Count
	Good, Soso, Bad Count
	Split           bool // the three may be told; else only All
}

// Monthly counts by month. When one of the three is small, none of the three is told: with the whole beside two of them
// anybody could work out the third.
func Monthly(team string, month clock.Date, good, soso, bad int) Month {
	m := Month{Team: team, Month: month, All: count(good + soso + bad), Good: count(good), Soso: count(soso), Bad: count(bad)}
	m.Split = !m.All.Small && !m.Good.Small && !m.Soso.Small && !m.Bad.Small
	return m
}

func count(n int) Count {
	shown, small := privacy.Small(n)
	return Count{shown, small}
}
