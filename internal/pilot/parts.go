package pilot

// This file is what pilots lend: their place on Vandaag, rows beside a bottleneck, and how long things are kept.

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
func (s *Pilots) Panels() []ui.Panel {
	return []ui.Panel{{Place: "today", Order: 64, Show: s.todayPanel}}
}

// dueDays is how many days before its evaluation Vandaag shows a pilot; dueMost how many it shows.
const (
	dueDays = 14
	dueMost = 5
)

// todayPanel shows the owner which pilot is to be evaluated, and which waits for a decision.
func (s *Pilots) todayPanel(v *web.Visit) (ui.Part, error) {
	if !mayTend.Allows(v.Actor) {
		return ui.Part{}, nil
	}
	ps, err := s.plans(v.Ctx(), s.db, db.F(`owner = ? AND (state = 'running' AND checked <= ? OR state = 'evaluated')`, v.Actor.ID, clock.Today(v.Now).AddDays(dueDays)).Then(dueFirst))
	if err != nil || len(ps) == 0 {
		return ui.Part{}, err
	}
	rows, err := s.rows(v, ps[:min(len(ps), dueMost)])
	return ui.Part{Body: partToday(rows), Count: len(ps)}, err
}

// Beside are the pilots that began with one of some bottlenecks.
func (s *Pilots) Beside(v *web.Visit, bottlenecks ...string) ([]ui.RowP, error) {
	if !mayRead.Allows(v.Actor) {
		return nil, nil
	}
	ps, err := s.plans(v.Ctx(), s.db, db.In("bottleneck", bottlenecks).Then(dueFirst))
	if err != nil {
		return nil, err
	}
	return s.rows(v, ps)
}

// Begin is where a pilot is begun that leans on a bottleneck.
func (s *Pilots) Begin(v *web.Visit, bottleneck string) (label, url string) {
	if !mayTend.Allows(v.Actor) {
		return "", ""
	}
	return lang.T(v.Ctx(), "pilot.begin"), v.URL("pilot.new", "knelpunt", bottleneck)
}

// Find answers the search box.
func (s *Pilots) Find(v *web.Visit, typed string) ([]ui.RowP, error) {
	want := strings.ToLower(strings.TrimSpace(typed))
	if !mayRead.Allows(v.Actor) || len([]rune(want)) < 3 {
		return nil, nil
	}
	ps, err := s.plans(v.Ctx(), s.db, db.F(`TRUE`).Then(dueFirst))
	if err != nil {
		return nil, err
	}
	ps = slices.DeleteFunc(ps, func(p Plan) bool {
		return !strings.Contains(strings.ToLower(strings.Join([]string{p.Core.Title, p.Core.Hypothesis, p.Core.Goal}, "\n")), want)
	})
	return s.rows(v, ps[:min(len(ps), 5)])
}

var kept = privacy.Class{Name: "pilot.keeps", Tables: []string{"pilot_plan", "pilot_item", "pilot_step"}, From: privacy.Always}

// Keeper says how long things are kept. Nothing here is of a person, so there is nothing to give and nothing to erase.
func (s *Pilots) Keeper() privacy.Keeper {
	return privacy.Keeper{Name: "pilot", Keeps: []privacy.Class{kept},
		Export: func(context.Context, db.Q, *privacy.Vault, string) (any, error) { return nil, nil },
		Erase:  func(context.Context, *db.Tx, string) error { return nil }}
}
