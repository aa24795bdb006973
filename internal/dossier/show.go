package dossier

// This file turns what is known into the words and small values of the pages.

import (
	"cmp"
	"context"
	"slices"
	"sort"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/names"
)

// wideHere is the Count of a part that stands above the two columns of the first page of a file.
const wideHere = -1

func initial(s string) string {
	for _, r := range s {
		return strings.ToUpper(string(r))
	}
	return "?"
}

func tongue(ctx context.Context, tag string) string {
	if tag == "" {
		return ""
	}
	return lang.T(ctx, "dossier.tongue."+tag)
}

func vText(v string) string {
	if v == "" {
		return ""
	}
	return "V " + VNumberText(v)
}

// birthShort is one source's date: "rond 1991"; in the person's own words when no more is known.
func birthShort(ctx context.Context, b Birth) string {
	s := BirthText(b)
	switch {
	case s == "" && b.Words != "":
		return "“" + b.Words + "”"
	case b.About && s != "":
		return lang.T(ctx, "dossier.about", "date", s)
	}
	return s
}

// birthLine is birthShort, the same day in the other calendar that belongs to it, and the words in which it was told.
func birthLine(ctx context.Context, b Birth, tongue string) string {
	s := birthShort(ctx, b)
	if t := b.Also(tongue); t.Calendar != "" {
		s += " (" + lang.T(ctx, "dossier.calendar.in."+t.Calendar, "date", t.String()) + ")"
	}
	if b.Words != "" && BirthText(b) != "" {
		s = lang.Dots("“"+b.Words+"”", s)
	}
	return s
}

func birthsText(ctx context.Context, p Profile) string {
	var out []string
	for _, b := range p.Births {
		s := lang.T(ctx, "dossier.source."+b.Source) + ": " + birthLine(ctx, b, p.Language())
		if b.Disputed {
			s += " (" + lang.T(ctx, "dossier.disputed") + ")"
		}
		out = append(out, s)
	}
	return strings.Join(out, "; ")
}

// profileFacts are all known facts, for comparing versions.
func profileFacts(ctx context.Context, p Profile) []factP {
	var out []factP
	add := func(key, value string) {
		if value != "" {
			out = append(out, factP{Label: lang.T(ctx, key), Value: value})
		}
	}
	add("dossier.form.called", p.Called)
	add("dossier.fact.names", namesText(ctx, p))
	add("dossier.form.own", p.Own)
	var written []string
	for _, v := range p.Variants {
		written = append(written, variantText(ctx, v))
	}
	add("dossier.fact.written", strings.Join(written, "; "))
	add("dossier.fact.born", birthsText(ctx, p))
	add("dossier.form.pronoun", p.Pronoun)
	add("dossier.form.nationality", valuesText(ctx, p, "nationality"))
	var ls []string
	for _, s := range p.Languages {
		l := tongue(ctx, s.Tag)
		if s.Reads {
			l += " (" + lang.T(ctx, "dossier.form.reads") + ")"
		}
		ls = append(ls, l)
	}
	add("dossier.fact.speaks", strings.Join(ls, ", "))
	if p.Interpreter != "" {
		add("dossier.form.interpreter", lang.T(ctx, "dossier.interpreter."+p.Interpreter))
	}
	add("dossier.form.vnumber", valuesText(ctx, p, "vnumber"))
	add("dossier.form.znumber", valuesText(ctx, p, "znumber"))
	add("dossier.fact.lives", Place(p.Lives))
	add("dossier.form.phone", p.Reach.Phone)
	for _, m := range p.Reach.More {
		add("dossier.form.more_phone", lang.Dots(m.Number, m.Whose))
	}
	if p.Reach.Shared {
		add("dossier.shared", lang.T(ctx, "dossier.form.shared"))
	}
	add("dossier.fact.reach", reachText(ctx, p.Reach))
	add("dossier.form.say", SayText(ctx, p.Reach))
	add("dossier.form.never", p.Reach.Never)
	add("dossier.form.wish", wishText(ctx, p.Wish))
	return out
}

// variantText is how one source writes the name.
func variantText(ctx context.Context, v Variant) string {
	s := lang.T(ctx, "dossier.source."+v.Source) + ": " + v.Text
	if v.Disputed {
		s += " (" + lang.T(ctx, "dossier.disputed") + ")"
	}
	return s
}

// valueLines are all that is said of one of Sourced, the value that holds first.
func valueLines(ctx context.Context, p Profile, name string) []lineL {
	var out []lineL
	for i, v := range p.Values(name) {
		l := lineL{Value: v.Text, Small: told(ctx, Origin{Source: v.Source, On: v.On})}
		switch {
		case v.Unknown:
			l.Value = lang.T(ctx, "dossier.unknown")
		case name == "vnumber":
			l.Value = VNumberText(v.Text)
		}
		if v.Disputed {
			l.Small = lang.Dots(l.Small, lang.T(ctx, "dossier.disputed"))
		}
		if i == 0 && len(p.Others[name]) > 0 {
			l.Small = lang.Dots(lang.T(ctx, "dossier.holds"), l.Small)
		}
		out = append(out, l)
	}
	return out
}

// valuesText is valueLines in one line, without the days.
func valuesText(ctx context.Context, p Profile, name string) string {
	q := p
	q.Origins = map[string]Origin{}
	for k, o := range p.Origins {
		o.On = clock.Date{}
		q.Origins[k] = o
	}
	q.Others = map[string][]Value{}
	for k, vs := range p.Others {
		for _, v := range vs {
			v.On = clock.Date{}
			q.Others[k] = append(q.Others[k], v)
		}
	}
	var out []string
	for _, l := range valueLines(ctx, q, name) {
		s := l.Value
		if l.Small != "" {
			s += " (" + l.Small + ")"
		}
		out = append(out, s)
	}
	return strings.Join(out, "; ")
}

func namesText(ctx context.Context, p Profile) string {
	var out []string
	for _, n := range p.Names {
		out = append(out, n.Text+" ("+lang.T(ctx, "dossier.name."+n.Role)+")")
	}
	return strings.Join(out, ", ")
}

func wishText(ctx context.Context, w Wish) string {
	var out []string
	if w.Language {
		out = append(out, lang.T(ctx, "dossier.form.wish.language"))
	}
	if w.NotOwn {
		out = append(out, lang.T(ctx, "dossier.form.wish.notown"))
	}
	if w.Gender != "" {
		out = append(out, lang.T(ctx, "dossier.gender."+w.Gender))
	}
	if w.Digital != "" {
		out = append(out, lang.T(ctx, "dossier.meet."+w.Digital))
	}
	return strings.Join(out, "; ")
}

// factL is a label with one or more lines.
type factL struct {
	Label string
	Lines []lineL
}

type lineL struct{ Value, Small string }

// told says who told a fact, and when it was written down.
func told(ctx context.Context, o Origin) string {
	if o.Source == "" {
		return ""
	}
	s := lang.T(ctx, "dossier.source."+o.Source)
	if !o.On.IsZero() {
		s += ", " + lang.Day(ctx, o.On)
	}
	return s
}

// whoFacts are the facts of the card beside the timeline, each with who told it.
func whoFacts(ctx context.Context, f File) []factL {
	p := f.profile
	var out []factL
	add := func(key string, lines ...lineL) {
		lines = slices.DeleteFunc(lines, func(l lineL) bool { return l.Value == "" })
		if len(lines) > 0 {
			out = append(out, factL{lang.T(ctx, key), lines})
		}
	}
	small := ""
	if !slices.ContainsFunc(p.Names, func(n NamePart) bool { return n.Role == "family" }) {
		small = lang.T(ctx, "dossier.nosurname")
	}
	add("dossier.fact.names", lineL{namesText(ctx, p), small})
	var lines []lineL
	for _, v := range p.Variants {
		lines = append(lines, lineL{variantText(ctx, v), ""})
	}
	add("dossier.fact.written", lines...)
	lines = nil
	for _, b := range p.Births {
		l := lineL{lang.T(ctx, "dossier.source."+b.Source) + ": " + birthLine(ctx, b, p.Language()), january(ctx, b)}
		if b.Disputed {
			l.Small = lang.Dots(l.Small, lang.T(ctx, "dossier.disputed"))
		}
		lines = append(lines, l)
	}
	add("dossier.fact.born", lines...)
	var ls []string
	for _, s := range p.Languages {
		ls = append(ls, tongue(ctx, s.Tag))
	}
	add("dossier.fact.speaks", lineL{strings.Join(ls, ", "), ""})
	add("dossier.form.nationality", valueLines(ctx, p, "nationality")...)
	if len(p.Others["vnumber"]) > 0 || p.Origins["vnumber"].Disputed || p.Origins["vnumber"].Unknown { // one plain value stands above already
		add("dossier.form.vnumber", valueLines(ctx, p, "vnumber")...)
	}
	add("dossier.fact.lives", lineL{Place(p.Lives), told(ctx, p.Origins["lives"])})
	add("dossier.form.znumber", valueLines(ctx, p, "znumber")...)
	lines = nil
	for _, m := range p.Reach.More {
		lines = append(lines, lineL{m.Number, m.Whose})
	}
	add("dossier.form.more_phone", lines...)
	add("dossier.form.wish", lineL{wishText(ctx, p.Wish), ""})
	return out
}

// SayText is what may be said to who answers.
func SayText(ctx context.Context, r Reach) string {
	if r.Say == "" {
		return ""
	}
	return lang.T(ctx, "dossier.say."+r.Say)
}

// reachText is how and when somebody may be reached.
func reachText(ctx context.Context, r Reach) string {
	var how []string
	for _, w := range r.How {
		how = append(how, lang.T(ctx, "dossier.way."+w))
	}
	return lang.Dots(strings.Join(how, ", "), r.When)
}

func january(ctx context.Context, b Birth) string {
	if b.Placeholder() {
		return lang.T(ctx, "dossier.january")
	}
	return ""
}

// portalTag is the language nearest to the one they speak in which everything can be read; Dutch when there is none.
func portalTag(p Profile) string {
	for _, s := range p.Languages {
		l, ok := lang.Lookup(s.Tag)
		if ok && !l.Whole() {
			l, ok = lang.Lookup(l.Base)
		}
		if ok {
			return l.Tag
		}
	}
	return "nl"
}

// PortalTag tells the language in which somebody can read a whole letter or sentence.
func PortalTag(p Profile) string { return portalTag(p) }

// OwnTag tells the language in which the refugee's own pages begin. One in which little stands yet comes after every other that
// they speak, and before Dutch.
func OwnTag(p Profile) string {
	first := ""
	for _, s := range p.Languages {
		l, ok := lang.Lookup(s.Tag)
		if ok && (l.Whole() || l.Base != "") {
			return l.Tag
		}
		if ok && first == "" {
			first = l.Tag
		}
	}
	return cmp.Or(first, "nl")
}

func nth(name string, i int) string { return "f-" + line(name, i) }

func holds(list []string, i int) bool { return slices.Contains(list, strconv.Itoa(i)) }

func calendarName(c string) string {
	if c == "" {
		return "common"
	}
	return c
}

// askJanuary says whether the line is 1 January, about which the form asks.
func askJanuary(p formPage, i int) bool {
	return At(p.In.BirthCalendar, i) == "" && strings.TrimLeft(western(At(p.In.BirthDay, i)), "0") == "1" && strings.TrimLeft(western(At(p.In.BirthMonth, i)), "0") == "1"
}

func invalid(e *fault.Field) templ.Attributes {
	if e == nil {
		return nil
	}
	return templ.Attributes{"aria-invalid": "true", "aria-describedby": "f-" + e.Name + "-e"}
}

func tongueTags(ctx context.Context) []string {
	out := slices.Clone(Tongues)
	sort.Slice(out, func(i, j int) bool {
		if (out[i] == "other") != (out[j] == "other") {
			return out[j] == "other"
		}
		return tongue(ctx, out[i]) < tongue(ctx, out[j])
	})
	return out
}

// whyHeard says of each that is shown why: the parts that are written otherwise beside those that were typed.
func whyHeard(ctx context.Context, shown []Listed, found map[string]heard) map[string]string {
	out := map[string]string{}
	for _, l := range shown {
		h := found[l.ID]
		if h.By > bySound {
			if out[l.ID] = lang.T(ctx, "dossier.search.name"); h.As.Text != "" {
				out[l.ID] = speltBy(ctx, h.As)
			}
			continue
		}
		var like []string
		for _, r := range h.Why {
			switch r.How {
			case names.Missing, names.Extra:
			case names.Same:
				like = append(like, lang.T(ctx, "dossier.heard.same", "part", r.Found))
			default:
				like = append(like, lang.T(ctx, "dossier.heard.like", "typed", r.Asked, "part", r.Found))
			}
		}
		out[l.ID] = lang.T(ctx, "dossier.heard", "parts", strings.Join(like, ", "))
		if h.As.Source != "" {
			out[l.ID] = lang.Dots(out[l.ID], lang.T(ctx, "dossier.source."+h.As.Source))
		}
	}
	return out
}

// speltBy is a name as a source writes it: "paspoort: …".
func speltBy(ctx context.Context, s Spelling) string {
	if s.Source == "" {
		return lang.T(ctx, "dossier.heard.own", "name", s.Text)
	}
	return lang.T(ctx, "dossier.heard.by", "source", lang.T(ctx, "dossier.source."+s.Source), "name", s.Text)
}

// searchTries are what the search box may be asked, each with an example.
var searchTries = []string{"name", "vnumber", "znumber", "phone", "card", "track", "article", "page"}
