package handover

// This file shows everything that somebody who leaves still has, on one page, and shares it out. Who leads reads how much
// there is and when it is due, and of nobody a name: dividing work is no reason to read. Who leaves sees the names of their own
// files.

import (
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
	"reisgezel/internal/organisation"
)

type leavingPage struct {
	Colleague organisation.Colleague
	Leaving   Leaving
	Set       bool // a last day stands
	Self      bool
	May       bool
	Rows      []heldRow
	Left      int // neither handed over nor offered
	Offered   int
	Done, Of  int
	Rest      []ui.FactP // what ends by itself: posts, standing in, sessions, notes
	To        []ui.Option
	Day       string
	Errors    fault.Fields
	Chosen    []string
	ToChosen  string

	Charges []chargeRow // work that belongs to no file
	Next    []ui.Option // to whom it may go
	ToNext  string
	Last    bool // of something in it nobody else may know
}

// heldRow is what somebody has of one person.
type heldRow struct {
	Person, Title, Sub, Offer, URL string
	Due                            *ui.DueP
	File                           bool
}

// over says whether the visitor arranges the leaving of a colleague: who leads their team, manages their region, or runs the
// house. Nobody arranges their own.
func (h *Handover) over(v *web.Visit, c organisation.Colleague, l Leaving) (team string, ok bool, err error) {
	teams, err := h.org.TeamsOf(v.Ctx(), c.ID, v.Now)
	if err != nil {
		return "", false, err
	}
	if len(teams) == 0 && l.Team != "" {
		teams = []string{l.Team}
	}
	if len(teams) > 0 {
		team = teams[0]
	}
	if c.ID == v.Actor.ID || !mayLeave.Allows(v.Actor) {
		return team, false, nil
	}
	if v.Actor.Has(access.Admin) {
		return team, true, nil
	}
	led, err := h.led(v)
	for _, t := range teams {
		if slices.Contains(led, t) {
			return t, true, err
		}
	}
	return team, false, err
}

// whoLeaves reads the colleague of the page, for who may know.
func (h *Handover) whoLeaves(v *web.Visit) (leavingPage, string, error) {
	c, err := h.org.Colleague(v.Ctx(), v.Param("user"))
	if err != nil {
		return leavingPage{}, "", err
	}
	p := leavingPage{Colleague: c, Self: c.ID == v.Actor.ID}
	if p.Leaving, err = leavingOf(v.Ctx(), h.db, c.ID); err != nil && !fault.Is(err, fault.NotFound) {
		return p, "", err
	}
	p.Set = p.Leaving.ID != "" && p.Leaving.Done.IsZero()
	team, may, err := h.over(v, c, p.Leaving)
	if err != nil {
		return p, "", err
	}
	if p.May = may; !may && !p.Self {
		return p, "", fault.Gone()
	}
	return p, team, nil
}

func (h *Handover) leaving(v *web.Visit) error {
	p, team, err := h.whoLeaves(v)
	if err != nil {
		return err
	}
	return h.leavingPage(v, p, team)
}

func (h *Handover) leavingPage(v *web.Visit, p leavingPage, team string) error {
	ctx := v.Ctx()
	hs, err := h.holdings(ctx, h.db, p.Colleague.ID, v.Now)
	if err != nil {
		return err
	}
	if err := h.heldRows(v, &p, hs); err != nil {
		return err
	}
	if p.Set {
		if p.Done, err = db.One[int](ctx, h.db, db.F(`SELECT COUNT(*) FROM handover_offer WHERE giver = ? AND state = 'accepted' AND ended >= ?`, p.Colleague.ID, p.Leaving.Made)); err != nil {
			return err
		}
	}
	p.Of = p.Done + len(p.Rows)
	if p.Rest, err = h.rest(v, p.Colleague); err != nil {
		return err
	}
	if p.May && p.Set {
		if p.To, err = h.sharers(v, p.Colleague.ID, team); err != nil {
			return err
		}
	}
	if err := h.chargeRows(v, &p, team); err != nil {
		return err
	}
	if len(p.Errors) > 0 {
		return v.Invalid(pageLeaving(p))
	}
	return v.Page(pageLeaving(p))
}

// heldRows are the files and the loose work, with names for who leaves only.
func (h *Handover) heldRows(v *web.Visit, p *leavingPage, hs []Holding) error {
	ctx, today := v.Ctx(), clock.Today(v.Now)
	cards := map[string]dossier.Card{}
	if p.Self {
		var ids []string
		for _, x := range hs {
			ids = append(ids, x.Person)
		}
		var err error
		if cards, err = h.cards(v, ids); err != nil {
			return err
		}
	}
	var takers []string
	for _, x := range hs {
		takers = append(takers, x.Offer.Taker)
	}
	names, err := h.names(ctx, takers...)
	if err != nil {
		return err
	}
	for i, x := range hs {
		r := heldRow{Person: x.Person, File: x.File, Title: lang.T(ctx, "handover.leaving.file", "n", i+1)}
		if !x.File {
			r.Title = lang.T(ctx, "handover.leaving.loose", "n", i+1)
		}
		if c, ok := cards[x.Person]; ok {
			r.Title, r.URL = c.Name, v.URL("dossier.open", "person", x.Person)
		}
		r.Sub = lang.T(ctx, "handover.tasks", "n", len(x.Tasks))
		if d := x.First(); !d.IsZero() {
			r.Due = &ui.DueP{Days: today.DaysUntil(d), Until: lang.LongDay(ctx, d)}
			r.Sub += " · " + lang.T(ctx, "handover.first", "day", lang.Day(ctx, d))
		}
		if x.Offer.ID != "" {
			to, err := h.whom(v, x.Offer, names)
			if err != nil {
				return err
			}
			r.Offer = lang.T(ctx, "handover.leaving.offered", "name", to)
			p.Offered++
		} else {
			p.Left++
		}
		p.Rows = append(p.Rows, r)
	}
	return nil
}

// rest is what ends by itself on the last day.
func (h *Handover) rest(v *web.Visit, c organisation.Colleague) ([]ui.FactP, error) {
	ctx := v.Ctx()
	var out []ui.FactP
	add := func(key string, n int) {
		if n > 0 {
			out = append(out, ui.FactP{Label: lang.T(ctx, key), Value: lang.Number(ctx, n)})
		}
	}
	hs, err := h.org.History(ctx, c.ID)
	if err != nil {
		return nil, err
	}
	var posts []string
	for _, x := range hs {
		if !x.Live(v.Now) {
			continue
		}
		w, err := h.org.Where(ctx, x.Post().Scope)
		if err != nil && !fault.Is(err, fault.NotFound) {
			return nil, err
		}
		name := w.Name
		if name == "" {
			name = lang.T(ctx, "handover.leaving.country")
		}
		posts = append(posts, lang.T(ctx, "organisation.role."+string(x.Role))+" ("+name+")")
	}
	if len(posts) > 0 {
		out = append(out, ui.FactP{Label: lang.T(ctx, "handover.leaving.posts"), Value: strings.Join(posts, ", ")})
	}
	gs, err := access.HeldBy(ctx, h.db, "user:"+c.ID, v.Now)
	if err != nil {
		return nil, err
	}
	other := 0
	for _, g := range gs {
		if !dossier.Helping(g.Why) {
			other++
		}
	}
	add("handover.leaving.grants", other)
	ds, err := h.org.Deputies(ctx, c.ID)
	if err != nil {
		return nil, err
	}
	n := 0
	for _, d := range ds {
		if !d.Over(clock.Today(v.Now)) {
			n++
		}
	}
	add("handover.leaving.deputies", n)
	for_, err := h.org.StandsInFor(ctx, c.ID, v.Now)
	if err != nil {
		return nil, err
	}
	add("handover.leaving.standsin", len(for_))
	ss, err := web.Sessions(ctx, h.db, access.Staff, c.ID, v.Now)
	if err != nil {
		return nil, err
	}
	add("handover.leaving.sessions", len(ss))
	for _, t := range h.files.Traces() {
		n, err := t.Count(ctx, h.db, c.ID, v.Now)
		if err != nil {
			return nil, err
		}
		add(t.Key, n)
	}
	return out, nil
}

// sharers are to whom the files of who leaves may go: share them out evenly, one colleague, or another team.
func (h *Handover) sharers(v *web.Visit, leaver, team string) ([]ui.Option, error) {
	out := []ui.Option{{Label: lang.T(v.Ctx(), "handover.to.choose")}}
	ids, err := h.files.Caseworkers(v.Ctx(), team, v.Now)
	if err != nil {
		return nil, err
	}
	cs, err := h.org.Colleagues(v.Ctx(), ids)
	if err != nil {
		return nil, err
	}
	var people []ui.Option
	for _, id := range ids {
		if c := cs[id]; id != leaver && c.LastDay.IsZero() && id != v.Actor.ID {
			people = append(people, ui.Option{Value: "colleague:" + id, Label: c.Name})
		}
	}
	if len(people) > 1 {
		out = append(out, ui.Option{Value: "even", Label: lang.T(v.Ctx(), "handover.to.even", "n", len(people))})
	}
	ts, err := h.org.Teams(v.Ctx(), "")
	out = append(out, people...)
	for _, t := range ts {
		out = append(out, ui.Option{Value: "team:" + t.ID, Label: lang.T(v.Ctx(), "handover.to.team", "name", t.Name)})
	}
	return out, err
}

func (h *Handover) setLastDay(v *web.Visit) error {
	p, team, err := h.whoLeaves(v)
	if err != nil {
		return err
	}
	if !p.May {
		return fault.Gone()
	}
	day, fs := checkLastDay(v.Value("day"), clock.Today(v.Now))
	if len(fs) == 0 {
		// Who leads a team can only go when somebody else is there to whom things fall.
		if heir, err := h.heir(v.Ctx(), team, p.Colleague.ID, v.Now); err != nil {
			return err
		} else if heir == "" && team != "" {
			fs.Add("day", "handover.error.heir")
		}
	}
	p.Day, p.Errors = v.Value("day"), fs
	if len(fs) > 0 {
		return h.leavingPage(v, p, team)
	}
	err = v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("handover.leaving", "user", p.Colleague.ID, "gezegd", "handover.said.leaving"), h.announce(v.Ctx(), tx, v.Actor, p.Colleague.ID, team, day)
	})
	if fault.Is(err, fault.Conflict) && fault.As(err).Key == "organisation.error.last_admin" {
		p.Errors.Add("day", "organisation.error.last_admin")
		return h.leavingPage(v, p, team)
	}
	return err
}

func (h *Handover) stay(v *web.Visit) error {
	p, _, err := h.whoLeaves(v)
	if err != nil {
		return err
	}
	if !p.May {
		return fault.Gone()
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("handover.leaving", "user", p.Colleague.ID, "gezegd", "handover.said.stays"), h.cancel(v.Ctx(), tx, v.Actor, p.Colleague.ID)
	})
}

// spreadForm offers files of who leaves: all, or those that were chosen, to one or to many.
func (h *Handover) spreadForm(v *web.Visit) error {
	ctx := v.Ctx()
	p, team, err := h.whoLeaves(v)
	if err != nil {
		return err
	}
	if !p.May || !p.Set {
		return fault.Gone()
	}
	hs, err := h.holdings(ctx, h.db, p.Colleague.ID, v.Now)
	if err != nil {
		return err
	}
	options, err := h.sharers(v, p.Colleague.ID, team)
	if err != nil {
		return err
	}
	p.Chosen, p.ToChosen = v.Values("person"), v.Value("to")
	var people []string
	for _, x := range hs {
		if x.Offer.ID == "" && slices.Contains(p.Chosen, x.Person) {
			people = append(people, x.Person)
		}
	}
	if len(people) == 0 {
		p.Errors.Add("person", "handover.error.people")
	}
	if p.ToChosen == "" || !slices.ContainsFunc(options, func(o ui.Option) bool { return o.Value == p.ToChosen }) {
		p.Errors.Add("to", "handover.error.to")
	}
	if len(p.Errors) > 0 {
		return h.leavingPage(v, p, team)
	}
	to := map[string]string{}
	if p.ToChosen == "even" {
		loads := map[string]int{}
		for _, o := range options {
			id, ok := strings.CutPrefix(o.Value, "colleague:")
			if !ok {
				continue
			}
			gs, err := access.HeldBy(ctx, h.db, "user:"+id, v.Now)
			if err != nil {
				return err
			}
			loads[id] = len(gs)
		}
		for person, id := range spread(people, loads) {
			to[person] = "colleague:" + id
		}
	} else {
		for _, person := range people {
			to[person] = p.ToChosen
		}
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		for _, person := range people {
			kind, id, _ := strings.Cut(to[person], ":")
			o := Offer{Person: person, Giver: p.Colleague.ID, ToKind: kind, ToID: id, Before: p.Leaving.LastDay}
			if _, err := h.give(ctx, tx, v.Actor, o, ""); err != nil {
				return "", err
			}
		}
		return v.URL("handover.leaving", "user", p.Colleague.ID, "gezegd", "handover.said.spread"), nil
	})
}

// leavingRows are those who leave, for who leads them.
func (h *Handover) leavingRows(v *web.Visit, teams []string) ([]ui.RowP, error) {
	w := db.In("l.team", teams)
	if v.Actor.Has(access.Admin) {
		w = db.F(`TRUE`)
	} else if len(teams) == 0 {
		return nil, nil
	}
	ls, err := leavers(v.Ctx(), h.db, w)
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, l := range ls {
		ids = append(ids, l.Colleague)
	}
	names, err := h.names(v.Ctx(), ids...)
	if err != nil {
		return nil, err
	}
	var out []ui.RowP
	for _, l := range ls {
		hs, err := h.holdings(v.Ctx(), h.db, l.Colleague, v.Now)
		if err != nil {
			return nil, err
		}
		today := clock.Today(v.Now)
		r := ui.RowP{Href: v.URL("handover.leaving", "user", l.Colleague), Title: names[l.Colleague], Sub: lang.T(v.Ctx(), "handover.leaving.left", "n", len(hs), "day", lang.Day(v.Ctx(), l.LastDay)),
			Due: &ui.DueP{Days: max(0, today.DaysUntil(l.LastDay)), Until: lang.LongDay(v.Ctx(), l.LastDay)}}
		if l.Over(today) {
			r.TagKind, r.TagIcon, r.Tag = "danger", "warning", lang.T(v.Ctx(), "handover.leaving.over")
		}
		out = append(out, r)
	}
	return out, nil
}

// fallenRows are what fell to the visitor.
func (h *Handover) fallenRows(v *web.Visit, n int) ([]fallenRow, error) {
	fs, err := fallenTo(v.Ctx(), h.db, v.Actor.ID, n)
	if err != nil || len(fs) == 0 {
		return nil, err
	}
	var people, ids []string
	for _, f := range fs {
		people, ids = append(people, f.Person), append(ids, f.Colleague)
	}
	cards, err := h.cards(v, people)
	if err != nil {
		return nil, err
	}
	names, err := h.names(v.Ctx(), ids...)
	if err != nil {
		return nil, err
	}
	var out []fallenRow
	for _, f := range fs {
		c, ok := cards[f.Person]
		if !ok {
			continue // handed on meanwhile, without an offer
		}
		out = append(out, fallenRow{f.ID, c.Name, lang.T(v.Ctx(), "handover.fallen.row", "name", names[f.Colleague], "when", lang.When(v.Ctx(), f.At, v.Now)), v.URL("dossier.open", "person", f.Person)})
	}
	return out, nil
}

func (h *Handover) keepFallen(v *web.Visit) error {
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("handover.list"), keep(v.Ctx(), tx, v.Actor.ID, v.Param("fallen"))
	})
}
