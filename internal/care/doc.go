// Package care keeps what help somebody needs, and tells each no more of it than they need to know.
//
// A need is coded by the help, never by the diagnosis: speak slowly, no stairs, a woman, somebody who interprets with signs.
// The desk sees at check-in what a desk can do something with. Why it is needed stands apart, and opens only for colleagues
// who are named for it; every look at it is in the log, and the person sees who they are and can take anything back.
//
// Beside it stand the schooling of each child and how long it waits, the way to a doctor, and how alone somebody is, in a
// few plain words that were noticed in a talk. What gets worse comes to the caseworker's Vandaag.
package care
