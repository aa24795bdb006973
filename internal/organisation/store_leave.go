package organisation

// This file holds the end of somebody's work here: the last day, and what ends after it.

import (
	"context"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
)

// SetLastDay writes the last day of a colleague down; the zero day takes it back. The last administrator stays.
func SetLastDay(ctx context.Context, tx *db.Tx, colleague string, day clock.Date, by string) error {
	if _, err := db.Do(ctx, tx, db.F(`UPDATE organisation_colleague SET last_day = ?, version = version + 1 WHERE id = ?`, day, colleague)); err != nil {
		return err
	}
	if err := keepAnAdministrator(ctx, tx); err != nil {
		return err
	}
	return note(ctx, tx, by, "organisation.event.last_day", colleague)
}

// Leave ends every post and every standing in of a colleague, and makes them a colleague who is no longer active.
func Leave(ctx context.Context, tx *db.Tx, colleague, by string) error {
	if _, err := db.DoAll(ctx, tx,
		db.F(`UPDATE organisation_post SET ended = ?, ended_by = ? WHERE colleague = ? AND ended IS NULL AND (until IS NULL OR until > ?)`, tx.Now, by, colleague, tx.Now),
		db.F(`UPDATE organisation_deputy SET ended = ? WHERE (colleague = ? OR deputy = ?) AND ended IS NULL`, tx.Now, colleague, colleague),
		db.F(`UPDATE organisation_colleague SET active = FALSE, version = version + 1 WHERE id = ? AND active = TRUE`, colleague),
	); err != nil {
		return err
	}
	return note(ctx, tx, by, "organisation.event.left", colleague)
}

// Departed are the colleagues who no longer work here on a day and of whom something may still stand: not active any more, or
// past their last day.
func (s *Store) Departed(ctx context.Context, today clock.Date) ([]Colleague, error) {
	return colleagues(ctx, s.db, db.F(colleagueColumns).Then(`WHERE active = FALSE OR last_day < ? ORDER BY id`, today))
}
