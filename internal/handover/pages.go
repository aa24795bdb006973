package handover

// This file holds the list of what is offered to somebody and by somebody, and the form that offers files.

import (
	"cmp"
	"context"
	"net/http"
	"slices"
	"strings"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
)

// Routes are the doors.
func (h *Handover) Routes() []web.Route {
	get, post := http.MethodGet, http.MethodPost
	return []web.Route{
		{Name: "handover.list", Method: get, Path: "/overdracht", May: mayList, Do: h.list},
		{Name: "handover.new", Method: get, Path: "/overdracht/nieuw", May: mayGive, Do: h.newForm},
		{Name: "handover.give", Method: post, Path: "/overdracht/nieuw", May: mayGive, Do: h.giveForm},
		{Name: "handover.offer", Method: get, Path: "/overdracht/{offer}", May: mayList, Do: h.show},
		{Name: "handover.answer", Method: post, Path: "/overdracht/{offer}", May: mayTake, Do: h.answer},
		{Name: "handover.take", Method: post, Path: "/overdracht/{offer}/oppakken", May: mayTake, Do: h.takeUp},
		{Name: "handover.withdraw", Method: post, Path: "/overdracht/{offer}/terug", May: mayGive, Do: h.takeBack},
		{Name: "handover.seen", Method: post, Path: "/overdracht/{offer}/gezien", May: mayGive, Do: h.seenBack},
		{Name: "handover.undo", Method: post, Path: "/overdracht/{offer}/ongedaan", May: mayUndo, Do: h.undoForm},
		{Name: "handover.keep", Method: post, Path: "/gevallen/{fallen}", May: mayUndo, Do: h.keepFallen},
		{Name: "handover.leaving", Method: get, Path: "/vertrek/{user}", May: mayLook, Do: h.leaving},
		{Name: "handover.leave", Method: post, Path: "/vertrek/{user}", May: mayLeave, Do: h.setLastDay},
		{Name: "handover.stay", Method: post, Path: "/vertrek/{user}/blijft", May: mayLeave, Do: h.stay},
		{Name: "handover.spread", Method: post, Path: "/vertrek/{user}/verdelen", May: mayLeave, Do: h.spreadForm},
		{Name: "handover.charge", Method: post, Path: "/vertrek/{user}/werk", May: mayLook, Do: h.chargeForm},
	}
}

// listMost is how many offers one list shows.
const listMost = 60

type listPage struct {
	ToMe, Mine, Waiting, Done, Leaving []ui.RowP
	Fallen                             []fallenRow
	MayGive                            bool
	Leads                              bool
}

type fallenRow struct{ ID, Title, Sub, URL string }

// names are what colleagues are called in full.
func (h *Handover) names(ctx context.Context, ids ...string) (map[string]string, error) {
	cs, err := h.org.Colleagues(ctx, ids)
	out := map[string]string{}
	for _, id := range ids {
		if c, ok := cs[id]; ok {
			out[id] = c.Name
		} else {
			out[id] = "?"
		}
	}
	return out, err
}

// cards are the cards of the people whose files the visitor may see now; of the others nothing is read.
func (h *Handover) cards(v *web.Visit, people []string) (map[string]dossier.Card, error) {
	slices.Sort(people)
	var may []string
	for _, p := range slices.Compact(people) {
		_, err := access.Find(v.Ctx(), h.db, v.Actor, p, access.File, v.Now)
		if fault.Is(err, fault.NotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		may = append(may, p)
	}
	return h.files.Cards(v.Ctx(), may)
}

// whom says to whom an offer goes.
func (h *Handover) whom(v *web.Visit, o Offer, names map[string]string) (string, error) {
	switch {
	case o.Taker != "":
		return names[o.Taker], nil
	case o.ToKind == "team":
		t, err := h.org.Team(v.Ctx(), o.ToID)
		return lang.T(v.Ctx(), "handover.to.team", "name", t.Name), err
	}
	r, err := h.org.Region(v.Ctx(), o.ToID)
	return lang.T(v.Ctx(), "handover.to.region", "name", r.Name), err
}

// rows are offers as a list shows them. Whoever may see the file reads the name; others read whose file it is.
func (h *Handover) rows(v *web.Visit, os []Offer) ([]ui.RowP, error) {
	ctx, today := v.Ctx(), clock.Today(v.Now)
	var people, ids []string
	for _, o := range os {
		people, ids = append(people, o.Person), append(ids, o.Giver, o.Taker)
	}
	cards, err := h.cards(v, people)
	if err != nil {
		return nil, err
	}
	names, err := h.names(ctx, ids...)
	if err != nil {
		return nil, err
	}
	var out []ui.RowP
	for _, o := range os {
		to, err := h.whom(v, o, names)
		if err != nil {
			return nil, err
		}
		r := ui.RowP{Href: v.URL("handover.offer", "offer", o.ID), Title: lang.T(ctx, "handover.row.file", "name", names[o.Giver])}
		if c, ok := cards[o.Person]; ok {
			r.Title = c.Name
		}
		days, long := o.Waits(today)
		sub := []string{lang.T(ctx, "handover.row.to", "name", to)}
		if _, named := cards[o.Person]; named {
			sub = append([]string{lang.T(ctx, "handover.row.from", "name", names[o.Giver])}, sub...)
		}
		switch o.State {
		case Open:
			sub = append(sub, lang.T(ctx, "handover.row.waits", "n", days))
			if !o.Before.IsZero() {
				sub = append(sub, lang.T(ctx, "handover.row.before", "day", lang.Day(ctx, o.Before)))
			}
			if long {
				r.TagKind, r.TagIcon, r.Tag = "warn", "hourglass-medium", lang.T(ctx, "handover.row.long")
			}
		case Accepted:
			sub = append(sub, lang.T(ctx, "handover.state.accepted")+" "+lang.When(ctx, o.Ended, v.Now))
		default:
			r.TagKind, r.Tag = "warn", lang.T(ctx, "handover.state."+o.State)
		}
		r.Sub = strings.Join(sub, " · ")
		if o.State == Open {
			if r.Due, err = h.first(v, o); err != nil {
				return nil, err
			}
		}
		out = append(out, r)
	}
	return out, nil
}

// first is the first day on which something in an offered file is due.
func (h *Handover) first(v *web.Visit, o Offer) (*ui.DueP, error) {
	work, err := h.files.OpenWork(v.Ctx(), h.db, o.Giver, o.Person, v.Now)
	if err != nil {
		return nil, err
	}
	var x Holding
	for _, ts := range work {
		for _, t := range ts {
			if t.Term {
				x.Tasks = append(x.Tasks, t)
			}
		}
	}
	if d := x.First(); !d.IsZero() {
		return &ui.DueP{Days: clock.Today(v.Now).DaysUntil(d), Until: lang.LongDay(v.Ctx(), d)}, nil
	}
	return nil, nil
}

// led are the teams whose handovers somebody looks after: those they lead, and those of regions they manage.
func (h *Handover) led(v *web.Visit) ([]string, error) {
	out := v.Actor.At(access.Lead, access.Team)
	regions := v.Actor.At(access.Region, access.InRegion)
	all := len(v.Actor.At(access.Region, access.National)) > 0
	if len(regions) == 0 && !all {
		return out, nil
	}
	ts, err := h.org.Teams(v.Ctx(), "")
	for _, t := range ts {
		if (all || slices.Contains(regions, t.Region)) && !slices.Contains(out, t.ID) {
			out = append(out, t.ID)
		}
	}
	return out, err
}

func (h *Handover) list(v *web.Visit) error {
	ctx := v.Ctx()
	p := listPage{MayGive: mayGive.Allows(v.Actor), Leads: mayUndo.Allows(v.Actor)}
	r, err := h.reachOf(ctx, v.Actor)
	if err != nil {
		return err
	}
	lists := []struct {
		to   *[]ui.RowP
		read func() ([]Offer, error)
	}{
		{&p.ToMe, func() ([]Offer, error) { return h.toMe(ctx, h.db, v.Actor, r, listMost) }},
		{&p.Mine, func() ([]Offer, error) { return ofMine(ctx, h.db, v.Actor, v.Now.AddDate(0, 0, -7), listMost) }},
	}
	teams, err := h.led(v)
	if err != nil {
		return err
	}
	if len(teams) > 0 {
		lists = append(lists, struct {
			to   *[]ui.RowP
			read func() ([]Offer, error)
		}{&p.Waiting, func() ([]Offer, error) { return waiting(ctx, h.db, teams, v.Now, clock.Today(v.Now), listMost) }}, struct {
			to   *[]ui.RowP
			read func() ([]Offer, error)
		}{&p.Done, func() ([]Offer, error) { return done(ctx, h.db, teams, v.Now.AddDate(0, 0, -UndoDays), listMost) }})
	}
	for _, l := range lists {
		os, err := l.read()
		if err != nil {
			return err
		}
		if *l.to, err = h.rows(v, os); err != nil {
			return err
		}
	}
	if p.Leaving, err = h.leavingRows(v, teams); err != nil {
		return err
	}
	if p.Fallen, err = h.fallenRows(v, listMost); err != nil {
		return err
	}
	return v.Page(pageList(p))
}

// newPage is the form that offers files.
type newPage struct {
	In      Input
	Mine    []choice
	Chosen  int // how many of them, which come first, are chosen
	Away    int // of one's own files that are offered already
	Errors  fault.Fields
	People  []ui.Option
	Teams   []ui.Option
	Regions []ui.Option
}

type choice struct{ ID, Name, Sub string }

// newForms reads what may be offered, and to whom.
func (h *Handover) newForms(v *web.Visit, in Input) (newPage, map[string]bool, map[string]bool, error) {
	ctx := v.Ctx()
	p := newPage{In: in}
	may, to := map[string]bool{}, map[string]bool{}
	hs, err := h.holdings(ctx, h.db, v.Actor.ID, v.Now)
	if err != nil {
		return p, may, to, err
	}
	var ids []string
	for _, x := range hs {
		switch {
		case x.File && x.Offer.ID == "":
			ids = append(ids, x.Person)
		case x.File:
			p.Away++
		}
	}
	cards, err := h.cards(v, ids)
	if err != nil {
		return p, may, to, err
	}
	for _, x := range hs {
		c, ok := cards[x.Person]
		if !ok {
			continue
		}
		may[x.Person] = true
		sub := lang.T(ctx, "handover.tasks", "n", len(x.Tasks))
		if d := x.First(); !d.IsZero() {
			sub += " · " + lang.T(ctx, "handover.first", "day", lang.Day(ctx, d))
		}
		p.Mine = append(p.Mine, choice{x.Person, c.Name, sub})
	}
	chosen := func(c choice) int { return min(slices.Index(in.People, c.ID), 0) } // -1 when it is not
	slices.SortStableFunc(p.Mine, func(a, b choice) int {
		return cmp.Or(chosen(b)-chosen(a), strings.Compare(dossier.Fold(a.Name), dossier.Fold(b.Name)))
	})
	for p.Chosen < len(p.Mine) && chosen(p.Mine[p.Chosen]) == 0 {
		p.Chosen++
	}
	if p.People, p.Teams, p.Regions, err = h.receivers(v, v.Actor.ID); err != nil {
		return p, may, to, err
	}
	for _, list := range [][]ui.Option{p.People, p.Teams, p.Regions} {
		for _, o := range list {
			to[o.Value] = true
		}
	}
	return p, may, to, nil
}

// receivers are to whom files of a colleague may go: the caseworkers of the own teams by name, and every team and region.
func (h *Handover) receivers(v *web.Visit, of string) (people, teams, regions []ui.Option, err error) {
	ctx := v.Ctx()
	own, err := h.org.TeamsOf(ctx, of, v.Now)
	if err != nil {
		return nil, nil, nil, err
	}
	var ids []string
	for _, t := range own {
		some, err := h.files.Caseworkers(ctx, t, v.Now)
		if err != nil {
			return nil, nil, nil, err
		}
		ids = append(ids, some...)
	}
	slices.Sort(ids)
	cs, err := h.org.Colleagues(ctx, slices.Compact(ids))
	if err != nil {
		return nil, nil, nil, err
	}
	for id, c := range cs {
		if id != of && c.LastDay.IsZero() {
			people = append(people, ui.Option{Value: "colleague:" + id, Label: c.Name})
		}
	}
	slices.SortFunc(people, func(a, b ui.Option) int { return strings.Compare(a.Label+a.Value, b.Label+b.Value) })
	ts, err := h.org.Teams(ctx, "")
	if err != nil {
		return nil, nil, nil, err
	}
	for _, t := range ts {
		teams = append(teams, ui.Option{Value: "team:" + t.ID, Label: t.Name})
	}
	rs, err := h.org.Regions(ctx)
	for _, r := range rs {
		regions = append(regions, ui.Option{Value: "region:" + r.ID, Label: r.Name})
	}
	return people, teams, regions, err
}

func (h *Handover) newForm(v *web.Visit) error {
	p, _, _, err := h.newForms(v, Input{People: v.Values("person")})
	if err != nil {
		return err
	}
	return v.Page(pageNew(p))
}

func (h *Handover) giveForm(v *web.Visit) error {
	in := Input{People: slices.Compact(slices.Sorted(slices.Values(v.Values("person")))), To: v.Value("to"), Note: v.Value("note"), Before: v.Value("before")}
	p, may, to, err := h.newForms(v, in)
	if err != nil {
		return err
	}
	before, fs := in.Check(may, to, clock.Today(v.Now))
	if p.In, p.Errors = in, fs; len(fs) > 0 {
		return v.Invalid(pageNew(p))
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		for _, person := range in.People {
			if _, err := h.give(v.Ctx(), tx, v.Actor, Offer{Person: person, Giver: v.Actor.ID, ToKind: in.ToKind, ToID: in.ToID, Before: before}, in.Note); err != nil {
				return "", err
			}
		}
		return v.URL("handover.list", "gezegd", "handover.said.offered"), nil
	})
}
