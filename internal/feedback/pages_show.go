package feedback

// This file turns what is known into the small pieces that the pages show.

import (
	"context"

	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/ui"
)

func feelIcon(feel string) string { return "face-" + feel }

func feelOptions(ctx context.Context) []ui.Option {
	out := ui.Options(ctx, "feedback.feel.", Feels)
	for i := range out {
		out[i].Icon = feelIcon(out[i].Value)
	}
	return out
}

func townOptions(ctx context.Context, towns []string) []ui.Option {
	out := []ui.Option{{Label: lang.T(ctx, "feedback.town.unknown")}}
	for _, t := range towns {
		out = append(out, ui.Option{Value: t, Label: t})
	}
	return out
}

func levelOptions(ctx context.Context) []ui.Option {
	out := []ui.Option{{Label: lang.T(ctx, "feedback.level.unknown")}}
	return append(out, ui.Options(ctx, "feedback.level.", Levels)...)
}

func complaintFacts(ctx context.Context, p complaintPage) []ui.FactP {
	who := lang.T(ctx, "feedback.without")
	if p.Person != "" {
		who = lang.T(ctx, "feedback.with")
	}
	out := []ui.FactP{{Label: lang.T(ctx, "feedback.fact.day"), Value: p.When}, {Label: lang.T(ctx, "feedback.fact.decide"), Value: lang.LongDay(ctx, p.Decide)}, {Label: lang.T(ctx, "feedback.fact.lang"), Value: p.Lang}, {Label: lang.T(ctx, "feedback.fact.who"), Value: who}}
	if p.Team != "" {
		out = append(out, ui.FactP{Label: lang.T(ctx, "feedback.team"), Value: p.Team})
	}
	if p.Handler != "" {
		out = append(out, ui.FactP{Label: lang.T(ctx, "feedback.handler"), Value: p.Handler})
	}
	if p.Against != "" {
		out = append(out, ui.FactP{Label: lang.T(ctx, "feedback.fact.against"), Value: p.Against})
	}
	return out
}
