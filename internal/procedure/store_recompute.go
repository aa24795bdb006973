package procedure

// This file derives tracks anew after the rules or the calendar changed. A date that changes becomes a new version beside
// the old one, and the log says so.

import (
	"context"
	"time"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/audit"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
)

// atOnce is how many tracks one transaction derives, so that others who write need not wait long.
const atOnce = 100

// Recompute derives every track that was derived from other rules or another calendar than this program's. Rules only
// change with the program, so one whole pass is enough.
func (p *Procedure) Recompute(ctx context.Context, now time.Time) error {
	if p.fresh.Load() {
		return nil
	}
	for after := ""; ; {
		ts, err := db.Many[Track](ctx, p.db, db.F(`SELECT t.id, t.person, t.topic, t.owner, t.team, t.opened, t.opened_by, t.version FROM procedure_track t
			JOIN procedure_derivation v ON v.track = t.id AND v.version = t.version
			WHERE t.id > ? AND (v.rules <> ? OR v.calendar <> ?) ORDER BY t.id LIMIT ?`, after, p.Book.Version, p.Book.Calendar.Version, atOnce))
		if err != nil {
			return err
		}
		if len(ts) == 0 {
			p.fresh.Store(true)
			return nil
		}
		after = ts[len(ts)-1].ID
		if err := p.db.Tx(ctx, func(tx *db.Tx) error { return p.recompute(ctx, tx, ts) }); err != nil {
			return err
		}
	}
}

func (p *Procedure) recompute(ctx context.Context, tx *db.Tx, ts []Track) error {
	for _, t := range ts {
		// Read again: somebody may have recorded an event since the list was made, and then it is up to date.
		now, err := track(ctx, tx, t.Person, t.ID)
		if fault.Is(err, fault.NotFound) || err == nil && now.Version != t.Version {
			continue
		}
		if err != nil {
			return err
		}
		_, changes, err := p.derive(ctx, tx, now)
		if err != nil {
			return err
		}
		if len(changes) == 0 {
			continue
		}
		if err := audit.Append(ctx, tx, audit.Entry{Event: "procedure.event.recomputed", Subject: t.Person, Actor: "system", ActorKind: string(access.Machine), Place: t.Team, Object: t.ID}); err != nil {
			return err
		}
	}
	return nil
}
