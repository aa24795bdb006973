// Package translation is where the texts of the house come into other languages: what is missing or outdated, and how often
// somebody needed it.
//
// A text that is not there in the language of a page is shown in another one, says so, and is counted: by key and language, and by
// nothing else. No person, no page and no hour stands beside the count.
package translation
