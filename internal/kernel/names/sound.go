package names

// This file is the alphabet of sounds: what every script is turned into before two names are compared.

// A sound is one of 64 numbers. The letters below are how they are written in costs.txt and in tests. Where a letter
// of a script may stand for several sounds (Arabic waw: w, u, o, v), it is a sound of its own, and the costs say what
// it may stand for. Deciding early what the writer meant is what loses people.
//
//	a e i o u      vowels
//	A E H U W Y    Arabic alif, ayn, ta marbuta, hamza, waw, ya
//	I              the vowel of the Ethiopic sixth order, spoken or not
//	S C J Z T      sh ch dzh zh ts
//	P D x G        th dh kh gh
//	c j X          Latin c, j and x, which every language reads in its own way
//	Q              the soft g of Turkish, which is hardly heard: Yağmur, Doğan
//	. (48 to 63)   letters of scripts we cannot read; equal is equal, no more
const alphabet = "?aeiouAEHUWYIbptdkgqxhfvwszSCJZTlmnryGPDcjXQ"

const (
	sounds  = 64
	foreign = 48 // first of the letters we cannot read
)

// soundOf maps the letters of the alphabet to their numbers; 0 is no sound.
var soundOf = func() (t [256]byte) {
	for i := 1; i < len(alphabet); i++ {
		t[alphabet[i]] = byte(i)
	}
	return t
}()

// letters writes sounds down, for tests and for costs.txt.
func letters(s []byte) string {
	out := make([]byte, len(s))
	for i, c := range s {
		if int(c) < len(alphabet) {
			out[i] = alphabet[c]
		} else {
			out[i] = '.'
		}
	}
	return string(out)
}

// Writing is how a part was written down, as far as it matters for comparing: which vowels the writer had to write.
type Writing uint8

// The kinds of writing.
const (
	Full     Writing = iota // Latin, Cyrillic, Georgian and the like: vowels are written
	Abjad                   // Arabic writing: short vowels are not written, except by some (Sorani, Uyghur)
	Syllabic                // Ethiopic: vowels are written, but the sixth order may be silent
)

// Script is the script a part was written in, for reasons and for measuring.
type Script uint8

// The scripts.
const (
	Latin Script = iota
	Cyrillic
	Arabic
	Ethiopic
	Other
)

func (s Script) String() string {
	return [...]string{"Latin", "Cyrillic", "Arabic", "Ethiopic", "other"}[s]
}

// vowel says whether a sound is a vowel and nothing else.
func vowel(c byte) bool { return c >= 1 && c <= 5 || c == soundOf['I'] }

// class is the rough kind of a consonant, for keys that must not depend on spelling; 0 is a vowel or a sound too weak
// to rely on.
var class = func() (t [sounds]byte) {
	for i, group := range []string{"bp", "tdPD", "kgqc", "xhXGQ", "fv", "szTZSCJj", "l", "m", "n", "r", "yY", "wW"} {
		for _, c := range []byte(group) {
			t[soundOf[c]] = byte(i + 1)
		}
	}
	for i := foreign; i < sounds; i++ {
		t[i] = 13 + byte(i%3)
	}
	return t
}()

// class2 is the second reading of a sound that is read in two ways; elsewhere it is the first.
var class2 = func() (t [sounds]byte) {
	t = class
	for _, x := range []struct{ sound, as byte }{{'G', 'g'}, {'Q', 'g'}, {'x', 'k'}, {'j', 'y'}, {'c', 's'}, {'C', 'k'}, {'q', 'G'}, {'g', 'h'}, {'P', 's'}, {'T', 't'}, {'J', 'g'}, {'w', 'v'}, {'W', 'v'}, {'v', 'w'}} {
		t[soundOf[x.sound]] = class[soundOf[x.as]]
	}
	return t
}()

// weak are classes that one writer hears and the next one does not: kh and h, w and y.
func weak(class byte) bool { return class == 4 || class == 11 || class == 12 }

// blade is what candidates are found by: 128 bits for the consonants of a part and their neighbours.
type blade [2]uint64

func (b *blade) set(i uint32) { b[i>>6&1] |= 1 << (i & 63) }

// bladeOf makes the bits of one row of sounds. Weak consonants are read both as said and as not said, and sounds with
// two readings are read both ways.
func bladeOf(s []byte) blade {
	var b blade
	b.add(s, &class, false)
	b.add(s, &class, true)
	for _, c := range s {
		if class[c] != class2[c] {
			b.add(s, &class2, false)
			b.add(s, &class2, true)
			break
		}
	}
	return b
}

func (b *blade) add(s []byte, class *[sounds]byte, skipWeak bool) {
	last, before := uint32(0), uint32(0)
	var seen [16]uint8
	for _, c := range s {
		k := uint32(class[c])
		if k == 0 {
			if vowel(c) && !skipWeak {
				b.set(120 + uint32(c)%5)
			}
			continue
		}
		if skipWeak && weak(byte(k)) {
			continue
		}
		if seen[k] < 2 {
			b.set(88 + (k*2+uint32(seen[k]))%32)
			seen[k]++
		}
		b.set((last*17 + k) * 2654435761 >> 8 % 88)
		if before != 0 {
			b.set((before*17 + k + 400) * 2654435761 >> 8 % 88)
		}
		before, last = last, k
	}
	b.set((last*17 + 300) * 2654435761 >> 8 % 88)
}

// frame is the key under which the frequency of a part is counted: its strong consonants, in classes.
func frame(s []byte) uint64 {
	h, n := uint64(14695981039346656037), 0
	var last byte
	for _, c := range s {
		k := class[c]
		if k == 0 || weak(k) || k == last {
			continue
		}
		h = (h ^ uint64(k)) * 1099511628211
		last = k
		n++
	}
	if n < 2 && len(s) > 0 { // Ali, Aya, Eyob: too little is left, so it counts whether a vowel is at either end
		if open(s[0]) {
			h = (h ^ 64) * 1099511628211
		}
		if open(s[len(s)-1]) || class[s[len(s)-1]] == 4 {
			h = (h ^ 128) * 1099511628211
		}
	}
	return h
}

// open says whether a sound may be a vowel, in any script.
func open(c byte) bool { return class[c] == 0 || class[c] == 11 || class[c] == 12 }
