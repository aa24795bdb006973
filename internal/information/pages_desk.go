package information

// This file holds the pages of colleagues: the list of texts, one text with its history, writing, and the second pair of eyes.

import (
	"slices"
	"strconv"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/sound"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
	"reisgezel/internal/organisation"
)

// teams are the teams whose texts this colleague owns with others: those they work in, or those of their region.
func (i *Information) teams(v *web.Visit) ([]organisation.Team, error) {
	return web.Memo(v, "information.teams", func() ([]organisation.Team, error) {
		ids, err := i.org.TeamsOf(v.Ctx(), v.Actor.ID, v.Now)
		if err != nil {
			return nil, err
		}
		all, err := i.org.Teams(v.Ctx(), "")
		if err != nil {
			return nil, err
		}
		regions := v.Actor.At(access.Region, access.InRegion)
		return slices.DeleteFunc(all, func(t organisation.Team) bool {
			return !slices.Contains(ids, t.ID) && !slices.Contains(regions, t.Region)
		}), nil
	})
}

func ids(ts []organisation.Team) []string {
	var out []string
	for _, t := range ts {
		out = append(out, t.ID)
	}
	return out
}

// own says whether a text is of one of this colleague's teams.
func (i *Information) own(v *web.Visit, a Article) (bool, error) {
	ts, err := i.teams(v)
	return slices.Contains(ids(ts), a.Team), err
}

// owned is the text of this address, when it is of one of this colleague's teams.
func (i *Information) owned(v *web.Visit) (Article, error) {
	a, err := article(v.Ctx(), i.db, v.Param("text"))
	if err != nil {
		return a, err
	}
	if ok, err := i.own(v, a); err != nil || !ok {
		if err == nil {
			err = fault.New(fault.Denied, "information.error.team")
		}
		return a, err
	}
	return a, nil
}

type textsPage struct {
	Groups []textGroup
	May    bool
}

type textGroup struct {
	Theme
	Rows []ui.RowP
}

func (i *Information) texts(v *web.Visit) error {
	ctx := v.Ctx()
	as, err := i.articles(ctx)
	if err != nil {
		return err
	}
	ts, err := i.teams(v)
	if err != nil {
		return err
	}
	open := map[string]int{}
	if mayTend.Allows(v.Actor) {
		if open, err = i.openMisses(ctx, ids(ts)); err != nil {
			return err
		}
	}
	by := map[string][]ui.RowP{}
	for _, a := range as {
		c, err := i.content(ctx, a.ID, a.Version)
		if err != nil {
			return err
		}
		machine, outdated := states(c)
		r := ui.RowP{Href: v.URL("information.text", "text", a.ID), Title: c.Words["nl"].Title}
		parts := []string{lang.T(ctx, "information.texts.langs", "n", len(c.Words))}
		if outdated > 0 {
			parts = append(parts, lang.T(ctx, "information.texts.outdated", "n", outdated))
		}
		if machine > 0 {
			parts = append(parts, lang.T(ctx, "information.texts.machine", "n", machine))
		}
		if n := open[a.ID]; n > 0 {
			parts = append(parts, lang.T(ctx, "information.texts.missed", "n", n))
		}
		r.Sub = lang.Dots(parts...)
		switch {
		case a.Closed:
			r.Tag = lang.T(ctx, "information.state.closed")
		case a.Public == 0:
			r.Tag, r.TagKind = lang.T(ctx, "information.state.draft"), "warn"
		case a.Public < a.Version:
			r.Tag, r.TagKind = lang.T(ctx, "information.state.waiting"), "warn"
		default:
			r.Tag, r.TagKind = lang.T(ctx, "information.state.public"), "ok"
		}
		by[a.Theme] = append(by[a.Theme], r)
	}
	p := textsPage{May: mayWrite.Allows(v.Actor) && len(ts) > 0}
	for _, t := range Themes {
		if len(by[t.ID]) > 0 {
			p.Groups = append(p.Groups, textGroup{t, by[t.ID]})
		}
	}
	return v.Page(pageTexts(p))
}

// adoptForm begins the list with the texts of the house, each still to be read by a second colleague.
func (i *Information) adoptForm(v *web.Visit) error {
	ts, err := i.teams(v)
	if err != nil {
		return err
	}
	if len(ts) == 0 {
		return fault.New(fault.Denied, "information.error.team")
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("information.texts", "gezegd", "information.said.adopted"), i.adopt(v.Ctx(), tx, v.Actor, ts[0].ID)
	})
}

type textPage struct {
	Article
	Version
	Title, Team, By string
	Shown           []shownWords
	History         []versionRow
	Misses          []missRow
	Earlier         bool // an old version is looked at
	Waiting         bool // the newest version was not agreed to
	Write, Publish  bool
	Tend            bool
	Link            string // on the site
	Source          Source
	Errors          fault.Fields
}

type shownWords struct {
	Words
	Lang   lang.Lang
	State  lang.State
	Blocks []Block
	Sound  string // "", "now" or "old"
}

type versionRow struct {
	N            int64
	URL, Line    string
	Now, Current bool
}

type missRow struct {
	Miss
	When, Lang string
}

func (i *Information) text(v *web.Visit) error {
	a, err := article(v.Ctx(), i.db, v.Param("text"))
	if err != nil {
		return err
	}
	n := v.Number("versie") // none is the newest
	p, err := i.textPage(v, a, n)
	if err != nil {
		return err
	}
	return v.Page(pageText(p))
}

// textPage is one version of a text with all that this colleague may know and do; version zero is the newest.
func (i *Information) textPage(v *web.Visit, a Article, n int64) (textPage, error) {
	ctx := v.Ctx()
	if n == 0 {
		n = a.Version
	}
	x, err := i.version(ctx, i.db, a.ID, n)
	if err != nil {
		return textPage{}, err
	}
	own, err := i.own(v, a)
	if err != nil {
		return textPage{}, err
	}
	p := textPage{Article: a, Version: x, Title: x.Words["nl"].Title, Earlier: n < a.Version, Source: x.Content.Source,
		Write: own && mayWrite.Allows(v.Actor), Tend: own && mayTend.Allows(v.Actor)}
	if t, err := i.org.Team(ctx, a.Team); err == nil {
		p.Team = t.Name
	}
	p.Waiting = !p.Earlier && x.Passed.IsZero()
	p.Publish = own && mayPublish.Allows(v.Actor) && !(p.Waiting && x.MadeBy == v.Actor.ID)
	if a.Shown() {
		p.Link = v.URL("information.article", "theme", a.Theme, "slug", a.Slug)
	}
	if err := i.fillWords(v, &p); err != nil {
		return p, err
	}
	if err := i.fillHistory(v, &p); err != nil {
		return p, err
	}
	if p.Tend {
		ms, err := i.misses(ctx, a.ID)
		if err != nil {
			return p, err
		}
		for _, m := range ms {
			p.Misses = append(p.Misses, missRow{m, lang.Day(ctx, m.Day), lang.Find(m.Lang).Dutch})
		}
	}
	return p, nil
}

func (i *Information) fillWords(v *web.Visit, p *textPage) error {
	sounds, err := i.sounds(v.Ctx(), p.Article.ID)
	if err != nil {
		return err
	}
	for _, l := range lang.All {
		w, ok := p.Words[l.Tag]
		if !ok {
			continue
		}
		s := shownWords{Words: w, Lang: l, State: p.StateOf(l.Tag), Blocks: Blocks(w.Text)}
		if x, ok := sounds[l.Tag]; ok {
			s.Sound = "old"
			if x.Mark == w.Mark() {
				s.Sound = "now"
			}
		}
		p.Shown = append(p.Shown, s)
	}
	return nil
}

func (i *Information) fillHistory(v *web.Visit, p *textPage) error {
	ctx := v.Ctx()
	vs, err := i.history(ctx, p.Article.ID)
	if err != nil {
		return err
	}
	var who []string
	for _, x := range vs {
		who = append(who, x.MadeBy, x.PassedBy)
	}
	names, err := i.org.Colleagues(ctx, who)
	if err != nil {
		return err
	}
	p.By = names[p.MadeBy].Name
	for _, x := range vs {
		line := lang.T(ctx, "information.version.made", "name", names[x.MadeBy].Name, "when", lang.When(ctx, x.At, v.Now))
		if !x.Passed.IsZero() {
			line = lang.Dots(line, lang.T(ctx, "information.version.passed", "name", names[x.PassedBy].Name, "when", lang.When(ctx, x.Passed, v.Now)))
		}
		p.History = append(p.History, versionRow{N: x.Version, Line: line, Now: x.Version == p.Public && !p.Closed, Current: x.Version == p.Version.Version,
			URL: v.URL("information.text", "text", p.Article.ID, "versie", strconv.FormatInt(x.Version, 10))})
	}
	return nil
}

type formPage struct {
	ID     string // empty: a new one
	In     Input
	Before Content
	Teams  []organisation.Team
	Errors fault.Fields
}

func (i *Information) form(v *web.Visit, f formPage) (formPage, error) {
	ts, err := i.teams(v)
	if err == nil && len(ts) == 0 {
		err = fault.New(fault.Denied, "information.error.team")
	}
	f.Teams = ts
	return f, err
}

func (i *Information) newForm(v *web.Visit) error {
	f, err := i.form(v, formPage{In: Input{ReadOn: clock.Today(v.Now).String()}})
	if err != nil {
		return err
	}
	return v.Page(pageForm(f))
}

// before is the text that is changed, in its newest version, with the form as it begins.
func (i *Information) before(v *web.Visit) (formPage, error) {
	a, err := i.owned(v)
	if err != nil {
		return formPage{}, err
	}
	c, err := i.content(v.Ctx(), a.ID, a.Version)
	if err != nil {
		return formPage{}, err
	}
	f := formPage{ID: a.ID, Before: c, In: Input{Theme: a.Theme, Team: a.Team, From: a.Version, Words: c.Words, Checked: map[string]bool{}, For: c.For,
		SourceName: c.Source.Name, SourceURL: c.Source.URL, ReadOn: c.Source.Read.String()}}
	for tag := range c.Words {
		f.In.Checked[tag] = tag != "nl" && c.StateOf(tag) == lang.Checked
	}
	return i.form(v, f)
}

func (i *Information) editForm(v *web.Visit) error {
	f, err := i.before(v)
	if err != nil {
		return err
	}
	return v.Page(pageForm(f))
}

func readInput(v *web.Visit) Input {
	from := v.Number("versie")
	in := Input{Theme: v.Value("thema"), Team: v.Value("team"), From: from, Words: map[string]Words{}, Checked: map[string]bool{},
		SourceName: v.Value("bron"), SourceURL: v.Value("adres"), ReadOn: v.Value("gelezen"), Seen: v.Value("zelf") != "", For: v.Values("voor")}
	for _, l := range lang.All {
		in.Words[l.Tag] = Words{Title: v.Value("titel-" + l.Tag), Text: v.Value("tekst-" + l.Tag)}
		in.Checked[l.Tag] = v.Value("nagelezen-"+l.Tag) != ""
	}
	return in
}

func (i *Information) add(v *web.Visit) error {
	f, err := i.form(v, formPage{In: readInput(v)})
	if err != nil {
		return err
	}
	return i.write(v, f)
}

func (i *Information) saveForm(v *web.Visit) error {
	f, err := i.before(v)
	if err != nil {
		return err
	}
	theme := f.In.Theme // the address of a text never changes
	f.In = readInput(v)
	f.In.Theme = theme
	return i.write(v, f)
}

func (i *Information) write(v *web.Visit, f formPage) error {
	c, fs := f.In.Check(f.Before, ids(f.Teams), v.Actor.ID, clock.Today(v.Now))
	if f.Errors = fs; len(fs) > 0 {
		return v.Invalid(pageForm(f))
	}
	err := v.Write(func(tx *db.Tx) (string, error) {
		id, err := i.save(v.Ctx(), tx, v.Actor, f.ID, f.In, c)
		return v.URL("information.text", "text", id, "gezegd", "information.said.written"), err
	})
	if fault.Is(err, fault.Conflict) && fault.As(err).Key == "information.error.version" {
		// Somebody wrote a version meanwhile: what was typed stays, and saving again goes on top of theirs.
		a, err := article(v.Ctx(), i.db, f.ID)
		if err != nil {
			return err
		}
		f.Errors.Add("titel-nl", "information.error.newer")
		f.In.From = a.Version
		return v.Invalid(pageForm(f))
	}
	return err
}

func (i *Information) publish(v *web.Visit) error {
	a, err := i.owned(v)
	if err != nil {
		return err
	}
	n := v.Number("versie")
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("information.text", "text", a.ID, "gezegd", "information.said.published"), i.pass(v.Ctx(), tx, v.Actor, a.ID, n)
	})
}

func (i *Information) shutForm(v *web.Visit) error {
	a, err := i.owned(v)
	if err != nil {
		return err
	}
	closed, said := true, "information.said.closed"
	if v.Value("terug") != "" {
		closed, said = false, "information.said.opened"
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("information.text", "text", a.ID, "gezegd", said), i.shut(v.Ctx(), tx, v.Actor, a.ID, closed)
	})
}

func (i *Information) settleForm(v *web.Visit) error {
	a, err := i.owned(v)
	if err != nil {
		return err
	}
	done := v.Value("open") == ""
	said := "information.said.settled"
	if !done {
		said = "information.said.reopened"
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("information.text", "text", a.ID, "gezegd", said), i.settle(v.Ctx(), tx, v.Actor, a.ID, v.Value("gemist"), done)
	})
}

// sentSound is the recording that was sent, or why it does not come in.
func sentSound(v *web.Visit) (sound.Sound, string, error) {
	_, f, _, err := v.File("geluid")
	if err != nil {
		return sound.Sound{}, sound.Empty, nil
	}
	defer f.Close()
	return sound.Take(f)
}

// record keeps a recording of the words that are on the site now, or of the newest when none are.
func (i *Information) record(v *web.Visit) error {
	a, err := i.owned(v)
	if err != nil {
		return err
	}
	n := a.Public
	if n == 0 {
		n = a.Version
	}
	c, err := i.content(v.Ctx(), a.ID, n)
	if err != nil {
		return err
	}
	tag := v.Value("taalvan")
	w, ok := c.Words[tag]
	if !ok {
		return fault.Gone()
	}
	s, why, err := sentSound(v)
	if err != nil {
		return err
	}
	if why != "" {
		p, err := i.textPage(v, a, 0)
		if err != nil {
			return err
		}
		p.Errors.Add("geluid-"+tag, "information.error.sound")
		return v.Invalid(pageText(p))
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("information.text", "text", a.ID, "gezegd", "information.said.sound"), i.putSound(v.Ctx(), tx, v.Actor, a.ID, Sound{Tag: tag, Mark: w.Mark(), Kind: s.Kind, Body: s.Bytes})
	})
}
