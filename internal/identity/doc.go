// Package identity finds records that may be of one person, and links them without merging anything.
//
// A pair is judged by rules that weigh evidence for and against, and say each in words. What is unknown weighs nothing.
// Twins, brothers and sisters, and a parent and a child of one name are the cases that the rules must not confuse: nobody
// is ever "very likely" the same on a shared family, address or telephone.
//
// Candidates come from a walk in the background over whoever changed: by equal numbers, by equal name and birth, and by
// names that sound alike. Only the two ids and the class are stored; the grounds are found anew whenever they are shown.
//
// A link changes no record and opens none. It can be undone and then stays undone; "not the same" is remembered. Who holds
// both files sees both, on one timeline when they ask for it, each logged as its own look. Consent and access stay where
// they were given. Between teams both sides must say yes.
//
// The question "known elsewhere?" that a colleague asks while registering is reviewed here, and here somebody asks those
// responsible for a file to be let in.
package identity
