package names

// This file reads the Latin alphabet, with the digraphs that the transliterations of many languages brought into it,
// and those of a Dutch ear: sj, tsj, zj, oe, ie.

import "strings"

// marked are Latin letters whose mark changes the sound. Every other mark is dropped.
var marked = map[rune]string{
	'š': "S", 'ş': "S", 'ș': "S", 'ŝ': "S", 'ś': "S", 'č': "C", 'ć': "C", 'ĉ': "C", 'ç': "C", 'ž': "Z", 'ź': "Z", 'ż': "Z", 'ẑ': "Z",
	'ğ': "Q", 'ġ': "G", 'ǧ': "J", 'ǰ': "J", 'ı': "i", 'ł': "l", 'ä': "e", 'ə': "e", 'æ': "e", 'œ': "o", 'ø': "o", 'ß': "s", 'þ': "th", 'ð': "dh",
	'đ': "d", 'ḫ': "x", 'ẖ': "x", 'ħ': "h", 'ḏ': "D", 'ṯ': "P", 'ţ': "T", 'ț': "T", 'ŭ': "w", 'ŋ': "n", 'ɛ': "e", 'ɔ': "o", 'ƙ': "k", 'ɗ': "d", 'ɓ': "b",
	'ʃ': "S", 'ʒ': "Z", 'ɣ': "G", 'ɨ': "i", 'ʷ': "w",
}

// digraphs are read longest first. The right side is in sounds.
var digraphs = []struct{ from, to string }{
	{"tsch", "C"}, {"dsch", "J"}, {"shch", "SC"}, {"ousk", "owsk"},
	{"sch", "S"}, {"tch", "C"}, {"dzh", "J"}, {"tsh", "C"}, {"tsj", "C"}, {"dzj", "J"},
	{"dj", "J"}, {"dZ", "J"}, {"zh", "Z"}, {"sh", "S"}, {"zj", "Z"}, {"sj", "S"}, {"ch", "C"}, {"kh", "x"}, {"gh", "G"}, {"ph", "f"}, {"th", "P"}, {"dh", "D"},
	{"ts", "T"}, {"tz", "T"}, {"cz", "C"}, {"sz", "S"}, {"ck", "k"}, {"ou", "u"}, {"oo", "u"}, {"oe", "u"}, {"ee", "i"}, {"x", "X"},
}

// latinSounds reads folded Latin letters, in which marked letters already stand as sounds, and appends to s.
func latinSounds(s []byte, w []byte) []byte {
next:
	for i := 0; i < len(w); {
		for _, d := range digraphs {
			if w[i] == d.from[0] && len(w)-i >= len(d.from) && string(w[i:i+len(d.from)]) == d.from {
				for _, c := range []byte(d.to) {
					s = say(s, soundOf[c])
				}
				i += len(d.from)
				continue next
			}
		}
		if dutchIE(w, i) {
			s = say(s, soundOf['i'])
			i += 2
			continue
		}
		c := w[i]
		if c == 'u' && i > 0 && (w[i-1] == 'a' || w[i-1] == 'e') && (i+1 == len(w) || w[i+1] == 'n' && i+2 < len(w)) && i > 2 {
			c = 'w' // Belarusian: Epikhau is Epikhov, Mikalayeuna is Nikolaevna
		}
		s = say(s, soundOf[c])
		i++
	}
	return s
}

// dutchIE says whether the two letters at i are the ie of a Dutch ear, which is one long i: Fatiema, Amierie. Daniel,
// Yosief and Isaiev have two vowels there.
func dutchIE(w []byte, i int) bool {
	if i == 0 || i+1 >= len(w) || w[i] != 'i' || w[i+1] != 'e' || latinVowel(w[i-1]) {
		return false
	}
	if i+2 == len(w) {
		return true
	}
	next := w[i+2]
	return !latinVowel(next) && next != 'v' && next != 'w' && (i+3 < len(w) || next != 'f' && next != 'l')
}

func latinVowel(c byte) bool { return strings.IndexByte("aeiou", c) >= 0 }

// say appends one sound; a doubled letter is said once.
func say(s []byte, c byte) []byte {
	if c == 0 || len(s) > 0 && s[len(s)-1] == c {
		return s
	}
	return append(s, c)
}
