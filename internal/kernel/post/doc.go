// Package post carries short messages to telephones: a code to sign in with, a word that something is new.
//
// A message is written with whatever it belongs to, in one transaction, sealed; it is carried afterwards, again and again for a
// while when the carrier does not answer, and is forgotten as soon as it was carried or came too late. Which carrier is a setting
// of the operator: a gateway that takes HTTP, or one that takes mail. A message tells nothing of anybody: whoever writes one must
// think of the telephone that lies on a table.
//
// A message to nobody is written and forgotten like the others, so that whoever asks for a code cannot tell by the time it takes
// whether a number is known.
package post
