package knelpunt

// This file turns what is known into the small pieces that the pages show.

import (
	"context"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
	"reisgezel/internal/organisation"
)

// urgentURL is the way to the alarm: of the file, when the form comes from one.
func urgentURL(ctx context.Context, from string) string {
	if from == "" {
		return web.URL(ctx, "alarm.list")
	}
	return web.URL(ctx, "knelpunt.urgent", "van", from)
}

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

func stateOptions(ctx context.Context) []ui.Option {
	return append([]ui.Option{{Label: lang.T(ctx, "knelpunt.any")}}, ui.Options(ctx, "knelpunt.state.", States)...)
}

// turnOptions are the turns from a state, after staying where it is.
func turnOptions(ctx context.Context, state string) []ui.Option {
	return append([]ui.Option{{Label: lang.T(ctx, "knelpunt.turn.stay")}}, ui.Options(ctx, "knelpunt.turn.", Turns(state))...)
}

func ownerOptions(ctx context.Context, owners []ui.Option) []ui.Option {
	return append([]ui.Option{{Label: lang.T(ctx, "knelpunt.owner.nobody")}}, owners...)
}

func readOptions(ctx context.Context) []ui.Option {
	return []ui.Option{{Value: "1", Label: lang.T(ctx, "knelpunt.prove.read.yes")}}
}

// repairHint says with what the words are checked.
func repairHint(p repairPage) string {
	if p.From != "" {
		return "knelpunt.repair.hint.file"
	}
	return "knelpunt.repair.hint"
}

func sureOptions(ctx context.Context) []ui.Option {
	return []ui.Option{{Value: "1", Label: lang.T(ctx, "knelpunt.photos.sure.yes")}}
}

func readValue(read bool) []string {
	if read {
		return []string{"1"}
	}
	return nil
}

func memberOptions(ctx context.Context, ss []Signal) []ui.Option {
	var out []ui.Option
	for _, s := range ss {
		out = append(out, ui.Option{Value: s.ID, Label: lang.Dots(titleOf(ctx, s.Facts), aboutOf(ctx, s.Facts)), Hint: s.Words})
	}
	return out
}

func startTitle(ctx context.Context, p startPage) string {
	if p.Split != "" {
		return lang.T(ctx, "knelpunt.split")
	}
	return lang.T(ctx, "knelpunt.new")
}

func startURL(ctx context.Context, p startPage) string {
	if p.Split != "" {
		return web.URL(ctx, "knelpunt.splitted", "bottleneck", p.Split)
	}
	return web.URL(ctx, "knelpunt.start")
}

// ownerLine is who owns it and when it is looked at again.
func ownerLine(ctx context.Context, p onePage) string {
	next := ""
	if !p.Next.IsZero() {
		next = lang.T(ctx, "knelpunt.next.line", "day", lang.LongDay(ctx, p.Next))
	}
	return lang.Dots(lang.T(ctx, "knelpunt.theme."+p.Theme), p.OwnerName, next)
}

// knownChoices are the choices of a list for somebody who need not know: the first says so.
func knownChoices(ctx context.Context, kind string, of []string) []ui.Option {
	out := []ui.Option{{Label: lang.T(ctx, "knelpunt.notknown")}}
	for _, x := range of {
		if x != "unknown" {
			out = append(out, ui.Option{Value: x, Label: lang.T(ctx, "knelpunt."+kind+"."+x)})
		}
	}
	return out
}

func knownMonths(ctx context.Context, months []clock.Date) []ui.Option {
	return append([]ui.Option{{Label: lang.T(ctx, "knelpunt.notknown")}}, monthOptions(ctx, months)...)
}

// monthOf is the month of a report: as it was said, else that in which it came.
func monthOf(r Report) string {
	if r.Month != "" {
		return r.Month
	}
	return MonthValue(r.Week)
}

// saidOf is what whoever reported knew, in one line; empty when that is nothing.
func saidOf(ctx context.Context, r Report) string {
	var out []string
	for _, x := range [][2]string{{"institution", r.Institution}, {"place", r.Place}, {"seen", r.Seen}} {
		if x[1] != "" {
			out = append(out, lang.T(ctx, "knelpunt."+x[0]+"."+x[1]))
		}
	}
	if m, ok := ReadMonth(r.Month); ok {
		out = append(out, lang.MonthYear(ctx, m))
	}
	return lang.Dots(out...)
}

// seenOptions are how often something was seen; of a report from outside it may be that nobody knows.
func seenOptions(ctx context.Context, in Input) []ui.Option {
	out := ui.Options(ctx, "knelpunt.seen.", Seens)
	if in.Open {
		out = append(out, ui.Option{Value: SeenUnknown, Label: lang.T(ctx, "knelpunt.seen.unknown")})
	}
	return out
}
