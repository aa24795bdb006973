package dossier

// This file holds what is known of a person. Only what they want to be called is required; everything else may be
// unknown, and then it is absent, never a dash.

import (
	"maps"
	"reflect"
	"slices"
	"strings"

	"reisgezel/internal/kernel/clock"
)

// Profile is what is known of a person. It is stored as one sealed value.
type Profile struct {
	Called      string             `json:"called"`
	Pronoun     string             `json:"pronoun,omitempty"`
	Names       []NamePart         `json:"names,omitempty"`
	Own         string             `json:"own,omitempty"` // the whole name in the person's own script
	Variants    []Variant          `json:"variants,omitempty"`
	Births      []Birth            `json:"births,omitempty"`
	Nationality string             `json:"nationality,omitempty"`
	Languages   []Speech           `json:"languages,omitempty"` // the first is the one to speak in
	Interpreter string             `json:"interpreter,omitempty"`
	Reach       Reach              `json:"reach,omitzero"`
	Wish        Wish               `json:"wish,omitzero"`
	VNumber     string             `json:"vnumber,omitempty"` // ten digits
	ZNumber     string             `json:"znumber,omitempty"`
	Lives       string             `json:"lives,omitempty"`
	Origins     map[string]Origin  `json:"origins,omitempty"` // of the facts in Traced
	Others      map[string][]Value `json:"others,omitempty"`  // what other sources say of the facts in Sourced
}

// Origin says who told a fact, and when it was written down.
type Origin struct {
	Source   string     `json:"source"` // one of Sources
	On       clock.Date `json:"on,omitzero"`
	Disputed bool       `json:"disputed,omitempty"`
	Unknown  bool       `json:"unknown,omitempty"` // the source says that it does not know
}

// Traced are the facts of one value that carry an Origin. Names of sources and dates of birth carry their own.
var Traced = []string{"nationality", "vnumber", "znumber", "lives", "reach"}

// NamePart is one part of a name, in the order in which it is said.
type NamePart struct {
	Text string `json:"text"`
	Role string `json:"role"` // own, father, grandfather, family, husband, other
}

// NameRoles are the roles of name parts. There is no required surname.
var NameRoles = []string{"own", "father", "grandfather", "family", "husband", "other"}

// Variant is how a source writes the whole name.
type Variant struct {
	Source   string     `json:"source"` // one of Sources
	Text     string     `json:"text"`
	On       clock.Date `json:"on,omitzero"`
	Disputed bool       `json:"disputed,omitempty"`
}

// Sources are where a fact may come from.
var Sources = []string{"person", "ind", "brp", "passport", "unhcr", "other"}

// Speech is a language and what the person does in it.
type Speech struct {
	Tag   string `json:"tag"`
	Reads bool   `json:"reads,omitempty"`
}

// Tongues are the languages people speak here; more than the pages are in. "other" is a language that has no line yet.
var Tongues = []string{"ar", "ti", "fa", "prs", "ps", "ku", "ckb", "tr", "so", "uk", "ru", "am", "om", "fr", "en", "nl", "es", "pt", "ur", "zh", "other"}

// Interpreters are the wishes about an interpreter.
var Interpreters = []string{"none", "phone", "present"}

// Reach says how somebody can be reached without harm.
type Reach struct {
	Phone  string   `json:"phone,omitempty"`
	More   []Phoned `json:"more,omitempty"` // other telephones
	How    []string `json:"how,omitempty"`  // of Ways; none means that nothing was agreed
	When   string   `json:"when,omitempty"`
	Shared bool     `json:"shared,omitempty"` // others look at this telephone
	Say    string   `json:"say,omitempty"`    // what may be said to who answers, or left as a message: one of Says
	Never  string   `json:"never,omitempty"`  // what must never be done
}

// Says are what may be said to who answers, or left as a message, the least first. Nothing chosen means that nobody asked,
// and then no more is said than the least.
var Says = []string{"nothing", "callback", "all"}

// Unasked says that there is a telephone and nobody asked what may be said on it.
func (r Reach) Unasked() bool { return r.Phone != "" && r.Say == "" }

// Phoned is another telephone, and whose it is.
type Phoned struct {
	Number string `json:"number"`
	Whose  string `json:"whose,omitempty"`
}

// Ways are how somebody may be reached.
var Ways = []string{"call", "text", "app", "mail", "letter", "person"}

// Wish is what somebody wants of the one who helps.
type Wish struct {
	Language bool   `json:"language,omitempty"` // somebody who speaks the language
	Gender   string `json:"gender,omitempty"`   // one of Genders, or nothing
	NotOwn   bool   `json:"notOwn,omitempty"`   // nobody from the own country or community
	Digital  string `json:"digital,omitempty"`  // one of Meetings, or nothing
}

// untold are the wishes about who helps of which nothing stands here of colleagues: whether one is a woman, or of somebody's own
// community, is not kept. Who chooses must ask.
func (w Wish) untold() (out []string) {
	if w.Gender != "" {
		out = append(out, w.Gender)
	}
	if w.NotOwn {
		out = append(out, "notown")
	}
	return out
}

// Genders are the wishes about who helps.
var Genders = []string{"woman", "man"}

// Meetings are the wishes about how to talk.
var Meetings = []string{"person", "digital"}

// Name is the whole name in its order, or what they want to be called when no part is known.
func (p Profile) Name() string {
	if len(p.Names) == 0 {
		return p.Called
	}
	parts := make([]string, len(p.Names))
	for i, n := range p.Names {
		parts[i] = n.Text
	}
	return strings.Join(parts, " ")
}

// Language is the tag of the language to speak in; empty when unknown.
func (p Profile) Language() string {
	if len(p.Languages) == 0 {
		return ""
	}
	return p.Languages[0].Tag
}

// kinTongues are languages whose speakers understand each other when they talk, by their tags.
var kinTongues = [][]string{{"fa", "prs"}, {"ku", "kmr", "ckb"}}

// Shared is the first language of the person that somebody with these languages speaks too, also when they call it otherwise; empty when
// there is none. Dutch and English count only for whoever speaks nothing else: that is the wish of whoever asks for the own language.
func (p Profile) Shared(spoken []string) string {
	for _, s := range p.Languages {
		if (s.Tag == "nl" || s.Tag == "en") && s.Tag != p.Language() {
			continue
		}
		if slices.Contains(spoken, s.Tag) {
			return s.Tag
		}
		for _, kin := range kinTongues {
			if slices.Contains(kin, s.Tag) && slices.ContainsFunc(spoken, func(x string) bool { return slices.Contains(kin, x) }) {
				return s.Tag
			}
		}
	}
	return ""
}

// fact is the value of one of Traced; the zero value when it is not known.
func (p Profile) fact(name string) any {
	switch name {
	case "nationality":
		return p.Nationality
	case "vnumber":
		return p.VNumber
	case "znumber":
		return p.ZNumber
	case "lives":
		return p.Lives
	case "reach":
		return p.Reach
	}
	return nil
}

// known says whether one of Traced has a value.
func (p Profile) known(name string) bool { return !reflect.ValueOf(p.fact(name)).IsZero() }

// KeepDates gives every fact that says the same as before the day on which it was first written down. Without it each
// saving would make old knowledge look fresh.
func (p Profile) KeepDates(old Profile) Profile {
	p.Origins = maps.Clone(p.Origins)
	for name, o := range p.Origins {
		was, ok := old.Origins[name]
		if o.On = was.On; ok && o == was && reflect.DeepEqual(p.fact(name), old.fact(name)) {
			p.Origins[name] = was
		}
		if i := slices.IndexFunc(old.Others[name], func(v Value) bool {
			return v.Text == p.fact(name) && v.Source == o.Source && v.Disputed == o.Disputed && v.Unknown == o.Unknown
		}); i >= 0 { // it stood beside and now it holds
			o.On = old.Others[name][i].On
			p.Origins[name] = o
		}
	}
	p.keepOthers(old)
	p.Births = append([]Birth(nil), p.Births...)
	for i, b := range p.Births {
		for _, was := range old.Births {
			if b.On = was.On; b == was {
				p.Births[i] = was
			}
		}
	}
	p.Variants = append([]Variant(nil), p.Variants...)
	for i, v := range p.Variants {
		for _, was := range old.Variants {
			if v.On = was.On; v == was {
				p.Variants[i] = was
			}
		}
	}
	return p
}
