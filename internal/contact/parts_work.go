package contact

// This file tells what a colleague promised and planned, and gives it to the next one when a file changes hands.

import (
	"context"
	"time"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/web"
)

// Work are the promises and the appointments.
func (c *Contact) Work() []dossier.Work {
	return []dossier.Work{
		{Name: "contact.work.promise", Open: promisesHeld, Tell: c.tellPromises, Move: movePromises},
		{Name: "contact.work.meeting", Open: meetingsHeld, Tell: c.tellMeetings, Move: moveMeetings},
	}
}

// Traces are notes that were begun and not saved, and duty at a desk.
func (c *Contact) Traces() []dossier.Trace {
	return []dossier.Trace{
		{Key: "contact.trace.draft", Count: func(ctx context.Context, q db.Q, colleague string, _ time.Time) (int, error) {
			return db.One[int](ctx, q, db.F(`SELECT COUNT(*) FROM contact_draft WHERE colleague = ? AND gone IS NULL`, colleague))
		}, Clear: func(ctx context.Context, tx *db.Tx, colleague string) error {
			_, err := db.Do(ctx, tx, db.F(`DELETE FROM contact_draft WHERE colleague = ?`, colleague))
			return err
		}},
		{Key: "contact.trace.duty", Count: func(ctx context.Context, q db.Q, colleague string, now time.Time) (int, error) {
			return db.One[int](ctx, q, db.F(`SELECT COUNT(*) FROM contact_duty WHERE colleague = ? AND ended IS NULL AND until > ?`, colleague, now))
		}, Clear: func(ctx context.Context, tx *db.Tx, colleague string) error {
			_, err := db.Do(ctx, tx, db.F(`UPDATE contact_duty SET ended = ? WHERE colleague = ? AND ended IS NULL`, tx.Now, colleague))
			return err
		}},
	}
}

// of narrows a list of open work to one person.
func of(f db.Frag, person string) db.Frag {
	if person != "" {
		f = f.Then(`AND person = ?`, person)
	}
	return f
}

// only narrows what is moved to some of it.
func only(f db.Frag, h dossier.Handing) db.Frag {
	if h.Only != nil {
		f = f.Then(`AND`).With(db.In("id", h.Only))
	}
	return f
}

func promisesHeld(ctx context.Context, q db.Q, holder, person string, _ time.Time) ([]dossier.Task, error) {
	return db.Many[dossier.Task](ctx, q, of(db.F(`SELECT id, person, due, FALSE AS term, 'promise' AS kind FROM contact_promise WHERE owner = ? AND done_at IS NULL AND person <> ''`, holder), person).Then(`ORDER BY due, id`))
}

// movePromises moves the open promises, and those that were done lately and may be put back.
func movePromises(ctx context.Context, tx *db.Tx, h dossier.Handing) error {
	_, err := db.Do(ctx, tx, only(db.F(`UPDATE contact_promise SET owner = ? WHERE owner = ? AND person = ? AND (done_at IS NULL OR done_at > ?)`, h.To, h.From, h.Person, tx.Now.AddDate(0, 0, -UndoDays)), h))
	return err
}

// tellPromises opens the texts. One that only its owner may read stays closed until it is theirs.
func (c *Contact) tellPromises(v *web.Visit, f dossier.File, ts []dossier.Task) error {
	ps, err := db.Many[Promise](v.Ctx(), c.db, db.F(`SELECT `+promiseColumns+` FROM contact_promise WHERE person = ? AND`, f.ID()).With(db.In("id", ids(ts))))
	if err == nil {
		ps, err = c.openPromises(v.Ctx(), ps)
	}
	for _, p := range ps {
		for i := range ts {
			switch {
			case ts[i].ID != p.ID:
			case p.Visible == "me" && p.Owner != v.Actor.ID && p.MadeBy != v.Actor.ID:
				ts[i].What = lang.T(v.Ctx(), "contact.work.own")
			default:
				ts[i].What = p.Text
			}
		}
	}
	return err
}

func ids(ts []dossier.Task) []string {
	out := make([]string, len(ts))
	for i, t := range ts {
		out[i] = t.ID
	}
	return out
}

// meetingsHeld are the appointments that are not over.
func meetingsHeld(ctx context.Context, q db.Q, holder, person string, now time.Time) ([]dossier.Task, error) {
	as, err := db.Many[Appointment](ctx, q, of(db.F(`SELECT `+appointmentColumns+` FROM contact_appointment WHERE colleague = ? AND cancelled IS NULL AND kept IS NULL AND at + minutes * 60000 > ?`, holder, now), person).Then(`ORDER BY at, id`))
	var out []dossier.Task
	for _, a := range as {
		out = append(out, dossier.Task{ID: a.ID, Person: a.Person, Kind: "meeting", Due: clock.DateOf(a.At.In(clock.Netherlands))})
	}
	return out, err
}

// moveMeetings moves the appointments that are not over, cancelled ones too: they may be put back. A form that is open with
// an older version meets a conflict.
func moveMeetings(ctx context.Context, tx *db.Tx, h dossier.Handing) error {
	_, err := db.Do(ctx, tx, only(db.F(`UPDATE contact_appointment SET colleague = ?, version = version + 1 WHERE colleague = ? AND person = ? AND at + minutes * 60000 > ?`, h.To, h.From, h.Person, tx.Now), h))
	return err
}

// tellMeetings tells the hour and what it is about, and whether the reader is taken at that hour.
func (c *Contact) tellMeetings(v *web.Visit, f dossier.File, ts []dossier.Task) error {
	as, err := db.Many[Appointment](v.Ctx(), c.db, db.F(`SELECT `+appointmentColumns+` FROM contact_appointment WHERE person = ? AND`, f.ID()).With(db.In("id", ids(ts))))
	if err == nil {
		as, err = c.openMeetings(v.Ctx(), as)
	}
	if err != nil {
		return err
	}
	for _, a := range as {
		mine := a
		mine.Colleague, mine.Room = v.Actor.ID, ""
		others, err := around(v.Ctx(), c.db, mine)
		if err != nil {
			return err
		}
		for i := range ts {
			if ts[i].ID != a.ID {
				continue
			}
			ts[i].What = lang.Dots(lang.Time(v.Ctx(), a.At), lang.T(v.Ctx(), "contact.kind."+a.Meeting.Kind), a.Meeting.About)
			for _, o := range others {
				if busy, _ := mine.Meets(o); busy {
					ts[i].Mind = lang.T(v.Ctx(), "contact.work.busy")
				}
			}
		}
	}
	return nil
}
