// Package translation is where the texts of the house come into other languages: what is missing or outdated and how often somebody
// needed it, the desk at which colleagues translate, and the files that go out to translators and come back.
//
// Every translation is a proposal until a second person who reads the language agrees; nobody agrees to what they made. From then
// on it lies over the texts that came with the program, on every machine within seconds. Nothing that was proposed is lost: it
// stays in the history of the text, and what is shown can be undone, after which the one before it is shown again. A proposal knows
// from which Dutch text it was made; when that changes it shows as outdated, and gives way to a newer one that comes with a release.
//
// A file that comes back with mistakes in it loses nothing: what is good is kept as proposals, and of the rest is told at which line
// it stands and what is wrong.
//
// Parts of a refugee's pages can be read aloud by people, in the languages in which no machine does so well. A recording is heard by
// everybody when a second person who understands the language listened and agreed, and only beside the very words that were read: when
// one of them changes it is heard no more. Of a recording that ended nothing stays but who did what; the voice goes.
//
// A text that is not there in the language of a page is shown in another one, says so, and is counted: by key and language, and by
// nothing else. No person, no page and no hour stands beside the count.
package translation
