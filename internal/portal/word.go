package portal

// This file holds what a person says back: a question about a look, or a fact that is wrong; and the answer to it.

import (
	"time"
	"unicode/utf8"

	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/privacy"
)

// The kinds of words.
const (
	AboutLook = "look" // about: what LookKey wrote
	AboutFact = "fact" // about: the key of a fact
)

// mostOpen is how many reports one person may have waiting, so that nobody fills a colleague's list.
const mostOpen = 20

// longest is how many characters a text may have.
const longest = 1000

// Word is one question or report.
type Word struct {
	ID, Person, Kind, About string
	Body                    []byte
	Text                    string `db:"-"`
	At                      time.Time
	Answer                  []byte
	Reply                   string `db:"-"`
	DoneAt                  time.Time
	DoneBy                  string
}

// Done says whether somebody dealt with it.
func (w Word) Done() bool { return !w.DoneAt.IsZero() }

// CheckText names what is wrong with a text. needed is the text key of the fault when there is none.
func CheckText(fs *fault.Fields, field, text, needed string) {
	switch {
	case text == "" && needed != "":
		fs.Add(field, needed)
	case utf8.RuneCountInString(text) > longest:
		fs.Add(field, "portal.error.long")
	case privacy.HasBSN(text):
		fs.Add(field, "portal.error.bsn")
	}
}
