package interview

// This file holds corrections and additions: what the report says, what it should say, and whether that is what the person
// means.

import (
	"time"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/fault"
)

// Correction is one thing in a report that is not right, or is missing.
type Correction struct {
	ID          string
	Interview   string
	Person      string
	N           int
	Agreed      string // read back to the person: "", yes or no
	AgreedOn    clock.Date
	Interpreted bool
	Sent        string // the sending that it went with
	MadeBy      string
	At          time.Time
	Removed     time.Time
	Version     int64
	Body        []byte         `json:"-"`
	What        CorrectionText `db:"-"`
}

// CorrectionText is what is sealed of a correction.
type CorrectionText struct {
	Page   string `json:"page,omitempty"`
	Line   string `json:"line,omitempty"`
	Says   string `json:"says,omitempty"` // empty: something is missing
	Should string `json:"should"`
	By     string `json:"by"`            // who said so, of Tellers
	Who    string `json:"who,omitempty"` // somebody else's name
}

// Tellers are who says that something in a report is wrong.
var Tellers = []string{"person", "companion", "lawyer", "other"}

// CorrectionInput is the form of a correction.
type CorrectionInput struct {
	Page, Line, Says, Should, By, Who string
	Agreed, AgreedOn                  string
	Interpreted                       bool
}

// Check finds all faults of a form.
func (in CorrectionInput) Check(today clock.Date) (Correction, fault.Fields) {
	var fs fault.Fields
	c := Correction{Agreed: in.Agreed, Interpreted: in.Interpreted, What: CorrectionText{Page: in.Page, Line: in.Line, Says: in.Says, Should: in.Should, By: in.By, Who: in.Who}}
	text(&fs, "page", in.Page, 20)
	text(&fs, "line", in.Line, 20)
	text(&fs, "says", in.Says, textMost)
	if in.Should == "" {
		fs.Add("should", "interview.error.should")
	}
	text(&fs, "should", in.Should, textMost)
	oneOf(&fs, "by", in.By, Tellers)
	if in.By == "other" && in.Who == "" {
		fs.Add("who", "interview.error.who")
	}
	text(&fs, "who", in.Who, lineMost)
	oneOf(&fs, "agreed", in.Agreed, []string{"", "yes", "no"})
	c.AgreedOn = day(&fs, "agreed_on", in.AgreedOn)
	switch {
	case in.Agreed == "":
		c.AgreedOn, c.Interpreted = clock.Date{}, false
	case in.AgreedOn == "":
		fs.Add("agreed_on", "interview.error.agreed_on")
	case c.AgreedOn.After(today):
		fs.Add("agreed_on", "interview.error.future")
	}
	return c, fs
}

func (c Correction) input() CorrectionInput {
	w := c.What
	return CorrectionInput{Page: w.Page, Line: w.Line, Says: w.Says, Should: w.Should, By: w.By, Who: w.Who, Agreed: c.Agreed, AgreedOn: c.AgreedOn.String(), Interpreted: c.Interpreted}
}

// Sending is that corrections left the house.
type Sending struct {
	ID        string
	Interview string
	Person    string
	Recipient string
	Day       clock.Date
	Event     string // that as an event in the procedure; empty when none knows it
	MadeBy    string
	At        time.Time
	Body      []byte      `json:"-"`
	What      SendingText `db:"-"`
}

// SendingText is what is sealed of a sending.
type SendingText struct {
	Proof string `json:"proof,omitempty"`
	Who   string `json:"who,omitempty"`
}

// Recipients are to whom corrections go.
var Recipients = []string{"lawyer", "ind", "other"}

// SendingInput is the form of a sending.
type SendingInput struct{ Recipient, Day, Proof, Who string }

// Check finds all faults of a form. received is the day on which the report came.
func (in SendingInput) Check(received, today clock.Date) (Sending, fault.Fields) {
	var fs fault.Fields
	s := Sending{Recipient: in.Recipient, What: SendingText{Proof: in.Proof, Who: in.Who}}
	oneOf(&fs, "recipient", in.Recipient, Recipients)
	s.Day = day(&fs, "sent_on", in.Day)
	switch {
	case in.Day == "":
		fs.Add("sent_on", "interview.error.sent_on")
	case s.Day.IsZero(): // told already
	case s.Day.After(today):
		fs.Add("sent_on", "interview.error.future")
	case !received.IsZero() && s.Day.Before(received):
		fs.Add("sent_on", "interview.error.before_report")
	}
	if in.Recipient == "other" && in.Who == "" {
		fs.Add("to_who", "interview.error.who")
	}
	text(&fs, "to_who", in.Who, lineMost)
	text(&fs, "proof", in.Proof, lineMost*3)
	return s, fs
}

// toSend are the corrections that have not left the house yet.
func toSend(cs []Correction) []Correction {
	var out []Correction
	for _, c := range cs {
		if c.Removed.IsZero() && c.Sent == "" {
			out = append(out, c)
		}
	}
	return out
}

// unread are the corrections of which nobody knows yet whether the person agrees.
func unread(cs []Correction) int {
	n := 0
	for _, c := range cs {
		if c.Agreed != "yes" {
			n++
		}
	}
	return n
}
