package residence

// This file is what residence lends: its tab, its part of the first page of a file and of the refugee's own first page, its
// moments of the timeline, and its parts of Vandaag.

import (
	"context"
	"slices"
	"strconv"
	"time"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/privacy"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
	"reisgezel/internal/organisation"
)

// Tabs is the page on a file. The desk has no tab.
func (r *Residence) Tabs() []dossier.Tab {
	return []dossier.Tab{{Key: "residence.tab", Route: "residence.living", Level: access.File, Order: 27}}
}

// FilePanels are the parts on a person's pages.
func (r *Residence) FilePanels() []dossier.Panel {
	return []dossier.Panel{{Place: "aside", Order: 20, Level: access.File, Show: r.asidePanel}, {Place: "home", Order: 40, Show: r.homePanel}}
}

// Panels are for Vandaag.
func (r *Residence) Panels() []ui.Panel {
	return []ui.Panel{{Place: "today", Order: 8, Show: r.todayRequests}, {Place: "today", Order: 16, Show: r.todayMoved}, {Place: "today.aside", Order: 40, Show: r.todayCounts}}
}

func (r *Residence) asidePanel(v *web.Visit, f dossier.File) (ui.Part, error) {
	if !mayLook.Allows(v.Actor) {
		return ui.Part{}, nil
	}
	ctx, today := v.Ctx(), clock.Today(v.Now)
	at, err := r.whereabouts(v, f)
	if err != nil {
		return ui.Part{}, err
	}
	legs := Legs(at.stays, today)
	var facts []ui.FactP
	if l, ok := Current(legs); ok {
		n, _ := MovesSince(legs, today.AddDays(-365), today)
		facts = append(facts, ui.FactP{Label: lang.T(ctx, "residence.now"), Value: placeText(ctx, l.What), Small: spanText(ctx, l)}, ui.FactP{Label: lang.T(ctx, "residence.moved"), Value: lang.T(ctx, "residence.times", "n", n)})
	}
	facts = append(facts, ui.FactP{Label: lang.T(ctx, "residence.address"), Value: lang.T(ctx, vaultText(at.vault))})
	return ui.Part{Body: partAside(f.ID(), facts)}, nil
}

// whereabouts are the places of somebody as their file may tell them, and how the address is kept.
type whereabouts struct {
	stays []Stay
	vault Vault
}

// whereabouts reads them once for a page: the first page of a file shows where somebody lives now, and each move.
func (r *Residence) whereabouts(v *web.Visit, f dossier.File) (whereabouts, error) {
	return web.Memo(v, "residence.where."+f.ID(), func() (w whereabouts, err error) {
		if w.vault, err = vaultOf(v.Ctx(), r.db, f); err != nil {
			return w, err
		}
		ss, err := stays(v.Ctx(), r.db, f.Key(), f.ID())
		w.stays = Masked(ss, w.vault.Guarded() && !own(f))
		return w, err
	})
}

// reads says whether the visitor may read in this file where somebody lived.
func reads(v *web.Visit, f dossier.File) bool {
	return f.Level() >= access.File && mayLook.Allows(v.Actor)
}

// Source gives the moves of a person for the timeline, each on the day on which it was. A place of which nobody knows that
// day stands on the page about living only.
func (r *Residence) Source(v *web.Visit, f dossier.File, before time.Time, n int) ([]dossier.Moment, error) {
	if want := f.Wanted(); want.Group != "" && want.Group != "plan" || !reads(v, f) {
		return nil, nil
	}
	at, err := r.whereabouts(v, f)
	if err != nil {
		return nil, err
	}
	var came []Leg
	var who []string
	legs := Legs(at.stays, clock.Today(v.Now))
	for _, l := range slices.Backward(legs) {
		if day := l.From.In(clock.Netherlands); len(came) < n && !l.From.IsZero() && day.Before(before) && !day.After(v.Now) {
			came, who = append(came, l), append(who, l.MadeBy)
		}
	}
	if len(came) == 0 {
		return nil, nil
	}
	ctx := v.Ctx()
	by, err := r.namesFor(ctx, f, who...)
	if err != nil {
		return nil, err
	}
	var out []dossier.Moment
	for _, l := range came {
		reason := ""
		if l.What.Reason != "first" && l.What.Reason != "unknown" {
			reason = lang.Capital(lang.T(ctx, "residence.reason."+l.What.Reason))
		}
		m := dossier.Moment{ID: l.ID, At: l.From.In(clock.Netherlands), Group: "plan", Icon: "house", Title: lang.T(ctx, "residence.moment", "place", placeText(ctx, l.What)),
			By: lang.T(ctx, "residence.by", "name", by.by(l.MadeBy), "when", lang.When(ctx, l.At, v.Now)), Author: l.MadeBy, Words: []string{reason}}
		if reason != "" {
			m.Body = partMoment(reason)
		}
		out = append(out, m)
	}
	return out, nil
}

// Authors are who wrote the moves down.
func (r *Residence) Authors(v *web.Visit, f dossier.File) ([]string, error) {
	if !reads(v, f) {
		return nil, nil
	}
	return db.Many[string](v.Ctx(), r.db, db.F(`SELECT DISTINCT made_by FROM residence_stay WHERE person = ? AND removed IS NULL`, f.ID()))
}

// vaultText is the key of how an address is kept.
func vaultText(v Vault) string {
	switch {
	case v.Guarded():
		return "residence.vault.guarded"
	case v.There:
		return "residence.vault.there"
	}
	return "residence.vault.none"
}

func (r *Residence) homePanel(v *web.Visit, f dossier.File) (ui.Part, error) {
	ss, err := stays(v.Ctx(), r.db, f.Key(), f.ID())
	now := ""
	if l, ok := Current(Legs(ss, clock.Today(v.Now))); ok {
		now = placeText(v.Ctx(), l.What)
	}
	return ui.Part{Body: partHome(now)}, err
}

// todayMost is how many rows one part of Vandaag shows; the oldest come first.
const todayMost = 20

// todayMoved shows who told that they moved.
func (r *Residence) todayMoved(v *web.Visit) (ui.Part, error) {
	if !v.Actor.Has(access.Case, access.Legal) {
		return ui.Part{}, nil
	}
	ctx := v.Ctx()
	ts, err := r.told(ctx, v.Actor, v.Now, todayMost)
	if err != nil || len(ts) == 0 {
		return ui.Part{}, err
	}
	var ids []string
	for _, t := range ts {
		ids = append(ids, t.Person)
	}
	called, err := r.files.Names(ctx, ids)
	if err != nil {
		return ui.Part{}, err
	}
	var rows []ui.RowP
	for _, t := range ts {
		rows = append(rows, ui.RowP{Href: v.URL("residence.living", "person", t.Person), Title: lang.T(ctx, "residence.today.row", "name", called[t.Person]), Sub: lang.When(ctx, t.At, v.Now)})
	}
	return ui.Part{Body: partToday("h-verhuisd", lang.T(ctx, "residence.today.moved"), rows), Count: len(rows), Say: lang.T(ctx, "residence.say.moved", "n", len(rows), "word", lang.Words(ctx, len(rows)))}, nil
}

// teams are those of which the visitor decides about addresses.
func (r *Residence) teams(v *web.Visit) ([]string, error) {
	out := v.Actor.At(access.Lead, access.Team)
	for _, region := range v.Actor.At(access.Region, access.InRegion) {
		ts, err := r.org.Teams(v.Ctx(), region)
		if err != nil {
			return nil, err
		}
		for _, t := range ts {
			if !slices.Contains(out, t.ID) {
				out = append(out, t.ID)
			}
		}
	}
	return out, nil
}

// todayRequests shows a leader who asks for a guarded address, and the asker that somebody agreed.
func (r *Residence) todayRequests(v *web.Visit) (ui.Part, error) {
	ctx := v.Ctx()
	teams, err := r.teams(v)
	if err != nil {
		return ui.Part{}, err
	}
	var ask, mine []Request
	if len(teams) > 0 {
		if ask, err = r.waiting(ctx, teams, v.Actor.ID, v.Now, todayMost); err != nil {
			return ui.Part{}, err
		}
	}
	if mayReveal.Allows(v.Actor) {
		if mine, err = r.granted(ctx, v.Actor.ID, v.Now, todayMost); err != nil {
			return ui.Part{}, err
		}
	}
	if len(ask)+len(mine) == 0 {
		return ui.Part{}, nil
	}
	rows, err := r.requestRows(v, ask, mine)
	if err != nil {
		return ui.Part{}, err
	}
	p := ui.Part{Body: partToday("h-adres", lang.T(ctx, "residence.today.requests"), rows), Count: len(rows)}
	if len(ask) > 0 {
		p.Say = lang.T(ctx, "residence.say.requests", "n", len(ask), "word", lang.Words(ctx, len(ask)))
	}
	return p, nil
}

func (r *Residence) requestRows(v *web.Visit, ask, mine []Request) ([]ui.RowP, error) {
	ctx := v.Ctx()
	var people, colleagues []string
	for _, q := range slices.Concat(ask, mine) {
		people, colleagues = append(people, q.Person), append(colleagues, q.AskedBy)
	}
	called, err := r.files.Names(ctx, people)
	if err != nil {
		return nil, err
	}
	cs, err := r.org.Colleagues(ctx, colleagues)
	if err != nil {
		return nil, err
	}
	var rows []ui.RowP
	for _, q := range ask {
		rows = append(rows, ui.RowP{Href: v.URL("residence.weigh", "request", q.ID), Title: lang.T(ctx, "residence.today.asks."+q.What, "who", cs[q.AskedBy].Name, "name", called[q.Person]),
			Sub: lang.T(ctx, "residence.until", "time", lang.Time(ctx, q.Asked.Add(AskLasts))), TagKind: "danger", TagIcon: "clock", Tag: lang.T(ctx, "residence.today.now")})
	}
	for _, q := range mine {
		rows = append(rows, ui.RowP{Href: v.URL("residence.address", "person", q.Person), Title: lang.T(ctx, "residence.today.agreed", "name", called[q.Person]),
			Sub: lang.T(ctx, "residence.until", "time", lang.Time(ctx, q.Decided.Add(ShowLasts))), TagKind: "ok", TagIcon: "check", Tag: lang.T(ctx, "residence.today.yes")})
	}
	return rows, nil
}

// countRow is one location in the counts.
type countRow struct{ Name, This, Last string }

// todayCounts tells a leader how often people were moved at each location, this month and the last.
func (r *Residence) todayCounts(v *web.Visit) (ui.Part, error) {
	teams, err := r.teams(v)
	if err != nil || len(teams) == 0 {
		return ui.Part{}, err
	}
	ctx := v.Ctx()
	var ls []organisation.Location
	var ids []string
	for _, t := range teams {
		of, err := r.org.LocationsOf(ctx, t)
		if err != nil {
			return ui.Part{}, err
		}
		for _, l := range of {
			ls, ids = append(ls, l), append(ids, l.ID)
		}
	}
	today := clock.Today(v.Now)
	this, last := today.String()[:7], today.AddDays(-today.Day).String()[:7]
	ns, err := r.counted(ctx, ids, []string{this, last})
	if err != nil || len(ns) == 0 {
		return ui.Part{}, err
	}
	count := func(location, month string) string {
		for _, n := range ns {
			if n.Location == location && n.Month == month {
				return smallText(ctx, n.N)
			}
		}
		return "0"
	}
	var rows []countRow
	for _, l := range ls {
		if row := (countRow{l.Name, count(l.ID, this), count(l.ID, last)}); row.This != "0" || row.Last != "0" {
			rows = append(rows, row)
		}
	}
	return ui.Part{Body: partCounts(lang.MonthYear(ctx, today), lang.MonthYear(ctx, today.AddDays(-today.Day)), rows)}, nil
}

// smallText is a count in which nobody can be recognised.
func smallText(ctx context.Context, n int) string {
	if m, few := privacy.Small(n); few {
		return lang.T(ctx, "residence.few", "n", m)
	}
	return strconv.Itoa(n)
}
