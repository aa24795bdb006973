package monitor

// This file holds the pages of changes of policy: what the numbers did around one, and to what it belongs.

import (
	"context"
	"slices"
	"strings"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/tally"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
)

type policiesPage struct {
	Rows    []ui.RowP
	Marking bool
	Back    string // the one that was just taken away
}

func (m *Monitor) policyList(v *web.Visit) error {
	ctx := v.Ctx()
	all, err := m.policies(ctx, m.db)
	if err != nil {
		return err
	}
	p := policiesPage{Marking: mayMark.Allows(v.Actor)}
	if p.Marking {
		p.Back = v.Value("terug")
	}
	for _, x := range all {
		p.Rows = append(p.Rows, policyRow(v, x))
	}
	return v.Page(pagePolicies(p))
}

// policyRow is one change in a list.
func policyRow(v *web.Visit, x Policy) ui.RowP {
	return ui.RowP{Href: v.URL("monitor.policy", "policy", x.ID), Title: x.Title, Sub: lang.Dots(lang.FullDay(v.Ctx(), x.Day), themesOf(v.Ctx(), x))}
}

// themesOf are the themes that a change may touch, in words.
func themesOf(ctx context.Context, p Policy) string {
	if p.Themes == "" {
		return lang.T(ctx, "monitor.all")
	}
	return valueName(ctx, "theme", p.Themes)
}

type policyForm struct {
	In     PolicyInput
	Themes []ui.Option
	Errors fault.Fields
}

func (m *Monitor) policyForm(v *web.Visit) error {
	return v.Page(pagePolicyForm(policyForm{Themes: ui.Options(v.Ctx(), "knelpunt.theme.", m.themes())}))
}

func (m *Monitor) policySave(v *web.Visit) error {
	in := PolicyInput{v.Value("dag"), v.Value("titel"), v.Value("bron"), v.Value("uitleg"), v.Values("themas")}
	x, fs := in.Check(m.themes(), clock.Today(v.Now))
	if len(fs) > 0 {
		return v.Invalid(pagePolicyForm(policyForm{in, ui.Options(v.Ctx(), "knelpunt.theme.", m.themes()), fs}))
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		id, err := m.putPolicy(v.Ctx(), tx, v.Actor, x)
		return v.URL("monitor.policy", "policy", id, "gezegd", "monitor.said.policy"), err
	})
}

type policyPage struct {
	Policy
	When, By, About string
	Rows            []effectRow
	Belongs         []belongsPart
	Marking         bool
	Errors          fault.Fields
}

// effectRow is what one theme did around a change.
type effectRow struct {
	Name   string
	Plot   ui.PlotP
	Key    []ui.Option
	Table  []tableRow
	Effect []string
	URL    string
}

func (m *Monitor) onePolicy(v *web.Visit) error {
	p, err := m.policyPage(v)
	if err != nil {
		return err
	}
	return v.Page(pagePolicy(p))
}

// policyPage gathers everything that one page shows.
func (m *Monitor) policyPage(v *web.Visit) (policyPage, error) {
	ctx := v.Ctx()
	x, err := m.policy(ctx, m.db, v.Param("policy"))
	if err != nil {
		return policyPage{}, err
	}
	who, err := m.org.Colleagues(ctx, []string{x.MadeBy})
	if err != nil {
		return policyPage{}, err
	}
	p := policyPage{Policy: x, When: lang.FullDay(ctx, x.Day), By: who[x.MadeBy].Name, About: themesOf(ctx, x), Marking: mayMark.Allows(v.Actor)}
	b, err := m.weeks(ctx)
	if err != nil {
		return policyPage{}, err
	}
	themes := strings.Fields(x.Themes)
	if len(themes) == 0 {
		themes = []string{""}
	}
	for _, t := range themes {
		s := Series{Theme: t}
		e := b.Effect(s, x.Day)
		if e.At < 0 || e.At >= b.Len() {
			continue // before anything was counted, or still to come
		}
		from := max(0, e.From)
		curve := b.Curve(s, from, e.Until, Inside)
		for i := range curve { // here it is about levels: the bound of the warnings would only distract
			curve[i].Expected, curve[i].Upper, curve[i].Alarm = tally.Shown{}, tally.Shown{}, false
		}
		r := effectRow{Name: themeName(ctx, t), Effect: effectWords(ctx, e), Table: tableOf(ctx, curve), URL: v.URL("monitor.series", "thema", t)}
		r.Plot, r.Key = plotOf(ctx, lang.T(ctx, "monitor.plot.label", "what", r.Name), curve, markOf(e, e.At, from), Inside.Least)
		p.Rows = append(p.Rows, r)
	}
	p.Belongs, err = m.belongs(v, x.ID, p.Marking)
	return p, err
}

// policyGone takes a change away, or puts the one back that was taken away.
func (m *Monitor) policyGone(v *web.Visit) error {
	id, back := v.Param("policy"), v.Value("terug") != ""
	if !back {
		if _, err := m.policy(v.Ctx(), m.db, id); err != nil {
			return err
		}
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		if back {
			return v.URL("monitor.policy", "policy", id, "gezegd", "monitor.said.policy"), m.dropPolicy(v.Ctx(), tx, v.Actor, id, true)
		}
		return v.URL("monitor.policies", "terug", id, "gezegd", "monitor.said.policy_gone"), m.dropPolicy(v.Ctx(), tx, v.Actor, id, false)
	})
}

// belongsPart is what a change belongs to of one kind, as this visitor may know of it.
type belongsPart struct {
	Kind    string
	Rows    []ui.RowP
	IDs     []string
	Choices []ui.Option // what can be added; nothing for who does not mark
}

// belongs gathers what a change belongs to. A row knows its id only where each id has a row: what somebody may not know of has none.
func (m *Monitor) belongs(v *web.Visit, policy string, choose bool) (out []belongsPart, err error) {
	for _, kind := range BelongKinds {
		lent, ok := m.lent.Belongs[kind]
		if !ok {
			continue
		}
		p := belongsPart{Kind: kind}
		all, err := m.linked(v.Ctx(), policy, kind)
		if err != nil {
			return nil, err
		}
		for _, id := range all {
			rows, err := lent.Rows(v, []string{id})
			if err != nil {
				return nil, err
			}
			for _, r := range rows {
				p.Rows, p.IDs = append(p.Rows, r), append(p.IDs, id)
			}
		}
		if choose {
			if p.Choices, err = lent.Choices(v); err != nil {
				return nil, err
			}
			p.Choices = slices.DeleteFunc(p.Choices, func(o ui.Option) bool { return slices.Contains(p.IDs, o.Value) })
		}
		if len(p.Rows)+len(p.Choices) > 0 {
			out = append(out, p)
		}
	}
	return out, nil
}

// policyLink says that a change belongs to something, or no more. Only what this visitor may know of can be added or taken off.
func (m *Monitor) policyLink(v *web.Visit, on bool) error {
	p, err := m.policyPage(v)
	if err != nil {
		return err
	}
	kind := v.Value("soort")
	target := v.Value("wat")
	if on {
		target = v.Value("wat-" + kind)
	}
	i := slices.IndexFunc(p.Belongs, func(b belongsPart) bool { return b.Kind == kind })
	if i < 0 {
		return fault.Gone()
	}
	if known := slices.ContainsFunc(p.Belongs[i].Choices, func(o ui.Option) bool { return o.Value == target }) && target != ""; on && !known && !slices.Contains(p.Belongs[i].IDs, target) {
		p.Errors.Add("wat-"+kind, "monitor.error.choose")
		return v.Invalid(pagePolicy(p))
	}
	if !on && !slices.Contains(p.Belongs[i].IDs, target) {
		return fault.Gone()
	}
	said := "monitor.said.unlinked"
	if on {
		said = "monitor.said.linked"
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("monitor.policy", "policy", p.ID, "gezegd", said), m.linkPolicy(v.Ctx(), tx, v.Actor, p.ID, kind, target, on)
	})
}
