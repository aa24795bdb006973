package briefing

// This file holds what is told: subjects in simple words, in the languages of the house, each version kept.

import (
	"slices"
	"strings"
	"unicode/utf8"

	"reisgezel/internal/kernel/fault"
)

// Stock are the subjects with which a new list begins, in the order in which they are usually told.
var Stock = []string{"rights", "procedure", "interviews", "lawyer", "reception", "health", "family", "return", "complaint"}

// Tags are the languages in which material may be written, Dutch first: the others are made from it.
var Tags = []string{"nl", "en", "ar", "fa", "ti", "tr", "so", "uk", "fr"}

// Words are one subject in one language.
type Words struct {
	Title   string `json:"title"`
	Text    string `json:"text"`
	Machine bool   `json:"machine,omitempty"` // no person checked the translation
	Old     bool   `json:"old,omitempty"`     // the Dutch changed after it was made
}

// Unsure says whether a reader must be told that the text may be wrong.
func (w Words) Unsure() bool { return w.Machine || w.Old }

// Topic is a subject of the list as it is now, or as it was told.
type Topic struct {
	ID      string
	Place   int
	Closed  bool
	Version int64
	Words   map[string]Words `db:"-"`
	Raw     string           `db:"words"`
}

// In is the subject in a language, or in Dutch when it was not written in it; tag says which.
func (t Topic) In(want string) (w Words, tag string) {
	if w, ok := t.Words[want]; ok && w.Title != "" {
		return w, want
	}
	return t.Words["nl"], "nl"
}

// titleMost and textMost are how long a subject may be.
const (
	titleMost = 80
	textMost  = 3000
)

// MaterialInput is the form of one subject, by language.
type MaterialInput struct {
	Version int64
	Words   map[string]Words // as typed; Machine is the choice "not checked"
}

// Check names all faults at once, and says what the next version is. A translation that was left as it was while the Dutch
// changed is marked as older than its source.
func (in MaterialInput) Check(before map[string]Words) (map[string]Words, fault.Fields) {
	var fs fault.Fields
	out := map[string]Words{}
	for _, tag := range Tags {
		w := in.Words[tag]
		w.Title, w.Text = strings.TrimSpace(w.Title), strings.TrimSpace(w.Text)
		if w.Title == "" && w.Text == "" && tag != "nl" {
			continue
		}
		if w.Title == "" {
			fs.Add("title-"+tag, "briefing.error.title")
		}
		if w.Text == "" {
			fs.Add("text-"+tag, "briefing.error.text")
		}
		if n := utf8.RuneCountInString(w.Title); n > titleMost {
			fs.Add("title-"+tag, "briefing.error.long", "n", n, "most", titleMost)
		}
		if n := utf8.RuneCountInString(w.Text); n > textMost {
			fs.Add("text-"+tag, "briefing.error.long", "n", n, "most", textMost)
		}
		out[tag] = w
	}
	dutch, was := out["nl"], before["nl"]
	dutch.Machine, dutch.Old = false, false
	out["nl"] = dutch
	changed := was.Title != "" && (was.Title != dutch.Title || was.Text != dutch.Text)
	for tag, w := range out {
		old := before[tag]
		same := old.Title == w.Title && old.Text == w.Text
		if tag != "nl" {
			w.Old = same && (old.Old || changed)
			out[tag] = w
		}
	}
	return out, fs
}

// Order puts topics in the order of their list.
func Order(ts []Topic) {
	slices.SortStableFunc(ts, func(a, b Topic) int {
		if a.Place != b.Place {
			return a.Place - b.Place
		}
		return strings.Compare(a.ID, b.ID)
	})
}
