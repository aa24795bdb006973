package litigation

// This file is what litigation lends: its place on Vandaag, rows beside a bottleneck, and how long things are kept.

import (
	"context"
	"embed"
	"slices"
	"strings"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/privacy"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
)

// Texts are the words of this capability.
//
//go:embed text/*.json
var Texts embed.FS

// Panels are for Vandaag.
func (s *Litigation) Panels() []ui.Panel {
	return []ui.Panel{{Place: "today", Order: 63, Show: s.todayPanel}}
}

// dueDays is how many days before its day Vandaag shows something; dueMost how many it shows.
const (
	dueDays = 28
	dueMost = 6
)

// todayPanel shows the owner the dates of their cases, and which case is to be looked at.
func (s *Litigation) todayPanel(v *web.Visit) (ui.Part, error) {
	if !mayRead.Allows(v.Actor) {
		return ui.Part{}, nil
	}
	ctx, today := v.Ctx(), clock.Today(v.Now)
	cs, err := s.cases(ctx, s.db, db.F(`owner = ? AND state NOT IN ('closed','dropped')`, v.Actor.ID).Then(dueFirst))
	if err != nil || len(cs) == 0 {
		return ui.Part{}, err
	}
	var ids []string
	for _, c := range cs {
		ids = append(ids, c.ID)
	}
	xs, err := s.items(ctx, s.db, db.In("i.matter", ids).And(db.F(`i.gone IS NULL AND i.day <= ? AND (i.kind = 'deadline' AND i.state = 'due' OR i.kind = 'hearing' AND i.day >= ?)`, today.AddDays(dueDays), today)))
	if err != nil {
		return ui.Part{}, err
	}
	var rows []ui.RowP
	for _, x := range xs {
		c := cs[slices.IndexFunc(cs, func(c Case) bool { return c.ID == x.Matter })]
		rows = append(rows, ui.RowP{Href: v.URL("litigation.one", "matter", x.Matter), Title: lang.Dots(lang.T(ctx, "litigation.kind."+x.Kind), x.Said.Who), Sub: c.Core.Question, Due: &ui.DueP{Days: today.DaysUntil(x.Day), Until: lang.LongDay(ctx, x.Day)}})
	}
	cs = slices.DeleteFunc(cs, func(c Case) bool { return c.Next.IsZero() || c.Next.After(today.AddDays(7)) })
	more, err := s.rows(v, cs)
	if err != nil {
		return ui.Part{}, err
	}
	if rows = append(rows, more...); len(rows) == 0 {
		return ui.Part{}, nil
	}
	return ui.Part{Body: partToday(rows[:min(len(rows), dueMost)]), Count: len(rows)}, nil
}

// Beside are the cases that began with one of some bottlenecks.
func (s *Litigation) Beside(v *web.Visit, bottlenecks ...string) ([]ui.RowP, error) {
	if !mayRead.Allows(v.Actor) {
		return nil, nil
	}
	cs, err := s.cases(v.Ctx(), s.db, db.In("bottleneck", bottlenecks).Then(dueFirst))
	if err != nil {
		return nil, err
	}
	return s.rows(v, cs)
}

// Begin is where a case is begun that leans on a bottleneck.
func (s *Litigation) Begin(v *web.Visit, bottleneck string) (label, url string) {
	if !mayTend.Allows(v.Actor) {
		return "", ""
	}
	return lang.T(v.Ctx(), "litigation.begin"), v.URL("litigation.new", "knelpunt", bottleneck)
}

// Find answers the search box.
func (s *Litigation) Find(v *web.Visit, typed string) ([]ui.RowP, error) {
	want := strings.ToLower(strings.TrimSpace(typed))
	if !mayRead.Allows(v.Actor) || len([]rune(want)) < 3 {
		return nil, nil
	}
	cs, err := s.cases(v.Ctx(), s.db, db.F(`TRUE`).Then(dueFirst))
	if err != nil {
		return nil, err
	}
	cs = slices.DeleteFunc(cs, func(c Case) bool { return !strings.Contains(strings.ToLower(c.Core.Question+"\n"+c.Core.Why), want) })
	return s.rows(v, cs[:min(len(cs), 5)])
}

var kept = privacy.Class{Name: "litigation.keeps", Tables: []string{"litigation_case", "litigation_item", "litigation_step"}, From: privacy.Always}

// Keeper says how long things are kept. Nothing here is of a person, so there is nothing to give and nothing to erase.
func (s *Litigation) Keeper() privacy.Keeper {
	return privacy.Keeper{Name: "litigation", Keeps: []privacy.Class{kept},
		Export: func(context.Context, db.Q, *privacy.Vault, string) (any, error) { return nil, nil },
		Erase:  func(context.Context, *db.Tx, string) error { return nil }}
}
