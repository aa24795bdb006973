package ingest

// This file holds the life of a batch: which state may follow which, and what must be decided before it is confirmed.

import (
	"slices"
	"time"
)

// State is where a batch stands.
type State string

// The states. Reading, checking, writing and undoing are work in the background that goes on where it stopped.
const (
	Matching State = "matching" // waits for its columns
	Reading  State = "reading"
	Checking State = "checking" // rows with a fault are looked at again
	Ready    State = "ready"    // waits for decisions and to be confirmed
	Writing  State = "writing"
	Done     State = "done"
	Undoing  State = "undoing"
	Undone   State = "undone"
	Dropped  State = "dropped"
)

var follows = map[State][]State{
	Matching: {Reading, Dropped},
	Reading:  {Ready, Matching, Dropped},
	Ready:    {Checking, Writing, Dropped},
	Checking: {Ready, Dropped},
	Writing:  {Done},
	Done:     {Undoing},
	Undoing:  {Undone},
}

// Follows says whether a state may follow another.
func (s State) Follows(before State) bool { return slices.Contains(follows[before], s) }

// Works says whether the machine is at work on it.
func (s State) Works() bool {
	return s == Reading || s == Checking || s == Writing || s == Undoing
}

// Ended says whether nothing can come any more but taking it back.
func (s State) Ended() bool { return s == Done || s == Undone || s == Dropped }

// RowState is where a row stands.
type RowState string

// The states of a row. A row with a fault or a likely duplicate must be decided on before the batch is confirmed.
const (
	Fresh  RowState = "new"
	Faulty RowState = "fault"
	Twin   RowState = "twin"  // may be known already
	Known  RowState = "known" // was imported before; changes nothing
	Skip   RowState = "skip"
	Put    RowState = "put" // written
)

// RowStates are the states that a page lists, in its order.
var RowStates = []RowState{Faulty, Twin, Fresh, Known, Skip, Put}

// Batch is one file on its way in.
type Batch struct {
	ID       string
	Kind     Kind
	State    State
	Total    int // rows in the file; an estimate until it was read
	Done     int // how far the work of this state is
	Written  int // rows that were written
	Stays    int // people that could not be taken back
	Team     string
	Location string
	Helper   string // the caseworker of rows that name none
	At       time.Time
	By       string
	Acts     string // who confirmed it, or took it back
	Ended    time.Time
	Note     string // text key: why it is back at an earlier state
	Version  int64
}

// Counts is how many rows of a batch are in which state.
type Counts map[RowState]int

// Open is how many rows wait for a decision.
func (c Counts) Open() int { return c[Faulty] + c[Twin] }

// All is how many rows there are.
func (c Counts) All() (n int) {
	for _, k := range c {
		n += k
	}
	return n
}

// Confirmable says whether a batch may be written now.
func (b Batch) Confirmable(c Counts) bool { return b.State == Ready && c.Open() == 0 && c[Fresh] > 0 }

// quiet are the events of the log that leave a person as they were imported: after anything else they stay when the batch
// is taken back. An event that nobody listed here keeps the person.
var quiet = []string{"ingest.event.registered", "residence.event.received", "dossier.event.registered", "dossier.event.assigned", "dossier.event.open", "dossier.event.edit",
	"dossier.event.history", "dossier.event.people", "dossier.event.cards"}

// Untouched says whether nobody has worked with a person since the import.
func Untouched(events []string) bool {
	return !slices.ContainsFunc(events, func(e string) bool { return !slices.Contains(quiet, e) })
}
