package monitor

// This file turns what is known into the small pieces that the pages show.

import (
	"context"

	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/ui"
)

// refresh lets the desk ask for itself again while a week is being judged.
func refresh(p deskPage) int {
	if p.Running {
		return 5
	}
	return 0
}

func measureFacts(ctx context.Context, m Measure) []ui.FactP {
	var out []ui.FactP
	for _, x := range []struct {
		key string
		n   int
	}{{Real, m.Real}, {Known, m.Known}, {Noise, m.Noise}} {
		out = append(out, ui.FactP{Label: lang.T(ctx, "monitor.verdict."+x.key), Value: lang.Number(ctx, x.n)})
	}
	return append(out, ui.FactP{Label: lang.T(ctx, "monitor.verdict.open"), Value: lang.Number(ctx, m.Open)})
}

func verdictOptions(ctx context.Context) []ui.Option {
	out := ui.Options(ctx, "monitor.verdict.", Verdicts)
	for i, v := range Verdicts {
		out[i].Hint = lang.T(ctx, "monitor.verdict."+v+".hint")
	}
	return out
}
