// Package monitor watches the signals as numbers: what grows, where, and whether it changed when the rules did.
//
// Each week that is over is counted once: how many signals left their teams, by theme, place, institution, group of nationalities
// and phase, how many people were guided in that week, and how many colleagues signalled at all. A week that was counted never changes;
// one that was not is a gap, and never nought. Two methods judge the numbers, and what they find lands on a desk, where somebody says
// with a reason whether it is real, known or noise. How often the desk was right, and how soon, is shown.
//
// It knows no person, no file, no signal and no colleague who signalled: it is handed counts. Every number that it shows goes through
// kernel/tally.
package monitor
