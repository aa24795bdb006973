package lang

// This file is what happens when a text is not there in the language somebody chose: it is shown in the language that stands in,
// it says so to the eye and to a voice that reads the page, and it is counted.
//
// T gives a string, and a string has no language. So T sets a borrowed text between signs that no text can hold, and Settle
// makes of them, in the page as it is about to be sent, an element with the right language.

import (
	"bytes"
	"context"
	"strings"
	"sync"
)

// The signs: a text in Dutch begins, a text in the base language begins, it ends. None may stand in HTML.
const (
	fromDutch = '\x0e'
	fromBase  = '\x10'
	ends      = '\x0f'
)

// tally counts what was missing, by language and key.
type tally struct {
	mu sync.Mutex
	n  map[Missed]int
}

// Missed is a text that a language lacks.
type Missed struct{ Tag, Key string }

func (t *tally) add(m Missed) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.n == nil {
		t.n = map[Missed]int{}
	}
	t.n[m]++
}

// Fallen gives on how many pages each text was missing since the last time it was asked, and begins anew.
func (c *Catalogue) Fallen() map[Missed]int {
	c.fell.mu.Lock()
	defer c.fell.mu.Unlock()
	n := c.fell.n
	c.fell.n = nil
	return n
}

// Missing counts a text that was missing n times: what could not be kept is given back.
func (c *Catalogue) Missing(m Missed, n int) {
	c.fell.mu.Lock()
	defer c.fell.mu.Unlock()
	if c.fell.n == nil {
		c.fell.n = map[Missed]int{}
	}
	c.fell.n[m] += n
}

// fall counts a borrowed text once for a page, and sets it apart when it is in another language than the page.
func (s *speech) fall(key, text string, l Lang) string {
	s.mu.Lock()
	first := !s.fell[key]
	if first {
		if s.fell == nil {
			s.fell = map[string]bool{}
		}
		s.fell[key] = true
	}
	s.mu.Unlock()
	if first {
		s.cat.fell.add(Missed{s.lang.Tag, key})
	}
	switch {
	case strings.HasPrefix(s.lang.Tag, l.Tag+"-"):
		return text // simple Dutch borrows from Dutch: the same language
	case l.Tag == s.lang.Base:
		return string(fromBase) + text + string(ends)
	}
	return string(fromDutch) + text + string(ends)
}

// Borrowed says how many texts of this page are not there in its language until now.
func Borrowed(ctx context.Context) int {
	s := of(ctx)
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.fell)
}

// Young says whether this is a page of a refugee in a language that does not have all texts yet.
func Young(ctx context.Context) bool {
	s := of(ctx)
	return s.page && !s.lang.Whole()
}

// Marked is how many borrowed texts stand in a part of a page that is not settled yet.
func Marked(page []byte) int {
	return bytes.Count(page, []byte(string(fromBase))) + bytes.Count(page, []byte(string(fromDutch)))
}

// Read are the keys of the texts that stand on the refugee's pages, sorted.
func (c *Catalogue) Read() []string {
	var out []string
	for n, read := range c.read {
		if read {
			out = append(out, c.number.key(n))
		}
	}
	return out
}

// Settle gives the borrowed texts of a page the language they are in. Where no element can stand, in a tag, a title or an
// option, the signs go and the words stay; so they do when something cut a text in two.
func Settle(ctx context.Context, page *bytes.Buffer) {
	s := of(ctx)
	if !s.page || !bytes.ContainsAny(page.Bytes(), "\x0e\x0f\x10") {
		return
	}
	in := bytes.Clone(page.Bytes())
	page.Reset()
	bare := "" // the element, open now, that holds words only
	for len(in) > 0 {
		if in[0] == '<' {
			n := tagEnd(in)
			name := strings.ToLower(tagName(in[:n]))
			switch {
			case bare == "" && (name == "title" || name == "option" || name == "textarea" || name == "script" || name == "style"):
				bare = name
			case name == "/"+bare:
				bare = ""
			}
			strip(page, in[:n])
			in = in[n:]
			continue
		}
		n := bytes.IndexByte(in, '<')
		if n < 0 {
			n = len(in)
		}
		if bare != "" || !s.wrap(page, in[:n]) {
			strip(page, in[:n])
		}
		in = in[n:]
	}
}

// tagEnd is where a tag ends: at the first > that is not within quotes.
func tagEnd(b []byte) int {
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

func tagName(tag []byte) string {
	end := bytes.IndexAny(tag, " \t\n>")
	if end < 1 {
		return ""
	}
	return string(tag[1:end])
}

func strip(page *bytes.Buffer, b []byte) {
	for _, c := range b {
		if c != fromDutch && c != fromBase && c != ends {
			page.WriteByte(c)
		}
	}
}

// wrap writes a run of words with an element around each borrowed text; it refuses when the signs do not pair.
func (s *speech) wrap(page *bytes.Buffer, b []byte) bool {
	open := 0
	for _, c := range b {
		switch c {
		case fromDutch, fromBase:
			open++
		case ends:
			if open--; open < 0 {
				return false
			}
		}
	}
	if open != 0 {
		return false
	}
	for _, c := range b {
		switch c {
		case fromDutch:
			page.WriteString(`<span class="nt" lang="nl" dir="ltr">`)
		case fromBase:
			l := Find(s.lang.Base)
			page.WriteString(`<span class="nt" lang="` + l.Tag + `" dir="` + l.Dir() + `">`)
		case ends:
			page.WriteString("</span>")
		default:
			page.WriteByte(c)
		}
	}
	return true
}

// places remembers on which pages a text stands: a few of them, for whoever translates it.
type places struct {
	known sync.Map // place → true
	many  sync.Map // key → how many of its places are known
	mu    sync.Mutex
	fresh []Place
}

// Place is a text and the route of a page on which it stands.
type Place struct{ Key, Route string }

// placesMost is how many pages are remembered of one text.
const placesMost = 3

func (p *places) note(key, route string) {
	at := Place{key, route}
	if _, known := p.known.Load(at); known {
		return
	}
	if n, _ := p.many.Load(key); n == placesMost {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if _, known := p.known.LoadOrStore(at, true); known {
		return
	}
	n, _ := p.many.Load(key)
	had, _ := n.(int)
	p.many.Store(key, had+1)
	p.fresh = append(p.fresh, at)
}

// Places gives where texts were seen since the last time it was asked.
func (c *Catalogue) Places() []Place {
	c.seen.mu.Lock()
	defer c.seen.mu.Unlock()
	fresh := c.seen.fresh
	c.seen.fresh = nil
	return fresh
}
