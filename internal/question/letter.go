package question

// This file holds letters: what one is, from whom, and by which day it asks for something.

import (
	"slices"
	"time"
	"unicode/utf8"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/privacy"
)

// LetterKinds are what a letter can be.
var LetterKinds = []string{"invite", "decision", "ask", "bill", "info", "other"}

// Letter is what a colleague read in a letter.
type Letter struct {
	Ask, Person string
	Kind        string
	Day         clock.Date // of the letter; zero when nobody wrote it down
	Act         clock.Date // by which it asks for something; zero when it asks for nothing
	At          time.Time
	MadeBy      string
	Done        time.Time // when somebody said that what it asks is done; zero when nobody did
	DoneBy      string
	Body        []byte
	What        LetterText `db:"-"`
}

// Asks says whether a letter still asks for something.
func (l Letter) Asks() bool { return !l.Act.IsZero() && l.Done.IsZero() }

// aloud is an explanation that is given in the person's language by word of mouth, so that nothing is written in it.
const aloud = "aloud"

// letterHows are how an explanation comes into somebody's language.
var letterHows = append(slices.Clone(Hows), aloud)

// LetterText is what is kept sealed of it.
type LetterText struct {
	From string `json:"from,omitempty"`
}

// LetterInput is the form: what the letter is, and the explanation as any answer.
type LetterInput struct {
	Kind string `json:"kind,omitempty"`
	From string `json:"from,omitempty"`
	Day  string `json:"day,omitempty"`
	Act  string `json:"actBefore,omitempty"`
	AnswerInput
}

// mostFrom is how long the name of a sender may be; how far back and ahead the days of a letter may lie, in years.
const (
	mostFrom  = 120
	yearsBack = 20
	yearsOn   = 10
)

// Check names all faults at once, and reads the days.
func (in LetterInput) Check(tag string, today clock.Date) (Letter, fault.Fields) {
	var fs fault.Fields
	l := Letter{Kind: in.Kind, What: LetterText{From: in.From}}
	if !slices.Contains(LetterKinds, in.Kind) {
		fs.Add("soort", "question.error.kind")
	}
	switch {
	case utf8.RuneCountInString(in.From) > mostFrom:
		fs.Add("van", "question.error.long", "n", utf8.RuneCountInString(in.From), "most", mostFrom)
	case privacy.HasBSN(in.From):
		fs.Add("van", "question.error.bsn")
	}
	day := func(field, s string, last clock.Date) clock.Date {
		if s == "" {
			return clock.Date{}
		}
		d, err := clock.ParseDate(s)
		if err != nil || d.After(last) || d.Before(clock.On(today.Year-yearsBack, today.Month, today.Day)) {
			fs.Add(field, "question.error.day")
		}
		return d
	}
	l.Day = day("dag", in.Day, today)
	l.Act = day("voor", in.Act, clock.On(today.Year+yearsOn, today.Month, today.Day))
	if len(fs) == 0 && !l.Act.IsZero() && l.Act.Before(l.Day) {
		fs.Add("voor", "question.error.act")
	}
	spoken := in.AnswerInput
	if in.How == aloud {
		spoken.How = ""
	}
	fs = append(fs, spoken.Check(tag)...)
	if tag != "nl" && in.Other == "" && in.How != aloud {
		fs.Add("vertaling", "question.error.other") // the page promises an explanation in one's own language
	}
	return l, fs
}

// words is what an explanation keeps.
func (in LetterInput) words(tag string) Words {
	w := in.AnswerInput.words(tag)
	if in.How == aloud && tag != "nl" {
		w.How = aloud
	}
	return w
}

// Empty says that nothing was written.
func (in LetterInput) Empty() bool { return in == LetterInput{AnswerInput: AnswerInput{How: in.How}} }
