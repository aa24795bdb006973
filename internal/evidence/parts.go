package evidence

// This file is what evidence lends: its part of Vandaag, of the first page of a file and of the refugee's own first page,
// and its tab.

import (
	"cmp"
	"context"
	"slices"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
)

// Tabs is the list on a file. It asks for the whole file: the desk has no tab.
func (e *Evidence) Tabs() []dossier.Tab {
	return []dossier.Tab{{Key: "evidence.tab", Route: "evidence.list", Level: access.File, Order: 25}}
}

// FilePanels are the parts on a person's pages.
func (e *Evidence) FilePanels() []dossier.Panel {
	return []dossier.Panel{{Place: "aside", Order: 30, Show: e.asidePanel}, {Place: "home", Order: 30, Show: e.homePanel}}
}

// Panels are for Vandaag.
func (e *Evidence) Panels() []ui.Panel {
	return []ui.Panel{{Place: "today", Order: 12, Show: e.todayPanel}}
}

// asidePanel tells a desk only that there is such a list, the same words for everybody: it reads nothing.
func (e *Evidence) asidePanel(v *web.Visit, f dossier.File) (ui.Part, error) {
	if f.Level() < access.File || !mayLook.Allows(v.Actor) {
		return ui.Part{Body: partAside(f.ID(), false, Count{}, 0)}, nil
	}
	ps, err := e.minePieces(v, f)
	if err != nil {
		return ui.Part{}, err
	}
	n, err := db.One[int](v.Ctx(), e.db, db.F(`SELECT COUNT(*) FROM evidence_document WHERE person = ? AND removed IS NULL`, f.ID()))
	return ui.Part{Body: partAside(f.ID(), true, CountOf(ps, clock.Today(v.Now)), n)}, err
}

func (e *Evidence) homePanel(v *web.Visit, f dossier.File) (ui.Part, error) {
	ps, err := e.minePieces(v, f)
	n := 0
	for _, p := range ps {
		if p.Yours() {
			n++
		}
	}
	return ui.Part{Body: partHome(n)}, err
}

// The part of Vandaag shows at most so many rows, and pieces that are due within so many days.
const (
	todayMost = 20
	dutyAhead = 7
)

// todayPanel shows a caseworker what the people whose files they have sent, which papers lose their validity, and which
// pieces they would get themselves by now.
func (e *Evidence) todayPanel(v *web.Visit) (ui.Part, error) {
	if !v.Actor.Has(access.Case, access.Legal) {
		return ui.Part{}, nil
	}
	ctx, today := v.Ctx(), clock.Today(v.Now)
	people, err := e.files.Held(v, access.File)
	if err != nil {
		return ui.Part{}, err
	}
	ns, err := e.near(ctx, people, v.Now)
	if err != nil {
		return ui.Part{}, err
	}
	owners, err := e.org.StandsInFor(ctx, v.Actor.ID, v.Now)
	if err != nil {
		return ui.Part{}, err
	}
	ds, err := e.duties(ctx, append(owners, v.Actor.ID), v.Actor, v.Now, today.AddDays(dutyAhead+1), todayMost)
	if err != nil {
		return ui.Part{}, err
	}
	ns = slices.DeleteFunc(ns, func(n Near) bool {
		return !n.Checked.IsZero() && !Document{Expires: n.Expires, Minded: n.Minded}.Rings(today)
	})
	count := len(ns) + len(ds)
	if count == 0 {
		return ui.Part{}, nil
	}
	slices.SortFunc(ns, func(a, b Near) int {
		return cmp.Or(cmp.Compare(nearRank(a, today), nearRank(b, today)), cmp.Compare(a.Expires.String(), b.Expires.String()), cmp.Compare(a.ID, b.ID))
	})
	ns = ns[:min(len(ns), max(todayMost-len(ds), 1))]
	var ids []string
	for _, n := range ns {
		ids = append(ids, n.Person)
	}
	for _, d := range ds {
		ids = append(ids, d.Person)
	}
	called, err := e.files.Names(ctx, ids)
	if err != nil {
		return ui.Part{}, err
	}
	var rows []ui.RowP
	for _, n := range ns {
		rows = append(rows, nearRow(v, n, called[n.Person], today))
	}
	for _, d := range ds {
		rows = append(rows, ui.RowP{Href: v.URL("evidence.piece", "person", d.Person, "piece", d.ID), Title: todayTitle(ctx, called[d.Person], d.Kind), Sub: lang.T(ctx, "evidence.today.duty"),
			Due: &ui.DueP{Days: today.DaysUntil(d.Due), Until: lang.Day(ctx, d.Due)}})
	}
	return ui.Part{Body: partToday(rows), Count: count, Say: lang.T(ctx, "evidence.say", "n", count, "word", lang.Words(ctx, count))}, nil
}

// nearRank puts what has expired first, then what was sent, then what will expire.
func nearRank(n Near, today clock.Date) int {
	switch {
	case AlarmOf(n.Expires, today) == Expired && n.Minded < int(Expired):
		return 0
	case n.Checked.IsZero():
		return 1
	}
	return 2
}

func todayTitle(ctx context.Context, called, kind string) string {
	return lang.T(ctx, "evidence.today.row", "name", called, "what", lang.T(ctx, "evidence.paper."+kind))
}

func nearRow(v *web.Visit, n Near, called string, today clock.Date) ui.RowP {
	ctx := v.Ctx()
	r := ui.RowP{Href: v.URL("evidence.document", "person", n.Person, "document", n.ID), Title: todayTitle(ctx, called, n.Kind), Sub: alarmText(ctx, n.Expires, today)}
	if nearRank(n, today) == 1 {
		r.Sub = lang.T(ctx, "evidence.today.sent", "when", lang.When(ctx, n.At, v.Now))
		r.TagKind, r.TagIcon, r.Tag = "brand", "envelope-simple", lang.T(ctx, "evidence.state.sent")
		return r
	}
	a := AlarmOf(n.Expires, today)
	r.TagKind, r.TagIcon = alarmLook(a)
	r.Tag = lang.T(ctx, "evidence.alarm."+a.String())
	return r
}

// countText is how a list stands, in one sentence.
func countText(ctx context.Context, c Count) string {
	t := lang.T(ctx, "evidence.count", "there", c.There, "open", c.Open)
	if c.Late > 0 {
		t += " " + lang.T(ctx, "evidence.count.late", "n", c.Late)
	}
	return t
}

func claimOptions(ctx context.Context) []ui.Option {
	return ui.Options(ctx, "evidence.claim.", ClaimKinds)
}
