package privacy

// This file finds citizen service numbers (BSN). Outside the government nobody may keep one without a law that says so,
// and consent does not help (UAVG art. 46; bron: UAVG-46), so every text is refused that holds one.

import (
	"strings"
	"unicode"
)

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
	for n < 100 && unicode.Is(unicode.Nd, r-rune(n)-1) {
		n++
	}
	return n % 10, true
}

// joints is the longest run of separators between two groups of one number, as in "123 - 456 - 782".
const joints = 3

func separator(r rune) bool {
	return r == '.' || r == '_' || r == '·' || r == '−' || unicode.In(r, unicode.Zs, unicode.Pd)
}

// notations are the ways in which people group nine digits. Others, such as a day followed by a count (24-11-2026 5) or
// a case number (2026-12345), are not taken for a BSN, because a note that is refused without reason gets kept elsewhere.
var notations = [][]int{{9}, {3, 3, 3}, {4, 2, 3}, {3, 2, 4}, {3, 6}, {6, 3}, {2, 2, 2, 3}, {3, 2, 2, 2}, {2, 2, 2, 2, 1}, {1, 1, 1, 1, 1, 1, 1, 1, 1}}

// HasBSN says whether a text holds a number of nine digits, in a notation in which people write a BSN, that passes the
// eleven test. Behind the letters BSN every grouping counts, and eight digits whose leading zero was left out. Longer
// numbers, such as V-numbers, telephone numbers and account numbers, are not looked into.
func HasBSN(text string) bool {
	rs := []rune(text)
	for i := 0; i < len(rs); {
		if _, ok := digit(rs[i]); !ok {
			i++
			continue
		}
		groups, end := run(rs, i)
		if holds(groups, rs[:i]) {
			return true
		}
		i = end
	}
	return false
}

// run reads the groups of digits that stand beside each other from i on, and tells where they end. Marks that cannot be
// seen, such as those for the direction of writing, do not part a group.
func run(rs []rune, i int) (groups [][]int, end int) {
	var group []int
	for end = i; i < len(rs); {
		if d, ok := digit(rs[i]); ok {
			group = append(group, d)
			i++
			end = i
			continue
		}
		j, marks := i, 0
		for j < len(rs) && marks <= joints && (separator(rs[j]) || unicode.Is(unicode.Cf, rs[j])) {
			if separator(rs[j]) {
				marks++
			}
			j++
		}
		if j >= len(rs) || marks > joints {
			break
		}
		if _, ok := digit(rs[j]); !ok {
			break
		}
		if marks > 0 {
			groups, group = append(groups, group), nil
		}
		i = j
	}
	return append(groups, group), end
}

// holds says whether a run of groups has a BSN in it, given the text before it.
func holds(groups [][]int, before []rune) bool {
	if named(before) {
		var ds []int
		for _, g := range groups {
			ds = append(ds, g...)
			if (len(ds) == 9 && eleven(ds)) || (len(ds) == 8 && eleven(append([]int{0}, ds...))) {
				return true
			}
		}
	} else if n := len(before); n > 0 && unicode.IsLetter(before[n-1]) {
		groups = groups[1:] // the end of a code, such as an account number
	}
	if len(groups) == 0 {
		return false
	}
	n := 0
	for _, g := range groups {
		n += len(g)
	}
	if abroad := n > 9 && len(groups[0]) > 1 && len(groups[0]) != 9 && groups[0][0] == 0 && groups[0][1] == 0; abroad || (len(before) > 0 && before[len(before)-1] == '+') {
		return false // a telephone number with its country
	}
	for i := range groups {
		for _, sizes := range notations {
			if i+len(sizes) > len(groups) {
				continue
			}
			var ds []int
			fits := true
			for k, n := range sizes {
				fits = fits && len(groups[i+k]) == n
				ds = append(ds, groups[i+k]...)
			}
			if fits && eleven(ds) {
				return true
			}
		}
	}
	return false
}

// named says whether the text just before announces a BSN.
func named(before []rune) bool {
	s := strings.ToLower(string(before[max(0, len(before)-24):]))
	for _, w := range []string{"bsn", "sofi", "burgerservice", "burger service"} {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
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
