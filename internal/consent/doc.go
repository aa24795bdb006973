// Package consent is where somebody says what may be shared, with whom and until when, and where it is shared.
//
// The person says it on their own page, or to a colleague who writes it down: with a signature, or aloud, with the
// interpreter who was there. Before they say yes they see each value that would be shared. What they said yes to is kept in
// the words and the language in which it was asked, in the ledger of kernel/privacy. It always has a last day.
//
// Sharing is one act: a sheet with exactly those parts, for exactly that party, as they are known at that moment. The
// sheet is kept sealed, so that the person can read afterwards what left the house. A consent that ended shares nothing
// any more from the next request on. What was shared before stays on the list: it cannot be called back, and the page
// does not pretend so.
//
// What can be shared is lent by others as dossier.Excerpt. Nothing here is asked for in order to be helped.
package consent
