package care

// This file holds what help somebody needs, coded by the help.

import (
	"slices"
	"time"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/privacy"
)

// Code is one kind of help. Desk says whether the desk sees it at check-in: only what a desk can act on.
type Code struct {
	Name string
	Desk bool
}

// Codes are all kinds of help, in the order in which pages show them.
var Codes = []Code{
	{"slow", true}, {"reading", true}, {"sign", true}, {"hearing", true}, {"sight", true},
	{"wheelchair", true}, {"nostairs", true}, {"quiet", true}, {"breaks", true},
	{"woman", true}, {"man", true}, {"companion", true}, {"discreet", true},
	{"noground", false}, {"ownroom", false}, {"nightcare", false}, {"medicine", false}, {"guardian", false}, {"protection", false},
	{"other", false},
}

// codeOf finds a code by name.
func codeOf(name string) (Code, bool) {
	i := slices.IndexFunc(Codes, func(c Code) bool { return c.Name == name })
	if i < 0 {
		return Code{}, false
	}
	return Codes[i], true
}

func codeNames() []string {
	var out []string
	for _, c := range Codes {
		out = append(out, c.Name)
	}
	return out
}

// Tolds are who told it.
var Tolds = []string{"self", "family", "colleague", "doctor", "reception", "noticed"}

// Consents are why it may be written down: the person agreed, or somebody for them, or there is danger.
var Consents = []string{"yes", "guardian", "danger"}

// Need is one kind of help that somebody needs.
type Need struct {
	ID        string
	Person    string
	Desk      bool
	Own       bool // told by the person on their own page
	MadeBy    string
	At        time.Time
	Review    clock.Date
	Removed   time.Time
	RemovedBy string
	Back      bool     // there is a background
	Body      []byte   `json:"-"`
	What      NeedText `db:"-"`
}

// NeedText is what is written about it; it is kept sealed.
type NeedText struct {
	Code    string `json:"code"`
	Note    string `json:"note,omitempty"` // how to do it well; why stands in the background
	Told    string `json:"told"`
	Consent string `json:"consent"`
}

// TakenBack is how long what was taken back can be put back.
const TakenBack = 30 * 24 * time.Hour

// Restorable says whether it can still be put back.
func (n Need) Restorable(now time.Time) bool { return restorable(n.Removed, now) }

func restorable(removed, now time.Time) bool {
	return !removed.IsZero() && now.Before(removed.Add(TakenBack))
}

// reviewDays is after how long one asks again whether a need is still there, when no day was agreed. Assumption.
const reviewDays = 182

// Due says whether one should ask again.
func (n Need) Due(today clock.Date) bool { return !n.Review.IsZero() && !n.Review.After(today) }

// NeedInput is the form of a need. Words are the background.
type NeedInput struct{ Code, Note, Told, Consent, Review, Words string }

const (
	noteMost  = 300
	wordsMost = 4000
)

// Check finds all faults of a form and reads the day on which to ask again.
func (in NeedInput) Check(today clock.Date) (NeedText, clock.Date, fault.Fields) {
	var fs fault.Fields
	if _, ok := codeOf(in.Code); !ok {
		fs.Add("code", "care.error.code")
	}
	if in.Code == "other" && in.Note == "" {
		fs.Add("note", "care.error.note")
	}
	text(&fs, "note", in.Note, noteMost)
	if !slices.Contains(Tolds, in.Told) {
		fs.Add("told", "care.error.told")
	}
	if !slices.Contains(Consents, in.Consent) {
		fs.Add("consent", "care.error.consent")
	}
	review := day(&fs, "review", in.Review)
	switch {
	case review.IsZero():
		review = today.AddDays(reviewDays)
	case review.Before(today) || review.After(today.AddDays(3*366)):
		fs.Add("review", "care.error.review")
	}
	text(&fs, "words", in.Words, wordsMost)
	return NeedText{Code: in.Code, Note: in.Note, Told: in.Told, Consent: in.Consent}, review, fs
}

// text checks one free text: not too long, and no citizen service number in it.
func text(fs *fault.Fields, name, s string, most int) {
	if len([]rune(s)) > most {
		fs.Add(name, "care.error.long", "n", most)
	}
	if privacy.HasBSN(s) {
		fs.Add(name, "care.error.bsn")
	}
}

// day reads a day of a form; nothing is a day that nobody knows.
func day(fs *fault.Fields, name, s string) clock.Date {
	if s == "" {
		return clock.Date{}
	}
	d, err := clock.ParseDate(s)
	if err != nil || d.Year < 1950 || d.Year > 2200 {
		fs.Add(name, "care.error.day")
		return clock.Date{}
	}
	return d
}

// known says whether a choice is one of a list, or none at all.
func known(fs *fault.Fields, name, s string, list []string) {
	if s != "" && !slices.Contains(list, s) {
		fs.Add(name, "care.error.choose")
	}
}
