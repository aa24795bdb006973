package dossier

// This file knows when the use of somebody's data is restricted, because they asked for it (AVG 18; bron: AVG-18).

import "time"

// Limit is a restriction. The zero Limit is none; a zero Until is one without an end.
type Limit struct{ Since, Until time.Time }

// Holds says whether it holds at a moment.
func (l Limit) Holds(now time.Time) bool {
	return !l.Since.IsZero() && !now.Before(l.Since) && (l.Until.IsZero() || now.Before(l.Until))
}
