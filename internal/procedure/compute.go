package procedure

// This file computes dates without a file of a person: one event, said by hand, under the rules of one field of law. It
// offers only what the rules know, and asks only what they need.

import (
	"errors"
	"slices"
	"strings"
	"time"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/fault"
)

// Offer is one event from which the rules of one topic count, with everything they may ask about it.
type Offer struct {
	Definition
	Topic    Topic
	Terms    []string   // the keys of the terms that begin with it
	Laws     []RegimeID // which may govern; one or none is no question
	Trigger  string     // the event whose day decides between them, when a day decides
	Suspends bool       // an authority's term can stand still
	Given    []string   // events that a rule asks for besides
	Earlier  string     // the event with which another term begins, when one begins at the end of that
}

// Offers are the events that rules of a topic count from, in the order of the rule files.
func (b *Rulebook) Offers(topic Topic) []Offer {
	var out []Offer
	for _, p := range b.Packs {
		if p.Topic != topic {
			continue
		}
		for _, r := range p.Terms {
			if !slices.ContainsFunc(out, func(o Offer) bool { return o.ID == r.On }) {
				out = append(out, b.offer(topic, r.On, ""))
			}
		}
	}
	return out
}

// Offer finds one of them. When one law is named, it asks and offers what that law knows; else what any of them knows.
func (b *Rulebook) Offer(topic Topic, kind, law string) (Offer, bool) {
	o := b.offer(topic, kind, "")
	if slices.Contains(o.Laws, RegimeID(law)) {
		laws := o.Laws
		o = b.offer(topic, kind, RegimeID(law))
		o.Laws = laws
	}
	return o, len(o.Terms) > 0
}

func (b *Rulebook) offer(topic Topic, kind string, law RegimeID) Offer {
	o := Offer{Topic: topic, Definition: Definition{EventDef: EventDef{ID: kind}}}
	outcomes, routes := false, false
	for _, p := range b.Packs {
		if p.Topic != topic || law != "" && p.Regime != law {
			continue
		}
		for _, e := range p.Events {
			if e.ID == kind {
				o.Outcomes, o.Routes, o.After = join(o.Outcomes, e.Outcomes), join(o.Routes, e.Routes), join(o.After, e.After)
				o.Announced, o.Letter, o.Future = o.Announced || e.Announced, o.Letter || e.Letter, o.Future || e.Future
			}
		}
		for _, r := range p.Terms {
			if r.On != kind {
				continue
			}
			outcomes, routes = outcomes || len(r.Outcomes) > 0, routes || len(r.When.Routes) > 0
			o.Routes = join(o.Routes, r.When.Routes)
			o.Terms, o.Given = join(o.Terms, []string{r.Key}), join(o.Given, r.Given)
			o.Suspends = o.Suspends || r.Suspend
			for _, x := range r.Extend {
				if !slices.Contains(o.Lengths, x) {
					o.Lengths = append(o.Lengths, x)
				}
			}
			if r.EndOf != "" && o.Earlier == "" {
				o.Earlier = b.beginOf(topic, r.EndOf, kind)
			}
			if !slices.Contains(o.Laws, p.Regime) {
				o.Laws = append(o.Laws, p.Regime)
			}
		}
	}
	if !outcomes {
		o.Outcomes = nil
	}
	if !routes {
		o.Routes = nil
	}
	o.Given = slices.DeleteFunc(o.Given, func(k string) bool { return k == kind })
	for _, r := range b.Regimes {
		if r.Topic == topic && r.Trigger != "" {
			o.Trigger = r.Trigger
		}
	}
	if o.Trigger == kind { // its own day decides
		o.Laws, o.Trigger = nil, ""
	}
	return o
}

// beginOf is the event with which a term of another key begins, when that is another event than this one.
func (b *Rulebook) beginOf(topic Topic, key, kind string) string {
	for _, p := range b.Packs {
		for _, r := range p.Terms {
			if p.Topic == topic && r.Key == key && r.On != kind {
				return r.On
			}
		}
	}
	return ""
}

// regime finds a regime.
func (b *Rulebook) regime(id RegimeID) (Regime, bool) {
	for _, r := range b.Regimes {
		if r.ID == id {
			return r, true
		}
	}
	return Regime{}, false
}

// Sum is one question without a file, as a form sent it.
type Sum struct {
	Input
	Law        string // a regime, day or unknown; LawDay goes with day
	LawDay     string
	Earlier    string
	Extended   string
	PausedFrom string
	PausedTo   string
	Given      []string
	Term       string // only this term; empty means all
}

// Check turns the form into facts, or names every fault at its field. The event itself has the id "e".
func (s Sum) Check(b *Rulebook, o Offer, today clock.Date) (Facts, fault.Fields) {
	var es []Event
	law, bad := s.law(b, o, today)
	if law != nil {
		es = append(es, *law)
	}
	e, _, fs := s.Input.Check(o.Definition, Facts{Topic: o.Topic, Events: es}, today, clock.Date{})
	fs = append(bad, fs...)
	e.ID = "e"
	past := func(field, value string) (clock.Date, bool) {
		if value == "" {
			return clock.Date{}, false
		}
		d, ok := clock.ReadDay(value)
		switch {
		case !ok:
			fs.Add(field, "procedure.error.day_bad")
		case d.After(today):
			fs.Add(field, "procedure.error.day_future")
		default:
			return d, true
		}
		return d, false
	}
	known := !e.On.Unknown()
	if d, ok := past("earlier", s.Earlier); ok && o.Earlier != "" {
		if known && d.After(e.On.To) {
			fs.Add("earlier", "procedure.error.after", "other", o.ID, "day", e.On.To)
		}
		es = append(es, Event{ID: "earlier", Kind: o.Earlier, On: OnDay(d)})
	}
	if s.Extended != "" {
		if i := slices.IndexFunc(o.Lengths, func(t Term) bool { return t.String() == s.Extended }); i >= 0 {
			es = append(es, Event{ID: "extended", Kind: "extended", Extend: o.Lengths[i]})
		} else {
			fs.Add("extended", "procedure.error.extend")
		}
	}
	if o.Suspends {
		from, paused := past("paused_from", s.PausedFrom)
		to, resumed := past("paused_to", s.PausedTo)
		switch {
		case paused && known && from.Before(e.On.From):
			fs.Add("paused_from", "procedure.error.before", "other", o.ID, "day", e.On.From)
		case paused && resumed && to.Before(from):
			fs.Add("paused_to", "procedure.error.between")
		case !paused && s.PausedFrom == "" && s.PausedTo != "":
			fs.Add("paused_from", "procedure.error.paused")
		}
		if paused {
			es = append(es, Event{ID: "paused", Kind: "paused", On: OnDay(from)})
		}
		if resumed {
			es = append(es, Event{ID: "resumed", Kind: "resumed", On: OnDay(to)})
		}
	}
	for _, k := range s.Given {
		if slices.Contains(o.Given, k) {
			es = append(es, Event{ID: k, Kind: k})
		}
	}
	if s.Term != "" && !slices.Contains(o.Terms, s.Term) {
		fs.Add("term", "procedure.error.term_unknown")
	}
	return Sorted(append(es, e)).About(o.Topic), fs
}

// law is the event that says which law governs: the one on whose day it hangs, or the letter that names it.
func (s Sum) law(b *Rulebook, o Offer, today clock.Date) (*Event, fault.Fields) {
	var fs fault.Fields
	if len(o.Laws) < 2 {
		return nil, nil
	}
	r, ok := b.regime(RegimeID(s.Law))
	switch {
	case s.Law == NotKnown:
		return nil, nil
	case s.Law == "day" && o.Trigger != "":
		text, fine := ours(&fs, s.Others, "law_day", s.LawDay)
		d, ok := clock.ReadDay(text)
		switch {
		case !fine:
		case text == "":
			fs.Add("law_day", "procedure.error.day_missing")
		case !ok:
			fs.Add("law_day", "procedure.error.day_bad")
		case d.After(today):
			fs.Add("law_day", "procedure.error.day_future")
		}
		return &Event{ID: "law", Kind: o.Trigger, On: OnDay(d)}, fs
	case !ok || !slices.Contains(o.Laws, r.ID):
		fs.Add("law", "procedure.error.law")
		return nil, fs
	case r.Named != "":
		return &Event{ID: "law", Kind: "law_named", Route: r.Named}, nil
	}
	return &Event{ID: "law", Kind: r.Trigger, On: Moment{r.From, r.To}}, nil
}

// Compute says which dates follow from the event of a sum, by the rules of its topic and no other.
func (b *Rulebook) Compute(f Facts, term string, now time.Time) Derivation {
	alone := *b
	alone.Topics = []TopicDef{{ID: f.Topic, all: []Topic{f.Topic}}}
	d := alone.Derive(f, now)
	d.Deadlines = slices.DeleteFunc(d.Deadlines, func(x Deadline) bool { return x.Event != "e" || term != "" && x.Term != term })
	d.Questions = slices.DeleteFunc(d.Questions, func(q Question) bool { return q.Event != "e" })
	return d
}

// Loose is a term by itself: a day and a length, written as the command `reisgezel terms` reads them.
type Loose struct {
	Input          // of which only the day counts
	Term    string // P6W|roll=ATW
	Equated string // days of article 3(3), with spaces between them
}

// Answer is what a loose term comes to.
type Answer struct {
	Term    Term
	From    clock.Date
	End     End
	Sources []string // the laws that move its end
}

// Compute counts a loose term, or names every fault at its field. A day that a decree probably equates with a holiday
// does not move the end; the chain says what it would do.
func (x Loose) Compute(cal Calendar) (Answer, fault.Fields) {
	var fs fault.Fields
	text, fine := ours(&fs, x.Others, "day", x.Day)
	from, ok := clock.ReadDay(text)
	switch {
	case !fine:
	case text == "":
		fs.Add("day", "procedure.error.day_needed")
	case !ok:
		fs.Add("day", "procedure.error.day_bad")
	case !Covers(from):
		fs.Add("day", "procedure.error.day_calendar", "from", FirstYear, "to", LastYear)
	}
	t, err := ParseTerm(x.Term)
	if bad := (TermFault{}); errors.As(err, &bad) {
		fs.Add("term", "procedure.error.term."+bad.Key, "part", bad.Part)
	}
	var equated []clock.Date
	for _, s := range strings.Fields(x.Equated) {
		d, ok := clock.ReadDay(s)
		if !ok {
			fs.Add("equated", "procedure.error.equated", "part", s)
			break
		}
		equated = append(equated, d)
	}
	if len(fs) > 0 {
		return Answer{}, fs
	}
	cal = cal.With(equated...)
	end, err := t.From(from, cal)
	if err != nil {
		fs.Add("term", "procedure.error.end_calendar", "from", FirstYear, "to", LastYear)
		return Answer{}, fs
	}
	if g, err := t.From(from, cal.Generous()); err == nil && g.Last != end.Last {
		end.Chain = append(end.Chain, why("equated_likely", day("day", end.Last), day("later", g.Last)))
	}
	a := Answer{Term: t, From: from, End: end, Sources: []string{"BWBR0005537"}}
	switch t.Roll {
	case ATW:
		a.Sources = append(a.Sources, "BWBR0002448")
	case EU:
		a.Sources = []string{"CELEX-31971R1182"}
	}
	return a, nil
}
