package monitor

// This file turns what is known into the small pieces that the pages show.

import (
	"context"
	"math"
	"strconv"
	"strings"

	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/ui"
)

// refresh lets the desk ask for itself again while a week is being judged.
func refresh(p deskPage) int {
	if p.Running {
		return 5
	}
	return 0
}

func measureFacts(ctx context.Context, m Measure) []ui.FactP {
	var out []ui.FactP
	for _, x := range []struct {
		key string
		n   int
	}{{Real, m.Real}, {Known, m.Known}, {Noise, m.Noise}} {
		out = append(out, ui.FactP{Label: lang.T(ctx, "monitor.verdict."+x.key), Value: lang.Number(ctx, x.n)})
	}
	return append(out, ui.FactP{Label: lang.T(ctx, "monitor.verdict.open"), Value: lang.Number(ctx, m.Open)})
}

func verdictOptions(ctx context.Context) []ui.Option {
	out := ui.Options(ctx, "monitor.verdict.", Verdicts)
	for i, v := range Verdicts {
		out[i].Hint = lang.T(ctx, "monitor.verdict."+v+".hint")
	}
	return out
}

func findingsLabel(ctx context.Context, weeks bool) string {
	if weeks {
		return lang.T(ctx, "monitor.findings.more.table")
	}
	return lang.T(ctx, "monitor.findings.table")
}

// decimal is a number with one digit behind the comma.
func decimal(ctx context.Context, x float64) string {
	return strings.Replace(strconv.FormatFloat(x, 'f', 1, 64), ".", lang.T(ctx, "monitor.comma"), 1)
}

// percent is a ratio as a change: 0.7 is 30 % less.
func percent(ratio float64) int { return int(math.Round(100 * math.Abs(ratio-1))) }

// effectWords say what a series did around a day, and how sure that is.
func effectWords(ctx context.Context, e Effect) []string {
	if e.Few {
		return []string{lang.T(ctx, "monitor.effect.few", "n", effectSignals, "weeks", effectLeast)}
	}
	level := func(key string, l Level) string {
		return lang.T(ctx, key, "mean", decimal(ctx, l.Mean), "low", decimal(ctx, l.Low), "high", decimal(ctx, l.High))
	}
	change := func(key string, r, low, high float64) string {
		way := func(r float64) string {
			if r < 1 {
				return lang.T(ctx, "monitor.effect.less", "n", percent(r))
			}
			return lang.T(ctx, "monitor.effect.more", "n", percent(r))
		}
		return lang.T(ctx, key, "change", way(r), "low", way(low), "high", way(high))
	}
	out := []string{level("monitor.effect.before", e.Before) + " " + level("monitor.effect.after", e.After), change("monitor.effect.ratio", e.Ratio, e.Low, e.High)}
	if e.Year {
		out = append(out, change("monitor.effect.net", e.Net, e.NetLow, e.NetTop))
	} else {
		out = append(out, lang.T(ctx, "monitor.effect.noyear"))
	}
	return append(out, lang.T(ctx, "monitor.effect.says."+e.Says()))
}

// partOptions are the series within a theme: all of it, and each value of each dimension.
func partOptions(ctx context.Context, choices map[string][]string) []ui.Option {
	out := []ui.Option{{Label: lang.T(ctx, "monitor.part.all")}}
	for _, dim := range Dims {
		for _, v := range choices[dim] {
			out = append(out, ui.Option{Value: dim + ":" + v, Label: lang.T(ctx, "knelpunt."+dim) + ": " + lang.T(ctx, "knelpunt."+dim+"."+v)})
		}
	}
	return out
}

func themeOptions(ctx context.Context, themes []string) []ui.Option {
	out := []ui.Option{{Label: lang.T(ctx, "monitor.all")}}
	return append(out, ui.Options(ctx, "knelpunt.theme.", themes)...)
}

func spanOptions(ctx context.Context) []ui.Option {
	var out []ui.Option
	for _, n := range spans {
		out = append(out, ui.Option{Value: strconv.Itoa(n), Label: lang.T(ctx, "monitor.weeks", "n", n)})
	}
	return out
}

// quarterName is a quarter in words.
func quarterName(ctx context.Context, q Quarter) string {
	return lang.T(ctx, "monitor.quarter", "n", q.N, "year", strconv.Itoa(q.Year))
}

func quarterValue(q Quarter) string { return strconv.Itoa(q.Year) + "-" + strconv.Itoa(q.N) }

func chooseFirst(ctx context.Context, all []ui.Option) []ui.Option {
	return append([]ui.Option{{Label: lang.T(ctx, "monitor.choose")}}, all...)
}

func exposureOptions(ctx context.Context) []ui.Option {
	out := ui.Options(ctx, "monitor.exposure.", Exposures)
	for i, x := range Exposures {
		out[i].Hint = lang.T(ctx, "monitor.exposure."+x+".hint")
	}
	return out
}

func noneFirst(ctx context.Context, all []ui.Option) []ui.Option {
	return append([]ui.Option{{Label: lang.T(ctx, "monitor.part.none")}}, all[1:]...)
}
