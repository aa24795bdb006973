package translation

// This file holds what is read aloud: a part of a page as one recording, of the words that stand there and of no others.

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"time"
	"unicode/utf8"

	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/privacy"
)

// Passage is a part of a page that somebody can hear: texts in their order, without anything of a person in them.
type Passage struct {
	ID   string
	Keys []string
}

// Text is what somebody reads aloud in a language; ok is false when a part of it is not there.
func (r Passage) Text(c *lang.Catalogue, tag string) (words []string, ok bool) {
	for _, k := range r.Keys {
		t, there := c.Item(tag, k)
		if !there {
			return nil, false
		}
		words = append(words, t.One)
	}
	return words, len(words) > 0
}

// spoken are the words as one text, for the voice of a telephone: each part ends with a pause.
func spoken(words []string) string {
	var out []string
	for _, w := range words {
		if last, _ := utf8.DecodeLastRuneInString(w); !strings.ContainsRune(".?!…؟۔።", last) {
			w += "."
		}
		out = append(out, w)
	}
	return strings.Join(out, " ")
}

// Mark tells one wording from another; empty when a part of it is not there.
func (r Passage) Mark(c *lang.Catalogue, tag string) string {
	words, ok := r.Text(c, tag)
	if !ok {
		return ""
	}
	h := sha256.Sum256([]byte(strings.Join(words, "\x00")))
	return hex.EncodeToString(h[:8])
}

// Clip is a recording of a passage. It can be heard by everybody from the moment a second reader who listened agrees (Passed),
// until it is undone, another one takes its place, or the words are no longer those that were read. Of one that ended the voice is
// gone: what stays is who did what.
type Clip struct {
	ID, Part, Tag, Mark string
	Kind                string
	Size                int64
	Speaker             string // who can be heard
	Spoken              string // the day
	MadeBy              string
	At                  time.Time
	Passed              time.Time
	PassedBy            string
	Closed              time.Time
	ClosedBy            string
	Close               string
}

// KB is how much data it takes to hear it.
func (c Clip) KB() int64 { return (c.Size + 1023) / 1024 }

// Open says whether it waits for a second reader.
func (c Clip) Open() bool { return c.Passed.IsZero() && c.Closed.IsZero() }

// Shown says whether it may be heard by everybody.
func (c Clip) Shown() bool { return !c.Passed.IsZero() && c.Closed.IsZero() }

// MayPass says whether this colleague is the second pair of ears.
func (c Clip) MayPass(actor string, reads bool) bool { return c.Open() && c.MadeBy != actor && reads }

// ClipInput is what the form of a recording says. Agreed is that whoever can be heard knows that everybody can hear it.
type ClipInput struct {
	Part, Speaker string
	Agreed        bool
}

// Check names all faults at once, but for those of the file itself.
func (in ClipInput) Check() fault.Fields {
	var fs fault.Fields
	switch {
	case in.Speaker == "":
		fs.Add("spreker-"+in.Part, "translation.error.speaker")
	case utf8.RuneCountInString(in.Speaker) > 80:
		fs.Add("spreker-"+in.Part, "translation.error.long", "n", 80)
	case privacy.HasBSN(in.Speaker):
		fs.Add("spreker-"+in.Part, "translation.error.speaker")
	}
	if !in.Agreed {
		fs.Add("mag-"+in.Part, "translation.error.agreed")
	}
	return fs
}
