package litigation

// This file holds the doors, the list, and what the pages of cases share.

import (
	"net/http"
	"slices"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
)

// bodyMost is the largest form here: words only.
const bodyMost = 64 << 10

// Routes are the doors.
func (s *Litigation) Routes() []web.Route {
	get, post := http.MethodGet, http.MethodPost
	return []web.Route{
		{Name: "litigation.list", Method: get, Path: "/procederen", May: mayRead, Do: s.list},
		{Name: "litigation.new", Method: get, Path: "/procederen/nieuw", May: mayTend, Do: s.startForm},
		{Name: "litigation.start", Method: post, Path: "/procederen/nieuw", May: mayTend, Body: bodyMost, Do: s.startSave},
		{Name: "litigation.one", Method: get, Path: "/procederen/{matter}", May: mayRead, Do: s.show},
		{Name: "litigation.step", Method: post, Path: "/procederen/{matter}", May: mayTend, Body: bodyMost, Do: s.turn},
		{Name: "litigation.add", Method: post, Path: "/procederen/{matter}/erbij", May: mayTend, Body: bodyMost, Do: s.addItem},
		{Name: "litigation.fate", Method: post, Path: "/procederen/{matter}/termijn/{item}", May: mayTend, Do: s.fateOne},
		{Name: "litigation.drop", Method: post, Path: "/procederen/{matter}/weg/{item}", May: mayTend, Do: func(v *web.Visit) error { return s.dropItem(v, true) }},
		{Name: "litigation.restore", Method: post, Path: "/procederen/{matter}/terug/{item}", May: mayTend, Do: func(v *web.Visit) error { return s.dropItem(v, false) }},
		{Name: "litigation.effect", Method: post, Path: "/procederen/{matter}/gevolg", May: mayTend, Body: bodyMost, Do: s.effect},
		{Name: "litigation.candidates", Method: get, Path: "/procederen/{matter}/kandidaten", May: mayTend, Do: s.candidates},
		{Name: "litigation.count", Method: post, Path: "/procederen/{matter}/kandidaten", May: mayTend, Do: s.count},
		{Name: "litigation.wish", Method: post, Path: "/procederen/{matter}/kandidaten/vragen", May: mayTend, Body: bodyMost, Do: s.wish},
		{Name: "litigation.agreed", Method: post, Path: "/procederen/{matter}/kandidaten/toestemmingen", May: mayTend, Do: s.agreed},
	}
}

// looks of the states: the kind and the icon of their tag.
var stateLooks = map[string][2]string{Explored: {"", "magnifying-glass"}, Running: {"warn", "scales"}, Judged: {"brand", "gavel"}, Closed: {"ok", "check-circle"}, Dropped: {"", "x"}}

func (s *Litigation) rows(v *web.Visit, cs []Case) ([]ui.RowP, error) {
	ctx := v.Ctx()
	var ids []string
	for _, c := range cs {
		ids = append(ids, c.Owner)
	}
	names, err := s.org.NamesOf(ctx, ids...)
	var out []ui.RowP
	for _, c := range cs {
		r := ui.RowP{Href: v.URL("litigation.one", "matter", c.ID), Title: c.Core.Question, Sub: lang.Dots(lang.T(ctx, "litigation.instance."+c.Instance), names[c.Owner]),
			Tag: lang.T(ctx, "litigation.state."+c.State), TagKind: stateLooks[c.State][0], TagIcon: stateLooks[c.State][1]}
		if !c.Next.IsZero() {
			r.Due = &ui.DueP{Days: clock.Today(v.Now).DaysUntil(c.Next), Until: lang.LongDay(ctx, c.Next)}
		}
		out = append(out, r)
	}
	return out, err
}

type listPage struct {
	Rows  []ui.RowP
	Tends bool
}

// listShown is how many cases the list shows.
const listShown = 200

func (s *Litigation) list(v *web.Visit) error {
	cs, err := s.cases(v.Ctx(), s.db, db.F(`TRUE`).Then(dueFirst+` LIMIT ?`, listShown))
	if err != nil {
		return err
	}
	p := listPage{Tends: mayTend.Allows(v.Actor)}
	if p.Rows, err = s.rows(v, cs); err != nil {
		return err
	}
	return v.Page(pageList(p))
}

type startPage struct {
	In      CaseInput
	Bottle  string
	Choices []ui.Option
	Owners  []ui.Option
	Errors  fault.Fields
}

func (s *Litigation) startForm(v *web.Visit) error {
	p := startPage{In: CaseInput{Instance: "none", Owner: v.Actor.ID, Next: clock.Today(v.Now).AddDays(28).String()}, Bottle: v.Value("knelpunt")}
	var err error
	if p.Owners, _, err = s.org.Owners(v); err != nil {
		return err
	}
	if p.Choices, err = s.lent.BottleneckChoices(v); err != nil {
		return err
	}
	return v.Page(pageStart(p))
}

func (s *Litigation) startSave(v *web.Visit) error {
	p := startPage{In: CaseInput{v.Value("vraag"), v.Value("waarom"), v.Value("instantie"), v.Value("eigenaar"), v.Value("volgende")}, Bottle: v.Value("knelpunt")}
	var ids []string
	var err error
	if p.Owners, ids, err = s.org.Owners(v); err != nil {
		return err
	}
	if p.Choices, err = s.lent.BottleneckChoices(v); err != nil {
		return err
	}
	c, fs := p.In.Check(ids, clock.Today(v.Now))
	if c.Bottleneck = p.Bottle; p.Bottle != "" && !slices.ContainsFunc(p.Choices, func(o ui.Option) bool { return o.Value == p.Bottle }) {
		fs.Add("knelpunt", "litigation.error.choose")
	}
	if len(fs) > 0 {
		p.Errors = fs
		return v.Invalid(pageStart(p))
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		id, err := s.start(v.Ctx(), tx, v.Actor, c)
		return v.URL("litigation.one", "matter", id, "gezegd", "litigation.said.began"), err
	})
}
