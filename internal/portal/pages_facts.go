package portal

// This file holds the page of what is known, and the report that something of it is wrong.

import (
	"slices"
	"strings"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/web"
)

type factRow struct {
	Key, Label, Value, Small string
	Disputed                 bool
	Own                      string // where the person changes it; empty for what others told too
}

type reportRow struct {
	Label, Text, When, Reply, By string
	Done                         bool
}

type factsPage struct {
	Facts   []factRow
	Reports []reportRow
}

func (p *Portal) facts(v *web.Visit) error {
	f, err := p.open(v)
	if err != nil {
		return err
	}
	page := factsPage{Facts: factRows(v, f.Profile())}
	ws, err := p.own(v.Ctx(), p.db, f.Key(), f.ID(), AboutFact, 30)
	if err != nil {
		return err
	}
	for _, w := range ws {
		page.Reports = append(page.Reports, reportRow{Label: factLabel(v, w.About), Text: w.Text, When: lang.When(v.Ctx(), w.At, v.Now), Reply: w.Reply, Done: w.Done(), By: lang.LongDay(v.Ctx(), w.Due())})
	}
	return v.Page(pageFacts(page))
}

func factLabel(v *web.Visit, key string) string { return lang.T(v.Ctx(), "portal.fact."+Label(key)) }

// factRows are the facts in the person's own language.
func factRows(v *web.Visit, pr dossier.Profile) []factRow {
	ctx := v.Ctx()
	var out []factRow
	for _, f := range Facts(pr) {
		r := factRow{Key: f.Key, Label: factLabel(v, f.Key), Value: f.Value, Disputed: f.Disputed}
		if len(f.Words) > 0 {
			var words []string
			for _, w := range f.Words {
				words = append(words, lang.T(ctx, w))
			}
			r.Value = strings.Join(words, " · ")
		}
		if f.About {
			r.Value = lang.T(ctx, "portal.about", "date", r.Value)
		}
		var small []string
		if f.Source != "" {
			small = append(small, lang.T(ctx, "portal.source."+f.Source))
		}
		if !f.On.IsZero() {
			small = append(small, lang.Day(ctx, f.On))
		}
		r.Small = strings.Join(small, " · ")
		r.Own = ownURL(v, f.Key)
		out = append(out, r)
	}
	if !slices.ContainsFunc(out, func(r factRow) bool { return r.Key == "wish" }) {
		out = append(out, nothingWished(v))
	}
	return out
}

type wrongPage struct {
	Key, Label, Value string
	Text              string
	Errors            fault.Fields
}

func (p *Portal) wrongPage(v *web.Visit, f dossier.File, key string) (wrongPage, error) {
	if !IsFact(f.Profile(), key) {
		return wrongPage{}, fault.Gone()
	}
	w := wrongPage{Key: key, Label: factLabel(v, key)}
	for _, r := range factRows(v, f.Profile()) {
		if r.Key == key {
			w.Value = r.Value
		}
	}
	return w, nil
}

func (p *Portal) wrong(v *web.Visit) error {
	f, err := p.open(v)
	if err != nil {
		return err
	}
	key := v.Value("wat")
	if key == "" {
		key = Other
	}
	w, err := p.wrongPage(v, f, key)
	if err != nil {
		return err
	}
	return v.Page(pageWrong(w))
}

func (p *Portal) report(v *web.Visit) error {
	f, err := p.files.OpenFor(v, v.Actor.ID, access.File)
	if err != nil {
		return err
	}
	key, text := v.Value("wat"), v.Value("text")
	if !IsFact(f.Profile(), key) {
		return fault.Gone()
	}
	var fs fault.Fields
	CheckText(&fs, "text", text, "portal.error.text")
	n, err := p.waiting(v.Ctx(), f.ID(), AboutFact)
	if err != nil {
		return err
	}
	if n >= mostOpen {
		fs.Add("text", "portal.error.many")
	}
	if len(fs) > 0 {
		if f, err = p.open(v); err != nil { // the page shows what is known, so it is a look
			return err
		}
		w, err := p.wrongPage(v, f, key)
		if err != nil {
			return err
		}
		w.Text, w.Errors = text, fs
		return v.Invalid(pageWrong(w))
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("portal.facts", "gezegd", "portal.said.reported"), p.say(v.Ctx(), tx, f, AboutFact, key, text)
	})
}

// dayOf is the day of a moment, here.
func dayOf(v *web.Visit, w Word) string {
	return lang.Day(v.Ctx(), clock.DateOf(w.At.In(clock.Netherlands)))
}
