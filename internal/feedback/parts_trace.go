package feedback

// This file says which complaints a colleague took up. Whoever leaves lets go of them: they stand with everybody who may handle
// them, and none goes to one colleague, who may be whom it is about.

import (
	"context"
	"time"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/db"
)

// Traces are those complaints.
func (f *Feedback) Traces() []dossier.Trace {
	return []dossier.Trace{{Key: "feedback.trace", Count: func(ctx context.Context, q db.Q, colleague string, _ time.Time) (int, error) {
		return db.One[int](ctx, q, db.F(`SELECT COUNT(*) FROM feedback_complaint WHERE handler = ? AND decided IS NULL`, colleague))
	}, Clear: func(ctx context.Context, tx *db.Tx, colleague string) error {
		_, err := db.Do(ctx, tx, db.F(`UPDATE feedback_complaint SET handler = '', version = version + 1 WHERE handler = ? AND decided IS NULL`, colleague))
		return err
	}}}
}
