package alarm

// This file holds what is done about an alarm: a short list of standard steps, each with its result, and a history to which
// is only added.

import (
	"slices"
	"time"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/fault"
)

// Steps are the standard steps, in the order in which they help. Asking the court for a provisional measure is Awb 8:81, and
// whether the removal waits for it Vb 7.3; the European Court can be asked under Rule 39 of its rules.
// bron: BWBR0005537 BWBR0011825 EHRM-39
var Steps = []string{"lawyer", "person", "provisional", "interim", "authority", "medical", "family", "press"}

// Results are what came of a step. "open" takes back what was said before.
var Results = []string{"done", "tried", "none", "open"}

// The other entries of the history.
const (
	raised   = "raised"
	changed  = "changed"
	taken    = "taken"
	left     = "left"
	named    = "named"   // the result is the id of the colleague
	unnamed  = "unnamed" // likewise
	renewed  = "renewed"
	ended    = "ended"
	reopened = "reopened"
	reviewed = "reviewed"
	joined   = "joined"
	listed   = "listed"
	wants    = "asked" // the person, on the own page
)

// Step is one entry of the history.
type Step struct {
	ID, About, Person string
	Kind, Result      string
	Body, Link        []byte `json:"-"`
	At                time.Time
	MadeBy            string
	Note              string `db:"-"`                   // the body, opened
	Address           string `db:"-" json:",omitempty"` // the link, opened: where a partner keeps its side of it
}

// Standing is how each standard step stands, from a history that begins with the oldest entry. What was taken back is not
// there.
func Standing(ss []Step) map[string]Step {
	out := map[string]Step{}
	for _, s := range ss {
		switch {
		case !slices.Contains(Steps, s.Kind):
		case s.Result == "open":
			delete(out, s.Kind)
		default:
			out[s.Kind] = s
		}
	}
	return out
}

// Did is what somebody says of one step.
type Did struct {
	Kind, Result, Note string
	Link               string // where a partner keeps its side, empty when nobody does
	Consent            bool   // the person agreed; asked for what goes outside
}

// Check names all faults at once. The press is called only when the person said yes.
func (d Did) Check() (note string, fs fault.Fields) {
	if !slices.Contains(Steps, d.Kind) {
		fs.Add("kind", "alarm.error.kind")
	}
	if !slices.Contains(Results, d.Result) {
		fs.Add("result", "alarm.error.result")
	}
	if d.Kind == "press" && (d.Result == "done" || d.Result == "tried") && !d.Consent {
		fs.Add("consent", "alarm.error.consent")
	}
	fs.Address("link", "alarm.error.link", d.Link)
	return words(&fs, "did", d.Note, 0), fs
}

// The European Court reads requests on working days between these hours, in Strasbourg, where it is as late as here. Its own
// holidays are not known to this program. bron: EHRM-39
const courtOpens, courtShuts = 8, 16

// Court says when the European Court next reads a request: now, or at which moment.
func Court(now time.Time) (reads time.Time, open bool) {
	t := now.In(clock.Netherlands)
	day := time.Date(t.Year(), t.Month(), t.Day(), courtOpens, 0, 0, 0, clock.Netherlands)
	for {
		weekend := day.Weekday() == time.Saturday || day.Weekday() == time.Sunday
		shuts := day.Add((courtShuts - courtOpens) * time.Hour)
		switch {
		case weekend || !t.Before(shuts):
			day = time.Date(day.Year(), day.Month(), day.Day()+1, courtOpens, 0, 0, 0, clock.Netherlands)
		case t.Before(day):
			return day, false
		default:
			return t, true
		}
	}
}

// CourtTooLate says whether the European Court does not read before the removal.
func CourtTooLate(d Danger, now time.Time) bool {
	reads, _ := Court(now)
	return !d.Due.IsZero() && !reads.Before(d.Due)
}
