package contact

// This file is what the contacts lend: panels for Vandaag, for a file and for the refugee's own page, and the timeline.

import (
	"context"
	"strings"
	"time"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/privacy"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
)

// Panels are for Vandaag.
func (c *Contact) Panels() []ui.Panel {
	return []ui.Panel{
		{Place: "today", Order: 20, Show: c.todayAppointments},
		{Place: "today", Order: 30, Show: c.todayPromises},
		{Place: "today.aside", Order: 10, Show: c.todayDesk},
		{Place: "today.aside", Order: 20, Show: c.todayDrafts},
	}
}

func (c *Contact) todayAppointments(v *web.Visit) (ui.Part, error) {
	if !v.Actor.Has(access.Case, access.Legal) {
		return ui.Part{}, nil
	}
	day := clock.Today(v.Now)
	as, err := c.agendaOf(v.Ctx(), v.Actor.ID, day.In(clock.Netherlands), day.AddDays(1).In(clock.Netherlands))
	if err != nil {
		return ui.Part{}, err
	}
	rows, err := c.meetingRows(v, as)
	if err != nil {
		return ui.Part{}, err
	}
	n := 0
	for _, a := range as {
		if a.Cancelled.IsZero() {
			n++
		}
	}
	p := ui.Part{Body: partAppointments(rows), Count: n}
	if n > 0 {
		p.Say = lang.T(v.Ctx(), "contact.say.appointments", "n", n, "word", lang.Words(v.Ctx(), n))
	}
	return p, nil
}

func (c *Contact) todayPromises(v *web.Visit) (ui.Part, error) {
	if !v.Actor.Has(atDesk...) {
		return ui.Part{}, nil
	}
	ps, err := c.owed(v.Ctx(), v.Actor.ID, v.Now.Add(-12*time.Hour), 100)
	if err != nil || len(ps) == 0 {
		return ui.Part{}, err
	}
	today, n, open := clock.Today(v.Now), 0, 0
	var show []Promise
	for _, p := range ps {
		if p.DoneAt.IsZero() {
			open++
			if !p.Due.After(today) {
				n++
			}
		}
		if len(show) < 6 && (!p.DoneAt.IsZero() || !p.Due.After(today.AddDays(7))) {
			show = append(show, p)
		}
	}
	rows, err := c.promiseRows(v, show)
	if err != nil || len(rows) == 0 {
		return ui.Part{}, err
	}
	p := ui.Part{Body: partPromises(rows, open), Count: open}
	if n > 0 {
		p.Say = lang.T(v.Ctx(), "contact.say.promises", "n", n, "word", lang.Words(v.Ctx(), n))
	}
	return p, nil
}

type deskPart struct {
	Name    string
	On      bool
	Waiting int
	Minutes int // since when the first waits; -1: nobody
	Staff   string
}

func (c *Contact) todayDesk(v *web.Visit) (ui.Part, error) {
	ctx := v.Ctx()
	if !v.Actor.Has(atDesk...) {
		return ui.Part{}, nil
	}
	places, err := c.places(ctx, v.Actor)
	if err != nil || len(places) == 0 {
		return ui.Part{}, err
	}
	d := deskPart{Name: places[0].Name, Minutes: -1}
	on, err := c.Duty(ctx, c.db, v.Actor, v.Now)
	if err != nil {
		return ui.Part{Body: partDesk(d)}, nil // not on duty: the card offers to begin
	}
	for _, p := range places {
		if p.Desk == on.Desk {
			d.Name = p.Name
		}
	}
	d.On = true
	vs, err := c.visits(ctx, on.Desk, v.Now)
	if err != nil {
		return ui.Part{}, err
	}
	q := Queue(vs)
	d.Waiting = len(q)
	if len(q) > 0 {
		d.Minutes = int(v.Now.Sub(q[0].Came).Minutes())
	}
	who, err := c.staffed(ctx, on.Desk, v.Now)
	if err != nil {
		return ui.Part{}, err
	}
	names, err := c.org.Colleagues(ctx, who)
	if err != nil {
		return ui.Part{}, err
	}
	var called []string
	for _, id := range who {
		if id != v.Actor.ID {
			called = append(called, names[id].Called)
		}
	}
	if len(called) > 0 {
		d.Staff = lang.T(ctx, "contact.today.staff", "n", len(called), "names", lang.Join(ctx, called))
	}
	p := ui.Part{Body: partDesk(d), Count: d.Waiting}
	if d.Waiting > 0 {
		p.Say = lang.T(ctx, "contact.say.waiting", "n", d.Waiting, "word", lang.Words(ctx, d.Waiting))
	}
	return p, nil
}

type draftRow struct{ Person, Name, When string }

func (c *Contact) todayDrafts(v *web.Visit) (ui.Part, error) {
	ds, err := c.drafts(v.Ctx(), v.Actor, v.Now)
	if err != nil || len(ds) == 0 {
		return ui.Part{}, err
	}
	var ids []string
	for _, d := range ds {
		ids = append(ids, d.Person)
	}
	names, err := c.files.Names(v.Ctx(), ids)
	if err != nil {
		return ui.Part{}, err
	}
	var rows []draftRow
	for _, d := range ds {
		rows = append(rows, draftRow{d.Person, names[d.Person], lang.When(v.Ctx(), d.At, v.Now)})
	}
	return ui.Part{Body: partDrafts(rows)}, nil
}

// FilePanels are for a file and for the refugee's own pages.
func (c *Contact) FilePanels() []dossier.Panel {
	return []dossier.Panel{
		{Place: "overview", Order: 20, Show: func(v *web.Visit, f dossier.File) (ui.Part, error) {
			ps, err := c.promised(v.Ctx(), f, 6)
			if err != nil || len(ps) == 0 {
				return ui.Part{}, err
			}
			return ui.Part{Body: partPromised(ps)}, nil
		}},
		{Place: "home", Order: 10, Show: func(v *web.Visit, f dossier.File) (ui.Part, error) {
			hs, err := c.heroes(v, f, 1)
			if err != nil || len(hs) == 0 {
				return ui.Part{}, err
			}
			return ui.Part{Body: partHero(hs[0])}, nil
		}},
		{Place: "appointments", Order: 10, Show: func(v *web.Visit, f dossier.File) (ui.Part, error) {
			hs, err := c.heroes(v, f, 20)
			return ui.Part{Body: partComing(hs)}, err
		}},
	}
}

type heroPart struct {
	Day                            clock.Date
	Hour, With, Where, Interpreter string
}

func (c *Contact) heroes(v *web.Visit, f dossier.File, n int) ([]heroPart, error) {
	as, err := c.coming(v.Ctx(), f, v.Now.Add(-30*time.Minute), n)
	if err != nil || len(as) == 0 {
		return nil, err
	}
	var ids []string
	for _, a := range as {
		ids = append(ids, a.Colleague)
	}
	names, err := c.org.Colleagues(v.Ctx(), ids)
	if err != nil {
		return nil, err
	}
	var out []heroPart
	for _, a := range as {
		h := heroPart{Day: clock.DateOf(a.At.In(clock.Netherlands)), Hour: lang.Time(v.Ctx(), a.At), With: names[a.Colleague].Called}
		if a.Meeting.Interpreter != "" {
			h.Interpreter = lang.T(v.Ctx(), "contact.portal.interpreter."+a.Meeting.Interpreter)
		}
		if l, err := c.org.Location(v.Ctx(), a.Location); err == nil {
			h.Where = l.Street + ", " + l.Town
		}
		out = append(out, h)
	}
	return out, nil
}

// Source gives the contacts for the timeline.
func (c *Contact) Source(v *web.Visit, f dossier.File, before time.Time, n int) ([]dossier.Moment, error) {
	ms, err := c.moments(v.Ctx(), f, before, n)
	if err != nil {
		return nil, err
	}
	var ids []string
	seen := map[string]bool{}
	for _, m := range ms {
		if !seen[m.Author] {
			seen[m.Author] = true
			ids = append(ids, m.Author)
		}
	}
	names, err := c.org.Colleagues(v.Ctx(), ids)
	if err != nil {
		return nil, err
	}
	out := make([]dossier.Moment, 0, len(ms))
	for _, m := range ms {
		title := lang.T(v.Ctx(), "contact.topic."+m.What.Topic)
		if m.Desk != "" {
			title = lang.T(v.Ctx(), "contact.moment.desk", "topic", title)
		}
		who := ""
		if m.Visible != "client" {
			who = lang.T(v.Ctx(), "contact.visible."+m.Visible+".short")
		}
		out = append(out, dossier.Moment{ID: m.ID, At: m.At, Group: "talk", Kind: "talk", Icon: "chat-circle-text", Title: title,
			By: lang.T(v.Ctx(), "contact.moment.by", "name", names[m.Author].Name), Body: partMoment(m.What, who)})
	}
	return out, nil
}

// Keeper exports and erases what stands here of a person.
func (c *Contact) Keeper() privacy.Keeper {
	return privacy.Keeper{Name: "contact", Retention: "contact.retention",
		Tables: []string{"contact_moment", "contact_moment_version", "contact_promise", "contact_appointment", "contact_draft", "contact_visit"},
		Export: func(ctx context.Context, q db.Q, vault *privacy.Vault, subject string) (any, error) {
			k, err := vault.Key(ctx, subject)
			if err != nil {
				return nil, err
			}
			ms, err := db.Many[Moment](ctx, q, db.F(`SELECT `+momentColumns+` FROM contact_moment WHERE person = ? ORDER BY at`, subject))
			if err != nil {
				return nil, err
			}
			for i := range ms {
				if err := privacy.OpenJSON(k, momentPlace(ms[i].ID), ms[i].Body, &ms[i].What); err != nil {
					return nil, err
				}
				ms[i].Body = nil
			}
			ps, err := db.Many[Promise](ctx, q, db.F(`SELECT `+promiseColumns+` FROM contact_promise WHERE person = ? ORDER BY made_at`, subject))
			if err != nil {
				return nil, err
			}
			for i := range ps {
				b, err := k.Open(promisePlace(ps[i].ID), ps[i].Body)
				if err != nil {
					return nil, err
				}
				ps[i].Text, ps[i].Body = string(b), nil
			}
			as, err := db.Many[Appointment](ctx, q, db.F(`SELECT `+appointmentColumns+` FROM contact_appointment WHERE person = ? ORDER BY at`, subject))
			if err != nil {
				return nil, err
			}
			for i := range as {
				if err := privacy.OpenJSON(k, meetingPlace(as[i].ID), as[i].Body, &as[i].Meeting); err != nil {
					return nil, err
				}
				as[i].Body = nil
			}
			return map[string]any{"contacts": ms, "promises": ps, "appointments": as}, nil
		},
		Erase: func(ctx context.Context, tx *db.Tx, subject string) error {
			for _, f := range []db.Frag{db.F(`DELETE FROM contact_moment_version WHERE person = ?`, subject), db.F(`DELETE FROM contact_moment WHERE person = ?`, subject),
				db.F(`DELETE FROM contact_promise WHERE person = ?`, subject), db.F(`DELETE FROM contact_appointment WHERE person = ?`, subject),
				db.F(`DELETE FROM contact_draft WHERE person = ?`, subject), db.F(`DELETE FROM contact_visit WHERE person = ?`, subject)} {
				if _, err := db.Do(ctx, tx, f); err != nil {
					return err
				}
			}
			return nil
		}}
}

func momentLine(ctx context.Context, b Body) string {
	var parts []string
	for _, d := range b.Done {
		parts = append(parts, lang.T(ctx, "contact.done."+d))
	}
	if b.Minutes > 0 {
		parts = append(parts, lang.T(ctx, "contact.minutes", "n", b.Minutes))
	}
	if b.Interpreter {
		parts = append(parts, lang.T(ctx, "contact.record.interpreter"))
	}
	return strings.Join(parts, " · ")
}
