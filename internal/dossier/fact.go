package dossier

// This file holds facts of which several sources say something else: one of the values holds, the others stand beside it
// with who said them. Disputed is said of a value; unknown is a value.

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/fault"
)

// Sourced are the facts of which other sources may say something else. Of these, what holds stands in its own field of the
// profile, with its Origin. Names and dates of birth carry their sources themselves.
var Sourced = []string{"nationality", "vnumber", "znumber"}

// Value is what one more source says of one of Sourced.
type Value struct {
	Text     string     `json:"text,omitempty"`
	Source   string     `json:"source"`
	Disputed bool       `json:"disputed,omitempty"`
	Unknown  bool       `json:"unknown,omitempty"` // the source says that it does not know
	On       clock.Date `json:"on,omitzero"`
}

// Values are all values of one of Sourced, the one that holds first.
func (p Profile) Values(name string) []Value {
	var out []Value
	o := p.Origins[name]
	if s, _ := p.fact(name).(string); s != "" || o.Unknown {
		out = append(out, Value{Text: s, Source: o.Source, Disputed: o.Disputed, Unknown: o.Unknown, On: o.On})
	}
	return append(out, p.Others[name]...)
}

// All are the texts of one of Sourced, each once: what anybody says of it.
func (p Profile) All(name string) []string {
	var out []string
	for _, v := range p.Values(name) {
		if v.Text != "" && !slices.Contains(out, v.Text) {
			out = append(out, v.Text)
		}
	}
	return out
}

// FactInput is what a form says about one of Sourced beside the line that holds. Boxes hold numbers of lines; line 0 is the
// one that holds, and Holds is the line that shall hold from now on.
type FactInput struct {
	Text, Source      []string // of the lines from 1 on
	Disputed, Unknown []string
	Holds             string
}

func readFacts(f url.Values) map[string]FactInput {
	out := map[string]FactInput{}
	for _, name := range Sourced {
		out[name] = FactInput{Text: f[name+"_more"], Source: f[name+"_more_source"], Disputed: f[name+"_disputed"], Unknown: f[name+"_unknown"], Holds: f.Get(name + "_holds")}
	}
	return out
}

// factsOf fills the lines of the form.
func factsOf(p Profile) map[string]FactInput {
	out := map[string]FactInput{}
	for _, name := range Sourced {
		in := FactInput{Holds: "0"}
		tick := func(i int, disputed, unknown bool) {
			if disputed {
				in.Disputed = append(in.Disputed, strconv.Itoa(i))
			}
			if unknown {
				in.Unknown = append(in.Unknown, strconv.Itoa(i))
			}
		}
		o := p.Origins[name]
		tick(0, o.Disputed, o.Unknown)
		for i, v := range p.Others[name] {
			text := v.Text
			if name == "vnumber" {
				text = VNumberText(text)
			}
			in.Text, in.Source = append(in.Text, text), append(in.Source, v.Source)
			tick(i+1, v.Disputed, v.Unknown)
		}
		out[name] = in
	}
	return out
}

// readFact reads one value of a sourced fact in its notation.
func readFact(fs *fault.Fields, name, field, s string) string {
	s = text(fs, field, s)
	if s == "" {
		return ""
	}
	ok, key := true, ""
	switch name {
	case "vnumber":
		s, ok = VNumber(s)
		key = "dossier.error.vnumber"
	case "znumber":
		s, ok = ZNumber(s)
		key = "dossier.error.znumber"
	}
	if !ok {
		fs.Add(field, key)
	}
	return s
}

// sourced reads all lines of the sourced facts, and puts the one that holds in its field.
func (in Input) sourced(fs *fault.Fields, p *Profile, today clock.Date) {
	first := map[string]string{"nationality": in.Nationality, "vnumber": in.VNumber, "znumber": in.ZNumber}
	for _, name := range Sourced {
		f := in.Facts[name]
		lines := []Value{{Text: readFact(fs, name, name, first[name]), Source: in.Source[name], On: today}}
		for i, s := range few(fs, name+"_more", f.Text) {
			lines = append(lines, Value{Text: readFact(fs, name, line(name+"_more", i), s), Source: At(f.Source, i), On: today})
		}
		for i := range lines {
			v, at := &lines[i], line(name+"_more", i-1)
			if i == 0 {
				at = name
			}
			v.Disputed, v.Unknown = holds(f.Disputed, i), holds(f.Unknown, i)
			if v.Unknown && v.Text != "" {
				fs.Add(at, "dossier.error.unknown")
			}
			if v.Source == "" {
				v.Source = Sources[0]
			}
			if !slices.Contains(Sources, v.Source) {
				if i == 0 {
					at = name + "_source"
				}
				fs.Add(at, "dossier.error.source")
			}
		}
		if n, err := strconv.Atoi(strings.TrimSpace(f.Holds)); err == nil && n > 0 && n < len(lines) && lines[n].said() {
			chosen := lines[n]
			lines = append([]Value{chosen}, slices.Delete(lines, n, n+1)...)
		}
		lines = slices.DeleteFunc(lines, func(v Value) bool { return !v.said() })
		if len(lines) == 0 {
			continue
		}
		if p.Origins == nil {
			p.Origins = map[string]Origin{}
		}
		v := lines[0]
		p.Origins[name] = Origin{Source: v.Source, On: v.On, Disputed: v.Disputed, Unknown: v.Unknown}
		p.set(name, v.Text)
		if len(lines) > 1 {
			if p.Others == nil {
				p.Others = map[string][]Value{}
			}
			p.Others[name] = lines[1:]
		}
	}
}

func (v Value) said() bool { return v.Text != "" || v.Unknown }

func (p *Profile) set(name, s string) {
	switch name {
	case "nationality":
		p.Nationality = s
	case "vnumber":
		p.VNumber = s
	case "znumber":
		p.ZNumber = s
	}
}

// keepOthers gives the other values that say the same as before their own day back.
func (p *Profile) keepOthers(old Profile) {
	if p.Others == nil {
		return
	}
	kept := map[string][]Value{}
	for name, vs := range p.Others {
		vs = slices.Clone(vs)
		for i, v := range vs {
			for _, was := range old.Values(name) {
				if v.On = was.On; v == was {
					vs[i] = was
				}
			}
		}
		kept[name] = vs
	}
	p.Others = kept
}
