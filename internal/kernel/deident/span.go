package deident

// This file is the way of a text: pieces, spans that cover them, and the text with the spans masked.

import (
	"slices"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Kind is what a span is taken for.
type Kind string

// The kinds, in the order in which they win where two cover the same letters.
const (
	OfPerson Kind = "known"   // known of the person: a name, a number, an address, a day
	Number   Kind = "number"  // of a person or a case
	Phone    Kind = "phone"   //
	Account  Kind = "iban"    //
	Address  Kind = "address" // of a house, an e-mail or a page
	Day      Kind = "day"     // made coarse
	Name     Kind = "name"    // stands like a name
	Unknown  Kind = "unknown" // no ordinary word: perhaps a name
)

var rank = map[Kind]int{OfPerson: 0, Day: 1, Account: 2, Address: 2, Phone: 3, Number: 3, Name: 4, Unknown: 5}

// Span is one masked piece of a text.
type Span struct {
	From, To int // bytes
	Kind     Kind
	Text     string // as it stood
	Mask     string // what stands there now
	Sure     bool   // a pattern, or known; otherwise a person must look
}

// Doubt is a word that was left, and that somebody may be called.
type Doubt struct {
	From, To int
	Text     string
}

// Result is a text that was masked.
type Result struct {
	Masked string
	Spans  []Span
	Doubts []Doubt
	Look   bool // a person must look, because of spans that are not sure or of doubts
}

// piece is a run of letters, with the marks and apostrophes in it.
type piece struct {
	from, to int
	text     string
	folded   string
	use      use
	capital  bool // begins with a capital
	begins   bool // begins a sentence
	latin    bool
	masked   bool
}

// pieces cuts a text into words. What is between them is the caller's to look at.
func pieces(text string) []piece {
	l := words()
	var out []piece
	begins := true
	for i := 0; i < len(text); {
		r, n := utf8.DecodeRuneInString(text[i:])
		if !letter(r) {
			switch r {
			case '.', '!', '?', '\n', ':', '•', '·', '፡', '።', '؟':
				begins = true
			}
			if unicode.IsDigit(r) {
				begins = false
			}
			i += n
			continue
		}
		j, latin := i, true
		first := r
		for j < len(text) {
			r, n := utf8.DecodeRuneInString(text[j:])
			if !letter(r) && !(j > i && letter(after(text, j+n)) && (joint(r) || r == '/' && j-i == 1)) { // c/raxmaan is one name
				break
			}
			latin = latin && (unicode.Is(unicode.Latin, r) || !unicode.IsLetter(r))
			j += n
		}
		p := piece{from: i, to: j, text: text[i:j], capital: unicode.IsUpper(first), begins: begins, latin: latin}
		p.folded = fold(p.text)
		p.use = l.of(p.folded)
		out = append(out, p)
		begins = false
		i = j
	}
	return out
}

// letter says whether a rune is part of a word. What joins letters without being seen is: a name may hold it.
func letter(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsMark(r) || r == '\u200c' || r == '\u200d' || r == '\u00ad' || r >= '\u2066' && r <= '\u2069' || r == '\u200e' || r == '\u200f'
}

func joint(r rune) bool { return r == '\'' || r == '’' || r == '‘' || r == 'ʼ' || r == '`' }

func after(text string, i int) rune {
	r, _ := utf8.DecodeRuneInString(text[i:])
	return r
}

// apart are spans that do not overlap, in the order of the text.
type apart []Span

// first is the place of the first span that ends after a byte.
func (a apart) first(at int) int {
	return sort.Search(len(a), func(i int) bool { return a[i].To > at })
}

// put takes in a span, or what of it is not covered yet: where it reaches further than one that wins, the rest of it may not
// be left in the open.
func (a *apart) put(s Span) {
	for s.From < s.To {
		i := a.first(s.From)
		if i == len(*a) || (*a)[i].From >= s.To {
			*a = slices.Insert(*a, i, s)
			return
		}
		over := (*a)[i]
		if s.From < over.From {
			head := s
			head.To = over.From
			*a = slices.Insert(*a, i, head)
		}
		s.From = over.To
	}
}

// covers says whether a piece of the text lies in one span.
func (a apart) covers(from, to int) bool {
	i := a.first(from)
	return i < len(a) && a[i].From <= from && to <= a[i].To
}

// wordly says whether a span is a word, not a form.
func wordly(k Kind) bool { return k == OfPerson || k == Name || k == Unknown }

// settle takes the spans that win and writes the masked text.
func settle(text string, spans []Span) Result {
	slices.SortStableFunc(spans, func(a, b Span) int {
		if c := rank[a.Kind] - rank[b.Kind]; c != 0 {
			return c
		}
		return (b.To - b.From) - (a.To - a.From)
	})
	kept := apart{}
	for _, s := range spans {
		kept.put(s)
	}
	var out strings.Builder
	at := 0
	var r Result
	for _, s := range kept {
		if s.From < at {
			s.From = at
		}
		for s.To < len(text) && !utf8.RuneStart(text[s.To]) {
			s.To++ // a digit of another script is longer than the one it was read as
		}
		s.To = s.From + len(strings.TrimRight(text[s.From:max(s.From, s.To)], " \t\n"))
		if s.From >= s.To || strings.TrimSpace(text[s.From:s.To]) == "" {
			continue
		}
		s.Text = text[s.From:s.To]
		between := text[at:s.From]
		// Masks of words side by side are one: how many words a name has tells something too.
		if n := len(r.Spans); n == 0 || strings.Trim(between, " -'’.\t") != "" || r.Spans[n-1].Mask != s.Mask && !(wordly(s.Kind) && wordly(r.Spans[n-1].Kind)) {
			out.WriteString(between)
			out.WriteString(s.Mask)
		}
		r.Spans = append(r.Spans, s)
		r.Look = r.Look || !s.Sure
		at = s.To
	}
	out.WriteString(text[at:])
	r.Masked = out.String()
	return r
}
