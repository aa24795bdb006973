package ui

// This file explains hard words: where one first stands in the running text of a page it leads to the foot of the page, where its
// explanation opens on a tap. The words and what they mean are lent by the house; here they are only found.

import (
	"bytes"
	"context"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/a-h/templ"
)

// Term is a word that not everybody knows. Name is as it stands on letters, Stems are the beginnings of the words that say the same
// in the language of the page, Key is the text that explains it.
type Term struct {
	ID, Name string
	Stems    []string
	Key      string
}

// Glossary are the words that are explained on the pages of one visitor, under the title with this key.
type Glossary struct {
	Title string
	Terms []Term
}

// termsMost is how many words one page explains: it stays short on a poor line, and nobody reads more.
const termsMost = 6

// closed are the elements in which no link may stand, or in which it would say something else than the words around it.
var closed = map[string]bool{"a": true, "button": true, "summary": true, "label": true, "legend": true, "select": true, "h1": true, "h2": true, "h3": true, "nav": true, "details": true}

// mute are the elements whose words nobody reads as text.
var mute = map[string]bool{"script": true, "style": true, "svg": true, "textarea": true, "title": true, "option": true}

// glossed is the content of a page with its hard words explained.
func glossed() templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		inside := templ.GetChildren(ctx)
		ctx = templ.ClearChildren(ctx)
		g := frame(ctx).Glossary
		if len(g.Terms) == 0 {
			return inside.Render(ctx, w)
		}
		var b bytes.Buffer
		if err := inside.Render(ctx, &b); err != nil {
			return err
		}
		out, found := explain(b.Bytes(), g.Terms)
		if _, err := w.Write(out); err != nil {
			return err
		}
		return Words(g.Title, found).Render(ctx, w)
	})
}

// explain finds the first place of each word in a page, and gives the page with a link there and the words that it has. A word that
// stands only in a heading or on a button is explained without a link.
func explain(page []byte, terms []Term) ([]byte, []Term) {
	var out bytes.Buffer
	out.Grow(len(page) + 512)
	seen, linked := map[string]bool{}, map[string]bool{}
	shut, silent := 0, 0
	for len(page) > 0 {
		if page[0] == '<' {
			n := endOfTag(page)
			name, end := elementOf(page[:n])
			step := 1
			if end {
				step = -1
			}
			if closed[name] {
				shut += step
			}
			if mute[name] {
				silent += step
			}
			out.Write(page[:n])
			page = page[n:]
			continue
		}
		n := bytes.IndexByte(page, '<')
		if n < 0 {
			n = len(page)
		}
		text := string(page[:n])
		page = page[n:]
		if silent > 0 || strings.TrimSpace(text) == "" {
			out.WriteString(text)
			continue
		}
		link := shut == 0 && running(text)
		low := strings.Map(small, text)
		for _, t := range terms {
			if linked[t.ID] || !seen[t.ID] && len(seen) == termsMost {
				continue
			}
			from, to := t.in(low)
			if to == 0 {
				continue
			}
			seen[t.ID] = true
			if link {
				linked[t.ID] = true
				text = text[:from] + `<a class="term" href="#woord-` + t.ID + `">` + text[from:to] + `</a>` + text[to:]
				link = false // one in a sentence is enough; another one follows in the next
			}
		}
		out.WriteString(text)
	}
	var found []Term
	for _, t := range terms {
		if seen[t.ID] {
			found = append(found, t)
		}
	}
	return out.Bytes(), found
}

// running says whether this is a sentence and not a label: three words at least.
func running(text string) bool { return len(strings.Fields(text)) > 2 }

// endOfTag is where a tag ends: at the first > that is not within quotes.
func endOfTag(b []byte) int {
	var quote byte
	for i, c := range b {
		switch {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '>':
			return i + 1
		}
	}
	return len(b)
}

// elementOf is the name of the element of a tag, and whether the tag ends it.
func elementOf(tag []byte) (name string, end bool) {
	s := strings.TrimSuffix(strings.TrimPrefix(string(tag), "<"), ">")
	s, end = strings.CutPrefix(s, "/")
	if i := strings.IndexAny(s, " \t\n/"); i >= 0 {
		s = s[:i]
	}
	return strings.ToLower(s), end
}

// In says whether the word stands in a text, by its name or by a word of the language of the page.
func (t Term) In(text string) bool { _, to := t.in(strings.Map(small, text)); return to > 0 }

// in is where the word first stands in a text of small letters. Its name stands by itself, or at the end of a Dutch word with a
// stroke; a stem begins a word, or follows the article or the preposition that Arabic writes together with it.
func (t Term) in(low string) (from, to int) {
	for at := 0; ; {
		i := strings.Index(low[at:], strings.ToLower(t.Name))
		if i < 0 {
			break
		}
		from, to = at+i, at+i+len(t.Name)
		if !latin(before(low, from)) && !latin(after(low, to)) {
			return from, to
		}
		at = to
	}
	for _, stem := range t.Stems {
		for at := 0; ; {
			i := strings.Index(low[at:], stem)
			if i < 0 {
				break
			}
			from, to = at+i, at+i+len(stem)
			at = to
			begin := from
			for unicode.IsLetter(before(low, begin)) {
				_, n := utf8.DecodeLastRuneInString(low[:begin])
				begin -= n
			}
			if p := low[begin:from]; p != "" && !joined[p] {
				continue
			}
			for unicode.IsLetter(after(low, to)) || unicode.IsMark(after(low, to)) {
				_, n := utf8.DecodeRuneInString(low[to:])
				to += n
			}
			return begin, to
		}
	}
	return 0, 0
}

// small is a small letter, but where that has another length in bytes, such as of the Turkish İ: places in a text would move.
func small(r rune) rune {
	if l := unicode.ToLower(r); utf8.RuneLen(l) == utf8.RuneLen(r) {
		return l
	}
	return r
}

// joined are what Arabic writes together with the word after it.
var joined = map[string]bool{"ال": true, "لل": true, "ب": true, "ل": true, "و": true, "بال": true, "وال": true}

func before(s string, at int) rune { r, _ := utf8.DecodeLastRuneInString(s[:at]); return r }
func after(s string, at int) rune  { r, _ := utf8.DecodeRuneInString(s[at:]); return r }

// latin says whether a letter or a digit makes another word of a Latin name beside it.
func latin(r rune) bool {
	return r < 0x250 && r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r))
}
