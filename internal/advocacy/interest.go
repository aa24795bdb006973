package advocacy

// This file holds the register of interests: who pays us or has another hold on us, since when, and who decided how that is kept apart
// from what we ask of them. Whoever is named in a dossier and stands in the register is shown beside it.

import (
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/fault"
)

// InterestKinds are what ties us to somebody, in the order of the form.
var InterestKinds = []string{"grant", "contract", "gift", "seat", "pact", "other"}

// Interest is one of them. Until is the last day; zero while it goes on.
type Interest struct {
	ID, Kind, MadeBy string
	Since, Until     clock.Date
	At, Gone         time.Time
	Version          int64
	Body             []byte
	Said             InterestSaid `db:"-"`
}

// InterestSaid is what is sealed of it. Was are the earlier readings, the oldest first: nothing of the register is rewritten unseen.
type InterestSaid struct {
	Party   string         `json:"party"`
	Names   []string       `json:"names,omitempty"` // other names of the party, by which it is recognised
	What    string         `json:"what,omitempty"`  // what it is for
	Decided string         `json:"decided"`         // who decided how the interests are kept apart
	Apart   string         `json:"apart"`           // and how they are
	Was     []InterestWord `json:"was,omitempty"`
}

// InterestWord is how one read before it was changed.
type InterestWord struct {
	Kind         string       `json:"kind"`
	Since, Until clock.Date   `json:",omitzero"`
	At           time.Time    `json:"at"`
	By           string       `json:"by"`
	Said         InterestSaid `json:"said"`
}

// stays is for how long an interest that is over is still shown. Assumption: two years, as long as a contract is remembered by who had it.
const stays = 2 * 365

// Holds says whether it stands beside something that was done from one day until another: it ran then, or ended not long before.
func (x Interest) Holds(from, until clock.Date) bool {
	return !x.Since.After(until) && (x.Until.IsZero() || !x.Until.Before(from.AddDays(-stays)))
}

// Over says whether it ended before a day.
func (x Interest) Over(today clock.Date) bool { return !x.Until.IsZero() && x.Until.Before(today) }

// Named says whether a text names the party, by one of its names as whole words.
func (x Interest) Named(words string) bool {
	words = strings.ToLower(words)
	for _, name := range append([]string{x.Said.Party}, x.Said.Names...) {
		if hasWord(words, strings.ToLower(strings.TrimSpace(name))) {
			return true
		}
	}
	return false
}

// hasWord says whether a text has a name that no other letter or digit touches.
func hasWord(text, name string) bool {
	if name == "" {
		return false
	}
	part := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
	for at := 0; ; {
		i := strings.Index(text[at:], name)
		if i < 0 {
			return false
		}
		before, _ := utf8.DecodeLastRuneInString(text[:at+i])
		after, _ := utf8.DecodeRuneInString(text[at+i+len(name):])
		if (at+i == 0 || !part(before)) && (at+i+len(name) == len(text) || !part(after)) {
			return true
		}
		_, size := utf8.DecodeRuneInString(text[at+i:])
		at += i + size
	}
}

// Spoken is a text of a dossier, and the text key of what it is there.
type Spoken struct{ Key, Words string }

// Near is an interest beside a dossier. Where are the text keys of where its party is named; Tied says that a colleague put it there.
type Near struct {
	Interest
	Where []string
	Tied  bool
}

// Beside are the interests that stand beside what was done between two days: those whose party is named, and those that were put there.
func Beside(xs []Interest, said []Spoken, tied []string, from, until clock.Date) (out []Near) {
	for _, x := range xs {
		n := Near{Interest: x, Tied: slices.Contains(tied, x.ID)}
		if !x.Gone.IsZero() || !n.Tied && !x.Holds(from, until) {
			continue
		}
		for _, s := range said {
			if x.Named(s.Words) && !slices.Contains(n.Where, s.Key) {
				n.Where = append(n.Where, s.Key)
			}
		}
		if n.Tied || len(n.Where) > 0 {
			out = append(out, n)
		}
	}
	return out
}

// said are the texts of a dossier that name those it is about: of whom something is asked, who stands beside us and who does not, with
// whom was talked, and who promised something.
func saidIn(d Dossier, xs []Item) []Spoken {
	out := []Spoken{{"advocacy.to", d.Core.To}}
	for _, x := range xs {
		if x.Gone.IsZero() {
			out = append(out, Spoken{"advocacy.kind." + x.Kind, x.Said.Who})
		}
	}
	return out
}

// InterestInput is the form.
type InterestInput struct{ Party, Names, Kind, Since, Until, What, Decided, Apart string }

const mostNames = 20

// Check names all faults at once.
func (in InterestInput) Check(today clock.Date) (Interest, fault.Fields) {
	var fs fault.Fields
	x := Interest{Kind: in.Kind, Said: InterestSaid{Party: in.Party, What: in.What, Decided: in.Decided, Apart: in.Apart}}
	checkWords(&fs, "partij", in.Party, mostLine, true)
	checkWords(&fs, "ook", in.Names, mostWords, false)
	for name := range strings.FieldsFuncSeq(in.Names, func(r rune) bool { return r == ',' || r == ';' || r == '\n' }) {
		if name = strings.TrimSpace(name); name != "" {
			x.Said.Names = append(x.Said.Names, name)
		}
	}
	if len(x.Said.Names) > mostNames || slices.ContainsFunc(append(x.Said.Names, in.Party), func(n string) bool { return n != "" && utf8.RuneCountInString(strings.TrimSpace(n)) < 2 }) {
		fs.Add("ook", "advocacy.error.names", "most", mostNames)
	}
	if !slices.Contains(InterestKinds, in.Kind) {
		fs.Add("soort", "advocacy.error.choose")
	}
	x.Since = dayIn(&fs, "sinds", in.Since, clock.On(1945, 1, 1), today.AddDays(366), "advocacy.error.since")
	if in.Until != "" {
		x.Until = dayIn(&fs, "tot", in.Until, clock.On(1945, 1, 1), today.AddDays(20*366), "advocacy.error.until")
		if !x.Until.IsZero() && !x.Since.IsZero() && x.Until.Before(x.Since) {
			fs.Add("tot", "advocacy.error.until")
		}
	}
	checkWords(&fs, "wat", in.What, mostWords, false)
	checkWords(&fs, "besloot", in.Decided, mostLine, true)
	checkWords(&fs, "apart", in.Apart, mostWords, true)
	return x, fs
}
