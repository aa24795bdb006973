package contact

// This file holds the SQL of the desk: duty, visits, and the presence that opens a file.

import (
	"context"
	"slices"
	"time"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/audit"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/privacy"
	"reisgezel/internal/organisation"
)

// Place is a desk where a colleague may be on duty.
type Place struct {
	Desk, DeskName, Location, Name, Team string
}

// places are the desks that a colleague's posts reach.
func (c *Contact) places(ctx context.Context, a access.Actor) ([]Place, error) {
	var out []Place
	add := func(l organisation.Location) error {
		ds, err := c.org.Desks(ctx, l.ID)
		for _, d := range ds {
			p := Place{Desk: d.ID, DeskName: d.Name, Location: l.ID, Name: l.Name, Team: l.Team}
			if !slices.ContainsFunc(out, func(x Place) bool { return x.Desk == p.Desk }) {
				out = append(out, p)
			}
		}
		return err
	}
	for _, p := range a.Posts {
		if !slices.Contains(atDesk, p.Role) {
			continue
		}
		switch p.Scope.Kind {
		case access.AtDesk:
			d, err := c.org.Desk(ctx, p.Scope.ID)
			if err != nil {
				return nil, err
			}
			l, err := c.org.Location(ctx, d.Location)
			if err != nil {
				return nil, err
			}
			if !slices.ContainsFunc(out, func(x Place) bool { return x.Desk == d.ID }) {
				out = append(out, Place{Desk: d.ID, DeskName: d.Name, Location: l.ID, Name: l.Name, Team: l.Team})
			}
		case access.Location:
			l, err := c.org.Location(ctx, p.Scope.ID)
			if err != nil {
				return nil, err
			}
			if err := add(l); err != nil {
				return nil, err
			}
		case access.Team:
			ls, err := c.org.LocationsOf(ctx, p.Scope.ID)
			if err != nil {
				return nil, err
			}
			for _, l := range ls {
				if err := add(l); err != nil {
					return nil, err
				}
			}
		}
	}
	return out, nil
}

// Duty is a colleague at a desk.
type Duty struct {
	ID, Colleague, Desk, Location, Team string
	Since, Until                        time.Time
}

// reaches says whether a post of today still covers a duty that began earlier.
func reaches(a access.Actor, d Duty) bool {
	return slices.ContainsFunc(a.Posts, func(p access.Post) bool {
		return slices.Contains(atDesk, p.Role) && (p.Scope == access.Scope{Kind: access.AtDesk, ID: d.Desk} ||
			p.Scope == access.Scope{Kind: access.Location, ID: d.Location} || p.Scope == access.Scope{Kind: access.Team, ID: d.Team})
	})
}

// Duty is where the colleague is on duty now; none is fault.NotFound.
func (c *Contact) Duty(ctx context.Context, q db.Q, a access.Actor, now time.Time) (Duty, error) {
	d, err := db.One[Duty](ctx, q, db.F(`SELECT id, colleague, desk, location, team, since, until FROM contact_duty WHERE colleague = ? AND ended IS NULL AND since <= ? AND until > ? ORDER BY since DESC LIMIT 1`, a.ID, now, now))
	if err == nil && !reaches(a, d) {
		err = fault.Gone()
	}
	return d, err
}

// Holders are the keys under which somebody on duty holds grants: the desk they sit at.
func (c *Contact) Holders(ctx context.Context, q db.Q, a access.Actor, now time.Time) ([]string, error) {
	if !a.Has(atDesk...) {
		return nil, nil
	}
	d, err := c.Duty(ctx, q, a, now)
	if fault.Is(err, fault.NotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return []string{"desk:" + d.Desk}, nil
}

// begin puts a colleague on duty at a desk; the duty elsewhere ends.
func (c *Contact) begin(ctx context.Context, tx *db.Tx, a access.Actor, p Place) error {
	if err := c.stop(ctx, tx, a); err != nil {
		return err
	}
	if _, err := db.Do(ctx, tx, db.F(`INSERT INTO contact_duty (id, colleague, desk, location, team, since, until) VALUES (?,?,?,?,?,?,?)`,
		db.ID("y", tx.Now), a.ID, p.Desk, p.Location, p.Team, tx.Now, tx.Now.Add(DutyMost))); err != nil {
		return err
	}
	return audit.Append(ctx, tx, audit.Entry{Event: "contact.event.duty", Actor: a.ID, ActorKind: string(a.Kind), Place: p.Desk, Session: a.Session})
}

func (c *Contact) stop(ctx context.Context, tx *db.Tx, a access.Actor) error {
	_, err := db.Do(ctx, tx, db.F(`UPDATE contact_duty SET ended = ? WHERE colleague = ? AND ended IS NULL`, tx.Now, a.ID))
	return err
}

// staffed are the colleagues on duty at a desk.
func (c *Contact) staffed(ctx context.Context, desk string, now time.Time) ([]string, error) {
	return db.Many[string](ctx, c.db, db.F(`SELECT DISTINCT colleague FROM contact_duty WHERE desk = ? AND ended IS NULL AND until > ? ORDER BY colleague`, desk, now))
}

const visitColumns = `id, desk, person, body, how, came, taken_by, taken, done, gone`

// visits are those of the last day at a desk.
func (c *Contact) visits(ctx context.Context, desk string, now time.Time) ([]Visit, error) {
	return db.Many[Visit](ctx, c.db, db.F(`SELECT `+visitColumns+` FROM contact_visit WHERE desk = ? AND came > ? ORDER BY came, id`, desk, clock.Today(now).In(clock.Netherlands).Add(-time.Second)))
}

func (c *Contact) visit(ctx context.Context, q db.Q, desk, id string) (Visit, error) {
	return db.One[Visit](ctx, q, db.F(`SELECT `+visitColumns+` FROM contact_visit WHERE id = ? AND desk = ?`, id, desk))
}

// failed counts the check-ins that failed at a desk in the last hour.
func (c *Contact) failed(ctx context.Context, desk string, now time.Time) (int, error) {
	return db.One[int](ctx, c.db, db.F(`SELECT COUNT(*) FROM contact_try WHERE desk = ? AND at > ?`, desk, now.Add(-time.Hour)))
}

// miss notes a check-in that failed.
func (c *Contact) miss(ctx context.Context, a access.Actor, d Duty, how string) error {
	return c.db.Tx(ctx, func(tx *db.Tx) error {
		if _, err := db.Do(ctx, tx, db.F(`INSERT INTO contact_try (id, desk, at) VALUES (?,?,?)`, db.ID("t", tx.Now), d.Desk, tx.Now)); err != nil {
			return err
		}
		return audit.Append(ctx, tx, audit.Entry{Event: "contact.event.checkin-failed", Actor: a.ID, ActorKind: string(a.Kind), Role: string(access.Desk), Place: d.Desk, Object: how, Session: a.Session})
	})
}

// arrive writes a visit. For a person it opens their file to this desk, for the window and no longer.
func (c *Contact) arrive(ctx context.Context, tx *db.Tx, a access.Actor, d Duty, person, how string, g Guest) error {
	if person != "" {
		n, err := db.One[int](ctx, tx, db.F(`SELECT COUNT(*) FROM contact_visit WHERE person = ? AND desk = ? AND done IS NULL AND gone IS NULL AND came > ?`, person, d.Desk, tx.Now.Add(-Window)))
		if err != nil {
			return err
		}
		if n > 0 {
			return nil // already in the queue: checking in twice changes nothing
		}
	}
	id := db.ID("v", tx.Now)
	var body []byte
	if person == "" {
		var err error
		if body, err = privacy.SealJSON(c.guestKey(), guestPlace(id), g); err != nil {
			return err
		}
	}
	if _, err := db.Do(ctx, tx, db.F(`INSERT INTO contact_visit (id, desk, person, body, how, came, taken_by) VALUES (?,?,?,?,?,?,'')`, id, d.Desk, person, body, how, tx.Now)); err != nil {
		return err
	}
	if person == "" {
		return audit.Append(ctx, tx, audit.Entry{Event: "contact.event.checkin", Actor: a.ID, ActorKind: string(a.Kind), Place: d.Desk, Object: how, Session: a.Session})
	}
	return c.open(ctx, tx, a, d, person, "contact.event.checkin", how)
}

// open gives the desk its window on a file, in place of an earlier one.
func (c *Contact) open(ctx context.Context, tx *db.Tx, a access.Actor, d Duty, person, event, object string) error {
	if err := access.EndHeld(ctx, tx, person, "desk:"+d.Desk, access.Presence); err != nil {
		return err
	}
	g := access.Grant{Subject: person, Holder: "desk:" + d.Desk, Why: access.Presence, Level: access.DeskLevel, GivenBy: a.ID, Place: d.Desk, Until: tx.Now.Add(Window)}
	id, err := access.Give(ctx, tx, g)
	if err != nil {
		return err
	}
	return audit.Append(ctx, tx, audit.Entry{Event: event, Subject: person, Actor: a.ID, ActorKind: string(a.Kind), Role: string(access.Desk), Place: d.Desk, Why: string(access.Presence), Grant: id, Object: object, Session: a.Session})
}

// take lets a helper take a visitor. The person sits in front of them now, so the window counts anew from here, and the
// helper may finish the note for a quarter of an hour after it.
func (c *Contact) take(ctx context.Context, tx *db.Tx, a access.Actor, d Duty, v Visit) error {
	n, err := db.Do(ctx, tx, db.F(`UPDATE contact_visit SET taken = ?, taken_by = ? WHERE id = ? AND taken IS NULL AND done IS NULL AND gone IS NULL`, tx.Now, a.ID, v.ID))
	if err != nil {
		return err
	}
	if n == 0 {
		return fault.New(fault.Conflict, "contact.error.taken")
	}
	if v.Person == "" {
		return nil
	}
	if err := c.open(ctx, tx, a, d, v.Person, "contact.event.taken", v.ID); err != nil {
		return err
	}
	return c.mayFinish(ctx, tx, a, v.Person, d.Desk, tx.Now.Add(Window+Finish))
}

// mayFinish lets the writer finish a note, and see nothing else, until then.
func (c *Contact) mayFinish(ctx context.Context, tx *db.Tx, a access.Actor, person, desk string, until time.Time) error {
	if err := access.EndHeld(ctx, tx, person, "user:"+a.ID, access.Presence); err != nil {
		return err
	}
	_, err := access.Give(ctx, tx, access.Grant{Subject: person, Holder: "user:" + a.ID, Why: access.Presence, Level: access.Note, GivenBy: a.ID, Place: desk, Until: until})
	return err
}

// close ends a visit: the file closes for the desk at once, and the writer keeps the quarter of an hour.
func (c *Contact) close(ctx context.Context, tx *db.Tx, a access.Actor, v Visit) error {
	if _, err := db.Do(ctx, tx, db.F(`UPDATE contact_visit SET done = ? WHERE id = ?`, tx.Now, v.ID)); err != nil {
		return err
	}
	if v.Person == "" {
		return nil
	}
	if err := access.EndHeld(ctx, tx, v.Person, "desk:"+v.Desk, access.Presence); err != nil {
		return err
	}
	if err := c.mayFinish(ctx, tx, a, v.Person, v.Desk, tx.Now.Add(Finish)); err != nil {
		return err
	}
	return audit.Append(ctx, tx, audit.Entry{Event: "contact.event.closed", Subject: v.Person, Actor: a.ID, ActorKind: string(a.Kind), Role: string(access.Desk), Place: v.Desk, Why: string(access.Presence), Object: v.ID, Session: a.Session})
}

// leave notes that somebody went away, or that this was a mistake; undo puts them back where they stood.
func (c *Contact) leave(ctx context.Context, tx *db.Tx, a access.Actor, d Duty, v Visit, undo bool) error {
	if undo {
		if v.Gone.IsZero() || tx.Now.Sub(v.Gone) > time.Hour {
			return fault.New(fault.Conflict, "contact.error.undo")
		}
		if _, err := db.Do(ctx, tx, db.F(`UPDATE contact_visit SET gone = NULL WHERE id = ?`, v.ID)); err != nil {
			return err
		}
		if v.Person == "" {
			return nil
		}
		return c.open(ctx, tx, a, d, v.Person, "contact.event.checkin", v.How)
	}
	if _, err := db.Do(ctx, tx, db.F(`UPDATE contact_visit SET gone = ? WHERE id = ? AND done IS NULL AND gone IS NULL`, tx.Now, v.ID)); err != nil {
		return err
	}
	if v.Person == "" {
		return nil
	}
	if err := access.EndHeld(ctx, tx, v.Person, "desk:"+v.Desk, access.Presence); err != nil {
		return err
	}
	return audit.Append(ctx, tx, audit.Entry{Event: "contact.event.left", Subject: v.Person, Actor: a.ID, ActorKind: string(a.Kind), Place: v.Desk, Object: v.ID, Session: a.Session})
}

// table is the visit that this colleague has at the table about a person; none is the zero Visit.
func (c *Contact) table(ctx context.Context, colleague, person string, now time.Time) (Visit, error) {
	v, err := db.One[Visit](ctx, c.db, db.F(`SELECT `+visitColumns+` FROM contact_visit WHERE person = ? AND taken_by = ? AND taken IS NOT NULL AND done IS NULL AND gone IS NULL AND taken > ? ORDER BY taken DESC LIMIT 1`,
		person, colleague, now.Add(-Window-Finish)))
	if fault.Is(err, fault.NotFound) {
		return Visit{}, nil
	}
	return v, err
}

// today counts what was recorded at a desk today, from the counts kept beside the notes.
func (c *Contact) today(ctx context.Context, desk string, now time.Time) (int, error) {
	return db.One[int](ctx, c.db, db.F(`SELECT CAST(COALESCE(SUM(n), 0) AS BIGINT) FROM contact_count WHERE desk = ? AND day = ?`, desk, clock.Today(now)))
}

// Waiter is one line of the queue.
type Waiter struct {
	Visit
	Called, Language string
	Hidden           bool // the window of a waiting person is over: their name is no longer open
}

// waiters fills in names and languages. People whose window is over are shown without a name.
func (c *Contact) waiters(ctx context.Context, a access.Actor, now time.Time, vs []Visit) ([]Waiter, error) {
	var ids []string
	for _, v := range vs {
		ids = append(ids, v.Person)
	}
	cards, err := c.visible(ctx, a, now, ids)
	if err != nil {
		return nil, err
	}
	out := make([]Waiter, 0, len(vs))
	for _, v := range vs {
		w := Waiter{Visit: v}
		if v.Person == "" {
			var g Guest
			if err := privacy.OpenJSON(c.guestKey(), guestPlace(v.ID), v.Body, &g); err != nil {
				return nil, err
			}
			w.Called, w.Language = g.Called, g.Language
		} else if card, ok := cards[v.Person]; ok {
			w.Called, w.Language = card.Called, card.Language
		} else {
			w.Hidden = true
		}
		out = append(out, w)
	}
	return out, nil
}

// appointments of a location on a day, for checking in and for the agenda.
func (c *Contact) appointmentsAt(ctx context.Context, location string, from, to time.Time) ([]Appointment, error) {
	return db.Many[Appointment](ctx, c.db, db.F(`SELECT `+appointmentColumns+` FROM contact_appointment WHERE location = ? AND at >= ? AND at < ? AND cancelled IS NULL ORDER BY at, id`, location, from, to))
}

// appointmentHere is one appointment of a location.
func (c *Contact) appointmentHere(ctx context.Context, location, id string) (Appointment, error) {
	return db.One[Appointment](ctx, c.db, db.F(`SELECT `+appointmentColumns+` FROM contact_appointment WHERE id = ? AND location = ? AND cancelled IS NULL`, id, location))
}

const appointmentColumns = `id, person, colleague, location, at, minutes, body, cancelled, made_by`

func (c *Contact) agendaOf(ctx context.Context, colleague string, from, to time.Time) ([]Appointment, error) {
	as, err := db.Many[Appointment](ctx, c.db, db.F(`SELECT `+appointmentColumns+` FROM contact_appointment WHERE colleague = ? AND at >= ? AND at < ? ORDER BY at, id`, colleague, from, to))
	if err != nil {
		return nil, err
	}
	return c.openMeetings(ctx, as)
}

func (c *Contact) openMeetings(ctx context.Context, as []Appointment) ([]Appointment, error) {
	out := as[:0]
	for _, a := range as {
		k, err := c.vault.Key(ctx, a.Person)
		if fault.Is(err, fault.NotFound) {
			continue
		}
		if err == nil {
			err = privacy.OpenJSON(k, meetingPlace(a.ID), a.Body, &a.Meeting)
		}
		if err != nil {
			return nil, err
		}
		out = append(out, a)
	}
	return out, nil
}

// coming are the appointments of a person from a moment on.
func (c *Contact) coming(ctx context.Context, f dossier.File, from time.Time, n int) ([]Appointment, error) {
	as, err := db.Many[Appointment](ctx, c.db, db.F(`SELECT `+appointmentColumns+` FROM contact_appointment WHERE person = ? AND at >= ? AND cancelled IS NULL ORDER BY at, id LIMIT ?`, f.ID(), from, n))
	if err != nil {
		return nil, err
	}
	return c.openMeetings(ctx, as)
}

// plan writes an appointment.
func (c *Contact) plan(ctx context.Context, tx *db.Tx, f dossier.File, a Appointment) error {
	a.ID = db.ID("a", tx.Now)
	body, err := privacy.SealJSON(f.Key(), meetingPlace(a.ID), a.Meeting)
	if err != nil {
		return err
	}
	if _, err := db.Do(ctx, tx, db.F(`INSERT INTO contact_appointment (id, person, colleague, location, at, minutes, body, made_by) VALUES (?,?,?,?,?,?,?,?)`,
		a.ID, f.ID(), a.Colleague, a.Location, a.At, a.Minutes, body, f.Who().ID)); err != nil {
		return err
	}
	return f.Log(ctx, tx, "contact.event.appointment", a.ID)
}

// cancel cancels an appointment of this file, or puts it back.
func (c *Contact) cancel(ctx context.Context, tx *db.Tx, f dossier.File, id string, undo bool) error {
	a, err := db.One[Appointment](ctx, tx, db.F(`SELECT `+appointmentColumns+` FROM contact_appointment WHERE id = ? AND person = ?`, id, f.ID()))
	if err != nil {
		return err
	}
	var when any = tx.Now
	event := "contact.event.cancelled"
	if undo {
		if a.Cancelled.IsZero() || tx.Now.After(a.Cancelled.AddDate(0, 0, UndoDays)) {
			return fault.New(fault.Conflict, "contact.error.undo")
		}
		when, event = nil, "contact.event.appointment"
	}
	if _, err := db.Do(ctx, tx, db.F(`UPDATE contact_appointment SET cancelled = ? WHERE id = ?`, when, id)); err != nil {
		return err
	}
	return f.Log(ctx, tx, event, id)
}
