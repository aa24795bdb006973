package monitor

// This file holds what was shared with networks abroad and with researchers: a report that was released or its figures, never more.

import (
	"slices"
	"time"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/fault"
)

// Networks are those with whom is shared, in the order of the form; Shares what can be.
var (
	Networks = []string{"elena", "aida", "ecre", "unhcr", "fra", "university", "partner", "other"}
	Shares   = []string{"report", "figures"}
)

// Share is one time that something was shared. Answered is the day of the answer; zero while there is none.
type Share struct {
	ID, Report, What, Network, MadeBy string
	Day, Answered                     clock.Date
	At, Gone                          time.Time
	Version                           int64
	Body                              []byte
	Said                              ShareSaid `db:"-"`
}

// ShareSaid is what is sealed of it.
type ShareSaid struct {
	Whom   string `json:"whom"`             // which office or project
	Why    string `json:"why"`              // what they asked, or what it is for
	Answer string `json:"answer,omitempty"` // what they answered
}

// ShareInput is the form.
type ShareInput struct{ Report, What, Network, Day, Whom, Why string }

const mostWhom = 200

// Check names all faults at once. Released are the reports that can be shared, with the day on which each was released: before it nobody
// shared it.
func (in ShareInput) Check(released map[string]clock.Date, today clock.Date) (Share, fault.Fields) {
	var fs fault.Fields
	x := Share{Report: in.Report, What: in.What, Network: in.Network, Said: ShareSaid{Whom: in.Whom, Why: in.Why}}
	first, ok := released[in.Report]
	if !ok {
		fs.Add("rapport", "monitor.error.choose")
	}
	if !slices.Contains(Shares, in.What) {
		fs.Add("wat", "monitor.error.choose")
	}
	if !slices.Contains(Networks, in.Network) {
		fs.Add("netwerk", "monitor.error.choose")
	}
	d, err := clock.ParseDate(in.Day)
	if x.Day = d; err != nil || d.After(today) {
		fs.Add("dag", "monitor.error.past")
	} else if ok && d.Before(first) {
		fs.Add("dag", "monitor.error.unreleased")
	}
	checkWords(&fs, "wie", in.Whom, mostWhom)
	checkWords(&fs, "waarvoor", in.Why, mostWords)
	return x, fs
}

// AnswerInput is the form of what they answered.
type AnswerInput struct{ Day, Words string }

// Check names all faults at once.
func (in AnswerInput) Check(x Share, today clock.Date) (Share, fault.Fields) {
	var fs fault.Fields
	d, err := clock.ParseDate(in.Day)
	if x.Answered = d; err != nil || d.After(today) || d.Before(x.Day) {
		fs.Add("dag", "monitor.error.answered")
	}
	checkWords(&fs, "antwoord", in.Words, mostWords)
	x.Said.Answer = in.Words
	return x, fs
}
