package dossier

// This file declares how a room says that something is new for a person.

import (
	"context"

	"reisgezel/internal/kernel/db"
)

// News says that something is new for a person, in the transaction that writes it. What it was is not said. The app lends one to
// each room that writes what a person reads; without one nobody hears of it.
type News func(ctx context.Context, tx *db.Tx, person string) error

// LendNews hands over how a person hears that somebody else helps them from now on. The app calls it once.
func (s *Files) LendNews(n News) { s.helper = n }

// Tell says it.
func (n News) Tell(ctx context.Context, tx *db.Tx, person string) error {
	if n == nil {
		return nil
	}
	return n(ctx, tx, person)
}
