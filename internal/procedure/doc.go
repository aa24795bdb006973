// Package procedure knows where somebody stands in a legal procedure, which dates follow from what happened, and why.
//
// It serves the legal caseworker, who must be able to rely on a date; the lawyer, who must be able to check it in a
// minute; and the refugee, who wants to know where they are, whose turn it is and what comes next.
//
// The law is data: one readable file per procedure in rules/, each rule with its article, its source and how sure we
// are of it. The engine is a set of pure functions: facts, rules and a calendar go in, a derivation comes out. It always
// gives two dates, a safe one to act by and the last one the law allows, and the chain of reasons between the letter and
// the date. What is unsettled in law or unknown in fact is computed in every possible way, and the earliest date counts.
//
// It never overwrites a date silently: an event is corrected by a newer event, a deadline by a newer deadline. It never
// lets an alarm be quiet because a rule has not been confirmed by a lawyer; it says so on the page instead.
package procedure
