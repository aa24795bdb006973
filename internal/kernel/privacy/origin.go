package privacy

// This file holds with whom nothing is ever shared, whoever agrees: those who act for the country that somebody fled from.

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// origin are stems of the words by which those are called who act for the country that somebody fled from, and whole
// those words that are the beginning of an innocent one (a consulent is no consul). Such a party can never receive
// anything, whoever agrees: a yes may have been pressed out of them. The list cannot know the name of every office; the
// purposes themselves name no such party either.
var (
	origin = fold("ambassad", "embassy", "embassies", "botschaft", "embajad", "embaixad", "ambasciat", "ambasad", "büyükelçi", "elçilik", "balyoz",
		"safaarad", "посольств", "посол", "سفارة", "سفارت", "سفير", "سفیر", "سەفارەت", "باڵیۆز", "ኤምባሲ", "ኣምባሳደር", "አምባሳደር",
		"consulaat", "consulate", "consulair", "consular", "konsulat", "konsolos", "consulat", "consulad", "konsulxan", "qunsuliyad", "консульств",
		"قنصل", "كونسول", "کنسول", "قونسل", "ቆንስላ", "ቆንስል")
	originWhole = fold("consul", "konsul", "консул", "cônsul", "console")
)

// state are beginnings of the words by which an office of a state calls itself. At home such an office may be told something (a
// municipality helps); abroad it may not: there it is the state to which somebody would return.
var state = fold("ministr", "minister", "ministè", "министерств", "міністерств", "وزارة", "وزارت", "bakanlı", "wasaarad",
	"government", "gouvernement", "regering", "hükümet", "полиц", "поліц", "police", "politie", "polizei", "policía", "gendarm", "شرطة",
	"prosecut", "migration service", "migration department", "border guard", "secret service", "security service")

func fold(words ...string) []string {
	for i, w := range words {
		words[i] = folded(w)
	}
	return words
}

// folded is a text in small letters without marks, so that a dot or an accent does not hide a word.
func folded(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.In(r, unicode.Mn, unicode.Cf) || strings.ContainsRune("-.'’ـ", r) {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFKD.String(s))
}

// Forbidden says whether a party may never receive anything.
func Forbidden(party string) bool {
	return slices.ContainsFunc(words(party), func(w string) bool {
		return slices.Contains(originWhole, w) || slices.ContainsFunc(origin, func(stem string) bool { return strings.Contains(w, stem) })
	})
}

// ForbiddenAbroad says the same of a party in another country, where offices of the state may not receive anything either.
func ForbiddenAbroad(party string) bool {
	all := " " + strings.Join(words(party), " ")
	return Forbidden(party) || slices.ContainsFunc(state, func(start string) bool { return strings.Contains(all, " "+start) })
}

func words(s string) []string {
	return strings.FieldsFunc(folded(s), func(r rune) bool { return !unicode.IsLetter(r) })
}
