// Package names finds a person by a name that somebody heard: one name in many spellings and scripts. A name is
// folded, cut into parts, and each part is turned into a row of sounds that Arabic, Persian, Pashto, Kurdish,
// Ethiopic, Cyrillic and Latin writing share. Parts are compared with costs that were learnt from pairs of
// spellings, aligned in any order, and judged with a probability and a reason that a person can check.
//
// Three things are offered: Compare for two names, Index for many, and Match with its reasons for both.
//
// An Index belongs to whoever made it; the package itself holds nothing but tables that never change. It is filled
// once, in the background, and then follows what changes:
//
//	x := names.NewIndex()
//	go x.Fill(ctx, everybody)            // reads an iterator of ids and names; searching works meanwhile
//	x.Set("p-1", "Selam Haile", "ሰላም")   // somebody new, or somebody whose names are others now
//	x.Remove("p-2")
//	for _, m := range x.Search("Seelam Haileh", 10) { … m.ID, m.Chance, m.Reasons … }
//
// Set, Remove, Fill, Search, Compare and Len may be called from any number of goroutines. What was Set or Removed
// during a Fill stands, whatever the Fill reads afterwards. An id may stand for anything: the caller decides whom a
// searcher may see, and asks for more people than it shows where some of them must be left out.
//
// Everything is kept in memory and nothing is written anywhere: what is at rest is the caller's business. What was
// removed from an Index is overwritten and gone; what Search answered belongs to the caller.
//
// The numbers in costs.txt and model.txt come from learn_test.go (make names-learn), out of public spellings; no name
// of anybody is in them.
package names
