package question

// This file holds questions and answers: what a form must say, when a question may be taken back, and who hears of one that
// waits.

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

// Ask is one question with all that was said about it.
type Ask struct {
	ID, Person string
	Team       string // that does the work
	Owner      string // who minds it; empty when nobody has the file
	Lang       string // of the page on which it was asked
	At         time.Time
	Since      time.Time // since when somebody waits for an answer; zero when nobody does
	Due        time.Time // by when an answer was promised
	DeputyAt   time.Time // when who stands in hears of it
	LeadAt     time.Time // when who leads the team hears of it
	Rung       int       // how far it climbed
	FirstAt    time.Time // of the first answer
	Took       int       // minutes of working time until then
	Late       bool      // the first answer came after the promise
	Told       time.Time // of the last answer
	Seen       time.Time // when the person last looked
	Withdrawn  time.Time
	Letter     bool // a letter that should be explained
	Version    int64
}

// Waits says whether somebody waits for an answer.
func (a Ask) Waits() bool { return !a.Since.IsZero() && a.Withdrawn.IsZero() }

// Over says whether the promise is broken at this moment.
func (a Ask) Over(now time.Time) bool { return a.Waits() && now.After(a.Due) }

// New says whether there is an answer that the person has not looked at.
func (a Ask) New() bool { return !a.Told.IsZero() && a.Told.After(a.Seen) && a.Withdrawn.IsZero() }

// TakenBack says whether a question may be taken back: nobody answered it yet.
func (a Ask) TakenBack() bool { return a.FirstAt.IsZero() && a.Withdrawn.IsZero() }

// UndoDays is how long a question that was taken back can be put back; then it is destroyed.
const UndoDays = 30

// Undoable says whether a question that was taken back can be put back.
func (a Ask) Undoable(now time.Time) bool {
	return !a.Withdrawn.IsZero() && now.Before(a.Withdrawn.AddDate(0, 0, UndoDays))
}

// The kinds of lines.
const (
	Asked    = "asked"
	Answered = "answered"
)

// Hows are how a translation came to be. One that a machine made is called so.
var Hows = []string{"self", "interpreter", "machine"}

// Line is one thing that was said.
type Line struct {
	ID, Ask, Person string
	Kind            string
	At              time.Time
	MadeBy          string
	Body            []byte
	What            Words `db:"-"`
}

// Words are what a line says; they are kept sealed.
type Words struct {
	Text  string `json:"text"`            // of an answer: in Dutch
	Other string `json:"other,omitempty"` // of an answer: the same in the language of the question
	How   string `json:"how,omitempty"`   // who translated: one of Hows
	Heard string `json:"heard,omitempty"` // of an answer: in Dutch what was understood of a recording
}

// mostText is how long a text may be, in letters; mostWaiting how many questions of one person may wait at a time.
const (
	mostText    = 4000
	mostWaiting = 10
)

// CheckAsked names what is wrong with a question. One that is spoken or photographed needs no words.
func CheckAsked(text string, files, waiting int) fault.Fields {
	var fs fault.Fields
	missing := "question.error.text"
	if files > 0 {
		missing = ""
	}
	checkText(&fs, "tekst", text, missing)
	if waiting >= mostWaiting {
		fs.Add("tekst", "question.error.many")
	}
	return fs
}

// AnswerInput is the form of an answer.
type AnswerInput struct{ Text, Other, How, Heard string }

// Empty says that nothing was written.
func (in AnswerInput) Empty() bool { return in.Text == "" && in.Other == "" && in.Heard == "" }

// Check names all faults at once. A question in Dutch needs no translation.
func (in AnswerInput) Check(tag string) fault.Fields {
	var fs fault.Fields
	checkText(&fs, "antwoord", in.Text, "question.error.answer")
	checkText(&fs, "vertaling", in.Other, "")
	checkText(&fs, "gehoord", in.Heard, "")
	if in.Other != "" && tag != "nl" && !slices.Contains(Hows, in.How) {
		fs.Add("hoe", "question.error.how")
	}
	return fs
}

// words is what an answer keeps.
func (in AnswerInput) words(tag string) Words {
	if in.Other == "" || tag == "nl" {
		return Words{Text: in.Text, Heard: in.Heard}
	}
	return Words(in)
}

// checkText names what is wrong with words; missing is the fault when there are none, empty when there need not be any.
func checkText(fs *fault.Fields, field, text, missing string) {
	switch n := utf8.RuneCountInString(text); {
	case strings.TrimSpace(text) == "" && missing != "":
		fs.Add(field, missing)
	case n > mostText:
		fs.Add(field, "question.error.long", "n", n, "most", mostText)
	case privacy.HasBSN(text):
		fs.Add(field, "question.error.bsn")
	}
}

// Terms are how long an answer may take, in working hours, and when a question climbs. They stand beside each question from
// the moment it is asked, and do not move when these do.
type Terms struct {
	ID                    string
	Promise, Deputy, Lead int
	Since                 time.Time
	MadeBy                string
}

// assumedTerms hold until a regional manager chooses: an answer within two working days; who stands in hears after one.
var assumedTerms = Terms{Promise: 2 * DayHours, Deputy: DayHours, Lead: 2 * DayHours}

// mostHours is the longest anybody may be let wait: two weeks of working days.
const mostHours = 10 * DayHours

// TermsInput is the form of the terms.
type TermsInput struct{ Promise, Deputy, Lead string }

// Check names all faults at once. The climb may not begin after it is over.
func (in TermsInput) Check() (Terms, fault.Fields) {
	var fs fault.Fields
	number := func(field, s string) int {
		n, err := strconv.Atoi(s)
		if err != nil || n < 1 || n > mostHours {
			fs.Add(field, "question.error.hours", "most", mostHours)
		}
		return n
	}
	t := Terms{Promise: number("belofte", in.Promise), Deputy: number("vervanger", in.Deputy), Lead: number("leiding", in.Lead)}
	if len(fs) == 0 && t.Deputy > t.Lead {
		fs.Add("vervanger", "question.error.order")
	}
	return t, fs
}

// wait lets somebody wait from a moment on.
func (a *Ask) wait(from time.Time, t Terms, working func(clock.Date) bool) {
	a.Since, a.Rung = from, 0
	a.Due, a.DeputyAt, a.LeadAt = After(from, t.Promise, working), After(from, t.Deputy, working), After(from, t.Lead, working)
}

// The roles of who hears of a question that waits.
const (
	deputyRung = 1
	leadRung   = 2
)

// rung is how far a question has to climb by now. Nobody has the file: then who leads the team hears of it at once. Somebody
// stands in today: then the colleague is away, and there is nothing to wait for.
func (a Ask) rung(now time.Time, deputy string) int {
	switch {
	case !a.Waits():
		return 0
	case a.Owner == "", !now.Before(a.LeadAt):
		return leadRung
	case deputy != "", !now.Before(a.DeputyAt):
		return deputyRung
	}
	return 0
}

// Hearer is somebody who hears of a question that waits.
type Hearer struct {
	Rung   int
	Holder string
}

// hearers are who must know of a question that climbed so far. Where nobody stands at one rung, the other one hears of it, so
// that no question climbs into nothing.
func (a Ask) hearers(rung int, deputy string, leads []string) []Hearer {
	var out []Hearer
	add := func(at int, who ...string) {
		for _, h := range who {
			if h != "" && h != a.Owner && !slices.ContainsFunc(out, func(x Hearer) bool { return x.Holder == h }) {
				out = append(out, Hearer{at, h})
			}
		}
	}
	if rung >= deputyRung {
		if deputy != "" {
			add(deputyRung, deputy)
		} else {
			add(deputyRung, leads...)
		}
	}
	if rung >= leadRung {
		add(leadRung, leads...)
	}
	return out
}
