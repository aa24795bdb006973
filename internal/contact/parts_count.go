package contact

// This file is what contacts lend to who needs to know how much work there was: one number, and nothing of whom.

import (
	"context"
	"time"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
)

// Guided is with how many people there was contact from one day until before another.
func (c *Contact) Guided(ctx context.Context, from, until clock.Date) (int, error) {
	at := func(d clock.Date) time.Time { return d.In(clock.Netherlands) }
	return db.One[int](ctx, c.db, db.F(`SELECT COUNT(DISTINCT person) FROM contact_moment WHERE at >= ? AND at < ?`, at(from), at(until)))
}
