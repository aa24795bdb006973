// Package rights carries the requests of a person about their own data: a copy, a correction, less use, erasure, an objection.
//
// Every request has a date by which it must be answered (AVG 12(3)): one month, once two months more when the person is told
// why within the first. It lands with the privacy officer, whatever way it came: from the person's own page, at the desk, or on
// paper. Every step is told to the person, in their words, with whose turn it is.
//
// A copy is given at once: whoever signs in may have everything that every capability keeps about them, to read (HTML) and for
// a machine (JSON). It is gathered at the moment it is fetched and kept nowhere. An address that is kept apart is in it only
// when the person asks for that: the file may lie on a telephone that others hold. No colleague who helps somebody can make
// their copy, because it also holds what was said about that colleague; where somebody cannot sign in, the privacy officer
// makes it, and the person sees that in the list of who looked.
//
// Less use (AVG 18) is one mark in the file, asked for where a file is opened to write: see dossier.Files.Limit. Erasure (AVG 17)
// is decided with reasons, waits two weeks in which it can be undone, and then destroys the key of the person.
package rights
