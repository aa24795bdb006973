package monitor

// This file is what the monitor lends: its place on Vandaag, the number in the menu, and how long things are kept.

import (
	"context"
	"embed"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
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
func (m *Monitor) Panels() []ui.Panel {
	return []ui.Panel{{Place: "today", Order: 62, Show: m.todayPanel}}
}

// Waiting is how many warnings wait for this colleague's desk.
func (m *Monitor) Waiting(v *web.Visit) (int, error) {
	if !mayJudge.Allows(v.Actor) {
		return 0, nil
	}
	return m.countOpen(v.Ctx())
}

// todayMost is how many warnings Vandaag shows.
const todayMost = 3

func (m *Monitor) todayPanel(v *web.Visit) (ui.Part, error) {
	if !mayJudge.Allows(v.Actor) {
		return ui.Part{}, nil
	}
	ws, err := m.warnings(v.Ctx(), m.db, db.F(`verdict = '' ORDER BY latest DESC, id`))
	if err != nil || len(ws) == 0 {
		return ui.Part{}, err
	}
	var rows []ui.RowP
	for _, w := range ws[:min(len(ws), todayMost)] {
		rows = append(rows, m.warningRow(v, w))
	}
	return ui.Part{Body: partToday(rows, lang.T(v.Ctx(), "monitor.today.all", "n", len(ws)), v.URL("monitor.desk")), Count: len(ws)}, nil
}

// Beside are the warnings that are taken up in one of some bottlenecks, the latest first.
func (m *Monitor) Beside(v *web.Visit, bottlenecks ...string) ([]ui.RowP, error) {
	if !mayRead.Allows(v.Actor) || len(bottlenecks) == 0 {
		return nil, nil
	}
	ws, err := m.warnings(v.Ctx(), m.db, db.In("bottleneck", bottlenecks).Then(`ORDER BY latest DESC, id`))
	var rows []ui.RowP
	for _, w := range ws {
		rows = append(rows, m.warningRow(v, w))
	}
	return rows, err
}

// Begun takes a warning up in the bottleneck that somebody began with it. One that was taken up meanwhile stays where it is, and who does
// not judge takes none up: the bottleneck begins all the same.
func (m *Monitor) Begun(ctx context.Context, tx *db.Tx, a access.Actor, warning, bottleneck string) error {
	w, err := m.warning(ctx, tx, warning)
	if fault.Is(err, fault.NotFound) || err == nil && (w.Bottleneck != "" || !mayJudge.Allows(a)) {
		return nil
	}
	if err != nil {
		return err
	}
	return m.tie(ctx, tx, a, w, bottleneck, w.Version)
}

// Changes are the changes of policy that belong to something: to a dossier, or to a rule.
func (m *Monitor) Changes(v *web.Visit, kind string, targets ...string) ([]ui.RowP, error) {
	if !mayRead.Allows(v.Actor) || len(targets) == 0 {
		return nil, nil
	}
	ps, err := db.Many[Policy](v.Ctx(), m.db, db.F(policyColumns).Then(`AND id IN (SELECT policy FROM monitor_policy_link WHERE kind = ? AND`, kind).With(db.In("target", targets)).Then(`) ORDER BY day DESC, id`))
	var rows []ui.RowP
	for _, p := range ps {
		rows = append(rows, policyRow(v, p))
	}
	return rows, err
}

var kept = privacy.Class{Name: "monitor.keeps", Tables: []string{"monitor_week", "monitor_run", "monitor_warning", "monitor_finding", "monitor_word", "monitor_policy", "monitor_policy_link", "monitor_report", "monitor_share", "monitor_choice"}, From: privacy.Always}

// Keeper says how long things are kept. Nothing here is of a person: counts and what colleagues said of them.
func (m *Monitor) Keeper() privacy.Keeper {
	return privacy.Keeper{Name: "monitor", Keeps: []privacy.Class{kept},
		Export: func(context.Context, db.Q, *privacy.Vault, string) (any, error) { return nil, nil },
		Erase:  func(context.Context, *db.Tx, string) error { return nil }}
}
