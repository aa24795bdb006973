// Package dossier keeps the file of each person, and is the only door to it.
//
// It serves everybody who helps somebody: who is this, how do they want to be called, in which language, how can they be
// reached without putting them in danger, what was promised. What is known of a person is one sealed profile with its
// whole history; facts have a source and may be disputed, and unknown is a value.
//
// Files.Open is the only way to a file. It asks the one access predicate, commits the entry in the access log, and only
// then hands out a File, without which no other capability reads anything of that person. A file that may not be seen
// answers exactly as one that does not exist.
//
// It never keeps a citizen service number, and it never finds people by free text over what is sealed: exact numbers and
// name parts go through blind tokens.
package dossier
