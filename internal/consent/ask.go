package consent

// This file turns the form of a consent into what is asked, with all faults at once.

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/privacy"
)

// Input is what the form says, as it was typed. Known is a party of an address book; without one the party is as it was typed.
// How, Lang and Interpreter are asked of a colleague only.
type Input struct {
	Purpose, Party, Months string
	Known                  string
	Parts                  []string
	How, Lang, Interpreter string
}

// The longest that may be typed.
const (
	mostParty       = 120
	mostInterpreter = 120
)

// ReadInput takes the fields of a form.
func ReadInput(f url.Values) Input {
	one := func(k string) string { return strings.TrimSpace(f.Get(k)) }
	return Input{Known: one("partij"), Purpose: one("doel"), Party: strings.Join(strings.Fields(f.Get("wie")), " "), Months: one("maanden"), Parts: f["deel"],
		How: one("hoe"), Lang: one("gevraagd"), Interpreter: strings.Join(strings.Fields(f.Get("tolk")), " ")}
}

// Until is the last day of the time that was chosen; the zero day when none was. A month that has no such day ends it on
// its last one.
func (in Input) Until(today clock.Date) clock.Date {
	if !slices.Contains(Months, in.Months) {
		return clock.Date{}
	}
	n, _ := strconv.Atoi(in.Months)
	d := clock.On(today.Year, today.Month+time.Month(n), today.Day)
	if d.Day != today.Day {
		d = d.AddDays(-d.Day)
	}
	return d
}

// Check tells every fault. Parts are those that can be offered here; tags the languages in which it can be asked. By a
// colleague more is asked than of the person on their own page.
func (in Input) Check(p privacy.Purpose, parts, tags []string, today clock.Date, byColleague bool) fault.Fields {
	var fs fault.Fields
	switch {
	case in.Party == "":
		fs.Add("wie", "consent.error.party")
	case utf8.RuneCountInString(in.Party) > mostParty:
		fs.Add("wie", "consent.error.long", "n", mostParty)
	case privacy.HasBSN(in.Party):
		fs.Add("wie", "consent.error.bsn")
	case privacy.Forbidden(in.Party):
		fs.Add("wie", "consent.error.forbidden")
	}
	if len(in.Parts) == 0 || slices.ContainsFunc(in.Parts, func(x string) bool { return !slices.Contains(parts, x) }) {
		fs.Add("deel", "consent.error.parts")
	}
	if !p.Covers(p.Parts, today, in.Until(today)) {
		fs.Add("maanden", "consent.error.until")
	}
	if !byColleague {
		return fs
	}
	if in.How != string(privacy.OnPaper) && in.How != string(privacy.Spoken) {
		fs.Add("hoe", "consent.error.how")
	}
	if !slices.Contains(tags, in.Lang) {
		fs.Add("gevraagd", "consent.error.lang")
	}
	switch {
	case utf8.RuneCountInString(in.Interpreter) > mostInterpreter:
		fs.Add("tolk", "consent.error.long", "n", mostInterpreter)
	case privacy.HasBSN(in.Interpreter):
		fs.Add("tolk", "consent.error.bsn")
	}
	return fs
}
