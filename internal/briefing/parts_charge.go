package briefing

// This file tells which sessions somebody is still to lead, and gives them to the next colleague.

import (
	"context"
	"time"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/web"
	"reisgezel/internal/organisation"
)

// toLead are the sessions that a colleague is still to lead.
func toLead(ctx context.Context, q db.Q, leader string, now time.Time) ([]Session, error) {
	return db.Many[Session](ctx, q, db.F(`SELECT `+sessionColumns+` FROM briefing_session WHERE leader = ? AND at > ? AND cancelled IS NULL AND held IS NULL ORDER BY at, id`, leader, now))
}

// Charges are those sessions.
func (b *Briefing) Charges() []organisation.Charges {
	day := func(s Session) clock.Date { return clock.DateOf(s.At.In(clock.Netherlands)) }
	return []organisation.Charges{{Name: "briefing.charges",
		Held: func(ctx context.Context, q db.Q, colleague string, now time.Time) ([]organisation.Charge, error) {
			ss, err := toLead(ctx, q, colleague, now)
			var out []organisation.Charge
			for _, s := range ss {
				out = append(out, organisation.Charge{ID: s.ID, Due: day(s)})
			}
			return out, err
		},
		Tell: func(v *web.Visit, colleague string) ([]organisation.Charge, error) {
			ss, err := toLead(v.Ctx(), b.db, colleague, v.Now)
			var out []organisation.Charge
			for _, s := range ss {
				out = append(out, organisation.Charge{ID: s.ID, Due: day(s), URL: v.URL("briefing.session", "briefing", s.ID),
					What: lang.T(v.Ctx(), "briefing.row", "language", tongue(v.Ctx(), s.Language), "kind", lang.T(v.Ctx(), "briefing.kind."+s.Kind))})
			}
			return out, err
		},
		Give: b.giveSession,
	}}
}

// giveSession lets another lead it, and see on its day who is invited. Who is taken at that hour is not given it by hand; whatever
// falls to somebody falls to them, and they see both.
func (b *Briefing) giveSession(ctx context.Context, tx *db.Tx, id, from, to string, by access.Actor) error {
	s, err := session(ctx, tx, id)
	if err != nil {
		return err
	}
	if err := log(ctx, tx, by, "briefing.event.changed", s.Location, id); err != nil {
		return err
	}
	if s.Leader = to; by.Kind != access.Machine {
		others, same, err := b.around(ctx, tx, s)
		if err != nil {
			return err
		}
		var fs fault.Fields
		if Clash(s, others, same, &fs); len(fs) > 0 {
			return fault.New(fault.Conflict, "briefing.error.busy")
		}
	}
	n, err := db.Do(ctx, tx, db.F(`UPDATE briefing_session SET leader = ?, version = version + 1 WHERE id = ? AND leader = ? AND held IS NULL AND cancelled IS NULL`, to, id, from))
	if err == nil && n == 0 {
		err = fault.New(fault.Conflict, "briefing.error.version")
	}
	if err != nil {
		return err
	}
	return b.renewPasses(ctx, tx, s, by)
}
