package pilot

// This file tells which pilots are somebody's to mind, and gives them to the next colleague.

import (
	"context"
	"time"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/web"
	"reisgezel/internal/organisation"
)

const stillOpen = `state IN ('drafted','running','evaluated')`

// Charges are the pilots that were not decided about.
func (s *Pilots) Charges() []organisation.Charges {
	return []organisation.Charges{{Name: "pilot.charges",
		Held: func(ctx context.Context, q db.Q, colleague string, _ time.Time) ([]organisation.Charge, error) {
			return db.Many[organisation.Charge](ctx, q, db.F(`SELECT id, checked AS due FROM pilot_plan WHERE `+stillOpen+` AND owner = ? ORDER BY checked, id`, colleague))
		},
		Tell: func(v *web.Visit, colleague string) ([]organisation.Charge, error) {
			if !mayTend.Allows(v.Actor) {
				return nil, nil
			}
			ps, err := s.plans(v.Ctx(), s.db, db.F(stillOpen+` AND owner = ?`, colleague).Then(dueFirst))
			var out []organisation.Charge
			for _, p := range ps {
				out = append(out, organisation.Charge{ID: p.ID, Due: p.Checked, What: p.Core.Title, URL: v.URL("pilot.one", "pilot", p.ID)})
			}
			return out, err
		},
		Give: func(ctx context.Context, tx *db.Tx, id, from, to string, by access.Actor) error {
			n, err := db.Do(ctx, tx, db.F(`UPDATE pilot_plan SET owner = ?, version = version + 1 WHERE id = ? AND owner = ?`, to, id, from))
			if err == nil && n == 0 {
				err = fault.New(fault.Conflict, "pilot.error.version")
			}
			if err != nil {
				return err
			}
			p, err := s.plan(ctx, tx, id)
			if err != nil {
				return err
			}
			return s.step(ctx, tx, by, Step{Pilot: id, Kind: Delivered, State: p.State, About: to})
		}}}
}
