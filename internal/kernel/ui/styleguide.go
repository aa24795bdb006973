package ui

// This file is the styleguide: every component in Dutch and in Arabic, light and dark, to look at after a change.

import (
	"context"
	"io"
	"math"
	"net/http"

	"github.com/a-h/templ"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/web"
)

// panelP is one panel of the styleguide: all components in one language and one scheme of colours.
type panelP struct{ Tag, Scheme string }

func (p panelP) id() string { return p.Tag + "-" + p.Scheme }

// is makes the name of a field of this panel: all panels stand on one page.
func (p panelP) is(name string) string { return name + "-" + p.id() }

var guidePanels = []panelP{{"nl", "light"}, {"nl", "dark"}, {"ar", "light"}, {"ar", "dark"}}

// guideShown are the panels that were asked for: one, or all.
func guideShown(ctx context.Context) []panelP {
	only := web.From(ctx).Value("deel")
	for _, p := range guidePanels {
		if p.id() == only {
			return []panelP{p}
		}
	}
	return guidePanels
}

// inside renders a component in another language than the page around it.
func inside(tag string, c templ.Component) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error { return c.Render(lang.In(ctx, tag), w) })
}

func guideErr(name, key string) *fault.Field { return &fault.Field{Name: name, Key: key} }

// guidePlot has one of each sign of a plot.
func guidePlot(ctx context.Context) PlotP {
	return PlotP{Label: lang.T(ctx, "ui.guide.plot"), Top: 8, Ys: []string{"8", "4", "0"}, Xs: []string{"1", "6"}, Steps: 6, Gaps: []int{2}, Few: []int{0},
		Lines: []PlotLine{{Kind: "upper", Y: []float64{5, 5, 5, 5, 5, 5}}, {Kind: "count", Y: []float64{math.NaN(), 3, math.NaN(), 2, 4, 7}}},
		Dots:  []PlotDot{{X: 5, Y: 7}}, Marks: []PlotMark{{X: 4}, {From: 4, To: 6, Level: 5.5}}}
}

// Routes are the doors of the styleguide and of the switch for shortcuts.
func Routes() []web.Route {
	return []web.Route{
		{Name: "ui.styleguide", Method: http.MethodGet, Path: "/stijlgids", May: access.Rule{Action: "ui.styleguide", Need: access.SignedIn, Why: "ui.may.styleguide"},
			Do: func(v *web.Visit) error { return v.Page(pageStyleguide()) }},
		{Name: "ui.keys", Method: http.MethodPost, Path: "/sneltoetsen", May: access.Rule{Action: "ui.keys", Need: access.SignedIn, Why: "ui.may.keys"}, Do: switchKeys},
	}
}
