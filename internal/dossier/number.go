package dossier

// This file reads the numbers that people carry on letters and passes, in any notation and with any digits.

import (
	"strings"
	"unicode"

	"reisgezel/internal/kernel/clock"
)

// VNumberText groups a V-number as it is written on letters.
func VNumberText(v string) string {
	if len(v) != 10 {
		return v
	}
	return v[:3] + " " + v[3:6] + " " + v[6:]
}

// VNumber reads the number of the immigration service in any notation ("V 281.994.0173", "2819940173", Arabic digits): ten digits.
func VNumber(s string) (string, bool) {
	s = strings.TrimLeft(strings.TrimSpace(s), "Vv-: .")
	var b strings.Builder
	for _, r := range s {
		switch d, ok := clock.Digit(r); {
		case ok:
			b.WriteByte(byte('0' + d))
		case r == ' ' || r == '.' || r == '-' || r == '\u00a0':
		default:
			return "", false
		}
	}
	v := b.String()
	return v, len(v) == 10
}

// phoneDigits are the digits of a telephone number in any notation, and whether a plus stands before them.
func phoneDigits(s string) (n string, plus, ok bool) {
	var b strings.Builder
	for i, r := range strings.TrimSpace(s) {
		switch d, ok := clock.Digit(r); {
		case ok:
			b.WriteByte(byte('0' + d))
		case r == '+' && i == 0:
			plus = true
		case strings.ContainsRune(" .-()/\u00a0", r):
		default:
			return "", false, false
		}
	}
	return b.String(), plus, true
}

// Phone reads a telephone number in any notation and writes it as +31612345678; Dutch numbers may begin with 0.
func Phone(s string) (string, bool) {
	n, plus, ok := phoneDigits(s)
	switch {
	case !ok:
		return "", false
	case plus:
	case strings.HasPrefix(n, "00"):
		n = n[2:]
	case strings.HasPrefix(n, "0") && len(n) == 10:
		n = "31" + n[1:]
	default:
		return "", false
	}
	if strings.HasPrefix(n, "310") { // +31 (0)6 …
		n = "31" + n[3:]
	}
	return "+" + n, len(n) >= 8 && len(n) <= 15
}

// PhoneURL is a telephone number as a telephone dials it, and short numbers (112, 0900-1234, 14 030) too; empty when it is
// none, so that nothing is dialled that nobody wrote: not the digits out of a sentence, not a number and its extension as one.
func PhoneURL(s string) string {
	if n, ok := Phone(s); ok {
		return "tel:" + n
	}
	if n, plus, ok := phoneDigits(s); ok && !plus && len(n) >= 3 && len(n) <= 15 {
		return "tel:" + n
	}
	return ""
}

// PhoneTyped reads a telephone number as somebody types or pastes it into the search box: also behind "tel:", without the
// nought in front, or with the number of the country and no plus. What is kept of people is read by Phone, which is stricter.
func PhoneTyped(s string) (string, bool) {
	var b strings.Builder
	for _, r := range s {
		switch d, ok := clock.Digit(r); {
		case ok:
			b.WriteByte(byte('0' + d))
		case r == '+' && b.Len() == 0:
			b.WriteRune(r)
		case unicode.IsLetter(r) && b.Len() > 0:
			return "", false // letters stand in front only
		case unicode.Is(unicode.Cf, r) || unicode.IsLetter(r) || unicode.IsSpace(r) || unicode.IsPunct(r):
		default:
			return "", false
		}
	}
	n := b.String()
	switch {
	case len(n) == 9 && n[0] == '6': // a mobile number without its nought
		n = "0" + n
	case len(n) == 11 && strings.HasPrefix(n, "316"), len(n) == 12 && strings.HasPrefix(n, "3106"):
		n = "+" + n
	}
	return Phone(n)
}

// ZNumber reads the number of a case at the immigration service: letters and digits, at least five.
func ZNumber(s string) (string, bool) {
	z := strings.ToUpper(strings.Join(strings.FieldsFunc(western(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }), ""))
	return z, len(z) >= 5 && len(z) <= 20
}

// western writes Arabic-Indic and Persian digits as Western ones; other characters stay.
func western(s string) string {
	out := make([]rune, 0, len(s))
	for _, r := range s {
		if d, ok := clock.Digit(r); ok {
			r = rune('0' + d)
		}
		out = append(out, r)
	}
	return string(out)
}
