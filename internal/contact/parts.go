package contact

// This file is what the contacts lend to Vandaag.

import (
	"context"
	"time"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
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

// Jobs is the work that runs by itself.
func (c *Contact) Jobs() []web.Job {
	return []web.Job{{Name: "contact.sweep", Every: 24 * time.Hour, Run: func(ctx context.Context, now time.Time) error { return c.sweep(ctx, now) }}}
}

func (c *Contact) todayAppointments(v *web.Visit) (ui.Part, error) {
	if !v.Actor.Has(access.Case, access.Legal) {
		return ui.Part{}, nil
	}
	from, to := dayOf(v.Now)
	as, err := c.agendaOf(v.Ctx(), v.Actor, v.Now, from, to)
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

// pressingMost is how many promises stand on Vandaag.
const pressingMost = 6

func (c *Contact) todayPromises(v *web.Visit) (ui.Part, error) {
	if !v.Actor.Has(atDesk...) {
		return ui.Part{}, nil
	}
	owners, err := c.owners(v.Ctx(), v.Actor, v.Now)
	if err != nil {
		return ui.Part{}, err
	}
	from, _ := dayOf(v.Now)
	open, done, err := c.owed(v.Ctx(), owners, from, pressingMost)
	if err != nil || len(open)+len(done) == 0 {
		return ui.Part{}, err
	}
	rows, err := c.promiseRows(v, Pressing(append(open, done...), v.Now, pressingMost))
	if err != nil {
		return ui.Part{}, err
	}
	n, err := c.owing(v.Ctx(), owners, clock.Today(v.Now))
	if err != nil {
		return ui.Part{}, err
	}
	p := ui.Part{Body: partPromises(rows, n.Open), Count: n.Open}
	if n.Due > 0 {
		p.Say = lang.T(v.Ctx(), "contact.say.promises", "n", n.Due, "word", lang.Words(v.Ctx(), n.Due))
	}
	return p, nil
}

type deskPart struct {
	Name    string // of the location; empty while not on duty
	Waiting int
	Minutes int // since when the first waits; -1: nobody
	Staff   string
}

// todayDesk is for whom the walk-in hour is work: who sits at a desk now, or who volunteers at one.
func (c *Contact) todayDesk(v *web.Visit) (ui.Part, error) {
	ctx := v.Ctx()
	if !v.Actor.Has(atDesk...) {
		return ui.Part{}, nil
	}
	d := deskPart{Minutes: -1}
	on, err := c.onDuty(v)
	if fault.Is(err, fault.NotFound) {
		if !v.Actor.Has(access.Desk) {
			return ui.Part{}, nil
		}
		return ui.Part{Body: partDesk(d)}, nil // the card offers to begin
	}
	if err != nil {
		return ui.Part{}, err
	}
	at, err := c.org.Where(ctx, access.Scope{Kind: access.Location, ID: on.Location})
	if err != nil {
		return ui.Part{}, err
	}
	d.Name = at.Name
	vs, err := c.visits(ctx, c.db, on.Desk, v.Now)
	if err != nil {
		return ui.Part{}, err
	}
	q := Queue(vs)
	d.Waiting = len(q)
	if len(q) > 0 {
		d.Minutes = int(v.Now.Sub(q[0].Came).Minutes())
	}
	if d.Staff, err = c.others(v, on.Desk); err != nil {
		return ui.Part{}, err
	}
	p := ui.Part{Body: partDesk(d), Count: d.Waiting}
	if d.Waiting > 0 {
		p.Say = lang.T(ctx, "contact.say.waiting", "n", d.Waiting, "word", lang.Words(ctx, d.Waiting))
	}
	return p, nil
}

type draftRow struct {
	About, Name, Href, When string
	Gone                    bool
}

func (c *Contact) todayDrafts(v *web.Visit) (ui.Part, error) {
	if !v.Actor.Has(atDesk...) {
		return ui.Part{}, nil
	}
	ds, err := c.drafts(v.Ctx(), v.Actor, v.Now)
	if err != nil || len(ds) == 0 {
		return ui.Part{}, err
	}
	var ids []string
	for _, d := range ds {
		if d.Person != "" {
			ids = append(ids, d.Person)
		}
	}
	cards, err := c.named(v, access.Note, ids)
	if err != nil {
		return ui.Part{}, err
	}
	var rows []draftRow
	for _, d := range ds {
		r := draftRow{About: d.About, Name: calledOr(v.Ctx(), cards[d.Person].Called), When: lang.When(v.Ctx(), d.At, v.Now), Gone: !d.Gone.IsZero()}
		switch {
		case d.Person == "":
			r.Href = v.URL("contact.guest", "visit", d.About)
		case d.About != d.Person:
			r.Href = v.URL("contact.fix", "person", d.Person, "moment", d.About)
		default:
			r.Href = v.URL("contact.record", "person", d.Person)
		}
		rows = append(rows, r)
	}
	return ui.Part{Body: partDrafts(rows), Count: len(rows)}, nil
}

// Waiting is how many people wait at the desk where a colleague is on duty, for the number beside the menu.
func (c *Contact) Waiting(ctx context.Context, a access.Actor, now time.Time) (int, error) {
	desk := deskOf(a)
	if desk == "" {
		return 0, nil
	}
	from, _ := dayOf(now)
	return db.One[int](ctx, c.db, db.F(`SELECT COUNT(*) FROM contact_visit WHERE desk = ? AND came >= ? AND taken IS NULL AND done IS NULL AND gone IS NULL`, desk, from))
}
