package handover

// This file holds an offer, what it may become, and what has to be answered before a file changes hands.

import (
	"strings"
	"time"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/privacy"
)

// The states of an offer.
const (
	Open      = "open"
	Accepted  = "accepted"
	Refused   = "refused"
	Withdrawn = "withdrawn"
	Lapsed    = "lapsed" // nobody answered in time, or who would answer left
	Undone    = "undone"
)

const (
	// WaitDays is after how many days the leader of the team hears of an offer that nobody answered.
	WaitDays = 3
	// LapseDays is after how many days an offer goes back to the giver by itself: somebody may read the file for that long.
	LapseDays = 14
	// UndoDays is how long a leader can take a handover back.
	UndoDays = 30
	// offerMost is how many files are offered at once.
	offerMost = 100
	noteMost  = 2000
)

// Offer is one file that is offered.
type Offer struct {
	ID       string
	Person   string
	Giver    string
	ToKind   string
	ToID     string
	Taker    string
	Team     string
	Location string
	Note     []byte
	Before   clock.Date
	Made     time.Time
	MadeBy   string
	State    string
	Ended    time.Time
	EndedBy  string
	Had      bool
	Seen     time.Time
}

// Waits says for how many days an open offer waits, and whether the leader has to hear of it.
func (o Offer) Waits(today clock.Date) (days int, long bool) {
	if o.State != Open {
		return 0, false
	}
	days = clock.DateOf(o.Made.In(clock.Netherlands)).DaysUntil(today)
	return days, days >= WaitDays || !o.Before.IsZero() && o.Before.Before(today)
}

// settled says whether the file changed hands by it, also when it was taken back later.
func (o Offer) settled() bool { return o.State == Accepted || o.State == Undone }

// of says whether somebody gave it or took it over.
func (o Offer) of(colleague string) bool { return o.Giver == colleague || o.Taker == colleague }

// Undoable says whether a handover can be taken back.
func (o Offer) Undoable(now time.Time) bool {
	return o.State == Accepted && now.Before(o.Ended.AddDate(0, 0, UndoDays))
}

// Input is the form of an offer.
type Input struct {
	People []string
	To     string // "colleague:…", "team:…" or "region:…"
	Note   string
	Before string
	ToKind string // read out of To
	ToID   string
}

// Check names all faults at once. Mine are the files that may be offered, choices what may be chosen as receiver.
func (in *Input) Check(mine, choices map[string]bool, today clock.Date) (before clock.Date, fs fault.Fields) {
	if len(in.People) == 0 {
		fs.Add("person", "handover.error.people")
	}
	if len(in.People) > offerMost {
		fs.Add("person", "handover.error.many", "n", offerMost)
	}
	for _, p := range in.People {
		if !mine[p] {
			fs.Add("person", "handover.error.people")
			break
		}
	}
	kind, id, ok := strings.Cut(in.To, ":")
	if !ok || !choices[in.To] {
		fs.Add("to", "handover.error.to")
	}
	in.ToKind, in.ToID = kind, id
	in.Note = strings.TrimSpace(in.Note)
	if len([]rune(in.Note)) > noteMost {
		fs.Add("note", "handover.error.long", "n", noteMost)
	}
	if privacy.HasBSN(in.Note) {
		fs.Add("note", "handover.error.bsn")
	}
	if in.Before != "" {
		var err error
		if before, err = clock.ParseDate(in.Before); err != nil {
			fs.Add("before", "handover.error.day")
		} else if before.Before(today) {
			fs.Add("before", "handover.error.past")
		}
	}
	return before, fs
}

// Line is one piece of work on a list, with what was answered.
type Line struct {
	dossier.Task
	Work   string
	Answer string // "yes", "no" or nothing yet
	Reason string
	Read   bool // the reader said that the term was read
}

// Name is the name of its fields in a form.
func (l Line) Name() string { return l.Work + "/" + l.ID }

// Check names everything that has to be answered still, all at once. It tells whether everything is accepted.
func Check(ls []Line, today clock.Date) (all bool, fs fault.Fields) {
	all = true
	for _, l := range ls {
		switch l.Answer {
		case "yes":
			if l.Near(today) && !l.Read {
				fs.Add("read/"+l.Name(), "handover.error.read", "what", l.What)
			}
		case "no":
			all = false
			if l.Reason == "" {
				fs.Add("why/"+l.Name(), "handover.error.reason", "what", l.What)
			}
			if len([]rune(l.Reason)) > 500 {
				fs.Add("why/"+l.Name(), "handover.error.long", "n", 500)
			}
			if privacy.HasBSN(l.Reason) {
				fs.Add("why/"+l.Name(), "handover.error.bsn")
			}
		default:
			all = false
			fs.Add("yes/"+l.Name(), "handover.error.answer", "what", l.What)
		}
	}
	return all, fs
}
