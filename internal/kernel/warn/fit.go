package warn

// This file fits the regression of Farrington's method: counts with a log link and a variance in proportion to the mean
// (quasi-Poisson), one level for each season group, and perhaps a trend that all groups share.

import "math"

// obs is one week of the past that counts.
type obs struct {
	y      float64
	t      float64 // time, in weeks
	offset float64 // log of the exposure
	group  int     // season, from 0
}

// fitted is a regression. Because each group has a level of its own, everything that is asked of it follows from sums
// over groups; no matrix is needed.
type fitted struct {
	level  []float64 // of each group, at time 0
	slope  float64
	trend  bool
	phi    float64 // dispersion, at least 1
	scale  float64 // dispersion as the standard errors take it, see below
	weight []float64
	centre []float64 // weighted mean time of each group
	spread float64   // weighted sum of squares of time around the centres
	free   float64   // degrees of freedom
}

const (
	rounds    = 25
	tolerance = 1e-8
)

// fit finds the regression by iteratively reweighted least squares, from the counts themselves on. prior are weights of
// the observations, nil for one each; the second answer are the leverages. It is not ok when the iteration does not settle.
func fit(data []obs, groups int, trend bool, prior []float64) (f fitted, mu, leverage []float64, ok bool) {
	n := len(data)
	eta, mu := make([]float64, n), make([]float64, n)
	work := make([]float64, n)
	omega := func(i int) float64 {
		if prior == nil {
			return 1
		}
		return prior[i]
	}
	for i, o := range data {
		mu[i] = o.y + 0.1
		eta[i] = math.Log(mu[i])
	}
	f = fitted{trend: trend}
	old := deviance(data, mu, omega)
	for range rounds {
		sw, st, sz := make([]float64, groups), make([]float64, groups), make([]float64, groups)
		for i, o := range data {
			work[i] = mu[i] * omega(i)
			z := eta[i] - o.offset + (o.y-mu[i])/mu[i]
			sw[o.group] += work[i]
			st[o.group] += work[i] * o.t
			sz[o.group] += work[i] * z
		}
		f.weight, f.centre, f.level = sw, make([]float64, groups), make([]float64, groups)
		for g := range sw {
			if sw[g] > 0 {
				f.centre[g], f.level[g] = st[g]/sw[g], sz[g]/sw[g]
			}
		}
		f.spread, f.slope = 0, 0
		if trend {
			cross := 0.0
			for i, o := range data {
				d := o.t - f.centre[o.group]
				z := eta[i] - o.offset + (o.y-mu[i])/mu[i]
				f.spread += work[i] * d * d
				cross += work[i] * d * z
			}
			if f.spread <= 0 {
				return f, mu, nil, false
			}
			f.slope = cross / f.spread
			for g := range f.level {
				f.level[g] -= f.slope * f.centre[g]
			}
		}
		for i, o := range data {
			eta[i] = o.offset + f.level[o.group] + f.slope*o.t
			mu[i] = max(math.Exp(eta[i]), 2.220446e-16)
		}
		now := deviance(data, mu, omega)
		if math.IsNaN(now) || math.IsInf(now, 0) {
			return f, mu, nil, false
		}
		if math.Abs(now-old)/(math.Abs(now)+0.1) < tolerance {
			ok = true
			break
		}
		old = now
	}
	if !ok {
		return f, mu, nil, false
	}
	used, rank := 0, 0
	for i := range data {
		if omega(i) > 0 {
			used++
		}
	}
	for _, w := range f.weight {
		if w > 0 {
			rank++
		}
	}
	if trend {
		rank++
	}
	f.free = float64(used - rank)
	if f.free <= 0 {
		return f, mu, nil, false
	}
	leverage = make([]float64, n)
	pearson := 0.0
	for i, o := range data {
		r := (o.y - mu[i]) / mu[i]
		pearson += omega(i) * mu[i] * r * r
		d := o.t - f.centre[o.group]
		leverage[i] = work[i] / f.weight[o.group]
		if trend {
			leverage[i] += work[i] * d * d / f.spread
		}
	}
	f.phi = pearson / f.free
	f.scale = f.phi
	if prior != nil {
		// The reference implementation puts the weights of the observations in the place of those of the regression before it
		// asks for standard errors, so their dispersion is taken over them. Bounds would differ from the published ones without.
		s := 0.0
		for i, o := range data {
			r := (o.y - mu[i]) / mu[i]
			s += prior[i] * r * r
		}
		f.scale = s / f.free
	}
	f.phi = max(f.phi, 1)
	return f, mu, leverage, true
}

func deviance(data []obs, mu []float64, omega func(int) float64) float64 {
	sum := 0.0
	for i, o := range data {
		d := -(o.y - mu[i])
		if o.y > 0 {
			d += o.y * math.Log(o.y/mu[i])
		}
		sum += omega(i) * d
	}
	return 2 * sum
}

// at is the linear predictor in a group at a time, and its standard error.
func (f fitted) at(group int, t, offset float64) (eta, se float64) {
	v := 1 / f.weight[group]
	if f.trend {
		d := t - f.centre[group]
		v += d * d / f.spread
	}
	return offset + f.level[group] + f.slope*t, math.Sqrt(v * f.scale)
}

// slopeP is the probability of a slope like this one by chance.
func (f fitted) slopeP() float64 {
	return studentTwoSided(f.slope/math.Sqrt(f.scale/f.spread), f.free)
}
