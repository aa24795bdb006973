package counsel

// This file holds what a lawyer leaves for us: a question, or a date. It changes nothing in a file; a colleague decides.

import (
	"net/url"
	"regexp"
	"strings"
	"time"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/fault"
)

// The kinds of words.
const (
	Question = "question"
	Hearing  = "hearing" // a date that the lawyer proposes
)

// What came of it.
const (
	Waiting  = ""
	Taken    = "taken"    // seen; a date was taken over where dates stand
	Declined = "declined" // a date that is not taken over, with the reason
)

// Word is one question or date.
type Word struct {
	ID, Person, Representation, Party string
	Kind                              string
	Day                               clock.Date
	At                                time.Time
	Settled                           time.Time
	SettledBy, Outcome                string
	Body                              []byte   `json:"-"`
	Answer                            []byte   `json:"-"`
	What                              WordText `db:"-"`
	Reply                             string   `db:"-"`
}

// WordText is what the lawyer wrote; sealed.
type WordText struct {
	Text  string `json:"text,omitempty"`
	Time  string `json:"time,omitempty"`
	Place string `json:"place,omitempty"`
}

// WordInput is the form.
type WordInput struct{ Kind, Text, Day, Time, Place string }

// ReadWord takes the fields of a form.
func ReadWord(f url.Values) WordInput {
	one := func(k string) string { return strings.Join(strings.Fields(f.Get(k)), " ") }
	return WordInput{Kind: one("wat"), Text: strings.TrimSpace(f.Get("tekst")), Day: one("dag"), Time: one("tijd"), Place: one("plaats")}
}

var clockTime = regexp.MustCompile(`^([01]?\d|2[0-3])[:.][0-5]\d$`)

const wordMost = 2000

// Check finds all faults of a form and reads the day.
func (in WordInput) Check(today clock.Date) (clock.Date, fault.Fields) {
	var fs fault.Fields
	text(&fs, "tekst", in.Text, wordMost)
	text(&fs, "plaats", in.Place, lineMost)
	switch in.Kind {
	case Question:
		if in.Text == "" {
			fs.Add("tekst", "counsel.error.text")
		}
		return clock.Date{}, fs
	case Hearing:
		d := day(&fs, "dag", in.Day)
		switch {
		case in.Day == "":
			fs.Add("dag", "counsel.error.hearing")
		case !d.IsZero() && (d.Before(today) || d.After(today.AddDays(3*366))):
			fs.Add("dag", "counsel.error.coming")
		}
		if in.Time != "" && !clockTime.MatchString(in.Time) {
			fs.Add("tijd", "counsel.error.time")
		}
		return d, fs
	}
	fs.Add("wat", "counsel.error.kind")
	return clock.Date{}, fs
}
