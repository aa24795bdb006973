package translation

// This file is what both kinds of file have in common: the texts that go out to a translator, and what comes back. A file that
// comes back is read unit by unit: whatever is good is kept, and of everything else is said at which line it stands.

import (
	"strings"

	"reisgezel/internal/kernel/lang"
)

// The kinds of file.
var Kinds = []string{InXLIFF, InPO}

// mostFile is the largest file that is read.
const mostFile = 4 << 20

// mostUnits is how many texts a file may hold.
const mostUnits = 20000

// Unit is a text on its way to a translator.
type Unit struct {
	Key, Of        string
	Dutch, English lang.Text
	Text           lang.Text // as it is now; empty when it is not there
	State          string
	Where          []string // addresses of pages it stands on
}

// Got is a text as it came back.
type Got struct {
	Line    int
	Key, Of string
	Text    lang.Text
}

// LineFault is something wrong at a line of a file.
type LineFault struct {
	Line  int    `json:"line"`
	Key   string `json:"key,omitempty"`
	Fault string `json:"fault"`
	What  string `json:"what,omitempty"`
}

// Units are the texts of a language to go out.
func Units(c *lang.Catalogue, tag string, keys []string, where func(key string) []string) []Unit {
	var out []Unit
	for _, k := range keys {
		nl, ok := c.Item("nl", k)
		if !ok {
			continue
		}
		en, _ := c.Item("en", k)
		now, _ := c.Item(tag, k)
		out = append(out, Unit{Key: k, Of: c.Source(k), Dutch: nl.Text, English: en.Text, Text: now.Text, State: StateOf(c, tag, k), Where: where(k)})
	}
	return out
}

// id is the name of a text in a file: its key, and the mark of the Dutch text that went out.
func (u Unit) id() string { return u.Key + "|" + u.Of }

// ofID reads it back; ok is false when it is no name of ours.
func ofID(id string) (key, of string, ok bool) {
	key, of, ok = strings.Cut(id, "|")
	return key, of, ok && key != "" && len(of) == 8 && !strings.ContainsAny(id, " \t\n")
}

// source is the Dutch text in one line: of a plural the form for many.
func source(t lang.Text) string {
	if t.Plural() {
		return t.Forms["other"]
	}
	return t.One
}

// form is a form of a text, whether it has forms or not.
func form(t lang.Text, category string) string {
	if t.Plural() {
		return t.Forms[category]
	}
	return t.One
}

// same says whether what came back says what is there: a text with one form comes back with that form for every number.
func same(now, came lang.Text) bool {
	if now.Plural() || !came.Plural() {
		return now.Same(came)
	}
	for _, f := range came.All() {
		if f.Text != now.One {
			return false
		}
	}
	return true
}

// Judged is what becomes of a file: what is kept as proposals, what is wrong, and how many texts said nothing new.
type Judged struct {
	Good   []Got
	Faults []LineFault
	Same   int
}

// Judge looks at every text that came back. One that was made from an older Dutch text is kept too: it waits, and shows that it is
// older.
func Judge(c *lang.Catalogue, tag string, got []Got, faults []LineFault) Judged {
	j := Judged{Faults: faults}
	seen := map[string]bool{}
	for _, g := range got {
		g.Text = Tidy(tag, g.Text)
		now, ok := c.Item(tag, g.Key)
		bad := Check(c, tag, g.Key, g.Text)
		switch {
		case seen[g.Key]:
			j.Faults = append(j.Faults, LineFault{g.Line, g.Key, "twice", ""})
		case len(bad) > 0:
			for _, m := range bad {
				j.Faults = append(j.Faults, LineFault{g.Line, g.Key, m.Fault, m.What})
			}
		case ok && same(now.Text, g.Text) && now.State != lang.Outdated:
			j.Same++
		default:
			j.Good = append(j.Good, g)
		}
		seen[g.Key] = true
	}
	return j
}
