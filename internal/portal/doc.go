// Package portal is the refugee's own front door: in their language, on an old telephone.
//
// It answers where am I, whose turn is it, what is next, when is my appointment, and who looked at my file and why. What
// it shows is lent by others; its own work is letting in the right person, telling them who looked, and carrying what they
// say back: a question about a look goes to the privacy officer, a fact that is wrong goes to who helps them.
//
// # Letting in
//
// A card's code and an own PIN let somebody in. The code says who, the PIN proves it. The PIN is chosen at first use:
// within fourteen days of the card's issue whoever holds the card may choose it, once. Later a colleague at the desk opens
// that choice again for a day, with the person present.
//
// The trade-off: somebody who finds a fresh card before its first use can choose the PIN. The person then cannot get in,
// says so at the desk, sees in the list of looks that somebody was in, and a new card and a new choice end it. A start code
// on a second paper would close this gap for most and lock out those who lose papers, and the paper would lie beside the
// card; we chose the gap that is seen. Cards therefore are best used once at the desk where they are printed.
//
// Nothing tells a stranger more than yes or no. A code that cannot be one is refused by its shape; every other code gets
// the page of the PIN. A wrong PIN, a card without a PIN, a blocked card, a card that ended and a card that never was get the same
// bytes after the same work: one look at the card, one at the PIN, one at the key, one argon2id, one transaction. What is
// left is the noise of a key that was in memory or not, well below that of the hash.
//
// A try is counted before it is checked, so that many at once are no more than many in a row. Three mistakes cost nothing,
// then the card waits a minute, two, four …; the tenth ends it until a colleague helps, face to face. An address waits too,
// later, because a whole asylum centre shares one. Only so many hashes run at once: others wait, and then are asked to
// come back.
//
// The phone remembers its card, sealed, for half a day: after ten idle minutes only the PIN is asked. Signing out forgets it.
//
// # What others see
//
// Titles and addresses are neutral, and nothing personal is left on a telephone after signing out; a test searches the profile
// of a browser for it. Who wishes it is told by a message that something is new, and never what.
package portal
