package feedback

// This file holds a complaint: its dates, which step may follow which, and what must be right about it. Who may handle it stands
// in line.go.
//
// Chapter 9 of the Algemene wet bestuursrecht binds the government and not a foundation: the terms are those of the
// organisation's own regulation, and somebody must enter them from it. Until then they are an assumption, and pages say so.

import (
	"crypto/rand"
	"slices"
	"strconv"
	"strings"
	"time"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/fault"
)

// Terms are how long a complaint may take. Source is the regulation they come from; empty when they are assumed.
type Terms struct {
	Ack    int // working days until it must be acknowledged
	Decide int // weeks until it must be decided
	More   int // weeks by which that may be put off once, with a reason
	Source string
	Since  time.Time
	MadeBy string
}

// Assumed are the terms until somebody enters those of the organisation.
var Assumed = Terms{Ack: 5, Decide: 6, More: 4}

// Dates are until when a complaint of a day must be acknowledged and decided.
func (t Terms) Dates(day clock.Date, working func(clock.Date) bool) (ack, decide clock.Date) {
	ack = day
	for n := 0; n < t.Ack; {
		if ack = ack.AddDays(1); working(ack) {
			n++
		}
	}
	return ack, day.AddDays(7 * t.Decide)
}

// TermsInput is the form of the terms.
type TermsInput struct{ Ack, Decide, More, Source string }

// Check names all faults at once.
func (in TermsInput) Check() (Terms, fault.Fields) {
	var fs fault.Fields
	number := func(field, s string, least, most int) int {
		n, err := strconv.Atoi(s)
		if err != nil || n < least || n > most {
			fs.Add(field, "feedback.error.number", "least", least, "most", most)
		}
		return n
	}
	t := Terms{Ack: number("ontvangst", in.Ack, 1, 20), Decide: number("besluit", in.Decide, 1, 26), More: number("uitstel", in.More, 0, 26), Source: in.Source}
	checkText(&fs, "bron", in.Source, "feedback.error.source", 200)
	return t, fs
}

// Subjects are what a complaint can be about.
var Subjects = []string{"treatment", "waiting", "mistake", "privacy", "safety", "other"}

// Complaint is one complaint. Person is empty when it came without a name; Against is the colleague it is about, empty
// when it names nobody; Level is how high that one stood when it came. Involved are the colleagues who had a part in it, with
// spaces between. Team is empty when it is not known where it happened.
type Complaint struct {
	ID, Person, Team, Region string
	Against, Level, Involved string
	Subject, Lang            string
	Day, Ack, Decide         clock.Date
	Extended                 bool
	More                     int // weeks by which it may be put off
	Handler                  string
	Acked, Decided           clock.Date
	Outcome                  string
	Version                  int64
	Body                     []byte
	Text                     string `db:"-"`
}

// Open says whether it still has to be decided.
func (c Complaint) Open() bool { return c.Decided.IsZero() }

// Due is the date that comes first, and the step that is due then.
func (c Complaint) Due() (clock.Date, string) {
	switch {
	case !c.Open():
		return clock.Date{}, ""
	case c.Acked.IsZero():
		return c.Ack, Acknowledged
	}
	return c.Decide, Decided
}

// The steps of a complaint.
const (
	Taken        = "taken"        // somebody handles it
	Acknowledged = "acknowledged" // who complained was told that it is there
	Extended     = "extended"     // it takes longer, with a reason
	Decided      = "decided"      // with an outcome and a reason
	Reopened     = "reopened"
)

// Outcomes are what can be decided.
var Outcomes = []string{"right", "partly", "wrong", "solved"}

// May says whether a step can follow now.
func (c Complaint) May(step string) bool {
	switch step {
	case Taken:
		return c.Open()
	case Acknowledged:
		return c.Open() && c.Acked.IsZero()
	case Extended:
		return c.Open() && !c.Extended && c.More > 0
	case Decided:
		return c.Open()
	case Reopened:
		return !c.Open()
	}
	return false
}

const mostText = 4000

// StepInput is a step as it was sent.
type StepInput struct{ Step, Outcome, Text string }

// Check names all faults at once.
func (in StepInput) Check() fault.Fields {
	var fs fault.Fields
	missing := ""
	if in.Step == Extended || in.Step == Decided || in.Step == Reopened {
		missing = "feedback.error.reason"
	}
	if in.Step == Decided && !slices.Contains(Outcomes, in.Outcome) {
		fs.Add("uitkomst", "feedback.error.outcome")
	}
	checkText(&fs, "woorden", in.Text, missing, mostText)
	return fs
}

// Step is something that happened to a complaint. Its words are for who complained.
type Step struct {
	ID, Complaint, Kind, Outcome, MadeBy string
	At                                   time.Time
	Body                                 []byte
	Text                                 string `db:"-"`
}

// After is the complaint after a step on a day, by a colleague.
func (c Complaint) After(in StepInput, by string, day clock.Date) Complaint {
	if c.Handler == "" || in.Step == Taken {
		c.Handler = by
	}
	switch in.Step {
	case Acknowledged:
		c.Acked = day
	case Extended:
		c.Extended, c.Decide = true, c.Decide.AddDays(7*c.More)
	case Decided:
		c.Decided, c.Outcome = day, in.Outcome
		if c.Acked.IsZero() {
			c.Acked = day
		}
	case Reopened:
		c.Decided, c.Outcome = clock.Date{}, ""
	}
	return c
}

// ComplaintInput is the form as it was sent. Against is a colleague, or a level when there is no name. Code is the one with which
// a complaint without a name is followed.
// Spoken says that a recording came with it, which may take the place of the words.
type ComplaintInput struct {
	Subject, Against, Town, Text, Code string
	Spoken                             bool
}

// Check names all faults at once. Against is one of those that were offered.
func (in ComplaintInput) Check(offered []string) fault.Fields {
	var fs fault.Fields
	if !slices.Contains(Subjects, in.Subject) {
		fs.Add("onderwerp", "feedback.error.subject")
	}
	if in.Against != "" && !slices.Contains(offered, in.Against) {
		fs.Add("wie", "feedback.error.against")
	}
	missing := "feedback.error.complaint"
	if in.Spoken {
		missing = ""
	}
	checkText(&fs, "klacht", in.Text, missing, mostText)
	return fs
}

// codeSigns are signs that cannot be mistaken for each other; with twelve of them nobody guesses a code through a form that
// slows them down.
const (
	codeSigns  = "ACDEFGHJKMNPQRTWXY3479"
	codeLength = 12
)

// NewCode makes a code, in groups of four.
func NewCode() string {
	var b strings.Builder
	one := make([]byte, 1)
	for n := 0; n < codeLength; {
		if _, err := rand.Read(one); err != nil {
			panic("feedback: the machine gives no random bytes: " + err.Error())
		}
		if int(one[0]) >= 256/len(codeSigns)*len(codeSigns) {
			continue // else the first signs would come more often
		}
		if n > 0 && n%4 == 0 {
			b.WriteByte('-')
		}
		b.WriteByte(codeSigns[int(one[0])%len(codeSigns)])
		n++
	}
	return b.String()
}

// ReadCode reads a code as somebody typed it; empty when it can be none.
func ReadCode(typed string) string {
	var b strings.Builder
	for _, r := range strings.ToUpper(typed) {
		switch {
		case strings.ContainsRune(codeSigns, r):
			b.WriteRune(r)
		case r == ' ' || r == '-':
		default:
			return ""
		}
	}
	if b.Len() != codeLength {
		return ""
	}
	return b.String()
}
