// Package litigation is strategic litigation: one question of law before a court, so that many are helped.
//
// Candidates are found by objective criteria, and first as a count only, that tells of no small group. Whoever wants more writes down
// why; then the colleague of each person is asked to ask them, and this room hears nothing but a yes. It never holds a name, a number
// or the key of a file: a no, a silence and nobody at all look alike here, and change nothing of anybody's help.
//
// A case keeps its instance, parties, third parties, partners abroad, dates from the rules of law, hearing, judgment and effect.
package litigation
