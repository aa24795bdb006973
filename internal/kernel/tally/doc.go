// Package tally says which numbers of a table may be shown, so that no small number can be read or worked out. It knows nothing of
// what is counted.
//
// Every number that is published goes through one function, in three steps, in the order of the handbooks (A. Hundepool and
// others, Statistical Disclosure Control, Wiley 2012, chapter 4, which describes the practice of Statistics Netherlands):
//
//  1. Minimum cell: a number below the least one is not shown. Nought is such a number too: whether nobody or somebody is there
//     is exactly what must not be told.
//  2. Complementary suppression: where a hidden number would follow from the others by adding and subtracting, more numbers are
//     hidden, totals too, until it no longer follows. Whether it follows is not guessed but worked out, with linear programming,
//     over all tables that are handed over together: tables that share a total, and periods that add up to a longer one.
//  3. Rounding of what is left, to the nearest multiple of a base.
//
// What is promised: somebody who knows every shown number exactly, before rounding, knows how all tables add up, and knows the least
// number, cannot narrow a hidden number below the least one any further than "nought up to just below the least". A number that was
// shown or hidden before stays so: what was decided about it is handed over again.
//
// What is not promised: that nobody guesses from which numbers were hidden beside it, or from what they know of the world. And
// tables that are not handed over together are not held against each other.
package tally
