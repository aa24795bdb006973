package litigation

// This file holds a case: its states as one map, its instance, the criteria for candidates, and what is told of a count.

import (
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/privacy"
	"reisgezel/internal/kernel/tally"
)

// The states of a case.
const (
	Explored = "explored" // is there a question, and somebody whom it is about?
	Running  = "running"  // before an instance
	Judged   = "judged"
	Closed   = "closed" // what it changed is written down, and told
	Dropped  = "dropped"
)

// States are all states, in the order of lists.
var States = []string{Explored, Running, Judged, Closed, Dropped}

// turns are all turns there are: from a state, to a state.
var turns = map[string][]string{
	Explored: {Running, Dropped},
	Running:  {Judged, Dropped},
	Judged:   {Running, Closed},
	Closed:   {Judged},
	Dropped:  {Explored},
}

// Turns are the states that can follow.
func Turns(state string) []string { return turns[state] }

// Instances are where a question can lie.
var Instances = []string{"none", "court", "council", "cjeu", "echr", "un", "other"}

// Case is one question of law.
type Case struct {
	ID, State, Instance, Owner, Bottleneck string
	Next, Opened                           clock.Date
	Version                                int64
	Body                                   []byte
	Core                                   Core `db:"-"`
}

// Open says whether something has to be done yet.
func (c Case) Open() bool { return c.State != Closed && c.State != Dropped }

// Core is what is sealed of a case. People is how many it helps, as far as anybody knows; nil while nobody does.
type Core struct {
	Question string   `json:"question"`
	Why      string   `json:"why"`
	For      Criteria `json:"criteria"`
	People   *int     `json:"people,omitempty"`
	Changes  string   `json:"changes,omitempty"` // what changes in the rules
	Told     string   `json:"told,omitempty"`    // what is told to whom
}

// Criteria are objective: what sort of case, what happened in it, when, and where somebody comes from.
type Criteria struct {
	Topic   string     `json:"topic"`
	Kind    string     `json:"kind,omitempty"`
	Against bool       `json:"against,omitempty"`
	From    clock.Date `json:"from,omitempty"`
	To      clock.Date `json:"to,omitempty"`
	Origin  string     `json:"origin,omitempty"`
}

// Least is the smallest group that is told of, and Round by how much numbers differ. Assumption: with them nobody who knows a few of the
// people can find out from two counts whether one of them is in it.
const (
	Least = 10
	Round = 5
)

// Shown is a count as it is told, by the one way of every number: under the least only that, and otherwise rounded.
func Shown(n int) (shown int, small bool) {
	x := tally.One(n, tally.Params{Least: Least, Base: Round})
	if x.Kind != tally.Open {
		return Least, true
	}
	return x.N, false
}

// The longest that may be typed.
const (
	mostLine  = 200
	mostWords = 4000
)

// CaseInput is the form of a case.
type CaseInput struct{ Question, Why, Instance, Owner, Next string }

// Check names all faults at once.
func (in CaseInput) Check(owners []string, today clock.Date) (Case, fault.Fields) {
	var fs fault.Fields
	checkWords(&fs, "vraag", in.Question, mostLine, true)
	checkWords(&fs, "waarom", in.Why, mostWords, true)
	if !slices.Contains(Instances, in.Instance) {
		fs.Add("instantie", "litigation.error.choose")
	}
	if !slices.Contains(owners, in.Owner) {
		fs.Add("eigenaar", "litigation.error.owner")
	}
	return Case{State: Explored, Instance: in.Instance, Owner: in.Owner, Next: checkNext(&fs, in.Next, clock.Date{}, today), Core: Core{Question: in.Question, Why: in.Why}}, fs
}

func checkNext(fs *fault.Fields, s string, stood, today clock.Date) clock.Date {
	t, err := time.Parse("2006-01-02", s)
	d := clock.DateOf(t)
	if err != nil || d.Before(today) && d != stood || d.After(today.AddDays(5*366)) {
		fs.Add("volgende", "litigation.error.next")
	}
	return d
}

// TurnInput is the form of a step. To is empty when the state stays.
type TurnInput struct{ To, Instance, Owner, Next, Words string }

// Check names all faults at once, and gives the case as it is after the step. A case closes when its effect is written down; one that
// began with a bottleneck closes when that was told too.
func (in TurnInput) Check(c Case, owners []string, today clock.Date) (Case, fault.Fields) {
	var fs fault.Fields
	after := c
	if in.To != "" {
		if !slices.Contains(turns[c.State], in.To) {
			fs.Add("naar", "litigation.error.turn")
		}
		after.State = in.To
	}
	if after.Instance = in.Instance; !slices.Contains(Instances, in.Instance) || after.State == Running && in.Instance == "none" {
		fs.Add("instantie", "litigation.error.instance")
	}
	if after.Owner = in.Owner; !slices.Contains(owners, in.Owner) {
		fs.Add("eigenaar", "litigation.error.owner")
	}
	checkWords(&fs, "woorden", in.Words, mostWords, true)
	if in.To == Closed && (c.Core.Changes == "" || c.Bottleneck != "" && c.Core.Told == "") {
		fs.Add("naar", "litigation.error.effect")
	}
	if after.Next = (clock.Date{}); after.Open() {
		after.Next = checkNext(&fs, in.Next, c.Next, today)
	}
	return after, fs
}

// CriteriaInput is the form of the criteria.
type CriteriaInput struct{ Topic, Kind, Against, From, To, Origin string }

// Check names all faults at once. A period is of whole months, so that it cannot be made as narrow as one day.
func (in CriteriaInput) Check(topics, kinds, origins []string, today clock.Date) (Criteria, fault.Fields) {
	var fs fault.Fields
	c := Criteria{Topic: in.Topic, Kind: in.Kind, Against: in.Against == "1", Origin: in.Origin}
	if !slices.Contains(topics, in.Topic) {
		fs.Add("onderwerp", "litigation.error.choose")
	}
	if in.Kind != "" && !slices.Contains(kinds, in.Kind) {
		fs.Add("wat", "litigation.error.choose")
	}
	if in.Origin != "" && !slices.Contains(origins, in.Origin) {
		fs.Add("herkomst", "litigation.error.choose")
	}
	month := func(field, s string, last bool) clock.Date {
		if s == "" {
			return clock.Date{}
		}
		t, err := time.Parse("2006-01", s)
		if err != nil || t.Year() < 1990 || t.Year() > today.Year+1 {
			fs.Add(field, "litigation.error.month")
			return clock.Date{}
		}
		if last {
			return clock.On(t.Year(), t.Month()+1, 1).AddDays(-1)
		}
		return clock.On(t.Year(), t.Month(), 1)
	}
	c.From, c.To = month("vanaf", in.From, false), month("tot", in.To, true)
	if !c.From.IsZero() && !c.To.IsZero() && c.To.Before(c.From) {
		fs.Add("tot", "litigation.error.order")
	}
	if (c.Against || !c.From.IsZero() || !c.To.IsZero()) && c.Kind == "" {
		fs.Add("wat", "litigation.error.kind")
	}
	return c, fs
}

// EffectInput is the form of what a judgment changed.
type EffectInput struct{ People, Changes, Told string }

// Check names all faults at once.
func (in EffectInput) Check(c Case) (Core, fault.Fields) {
	var fs fault.Fields
	core := c.Core
	core.People = nil
	if in.People != "" {
		n, err := strconv.Atoi(in.People)
		if err != nil || n < 0 || n > 10_000_000 {
			fs.Add("mensen", "litigation.error.people")
		}
		core.People = &n
	}
	checkWords(&fs, "regels", in.Changes, mostWords, true)
	checkWords(&fs, "verteld", in.Told, 1000, c.Bottleneck != "")
	core.Changes, core.Told = in.Changes, in.Told
	return core, fs
}

// checkWords names what is wrong with words. A number of a person belongs in no case.
func checkWords(fs *fault.Fields, field, words string, most int, must bool) {
	switch n := utf8.RuneCountInString(words); {
	case !utf8.ValidString(words):
		fs.Add(field, "litigation.error.utf8")
	case must && strings.TrimSpace(words) == "":
		fs.Add(field, "litigation.error.words")
	case n > most:
		fs.Add(field, "litigation.error.long", "n", n, "most", most)
	case privacy.HasBSN(words) || vNumber.MatchString(words):
		fs.Add(field, "litigation.error.number")
	}
}
