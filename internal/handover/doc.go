// Package handover gives files to the next colleague, with everything that is open in them, and sees that nothing stays behind with somebody who leaves.
//
// A file is offered to a colleague, to a team or to a region. Whoever takes it over reads a list of all that comes along:
// running terms, procedures, promises, appointments, papers; and accepts each, or says why not. As long as not everything is
// accepted nothing moves: the giver minds the file and sees it. Then everything moves in one transaction, the giver's
// access ends, and the person reads on their own page who their companion is now.
//
// What open work is, each capability tells itself (dossier.Work): this room moves it without knowing it.
//
// Whoever leaves gets a last day. From the day after it nothing opens for them, because their posts stand still by
// themselves; a job ends what is left, and what nobody had taken over falls to the leader of the team and is counted.
package handover
