package briefing

// This file holds who is invited: whom to think of first, what stands in the way, who came, and who must be invited again.

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/privacy"
)

// The states of an invitation.
const (
	Open      = "open"
	Declined  = "declined"  // by the person
	Withdrawn = "withdrawn" // by a colleague
	Cancelled = "cancelled" // with the session
)

// Comings are what may be written down about somebody on the day. Unknown is a value.
var Comings = []string{"came", "late", "left", "missed", "unknown"}

// Heard says whether somebody who came so heard what was told. Who left early did not hear the end.
func Heard(came string) bool { return came == "came" || came == "late" }

// Whys are why somebody missed a session.
var Whys = []string{"transport", "ill", "afraid", "received", "care", "work", "other"}

// MissesBeforeAsking is after how many misses in a row somebody asks why.
const MissesBeforeAsking = 2

// Said is what is sealed of an invitation.
type Said struct {
	Understood string `json:"understood,omitempty"` // in the words of the person
	Lang       string `json:"lang,omitempty"`       // in which they said it
	Questions  string `json:"questions,omitempty"`  // what is left
	Why        string `json:"why,omitempty"`        // of Whys, when sessions were missed
	By         string `json:"by,omitempty"`
}

// Invite is one person at one session.
type Invite struct {
	ID, Session, Person string
	State, Came         string
	Again               bool // they asked to hear it once more
	Explained           time.Time
	Pass                string
	Body                []byte
	Version             int64
	Made                time.Time
	MadeBy              string
	Said                Said `db:"-"`
}

// UnderstoodInput is what the form about one person says.
type UnderstoodInput struct {
	Understood, Lang, Questions string
	Again                       bool
}

// wordsMost is how long somebody's own words may be here: a note, not a report.
const wordsMost = 600

// Check names all faults at once.
func (in UnderstoodInput) Check() fault.Fields {
	var fs fault.Fields
	for name, text := range map[string]string{"understood": in.Understood, "questions": in.Questions} {
		if n := utf8.RuneCountInString(text); n > wordsMost {
			fs.Add(name, "briefing.error.long", "n", n, "most", wordsMost)
		}
		if privacy.HasBSN(text) {
			fs.Add(name, "briefing.error.bsn")
		}
	}
	if in.Lang != "" && !slices.Contains(dossier.Tongues, in.Lang) {
		fs.Add("lang", "briefing.error.choose")
	}
	slices.SortFunc(fs, func(a, b fault.Field) int { return strings.Compare(b.Name, a.Name) }) // in the order of the page
	return fs
}

// Candidate is somebody who may be invited.
type Candidate struct {
	ID, Called, Language, Location string
	Since                          time.Time // known here
	Sessions                       int       // how many sessions they heard
	Had                            []string  // topics they heard of
	Lacks                          []string  // of the session's topics; filled by Suggest
}

// Suggest puts those first for whom a session is meant: who never had any voorlichting, then who lacks most of what will be
// told, then who waits longest. Who does not follow the language is left out, unless all is true.
func Suggest(language string, topics []string, cs []Candidate, all bool) []Candidate {
	var out []Candidate
	for _, c := range cs {
		if !all && !Understands(language, c.Language) {
			continue
		}
		c.Lacks = nil
		for _, t := range topics {
			if !slices.Contains(c.Had, t) {
				c.Lacks = append(c.Lacks, t)
			}
		}
		out = append(out, c)
	}
	slices.SortStableFunc(out, func(a, b Candidate) int {
		if a.Sessions == 0 != (b.Sessions == 0) {
			if a.Sessions == 0 {
				return -1
			}
			return 1
		}
		if len(a.Lacks) != len(b.Lacks) {
			return len(b.Lacks) - len(a.Lacks)
		}
		if d := a.Since.Compare(b.Since); d != 0 {
			return d
		}
		return strings.Compare(a.ID, b.ID)
	})
	return out
}

// Fitting is what must be known of a person to see what stands in the way.
type Fitting struct {
	Language    string
	Wish        dossier.Wish
	Interpreter string // of dossier.Interpreters
	Elsewhere   bool   // at another session at that hour
	Busy        bool   // an appointment at that hour
}

// Conflicts are what stands in the way of inviting somebody. Colleagues decide; nothing here forbids.
func Conflicts(s Session, leaderSpeaks bool, p Fitting) []string {
	var out []string
	if p.Elsewhere {
		out = append(out, "elsewhere")
	}
	if p.Busy {
		out = append(out, "busy")
	}
	if !Understands(s.Language, p.Language) {
		out = append(out, "language")
	}
	interpreted := s.Interpreter == "asked" || s.Interpreter == "booked"
	if p.Wish.Gender != "" && interpreted && s.Gender != p.Wish.Gender {
		out = append(out, "gender."+p.Wish.Gender)
	}
	if p.Interpreter == "present" && interpreted && s.How == "phone" {
		out = append(out, "present")
	}
	if p.Interpreter == "phone" && interpreted && s.How == "present" {
		out = append(out, "phone")
	}
	if !interpreted && !leaderSpeaks {
		out = append(out, "interpreter")
	}
	if p.Wish.NotOwn && s.Kind == "group" {
		out = append(out, "own")
	}
	return out
}

// Try is one invitation of somebody, with its session.
type Try struct {
	Invite, Session, Person      string
	Team, Location, Language     string
	Kind                         string
	At                           time.Time
	Minutes                      int
	State, Came                  string
	Again                        bool
	Explained, Held, CancelledAt time.Time
}

func (t Try) over(now time.Time) bool {
	return !now.Before(t.At.Add(time.Duration(t.Minutes) * time.Minute))
}

// Repeat is what follows from all invitations of one person.
type Repeat struct {
	Try    Try    // the one that did not work
	Why    string // "missed", "declined", "cancelled", "left" or "again"
	Misses int    // in a row
	Ask    bool   // why it does not work must be asked first
}

// Again says whether somebody must be invited again: when the last invitation did not work, and none is open now.
func Again(now time.Time, tries []Try) (Repeat, bool) {
	ts := slices.DeleteFunc(slices.Clone(tries), func(t Try) bool { return t.State == Withdrawn })
	slices.SortStableFunc(ts, func(a, b Try) int {
		if d := a.At.Compare(b.At); d != 0 {
			return d
		}
		return strings.Compare(a.Invite, b.Invite)
	})
	if len(ts) == 0 || slices.ContainsFunc(ts, func(t Try) bool { return t.State == Open && !t.over(now) }) {
		return Repeat{}, false
	}
	last := ts[len(ts)-1]
	r := Repeat{Try: last}
	switch {
	case last.State == Declined || last.State == Cancelled:
		r.Why = last.State
	case last.Came == "missed" || last.Came == "left":
		r.Why = last.Came
	case last.Again:
		r.Why = "again"
	default:
		return Repeat{}, false
	}
	explained := false
	for i := len(ts) - 1; i >= 0; i-- {
		t := ts[i]
		if t.State == Declined || t.State == Cancelled {
			continue // they did not stay away
		}
		if t.Came != "missed" {
			break
		}
		if r.Misses == 0 {
			explained = !t.Explained.IsZero()
		}
		r.Misses++
	}
	r.Ask = r.Misses >= MissesBeforeAsking && !explained
	return r, true
}

// Next is the session to invite somebody to again: in a language they follow, with a free seat, the same location before
// another, the soonest first. Sessions without an interpreter who was asked for are no help.
func Next(now time.Time, t Try, ss []Session, free map[string]int, been map[string]bool) (Session, bool) {
	var best Session
	for _, s := range ss {
		if !s.Stands(now) || s.At.Before(now) || s.Kind != "group" || s.Interpreter == "out" || free[s.ID] < 1 || been[s.ID] || s.Team != t.Team || !Understands(s.Language, t.Language) {
			continue
		}
		if best.ID == "" || better(s, best, t.Location) {
			best = s
		}
	}
	return best, best.ID != ""
}

func better(a, b Session, location string) bool {
	if (a.Location == location) != (b.Location == location) {
		return a.Location == location
	}
	if d := a.At.Compare(b.At); d != 0 {
		return d < 0
	}
	return a.ID < b.ID
}
