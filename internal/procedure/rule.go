package procedure

// This file is the form of the rules: what a rule file may say, how it is read, and what makes it unfit for use. A
// change of law is a change of a file in rules/, not of this one.

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"reisgezel/internal/kernel/clock"
)

// Confidence says how sure we are of a rule.
type Confidence string

// The degrees of confidence, surest first.
const (
	Read      Confidence = "V"   // the text of the rule was read in a current source
	ReadOld   Confidence = "V15" // read, but in an older consolidated text: the numbers may have changed
	Partly    Confidence = "P"   // a secondary source, or a part of the rule
	Memory    Confidence = "M"   // from memory
	Unsettled Confidence = "X"   // sources contradict each other, or the choice of the law is not known
)

// Party is who has to act.
type Party string

// The parties.
const (
	Person  Party = "person" // the refugee, with their lawyer and us
	Lawyer  Party = "lawyer"
	IND     Party = "ind"
	Court   Party = "court"
	Council Party = "council" // Afdeling bestuursrechtspraak van de Raad van State
	Nobody  Party = "nobody"
)

// Authority says whether a party is a part of the State that owes the person something in time.
func (p Party) Authority() bool { return p == IND || p == Court || p == Council }

// Kind is what happens when a term is missed.
type Kind string

// The kinds of term.
const (
	Fatal  Kind = "fatal"  // too late is lost, save for excuses
	Order  Kind = "order"  // an authority should, and the person may act when it does not
	Norm   Kind = "norm"   // a rule of good conduct
	Chance Kind = "chance" // the first day on which something becomes possible
)

// Instrument is the level of law a term stands in; the Algemene termijnenwet covers acts and orders in council only.
type Instrument string

// The instruments.
const (
	Act        Instrument = "wet"
	Decree     Instrument = "amvb"
	Regulation Instrument = "mr"
	Policy     Instrument = "beleid"
	Letter     Instrument = "brief"
	Union      Instrument = "eu"
	CourtOrder Instrument = "rechter"
	Treaty     Instrument = "verdrag"
)

// Pack is one rule file: one procedure under one regime.
type Pack struct {
	Name     string     `yaml:"pack"`
	Version  string     `yaml:"version"`
	Topic    Topic      `yaml:"topic"`
	Regime   RegimeID   `yaml:"regime"`
	ReviewBy clock.Date `yaml:"review_by"` // after this day every page that uses the pack warns that it may be stale
	Routes   []string   `yaml:"routes"`    // the kinds of procedure a whole track can have
	Steps    []Step     `yaml:"steps"`
	Events   []EventDef `yaml:"events"`
	Terms    []Rule     `yaml:"terms"`
}

// Step is one station of a procedure. Its name is the text procedure.step.<ID>, its meaning procedure.step.<ID>.means.
type Step struct {
	ID     string   `yaml:"id"`
	Who    []Party  `yaml:"who"`    // whose turn it is, first one first
	Begins []When   `yaml:"begins"` // the events that bring a track here; none: a track begins here
	Group  string   `yaml:"group"`  // the larger station the refugee sees
	Ends   bool     `yaml:"ends"`   // nothing follows
	Next   []string `yaml:"next"`   // what may follow, for the page and for the check that every step can be reached
}

// When describes events: any of these kinds, with any of these outcomes and routes. An empty list means any.
type When struct {
	On       string   `yaml:"on"`
	Outcomes []string `yaml:"outcomes,omitempty"`
	Routes   []string `yaml:"routes,omitempty"`
}

// EventDef is one kind of thing that can happen. Its name is the text procedure.event.<ID>.
type EventDef struct {
	ID        string   `yaml:"id"`
	Announced bool     `yaml:"announced"` // its term starts with the way it was made known
	Outcomes  []string `yaml:"outcomes"`
	Routes    []string `yaml:"routes"`
	Letter    bool     `yaml:"letter"` // the letter may set a day of its own
	Extends   bool     `yaml:"extends"`
	After     []string `yaml:"after"` // events that must lie before it or on the same day
	By        Party    `yaml:"by"`    // who did it, so that the page can say it
}

// Rule is one version of one term.
type Rule struct {
	ID    string `yaml:"id"`
	Key   string `yaml:"key"` // rules with one key answer one question; the text is procedure.term.<Key>
	When  `yaml:",inline"`
	Party Party  `yaml:"party"`
	Kind  Kind   `yaml:"kind"`
	Term  *Term  `yaml:"term"`      // empty when the letter sets the day
	By    bool   `yaml:"by_letter"` // the day stands in the letter: no law moves it
	Also  []Also `yaml:"candidates"`

	Instrument Instrument `yaml:"instrument"`
	Proof      string     `yaml:"proof"` // received, or posted: sent before the end and received within a week after it
	Article    string     `yaml:"article"`
	Source     string     `yaml:"source"`  // a number in docs/sources.md
	ReadOn     clock.Date `yaml:"read_on"` // when the source was read
	Valid      Valid      `yaml:"valid"`
	Confidence Confidence `yaml:"confidence"`
	Confirmed  *Confirmed `yaml:"confirmed"` // no lawyer yet: the page says so

	Extend   []Term   `yaml:"extend"`     // by how much the event "extended" can lengthen it
	Done     []string `yaml:"done"`       // events that end the term
	Over     []string `yaml:"instead_of"` // rules that fall away when this one applies
	Note     string   `yaml:"note"`       // text procedure.note.<Note>: what to look out for
	OnlySure bool     `yaml:"only_sure"`  // not a reading to be computed while the kind of procedure is unknown
	SafeBy   int      `yaml:"safe_minus"` // days the safe date lies before the bare one, when the count itself is doubted
}

// Also is another reading of a rule, when the law is not settled.
type Also struct {
	Term Term   `yaml:"term"`
	Note string `yaml:"note"` // text procedure.note.<Note>
}

// Valid says for which cases a version holds: the trigger must lie within the two days.
type Valid struct {
	Trigger string     `yaml:"trigger"` // lodged, registered, received or announced
	From    clock.Date `yaml:"from"`
	To      clock.Date `yaml:"to"`
}

// Holds says whether a day lies in the period.
func (v Valid) Holds(d clock.Date) bool {
	return (v.From.IsZero() || !d.Before(v.From)) && (v.To.IsZero() || !d.After(v.To))
}

// Confirmed is a lawyer's word for a rule.
type Confirmed struct {
	By string     `yaml:"by"`
	On clock.Date `yaml:"on"`
}

// Rulebook is all packs together, with the regimes and the table of equated days.
type Rulebook struct {
	Regimes  []Regime
	Packs    []Pack
	Calendar Calendar
	Sources  []Source
	Version  string // of all of it, for the derivation's own record
}

// Source is a text that rules cite, and where anybody can read it.
type Source struct {
	ID    string `yaml:"id"`
	Title string `yaml:"title"`
	URL   string `yaml:"url"`
}

// Source finds a source by its id.
func (b *Rulebook) Source(id string) Source {
	for _, s := range b.Sources {
		if s.ID == id {
			return s
		}
	}
	return Source{ID: id, Title: id}
}

//go:embed rules/*.yaml
var ruleFiles embed.FS

// Book reads the rules this program was built with.
func Book() (*Rulebook, error) {
	sub, err := fs.Sub(ruleFiles, "rules")
	if err != nil {
		return nil, err
	}
	return ReadRules(sub)
}

type regimeFile struct {
	Version string   `yaml:"version"`
	Regimes []Regime `yaml:"regimes"`
}

type sourceFile struct {
	Version string   `yaml:"version"`
	Sources []Source `yaml:"sources"`
}

type dayFile struct {
	Version string       `yaml:"version"`
	Days    []EquatedDay `yaml:"days"`
}

// ReadRules reads regimes.yaml, equated_days.yaml, sources.yaml and one file per procedure from a folder, and refuses it with every
// fault at once.
func ReadRules(dir fs.FS) (*Rulebook, error) {
	names, err := fs.Glob(dir, "*.yaml")
	if err != nil {
		return nil, err
	}
	b := &Rulebook{}
	var faults []error
	var versions []string
	for _, name := range names {
		raw, err := fs.ReadFile(dir, name)
		if err != nil {
			return nil, err
		}
		switch path.Base(name) {
		case "regimes.yaml":
			var f regimeFile
			if err = strict(raw, &f); err == nil {
				b.Regimes = f.Regimes
				versions = append(versions, "regimes@"+f.Version)
			}
		case "equated_days.yaml":
			var f dayFile
			if err = strict(raw, &f); err == nil {
				b.Calendar = NewCalendar(f.Version, f.Days)
			}
		case "sources.yaml":
			var f sourceFile
			if err = strict(raw, &f); err == nil {
				b.Sources = f.Sources
			}
		default:
			var p Pack
			if err = strict(raw, &p); err == nil {
				b.Packs = append(b.Packs, p)
				versions = append(versions, p.Name+"@"+p.Version)
			}
		}
		if err != nil {
			faults = append(faults, fmt.Errorf("%s: %w", name, err))
		}
	}
	b.Version = strings.Join(versions, " ")
	if err := errors.Join(faults...); err != nil {
		return nil, err
	}
	if b.Calendar.Version == "" {
		return nil, errors.New("equated_days.yaml is missing or has no version")
	}
	return b, b.check()
}

// strict refuses words that the form does not know: a misspelt "canddates" must not silently become a single reading.
func strict(raw []byte, into any) error {
	d := yaml.NewDecoder(bytes.NewReader(raw))
	d.KnownFields(true)
	return d.Decode(into)
}

// check finds what would let a rule give no date, a wrong one or one without a source.
func (b *Rulebook) check() error {
	var faults []error
	bad := func(p Pack, format string, args ...any) {
		faults = append(faults, fmt.Errorf("%s: %s", p.Name, fmt.Sprintf(format, args...)))
	}
	ids, party := map[string]bool{}, map[string]Party{}
	for _, p := range b.Packs {
		if p.Name == "" || p.Version == "" || p.ReviewBy.IsZero() {
			bad(p, "needs a pack name, a version and a review date")
		}
		if !slices.ContainsFunc(b.Regimes, func(r Regime) bool { return r.ID == p.Regime && r.Topic == p.Topic }) {
			bad(p, "names the regime %s of %s, which regimes.yaml does not know", p.Regime, p.Topic)
		}
		events := map[string]EventDef{}
		for _, e := range p.Events {
			if _, twice := events[e.ID]; twice {
				bad(p, "has the event %s twice", e.ID)
			}
			events[e.ID] = e
		}
		for _, e := range p.Events {
			for _, a := range e.After {
				if _, ok := events[a]; !ok {
					bad(p, "%s comes after %s, which is no event here", e.ID, a)
				}
			}
		}
		known := func(where string, w When) {
			e, ok := events[w.On]
			if !ok {
				bad(p, "%s waits for %q, which is no event here", where, w.On)
				return
			}
			for _, o := range w.Outcomes {
				if !slices.Contains(e.Outcomes, o) {
					bad(p, "%s: %s has no outcome %q", where, w.On, o)
				}
			}
			routes := e.Routes
			if len(routes) == 0 {
				routes = b.routesOf(p)
			}
			for _, r := range w.Routes {
				if !slices.Contains(routes, r) {
					bad(p, "%s: %s has no route %q", where, w.On, r)
				}
			}
		}
		faults = append(faults, checkSteps(p, known)...)
		for _, r := range p.Terms {
			if r.ID == "" || r.Key == "" || ids[r.ID] {
				bad(p, "a term has no id, no key, or an id used before: %q", r.ID)
			}
			ids[r.ID] = true
			known("the term "+r.ID, r.When)
			if was, ok := party[r.Key]; ok && was.Authority() != r.Party.Authority() {
				bad(p, "%s: one question %q is put to a person and to an authority", r.ID, r.Key)
			}
			party[r.Key] = r.Party
			if b.Source(r.Source).URL == "" {
				bad(p, "%s cites %q, which sources.yaml does not know", r.ID, r.Source)
			}
			for _, fault := range r.faults() {
				bad(p, "%s: %s", r.ID, fault)
			}
			for _, d := range r.Done {
				if _, ok := events[d]; !ok {
					bad(p, "%s ends with %q, which is no event here", r.ID, d)
				}
			}
		}
		for _, r := range p.Terms {
			for _, o := range r.Over {
				if !slices.ContainsFunc(p.Terms, func(x Rule) bool { return x.ID == o }) {
					bad(p, "%s stands instead of %q, which is no term here", r.ID, o)
				}
			}
		}
	}
	return errors.Join(faults...)
}

// pack is the pack of a regime.
func (b *Rulebook) pack(r RegimeID) *Pack {
	for i := range b.Packs {
		if b.Packs[i].Regime == r {
			return &b.Packs[i]
		}
	}
	return &Pack{}
}

// routesOf are the routes any event of the pack can have: an event without routes of its own takes the track's.
func (b *Rulebook) routesOf(p Pack) []string {
	var out []string
	for _, e := range p.Events {
		out = append(out, e.Routes...)
	}
	return out
}

func checkSteps(p Pack, known func(string, When)) (faults []error) {
	reached := map[string]bool{}
	ids := map[string]bool{}
	for i, s := range p.Steps {
		if ids[s.ID] {
			faults = append(faults, fmt.Errorf("%s: the step %s stands twice", p.Name, s.ID))
		}
		ids[s.ID] = true
		if i == 0 {
			reached[s.ID] = true
		}
		for _, n := range s.Next {
			reached[n] = true
		}
		for _, w := range s.Begins {
			known("the step "+s.ID, w)
		}
		if i > 0 && len(s.Begins) == 0 {
			faults = append(faults, fmt.Errorf("%s: no event leads to the step %s", p.Name, s.ID))
		}
		if !s.Ends && len(s.Next) == 0 {
			faults = append(faults, fmt.Errorf("%s: the step %s neither ends nor leads on", p.Name, s.ID))
		}
		if len(s.Who) == 0 || s.Group == "" {
			faults = append(faults, fmt.Errorf("%s: the step %s says not whose turn it is or in which group it stands", p.Name, s.ID))
		}
	}
	for _, s := range p.Steps {
		if !reached[s.ID] {
			faults = append(faults, fmt.Errorf("%s: the step %s cannot be reached", p.Name, s.ID))
		}
		for _, n := range s.Next {
			if !ids[n] {
				faults = append(faults, fmt.Errorf("%s: the step %s leads to %s, which is not there", p.Name, s.ID, n))
			}
		}
	}
	return faults
}

// faults are what makes one rule unfit by itself.
func (r Rule) faults() (out []string) {
	if (r.Term == nil) != r.By {
		out = append(out, "needs either a term or by_letter")
	}
	if r.By && len(r.Also) > 0 {
		out = append(out, "has candidates although the letter sets the day")
	}
	if r.Article == "" || r.Source == "" || r.ReadOn.IsZero() {
		out = append(out, "needs an article, a source and the day it was read")
	}
	if !slices.Contains([]Confidence{Read, ReadOld, Partly, Memory, Unsettled}, r.Confidence) {
		out = append(out, "has an unknown confidence")
	}
	if !slices.Contains([]Party{Person, Lawyer, IND, Court, Council}, r.Party) {
		out = append(out, "has an unknown party")
	}
	if !slices.Contains([]Kind{Fatal, Order, Norm, Chance}, r.Kind) {
		out = append(out, "has an unknown kind")
	}
	if r.Proof != "" && r.Proof != "received" && r.Proof != "posted" {
		out = append(out, "has an unknown proof")
	}
	if !slices.Contains([]string{"lodged", "registered", "received", "announced"}, r.Valid.Trigger) {
		out = append(out, "has an unknown trigger of validity")
	}
	if r.Valid.From.IsZero() {
		out = append(out, "does not say from when it is valid")
	}
	if !r.Valid.To.IsZero() && r.Valid.To.Before(r.Valid.From) {
		out = append(out, "ends before it begins to be valid")
	}
	rolls := func(t Term) {
		switch {
		case t.Roll == ATW && r.Instrument != Act && r.Instrument != Decree:
			out = append(out, "rolls by the Algemene termijnenwet, which covers acts and orders in council only")
		case t.Roll == EU && r.Instrument != Union:
			out = append(out, "rolls by EU law and is no EU rule")
		}
	}
	if r.Term != nil {
		rolls(*r.Term)
	}
	for _, a := range r.Also {
		rolls(a.Term)
	}
	if !slices.Contains([]Instrument{Act, Decree, Regulation, Policy, Letter, Union, CourtOrder, Treaty}, r.Instrument) {
		out = append(out, "has an unknown instrument")
	}
	return out
}
