package procedure

// This file is what a form says about an event, and what is wrong with it.

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
	"unicode/utf8"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/privacy"
)

// Input is one form about one event, as it was sent.
type Input struct {
	Kind     string
	Track    string // an existing track; empty begins one
	Topic    Topic  // begins a track of its own about this
	Corrects string // the event that this one supersedes
	Sure     string // exact, between or unknown
	Day      string
	From     string
	To       string
	How      string
	Outcome  string
	Route    string
	Letter   string
	Extend   string
	Note     string
	// Lodged answers the question on which the law hangs, when the track does not know it yet: before, after, day or
	// unknown; LodgedDay goes with day.
	Lodged    string
	LodgedDay string
	// Others are the days that were told in another calendar, by their field.
	Others map[string]clock.Other
	// Was is the day of the event that this one supersedes.
	Was Moment
}

// Fingerprint tells one form from another that says something else.
func (in Input) Fingerprint() string {
	h := sha256.Sum256([]byte(strings.Join([]string{in.Kind, in.Track, string(in.Topic), in.Corrects, in.Sure, in.Day, in.From, in.To, in.How, in.Outcome, in.Route, in.Letter, in.Extend, in.Lodged, in.LodgedDay}, "\x00")))
	return hex.EncodeToString(h[:8])
}

// Definition is one kind of event with everything that the laws which may govern say about it.
type Definition struct {
	EventDef
	Likely  bool       // it may come next
	Lengths []Term     // by how much an authority can lengthen its term, when the event does that
	Before  []string   // events that it must lie before, or on the same day
	Turn    clock.Date // the first day of the later law on asylum, by the day of lodging
}

// Definitions are the events that can be recorded in a track, in the order of the rule files. An event that two laws know
// is one; what they say about it is joined.
func (b *Rulebook) Definitions(d Derivation, f Facts) []Definition {
	regimes := map[RegimeID]bool{}
	for _, c := range d.Choices {
		for _, r := range c.Regimes {
			regimes[r] = true
		}
	}
	likely := b.likely(d, regimes)
	if len(f.Events) == 0 {
		likely["decision"] = true // somebody nothing is known of comes with a letter, most of the time this one
	}
	var out []Definition
	at := map[string]int{}
	packs := slices.Clone(b.Packs)
	slices.SortStableFunc(packs, func(x, y Pack) int { return strings.Compare(string(x.Topic), string(y.Topic)) }) // asylum first
	for _, p := range packs {
		if !regimes[p.Regime] {
			continue
		}
		for _, e := range p.Events {
			i, ok := at[e.ID]
			if !ok {
				at[e.ID] = len(out)
				e.Outcomes, e.Routes, e.After = slices.Clone(e.Outcomes), slices.Clone(e.Routes), slices.Clone(e.After)
				out = append(out, Definition{EventDef: e, Likely: likely[e.ID]})
				continue
			}
			out[i].Outcomes, out[i].Routes, out[i].After = join(out[i].Outcomes, e.Outcomes), join(out[i].Routes, e.Routes), join(out[i].After, e.After)
			out[i].Future = out[i].Future || e.Future
			out[i].Announced, out[i].Letter, out[i].Extends = out[i].Announced || e.Announced, out[i].Letter || e.Letter, out[i].Extends || e.Extends
		}
	}
	turn := b.turn()
	for i := range out {
		if out[i].Extends {
			out[i].Lengths = b.lengths(regimes, d, f)
		}
		for _, x := range out {
			if slices.Contains(x.After, out[i].ID) {
				out[i].Before = append(out[i].Before, x.ID)
			}
		}
		out[i].Turn = turn
	}
	return out
}

// turn is the first day of the later law on asylum: by the day of lodging the two laws part.
func (b *Rulebook) turn() clock.Date {
	var last clock.Date
	for _, r := range b.Regimes {
		if r.Topic == Asylum && r.Trigger == "lodged" && r.From.After(last) {
			last = r.From
		}
	}
	return last
}

// lengths are all the ways in which the terms of a track can be lengthened, shortest first. The decision term counts
// before the application is on file: the same form may ask for it.
func (b *Rulebook) lengths(regimes map[RegimeID]bool, d Derivation, f Facts) []Term {
	runs := map[string]bool{}
	for _, x := range d.Deadlines {
		for _, c := range x.Candidates {
			runs[c.Rule] = true
		}
	}
	var out []Term
	for _, p := range b.Packs {
		for _, r := range p.Terms {
			if !regimes[p.Regime] || !runs[r.ID] && (r.On != "lodged" || f.latest("lodged") != nil) {
				continue
			}
			for _, x := range r.Extend {
				if !slices.Contains(out, x) {
					out = append(out, x)
				}
			}
		}
	}
	slices.SortFunc(out, func(x, y Term) int { return cmp.Compare(x.roughly(), y.roughly()) })
	return out
}

// roughly is the length of a term in days, near enough to put terms in order.
func (t Term) roughly() int { return t.N * [...]int{1, 7, 30, 365, 1}[t.Unit] }

func join(a, b []string) []string {
	for _, x := range b {
		if !slices.Contains(a, x) {
			a = append(a, x)
		}
	}
	return a
}

// likely are the events that end a running term or lead to a next step.
func (b *Rulebook) likely(d Derivation, regimes map[RegimeID]bool) map[string]bool {
	out := map[string]bool{}
	now, _ := d.Now()
	for _, p := range b.Packs {
		if !regimes[p.Regime] {
			continue
		}
		for _, s := range p.Steps {
			if slices.Contains(now.Next, s.ID) {
				for _, w := range s.Begins {
					out[w.On] = true
				}
			}
		}
		for _, r := range p.Terms {
			for _, x := range d.Deadlines {
				if x.Open() && x.Term == r.Key && x.On == r.On {
					for _, done := range r.Done {
						out[done] = true
					}
				}
			}
		}
	}
	return out
}

// others are the days of a form that may stand in another calendar, each with where it stands in ours.
func (in *Input) others() map[string]*string {
	return map[string]*string{"day": &in.Day, "from": &in.From, "to": &in.To, "lodged_day": &in.LodgedDay}
}

// ours is a day of a form as we write it. What is wrong with it in another calendar stands at its own field, and is no day.
func ours(fs *fault.Fields, others map[string]clock.Other, name, text string) (string, bool) {
	text, key := others[name].Beside(text)
	if key != "" {
		fs.Add(name+"_day", key)
	}
	return text, key == ""
}

// Check turns the form into an event, or names every fault at its field. today bounds what can have happened; born does
// too when it is known.
func (in Input) Check(def Definition, f Facts, today, born clock.Date) (Event, *Event, fault.Fields) {
	var fs fault.Fields
	e := Event{Kind: in.Kind, Outcome: in.Outcome, Route: in.Route, How: How(in.How)}
	past := func(field, s string) clock.Date {
		s, fine := ours(&fs, in.Others, field, s)
		d, ok := clock.ReadDay(s)
		switch {
		case !fine:
		case s == "":
			fs.Add(field, "procedure.error.day_missing")
		case !ok:
			fs.Add(field, "procedure.error.day_bad")
		case d.After(today) && !def.Future:
			fs.Add(field, "procedure.error.day_future")
		case !born.IsZero() && d.Before(born):
			fs.Add(field, "procedure.error.day_birth")
		default:
			return d
		}
		return clock.Date{}
	}
	switch in.Sure {
	case "exact":
		e.On = OnDay(past("day", in.Day))
	case "between":
		e.On = Moment{past("from", in.From), past("to", in.To)}
		if !e.On.Unknown() && e.On.To.Before(e.On.From) {
			fs.Add("to", "procedure.error.between")
		}
	case "unknown":
	default:
		fs.Add("sure", "procedure.error.sure")
	}
	if def.Announced && !slices.Contains(Hows, e.How) {
		fs.Add("how", "procedure.error.how")
	}
	if !def.Announced {
		e.How = ""
	}
	e.Outcome = choice(&fs, "outcome", in.Outcome, def.Outcomes)
	e.Route = choice(&fs, "route", in.Route, def.Routes)
	if def.Letter && in.Letter != "" {
		d, ok := clock.ReadDay(in.Letter)
		switch {
		case !ok:
			fs.Add("letter", "procedure.error.day_bad")
		case !e.On.Unknown() && d.Before(e.On.From):
			fs.Add("letter", "procedure.error.letter_before")
		default:
			e.Letter = d
		}
	}
	if def.Extends {
		i := slices.IndexFunc(def.Lengths, func(t Term) bool { return t.String() == in.Extend })
		switch {
		case len(def.Lengths) == 0:
			fs.Add("extend", "procedure.error.extend_none")
		case i >= 0:
			e.Extend = def.Lengths[i]
		case in.Extend != NotKnown:
			fs.Add("extend", "procedure.error.extend")
		}
	}
	switch {
	case privacy.HasBSN(in.Note):
		fs.Add("note", "procedure.error.bsn")
	case utf8.RuneCountInString(in.Note) > 4000:
		fs.Add("note", "procedure.error.long")
	}
	field := "day"
	if in.Sure == "between" {
		field = "from"
	}
	bad := func(field string, o order, wrong bool) {
		if wrong {
			key := "procedure.error.before"
			if o.after {
				key = "procedure.error.after"
			}
			fs.Add(field, key, "other", o.other, "day", o.day)
		}
	}
	if !e.On.Unknown() {
		o, wrong := in.outOfOrder(def, e, f)
		bad(field, o, wrong)
	}
	lodged := in.lodged(&fs, def.Turn, today, born)
	if lodged != nil {
		at := "lodged"
		if in.Lodged == "day" {
			at = "lodged_day"
		}
		with := f
		with.Events = append(slices.Clone(f.Events), e)
		o, wrong := trigger(*lodged, with, in.Corrects)
		bad(at, o, wrong)
	}
	return e, lodged, fs
}

// choice takes one of the values, or "not known yet"; nothing at all is a fault, so that an unknown is said and never
// forgotten.
func choice(fs *fault.Fields, field, value string, values []string) string {
	switch {
	case len(values) == 0:
		return ""
	case value == NotKnown || slices.Contains(values, value):
		return value
	}
	fs.Add(field, "procedure.error."+field)
	return ""
}

// lodged is the event that answers when the application was lodged, if the form asked.
func (in Input) lodged(fs *fault.Fields, turn, today, born clock.Date) *Event {
	e := Event{Kind: "lodged"}
	switch in.Lodged {
	case "before":
		e.On.To = turn.AddDays(-1)
	case "after":
		e.On.From = turn
	case "day":
		s, fine := ours(fs, in.Others, "lodged_day", in.LodgedDay)
		d, ok := clock.ReadDay(s)
		switch {
		case !fine:
		case s == "":
			fs.Add("lodged_day", "procedure.error.day_missing")
		case !ok:
			fs.Add("lodged_day", "procedure.error.day_bad")
		case d.After(today):
			fs.Add("lodged_day", "procedure.error.day_future")
		case !born.IsZero() && d.Before(born):
			fs.Add("lodged_day", "procedure.error.day_birth")
		}
		e.On = OnDay(d)
	default:
		return nil
	}
	return &e
}

// order is an event that lies on the wrong side of another: after the day of the other, or before it.
type order struct {
	other string
	day   clock.Date
	after bool
}

// outOfOrder finds an event that must lie before this one and does not, or the other way round.
func (in Input) outOfOrder(def Definition, e Event, f Facts) (order, bool) {
	if o, wrong := trigger(e, f, in.Corrects); wrong {
		return o, true
	}
	for _, x := range f.Events {
		if x.On.Unknown() || x.ID == in.Corrects {
			continue
		}
		if slices.Contains(def.After, x.Kind) && e.On.To.Before(x.On.From) && !anyEarlier(f, x.Kind, e.On.To, in.Corrects) {
			return order{x.Kind, x.On.From, false}, true
		}
		// What followed an event still follows it when its day is mended, unless another of its kind lies before that. An
		// event that nobody recorded before may well come after one that answered an earlier one.
		followed := !in.Was.Unknown() && !x.On.From.Before(in.Was.To)
		if followed && slices.Contains(def.Before, x.Kind) && e.On.From.After(x.On.To) && !anyEarlier(f, e.Kind, x.On.To, in.Corrects) {
			return order{x.Kind, x.On.To, true}, true
		}
	}
	return order{}, false
}

// trigger looks at the events on whose day the law hangs: whatever presupposes them cannot lie before them, whichever of
// the two is recorded first, and also when only the first or the last possible day is known.
func trigger(e Event, f Facts, corrects string) (order, bool) {
	before := func(a, b clock.Date) bool { return !a.IsZero() && !b.IsZero() && a.Before(b) }
	for _, x := range f.Events {
		if x.ID == corrects && corrects != "" {
			continue
		}
		if presupposes[e.Kind][x.Kind] && before(x.On.To, e.On.From) {
			return order{x.Kind, x.On.To, true}, true
		}
		if presupposes[x.Kind][e.Kind] && before(e.On.To, x.On.From) && !anyEarlier(f, x.Kind, e.On.To, corrects) {
			return order{x.Kind, x.On.From, false}, true
		}
	}
	return order{}, false
}

// anyEarlier says whether a kind of event also happened by a day: a second interview does not make a decision after the
// first one impossible.
func anyEarlier(f Facts, kind string, day clock.Date, corrects string) bool {
	return slices.ContainsFunc(f.Events, func(x Event) bool {
		return x.Kind == kind && (x.ID != corrects || corrects == "") && !x.On.Unknown() && !x.On.From.After(day)
	})
}

// asksLodged says whether a form must ask when the application was lodged: the track does not know, and two laws differ.
func asksLodged(kind string, d Derivation) bool {
	return kind != "lodged" && len(d.Choices) > 0 && d.Choices[0].Topic == Asylum && !d.Choices[0].Sure() && !d.Choices[0].Contradiction
}

// tidy removes what people type without meaning it.
func tidy(s string) string { return strings.TrimSpace(strings.ReplaceAll(s, "\r\n", "\n")) }
