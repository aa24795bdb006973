package litigation

// This file turns what is known into the small pieces that the pages show.

import (
	"context"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/ui"
)

// Looks of what stands in a case: the kind and the icon of its tag.
var (
	fateLooks    = map[string][2]string{Due: {"warn", "hourglass-medium"}, Met: {"ok", "check"}, Gone: {"", "x"}}
	sideIcons    = map[string]string{Party: "users-three", Third: "handshake", Abroad: "globe"}
	outcomeLooks = map[string][2]string{"won": {"ok", "check-circle"}, "part": {"ok", "check"}, "lost": {"danger", "x"}, "inadmissible": {"danger", "x"}, "settled": {"", "handshake"}}
)

// shownText is a count as it is told.
func shownText(ctx context.Context, shown int, small bool) string {
	if small {
		return lang.T(ctx, "litigation.count.small", "n", shown)
	}
	return lang.T(ctx, "litigation.count.least", "n", shown)
}

// peopleText is how many people a judgment helps: a small group is not told closer.
func peopleText(ctx context.Context, n int) string {
	if n < Least {
		return lang.T(ctx, "litigation.people.small", "n", Least)
	}
	return lang.T(ctx, "litigation.people.line", "n", lang.Number(ctx, n))
}

func noneFirst(ctx context.Context, all []ui.Option) []ui.Option {
	return append([]ui.Option{{Label: lang.T(ctx, "litigation.bottleneck.none")}}, all...)
}

func chooseFirst(ctx context.Context, all []ui.Option) []ui.Option {
	return append([]ui.Option{{Label: lang.T(ctx, "litigation.choose")}}, all...)
}

func anyFirst(ctx context.Context, all []ui.Option) []ui.Option {
	return append([]ui.Option{{Label: lang.T(ctx, "litigation.any")}}, all...)
}

func turnOptions(ctx context.Context, state string) []ui.Option {
	return append([]ui.Option{{Label: lang.T(ctx, "litigation.turn.stay")}}, ui.Options(ctx, "litigation.turn.", Turns(state))...)
}

func remedyOptions(ctx context.Context, rs []Remedy) []ui.Option {
	out := []ui.Option{{Label: lang.T(ctx, "litigation.deadline.hand")}}
	for _, r := range rs {
		out = append(out, ui.Option{Value: r.ID, Label: r.Label})
	}
	return out
}

// oneLine is who owns it and when it is looked at again.
func oneLine(ctx context.Context, p onePage) string {
	next := ""
	if !p.Next.IsZero() {
		next = lang.T(ctx, "litigation.next.line", "day", lang.LongDay(ctx, p.Next))
	}
	return lang.Dots(p.OwnerName, next)
}

// deadlineLine says where a date comes from: from the rules of law, or from a colleague.
func deadlineLine(ctx context.Context, x Item) string {
	if x.Said.Rule == "" {
		return lang.Dots(lang.LongDay(ctx, x.Day), lang.T(ctx, "litigation.deadline.byhand"))
	}
	safe := ""
	if x.Said.Safe != x.Day {
		safe = lang.T(ctx, "litigation.deadline.safe", "day", lang.LongDay(ctx, x.Said.Safe))
	}
	return lang.Dots(lang.LongDay(ctx, x.Day), safe, lang.T(ctx, "litigation.deadline.counted", "day", lang.LongDay(ctx, x.Said.From)), x.Said.Law)
}

func judgmentLink(x Item, today clock.Date) string {
	e, wrong := ReadECLI(x.Said.ECLI, today.Year)
	if wrong != "" {
		return ""
	}
	return e.Link()
}

// formAt is one of the forms of the page: with what was typed and its faults when it came back.
type formAt struct {
	Form   string
	In     ItemInput
	Errors fault.Fields
}

func formOf(p onePage, form string) formAt {
	if p.Form == form {
		return formAt{form, p.Add, p.Errors}
	}
	return formAt{Form: form}
}

func field(at formAt, name, label, value string) ui.F {
	return ui.F{Name: before[at.Form] + name, Label: label, Value: value, Rows: 3, Err: ui.ErrAt(at.Errors, before[at.Form]+name)}
}

func optional(f ui.F) ui.F { f.Optional = true; return f }

func hinted(f ui.F, hint string) ui.F { f.Hint, f.Optional = hint, true; return f }

func advised(f ui.F, hint string) ui.F { f.Hint = hint; return f }

func group(at formAt, name, label string, options []ui.Option, value string) ui.Group {
	return ui.Group{Name: before[at.Form] + name, Label: label, Options: options, Values: []string{value}, Err: ui.ErrAt(at.Errors, before[at.Form]+name)}
}
