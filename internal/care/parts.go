package care

// This file is what care lends: what the desk must know at check-in, its tab, its part of the refugee's own first page, and
// its parts of Vandaag.

import (
	"context"
	"strconv"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/privacy"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
	"reisgezel/internal/organisation"
)

// wide puts a part above the two columns of the first page of a file.
const wide = -1

// Tabs is the page on a file. The desk has no tab.
func (c *Care) Tabs() []dossier.Tab {
	return []dossier.Tab{{Key: "care.tab", Route: "care.needs", Level: access.File, Order: 28}}
}

// FilePanels are the parts on a person's pages. "desk" is the form of a contact, where a desk begins.
func (c *Care) FilePanels() []dossier.Panel {
	return []dossier.Panel{{Place: "overview", Order: 5, Show: c.deskPanel}, {Place: "desk", Order: 10, Show: c.deskPanel}, {Place: "home", Order: 42, Show: c.homePanel}}
}

// Panels are for Vandaag.
func (c *Care) Panels() []ui.Panel {
	return []ui.Panel{{Place: "today", Order: 14, Show: c.todayWorse}, {Place: "today", Order: 17, Show: c.todaySchool}, {Place: "today.aside", Order: 41, Show: c.todayCounts}}
}

// deskPanel shows whoever helps somebody now how to do it well: the help, never why.
func (c *Care) deskPanel(v *web.Visit, f dossier.File) (ui.Part, error) {
	ns, err := deskNeeds(v.Ctx(), c.db, f)
	if err != nil {
		return ui.Part{}, err
	}
	var codes []string
	for _, n := range ns {
		codes = append(codes, lang.T(v.Ctx(), "care.code."+n.What.Code))
	}
	notice := f.Level() < access.File && mayNotice.Allows(v.Actor) // whoever has the whole file has a page for it
	if len(codes) == 0 && !notice {
		return ui.Part{}, nil
	}
	return ui.Part{Body: partDesk(f.ID(), codes, notice), Count: wide}, nil
}

func (c *Care) homePanel(v *web.Visit, f dossier.File) (ui.Part, error) {
	ns, err := needsOf(v.Ctx(), c.db, f)
	n := 0
	for _, x := range ns {
		if x.Removed.IsZero() {
			n++
		}
	}
	return ui.Part{Body: partHome(n)}, err
}

// todayMost is how many rows one part of Vandaag shows; the oldest come first.
const todayMost = 20

// todayWorse shows a caseworker who became more alone.
func (c *Care) todayWorse(v *web.Visit) (ui.Part, error) {
	if !v.Actor.Has(access.Case) {
		return ui.Part{}, nil
	}
	ctx := v.Ctx()
	ws, err := c.worse(ctx, v.Actor, v.Now, todayMost)
	if err != nil || len(ws) == 0 {
		return ui.Part{}, err
	}
	var ids []string
	for _, w := range ws {
		ids = append(ids, w.Person)
	}
	called, err := c.files.Names(ctx, ids)
	if err != nil {
		return ui.Part{}, err
	}
	var rows []ui.RowP
	for _, w := range ws {
		rows = append(rows, ui.RowP{Href: v.URL("care.needs", "person", w.Person), Title: lang.T(ctx, "care.today.worse.row", "name", called[w.Person]), Sub: lang.When(ctx, w.At, v.Now)})
	}
	return ui.Part{Body: partToday("h-alleen", lang.T(ctx, "care.today.worse"), rows), Count: len(rows), Say: lang.T(ctx, "care.say.worse", "n", len(rows), "word", lang.Words(ctx, len(rows)))}, nil
}

// todaySchool shows whose children wait for school longer than the norm.
func (c *Care) todaySchool(v *web.Visit) (ui.Part, error) {
	if !v.Actor.Has(access.Case, access.Legal) {
		return ui.Part{}, nil
	}
	ctx, today := v.Ctx(), clock.Today(v.Now)
	ws, err := c.waits(ctx, v.Actor, v.Now, todayMost)
	if err != nil {
		return ui.Part{}, err
	}
	var ids []string
	for _, w := range ws {
		ids = append(ids, w.Person)
	}
	called, err := c.files.Names(ctx, ids)
	if err != nil {
		return ui.Part{}, err
	}
	var rows []ui.RowP
	for _, w := range ws {
		if !(School{State: w.State, Since: w.Since}).Over(today) {
			continue // on the very day of the norm
		}
		rows = append(rows, ui.RowP{Href: v.URL("care.needs", "person", w.Person), Title: lang.T(ctx, "care.today.school.row", "name", called[w.Person]),
			Sub: lang.T(ctx, "care.since", "day", lang.Day(ctx, w.Since)), TagKind: "warn", TagIcon: "clock", Tag: lang.T(ctx, "care.weeks", "n", w.Since.DaysUntil(today)/7)})
	}
	if len(rows) == 0 {
		return ui.Part{}, nil
	}
	return ui.Part{Body: partToday("h-school", lang.T(ctx, "care.today.school"), rows), Count: len(rows), Say: lang.T(ctx, "care.say.school", "n", len(rows), "word", lang.Words(ctx, len(rows)))}, nil
}

type countRow struct{ Name, N string }

// todayCounts tells a leader how many children wait for school at each location.
func (c *Care) todayCounts(v *web.Visit) (ui.Part, error) {
	ctx := v.Ctx()
	teams := v.Actor.At(access.Lead, access.Team)
	for _, region := range v.Actor.At(access.Region, access.InRegion) {
		ts, err := c.org.Teams(ctx, region)
		if err != nil {
			return ui.Part{}, err
		}
		for _, t := range ts {
			teams = append(teams, t.ID)
		}
	}
	var ls []organisation.Location
	var ids []string
	for _, t := range teams {
		of, err := c.org.LocationsOf(ctx, t)
		if err != nil {
			return ui.Part{}, err
		}
		for _, l := range of {
			ls, ids = append(ls, l), append(ids, l.ID)
		}
	}
	if len(ids) == 0 {
		return ui.Part{}, nil
	}
	ns, err := c.counted(ctx, ids)
	if err != nil || len(ns) == 0 {
		return ui.Part{}, err
	}
	var rows []countRow
	for _, l := range ls {
		for _, n := range ns {
			if n.Location == l.ID {
				rows = append(rows, countRow{l.Name, smallText(ctx, n.N)})
			}
		}
	}
	return ui.Part{Body: partCounts(rows)}, nil
}

// smallText is a count in which nobody can be recognised.
func smallText(ctx context.Context, n int) string {
	if m, few := privacy.Small(n); few {
		return lang.T(ctx, "care.few", "n", m)
	}
	return strconv.Itoa(n)
}
