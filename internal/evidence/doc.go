// Package evidence keeps what somebody has to prove and the papers that prove it, and lets nothing in that can act.
//
// It serves the caseworker who must know what is there, what is missing, who will get it and by when; and the refugee, who
// sees the same list in their own language and sends a photo of a paper from a telephone.
//
// A file is what its bytes say, never what its name says. Pictures are decoded and written anew, turned upright, without
// where and when they were taken, so that nothing rides along; a PDF with anything that acts, or that cannot be read to
// the end, is refused; everything else is refused with what to do instead. What is kept is sealed with the person's key
// and leaves the house only as a download. Every look at a paper stands in the log before its first byte.
//
// Nothing is edited: what happens to a paper is appended to its story, a new scan stands beside the older ones, and what
// is taken back can be put back for thirty days before it is destroyed.
package evidence
