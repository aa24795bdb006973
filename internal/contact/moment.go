package contact

// This file holds a contact moment: two choices are required, the rest is optional.

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

// Topics are what a contact is about, in the order of their digits.
var Topics = []string{"asylum", "family", "housing", "money", "letter", "language", "work", "health", "children", "other"}

// Ear is the topic of a talk that has none: somebody listened, and that was enough. It is no tile, and counts apart.
const Ear = "ear"

// topicIcons are the pictures of the topics.
var topicIcons = map[string]string{"asylum": "scales", "family": "users-three", "housing": "house", "money": "coins", "letter": "envelope-simple",
	"language": "translate", "work": "briefcase", "health": "first-aid-kit", "children": "baby", "other": "dots-three"}

// Dones are what was done.
var Dones = []string{"explained", "read", "filled", "called", "referred", "listened"}

// Nexts are how it goes on.
var Nexts = []string{"ready", "follow", "colleague", "referred"}

var nextIcons = map[string]string{"ready": "check-circle", "follow": "calendar-check", "colleague": "handshake", "referred": "signpost"}

// Visibilities say who reads the note. Client is where a note begins: the refugee reads along.
var Visibilities = []string{"client", "team", "me"}

// Body is what is sealed of a moment.
type Body struct {
	Topic       string   `json:"topic"`
	Done        []string `json:"done,omitempty"`
	Note        string   `json:"note,omitempty"`
	Next        string   `json:"next"`
	Minutes     int      `json:"minutes,omitempty"`
	Interpreter bool     `json:"interpreter,omitempty"`
}

// Input is what the form says, as it was typed.
type Input struct {
	Topic, Note, Next, Visible string
	Done                       []string
	When, Day, Promise         string // of a follow-up: "tomorrow", "days", "week", "other" and the day itself
	Owner                      string // the colleague who is asked
	Minutes                    string
	Interpreter                bool
	Version                    int64 // of a correction: what was on the screen
}

// ReadInput takes the fields of the form.
func ReadInput(f url.Values) Input {
	one := func(k string) string { return strings.TrimSpace(f.Get(k)) }
	version, _ := strconv.ParseInt(one("version"), 10, 64) // what is no number is no version that exists
	return Input{Topic: one("topic"), Note: one("note"), Next: one("next"), Visible: one("visible"), Done: f["done"], When: one("when"), Day: one("day"),
		Promise: one("promise"), Owner: one("owner"), Minutes: one("minutes"), Interpreter: one("interpreter") != "", Version: version}
}

// Empty says whether nothing was typed or chosen yet: such a form is no draft.
func (in Input) Empty() bool {
	return (in.Topic == "" || in.Topic == Ear) && in.Note == "" && (in.Next == "" || in.Topic == Ear && in.Next == "ready") && len(in.Done) == 0 && in.Promise == "" && in.Day == ""
}

// As is the form as somebody asked for it: "oor" without a topic and with nothing to follow, "gewoon" with one, and
// otherwise as it stands. What was typed stays.
func (in Input) As(kind string) Input {
	switch {
	case kind == "oor":
		in.Topic = Ear
		if in.Next == "" {
			in.Next = "ready"
		}
	case kind == "gewoon" && in.Topic == Ear:
		in.Topic = ""
	}
	return in
}

// noteMost is how long a note may be, in characters.
const noteMost = 4000

// Promised is the follow-up that a moment makes; no Due means there is none.
type Promised struct {
	Due   clock.Date
	Text  string
	Owner string // empty: the writer
}

// Check names all faults at once.
func (in Input) Check(today clock.Date) (Body, Promised, fault.Fields) {
	var fs fault.Fields
	b := Body{Topic: in.Topic, Note: strings.TrimSpace(in.Note), Next: in.Next, Interpreter: in.Interpreter}
	if !slices.Contains(Topics, in.Topic) && in.Topic != Ear {
		fs.Add("topic", "contact.error.topic")
	}
	for _, d := range in.Done {
		if slices.Contains(Dones, d) && !slices.Contains(b.Done, d) {
			b.Done = append(b.Done, d)
		}
	}
	if utf8.RuneCountInString(b.Note) > noteMost {
		fs.Add("note", "contact.error.long", "n", noteMost)
	}
	if privacy.HasBSN(b.Note) {
		fs.Add("note", "contact.error.bsn")
	}
	if in.Visible != "" && !slices.Contains(Visibilities, in.Visible) {
		fs.Add("visible", "contact.error.visible")
	}
	if !slices.Contains(Nexts, in.Next) {
		fs.Add("next", "contact.error.next")
	}
	if in.Minutes != "" {
		n, err := strconv.Atoi(in.Minutes)
		if err != nil || n < 1 || n > 600 {
			fs.Add("minutes", "contact.error.minutes")
		}
		b.Minutes = n
	}
	var p Promised
	if in.Next == "follow" || in.Next == "colleague" {
		p.Text = strings.TrimSpace(in.Promise)
		p.Due = Due(in.When, in.Day, today)
		switch {
		case p.Due.IsZero() && in.When == "other":
			fs.Add("day", "contact.error.day")
		case p.Due.IsZero():
			fs.Add("when", "contact.error.when")
		case p.Due.Before(today):
			fs.Add("day", "contact.error.past")
		}
		if p.Text == "" {
			fs.Add("promise", "contact.error.promise")
		}
		if utf8.RuneCountInString(p.Text) > 300 {
			fs.Add("promise", "contact.error.long", "n", 300)
		}
		if privacy.HasBSN(p.Text) {
			fs.Add("promise", "contact.error.bsn")
		}
		if in.Next == "colleague" {
			p.Owner = in.Owner
			if p.Owner == "" {
				fs.Add("owner", "contact.error.owner")
			}
		}
	}
	return b, p, fs
}

// Visibility is the chosen one, or the client's own reading, with which every note begins.
func (in Input) Visibility() string {
	if slices.Contains(Visibilities, in.Visible) {
		return in.Visible
	}
	return "client"
}

// Due is the day of a follow-up; the zero Date when the choice gives none.
func Due(when, day string, today clock.Date) clock.Date {
	switch when {
	case "tomorrow":
		return today.AddDays(1)
	case "days":
		return Workday(today.AddDays(2))
	case "week":
		return today.AddDays(7)
	case "other":
		d, err := clock.ParseDate(day)
		if err == nil {
			return d
		}
	}
	return clock.Date{}
}

// Lasted is how many minutes a talk took, for a form that was not told; 0 when it is not known.
func Lasted(since, now time.Time) int {
	if since.IsZero() || now.Before(since) {
		return 0
	}
	return min(600, max(1, int((now.Sub(since)+30*time.Second).Minutes())))
}

// Reader is who wants to read a note or a promise.
type Reader struct {
	User   string
	Client bool     // the person the file is about
	Teams  []string // teams of a colleague, those of their locations and desks too
}

// Reads says whether a reader who has the file open may read a note of this visibility.
func (r Reader) Reads(visible, author, team string) bool {
	switch visible {
	case "client":
		return true
	case "team":
		return !r.Client && (r.User == author || slices.Contains(r.Teams, team))
	case "me":
		return !r.Client && r.User == author
	}
	return false
}
