package dossier

// This file says in words when one can walk in, the same on every page for people outside and on paper.

import (
	"context"
	"time"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/organisation"
)

// OpenWhen says when one can walk in: now until when, or the day and the hours. Of no opening it says nothing.
func OpenWhen(ctx context.Context, o organisation.Opening, now time.Time) string {
	if o.From.IsZero() {
		return ""
	}
	until := lang.Time(ctx, o.Until)
	if o.Now {
		return lang.T(ctx, "dossier.open.now", "time", until)
	}
	day, from := clock.DateOf(o.From.In(clock.Netherlands)), lang.Time(ctx, o.From)
	if day == clock.Today(now) {
		return lang.T(ctx, "dossier.open.today", "from", from, "until", until)
	}
	return lang.T(ctx, "dossier.open.later", "day", lang.LongDay(ctx, day), "from", from, "until", until)
}
