package deident

// This file decides, word by word, what may stay.

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// Known is what is known of the person, and of others in the file.
type Known struct {
	Names     []string // in any spelling and script
	Numbers   []string // V-number, phone, IBAN, any
	Addresses []string // street, house, town, e-mail
	Days      []string // of birth and others, in any notation
}

const (
	maskName    = "[naam]"
	maskUnknown = "[onbekend]"
	maskKnown   = "[persoon]"
)

// Masker masks texts about one person.
type Masker struct {
	parts   map[string]bool // folded parts of known names and addresses
	fuzzy   []string        // those that may be misspelt
	numbers []string        // digits only
	days    map[string]bool
}

// New makes a masker for what is known.
func New(k Known) *Masker {
	m := &Masker{parts: map[string]bool{}, days: map[string]bool{}}
	l := words()
	for _, n := range k.Names {
		for i, p := range pieces(n) {
			// A particle such as al or de is nobody's name by itself; but somebody may be called Ben. Whoever is called as a word
			// of every sentence loses that word in the text: it reads worse, and tells nothing.
			if len(p.folded) < 2 || particles[p.folded] && (i > 0 || len(p.folded) < 3) {
				continue
			}
			m.parts[p.folded] = true
			if len(p.folded) >= 4 && p.use&never == 0 {
				m.fuzzy = append(m.fuzzy, p.folded)
			}
		}
	}
	for _, a := range k.Addresses {
		for _, p := range pieces(a) {
			if u := l.of(p.folded); len(p.folded) >= 3 && u&(commonDutch|commonEnglish) == 0 {
				m.parts[p.folded] = true
			}
		}
	}
	for _, n := range slices.Concat(k.Numbers, k.Addresses) {
		if d := onlyDigits(n); len(d) >= 4 {
			m.numbers = append(m.numbers, d)
		}
	}
	for _, d := range k.Days {
		for _, s := range dates(d, "", nearDigits(d)) {
			m.days[onlyDigits(d[s.From:s.To])] = true
		}
	}
	return m
}

func onlyDigits(s string) string {
	return strings.Map(func(r rune) rune {
		if isDigit(r) {
			return r
		}
		return -1
	}, latinDigits(s))
}

// block is about how many bytes are masked at once; a text is cut at the end of a line.
const block = 16 << 10

// Mask masks a text.
func (m *Masker) Mask(text string) Result {
	if !utf8.ValidString(text) {
		text = strings.ToValidUTF8(text, "�")
	}
	var all Result
	var masked strings.Builder
	for at := 0; at < len(text); {
		end := len(text)
		if end-at > block {
			if i := strings.IndexByte(text[at+block:], '\n'); i >= 0 {
				end = at + block + i + 1
			}
		}
		r := m.mask(text[at:end])
		masked.WriteString(r.Masked)
		for _, s := range r.Spans {
			s.From, s.To = s.From+at, s.To+at
			all.Spans = append(all.Spans, s)
		}
		for _, d := range r.Doubts {
			all.Doubts = append(all.Doubts, Doubt{d.From + at, d.To + at, d.Text})
		}
		all.Look = all.Look || r.Look
		at = end
	}
	all.Masked = masked.String()
	return all
}

func (m *Masker) mask(text string) Result {
	spans := forms(text)
	for i := range spans {
		d := onlyDigits(text[spans[i].From:spans[i].To])
		if spans[i].Kind == Day && m.days[d] {
			spans[i].Mask = maskDay
		}
	}
	spans = append(spans, m.known(text)...)
	ps := pieces(text)
	nl := dutchness(ps)
	found := apart{}
	for _, s := range spans {
		found.put(s)
	}
	covered := make([]bool, len(ps))
	for i, p := range ps {
		covered[i] = found.covers(p.from, p.to)
	}
	mark := func(i int, k Kind, mask string, sure bool) {
		ps[i].masked = true
		spans = append(spans, Span{From: ps[i].from, To: ps[i].to, Kind: k, Mask: mask, Sure: sure})
	}
	// What is known, and what is no ordinary word.
	for i := range ps {
		switch p := &ps[i]; {
		case covered[i]:
			p.masked = false
		case m.knows(p):
			mark(i, OfPerson, maskKnown, true)
		case !ordinary(p, nl[i]):
			mark(i, Unknown, maskUnknown, false)
		}
	}
	// What is ordinary, and stands like a name. A masked word makes a name of its neighbour, so once more until nothing changes.
	var doubts []Doubt
	for changed := true; changed; {
		changed = false
		for i := range ps {
			if p := &ps[i]; !p.masked && !covered[i] && namely(text, ps, i, nl[i]) {
				mark(i, Name, maskName, false)
				changed = true
			}
		}
	}
	for i, p := range ps {
		if !p.masked && !covered[i] && p.use&alsoName != 0 && p.use&field == 0 && doubtful(p, nl[i]) {
			doubts = append(doubts, Doubt{p.from, p.to, p.text})
		}
	}
	r := settle(text, spans)
	r.Doubts = doubts
	r.Look = r.Look || len(doubts) > 0
	return r
}

// known finds the numbers that are known, whatever stands between their digits.
func (m *Masker) known(text string) (out []Span) {
	if len(m.numbers) == 0 {
		return nil
	}
	plain := latinDigits(text)
	for _, at := range digits.FindAllStringIndex(plain, -1) {
		s := onlyDigits(plain[at[0]:at[1]])
		if slices.ContainsFunc(m.numbers, func(n string) bool { return strings.Contains(s, n) || len(s) >= 6 && strings.Contains(n, s) }) {
			out = append(out, Span{From: at[0], To: at[1], Kind: OfPerson, Mask: maskNumber, Sure: true})
		}
	}
	return out
}

// knows says whether a word is a part of a known name or address, perhaps misspelt or with an ending. What is spelt quite
// differently, or in another script, is no ordinary word and masked as that.
func (m *Masker) knows(p *piece) bool {
	bare := strings.TrimSuffix(strings.TrimSuffix(p.folded, "'s"), "'")
	for _, w := range []string{p.folded, bare, strings.TrimSuffix(bare, "s")} {
		if m.parts[w] {
			return true
		}
	}
	if len(p.folded) < 4 || p.use&(commonDutch|commonEnglish|field) != 0 && !p.capital {
		return false
	}
	for _, f := range m.fuzzy {
		if strings.HasPrefix(p.folded, f) && len(p.folded)-len(f) <= 3 && p.use == 0 {
			return true
		}
		if near(p.folded, f) && (p.use&(dutch|english|field) == 0 || p.capital && !p.begins) {
			return true
		}
	}
	return false
}

// near says whether two words differ by one letter, or by two when they are long.
func near(a, b string) bool {
	most := 1
	if min(len(a), len(b)) >= 8 {
		most = 2
	}
	if d := len(a) - len(b); d > most || -d > most {
		return false
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(a); i++ {
		before := row[0]
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := before
			if a[i-1] != b[j-1] {
				cost++
			}
			before = row[j]
			row[j] = min(cost, row[j]+1, row[j-1]+1)
		}
	}
	return row[len(b)] <= most
}

// window is how many words on either side say which language is spoken.
const window = 12

// dutchness says for each word whether Dutch is spoken around it: common words of one language and not of the other vote.
func dutchness(ps []piece) []bool {
	vote := make([]int, len(ps)+1)
	for i, p := range ps {
		v := 0
		switch u := p.use; {
		case u&(commonDutch|dutch) != 0 && u&(commonEnglish|english) == 0:
			v = 1
		case u&(commonEnglish|english) != 0 && u&(commonDutch|dutch) == 0:
			v = -1
		}
		vote[i+1] = vote[i] + v
	}
	out := make([]bool, len(ps))
	for i := range ps {
		out[i] = vote[min(len(ps), i+window+1)]-vote[max(0, i-window)] >= 0
	}
	return out
}

// ordinary says whether a word is one of the language, or of the work. A word that is a name too counts when it is heard
// often; a rare one that somebody may be called is no ordinary word.
func ordinary(p *piece, nl bool) bool {
	if utf8.RuneCountInString(p.text) == 1 {
		return p.latin
	}
	if !p.latin {
		return false
	}
	l := words()
	fits := func(u use) bool {
		switch {
		case u&field != 0:
			return true
		case u&alsoName != 0 && nl:
			return u&commonDutch != 0
		case u&alsoName != 0:
			return u&commonEnglish != 0
		case nl:
			// English words are spoken in Dutch too, but then the usual ones.
			return u&dutch != 0 || u&commonEnglish != 0
		}
		return u&(english|dutch) != 0
	}
	if fits(p.use) {
		return true
	}
	if i := strings.IndexByte(p.folded, '\''); i >= 0 { // foto's, 't, don't, Jan's
		head, tail := p.folded[:i], p.folded[i+1:]
		switch tail {
		case "s", "t", "n", "d", "m", "re", "ve", "ll", "tje", "tjes", "er", "ers", "en":
			return head == "" || fits(l.of(head)) && l.of(head)&alsoName == 0
		}
		return false
	}
	// A whole word in capitals of two to five letters is an abbreviation when no vowel makes it a word that could be a name.
	if strings.ToUpper(p.text) == p.text && len(p.text) <= 4 && !strings.ContainsAny(p.folded, "aeiouy") {
		return true
	}
	return nl && l.compound(p.folded)
}

// titles come before a name; so do words for who somebody is to somebody.
var titles = func() map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(`meneer mevrouw mevr mw dhr heer mijnheer mr mrs ms miss sir madam dr drs prof advocaat naam namen genaamd heet heette heten noemt noemen roepnaam achternaam voornaam
		named called name surname lawyer attorney broer zus zusje broertje dochter zoon moeder vader oom tante neef nicht opa oma kleinzoon kleindochter echtgenoot echtgenote
		brother sister daughter son mother father uncle aunt cousin husband wife client cliente cliënt cliënte clientes tolk begeleider collega vrijwilliger buurman buurvrouw vriend vriendin imam pastor dominee
		familie family ondergetekende`) {
		m[fold(w)] = true
	}
	return m
}()

// particles stand in names, and are words of a language too.
var particles = map[string]bool{"al": true, "el": true, "ben": true, "bin": true, "bint": true, "ibn": true, "abu": true, "umm": true, "ould": true, "van": true, "de": true, "den": true, "der": true,
	"von": true, "da": true, "di": true, "ul": true, "ur": true, "ud": true, "din": true, "as": true, "ash": true, "an": true, "ad": true, "abd": true, "oglu": true, "zade": true}

// namely says whether an ordinary word stands like a name.
func namely(text string, ps []piece, i int, nl bool) bool {
	p := ps[i]
	common := p.use & commonDutch
	if !nl {
		common = p.use & (commonEnglish | commonDutch)
	}
	left, right := beside(text, ps, i-1, i), beside(text, ps, i, i+1)
	before, next := left && ps[i-1].masked, right && i+1 < len(ps) && ps[i+1].masked
	if particles[p.folded] {
		return before && next || (before || next) && p.capital && !p.begins || next && strings.HasPrefix(text[p.to:], "-")
	}
	title := left && titles[ps[i-1].folded] && p.use&never == 0
	if p.use&field != 0 {
		return p.use&alsoName != 0 && (title || before || next)
	}
	if p.use&alsoName != 0 {
		return p.capital || title || before || next
	}
	if utf8.RuneCountInString(p.text) == 1 { // an initial
		return p.capital && (before || next) || before && next && strings.HasPrefix(text[p.to:], "-")
	}
	// A word that is no name we know, but is seldom heard, where a name would stand; or with a capital inside a sentence, where
	// no noun has one.
	if common == 0 && p.use&field == 0 && (title || before || next) {
		return true
	}
	return p.capital && !p.begins && strings.ToUpper(p.text) != p.text && (title || before || next || common == 0)
}

// beside says whether two words stand together, with nothing between them that ends a name.
func beside(text string, ps []piece, i, j int) bool {
	if i < 0 || j >= len(ps) {
		return false
	}
	between := text[ps[i].to:ps[j].from]
	return len(between) <= 4 && strings.Trim(between, " -–.'’‘\t\u00a0") == ""
}

// doubtful are words that are left though somebody may be called so: not those that every text is full of.
func doubtful(p piece, nl bool) bool {
	common := p.use&(commonDutch|commonEnglish) != 0
	if nl {
		common = p.use&commonDutch != 0
	}
	return !particles[p.folded] && len(p.folded) > 2 && (p.capital && !p.begins || !common)
}
