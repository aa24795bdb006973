package consent

// This file asks for a consent: first what, with every value that would be shared beside it, then once more as a whole.

import (
	"context"
	"slices"
	"strings"
	"time"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/privacy"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
)

func dayOf(t time.Time) clock.Date { return clock.DateOf(t.In(clock.Netherlands)) }

// excerpt finds a part that others lend.
func (c *Consents) excerpt(name string) (dossier.Excerpt, bool) {
	i := slices.IndexFunc(c.excerpts, func(e dossier.Excerpt) bool { return e.Name == name })
	if i < 0 {
		return dossier.Excerpt{}, false
	}
	return c.excerpts[i], true
}

// title is the name of a part in the language of ctx, also of one that nobody lends any more, or that is not there any more. To
// whom the part itself is closed, its things are not named: what a paper is called tells what is in it.
func (c *Consents) title(ctx context.Context, f dossier.File, name string) (string, error) {
	kind, id, _ := strings.Cut(name, "/")
	e, ok := c.excerpt(kind)
	if !ok {
		return name, nil
	}
	if e.Items == nil || id == "" || f.Level() < e.Level {
		return lang.T(ctx, e.Key), nil
	}
	items, err := e.Items(ctx, f)
	for _, x := range items {
		if x.ID == id {
			return x.Title, err
		}
	}
	return lang.T(ctx, e.Key), err
}

// parts reads parts as they are known now, in the language of the page. What this file is not open far enough for is left
// out: a colleague cannot share more than they may see. The name of a part with items stands for all of them, each a part by
// itself.
func (c *Consents) parts(v *web.Visit, f dossier.File, names []string) ([]Part, error) {
	var out []Part
	for _, name := range names {
		kind, id, _ := strings.Cut(name, "/")
		e, ok := c.excerpt(kind)
		if !ok || f.Level() < e.Level {
			continue
		}
		if e.Items != nil {
			items, err := e.Items(v.Ctx(), f)
			if err != nil {
				return nil, err
			}
			for _, x := range items {
				if id == "" || id == x.ID {
					out = append(out, Part{Name: kind + "/" + x.ID, Title: x.Title, Lines: linesOf(x.Lines)})
				}
			}
			continue
		}
		facts, err := e.Lines(v, f)
		if err != nil {
			return nil, err
		}
		out = append(out, Part{Name: name, Title: lang.T(v.Ctx(), e.Key), Lines: linesOf(facts)})
	}
	return out, nil
}

func linesOf(facts []ui.FactP) []Line {
	var out []Line
	for _, x := range facts {
		out = append(out, Line{Label: x.Label, Value: x.Value})
	}
	return out
}

// only keeps the parts with these names.
func only(parts []Part, names []string) []Part {
	var out []Part
	for _, p := range parts {
		if slices.Contains(names, p.Name) {
			out = append(out, p)
		}
	}
	return out
}

type purposeRow struct{ Title, Hint, URL string }

type askPage struct {
	File     dossier.File
	Self     bool
	In       Input
	Purposes []purposeRow // while none was chosen
	Purpose  string
	Closed   bool        // only a party of the address book
	Known    []ui.Option // parties of an address book that this person may choose
	Parts    []ui.Option
	Months   []ui.Option
	Hows     []ui.Option
	Langs    []ui.Option
	CheckURL string
	BackURL  string
	Errors   fault.Fields
}

func (c *Consents) ask(v *web.Visit) error {
	r, f, err := c.open(v)
	if err != nil {
		return err
	}
	if err := f.Lasting(); err != nil {
		return err
	}
	in := Input{Purpose: v.Value("doel"), Known: v.Value("partij"), Months: "6", How: string(privacy.Spoken), Lang: dossier.PortalTag(f.Profile())}
	if id := v.Value("opnieuw"); id != "" {
		x, err := privacy.ConsentOf(v.Ctx(), c.db, f.Key(), f.ID(), id)
		if err != nil {
			return err
		}
		in.Purpose, in.Known, in.Party, in.Parts = x.Purpose, x.Asked.PartyID, x.Asked.Party, x.Asked.Parts
	}
	p, err := c.askPage(v, r, f, in, nil)
	if err != nil {
		return err
	}
	return v.Page(pageAsk(p))
}

func (c *Consents) askPage(v *web.Visit, r room, f dossier.File, in Input, fs fault.Fields) (askPage, error) {
	ctx := v.Ctx()
	var err error
	p := askPage{File: f, Self: r.self, In: in, Errors: fs, CheckURL: r.url(v, f.ID(), r.check), BackURL: r.url(v, f.ID(), r.list)}
	purpose, ok := Purpose(in.Purpose)
	if !ok {
		for _, x := range Purposes {
			if slices.Contains(closed, x.Name) {
				continue
			}
			p.Purposes = append(p.Purposes, purposeRow{lang.T(ctx, "consent.purpose."+x.Name), lang.T(ctx, "consent.purpose."+x.Name+".why"), r.url(v, f.ID(), r.ask, "doel", x.Name)})
		}
		return p, nil
	}
	p.Purpose, p.Closed = lang.T(ctx, "consent.purpose."+purpose.Name), slices.Contains(closed, purpose.Name)
	if p.Known, p.In, err = c.known(v, f, purpose.Name, in); err != nil {
		return p, err
	}
	parts, err := c.parts(v, f, purpose.Parts)
	if err != nil {
		return p, err
	}
	for _, x := range parts {
		p.Parts = append(p.Parts, ui.Option{Value: x.Name, Label: x.Title, Hint: x.text(lang.T(ctx, "consent.nothing"))})
	}
	for _, m := range Months {
		p.Months = append(p.Months, ui.Option{Value: m, Label: lang.T(ctx, "consent.until.day", "day", lang.Day(ctx, Input{Months: m}.Until(clock.Today(v.Now))))})
	}
	if r.self {
		return p, nil
	}
	for _, h := range []privacy.Given{privacy.Spoken, privacy.OnPaper} {
		p.Hows = append(p.Hows, ui.Option{Value: string(h), Label: lang.Capital(lang.T(ctx, "consent.how."+string(h)))})
	}
	for _, l := range lang.Core {
		p.Langs = append(p.Langs, ui.Option{Value: l.Tag, Label: l.Name})
	}
	return p, nil
}

// known offers the parties of an address book that this person may choose, and marks the one that the form names. A purpose
// that is closed is only for a party that whoever asks may know of.
func (c *Consents) known(v *web.Visit, f dossier.File, purpose string, in Input) ([]ui.Option, Input, error) {
	ps, err := c.partiesFor(v, f, purpose)
	if err != nil {
		return nil, in, err
	}
	var out []ui.Option
	found := false
	for _, x := range ps {
		out = append(out, ui.Option{Value: x.ID, Label: x.Name})
		found = found || x.ID == in.Known
	}
	if !found {
		in.Known = ""
	}
	if slices.Contains(closed, purpose) {
		if len(out) == 0 {
			return nil, in, fault.Gone()
		}
		return out, in, nil
	}
	if found {
		in.Party = ""
	}
	if len(out) > 0 {
		out = append(out, ui.Option{Value: "", Label: lang.T(v.Ctx(), "consent.party.other")})
	}
	return out, in, nil
}

// partiesFor are the parties that may be chosen for a purpose.
func (c *Consents) partiesFor(v *web.Visit, f dossier.File, purpose string) ([]dossier.Party, error) {
	if purpose == forCourt {
		return c.wishParties(v, f)
	}
	if c.parties == nil {
		return nil, nil
	}
	return c.parties(v, f, purpose)
}

// text is all values of a part in one line, each beside its label.
func (p Part) text(nothing string) string {
	var out []string
	for _, l := range p.Lines {
		out = append(out, l.Label+": "+lang.Isolated(l.Value))
	}
	if len(out) == 0 {
		return nothing
	}
	return strings.Join(out, " · ")
}

// asked is a form that has no faults.
type asked struct {
	File    dossier.File
	In      Input
	Purpose privacy.Purpose
	Until   clock.Date
	Parts   []Part
	Lang    lang.Lang
	Words   string
}

// read reads the form; with faults it answers with the form and is not ok.
func (c *Consents) read(v *web.Visit, r room, f dossier.File) (a asked, ok bool, err error) {
	if err := f.Lasting(); err != nil {
		return a, false, err
	}
	a.File, a.In = f, ReadInput(v.Fields())
	a.Purpose, ok = Purpose(a.In.Purpose)
	if !ok {
		return a, false, fault.Gone() // no form of ours sends another
	}
	ps, err := c.partiesFor(v, f, a.Purpose.Name)
	if err != nil {
		return a, false, err
	}
	i := slices.IndexFunc(ps, func(p dossier.Party) bool { return p.ID == a.In.Known })
	switch {
	case i >= 0:
		a.In.Party = ps[i].Name // as it stands in the address book, not as a form says
	case slices.Contains(closed, a.Purpose.Name):
		return a, false, fault.Gone()
	default:
		a.In.Known = ""
	}
	offered, err := c.parts(v, f, a.Purpose.Parts)
	if err != nil {
		return a, false, err
	}
	var names, tags []string
	for _, x := range offered {
		names = append(names, x.Name)
	}
	for _, l := range lang.Core {
		tags = append(tags, l.Tag)
	}
	today := clock.Today(v.Now)
	if fs := a.In.Check(a.Purpose, names, tags, today, !r.self); len(fs) > 0 {
		if _, f, err = c.open(v); err != nil { // the page shows what is known, so it is a look
			return a, false, err
		}
		p, err := c.askPage(v, r, f, a.In, fs)
		if err != nil {
			return a, false, err
		}
		return a, false, v.Invalid(pageAsk(p))
	}
	a.Until, a.Parts, a.Lang = a.In.Until(today), only(offered, a.In.Parts), lang.SeenIn(v.Ctx(), "consent.words")
	if !r.self {
		a.Lang = lang.Find(a.In.Lang)
	}
	a.Words, err = c.words(v.Ctx(), a, a.Lang.Tag)
	return a, err == nil, err
}

// words is the sentence to which somebody says yes, in a language.
func (c *Consents) words(ctx context.Context, a asked, tag string) (string, error) {
	ctx = lang.In(ctx, tag)
	var titles []string
	for _, p := range a.Parts {
		t, err := c.title(ctx, a.File, p.Name)
		if err != nil {
			return "", err
		}
		titles = append(titles, t)
	}
	return lang.T(ctx, "consent.words", "party", a.In.Party, "purpose", lang.T(ctx, "consent.purpose."+a.Purpose.Name), "parts", lang.Join(ctx, titles), "day", lang.FullDay(ctx, a.Until)), nil
}

type checkPage struct {
	File             dossier.File
	Self             bool
	In               Input
	Parts            []Part
	Words            string
	WordsLang, Dutch string // Dutch: the same in Dutch, for the colleague who reads it out in another language
	GiveURL, BackURL string
}

// check shows what was chosen as a whole, before anything is written.
func (c *Consents) check(v *web.Visit) error {
	r, f, err := c.open(v)
	if err != nil {
		return err
	}
	a, ok, err := c.read(v, r, f)
	if !ok {
		return err
	}
	p := checkPage{File: f, Self: r.self, In: a.In, Parts: a.Parts, Words: a.Words, WordsLang: a.Lang.Tag, GiveURL: r.url(v, f.ID(), r.give), BackURL: r.url(v, f.ID(), r.list)}
	if !r.self && a.Lang.Tag != "nl" {
		p.Dutch, err = c.words(v.Ctx(), a, "nl")
		if err != nil {
			return err
		}
	}
	return v.Page(pageCheck(p))
}

// give writes the consent.
func (c *Consents) give(v *web.Visit) error {
	r, f, err := c.openFor(v)
	if err != nil {
		return err
	}
	a, ok, err := c.read(v, r, f)
	if !ok {
		return err
	}
	x := privacy.Consent{Subject: f.ID(), Purpose: a.Purpose.Name, Until: a.Until, How: privacy.OnScreen, Lang: a.Lang.Tag,
		Asked: privacy.Asked{Party: a.In.Party, PartyID: a.In.Known, Parts: a.In.Parts, Words: a.Words}}
	if !r.self {
		x.By, x.How, x.Asked.Interpreter = v.Actor.ID, privacy.Given(a.In.How), a.In.Interpreter
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		id, err := privacy.Give(v.Ctx(), tx, f.Key(), a.Purpose, x)
		if err != nil {
			return "", err
		}
		if a.Purpose.Name == forCourt {
			if err := doneWish(v.Ctx(), tx, f, a.In.Known); err != nil {
				return "", err
			}
		}
		return r.url(v, f.ID(), r.list, "gezegd", "consent.said.given"), f.Log(v.Ctx(), tx, "consent.event.given", id)
	})
}
