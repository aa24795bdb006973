// Package interview plans who goes along to an interview, and keeps what was said there right.
//
// It serves the legal caseworker who must know who goes along, whether our own report is there and what must be corrected
// by when; the volunteer who goes along, and sees of the file what that takes for as long as it takes; and the refugee, who
// reads in their own language when, where and with whom, and what they may ask for.
//
// An interview is one page before, during and after, with the next job on top. Who is asked to go along learns when and
// where; who it is about they learn with the grant of a yes, from the day before until our own report must be there.
//
// It computes no legal date. That the authority's report came, and that corrections were sent, are events in the person's
// procedure: the room of procedures records them, and tells which dates follow or what it must know first. What went wrong
// in an interview stays sealed in the file; a signal takes coarse words along and nothing else.
package interview
