package litigation

// This file holds what stands in a case: who takes part, which dates there are, and what the judges said.

import (
	"slices"
	"time"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/fault"
)

// The kinds of what stands in a case.
const (
	Party    = "party"
	Third    = "third"  // somebody who joins in: a third-party intervention
	Abroad   = "abroad" // a partner in another country
	Hearing  = "hearing"
	Deadline = "deadline"
	Judgment = "judgment"
)

// The kinds, by the form that asks for them.
var (
	Sides = []string{Party, Third, Abroad}
	Kinds = slices.Concat(Sides, []string{Hearing, Deadline, Judgment})
)

// Outcomes are how a judgment can end.
var Outcomes = []string{"won", "part", "lost", "inadmissible", "settled"}

// The states of a deadline; the other kinds have none.
const (
	Due  = "due"
	Met  = "met"
	Gone = "gone" // it falls away
)

// fates are all turns of a deadline.
var fates = map[string][]string{
	Due:  {Met, Gone},
	Met:  {Due},
	Gone: {Due},
}

// Item is one of them. Day is when it is or was; of a deadline the last day.
type Item struct {
	ID, Matter, Kind, State, MadeBy string
	Day                             clock.Date
	At, Gone                        time.Time
	Version                         int64
	Body                            []byte
	Said                            Said `db:"-"`
}

// Said is what is sealed of it.
type Said struct {
	Who     string     `json:"who"`
	What    string     `json:"what,omitempty"`
	ECLI    string     `json:"ecli,omitempty"`
	Outcome string     `json:"outcome,omitempty"`
	Rule    string     `json:"rule,omitempty"` // of a deadline: the rule that counted it; empty when a colleague did
	Law     string     `json:"law,omitempty"`
	From    clock.Date `json:"from,omitempty"` // of a deadline: the day from which it was counted
	Safe    clock.Date `json:"safe,omitempty"` // and the day before any law moves its end
}

// forms are the kinds that each form of the page asks for; before stands before the names of its fields, because forms of one page
// may not have fields of one name.
var (
	forms  = map[string][]string{"side": Sides, "hearing": {Hearing}, "deadline": {Deadline}, "judgment": {Judgment}}
	before = map[string]string{"side": "kant-", "hearing": "zitting-", "deadline": "termijn-", "judgment": "uitspraak-"}
)

// ItemInput is the form of one, and which form it is.
type ItemInput struct{ Form, Kind, Who, What, Day, ECLI, Outcome, Rule, From string }

// Check names all faults at once. Rules are those that the legal engine can count; with one of them the day comes from there.
func (in ItemInput) Check(rules []string, today clock.Date) (Item, fault.Fields) {
	var fs fault.Fields
	pre := before[in.Form]
	x := Item{Kind: in.Kind, Said: Said{Who: in.Who, What: in.What}}
	if !slices.Contains(forms[in.Form], in.Kind) {
		fs.Add(pre+"soort", "litigation.error.choose")
	}
	checkWords(&fs, pre+"wie", in.Who, mostLine, true)
	checkWords(&fs, pre+"wat", in.What, mostWords, slices.Contains(Sides, in.Kind))
	switch in.Kind {
	case Hearing:
		x.Day = dayIn(&fs, pre+"dag", in.Day, clock.On(2000, 1, 1), today.AddDays(5*366))
	case Judgment:
		x.Day = dayIn(&fs, pre+"dag", in.Day, clock.On(1950, 1, 1), today)
		if x.Said.Outcome = in.Outcome; !slices.Contains(Outcomes, in.Outcome) {
			fs.Add(pre+"uitkomst", "litigation.error.choose")
		}
		if in.ECLI != "" {
			e, wrong := ReadECLI(in.ECLI, today.Year)
			if x.Said.ECLI = e.String(); wrong != "" {
				fs.Add(pre+"ecli", "litigation.error.ecli."+wrong)
			}
		}
	case Deadline:
		x.State = Due
		if in.Rule == "" {
			x.Day = dayIn(&fs, pre+"dag", in.Day, today.AddDays(-366), today.AddDays(5*366))
			break
		}
		if x.Said.Rule = in.Rule; !slices.Contains(rules, in.Rule) {
			fs.Add(pre+"regel", "litigation.error.choose")
		}
		x.Said.From = dayIn(&fs, pre+"vanaf", in.From, today.AddDays(-2*366), today)
	}
	return x, fs
}

func dayIn(fs *fault.Fields, field, s string, first, last clock.Date) clock.Date {
	t, err := time.Parse("2006-01-02", s)
	d := clock.DateOf(t)
	if err != nil || d.Before(first) || d.After(last) {
		fs.Add(field, "litigation.error.day")
		return clock.Date{}
	}
	return d
}

// Step is something that happened to a case.
type Step struct {
	ID, Matter, Kind, State, About, MadeBy string
	At                                     time.Time
	Body                                   []byte
	Words                                  StepWords `db:"-"`
}

// StepWords are what was said; of a count also what was asked, and how it was told.
type StepWords struct {
	Words string    `json:"words,omitempty"`
	For   *Criteria `json:"criteria,omitempty"`
	Shown int       `json:"shown,omitempty"`
	Small bool      `json:"small,omitempty"`
}

// The kinds of steps.
const (
	Began     = "began"
	Turned    = "turned"
	Noted     = "noted"
	Counted   = "counted"
	Wished    = "wished" // the colleagues of the people were asked
	Read      = "read"   // who said yes was read
	Added     = "added"
	Removed   = "removed"
	Restored  = "restored"
	Fated     = "fated"
	Effected  = "effected"
	Delivered = "delivered" // its owner left, or gave it to another
)

// StepKinds are all of them.
var StepKinds = []string{Began, Turned, Noted, Counted, Wished, Read, Added, Removed, Restored, Fated, Effected, Delivered}
