package oversight

// This file makes the small values that the pages show.

import (
	"context"
	"time"

	"github.com/a-h/templ"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/ui"
)

var allRoles = access.Roles

// when is a moment with its day and hour.
func when(ctx context.Context, t time.Time) string {
	return lang.Day(ctx, dayOf(t)) + " " + lang.Time(ctx, t)
}

func dayOf(t time.Time) clock.Date { return clock.DateOf(t.In(zone)) }

func stamp(t time.Time) string { return t.In(zone).Format("2006-01-02T15:04") }

// due is how many days are left to judge.
func due(ctx context.Context, g Glass, now time.Time) *ui.DueP {
	return &ui.DueP{Days: g.Days(now), Until: lang.ShortDay(ctx, g.Due())}
}

func dueText(ctx context.Context, g Glass, now time.Time) string {
	if g.Overdue(now) {
		return lang.T(ctx, "oversight.due.late", "day", lang.ShortDay(ctx, g.Due()))
	}
	return lang.T(ctx, "oversight.due", "day", lang.ShortDay(ctx, g.Due()))
}

func ownerText(ctx context.Context, g Glass, names map[string]string) string {
	if g.Owner == "" {
		return lang.T(ctx, "oversight.owner.none")
	}
	return lang.T(ctx, "oversight.owner", "name", names[g.Owner])
}

// openUntil tells how long the file is, or was, open.
func openUntil(ctx context.Context, g Glass, now time.Time) string {
	switch {
	case g.Live(now):
		return lang.T(ctx, "oversight.own.until", "time", lang.Time(ctx, g.Until))
	case !g.Ended.IsZero():
		return lang.T(ctx, "oversight.own.ended", "time", lang.Time(ctx, g.Ended))
	}
	return lang.T(ctx, "oversight.own.over", "time", lang.Time(ctx, g.Until))
}

func causeOptions(ctx context.Context) []ui.Option {
	return ui.Options(ctx, "oversight.cause.", Causes)
}

func verdictOptions(ctx context.Context, g Glass) []ui.Option {
	var out []ui.Option
	for _, s := range []State{Right, Wrong, Asked} {
		if _, ok := after[g.State][string(s)]; ok {
			out = append(out, ui.Option{Value: string(s), Label: lang.T(ctx, "oversight.verdict."+string(s)), Hint: lang.T(ctx, "oversight.verdict."+string(s)+".hint")})
		}
	}
	return out
}

func ownFacts(ctx context.Context, p ownPage) []ui.FactP {
	return []ui.FactP{
		{Label: lang.T(ctx, "oversight.review.reason"), Value: lang.T(ctx, "oversight.cause."+p.Why.Cause)},
		{Label: lang.T(ctx, "oversight.fact.reason"), Value: p.Why.Text},
		{Label: lang.T(ctx, "oversight.fact.open"), Value: openUntil(ctx, p.Glass, p.Now)},
		{Label: lang.T(ctx, "oversight.fact.owner"), Value: ownerText(ctx, p.Glass, p.Names)},
	}
}

func reviewFacts(ctx context.Context, p reviewPage) []ui.FactP {
	fs := []ui.FactP{
		{Label: lang.T(ctx, "oversight.fact.when"), Value: when(ctx, p.Glass.At)},
		{Label: lang.T(ctx, "oversight.fact.open"), Value: openUntil(ctx, p.Glass, p.Now)},
		{Label: lang.T(ctx, "oversight.fact.way"), Value: lang.T(ctx, "oversight.way."+p.Glass.Way)},
		{Label: lang.T(ctx, "oversight.fact.missed"), Value: lang.T(ctx, "oversight.missed.times", "n", p.Missed), Small: lang.T(ctx, "oversight.fact.missed.small")},
		{Label: lang.T(ctx, "oversight.fact.person"), Value: p.Glass.Person},
	}
	if p.Team != "" {
		fs = append(fs, ui.FactP{Label: lang.T(ctx, "oversight.fact.team"), Value: p.Team})
	}
	if p.Theirs != "" {
		fs = append(fs, ui.FactP{Label: lang.T(ctx, "oversight.fact.theirs"), Value: p.Theirs})
	}
	return fs
}

func stepIcon(kind string) string {
	return map[string]string{string(Right): "check", string(Wrong): "x", string(Asked): "question", answered: "chat-circle-text", taken: "user-circle"}[kind]
}

func chosen(yes bool) templ.Attributes {
	if yes {
		return templ.Attributes{"aria-current": "true"}
	}
	return nil
}

// short is the beginning of a hash, enough to compare by eye.
func short(hash string) string { return hash[:min(16, len(hash))] }
