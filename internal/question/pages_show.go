package question

// This file turns what is known of a question into the small pieces that the pages show.

import (
	"context"

	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/ui"
)

// facts are what a colleague needs to know before the answer.
func facts(ctx context.Context, p onePage) []ui.FactP {
	out := []ui.FactP{{Label: lang.T(ctx, "question.fact.lang"), Value: p.Tongue}, {Label: lang.T(ctx, "question.fact.owner"), Value: p.Owner}}
	if p.Waits() {
		out = append(out, ui.FactP{Label: lang.T(ctx, "question.fact.due"), Value: p.Due})
	}
	if p.Took != "" {
		out = append(out, ui.FactP{Label: lang.T(ctx, "question.fact.took"), Value: p.Took})
	}
	return out
}

func heldKey(x shownFile) string {
	if x.Voice {
		return "question.held.voice"
	}
	return "question.held.photo"
}
