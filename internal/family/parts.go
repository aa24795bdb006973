package family

// This file is what family lends: its tab, its part of Vandaag and of the refugee's own first page.

import (
	"cmp"
	"slices"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
)

// Tabs is the family on a file. It asks for the whole file: the desk has no tab.
func (x *Families) Tabs() []dossier.Tab {
	return []dossier.Tab{{Key: "family.tab", Route: "family.file", Level: access.File, Order: 45}}
}

// FilePanels is the way to the own family on the person's first page.
func (x *Families) FilePanels() []dossier.Panel {
	return []dossier.Panel{{Place: "home", Order: 40, Show: x.homePanel}}
}

// Panels are for Vandaag.
func (x *Families) Panels() []ui.Panel {
	return []ui.Panel{{Place: "today", Order: 14, Show: x.todayPanel}}
}

// The part of Vandaag looks into at most so many families and shows so many rows.
const (
	todayFamilies = 200
	todayMost     = 12
)

// todayPanel shows a caseworker what is due in the families of the people whose files they have: visas, steps that wait,
// birthdays that change something.
func (x *Families) todayPanel(v *web.Visit) (ui.Part, error) {
	if !v.Actor.Has(access.Case, access.Legal) {
		return ui.Part{}, nil
	}
	ctx, today := v.Ctx(), clock.Today(v.Now)
	ids, err := x.watched(ctx, v.Actor, v.Now, todayFamilies)
	if err != nil || len(ids) == 0 {
		return ui.Part{}, err
	}
	names, err := x.files.Names(ctx, ids)
	if err != nil {
		return ui.Part{}, err
	}
	type row struct {
		ui.RowP
		on clock.Date
	}
	var rows []row
	for _, id := range ids {
		k, err := x.vault.Key(ctx, id)
		if fault.Is(err, fault.NotFound) {
			continue
		}
		if err != nil {
			return ui.Part{}, err
		}
		s, err := show(ctx, x.db, k, id)
		if err != nil {
			return ui.Part{}, err
		}
		for _, d := range s.DueOn(today) {
			rows = append(rows, row{dueRow(v, id, s.Family, d, names[id], names[id], today), d.On})
		}
	}
	n := len(rows)
	if n == 0 {
		return ui.Part{}, nil
	}
	slices.SortStableFunc(rows, func(a, b row) int { return cmp.Compare(a.on.String(), b.on.String()) })
	var out []ui.RowP
	for _, r := range rows[:min(n, todayMost)] {
		out = append(out, r.RowP)
	}
	return ui.Part{Body: partToday(out, n-len(out)), Count: n, Say: lang.T(ctx, "family.today.say", "n", n, "word", lang.Words(ctx, n))}, nil
}
