// Package residence keeps where somebody lives and lived, and the address that is kept apart.
//
// It serves the caseworker who must know how often somebody was moved, why, and whether the place is fit to live in; and
// the refugee, who says in their own language where they live, who may be called and what may be said then.
//
// The place is on the file; the address is not. It is sealed under a key of its own, which no page of the file opens. To
// see it one gives a reason, and for somebody who is in danger a second person must agree within the half hour. It is
// shown once, on a page that nothing keeps, and each asking, answering and showing stands in the person's own log.
//
// Places are never edited: a move is added, and one that was wrong is taken back and can be put back. How somebody may be
// reached stays one fact, in the profile of the dossier; this room shows it, and lets the person change it.
package residence
