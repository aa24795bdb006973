package family

// This file holds the way of one relative from the application to the arrival: what happened, what comes next, who is to
// act, and what waits longer than is usual.

import (
	"slices"
	"time"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/fault"
)

// Steps of the way, in their order.
const (
	Applied    = "applied"
	Documents  = "documents"
	DNA        = "dna"
	Interview  = "interview"
	Decision   = "decision"
	VisaAsked  = "visa_asked"
	VisaIssued = "visa_issued"
	Travel     = "travel"
	Arrival    = "arrived"
)

// StepKinds are all steps, in their order.
var StepKinds = []string{Applied, Documents, DNA, Interview, Decision, VisaAsked, VisaIssued, Travel, Arrival}

// skippable are the steps that not everybody has to take.
var skippable = []string{DNA, Interview}

// How a step stands.
const (
	Done     = "done"
	Planned  = "planned" // it has a day that is still to come
	Waiting  = "waiting"
	Unneeded = "unneeded"
	Granted  = "granted" // of the decision
	Refused  = "refused"
)

// StepStates are how this step may stand.
func StepStates(kind string) []string {
	switch {
	case kind == Decision:
		return []string{Waiting, Granted, Refused}
	case slices.Contains(skippable, kind):
		return []string{Waiting, Planned, Done, Unneeded}
	case kind == Travel:
		return []string{Waiting, Planned, Done}
	}
	return []string{Waiting, Done}
}

// Actors are who may be the one to act.
var Actors = []string{"person", "relative", "us", "lawyer", "ind", "embassy", "other"}

// usual is who acts in a step when nobody said otherwise.
var usual = map[string]string{Applied: "us", Documents: "person", DNA: "ind", Interview: "embassy", Decision: "ind", VisaAsked: "relative", VisaIssued: "embassy", Travel: "us", Arrival: "relative"}

// normal is after how many days a step that waits is worth a look. No law gives these numbers, they are our assumption; the
// decision has none, because its term is computed where the law is.
var normal = map[string]int{Applied: 30, Documents: 28, DNA: 56, Interview: 56, VisaAsked: 14, VisaIssued: 30, Travel: 45, Arrival: 14}

// Step is what was told of one step. A later telling of the same step stands for an earlier one.
type Step struct {
	Kind  string     `json:"kind"`
	State string     `json:"state"`
	On    clock.Date `json:"on,omitzero"`    // when it happened, or will; zero is unknown
	Until clock.Date `json:"until,omitzero"` // the last day of a visa
	Who   string     `json:"who,omitempty"`  // who is to act
	Note  string     `json:"note,omitempty"`
	At    time.Time  `json:"at"`
	By    string     `json:"by"`
}

// over says whether nothing more is to happen in a step.
func (s Step) over() bool {
	return s.State == Done || s.State == Unneeded || s.State == Granted || s.State == Refused
}

// Way is how far somebody is.
type Way struct {
	Steps   []Step     // the last telling of each step that was told of, in the order of the way
	Next    string     // the step that comes now; empty when there is none
	Who     string     // who is to act in it
	Since   clock.Date // since when it waits; zero is unknown
	Planned clock.Date // the day on which it will happen
	Long    bool       // it waits longer than is usual
	Ended   string     // Arrival or Refused, when the way has ended so
	Visa    clock.Date // the last day of the visa, while it is needed
}

// Told says whether the step was told of, and how it stands.
func (w Way) Told(kind string) (Step, bool) {
	i := slices.IndexFunc(w.Steps, func(s Step) bool { return s.Kind == kind })
	if i < 0 {
		return Step{}, false
	}
	return w.Steps[i], true
}

// Arrived says whether somebody has come.
func (m Member) Arrived() bool {
	return slices.ContainsFunc(m.Steps, func(s Step) bool { return s.Kind == Arrival && s.State == Done })
}

// WayOf is how far somebody is on a day. What was passed over counts as passed: who has a visa no longer waits for papers.
func WayOf(m Member, today clock.Date) Way {
	var w Way
	last := map[string]Step{}
	for _, s := range m.Steps {
		last[s.Kind] = s
	}
	furthest := -1
	for i, k := range StepKinds {
		s, ok := last[k]
		if !ok {
			continue
		}
		w.Steps = append(w.Steps, s)
		if s.over() {
			furthest = i
			if s.State != Unneeded && !s.On.IsZero() {
				w.Since = s.On
			}
		}
	}
	if s, ok := last[VisaIssued]; ok && s.State == Done && !m.Arrived() {
		w.Visa = s.Until
	}
	switch {
	case last[Arrival].State == Done:
		w.Ended = Arrival
		return w
	case last[Decision].State == Refused && furthest <= slices.Index(StepKinds, Decision):
		w.Ended = Refused
		return w
	case m.Where.State == Died || m.Coming != "yes" && len(m.Steps) == 0:
		return w
	}
	for i := furthest + 1; i < len(StepKinds); i++ {
		if last[StepKinds[i]].State != Unneeded {
			w.Next = StepKinds[i]
			break
		}
	}
	s, told := last[w.Next]
	w.Who = usual[w.Next]
	if told && s.Who != "" {
		w.Who = s.Who
	}
	if told && s.State == Planned {
		w.Planned = s.On
	}
	if told && s.State == Waiting && !s.On.IsZero() {
		w.Since = s.On
	}
	if furthest < 0 && !told {
		w.Since = clock.Date{} // nothing has happened yet: there is nothing to count from
	}
	n, counted := normal[w.Next]
	switch {
	case !w.Planned.IsZero():
		w.Long = w.Planned.Before(today) // its day has passed, and nobody told how it went
	case counted && !w.Since.IsZero():
		w.Long = w.Since.DaysUntil(today) > n
	}
	return w
}

// StepInput is the form of a step.
type StepInput struct{ Kind, State, On, Until, Who, Note string }

// Read finds all faults of a form and makes the step of it.
func (in StepInput) Read(today clock.Date) (Step, fault.Fields) {
	var fs fault.Fields
	oneOf(&fs, "kind", in.Kind, StepKinds)
	if len(fs) == 0 {
		oneOf(&fs, "state", in.State, StepStates(in.Kind))
	}
	latest := today
	if in.State == Planned {
		latest = today.AddDays(3 * 366)
	}
	s := Step{Kind: in.Kind, State: in.State, On: day(&fs, "on", in.On, latest), Until: day(&fs, "valid", in.Until, today.AddDays(3*366)), Who: in.Who, Note: in.Note}
	if in.State == Planned && s.On.IsZero() && in.On == "" {
		fs.Add("on", "family.error.planned")
	}
	if in.Kind != VisaIssued || in.State != Done {
		s.Until = clock.Date{}
	} else if !s.Until.IsZero() && !s.On.IsZero() && s.Until.Before(s.On) {
		fs.Add("valid", FaultDays)
	}
	if in.Who != "" {
		oneOf(&fs, "who", in.Who, Actors)
	}
	text(&fs, "note", in.Note, noteMost)
	return s, fs
}

// recorded is the event of the legal track that is the same as a step; what is written there has its dates computed.
func recorded(s Step) string {
	switch {
	case s.Kind == Applied && s.State == Done:
		return "family_applied"
	case s.Kind == Interview && s.State == Done:
		return "identified"
	case s.Kind == Decision && s.over():
		return "decision"
	case s.Kind == VisaIssued && s.State == Done:
		return "mvv_issued"
	case s.Kind == Arrival && s.State == Done:
		return "family_arrived"
	}
	return ""
}
