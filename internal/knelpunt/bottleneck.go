package knelpunt

// This file holds a bottleneck: its states as one map, what each turn asks, and how its signals are counted.

import (
	"slices"
	"strings"
	"time"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/fault"
)

// The states of a bottleneck.
const (
	Fresh    = "new"
	Examined = "examined" // somebody finds out
	Acting   = "acting"   // something is done about it
	Settled  = "settled"  // there is a result, good or bad
	Parked   = "parked"   // nothing can be done now; it is looked at again on a day
	Closed   = "closed"   // whoever signalled was told
	Merged   = "merged"   // it went on in another one
)

// States are all states, in the order of the board.
var States = []string{Fresh, Examined, Acting, Settled, Parked, Closed, Merged}

// turns are all turns there are: from a state, to a state.
var turns = map[string][]string{
	Fresh:    {Examined, Parked},
	Examined: {Acting, Settled, Parked},
	Acting:   {Examined, Settled, Parked},
	Settled:  {Examined, Acting, Closed},
	Parked:   {Examined, Closed},
	Closed:   {Examined},
	Merged:   {},
}

// Turns are the states that can follow.
func Turns(state string) []string { return turns[state] }

// MayTurn says whether a state can follow another.
func MayTurn(from, to string) bool { return slices.Contains(turns[from], to) }

// asks is what a turn to a state needs beside words: somebody who owns it, and a day on which it is looked at again.
var asks = map[string]struct{ owner, next, told bool }{
	Examined: {owner: true, next: true, told: true},
	Acting:   {owner: true, next: true, told: true},
	Settled:  {owner: true, next: true, told: true}, // until it is closed somebody sees to it
	Parked:   {owner: true, next: true, told: true},
	Closed:   {},
}

// Bottleneck is a question with evidence.
type Bottleneck struct {
	ID, State, Theme, Weight, Owner string
	Next, Opened, Closed            clock.Date
	Joined                          string // the one in which it went on
	Told                            bool   // whoever signalled was told since the last turn that asks for it
	Version                         int64
	Body                            []byte
	Ask                             Ask `db:"-"`
}

// Open says whether something has to be done yet.
func (b Bottleneck) Open() bool { return b.State != Closed && b.State != Merged }

// Ask is what is asked, sealed.
type Ask struct {
	Question string `json:"question"`
	Known    string `json:"known,omitempty"`   // what is known already
	English  string `json:"english,omitempty"` // the question in English, as a report outside tells it; empty while nobody wrote it
}

// The kinds of steps.
const (
	Began      = "began"
	Turned     = "turned"
	Noted      = "noted"
	JoinedOne  = "joined"
	LeftOne    = "left"
	MergedInto = "merged_into"
	MergedFrom = "merged_from"
	SplitInto  = "split_into"
	SplitFrom  = "split_from"
	Proved     = "proved"
	Unproved   = "unproved"
	Passed     = "passed"    // a second colleague read a quote
	Reopened   = "reopened"  // by whoever signalled
	Delivered  = "delivered" // its owner left, or gave it to another
	Worded     = "worded"    // the question was written in English
	Mediated   = "mediated"  // the institution itself was asked, or answered
)

// StepKinds are all of them.
var StepKinds = []string{Began, Turned, Noted, JoinedOne, LeftOne, MergedInto, MergedFrom, SplitInto, SplitFrom, Proved, Unproved, Passed, Reopened, Delivered, Worded, Mediated}

// Reasons are why somebody who reported opens what was closed.
var Reasons = []string{"again", "worse", "nothelp", "untrue"}

// Step is something that happened. About is the signal or the bottleneck it is about, or the reason for which it was opened again.
type Step struct {
	ID, Bottleneck, Kind, State, About, MadeBy string
	Told                                       bool // it has words for whoever signalled
	At                                         time.Time
	Body                                       []byte
	Words                                      StepWords `db:"-"`
}

// StepWords are what was said: among colleagues, and to whoever signalled.
type StepWords struct {
	Inside string `json:"inside,omitempty"`
	Told   string `json:"told,omitempty"`
}

// TurnInput is the form of a step. To is empty when the state stays.
type TurnInput struct{ To, Owner, Next, Weight, Inside, Told string }

// Check names all faults at once, and gives the bottleneck as it is after the step.
func (in TurnInput) Check(b Bottleneck, owners []string, today clock.Date) (Bottleneck, fault.Fields) {
	var fs fault.Fields
	after := b
	to := in.To
	if to == "" {
		to = b.State
	} else if !MayTurn(b.State, to) {
		fs.Add("naar", "knelpunt.error.turn")
	}
	need := asks[to]
	if in.To == "" {
		need.told = false
	}
	after.State = to
	if !slices.Contains(Weights, in.Weight) {
		fs.Add("ernst", "knelpunt.error.choose")
	}
	after.Weight = in.Weight
	if after.Owner = in.Owner; in.Owner == "" && need.owner || in.Owner != "" && !slices.Contains(owners, in.Owner) {
		fs.Add("eigenaar", "knelpunt.error.owner")
	}
	after.Next = clock.Date{}
	if in.Next != "" {
		d, err := time.Parse("2006-01-02", in.Next)
		after.Next = clock.DateOf(d)
		if err != nil || after.Next.Before(today) && after.Next != b.Next || after.Next.After(today.AddDays(2*366)) {
			fs.Add("volgende", "knelpunt.error.next")
		}
	} else if need.next {
		fs.Add("volgende", "knelpunt.error.next")
	}
	if in.To != "" || strings.TrimSpace(in.Inside+in.Told) == "" {
		checkWords(&fs, "woorden", in.Inside, mostWords)
	} else if in.Inside != "" {
		checkWords(&fs, "woorden", in.Inside, mostWords)
	}
	if need.told || in.Told != "" {
		checkWords(&fs, "terug", in.Told, mostReason)
	}
	if in.Told != "" {
		after.Told = true
	} else if in.To == Settled {
		after.Told = false
	}
	if in.To == Closed {
		if !after.Told {
			fs.Add("terug", "knelpunt.error.untold")
		}
		after.Closed, after.Next = today, clock.Date{}
	}
	if b.State == Closed && in.To != "" {
		after.Closed, after.Told = clock.Date{}, in.Told != ""
	}
	return after, fs
}

// StartInput is the form of a new bottleneck.
type StartInput struct{ Question, Known, Theme, Weight, Owner, Next string }

// Check names all faults at once.
func (in StartInput) Check(owners []string, today clock.Date) (Bottleneck, fault.Fields) {
	var fs fault.Fields
	checkWords(&fs, "vraag", in.Question, mostQuestion)
	if in.Known != "" {
		checkWords(&fs, "bekend", in.Known, mostWords)
	}
	b := Bottleneck{State: Fresh, Theme: in.Theme, Weight: in.Weight, Owner: in.Owner, Opened: today, Version: 1, Ask: Ask{Question: in.Question, Known: in.Known}}
	if !slices.Contains(lists["theme"], in.Theme) {
		fs.Add("thema", "knelpunt.error.choose")
	}
	if !slices.Contains(Weights, in.Weight) {
		fs.Add("ernst", "knelpunt.error.choose")
	}
	if !slices.Contains(owners, in.Owner) {
		fs.Add("eigenaar", "knelpunt.error.owner")
	}
	d, err := time.Parse("2006-01-02", in.Next)
	if b.Next = clock.DateOf(d); err != nil || b.Next.Before(today) || b.Next.After(today.AddDays(2*366)) {
		fs.Add("volgende", "knelpunt.error.next")
	}
	return b, fs
}

const mostQuestion = 200

// Evidence is a source, or a quote that somebody agreed to.
type Evidence struct {
	ID, Bottleneck, Kind, MadeBy string
	Day, Gone                    clock.Date
	Waits                        bool   // for a second colleague, before others read it
	SeenBy                       string // who let others read it
	Body                         []byte
	What                         EvidenceWhat `db:"-"`
}

// EvidenceWhat is what is sealed of it.
type EvidenceWhat struct {
	Title string `json:"title,omitempty"` // of a source
	Link  string `json:"link,omitempty"`
	Quote string `json:"quote,omitempty"`
	For   string `json:"for,omitempty"` // what the person agreed to: of Agreed
	How   string `json:"how,omitempty"` // how they said so: of Hows
}

// secondReads says whether a second colleague reads something before others do: a quote that may leave the house.
func secondReads(kind string, w EvidenceWhat) bool { return kind == "quote" && w.For != "inside" }

// Reads says whether somebody reads it: who tends bottlenecks reads what waits, to let it go.
func (e Evidence) Reads(tends bool) bool { return !e.Waits || tends }

// Sources and quotes; what somebody agrees to, and how.
var (
	EvidenceKinds = []string{"source", "quote"}
	Agreed        = []string{"inside", "talks", "public"}
	Hows          = []string{"spoken", "paper", "screen"}
)

// EvidenceInput is the form. Read says that the words were read back to who said them, in their language.
type EvidenceInput struct {
	Kind, Title, Link, Quote, For, How string
	Read                               bool
}

// Check names all faults at once.
func (in EvidenceInput) Check() (EvidenceWhat, fault.Fields) {
	var fs fault.Fields
	switch in.Kind {
	case "source":
		checkWords(&fs, "titel", in.Title, mostQuestion)
		if in.Link != "" && (!strings.HasPrefix(in.Link, "https://") || len(in.Link) > 500 || strings.ContainsAny(in.Link, " \"<>\\")) {
			fs.Add("adres", "knelpunt.error.link")
		}
		return EvidenceWhat{Title: in.Title, Link: in.Link}, fs
	case "quote":
		checkWords(&fs, "citaat", in.Quote, mostReason)
		if !slices.Contains(Agreed, in.For) {
			fs.Add("voor", "knelpunt.error.choose")
		}
		if !slices.Contains(Hows, in.How) {
			fs.Add("hoe", "knelpunt.error.choose")
		}
		if !in.Read {
			fs.Add("voorgelezen", "knelpunt.error.read")
		}
		return EvidenceWhat{Quote: in.Quote, For: in.For, How: in.How}, fs
	}
	fs.Add("soort", "knelpunt.error.choose")
	return EvidenceWhat{}, fs
}

// Tally is what the signals of a bottleneck add up to. Every number is a least: nothing is made larger than it is.
type Tally struct {
	Signals   int
	People    int // who are surely different, by their pseudonyms
	Unknown   int // signals of which nobody knows about whom they are: they may be about the same people
	Colleague int // who signalled
	Seen      int // how often it was seen
	Grave     int
	Recent    int // signals of the last three months, and of the three before
	Before    int
}

// Count adds signals up. Somebody who signals the same thing thrice saw it as often as they said at most once, not thrice that; one
// person in two signals is one person. Who sent what came through the public form nobody knows: each of those is seen once at least,
// and all together as often as the one says that says most.
func Count(ss []Signal, today clock.Date) Tally {
	t := Tally{Signals: len(ss)}
	people, seen := map[string]bool{}, map[string]int{}
	alone, most := 0, 0
	first := clock.On(today.Year, today.Month-2, 1)
	second := clock.On(today.Year, today.Month-5, 1)
	for _, s := range ss {
		if len(s.One) > 0 {
			people[string(s.One)] = true
		} else {
			t.Unknown++
		}
		switch who := s.saw(); {
		case who != "":
			seen[who] = max(seen[who], Least(s.Seen))
		case s.Source == FromOpen:
			alone, most = alone+1, max(most, Least(s.Seen))
		default:
			alone++
		}
		if s.Weight == "grave" {
			t.Grave++
		}
		switch {
		case !s.Month.Before(first):
			t.Recent++
		case !s.Month.Before(second):
			t.Before++
		}
	}
	t.People, t.Colleague = len(people), len(seen)
	for _, n := range seen {
		t.Seen += n
	}
	t.Seen = max(t.Seen+max(alone, most), t.People)
	return t
}

// The directions of a trend.
const (
	Grows   = "grows"
	Shrinks = "shrinks"
	Same    = "same"
)

// Trend says whether there were more signals lately. A difference of one or two is no trend.
func (t Tally) Trend() string {
	switch d := t.Recent - t.Before; {
	case d >= 3 && t.Recent >= 2*t.Before:
		return Grows
	case d <= -3 && t.Before >= 2*t.Recent:
		return Shrinks
	}
	return Same
}
