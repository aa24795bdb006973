// Package question brings what a person asks to who helps them, and the answer back: asked first, answered in time.
//
// Whoever is helped here asks in their own language, from any page of their own. The question is sealed under their key
// before anybody is told of it, and stands at once on their page Berichten with who has it and when there will be an answer.
//
// How long a first answer took is kept beside every question, in working time, and both sides see it. While nobody answers
// the question climbs: to who stands in for the colleague, and then to who leads the team. Each of them sees the file for
// as long as the question waits, and no longer. A question is never closed without an answer: only the person takes it back.
//
// Nothing here tells the words of a question outside the file: lists name who asked and since when, no more.
package question
