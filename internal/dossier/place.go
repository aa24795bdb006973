package dossier

// This file tells a place from an address. Pages, lists and excerpts say in which town or centre somebody lives; the house
// and the room are nobody's business who does not have to go there, and are kept apart under a key of their own.

import (
	"regexp"
	"strings"
	"unicode"
)

var postcode = regexp.MustCompile(`(?i)\b[1-9][0-9]{3}\s?[a-z]{2}\b`)

// AddressMost is how long an address may be.
const AddressMost = 400

// Addressed says whether a text says more than a place: a number is a house, a room or a postcode.
func Addressed(s string) bool { return strings.ContainsFunc(s, unicode.IsNumber) }

// Place is what a text says of where somebody lives without the house and the room; empty when nothing else is in it.
func Place(s string) string {
	if !Addressed(s) {
		return s
	}
	var out []string
	for _, part := range strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == ';' || r == '\n' }) {
		if part = strings.TrimSpace(postcode.ReplaceAllString(part, "")); part != "" && !Addressed(part) {
			out = append(out, part)
		}
	}
	return strings.Join(out, ", ")
}
