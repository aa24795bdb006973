package lang

// This file holds the catalogue: texts by key, and plurals by the rules of each language.

import (
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"sort"
	"strconv"
	"strings"
	"sync/atomic"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
)

// Part is the texts of one capability: files text/TAG.json, and text/states.json.
type Part struct {
	Name string
	FS   fs.FS
}

// Catalogue holds all texts of the house.
type Catalogue struct {
	number *index           // of a key
	texts  map[string]*book // by tag, as they came with the program
	laid   atomic.Pointer[map[string]*book]
	dutch  []stamp // by number
	read   []bool  // by number: whether it stands on the refugee's pages
	fell   tally
	seen   places
}

// now are the texts as they are shown: those that came with the program, and over them those that were laid.
func (c *Catalogue) now() map[string]*book {
	if laid := c.laid.Load(); laid != nil {
		return *laid
	}
	return c.texts
}

var categories = map[string]plural.Form{"zero": plural.Zero, "one": plural.One, "two": plural.Two, "few": plural.Few, "many": plural.Many, "other": plural.Other}

var tags = func() map[string]language.Tag {
	out := map[string]language.Tag{}
	for _, l := range All {
		rules := l.plurals
		if rules == "" {
			rules, _, _ = strings.Cut(l.Tag, "-")
		}
		out[l.Tag] = language.MustParse(rules)
	}
	return out
}()

// Load reads the texts of all parts. A key that does not begin with its part's name, that stands twice, or that has no
// Dutch text is an error.
func Load(parts ...Part) (*Catalogue, error) {
	all, dutch := map[string]map[string]entry{}, map[string]stamp{} // tag → key → text, and key → fingerprint
	for _, l := range All {
		all[l.Tag] = map[string]entry{}
	}
	for _, p := range parts {
		if err := add(all, dutch, p); err != nil {
			return nil, fmt.Errorf("texts of %s: %w", p.Name, err)
		}
	}
	number := indexOf(slices.Collect(maps.Keys(all["nl"])))
	c := &Catalogue{number: number, texts: map[string]*book{}, dutch: make([]stamp, number.len()), read: make([]bool, number.len())}
	for n := range c.dutch {
		c.dutch[n] = dutch[number.key(n)]
	}
	for _, l := range All[1:] {
		for k := range all[l.Tag] {
			n, ok := number.find(k)
			if !ok {
				return nil, fmt.Errorf("the text %s is there in %s but not in Dutch, its source", k, l.Tag)
			}
			if l.Tag != "en" && l.Tag != "ar" { // the style guide, which colleagues read, is in Arabic too
				c.read[n] = true
			}
		}
	}
	for tag, texts := range all {
		c.texts[tag] = pack(number, texts)
	}
	return c, nil
}

func add(all map[string]map[string]entry, dutch map[string]stamp, p Part) error {
	files, err := fs.Glob(p.FS, "text/*.json")
	if err != nil {
		return err
	}
	sort.Strings(files)
	if i := slices.Index(files, "text/nl.json"); i > 0 {
		files[0], files[i] = files[i], files[0] // how sure we are of the others depends on it
	}
	st, err := readStates(p)
	if err != nil {
		return err
	}
	for _, f := range files {
		tag := strings.TrimSuffix(path.Base(f), ".json")
		if tag == "states" {
			continue
		}
		if _, ok := Lookup(tag); !ok {
			return fmt.Errorf("%s: the language %q is not one of ours", f, tag)
		}
		raw, err := texts(p, f)
		if err != nil {
			return err
		}
		for k, r := range raw {
			if !strings.HasPrefix(k, p.Name+".") {
				return fmt.Errorf("%s: the key %s lacks the beginning %q", f, k, p.Name+".")
			}
			if _, twice := all[tag][k]; twice {
				return fmt.Errorf("%s: the key %s stands twice", f, k)
			}
			e, err := read(r)
			if err != nil {
				return fmt.Errorf("%s: %s: %w", f, k, err)
			}
			if tag == "nl" {
				dutch[k] = readStamp(fingerprint(r))
			}
			of, _, _ := strings.Cut(st[tag].Of[k], ".")
			e.of, e.state = readStamp(of), st.of(tag, k, dutch[k])
			all[tag][k] = e
		}
	}
	return nil
}

func read(r json.RawMessage) (entry, error) {
	var s string
	if err := json.Unmarshal(r, &s); err == nil {
		return entry{one: s}, nil
	}
	var m map[string]string
	if err := json.Unmarshal(r, &m); err != nil {
		return entry{}, err
	}
	e := entry{forms: map[plural.Form]string{}}
	for name, text := range m {
		f, ok := categories[name]
		if !ok {
			return entry{}, fmt.Errorf("%q is not a plural category", name)
		}
		e.forms[f] = text
	}
	if e.forms[plural.Other] == "" {
		return entry{}, fmt.Errorf("a plural needs the category other")
	}
	return e, nil
}

// Has says whether a text exists in a language itself, not by falling to Dutch.
func (c *Catalogue) Has(tag, key string) bool { _, ok := c.texts[tag].get(key); return ok }

// Keys are all keys of a language, sorted.
func (c *Catalogue) Keys(tag string) []string {
	return slices.Sorted(c.texts[tag].keys)
}

// Has says whether a text exists for this context, in its language or in one that stands in for it.
func Has(ctx context.Context, key string) bool {
	_, _, ok := of(ctx).find(key)
	return ok
}

// T is a text in the language of the context, its placeholders {name} filled from name, value pairs. A plural is chosen
// by the value of "n". A text that is missing falls to the language that stands in, and that to Dutch; a key without any text
// shows itself, and a test finds it.
func T(ctx context.Context, key string, args ...any) string {
	s := of(ctx)
	e, l, ok := s.find(key)
	if !ok {
		return key
	}
	if e.state != Checked && !s.unsure.Load() {
		s.unsure.Store(true)
	}
	text := e.one
	if e.forms != nil {
		text = e.forms[plural.Other]
		for i := 0; i+1 < len(args); i += 2 {
			if args[i] == "n" {
				if n, ok := count(args[i+1]); ok {
					if t, ok := e.forms[plural.Cardinal.MatchPlural(tags[l.Tag], n, 0, 0, 0, 0)]; ok {
						text = t
					}
				}
			}
		}
	}
	if len(args) > 0 && strings.IndexByte(text, '{') >= 0 {
		text = fill(text, args, l.RTL)
	}
	if s.where != "" {
		s.cat.seen.note(key, s.where)
	}
	if s.page && l.Tag != s.lang.Tag {
		text = s.fall(key, text, l)
	}
	return text
}

func count(v any) (int, bool) {
	switch n := v.(type) {
	case int:
		return max(n, -n), true
	case int64:
		return int(max(n, -n)), true
	}
	return 0, false
}

// fill puts the values into their places. A value in a script that runs the other way is set apart, so that a name in
// Latin letters or a number in groups does not tear an Arabic sentence, nor the other way round.
func fill(text string, args []any, rtl bool) string {
	var b strings.Builder
	b.Grow(len(text) + 32)
	for {
		i := strings.IndexByte(text, '{')
		if i < 0 {
			break
		}
		j := strings.IndexByte(text[i:], '}')
		if j < 0 {
			break
		}
		name := text[i+1 : i+j]
		b.WriteString(text[:i])
		found := false
		for k := 0; k+1 < len(args); k += 2 {
			if args[k] == name {
				found = true
				switch v := args[k+1].(type) {
				case string:
					if apart(v, rtl) {
						b.WriteString("\u2068" + v + "\u2069")
					} else {
						b.WriteString(v)
					}
				case int:
					b.WriteString(strconv.Itoa(v))
				default:
					fmt.Fprint(&b, v)
				}
				break
			}
		}
		if !found {
			b.WriteString(text[i : i+j+1])
		}
		text = text[i+j+1:]
	}
	b.WriteString(text)
	return b.String()
}

// apart says whether a value runs against the direction of the sentence around it. Groups of digits count in a sentence
// from right to left: "281 994 0173" would show its groups in the wrong order.
func apart(v string, rtl bool) bool {
	var arabic, latin, digit, space bool
	for _, r := range v {
		switch {
		case r == ' ':
			space = true
		case r >= '0' && r <= '9':
			digit = true
		case r < 0x80:
			latin = latin || r|0x20 >= 'a' && r|0x20 <= 'z'
		case r >= 0x590 && r <= 0x8ff || r >= 0xfb1d && r <= 0xfefc:
			arabic = true
		case r >= 0xc0 && r != 0xd7 && r != 0xf7 && (r < 0x2000 || r > 0x2bff):
			latin = true
		}
	}
	if !rtl {
		return arabic
	}
	return latin || digit && space && !arabic
}

// Faults lists what is wrong with the catalogue in these languages: missing texts, placeholders that differ from the
// Dutch ones, plural categories that the language needs and the text lacks. Only keys with one of the prefixes count;
// none means all.
func (c *Catalogue) Faults(langs []string, prefixes ...string) []string {
	var out []string
	for _, k := range c.Keys("nl") {
		if len(prefixes) > 0 && !begins(k, prefixes) {
			continue
		}
		dutch, _ := c.texts["nl"].get(k)
		want := holes(dutch)
		for _, tag := range langs {
			e, ok := c.texts[tag].get(k)
			if !ok {
				out = append(out, tag+" misses "+k)
				continue
			}
			if got := holes(e); got != want {
				out = append(out, fmt.Sprintf("%s %s has the placeholders %q, Dutch has %q", tag, k, got, want))
			}
			if e.forms == nil {
				continue
			}
			for n := range 200 {
				if f := plural.Cardinal.MatchPlural(tags[tag], n, 0, 0, 0, 0); e.forms[f] == "" {
					out = append(out, fmt.Sprintf("%s %s lacks the plural for %d", tag, k, n))
					break
				}
			}
		}
	}
	return out
}

func begins(k string, prefixes []string) bool {
	for _, p := range prefixes {
		if strings.HasPrefix(k, p) {
			return true
		}
	}
	return false
}

// holes are the placeholders of a text, each once, sorted. {n} may be left out of some plural forms ("one day").
func holes(e entry) string {
	set := map[string]bool{}
	look := func(s string) {
		for {
			i := strings.IndexByte(s, '{')
			if i < 0 {
				return
			}
			j := strings.IndexByte(s[i:], '}')
			if j < 0 {
				return
			}
			set[s[i+1:i+j]] = true
			s = s[i+j:]
		}
	}
	look(e.one)
	for _, s := range e.forms {
		look(s)
	}
	var names []string
	for n := range set {
		names = append(names, n)
	}
	sort.Strings(names)
	return strings.Join(names, " ")
}
