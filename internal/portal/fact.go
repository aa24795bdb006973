package portal

// This file lists what is known of a person for that person: every fact, who told it, and nothing that staff think.

import (
	"slices"
	"strconv"
	"strings"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/lang"
)

// Fact is one thing that is known. Key names it in a report that it is wrong; the label of "phone.1" is that of "phone".
type Fact struct {
	Key      string
	Value    string   // as it stands in the file
	Words    []string // text keys that say the value, for what was chosen from a list
	About    bool     // around that date
	Source   string   // one of dossier.Sources, or nothing
	On       clock.Date
	Disputed bool
}

// Label is the key of the name of a fact.
func Label(key string) string {
	l, _, _ := strings.Cut(key, ".")
	return l
}

// Facts are all facts of a profile, in the order in which people tell them.
func Facts(p dossier.Profile) []Fact {
	var out []Fact
	add := func(f Fact) {
		if f.Value != "" || len(f.Words) > 0 {
			if o, ok := p.Origins[f.Key]; ok {
				f.Source, f.On = o.Source, o.On
			}
			out = append(out, f)
		}
	}
	add(Fact{Key: "called", Value: p.Called})
	if len(p.Names) > 0 {
		add(Fact{Key: "name", Value: p.Name()})
	}
	add(Fact{Key: "own", Value: p.Own})
	for i, v := range p.Variants {
		add(Fact{Key: nth("variant", i), Value: v.Text, Source: v.Source, On: v.On, Disputed: v.Disputed})
	}
	for i, b := range p.Births {
		value := dossier.BirthText(b)
		if b.Words != "" {
			value = strings.TrimSuffix("“"+b.Words+"” "+value, " ")
		}
		add(Fact{Key: nth("born", i), Value: value, About: b.About, Source: b.Source, On: b.On, Disputed: b.Disputed})
	}
	add(Fact{Key: "pronoun", Value: p.Pronoun})
	sourced := func(key string, text func(string) string) {
		for i, v := range p.Values(key) {
			f := Fact{Key: nth(key, i), Value: text(v.Text), Source: v.Source, On: v.On, Disputed: v.Disputed}
			if v.Unknown {
				f.Words = []string{"portal.unknown"}
			}
			add(f)
		}
	}
	as := func(s string) string { return s }
	sourced("nationality", as)
	var ls []string
	for _, l := range p.Languages {
		ls = append(ls, lang.Isolated(dossier.Tongue(l.Tag)))
	}
	add(Fact{Key: "languages", Value: strings.Join(ls, " · ")})
	if p.Interpreter != "" {
		add(Fact{Key: "interpreter", Words: []string{"portal.interpreter." + p.Interpreter}})
	}
	sourced("vnumber", dossier.VNumberText)
	sourced("znumber", as)
	add(Fact{Key: "lives", Value: dossier.Place(p.Lives)})
	add(Fact{Key: "phone", Value: p.Reach.Phone})
	for i, x := range p.Reach.More {
		value := x.Number
		if x.Whose != "" {
			value += " (" + x.Whose + ")"
		}
		add(Fact{Key: nth("phone", i+1), Value: value})
	}
	if p.Reach.Shared {
		add(Fact{Key: "shared", Words: []string{"portal.shared"}})
	}
	var ways []string
	for _, w := range p.Reach.How {
		ways = append(ways, "portal.way."+w)
	}
	add(Fact{Key: "how", Words: ways})
	add(Fact{Key: "when", Value: p.Reach.When})
	add(Fact{Key: "never", Value: p.Reach.Never})
	add(Fact{Key: "wish", Words: wishes(p.Wish)})
	return out
}

func wishes(w dossier.Wish) []string {
	var out []string
	if w.Language {
		out = append(out, "portal.wish.language")
	}
	if w.Gender != "" {
		out = append(out, "portal.wish."+w.Gender)
	}
	if w.NotOwn {
		out = append(out, "portal.wish.notown")
	}
	if w.Digital != "" {
		out = append(out, "portal.wish."+w.Digital)
	}
	return out
}

func nth(key string, i int) string {
	if i == 0 {
		return key
	}
	return key + "." + strconv.Itoa(i)
}

// Other is the report about something that stands in no fact.
const Other = "other"

// IsFact says whether a profile has this fact, or the report is about something else.
func IsFact(p dossier.Profile, key string) bool {
	return key == Other || slices.ContainsFunc(Facts(p), func(f Fact) bool { return f.Key == key })
}

// spoken are the languages of these pages, most needed first.
var spoken = []string{"ar", "ti", "fa", "tr", "uk", "so", "fr", "en", "nl"}
