// Package feedback hears what people think of the help, and does something with it: three taps about a service, a complaint with its terms, an offer to join in.
//
// What somebody thinks may be said without a name. Then nothing that is kept leads to them: no person, no hour, an id that
// tells no time, words sealed for the house, no entry in the log. The team reads it; what is counted is told only where
// nobody can be picked out of the count.
//
// A complaint has two dates from the moment it is sent: when it must be acknowledged, and when it must be decided. They
// come from the regulation of the organisation itself, are kept beside the complaint, and do not move when the regulation
// does. It lands with somebody who stands above the one it is about and had no part in it; where the line ends, with the
// privacy officer. Every step is told to who complained, on their own page, or to whoever holds the code of a complaint without
// a name.
//
// A complaint or an opinion never changes what help somebody gets, and is no part of a file.
package feedback
