package briefing

// This file is what voorlichting lends to Vandaag, to a file and to the timeline.

import (
	"slices"
	"time"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
)

// Panels are for Vandaag.
func (b *Briefing) Panels() []ui.Panel {
	return []ui.Panel{
		{Place: "today", Order: 22, Show: b.todayLed},
		{Place: "today", Order: 45, Show: b.todayMissed},
	}
}

// Jobs is the work that runs by itself.
func (b *Briefing) Jobs() []web.Job {
	return []web.Job{{Name: "briefing.sweep", Every: 24 * time.Hour, Run: b.sweep}}
}

// todayLed are today's sessions that this colleague leads.
func (b *Briefing) todayLed(v *web.Visit) (ui.Part, error) {
	if !v.Actor.Has(leading...) {
		return ui.Part{}, nil
	}
	from, to := Session{At: v.Now}.Pass()
	ss, err := b.ledBy(v.Ctx(), v.Actor.ID, from, to)
	if err != nil || len(ss) == 0 {
		return ui.Part{}, err
	}
	ps, err := b.places(v)
	if err != nil {
		return ui.Part{}, err
	}
	ss = slices.DeleteFunc(ss, func(s Session) bool { _, ok := placeBy(ps, s.Location); return !ok })
	rows, err := b.rowsOf(v, ss, ps)
	if err != nil {
		return ui.Part{}, err
	}
	n := 0
	for i := range rows {
		if rows[i].Cancelled.IsZero() {
			rows[i].URL = v.URL("briefing.attend", "briefing", rows[i].ID)
			n++
		}
	}
	p := ui.Part{Body: partLed(rows), Count: n}
	if n > 0 {
		p.Say = lang.T(v.Ctx(), "briefing.say.led", "n", n, "word", lang.Words(v.Ctx(), n))
	}
	return p, nil
}

// todayMissed are the people of this caseworker who missed two sessions in a row, and whom nobody asked why yet.
func (b *Briefing) todayMissed(v *web.Visit) (ui.Part, error) {
	if !v.Actor.Has(access.Case, access.Legal) {
		return ui.Part{}, nil
	}
	rs, err := b.repeats(v)
	if err != nil {
		return ui.Part{}, err
	}
	rs = slices.DeleteFunc(rs, func(r Repeat) bool { return !r.Ask })
	if len(rs) == 0 {
		return ui.Part{}, nil
	}
	var ids []string
	for _, r := range rs {
		ids = append(ids, r.Try.Person)
	}
	cards, err := b.files.Cards(v.Ctx(), ids)
	if err != nil {
		return ui.Part{}, err
	}
	var rows []repeatRow
	for _, r := range rs {
		if c, ok := cards[r.Try.Person]; ok {
			rows = append(rows, repeatRow{Repeat: r, Called: c.Called, FileURL: v.URL("briefing.again") + "#i-" + r.Try.Invite})
		}
	}
	return ui.Part{Body: partMissed(rows), Count: len(rows), Say: lang.T(v.Ctx(), "briefing.say.missed", "n", len(rows), "word", lang.Words(v.Ctx(), len(rows)))}, nil
}

// Tabs is the page about voorlichting on a file.
func (b *Briefing) Tabs() []dossier.Tab {
	return []dossier.Tab{{Key: "briefing.tab", Route: "briefing.file", Level: access.DeskLevel, Order: 45}}
}

// FilePanels are for a file and for the person's own pages.
func (b *Briefing) FilePanels() []dossier.Panel {
	return []dossier.Panel{
		{Place: "aside", Order: 30, Show: b.asidePanel},
		{Place: "home", Order: 15, Show: b.homePanel},
		{Place: "appointments", Order: 20, Show: b.comingPanel},
	}
}

// asidePanel says in one line what somebody heard and lacks.
func (b *Briefing) asidePanel(v *web.Visit, f dossier.File) (ui.Part, error) {
	p, err := b.fileOf(v, f)
	if err != nil {
		return ui.Part{}, err
	}
	if len(p.Missing) == 0 && len(p.Past) == 0 && len(p.Coming) == 0 {
		return ui.Part{}, nil // the organisation keeps no list
	}
	return ui.Part{Body: partAside(p)}, nil
}

// Source gives the sessions of a person for the timeline: those that were, and those that did not go as planned.
func (b *Briefing) Source(v *web.Visit, f dossier.File, before time.Time, n int) ([]dossier.Moment, error) {
	ctx := v.Ctx()
	is, ss, err := b.mine(ctx, f)
	if err != nil {
		return nil, err
	}
	var who []string
	for _, s := range ss {
		who = append(who, s.Leader)
	}
	cs, err := b.colleagues(ctx, who...)
	if err != nil {
		return nil, err
	}
	var out []dossier.Moment
	for _, i := range is {
		s := ss[i.Session]
		if len(out) == n {
			break
		}
		if !s.At.Before(before) || s.At.After(v.Now) || i.State == Withdrawn || (i.State == Open && i.Came == "") {
			continue
		}
		_, state := comingTag(v, i)
		words := ""
		if f.Level() >= access.File {
			words = i.Said.Understood
		}
		out = append(out, dossier.Moment{ID: i.ID, At: s.At, Group: "talk", Kind: "talk", Icon: "megaphone", Title: lang.T(ctx, "briefing.moment", "language", tongue(ctx, s.Language)),
			By: lang.T(ctx, "briefing.moment.by", "name", called(cs, s.Leader)), Body: partMoment(state, words), Author: s.Leader, Words: []string{words}})
	}
	return out, nil
}
