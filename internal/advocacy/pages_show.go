package advocacy

// This file turns what is known into the small pieces that the pages show.

import (
	"context"

	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
)

// Looks of what stands in a dossier: the kind and the icon of its tag.
var (
	fateLooks  = map[string][2]string{Due: {"warn", "hourglass-medium"}, Kept: {"ok", "check"}, Broken: {"danger", "x"}}
	voiceLooks = map[string][2]string{Ally: {"ok", "handshake"}, Opponent: {"warn", "chat-circle-text"}}
	doingIcons = map[string]string{Talk: "chats-circle", Letter: "envelope-simple", Hearing: "microphone", Asked: "question", Motion: "flag-banner", Media: "megaphone"}
)

func stateOptions(ctx context.Context) []ui.Option {
	return append([]ui.Option{{Label: lang.T(ctx, "advocacy.any")}}, ui.Options(ctx, "advocacy.state.", States)...)
}

func modeOptions(ctx context.Context) []ui.Option {
	out := ui.Options(ctx, "advocacy.mode.", Modes)
	for i, m := range Modes {
		out[i].Hint = lang.T(ctx, "advocacy.mode."+m+".hint")
	}
	return out
}

func circleOptions(ctx context.Context) []ui.Option {
	return []ui.Option{{Value: "open", Label: lang.T(ctx, "advocacy.circle.open"), Hint: lang.T(ctx, "advocacy.circle.open.text")},
		{Value: "few", Label: lang.T(ctx, "advocacy.closed"), Hint: lang.T(ctx, "advocacy.circle.few.text")}}
}

func turnOptions(ctx context.Context, state string) []ui.Option {
	return append([]ui.Option{{Label: lang.T(ctx, "advocacy.turn.stay")}}, ui.Options(ctx, "advocacy.turn.", Turns(state))...)
}

func chosen(ctx context.Context, all []ui.Option) []ui.Option {
	return append([]ui.Option{{Label: lang.T(ctx, "advocacy.choose")}}, all...)
}

func startTitle(ctx context.Context, p startPage) string {
	if p.ID != "" {
		return lang.T(ctx, "advocacy.edit")
	}
	return lang.T(ctx, "advocacy.new")
}

func startURL(ctx context.Context, p startPage) string {
	if p.ID != "" {
		return web.URL(ctx, "advocacy.edited", "advocacy", p.ID)
	}
	return web.URL(ctx, "advocacy.start")
}

func startBack(ctx context.Context, p startPage) string {
	if p.ID != "" {
		return web.URL(ctx, "advocacy.one", "advocacy", p.ID)
	}
	return web.URL(ctx, "advocacy.list")
}

// oneLine is of whom it is asked, who owns it and when it is looked at again.
func oneLine(ctx context.Context, p onePage) string {
	next := ""
	if !p.Next.IsZero() {
		next = lang.T(ctx, "advocacy.next.line", "day", lang.LongDay(ctx, p.Next))
	}
	return lang.Dots(p.Core.To, p.OwnerName, next)
}

func promiseLine(ctx context.Context, x Item) string {
	return lang.Dots(lang.T(ctx, "advocacy.promise.line", "made", lang.LongDay(ctx, x.Said.Made), "due", lang.LongDay(ctx, x.Day)), x.Said.Number)
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

func group(at formAt, name, label string, options []ui.Option, value string) ui.Group {
	return ui.Group{Name: before[at.Form] + name, Label: label, Options: options, Values: []string{value}, Err: ui.ErrAt(at.Errors, before[at.Form]+name)}
}

func placeFilter(ctx context.Context) []ui.Option {
	out := append([]ui.Option{{Label: lang.T(ctx, "advocacy.any")}}, ui.Options(ctx, "advocacy.place.", Places)...)
	return append(out, ui.Option{Value: Commitment, Label: lang.T(ctx, "advocacy.promises")})
}

func nobodys(ctx context.Context, all []ui.Option) []ui.Option {
	return append([]ui.Option{{Label: lang.T(ctx, "advocacy.event.everybody")}}, all...)
}
