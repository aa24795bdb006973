package monitor

// This file holds changes of policy, and what the numbers did before and after one.

import (
	"math"
	"slices"
	"strings"
	"time"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/fault"
)

// Policy is a change of the rules, or of what is done with them.
type Policy struct {
	ID, Title, Source, Words, Themes, MadeBy string
	Day                                      clock.Date
	At                                       time.Time
}

// Touches says whether it may change a theme; the empty theme is all of them.
func (p Policy) Touches(theme string) bool {
	return p.Themes == "" || theme != "" && slices.Contains(strings.Fields(p.Themes), theme)
}

// PolicyInput is the form.
type PolicyInput struct {
	Day, Title, Source, Words string
	Themes                    []string
}

const (
	mostTitle = 120
	mostWords = 2000
	farDays   = 366 // a change may be entered before it holds
)

// Check names all faults at once.
func (in PolicyInput) Check(themes []string, today clock.Date) (Policy, fault.Fields) {
	var fs fault.Fields
	p := Policy{Title: in.Title, Source: in.Source, Words: in.Words}
	d, err := clock.ParseDate(in.Day)
	if p.Day = d; err != nil || d.After(today.AddDays(farDays)) || d.Before(clock.On(2000, 1, 1)) {
		fs.Add("dag", "monitor.error.day")
	}
	checkWords(&fs, "titel", in.Title, mostTitle)
	if !strings.HasPrefix(in.Source, "https://") || len(in.Source) > 500 || strings.ContainsAny(in.Source, " \"<>\\") {
		fs.Add("bron", "monitor.error.link")
	}
	checkWords(&fs, "uitleg", in.Words, mostWords)
	for _, t := range in.Themes {
		if !slices.Contains(themes, t) {
			fs.Add("themas", "monitor.error.choose")
			break
		}
	}
	slices.Sort(in.Themes)
	p.Themes = strings.Join(slices.Compact(in.Themes), " ")
	return p, fs
}

// Effect is what a series did around a day: the level before and after, and the one against the other, in proportion to how many people
// were guided. It is a quasi-Poisson regression with one level before and one after, which has a closed form; the interval takes the
// scatter of the weeks into account. Lines of what happened anyway are not in it: Year holds the same weeks a year earlier against it.
type Effect struct {
	From, At, Until     int // weeks of the book: before is from From until before At, after from At until before Until
	Before, After       Level
	Ratio, Low, High    float64 // after against before, with the bounds of 95 %
	Scatter             float64 // of the weeks, 1 is chance alone
	Year                bool    // the same weeks a year earlier are known
	YearRatio           float64
	Net, NetLow, NetTop float64 // the ratio against that of the year earlier
	Few                 bool    // too few signals or weeks to say anything
}

// Level is how many signals a week there were, with the bounds of 95 %.
type Level struct{ Mean, Low, High float64 }

// The reach of an effect: the weeks before and after it, how many of them must be known, and how many signals there must be.
const (
	effectWeeks   = 26
	effectLeast   = 8
	effectSignals = 20
)

// part is what is known of some weeks.
type part struct {
	n        float64 // signals
	exposure float64
	weeks    int
	chi      float64 // of Pearson, around its own rate
}

func (b *Book) part(s Series, from, until int) part {
	var p part
	each := func(do func(n, e float64)) {
		for i := max(from, 0); i < min(until, b.Len()); i++ {
			if n, ok := b.Count(s, i); ok && b.Guided[i] > 0 {
				do(float64(n), b.Guided[i])
			}
		}
	}
	each(func(n, e float64) { p.n, p.exposure, p.weeks = p.n+n, p.exposure+e, p.weeks+1 })
	if p.n > 0 {
		each(func(n, e float64) { mu := p.n / p.exposure * e; p.chi += (n - mu) * (n - mu) / mu })
	}
	return p
}

func (p part) enough() bool { return p.weeks >= effectLeast && p.n >= effectSignals }

// against is the logarithm of a ratio of rates, and its variance without the scatter.
func (p part) against(before part) (log, variance float64) {
	return math.Log(p.n / p.exposure * before.exposure / before.n), 1/p.n + 1/before.n
}

// Effect compares the half year before a day with that after it, as far as it went.
func (b *Book) Effect(s Series, day clock.Date) Effect {
	at := b.Index(WeekOf(day.AddDays(6))) // the first week that lies wholly after it
	e := Effect{From: at - effectWeeks, At: at, Until: min(at+effectWeeks, b.Len())}
	before, after := b.part(s, e.From, at), b.part(s, at, e.Until)
	if at < 0 || !before.enough() || !after.enough() {
		e.Few = true
		return e
	}
	free := float64(before.weeks + after.weeks - 2)
	e.Scatter = max(1, (before.chi+after.chi)/free)
	t := student(free)
	level := func(p part) Level {
		mean, off := p.n/float64(p.weeks), math.Exp(t*math.Sqrt(e.Scatter/p.n))
		return Level{mean, mean / off, mean * off}
	}
	e.Before, e.After = level(before), level(after)
	log, v := after.against(before)
	off := t * math.Sqrt(e.Scatter*v)
	e.Ratio, e.Low, e.High = math.Exp(log), math.Exp(log-off), math.Exp(log+off)
	was, then := b.part(s, e.From-52, at-52), b.part(s, at-52, e.Until-52)
	if was.enough() && then.enough() {
		e.Year = true
		yLog, yV := then.against(was)
		scatter := max(1, (before.chi+after.chi+was.chi+then.chi)/(free+float64(was.weeks+then.weeks-2)))
		off := t * math.Sqrt(scatter*(v+yV))
		e.YearRatio = math.Exp(yLog)
		e.Net, e.NetLow, e.NetTop = math.Exp(log-yLog), math.Exp(log-yLog-off), math.Exp(log-yLog+off)
	}
	return e
}

// student is how many standard errors hold 95 % of what chance does, with so many degrees of freedom (the expansion of Cornish and
// Fisher, right to three digits from ten on).
func student(free float64) float64 {
	const z = 1.959964
	return z + (z*z*z+z)/(4*free) + (5*math.Pow(z, 5)+16*z*z*z+3*z)/(96*free*free)
}

// Says is whether more, fewer, or neither can be told. With a year earlier it is the net ratio that counts.
func (e Effect) Says() string {
	low, high := e.Low, e.High
	if e.Year {
		low, high = e.NetLow, e.NetTop
	}
	switch {
	case e.Few:
		return "few"
	case low > 1:
		return "more"
	case high < 1:
		return "fewer"
	}
	return "neither"
}
