package translation

// This file holds what a proposal is, what must be right before it is kept, and what is still to do in a language.

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"reisgezel/internal/kernel/lang"
)

// How a proposal came in.
const (
	ByHand  = "hand"
	InXLIFF = "xliff"
	InPO    = "po"
)

// How a proposal ended, other than by being agreed to.
const (
	Replaced  = "replaced"  // somebody proposed something newer
	Refused   = "refused"   // a second reader did not agree
	Withdrawn = "withdrawn" // by whoever proposed it
	Undone    = "undone"    // it was shown, and is no longer
)

// Proposal is a translation that somebody made. Of is the fingerprint of the Dutch text it was made from. It is shown from the
// moment a second reader agrees (Passed), until it is undone or another one takes its place.
type Proposal struct {
	ID, Tag, Key string
	MadeOf, Via  string
	MadeBy       string
	At           time.Time
	Passed       time.Time
	PassedBy     string
	Closed       time.Time
	ClosedBy     string
	Close        string
	Body         string
	Text         lang.Text `db:"-"`
}

// Open says whether it waits for a second reader.
func (p Proposal) Open() bool { return p.Passed.IsZero() && p.Closed.IsZero() }

// Shown says whether it may be on the pages.
func (p Proposal) Shown() bool { return !p.Passed.IsZero() && p.Closed.IsZero() }

// MayPass says whether this colleague is the second pair of eyes: somebody else than who made it, who reads the language.
func (p Proposal) MayPass(actor string, reads bool) bool {
	return p.Open() && p.MadeBy != actor && reads
}

// Reads says whether somebody who speaks these languages can judge a text in a language. Simple Dutch is judged by who reads
// Dutch.
func Reads(spoken []string, tag string) bool {
	for _, s := range spoken {
		if s == tag || tag == "nl-simple" && s == "nl" {
			return true
		}
	}
	return false
}

// mostText is the longest translation of a short text; a longer text may grow to three times its length.
const mostText = 400

// Tidy takes away what nobody typed on purpose: spaces around a text, two ways to write one letter. A language that has no plural
// form "other" for whole numbers borrows the last one it has: only parts of a whole would ask for it.
func Tidy(tag string, t lang.Text) lang.Text {
	t.One = tidy(t.One)
	if t.Forms == nil {
		return t
	}
	forms := map[string]string{}
	for c, s := range t.Forms {
		if s = tidy(s); s != "" {
			forms[c] = s
		}
	}
	if counted := lang.Counted(tag); forms["other"] == "" && counted[len(counted)-1] != "other" {
		if s := forms[counted[len(counted)-1]]; s != "" {
			forms["other"] = s
		}
	}
	return lang.Text{Forms: forms}
}

func tidy(s string) string {
	return norm.NFC.String(strings.TrimSpace(strings.ReplaceAll(s, "\r\n", "\n")))
}

// Check names everything that is wrong with a translation: what does not fit the Dutch text, markup, signs that nobody can see,
// a text that is far too long.
func Check(c *lang.Catalogue, tag, key string, t lang.Text) []lang.Misfit {
	out := c.Fits(tag, key, t)
	dutch, _ := c.Item("nl", key)
	most, lines := mostText, false
	for _, f := range dutch.All() {
		most = max(most, 3*utf8.RuneCountInString(f.Text))
		lines = lines || strings.Contains(f.Text, "\n")
	}
	for _, f := range t.All() {
		if strings.ContainsAny(f.Text, "<>") {
			out = append(out, lang.Misfit{Fault: "markup", What: f.Category})
		}
		if n := utf8.RuneCountInString(f.Text); n > most {
			out = append(out, lang.Misfit{Fault: "long", What: f.Category})
		}
		if !utf8.ValidString(f.Text) || strings.ContainsFunc(f.Text, func(r rune) bool { return hidden(r, lines) }) {
			out = append(out, lang.Misfit{Fault: "hidden", What: f.Category})
		}
	}
	return out
}

// hidden says whether a sign cannot be seen and changes what stands around it. The joiners that Farsi and Kurdish write with, and
// the marks of direction, are seen.
func hidden(r rune, lines bool) bool {
	switch {
	case r == '\n':
		return !lines
	case r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069:
		return true
	}
	return unicode.IsControl(r) || r == utf8.RuneError
}

// The states by which the texts of a language are sifted.
const (
	Missing  = "missing"
	Outdated = "outdated"
	Machine  = "machine"
	Checked  = "checked"
	Waiting  = "waiting" // a proposal waits for a second reader
)

// States are all of them, in the order in which work begins.
var States = []string{Missing, Outdated, Waiting, Machine, Checked}

// StateOf is how a text stands in a language.
func StateOf(c *lang.Catalogue, tag, key string) string {
	i, ok := c.Item(tag, key)
	switch {
	case !ok:
		return Missing
	case i.State == lang.Outdated:
		return Outdated
	case i.State == lang.Machine:
		return Machine
	}
	return Checked
}

// Room is the capability that a text belongs to.
func Room(key string) string {
	room, _, _ := strings.Cut(key, ".")
	return room
}

// Keys are the texts that a language needs, in their order: English all, every other what stands on the pages of refugees.
func Keys(c *lang.Catalogue, tag string) []string {
	if tag == "en" {
		return c.Keys("nl")
	}
	return c.Read()
}
