package procedure

// This file lends what only procedures know of a group: who was refused asylum between two days and is still without it,
// and for whom leaving was ordered.

import (
	"context"
	"slices"
	"time"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
)

// stands says that an event was neither corrected nor taken back.
const stands = `e.void = FALSE AND NOT EXISTS (SELECT 1 FROM procedure_event s WHERE s.supersedes = e.id)`

// Danger answers dossier.Law. What no longer stands is no danger; of a day that nobody knows it counts.
func (p *Procedure) Danger(ctx context.Context, q db.Q, people []string, ask dossier.LawAsk) ([]string, error) {
	if !ask.Decided && !ask.Removal {
		return people, nil
	}
	var out []string
	for some := range slices.Chunk(people, 500) { // a statement takes a bounded number of values
		rows, err := db.Many[fateRow](ctx, q, db.F(`SELECT e.person, e.track, t.topic, e.kind, e.outcome, e.route, e.day_from, e.day_to, e.at FROM procedure_event e JOIN procedure_track t ON t.id = e.track
			WHERE `+stands+` AND (t.topic IN ('asylum','return') AND e.kind IN ('decision','judgment','council_judgment','return_decided','detained','released','departed') OR t.topic = 'permit' AND (e.kind = 'decision' OR e.kind = 'judgment' OR e.kind = 'departed' OR e.route IN ('asylum','regular'))) AND`).With(db.In("e.person", some)))
		if err != nil {
			return nil, err
		}
		of := map[string]fate{}
		for _, r := range rows {
			of[r.Person] = append(of[r.Person], r)
		}
		for _, id := range some {
			if of[id].meets(ask) {
				out = append(out, id)
			}
		}
	}
	return out, nil
}

// fate is what decides about staying: the events of one person in the tracks about asylum, permits and return.
type fate []fateRow

type fateRow struct {
	Person, Track, Topic, Kind, Outcome, Route string
	DayFrom, DayTo                             clock.Date
	At                                         time.Time
}

func (x fate) meets(ask dossier.LawAsk) bool {
	if ask.Decided && !slices.ContainsFunc(x, func(r fateRow) bool {
		return x.refused(r) && (ask.DecidedFrom.IsZero() || r.DayTo.IsZero() || !r.DayTo.Before(ask.DecidedFrom)) && (ask.DecidedTo.IsZero() || r.DayFrom.IsZero() || !r.DayFrom.After(ask.DecidedTo))
	}) {
		return false
	}
	return !ask.Removal || slices.ContainsFunc(x, x.leaves)
}

// refused says whether an event is a refusal of asylum that still stands: no court annulled it, and no grant followed.
func (x fate) refused(r fateRow) bool {
	return r.Kind == "decision" && x.protects(r) && !grants(r) && !slices.ContainsFunc(x, func(y fateRow) bool {
		annulled := y.Track == r.Track && (y.Kind == "judgment" || y.Kind == "council_judgment") && y.Outcome == "upheld"
		return (annulled || y.Kind == "decision" && x.protects(y) && grants(y)) && y.after(r)
	})
}

// leaves says whether an event sends somebody away, and nothing ended that: a refusal of asylum is a return decision by
// itself, or a transfer decision (Vw 45 and 62b). Departure ends what came before it, and no more.
func (x fate) leaves(r fateRow) bool {
	sends := r.Kind == "return_decided" || x.refused(r)
	if r.Kind == "detained" {
		sends = !slices.ContainsFunc(x, func(y fateRow) bool { return y.Kind == "released" && y.Track == r.Track && y.after(r) })
	}
	return sends && !slices.ContainsFunc(x, func(y fateRow) bool { return y.Kind == "departed" && y.after(r) })
}

// protects says whether a decision is about asylum. A permit is, unless its track says that it is another.
func (x fate) protects(r fateRow) bool {
	if r.Topic != "permit" || r.Route == "asylum" {
		return r.Topic != string(Return)
	}
	regular := func(y fateRow) bool { return y.Track == r.Track && y.Route == "regular" }
	return !slices.ContainsFunc(x, regular)
}

func grants(r fateRow) bool {
	return slices.Contains([]string{"granted", "granted_refugee", "granted_subsidiary"}, r.Outcome)
}

// after says whether an event surely came after another: by its day, and on one day or where a day is not known by when it
// was recorded.
func (r fateRow) after(o fateRow) bool {
	if r.DayFrom.IsZero() || o.DayTo.IsZero() || r.DayFrom == o.DayTo {
		return !r.At.Before(o.At)
	}
	return r.DayFrom.After(o.DayTo)
}
