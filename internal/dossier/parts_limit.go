package dossier

// This file restricts the use of a file at the one place where files are opened: while a restriction holds, a colleague may
// look, and whatever they send about the person is refused. What the law lets go on has a rule that says so
// (access.Rule.WhileLimited): keeping, legal claims, the protection of somebody, and what the person wants themselves. What the
// person does on their own pages is never stopped.

import (
	"context"
	"net/http"
	"time"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/web"
)

// Limit is the restriction of this file.
func (f File) Limit() Limit { return f.limit }

// unlimited refuses a form of a colleague that a restriction stops. They see the file, so that they may be told why.
func (f File) unlimited(v *web.Visit) error {
	if v.R.Method == http.MethodPost && v.Actor.Kind == access.Staff && !v.Route.May.WhileLimited && f.limit.Holds(v.Now) {
		return fault.New(fault.Denied, "dossier.error.limited")
	}
	return nil
}

// Restrict restricts the use of a file from now on.
func (s *Files) Restrict(ctx context.Context, tx *db.Tx, person string) error {
	_, err := db.Do(ctx, tx, db.F(`UPDATE dossier_person SET limited = ?, limited_until = NULL WHERE id = ?`, tx.Now, person))
	return err
}

// Unrestrict lets a restriction end at a moment.
func (s *Files) Unrestrict(ctx context.Context, tx *db.Tx, person string, at time.Time) error {
	_, err := db.Do(ctx, tx, db.F(`UPDATE dossier_person SET limited_until = ? WHERE id = ? AND limited IS NOT NULL`, at, person))
	return err
}
