package advocacy

// This file is what advocacy lends: its places on Vandaag, rows beside a bottleneck, the file of a list, and how long things are kept.

import (
	"bytes"
	"context"
	"embed"
	"strings"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/privacy"
	"reisgezel/internal/kernel/spread"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
)

// Texts are the words of this capability.
//
//go:embed text/*.json
var Texts embed.FS

// Panels are for Vandaag.
func (s *Advocacy) Panels() []ui.Panel {
	return []ui.Panel{{Place: "today", Order: 62, Show: s.todayPanel}}
}

// dueDays is how many days before its day Vandaag shows something; dueMost how many it shows.
const (
	dueDays = 14
	dueMost = 6
)

// todayPanel shows the owner what was promised and falls due, and which dossier is to be looked at.
func (s *Advocacy) todayPanel(v *web.Visit) (ui.Part, error) {
	if !mayRead.Allows(v.Actor) {
		return ui.Part{}, nil
	}
	ctx, today := v.Ctx(), clock.Today(v.Now)
	xs, err := s.dueItems(ctx, v.Actor, today.AddDays(dueDays))
	if err != nil {
		return ui.Part{}, err
	}
	var rows []ui.RowP
	for i := len(xs) - 1; i >= 0; i-- { // the first that falls due comes first
		x := xs[i]
		rows = append(rows, ui.RowP{Href: v.URL("advocacy.promise", "advocacy", x.Dossier, "item", x.ID), Title: lang.T(ctx, "advocacy.today.promise", "who", x.Said.Who), Sub: short(x.Said.What),
			Due: &ui.DueP{Days: today.DaysUntil(x.Day), Until: lang.LongDay(ctx, x.Day)}})
	}
	ds, err := s.dossiers(ctx, s.db, v.Actor, db.F(`advocacy_dossier.owner = ? AND advocacy_dossier.state <> 'ended' AND advocacy_dossier.next <= ?`, v.Actor.ID, today.AddDays(dueDays/2)), db.F(dueFirst))
	if err != nil {
		return ui.Part{}, err
	}
	more, err := s.rows(v, ds)
	if err != nil {
		return ui.Part{}, err
	}
	if rows = append(rows, more...); len(rows) == 0 {
		return ui.Part{}, nil
	}
	return ui.Part{Body: partToday(rows[:min(len(rows), dueMost)]), Count: len(rows)}, nil
}

// short is the first line of words, no longer than a row.
func short(s string) string {
	s, _, _ = strings.Cut(strings.TrimSpace(s), "\n")
	if r := []rune(s); len(r) > 120 {
		return string(r[:119]) + "…"
	}
	return s
}

// Beside are the dossiers that lean on one of some bottlenecks, as this visitor may know of them.
func (s *Advocacy) Beside(v *web.Visit, bottlenecks ...string) ([]ui.RowP, error) {
	if !mayRead.Allows(v.Actor) {
		return nil, nil
	}
	ds, err := s.dossiers(v.Ctx(), s.db, v.Actor, db.F(`advocacy_dossier.id IN (SELECT dossier FROM advocacy_link WHERE`).With(db.In("bottleneck", bottlenecks)).Then(`)`), db.F(dueFirst))
	if err != nil {
		return nil, err
	}
	return s.rows(v, ds)
}

// Choices are the dossiers that something can belong to, as this visitor may know of them.
func (s *Advocacy) Choices(v *web.Visit) (out []ui.Option, err error) {
	if !mayRead.Allows(v.Actor) {
		return nil, nil
	}
	ds, err := s.dossiers(v.Ctx(), s.db, v.Actor, db.F(`TRUE`), db.F(dueFirst+` LIMIT ?`, listShown))
	for _, d := range ds {
		out = append(out, ui.Option{Value: d.ID, Label: lang.Dots(d.Core.Demand, d.Core.To)})
	}
	return out, err
}

// Rows are dossiers by their ids; one that this visitor may not know of is not there.
func (s *Advocacy) Rows(v *web.Visit, ids []string) ([]ui.RowP, error) {
	if !mayRead.Allows(v.Actor) || len(ids) == 0 {
		return nil, nil
	}
	ds, err := s.dossiers(v.Ctx(), s.db, v.Actor, db.In("advocacy_dossier.id", ids), db.F(dueFirst))
	if err != nil {
		return nil, err
	}
	return s.rows(v, ds)
}

// Begin is where a dossier is begun that leans on a bottleneck.
func (s *Advocacy) Begin(v *web.Visit, bottleneck string) (label, url string) {
	if !mayTend.Allows(v.Actor) {
		return "", ""
	}
	return lang.T(v.Ctx(), "advocacy.begin"), v.URL("advocacy.new", "knelpunt", bottleneck)
}

// export gives the list as a file, with the same filters: what somebody may not know of is not in it.
func (s *Advocacy) export(v *web.Visit) error {
	_, ds, err := s.found(v)
	if err != nil {
		return err
	}
	ctx := v.Ctx()
	var ids []string
	for _, d := range ds {
		ids = append(ids, d.Owner)
	}
	names, err := s.org.NamesOf(ctx, ids...)
	if err != nil {
		return err
	}
	xs, err := s.standing(ctx, s.db)
	if err != nil {
		return err
	}
	var head []string
	for _, k := range []string{"demand", "to", "state", "mode", "owner", "next", "result", "opened", "closed", "interest"} {
		head = append(head, lang.T(ctx, "advocacy.column."+k))
	}
	rows := [][]string{head}
	for _, d := range ds {
		result, closed := "", lang.T(ctx, "advocacy.circle.open")
		if d.Result != "" {
			result = lang.T(ctx, "advocacy.result."+d.Result)
		}
		if d.Closed {
			closed = lang.T(ctx, "advocacy.closed")
		}
		rows = append(rows, []string{d.Core.Demand, d.Core.To, lang.T(ctx, "advocacy.state."+d.State), lang.T(ctx, "advocacy.mode."+d.Mode), names[d.Owner], d.Next.String(), result, d.Opened.String(), closed, strings.Join(payers(xs, d, clock.Today(v.Now)), ", ")})
	}
	return v.Download("belangen.csv", spread.Kind, bytes.NewReader(spread.Of(rows)))
}

var kept = privacy.Class{Name: "advocacy.keeps", Tables: []string{"advocacy_dossier", "advocacy_knower", "advocacy_item", "advocacy_link", "advocacy_step", "advocacy_event", "advocacy_mark", "advocacy_import", "advocacy_interest", "advocacy_tie"}, From: privacy.Always}

// Keeper says how long things are kept. Nothing here is of a person, so there is nothing to give and nothing to erase.
func (s *Advocacy) Keeper() privacy.Keeper {
	return privacy.Keeper{Name: "advocacy", Keeps: []privacy.Class{kept},
		Export: func(context.Context, db.Q, *privacy.Vault, string) (any, error) { return nil, nil },
		Erase:  func(context.Context, *db.Tx, string) error { return nil }}
}
