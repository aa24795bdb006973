package procedure

// This file finds what would let a rule give no date, a wrong one, or one without a source.

import (
	"slices"

	"reisgezel/internal/kernel/clock"
)

// checker gathers the faults of a rulebook.
type checker struct {
	b      *Rulebook
	faults Faults
	ids    map[string]bool                  // of terms, in all packs
	party  map[string]Party                 // by key
	events map[RegimeID]map[string]EventDef // packs of one regime share their events
}

func (c *checker) bad(p Pack, at, key string, args ...any) {
	c.faults = append(c.faults, Fault{p.spot(at), key, args})
}

// check finds every fault that lies in the rules themselves.
func (b *Rulebook) check() Faults {
	c := &checker{b: b, ids: map[string]bool{}, party: map[string]Party{}, events: map[RegimeID]map[string]EventDef{}}
	c.regimes()
	for _, p := range b.Packs {
		all := c.events[p.Regime]
		if all == nil {
			all = map[string]EventDef{}
			c.events[p.Regime] = all
		}
		here := map[string]bool{}
		for _, e := range p.Events {
			if here[e.ID] {
				c.bad(p, "events/"+e.ID, "event_twice", "id", e.ID)
			}
			here[e.ID] = true
			was := all[e.ID]
			e.Outcomes, e.Routes = join(slices.Clone(was.Outcomes), e.Outcomes), join(slices.Clone(was.Routes), e.Routes)
			all[e.ID] = e
		}
	}
	for _, p := range b.Packs {
		c.pack(p)
	}
	return c.faults
}

func (c *checker) pack(p Pack) {
	if p.Name == "" || p.Version == "" || p.ReviewBy.IsZero() {
		c.bad(p, "", "pack_head")
	}
	if !slices.ContainsFunc(c.b.Regimes, func(r Regime) bool { return r.ID == p.Regime && r.Topic == p.Topic }) {
		c.bad(p, "", "pack_regime", "regime", p.Regime, "topic", p.Topic)
	}
	for _, e := range p.Events {
		for _, a := range e.After {
			if _, ok := c.events[p.Regime][a]; !ok {
				c.bad(p, "events/"+e.ID, "event_after", "id", e.ID, "event", a)
			}
		}
		if e.By != "" && !slices.Contains(parties, e.By) {
			c.bad(p, "events/"+e.ID, "event_party", "id", e.ID, "party", e.By)
		}
	}
	c.steps(p)
	for _, r := range p.Terms {
		c.rule(p, r)
	}
	c.versions(p)
}

// known looks whether an event, its outcomes and its routes exist.
func (c *checker) known(p Pack, at, what string, w When) {
	e, ok := c.events[p.Regime][w.On]
	if !ok {
		c.bad(p, at, "waits", "what", what, "event", w.On)
		return
	}
	for _, o := range w.Outcomes {
		if !slices.Contains(e.Outcomes, o) {
			c.bad(p, at, "outcome", "what", what, "event", w.On, "outcome", o)
		}
	}
	routes := e.Routes
	if len(routes) == 0 { // an event without routes of its own takes the track's
		for _, x := range c.events[p.Regime] {
			routes = append(routes, x.Routes...)
		}
	}
	for _, r := range w.Routes {
		if !slices.Contains(routes, r) {
			c.bad(p, at, "route", "what", what, "event", w.On, "route", r)
		}
	}
}

func (c *checker) rule(p Pack, r Rule) {
	at := "terms/" + r.ID
	if r.ID == "" || r.Key == "" || c.ids[r.ID] {
		c.bad(p, at, "term_id", "id", r.ID)
	}
	c.ids[r.ID] = true
	c.known(p, at+"/on", r.ID, r.When)
	if was, ok := c.party[r.Key]; ok && was.Authority() != r.Party.Authority() {
		c.bad(p, at, "two_parties", "id", r.ID, "key", r.Key)
	}
	c.party[r.Key] = r.Party
	if c.b.Source(r.Source).URL == "" {
		c.bad(p, at+"/source", "source_unknown", "id", r.ID, "source", r.Source)
	}
	for _, f := range r.flaws() {
		c.bad(p, at+"/"+f.word, f.key, "id", r.ID)
	}
	for _, list := range [][]string{r.Done, r.Given} {
		for _, d := range list {
			if _, ok := c.events[p.Regime][d]; !ok {
				c.bad(p, at, "names_event", "id", r.ID, "event", d)
			}
		}
	}
	for _, o := range r.Over {
		if !slices.ContainsFunc(c.b.Packs, func(q Pack) bool {
			return (q.Regime == p.Regime || slices.Contains(c.b.companions(p.Topic), q.Topic)) && slices.ContainsFunc(q.Terms, func(x Rule) bool { return x.ID == o })
		}) {
			c.bad(p, at+"/instead_of", "instead_of", "id", r.ID, "term", o)
		}
	}
	if r.EndOf != "" {
		found := false
		for _, q := range c.b.Packs {
			for _, x := range q.Terms {
				if x.Key != r.EndOf {
					continue
				}
				found = true
				if x.EndOf != "" {
					c.bad(p, at, "end_of_end", "id", r.ID, "key", r.EndOf)
				}
			}
		}
		if !found {
			c.bad(p, at, "end_of_none", "id", r.ID, "key", r.EndOf)
		}
	}
}

// regimes looks whether the regimes of each topic divide time among them, without a gap and without an overlap.
func (c *checker) regimes() {
	bad := func(r Regime, key string, args ...any) {
		c.faults = append(c.faults, Fault{r.at, key, args})
	}
	byTopic := map[Topic][]Regime{}
	for _, r := range c.b.Regimes {
		if !slices.ContainsFunc(c.b.Topics, func(t TopicDef) bool { return t.ID == r.Topic }) {
			bad(r, "regime_topic", "id", r.ID, "topic", r.Topic)
		}
		if r.Article == "" || c.b.Source(r.Source).URL == "" || !slices.Contains(confidences, r.Confidence) {
			bad(r, "regime_source", "id", r.ID)
		}
		if (r.Trigger == "") != (r.From.IsZero() && r.To.IsZero()) {
			bad(r, "regime_days", "id", r.ID)
		}
		byTopic[r.Topic] = append(byTopic[r.Topic], r)
	}
	for _, t := range c.b.Topics {
		for _, w := range t.With {
			if len(byTopic[w]) == 0 {
				c.faults = append(c.faults, whole("regimes.yaml", "topic_with", "id", t.ID, "topic", w))
			}
		}
		rs := byTopic[t.ID]
		if len(rs) == 0 {
			c.faults = append(c.faults, whole("regimes.yaml", "topic_none", "id", t.ID))
			continue
		}
		if slices.ContainsFunc(rs, func(r Regime) bool { return r.Named != "" }) {
			// Nobody knows by which day these laws part; a letter says it.
			for _, r := range rs {
				if r.Named == "" || r.Trigger != "" || r.Confidence != Unsettled {
					bad(r, "regimes_named", "topic", t.ID)
				}
			}
			continue
		}
		slices.SortStableFunc(rs, func(a, b Regime) int { return compareDays(a.From, b.From) })
		for i, r := range rs {
			switch {
			case i == 0 && !r.From.IsZero():
				bad(r, "regime_before", "topic", t.ID, "day", r.From)
			case i > 0 && r.Trigger != rs[i-1].Trigger:
				bad(r, "regime_triggers", "topic", t.ID)
			case i > 0 && (rs[i-1].To.IsZero() || !r.From.After(rs[i-1].To)):
				bad(r, "regimes_overlap", "one", rs[i-1].ID, "other", r.ID)
			case i > 0 && rs[i-1].To.AddDays(1) != r.From:
				bad(r, "regimes_gap", "one", rs[i-1].ID, "other", r.ID)
			}
		}
		if last := rs[len(rs)-1]; !last.To.IsZero() {
			bad(last, "regime_after", "topic", t.ID, "day", last.To)
		}
	}
}

func compareDays(a, b clock.Date) int {
	switch {
	case a.Before(b):
		return -1
	case b.Before(a):
		return 1
	}
	return 0
}

// versions looks at the rules that answer one question for one kind of event: their periods may not overlap, and where
// one ends the next begins.
func (c *checker) versions(p Pack) {
	for i, r := range p.Terms {
		at := "terms/" + r.ID
		for _, x := range p.Terms[:i] {
			if x.Key != r.Key || x.On != r.On || !meet(x.Outcomes, r.Outcomes) || !meet(x.Routes, r.Routes) || replaces(x, r) || replaces(r, x) {
				continue
			}
			if x.Valid.Trigger != r.Valid.Trigger {
				c.bad(p, at, "versions_triggers", "one", x.ID, "other", r.ID)
			} else if x.Valid.overlaps(r.Valid) {
				c.bad(p, at, "versions_overlap", "one", x.ID, "other", r.ID)
			}
		}
		governs := slices.IndexFunc(c.b.Regimes, func(g Regime) bool { return g.ID == p.Regime })
		if governs >= 0 && r.brought == nil {
			begins := c.b.Regimes[governs].From
			if !begins.IsZero() && r.Valid.From.After(begins) && !slices.ContainsFunc(p.Terms, func(x Rule) bool {
				return x.Key == r.Key && x.On == r.On && meet(x.Outcomes, r.Outcomes) && meet(x.Routes, r.Routes) && x.Valid.From.Before(r.Valid.From)
			}) {
				c.bad(p, at, "versions_late", "id", r.ID, "day", r.Valid.From, "regime", p.Regime, "begins", begins)
			}
		}
		if r.Valid.To.IsZero() || r.Ended {
			continue
		}
		if governs >= 0 && c.b.Regimes[governs].Trigger == r.Valid.Trigger && c.b.Regimes[governs].To == r.Valid.To {
			continue
		}
		next := r.Valid.To.AddDays(1)
		if !slices.ContainsFunc(p.Terms, func(x Rule) bool {
			return x.Key == r.Key && x.On == r.On && meet(x.Outcomes, r.Outcomes) && meet(x.Routes, r.Routes) && x.Valid.Trigger == r.Valid.Trigger && x.Valid.From == next
		}) {
			c.bad(p, at, "versions_gap", "id", r.ID, "day", r.Valid.To, "next", next)
		}
	}
}

// meet says whether two lists of conditions can be met at once; an empty list is any.
func meet(a, b []string) bool {
	return len(a) == 0 || len(b) == 0 || slices.ContainsFunc(a, func(x string) bool { return slices.Contains(b, x) })
}

func replaces(a, b Rule) bool { return slices.Contains(a.Over, b.ID) }

func (v Valid) overlaps(w Valid) bool {
	return (v.To.IsZero() || !w.From.After(v.To)) && (w.To.IsZero() || !v.From.After(w.To))
}

// steps looks whether every step can be reached from the first, by a step before it and by an event.
func (c *checker) steps(p Pack) {
	if len(p.Steps) == 0 {
		return
	}
	ids := map[string]Step{}
	for i, s := range p.Steps {
		at := "steps/" + s.ID
		if _, twice := ids[s.ID]; twice {
			c.bad(p, at, "step_twice", "id", s.ID)
		}
		ids[s.ID] = s
		for _, w := range s.Begins {
			c.known(p, at, s.ID, w.When)
			for _, kind := range w.Unless {
				c.known(p, at, s.ID, When{On: kind})
			}
		}
		if i > 0 && len(s.Begins) == 0 {
			c.bad(p, at, "step_event", "id", s.ID)
		}
		if !s.Ends && len(s.Next) == 0 {
			c.bad(p, at, "step_on", "id", s.ID)
		}
		if s.Ends && len(s.Next) > 0 {
			c.bad(p, at, "step_both", "id", s.ID)
		}
		if len(s.Who) == 0 || s.Group == "" {
			c.bad(p, at, "step_who", "id", s.ID)
		}
		for _, w := range s.Who {
			if !slices.Contains(parties, w) {
				c.bad(p, at, "step_party", "id", s.ID, "party", w)
			}
		}
	}
	// A step may lead to one of a law that goes along: a refused permit leads to the objection.
	elsewhere := map[string]bool{}
	for _, t := range c.b.companions(p.Topic)[1:] {
		for _, q := range c.b.Packs {
			for _, s := range q.Steps {
				if q.Topic == t {
					elsewhere[s.ID] = true
				}
			}
		}
	}
	reached := map[string]bool{p.Steps[0].ID: true}
	for todo := []string{p.Steps[0].ID}; len(todo) > 0; todo = todo[1:] {
		for _, n := range ids[todo[0]].Next {
			if _, here := ids[n]; !here && !elsewhere[n] {
				c.bad(p, "steps/"+todo[0], "step_next", "id", todo[0], "next", n)
			} else if here && !reached[n] {
				reached[n] = true
				todo = append(todo, n)
			}
		}
	}
	for _, s := range p.Steps {
		if !reached[s.ID] {
			c.bad(p, "steps/"+s.ID, "step_reach", "id", s.ID)
		}
	}
}

var (
	confidences = []Confidence{Read, ReadOld, Partly, Memory, Unsettled}
	instruments = []Instrument{Act, Decree, Regulation, Policy, Letter, Union, CourtOrder, Treaty}
	kinds       = []Kind{Fatal, Order, Norm, Chance}
	triggers    = []string{"lodged", "registered", "received", "announced", withdrawalBegun}
)

// flaw is what makes one rule unfit by itself, and at which of its words; its text is procedure.check.<key>.
type flaw struct{ word, key string }

// flaws are what makes one rule unfit by itself.
func (r Rule) flaws() (out []flaw) {
	ways := 0
	for _, given := range []bool{r.Term != nil, r.By, !r.Fixed.IsZero()} {
		if given {
			ways++
		}
	}
	bad := func(is bool, word, key string) {
		if is {
			out = append(out, flaw{word, key})
		}
	}
	bad(ways != 1, "term", "flaw_way")
	bad(r.Term == nil && (len(r.Also) > 0 || r.EndOf != "" || len(r.Extend) > 0), "", "flaw_given")
	bad(r.Article == "" || r.Source == "" || r.ReadOn.IsZero(), "", "flaw_source")
	bad(r.Confirmed != nil && (r.Confirmed.By == "" || r.Confirmed.On.IsZero()), "confirmed", "confirm_who")
	bad(!slices.Contains(confidences, r.Confidence), "confidence", "flaw_confidence")
	bad(!slices.Contains(parties, r.Party), "party", "flaw_party")
	bad(!slices.Contains(kinds, r.Kind), "kind", "flaw_kind")
	bad(r.Proof != "" && r.Proof != "received" && r.Proof != "posted", "proof", "flaw_proof")
	bad(!slices.Contains(triggers, r.Valid.Trigger), "valid", "flaw_trigger")
	bad(r.Valid.From.IsZero(), "valid", "flaw_from")
	bad(!r.Valid.To.IsZero() && r.Valid.To.Before(r.Valid.From), "valid", "flaw_to")
	bad(r.SafeBy < 0 || r.SafeBy > 31, "safe_minus", "flaw_safe")
	bad(r.Early != nil && (len(r.Done) == 0 || r.Early.Unit == WorkDays || r.Early.Back || r.Early.Roll != NoRoll || r.Early.Plus > 0), "done_early", "flaw_early")
	bad(!slices.Contains(instruments, r.Instrument), "instrument", "flaw_instrument")
	rolls := func(word string, t Term) {
		bad(t.Roll == ATW && r.Instrument != Act && r.Instrument != Decree, word, "flaw_atw")
		bad(t.Roll == EU && r.Instrument != Union, word, "flaw_eu")
	}
	if r.Term != nil {
		rolls("term", *r.Term)
	}
	for _, a := range r.Also {
		rolls("candidates", a.Term)
	}
	return out
}
