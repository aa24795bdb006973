package handover

// This file holds what becomes of work that belongs to no file: a bottleneck, a case, a session to lead. It is given at once,
// for nothing of a person is in it; what nobody was given falls to somebody after the last day, as files do.

import (
	"context"
	"time"

	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/organisation"
)

// minding is one piece of it, with its sort.
type minding struct {
	organisation.Charge
	Sort organisation.Charges
}

// charges are all that a colleague minds, also what hardly anybody may know of: it is for what falls, never for a page.
func (h *Handover) charges(ctx context.Context, q db.Q, colleague string, now time.Time) ([]minding, error) {
	var out []minding
	for _, s := range h.lent {
		cs, err := s.Held(ctx, q, colleague, now)
		if err != nil {
			return nil, err
		}
		for _, c := range cs {
			out = append(out, minding{c, s})
		}
	}
	return out, nil
}

// fallCharges gives what somebody left behind to who comes next: of each sort who comes before the leader, else who leads.
func (h *Handover) fallCharges(ctx context.Context, l Leaving, now time.Time) error {
	cs, err := h.charges(ctx, h.db, l.Colleague, now)
	if err != nil || len(cs) == 0 {
		return err
	}
	leader, err := h.heir(ctx, l.Team, l.Colleague, now)
	if err != nil {
		return err
	}
	for _, c := range cs {
		to := ""
		if c.Sort.Heir != nil {
			if to, err = c.Sort.Heir(ctx, h.db, c.ID, l.Colleague, now); err != nil {
				return err
			}
		}
		if to == "" {
			to = leader
		}
		if to == "" {
			continue // it is tried again when somebody leads
		}
		err := h.db.Tx(ctx, func(tx *db.Tx) error { return c.Sort.Give(ctx, tx, c.ID, l.Colleague, to, machine) })
		if err != nil && !fault.Is(err, fault.Conflict) {
			return err
		}
	}
	return nil
}
