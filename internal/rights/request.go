package rights

// This file holds a request: its kinds, its date, which step may follow which, and what must be right about it.

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/privacy"
)

// The kinds of requests.
const (
	Copy    = "copy"    // everything that is kept, AVG 15 and 20
	Correct = "correct" // something is wrong, AVG 16
	Less    = "less"    // restriction of the use, AVG 18
	Erase   = "erase"   // AVG 17
	Object  = "object"  // objection to a use, AVG 21
)

// Kinds are all kinds, in the order of the form.
var Kinds = []string{Copy, Correct, Less, Erase, Object}

// The ways in which a request comes.
const (
	OnPage  = "page"  // the person's own page
	AtDesk  = "desk"  // aloud, written down by a colleague
	OnPaper = "paper" // a letter, a form
)

// Ways are those that a colleague chooses from.
var Ways = []string{AtDesk, OnPaper}

// The terms of AVG 12(3), and ours: how long an erasure waits, how long before less use ends (AVG 18(3)), how long a copy can be
// fetched.
const (
	months     = 1
	monthsMore = 2
	Regret     = 14 // days
	liftAfter  = 3  // days
	copyFor    = 24 * time.Hour
)

// Until is the last day of a term of whole months after a day: the same day of the month, or the last of it when there is none,
// and the next working day when nobody works then (Regulation 1182/71, article 3; bron: CELEX-31971R1182).
func Until(day clock.Date, months int, working func(clock.Date) bool) clock.Date {
	end := day.AddMonths(months)
	for !working(end) {
		end = end.AddDays(1)
	}
	return end
}

// Due is by when a request that came on a day must be answered (bron: AVG-12).
func Due(day clock.Date, extended bool, working func(clock.Date) bool) clock.Date {
	if extended {
		return Until(day, months+monthsMore, working)
	}
	return Until(day, months, working)
}

// The outcomes.
const (
	Granted   = "granted"
	Partly    = "partly"
	Refused   = "refused"
	Withdrawn = "withdrawn" // by the person
)

// Outcomes are what can be decided.
var Outcomes = []string{Granted, Partly, Refused}

// grounds are the reasons for which a request may be refused in whole or in part. No other reason can be chosen. The text of each
// names the article.
var grounds = map[string][]string{
	Copy:    {"others", "excessive", "unknown"},
	Correct: {"right", "opinion", "excessive", "unknown"},
	Less:    {"nocase", "excessive", "unknown"},
	Erase:   {"needed", "law", "claims", "excessive", "unknown"},
	Object:  {"compelling", "claims", "nouse", "excessive", "unknown"},
}

// Grounds are those of a kind.
func Grounds(kind string) []string { return grounds[kind] }

// Request is one request. Effect is the day on which an erasure is carried out; Done is when the outcome was carried out.
type Request struct {
	ID, Person, Team, Kind, How, Lang string
	Day, Due                          clock.Date
	Extended, Asks                    bool // Asks: the person is to answer a question
	Handler, MadeBy                   string
	Outcome, Ground                   string
	Decided, Effect, Done             clock.Date
	Ready                             time.Time // until when a copy can be fetched
	Version                           int64
	Body                              []byte
	Words                             Words `db:"-"`
}

// Words are what the person asked, sealed.
type Words struct {
	Called string `json:"called"`
	Text   string `json:"text,omitempty"`
	Apart  bool   `json:"apart,omitempty"` // a copy with what is kept apart in it
}

// Open says whether it must still be decided.
func (r Request) Open() bool { return r.Decided.IsZero() }

// ToDo says whether it was decided and must still be carried out.
func (r Request) ToDo() bool { return !r.Open() && r.Done.IsZero() }

// Whose turn it is.
const (
	Ours   = "ours"
	Theirs = "theirs"
	Wait   = "wait" // nobody's: an erasure waits for its day
	Over   = "over"
)

// Turn is whose turn it is now.
func (r Request) Turn() string {
	switch {
	case r.Open() && r.Asks:
		return Theirs
	case r.Open():
		return Ours
	case !r.Done.IsZero():
		return Over
	case r.Kind == Erase:
		return Wait
	}
	return Ours
}

// State is where it stands, as the last part of a text key.
func (r Request) State() string {
	switch {
	case r.Open() && r.Asks:
		return "asked"
	case r.Open() && r.Extended:
		return "longer"
	case r.Open():
		return "open"
	case r.Outcome == Refused || r.Outcome == Withdrawn:
		return r.Outcome
	case r.Done.IsZero() && r.Kind == Erase:
		return "waits"
	case r.Done.IsZero():
		return r.Outcome + ".todo"
	}
	return r.Outcome
}

// The steps. Answered, Undone and Ended are those of the person.
const (
	Taken     = "taken"
	Asked     = "asked" // a question to the person
	Answered  = "answered"
	Longer    = "longer" // two months more
	Decide    = "decided"
	Carried   = "carried" // what was decided was done
	Reopened  = "reopened"
	Undone    = "undone" // taken back by the person
	Lifted    = "lifted" // less use ends, told before
	Ended     = "ended"  // less use ends because the person wants it
	CopyGiven = "given"  // the privacy officer made the copy
)

// May says whether a step can follow on a day.
func (r Request) May(step string, today clock.Date) bool {
	switch step {
	case Taken:
		return r.Open()
	case Asked:
		return r.Open() && !r.Asks
	case Answered:
		return r.Open() && r.Asks
	case Longer: // the person must know within the first month
		return r.Open() && !r.Extended && !today.After(r.Due)
	case Decide:
		return r.Open()
	case Carried:
		return r.ToDo() && r.Kind != Erase
	case CopyGiven:
		return r.Kind == Copy && (r.Open() || r.Granted())
	case Reopened:
		return !r.Open() && r.Outcome != Withdrawn && !(r.Kind == Less && r.Granted())
	case Undone:
		return r.Open() || r.Turn() == Wait
	case Lifted, Ended:
		return r.Kind == Less && r.Granted()
	}
	return false
}

// Granted says whether the person got it, in whole or in part.
func (r Request) Granted() bool { return r.Outcome == Granted || r.Outcome == Partly }

const mostText = 4000

// StepInput is a step as it was sent.
type StepInput struct{ Step, Outcome, Ground, Text string }

// Check names all faults at once. Whoever decides, asks or puts off tells the person why, in words.
func (in StepInput) Check(r Request) fault.Fields {
	var fs fault.Fields
	missing := ""
	switch in.Step {
	case Asked, Longer, Decide, Reopened, Lifted, Answered:
		missing = "rights.error.words"
	}
	if in.Step == Decide {
		if !slices.Contains(Outcomes, in.Outcome) {
			fs.Add("uitkomst", "rights.error.outcome")
		}
		needs := in.Outcome == Refused || in.Outcome == Partly
		if needs && !slices.Contains(grounds[r.Kind], in.Ground) {
			fs.Add("grond", "rights.error.ground")
		}
		if in.Outcome == Partly && r.Kind == Erase {
			fs.Add("uitkomst", "rights.error.erasepartly")
		}
	}
	checkText(&fs, "woorden", in.Text, missing)
	return fs
}

// After is the request after a step on a day, by somebody.
func (r Request) After(in StepInput, by string, today clock.Date, working func(clock.Date) bool) Request {
	switch in.Step {
	case Taken:
		r.Handler = by
	case Asked:
		r.Asks = true
	case Answered:
		r.Asks = false
	case Longer:
		r.Extended, r.Due = true, Due(r.Day, true, working)
	case Decide:
		r.Decided, r.Outcome, r.Asks = today, in.Outcome, false
		if in.Outcome != Granted {
			r.Ground = in.Ground
		}
		switch {
		case in.Outcome == Refused, r.Kind == Less:
			r.Done = today
		case r.Kind == Erase:
			r.Effect = today.AddDays(Regret)
		}
	case CopyGiven:
		if r.Open() {
			r.Decided, r.Outcome = today, Granted
		}
		r.Done = today
	case Carried:
		r.Done = today
	case Reopened:
		r.Decided, r.Done, r.Effect, r.Outcome, r.Ground = clock.Date{}, clock.Date{}, clock.Date{}, "", ""
	case Undone:
		r.Decided, r.Done, r.Effect, r.Outcome, r.Ground = today, today, clock.Date{}, Withdrawn, ""
	}
	if r.Handler == "" && by != "" {
		r.Handler = by
	}
	return r
}

// Step is something that happened to a request, with the words for the person. MadeBy is empty when the person did it.
type Step struct {
	ID, Request, Kind, Outcome, Ground, MadeBy string
	At                                         time.Time
	Body                                       []byte
	Text                                       string `db:"-"`
}

// Asking is a request as it was sent. Day is only for what came on paper.
type Asking struct{ Kind, How, Day, Text string }

// paperOld is how long ago a paper can have come: an older one is a mistake of the year.
const paperOld = 90

// Check names all faults at once, and reads the day on which the request came: the term runs from then, not from when somebody
// wrote it down.
func (a Asking) Check(today clock.Date, staff bool) (clock.Date, fault.Fields) {
	var fs fault.Fields
	day := today
	if !slices.Contains(Kinds, a.Kind) {
		fs.Add("soort", "rights.error.kind")
	}
	if staff {
		if !slices.Contains(Ways, a.How) {
			fs.Add("hoe", "rights.error.how")
		}
		if a.Day != "" {
			d, err := clock.ParseDate(a.Day)
			switch {
			case err != nil:
				fs.Add("dag", "rights.error.day")
			case d.After(today):
				fs.Add("dag", "rights.error.future")
			case d.Before(today.AddDays(-paperOld)):
				fs.Add("dag", "rights.error.old", "n", paperOld)
			default:
				day = d
			}
		}
	}
	missing := ""
	if a.Kind == Correct || a.Kind == Object { // nobody can do these without knowing what
		missing = "rights.error.what"
	}
	checkText(&fs, "tekst", a.Text, missing)
	return day, fs
}

func checkText(fs *fault.Fields, field, text, missing string) {
	switch n := utf8.RuneCountInString(text); {
	case strings.TrimSpace(text) == "" && missing != "":
		fs.Add(field, missing)
	case n > mostText:
		fs.Add(field, "rights.error.long", "n", n, "most", mostText)
	case privacy.HasBSN(text):
		fs.Add(field, "rights.error.bsn")
	}
}
