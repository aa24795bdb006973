package advocacy

// This file holds a dossier: its states as one map, what each turn asks, and the forms of its demand and of its steps.

import (
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/privacy"
)

// The states of a dossier.
const (
	Prepared = "prepared" // we find out what to ask and of whom
	Running  = "running"
	Waiting  = "waiting" // somebody else is to move; it is looked at again on a day
	Ended    = "ended"   // there is a result, held against the demand
)

// States are all states, in the order of lists.
var States = []string{Prepared, Running, Waiting, Ended}

// turns are all turns there are: from a state, to a state.
var turns = map[string][]string{
	Prepared: {Running, Waiting, Ended},
	Running:  {Waiting, Ended},
	Waiting:  {Running, Ended},
	Ended:    {Running},
}

// Turns are the states that can follow.
func Turns(state string) []string { return turns[state] }

// MayTurn says whether a state can follow another.
func MayTurn(from, to string) bool { return slices.Contains(turns[from], to) }

// How we work on it, and what came of the demand.
var (
	Modes   = []string{"visible", "behind"}
	Results = []string{"whole", "part", "none", "dropped"}
)

// Dossier is one demand and all that is done for it. Closed says that only the named few may know of it.
type Dossier struct {
	ID, State, Mode, Result, Owner string
	Closed                         bool
	Next, Opened, Ended            clock.Date
	Version                        int64
	Body                           []byte
	Core                           Core `db:"-"`
}

// Open says whether something has to be done yet.
func (d Dossier) Open() bool { return d.State != Ended }

// Core is what is asked, of whom, why and how, and in the end what came of it; sealed.
type Core struct {
	Demand   string `json:"demand"`
	To       string `json:"to"`
	Why      string `json:"why"`
	Strategy string `json:"strategy,omitempty"`
	Came     string `json:"came,omitempty"`
}

// The longest that may be typed.
const (
	mostLine  = 200
	mostWords = 4000
)

// CoreInput is the form of the demand.
type CoreInput struct{ Demand, To, Why, Mode, Strategy string }

// Check names all faults at once.
func (in CoreInput) Check() (Core, fault.Fields) {
	var fs fault.Fields
	checkWords(&fs, "eis", in.Demand, mostLine, true)
	checkWords(&fs, "aan", in.To, mostLine, true)
	checkWords(&fs, "waarom", in.Why, mostWords, true)
	checkWords(&fs, "aanpak", in.Strategy, mostWords, false)
	if !slices.Contains(Modes, in.Mode) {
		fs.Add("hoe", "advocacy.error.choose")
	}
	return Core{Demand: in.Demand, To: in.To, Why: in.Why, Strategy: in.Strategy}, fs
}

// checkNext reads the day on which something is looked at again. A day that stood there already may be over.
func checkNext(fs *fault.Fields, s string, stood, today clock.Date, must bool) clock.Date {
	if s == "" && !must {
		return clock.Date{}
	}
	t, err := time.Parse("2006-01-02", s)
	d := clock.DateOf(t)
	if err != nil || d.Before(today) && d != stood || d.After(today.AddDays(3*366)) {
		fs.Add("volgende", "advocacy.error.next")
	}
	return d
}

// TurnInput is the form of a step. To is empty when the state stays.
type TurnInput struct{ To, Owner, Next, Result, Words string }

// Check names all faults at once, and gives the dossier as it is after the step.
func (in TurnInput) Check(d Dossier, owners []string, today clock.Date) (Dossier, fault.Fields) {
	var fs fault.Fields
	after := d
	if in.To != "" {
		if !MayTurn(d.State, in.To) {
			fs.Add("naar", "advocacy.error.turn")
		}
		after.State = in.To
	}
	if after.Owner = in.Owner; !slices.Contains(owners, in.Owner) {
		fs.Add("eigenaar", "advocacy.error.owner")
	}
	checkWords(&fs, "woorden", in.Words, mostWords, true)
	if after.State == Ended {
		after.Next = clock.Date{}
		if in.To == Ended {
			after.Ended, after.Result, after.Core.Came = today, in.Result, in.Words
			if !slices.Contains(Results, in.Result) {
				fs.Add("resultaat", "advocacy.error.result")
			}
		}
		return after, fs
	}
	after.Ended, after.Result = clock.Date{}, ""
	after.Next = checkNext(&fs, in.Next, d.Next, today, true)
	return after, fs
}

// checkWords names what is wrong with words. A number of a person belongs in no dossier.
func checkWords(fs *fault.Fields, field, words string, most int, must bool) {
	switch n := utf8.RuneCountInString(words); {
	case !utf8.ValidString(words):
		fs.Add(field, "advocacy.error.utf8")
	case must && strings.TrimSpace(words) == "":
		fs.Add(field, "advocacy.error.words")
	case n > most:
		fs.Add(field, "advocacy.error.long", "n", n, "most", most)
	case privacy.HasBSN(words) || hasVNumber(words):
		fs.Add(field, "advocacy.error.number")
	}
}

// vNumber is a number of a foreigner: ten digits, in one or as three, three and four.
var vNumber = regexp.MustCompile(`(?:^|[^0-9])(?:[0-9]{10}|[0-9]{3}[ .-][0-9]{3}[ .-][0-9]{4})(?:$|[^0-9])`)

func hasVNumber(s string) bool { return vNumber.MatchString(s) }

// has says whether a text stands in the demand or in what goes with it.
func (c Core) has(words string) bool {
	want := strings.ToLower(strings.TrimSpace(words))
	return want != "" && strings.Contains(strings.ToLower(strings.Join([]string{c.Demand, c.To, c.Why, c.Strategy, c.Came}, "\n")), want)
}
