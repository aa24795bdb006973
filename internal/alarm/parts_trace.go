package alarm

// This file says on which alarms a colleague is. Whoever leaves is on none any more, so that an alarm does not read as taken
// while nobody is on it.

import (
	"context"
	"time"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/db"
)

// Traces are those alarms.
func (x *Alarms) Traces() []dossier.Trace {
	return []dossier.Trace{{Key: "alarm.trace", Count: func(ctx context.Context, q db.Q, colleague string, _ time.Time) (int, error) {
		return db.One[int](ctx, q, db.F(`SELECT COUNT(*) FROM alarm_taken WHERE colleague = ? AND ended IS NULL`, colleague))
	}, Clear: func(ctx context.Context, tx *db.Tx, colleague string) error {
		_, err := db.Do(ctx, tx, db.F(`UPDATE alarm_taken SET ended = ? WHERE colleague = ? AND ended IS NULL`, tx.Now, colleague))
		return err
	}}}
}
