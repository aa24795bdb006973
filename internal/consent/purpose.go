package consent

// This file holds for what reasons something may be shared, how much at most, and with whom never.

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"reisgezel/internal/kernel/privacy"
)

// Purposes are the reasons, each with the least that serves it. A form can never ask for more.
var Purposes = []privacy.Purpose{
	{Name: "lawyer", Parts: []string{"name", "birth", "nationality", "vnumber", "languages", "reach", "terms", "papers", "appointments"}, Days: 366},
	{Name: "municipality", Parts: []string{"name", "birth", "vnumber", "languages", "reach"}, Days: 366},
	{Name: "partner", Parts: []string{"name", "languages", "reach", "appointments"}, Days: 366},
}

// Purpose finds a reason by its name.
func Purpose(name string) (privacy.Purpose, bool) {
	i := slices.IndexFunc(Purposes, func(p privacy.Purpose) bool { return p.Name == name })
	if i < 0 {
		return privacy.Purpose{}, false
	}
	return Purposes[i], true
}

// Months are the times for which somebody may choose to share.
var Months = []string{"1", "3", "6", "12"}

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
	for _, w := range strings.FieldsFunc(folded(party), func(r rune) bool { return !unicode.IsLetter(r) }) {
		if slices.Contains(originWhole, w) || slices.ContainsFunc(origin, func(stem string) bool { return strings.Contains(w, stem) }) {
			return true
		}
	}
	return false
}
