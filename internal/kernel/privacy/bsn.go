package privacy

// This file finds citizen service numbers (BSN). Outside the government nobody may keep one without a law that says so,
// and consent does not help (UAVG art. 46; bron: UAVG-46), so every text is refused that holds one.

import "unicode"

// digit reads a digit of any script; the separators people write inside numbers are skipped by the caller.
func digit(r rune) (int, bool) {
	if r >= '0' && r <= '9' {
		return int(r - '0'), true
	}
	if r < 128 || !unicode.Is(unicode.Nd, r) {
		return 0, false
	}
	// Decimal digits of every script stand in runs of ten that begin at a multiple of their own start.
	n := 0
	for n < 10 && unicode.Is(unicode.Nd, r-rune(n)-1) {
		n++
	}
	return n % 10, true
}

func separator(r rune) bool {
	return r == '.' || r == '-' || r == ' ' || r == '\u00a0' || r == '\u202f'
}

// HasBSN says whether a text holds a number of nine digits (or eight, whose leading zero was left out and that stands
// behind the letters BSN) that passes the eleven test. Longer runs, such as V-numbers and telephone numbers, are not
// looked into.
func HasBSN(text string) bool {
	rs := []rune(text)
	for i := 0; i < len(rs); {
		if _, ok := digit(rs[i]); !ok {
			i++
			continue
		}
		// One run: digits, with at most one separator between two of them.
		var ds []int
		lead := i
		j := i
		for j < len(rs) {
			if d, ok := digit(rs[j]); ok {
				ds = append(ds, d)
				j++
				continue
			}
			if separator(rs[j]) && j+1 < len(rs) {
				if _, ok := digit(rs[j+1]); ok {
					j++
					continue
				}
			}
			break
		}
		plus := lead > 0 && rs[lead-1] == '+'
		letter := lead > 0 && unicode.IsLetter(rs[lead-1])
		switch {
		case plus || letter:
		case len(ds) == 9 && eleven(ds):
			return true
		case len(ds) == 8 && named(rs[:lead]) && eleven(append([]int{0}, ds...)):
			return true
		}
		i = j
	}
	return false
}

// named says whether the letters BSN or the word sofinummer stand just before.
func named(before []rune) bool {
	n := 0
	var word []rune
	for i := len(before) - 1; i >= 0 && n < 14; i, n = i-1, n+1 {
		if unicode.IsLetter(before[i]) {
			word = append([]rune{unicode.ToLower(before[i])}, word...)
		} else if len(word) > 0 {
			break
		}
	}
	w := string(word)
	return w == "bsn" || w == "sofi" || w == "sofinummer" || w == "burgerservicenummer"
}

// eleven is the test that every BSN passes: 9×first + 8×second + … + 2×eighth − ninth is a multiple of eleven, not zero.
func eleven(ds []int) bool {
	sum := 0
	for i, d := range ds[:8] {
		sum += (9 - i) * d
	}
	sum -= ds[8]
	return sum%11 == 0 && sum != 0
}
