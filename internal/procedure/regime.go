package procedure

// This file chooses the law that governs a track. It chooses per track and never per person: one person can have an
// old asylum case and a new case about responsibility at the same time.

import (
	"reisgezel/internal/kernel/clock"
)

// Topic is a field of law in which exactly one regime governs a case.
type Topic string

// The topics that the program itself names; the others stand only in the rule files.
const (
	Asylum         Topic = "asylum"
	Responsibility Topic = "responsibility" // which member state must decide
	Return         Topic = "return"         // never offered to anybody who did not ask
)

// TopicDef is one topic of regimes.yaml, with the topics whose law is used along with it.
type TopicDef struct {
	ID    Topic   `yaml:"id"`
	With  []Topic `yaml:"with"`
	Track bool    `yaml:"track"` // a case of its own; the others only go along with one

	all []Topic // itself and With
}

// RegimeID names a regime, such as VW-OLD or PACT.
type RegimeID string

// Regime is one row of regimes.yaml.
type Regime struct {
	ID         RegimeID   `yaml:"id"`
	Topic      Topic      `yaml:"topic"`
	Trigger    string     `yaml:"trigger"` // the event whose day decides; empty when there is one law only
	From       clock.Date `yaml:"from"`
	To         clock.Date `yaml:"to"`
	Article    string     `yaml:"article"`
	Source     string     `yaml:"source"`
	Confidence Confidence `yaml:"confidence"`
	// Named is for laws of which nobody knows by which day they part: only a letter that names one decides. It is the
	// route of the event law_named.
	Named string `yaml:"named"`

	at spot
}

// Choice is the answer for one topic: one regime, or several when the day that decides is not known well enough.
type Choice struct {
	Topic   Topic      `json:"topic"`
	Regimes []RegimeID `json:"regimes"`
	Chain   []Reason   `json:"chain"`
	// Contradiction says that the days of the facts cannot all be right.
	Contradiction bool `json:"contradiction,omitempty"`
}

// Sure says whether one regime governs.
func (c Choice) Sure() bool { return len(c.Regimes) == 1 }

// Choose finds the regimes that can govern a track.
func (b *Rulebook) Choose(topic Topic, f Facts) Choice {
	c := Choice{Topic: topic}
	named := ""
	if e := f.latest("law_named"); e != nil {
		named = e.Route
	}
	for i := range b.Regimes {
		r := &b.Regimes[i]
		if r.Topic != topic {
			continue
		}
		if r.Named != "" && b.names(topic, named) {
			if r.Named == named {
				c.Regimes = append(c.Regimes, r.ID)
				c.Chain = append(c.Chain, why("regime_named", text("regime", string(r.ID))))
			}
			continue
		}
		if r.Trigger == "" {
			key := "regime_only"
			if r.Named != "" {
				key = "regime_unsettled"
			}
			c.Regimes = append(c.Regimes, r.ID)
			c.Chain = append(c.Chain, why(key, text("regime", string(r.ID)), text("article", r.Article)))
			continue
		}
		from, to, how := f.bounds(r.Trigger)
		if !to.IsZero() && !r.From.IsZero() && to.Before(r.From) {
			continue
		}
		if !from.IsZero() && !r.To.IsZero() && from.After(r.To) {
			continue
		}
		c.Regimes = append(c.Regimes, r.ID)
		if len(c.Regimes) == 1 {
			c.Chain = append(c.Chain, how...)
		}
		key, turns := "regime_until", r.To
		if r.To.IsZero() {
			key, turns = "regime_from", r.From
		}
		c.Chain = append(c.Chain, why(key, text("regime", string(r.ID)), text("article", r.Article), word("trigger", "procedure.event."+r.Trigger), day("day", turns)))
	}
	switch {
	case len(c.Regimes) == 0:
		// The days contradict each other, so they decide nothing: every regime stays possible until somebody looks.
		c.Contradiction = true
		for _, r := range b.Regimes {
			if r.Topic == topic {
				c.Regimes = append(c.Regimes, r.ID)
			}
		}
		c.Chain = append(c.Chain, why("regime_contradiction"))
	case len(c.Regimes) > 1:
		c.Chain = append(c.Chain, why("regime_open"))
	}
	return c
}

// names says whether a letter named one of the laws of a topic.
func (b *Rulebook) names(topic Topic, named string) bool {
	for i := range b.Regimes {
		if r := &b.Regimes[i]; named != "" && r.Topic == topic && r.Named == named {
			return true
		}
	}
	return false
}

// bounds are the first and the last day on which a trigger can have happened, as far as the facts tell: nobody lodges
// before being registered, and no decision comes before its application.
func (f Facts) bounds(trigger string) (from, to clock.Date, how []Reason) {
	from, to = f.span(trigger)
	if e := f.latest(trigger); e != nil && (!e.On.From.IsZero() || !e.On.To.IsZero()) {
		name := word("event", "procedure.event."+trigger)
		switch {
		case e.On.Exact():
			how = []Reason{why("trigger_day", name, day("day", e.On.From))}
		case e.On.From.IsZero():
			how = []Reason{why("trigger_until", name, day("day", e.On.To))}
		case e.On.To.IsZero():
			how = []Reason{why("trigger_since", name, day("day", e.On.From))}
		default:
			how = []Reason{why("trigger_between", name, day("day", e.On.From), day("to", e.On.To))}
		}
		return from, to, how
	}
	if trigger == "lodged" {
		if e := f.latest("registered"); e != nil && !e.On.Unknown() {
			how = append(how, why("trigger_not_before", word("event", "procedure.event."+trigger), word("other", "procedure.event.registered"), day("day", from)))
		}
	}
	if first := f.presupposing(trigger); first != nil {
		how = append(how, why("trigger_not_after", word("event", "procedure.event."+trigger), word("other", "procedure.event."+first.Kind), day("day", to)))
	}
	return from, to, how
}

// span is bounds without its reasons: every rule asks for it.
func (f Facts) span(trigger string) (from, to clock.Date) {
	if e := f.latest(trigger); e != nil && (!e.On.From.IsZero() || !e.On.To.IsZero()) {
		return e.On.From, e.On.To
	}
	if trigger == "lodged" {
		if e := f.latest("registered"); e != nil && !e.On.Unknown() {
			from = e.On.From
		}
	}
	if first := f.presupposing(trigger); first != nil {
		to = first.On.To
	}
	return from, to
}

// withdrawalBegun is the event with which the examination of a withdrawal begins: by its day the old law and the pact part,
// whenever the application was lodged.
const withdrawalBegun = "withdrawal_begun"

// begun are the first and the last day on which the examination of the withdrawal can have begun to which an event
// belongs: no later than the intention, nor than the event itself. An earlier decision ended an earlier examination.
func (f Facts) begun(e *Event) (from, to clock.Date) {
	to = e.On.To
	for i := range f.Events {
		x := &f.Events[i]
		switch {
		case x.ID == e.ID && x.Kind != withdrawalBegun:
			return from, to
		case x.Kind == "decision":
			from, to = clock.Date{}, e.On.To
		case x.Kind == withdrawalBegun && !x.On.Unknown():
			from, to = x.On.From, x.On.To
		case x.Kind == "intention" && x.On.To != (clock.Date{}) && (to.IsZero() || x.On.To.Before(to)):
			to = x.On.To
		}
		if x.ID == e.ID {
			return from, to
		}
	}
	return from, to
}

// presupposing is the earliest event that can only happen after a trigger; nil when there is none.
func (f Facts) presupposing(trigger string) *Event {
	var first *Event
	for i := range f.Events {
		e := &f.Events[i]
		if !e.On.Unknown() && presupposes[trigger][e.Kind] && (first == nil || e.On.To.Before(first.On.To)) {
			first = e
		}
	}
	return first
}

// presupposes lists the events that can only happen after a trigger.
var presupposes = map[string]map[string]bool{
	"registered": {"lodged": true, "interview_report": true, "intention": true, "decision": true, "appeal_lodged": true, "judgment": true, "claim_accepted": true, "nl_responsible": true},
	"lodged":     {"interview_report": true, "intention": true, "decision": true, "appeal_lodged": true, "judgment": true},
}
