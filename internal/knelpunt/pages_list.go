package knelpunt

// This file holds the lists of signals: those that left their teams, and one's own.

import (
	"slices"
	"strconv"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
)

// listShown is how many signals one page of the list holds; mineMost how many of one's own.
const (
	listShown = 40
	mineMost  = 100
)

type listPage struct {
	Tabs   []ui.TabP
	Filter Filter
	Count  int
	Rows   []ui.RowP
	Older  string
}

func signalRow(v *web.Visit, s Signal) ui.RowP {
	return ui.RowP{Href: v.URL("knelpunt.signal", "signal", s.ID), Title: titleOf(v.Ctx(), s.Facts), Sub: lang.Dots(aboutOf(v.Ctx(), s.Facts), lang.T(v.Ctx(), "knelpunt.seen."+s.Seen)),
		Tag: lang.T(v.Ctx(), "knelpunt.weight."+s.Weight), TagKind: weightLooks[s.Weight][0], TagIcon: weightLooks[s.Weight][1]}
}

func (k *Knelpunten) list(v *web.Visit) error {
	p := listPage{Tabs: k.tabs(v, "knelpunt.list"), Filter: Filter{v.Value("thema"), v.Value("instantie"), v.Value("plek"), v.Value("fase"), v.Value("groep")}}
	from, err := strconv.Atoi(v.Value("vanaf"))
	if err != nil || from < 0 {
		from = 0
	}
	ss, err := k.found(v.Ctx(), p.Filter, from, listShown+1)
	if err != nil {
		return err
	}
	if p.Count, err = k.countFound(v.Ctx(), p.Filter); err != nil {
		return err
	}
	if len(ss) > listShown {
		ss = ss[:listShown]
		p.Older = v.URL("knelpunt.list", "thema", p.Filter.Theme, "instantie", p.Filter.Institution, "plek", p.Filter.Place, "fase", p.Filter.Phase, "groep", p.Filter.Nation, "vanaf", strconv.Itoa(from+listShown))
	}
	for _, s := range ss {
		p.Rows = append(p.Rows, signalRow(v, s))
	}
	return v.Page(pageList(p))
}

type signalPage struct {
	Signal
	Facts []ui.FactP
	Title string
	Week  string
	In    *ui.RowP // the bottleneck it belongs to
	Alike []alikeRow
	Tends bool

	Photos []Photo
}

func (k *Knelpunten) oneSignal(v *web.Visit) error {
	s, err := k.signal(v.Ctx(), k.db, v.Param("signal"))
	if err != nil {
		return err
	}
	p := signalPage{Signal: s, Facts: factsOf(v.Ctx(), s.Facts), Title: titleOf(v.Ctx(), s.Facts), Week: lang.LongDay(v.Ctx(), s.Week), Tends: mayTend.Allows(v.Actor)}
	if p.Photos, err = photosOfSignal(v.Ctx(), k.db, s.ID); err != nil {
		return err
	}
	if err := k.belongs(v, &p); err != nil {
		return err
	}
	return v.Page(pageSignal(p))
}

// belongs adds the bottleneck of a signal, or those that may be about the same, closed ones too.
func (k *Knelpunten) belongs(v *web.Visit, p *signalPage) error {
	ctx := v.Ctx()
	in, err := memberOf(ctx, k.db, p.ID)
	if err != nil {
		return err
	}
	if in == "" && !p.Tends {
		return nil
	}
	var ids []string
	if in != "" {
		ids = []string{in}
	} else {
		all, at, err := k.known(ctx, v.Now)
		if err != nil {
			return err
		}
		var texts []Text // of bottlenecks, by what was signalled and by what they ask
		for _, t := range all {
			if b := at[t.ID]; b != "" {
				t.ID = b
				texts = append(texts, t)
			}
		}
		asked, err := k.bottlenecks(ctx, k.db, db.F(`b.state <> 'merged'`).Then(dueFirst+` LIMIT ?`, alikeMost))
		if err != nil {
			return err
		}
		for _, b := range asked {
			texts = append(texts, Text{ID: b.ID, Words: BagOf(b.Ask.Question + " " + b.Ask.Known), Facts: Facts{Theme: b.Theme}})
		}
		for _, m := range Nearest(Rare(slices.Concat(all, texts)), asText([]Signal{p.Signal}), texts, alikeShown) {
			ids = append(ids, m.ID)
		}
	}
	bs, err := k.bottlenecks(ctx, k.db, db.In("b.id", ids))
	if err != nil {
		return err
	}
	names, err := k.ownersOf(ctx, bs)
	if err != nil {
		return err
	}
	for _, id := range ids {
		i := slices.IndexFunc(bs, func(b Bottleneck) bool { return b.ID == id })
		if i < 0 {
			continue
		}
		r := bottleneckRow(v, bs[i], names)
		if in != "" {
			p.In = &r
			return nil
		}
		p.Alike = append(p.Alike, alikeRow{Row: r, Post: v.URL("knelpunt.join", "bottleneck", id), ID: p.ID})
	}
	return nil
}

type minePage struct {
	Tabs                []ui.TabP
	Back, Waiting, Gone []ui.RowP
	Answers             []answerRow
	Unread              int
	Alone               bool   // something waits in a team in which nobody else may let it go
	Reopens, Why        string // the bottleneck whose form came back with faults
	Look                doubts
	Errors              fault.Fields
}

// answerRow is what was told, as the page shows it.
type answerRow struct {
	Answer
	When, URL string
	Last      bool // the latest of its bottleneck
}

// answersMost is how much of what was told the page shows.
const answersMost = 60

func (k *Knelpunten) mine(v *web.Visit) error {
	p, err := k.minePage(v)
	if err != nil {
		return err
	}
	return v.Page(pageMine(p))
}

func (k *Knelpunten) minePage(v *web.Visit) (minePage, error) {
	ctx := v.Ctx()
	p := minePage{Tabs: k.tabs(v, "knelpunt.mine")}
	ds, err := k.ownDrafts(ctx, v.Actor)
	if err != nil {
		return p, err
	}
	for _, d := range ds {
		r := ui.RowP{Href: v.URL("knelpunt.repair", "draft", d.ID), Title: titleOf(ctx, d.Said.Facts), Sub: aboutOf(ctx, d.Said.Facts)}
		if d.State == Back {
			r.Sub = d.Said.Why
			p.Back = append(p.Back, r)
		} else {
			p.Waiting = append(p.Waiting, r)
		}
	}
	if p.Alone, err = k.alone(v, ds); err != nil {
		return p, err
	}
	ss, err := k.ownSignals(ctx, v.Actor, mineMost)
	if err != nil {
		return p, err
	}
	for _, s := range ss {
		p.Gone = append(p.Gone, signalRow(v, s))
	}
	as, err := k.answers(ctx, v.Actor, answersMost)
	if err != nil {
		return p, err
	}
	seen := map[string]bool{}
	for _, a := range as {
		if !a.Read {
			p.Unread++
		}
		p.Answers = append(p.Answers, answerRow{a, lang.LongDay(ctx, clock.Today(a.Step.At)), v.URL("knelpunt.one", "bottleneck", a.Step.Bottleneck), !seen[a.Step.Bottleneck]})
		seen[a.Step.Bottleneck] = true
	}
	return p, nil
}

// alone says whether something waits in a team in which nobody but its author may let it go.
func (k *Knelpunten) alone(v *web.Visit, ds []Draft) (bool, error) {
	asked := map[string]bool{}
	for _, d := range ds {
		if d.State != Waiting || asked[d.Team] {
			continue
		}
		asked[d.Team] = true
		who, err := k.org.Members(v.Ctx(), d.Team, v.Now)
		if err != nil {
			return false, err
		}
		there := false
		for _, id := range who {
			if id == v.Actor.ID || there {
				continue
			}
			posts, err := k.org.Posts(v.Ctx(), id, v.Now)
			if err != nil {
				return false, err
			}
			there = mayRelease.Allows(access.Actor{Kind: access.Staff, ID: id, Posts: posts})
		}
		if !there {
			return true, nil
		}
	}
	return false, nil
}
