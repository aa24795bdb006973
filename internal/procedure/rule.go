package procedure

// This file is the form of the rules: what a rule file may say. A change of law is a change of a file in rules/, not of
// this one.

import (
	"slices"
	"strings"

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
	COA     Party = "coa"
	Town    Party = "municipality"
	DUO     Party = "duo"
	UWV     Party = "uwv"
	Police  Party = "police" // AVIM and the Koninklijke Marechaussee
	DTV     Party = "dtv"    // Dienst Terugkeer en Vertrek
	Abroad  Party = "state"  // another member state
)

// parties are all of them.
var parties = []Party{Person, Lawyer, IND, Court, Council, COA, Town, DUO, UWV, Police, DTV, Abroad}

// Authority says whether a party is an authority that owes something in time.
func (p Party) Authority() bool { return p != Person && p != Lawyer }

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

	file  string
	named string                 // its name and version, as derivations keep it
	spots func() map[string]spot // where a step, an event or a term stands in the file, by kind and id: only a fault asks
	moved map[string]spot        // what stands in an amendment instead
}

// spot is where a thing stands in the file: "terms/old-decide", or a word of it, "terms/old-decide/party".
func (p Pack) spot(at string) spot {
	for at != "" {
		if s, ok := p.moved[at]; ok {
			return s
		}
		if s, ok := p.spots()[at]; ok {
			return s
		}
		at = at[:max(0, strings.LastIndexByte(at, '/'))]
	}
	return spot{File: p.file}
}

// Step is one station of a procedure. Its name is the text procedure.step.<ID>, its meaning procedure.step.<ID>.means.
type Step struct {
	ID     string   `yaml:"id"`
	Who    []Party  `yaml:"who"`    // whose turn it is, first one first
	Begins []Begin  `yaml:"begins"` // the events that bring a track here; none: a track begins here
	Group  string   `yaml:"group"`  // the larger station the refugee sees
	Ends   bool     `yaml:"ends"`   // nothing follows
	Next   []string `yaml:"next"`   // what may follow, for the page and for the check that every step can be reached
}

// Begin are events that bring a track to a step, unless one of some other kinds came before them: who has left cannot stop leaving.
type Begin struct {
	When   `yaml:",inline"`
	Unless []string `yaml:"unless"`
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
	After     []string `yaml:"after"`  // events that must lie before it or on the same day
	By        Party    `yaml:"by"`     // who did it, so that the page can say it
	Future    bool     `yaml:"future"` // its day may lie ahead: the end of a permit
}

// Rule is one version of one term.
type Rule struct {
	ID    string `yaml:"id"`
	Key   string `yaml:"key"` // rules with one key answer one question; the text is procedure.term.<Key>
	When  `yaml:",inline"`
	Party Party      `yaml:"party"`
	Kind  Kind       `yaml:"kind"`
	Term  *Term      `yaml:"term"`      // empty when the letter sets the day
	By    bool       `yaml:"by_letter"` // the day stands in the letter: no law moves it
	Also  []Also     `yaml:"candidates"`
	Fixed clock.Date `yaml:"fixed"`       // the law names the day itself
	EndOf string     `yaml:"from_end_of"` // counted from the last day of the term with this key, not from the event
	Given []string   `yaml:"given"`       // only when one of these events stands in the track

	Instrument Instrument `yaml:"instrument"`
	Proof      string     `yaml:"proof"` // received, or posted: sent before the end and received within a week after it
	Article    string     `yaml:"article"`
	Source     string     `yaml:"source"`  // a number in docs/sources.md
	ReadOn     clock.Date `yaml:"read_on"` // when the source was read
	Valid      Valid      `yaml:"valid"`
	Confidence Confidence `yaml:"confidence"`
	Confirmed  *Confirmed `yaml:"confirmed"` // no lawyer yet: the page says so

	Extend   []Term   `yaml:"extend"`     // by how much the event "extended" can lengthen it
	Most     *Term    `yaml:"at_most"`    // what all extensions together may come to
	Suspend  bool     `yaml:"suspend"`    // stands still between "paused" and "resumed" (Awb 4:15, 7:10)
	Done     []string `yaml:"done"`       // events that end the term
	Early    *Term    `yaml:"done_early"` // how long before its event they may have happened: who renews does so before the end
	Over     []string `yaml:"instead_of"` // rules that fall away when this one applies
	Note     string   `yaml:"note"`       // text procedure.note.<Note>: what to look out for
	OnlySure bool     `yaml:"only_sure"`  // not a reading to be computed while the kind of procedure is unknown
	SafeBy   int      `yaml:"safe_minus"` // days the safe date lies before the bare one, when the count itself is doubted
	Ended    bool     `yaml:"ended"`      // the law dropped it and put nothing in its place

	brought *Amendment // of an organisation, that brought this version; nil: it came with the program
}

// Also is another reading of a rule, when the law is not settled.
type Also struct {
	Term Term   `yaml:"term"`
	Note string `yaml:"note"` // text procedure.note.<Note>
}

// Valid says for which cases a version holds: the trigger must lie within the two days.
type Valid struct {
	Trigger string     `yaml:"trigger"` // lodged, registered, received, announced or withdrawal_begun
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
	Topics   []TopicDef
	Regimes  []Regime
	Packs    []Pack
	Calendar Calendar
	Days     []EquatedDay // the table the calendar was made from
	Sources  []Source
	Texts    map[string]map[string]string // by language and key: words that changes brought along, which the program does not have
	Version  string                       // of all of it, for the derivation's own record
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

// Rule finds a rule by its id.
func (b *Rulebook) Rule(id string) (Rule, bool) {
	for _, p := range b.Packs {
		if i := slices.IndexFunc(p.Terms, func(r Rule) bool { return r.ID == id }); i >= 0 {
			return p.Terms[i], true
		}
	}
	return Rule{}, false
}

// begins says whether a topic can be a track of its own.
func (b *Rulebook) begins(t Topic) bool {
	return slices.ContainsFunc(b.Topics, func(d TopicDef) bool { return d.ID == t && d.Track })
}

// companions are a topic and the topics whose law is used along with it: an asylum case also asks which member state
// must decide, a permit case also has objection and appeal.
func (b *Rulebook) companions(t Topic) []Topic {
	for _, d := range b.Topics {
		if d.ID == t {
			return d.all
		}
	}
	return []Topic{t}
}
