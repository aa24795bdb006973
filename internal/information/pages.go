package information

// This file holds the doors, and the pages that need no sign-in.

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/sound"
	"reisgezel/internal/kernel/web"
	"reisgezel/internal/organisation"
)

// soundRead is how much is read of a form with a recording: of what is somewhat larger than a recording may be, the page can say at
// the field that it is too much.
const soundRead = 4 * sound.ForAll

// Routes are the doors.
func (i *Information) Routes() []web.Route {
	get, post := http.MethodGet, http.MethodPost
	return []web.Route{
		{Name: "information.help", Method: get, Path: "/hulp", May: mayRead, Do: i.help},
		{Name: "information.index", Method: get, Path: "/info", May: mayRead, Do: i.index},
		{Name: "information.article", Method: get, Path: "/info/{theme}/{slug}", May: mayRead, Do: i.article},
		{Name: "information.miss", Method: post, Path: "/info/{theme}/{slug}", May: mayRead, Body: 16 << 10, Do: i.miss},
		{Name: "information.sound", Method: get, Path: "/info/{theme}/{slug}/geluid/{tag}", May: mayRead, Do: i.listen},
		{Name: "information.us", Method: get, Path: "/wie-zijn-wij", May: mayRead, Do: func(v *web.Visit) error { return v.Page(pageUs()) }},
		{Name: "information.rights", Method: get, Path: "/rechten", May: mayRead, Do: func(v *web.Visit) error { return v.Page(pageRights()) }},
		{Name: "information.access", Method: get, Path: "/toegankelijkheid", May: mayRead, Do: func(v *web.Visit) error { return v.Page(pageAccess()) }},
		{Name: "information.mine", Method: get, Path: "/mijn/informatie", May: maySelf, Do: i.mine},

		{Name: "information.texts", Method: get, Path: "/teksten", May: mayLook, Do: i.texts},
		{Name: "information.adopt", Method: post, Path: "/teksten", May: mayWrite, Do: i.adoptForm},
		{Name: "information.new", Method: get, Path: "/teksten/nieuw", May: mayWrite, Do: i.newForm},
		{Name: "information.add", Method: post, Path: "/teksten/nieuw", May: mayWrite, Do: i.add},
		{Name: "information.text", Method: get, Path: "/teksten/{text}", May: mayLook, Do: i.text},
		{Name: "information.edit", Method: get, Path: "/teksten/{text}/wijzigen", May: mayWrite, Do: i.editForm},
		{Name: "information.save", Method: post, Path: "/teksten/{text}/wijzigen", May: mayWrite, Do: i.saveForm},
		{Name: "information.publish", Method: post, Path: "/teksten/{text}/publiceren", May: mayPublish, Do: i.publish},
		{Name: "information.shut", Method: post, Path: "/teksten/{text}/weg", May: mayPublish, Do: i.shutForm},
		{Name: "information.record", Method: post, Path: "/teksten/{text}/geluid", May: mayWrite, Body: soundRead, Do: i.record},
		{Name: "information.settle", Method: post, Path: "/teksten/{text}/gemist", May: mayTend, Do: i.settleForm},
	}
}

// mostWalks is how many places one page shows: what is further down helps nobody today.
const mostWalks = 6

type helpPage struct {
	Towns      []string
	Town       string
	Walks      []walkRow
	Holiday    bool
	Open, None bool // something is open now; nothing opens at all
	Urgent     organisation.UrgentP
}

type walkRow struct {
	Walk
	When, Address, Dial, Map string
	Speaks                   []lang.Lang
}

// help says where somebody can walk in, open now first.
func (i *Information) help(v *web.Visit) error {
	ctx := v.Ctx()
	doors, err := i.org.Doors(ctx)
	if err != nil {
		return err
	}
	p := helpPage{Towns: Towns(doors), Holiday: i.holiday(clock.Today(v.Now))}
	if p.Urgent, err = i.org.UrgentNow(v, i.holiday); err != nil {
		return err
	}
	if town := v.Value("plaats"); slices.Contains(p.Towns, town) {
		p.Town = town
	}
	walks := Walks(doors, p.Town, v.Now, i.holiday)
	walks = walks[:min(len(walks), mostWalks)]
	var ids []string
	for _, w := range walks {
		ids = append(ids, w.ID)
	}
	spoken, err := i.org.Spoken(ctx, ids, v.Now)
	if err != nil {
		return err
	}
	for _, w := range walks {
		r := walkRow{Walk: w, Address: lang.Commas(w.Street, strings.TrimSpace(w.Postcode+" "+w.Town)), Dial: dossier.PhoneURL(w.Phone)}
		r.When = dossier.OpenWhen(v.Ctx(), w.Opening, v.Now)
		r.Map = "https://www.openstreetmap.org/search?query=" + url.QueryEscape(w.Street+", "+w.Town)
		for _, l := range lang.All {
			if slices.Contains(spoken[w.ID], l.Tag) {
				r.Speaks = append(r.Speaks, l)
			}
		}
		p.Open = p.Open || w.Now
		p.Walks = append(p.Walks, r)
	}
	p.None = len(p.Walks) == 0
	return v.Page(pageHelp(p))
}

// link is one text in a list, in the language of the visitor or in Dutch.
type link struct {
	Title, URL string
	Lang       lang.Lang
	Other      bool // the title is not in the language of the page
}

type themeRow struct {
	Theme
	Links []link
}

// chosenRow is a text for the situation that somebody is in, and why it is.
type chosenRow struct {
	link
	Why string
}

type minePage struct {
	Now    []chosenRow
	Themes []themeRow
}

// LendHearings hands over where somebody stands in their asylum procedure. The app calls it once.
func (i *Information) LendHearings(h dossier.Hearings) { i.hearing = h }

// chosen are those of some texts that are for the situation that somebody is in now.
func (i *Information) chosen(v *web.Visit, f dossier.File, ps []placed) ([]chosenRow, error) {
	ctx := v.Ctx()
	var stands map[string]dossier.Hearing
	if i.hearing != nil {
		var err error
		if stands, err = i.hearing(ctx, i.db, []string{f.ID()}); err != nil {
			return nil, err
		}
	}
	theirs := situationsOf(stands[f.ID()], f.Profile().Lives)
	by := map[string][]chosenRow{}
	for _, p := range ps {
		if s := p.Content.because(theirs); s != "" {
			by[s] = append(by[s], chosenRow{linkTo(v, p), lang.T(ctx, "information.because."+s)})
		}
	}
	var out []chosenRow
	for _, s := range theirs {
		out = append(out, by[s]...)
	}
	return out, nil
}

func linkTo(v *web.Visit, p placed) link {
	w, tag := p.Content.In(lang.Of(v.Ctx()).Tag)
	return link{Title: w.Title, URL: v.URL("information.article", "theme", p.Theme, "slug", p.Slug), Lang: lang.Find(tag), Other: tag != lang.Of(v.Ctx()).Tag}
}

// shown are the texts on the site by theme.
func (i *Information) shown(v *web.Visit) ([]themeRow, error) {
	ps, err := i.onSite(v.Ctx())
	return byTheme(v, ps), err
}

func byTheme(v *web.Visit, ps []placed) (out []themeRow) {
	by := map[string][]link{}
	for _, p := range ps {
		by[p.Theme] = append(by[p.Theme], linkTo(v, p))
	}
	for _, t := range Themes {
		if len(by[t.ID]) > 0 {
			out = append(out, themeRow{t, by[t.ID]})
		}
	}
	return out
}

func (i *Information) index(v *web.Visit) error {
	ts, err := i.shown(v)
	if err != nil {
		return err
	}
	return v.Page(pageIndex(ts))
}

type articlePage struct {
	Article
	Version
	Words
	Lang   lang.Lang // of the words
	Blocks []Block
	State  lang.State // empty: the words are not there in the language of the page
	Read   string
	Sound  string // its address, when the words were read aloud
	KB     int64
	Miss   string // as it was typed
	Errors fault.Fields
	Source Source
}

func (i *Information) page(v *web.Visit) (articlePage, error) {
	ctx := v.Ctx()
	a, x, err := i.at(ctx, v.Param("theme"), v.Param("slug"))
	if err != nil {
		return articlePage{}, err
	}
	want := lang.Of(ctx).Tag
	w, tag := x.In(want)
	p := articlePage{Article: a, Version: x, Words: w, Lang: lang.Find(tag), Blocks: Blocks(w.Text), State: x.StateOf(want), Read: lang.FullDay(ctx, x.Content.Source.Read), Source: x.Content.Source}
	sounds, err := i.sounds(ctx, a.ID)
	if err != nil {
		return p, err
	}
	if s, ok := sounds[tag]; ok && s.Mark == w.Mark() {
		p.Sound = v.URL("information.sound", "theme", a.Theme, "slug", a.Slug, "tag", tag, "v", s.Mark)
		p.KB = (s.Size + 1023) / 1024
	}
	return p, nil
}

func (i *Information) article(v *web.Visit) error {
	p, err := i.page(v)
	if err != nil {
		return err
	}
	return v.Page(pageArticle(p))
}

// listen gives the recording of the words that are on the site; one of older words is not there.
func (i *Information) listen(v *web.Visit) error {
	a, x, err := i.at(v.Ctx(), v.Param("theme"), v.Param("slug"))
	if err != nil {
		return err
	}
	s, err := i.sound(v.Ctx(), a.ID, v.Param("tag"))
	if err != nil {
		return err
	}
	if w, ok := x.Words[s.Tag]; !ok || w.Mark() != s.Mark {
		return fault.Gone()
	}
	return v.Static(s.Kind, s.Body)
}

// miss keeps what somebody misses, without anything of who it is.
func (i *Information) miss(v *web.Visit) error {
	p, err := i.page(v)
	if err != nil {
		return err
	}
	p.Miss = v.Value("gemist")
	if p.Errors = CheckMiss(p.Miss); len(p.Errors) > 0 {
		return v.Invalid(pageArticle(p))
	}
	if err := i.limit.Take(v); err != nil {
		return err
	}
	tag := lang.Of(v.Ctx()).Tag
	v.Nobody()
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("information.article", "theme", p.Theme, "slug", p.Slug, "gezegd", "information.said.missed"), i.putMiss(v.Ctx(), tx, p.Article.ID, tag, p.Miss)
	})
}

// mine is what fits somebody who is signed in: the same texts, in the person's own shell, with those for their situation on top. The
// situation is read in their file, so that look is logged as every other; nothing is kept of what somebody reads.
func (i *Information) mine(v *web.Visit) error {
	f, err := i.files.Open(v, v.Actor.ID, access.File, "portal.event.visit")
	if err != nil {
		return err
	}
	ps, err := i.onSite(v.Ctx())
	if err != nil {
		return err
	}
	now, err := i.chosen(v, f, ps)
	if err != nil {
		return err
	}
	return v.Page(pageMine(minePage{now, byTheme(v, ps)}))
}
