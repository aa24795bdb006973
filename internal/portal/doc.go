// Package portal is the refugee's own front door: in their language, on an old telephone.
//
// It answers where am I, whose turn is it, what is next, when is my appointment, and who looked at my file and why. What
// it shows is lent by others; its own work is letting in the right person, and telling them who looked.
//
// A card's code and an own PIN let somebody in. The PIN is chosen at first use: within fourteen days of the card's issue,
// whoever holds the card may choose it once. Somebody who found a fresh card could choose first; the person then cannot
// get in, says so at the desk, and a new card ends that. A start code on a second paper would close this gap for most and lock
// out those who lose papers; we chose the gap that is seen. Every page answers a wrong code, a wrong PIN, a blocked card
// and a card that does not exist with the same words after the same work. After ten failures only the desk can help.
//
// Titles are neutral, nothing personal is cached, and a session rests after ten idle minutes.
package portal
