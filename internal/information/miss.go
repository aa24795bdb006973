package information

// This file holds what somebody misses in a text: words without a name, of a day and not of an hour.

import (
	"strings"
	"time"
	"unicode/utf8"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/privacy"
)

// Miss is what somebody misses. Lang is the language of the page; Done is when the team had dealt with it.
type Miss struct {
	ID, Article, Lang string
	Day               clock.Date
	Done              time.Time
	DoneBy            string
	Body              []byte
	Text              string `db:"-"`
}

const mostMiss = 500

// CheckMiss tells what is wrong with the words.
func CheckMiss(text string) fault.Fields {
	var fs fault.Fields
	text = strings.TrimSpace(text)
	switch n := utf8.RuneCountInString(text); {
	case text == "":
		fs.Add("gemist", "information.error.miss")
	case n > mostMiss:
		fs.Add("gemist", "information.error.long", "n", n, "most", mostMiss)
	case privacy.HasBSN(text):
		fs.Add("gemist", "information.error.missbsn")
	}
	return fs
}
