package contact

// This file holds the SQL of visits, and the presence that opens one file to one desk for a while.

import (
	"context"
	"time"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/audit"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/privacy"
)

const visitColumns = `id, desk, location, person, body, how, appointment, came, until, taken_by, taken, done, gone, moment`

// visits are those of today at a desk.
func (c *Contact) visits(ctx context.Context, q db.Q, desk string, now time.Time) ([]Visit, error) {
	from, _ := dayOf(now)
	return db.Many[Visit](ctx, q, db.F(`SELECT `+visitColumns+` FROM contact_visit WHERE desk = ? AND came >= ? ORDER BY came, id`, desk, from))
}

// visit is one of today's at a desk. One of an earlier day opens nothing any more, whatever became of it: who has kept its
// address would otherwise open the file of somebody who is not there.
func (c *Contact) visit(ctx context.Context, q db.Q, desk, id string, now time.Time) (Visit, error) {
	from, _ := dayOf(now)
	return db.One[Visit](ctx, q, db.F(`SELECT `+visitColumns+` FROM contact_visit WHERE id = ? AND desk = ? AND came >= ?`, id, desk, from))
}

// attempt writes an attempt to check somebody in, before anything is looked up, and only then counts: of many at once each
// counts all that were written before it, so they cannot all pass. One that must wait is taken back, or waiting would never
// end. It tells its id, with which a hit is marked.
func (c *Contact) attempt(ctx context.Context, a access.Actor, d Duty) (string, error) {
	var id string
	var hour time.Time
	if err := c.db.Tx(ctx, func(tx *db.Tx) error {
		id, hour = db.ID("t", tx.Now), tx.Now.Add(-time.Hour)
		_, err := db.Do(ctx, tx, db.F(`INSERT INTO contact_try (id, colleague, desk, at, hit) VALUES (?,?,?,?,FALSE)`, id, a.ID, d.Desk, tx.Now))
		return err
	}); err != nil {
		return "", err
	}
	t, err := db.One[Tries](ctx, c.db, db.F(`SELECT CAST(COALESCE(SUM(CASE WHEN hit = FALSE AND desk = ? THEN 1 ELSE 0 END), 0) AS BIGINT) AS at_desk,
		CAST(COALESCE(SUM(CASE WHEN hit = FALSE AND colleague = ? THEN 1 ELSE 0 END), 0) AS BIGINT) AS mine,
		CAST(COALESCE(SUM(CASE WHEN hit = TRUE AND colleague = ? THEN 1 ELSE 0 END), 0) AS BIGINT) AS hits
		FROM contact_try WHERE at > ? AND id <> ? AND (desk = ? OR colleague = ?)`, d.Desk, a.ID, a.ID, hour, id, d.Desk, a.ID))
	if err != nil || !t.TooMany() {
		return id, err
	}
	if err := c.db.Tx(ctx, func(tx *db.Tx) error {
		_, err := db.Do(ctx, tx, db.F(`DELETE FROM contact_try WHERE id = ?`, id))
		return err
	}); err != nil {
		return "", err
	}
	return "", fault.New(fault.TooMany, "contact.error.tries")
}

// miss logs an attempt that found nobody, or several.
func (c *Contact) miss(ctx context.Context, a access.Actor, d Duty, how string) error {
	return c.db.Tx(ctx, func(tx *db.Tx) error {
		return audit.Append(ctx, tx, audit.Entry{Event: "contact.event.checkin-failed", Actor: a.ID, ActorKind: string(a.Kind), Role: string(access.Desk), Place: d.Desk, Object: how, Session: a.Session})
	})
}

// Arrival is somebody who checks in.
type Arrival struct {
	Person string // empty: without a file
	Key    privacy.Key
	How    string
	Guest  Guest
	Try    string // the attempt that found them
}

// arrive writes a visit. For a person it opens their file to this desk, for the window and no longer. Somebody who waits
// here already keeps their place, and is here, so the window counts anew. Nobody waits twice: two desks that check
// somebody in at the same moment meet a conflict.
func (c *Contact) arrive(ctx context.Context, tx *db.Tx, a access.Actor, d Duty, x Arrival) error {
	if x.Try != "" {
		if _, err := db.Do(ctx, tx, db.F(`UPDATE contact_try SET hit = TRUE WHERE id = ?`, x.Try)); err != nil {
			return err
		}
	}
	window, err := c.window(ctx, tx, d.Location)
	if err != nil {
		return err
	}
	v := Visit{ID: db.ID("v", tx.Now), Desk: d.Desk, Location: d.Location, Person: x.Person, How: x.How, Came: tx.Now, Until: tx.Now.Add(window)}
	if x.Person != "" {
		from, _ := dayOf(tx.Now)
		before, err := db.Many[Visit](ctx, tx, db.F(`SELECT `+visitColumns+` FROM contact_visit WHERE person = ? AND done IS NULL AND gone IS NULL ORDER BY came, id`, x.Person))
		if err != nil {
			return err
		}
		for _, b := range before {
			here := b.Desk == d.Desk && !b.Came.Before(from)
			switch {
			case here && b.Waiting():
				return c.still(ctx, tx, a, b, "contact.event.checkin")
			case here && b.AtTable() && tx.Now.Before(b.Until):
				return c.log(ctx, tx, a, b, "contact.event.checkin", "")
			case b.Waiting(): // at another desk, or forgotten on an earlier day
				if err := c.leave(ctx, tx, a, b); err != nil {
					return err
				}
			}
		}
		ap, err := c.appointmentNow(ctx, tx, x.Person, d.Location, tx.Now)
		if err != nil {
			return err
		}
		if v.Appointment = ap.ID; ap.ID != "" {
			if _, err := db.Do(ctx, tx, db.F(`UPDATE contact_appointment SET arrived = ? WHERE id = ? AND arrived IS NULL`, tx.Now, ap.ID)); err != nil {
				return err
			}
		}
	}
	if v.Body, err = privacy.SealJSON(x.Key, visitPlace(v.ID), x.Guest); err != nil {
		return err
	}
	if _, err := db.Do(ctx, tx, db.F(`INSERT INTO contact_visit (id, desk, location, person, body, how, appointment, came, until, taken_by, moment) VALUES (?,?,?,?,?,?,?,?,?,'','')`,
		v.ID, v.Desk, v.Location, v.Person, v.Body, v.How, v.Appointment, v.Came, v.Until)); err != nil {
		return err
	}
	return c.open(ctx, tx, a, v, "contact.event.checkin")
}

// open gives the desk its window on the file of a visit, in place of an earlier one, and logs it. A visitor without a
// file opens nothing.
func (c *Contact) open(ctx context.Context, tx *db.Tx, a access.Actor, v Visit, event string) error {
	if v.Person == "" {
		return c.log(ctx, tx, a, v, event, "")
	}
	if err := access.EndHeld(ctx, tx, v.Person, deskHolder+v.Desk, access.Presence); err != nil {
		return err
	}
	id, err := access.Give(ctx, tx, access.Grant{Subject: v.Person, Holder: deskHolder + v.Desk, Why: access.Presence, Level: access.DeskLevel, GivenBy: a.ID, Place: v.Desk, Until: v.Until})
	if err != nil {
		return err
	}
	return c.log(ctx, tx, a, v, event, id)
}

func (c *Contact) log(ctx context.Context, tx *db.Tx, a access.Actor, v Visit, event, grant string) error {
	e := audit.Entry{Event: event, Subject: v.Person, Actor: a.ID, ActorKind: string(a.Kind), Role: string(access.Desk), Place: v.Desk, Grant: grant, Object: v.ID, Session: a.Session}
	if v.Person != "" {
		e.Why = string(access.Presence)
	}
	return audit.Append(ctx, tx, e)
}

// again moves the end of a visit's window to a whole window from now.
func (c *Contact) again(ctx context.Context, tx *db.Tx, v *Visit) error {
	window, err := c.window(ctx, tx, v.Location)
	if err != nil {
		return err
	}
	v.Until = tx.Now.Add(window)
	_, err = db.Do(ctx, tx, db.F(`UPDATE contact_visit SET until = ? WHERE id = ?`, v.Until, v.ID))
	return err
}

// still confirms that somebody who waits is here: their window counts anew, their place in the queue stays.
func (c *Contact) still(ctx context.Context, tx *db.Tx, a access.Actor, v Visit, event string) error {
	if err := c.again(ctx, tx, &v); err != nil {
		return err
	}
	return c.open(ctx, tx, a, v, event)
}

// take lets a helper take a visitor. The person sits in front of them now, so the window counts anew from here, and the
// helper may finish the note for a quarter of an hour after it.
func (c *Contact) take(ctx context.Context, tx *db.Tx, a access.Actor, v Visit) error {
	n, err := db.Do(ctx, tx, db.F(`UPDATE contact_visit SET taken = ?, taken_by = ? WHERE id = ? AND taken IS NULL AND done IS NULL AND gone IS NULL`, tx.Now, a.ID, v.ID))
	if err != nil {
		return err
	}
	if n == 0 {
		return fault.New(fault.Conflict, "contact.error.taken")
	}
	if err := c.moved(ctx, tx, a, v); err != nil {
		return err
	}
	if err := c.again(ctx, tx, &v); err != nil {
		return err
	}
	if err := c.open(ctx, tx, a, v, "contact.event.taken"); err != nil || v.Person == "" {
		return err
	}
	return c.mayFinish(ctx, tx, a, v, v.Until.Add(Finish))
}

// moved closes the visits that this helper left open with the same person at another desk: one talk has one note.
func (c *Contact) moved(ctx context.Context, tx *db.Tx, a access.Actor, v Visit) error {
	if v.Person == "" {
		return nil
	}
	before, err := db.Many[Visit](ctx, tx, db.F(`SELECT `+visitColumns+` FROM contact_visit WHERE person = ? AND taken_by = ? AND id <> ? AND done IS NULL AND gone IS NULL`, v.Person, a.ID, v.ID))
	for _, b := range before {
		if err == nil {
			err = c.close(ctx, tx, a, b, b.Moment)
		}
	}
	return err
}

// mayFinish lets the writer finish a note, and see nothing else, until then.
func (c *Contact) mayFinish(ctx context.Context, tx *db.Tx, a access.Actor, v Visit, until time.Time) error {
	if err := access.EndHeld(ctx, tx, v.Person, "user:"+a.ID, access.Presence); err != nil {
		return err
	}
	_, err := access.Give(ctx, tx, access.Grant{Subject: v.Person, Holder: "user:" + a.ID, Why: access.Presence, Level: access.Note, GivenBy: a.ID, Place: v.Desk, Until: until})
	return err
}

// close ends a visit: the file closes for the desk at once, and who wrote a note keeps a quarter of an hour for it.
func (c *Contact) close(ctx context.Context, tx *db.Tx, a access.Actor, v Visit, moment string) error {
	n, err := db.Do(ctx, tx, db.F(`UPDATE contact_visit SET done = ?, moment = ? WHERE id = ? AND done IS NULL`, tx.Now, moment, v.ID))
	if err != nil || n == 0 || v.Person == "" {
		return err
	}
	if err := access.EndHeld(ctx, tx, v.Person, deskHolder+v.Desk, access.Presence); err != nil {
		return err
	}
	if moment == "" {
		err = access.EndHeld(ctx, tx, v.Person, "user:"+a.ID, access.Presence)
	} else {
		err = c.mayFinish(ctx, tx, a, v, tx.Now.Add(Finish))
	}
	if err != nil {
		return err
	}
	return c.log(ctx, tx, a, v, "contact.event.closed", "")
}

// noted remembers the contact of a visit that goes on, so that it can be corrected from the desk.
func noted(ctx context.Context, tx *db.Tx, v Visit, moment string) error {
	_, err := db.Do(ctx, tx, db.F(`UPDATE contact_visit SET moment = ? WHERE id = ?`, moment, v.ID))
	return err
}

// leave takes somebody out of the queue: they went away, or it was a mistake. Their file closes for the desk.
func (c *Contact) leave(ctx context.Context, tx *db.Tx, a access.Actor, v Visit) error {
	n, err := db.Do(ctx, tx, db.F(`UPDATE contact_visit SET gone = ? WHERE id = ? AND taken IS NULL AND done IS NULL AND gone IS NULL`, tx.Now, v.ID))
	if err != nil || n == 0 {
		return err
	}
	if v.Person == "" {
		return c.log(ctx, tx, a, v, "contact.event.left", "")
	}
	if err := access.EndHeld(ctx, tx, v.Person, deskHolder+v.Desk, access.Presence); err != nil {
		return err
	}
	return c.log(ctx, tx, a, v, "contact.event.left", "")
}

// putBack puts somebody back where they stood in the queue. Whoever waits again at this desk meanwhile is not doubled.
func (c *Contact) putBack(ctx context.Context, tx *db.Tx, a access.Actor, v Visit) error {
	if !v.Returnable(tx.Now) {
		return fault.New(fault.Conflict, "contact.error.undo")
	}
	if v.Person != "" {
		n, err := db.One[int](ctx, tx, db.F(`SELECT COUNT(*) FROM contact_visit WHERE person = ? AND came >= ? AND done IS NULL AND gone IS NULL`, v.Person, v.Came))
		if err != nil {
			return err
		}
		if n > 0 {
			return fault.New(fault.Conflict, "contact.error.undo")
		}
	}
	if _, err := db.Do(ctx, tx, db.F(`UPDATE contact_visit SET gone = NULL WHERE id = ?`, v.ID)); err != nil {
		return err
	}
	return c.still(ctx, tx, a, v, "contact.event.checkin")
}

// table is the visit of a person for which this colleague may still write the note; none is the zero Visit.
func (c *Contact) table(ctx context.Context, colleague, person string, now time.Time) (Visit, error) {
	v, err := db.One[Visit](ctx, c.db, db.F(`SELECT `+visitColumns+` FROM contact_visit WHERE person = ? AND taken_by = ? AND taken IS NOT NULL AND done IS NULL AND gone IS NULL AND until > ? ORDER BY taken DESC LIMIT 1`,
		person, colleague, now.Add(-Finish)))
	if fault.Is(err, fault.NotFound) {
		return Visit{}, nil
	}
	return v, err
}

// Waiter is one visit with what the queue shows of it.
type Waiter struct {
	Visit
	Guest
	Hour, With string // of today's appointment
}

// waiters opens the names and languages of visits; who was erased in this moment is left out.
func (c *Contact) waiters(ctx context.Context, vs []Visit) ([]Waiter, error) {
	out := make([]Waiter, 0, len(vs))
	for _, v := range vs {
		k, err := c.key(ctx, v.Person)
		if fault.Is(err, fault.NotFound) {
			continue
		}
		w := Waiter{Visit: v}
		if err == nil {
			err = privacy.OpenJSON(k, visitPlace(v.ID), v.Body, &w.Guest)
		}
		if err != nil {
			return nil, err
		}
		out = append(out, w)
	}
	return out, nil
}
