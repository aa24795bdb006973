// Package measure says how well names are found: it runs pairs of spellings against an index and counts, for our own
// matcher and for the obvious ones beside it.
package measure
