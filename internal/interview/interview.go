package interview

// This file holds one interview: what kind, when and where, and how it moves from planned to closed.

import (
	"slices"
	"strconv"
	"time"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/privacy"
)

// Kinds are the interviews of the old law, of the pact, and of the procedures beside asylum.
var Kinds = []string{"registration", "substantive", "additional", "dublin", "screening", "personal", "family", "objection", "detention", "other"}

// Sites are the places where interviews are held. They are coarse on purpose: whoever is asked to go along must know where
// to travel, and may not know yet with whom.
var Sites = []string{"terapel", "budel", "schiphol", "denbosch", "zevenaar", "utrecht", "zwolle", "amsterdam", "denhaag", "embassy", "detention", "video", "other", "unknown"}

// The states of an interview.
const (
	Planned   = "planned"
	Held      = "held"
	Closed    = "closed"
	Cancelled = "cancelled"
)

// moves says which state may follow which. Each way back is there too: a press by mistake is taken back.
var moves = map[string][]string{
	Planned:   {Held, Cancelled},
	Held:      {Closed, Planned},
	Closed:    {Held},
	Cancelled: {Planned},
}

// May says whether an interview may move from one state to another.
func May(from, to string) bool { return slices.Contains(moves[from], to) }

// Whose an interpreter is. Somebody who speaks Dutch needs none.
var InterpretersOf = []string{"ind", "ours", "none", "unknown"}

// Known are answers to a question that may not be answered yet.
var Known = []string{"yes", "no", "unknown"}

// Genders are the wishes about who asks and who interprets; empty is no wish.
var Genders = []string{"", "woman", "man"}

// Interview is one interview of one person.
type Interview struct {
	ID       string
	Person   string
	Team     string
	Kind     string
	State    string
	Track    string
	Day      clock.Date
	Hour     string
	Minutes  int
	Site     string
	Company  bool
	Due      clock.Date
	Reported time.Time
	Received clock.Date
	Event    string
	MadeBy   string
	At       time.Time
	Version  int64
	Body     []byte `json:"-"`
	What     Plan   `db:"-"`
}

// Plan is what is sealed of an interview.
type Plan struct {
	Title       string `json:"title,omitempty"` // of kind "other"
	Where       string `json:"where,omitempty"` // the address, a room
	Language    string `json:"language,omitempty"`
	Interpreter string `json:"interpreter"` // of InterpretersOf
	Gender      string `json:"gender,omitempty"`
	Dialect     string `json:"dialect,omitempty"`
	Lawyer      string `json:"lawyer"` // of Known: is the lawyer there
	Bring       string `json:"bring,omitempty"`
}

// Begins is when an interview begins; the zero time while day or hour is unknown.
func (i Interview) Begins() time.Time {
	h, err := time.Parse("15:04", i.Hour)
	if i.Day.IsZero() || err != nil {
		return time.Time{}
	}
	return time.Date(i.Day.Year, i.Day.Month, i.Day.Day, h.Hour(), h.Minute(), 0, 0, clock.Netherlands)
}

// span is the time an interview takes of whoever goes along: the whole day as long as the hour is unknown.
func (i Interview) span() (from, to time.Time) {
	if from = i.Begins(); !from.IsZero() {
		return from, from.Add(time.Duration(i.Minutes) * time.Minute)
	}
	return i.Day.In(clock.Netherlands), i.Day.AddDays(1).In(clock.Netherlands)
}

// Meets says whether two interviews, as far as is known of them, ask for the same colleague at the same time.
func (i Interview) Meets(o Interview) bool {
	if i.ID == o.ID || i.Day.IsZero() || o.Day.IsZero() || i.State != Planned || o.State != Planned {
		return false
	}
	a, b := i.span()
	c, d := o.span()
	return a.Before(d) && c.Before(b)
}

// Over says whether the day of an interview has come: from then on it can have been held.
func (i Interview) Over(today clock.Date) bool { return !i.Day.IsZero() && !i.Day.After(today) }

// The lengths of free texts, in letters, and of an interview, in minutes.
const (
	lineMost  = 160
	textMost  = 4000
	shortest  = 15
	longest   = 720
	wholeDay  = 480
	farthest  = 3 * 366 // days ahead
	pastMost  = 3 * 366 // days back: an interview may be written down later
	titleMost = 80
)

// text checks one free text: not too long, and no citizen service number in it.
func text(fs *fault.Fields, name, s string, most int) {
	if n := len([]rune(s)); n > most {
		fs.Add(name, "interview.error.long", "n", n, "most", most)
	}
	if privacy.HasBSN(s) {
		fs.Add(name, "interview.error.bsn")
	}
}

// oneOf checks a choice.
func oneOf(fs *fault.Fields, name, s string, values []string) {
	if !slices.Contains(values, s) {
		fs.Add(name, "interview.error.choose")
	}
}

// day reads a day of a form; nothing is no day.
func day(fs *fault.Fields, name, s string) clock.Date {
	if s == "" {
		return clock.Date{}
	}
	d, err := clock.ParseDate(s)
	if err != nil {
		fs.Add(name, "interview.error.day")
	}
	return d
}

// Input is the form of an interview.
type Input struct {
	Kind, Title, Track, Day, Hour, Minutes, Site, Where   string
	Language, Interpreter, Gender, Dialect, Lawyer, Bring string
	Company                                               string // yes or no
}

// Check finds all faults of a form and gives the interview it describes. Tracks are the procedures of this person.
func (in Input) Check(tracks []string, today clock.Date) (Interview, fault.Fields) {
	var fs fault.Fields
	i := Interview{Kind: in.Kind, Track: in.Track, Hour: in.Hour, Site: in.Site, Company: in.Company == "yes",
		What: Plan{Title: in.Title, Where: in.Where, Language: in.Language, Interpreter: in.Interpreter, Gender: in.Gender, Dialect: in.Dialect, Lawyer: in.Lawyer, Bring: in.Bring}}
	oneOf(&fs, "kind", in.Kind, Kinds)
	if in.Kind == "other" && in.Title == "" {
		fs.Add("title", "interview.error.title")
	}
	text(&fs, "title", in.Title, titleMost)
	i.Day = day(&fs, "day", in.Day)
	switch {
	case i.Day.IsZero():
	case i.Day.Before(today.AddDays(-pastMost)):
		fs.Add("day", "interview.error.long_ago")
	case i.Day.After(today.AddDays(farthest)):
		fs.Add("day", "interview.error.far")
	}
	if in.Hour != "" {
		if _, err := time.Parse("15:04", in.Hour); err != nil {
			fs.Add("hour", "interview.error.hour")
		}
		if in.Day == "" {
			fs.Add("day", "interview.error.hour_without")
		}
	}
	i.Minutes = number(&fs, "minutes", in.Minutes, shortest, longest, "interview.error.minutes")
	oneOf(&fs, "site", in.Site, Sites)
	text(&fs, "where", in.Where, lineMost)
	if in.Track != "" && !slices.Contains(tracks, in.Track) {
		fs.Add("track", "interview.error.choose")
	}
	if in.Language != "" && !slices.Contains(dossier.Tongues, in.Language) {
		fs.Add("language", "interview.error.choose")
	}
	oneOf(&fs, "interpreter", in.Interpreter, InterpretersOf)
	oneOf(&fs, "gender", in.Gender, Genders)
	text(&fs, "dialect", in.Dialect, lineMost)
	oneOf(&fs, "lawyer", in.Lawyer, Known)
	oneOf(&fs, "company", in.Company, []string{"yes", "no"})
	text(&fs, "bring", in.Bring, lineMost*2)
	return i, fs
}

// input is an interview as its form shows it.
func (i Interview) input() Input {
	company := "no"
	if i.Company {
		company = "yes"
	}
	w := i.What
	return Input{Kind: i.Kind, Title: w.Title, Track: i.Track, Day: i.Day.String(), Hour: i.Hour, Minutes: strconv.Itoa(i.Minutes), Site: i.Site, Where: w.Where,
		Language: w.Language, Interpreter: w.Interpreter, Gender: w.Gender, Dialect: w.Dialect, Lawyer: w.Lawyer, Bring: w.Bring, Company: company}
}
