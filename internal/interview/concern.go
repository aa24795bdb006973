package interview

// This file holds points of concern: what went wrong in an interview, in coarse words that can leave the file, and in own
// words that cannot.

import (
	"time"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/fault"
)

// Concerns are what can go wrong, in the order in which the form shows them.
var Concerns = []string{"interpreter_quality", "interpreter_dialect", "interpreter_gender", "interpreter_absent", "duration", "tone", "intimate", "private",
	"medical", "vulnerability", "evidence", "child", "report", "companion", "other"}

// Weights say how bad it was.
var Weights = []string{"small", "serious", "grave"}

// Concern is one point of concern.
type Concern struct {
	ID        string
	Interview string
	Person    string
	Kind      string
	Weight    string
	Offered   time.Time // somebody made a signal of it, or asked for one before there were any
	OfferedBy string
	Signal    string // that it became one, and never which; empty as long as it did not
	MadeBy    string
	At        time.Time
	Removed   time.Time
	Version   int64
	Body      []byte `json:"-"`
	Words     string `db:"-"`
}

// ConcernInput is the form of a point of concern.
type ConcernInput struct{ Kind, Weight, Words string }

// Check finds all faults of a form.
func (in ConcernInput) Check() fault.Fields {
	var fs fault.Fields
	oneOf(&fs, "kind", in.Kind, Concerns)
	oneOf(&fs, "weight", in.Weight, Weights)
	if in.Kind == "other" && in.Words == "" {
		fs.Add("words", "interview.error.words")
	}
	text(&fs, "words", in.Words, textMost)
	return fs
}

// Presses says whether a signal may still be made of it.
func (c Concern) Presses() bool { return c.Removed.IsZero() && c.Signal == "" }

// signal is what of a concern may leave the file, and where the form of the signal says that it did.
func (c Concern) signal(i Interview) dossier.Signal {
	d := i.Day
	if d.IsZero() {
		d = clock.Today(c.At)
	}
	return dossier.Signal{From: "interview", Object: c.ID, Theme: c.Kind, Weight: c.Weight, Place: i.Site, Month: clock.On(d.Year, d.Month, 1)}
}
