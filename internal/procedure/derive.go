package procedure

// This file is the engine: from what happened in a track, the rules and a calendar to where the track stands, whose
// turn it is and which dates follow. It is a pure function; the same facts, rules and calendar give the same answer.

import (
	"slices"
	"strings"
	"time"

	"reisgezel/internal/kernel/clock"
)

// Derivation is everything the engine says about one track, with the versions it was made from.
type Derivation struct {
	Rules     string     `json:"rules"`
	Calendar  string     `json:"calendar"`
	Choices   []Choice   `json:"choices"`
	Steps     []Standing `json:"steps"`
	Deadlines []Deadline `json:"deadlines"`
	Questions []Question `json:"questions,omitempty"`
	Stale     []string   `json:"stale,omitempty"` // packs whose review date has passed
}

// Question is something to find out, because a date hangs on it.
type Question struct {
	Key   string `json:"key"` // text procedure.ask.<Key>
	Event string `json:"event,omitempty"`
	Kind  string `json:"kind,omitempty"`
}

// Deadline is one date that follows from one event.
type Deadline struct {
	Key   string `json:"key"` // term and event: what stays the same when the date changes
	Term  string `json:"term"`
	Event string `json:"event"`
	On    string `json:"on"`
	Party Party  `json:"party"`
	Kind  Kind   `json:"kind"`
	// Safe is the day to act by, whatever is uncertain. For an authority's term it is the day to act after.
	Safe clock.Date `json:"safe,omitzero"`
	// Last is the other end: the last day the law may allow. For an authority's term it is the first day on which the
	// authority may be late, so it is not later than Safe.
	Last clock.Date `json:"last,omitzero"`

	Candidates []Candidate `json:"candidates"`
	Questions  []Question  `json:"questions,omitempty"`
	Urgent     bool        `json:"urgent,omitempty"` // a week or less: somebody must look today
	Stale      bool        `json:"stale,omitempty"`
	Standstill bool        `json:"standstill,omitempty"`
	Met        string      `json:"met,omitempty"` // the event that ended it
	MetOn      Moment      `json:"met_on,omitzero"`
}

// Candidate is one way to read the law and the facts, and the dates it gives.
type Candidate struct {
	Rule       string     `json:"rule"`
	Pack       string     `json:"pack"`
	Regime     RegimeID   `json:"regime"`
	Term       string     `json:"term,omitempty"`
	Note       string     `json:"note,omitempty"`
	From       clock.Date `json:"from,omitzero"`
	Safe       clock.Date `json:"safe,omitzero"`
	Last       clock.Date `json:"last,omitzero"`
	Chain      []Reason   `json:"chain"`
	Article    string     `json:"article"`
	Source     string     `json:"source"`
	Confidence Confidence `json:"confidence"`
	Confirmed  string     `json:"confirmed,omitempty"`
	Proof      string     `json:"proof,omitempty"`
}

// Reversed says whether waiting longer is the safe thing: for authorities, and for first days.
func (d Deadline) Reversed() bool { return d.Party.Authority() || d.Kind == Chance }

// Sure says whether there is one way to read the law and the facts.
func (d Deadline) Sure() bool { return len(d.Candidates) == 1 && len(d.Questions) == 0 }

// Confirmed says whether a lawyer has confirmed every rule the date rests on.
func (d Deadline) Confirmed() bool {
	return len(d.Candidates) > 0 && !slices.ContainsFunc(d.Candidates, func(c Candidate) bool { return c.Confirmed == "" })
}

// Open says whether the term still runs.
func (d Deadline) Open() bool { return d.Met == "" }

// match is a rule that an event sets off, perhaps.
type match struct {
	pack *Pack
	rule *Rule
	ev   *Event
	sure bool
}

// Derive says everything that follows.
func (b *Rulebook) Derive(f Facts, now time.Time) Derivation {
	out := Derivation{Rules: b.Version, Calendar: b.Calendar.Version}
	today := clock.Today(now)
	regimes := map[RegimeID]bool{}
	if f.Topic == "" {
		f.Topic = Asylum
	}
	topics := b.companions(f.Topic)
	contradiction := false
	for _, topic := range topics {
		c := b.Choose(topic, f)
		out.Choices = append(out.Choices, c)
		contradiction = contradiction || c.Contradiction
		for _, r := range c.Regimes {
			regimes[r] = true
		}
	}
	switch {
	case contradiction:
		out.Questions = append(out.Questions, Question{Key: "contradiction"})
	case out.Choices[0].Sure():
	case f.Topic == Asylum:
		out.Questions = append(out.Questions, Question{Key: "regime"})
	default:
		out.Questions = append(out.Questions, Question{Key: "regime_" + string(f.Topic)})
	}
	ms := make([]match, 0, 16)
	way := make([]*Pack, len(topics)) // the pack whose steps are shown, per topic
	ruled := false
	for i := range b.Packs {
		p := &b.Packs[i]
		if !regimes[p.Regime] {
			continue
		}
		ruled = ruled || p.Topic == f.Topic
		if today.After(p.ReviewBy) {
			out.Stale = append(out.Stale, p.Name)
		}
		if i := slices.Index(topics, p.Topic); len(p.Steps) > 0 && way[i] == nil {
			way[i] = p
		}
		ms = p.matches(ms, f)
	}
	if !ruled {
		out.Questions = append(out.Questions, Question{Key: "no_rules"})
	}
	out.Steps = steps(way, f)
	ms = withoutReplaced(ms, f)
	for i := range f.Events {
		out.Questions = append(out.Questions, b.ask(&f.Events[i], f, ms)...)
	}
	out.Deadlines = make([]Deadline, 0, len(ms))
	for _, m := range ms {
		i := slices.IndexFunc(out.Deadlines, func(d Deadline) bool { return d.Term == m.rule.Key && d.Event == m.ev.ID })
		if i < 0 {
			i = len(out.Deadlines)
			key := m.rule.Key + "/" + m.ev.ID
			out.Deadlines = append(out.Deadlines, Deadline{Key: key, Term: m.rule.Key, Event: m.ev.ID, On: m.ev.Kind, Party: m.rule.Party, Kind: m.rule.Kind})
		}
		b.add(&out.Deadlines[i], m, f, ms)
		out.Deadlines[i].Stale = out.Deadlines[i].Stale || today.After(m.rule.reviewBy(m.pack))
	}
	for i := range out.Deadlines {
		settle(&out.Deadlines[i])
	}
	slices.SortStableFunc(out.Deadlines, nearer)
	return out
}

// nearer puts running terms first, then the nearest; a term without a date is a question and stands on top.
func nearer(a, b Deadline) int {
	switch {
	case a.Open() != b.Open():
		if a.Open() {
			return -1
		}
		return 1
	case a.Safe != b.Safe:
		if a.Safe.Before(b.Safe) {
			return -1
		}
		return 1
	}
	return strings.Compare(a.Key, b.Key)
}

// matches adds the rules of a pack that the facts set off.
func (p *Pack) matches(out []match, f Facts) []match {
	for i := range p.Terms {
		r := &p.Terms[i]
		for k := range f.Events {
			e := &f.Events[k]
			if e.Kind != r.On { // so for nearly all: a track has few events, a pack many rules
				continue
			}
			fits, sure := r.fits(f, e, p.Routes)
			if !fits || r.OnlySure && !sure || !r.holds(f, e) || len(r.Given) > 0 && !f.have(r.Given) {
				continue
			}
			out = append(out, match{p, r, e, sure})
		}
	}
	return out
}

// holds says whether a version of a rule can govern: its trigger may lie in its period of validity.
func (r *Rule) holds(f Facts, e *Event) bool {
	from, to := e.On.From, e.On.To
	switch r.Valid.Trigger {
	case "lodged", "registered":
		from, to = f.span(r.Valid.Trigger)
	case withdrawalBegun:
		from, to = f.begun(e)
	}
	if !r.Valid.To.IsZero() && !from.IsZero() && from.After(r.Valid.To) {
		return false
	}
	return to.IsZero() || !to.Before(r.Valid.From)
}

// withoutReplaced drops the rules that a more special one stands instead of: on the same event, or else on the latest
// such event before it. What happens after that, such as a second application, sets off its own rules again.
func withoutReplaced(ms []match, f Facts) []match {
	place := func(m match) int { return slices.IndexFunc(f.Events, func(e Event) bool { return e.ID == m.ev.ID }) }
	var gone map[int]bool
	for _, m := range ms {
		if !m.sure {
			continue
		}
		for _, over := range m.rule.Over {
			at, latest := place(m), -1
			for i, x := range ms {
				if k := place(x); x.rule.ID == over && (k <= at || x.ev.On == m.ev.On) && (latest < 0 || k > place(ms[latest])) {
					latest = i
				}
			}
			if latest >= 0 {
				if gone == nil {
					gone = map[int]bool{}
				}
				gone[latest] = true
			}
		}
	}
	if len(gone) == 0 {
		return ms
	}
	var out []match
	for i, m := range ms {
		if !gone[i] {
			out = append(out, m)
		}
	}
	return out
}

// add puts one reading, or several, into a deadline.
func (b *Rulebook) add(d *Deadline, m match, f Facts, all []match) {
	r := m.rule
	if d.Met == "" {
		end := f.firstAfter(m.ev, r.Done)
		if end == nil && r.Early != nil {
			end = f.lately(m.ev, r.Done, *r.Early)
		}
		if end != nil {
			d.Met, d.MetOn = end.ID, end.On
		}
	}
	base := Candidate{Rule: r.ID, Pack: r.stamp(m.pack), Regime: m.pack.Regime, Note: r.Note, Article: r.Article,
		Source: r.Source, Confidence: r.Confidence, Proof: r.Proof}
	if r.Confirmed != nil {
		base.Confirmed = r.Confirmed.By
	}
	if !r.Fixed.IsZero() {
		c := base
		c.Safe, c.Last = r.Fixed, r.Fixed
		c.Chain = []Reason{why("fixed_day", day("day", r.Fixed))}
		d.Candidates = append(d.Candidates, c)
		return
	}
	if r.By {
		c := base
		c.Safe, c.Last = m.ev.Letter, m.ev.Letter
		if m.ev.Letter.IsZero() {
			d.ask(Question{Key: "letter_day", Event: m.ev.ID, Kind: m.ev.Kind})
			c.Chain = []Reason{why("letter_unknown")}
		} else {
			c.Chain = []Reason{why("letter_day", day("day", m.ev.Letter)), why("no_roll_letter")}
		}
		d.Candidates = append(d.Candidates, c)
		return
	}
	if r.Confidence == Unsettled || len(r.Also) > 0 {
		d.ask(Question{Key: "unsettled"})
	}
	if r.Valid.Trigger == withdrawalBegun && !r.Valid.To.IsZero() {
		if _, to := f.begun(m.ev); to.IsZero() || to.After(r.Valid.To) {
			d.ask(Question{Key: withdrawalBegun, Event: m.ev.ID, Kind: m.ev.Kind}) // two laws part by that day
		}
	}
	begins, kind := m.ev.On, m.ev.Kind
	if r.EndOf != "" {
		begins, kind = b.endOf(r.EndOf, m, f, all)
	}
	if !begins.Exact() {
		d.ask(Question{Key: "when", Event: m.ev.ID, Kind: kind})
	}
	grants, asked := r.grants(m.ev, f)
	if asked != nil {
		d.ask(Question{Key: "extend_length", Event: asked.ID, Kind: asked.Kind})
	}
	for i := -1; i < len(r.Also); i++ { // the rule's own reading, and then the others
		a := Also{Term: *r.Term, Note: r.Note}
		if i >= 0 {
			a = r.Also[i]
		}
		d.Urgent = d.Urgent || a.Term.Short() && !r.Party.Authority() && r.Kind == Fatal
		if begins.Unknown() {
			c := base
			c.Term, c.Note, c.Chain = a.Term.String(), a.Note, []Reason{why("event_unknown", word("event", "procedure.event."+kind))}
			d.Candidates = append(d.Candidates, c)
			continue
		}
		reading := func(from clock.Date) {
			for _, g := range grants {
				c := base
				c.Note, c.From = a.Note, from
				b.count(&c, d, a.Term, m, f, g)
				d.Candidates = append(d.Candidates, c)
			}
		}
		reading(begins.From)
		if !begins.Exact() {
			reading(begins.To)
		}
	}
}

// endOf is the day on which another term ends that this one is counted from: the last day of the latest such term that
// began before. When its event is not on file, the kind of that event is what must be asked for.
func (b *Rulebook) endOf(key string, m match, f Facts, all []match) (Moment, string) {
	var out Moment
	place := func(id string) int { return slices.IndexFunc(f.Events, func(e Event) bool { return e.ID == id }) }
	latest, here := -1, place(m.ev.ID)
	for _, x := range all {
		if x.rule.Key != key {
			continue
		}
		at := place(x.ev.ID)
		if at < latest || at > here {
			continue
		}
		if at > latest {
			out, latest = Moment{}, at
		}
		widen := func(d clock.Date) {
			if out.From.IsZero() || d.Before(out.From) {
				out.From = d
			}
			if d.After(out.To) {
				out.To = d
			}
		}
		switch {
		case !x.rule.Fixed.IsZero():
			widen(x.rule.Fixed)
		case x.rule.By:
			if !x.ev.Letter.IsZero() {
				widen(x.ev.Letter)
			}
		default:
			for _, a := range append([]Also{{Term: *x.rule.Term}}, x.rule.Also...) {
				grants, _ := x.rule.grants(x.ev, f)
				for _, g := range grants {
					t, more, _ := lengthened(a.Term, x.rule, g)
					for _, from := range []clock.Date{x.ev.On.From, x.ev.On.To} {
						if e, err := t.run(nil, from, more, 0, b.Calendar); err == nil {
							widen(e.Last)
						}
					}
				}
			}
		}
	}
	kind := m.ev.Kind
	if latest < 0 {
		for _, p := range b.Packs {
			for _, r := range p.Terms {
				if r.Key == key {
					kind = r.On
				}
			}
		}
	}
	return out, kind
}

func (d *Deadline) ask(q Question) {
	if !slices.Contains(d.Questions, q) {
		d.Questions = append(d.Questions, q)
	}
}

// count computes the two dates of one reading.
func (b *Rulebook) count(c *Candidate, d *Deadline, t Term, m match, f Facts, g grant) {
	r := m.rule
	c.Chain = make([]Reason, 0, 8)
	if r.EndOf != "" {
		c.Chain = append(c.Chain, why("end_of", word("term", "procedure.term."+r.EndOf), day("day", c.From)))
	} else {
		c.Chain = append(c.Chain, why("event", word("event", "procedure.event."+m.ev.Kind), day("day", c.From)))
	}
	if m.ev.How != "" {
		c.Chain = append(c.Chain, why("how_"+string(m.ev.How)))
	}
	t, more, said := lengthened(t, r, g)
	c.Chain = append(c.Chain, said...)
	c.Term = t.String()
	still := 0
	if r.Suspend {
		var open bool
		var asked *Event
		still, open, asked = f.still(m.ev)
		if asked != nil {
			d.ask(Question{Key: "when", Event: asked.ID, Kind: asked.Kind})
		}
		switch {
		case open:
			d.Standstill = true
			c.Chain = append(c.Chain, why("stands_still"))
			return
		case asked != nil && asked.On.Unknown(): // no day would be safe: a notice of default that comes too early is worthless
			c.Chain = append(c.Chain, why("stood_still_unknown"))
			return
		}
	}
	e, err := t.run(c.Chain, c.From, more, still, b.Calendar)
	if err != nil {
		c.Chain = append(c.Chain, why("no_calendar", num("from", FirstYear), num("to", LastYear)))
		d.ask(Question{Key: "no_calendar", Event: m.ev.ID, Kind: m.ev.Kind})
		return
	}
	c.Chain = e.Chain
	if e.Clamped {
		d.ask(Question{Key: "month_end"})
	}
	c.Safe, c.Last = e.Bare, e.Last
	if r.SafeBy > 0 {
		c.Safe = c.Safe.AddDays(-r.SafeBy)
		c.Chain = append(c.Chain, why("safe_minus", num("n", r.SafeBy), day("day", c.Safe)))
	}
	// A day that a decree probably equates with a holiday never gives a person more time, but we give it to an
	// authority: a notice of default that comes too early is worthless. Where no such day lies, nothing can differ.
	if b.Calendar.doubtful(c.From, e.Last) {
		g, err := t.run(nil, c.From, more, still, b.Calendar.Generous())
		switch {
		case err != nil || g.Last == e.Last:
		case r.Party.Authority() || r.Kind == Chance:
			c.Last = g.Last
			c.Chain = append(c.Chain, why("equated_likely_later", day("day", e.Last), day("later", g.Last)))
		default:
			c.Chain = append(c.Chain, why("equated_likely", day("day", e.Last), day("later", g.Last)))
		}
	}
	if r.Proof != "" {
		c.Chain = append(c.Chain, why("proof_"+r.Proof, day("day", c.Last), day("week", c.Last.AddDays(7))))
	}
	if r.Party.Authority() || r.Kind == Chance {
		c.Safe, c.Last = c.Last, c.Safe
	}
}

// unitWord names the unit of a term that is no number of working days: no authority grants itself those.
func unitWord(u Unit) Arg {
	return word("unit", "procedure.unit."+[...]string{"days", "weeks", "months", "years"}[u])
}

// grant is by how much an authority lengthened a term, or may have.
type grant struct {
	by      []Term
	perhaps []Term // when a letter lengthened it by nobody knows how much
}

// grants are all that extensions of a term can come to. Only lengths that its own rule allows count, each as often as the
// rule names it: another length belongs to another term. Asked is an extension of unknown length.
func (r *Rule) grants(e *Event, f Facts) (out []grant, asked *Event) {
	if len(r.Extend) == 0 {
		return []grant{{}}, nil
	}
	left := slices.Clone(r.Extend)
	var by []Term
	unknown := 0
	for _, x := range f.after(e, []string{"extended"}) {
		if x.Extend.N == 0 {
			unknown++
			asked = &x
		} else if i := slices.Index(left, x.Extend); i >= 0 {
			left, by = slices.Delete(left, i, i+1), append(by, x.Extend)
		}
	}
	out = []grant{{by: by}}
	if unknown == 0 || len(left) == 0 {
		return out, nil
	}
	for i, x := range left {
		if slices.Index(left, x) == i {
			out = append(out, grant{by, []Term{x}})
		}
	}
	if unknown > 1 && len(left) > 1 {
		out = append(out, grant{by, left})
	}
	return out, asked
}

// lengthened adds what an authority has granted itself: into the term when it is of the same unit, else as terms that
// follow it. No more than the rule allows counts.
func lengthened(t Term, r *Rule, g grant) (Term, []Term, []Reason) {
	var more []Term
	var rs []Reason
	add := func(x Term, key string) {
		rs = append(rs, why(key, num("n", x.N), unitWord(x.Unit)))
		if x.Unit != t.Unit {
			more = append(more, x)
			return
		}
		t.N += x.N
		if r.Most != nil && r.Most.Unit == t.Unit && t.N > r.Most.N {
			t.N = r.Most.N
			rs = append(rs, why("at_most", num("n", t.N), unitWord(t.Unit)))
		}
	}
	for _, x := range g.by {
		add(x, "extended")
	}
	for _, x := range g.perhaps {
		add(x, "extended_perhaps")
	}
	return t, more, rs
}

// settle takes the two dates from the candidates: the earliest safe day, and the other end of all that is possible.
func settle(d *Deadline) {
	for _, c := range d.Candidates {
		if c.Safe.IsZero() {
			continue
		}
		if d.Reversed() {
			if d.Safe.IsZero() || c.Safe.After(d.Safe) {
				d.Safe = c.Safe
			}
			if d.Last.IsZero() || c.Last.Before(d.Last) {
				d.Last = c.Last
			}
			continue
		}
		if d.Safe.IsZero() || c.Safe.Before(d.Safe) {
			d.Safe = c.Safe
		}
		if c.Last.After(d.Last) || d.Last.IsZero() {
			d.Last = c.Last
		}
	}
	if d.Standstill {
		d.Safe, d.Last = clock.Date{}, clock.Date{}
	}
}

// ask says what is missing at one event.
func (b *Rulebook) ask(e *Event, f Facts, ms []match) []Question {
	var out []Question
	if e.On.Unknown() {
		out = append(out, Question{Key: "when", Event: e.ID, Kind: e.Kind})
	}
	if e.How == HowUnknown {
		out = append(out, Question{Key: "how", Event: e.ID, Kind: e.Kind})
	}
	for _, m := range ms {
		if m.ev.ID != e.ID || m.sure {
			continue
		}
		if len(m.rule.Outcomes) > 0 && (e.Outcome == "" || e.Outcome == NotKnown) {
			out = append(out, Question{Key: "outcome", Event: e.ID, Kind: e.Kind})
		} else if f.route(e, m.pack.Routes) == NotKnown {
			out = append(out, Question{Key: "route", Event: e.ID, Kind: e.Kind})
		}
	}
	slices.SortFunc(out, func(a, b Question) int {
		if a.Key < b.Key {
			return -1
		}
		if a.Key > b.Key {
			return 1
		}
		return 0
	})
	return slices.Compact(out)
}
