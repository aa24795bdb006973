package monitor

// This file holds the doors, and the words that the pages share.

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/tally"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
)

// bodyMost is the largest form here: words only.
const (
	bodyMost   = 64 << 10
	reportBody = 512 << 10
)

// Routes are the doors.
func (m *Monitor) Routes() []web.Route {
	get, post := http.MethodGet, http.MethodPost
	return append([]web.Route{
		{Name: "monitor.desk", Method: get, Path: "/waarschuwingen", May: mayRead, Do: m.desk},
		{Name: "monitor.warning", Method: get, Path: "/waarschuwingen/{warning}", May: mayRead, Do: m.oneWarning},
		{Name: "monitor.judge", Method: post, Path: "/waarschuwingen/{warning}", May: mayJudge, Body: bodyMost, Do: m.judgeOne},
		{Name: "monitor.undo", Method: post, Path: "/waarschuwingen/{warning}/terug", May: mayJudge, Do: m.undoOne},
		{Name: "monitor.series", Method: get, Path: "/monitor", May: mayRead, Do: m.series},
		{Name: "monitor.policies", Method: get, Path: "/monitor/beleid", May: mayRead, Do: m.policyList},
		{Name: "monitor.policy_new", Method: get, Path: "/monitor/beleid/nieuw", May: mayMark, Do: m.policyForm},
		{Name: "monitor.policy_add", Method: post, Path: "/monitor/beleid/nieuw", May: mayMark, Body: bodyMost, Do: m.policySave},
		{Name: "monitor.policy", Method: get, Path: "/monitor/beleid/{policy}", May: mayRead, Do: m.onePolicy},
		{Name: "monitor.policy_gone", Method: post, Path: "/monitor/beleid/{policy}", May: mayMark, Do: m.policyGone},
		{Name: "monitor.policy_link", Method: post, Path: "/monitor/beleid/{policy}/bij", May: mayMark, Do: func(v *web.Visit) error { return m.policyLink(v, true) }},
		{Name: "monitor.policy_unlink", Method: post, Path: "/monitor/beleid/{policy}/los", May: mayMark, Do: func(v *web.Visit) error { return m.policyLink(v, false) }},
		{Name: "monitor.reports", Method: get, Path: "/monitor/rapporten", May: mayRead, Do: m.reportList},
		{Name: "monitor.report_new", Method: post, Path: "/monitor/rapporten", May: mayMark, Do: m.reportNew},
		{Name: "monitor.report", Method: get, Path: "/monitor/rapporten/{quarterly}", May: mayRead, Do: m.oneReport},
		{Name: "monitor.report_write", Method: get, Path: "/monitor/rapporten/{quarterly}/schrijven", May: mayMark, Do: m.reportForm},
		{Name: "monitor.report_save", Method: post, Path: "/monitor/rapporten/{quarterly}/schrijven", May: mayMark, Body: reportBody, Do: m.reportSave},
		{Name: "monitor.report_hold", Method: post, Path: "/monitor/rapporten/{quarterly}/concept", May: mayMark, Body: reportBody, Do: m.reportHold},
		{Name: "monitor.report_release", Method: post, Path: "/monitor/rapporten/{quarterly}/vrijgeven", May: mayMark, Do: m.reportRelease},
		{Name: "monitor.report_correct", Method: post, Path: "/monitor/rapporten/{quarterly}/verbeteren", May: mayMark, Do: m.reportCorrect},
		{Name: "monitor.public", Method: get, Path: "/signaalrapport", May: mayFree, Do: m.publicList},
		{Name: "monitor.public_one", Method: get, Path: "/signaalrapport/{quarter}/{edition}", May: mayFree, Do: m.publicOne},
		{Name: "monitor.public_pdf", Method: get, Path: "/signaalrapport/{quarter}/{edition}/pdf", May: mayFree, Do: m.publicPDF},
		{Name: "monitor.tie", Method: post, Path: "/waarschuwingen/{warning}/knelpunt", May: mayJudge, Do: m.tieOne},
		{Name: "monitor.exposure", Method: post, Path: "/waarschuwingen/maat", May: mayJudge, Do: m.chooseExposure},
	}, m.shareRoutes()...)
}

// inTable says a number of a table as it may be shown. One that is hidden may be large: it hides a small one.
func inTable(ctx context.Context, s tally.Shown) string {
	if s.Kind == tally.Hidden {
		return lang.T(ctx, "monitor.hidden")
	}
	return number(ctx, s, tally.Params{})
}

// sum says how many signals a quarter had, or that this cannot be shown.
func sum(ctx context.Context, s tally.Shown) string {
	if s.Kind == tally.Hidden {
		return lang.T(ctx, "monitor.split.hidden")
	}
	return lang.T(ctx, "monitor.split.all", "n", number(ctx, s, tally.Params{}))
}

// number says a number that stands alone, as it may be shown.
func number(ctx context.Context, s tally.Shown, p tally.Params) string {
	switch s.Kind {
	case tally.Open:
		return lang.Number(ctx, s.N)
	case tally.Hidden:
		return lang.T(ctx, "monitor.few", "n", p.Least)
	}
	return lang.T(ctx, "monitor.gap")
}

// about says a number that a method worked out.
func about(ctx context.Context, x float64) string {
	return number(ctx, tally.One(int(x+0.5), Inside), Inside)
}

// themeName is a theme in words; the empty one is all of them.
func themeName(ctx context.Context, theme string) string {
	if theme == "" {
		return lang.T(ctx, "monitor.all")
	}
	return lang.T(ctx, "knelpunt.theme."+theme)
}

// valueName is a value of a dimension in words. A cluster has several, with spaces between them.
func valueName(ctx context.Context, dim, value string) string {
	var names []string
	for _, v := range strings.Fields(value) {
		names = append(names, lang.T(ctx, "knelpunt."+dim+"."+v))
	}
	return lang.Join(ctx, names)
}

// seriesName is a series in words.
func seriesName(ctx context.Context, s Series) string {
	if s.Dim == "" {
		return themeName(ctx, s.Theme)
	}
	words := []string{themeName(ctx, s.Theme)}
	for _, p := range s.parts() {
		words = append(words, valueName(ctx, p[0], p[1]))
	}
	return lang.Dots(words...)
}

// looks of the verdicts: the kind and the icon of their tag.
var verdictLooks = map[string][2]string{"": {"warn", "warning"}, Real: {"danger", "flag-banner"}, Known: {"brand", "check"}, Noise: {"", "x"}}

func verdictTag(ctx context.Context, verdict string) string {
	if verdict == "" {
		return lang.T(ctx, "monitor.verdict.open")
	}
	return lang.T(ctx, "monitor.verdict."+verdict)
}

// plotOf draws weeks. What is hidden is below the least, or with nought as the least perhaps not. Levels are horizontal lines, marks
// the steps before which something changed.
func plotOf(ctx context.Context, label string, ps []Point, marks []ui.PlotMark, least int) (ui.PlotP, []ui.Option) {
	p := ui.PlotP{Label: label, Steps: len(ps), Marks: marks}
	highest := 4.0
	has := map[string]bool{}
	for i, x := range ps {
		for _, s := range []tally.Shown{x.Count, x.Upper} {
			if s.Kind == tally.Open {
				highest = max(highest, float64(s.N))
			}
		}
		switch x.Count.Kind {
		case tally.Gap:
			p.Gaps = append(p.Gaps, i)
		case tally.Hidden:
			p.Few = append(p.Few, i)
		}
		if x.Alarm {
			p.Dots = append(p.Dots, ui.PlotDot{X: i, Y: float64(x.Count.N)})
		}
		has["expected"], has["upper"] = has["expected"] || x.Expected.Kind == tally.Open, has["upper"] || x.Upper.Kind == tally.Open
	}
	p.Top = ui.NiceTop(highest)
	for part := 4; part >= 0; part-- {
		p.Ys = append(p.Ys, lang.Number(ctx, int(p.Top)*part/4))
	}
	p.Lines = []ui.PlotLine{{Kind: "upper", Y: asLine(ps, func(x Point) tally.Shown { return x.Upper })}, {Kind: "expected", Y: asLine(ps, func(x Point) tally.Shown { return x.Expected })},
		{Kind: "count", Y: asLine(ps, func(x Point) tally.Shown { return x.Count })}}
	if n := len(ps); n > 0 {
		for _, i := range []int{0, n / 2, n - 1} {
			p.Xs = append(p.Xs, lang.MonthYear(ctx, ps[i].Week))
		}
	}
	key := []ui.Option{{Value: "count", Label: lang.T(ctx, "monitor.key.count")}}
	add := func(is bool, kind string) {
		if is {
			key = append(key, ui.Option{Value: kind, Label: lang.T(ctx, "monitor.key."+kind, "n", least)})
		}
	}
	add(has["expected"], "expected")
	add(has["upper"], "upper")
	add(len(p.Dots) > 0, "ring")
	add(len(p.Few) > 0 && least > 0, "few")
	add(len(p.Few) > 0 && least == 0, "hidden")
	add(len(p.Gaps) > 0, "gap")
	add(len(marks) > 0, "mark")
	add(len(marks) > 0 && slices.ContainsFunc(marks, func(m ui.PlotMark) bool { return m.Level > 0 }), "level")
	return p, key
}
