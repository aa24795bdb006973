// Package knelpunt is signals and bottlenecks: what goes wrong for people, as it leaves their files without them.
//
// Whoever works here tells in one form what happened, to whom in general terms, how bad it was and how often they saw it. The
// words are masked before anybody else reads them: with everything that the file knows at that moment, and with everything that
// is no ordinary word. The author sees the difference and repairs; a second person of the team reads it and lets it go. Where
// the check cannot run nothing is kept and nothing leaves.
//
// A signal knows no file. It has no person, no author, no hour and an id of random signs; the file keeps a receipt, and nothing
// leads from one to the other but a key that the file alone has. So that one person is counted once there is a pseudonym that
// cannot be turned back, made with a secret that can be destroyed.
package knelpunt
