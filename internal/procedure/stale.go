package procedure

// This file says which dates rest on a rule that should have been looked at again. That is a matter of the day on which
// somebody looks, so it is said anew whenever a stored derivation is shown.

import (
	"strings"

	"reisgezel/internal/kernel/clock"
)

// age says of a stored derivation what is stale today.
func (b *Rulebook) age(d *Derivation, today clock.Date) {
	chosen := map[RegimeID]bool{}
	for _, c := range d.Choices {
		for _, r := range c.Regimes {
			chosen[r] = true
		}
	}
	d.Stale = nil
	for _, p := range b.Packs {
		if chosen[p.Regime] && today.After(p.ReviewBy) {
			d.Stale = append(d.Stale, p.Name)
		}
	}
	for i := range d.Deadlines {
		x := &d.Deadlines[i]
		x.Stale = false
		for _, c := range x.Candidates {
			by := b.reviewOf(c)
			x.Stale = x.Stale || !by.IsZero() && today.After(by)
		}
	}
}

// reviewOf is the day by which the rule of a candidate must be looked at again. A rule that is no longer there is as old as
// the file that it stood in.
func (b *Rulebook) reviewOf(c Candidate) clock.Date {
	name, _, _ := strings.Cut(c.Pack, "@")
	var by clock.Date
	for i := range b.Packs {
		p := &b.Packs[i]
		if p.Name == name {
			by = p.ReviewBy
		}
		for k := range p.Terms {
			if p.Terms[k].ID == c.Rule {
				return p.Terms[k].reviewBy(p)
			}
		}
	}
	return by
}

// anyStale says whether any part of a derivation rests on a stale rule.
func (d Derivation) anyStale() bool {
	for _, x := range d.Deadlines {
		if x.Stale {
			return true
		}
	}
	return len(d.Stale) > 0
}
