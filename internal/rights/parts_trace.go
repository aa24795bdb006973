package rights

// This file says which requests a colleague took up. Whoever leaves lets go of them: they stand with everybody who handles
// requests, with the same terms.

import (
	"context"
	"time"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/db"
)

// Traces are those requests.
func (r *Rights) Traces() []dossier.Trace {
	return []dossier.Trace{{Key: "rights.trace", Count: func(ctx context.Context, q db.Q, colleague string, _ time.Time) (int, error) {
		return db.One[int](ctx, q, db.F(`SELECT COUNT(*) FROM rights_request WHERE handler = ? AND done IS NULL`, colleague))
	}, Clear: func(ctx context.Context, tx *db.Tx, colleague string) error {
		_, err := db.Do(ctx, tx, db.F(`UPDATE rights_request SET handler = '', version = version + 1 WHERE handler = ? AND done IS NULL`, colleague))
		return err
	}}}
}
