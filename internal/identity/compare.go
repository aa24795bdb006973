package identity

// This file lays two records beside each other, fact by fact, with who says what, and a sign for each: equal, alike,
// different, or not known.

import (
	"slices"
	"strings"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/names"
)

// The signs.
const (
	signSame    = "same"
	signAlike   = "alike"
	signDiffers = "differs"
	signUnknown = "unknown"
)

// said is one value of one record, with who said it.
type said struct {
	Text     string
	Key      string // text key of the value, where it was chosen from a list
	Source   string // one of dossier.Sources, or nothing
	On       clock.Date
	About    bool
	Disputed bool
	Unknown  bool
	Holds    bool   // the one that holds among several
	By       string // who said so, where no source was chosen from a list
}

// fact is one fact of both records.
type fact struct {
	Name   string // the last part of its text key
	Key    string // its whole text key, of a fact that another room tells
	A, B   []said
	HidesA bool // whoever looks may not read it in this record
	HidesB bool
	Sign   string // nothing where a difference says nothing
}

// facts are the facts of two records that say whether they are one person.
func (compare Compare) facts(a, b dossier.Profile) []fact {
	out := []fact{
		{Name: "name", A: nameSaid(a), B: nameSaid(b)},
		{Name: "called", A: theirs(a.Called), B: theirs(b.Called)},
		{Name: "birth", A: birthSaid(a), B: birthSaid(b)},
		{Name: "vnumber", A: valuesSaid(a, "vnumber"), B: valuesSaid(b, "vnumber")},
		{Name: "znumber", A: valuesSaid(a, "znumber"), B: valuesSaid(b, "znumber")},
		{Name: "nationality", A: valuesSaid(a, "nationality"), B: valuesSaid(b, "nationality")},
		{Name: "languages", A: tongues(a), B: tongues(b)},
		{Name: "phone", A: traced(a, "reach", phones(a)...), B: traced(b, "reach", phones(b)...)},
		{Name: "lives", A: traced(a, "lives", a.Lives), B: traced(b, "lives", b.Lives)},
		{Name: "pronoun", A: theirs(a.Pronoun), B: theirs(b.Pronoun)},
	}
	for i := range out {
		f := &out[i]
		f.Sign = sign(f.A, f.B)
		switch {
		case f.Sign != signDiffers:
		case f.Name == "name" || f.Name == "called":
			f.Sign = compare.nameSign(texts(f.A), texts(f.B))
		}
		if f.Name == "birth" {
			f.Sign = birthSign(a, b)
		}
	}
	return slices.DeleteFunc(out, func(f fact) bool { return len(f.A) == 0 && len(f.B) == 0 })
}

func texts(vs []said) []string {
	var out []string
	for _, v := range vs {
		if v.Text != "" {
			out = append(out, v.Text)
		}
	}
	return out
}

// sign compares values as they are written: one that both have makes them equal.
func sign(a, b []said) string {
	known := func(vs []said) (out []string) {
		for _, v := range vs {
			if !v.Unknown {
				out = append(out, dossier.Fold(v.Text+v.Key))
			}
		}
		return out
	}
	x, y := known(a), known(b)
	switch {
	case len(x) == 0 || len(y) == 0:
		return signUnknown
	case meets(x, y):
		return signSame
	}
	return signDiffers
}

// nameSign says whether one of the spellings may be one of the others.
func (compare Compare) nameSign(a, b []string) string {
	for _, x := range a {
		for _, y := range b {
			if p, _ := compare(names.Read(x), names.Read(y)); p >= 0.5 {
				return signAlike
			}
		}
	}
	return signDiffers
}

// birthSign is how the dates agree by the rules of the judge.
func birthSign(a, b dossier.Profile) string {
	switch key := strings.TrimPrefix(judgeBirth(a, b)[0].Key, "identity.why.birth."); key {
	case "unknown":
		return signUnknown
	case "day":
		return signSame
	case "near", "differs", "generation":
		return signDiffers
	}
	return signAlike
}

func plain(values ...string) []said {
	var out []said
	for _, s := range values {
		if s != "" {
			out = append(out, said{Text: s})
		}
	}
	return out
}

// theirs is what only the person says: how they want to be called.
func theirs(values ...string) []said {
	out := plain(values...)
	for i := range out {
		out[i].Source = dossier.Sources[0]
	}
	return out
}

// traced are values with where they come from, when that was written down.
func traced(p dossier.Profile, name string, values ...string) []said {
	out, o := plain(values...), p.Origins[name]
	for i := range out {
		out[i].Source, out[i].On, out[i].Disputed = o.Source, o.On, o.Disputed
	}
	return out
}

// lent is a fact that another room tells of both records. That two people lived elsewhere, or named other relatives, is no sign
// that they are two; the same in both is one.
func lent(key string, a, b []dossier.Statement) fact {
	f := fact{Key: key, A: stated(a), B: stated(b)}
	cores := func(ss []dossier.Statement) (out []string) {
		for _, s := range ss {
			out = append(out, dossier.Fold(s.Core))
		}
		return out
	}
	if meets(cores(a), cores(b)) {
		f.Sign = signSame
	}
	return f
}

func stated(ss []dossier.Statement) []said {
	var out []said
	for _, s := range ss {
		out = append(out, said{Text: s.Text, By: s.By})
	}
	return out
}

func nameSaid(p dossier.Profile) []said {
	out := theirs(p.Name(), p.Own)
	for _, v := range p.Variants {
		out = append(out, said{Text: v.Text, Source: v.Source, On: v.On, Disputed: v.Disputed})
	}
	return out
}

func birthSaid(p dossier.Profile) []said {
	var out []said
	for i, b := range p.Births {
		text := dossier.BirthText(b)
		if b.Words != "" {
			text = strings.TrimSpace("“" + b.Words + "” " + text)
		}
		out = append(out, said{Text: text, Source: b.Source, On: b.On, About: b.About, Disputed: b.Disputed, Holds: i == 0 && len(p.Births) > 1})
	}
	return out
}

func valuesSaid(p dossier.Profile, name string) []said {
	var out []said
	vs := p.Values(name)
	for i, v := range vs {
		text := v.Text
		if name == "vnumber" {
			text = dossier.VNumberText(text)
		}
		out = append(out, said{Text: text, Source: v.Source, On: v.On, Disputed: v.Disputed, Unknown: v.Unknown, Holds: i == 0 && len(vs) > 1})
	}
	return out
}

func tongues(p dossier.Profile) []said {
	var out []said
	for _, l := range p.Languages {
		out = append(out, said{Key: "dossier.tongue." + l.Tag})
	}
	return out
}
