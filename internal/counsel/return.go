package counsel

// This file holds a talk about return: what the person chooses at every step, and the handover to an organisation there. The
// procedure and its follow-up after 1, 3, 6 and 12 months stand with the other procedures.

import (
	"net/url"
	"slices"
	"strings"
	"time"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/fault"
)

// Choices are what the person may choose, at every step and as often as they wish.
var Choices = []string{"go_on", "wait", "stop"}

// Stop ends every handover of the talk, and the procedure of return.
const Stop = "stop"

// Answers are what a partner may say.
var Answers = []string{"accepted", "refused", "none"}

// Talk is one conversation about return, known to those who were set beside it.
type Talk struct {
	ID, Person, OpenedBy string
	At                   time.Time
}

// Choice is what the person chose on a day, in their words.
type Choice struct {
	ID, Choice, MadeBy string
	Day                clock.Date
	At                 time.Time
	Body               []byte `json:"-"`
	Words              string `db:"-"`
}

// Handover is one handover to a partner.
type Handover struct {
	ID, Talk, Person, Party string
	At                      time.Time
	MadeBy                  string
	Consent                 string    // on which it was handed over
	Handed                  time.Time // when; zero while it is being prepared
	HandedBy                string
	Answer                  string
	Answered                clock.Date
	Ended                   time.Time
	Body                    []byte        `json:"-"`
	What                    HandoverWords `db:"-"`
}

// state names how a handover stands.
func (h Handover) state() string {
	switch {
	case !h.Ended.IsZero():
		return "ended"
	case h.Answer != "":
		return h.Answer
	case !h.Handed.IsZero():
		return "handed"
	}
	return "preparing"
}

// when is since when it stands so.
func (h Handover) when() time.Time {
	switch {
	case !h.Ended.IsZero():
		return h.Ended
	case !h.Handed.IsZero():
		return h.Handed
	}
	return h.At
}

// HandoverWords is what is written about it; sealed.
type HandoverWords struct {
	Contact string `json:"contact,omitempty"` // who at the partner
	Said    string `json:"said,omitempty"`    // what the partner answered
}

// Note is something about how it goes after the return.
type Note struct {
	ID, MadeBy string
	At         time.Time
	Body       []byte `json:"-"`
	Text       string `db:"-"`
}

// ChoiceInput is the form of a choice.
type ChoiceInput struct{ Choice, Words string }

// ReadChoice takes the fields of a form.
func ReadChoice(f url.Values) ChoiceInput {
	return ChoiceInput{Choice: strings.TrimSpace(f.Get("keuze")), Words: strings.TrimSpace(f.Get("woorden"))}
}

// Check finds all faults of a form. Stopping asks for no words.
func (in ChoiceInput) Check() fault.Fields {
	var fs fault.Fields
	if !slices.Contains(Choices, in.Choice) {
		fs.Add("keuze", "counsel.error.choice")
	}
	if in.Words == "" && in.Choice != Stop {
		fs.Add("woorden", "counsel.error.words")
	}
	text(&fs, "woorden", in.Words, textMost)
	return fs
}

// AnswerInput is the form of what a partner answered.
type AnswerInput struct{ Answer, Day, Contact, Said string }

// ReadAnswer takes the fields of a form.
func ReadAnswer(f url.Values) AnswerInput {
	return AnswerInput{Answer: strings.TrimSpace(f.Get("antwoord")), Day: strings.TrimSpace(f.Get("dag")), Contact: strings.Join(strings.Fields(f.Get("contact")), " "), Said: strings.TrimSpace(f.Get("gezegd_door"))}
}

// Check finds all faults of a form and reads the day.
func (in AnswerInput) Check(today clock.Date) (clock.Date, fault.Fields) {
	var fs fault.Fields
	if !slices.Contains(Answers, in.Answer) {
		fs.Add("antwoord", "counsel.error.answer")
	}
	d := day(&fs, "dag", in.Day)
	switch {
	case in.Day == "":
		fs.Add("dag", "counsel.error.answerday")
	case d.After(today):
		fs.Add("dag", "counsel.error.past")
	}
	text(&fs, "contact", in.Contact, lineMost)
	text(&fs, "gezegd_door", in.Said, textMost)
	return d, fs
}
