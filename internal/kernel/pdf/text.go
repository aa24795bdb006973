package pdf

// This file turns a text into lines of glyphs: which letters join, which way each piece runs, and where a line ends.

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/go-text/typesetting/di"
	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/language"
	"github.com/go-text/typesetting/shaping"
	"golang.org/x/image/math/fixed"
)

// Text is a text in a language.
type Text struct {
	S, Lang string
	RTL     bool // its paragraphs run from right to left
}

// glyph is one sign on the paper: which one of which font, where on its line, and the letters it stands for. Where several signs
// stand for several letters together, the first has all of them.
type glyph struct {
	font  int
	gid   uint16
	x, y  float64
	runes string
}

// line is one line from left to right, and how wide it is.
type line struct {
	glyphs []glyph
	width  float64
}

// shaper shapes for one paper. It is not for several at once.
type shaper struct {
	faces []typeface
	open  []*font.Face // of this paper: a face remembers what it did
	seg   shaping.Segmenter
	hb    shaping.HarfbuzzShaper
	wrap  shaping.LineWrapper
}

func newShaper(fs []typeface) *shaper {
	s := &shaper{faces: fs}
	for _, f := range fs {
		s.open = append(s.open, font.NewFace(f.font))
	}
	return s
}

// ResolveFace chooses the first font that has a letter; what none has shows as the empty sign of the first.
func (s *shaper) ResolveFace(r rune) *font.Face {
	for _, f := range s.open {
		if _, ok := f.NominalGlyph(r); ok {
			return f
		}
	}
	return s.open[0]
}

// clean takes out what has no place on paper: signs that steer machines. Marks of direction stay, for they say how to read.
func clean(t string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return r
		case r == '\t', r == '\r', r == '\u2028', r == '\u2029':
			return ' '
		case r == utf8.RuneError, unicode.Is(unicode.Cc, r), unicode.Is(unicode.Cs, r), unicode.Is(unicode.Co, r):
			return -1
		}
		return r
	}, t)
}

// lines breaks a text at its own ends of lines, and where it does not fit.
func (s *shaper) lines(t Text, size, width float64) []line {
	var out []line
	for _, p := range strings.Split(clean(t.S), "\n") {
		out = append(out, s.paragraph(p, t, size, width)...)
	}
	return out
}

func (s *shaper) paragraph(p string, t Text, size, width float64) []line {
	rs := []rune(p)
	if len(rs) == 0 {
		return []line{{}}
	}
	dir := di.DirectionLTR
	if t.RTL {
		dir = di.DirectionRTL
	}
	in := shaping.Input{Text: rs, RunEnd: len(rs), Direction: dir, Face: s.open[0], Size: fixed.Int26_6(size * 64), Language: language.NewLanguage(t.Lang)}
	var runs []shaping.Output
	for _, r := range s.seg.Split(in, s) {
		runs = append(runs, s.hb.Shape(r))
	}
	wrapped, _ := s.wrap.WrapParagraph(shaping.WrapConfig{Direction: dir}, int(width), rs, shaping.NewSliceIterator(runs))
	var out []line
	for _, w := range wrapped {
		out = append(out, s.place(w, rs))
	}
	return out
}

// place says where each glyph of a line stands. They come from left to right, also where letters are read the other way: that is how
// programs that take text out of a PDF, or read it aloud, expect to find them.
func (s *shaper) place(w shaping.Line, rs []rune) line {
	seen := make([]int, len(w))
	for i, o := range w {
		if v := int(o.VisualIndex); v >= 0 && v < len(w) {
			seen[v] = i
		}
	}
	var l line
	for _, i := range seen {
		o := w[i]
		last := -1
		for _, g := range o.Glyphs {
			d := glyph{font: s.index(o.Face), gid: uint16(g.GlyphID), x: l.width + points(g.XOffset), y: points(g.YOffset)}
			if c := g.TextIndex(); c != last { // the first sign of these letters says them all
				d.runes = strings.Map(letters, string(rs[max(0, c):min(len(rs), max(0, c)+g.RunesCount())]))
				last = c
			}
			l.width += points(g.Advance)
			l.glyphs = append(l.glyphs, d)
		}
	}
	return l
}

// letters leaves out the marks of direction: they have done their work, and nobody copies them.
func letters(r rune) rune {
	if r == '\u200e' || r == '\u200f' || r >= '\u202a' && r <= '\u202e' || r >= '\u2066' && r <= '\u2069' {
		return -1
	}
	return r
}

func (s *shaper) index(f *font.Face) int {
	for i, x := range s.open {
		if x == f {
			return i
		}
	}
	return 0
}

func points(x fixed.Int26_6) float64 { return float64(x) / 64 }
