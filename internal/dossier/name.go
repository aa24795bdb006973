package dossier

// This file folds names for exact look-ups: no accents, no case, no marks. It compares spellings of one script only; across
// spellings and scripts names are held against each other in heard.go.

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// folds are letters that do not fall apart into a base letter and a mark.
var folds = strings.NewReplacer("ø", "o", "ł", "l", "đ", "d", "ı", "i", "ß", "ss", "æ", "ae", "œ", "oe", "ħ", "h",
	"أ", "ا", "إ", "ا", "آ", "ا", "ة", "ه", "ى", "ي", "ی", "ي", "ک", "ك", "ؤ", "و", "ئ", "ي")

// Fold writes a name part for comparing: "Sélam" and "SELAM" are the same.
func Fold(s string) string {
	if plain(s) {
		return foldPlain(s)
	}
	s = folds.Replace(strings.ToLower(s)) // before the marks come off: a Turkish dotless i has none
	var b strings.Builder
	for _, r := range norm.NFKD.String(s) {
		switch {
		case unicode.In(r, unicode.Mn, unicode.Cf): // marks, joiners, signs of direction
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			b.WriteRune(unicode.ToLower(r)) // some letters have a capital only in their composed form
		case r == '-' || r == '\'' || r == '’' || r == 'ʿ' || r == '‘':
		default:
			b.WriteByte(' ')
		}
	}
	return strings.Join(strings.Fields(folds.Replace(b.String())), " ")
}

// plain says whether a text has only letters that need no table; most have.
func plain(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// foldPlain is Fold for a text of plain letters: the same in one pass, for a search folds thousands of names.
func foldPlain(s string) string {
	out := make([]byte, 0, len(s))
	gap := false
	for i := range len(s) {
		c := s[i]
		switch {
		case 'A' <= c && c <= 'Z':
			c += 'a' - 'A'
		case 'a' <= c && c <= 'z', '0' <= c && c <= '9':
		case c == '-' || c == '\'':
			continue
		default:
			gap = true
			continue
		}
		if gap && len(out) > 0 {
			out = append(out, ' ')
		}
		gap = false
		out = append(out, c)
	}
	return string(out)
}

// Parts are the folded parts of all the names of a person, each once. One letter beside longer parts is an initial and says
// too little; a name of single letters only is one all the same.
func (p Profile) Parts() []string {
	seen := map[string]bool{}
	var out []string
	add := func(s string) {
		parts := strings.Fields(Fold(s))
		initials := slices.ContainsFunc(parts, longer)
		for _, part := range parts {
			if !seen[part] && (!initials || longer(part)) {
				seen[part] = true
				out = append(out, part)
			}
		}
	}
	add(p.Called)
	add(p.Name())
	add(p.Own)
	for _, v := range p.Variants {
		add(v.Text)
	}
	return out
}

func longer(part string) bool { return len([]rune(part)) > 1 }
