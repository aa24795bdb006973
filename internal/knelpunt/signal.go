package knelpunt

// This file holds what a signal is, and what its form must hold.

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/privacy"
)

// Facts are what a signal says in coarse words.
type Facts struct {
	Theme, Institution, Place, Phase string
	Nation                           string // a group of nationalities
	Month                            clock.Date
	Weight, Seen                     string
}

// The states of a signal before it leaves the team.
const (
	Waiting = "waiting" // for the second reader
	Back    = "back"    // with the author, and why
)

// Draft is a signal in the team. Who wrote it is a blind token: a colleague finds their own with it, and nobody reads it.
type Draft struct {
	ID, Team, State string
	Raiser          []byte
	One, Receipt    []byte // the pseudonym of the person, and what the file knows; empty when there was no file
	Week            clock.Date
	Version         int64
	Body            []byte
	Said            Said `db:"-"`
}

// open says whether a draft was made of a report from outside.
func (d Draft) open() bool { return len(d.One) == 0 && len(d.Receipt) > 0 }

// Said is what is sealed of a signal: the facts until they leave the team, the masked words, and why it came back.
type Said struct {
	Facts  Facts  `json:"facts,omitzero"`
	Detail Detail `json:"detail,omitzero"`
	Words  string `json:"words"`
	Why    string `json:"why,omitempty"`
	Lang   string `json:"lang,omitempty"` // of who wishes to hear, coarse

	New []string `json:"new,omitempty"` // words that came in without the file, for the second reader to look at
}

// Signal is what left the team.
type Signal struct {
	ID string
	Facts
	Raiser, One, Receipt []byte
	Source               string
	Lang                 string // of who wishes to hear what is done: one of few, and empty for Dutch or when nobody does
	Week                 clock.Date
	Body                 []byte
	Detail               []byte // what a structured form said, sealed; empty without one
	Words                string `db:"-"`
	What                 Detail `db:"-"`
}

// saw is by whose eyes a signal is: a blind token; empty when nobody knows. Who took a report at the desk saw nothing of it.
func (s Signal) saw() string {
	if s.Source == FromOpen {
		return ""
	}
	return string(s.Raiser)
}

// The sources of a signal.
const (
	FromFile = "file" // from the work with one person
	FromWork = "work" // by a colleague, of what they saw
	FromOpen = "open" // through the public form
)

// WeekOf is the Monday of the week of a day.
func WeekOf(d clock.Date) clock.Date { return d.AddDays(-(int(d.Weekday()+6) % 7)) }

const (
	mostWords  = 4000
	mostReason = 1000
)

// Input is the form as it was sent. Words are what the author wrote; Masked, when the author saw the difference, what may leave.
type Input struct {
	Theme, Institution, Place, Phase, Nation, Month, Weight, Seen string
	Team                                                          string
	Open                                                          bool   // it came through the public form
	Wish                                                          bool   // the person wants to hear what is done
	Detail                                                        Detail // of a structured form
	Words                                                         string
}

// Check names all faults at once.
func (in Input) Check(teams []string, today clock.Date) (Facts, fault.Fields) {
	var fs fault.Fields
	one := func(field, value string, of []string) {
		if !slices.Contains(of, value) {
			fs.Add(field, "knelpunt.error.choose")
		}
	}
	one("thema", in.Theme, lists["theme"])
	one("instantie", in.Institution, lists["institution"])
	one("plek", in.Place, lists["place"])
	one("fase", in.Phase, lists["phase"])
	one("groep", in.Nation, lists["group"])
	one("ernst", in.Weight, Weights)
	if !in.Open || in.Seen != SeenUnknown {
		one("gezien", in.Seen, Seens)
	}
	if len(teams) > 1 {
		one("team", in.Team, teams)
	}
	f := Facts{Theme: in.Theme, Institution: in.Institution, Place: in.Place, Phase: in.Phase, Nation: in.Nation, Weight: in.Weight, Seen: in.Seen}
	m, ok := ReadMonth(in.Month)
	if ok {
		ok = slices.Contains(Months(today), m)
	}
	if f.Month = m; !ok {
		fs.Add("maand", "knelpunt.error.month")
	}
	fs = append(fs, in.Detail.Check()...)
	checkWords(&fs, "woorden", in.Words, mostWords)
	return f, fs
}

// checkWords names what is wrong with words that must be there.
func checkWords(fs *fault.Fields, field, words string, most int) {
	switch n := utf8.RuneCountInString(words); {
	case !utf8.ValidString(words):
		fs.Add(field, "knelpunt.error.utf8")
	case strings.TrimSpace(words) == "":
		fs.Add(field, "knelpunt.error.words")
	case n > most:
		fs.Add(field, "knelpunt.error.long", "n", n, "most", most)
	case privacy.HasBSN(words):
		fs.Add(field, "knelpunt.error.bsn")
	}
}

// ReadMonth reads a month as a form sends it: "2026-11".
func ReadMonth(s string) (clock.Date, bool) {
	t, err := time.Parse("2006-01", s)
	if err != nil {
		return clock.Date{}, false
	}
	return clock.On(t.Year(), t.Month(), 1), true
}

// MonthValue is a month as a form sends it.
func MonthValue(d clock.Date) string {
	if d.IsZero() {
		return ""
	}
	return d.String()[:7]
}
