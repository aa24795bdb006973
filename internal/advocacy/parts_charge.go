package advocacy

// This file tells which dossiers are somebody's to mind, and gives them to the next colleague. A confidential one goes to who
// may know of it already; only when nobody who works here does, it falls to who leads, so that it is never nobody's.

import (
	"context"
	"time"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/web"
	"reisgezel/internal/organisation"
)

// mine are the dossiers that somebody has to leave to another: what is open, and of what is confidential also what ended, for
// nobody else could find it again.
const mine = `(advocacy_dossier.state <> 'ended' OR advocacy_dossier.closed = TRUE) AND advocacy_dossier.owner = ?`

// Charges are those dossiers.
func (s *Advocacy) Charges() []organisation.Charges {
	return []organisation.Charges{{Name: "advocacy.charges",
		Held: func(ctx context.Context, q db.Q, colleague string, _ time.Time) ([]organisation.Charge, error) {
			return db.Many[organisation.Charge](ctx, q, db.F(`SELECT id, next AS due FROM advocacy_dossier WHERE `+mine+` ORDER BY next, id`, colleague))
		},
		Tell: func(v *web.Visit, colleague string) ([]organisation.Charge, error) {
			if !mayTend.Allows(v.Actor) {
				return nil, nil
			}
			ds, err := s.dossiers(v.Ctx(), s.db, v.Actor, db.F(mine, colleague), db.F(dueFirst))
			var out []organisation.Charge
			for _, d := range ds {
				x := organisation.Charge{ID: d.ID, Due: d.Next, What: d.Core.Demand, URL: v.URL("advocacy.one", "advocacy", d.ID)}
				if d.Closed {
					next, err := s.heir(v.Ctx(), s.db, d.ID, colleague, v.Now)
					if err != nil {
						return nil, err
					}
					x.Last = next == ""
				}
				out = append(out, x)
			}
			return out, err
		},
		Heir: s.heir,
		Give: func(ctx context.Context, tx *db.Tx, id, from, to string, by access.Actor) error {
			if err := changed(db.Do(ctx, tx, db.F(`UPDATE advocacy_dossier SET owner = ?, version = version + 1 WHERE id = ? AND owner = ?`, to, id, from))); err != nil {
				return err
			}
			type row struct {
				State  string
				Closed bool
			}
			d, err := db.One[row](ctx, tx, db.F(`SELECT state, closed FROM advocacy_dossier WHERE id = ?`, id))
			if err == nil && d.Closed {
				err = name(ctx, tx, id, to)
			}
			if err != nil {
				return err
			}
			return s.step(ctx, tx, by, Step{Dossier: id, Kind: Delivered, State: d.State, About: to})
		}}}
}

// heir is the first of those who may know of a confidential dossier, who works here and does not leave; empty when there is none.
func (s *Advocacy) heir(ctx context.Context, q db.Q, id, colleague string, now time.Time) (string, error) {
	ks, err := knowers(ctx, q, id)
	if err != nil || len(ks) == 0 {
		return "", err
	}
	cs, err := s.org.Colleagues(ctx, ks)
	if err != nil {
		return "", err
	}
	posts, err := s.org.PostsOf(ctx, cs, now)
	if err != nil {
		return "", err
	}
	for _, k := range ks {
		if c, ok := cs[k]; ok && k != colleague && c.Works(now) && c.LastDay.IsZero() && mayTend.Allows(access.Actor{Kind: access.Staff, ID: k, Posts: posts[k]}) {
			return k, nil
		}
	}
	return "", nil
}
