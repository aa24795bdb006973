package organisation

// This file reads and writes the line for what cannot wait.

import (
	"context"

	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
)

// Urgent is the line; one without a telephone when nobody filled it in.
func (s *Store) Urgent(ctx context.Context) (Line, error) {
	l, err := db.One[Line](ctx, s.db, db.F(`SELECT phone, after, words, version, changed, changed_by FROM organisation_urgent WHERE id = 'u'`).Often())
	if fault.Is(err, fault.NotFound) {
		return Line{}, nil
	}
	if err != nil {
		return l, err
	}
	l.Hours, err = db.Many[Hours](ctx, s.db, db.F(`SELECT weekday, opens, shuts FROM organisation_urgent_hours ORDER BY weekday, opens`).Often())
	return l, err
}

// PutUrgent keeps the line; what somebody else saved since it was read is a conflict.
func PutUrgent(ctx context.Context, tx *db.Tx, in LineInput, by string) error {
	n, err := db.Do(ctx, tx, db.F(`INSERT INTO organisation_urgent (id, phone, after, words, version, changed, changed_by) VALUES ('u',?,?,?,?,?,?)
		ON CONFLICT (id) DO UPDATE SET phone = excluded.phone, after = excluded.after, words = excluded.words, version = excluded.version, changed = excluded.changed, changed_by = excluded.changed_by WHERE organisation_urgent.version = excluded.version - 1`,
		in.Phone, in.After, in.Words, in.Version+1, tx.Now, by))
	if err != nil {
		return err
	}
	if n == 0 {
		return fault.New(fault.Conflict, "organisation.conflict")
	}
	if _, err := db.Do(ctx, tx, db.F(`DELETE FROM organisation_urgent_hours`)); err != nil {
		return err
	}
	for _, h := range in.Hours {
		if h.Weekday == 0 {
			continue
		}
		if _, err := db.Do(ctx, tx, db.F(`INSERT INTO organisation_urgent_hours (weekday, opens, shuts) VALUES (?,?,?)`, h.Weekday, h.Opens, h.Shuts)); err != nil {
			return err
		}
	}
	return note(ctx, tx, by, "organisation.event.urgent", "")
}
