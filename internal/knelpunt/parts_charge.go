package knelpunt

// This file tells which bottlenecks are somebody's to mind, and gives them to the next colleague.

import (
	"context"
	"time"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/web"
	"reisgezel/internal/organisation"
)

const stillOpen = `b.state NOT IN ('closed','merged')`

// Charges are the bottlenecks that are open.
func (k *Knelpunten) Charges() []organisation.Charges {
	return []organisation.Charges{{Name: "knelpunt.charges",
		Held: func(ctx context.Context, q db.Q, colleague string, _ time.Time) ([]organisation.Charge, error) {
			return db.Many[organisation.Charge](ctx, q, db.F(`SELECT b.id, b.next AS due FROM knelpunt_bottleneck b WHERE `+stillOpen+` AND b.owner = ? ORDER BY b.next, b.id`, colleague))
		},
		Tell: func(v *web.Visit, colleague string) ([]organisation.Charge, error) {
			if !mayTend.Allows(v.Actor) {
				return nil, nil
			}
			bs, err := k.bottlenecks(v.Ctx(), k.db, db.F(stillOpen+` AND b.owner = ?`, colleague).Then(dueFirst))
			var out []organisation.Charge
			for _, b := range bs {
				out = append(out, organisation.Charge{ID: b.ID, Due: b.Next, What: b.Ask.Question, URL: v.URL("knelpunt.one", "bottleneck", b.ID)})
			}
			return out, err
		},
		Give: func(ctx context.Context, tx *db.Tx, id, from, to string, by access.Actor) error {
			if err := changed(db.Do(ctx, tx, db.F(`UPDATE knelpunt_bottleneck SET owner = ?, version = version + 1 WHERE id = ? AND owner = ?`, to, id, from))); err != nil {
				return err
			}
			b, err := k.bottleneck(ctx, tx, id)
			if err != nil {
				return err
			}
			return k.step(ctx, tx, by, Step{Bottleneck: id, Kind: Delivered, State: b.State, About: to})
		}}}
}
