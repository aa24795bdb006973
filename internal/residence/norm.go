package residence

// This file holds what a law or a practice says about a place or a move, as plain warnings with where that stands. None is
// confirmed by a lawyer, and the page says so.

import (
	"slices"

	"reisgezel/internal/kernel/clock"
)

// The numbers. bron: BWBR0017959 (Rva 2005, 7(1)(i)); bron: BWBR0033715 (Wet BRP, 2.39). The fourteen weeks are a working
// norm of COA and municipalities and no law: two to be matched, ten for the municipality, two to move.
const (
	transferDays = 2  // who is moved by COA and does not come in 48 hours loses reception
	registerDays = 5  // to register at the municipality after moving into a home
	registerTold = 30 // so long the page reminds of it
	homeDays     = 14 * 7
)

// Norm is one warning.
type Norm struct {
	Name string // its text is residence.norm.NAME, where it stands residence.norm.NAME.source
	Days int    // how many days already, or are left
}

// Norms are the warnings about where somebody lives now.
func Norms(legs []Leg, today clock.Date) []Norm {
	var out []Norm
	l, ok := Current(legs)
	if !ok {
		return nil
	}
	since := -1
	if !l.From.IsZero() && !l.From.After(today) {
		since = l.From.DaysUntil(today)
	}
	if l.What.Reason == "coa" && since >= 0 && since <= transferDays {
		out = append(out, Norm{"transfer", transferDays - since})
	}
	if (l.What.Kind == "own" || l.What.Kind == "family") && since >= 0 && since <= registerTold {
		out = append(out, Norm{"register", registerDays - since})
	}
	if p := l.What.Permit; !p.IsZero() && slices.Contains(reception, l.What.Kind) && p.DaysUntil(today) > homeDays {
		out = append(out, Norm{"home", p.DaysUntil(today)})
	}
	return out
}
