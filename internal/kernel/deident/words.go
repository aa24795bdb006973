package deident

// This file knows which words are ordinary.

import (
	"bytes"
	"compress/gzip"
	_ "embed"
	"io"
	"sort"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

//go:embed lists/words.gz
var packedWords []byte

//go:embed lists/field.txt
var fieldWords string

//go:embed lists/never.txt
var neverNames string

// use is what is known of a word.
type use uint8

const (
	dutch use = 1 << iota
	english
	commonDutch   // among the ten thousand that are heard most
	commonEnglish //
	alsoName      // somebody may be called so
	field         // a word of the work: a law, an institution, a country
	never         // never a name by itself; in no list but lists/never.txt
)

// wordList is a sorted list that is searched where it lies, so that it takes little more memory than its letters.
type wordList struct {
	text string
	at   []uint32
	own  map[string]use // the words of the work, and those that are never a name
}

// words are the ordinary words, read when they are first asked for.
var words = sync.OnceValue(func() *wordList {
	z, err := gzip.NewReader(bytes.NewReader(packedWords))
	if err != nil {
		panic("deident: the words are compiled in, so this cannot happen: " + err.Error())
	}
	raw, err := io.ReadAll(z)
	if err != nil {
		panic("deident: the words are compiled in, so this cannot happen: " + err.Error())
	}
	l := &wordList{text: unpack(raw), own: map[string]use{}}
	for i := 0; i < len(l.text); {
		l.at = append(l.at, uint32(i))
		i += strings.IndexByte(l.text[i:], '\n') + 1
	}
	for text, u := range map[string]use{fieldWords: field, neverNames: never} {
		for line := range strings.Lines(text) {
			line, _, _ = strings.Cut(line, "#")
			for _, w := range strings.Fields(line) {
				l.own[fold(w)] |= u
			}
		}
	}
	return l
})

// unpack writes out a list in which each word says how many letters it shares with the one before: one byte for that, the
// rest of the word, a byte above 0x7f for its use.
func unpack(raw []byte) string {
	var out, word []byte
	for i := 0; i < len(raw); {
		word = append(word[:raw[i]], nil...)
		i++
		for raw[i] < 0x80 {
			word = append(word, raw[i])
			i++
		}
		out = append(out, word...)
		out = append(out, raw[i]&0x7f|0x40, '\n')
		i++
	}
	return string(out)
}

// of is what is known of a folded word; 0 when it is in no list.
func (l *wordList) of(folded string) use {
	u := l.own[folded]
	i := sort.Search(len(l.at), func(i int) bool { return l.word(i) >= folded })
	if i < len(l.at) && l.word(i) == folded {
		u |= use(l.line(i)[len(l.line(i))-1] &^ 0x40)
	}
	if u&never != 0 {
		u = u&^alsoName | dutch
	}
	return u
}

func (l *wordList) line(i int) string {
	end := len(l.text) - 1
	if i+1 < len(l.at) {
		end = int(l.at[i+1]) - 1
	}
	return l.text[l.at[i]:end]
}

func (l *wordList) word(i int) string { s := l.line(i); return s[:len(s)-1] }

// fold makes a word small and takes away what stands above and below its letters.
func fold(s string) string {
	ascii := true
	for i := 0; i < len(s); i++ {
		if s[i] >= 0x80 {
			ascii = false
			break
		}
	}
	if ascii {
		return strings.ToLower(s)
	}
	var b strings.Builder
	for _, r := range norm.NFKD.String(s) {
		switch {
		case unicode.Is(unicode.Mn, r) || unicode.Is(unicode.Cf, r):
		case r == '’' || r == 'ʼ' || r == '‘' || r == '`':
			b.WriteByte('\'')
		default:
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return b.String()
}

// shortest is how many letters a part of a compound must have: shorter parts would make names of words.
const shortest = 4

// compound says whether a word is made of ordinary Dutch words, as Dutch makes them: written as one, perhaps with s, e, en or
// n between.
func (l *wordList) compound(folded string) bool {
	if len(folded) < 2*shortest+1 {
		return false
	}
	return l.split(folded, 0)
}

func (l *wordList) split(rest string, depth int) bool {
	for i := len(rest) - shortest; i >= shortest; i-- {
		head := l.of(rest[:i])
		if head&(dutch|field) == 0 || head&alsoName != 0 || head&(commonDutch|field) == 0 && i < 6 {
			continue
		}
		tail := rest[i:]
		for _, link := range []string{"", "s", "en", "e", "n", "s-", "-"} {
			t, ok := strings.CutPrefix(tail, link)
			if !ok || len(t) < shortest {
				continue
			}
			if u := l.of(t); u&(dutch|field) != 0 && u&alsoName == 0 && (u&(commonDutch|field) != 0 || len(t) >= 6) {
				return true
			}
			if depth < 2 && len(t) > 2*shortest && l.split(t, depth+1) {
				return true
			}
		}
	}
	return false
}
