package procedure

// This file exports and erases what stands here about one person.

import (
	"context"
	"time"

	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/privacy"
)

// export is everything about one person, in a form that another system can read: events with their notes opened, and all
// versions of the deadlines with the reasons of each.
func export(ctx context.Context, q db.Q, v *privacy.Vault, person string) (any, error) {
	key, err := v.Key(ctx, person)
	if err != nil {
		return nil, err
	}
	type event struct {
		Event      Event  `json:"event"`
		ID         string `json:"id"`
		Track      string `json:"track"`
		Supersedes string `json:"supersedes,omitempty"`
		TakenBack  bool   `json:"taken_back,omitempty"`
		Note       string `json:"note,omitempty"`
		By         string `json:"by"`
	}
	type deadline struct {
		Row
		Note string `json:"note,omitempty"`
	}
	type next struct {
		Agreed
		What string `json:"what"`
	}
	out := struct {
		Agreed      []next       `json:"agreed"`
		Events      []event      `json:"events"`
		Deadlines   []deadline   `json:"deadlines"`
		Derivations []Derivation `json:"derivations"`
		Alarms      []Raised     `json:"alarms"`
		Moves       []Move       `json:"moves"`
	}{}
	ts, err := tracks(ctx, q, person)
	if err != nil {
		return nil, err
	}
	for _, t := range ts {
		rs, err := records(ctx, q, t.ID)
		if err != nil {
			return nil, err
		}
		for _, r := range rs {
			note, err := readNote(key, r)
			if err != nil {
				return nil, err
			}
			out.Events = append(out.Events, event{r.event(), r.ID, r.Track, r.Supersedes, r.Void, note, r.MadeBy})
		}
		rows, err := db.Many[Row](ctx, q, db.F(rowColumns).Then(`WHERE d.track = ? ORDER BY d.name, d.version`, t.ID))
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			note, err := r.readNote(key)
			if err != nil {
				return nil, err
			}
			r.DoneNote = nil
			out.Deadlines = append(out.Deadlines, deadline{r, note})
		}
		for n := int64(1); n <= t.Version; n++ {
			d, err := derivation(ctx, q, t, n)
			if err != nil {
				return nil, err
			}
			out.Derivations = append(out.Derivations, d)
		}
	}
	as, err := db.Many[Agreed](ctx, q, db.F(agreedColumns).Then(`WHERE person = ? ORDER BY made, id`, person))
	if err != nil {
		return nil, err
	}
	for _, a := range as {
		what, err := a.words(key)
		if err != nil {
			return nil, err
		}
		a.What = nil
		out.Agreed = append(out.Agreed, next{a, what})
	}
	if out.Alarms, err = db.Many[Raised](ctx, q, db.F(raisedColumns).Then(`WHERE e.person = ? ORDER BY e.at, e.id`, person)); err != nil {
		return nil, err
	}
	out.Moves, err = movedSince(ctx, q, person, time.Time{})
	return out, err
}

// erase removes everything about one person.
func erase(ctx context.Context, tx *db.Tx, person string) error {
	_, err := db.DoAll(ctx, tx,
		db.F(`DELETE FROM procedure_move WHERE person = ?`, person),
		db.F(`DELETE FROM procedure_agreed WHERE person = ?`, person),
		db.F(`DELETE FROM procedure_escalation WHERE person = ?`, person),
		db.F(`DELETE FROM procedure_deadline WHERE person = ?`, person),
		db.F(`DELETE FROM procedure_derivation WHERE track IN (SELECT id FROM procedure_track WHERE person = ?)`, person),
		db.F(`UPDATE procedure_event SET supersedes = NULL WHERE person = ?`, person),
		db.F(`DELETE FROM procedure_event WHERE person = ?`, person),
		db.F(`DELETE FROM procedure_track WHERE person = ?`, person),
	)
	return err
}

// readNote opens the note on what was done.
func (r Row) readNote(key privacy.Key) (string, error) {
	if len(r.DoneNote) == 0 {
		return "", nil
	}
	b, err := key.Open(r.notePlace(), r.DoneNote)
	return string(b), err
}
