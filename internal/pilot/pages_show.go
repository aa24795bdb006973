package pilot

// This file turns what is known into the small pieces that the pages show.

import (
	"context"

	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
)

func startTitle(ctx context.Context, p startPage) string {
	if p.ID != "" {
		return lang.T(ctx, "pilot.edit")
	}
	return lang.T(ctx, "pilot.new")
}

func startURL(ctx context.Context, p startPage) string {
	if p.ID != "" {
		return web.URL(ctx, "pilot.edited", "pilot", p.ID)
	}
	return web.URL(ctx, "pilot.start")
}

func startBack(ctx context.Context, p startPage) string {
	if p.ID != "" {
		return web.URL(ctx, "pilot.one", "pilot", p.ID)
	}
	return web.URL(ctx, "pilot.list")
}

func noneFirst(ctx context.Context, all []ui.Option) []ui.Option {
	return append([]ui.Option{{Label: lang.T(ctx, "pilot.bottleneck.none")}}, all...)
}

func measureOptions(ctx context.Context, ms []Item) []ui.Option {
	out := []ui.Option{{Label: lang.T(ctx, "pilot.choose")}}
	for _, m := range ms {
		out = append(out, ui.Option{Value: m.ID, Label: lang.Dots(m.Said.Name, m.Said.Unit)})
	}
	return out
}

func turnOptions(ctx context.Context, state string) []ui.Option {
	return append([]ui.Option{{Label: lang.T(ctx, "pilot.turn.stay")}}, turnsFrom(ctx, state)...)
}

func turnsFrom(ctx context.Context, state string) []ui.Option {
	var out []ui.Option
	for _, to := range Turns(state) {
		out = append(out, ui.Option{Value: to, Label: lang.T(ctx, "pilot.turn."+state+"."+to)})
	}
	return out
}

func decisionOptions(ctx context.Context) []ui.Option {
	out := ui.Options(ctx, "pilot.decision.", Decisions)
	for i, d := range Decisions {
		out[i].Hint = lang.T(ctx, "pilot.decision."+d+".hint")
	}
	return out
}

func oneLine(ctx context.Context, p onePage) string {
	day := ""
	if !p.Checked.IsZero() && (p.State == Drafted || p.State == Running) {
		day = lang.T(ctx, "pilot.checked.on", "day", lang.LongDay(ctx, p.Checked))
	}
	return lang.Dots(p.OwnerName, day)
}

// moneyFacts are the budget, what was spent of it, and what is left; less than nothing is left too.
func moneyFacts(ctx context.Context, p onePage) []ui.FactP {
	left := ui.FactP{Label: lang.T(ctx, "pilot.left"), Value: eurosText(ctx, p.Budget-p.Total)}
	if p.Total > p.Budget {
		left.Tag = lang.T(ctx, "pilot.left.over")
		left.Value = "− " + eurosText(ctx, p.Total-p.Budget)
	}
	return []ui.FactP{{Label: lang.T(ctx, "pilot.budget"), Value: eurosText(ctx, p.Budget)}, {Label: lang.T(ctx, "pilot.spent"), Value: eurosText(ctx, p.Total)}, left}
}

type planWord struct{ Part, Title, Words string }

func planWords(ctx context.Context, c Core) []planWord {
	var out []planWord
	for _, x := range [][2]string{{"hypothesis", c.Hypothesis}, {"goal", c.Goal}, {"start", c.Start}, {"stop", c.Stop}} {
		out = append(out, planWord{x[0], lang.T(ctx, "pilot.part."+x[0]), x[1]})
	}
	return out
}

func groupName(ctx context.Context, c Course, group string) string {
	if group == Beside {
		return c.Measure.Said.Compare
	}
	return lang.T(ctx, "pilot.group.pilot")
}

func courseLine(ctx context.Context, c Course) string {
	compare := lang.T(ctx, "pilot.compare.none")
	if c.Measure.Said.Compare != "" {
		compare = lang.T(ctx, "pilot.compare.with", "who", c.Measure.Said.Compare)
	}
	late := ""
	if c.Measure.Late {
		late = lang.T(ctx, "pilot.measure.late")
	}
	return lang.Dots(lang.T(ctx, "pilot.better."+c.Measure.Said.Better), compare, late)
}

// courseText says in words how far each group moved, and how much further the pilot did.
func courseText(ctx context.Context, c Course) string {
	unit := c.Measure.Said.Unit
	moved, ok := c.Moved[InPilot]
	if !ok {
		return lang.T(ctx, "pilot.course.one")
	}
	s := lang.T(ctx, "pilot.course.pilot", "moved", movedText(moved, unit)) + " " + lang.T(ctx, "pilot.course."+map[int]string{1: "better", 0: "same", -1: "worse"}[c.Helps(moved)])
	if c.Compared {
		s += " " + lang.T(ctx, "pilot.course.compare", "who", c.Measure.Said.Compare, "moved", movedText(c.Moved[Beside], unit), "apart", movedText(c.Apart, unit))
	}
	return s
}

func goneName(ctx context.Context, p onePage, i Item) string {
	if i.Kind != Value {
		return i.Said.Name
	}
	for _, m := range p.Measures {
		if m.ID == i.About {
			return lang.Dots(m.Said.Name, numberText(i.Amount), lang.LongDay(ctx, i.Day))
		}
	}
	return lang.Dots(numberText(i.Amount), lang.LongDay(ctx, i.Day))
}

// formAt is one of the forms of the page: with what was typed and its faults when it came back.
type formAt struct {
	Kind   string
	In     ItemInput
	Errors fault.Fields
}

func formOf(p onePage, kind string) formAt {
	if p.Form == kind {
		return formAt{kind, p.Add, p.Errors}
	}
	return formAt{Kind: kind}
}

func field(at formAt, name, label, value string) ui.F {
	return ui.F{Name: before[at.Kind] + name, Label: label, Value: value, Rows: 3, Err: ui.ErrAt(at.Errors, before[at.Kind]+name)}
}

func optional(f ui.F) ui.F { f.Optional = true; return f }

func hinted(f ui.F, hint string) ui.F { f.Hint = hint; return f }

func group(at formAt, name, label string, options []ui.Option, value string) ui.Group {
	return ui.Group{Name: before[at.Kind] + name, Label: label, Options: options, Values: []string{value}, Err: ui.ErrAt(at.Errors, before[at.Kind]+name)}
}
