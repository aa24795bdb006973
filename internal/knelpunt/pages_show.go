package knelpunt

// This file turns what is known into the small pieces that the pages show.

import (
	"context"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/organisation"
)

func monthOptions(ctx context.Context, months []clock.Date) []ui.Option {
	var out []ui.Option
	for _, m := range months {
		out = append(out, ui.Option{Value: MonthValue(m), Label: lang.MonthYear(ctx, m)})
	}
	return out
}

func teamOptions(ctx context.Context, teams []organisation.Team) []ui.Option {
	out := []ui.Option{{Label: lang.T(ctx, "knelpunt.choose")}}
	for _, t := range teams {
		out = append(out, ui.Option{Value: t.ID, Label: t.Name})
	}
	return out
}

func judgeOptions(ctx context.Context) []ui.Option {
	return []ui.Option{{Value: "release", Label: lang.T(ctx, "knelpunt.judge.release"), Hint: lang.T(ctx, "knelpunt.judge.release.hint")}, {Value: "back", Label: lang.T(ctx, "knelpunt.judge.back")}}
}
