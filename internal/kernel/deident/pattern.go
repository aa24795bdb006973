package deident

// This file knows what has a form: numbers, addresses, days.

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	maskNumber  = "[nummer]"
	maskPhone   = "[telefoon]"
	maskAccount = "[rekening]"
	maskAddress = "[adres]"
	maskMail    = "[e-mail]"
	maskPage    = "[website]"
	maskDay     = "[dag]"
)

var (
	mail = regexp.MustCompile(`(?i)[\p{L}\d._%+-]+ ?(?:@|\(at\)|\[at\]) ?[\p{L}\d-]+(?: ?(?:\.|\(dot\)|\(punt\)) ?[\p{L}\d-]+)+`)
	page = regexp.MustCompile(`(?i)\b(?:https?://|www\.)[^\s<>"]+|\b[a-z\d-]+(?:\.[a-z\d-]+)*\.(?:nl|com|org|net|eu|be|de|info|me|io)\b(?:/[^\s<>"]*)?`)
	// An account: two letters, two digits, perhaps the letters of a bank, then digits in groups.
	account = regexp.MustCompile(`\b(?:[A-Z]{2} ?|[a-z]{2})\d{2}[ .-]?(?:[A-Za-z]{4}[ .-]?)?(?:\d{2,5}[ .-]?){1,7}\d{1,5}\b|\b[A-Z]{2}\d{2}[A-Z\d]{11,30}\b`)
	post    = regexp.MustCompile(`\b[1-9]\d{3} ?[A-Z]{2}\b|\b[1-9]\d{3}[a-z]{2}\b`)
	// Digits with what people put between them; a plus or a bracket before.
	digits = regexp.MustCompile(`[+(]{0,2}\d(?:[ ./()\x{00a0}–-]{0,3}\d)+`)
	mixed  = regexp.MustCompile(`(?i)\b(?:[a-z]{1,5}[.:/-]?)?(?:[a-z]+\d|\d+[a-z])[a-z\d]*(?:[./-][a-z\d]+)*`)
	street = regexp.MustCompile(`(?i)((?:(?-i:[A-Z][\p{L}.'’]*|van|de|den|der|ten|ter|la|oude|nieuwe|lange|korte|grote|kleine) )*[\p{L}'’.-]+ ?(?:straat|str\.?|weg|laan|plein|gracht|kade|singel|dreef|pad|hof|steeg|dijk|plantsoen|boulevard|park|markt|wal|baan|erf|ring|burg|veld|haven|street|road|avenue|lane|square))\.?,? ?(?:nr\.? ?|nummer |no\.? ?)?(\d{1,5} ?(?:-?[a-z]\b|bis\b|hs\b|[-/] ?\d{1,4}[a-z]?\b|[ivx]+\b)?)`)
	room   = regexp.MustCompile(`(?i)\b(kamer|room|unit|blok|block|barak|gebouw|appartement|flat|huisnr|huisnummer|cel|zaal)\.? ?(?:nr\.? ?|nummer ?|no\.? ?)?([a-z]?-?\d{1,4}[a-z]?)\b`)
)

const monthNames = `januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december|january|february|march|may|june|july|august|october|jan|feb|febr|mrt|mar|apr|jun|jul|aug|sept|sep|okt|oct|nov|dec`

var (
	dayFirst  = regexp.MustCompile(`\b(\d{1,2})[ ]?[-/.][ ]?(\d{1,2})(?:[ ]?[-/.][ ]?(\d{4}|'?\d{2}))\b`)
	yearFirst = regexp.MustCompile(`\b(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})\b`)
	inWords   = regexp.MustCompile(`(?i)\b(\d{1,2})(?:e|ste|de|st|nd|rd|th)?\.?(?: of)? ?(` + monthNames + `)\b\.?(?:,? ?((?:19|20)\d{2}|'\d{2}))?`)
	monthDay  = regexp.MustCompile(`(?i)\b(` + monthNames + `)\.? (\d{1,2})(?:st|nd|rd|th)?\b(?:,? ?((?:19|20)\d{2}))?`)
	compact   = regexp.MustCompile(`\b((?:19|20)\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])\b`)
	born      = regexp.MustCompile(`(?i)(?:geboren|geb|geboortedatum|born|dob|birth|gebdat|g\.d)\W{0,4}(?:op|on|in|datum|date|is|of|:)?\W{0,4}$`)
)

var monthOf = func() map[string]int {
	m := map[string]int{"maart": 3, "mrt": 3, "march": 3, "mar": 3, "mei": 5, "may": 5, "okt": 10, "oct": 10, "october": 10}
	for i, n := range strings.Split("jan feb mrt apr mei jun jul aug sep okt nov dec", " ") {
		m[n] = i + 1
	}
	return m
}()

var dutchMonths = strings.Split("januari februari maart april mei juni juli augustus september oktober november december", " ")

func month(name string) int {
	name = strings.ToLower(name)
	if n := monthOf[name]; n > 0 {
		return n
	}
	return monthOf[name[:min(3, len(name))]]
}

// coarse is what is left of a day: the month of it, and of a year long ago or of a birth only that it was a day. The year of
// the newest day in the text says what is long ago, so that no clock is needed.
func coarse(y, m int, newest int) string {
	switch {
	case m < 1 || m > 12:
		return maskDay
	case y == 0:
		return "[een dag in " + dutchMonths[m-1] + "]"
	case newest-y > 10:
		return maskDay
	}
	return "[" + dutchMonths[m-1] + " " + strconv.Itoa(y) + "]"
}

// forms finds everything that has a form.
func forms(text string) []Span {
	var out []Span
	add := func(at []int, k Kind, mask string) {
		out = append(out, Span{From: at[0], To: at[1], Kind: k, Mask: mask, Sure: true})
	}
	within(text, mail, mailPlaces(text), func(at []int) { add(at, Address, maskMail) })
	within(text, page, pagePlaces(text), func(at []int) { add(at, Address, maskPage) })
	if strings.IndexFunc(text, unicode.IsDigit) < 0 {
		return out
	}
	text = latinDigits(text)
	for _, i := range islands(text) {
		for _, s := range digitForms(text[i[0]:i[1]], text[max(0, i[0]-40):i[0]]) {
			s.From, s.To = s.From+i[0], s.To+i[0]
			out = append(out, s)
		}
	}
	return out
}

// within finds a form in some pieces of a text.
func within(text string, form *regexp.Regexp, places [][2]int, found func(at []int)) {
	for _, p := range places {
		for _, at := range form.FindAllStringIndex(text[p[0]:p[1]], -1) {
			found([]int{at[0] + p[0], at[1] + p[0]})
		}
	}
}

// space is what keeps words apart; it is what the patterns call so.
func space(c byte) bool { return c == ' ' || '\t' <= c && c <= '\r' && c != '\v' }

// pagePlaces are the words of a text with a dot or two strokes within: no address of a page has a space.
func pagePlaces(text string) (out [][2]int) {
	for from := 0; from < len(text); {
		to := from
		for to < len(text) && !space(text[to]) {
			to++
		}
		if word := text[from:to]; strings.Contains(strings.TrimSuffix(word, "."), ".") || strings.Contains(word, "//") {
			out = append(out, [2]int{from, to})
		}
		from = to + 1
	}
	return out
}

// mailReach is how far behind its sign an address of mail may end: dots with spaces make several words of one.
const mailReach = 400

// mailPlaces are the pieces of a text in which an address of mail can stand: around its sign, or a word that stands for it.
func mailPlaces(text string) (out [][2]int) {
	for i := 0; i < len(text); i++ {
		if c := text[i]; c != '@' && !((c == '(' || c == '[') && i+3 < len(text) && strings.EqualFold(text[i+1:i+3], "at") && (text[i+3] == ')' || text[i+3] == ']')) {
			continue
		}
		from, to := i, min(len(text), i+mailReach)
		if from > 0 && text[from-1] == ' ' {
			from--
		}
		for from > 0 && !space(text[from-1]) {
			from--
		}
		for to < len(text) && !space(text[to]) {
			to++
		}
		out = joined(out, from, to)
	}
	return out
}

// joined adds a piece to those before it; one that touches the last makes it longer.
func joined(out [][2]int, from, to int) [][2]int {
	if n := len(out); n > 0 && from <= out[n-1][1] {
		out[n-1][1] = to
		return out
	}
	return append(out, [2]int{from, to})
}

// reach is how far from a digit a form may begin or end.
const reach = 60

// islands are the pieces of a text in which something with digits can stand. Most of a text has none, and patterns are slow.
func islands(text string) (out [][2]int) {
	for i := 0; i < len(text); i++ {
		if !isDigit(rune(text[i])) {
			continue
		}
		from, to := max(0, i-reach), min(len(text), i+reach)
		for from > 0 && text[from-1] > ' ' {
			from--
		}
		for to < len(text) && text[to] > ' ' {
			to++
		}
		out = joined(out, from, to)
	}
	return out
}

// accountLeast is how many digits an account has.
const accountLeast = 9

// digitForms finds the forms with digits in a piece of a text; before is what stands before it.
func digitForms(text, before string) (out []Span) {
	add := func(at []int, k Kind, mask string) {
		out = append(out, Span{From: at[0], To: at[1], Kind: k, Mask: mask, Sure: true})
	}
	if count(text, isDigit) >= accountLeast {
		for _, at := range account.FindAllStringIndex(text, -1) {
			if n := count(text[at[0]:at[1]], isDigit); n >= accountLeast {
				add(at, Account, maskAccount)
			}
		}
	}
	for _, at := range post.FindAllStringIndex(text, -1) {
		if w := words().of(fold(strings.TrimLeft(text[at[0]:at[1]], "0123456789 "))); text[at[0]+4] != ' ' || w == 0 || strings.ToUpper(text[at[0]:at[1]]) == text[at[0]:at[1]] {
			add(at, Address, maskAddress)
		}
	}
	// The slow patterns are asked only where one of their words stands.
	small := nearDigits(text)
	if hasAny(small, streetEnds) {
		for _, at := range street.FindAllStringSubmatchIndex(text, -1) {
			if properStreet(text[at[2]:at[3]]) {
				add(at[:2], Address, maskAddress)
			}
		}
	}
	if hasAny(small, roomWords) {
		for _, at := range room.FindAllStringSubmatchIndex(text, -1) {
			add(at[4:6], Address, maskAddress)
		}
	}
	out = append(out, dates(text, before, small)...)
	out = append(out, numbers(text)...)
	return out
}

var (
	streetEnds = strings.Split("straat str weg laan plein gracht kade singel dreef pad hof steeg dijk plantsoen boulevard park markt wal baan erf ring burg veld haven street road avenue lane square", " ")
	roomWords  = strings.Split("kamer room unit blok block barak gebouw appartement flat huisn cel zaal", " ")
	monthParts = strings.Split("jan feb maa mar mrt apr mei may jun jul aug sep okt oct nov dec", " ")
)

func hasAny(s string, words []string) bool {
	for _, w := range words {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}

// properStreet leaves out words that end like a street and are none: "de Procedureweg 3" is one, "onderweg 3 dagen" is not.
func properStreet(name string) bool {
	f := fold(name)
	switch strings.TrimRight(f, ".") {
	case "weg", "hof", "onderweg", "halfweg", "park", "markt", "ring", "baan", "werkbaan", "veld", "haven", "pad", "straat", "erf", "burg", "str", "wal", "supermarkt", "arbeidsmarkt", "woningmarkt", "gerechtshof":
		return false
	}
	return true
}

// besideMost is how far from a digit the word stands that makes a street, a room or a day of it: "plantsoen, nummer 12".
const besideMost = 24

// nearDigits is what stands beside the digits of a piece, in small letters. It is much shorter than the piece, in which some word always ends like a street.
func nearDigits(text string) string {
	var at [][2]int
	for i := 0; i < len(text); i++ {
		if isDigit(rune(text[i])) {
			at = joined(at, max(0, i-besideMost), min(len(text), i+besideMost))
		}
	}
	var out strings.Builder
	for _, p := range at {
		out.WriteString(text[p[0]:p[1]])
		out.WriteByte('\n')
	}
	return strings.ReplaceAll(strings.ToLower(out.String()), "ſ", "s") // the patterns take a long s for an s
}

// dates finds days in every notation that is used; near is what stands beside the digits.
func dates(text, before, near string) []Span {
	var all []found
	newest := 0
	put := func(at []int, y, m int) {
		all = append(all, found{at[:2], y, m})
		newest = max(newest, y)
	}
	part := func(at []int, i int) string {
		if at[2*i] < 0 {
			return ""
		}
		return text[at[2*i]:at[2*i+1]]
	}
	number := func(s string) int {
		n, _ := strconv.Atoi(strings.TrimPrefix(s, "'"))
		if len(s) == 2 || strings.HasPrefix(s, "'") {
			if n > 40 {
				return 1900 + n
			}
			return 2000 + n
		}
		return n
	}
	for _, at := range dayFirst.FindAllStringSubmatchIndex(text, -1) {
		d, m, y := part(at, 1), part(at, 2), part(at, 3)
		dn, _ := strconv.Atoi(d)
		mn, _ := strconv.Atoi(m)
		if mn > 12 && dn <= 12 {
			mn = dn
		}
		put(at, number(y), mn)
	}
	for _, at := range yearFirst.FindAllStringSubmatchIndex(text, -1) {
		m, _ := strconv.Atoi(part(at, 2))
		put(at, number(part(at, 1)), m)
	}
	if count(text, isDigit) >= len("20261231") {
		for _, at := range compact.FindAllStringSubmatchIndex(text, -1) {
			m, _ := strconv.Atoi(part(at, 2))
			put(at, number(part(at, 1)), m)
		}
	}
	if !hasAny(near, monthParts) {
		return daysOf(all, newest, before, text)
	}
	for _, at := range inWords.FindAllStringSubmatchIndex(text, -1) {
		if d, _ := strconv.Atoi(part(at, 1)); d >= 1 && d <= 31 {
			put(at, number(part(at, 3)), month(part(at, 2)))
		}
	}
	for _, at := range monthDay.FindAllStringSubmatchIndex(text, -1) {
		if d, _ := strconv.Atoi(part(at, 2)); d >= 1 && d <= 31 {
			put(at, number(part(at, 3)), month(part(at, 1)))
		}
	}
	return daysOf(all, newest, before, text)
}

// found is a day in a text.
type found struct {
	at   []int
	y, m int
}

// daysOf makes days coarse; newest is the year of the newest of them.
func daysOf(all []found, newest int, before, text string) []Span {
	var out []Span
	for _, f := range all {
		mask := coarse(f.y, f.m, newest)
		if born.MatchString(before + text[max(0, f.at[0]-40):f.at[0]]) {
			mask = maskDay
		}
		out = append(out, Span{From: f.at[0], To: f.at[1], Kind: Day, Mask: mask, Sure: true})
	}
	return out
}

var (
	money   = regexp.MustCompile(`(?i)(?:€|eur|euro|\$|usd)\s*$`)
	moneyTo = regexp.MustCompile(`(?i)^(?:,\d\d|,-)?\s*(?:€|euro|eur\b|procent|%|km|m2|kg|meter|uur|gram)`)
)

// numbers finds what could be the number of a person, a case or a telephone: five digits or more, however they are parted,
// and digits with letters in them. Years, amounts and times stay.
func numbers(text string) []Span {
	var out []Span
	for _, at := range digits.FindAllStringIndex(text, -1) {
		s := text[at[0]:at[1]]
		n := count(s, isDigit)
		plain := strings.Map(func(r rune) rune {
			if isDigit(r) || r == '+' {
				return r
			}
			return -1
		}, s)
		switch {
		case n < 5:
			continue
		case n < 8 && (money.MatchString(text[max(0, at[0]-6):at[0]]) || moneyTo.MatchString(text[at[1]:min(len(text), at[1]+12)])):
			continue
		case list(s):
			continue
		}
		k, mask := Number, maskNumber
		if n >= 9 && n <= 15 && (strings.HasPrefix(plain, "+") || strings.HasPrefix(plain, "00") || strings.HasPrefix(plain, "0") && n == 10 || strings.HasPrefix(plain, "316") && n == 11) {
			k, mask = Phone, maskPhone
		}
		out = append(out, Span{From: at[0], To: at[1], Kind: k, Mask: mask, Sure: true})
	}
	for _, at := range mixed.FindAllStringIndex(text, -1) {
		s := text[at[0]:at[1]]
		if count(s, isDigit) >= 3 {
			out = append(out, Span{From: at[0], To: at[1], Kind: Number, Mask: maskNumber, Sure: true})
		}
	}
	return out
}

// list says whether digits are several small numbers or years: "2024 2025", "3, 4 en 5", "10-12", "2024/2025".
func list(s string) bool {
	parts := strings.FieldsFunc(s, func(r rune) bool { return !isDigit(r) })
	years := true
	for _, p := range parts {
		years = years && len(p) == 4 && (p[:2] == "19" || p[:2] == "20")
	}
	return years && len(parts) <= 3
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

func count(s string, is func(rune) bool) (n int) {
	for _, r := range s {
		if is(r) {
			n++
		}
	}
	return n
}

// latinDigits writes the digits of other scripts as 0 to 9, in as many bytes as they had: a mark of nothing fills the rest.
func latinDigits(text string) string {
	if strings.IndexFunc(text, func(r rune) bool { return r > 0x7f && unicode.IsDigit(r) }) < 0 {
		return text
	}
	out := []byte(text)
	for i, r := range text {
		if r <= 0x7f || !unicode.IsDigit(r) {
			continue
		}
		n := utf8.RuneLen(r)
		zero := r
		for zero > r-10 && unicode.IsDigit(zero-1) {
			zero--
		}
		// The digit stands first, the rest of its bytes are spaces, so that places in the text stay the same.
		copy(out[i:i+n], fmt.Sprintf("%d%s", (r-zero)%10, strings.Repeat(" ", n-1)))
	}
	return string(out)
}
