package names

// This file reads the scripts that are not Latin, letter by letter. The right sides are sounds (see sound.go).

import "strings"

// pairs makes a table out of "letter sounds letter sounds …"; "-" is a letter that is not heard.
func pairs(text string) map[rune]string {
	f := strings.Fields(text)
	t := make(map[rune]string, len(f)/2)
	for i := 0; i+1 < len(f); i += 2 {
		for _, r := range f[i] {
			if f[i+1] == "-" {
				t[r] = ""
			} else {
				t[r] = f[i+1]
			}
		}
	}
	return t
}

// cyrillic holds Russian, Ukrainian, Belarusian, and the letters that Tajik, Kazakh, Kyrgyz, Uzbek, Tatar, Azeri,
// Serbian and Macedonian add.
var cyrillic = pairs(`а a б b в v г g ґ g д d е e ё io є ie ж Z з z и i і i ї i й y к k л l м m н n о o п p р r с s т t у u ў w ф f
	х x ц T ч C ш S щ SC ъ - ь - ы i э e ю yu я ya ҷ J ӣ i ҳ h һ h қ q ғ G ӯ u ә e ө o ү u ұ u ң n җ J ҝ g ҹ J ј y љ l њ n ћ C ђ J џ J ѓ g ќ k ѕ z
	ӧ o ӱ u ӓ e ĸ k ҡ k ҙ D ҫ P ӷ G ҵ T ҽ C ӏ -`)

// arabicLetters holds Arabic, Persian, Dari, Pashto, Urdu, Sorani and Uyghur letters. Waw, ya, alif, ayn and hamza stay open.
var arabicLetters = pairs(`ا A آ A أ A إ A ٱ A ٲ A ب b پ p ت t ٹ t ټ t ث P ج J چ C ح h خ x د d ڈ d ډ d ذ D ر r ڑ r ړ r ڕ r ز z ژ Z س s ش S
	ص s ض d ط t ظ z ع E غ G ف f ڤ v ق q ڨ g ك k ک k ڪ k گ g ګ g ڭ n ل l ڵ l م m ن n ں n ڼ n ه h ہ h ھ h ۂ h ە e ة H ۃ H و W ۋ v ؤ U
	ي Y ی Y ى Y ئ U ے Y ۓ Y ې e ۍ Y ێ e ۆ o ۇ u ۈ u ۉ u ء U څ T ځ z ښ S ږ G ٸ Y`)

var georgian = pairs(`ა a ბ b გ g დ d ე e ვ v ზ z თ t ი i კ k ლ l მ m ნ n ო o პ p ჟ Z რ r ს s ტ t უ u ფ p ქ k ღ G ყ q შ S ჩ C ც T ძ z წ T ჭ C ხ x ჯ J ჰ h`)

var armenian = pairs(`ա a բ b գ g դ d ե e զ z է e ը e թ t ժ Z ի i լ l խ x ծ T կ k հ h ձ z ղ G ճ J մ m յ y ն n շ S ո o չ C պ p ջ J ռ r ս s վ v տ t ր r ց T ւ u փ p ք k և ev օ o ֆ f`)

var greek = pairs(`α a β v γ g δ D ε e ζ z η i θ P ι i κ k λ l μ m ν n ξ ks ο o π p ρ r σς s τ t υ i φ f χ x ψ ps ω o`)

var hebrew = pairs(`א A ב b ג g ד d ה h ו W ז z ח h ט t י Y כך k ל l מם m נן n ס s ע E פף p צץ T ק k ר r ש S ת t`)

// ethiopicRows are the consonants of the rows of eight in the Ethiopic block, from U+1200.
var ethiopicRows = [...]string{"h", "l", "h", "m", "s", "r", "s", "S", "q", "qw", "q", "qw", "b", "v", "t", "C", "h", "hw", "n", "n", "A", "k", "kw",
	"x", "xw", "w", "E", "z", "Z", "y", "d", "d", "J", "g", "gw", "g", "t", "C", "p", "T", "T", "f", "p"}

// ethiopicVowels are the orders of a row.
var ethiopicVowels = [...]string{"e", "u", "i", "a", "e", "I", "o", "a"}

// ethiopic reads one syllable. Alif and ayn only carry their vowel.
func ethiopic(r rune) (string, bool) {
	if r < 0x1200 || r > 0x1357 {
		return "", false
	}
	row, order := int(r-0x1200)/8, int(r-0x1200)%8
	c, v := ethiopicRows[row], ethiopicVowels[order]
	switch c {
	case "A", "E":
		if order == 0 {
			v = "a" // አ is said a, not ä
		}
		return v, true
	case "h":
		if order == 0 {
			v = "a" // so are ሀ and ሐ
		}
	}
	if order == 7 && len(c) == 1 {
		return c + "wa", true
	}
	return c + v, true
}

// scriptOf says which script a letter belongs to.
func scriptOf(r rune) Script {
	switch {
	case r < 0x250, r >= 0x1E00 && r < 0x1F00:
		return Latin
	case r >= 0x400 && r < 0x530, r >= 0x1C80 && r < 0x1C90, r == 'ĸ':
		return Cyrillic
	case r >= 0x600 && r < 0x780, r >= 0x8A0 && r < 0x900, r >= 0xFB50 && r < 0xFE00, r >= 0xFE70 && r < 0xFF00:
		return Arabic
	case r >= 0x1200 && r < 0x13A0, r >= 0x2D80 && r < 0x2DE0:
		return Ethiopic
	}
	return Other
}
