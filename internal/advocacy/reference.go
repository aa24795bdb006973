package advocacy

// This file reads the numbers of parliamentary papers, by their form only: whether a paper exists is not asked of anybody.

import (
	"regexp"
	"strconv"
	"strings"
)

// The sorts of numbers.
const (
	Paper    = "paper"    // Kamerstuk: a motion, a letter, a bill
	Question = "question" // a written question, such as 2025Z01234
	Promised = "promised" // a commitment that parliament keeps count of, such as TZ202501-123 or T03456
)

// Reference is a number as it is written everywhere, and its sort.
type Reference struct{ Kind, Text string }

var (
	// A file of parliament has five digits; a budget adds a Roman number, a fund a letter; a law of the Kingdom adds R and a number. A
	// paper of the Tweede Kamer has a number, one of the Eerste Kamer letters.
	paperForm = regexp.MustCompile(`^(?i:kamerstuk(?:ken)?\s+)?(?i:(?:I{1,2})\s+)?(\d{2})[ .]?(\d{3})(?:[ -]?\((R\d{3,4})\))?(?:[ -]([IVX]{1,6}|[A-Z]))?(?:\s*,\s*(?i:nr\.?)?\s*|\s+(?i:nr\.?)\s*|-)(\d{1,4}|[A-Z]{1,3})(?:\s*[,-]?\s*[Hh]\d?)?$`)
	// Which year a question is of, and its number within the year.
	questionForm = regexp.MustCompile(`^(\d{4})[Zz](\d{4,5})$`)
	tweedeForm   = regexp.MustCompile(`^(?i:TZ)(\d{4})(\d{2})-(\d{1,4})$`)
	eersteForm   = regexp.MustCompile(`^(?i:T)(\d{5})$`)
	roman        = regexp.MustCompile(`^(?:X{0,2})(?:IX|IV|V?I{0,3})$`)
)

// ReadReference reads a number; false says that no paper can have it.
func ReadReference(s string) (Reference, bool) {
	s = strings.Join(strings.Fields(strings.ReplaceAll(s, "\u00a0", " ")), " ")
	if m := questionForm.FindStringSubmatch(s); m != nil {
		n, _ := strconv.Atoi(m[2])
		y, _ := strconv.Atoi(m[1])
		return Reference{Question, m[1] + "Z" + strings.Repeat("0", 5-len(m[2])) + m[2]}, n > 0 && y >= 2008 && y < 2100
	}
	if m := tweedeForm.FindStringSubmatch(s); m != nil {
		month, _ := strconv.Atoi(m[2])
		return Reference{Promised, "TZ" + m[1] + m[2] + "-" + m[3]}, month >= 1 && month <= 12 && strings.Trim(m[3], "0") != "" && m[1] >= "2008" && m[1] < "2100"
	}
	if m := eersteForm.FindStringSubmatch(s); m != nil {
		return Reference{Promised, "T" + m[1]}, strings.Trim(m[1], "0") != ""
	}
	m := paperForm.FindStringSubmatch(s)
	if m == nil || m[1] < "10" {
		return Reference{}, false
	}
	text := m[1] + " " + m[2]
	if m[3] != "" {
		text += " (" + m[3] + ")"
	}
	if m[4] != "" {
		if len(m[4]) > 1 && !roman.MatchString(m[4]) {
			return Reference{}, false
		}
		text += " " + m[4]
	}
	if strings.Trim(m[5], "0") == "" {
		return Reference{}, false
	}
	if m[5][0] >= 'A' {
		return Reference{Paper, text + ", " + m[5]}, true
	}
	n, _ := strconv.Atoi(m[5])
	return Reference{Paper, text + ", nr. " + strconv.Itoa(n)}, true
}
