package measure

// This file is Lawrence Philips' Double Metaphone (C/C++ Users Journal, June 2000), for the baseline of that name.

import "strings"

const metaphoneLength = 4

// doubleMetaphone answers the two keys of a folded Latin word; both are empty for other scripts.
func doubleMetaphone(word string) (string, string) {
	w := metaphone{w: strings.ToUpper(word)}
	w.slavic = strings.ContainsAny(w.w, "WK") || strings.Contains(w.w, "CZ")
	w.run()
	return w.keys()
}

type metaphone struct {
	w      string
	at     int
	a, b   strings.Builder
	slavic bool
}

func (m *metaphone) keys() (string, string) {
	return m.a.String()[:min(metaphoneLength, m.a.Len())], m.b.String()[:min(metaphoneLength, m.b.Len())]
}

func (m *metaphone) add(a string) { m.both(a, a) }

func (m *metaphone) both(a, b string) {
	m.a.WriteString(a)
	m.b.WriteString(b)
}

func (m *metaphone) char(i int) byte {
	if i < 0 || i >= len(m.w) {
		return 0
	}
	return m.w[i]
}

// is says whether one of the words stands at i.
func (m *metaphone) is(i int, words ...string) bool {
	if i < 0 || i > len(m.w) {
		return false
	}
	for _, w := range words {
		if strings.HasPrefix(m.w[i:], w) {
			return true
		}
	}
	return false
}

func (m *metaphone) vowel(i int) bool {
	c := m.char(i)
	return c != 0 && strings.IndexByte("AEIOUY", c) >= 0
}

func (m *metaphone) germanic() bool { return m.is(0, "VAN ", "VON ", "SCH") }

// step takes n letters, one more when the next is the same and twice allows it.
func (m *metaphone) double(c byte) int {
	if m.char(m.at+1) == c {
		return 2
	}
	return 1
}

func (m *metaphone) run() {
	if m.is(0, "GN", "KN", "PN", "WR", "PS") {
		m.at = 1
	}
	if m.char(0) == 'X' {
		m.add("S")
		m.at = 1
	}
	for m.at < len(m.w) && (m.a.Len() < metaphoneLength || m.b.Len() < metaphoneLength) {
		m.at += m.letter()
	}
}

func (m *metaphone) letter() int {
	i, c := m.at, m.char(m.at)
	switch c {
	case 'A', 'E', 'I', 'O', 'U', 'Y':
		if i == 0 {
			m.add("A")
		}
		return 1
	case 'B':
		m.add("P")
		return m.double('B')
	case 'C':
		return m.c()
	case 'D':
		switch {
		case m.is(i, "DG") && strings.IndexByte("IEY", m.char(i+2)) >= 0 && m.char(i+2) != 0:
			m.add("J")
			return 3
		case m.is(i, "DG"):
			m.add("TK")
			return 2
		case m.is(i, "DT", "DD"):
			m.add("T")
			return 2
		}
		m.add("T")
		return 1
	case 'F':
		m.add("F")
		return m.double('F')
	case 'G':
		return m.g()
	case 'H':
		if (i == 0 || m.vowel(i-1)) && m.vowel(i+1) {
			m.add("H")
			return 2
		}
		return 1
	case 'J':
		switch {
		case m.is(i, "JOSE"):
			m.both("H", "J")
		case i == 0:
			m.both("J", "A")
		case m.vowel(i-1) && !m.slavic && (m.char(i+1) == 'A' || m.char(i+1) == 'O'):
			m.both("J", "H")
		case i == len(m.w)-1:
			m.both("J", "")
		case strings.IndexByte("LTKSNMBZ", m.char(i+1)) < 0 && strings.IndexByte("SKL", m.char(i-1)) < 0:
			m.add("J")
		}
		return m.double('J')
	case 'K':
		m.add("K")
		return m.double('K')
	case 'L':
		if m.char(i+1) == 'L' {
			if i == len(m.w)-3 && m.is(i-1, "ILLO", "ILLA", "ALLE") {
				m.both("L", "")
				return 2
			}
			m.add("L")
			return 2
		}
		m.add("L")
		return 1
	case 'M':
		m.add("M")
		if m.is(i-1, "UMB") && (i+1 == len(m.w)-1 || m.is(i+2, "ER")) || m.char(i+1) == 'M' {
			return 2
		}
		return 1
	case 'N':
		m.add("N")
		return m.double('N')
	case 'P':
		if m.char(i+1) == 'H' {
			m.add("F")
			return 2
		}
		m.add("P")
		if m.char(i+1) == 'P' || m.char(i+1) == 'B' {
			return 2
		}
		return 1
	case 'Q':
		m.add("K")
		return m.double('Q')
	case 'R':
		if i == len(m.w)-1 && !m.slavic && m.is(i-2, "IE") && !m.is(i-4, "ME", "MA") {
			m.both("", "R")
		} else {
			m.add("R")
		}
		return m.double('R')
	case 'S':
		return m.s()
	case 'T':
		switch {
		case m.is(i, "TION", "TIA", "TCH"):
			m.add("X")
			return 3
		case m.is(i, "TH", "TTH"):
			if m.is(i+2, "OM", "AM") || m.germanic() {
				m.add("T")
			} else {
				m.both("0", "T")
			}
			return 2
		}
		m.add("T")
		if m.char(i+1) == 'T' || m.char(i+1) == 'D' {
			return 2
		}
		return 1
	case 'V':
		m.add("F")
		return m.double('V')
	case 'W':
		switch {
		case m.is(i, "WR"):
			m.add("R")
			return 2
		case i == 0 && m.vowel(1):
			m.both("A", "F")
			return 1
		case i == 0 && m.is(0, "WH"):
			m.add("A")
			return 1
		case i == len(m.w)-1 && m.vowel(i-1) || m.is(i-1, "EWSKI", "EWSKY", "OWSKI", "OWSKY") || m.is(0, "SCH"):
			m.both("", "F")
			return 1
		case m.is(i, "WICZ", "WITZ"):
			m.both("TS", "FX")
			return 4
		}
		return 1
	case 'X':
		if !(i == len(m.w)-1 && (m.is(i-3, "IAU", "EAU") || m.is(i-2, "AU", "OU"))) {
			m.add("KS")
		}
		if m.char(i+1) == 'C' || m.char(i+1) == 'X' {
			return 2
		}
		return 1
	case 'Z':
		if m.char(i+1) == 'H' {
			m.add("J")
			return 2
		}
		if m.is(i+1, "ZO", "ZI", "ZA") || m.slavic && i > 0 && m.char(i-1) != 'T' {
			m.both("S", "TS")
		} else {
			m.add("S")
		}
		return m.double('Z')
	}
	return 1
}

func (m *metaphone) c() int {
	i := m.at
	switch {
	case i > 1 && !m.vowel(i-2) && m.is(i-1, "ACH") && m.char(i+2) != 'I' && (m.char(i+2) != 'E' || m.is(i-2, "BACHER", "MACHER")):
		m.add("K")
		return 2
	case i == 0 && m.is(0, "CAESAR"):
		m.add("S")
		return 2
	case m.is(i, "CHIA"):
		m.add("K")
		return 2
	case m.is(i, "CH"):
		switch {
		case i > 0 && m.is(i, "CHAE"):
			m.both("K", "X")
		case i == 0 && (m.is(1, "HARAC", "HARIS") || m.is(1, "HOR", "HYM", "HIA", "HEM")) && !m.is(0, "CHORE"):
			m.add("K")
		case m.germanic() || m.is(i-2, "ORCHES", "ARCHIT", "ORCHID") || m.char(i+2) == 'T' || m.char(i+2) == 'S' ||
			(i == 0 || strings.IndexByte("AOUE", m.char(i-1)) >= 0) && (i+2 >= len(m.w) || strings.IndexByte("LRNMBHFVW ", m.char(i+2)) >= 0):
			m.add("K")
		case i > 0 && m.is(0, "MC"):
			m.add("K")
		case i > 0:
			m.both("X", "K")
		default:
			m.add("X")
		}
		return 2
	case m.is(i, "CZ") && !m.is(i-2, "WICZ"):
		m.both("S", "X")
		return 2
	case m.is(i+1, "CIA"):
		m.add("X")
		return 3
	case m.is(i, "CC") && !(i == 1 && m.char(0) == 'M'):
		if strings.IndexByte("IEH", m.char(i+2)) >= 0 && m.char(i+2) != 0 && !m.is(i+2, "HU") {
			if i == 1 && m.char(0) == 'A' || m.is(i-1, "UCCEE", "UCCES") {
				m.add("KS")
			} else {
				m.add("X")
			}
			return 3
		}
		m.add("K")
		return 2
	case m.is(i, "CK", "CG", "CQ"):
		m.add("K")
		return 2
	case m.is(i, "CI", "CE", "CY"):
		if m.is(i, "CIO", "CIE", "CIA") {
			m.both("S", "X")
		} else {
			m.add("S")
		}
		return 2
	}
	m.add("K")
	if m.is(i+1, "C", "K", "Q") && !m.is(i+1, "CE", "CI") {
		return 2
	}
	return 1
}

func (m *metaphone) g() int {
	i := m.at
	next := m.char(i + 1)
	switch {
	case next == 'H':
		switch {
		case i > 0 && !m.vowel(i-1):
			m.add("K")
		case i == 0:
			if m.char(2) == 'I' {
				m.add("J")
			} else {
				m.add("K")
			}
		case i > 1 && strings.IndexByte("BHD", m.char(i-2)) >= 0 || i > 2 && strings.IndexByte("BHD", m.char(i-3)) >= 0 || i > 3 && strings.IndexByte("BH", m.char(i-4)) >= 0:
		case i > 2 && m.char(i-1) == 'U' && strings.IndexByte("CGLRT", m.char(i-3)) >= 0:
			m.add("F")
		case i > 0 && m.char(i-1) != 'I':
			m.add("K")
		}
		return 2
	case next == 'N':
		switch {
		case i == 1 && m.vowel(0) && !m.slavic:
			m.both("KN", "N")
		case !m.is(i+2, "EY") && !m.slavic:
			m.both("N", "KN")
		default:
			m.add("KN")
		}
		return 2
	case m.is(i+1, "LI") && !m.slavic:
		m.both("KL", "L")
		return 2
	case i == 0 && (next == 'Y' || m.is(1, "ES", "EP", "EB", "EL", "EY", "IB", "IL", "IN", "IE", "EI", "ER")):
		m.both("K", "J")
		return 2
	case (m.is(i+1, "ER") || next == 'Y') && !m.is(0, "DANGER", "RANGER", "MANGER") && strings.IndexByte("EI", m.char(i-1)) < 0 && !m.is(i-1, "RGY", "OGY"):
		m.both("K", "J")
		return 2
	case next != 0 && strings.IndexByte("EIY", next) >= 0 || m.is(i-1, "AGGI", "OGGI"):
		switch {
		case m.germanic() || m.is(i+1, "ET"):
			m.add("K")
		case m.is(i+1, "IER"):
			m.add("J")
		default:
			m.both("J", "K")
		}
		return 2
	}
	m.add("K")
	return m.double('G')
}

func (m *metaphone) s() int {
	i := m.at
	switch {
	case m.is(i-1, "ISL", "YSL"):
		return 1
	case i == 0 && m.is(0, "SUGAR"):
		m.both("X", "S")
		return 1
	case m.is(i, "SH"):
		if m.is(i+1, "HEIM", "HOEK", "HOLM", "HOLZ") {
			m.add("S")
		} else {
			m.add("X")
		}
		return 2
	case m.is(i, "SIO", "SIA"):
		if m.slavic {
			m.add("S")
		} else {
			m.both("S", "X")
		}
		return 3
	case i == 0 && m.is(1, "M", "N", "L", "W") || m.is(i+1, "Z"):
		m.both("S", "X")
		if m.is(i+1, "Z") {
			return 2
		}
		return 1
	case m.is(i, "SC"):
		switch {
		case m.is(i+2, "H") && m.is(i+3, "OO", "ER", "EN", "UY", "ED", "EM"):
			if m.is(i+3, "ER", "EN") {
				m.both("X", "SK")
			} else {
				m.add("SK")
			}
		case m.is(i+2, "H"):
			if i == 0 && !m.vowel(3) && m.char(3) != 'W' {
				m.both("X", "S")
			} else {
				m.add("X")
			}
		case m.is(i+2, "I", "E", "Y"):
			m.add("S")
		default:
			m.add("SK")
		}
		return 3
	}
	if i == len(m.w)-1 && m.is(i-2, "AI", "OI") {
		m.both("", "S")
	} else {
		m.add("S")
	}
	if m.is(i+1, "S", "Z") {
		return 2
	}
	return 1
}
