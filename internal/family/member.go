package family

// This file holds who is in a family: what is known of each, where they are, and the forms by which that is told.

import (
	"slices"
	"strings"
	"time"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/privacy"
)

// Family is everything that one person's family is. It is stored as one sealed value.
type Family struct {
	Members  []Member   `json:"members,omitempty"`
	Ties     []Tie      `json:"ties,omitempty"`
	Homes    []Home     `json:"homes,omitempty"`
	Entered  clock.Date `json:"entered,omitzero"` // when the person came into the Netherlands
	Guardian Warden     `json:"guardian,omitzero"`
}

// Member is one relative, as this family knows them.
type Member struct {
	ID      string            `json:"id"`
	Name    string            `json:"name"`
	Own     string            `json:"own,omitempty"` // in their own script
	Births  []dossier.Birth   `json:"births,omitempty"`
	Where   Where             `json:"where,omitzero"`
	Reach   string            `json:"reach,omitempty"`
	Coming  string            `json:"coming,omitempty"`  // of Comings: whether they are to come here
	Answers map[string]string `json:"answers,omitempty"` // to the questions of the rules: yes or no
	Steps   []Step            `json:"steps,omitempty"`
	Note    string            `json:"note,omitempty"`
	Rev     int64             `json:"rev"`
	Removed time.Time         `json:"removed,omitzero"`
}

// Where is where somebody is, as far as is known.
type Where struct {
	Country string     `json:"country,omitempty"`
	Place   string     `json:"place,omitempty"`
	With    string     `json:"with,omitempty"`
	State   string     `json:"state,omitempty"` // of States; empty is unknown
	Contact clock.Date `json:"contact,omitzero"`
}

// Home is a time in which people lived together.
type Home struct {
	ID      string     `json:"id"`
	Who     []string   `json:"who"` // members, and Own
	Country string     `json:"country,omitempty"`
	Place   string     `json:"place,omitempty"`
	Since   clock.Date `json:"since,omitzero"`
	Until   clock.Date `json:"until,omitzero"`
}

// How somebody fares.
const (
	Safe    = "safe"
	Danger  = "danger"
	Missing = "missing"
	Died    = "died"
)

// States are how somebody can fare; unknown is none of them.
var States = []string{Safe, Danger, Missing, Died}

// Comings say whether somebody is to come to the Netherlands.
var Comings = []string{"yes", "no", "unknown"}

// Netherlands is how this country is written in Where; the form offers it.
const Netherlands = "Nederland"

// Here says whether somebody is in the Netherlands.
func (m Member) Here() bool {
	c := strings.ToLower(m.Where.Country)
	return c == "nederland" || c == "the netherlands" || c == "netherlands" || c == "nl" || m.Where.Country == "" && m.Arrived()
}

func (f Family) has(id string) bool { return id == Own || f.at(id) >= 0 }

func (f Family) at(id string) int {
	return slices.IndexFunc(f.Members, func(m Member) bool { return m.ID == id && m.Removed.IsZero() })
}

// Member finds one who belongs to the family now.
func (f Family) Member(id string) (Member, bool) {
	if i := f.at(id); i >= 0 {
		return f.Members[i], true
	}
	return Member{}, false
}

// counterpart finds who in this family is somebody of another: of the same name, or the only partner. Who has a file
// already is nobody else.
func (f Family) counterpart(called, role string, taken map[string]bool, on clock.Date) string {
	var same, all []string
	for _, m := range f.Living() {
		k, _ := f.Bond(m.ID, on)
		if taken[m.ID] || k.Role != role {
			continue
		}
		all = append(all, m.ID)
		if dossier.Fold(m.Name) == dossier.Fold(called) {
			same = append(same, m.ID)
		}
	}
	switch {
	case len(same) == 1:
		return same[0]
	case role == Partner && len(all) == 1:
		return all[0]
	}
	return ""
}

// Living are all who belong to the family now.
func (f Family) Living() []Member {
	return slices.DeleteFunc(slices.Clone(f.Members), func(m Member) bool { return !m.Removed.IsZero() })
}

// Together says whether somebody lived with the person on a day: "yes", "no" when everything that is known of that time
// says otherwise, or "unknown".
func (f Family) Together(id string, on clock.Date) string {
	if on.IsZero() {
		return "unknown"
	}
	known := false
	for _, h := range f.Homes {
		if !slices.Contains(h.Who, Own) || !h.Since.IsZero() && on.Before(h.Since) || !h.Until.IsZero() && h.Until.Before(on) {
			continue
		}
		if slices.Contains(h.Who, id) {
			return "yes"
		}
		known = known || !h.Since.IsZero() // a home of which nobody knows when it began excludes nobody
	}
	if known {
		return "no"
	}
	return "unknown"
}

// The longest texts, in letters, and the most of each that a family has.
const (
	nameMost    = 120
	noteMost    = 1000
	membersMost = 100
	tiesMost    = 400
	homesMost   = 40
	stepsMost   = 60
)

func text(fs *fault.Fields, name, s string, most int) {
	if n := len([]rune(s)); n > most {
		fs.Add(name, "family.error.long", "n", n, "most", most)
	}
	if privacy.HasBSN(s) {
		fs.Add(name, "family.error.bsn")
	}
}

// day reads a day of a form; nothing is no day. A day after the latest is a mistake, unless there is none.
func day(fs *fault.Fields, name, s string, latest clock.Date) clock.Date {
	if s == "" {
		return clock.Date{}
	}
	d, ok := clock.ReadDay(s)
	switch {
	case !ok:
		fs.Add(name, "family.error.day")
	case !latest.IsZero() && d.After(latest):
		fs.Add(name, "family.error.future")
	}
	return d
}

func oneOf(fs *fault.Fields, name, s string, from []string) {
	if !slices.Contains(from, s) {
		fs.Add(name, "family.error.choose")
	}
}

// MemberInput is the form of a relative.
type MemberInput struct {
	Name, Own                     string
	Birth                         dossier.Input // only its lines about birth
	Country, Place, With, State   string
	Contact, Reach, Coming, Note  string
	Role, Form, Certainty, Source string
	Told, Since, Until            string
	To                            string                 // of whom they are Role; Own is the person
	Others                        map[string]clock.Other // Since and Until as they were told in another calendar
}

// Read finds all faults of a form and makes the member and the tie of it. was is what stood there; bound says whether the
// form has a tie. today is the last day on which something can have happened.
func (in MemberInput) Read(was Member, bound bool, today clock.Date) (Member, Tie, fault.Fields) {
	var fs fault.Fields
	m := was
	m.Name, m.Own, m.Reach, m.Coming, m.Note = in.Name, in.Own, in.Reach, in.Coming, in.Note
	m.Where = Where{Country: in.Country, Place: in.Place, With: in.With, State: in.State, Contact: day(&fs, "contact", in.Contact, today)}
	if in.Name == "" {
		fs.Add("name", "family.error.name")
	}
	text(&fs, "name", in.Name, nameMost)
	text(&fs, "own", in.Own, nameMost)
	m.Births = dossier.ReadBirths(in.Birth, &fs, today)
	if in.State != "" {
		oneOf(&fs, "state", in.State, States)
	}
	text(&fs, "country", in.Country, nameMost)
	text(&fs, "place", in.Place, nameMost)
	text(&fs, "with", in.With, nameMost)
	text(&fs, "reach", in.Reach, nameMost)
	oneOf(&fs, "coming", in.Coming, Comings)
	text(&fs, "note", in.Note, noteMost)
	if !bound {
		return m, Tie{}, fs
	}
	t := in.tie(&fs, was.ID, today)
	return m, t, fs
}

// tie reads the part of a form that says how somebody is bound to another.
func (in MemberInput) tie(fs *fault.Fields, id string, today clock.Date) Tie {
	t := TieOf(id, in.Role, in.To)
	t.Form, t.Certainty, t.Source, t.Told = in.Form, in.Certainty, in.Source, in.Told
	oneOf(fs, "role", in.Role, Roles)
	if forms := Forms(in.Role); forms == nil {
		t.Form = ""
	} else {
		oneOf(fs, "form", in.Form, forms)
	}
	oneOf(fs, "certainty", in.Certainty, Certainties)
	oneOf(fs, "source", in.Source, Sources)
	if (in.Certainty == "documented" || in.Source == "paper") && in.Told == "" {
		fs.Add("told", "family.error.paper")
	}
	text(fs, "told", in.Told, nameMost)
	t.Since, t.Until = in.day(fs, "since", in.Since, today), in.day(fs, "until", in.Until, today)
	return t
}

// day reads a day of a tie; a fault of a day in another calendar stands at its own field.
func (in MemberInput) day(fs *fault.Fields, name, text string, today clock.Date) clock.Date {
	if _, key := in.Others[name].Beside(text); key != "" {
		fs.Add(name+"_day", key)
		return clock.Date{}
	}
	return day(fs, name, text, today)
}

// HomeInput is the form of a time of living together.
type HomeInput struct {
	Who            []string
	Country, Place string
	Since, Until   string
}

// Read finds all faults of a form and makes the home of it.
func (in HomeInput) Read(f Family, today clock.Date) (Home, fault.Fields) {
	var fs fault.Fields
	h := Home{Country: in.Country, Place: in.Place, Since: day(&fs, "since", in.Since, today), Until: day(&fs, "until", in.Until, today)}
	for _, id := range in.Who {
		if id == "self" {
			id = Own
		}
		if !f.has(id) {
			fs.Add("who", "family.error.choose")
			break
		}
		if !slices.Contains(h.Who, id) {
			h.Who = append(h.Who, id)
		}
	}
	if len(h.Who) < 2 && len(fs) == 0 {
		fs.Add("who", "family.error.two")
	}
	text(&fs, "country", in.Country, nameMost)
	text(&fs, "place", in.Place, nameMost)
	if !h.Since.IsZero() && !h.Until.IsZero() && h.Until.Before(h.Since) {
		fs.Add("until", FaultDays)
	}
	return h, fs
}
