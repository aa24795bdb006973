package dossier

// This file looks for words in the texts of one opened file. A word is found inside another one, in any case, with or
// without marks, and in any script: Arabic with its letters that are written for each other, Ethiopic with the rows that
// sound alike, digits of any writing.

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"reisgezel/internal/kernel/clock"
)

// seekMost is how much may be searched for, in letters.
const seekMost = 200

// Seeker looks for words. It belongs to one request: it keeps how letters fold.
type Seeker struct {
	words [][]byte
	seen  []bool // of each word, while texts are looked through
	known map[rune]string
	flat  []byte
	from  []int // of each byte of flat: where its letter begins in the text
	to    []int // and where it ends, its marks included
}

// NewSeeker reads what was typed: words with spaces between, all of which must be there.
func NewSeeker(typed string) *Seeker {
	s := &Seeker{known: map[rune]string{}}
	s.fold(typed, false)
	for _, w := range bytes.Fields(s.flat) {
		if !containsWord(s.words, w) {
			s.words = append(s.words, bytes.Clone(w))
		}
	}
	s.seen = make([]bool, len(s.words))
	return s
}

func containsWord(ws [][]byte, w []byte) bool {
	for _, x := range ws {
		if bytes.Equal(x, w) {
			return true
		}
	}
	return false
}

// Empty says that nothing is looked for: nothing was typed that has a letter or a digit.
func (s *Seeker) Empty() bool { return len(s.words) == 0 }

// Finds says whether every word stands somewhere in these texts.
func (s *Seeker) Finds(texts ...string) bool {
	left := len(s.words)
	if left == 0 {
		return false
	}
	clear(s.seen)
	for _, t := range texts {
		s.fold(t, false)
		for i, w := range s.words {
			if !s.seen[i] && bytes.Contains(s.flat, w) {
				s.seen[i] = true
				if left--; left == 0 {
					return true
				}
			}
		}
	}
	return false
}

// Spans are the places where the words stand in a text, each from a byte to a byte, in order; places that touch are one.
func (s *Seeker) Spans(text string) [][2]int {
	s.fold(text, true)
	hit := make([]bool, len(s.flat))
	any := false
	for _, w := range s.words {
		for at := 0; ; {
			i := bytes.Index(s.flat[at:], w)
			if i < 0 {
				break
			}
			for k := at + i; k < at+i+len(w); k++ {
				hit[k], any = true, true
			}
			at += i + 1
		}
	}
	if !any {
		return nil
	}
	var out [][2]int
	for i, h := range hit {
		switch {
		case !h:
		case i > 0 && hit[i-1] && len(out) > 0:
			out[len(out)-1][1] = s.to[i]
		case len(out) > 0 && out[len(out)-1][1] > s.from[i]: // a letter that folds into two
			out[len(out)-1][1] = s.to[i]
		default:
			out = append(out, [2]int{s.from[i], s.to[i]})
		}
	}
	return out
}

// fold writes a text into flat: letters and digits as they are compared, one space for anything else, nothing for marks.
func (s *Seeker) fold(text string, places bool) {
	s.flat, s.from, s.to = s.flat[:0], s.from[:0], s.to[:0]
	for i, r := range text {
		end := i + utf8.RuneLen(r)
		if r == utf8.RuneError {
			end = i + 1
		}
		n := len(s.flat)
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			s.flat = append(s.flat, byte(r))
		case r >= 'A' && r <= 'Z':
			s.flat = append(s.flat, byte(r)+'a'-'A')
		case r == '-' || r == '\'':
		case r < utf8.RuneSelf:
			s.space()
		default:
			f, ok := s.known[r]
			if !ok {
				f = foldRune(r)
				s.known[r] = f
			}
			switch f {
			case "":
				if places && n > 0 && s.to[n-1] == i { // a mark belongs to the letter before it
					for k := n - 1; k >= 0 && s.to[k] == i; k-- {
						s.to[k] = end
					}
				}
			case " ":
				s.space()
			default:
				s.flat = append(s.flat, f...)
			}
		}
		for places && len(s.from) < len(s.flat) {
			s.from, s.to = append(s.from, i), append(s.to, end)
		}
	}
}

func (s *Seeker) space() {
	if n := len(s.flat); n > 0 && s.flat[n-1] != ' ' {
		s.flat = append(s.flat, ' ')
	}
}

// foldRune is one letter as it is compared: empty for a mark, a space for what separates words.
func foldRune(r rune) string {
	if d, ok := clock.Digit(r); ok {
		return string(rune('0' + d))
	}
	switch r {
	case '’', '‘', 'ʿ', 'ʾ', 'ـ': // signs inside words, and the line that stretches an Arabic one
		return ""
	}
	if unicode.In(r, unicode.Mn, unicode.Cf) {
		return ""
	}
	var b strings.Builder
	for _, x := range norm.NFKD.String(folds.Replace(string(unicode.ToLower(r)))) {
		switch {
		case unicode.Is(unicode.Mn, x):
		case unicode.IsLetter(x) || unicode.IsDigit(x):
			b.WriteRune(sounds(unicode.ToLower(x)))
		default:
			return " "
		}
	}
	return folds.Replace(b.String())
}

// sounds brings the Ethiopic rows that sound alike into one, and of the letters of the throat the first and the fourth form:
// people write one word with either.
func sounds(r rune) rune {
	for _, x := range [...]struct{ row, as rune }{{0x1210, 0x1200}, {0x1280, 0x1200}, {0x1220, 0x1230}, {0x12D0, 0x12A0}, {0x1340, 0x1338}} {
		if r >= x.row && r < x.row+8 {
			r = x.as + r - x.row
		}
	}
	if r == 0x1203 || r == 0x12A3 {
		r -= 3
	}
	return r
}
