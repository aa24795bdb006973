package portal

// This file holds what a person says back: a question about a look, or a fact that is wrong; and the answer to it.

import (
	"time"
	"unicode/utf8"

	"reisgezel/internal/kernel/clock"
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

// Due is by when a word is answered at the latest: within one month, which is the same day of the next month, or its last day
// when there is none. The law would let a month that ends on a day of rest run on; this does not (bron: AVG-12).
func (w Word) Due() clock.Date {
	return clock.DateOf(w.At.In(clock.Netherlands)).AddMonths(1)
}

// climbAfter is how long a report waits with who helps before who leads the team hears of it.
const climbAfter = 14 * 24 * time.Hour

// Climbs says whether who leads the team must hear of it: it waits too long, or nobody helps this person.
func (w Word) Climbs(now time.Time, helped bool) bool {
	return !w.Done() && (!helped || now.Sub(w.At) >= climbAfter)
}

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
