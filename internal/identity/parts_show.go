package identity

// This file turns what the pages show into words.

import (
	"context"

	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/ui"
)

// requestFacts are the lines of one request.
func requestFacts(ctx context.Context, p requestPage) []ui.FactP {
	var out []ui.FactP
	add := func(key, value string) {
		if value != "" {
			out = append(out, ui.FactP{Label: lang.T(ctx, "identity.request.fact."+key), Value: value})
		}
	}
	asker := p.Asker
	if p.Team != "" {
		asker += " (" + p.Team + ")"
	}
	add("asker", asker)
	if p.Reader != p.Asker {
		add("reader", p.Reader)
	}
	add("who", p.Who)
	add("why", p.Request.Why)
	add("answerer", p.Answerer)
	add("reply", p.Request.Said)
	return out
}

func verdicts(ctx context.Context) []ui.Option {
	var out []ui.Option
	for _, v := range Verdicts {
		out = append(out, ui.Option{Value: v, Label: lang.T(ctx, "identity.verdict."+v), Hint: lang.T(ctx, "identity.verdict."+v+".hint")})
	}
	return out
}
