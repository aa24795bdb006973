package procedure

// This file computes a date for a colleague without a file: every choice stands in the address, so that an answer can be
// sent to somebody, printed and asked again. Nothing of a person is in it and nothing is kept.

import (
	"slices"
	"strings"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
)

// topicView is one field of law with the events that it counts from.
type topicView struct {
	Title, Laws string
	Events      []ui.RowP
}

// whenView is the part of a form that asks for a day.
type whenView struct {
	In          Input
	Errors      fault.Fields
	Sures       []ui.Option
	Label, Hint string
}

// resultView is one term as the page answers it.
type resultView struct {
	termView
	ID, Kind, OnlyURL string
	Row               ui.RowP // in the summary on top
	Readings          []readingView
}

// lawView is one law that may govern, as a choice.
type lawView struct {
	ui.RowP
	value string
}

type computeView struct {
	Topics                           []topicView
	Topic, Title                     string
	In                               Sum
	Offer                            Offer
	When                             whenView
	Laws                             []lawView
	Hows, Outcomes, Routes           []ui.Option
	Lengths, Given, Terms            []ui.Option
	LawHint, LawDay, LawSaid, LawURL string
	Earlier                          string
	Errors                           fault.Fields
	Computed                         bool
	Asked                            []ui.FactP
	Results                          []resultView
	Questions                        []string
	Unconfirmed, Stale               bool // of at least one result
	Today, Calendar                  string
	AllURL, ChooseURL                string
}

// compute asks for a field of law and an event, then for what the rules need, and answers.
func (p *Procedure) compute(v *web.Visit) error {
	l := p.bare(v)
	book, err := p.book(v.Ctx(), p.db)
	if err != nil {
		return err
	}
	topic, kind, law := Topic(v.Value("zaak")), v.Value("gebeurtenis"), v.Value("law")
	o, ok := book.Offer(topic, kind, law)
	if !ok {
		view := computeView{Topics: l.topics(book)}
		if topic != "" || kind != "" {
			view.Errors.Add("zaak", "procedure.error.compute_unknown")
			return v.Invalid(computeChoosePage(view))
		}
		return v.Page(computeChoosePage(view))
	}
	in := sentSum(v)
	view := l.computeForm(book, o, in)
	if len(o.Laws) > 1 && !slices.ContainsFunc(view.Laws, func(x lawView) bool { return x.value == law }) {
		if law != "" {
			view.Errors.Add("law", "procedure.error.law")
			return v.Invalid(computeLawPage(view))
		}
		return v.Page(computeLawPage(view))
	}
	if !v.Has("reken") {
		return v.Page(computePage(view))
	}
	facts, fs := in.Check(book, o, l.today)
	for i := range fs {
		fs[i].Args = say(v.Ctx(), fs[i].Args)
	}
	if len(fs) > 0 {
		view.Errors, view.When.Errors = fs, fs
		return v.Invalid(computePage(view))
	}
	l.answer(book, &view, book.Compute(facts, in.Term, v.Now))
	return v.Page(computePage(view))
}

// topics are the fields of law that have rules.
func (l lens) topics(book *Rulebook) []topicView {
	var out []topicView
	for _, t := range book.Topics {
		view := topicView{Title: lang.Capital(l.t("procedure.topic." + string(t.ID)))}
		for _, o := range book.Offers(t.ID) {
			var terms []string
			for _, k := range o.Terms {
				terms = append(terms, l.t("procedure.term."+k))
			}
			view.Events = append(view.Events, ui.RowP{Href: l.v.URL("procedure.compute", "zaak", string(t.ID), "gebeurtenis", o.ID),
				Title: lang.Capital(l.t("procedure.event." + o.ID)), Sub: strings.Join(terms, " · ")})
		}
		var laws []string
		for _, r := range book.Regimes {
			if r.Topic == t.ID {
				laws = append(laws, l.regime(book, r.ID))
			}
		}
		if len(laws) > 1 || !strings.EqualFold(laws[0], view.Title) {
			view.Laws = strings.Join(laws, " · ")
		}
		if len(view.Events) > 0 {
			out = append(out, view)
		}
	}
	return out
}

// sentSum reads the form.
func sentSum(v *web.Visit) Sum {
	in := sent(v)
	in.Kind, in.Track, in.Corrects, in.Note, in.Lodged, in.Extend = v.Value("gebeurtenis"), "", "", "", "", ""
	if !v.Has("reken") {
		in.Sure = "exact"
	}
	lawDay, other := v.Day("law_day")
	in.Others["law_day"] = other
	return Sum{Input: in, Law: v.Value("law"), LawDay: lawDay, Earlier: v.Value("earlier"), Extended: v.Value("extended"),
		PausedFrom: v.Value("paused_from"), PausedTo: v.Value("paused_to"), Given: v.Values("given"), Term: v.Value("term")}
}

// options are values with their words.
func (l lens) options(prefix string, values []string) []ui.Option {
	var out []ui.Option
	for _, x := range values {
		out = append(out, ui.Option{Value: x, Label: lang.Capital(l.t(prefix + x))})
	}
	return out
}

// hows are the ways of an announcement.
func (l lens) hows() []ui.Option {
	var out []ui.Option
	for _, h := range Hows {
		out = append(out, ui.Option{Value: string(h), Label: lang.Capital(l.t("procedure.how." + string(h))), Hint: l.t("procedure.how." + string(h) + ".hint")})
	}
	return out
}

// when is the question for the day of an event.
func (l lens) when(in Input, announced bool) whenView {
	w := whenView{In: in, Label: l.t("procedure.form.day"), Sures: l.options("procedure.sure.", []string{"exact", "between", "unknown"})}
	if announced {
		w.Label, w.Hint = l.t("procedure.form.day.announced"), l.t("procedure.form.day.hint")
	}
	return w
}

// known adds "not known yet" to the values of a question; no values are no question.
func known(values []string) []string {
	if len(values) == 0 {
		return nil
	}
	return append(append([]string{}, values...), NotKnown)
}

func (l lens) computeForm(book *Rulebook, o Offer, in Sum) computeView {
	view := computeView{Topic: lang.Capital(l.t("procedure.topic." + string(o.Topic))), Title: l.t("procedure.event." + o.ID), In: in, Offer: o,
		When: l.when(in.Input, o.Announced), Outcomes: l.options("procedure.outcome.", known(o.Outcomes)), Routes: l.options("procedure.route.", known(o.Routes)),
		Given: l.options("procedure.event.", o.Given), ChooseURL: l.v.URL("procedure.compute"), AllURL: l.only(in, "")}
	if o.Announced {
		view.Hows = l.hows()
	}
	if len(o.Laws) > 1 {
		view.Laws, view.LawURL = l.laws(book, o), l.v.URL("procedure.compute", "zaak", string(o.Topic), "gebeurtenis", o.ID)
		for _, x := range view.Laws {
			if x.value == in.Law {
				view.LawSaid = x.Title
			}
		}
		if o.Trigger != "" {
			view.LawHint = l.t("procedure.compute.law.hint", "event", l.t("procedure.event."+o.Trigger))
		}
		if in.Law == "day" {
			view.LawDay = l.t("procedure.compute.law.day", "event", l.t("procedure.event."+o.Trigger))
		}
	}
	if o.Earlier != "" {
		view.Earlier = l.t("procedure.compute.earlier", "event", l.t("procedure.event."+o.Earlier))
	}
	view.Lengths, view.Terms = []ui.Option{{Value: "", Label: l.t("procedure.compute.notextended")}}, []ui.Option{{Value: "", Label: l.t("procedure.compute.allterms")}}
	for _, t := range o.Lengths {
		view.Lengths = append(view.Lengths, ui.Option{Value: t.String(), Label: l.length(t.String())})
	}
	view.Terms = append(view.Terms, l.options("procedure.term.", o.Terms)...)
	return view
}

// laws are the choices of the law: each by name with the days on which it hangs, the day itself, and not known.
func (l lens) laws(book *Rulebook, o Offer) []lawView {
	var out []lawView
	add := func(value, title, sub string) {
		out = append(out, lawView{ui.RowP{Href: l.v.URL("procedure.compute", "zaak", string(o.Topic), "gebeurtenis", o.ID, "law", value), Title: title, Sub: sub}, value})
	}
	for _, id := range o.Laws {
		r, _ := book.regime(id)
		hint := ""
		if r.Trigger != "" {
			event := lang.Capital(l.t("procedure.event." + r.Trigger))
			if r.To.IsZero() {
				hint = l.t("procedure.compute.law.from", "event", event, "day", lang.Day(l.ctx, r.From))
			} else {
				hint = l.t("procedure.compute.law.until", "event", event, "day", lang.Day(l.ctx, r.To))
			}
		}
		add(string(id), lang.Capital(l.t("procedure.regime."+string(id))), hint)
	}
	if o.Trigger != "" {
		add("day", l.t("procedure.compute.law.known"), "")
	}
	add(NotKnown, l.t("procedure.compute.law.unknown"), "")
	return out
}

// answer puts what follows into the view.
func (l lens) answer(book *Rulebook, view *computeView, d Derivation) {
	view.Computed, view.Asked = true, l.asked(view)
	view.Today, view.Calendar = lang.Day(l.ctx, l.today), d.Calendar
	for _, q := range d.Questions {
		view.Questions = append(view.Questions, l.ask(q))
	}
	for _, x := range d.Deadlines {
		r := resultView{termView: l.dates(rowOf(Track{}, x), x), ID: "t-" + x.Term, Kind: l.t("procedure.kind." + string(x.Kind)), Readings: l.readings(book, x)}
		if len(d.Deadlines) > 1 {
			r.OnlyURL = l.only(view.In, x.Term)
		}
		r.Row = ui.RowP{Href: "#" + r.ID, Title: r.Title, Sub: l.t("procedure.tag.none")}
		if r.HasDate {
			r.Row.Due, r.Row.Sub = &ui.DueP{Days: r.Days, Until: r.Safe}, l.t("procedure.compute.row", "safe", r.Safe, "last", r.Last)
		}
		if r.HasDate && r.Reversed {
			r.Row.Due, r.Row.Sub = nil, l.t("procedure.compute.row.reversed", "safe", r.Safe, "last", r.Last)
		}
		view.Unconfirmed, view.Stale = view.Unconfirmed || !r.Confirmed, view.Stale || r.Stale
		view.Results = append(view.Results, r)
	}
}

// only is the address of the same sum for one term.
func (l lens) only(in Sum, term string) string {
	q := l.v.R.URL.Query()
	args := []string{"zaak", l.v.Value("zaak"), "gebeurtenis", in.Kind, "reken", "1"}
	names := []string{"law", "law_day", "sure", "day", "from", "to", "how", "outcome", "route", "letter", "earlier", "extended", "paused_from", "paused_to", "given"}
	for _, day := range []string{"day", "from", "to", "law_day"} {
		names = append(names, ui.OtherNames(day)...)
	}
	for _, name := range names {
		for _, value := range q[name] {
			if value != "" {
				args = append(args, name, value)
			}
		}
	}
	if term != "" {
		args = append(args, "term", term)
	}
	return l.v.URL("procedure.compute", args...)
}

// asked says the question back: on paper the form is not there.
func (l lens) asked(view *computeView) []ui.FactP {
	in := view.In
	say := func(label, value string) ui.FactP { return ui.FactP{Label: l.t(label), Value: value} }
	out := []ui.FactP{say("procedure.compute.topic", view.Topic), say("procedure.compute.event", lang.Capital(view.Title))}
	on := Moment{}
	switch in.Sure {
	case "exact":
		d, _ := clock.ReadDay(in.Day)
		on = OnDay(d)
	case "between":
		on.From, _ = clock.ReadDay(in.From)
		on.To, _ = clock.ReadDay(in.To)
	}
	out = append(out, say("procedure.compute.day", l.moment(on)))
	if in.How != "" && view.Offer.Announced {
		out = append(out, say("procedure.compute.how", l.t("procedure.how."+in.How)))
	}
	if len(view.Outcomes) > 0 {
		out = append(out, say("procedure.compute.outcome", l.known("outcome", in.Outcome)))
	}
	if len(view.Routes) > 0 {
		out = append(out, say("procedure.compute.route", l.known("route", in.Route)))
	}
	for _, o := range view.Laws {
		if o.value == in.Law {
			value := o.Title
			if d, ok := clock.ReadDay(in.LawDay); ok && in.Law == "day" {
				value = l.t("procedure.compute.law.said", "event", lang.Capital(l.t("procedure.event."+view.Offer.Trigger)), "day", lang.Day(l.ctx, d))
			}
			out = append(out, ui.FactP{Label: l.t("procedure.compute.law"), Value: value, Small: o.Sub})
		}
	}
	for _, x := range []struct{ label, value string }{{"procedure.form.letter.short", in.Letter}, {"procedure.compute.paused_from", in.PausedFrom}, {"procedure.compute.paused_to", in.PausedTo}} {
		if d, ok := clock.ReadDay(x.value); ok {
			out = append(out, say(x.label, lang.Day(l.ctx, d)))
		}
	}
	if d, ok := clock.ReadDay(in.Earlier); ok && view.Earlier != "" {
		out = append(out, ui.FactP{Label: view.Earlier, Value: lang.Day(l.ctx, d)})
	}
	if in.Extended != "" {
		out = append(out, say("procedure.compute.extended", l.length(in.Extended)))
	}
	for _, g := range in.Given {
		out = append(out, say("procedure.compute.given", l.t("procedure.event."+g)))
	}
	return out
}

// looseView is a term by itself.
type looseView struct {
	In              Loose
	When            whenView
	Errors          fault.Fields
	Computed        bool
	From, Safe, Due string
	Written, Length string
	Chain           []string
	Sources         []Source
	Today, Calendar string
	MonthEnd        bool
}

// loose counts a term that somebody writes themselves.
func (p *Procedure) loose(v *web.Visit) error {
	l := p.bare(v)
	book, err := p.book(v.Ctx(), p.db)
	if err != nil {
		return err
	}
	in := Loose{Input: sent(v), Term: v.Value("term"), Equated: v.Value("equated")}
	view := looseView{In: in, When: l.when(in.Input, false)}
	view.When.Label = l.t("procedure.loose.day")
	if !v.Has("reken") {
		return v.Page(loosePage(view))
	}
	a, fs := in.Compute(book.Calendar)
	if len(fs) > 0 {
		view.Errors, view.When.Errors = fs, fs
		return v.Invalid(loosePage(view))
	}
	view.Computed, view.Written, view.Length, view.MonthEnd = true, a.Term.String(), l.length(a.Term.String()), a.End.Clamped
	view.From, view.Safe, view.Due = lang.Day(l.ctx, a.From), lang.Day(l.ctx, a.End.Bare), lang.Day(l.ctx, a.End.Last)
	view.Today, view.Calendar = lang.Day(l.ctx, l.today), book.Calendar.Version
	for _, r := range a.End.Chain {
		view.Chain = append(view.Chain, l.voice.Say(r))
	}
	for _, s := range a.Sources {
		view.Sources = append(view.Sources, book.Source(s))
	}
	return v.Page(loosePage(view))
}
