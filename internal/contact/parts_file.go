package contact

// This file is what the contacts lend to a file, to the refugee's own pages, and to the timeline.

import (
	"context"
	"net/url"
	"slices"
	"time"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
	"reisgezel/internal/organisation"
)

// FilePanels are for a file and for the refugee's own pages.
func (c *Contact) FilePanels() []dossier.Panel {
	return []dossier.Panel{
		{Place: "overview", Order: 20, Show: c.filePromised},
		{Place: "aside", Order: 10, Show: c.fileMeeting},
		{Place: "home", Order: 10, Show: c.homeMeeting},
		{Place: "home", Order: 60, Show: c.homeTalks},
		{Place: "appointments", Order: 10, Show: func(v *web.Visit, f dossier.File) (ui.Part, error) {
			hs, err := c.heroes(v, f, 20)
			return ui.Part{Body: partComing(hs)}, err
		}},
	}
}

// Tabs are the pages of contacts about one person.
func (c *Contact) Tabs() []dossier.Tab {
	return []dossier.Tab{{Key: "contact.tab.appointment", Route: "contact.appointment", Level: access.File, Order: 40}}
}

type promisedRow struct {
	Promise
	Owner string
}

// filePromised is what was promised last time, and by whom.
func (c *Contact) filePromised(v *web.Visit, f dossier.File) (ui.Part, error) {
	ps, err := c.promised(v.Ctx(), f, v.Now.AddDate(0, 0, -14), 6)
	if err != nil || len(ps) == 0 {
		return ui.Part{}, err
	}
	var ids []string
	for _, p := range ps {
		if !slices.Contains(ids, p.Owner) {
			ids = append(ids, p.Owner)
		}
	}
	called, err := c.called(v.Ctx(), ids)
	if err != nil {
		return ui.Part{}, err
	}
	var rows []promisedRow
	for _, p := range ps {
		rows = append(rows, promisedRow{p, called[p.Owner]})
	}
	return ui.Part{Body: partPromised(rows)}, nil
}

// fileMeeting is the next appointment.
func (c *Contact) fileMeeting(v *web.Visit, f dossier.File) (ui.Part, error) {
	as, err := c.coming(v.Ctx(), f, v.Now, 3)
	as = slices.DeleteFunc(as, func(a Appointment) bool { return !a.Cancelled.IsZero() })
	if err != nil || len(as) == 0 {
		return ui.Part{}, err
	}
	called, err := c.called(v.Ctx(), []string{as[0].Colleague})
	if err != nil {
		return ui.Part{}, err
	}
	plan := ""
	if mayPlan.Allows(v.Actor) && f.Level() >= access.File {
		plan = v.URL("contact.appointment", "person", f.ID())
	}
	return ui.Part{Body: partNext(as[0], lang.Dots(lang.T(v.Ctx(), "contact.in.with", "name", called[as[0].Colleague]), meetingText(v, as[0])), plan)}, nil
}

type heroPart struct {
	ID, Hour, With, Where, Interpreter string
	At                                 time.Time
	Day                                clock.Date
	Route                              string // a map, outside this house
	Asked, Comes, Wants                bool
}

func (c *Contact) homeMeeting(v *web.Visit, f dossier.File) (ui.Part, error) {
	hs, err := c.heroes(v, f, 3)
	if err != nil || len(hs) == 0 {
		return ui.Part{}, err
	}
	return ui.Part{Body: partHero(hs[0])}, nil
}

// heroes are the next appointments as the person reads them.
func (c *Contact) heroes(v *web.Visit, f dossier.File, n int) ([]heroPart, error) {
	ctx := v.Ctx()
	as, err := c.coming(ctx, f, v.Now, n)
	as = slices.DeleteFunc(as, func(a Appointment) bool { return !a.Cancelled.IsZero() }) // there for a colleague, who may put it back
	if err != nil || len(as) == 0 {
		return nil, err
	}
	var ids, places []string
	for _, a := range as {
		ids, places = append(ids, a.Colleague), append(places, a.Location)
	}
	called, err := c.called(ctx, ids)
	if err != nil {
		return nil, err
	}
	at, err := c.org.LocationsBy(ctx, places)
	if err != nil {
		return nil, err
	}
	var out []heroPart
	for _, a := range as {
		h := heroOf(ctx, a, called[a.Colleague], at[a.Location])
		out = append(out, h)
	}
	return out, nil
}

// heroOf is one appointment as the person reads it.
func heroOf(ctx context.Context, a Appointment, with string, at organisation.Location) heroPart {
	h := heroPart{ID: a.ID, At: a.At, Day: clock.DateOf(a.At.In(clock.Netherlands)), Hour: lang.Time(ctx, a.At), With: with, Asked: !a.Asked.IsZero(), Comes: !a.Comes.IsZero(), Wants: !a.Wants.IsZero()}
	if a.Meeting.Interpreter != "" {
		h.Interpreter = lang.T(ctx, "contact.portal.interpreter."+a.Meeting.Interpreter)
	}
	switch a.Meeting.Kind {
	case "phone":
		h.Where = lang.T(ctx, "contact.portal.phone")
	case "visit":
		h.Where = lang.T(ctx, "contact.portal.visit")
	default:
		h.Where = at.Street + ", " + at.Town
		h.Route = "https://www.openstreetmap.org/search?query=" + url.QueryEscape(h.Where)
	}
	return h
}

// homeTalks is what was last said and promised, for reading along.
func (c *Contact) homeTalks(v *web.Visit, f dossier.File) (ui.Part, error) {
	ms, err := c.talks(v.Ctx(), f, v.Now.Add(time.Second), 2)
	if err != nil {
		return ui.Part{}, err
	}
	ps, err := c.promised(v.Ctx(), f, v.Now, 3)
	if err != nil || len(ms)+len(ps) == 0 {
		return ui.Part{}, err
	}
	rows, err := c.mineRows(v, ms)
	return ui.Part{Body: partTalks(rows, ps)}, err
}

// Source gives the contacts for the timeline.
func (c *Contact) Source(v *web.Visit, f dossier.File, before time.Time, n int) ([]dossier.Moment, error) {
	want := f.Wanted()
	if want.Group != "" && want.Group != "talk" {
		return nil, nil
	}
	ms, err := c.talksOf(v.Ctx(), f, want.Author, before, n)
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, m := range ms {
		if !slices.Contains(ids, m.Author) {
			ids = append(ids, m.Author)
		}
	}
	names, err := c.org.Colleagues(v.Ctx(), ids)
	if err != nil {
		return nil, err
	}
	out := make([]dossier.Moment, 0, len(ms))
	for _, m := range ms {
		topic := lang.T(v.Ctx(), "contact.topic."+m.What.Topic)
		l := linePart{Topic: topic, Note: m.What.Note, Did: lang.Dots(didText(v.Ctx(), m.What), nextText(v.Ctx(), m.What))}
		if l.Signal, err = c.signalURL(v, f, m.What.Topic, m.At); err != nil {
			return nil, err
		}
		if m.Visible != "client" {
			l.Who = lang.T(v.Ctx(), "contact.visible."+m.Visible+".short")
		}
		if !m.Corrected.IsZero() {
			l.Corrected = lang.When(v.Ctx(), m.Corrected, v.Now)
		}
		if m.Author == v.Actor.ID && v.Actor.Kind == access.Staff {
			l.Fix = v.URL("contact.fix", "person", f.ID(), "moment", m.ID)
		}
		title := topic
		if m.Desk != "" {
			title = lang.T(v.Ctx(), "contact.moment.desk", "topic", topic)
		}
		out = append(out, dossier.Moment{ID: m.ID, At: m.At, Group: "talk", Kind: "talk", Icon: "chat-circle-text", Title: title,
			By: lang.T(v.Ctx(), "contact.moment.by", "name", names[m.Author].Name), Body: partMoment(l), Author: m.Author, Words: []string{l.Note, l.Did}})
	}
	return out, nil
}

// Authors are who wrote the contacts that whoever opened the file may read.
func (c *Contact) Authors(v *web.Visit, f dossier.File) ([]string, error) {
	w, err := c.readable(v.Ctx(), f)
	if err != nil {
		return nil, err
	}
	return db.Many[string](v.Ctx(), c.db, db.F(`SELECT DISTINCT author FROM contact_moment WHERE person = ? AND (`, f.ID()).With(w).Then(`)`))
}

// linePart is what stands under the title of one contact in the timeline.
type linePart struct {
	Topic, Note, Did    string
	Who, Corrected, Fix string
	Signal              string // the form of a signal; empty when there is none
}

// signalURL is the way from a talk to a signal: what it was about and the month go along, and nothing that was said.
func (c *Contact) signalURL(v *web.Visit, f dossier.File, topic string, at time.Time) (string, error) {
	d := clock.DateOf(at.In(clock.Netherlands))
	return c.files.SignalURL(v, f, dossier.Signal{From: "contact", Theme: topic, Month: clock.On(d.Year, d.Month, 1)})
}
