package counsel

// This file holds who represents whom: since when, until when, in what, and how we know.

import (
	"net/url"
	"slices"
	"strings"
	"time"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/fault"
)

// InWhat is what a lawyer does for somebody, in the order in which pages show it. Two may run at once.
var InWhat = []string{"asylum", "family", "detention", "return", "second", "other"}

// Sources are how we know.
var Sources = []string{"letter", "lawyer", "told"}

// Representation is one lawyer for one person.
type Representation struct {
	ID, Person, Party string
	Track             string // the case it is about, when it is about one
	Role, Source      string
	Since, Until      clock.Date // Until is zero while no end is known
	NotedBy           string
	At                time.Time
	Ended             time.Time // when a colleague ended it
	EndedBy           string
	Body              []byte   `json:"-"`
	What              RepWords `db:"-"`
}

// RepWords is what is written about it; sealed.
type RepWords struct {
	Reference string `json:"reference,omitempty"` // under which the office knows the case
	Why       string `json:"why,omitempty"`       // why it ended
}

// Runs says whether it counts on a day.
func (r Representation) Runs(on clock.Date) bool {
	return r.Ended.IsZero() && !r.Since.After(on) && (r.Until.IsZero() || !r.Until.Before(on))
}

// Coming says whether it is agreed and has not begun.
func (r Representation) Coming(on clock.Date) bool { return r.Ended.IsZero() && r.Since.After(on) }

// RepInput is the form.
type RepInput struct{ Party, Track, Role, Source, Since, Until, Reference string }

// ReadRep takes the fields of a form.
func ReadRep(f url.Values) RepInput {
	one := func(k string) string { return strings.Join(strings.Fields(f.Get(k)), " ") }
	track := one("zaak")
	if len(track) > 60 { // no id is that long
		track = ""
	}
	return RepInput{Party: one("advocaat"), Track: track, Role: one("rol"), Source: one("bron"), Since: one("vanaf"), Until: one("tot"), Reference: one("kenmerk")}
}

// Check finds all faults of a form and reads the days. Parties are the lawyers who may be chosen.
func (in RepInput) Check(parties []string, today clock.Date) (since, until clock.Date, fs fault.Fields) {
	if !slices.Contains(parties, in.Party) {
		fs.Add("advocaat", "counsel.error.lawyer")
	}
	if !slices.Contains(InWhat, in.Role) {
		fs.Add("rol", "counsel.error.role")
	}
	if !slices.Contains(Sources, in.Source) {
		fs.Add("bron", "counsel.error.source")
	}
	since, until = day(&fs, "vanaf", in.Since), day(&fs, "tot", in.Until)
	switch {
	case in.Since == "":
		fs.Add("vanaf", "counsel.error.since")
	case since.After(today.AddDays(366)):
		fs.Add("vanaf", "counsel.error.far")
	}
	if !since.IsZero() && !until.IsZero() && until.Before(since) {
		fs.Add("tot", "counsel.error.order")
	}
	text(&fs, "kenmerk", in.Reference, lineMost)
	return since, until, fs
}

func day(fs *fault.Fields, name, s string) clock.Date {
	if s == "" {
		return clock.Date{}
	}
	d, err := clock.ParseDate(s)
	if err != nil {
		fs.Add(name, "counsel.error.day")
	}
	return d
}
