package contact

// This file holds the SQL of appointments.

import (
	"context"
	"time"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/privacy"
)

const appointmentColumns = `id, person, colleague, location, room, at, minutes, body, version, arrived, kept, asked, comes, wants, cancelled, made_by`

// dayOf are the moments between which a day lies in the Netherlands.
func dayOf(now time.Time) (from, to time.Time) {
	d := clock.Today(now)
	return d.In(clock.Netherlands), d.AddDays(1).In(clock.Netherlands)
}

// agendaOf are the appointments of a colleague, cancelled ones too.
func (c *Contact) agendaOf(ctx context.Context, a access.Actor, now, from, to time.Time) ([]Appointment, error) {
	as, err := db.Many[Appointment](ctx, c.db, db.F(`SELECT `+appointmentColumns+`,`).
		With(flag(access.Sees(a, now, mayPlan.Level, "p.person"))).
		Then(`AS plans FROM contact_appointment p WHERE p.colleague = ? AND p.at >= ? AND p.at < ? ORDER BY p.at, p.id`, a.ID, from, to))
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

// appointmentsAt are those of a location on the day of now, for checking in; nothing sealed is opened.
func (c *Contact) appointmentsAt(ctx context.Context, location string, now time.Time) ([]Appointment, error) {
	from, to := dayOf(now)
	return db.Many[Appointment](ctx, c.db, db.F(`SELECT `+appointmentColumns+` FROM contact_appointment WHERE location = ? AND at >= ? AND at < ? AND cancelled IS NULL ORDER BY at, id`, location, from, to))
}

// appointmentNow is the appointment for which somebody who is here now came; none is the zero Appointment.
func (c *Contact) appointmentNow(ctx context.Context, q db.Q, person, location string, now time.Time) (Appointment, error) {
	from, _ := dayOf(now)
	as, err := db.Many[Appointment](ctx, q, db.F(`SELECT `+appointmentColumns+` FROM contact_appointment WHERE person = ? AND at >= ? AND at <= ? AND location = ? AND cancelled IS NULL ORDER BY at, id`, person, from, now.Add(Early), location))
	for _, a := range as {
		if !a.Over(now) {
			return a, nil
		}
	}
	return Appointment{}, err
}

// coming are the appointments of a person that end after a moment; cancelled ones only for staff, who may put them back.
func (c *Contact) coming(ctx context.Context, f dossier.File, now time.Time, n int) ([]Appointment, error) {
	q := db.F(`SELECT `+appointmentColumns+` FROM contact_appointment WHERE person = ? AND at > ?`, f.ID(), now.Add(-8*time.Hour))
	if f.Who().Kind != access.Staff {
		q = q.Then(`AND cancelled IS NULL`)
	}
	as, err := db.Many[Appointment](ctx, c.db, q.Then(`ORDER BY at, id LIMIT ?`, n))
	if err != nil {
		return nil, err
	}
	out := as[:0]
	for _, a := range as {
		if !a.Over(now) && (a.Cancelled.IsZero() || a.Undoable(now)) {
			out = append(out, a)
		}
	}
	return c.openMeetings(ctx, out)
}

// appointment is one appointment of a file.
func (c *Contact) appointment(ctx context.Context, q db.Q, f dossier.File, id string) (Appointment, error) {
	a, err := db.One[Appointment](ctx, q, db.F(`SELECT `+appointmentColumns+` FROM contact_appointment WHERE id = ? AND person = ?`, id, f.ID()))
	if err != nil {
		return a, err
	}
	return a, privacy.OpenJSON(f.Key(), meetingPlace(a.ID), a.Body, &a.Meeting)
}

// around are the appointments that may fall together with this one.
func around(ctx context.Context, q db.Q, a Appointment) ([]Appointment, error) {
	w := db.F(`colleague = ?`, a.Colleague)
	if a.Room != "" {
		w = w.Or(db.F(`location = ? AND room = ?`, a.Location, a.Room))
	}
	return db.Many[Appointment](ctx, q, db.F(`SELECT `+appointmentColumns+` FROM contact_appointment WHERE at > ? AND at < ? AND cancelled IS NULL AND (`, a.At.Add(-8*time.Hour), a.End()).With(w).Then(`)`))
}

// plan writes an appointment, new or moved. Two that fall together are refused here, inside the transaction, because two
// colleagues may plan the same room at once. The log comes first: writers wait for each other at the head of its chain, so
// whoever looks after that sees what the others planned.
func (c *Contact) plan(ctx context.Context, tx *db.Tx, f dossier.File, a Appointment) error {
	isNew := a.ID == ""
	event := "contact.event.moved"
	if isNew {
		a.ID, event = db.ID("a", tx.Now), "contact.event.appointment"
	}
	if err := f.Log(ctx, tx, event, a.ID); err != nil {
		return err
	}
	others, err := around(ctx, tx, a)
	if err != nil {
		return err
	}
	var fs fault.Fields
	if Clash(a, others, &fs); len(fs) > 0 {
		return fs.Err()
	}
	body, err := privacy.SealJSON(f.Key(), meetingPlace(a.ID), a.Meeting)
	if err != nil {
		return err
	}
	if err := c.tell(ctx, tx, f); err != nil {
		return err
	}
	if isNew {
		_, err := db.Do(ctx, tx, db.F(`INSERT INTO contact_appointment (id, person, colleague, location, room, at, minutes, body, version, made_by) VALUES (?,?,?,?,?,?,?,?,1,?)`,
			a.ID, f.ID(), a.Colleague, a.Location, a.Room, a.At, a.Minutes, body, f.Who().ID))
		return err
	}
	n, err := db.Do(ctx, tx, db.F(`UPDATE contact_appointment SET colleague = ?, location = ?, room = ?, at = ?, minutes = ?, body = ?, version = version + 1, asked = NULL, comes = NULL, wants = NULL, cancelled = NULL
		WHERE id = ? AND person = ? AND version = ?`, a.Colleague, a.Location, a.Room, a.At, a.Minutes, body, a.ID, f.ID(), a.Version))
	if err != nil {
		return err
	}
	if n == 0 {
		return fault.New(fault.Conflict, "contact.error.version")
	}
	return settleAnswers(ctx, tx, f.ID(), a.ID)
}

// cancel cancels an appointment of this file, or puts it back where nobody else was planned meanwhile.
func (c *Contact) cancel(ctx context.Context, tx *db.Tx, f dossier.File, id string, undo bool) error {
	a, err := c.appointment(ctx, tx, f, id)
	if err != nil {
		return err
	}
	if !undo {
		n, err := db.Do(ctx, tx, db.F(`UPDATE contact_appointment SET cancelled = ? WHERE id = ? AND cancelled IS NULL`, tx.Now, id))
		if err != nil || n == 0 {
			return err
		}
		if err := settleAnswers(ctx, tx, f.ID(), id); err != nil {
			return err
		}
		if err := c.tell(ctx, tx, f); err != nil {
			return err
		}
		return f.Log(ctx, tx, "contact.event.cancelled", id)
	}
	if !a.Undoable(tx.Now) {
		return fault.New(fault.Conflict, "contact.error.undo")
	}
	if err := f.Log(ctx, tx, "contact.event.appointment", id); err != nil { // first, as in plan
		return err
	}
	a.Cancelled = time.Time{}
	others, err := around(ctx, tx, a)
	if err != nil {
		return err
	}
	var fs fault.Fields
	if Clash(a, others, &fs); len(fs) > 0 {
		return fault.New(fault.Conflict, "contact.error.filled")
	}
	if err := c.tell(ctx, tx, f); err != nil {
		return err
	}
	_, err = db.Do(ctx, tx, db.F(`UPDATE contact_appointment SET cancelled = NULL WHERE id = ?`, id))
	return err
}

// keepAppointment notes that a contact was recorded at today's appointment of the person with the writer. What somebody
// else wrote, at a desk beside it, is another talk.
func (c *Contact) keepAppointment(ctx context.Context, tx *db.Tx, m Moment) error {
	from, _ := dayOf(tx.Now)
	_, err := db.Do(ctx, tx, db.F(`UPDATE contact_appointment SET kept = ? WHERE person = ? AND at >= ? AND at < ? AND kept IS NULL AND cancelled IS NULL AND colleague = ?`,
		tx.Now, m.Person, from, tx.Now.Add(Soon), m.Author))
	return err
}

// ask notes that the person wants another time, as a promise of the colleague to arrange one; undo takes it back.
func (c *Contact) ask(ctx context.Context, tx *db.Tx, f dossier.File, id, text string, undo bool) error {
	a, err := c.appointment(ctx, tx, f, id)
	if err != nil {
		return err
	}
	if !a.Cancelled.IsZero() || a.Over(tx.Now) {
		return fault.Gone()
	}
	if undo {
		if _, err := db.Do(ctx, tx, db.F(`UPDATE contact_appointment SET asked = NULL WHERE id = ?`, id)); err != nil {
			return err
		}
		return settleAbout(ctx, tx, f.ID(), id)
	}
	n, err := db.Do(ctx, tx, db.F(`UPDATE contact_appointment SET asked = ?, comes = NULL WHERE id = ? AND asked IS NULL`, tx.Now, id))
	if err != nil || n == 0 {
		return err
	}
	if err := c.promise(ctx, tx, f.Key(), Promise{Person: f.ID(), About: id, Owner: a.Colleague, MadeBy: f.ID(), Team: f.Team(), Due: Workday(clock.Today(tx.Now)), Text: text, Visible: "client"}); err != nil {
		return err
	}
	return f.Log(ctx, tx, "contact.event.asked", id)
}

// comes notes that the person comes, or is not sure after all. Whoever asked for another time and comes does not ask any more.
func (c *Contact) comes(ctx context.Context, tx *db.Tx, f dossier.File, id string, undo bool) error {
	a, err := c.appointment(ctx, tx, f, id)
	if err != nil {
		return err
	}
	if !a.Cancelled.IsZero() || a.Over(tx.Now) {
		return fault.Gone()
	}
	if undo {
		_, err := db.Do(ctx, tx, db.F(`UPDATE contact_appointment SET comes = NULL WHERE id = ?`, id))
		return err
	}
	n, err := db.Do(ctx, tx, db.F(`UPDATE contact_appointment SET comes = ?, asked = NULL WHERE id = ? AND comes IS NULL`, tx.Now, id))
	if err != nil || n == 0 {
		return err
	}
	if err := settleAbout(ctx, tx, f.ID(), id); err != nil {
		return err
	}
	return f.Log(ctx, tx, "contact.event.comes", id)
}

// wantAbout is what a promise of an interpreter is about: another thing than the time of the same appointment.
func wantAbout(id string) string { return id + "/tolk" }

// wants notes that the person needs an interpreter, as a promise of the colleague to arrange one; undo takes it back.
func (c *Contact) wants(ctx context.Context, tx *db.Tx, f dossier.File, id, text string, undo bool) error {
	a, err := c.appointment(ctx, tx, f, id)
	if err != nil {
		return err
	}
	if !a.Cancelled.IsZero() || a.Over(tx.Now) {
		return fault.Gone()
	}
	if undo {
		if _, err := db.Do(ctx, tx, db.F(`UPDATE contact_appointment SET wants = NULL WHERE id = ?`, id)); err != nil {
			return err
		}
		return settleAbout(ctx, tx, f.ID(), wantAbout(id))
	}
	n, err := db.Do(ctx, tx, db.F(`UPDATE contact_appointment SET wants = ? WHERE id = ? AND wants IS NULL`, tx.Now, id))
	if err != nil || n == 0 {
		return err
	}
	if err := c.promise(ctx, tx, f.Key(), Promise{Person: f.ID(), About: wantAbout(id), Owner: a.Colleague, MadeBy: f.ID(), Team: f.Team(), Due: Workday(clock.Today(tx.Now)), Text: text, Visible: "client"}); err != nil {
		return err
	}
	return f.Log(ctx, tx, "contact.event.wants", id)
}

// settleAnswers ends what a person asked about an appointment that is moved or cancelled.
func settleAnswers(ctx context.Context, tx *db.Tx, person, id string) error {
	if err := settleAbout(ctx, tx, person, id); err != nil {
		return err
	}
	return settleAbout(ctx, tx, person, wantAbout(id))
}
