package residence

// This file turns places, moves and reasons into words.

import (
	"context"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/lang"
)

// placeText is what a place is and where.
func placeText(ctx context.Context, x StayText) string {
	if x.Name != "" {
		return lang.Commas(lang.Isolated(x.Name), lang.Isolated(x.Town))
	}
	return lang.Commas(lang.T(ctx, "residence.kind."+x.Kind), lang.Isolated(x.Town))
}

// daysText is a length of time as people say it: days, then weeks, then months.
func daysText(ctx context.Context, n int) string {
	switch {
	case n < 0:
		return lang.T(ctx, "residence.length.unknown")
	case n < 14:
		return lang.T(ctx, "residence.days", "n", n)
	case n < 91:
		return lang.T(ctx, "residence.weeks", "n", n/7)
	}
	return lang.T(ctx, "residence.months", "n", n*12/365)
}

// spanText is from when until when.
func spanText(ctx context.Context, l Leg) string {
	unknown := lang.T(ctx, "residence.when.unknown")
	from, to := unknown, unknown
	if !l.From.IsZero() {
		from = lang.Day(ctx, l.From)
		if l.What.About {
			from = lang.T(ctx, "residence.about", "day", from)
		}
	}
	if l.Now {
		return lang.T(ctx, "residence.since", "from", from)
	}
	if !l.To.IsZero() {
		to = lang.Day(ctx, l.To)
	}
	return lang.T(ctx, "residence.span", "from", from, "to", to)
}

// movesText is how often somebody moved in the last twelve months.
func movesText(ctx context.Context, legs []Leg, today clock.Date) string {
	n, unknown := MovesSince(legs, today.AddDays(-365), today)
	t := lang.T(ctx, "residence.moves", "n", n)
	if unknown > 0 {
		t += " " + lang.T(ctx, "residence.moves.unknown", "n", unknown)
	}
	return t
}

// gradeLook is the tag of a grade.
func gradeLook(grade string) string {
	switch grade {
	case "bad":
		return "danger"
	case "poor":
		return "warn"
	}
	return ""
}
