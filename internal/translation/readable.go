package translation

// This file says how well a Dutch text reads. bron: DOUMA-1960
//
// The formula of Flesch, made Dutch by Douma: 206.835 - 0.93 * words in a sentence - 77 * syllables in a word. Its own table says
// who can read a score: from 60 on everybody who finished primary school, from 80 on who is eleven. It counts lengths and knows
// nothing of what words mean, and B1 is not defined by it; so it stands beside the text as a help, with the words that are hard,
// and stops nobody. A label of a few words has no score: the formula says nothing of it.

import (
	"slices"
	"strings"
	"unicode"
)

// ReadsWell is the least score of a text that reads well enough.
const ReadsWell = 60

// leastWords is how many words a text has before the formula says anything.
const leastWords = 12

// Ease is how well a text reads.
type Ease struct {
	Score       int
	Scored      bool // there are words enough for a score
	Words       int
	LongestLine int // words in the longest sentence
	Hard        []string
}

// Well says whether nothing about the text asks for another look.
func (e Ease) Well() bool {
	return (!e.Scored || e.Score >= ReadsWell) && len(e.Hard) == 0 && e.LongestLine <= mostWords
}

// mostWords is the longest sentence that reads well: the usual rule for B1.
const mostWords = 15

// officialese are words that letters are full of and people do not use, with what they mean.
var officialese = map[string]string{
	"aangaande": "over", "alsmede": "en ook", "alvorens": "voordat", "betreffende": "over", "bovendien": "ook", "conform": "volgens", "derhalve": "daarom", "desbetreffende": "deze",
	"desgewenst": "als u wilt", "diengaande": "daarover", "dientengevolge": "daarom", "echter": "maar", "eveneens": "ook", "gaarne": "graag", "geschieden": "gebeuren", "hieromtrent": "hierover",
	"indien": "als", "ingevolge": "volgens", "inzake": "over", "krachtens": "volgens", "middels": "met", "mits": "als", "nadien": "daarna", "niettegenstaande": "toch", "omtrent": "over",
	"teneinde": "om", "tenzij": "behalve als", "terzake": "hierover", "tevens": "ook", "thans": "nu", "verstrekken": "geven", "voornoemde": "deze", "vooralsnog": "nu nog", "zulks": "dit", "dienen": "moeten", "dient": "moet",
	"aanvangen": "beginnen", "additioneel": "extra", "adequaat": "goed", "faciliteren": "mogelijk maken", "implementeren": "invoeren", "participeren": "meedoen", "prioriteit": "wat eerst komt",
}

// Plainer is what a hard word means, when the list knows it.
func Plainer(word string) string { return officialese[strings.ToLower(word)] }

// Reading measures a Dutch text. Placeholders count as one short word.
func Reading(text string) Ease {
	var e Ease
	syllables, sentences := 0, 0
	for _, sentence := range sentencesOf(text) {
		n := 0
		for _, w := range wordsOf(sentence) {
			n++
			syllables += Syllables(w)
			if isHard(w) && !slices.Contains(e.Hard, w) {
				e.Hard = append(e.Hard, w)
			}
		}
		if n > 0 {
			sentences++
		}
		e.Words += n
		e.LongestLine = max(e.LongestLine, n)
	}
	if e.Words >= leastWords {
		score := 206.835 - 0.93*float64(e.Words)/float64(sentences) - 77*float64(syllables)/float64(e.Words)
		e.Score, e.Scored = max(0, min(100, int(score+0.5))), true
	}
	return e
}

// isHard says whether a word is long for somebody who learns Dutch, or one that only letters use. What people must know because it
// stands in their letters is explained in the glossary, and is not hard here.
func isHard(w string) bool {
	lower := strings.ToLower(w)
	if Plainer(lower) != "" {
		return true
	}
	return (Syllables(lower) >= 5 || len([]rune(lower)) >= 15) && !slices.ContainsFunc(known, func(k string) bool { return strings.HasPrefix(lower, k) })
}

// known are long words that everybody meets on the way, and that are explained.
var known = []string{"vluchtelingenwerk", "gezinshereniging", "asielprocedure", "verblijfsvergunning", "beschermingsbewijs", "contactpersoon", "burgerservicenummer"}

func sentencesOf(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(".!?\n:;", r) })
}

func wordsOf(s string) []string {
	fields := strings.FieldsFunc(s, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '’' && r != '\'' && r != '-' && r != '{' && r != '}' && !unicode.IsMark(r)
	})
	var out []string
	for _, f := range fields {
		switch f = strings.Trim(f, "-'’"); {
		case f == "":
		case strings.ContainsAny(f, "{}"):
			out = append(out, "x")
		default:
			out = append(out, f)
		}
	}
	return out
}

// sounds are the letters that together make one vowel, longest first.
var sounds = []string{"aai", "ooi", "oei", "eeu", "ieu", "eau", "aa", "ee", "oo", "uu", "ie", "oe", "eu", "ui", "ei", "ij", "au", "ou", "ai", "oi", "eë", "ea"}

// Syllables counts the syllables of a Dutch word by its groups of vowels. A word without any has one.
func Syllables(word string) int {
	w := strings.ToLower(word)
	n := 0
	for w != "" {
		step := ""
		for _, s := range sounds {
			if strings.HasPrefix(w, s) {
				step = s
				break
			}
		}
		if step == "" {
			r := []rune(w)[0]
			step = string(r)
			if strings.ContainsRune("aeiouyáàâäéèêëíìîïóòôöúùûü", r) {
				n++
			}
		} else {
			n++
		}
		w = w[len(step):]
	}
	return max(n, 1)
}

// Span is a piece of a text; Hard pieces are marked.
type Span struct {
	Text string
	Hard bool
	Mean string // what it means, when the list knows
}

// Marked cuts a text at its hard words.
func Marked(text string) []Span {
	var out []Span
	plain := ""
	word := ""
	flush := func() {
		if word == "" {
			return
		}
		if isHard(word) {
			if plain != "" {
				out = append(out, Span{Text: plain})
				plain = ""
			}
			out = append(out, Span{word, true, Plainer(word)})
		} else {
			plain += word
		}
		word = ""
	}
	for _, r := range text {
		if unicode.IsLetter(r) {
			word += string(r)
			continue
		}
		flush()
		plain += string(r)
	}
	flush()
	if plain != "" {
		out = append(out, Span{Text: plain})
	}
	return out
}
