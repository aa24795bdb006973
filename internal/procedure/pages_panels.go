package procedure

// This file makes the parts that other pages show: Vandaag, the first page of a file, and the refugee's own first page.

import (
	"cmp"
	"context"
	"slices"
	"time"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
)

// wide tells the first page of a file to show a part above its two columns.
const wide = -1

type wayView struct {
	Called string
	Tracks []trackView
	URL    string
}

// wayPanel is "Waar X nu staat": the large stations, whose turn it is and what may follow.
func (p *Procedure) wayPanel(v *web.Visit, f dossier.File) (ui.Part, error) {
	l := p.lens(v, f)
	of, err := p.tracksOf(v, f)
	if err != nil {
		return ui.Part{}, err
	}
	view := wayView{Called: f.Called(), URL: v.URL("procedure.file", "person", f.ID())}
	for _, t := range of.tracks {
		d := of.derived[t.ID]
		now, ok := d.Now()
		if !ok {
			continue
		}
		tv := trackView{ID: t.ID, Title: l.t("procedure.topic." + string(t.Topic)), Steps: l.steps(d), Now: l.t("procedure.step." + now.Step),
			Means: l.t("procedure.step." + now.Step + ".means"), Turn: l.turn(now)}
		for _, n := range now.Next {
			tv.Next = append(tv.Next, l.t("procedure.step."+n))
		}
		view.Tracks = append(view.Tracks, tv)
	}
	if len(view.Tracks) == 0 {
		return ui.Part{}, nil
	}
	return ui.Part{Body: wayPart(view), Count: wide}, nil
}

type termsView struct {
	Terms     []termView
	More      int
	URL       string
	RecordURL string
}

// termsPanel is the card with what is due, nearest first.
func (p *Procedure) termsPanel(v *web.Visit, f dossier.File) (ui.Part, error) {
	l := p.lens(v, f)
	view := termsView{URL: v.URL("procedure.file", "person", f.ID()), RecordURL: l.recordURL()}
	all, err := l.open()
	if err != nil {
		return ui.Part{}, err
	}
	view.Terms = all[:min(4, len(all))]
	view.More = len(all) - len(view.Terms)
	return ui.Part{Body: termsPart(view), Count: len(all)}, nil
}

// open are the running deadlines of a person: what the person must do first, then what is awaited; those about one of these
// topics left out.
func (l lens) open(without ...Topic) ([]termView, error) {
	of, err := l.p.tracksOf(l.v, l.f)
	if err != nil {
		return nil, err
	}
	skip := map[string]bool{}
	for _, t := range of.tracks {
		skip[t.ID] = slices.Contains(without, t.Topic)
	}
	var out []termView
	for _, waits := range []bool{false, true} {
		for _, r := range of.rows {
			if r.State == "open" && r.Waits == waits && !skip[r.Track] {
				out = append(out, l.term(r, of.derived[r.Track]))
			}
		}
	}
	return out, nil
}

// tracksOf is all that stands of one person: each part of a page shows some of it.
type tracksOf struct {
	tracks  []Track
	rows    []Row
	derived map[string]Derivation // by track
}

// tracksOf reads it once for a page, without what is closed to whoever opened the file.
func (p *Procedure) tracksOf(v *web.Visit, f dossier.File) (tracksOf, error) {
	return web.Memo(v, "procedure.tracks/"+f.ID(), func() (w tracksOf, err error) {
		all, err := tracks(v.Ctx(), p.db, f.ID())
		if err != nil || len(all) == 0 {
			return w, err
		}
		if w.rows, err = deadlines(v.Ctx(), p.db, f.ID()); err != nil {
			return w, err
		}
		for _, t := range all {
			if !shut(t.Topic, f) {
				w.tracks = append(w.tracks, t)
				continue
			}
			w.rows = slices.DeleteFunc(w.rows, func(r Row) bool { return r.Track == t.ID })
		}
		w.derived, err = p.aged(v.Ctx(), w.tracks, clock.Today(v.Now))
		return w, err
	})
}

type storyView struct {
	Outcome string
	Dates   []string
}

// story is what the timeline tells of an event: its outcome and the dates that followed.
func (l lens) story(r Record, d Derivation, rows []Row) storyView {
	var s storyView
	if r.Outcome != "" {
		s.Outcome = lang.Capital(l.known("outcome", r.Outcome))
	}
	for _, x := range d.Deadlines {
		if x.Event != r.Root || x.Safe.IsZero() {
			continue
		}
		if slices.ContainsFunc(rows, func(row Row) bool { return row.Track == r.Track && row.Name == x.Key }) {
			said := l.t("procedure.story.date", "term", l.t("procedure.term."+x.Term), "day", lang.Day(l.ctx, x.Safe))
			if x.Stale {
				said += " " + l.t("procedure.story.stale")
			}
			s.Dates = append(s.Dates, said)
		}
	}
	return s
}

type todayRow struct {
	ui.RowP
	row    Row
	urgent bool
	days   int
}

type todayView struct {
	Rows []todayRow
	More int
}

// todayPanel is what is due for this colleague: the own deadlines, and those that were passed on.
func (p *Procedure) todayPanel(v *web.Visit) (ui.Part, error) {
	if !look.Allows(v.Actor) {
		return ui.Part{}, nil
	}
	ctx, today := v.Ctx(), clock.Today(v.Now)
	own, err := dueFor(ctx, p.db, v.Actor, today, v.Now)
	if err != nil {
		return ui.Part{}, err
	}
	passed, err := passedTo(ctx, p.db, v.Actor, v.Now)
	if err != nil {
		return ui.Part{}, err
	}
	late, err := lateFor(ctx, p.db, v.Actor, today, v.Now)
	if err != nil {
		return ui.Part{}, err
	}
	var ids []string
	seen := map[string]bool{}
	for _, rs := range [][]Row{own, passed, late} {
		for _, r := range rs {
			if !seen[r.Person] {
				seen[r.Person] = true
				ids = append(ids, r.Person)
			}
		}
	}
	names, err := p.Files.Names(ctx, ids)
	if err != nil {
		return ui.Part{}, err
	}
	l := p.bare(v)
	var view todayView
	shown := map[string]bool{}
	add := func(rs []Row, tag string) {
		for _, r := range rs {
			if shown[r.ID] || names[r.Person] == "" {
				continue
			}
			shown[r.ID] = true
			view.Rows = append(view.Rows, l.todayRow(r, names[r.Person], tag))
		}
	}
	add(own, "")
	add(passed, "procedure.today.passed")
	add(late, "")
	slices.SortStableFunc(view.Rows, func(a, b todayRow) int { return cmp.Compare(a.days, b.days) })
	n := len(view.Rows)
	if n == 0 {
		return ui.Part{}, nil
	}
	if n > 12 {
		view.More = n - 12
		view.Rows = view.Rows[:12]
	}
	if err := l.warnStale(view.Rows); err != nil {
		return ui.Part{}, err
	}
	return ui.Part{Say: lang.T(ctx, "procedure.today.say", "n", n, "count", lang.Words(ctx, n)), Body: todayPart(view), Count: n}, nil
}

// todayRow is one deadline on Vandaag.
func (l lens) todayRow(r Row, name, tag string) todayRow {
	row := todayRow{row: r, urgent: r.Urgent, days: -1 << 20}
	row.Title = l.t("procedure.today.row", "name", name, "term", l.t("procedure.term."+r.Term))
	row.Href = l.v.URL("procedure.deadline", "person", r.Person, "deadline", r.ID)
	if !r.Safe.IsZero() {
		row.days = l.today.DaysUntil(r.Safe)
		if !r.Waits {
			row.Due = &ui.DueP{Days: row.days, Until: lang.LongDay(l.ctx, r.Safe)}
		}
		row.Sub = l.t("procedure.today.safe", "day", lang.Day(l.ctx, r.Safe))
		if r.Waits {
			row.Sub = l.t("procedure.today.waited", "who", l.t("procedure.party."+string(r.Party)), "day", lang.Day(l.ctx, r.Safe))
			row.days = 1 << 20 // what is awaited stands below what must be done
		}
	} else {
		row.Sub = l.t("procedure.today.noday")
	}
	switch {
	case tag != "":
		row.TagKind, row.TagIcon, row.Tag = "warn", "warning", l.t(tag)
	case r.Waits && r.Party == Person:
		row.TagKind, row.Tag = "ok", l.t("procedure.today.chance")
	case r.Waits:
		row.TagKind, row.Tag = "warn", l.t("procedure.today.late")
	case r.Urgent:
		row.TagKind, row.TagIcon, row.Tag = "danger", "warning", l.t("procedure.urgent")
	case !r.Confirmed:
		row.Tag = l.t("procedure.unconfirmed.short")
	}
	return row
}

// dueFor are the deadlines that a colleague minds and that come near. Whoever lost the file sees none of them.
func dueFor(ctx context.Context, q db.Q, a access.Actor, today clock.Date, now time.Time) ([]Row, error) {
	// Both say that they are open, so that SQLite looks into the index of open ones for each.
	return db.Many[Row](ctx, q, db.F(rowColumns).Then(`WHERE d.owner = ? AND d.waits = FALSE AND ((d.state = 'open' AND d.safe <= ?) OR (d.state = 'open' AND d.safe IS NULL AND d.urgent = TRUE)) AND`,
		a.ID, today.AddDays(Rungs[0])).With(access.Sees(a, now, access.File, "d.person")).Then(`ORDER BY COALESCE(d.safe, ''), d.id LIMIT 60`))
}

// passedTo are the deadlines that an alarm brought to a colleague.
func passedTo(ctx context.Context, q db.Q, a access.Actor, now time.Time) ([]Row, error) {
	return db.Many[Row](ctx, q, db.F(rowColumns).Then(`WHERE d.state = 'open' AND d.id IN (SELECT e.deadline FROM procedure_escalation e WHERE e.holder = ? AND e.role <> 'owner' AND e.ended IS NULL) AND`,
		a.ID).With(access.Sees(a, now, access.File, "d.person")).Then(`ORDER BY COALESCE(d.safe, ''), d.id LIMIT 60`))
}

// lateFor are the terms of authorities that passed in the last two months, and the first days that have come. A norm that
// passed is no reason to act: it may not have been meant for this case.
func lateFor(ctx context.Context, q db.Q, a access.Actor, today clock.Date, now time.Time) ([]Row, error) {
	return db.Many[Row](ctx, q, db.F(rowColumns).Then(`WHERE d.owner = ? AND d.state = 'open' AND d.waits = TRUE AND d.kind <> 'norm' AND d.safe < ? AND d.safe >= ? AND`,
		a.ID, today, today.AddDays(-60)).With(access.Sees(a, now, access.File, "d.person")).Then(`ORDER BY d.safe DESC, d.id LIMIT 10`))
}
