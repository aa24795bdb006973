package organisation

// This file is how a capability tells which work that belongs to no person's file is somebody's to mind, and gives it to the
// next colleague, so that it does not stay behind with somebody who leaves.

import (
	"context"
	"time"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/web"
)

// Charge is one piece of work that one colleague minds: a bottleneck, a case, a session.
type Charge struct {
	ID  string
	Due clock.Date // zero when it has no day

	What string `db:"-"` // what it is, for a reader who may know of it
	URL  string `db:"-"`
	Last bool   `db:"-"` // nobody else who works here may know of it
}

// Charges are one sort of it.
type Charges struct {
	Name string // the text key of the sort

	// Held lists all that is a colleague's to mind, without a word of it: also what hardly anybody may know of.
	Held func(ctx context.Context, q db.Q, colleague string, now time.Time) ([]Charge, error)
	// Tell lists what of it the visitor may know of, with its words.
	Tell func(v *web.Visit, colleague string) ([]Charge, error)
	// Heir is who comes before the leader when nobody took it over; nil or empty when nobody does.
	Heir func(ctx context.Context, q db.Q, id, colleague string, now time.Time) (string, error)
	// Give gives it to the next; a piece that is not the first's any more is a conflict.
	Give func(ctx context.Context, tx *db.Tx, id, from, to string, by access.Actor) error
}
