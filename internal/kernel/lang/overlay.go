package lang

// This file lays texts over those that came with the program: what people of the house translated or corrected since the release.
// It is also the way to look at one text: its forms, its state, and the Dutch text it was made from.

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"sort"
	"strings"

	"golang.org/x/text/feature/plural"
)

// Text is one text: one form, or a form for each category of plural.
type Text struct {
	One   string
	Forms map[string]string
}

// Over is a text to lay over the catalogue, made from the Dutch text with the fingerprint Of, and checked by a person.
type Over struct {
	Tag, Key string
	Text     Text
	Of       string
}

// Item is a text of a language as the catalogue has it now.
type Item struct {
	Text
	State State
	Of    string // fingerprint of the Dutch text it was made from; empty when that is not known
}

// forms are the plural categories in the order of CLDR.
var forms = []string{"zero", "one", "two", "few", "many", "other"}

// Categories are the categories of plural that a text needs in a language: those of whole numbers, and other.
func Categories(tag string) []string {
	return categoriesOf(tag, map[plural.Form]bool{plural.Other: true})
}

// Counted are the categories of plural that whole numbers have in a language.
func Counted(tag string) []string { return categoriesOf(tag, map[plural.Form]bool{}) }

func categoriesOf(tag string, used map[plural.Form]bool) []string {
	for n := range 200 {
		used[plural.Cardinal.MatchPlural(tags[tag], n, 0, 0, 0, 0)] = true
	}
	var out []string
	for _, f := range forms {
		if used[categories[f]] {
			out = append(out, f)
		}
	}
	return out
}

// Example is the least number from one that has a category in a language; zero when only zero has it.
func Example(tag, category string) int {
	for n := 1; n < 200; n++ {
		if plural.Cardinal.MatchPlural(tags[tag], n, 0, 0, 0, 0) == categories[category] {
			return n
		}
	}
	return 0
}

// CategoryOf is the category of a number in a language.
func CategoryOf(tag string, n int) string {
	f := plural.Cardinal.MatchPlural(tags[tag], n, 0, 0, 0, 0)
	for name, x := range categories {
		if x == f {
			return name
		}
	}
	return "other"
}

// Plural says whether the text has a form for each category.
func (t Text) Plural() bool { return t.Forms != nil }

// Holes are the placeholders of a text, each once, sorted.
func (t Text) Holes() []string { return strings.Fields(holes(t.entry())) }

// All are the forms in the order of CLDR; of a text with one form, that one under the name "".
func (t Text) All() []Form {
	if t.Forms == nil {
		return []Form{{"", t.One}}
	}
	var out []Form
	for _, f := range forms {
		if s, ok := t.Forms[f]; ok {
			out = append(out, Form{f, s})
		}
	}
	return out
}

// Form is one form of a text.
type Form struct{ Category, Text string }

// Same says whether two texts say the same.
func (t Text) Same(o Text) bool {
	return t.One == o.One && t.Plural() == o.Plural() && maps.Equal(t.Forms, o.Forms)
}

// Print tells one wording from another.
func (t Text) Print() string {
	b, err := json.Marshal(t)
	if err != nil {
		panic("lang: a text of strings cannot be written: " + err.Error())
	}
	return fingerprint(b)
}

// MarshalJSON writes a text as it stands in a catalogue.
func (t Text) MarshalJSON() ([]byte, error) {
	if t.Forms != nil {
		return json.Marshal(t.Forms)
	}
	return json.Marshal(t.One)
}

// UnmarshalJSON reads it back.
func (t *Text) UnmarshalJSON(b []byte) error {
	e, err := read(b)
	if err != nil {
		return err
	}
	*t = e.asText()
	return nil
}

func (t Text) entry() entry {
	e := entry{one: t.One}
	if t.Forms != nil {
		e.forms = map[plural.Form]string{}
		for name, s := range t.Forms {
			if f, ok := categories[name]; ok {
				e.forms[f] = s
			}
		}
	}
	return e
}

func (e entry) asText() Text {
	t := Text{One: e.one}
	if e.forms != nil {
		t.Forms = map[string]string{}
		for name, f := range categories {
			if s, ok := e.forms[f]; ok {
				t.Forms[name] = s
			}
		}
	}
	return t
}

// Item is a text in a language itself, as it is shown now.
func (c *Catalogue) Item(tag, key string) (Item, bool) {
	e, ok := c.now()[tag].get(key)
	return Item{e.asText(), e.state, e.of.String()}, ok
}

// Source is the fingerprint of a Dutch text, by which a translation knows from what it was made; empty when there is no such text.
func (c *Catalogue) Source(key string) string {
	of, _ := c.source(key)
	return of.String()
}

func (c *Catalogue) source(key string) (of stamp, known bool) {
	n, known := c.number.find(key)
	if known {
		of = c.dutch[n]
	}
	return of, known
}

// Lay puts these texts over those that came with the program, instead of whatever lay there before. A text of an older Dutch
// text gives way to one that came with the program and is of today's. It says which texts it did not show: those that gave way,
// and those the program no longer has.
func (c *Catalogue) Lay(over []Over) (left []Over) {
	laid := map[string]map[string]entry{}
	for _, o := range over {
		e := o.Text.entry()
		e.of, e.state = readStamp(o.Of), Checked
		dutch, known := c.source(o.Key)
		have, ok := c.texts[o.Tag].get(o.Key)
		if e.of != dutch {
			e.state = Outdated
		}
		if _, ours := c.texts[o.Tag]; !known || !ours || o.Tag == "nl" || e.state == Outdated && ok && have.state != Outdated {
			left = append(left, o)
			continue
		}
		if laid[o.Tag] == nil {
			laid[o.Tag] = map[string]entry{}
		}
		laid[o.Tag][o.Key] = e
	}
	now := maps.Clone(c.texts)
	for tag, over := range laid {
		now[tag] = now[tag].under(over)
	}
	c.laid.Store(&now)
	return left
}

// Fits names what is wrong with a translation beside its Dutch text: a placeholder that is not the same, a form of plural that the
// language needs and that is not there. The faults are texts keys with what they say.
func (c *Catalogue) Fits(tag, key string, t Text) []Misfit {
	src, ok := c.texts["nl"].get(key)
	if !ok {
		return []Misfit{{"unknown", key}}
	}
	var out []Misfit
	if src.forms == nil && t.Forms != nil {
		out = append(out, Misfit{"plural", ""})
	}
	if t.Forms != nil {
		for _, f := range Categories(tag) {
			if strings.TrimSpace(t.Forms[f]) == "" {
				out = append(out, Misfit{"form", f})
			}
		}
		for f := range t.Forms {
			if _, ok := categories[f]; !ok {
				out = append(out, Misfit{"category", f})
			}
		}
	} else if strings.TrimSpace(t.One) == "" {
		out = append(out, Misfit{"empty", ""})
	}
	want, got := strings.Fields(holes(src)), t.Holes()
	for _, h := range want {
		if !slices.Contains(got, h) {
			out = append(out, Misfit{"lost", "{" + h + "}"})
		}
	}
	for _, f := range t.All() { // a name that stands in every Dutch form stands in every form; a number may hide in "one day"
		for _, h := range want {
			if h != "n" && slices.Contains(got, h) && !strings.Contains(f.Text, "{"+h+"}") && inEvery(src.asText(), h) {
				out = append(out, Misfit{"lost", "{" + h + "} (" + f.Category + ")"})
			}
		}
	}
	for _, h := range got {
		if !slices.Contains(want, h) {
			out = append(out, Misfit{"extra", "{" + h + "}"})
		}
	}
	sort.SliceStable(out, func(i, j int) bool { return out[i].Fault+out[i].What < out[j].Fault+out[j].What })
	return out
}

// Misfit is one thing that is wrong with a translation, and about what.
type Misfit struct{ Fault, What string }

func (m Misfit) String() string { return fmt.Sprintf("%s %s", m.Fault, m.What) }

func inEvery(t Text, hole string) bool {
	for _, f := range t.All() {
		if !strings.Contains(f.Text, "{"+hole+"}") {
			return false
		}
	}
	return true
}
