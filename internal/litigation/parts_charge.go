package litigation

// This file tells which cases are somebody's to mind, and gives them to the next colleague.

import (
	"context"
	"time"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/web"
	"reisgezel/internal/organisation"
)

const stillOpen = `state NOT IN ('closed','dropped')`

// Charges are the cases that are open. The first day of one is that of its next look, or of what its court waits for.
func (s *Litigation) Charges() []organisation.Charges {
	return []organisation.Charges{{Name: "litigation.charges",
		Held: func(ctx context.Context, q db.Q, colleague string, _ time.Time) ([]organisation.Charge, error) {
			return db.Many[organisation.Charge](ctx, q, db.F(`SELECT id, next AS due FROM litigation_case WHERE `+stillOpen+` AND owner = ? ORDER BY next, id`, colleague))
		},
		Tell: func(v *web.Visit, colleague string) ([]organisation.Charge, error) {
			if !mayTend.Allows(v.Actor) {
				return nil, nil
			}
			cs, err := s.cases(v.Ctx(), s.db, db.F(stillOpen+` AND owner = ?`, colleague).Then(dueFirst))
			if err != nil || len(cs) == 0 {
				return nil, err
			}
			var out []organisation.Charge
			for _, c := range cs {
				x := organisation.Charge{ID: c.ID, Due: c.Next, What: c.Core.Question, URL: v.URL("litigation.one", "matter", c.ID)}
				ts, err := s.items(v.Ctx(), s.db, db.F(`i.matter = ? AND i.gone IS NULL AND i.kind = 'deadline' AND i.state = 'due'`, c.ID))
				if err != nil {
					return nil, err
				}
				for _, t := range ts {
					if !t.Day.IsZero() && (x.Due.IsZero() || t.Day.Before(x.Due)) {
						x.Due = t.Day
					}
				}
				out = append(out, x)
			}
			return out, nil
		},
		Give: func(ctx context.Context, tx *db.Tx, id, from, to string, by access.Actor) error {
			if err := changed(db.Do(ctx, tx, db.F(`UPDATE litigation_case SET owner = ?, version = version + 1 WHERE id = ? AND owner = ?`, to, id, from))); err != nil {
				return err
			}
			c, err := s.one(ctx, tx, id)
			if err != nil {
				return err
			}
			return s.step(ctx, tx, by, Step{Matter: id, Kind: Delivered, State: c.State, About: to})
		}}}
}
