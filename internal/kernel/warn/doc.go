// Package warn says of counts by week which of them are more than chance, season and habit explain. It knows nothing of
// what is counted.
//
// Two methods stand here, each done as its authors published it:
//
//   - Farrington's method in its improved form, for one series of counts: a quasi-Poisson regression on the same weeks of
//     earlier years, in which past outbreaks weigh less, gives an expected count and a bound. C.P. Farrington and others, A
//     statistical algorithm for the early detection of outbreaks of infectious disease, J. R. Statist. Soc. A 159 (1996);
//     A. Noufaily and others, An improved algorithm for outbreak detection in multiple surveillance systems, Statistics in
//     Medicine 32 (2013); M. Salmon, D. Schumacher and M. Höhle, Monitoring count time series in R: aberration detection in
//     public health surveillance, Journal of Statistical Software 70 (2016). Parameters carry the names that the R package
//     surveillance gave them, and its defaults; the numbers agree with those of its function farringtonFlexible.
//   - A prospective space-time scan, for many places at once: which circle of places and which weeks up to now hold more than
//     was expected, and how often would chance alone show as much. M. Kulldorff, Prospective time periodic geographical
//     disease surveillance using a scan statistic, J. R. Statist. Soc. A 164 (2001).
//
// Everything is a pure function of what is handed over. Chance, where a method needs it, comes from a seed, so that a
// result can be repeated.
package warn
