// Package information answers questions without asking who somebody is: where help is open now, what a word or a step means, who we are.
//
// Its pages need no sign-in, no script and no cookie, and they say nothing of who reads them. A text answers one question. It
// names where it comes from and on which day that was read. Of each translation it stands beside it whether a person who
// reads the language has checked it, whether it was made by a machine, or whether the Dutch has changed since; a text that is
// not there yet is shown in Dutch, and the page says so.
//
// Nothing is on the site that one person wrote alone: a version shows after a second colleague has read it. Earlier versions
// stay readable for colleagues.
//
// Who misses something says it without a name. Only the day is kept, the words are sealed, and the team that owns the text
// reads them.
package information
