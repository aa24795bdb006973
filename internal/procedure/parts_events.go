package procedure

// This file lets other capabilities record what happened in a procedure and hear which dates follow. Everything goes through
// the same check and the same derivation as the form of procedure itself.

import (
	"context"
	"slices"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/web"
)

// Events are what procedure lends to who records events and shows dates.
func (p *Procedure) Events() dossier.Events {
	return dossier.Events{Courses: p.courses, Record: p.recordFor, Dates: p.datesEndedBy, Alarm: p.alarmNow}
}

// WorkingDay says whether people work on a day: no weekend, and no holiday of the Algemene termijnenwet. It looks at the
// calendar in force: the organisation may have put days of a decree into it. Where that cannot be read, the calendar of
// the program stands in.
func (p *Procedure) WorkingDay(d clock.Date) bool {
	b, err := p.book(context.Background(), p.db)
	if err != nil {
		b = p.Book
	}
	return b.Calendar.Free(d) == ""
}

func (p *Procedure) courses(v *web.Visit, f dossier.File, kind string) ([]dossier.Course, error) {
	ts, err := tracks(v.Ctx(), p.db, f.ID())
	if err != nil {
		return nil, err
	}
	l := p.lens(v, f)
	var out []dossier.Course
	for _, t := range ts {
		if shut(t.Topic, f) {
			continue
		}
		pl, err := p.at(v.Ctx(), p.db, f, t.ID, "", v)
		if err != nil {
			return nil, err
		}
		c := dossier.Course{ID: t.ID, Title: l.t("procedure.choose.track", "topic", l.t("procedure.topic."+string(t.Topic)), "day", lang.Day(v.Ctx(), clock.Today(t.Opened))),
			URL: l.recordURL("track", t.ID)}
		if def, ok := pl.definition(kind); ok {
			c.Knows, c.Letter = true, def.Letter
			if len(def.Routes) > 0 {
				c.Routes = l.options("procedure.route.", known(def.Routes))
			}
			if asksLodged(kind, pl.now) {
				c.Asks = append(c.Asks, l.t("procedure.form.lodged"))
			}
		}
		for _, r := range standing(pl.records) {
			if r.Kind != kind {
				continue
			}
			e := dossier.CourseEvent{ID: r.Root}
			if m := (Moment{r.DayFrom, r.DayTo}); m.Exact() {
				e.Day = r.DayFrom
			}
			c.Has = append(c.Has, e)
		}
		out = append(out, c)
	}
	return out, nil
}

func (pl place) definition(kind string) (Definition, bool) {
	defs := pl.book.Definitions(pl.now, pl.facts)
	i := slices.IndexFunc(defs, func(d Definition) bool { return d.ID == kind })
	if i < 0 {
		return Definition{}, false
	}
	return defs[i], true
}

func (p *Procedure) recordFor(v *web.Visit, f dossier.File, h dossier.Happening) (func(*db.Tx) (string, error), fault.Fields, error) {
	if h.Course == "" || !f.Changes(record) {
		return nil, nil, fault.Gone()
	}
	pl, err := p.at(v.Ctx(), p.db, f, h.Course, "", v)
	if err != nil {
		return nil, nil, err
	}
	def, ok := pl.definition(h.Kind)
	if !ok {
		return nil, nil, fault.Gone()
	}
	in := Input{Kind: h.Kind, Track: h.Course, Sure: "exact", Day: h.Day, Route: h.Route, Letter: h.Letter, Outcome: h.Outcome}
	e, _, fs := in.Check(def, pl.facts, clock.Today(v.Now), born(f))
	for i := range fs {
		fs[i].Args = say(v.Ctx(), fs[i].Args)
	}
	if len(fs) > 0 {
		return nil, fs, nil
	}
	return func(tx *db.Tx) (string, error) {
		r, err := p.keepEvent(v, tx, f, pl.track, Record{}, e, nil, "")
		return r.Root, err
	}, nil, nil
}

func (p *Procedure) datesEndedBy(v *web.Visit, f dossier.File, course, endedBy string) ([]dossier.CourseDate, error) {
	ctx := v.Ctx()
	t, err := track(ctx, p.db, f.ID(), course)
	if err != nil {
		return nil, err
	}
	d, err := derivation(ctx, p.db, t, 0)
	if err != nil {
		return nil, err
	}
	book, err := p.book(ctx, p.db)
	if err != nil {
		return nil, err
	}
	ends := map[string]bool{}
	for _, pack := range book.Packs {
		for _, r := range pack.Terms {
			ends[r.ID] = slices.Contains(r.Done, endedBy)
		}
	}
	rows, err := deadlines(ctx, p.db, f.ID())
	if err != nil {
		return nil, err
	}
	l := p.lens(v, f)
	var out []dossier.CourseDate
	for _, r := range rows {
		x, ok := d.find(r.Name)
		if !ok || r.Track != t.ID || r.Waits || !slices.ContainsFunc(x.Candidates, func(c Candidate) bool { return ends[c.Rule] }) {
			continue
		}
		c := dossier.CourseDate{Event: x.Event, Title: l.t("procedure.term." + r.Term), URL: v.URL("procedure.deadline", "person", f.ID(), "deadline", r.ID),
			Safe: r.Safe, Last: r.Last, Open: r.State == "open"}
		for _, q := range x.Questions {
			c.Asks = append(c.Asks, l.ask(q))
		}
		out = append(out, c)
	}
	return out, nil
}
