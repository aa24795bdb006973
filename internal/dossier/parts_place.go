package dossier

// This file is what one capability must know of another's work to plan beside it, without either knowing the other: where
// people are helped, whether they are busy, and whether their interview is still to come.

import (
	"context"
	"slices"
	"time"

	"reisgezel/internal/kernel/db"
)

// Placed is where somebody is helped, and since when they are known here. It names nobody.
type Placed struct {
	ID, Team, Location string
	Since              time.Time
}

const placedColumns = `id, team, location, created_at AS since`

// Placed finds where people are helped. Callers filter by access.Sees before they show whom it is about.
func (s *Files) Placed(ctx context.Context, q db.Q, ids []string) (map[string]Placed, error) {
	out := make(map[string]Placed, len(ids))
	for some := range slices.Chunk(ids, 500) { // a statement takes a bounded number of values
		ps, err := db.Many[Placed](ctx, q, db.F(`SELECT `+placedColumns+` FROM dossier_person WHERE`).With(db.In("id", some)))
		if err != nil {
			return nil, err
		}
		for _, p := range ps {
			out[p.ID] = p
		}
	}
	return out, nil
}

// PlacedAt is everybody who is helped at some locations, for counting.
func (s *Files) PlacedAt(ctx context.Context, q db.Q, locations []string) ([]Placed, error) {
	return db.Many[Placed](ctx, q, db.F(`SELECT `+placedColumns+` FROM dossier_person WHERE`).With(db.In("location", locations)).Then(`ORDER BY created_at, id`))
}

// Busy tells which of these people have an appointment between two moments. It tells nothing else of it.
type Busy func(ctx context.Context, q db.Q, people []string, from, to time.Time) ([]string, error)

// Hearing is whether the first interview of an asylum procedure is still to come.
type Hearing string

// The hearings. NoHearing is that no asylum procedure is written down, or not far enough to tell.
const (
	NoHearing    Hearing = ""
	HearingAhead Hearing = "ahead"
	HearingPast  Hearing = "past"
)

// Hearings tells it of many people at once; whoever is not in the answer has NoHearing.
type Hearings func(ctx context.Context, q db.Q, people []string) (map[string]Hearing, error)
