package knelpunt

// This file takes the person out of the words of a signal, shows the difference, and says what may not leave.

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"reisgezel/internal/kernel/deident"
)

// noneKnown is what is known where there is no file.
var noneKnown deident.Known

// Masker masks a text with what is known; what fails means that nothing may leave.
type Masker func(k deident.Known, text string) (deident.Result, error)

// Mask is the detector. A detector that breaks is a check that did not run, and never a text that passed.
func Mask(k deident.Known, text string) (r deident.Result, err error) {
	defer func() {
		if x := recover(); x != nil {
			err = fmt.Errorf("knelpunt: the words could not be checked: %v", x)
		}
	}()
	return deident.New(k).Mask(text), nil
}

// Piece is a part of a text as the page shows it: what stayed, what went, and what stands there now.
type Piece struct {
	Text string
	Mask string // what stands there now; empty when the text stayed
	Look bool   // a person must look: masked on suspicion, or left in doubt
}

// Pieces are the words as they were written, with what was masked in them.
func Pieces(text string, r deident.Result) []Piece {
	var out []Piece
	keep := func(from, to int) { // what stayed, with the words in doubt apart
		for _, d := range r.Doubts {
			if d.From >= from && d.To <= to {
				if d.From > from {
					out = append(out, Piece{Text: text[from:d.From]})
				}
				out = append(out, Piece{Text: text[d.From:d.To], Look: true})
				from = d.To
			}
		}
		if from < to {
			out = append(out, Piece{Text: text[from:to]})
		}
	}
	at := 0
	for _, s := range r.Spans {
		if s.From > at {
			keep(at, s.From)
		}
		out = append(out, Piece{Text: text[s.From:s.To], Mask: s.Mask, Look: !s.Sure})
		at = s.To
	}
	keep(at, len(text))
	return out
}

// Betrays says whether words hold something that may leave under no circumstances: what is known of the person, or a number, an
// address or a date. A word that is only suspected may have been put back by the author; the second reader decides about it.
func Betrays(r deident.Result) bool {
	for _, s := range r.Spans {
		if s.Sure && s.Mask != s.Text {
			return true
		}
	}
	return false
}

// Suspect are the words of a text that nobody knows to be ordinary, folded, each once.
func Suspect(r deident.Result) map[string]bool {
	out := map[string]bool{}
	for _, s := range r.Spans {
		for _, w := range strings.Fields(strings.ToLower(s.Text)) {
			out[w] = true
		}
	}
	return out
}

// Remask masks in the new words every suspect that did not stand in the words before, and everything that is known. Where the file is
// not there to say what it knows, nothing new that is no ordinary word may come in.
func Remask(known deident.Known, before, after string, mask Masker) (string, error) {
	was, err := mask(known, before)
	if err != nil {
		return "", err
	}
	r, err := mask(known, after)
	if err != nil {
		return "", err
	}
	old := Suspect(was)
	var b strings.Builder
	at := 0
	for _, s := range r.Spans {
		fresh := s.Sure
		for _, w := range strings.Fields(strings.ToLower(s.Text)) {
			fresh = fresh || !old[w]
		}
		if fresh {
			b.WriteString(after[at:s.From])
			b.WriteString(s.Mask)
			at = s.To
		}
	}
	b.WriteString(after[at:])
	return b.String(), nil
}

// wordsOf are the words of a text, folded.
func wordsOf(text string) []string {
	return strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) })
}

// NewWords are the words of a text that did not stand in it before, each once: who repairs without the file may have written down what
// only the file knows.
func NewWords(before, after string) (out []string) {
	was := wordsOf(before)
	for _, w := range wordsOf(after) {
		if !slices.Contains(was, w) && !slices.Contains(out, w) {
			out = append(out, w)
		}
	}
	return out
}

// word is where the first word of a text from a place on begins and ends; both are the end of the text when there is none.
func word(text string, from int) (begin, end int) {
	i := strings.IndexFunc(text[from:], unicode.IsLetter)
	if i < 0 {
		return len(text), len(text)
	}
	begin = from + i
	if n := strings.IndexFunc(text[begin:], func(r rune) bool { return !unicode.IsLetter(r) }); n >= 0 {
		return begin, begin + n
	}
	return begin, len(text)
}

// MarkNew marks in pieces the words that are new.
func MarkNew(ps []Piece, words []string) (out []Piece) {
	for _, p := range ps {
		if p.Look || p.Mask != "" {
			out = append(out, p)
			continue
		}
		at := 0
		for i, j := word(p.Text, 0); i < j; i, j = word(p.Text, j) {
			if !slices.Contains(words, strings.ToLower(p.Text[i:j])) {
				continue
			}
			if at < i {
				out = append(out, Piece{Text: p.Text[at:i]})
			}
			out = append(out, Piece{Text: p.Text[i:j], Look: true})
			at = j
		}
		if at < len(p.Text) {
			out = append(out, Piece{Text: p.Text[at:]})
		}
	}
	return out
}
