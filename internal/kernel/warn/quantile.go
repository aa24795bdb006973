package warn

// This file is the probability that the methods need: normal, Student's t, Poisson and negative binomial.

import "math"

// normalQuantile is the value that a standard normal variable stays below with probability p.
func normalQuantile(p float64) float64 { return math.Sqrt2 * math.Erfinv(2*p-1) }

// normalAbove is the probability that a standard normal variable lies above x.
func normalAbove(x float64) float64 { return math.Erfc(x/math.Sqrt2) / 2 }

// studentTwoSided is the probability that a Student t variable lies at least this far from zero, on either side.
func studentTwoSided(t, freedom float64) float64 {
	if math.IsInf(t, 0) {
		return 0
	}
	return betaRatio(freedom/2, 0.5, freedom/(freedom+t*t))
}

// betaRatio is the regularised incomplete beta function I_x(a, b), by its continued fraction (Abramowitz and Stegun
// 26.5.8, evaluated by Lentz's method).
func betaRatio(a, b, x float64) float64 {
	switch {
	case x <= 0:
		return 0
	case x >= 1:
		return 1
	case x > (a+1)/(a+b+2):
		return 1 - betaRatio(b, a, 1-x)
	}
	la, _ := math.Lgamma(a)
	lb, _ := math.Lgamma(b)
	lab, _ := math.Lgamma(a + b)
	front := math.Exp(lab-la-lb+a*math.Log(x)+b*math.Log1p(-x)) / a
	const tiny = 1e-300
	f, c, d := 1.0, 1.0, 0.0
	for i := 0; i <= 500; i++ {
		m := float64(i / 2)
		var step float64
		switch {
		case i == 0:
			step = 1
		case i%2 == 0:
			step = m * (b - m) * x / ((a + 2*m - 1) * (a + 2*m))
		default:
			step = -(a + m) * (a + b + m) * x / ((a + 2*m) * (a + 2*m + 1))
		}
		if d = 1 + step*d; math.Abs(d) < tiny {
			d = tiny
		}
		d = 1 / d
		if c = 1 + step/c; math.Abs(c) < tiny {
			c = tiny
		}
		f *= c * d
		if math.Abs(1-c*d) < 1e-14 {
			break
		}
	}
	return front * (f - 1)
}

// counts is a distribution of counts: Poisson, or negative binomial when the variance is phi times the mean and phi is
// more than one.
type counts struct{ mean, phi float64 }

// log of the probability of exactly n.
func (c counts) logOf(n int) float64 {
	x := float64(n)
	lx, _ := math.Lgamma(x + 1)
	if c.phi <= 1 {
		if c.mean == 0 {
			if n == 0 {
				return 0
			}
			return math.Inf(-1)
		}
		return x*math.Log(c.mean) - c.mean - lx
	}
	size := c.mean / (c.phi - 1)
	a, _ := math.Lgamma(x + size)
	b, _ := math.Lgamma(size)
	return a - b - lx - size*math.Log(c.phi) + x*math.Log1p(-1/c.phi)
}

// fuzz lets a sum of many small probabilities miss its goal by rounding only.
const fuzz = 64 * 2.220446e-16

// most is how far a quantile is looked for; a bound above it is no bound.
const most = 50_000_000

// quantile is the smallest count that is not exceeded with probability p; ok is false when there is none in reach.
func (c counts) quantile(p float64) (n int, ok bool) {
	if math.IsNaN(c.mean) || math.IsInf(c.mean, 0) {
		return 0, false
	}
	// Far from zero the sum begins where almost nothing lies below.
	spread := math.Sqrt(c.mean * max(1, c.phi))
	start := max(0, int(c.mean-40*spread))
	sum := 0.0
	for n = start; n < most; n++ {
		sum += math.Exp(c.logOf(n))
		if sum >= p*(1-fuzz) {
			return n, true
		}
		if float64(n) > c.mean+60*spread+60 {
			break
		}
	}
	return 0, false
}

// above is the probability of n or more.
func (c counts) above(n int) float64 {
	if n <= 0 {
		return 1
	}
	spread := math.Sqrt(c.mean * max(1, c.phi))
	start := max(0, int(c.mean-40*spread))
	if n > int(c.mean) {
		sum := 0.0
		for i := n; ; i++ {
			p := math.Exp(c.logOf(i))
			sum += p
			if p < 1e-18*sum || p == 0 && float64(i) > c.mean {
				return sum
			}
		}
	}
	sum := 0.0
	for i := start; i < n; i++ {
		sum += math.Exp(c.logOf(i))
	}
	return max(0, 1-sum)
}
