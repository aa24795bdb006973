package names

// This file cuts a name into parts, as it was typed: any script, any order, titles and articles and all.

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Limits that keep a name of 300 characters from costing more than a search may. Everything beyond them still counts
// for "typed exactly like this", and for nothing else.
const (
	maxParts  = 16
	maxSounds = 28
	maxText   = 200 // bytes of one part
)

// part is one part of a name.
type part struct {
	text    string  // folded: lower case, no marks, own script
	sounds  []byte  // without the article
	shown   string  // as it was typed
	blade   blade   // see sound.go
	frame   uint64  // see sound.go
	form    uint16  // group of given names that are one name (see forms.go); 0 is none
	script  Script  //
	writing Writing //
	article bool    // an al- was taken off
	light   bool    // a title or a word of descent: it says little, and is often left out
}

// Name is a name that has been read. It is never changed, so it may be shared.
type Name struct {
	folded string // for "typed exactly like this"
	parts  []part
}

// Parts are the parts of a name as they were typed, titles included.
func (n Name) Parts() []string {
	out := make([]string, len(n.parts))
	for i := range n.parts {
		out[i] = n.parts[i].shown
	}
	return out
}

// Fold is the name in lower case without marks and signs: what "the same spelling" means.
func (n Name) Fold() string { return n.folded }

// word is a piece between separators: how it was typed, its folded text, and its sounds in writing.
type word struct {
	shown  string
	text   []byte // folded
	said   []byte // Latin: letters and sounds mixed; others: sounds
	script Script
	apart  bool // a slash stood before it: perhaps the name once more, in another language
}

// Read reads a name.
func Read(name string) Name {
	words := split(name)
	n := Name{parts: make([]part, 0, len(words))}
	var folded strings.Builder
	for i, w := range words {
		if i > 0 {
			folded.WriteByte(' ')
		}
		folded.Write(w.text)
	}
	n.folded = folded.String()
	if n.folded == "" { // nothing but signs: somebody typed it, so it can be found again
		n.folded = strings.ToLower(strings.TrimSpace(name))
		if n.folded == "" {
			return n
		}
		words = []word{{shown: n.folded, text: []byte(n.folded), said: []byte{'.'}, script: Other}}
	}
	n.parts = assemble(n.parts, words)
	return n
}

// silent are signs inside a word that are not heard and do not end it: apostrophes, ayn and hamza as signs, joiners,
// marks of direction, the long line of Arabic type.
func silent(r rune) bool {
	switch r {
	case '\'', '`', '´', '‘', '’', 'ʼ', 'ʻ', 'ʾ', 'ʿ', 'ʹ', 'ʽ', '′', '"', '“', '”', '\u00AD', '\u0640', '\uFEFF':
		return true
	}
	return unicode.Is(unicode.Cf, r) || r >= 0xFE00 && r <= 0xFE0F
}

func split(name string) []word {
	var words []word
	var w word
	var shown strings.Builder
	apart := false
	end := func() {
		if len(w.text) > 0 {
			w.shown = shown.String()
			w.apart, apart = apart, false
			words = append(words, w)
		}
		w = word{}
		shown.Reset()
	}
	for _, r := range norm.NFKC.String(strings.ToValidUTF8(name, " ")) {
		switch {
		case silent(r), unicode.Is(unicode.Mn, r):
			if len(w.text) > 0 {
				shown.WriteRune(r)
			}
			continue
		case !unicode.IsLetter(r) && !unicode.IsNumber(r) && !unicode.Is(unicode.Mc, r):
			end()
			apart = apart || r == '/' || r == ';' || r == '|'
			continue
		}
		shown.WriteRune(r)
		w.letter(unicode.ToLower(r))
	}
	end()
	return words
}

// letter adds one letter to a word, folded and as it is said.
func (w *word) letter(r rune) {
	sc := scriptOf(r)
	if len(w.text) == 0 || w.script == Latin && sc != Latin && sc != Other {
		w.script = sc // a Latin i inside a Ukrainian word does not make the word Latin, nor the other way round
	}
	if said, ok := ethiopic(r); ok {
		w.say(said)
		w.text = append(w.text, string(r)...)
		return
	}
	if said, ok := marked[r]; ok {
		w.say(said)
		w.text = append(w.text, bare(r)...)
		return
	}
	for _, table := range tables {
		if said, ok := table[r]; ok {
			w.say(said)
			w.text = append(w.text, bare(r)...)
			return
		}
	}
	b := bare(r)
	w.text = append(w.text, b...)
	for _, c := range b {
		switch {
		case c >= 'a' && c <= 'z' || c >= '0' && c <= '9':
			w.said = append(w.said, byte(c))
		default:
			if said, ok := marked[c]; ok {
				w.say(said)
			} else if said, ok := lookup(c); ok {
				w.say(said)
			} else if !unicode.Is(unicode.Mn, c) {
				w.said = append(w.said, 128+byte(c%(sounds-foreign)))
			}
		}
	}
}

func (w *word) say(s string) { w.said = append(w.said, s...) }

var tables = []map[rune]string{cyrillic, arabicLetters, greek, georgian, armenian, hebrew}

func lookup(r rune) (string, bool) {
	for _, t := range tables {
		if said, ok := t[r]; ok {
			return said, true
		}
	}
	return "", false
}

// plain letters have no mark that Unicode could take off, and are written with these instead.
var plain = map[rune]string{'ı': "i", 'ł': "l", 'ø': "o", 'đ': "d", 'ß': "ss", 'æ': "ae", 'œ': "oe", 'þ': "th", 'ð': "dh", 'ə': "e", 'ħ': "h", 'ŋ': "n", 'ĸ': "к",
	'أ': "ا", 'إ': "ا", 'آ': "ا", 'ٱ': "ا", 'ی': "ي", 'ى': "ي", 'ک': "ك", 'ہ': "ه", 'ە': "ه", 'ة': "ه", 'ۀ': "ه"}

// bare takes the marks off a letter. Ukrainian ї, Russian й and the like lose theirs as well: it is the same spelling
// to whoever has no such key.
func bare(r rune) string {
	if s, ok := plain[r]; ok {
		return s
	}
	if r < 128 {
		return string(r)
	}
	var b strings.Builder
	for _, c := range norm.NFKD.String(string(r)) {
		if !unicode.Is(unicode.Mn, c) {
			b.WriteRune(c)
		}
	}
	if b.Len() == 0 {
		return string(r)
	}
	return b.String()
}
