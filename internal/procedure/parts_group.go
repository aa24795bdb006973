package procedure

// This file lends what only procedures know of a group: who got a decision between two days, and for whom leaving was
// ordered.

import (
	"context"
	"slices"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/db"
)

// stands says that an event was neither corrected nor taken back.
const stands = `e.void = FALSE AND NOT EXISTS (SELECT 1 FROM procedure_event s WHERE s.supersedes = e.id)`

// Danger answers dossier.Law. A granted decision is no danger; a day that nobody knows counts.
func (p *Procedure) Danger(ctx context.Context, q db.Q, people []string, ask dossier.LawAsk) ([]string, error) {
	meets := people
	if ask.Decided {
		f := db.F(`SELECT DISTINCT e.person FROM procedure_event e WHERE e.kind = 'decision' AND e.outcome NOT IN ('granted','granted_refugee','granted_subsidiary') AND ` + stands)
		if !ask.DecidedFrom.IsZero() {
			f = f.Then(`AND (e.day_to IS NULL OR e.day_to >= ?)`, ask.DecidedFrom)
		}
		if !ask.DecidedTo.IsZero() {
			f = f.Then(`AND (e.day_from IS NULL OR e.day_from <= ?)`, ask.DecidedTo)
		}
		var err error
		if meets, err = among(ctx, q, meets, f); err != nil {
			return nil, err
		}
	}
	if ask.Removal {
		// What came after ends it: a detention by release, and everything by departure.
		return among(ctx, q, meets, db.F(`SELECT DISTINCT e.person FROM procedure_event e WHERE `+stands+` AND (e.kind = 'return_decided'
			OR e.kind = 'detained' AND NOT EXISTS (SELECT 1 FROM procedure_event r WHERE r.track = e.track AND r.kind = 'released' AND r.void = FALSE AND r.at >= e.at
				AND NOT EXISTS (SELECT 1 FROM procedure_event s WHERE s.supersedes = r.id)))
			AND NOT EXISTS (SELECT 1 FROM procedure_event d WHERE d.track = e.track AND d.kind = 'departed' AND d.void = FALSE AND NOT EXISTS (SELECT 1 FROM procedure_event s WHERE s.supersedes = d.id))`))
	}
	return meets, nil
}

// among keeps of some people those whom a question gives, in their order.
func among(ctx context.Context, q db.Q, people []string, f db.Frag) ([]string, error) {
	var out []string
	for some := range slices.Chunk(people, 500) { // a statement takes a bounded number of values
		got, err := db.Many[string](ctx, q, f.Then(`AND`).With(db.In("e.person", some)))
		if err != nil {
			return nil, err
		}
		yes := make(map[string]bool, len(got))
		for _, id := range got {
			yes[id] = true
		}
		for _, id := range some {
			if yes[id] {
				out = append(out, id)
			}
		}
	}
	return out, nil
}
