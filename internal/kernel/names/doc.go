// Package names finds a person by a name that somebody heard: one name in many spellings and scripts. A name is
// folded, cut into parts, and each part is turned into a row of sounds that Arabic, Persian, Pashto, Kurdish,
// Ethiopic, Cyrillic and Latin writing share. Parts are compared with costs that were learnt from pairs of
// spellings, aligned in any order, and judged with a probability and a reason that a person can check.
//
// Three things are offered: Compare for two names, Index for many, and Match with its reasons for both. The package
// keeps everything in memory and writes nothing anywhere: what is at rest is the caller's business. What was removed
// from an Index is overwritten and gone.
//
// The numbers in costs.txt and model.txt come from learn_test.go, out of public spellings; no name of anybody is
// in them.
package names
