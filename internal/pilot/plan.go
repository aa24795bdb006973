package pilot

// This file holds a pilot: its states as one map, what each turn asks, the plan that is locked at the start, and the decision.

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/privacy"
)

// The states of a pilot.
const (
	Drafted   = "drafted"
	Running   = "running"
	Evaluated = "evaluated" // what came of it is written down; somebody decides
	Decided   = "decided"
	Withdrawn = "withdrawn" // it never started
)

// States are all states, in the order of lists.
var States = []string{Running, Evaluated, Drafted, Decided, Withdrawn}

// turns are all turns there are: from a state, to a state.
var turns = map[string][]string{
	Drafted:   {Running, Withdrawn},
	Running:   {Evaluated},
	Evaluated: {Running, Decided}, // a decision to continue lets it run on, with that decision beside it
	Decided:   {Evaluated},        // the decision is looked at again
	Withdrawn: {Drafted},
}

// Turns are the states that can follow by a step; a decision has a form of its own.
func Turns(state string) []string {
	return slices.DeleteFunc(slices.Clone(turns[state]), func(s string) bool { return s == Decided })
}

// Decisions are what can be decided in the end.
var Decisions = []string{"stop", "continue", "embed", "hand_over"}

// Plan is one pilot. Checked is the day on which it is evaluated; Budget is in whole euros.
type Plan struct {
	ID, State, Owner, Bottleneck, Decision, DecidedBy string
	Started, Checked, Decided                         clock.Date
	Budget                                            int64
	Version                                           int64
	Body                                              []byte
	Core                                              Core `db:"-"`
}

// Core is what is sealed of it. The first five are locked at the start.
type Core struct {
	Title      string `json:"title"`
	Hypothesis string `json:"hypothesis"`
	Goal       string `json:"goal"`
	Start      string `json:"start"` // what it takes to start
	Stop       string `json:"stop"`  // what makes us stop before the end
	Found      string `json:"found,omitempty"`
	Reasons    string `json:"reasons,omitempty"` // of the decision
}

// Locked says whether the plan stands as it is.
func (p Plan) Locked() bool { return p.State != Drafted && p.State != Withdrawn }

// The longest that may be typed, and the most money.
const (
	mostLine  = 200
	mostWords = 4000
	mostEuros = 100_000_000
)

// PlanInput is the form of the plan.
type PlanInput struct{ Title, Hypothesis, Goal, Start, Stop, Budget, Owner, Checked string }

// Check names all faults at once.
func (in PlanInput) Check(owners []string, today clock.Date) (Plan, fault.Fields) {
	var fs fault.Fields
	checkWords(&fs, "naam", in.Title, mostLine, true)
	checkWords(&fs, "hypothese", in.Hypothesis, mostWords, true)
	checkWords(&fs, "doel", in.Goal, mostWords, true)
	checkWords(&fs, "start", in.Start, mostWords, true)
	checkWords(&fs, "stop", in.Stop, mostWords, true)
	p := Plan{State: Drafted, Owner: in.Owner, Core: Core{Title: in.Title, Hypothesis: in.Hypothesis, Goal: in.Goal, Start: in.Start, Stop: in.Stop}}
	var ok bool
	if p.Budget, ok = euros(in.Budget); !ok {
		fs.Add("geld", "pilot.error.euros")
	}
	if !slices.Contains(owners, in.Owner) {
		fs.Add("eigenaar", "pilot.error.owner")
	}
	p.Checked = checkDay(&fs, "evaluatie", in.Checked, today)
	return p, fs
}

// euros reads whole euros, as people write them: 12.500 or € 12500.
func euros(s string) (int64, bool) {
	s = strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(s), "€"))
	if thousands.MatchString(s) {
		s = strings.NewReplacer(".", "", " ", "", "\u00a0", "").Replace(s)
	}
	n, err := strconv.ParseInt(s, 10, 64)
	return n, err == nil && n >= 0 && n <= mostEuros && s != "" && s[0] != '+'
}

var thousands = regexp.MustCompile(`^[0-9]{1,3}([. \x{00a0}][0-9]{3})+$`)

// number reads a measured number with at most three decimals, as thousandths: 12,5 or -3.
func number(s string) (int64, bool) {
	s = strings.ReplaceAll(strings.TrimSpace(s), ",", ".")
	if !decimal.MatchString(s) {
		return 0, false
	}
	neg := strings.HasPrefix(s, "-")
	whole, part, _ := strings.Cut(strings.TrimPrefix(s, "-"), ".")
	n, err := strconv.ParseInt(whole+(part + "000")[:3], 10, 64)
	if neg {
		n = -n
	}
	return n, err == nil
}

var decimal = regexp.MustCompile(`^-?[0-9]{1,9}(\.[0-9]{1,3})?$`)

// numberText writes thousandths as people read them here.
func numberText(n int64) string {
	sign := ""
	if n < 0 {
		sign, n = "−", -n
	}
	s := sign + strconv.FormatInt(n/1000, 10)
	if part := strings.TrimRight(strconv.FormatInt(n%1000+1000, 10)[1:], "0"); part != "" {
		s += "," + part
	}
	return s
}

func checkDay(fs *fault.Fields, field, s string, today clock.Date) clock.Date {
	t, err := time.Parse("2006-01-02", s)
	d := clock.DateOf(t)
	if err != nil || d.Before(today) || d.After(today.AddDays(5*366)) {
		fs.Add(field, "pilot.error.next")
	}
	return d
}

// TurnInput is the form of a step. To is empty when the state stays.
type TurnInput struct{ To, Owner, Checked, Words string }

// Check names all faults at once, and gives the pilot as it is after the step. Measures is how many there are: without one nothing
// starts, because nobody would know whether it helped.
func (in TurnInput) Check(p Plan, owners []string, measures int, today clock.Date) (Plan, fault.Fields) {
	var fs fault.Fields
	after := p
	if in.To != "" {
		if !slices.Contains(Turns(p.State), in.To) {
			fs.Add("naar", "pilot.error.turn")
		}
		after.State = in.To
	}
	if in.To == Running && measures == 0 {
		fs.Add("naar", "pilot.error.measure")
	}
	if after.Owner = in.Owner; !slices.Contains(owners, in.Owner) {
		fs.Add("eigenaar", "pilot.error.owner")
	}
	checkWords(&fs, "woorden", in.Words, mostWords, true)
	switch after.State {
	case Drafted, Running:
		if in.Checked == p.Checked.String() && !p.Checked.IsZero() && in.To != Running {
			break // a day that stood there may be over
		}
		after.Checked = checkDay(&fs, "evaluatie", in.Checked, today)
	case Evaluated:
		if in.To == Evaluated && p.State == Running {
			after.Core.Found = in.Words
		}
	}
	if in.To == Running && p.State == Drafted {
		after.Started = today
	}
	if p.State == Decided && in.To == Evaluated {
		after.Decision, after.DecidedBy, after.Decided, after.Core.Reasons = "", "", clock.Date{}, ""
	}
	return after, fs
}

// DecideInput is the form of the decision. To continue it takes a new day of evaluation.
type DecideInput struct{ Decision, Reasons, Checked string }

// Check names all faults at once.
func (in DecideInput) Check(p Plan, by string, today clock.Date) (Plan, fault.Fields) {
	var fs fault.Fields
	after := p
	if p.State != Evaluated {
		fs.Add("besluit", "pilot.error.turn")
	} else if !slices.Contains(Decisions, in.Decision) {
		fs.Add("besluit", "pilot.error.choose")
	}
	checkWords(&fs, "redenen", in.Reasons, mostWords, true)
	after.State, after.Decision, after.DecidedBy, after.Decided, after.Core.Reasons = Decided, in.Decision, by, today, in.Reasons
	if in.Decision == "continue" {
		after.State = Running
		after.Checked = checkDay(&fs, "opnieuw", in.Checked, today)
	}
	return after, fs
}

// vNumber is a number of a foreigner: ten digits, in one or as three, three and four.
var vNumber = regexp.MustCompile(`(?:^|[^0-9])(?:[0-9]{10}|[0-9]{3}[ .-][0-9]{3}[ .-][0-9]{4})(?:$|[^0-9])`)

// checkWords names what is wrong with words. A number of a person belongs in no pilot.
func checkWords(fs *fault.Fields, field, words string, most int, must bool) {
	switch n := utf8.RuneCountInString(words); {
	case !utf8.ValidString(words):
		fs.Add(field, "pilot.error.utf8")
	case must && strings.TrimSpace(words) == "":
		fs.Add(field, "pilot.error.words")
	case n > most:
		fs.Add(field, "pilot.error.long", "n", n, "most", most)
	case privacy.HasBSN(words) || vNumber.MatchString(words):
		fs.Add(field, "pilot.error.number")
	}
}
