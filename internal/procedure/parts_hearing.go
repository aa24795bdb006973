package procedure

// This file tells the others whether somebody's first interview is still to come, out of what happened.

import (
	"context"
	"slices"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/db"
)

// before and after are what happens in an asylum procedure before its first interview and after it.
var (
	beforeHearing = []string{"registered", "lodged"}
	afterHearing  = []string{"interview_report", "corrections_sent", "intention", "decision", "appeal_lodged", "judgment"}
)

// Hearings tells it of many people at once. What was corrected or taken back does not count.
func (p *Procedure) Hearings(ctx context.Context, q db.Q, people []string) (map[string]dossier.Hearing, error) {
	type row struct{ Person, Kind string }
	out := map[string]dossier.Hearing{}
	for some := range slices.Chunk(people, 500) { // a statement takes a bounded number of values
		rs, err := db.Many[row](ctx, q, db.F(`SELECT e.person AS person, e.kind AS kind FROM procedure_event e JOIN procedure_track t ON t.id = e.track
			WHERE e.void = FALSE AND t.topic = 'asylum' AND NOT EXISTS (SELECT 1 FROM procedure_event n WHERE n.supersedes = e.id) AND`).
			With(db.In("e.kind", slices.Concat(beforeHearing, afterHearing))).Then(`AND`).With(db.In("e.person", some)))
		if err != nil {
			return nil, err
		}
		for _, r := range rs {
			switch {
			case slices.Contains(afterHearing, r.Kind):
				out[r.Person] = dossier.HearingPast
			case out[r.Person] == dossier.NoHearing:
				out[r.Person] = dossier.HearingAhead
			}
		}
	}
	return out, nil
}
