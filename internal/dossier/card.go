package dossier

// This file holds the printed card: eight characters that a person carries, and that open nothing by themselves.

import "strings"

// cardAlphabet has no characters that look alike: no 0/O, 1/I/L, 2/Z, 5/S, 8/B, U/V.
const cardAlphabet = "ACDEFGHJKMNPQRTWXY3479"

// CardLength is how many characters a card has: 22^8, about 5 × 10^10 possibilities.
const CardLength = 8

// CardCode makes a code of random bytes, and says whether there were enough: bytes that would favour some characters are
// skipped.
func CardCode(random []byte) (string, bool) {
	var b strings.Builder
	limit := byte(256 - 256%len(cardAlphabet))
	for _, x := range random {
		if x >= limit {
			continue
		}
		b.WriteByte(cardAlphabet[int(x)%len(cardAlphabet)])
		if b.Len() == CardLength {
			return b.String(), true
		}
	}
	return "", false
}

// ReadCard reads a code as typed, spoken or scanned: any case, spaces and dashes, or the address in the QR code. A code that
// cannot be one is refused before anything is looked up.
func ReadCard(s string) (string, bool) {
	if i := strings.LastIndex(s, "kaart="); i >= 0 {
		s = s[i+len("kaart="):]
	}
	var b strings.Builder
	for _, r := range strings.ToUpper(s) {
		switch {
		case r == ' ' || r == '-' || r == '\u00a0' || r == '\n' || r == '\r' || r == '\t':
		case r < 128 && strings.IndexByte(cardAlphabet, byte(r)) >= 0:
			b.WriteRune(r)
		default:
			return "", false
		}
	}
	return b.String(), b.Len() == CardLength
}

// CardText groups a code in two fours, as it is printed.
func CardText(code string) string {
	if len(code) != CardLength {
		return code
	}
	return code[:4] + " " + code[4:]
}
