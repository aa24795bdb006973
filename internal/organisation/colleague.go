package organisation

// This file holds colleagues, paid and volunteer, and the rule of the VOG.

import (
	"net/mail"
	"regexp"
	"slices"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/fault"
)

// Colleague is somebody who works here.
type Colleague struct {
	ID, Name, Called, Email, Phone string
	Languages                      []string `db:"-"`
	Lang                           string   // the language of the screen
	Paid, Active                   bool
	VOGSeen                        clock.Date `db:"vog_seen"`
	LastDay                        clock.Date // zero while nobody knows of one
	Version                        int64
}

// VOGYears is how long a VOG counts after the day it was seen. Assumption: the law sets no term, many organisations
// ask a new one every three years.
const VOGYears = 3

// VOGUntil is the last day on which the VOG counts; zero when none was seen.
func (c Colleague) VOGUntil() clock.Date {
	if c.VOGSeen.IsZero() {
		return clock.Date{}
	}
	return clock.On(c.VOGSeen.Year+VOGYears, c.VOGSeen.Month, c.VOGSeen.Day).AddDays(-1)
}

// VOGValid says whether a VOG was seen, not in the future, and not too long ago.
func (c Colleague) VOGValid(now time.Time) bool {
	today := clock.Today(now)
	return !c.VOGSeen.IsZero() && !c.VOGSeen.After(today) && !c.VOGUntil().Before(today)
}

// Works says whether somebody works here now: they are active, and their last day is not over.
func (c Colleague) Works(now time.Time) bool {
	return c.Active && (c.LastDay.IsZero() || !c.LastDay.Before(clock.Today(now)))
}

// MayHold says whether this colleague holds a role now. Nobody who does not work here holds any. Without a valid VOG only
// the role of administrator stands: it opens no file, and somebody must be able to write down that the VOG was seen.
func (c Colleague) MayHold(r access.Role, now time.Time) bool {
	return c.Works(now) && (r == access.Admin || c.VOGValid(now))
}

// Initials are for the small round sign of a colleague.
func (c Colleague) Initials() string {
	var out []rune
	words := strings.Fields(c.Name)
	for i, w := range words {
		if i == 0 || i == len(words)-1 {
			out = append(out, []rune(strings.ToUpper(w))[0])
		}
	}
	return string(out)
}

// Languages that a colleague may say to speak, by their tags.
var Languages = []string{"nl", "en", "ar", "fa", "ti", "tr", "so", "uk", "fr", "ru", "am", "om", "ps", "ckb", "kmr", "ur", "es", "pt", "de", "pl", "zh"}

var phone = regexp.MustCompile(`^\+?[0-9][0-9 ()-]{7,18}$`)

// ColleagueInput is what a form says about a colleague.
type ColleagueInput struct {
	Name, Called, Email, Phone, Lang string
	Languages                        []string
	Paid, Active                     bool
	VOGSeen                          string // as typed, YYYY-MM-DD
	Version                          int64
}

// NormalEmail writes an address the way it is compared: without spaces, in one Unicode form, in lower case.
func NormalEmail(s string) string { return strings.ToLower(norm.NFC.String(strings.TrimSpace(s))) }

// Check names all faults at once.
func (in ColleagueInput) Check(now time.Time) (clock.Date, fault.Fields) {
	var fs fault.Fields
	need(&fs, "name", in.Name, 100, "organisation.error.name")
	if len([]rune(in.Called)) > 40 {
		fs.Add("called", "organisation.error.long", "n", 40)
	}
	if a, err := mail.ParseAddress(in.Email); err != nil || a.Address != in.Email || len(in.Email) > 200 || !strings.Contains(in.Email, ".") {
		fs.Add("email", "organisation.error.email")
	}
	if in.Phone != "" && !phone.MatchString(in.Phone) {
		fs.Add("phone", "organisation.error.phone")
	}
	for _, l := range in.Languages {
		if !slices.Contains(Languages, l) {
			fs.Add("languages", "organisation.error.language")
			break
		}
	}
	if in.Lang != "nl" && in.Lang != "en" {
		fs.Add("lang", "organisation.error.language")
	}
	var seen clock.Date
	if in.VOGSeen != "" {
		var err error
		if seen, err = clock.ParseDate(in.VOGSeen); err != nil {
			fs.Add("vog", "organisation.error.date")
		} else if seen.After(clock.Today(now)) {
			fs.Add("vog", "organisation.error.future")
		}
	}
	return seen, fs
}

// FirstName is what somebody is called when nothing else was said: the first word of the name.
func FirstName(name string) string {
	if w := strings.Fields(name); len(w) > 0 {
		return w[0]
	}
	return name
}
