package procedure

// This file holds the next step that people agree on by hand, where no rule sets a date.

import (
	"slices"
	"unicode/utf8"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/privacy"
)

// Us is this organisation, as one of those who can have a next step; no rule gives it a term.
const Us Party = "us"

// actors are who can have a next step, in the order of the form.
var actors = append([]Party{Us}, parties...)

// farthest is how many years ahead a next step may lie: what is farther is a typing error.
const farthest = 5

// AgreeInput is the form about a next step, as it was sent.
type AgreeInput struct {
	Track, What, Party, Day string
	Promised                bool
}

// Check turns the form into a step, or names every fault at its field.
func (in AgreeInput) Check(today clock.Date) (Agreed, fault.Fields) {
	var fs fault.Fields
	a := Agreed{Track: in.Track, Party: Party(in.Party), Promised: in.Promised}
	switch n := utf8.RuneCountInString(in.What); {
	case n == 0:
		fs.Add("what", "procedure.error.agree_what")
	case n > 300:
		fs.Add("what", "procedure.error.agree_long")
	case privacy.HasBSN(in.What):
		fs.Add("what", "procedure.error.bsn")
	}
	if !slices.Contains(actors, a.Party) {
		fs.Add("party", "procedure.error.agree_party")
	} else if in.Promised && (a.Party == Us || !a.Party.Authority()) {
		fs.Add("party", "procedure.error.agree_promised")
	}
	d, ok := clock.ReadDay(in.Day)
	switch {
	case in.Day == "":
		fs.Add("day", "procedure.error.agree_day")
	case !ok:
		fs.Add("day", "procedure.error.day_bad")
	case d.Before(today):
		fs.Add("day", "procedure.error.agree_past")
	case d.Year > today.Year+farthest:
		fs.Add("day", "procedure.error.agree_far")
	}
	a.Day = d
	return a, fs
}
