package pilot

// This file holds the doors, the lists, and what the pages of pilots share.

import (
	"net/http"
	"slices"
	"strconv"

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
func (s *Pilots) Routes() []web.Route {
	get, post := http.MethodGet, http.MethodPost
	return []web.Route{
		{Name: "pilot.list", Method: get, Path: "/pilots", May: mayRead, Do: s.list},
		{Name: "pilot.decisions", Method: get, Path: "/pilots/besluiten", May: mayRead, Do: s.decisions},
		{Name: "pilot.new", Method: get, Path: "/pilots/nieuw", May: mayTend, Do: s.startForm},
		{Name: "pilot.start", Method: post, Path: "/pilots/nieuw", May: mayTend, Body: bodyMost, Do: s.startSave},
		{Name: "pilot.one", Method: get, Path: "/pilots/{pilot}", May: mayRead, Do: s.one},
		{Name: "pilot.step", Method: post, Path: "/pilots/{pilot}", May: mayTend, Body: bodyMost, Do: s.turn},
		{Name: "pilot.edit", Method: get, Path: "/pilots/{pilot}/plan", May: mayTend, Do: s.editForm},
		{Name: "pilot.edited", Method: post, Path: "/pilots/{pilot}/plan", May: mayTend, Body: bodyMost, Do: s.editSave},
		{Name: "pilot.amend", Method: post, Path: "/pilots/{pilot}/wijziging", May: mayTend, Body: bodyMost, Do: s.amend},
		{Name: "pilot.add", Method: post, Path: "/pilots/{pilot}/erbij", May: mayTend, Body: bodyMost, Do: s.addItem},
		{Name: "pilot.drop", Method: post, Path: "/pilots/{pilot}/weg/{item}", May: mayTend, Do: func(v *web.Visit) error { return s.dropItem(v, true) }},
		{Name: "pilot.restore", Method: post, Path: "/pilots/{pilot}/terug/{item}", May: mayTend, Do: func(v *web.Visit) error { return s.dropItem(v, false) }},
		{Name: "pilot.decide", Method: post, Path: "/pilots/{pilot}/besluit", May: mayDecide, Body: bodyMost, Do: s.decide},
	}
}

// Looks of the states and of the decisions: the kind and the icon of their tag.
var (
	stateLooks    = map[string][2]string{Drafted: {"", "pencil-simple"}, Running: {"warn", "flag-banner"}, Evaluated: {"brand", "list-checks"}, Decided: {"ok", "check-circle"}, Withdrawn: {"", "x"}}
	decisionLooks = map[string][2]string{"stop": {"danger", "x"}, "continue": {"warn", "arrow-right"}, "embed": {"ok", "check-circle"}, "hand_over": {"ok", "handshake"}}
)

func (s *Pilots) rows(v *web.Visit, ps []Plan) ([]ui.RowP, error) {
	ctx := v.Ctx()
	var ids []string
	for _, p := range ps {
		ids = append(ids, p.Owner)
	}
	names, err := s.org.NamesOf(ctx, ids...)
	var out []ui.RowP
	for _, p := range ps {
		r := ui.RowP{Href: v.URL("pilot.one", "pilot", p.ID), Title: p.Core.Title, Sub: names[p.Owner], Tag: lang.T(ctx, "pilot.state."+p.State), TagKind: stateLooks[p.State][0], TagIcon: stateLooks[p.State][1]}
		switch p.State {
		case Running:
			r.Due = &ui.DueP{Days: clock.Today(v.Now).DaysUntil(p.Checked), Until: lang.LongDay(ctx, p.Checked)}
			r.Sub = lang.Dots(r.Sub, lang.T(ctx, "pilot.checked.on", "day", lang.LongDay(ctx, p.Checked)))
		case Decided:
			r.Tag, r.TagKind, r.TagIcon = lang.T(ctx, "pilot.decision."+p.Decision), decisionLooks[p.Decision][0], decisionLooks[p.Decision][1]
			r.Sub = lang.Dots(r.Sub, lang.LongDay(ctx, p.Decided))
		}
		out = append(out, r)
	}
	return out, err
}

type listPage struct {
	Rows  []ui.RowP
	Tends bool
}

// listShown is how many pilots a list shows.
const listShown = 200

func (s *Pilots) list(v *web.Visit) error {
	ps, err := s.plans(v.Ctx(), s.db, db.F(`TRUE`).Then(dueFirst+` LIMIT ?`, listShown))
	if err != nil {
		return err
	}
	p := listPage{Tends: mayTend.Allows(v.Actor)}
	if p.Rows, err = s.rows(v, ps); err != nil {
		return err
	}
	return v.Page(pageList(p))
}

type decisionRow struct {
	Plan
	URL, By, Day string
}

// decisions are public inside: every colleague reads what was decided, by whom and why.
func (s *Pilots) decisions(v *web.Visit) error {
	ps, err := s.plans(v.Ctx(), s.db, db.F(`decision <> ''`).Then(`ORDER BY decided DESC, id LIMIT ?`, listShown))
	if err != nil {
		return err
	}
	var ids []string
	for _, p := range ps {
		ids = append(ids, p.DecidedBy)
	}
	names, err := s.org.NamesOf(v.Ctx(), ids...)
	if err != nil {
		return err
	}
	var rows []decisionRow
	for _, p := range ps {
		rows = append(rows, decisionRow{p, v.URL("pilot.one", "pilot", p.ID), names[p.DecidedBy], lang.LongDay(v.Ctx(), p.Decided)})
	}
	return v.Page(pageDecisions(rows))
}

type startPage struct {
	ID      string // of the pilot whose plan is written anew
	Version int64
	In      PlanInput
	Bottle  string
	Choices []ui.Option
	Owners  []ui.Option
	Errors  fault.Fields
}

func planInput(v *web.Visit) PlanInput {
	return PlanInput{v.Value("naam"), v.Value("hypothese"), v.Value("doel"), v.Value("start"), v.Value("stop"), v.Value("geld"), v.Value("eigenaar"), v.Value("evaluatie")}
}

func (s *Pilots) startForm(v *web.Visit) error {
	p := startPage{In: PlanInput{Owner: v.Actor.ID}, Bottle: v.Value("knelpunt")}
	var err error
	if p.Owners, _, err = s.org.Owners(v); err != nil {
		return err
	}
	if p.Choices, err = s.lent.Choices(v); err != nil {
		return err
	}
	return v.Page(pageStart(p))
}

func (s *Pilots) startSave(v *web.Visit) error {
	p := startPage{In: planInput(v), Bottle: v.Value("knelpunt")}
	var ids []string
	var err error
	if p.Owners, ids, err = s.org.Owners(v); err != nil {
		return err
	}
	if p.Choices, err = s.lent.Choices(v); err != nil {
		return err
	}
	x, fs := p.In.Check(ids, clock.Today(v.Now))
	if x.Bottleneck = p.Bottle; p.Bottle != "" && !slices.ContainsFunc(p.Choices, func(o ui.Option) bool { return o.Value == p.Bottle }) {
		fs.Add("knelpunt", "pilot.error.choose")
	}
	if len(fs) > 0 {
		p.Errors = fs
		return v.Invalid(pageStart(p))
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		id, err := s.start(v.Ctx(), tx, v.Actor, x)
		return v.URL("pilot.one", "pilot", id, "gezegd", "pilot.said.began"), err
	})
}

// draft finds a pilot whose plan is not locked.
func (s *Pilots) draft(v *web.Visit) (Plan, error) {
	p, err := s.open(v)
	if err == nil && p.Locked() {
		err = fault.New(fault.Conflict, "pilot.error.locked")
	}
	return p, err
}

func (s *Pilots) editForm(v *web.Visit) error {
	x, err := s.draft(v)
	if err != nil {
		return err
	}
	p := startPage{ID: x.ID, Version: x.Version, In: PlanInput{x.Core.Title, x.Core.Hypothesis, x.Core.Goal, x.Core.Start, x.Core.Stop, strconv.FormatInt(x.Budget, 10), x.Owner, x.Checked.String()}}
	if p.Owners, _, err = s.org.Owners(v, x.Owner); err != nil {
		return err
	}
	return v.Page(pageStart(p))
}

func (s *Pilots) editSave(v *web.Visit) error {
	x, err := s.draft(v)
	if err != nil {
		return err
	}
	p := startPage{ID: x.ID, Version: v.Number("versie"), In: planInput(v)}
	var ids []string
	if p.Owners, ids, err = s.org.Owners(v, x.Owner); err != nil {
		return err
	}
	after, fs := p.In.Check(ids, clock.Today(v.Now))
	if len(fs) > 0 {
		p.Errors = fs
		return v.Invalid(pageStart(p))
	}
	was := x.Core
	after.ID, after.State = x.ID, x.State
	return v.Write(func(tx *db.Tx) (string, error) {
		if err := s.put(v.Ctx(), tx, after, p.Version); err != nil {
			return "", err
		}
		return v.URL("pilot.one", "pilot", x.ID, "gezegd", "pilot.said.edited"), s.step(v.Ctx(), tx, v.Actor, Step{Pilot: x.ID, Kind: Edited, State: x.State, Words: StepWords{Before: &was}})
	})
}
