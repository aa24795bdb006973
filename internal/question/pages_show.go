package question

// This file turns what is known of a question into the small pieces that the pages show.

import (
	"context"

	"github.com/a-h/templ"

	"reisgezel/internal/kernel/fault"
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

// recordMost is how many seconds the pages record at most.
const recordMost = 300

func heldKey(x shownFile) string {
	if x.Voice {
		return "question.held.voice"
	}
	return "question.held.photo"
}

func captureAttrs(capture string) templ.Attributes {
	if capture == "" {
		return nil
	}
	return templ.Attributes{"capture": capture}
}

// describedFile names what is said of a field for a file.
func describedFile(name string, e *fault.Field) string {
	if e == nil {
		return "f-" + name + "-h"
	}
	return "f-" + name + "-h f-" + name + "-e"
}
