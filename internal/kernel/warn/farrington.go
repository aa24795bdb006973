package warn

// This file is Farrington's method for one series of counts.

import (
	"errors"
	"fmt"
	"math"
	"time"
)

// Threshold is how the bound is found.
type Threshold string

// The thresholds: the delta method of 1996 on a power of the counts, and the negative binomial quantile of 2013, without
// and with the uncertainty of the expected count.
const (
	Delta    Threshold = "delta"
	NBPlugin Threshold = "nbPlugin"
	Muan     Threshold = "muan"
)

// Params are the parameters of the method, by the names and with the defaults of the reference implementation.
type Params struct {
	B                    int     // years back
	W                    int     // weeks on either side of the same week in earlier years
	NoPeriods            int     // season groups; 1 uses only the weeks within W
	PastWeeksNotIncluded int     // latest weeks that do not count, so that an outbreak does not hide itself; -1 is W
	WeightsThreshold     float64 // residual above which a past week weighs less
	Reweight             bool
	Alpha                float64 // probability that a week without an outbreak lies above the bound
	Trend                bool
	PThresholdTrend      float64 // a trend counts when chance shows it less often than this; 1 always uses it
	Limit                [2]int  // no judgement with fewer than so many in the latest so many weeks
	PowerTrans           string  // 2/3, 1/2 or none; for Delta only
	PopulationOffset     bool    // counts are in proportion to the exposure
	ThresholdMethod      Threshold
	Freq                 int // weeks in a year, where weeks are running numbers
}

// Defaults are those of farringtonFlexible, with the exposure taken into account.
func Defaults() Params {
	return Params{B: 5, W: 3, NoPeriods: 1, PastWeeksNotIncluded: -1, WeightsThreshold: 2.58, Reweight: true, Alpha: 0.05, Trend: true,
		PThresholdTrend: 0.05, Limit: [2]int{5, 4}, PowerTrans: "2/3", PopulationOffset: true, ThresholdMethod: Delta, Freq: 52}
}

// Improved are the settings that Noufaily and others proposed.
func Improved() Params {
	p := Defaults()
	p.NoPeriods, p.PastWeeksNotIncluded, p.PThresholdTrend, p.ThresholdMethod = 10, 26, 1, NBPlugin
	return p
}

// Check refuses parameters that mean nothing.
func (p Params) Check() error {
	var errs []error
	bad := func(is bool, format string, args ...any) {
		if is {
			errs = append(errs, fmt.Errorf(format, args...))
		}
	}
	bad(p.B < 1 || p.B > 50, "b is a number of years from 1 to 50, not %d", p.B)
	bad(p.Freq < 2 || p.Freq > 366, "freq is a number of weeks from 2 to 366, not %d", p.Freq)
	bad(p.W < 0 || 2*p.W+1 > p.Freq, "w is a number of weeks that fits twice in a year, not %d", p.W)
	bad(p.NoPeriods < 1 || p.NoPeriods > 1 && p.NoPeriods > p.Freq-2*p.W-1, "noPeriods is at least 1, and every group needs a week: not %d", p.NoPeriods)
	bad(p.PastWeeksNotIncluded < -1, "pastWeeksNotIncluded is a number of weeks, not %d", p.PastWeeksNotIncluded)
	bad(!(p.WeightsThreshold > 0), "weightsThreshold is more than 0, not %v", p.WeightsThreshold)
	bad(!(p.Alpha > 0 && p.Alpha < 0.5), "alpha is a probability between 0 and 0.5, not %v", p.Alpha)
	bad(!(p.PThresholdTrend >= 0 && p.PThresholdTrend <= 1), "pThresholdTrend is a probability, not %v", p.PThresholdTrend)
	bad(p.Limit[0] < 0 || p.Limit[1] < 1, "limit54 is a number of counts and a number of weeks, not %v", p.Limit)
	bad(p.PowerTrans != "2/3" && p.PowerTrans != "1/2" && p.PowerTrans != "none", "powertrans is 2/3, 1/2 or none, not %q", p.PowerTrans)
	bad(p.ThresholdMethod != Delta && p.ThresholdMethod != NBPlugin && p.ThresholdMethod != Muan, "thresholdMethod is delta, nbPlugin or muan, not %q", p.ThresholdMethod)
	return errors.Join(errs...)
}

// Series are counts of consecutive weeks. NaN is a week of which nothing is known. Day is the first week, or zero when weeks
// are running numbers: then a year is Params.Freq weeks, and otherwise the same date of the year before.
type Series struct {
	Day      time.Time
	Count    []float64
	Exposure []float64 // nil: the same in every week
}

// Why a week was not judged.
const (
	NoHistory = "history" // the series does not go back far enough
	TooFew    = "few"     // too few counts lately
	NoFit     = "fit"     // the regression did not settle
	NoCount   = "nothing" // nothing is known of the week
)

// Result is what is said of one week. Expected, Upper and Score are NaN when Why says why there is none.
type Result struct {
	Expected, Upper float64
	Score           float64 // how far the count lies between what was expected (0) and the bound (1)
	P               float64 // how often a week without an outbreak has as many
	Trend           float64 // slope in a week, on the log scale; NaN when no trend was used
	Alarm           bool
	Why             string
}

func none(why string) Result {
	nan := math.NaN()
	return Result{Expected: nan, Upper: nan, Score: nan, P: nan, Trend: nan, Why: why}
}

// past is where the week k stands among the weeks of the years before: k itself and the same week one, two … years before.
// It is nil when the series does not go back that far.
func (s Series) past(k int, p Params) []int {
	at := []int{k}
	for i := 1; i <= p.B; i++ {
		ref := k - i*p.Freq
		if !s.Day.IsZero() {
			ref = (days(yearsBefore(s.Day.AddDate(0, 0, 7*k), i)) - days(s.Day)) / 7
		}
		if ref-p.W < 0 {
			return nil
		}
		at = append(at, ref)
	}
	return at
}

// groups puts the weeks up to k into season groups: the weeks around the same week of each year into the last one, the
// others in order into the groups before it. -1 is no group.
func groups(k int, past []int, p Params) []int {
	g := make([]int, k+1)
	for i := range g {
		g[i] = -1
	}
	last := p.NoPeriods - 1
	for i := max(0, k-p.W); i <= k; i++ {
		g[i] = last
	}
	for i := 1; i < len(past); i++ {
		ref := past[i]
		for j := ref - p.W; j <= ref+p.W && j <= k; j++ {
			g[j] = last
		}
		if p.NoPeriods == 1 {
			continue
		}
		between := past[i-1] - 2*p.W - 1 - ref
		length, rest := between/(p.NoPeriods-1), between%(p.NoPeriods-1)
		j := ref + p.W + 1
		for group := range p.NoPeriods - 1 {
			n := length
			if group < rest {
				n++
			}
			for range n {
				g[j] = group
				j++
			}
		}
	}
	return g
}

// Judge says of the week k, from 0, whether it holds more than was to be expected. It looks at no later week.
func (s Series) Judge(k int, p Params) Result {
	past := s.past(k, p)
	switch {
	case past == nil:
		return none(NoHistory)
	case math.IsNaN(s.Count[k]) || p.PopulationOffset && s.Exposure != nil && !(s.Exposure[k] > 0):
		return none(NoCount)
	}
	recent := 0.0
	for i := max(0, k-p.Limit[1]+1); i <= k; i++ {
		if c := s.Count[i]; !math.IsNaN(c) {
			recent += c
		}
	}
	if recent < float64(p.Limit[0]) {
		return none(TooFew)
	}
	spare := p.PastWeeksNotIncluded
	if spare < 0 {
		spare = p.W
	}
	offset := func(i int) float64 {
		if !p.PopulationOffset || s.Exposure == nil {
			return 0
		}
		return math.Log(s.Exposure[i])
	}
	var data []obs
	for i, g := range groups(k, past, p) {
		if g < 0 || i >= k-spare || math.IsNaN(s.Count[i]) || p.PopulationOffset && s.Exposure != nil && !(s.Exposure[i] > 0) {
			continue
		}
		data = append(data, obs{y: s.Count[i], t: float64(i), offset: offset(i), group: g})
	}
	m, ok := model(data, p, p.Trend)
	if !ok {
		return none(NoFit)
	}
	last := p.NoPeriods - 1
	if m.trend {
		eta, _ := m.at(last, float64(k), offset(k))
		highest := 0.0
		for _, o := range data {
			highest = max(highest, o.y)
		}
		// A trend is used over three years or more, when it is there, and when it does not lead beyond anything seen.
		if p.B < 3 || !(m.slopeP() < p.PThresholdTrend) || math.Exp(eta) > highest {
			if m, ok = model(data, p, false); !ok {
				return none(NoFit)
			}
		}
	}
	if m.weight[last] <= 0 {
		return none(NoFit)
	}
	return m.judge(s.Count[k], last, float64(k), offset(k), p)
}

// model fits twice: the second time weeks that stand out weigh less, so that a past outbreak does not lift the bound.
func model(data []obs, p Params, trend bool) (fitted, bool) {
	if len(data) == 0 {
		return fitted{}, false
	}
	m, mu, leverage, ok := fit(data, p.NoPeriods, trend, nil)
	if !ok && trend {
		trend = false
		m, mu, leverage, ok = fit(data, p.NoPeriods, false, nil)
	}
	if !ok || !p.Reweight {
		return m, ok
	}
	resid := make([]float64, len(data))
	sum := 0.0
	for i, o := range data {
		// Anscombe residuals, standardised.
		r := 1.5 * (math.Pow(o.y, 2.0/3)*math.Pow(mu[i], -1.0/6) - math.Sqrt(mu[i]))
		resid[i] = r / math.Sqrt(m.phi*(1-leverage[i]))
		if resid[i] > p.WeightsThreshold {
			sum += 1 / (resid[i] * resid[i])
		} else {
			sum++
		}
	}
	gamma := float64(len(data)) / sum
	omega := make([]float64, len(data))
	for i, r := range resid {
		omega[i] = gamma
		if r > p.WeightsThreshold {
			omega[i] = gamma / (r * r)
		}
	}
	m, _, _, ok = fit(data, p.NoPeriods, trend, omega)
	return m, ok
}

// judge holds a count against the regression.
func (f fitted) judge(y float64, group int, t, offset float64, p Params) Result {
	eta, se := f.at(group, t, offset)
	mu := math.Exp(eta)
	r := Result{Expected: mu, Trend: math.NaN()}
	if f.trend {
		r.Trend = f.slope
	}
	switch p.ThresholdMethod {
	case Delta:
		tau := f.phi + (se*mu)*(se*mu)/mu
		power, sd := 1.0, math.Sqrt(mu*tau)
		switch p.PowerTrans {
		case "2/3":
			power, sd = 2.0/3, math.Sqrt(4.0/9*math.Cbrt(mu)*tau)
		case "1/2":
			power, sd = 0.5, math.Sqrt(tau/4)
		}
		r.Upper = math.Pow(math.Pow(mu, power)+normalQuantile(1-p.Alpha)*sd, 1/power)
		r.P = normalAbove((math.Pow(y, power) - math.Pow(mu, power)) / sd)
	default:
		mean := mu
		if p.ThresholdMethod == Muan {
			mean = math.Exp(eta + normalQuantile(1-p.Alpha)*se)
		}
		c := counts{mean, f.phi}
		upper, ok := c.quantile(1 - p.Alpha)
		if !ok {
			return none(NoFit)
		}
		r.Upper, r.P = float64(upper), c.above(int(math.Round(y)))
	}
	r.Score = (y - mu) / (r.Upper - mu)
	r.Alarm = y > r.Upper && y > 0
	return r
}

// JudgeAll judges all weeks of a series from a week on.
func (s Series) JudgeAll(from int, p Params) []Result {
	out := make([]Result, 0, len(s.Count)-from)
	for k := from; k < len(s.Count); k++ {
		out = append(out, s.Judge(k, p))
	}
	return out
}
