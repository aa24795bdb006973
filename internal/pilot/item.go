package pilot

// This file holds what stands in a pilot: partners, money that was spent, measures and their values, and how a measure compares.

import (
	"slices"
	"strings"
	"time"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/fault"
)

// The kinds of what stands in a pilot.
const (
	Partner = "partner"
	Spent   = "spent"
	Measure = "measure"
	Value   = "value" // of a measure, on a day
)

// Kinds are all of them.
var Kinds = []string{Partner, Spent, Measure, Value}

// The groups of which a value can be.
const (
	InPilot = "pilot"
	Beside  = "compare" // those with whom it is compared
)

// Item is one of them. Amount is euros of what was spent, and thousandths of a value. About is the measure of a value.
type Item struct {
	ID, Pilot, Kind, About, MadeBy string
	Day                            clock.Date
	Amount                         int64
	Late                           bool // a measure that was named after the start
	At, Gone                       time.Time
	Body                           []byte
	Said                           Said `db:"-"`
}

// Said is what is sealed of it.
type Said struct {
	Name    string `json:"name,omitempty"`
	What    string `json:"what,omitempty"`
	Unit    string `json:"unit,omitempty"`
	Better  string `json:"better,omitempty"`  // of a measure: up or down
	Compare string `json:"compare,omitempty"` // of a measure: with whom; empty when there is nobody to compare with
	Group   string `json:"group,omitempty"`   // of a value
}

// Betters are the directions in which a measure can be better.
var Betters = []string{"up", "down"}

// forms are the kinds that the forms of the page ask for; before stands before the names of their fields, because forms of one page may
// not have fields of one name.
var before = map[string]string{Partner: "partner-", Spent: "geld-", Measure: "maat-", Value: "waarde-"}

// ItemInput is the form of one.
type ItemInput struct{ Kind, Name, What, Unit, Better, Compare, Group, Amount, Day, About string }

// Check names all faults at once. Measures are those that stand in the pilot.
func (in ItemInput) Check(measures []Item, today clock.Date) (Item, fault.Fields) {
	var fs fault.Fields
	pre := before[in.Kind]
	x := Item{Kind: in.Kind, Said: Said{Name: in.Name, What: in.What}}
	day := func() {
		t, err := time.Parse("2006-01-02", in.Day)
		if x.Day = clock.DateOf(t); err != nil || x.Day.After(today) || x.Day.Before(clock.On(2000, 1, 1)) {
			fs.Add(pre+"dag", "pilot.error.past")
		}
	}
	switch in.Kind {
	case Partner:
		checkWords(&fs, pre+"naam", in.Name, mostLine, true)
		checkWords(&fs, pre+"wat", in.What, mostWords, true)
	case Spent:
		checkWords(&fs, pre+"naam", in.Name, mostLine, true)
		var ok bool
		if x.Amount, ok = euros(in.Amount); !ok || x.Amount == 0 {
			fs.Add(pre+"bedrag", "pilot.error.euros")
		}
		day()
	case Measure:
		checkWords(&fs, pre+"naam", in.Name, mostLine, true)
		checkWords(&fs, pre+"eenheid", in.Unit, 40, true)
		checkWords(&fs, pre+"vergelijk", in.Compare, mostLine, false)
		if x.Said.Better = in.Better; !slices.Contains(Betters, in.Better) {
			fs.Add(pre+"beter", "pilot.error.choose")
		}
		x.Said.Unit, x.Said.Compare = in.Unit, in.Compare
	case Value:
		i := slices.IndexFunc(measures, func(m Item) bool { return m.ID == in.About })
		if x.About = in.About; i < 0 {
			fs.Add(pre+"maat", "pilot.error.choose")
		}
		if x.Said.Group = in.Group; in.Group != InPilot && in.Group != Beside || in.Group == Beside && i >= 0 && measures[i].Said.Compare == "" {
			fs.Add(pre+"groep", "pilot.error.group")
		}
		var ok bool
		if x.Amount, ok = number(in.Amount); !ok {
			fs.Add(pre+"getal", "pilot.error.value")
		}
		day()
	}
	return x, fs
}

// Course is one measure with its values over time, and what they add up to.
type Course struct {
	Measure Item
	Values  []Item // by day, the oldest first
	First   map[string]int64
	Last    map[string]int64
	Moved   map[string]int64 // from the first value to the last, of groups with two or more
	// Apart is how much further the pilot moved than those with whom it is compared; Compared says whether that can be said.
	Apart    int64
	Compared bool
}

// CourseOf puts values in their order and holds the groups against each other: how far each moved, not where each stands, because
// they need not have begun at the same place.
func CourseOf(m Item, values []Item) Course {
	c := Course{Measure: m, First: map[string]int64{}, Last: map[string]int64{}, Moved: map[string]int64{}}
	for _, v := range values {
		if v.About == m.ID && v.Gone.IsZero() {
			c.Values = append(c.Values, v)
		}
	}
	slices.SortStableFunc(c.Values, func(a, b Item) int { return strings.Compare(a.Day.String(), b.Day.String()) })
	n := map[string]int{}
	for _, v := range c.Values {
		g := v.Said.Group
		if n[g] == 0 {
			c.First[g] = v.Amount
		}
		c.Last[g] = v.Amount
		if n[g]++; n[g] > 1 {
			c.Moved[g] = c.Last[g] - c.First[g]
		}
	}
	a, okA := c.Moved[InPilot]
	b, okB := c.Moved[Beside]
	c.Apart, c.Compared = a-b, okA && okB
	return c
}

// Helps says whether what moved is for the better; zero is neither.
func (c Course) Helps(moved int64) int {
	if c.Measure.Said.Better == "down" {
		moved = -moved
	}
	switch {
	case moved > 0:
		return 1
	case moved < 0:
		return -1
	}
	return 0
}

// Step is something that happened to a pilot.
type Step struct {
	ID, Pilot, Kind, State, About, MadeBy string
	At                                    time.Time
	Body                                  []byte
	Words                                 StepWords `db:"-"`
}

// StepWords are what was said; of a change of a locked plan, which part it is about and how that reads now.
type StepWords struct {
	Words  string `json:"words,omitempty"`
	Part   string `json:"part,omitempty"` // of Parts
	Reads  string `json:"reads,omitempty"`
	Before *Core  `json:"before,omitempty"`
}

// Parts are what is locked at the start.
var Parts = []string{"hypothesis", "goal", "start", "stop", "budget"}

// AmendInput is the form of a change of a locked plan.
type AmendInput struct{ Part, Reads, Why string }

// Check names all faults at once. Of the budget it gives the new one.
func (in AmendInput) Check(p Plan) (Plan, fault.Fields) {
	var fs fault.Fields
	if !p.Locked() || p.State == Decided {
		fs.Add("onderdeel", "pilot.error.turn")
	}
	if !slices.Contains(Parts, in.Part) {
		fs.Add("onderdeel", "pilot.error.choose")
	}
	if in.Part == "budget" {
		var ok bool
		if p.Budget, ok = euros(in.Reads); !ok {
			fs.Add("nieuw", "pilot.error.euros")
		}
	} else {
		checkWords(&fs, "nieuw", in.Reads, mostWords, true)
	}
	checkWords(&fs, "reden", in.Why, mostWords, true)
	return p, fs
}

// The kinds of steps.
const (
	Began     = "began"
	Edited    = "edited"
	Turned    = "turned"
	Noted     = "noted"
	Amended   = "amended"
	Added     = "added"
	Removed   = "removed"
	Restored  = "restored"
	Settled   = "settled"   // decided
	Delivered = "delivered" // its owner left, or gave it to another
)

// StepKinds are all of them.
var StepKinds = []string{Began, Edited, Turned, Noted, Amended, Added, Removed, Restored, Settled, Delivered}
