package identity

// This file holds what may happen to a pair: who speaks for which of its two records, when both sides have said yes, and
// what is never proposed again.

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/privacy"
)

// State is what was decided about a pair.
type State string

// The states. Open, Later and Half are proposals; the others are decisions, and no walk touches them.
const (
	Open   State = "open"
	Later  State = "later"  // nobody knows yet; it comes back on a day
	Half   State = "half"   // one side said yes
	Linked State = "linked" // the two stand beside each other as one person
	Apart  State = "apart"  // two people
	Undone State = "undone" // it was linked, and that was wrong
)

// Decided says whether the pair is never proposed again.
func (s State) Decided() bool { return s == Linked || s == Apart || s == Undone }

// What a colleague may say of a pair.
const (
	same  = "same"
	apart = "apart"
	later = "later"
	undo  = "undo"
)

// Pair is two records that may be of one person. A comes before B in the order of ids.
type Pair struct {
	ID      string
	PersonA string
	PersonB string
	Class   dossier.Class
	Bits    int
	State   State
	Again   clock.Date
	Main    string // the record where the work goes on, once somebody said so
	YesA    string // who said yes for A
	YesB    string
	Found   time.Time
	Changed time.Time
}

// order puts two ids in the order in which a pair keeps them.
func order(x, y string) (a, b string) {
	if x > y {
		x, y = y, x
	}
	return x, y
}

// Other is the other of the two.
func (p Pair) Other(person string) string {
	if person == p.PersonA {
		return p.PersonB
	}
	return p.PersonA
}

// Has says whether the person is one of the two.
func (p Pair) Has(person string) bool { return person == p.PersonA || person == p.PersonB }

// due says whether the pair waits for somebody on a day.
func (p Pair) due(today clock.Date) bool {
	return p.State == Open || p.State == Half || p.State == Later && !p.Again.After(today)
}

// Yes is who said yes for a record.
func (p Pair) Yes(person string) string {
	if person == p.PersonA {
		return p.YesA
	}
	return p.YesB
}

// lasting are the reasons for which somebody carries a file as their own work. Who is let in for some days, sits at a desk
// or broke the glass decides nothing about it.
var lasting = []access.Why{access.Assignment, access.Registered, access.Deputy, access.Escalation}

// carries says whether a grant makes somebody speak for a file.
func carries(g access.Grant) bool {
	return g.Level >= access.File && slices.Contains(lasting, g.Why)
}

// say is the yes of somebody who speaks for some of the two records. Between teams two different colleagues must say it.
// It tells the pair as it is then, and whether that changed anything.
func (p Pair) say(actor string, speaksA, speaksB, teams2 bool) (Pair, bool) {
	was := p
	if teams2 && speaksA && speaksB { // nobody speaks for both sides: the one that has no yes, A before B
		speaksA, speaksB = p.YesA == "", p.YesA != ""
	}
	if speaksA && p.YesA == "" && !(teams2 && p.YesB == actor) {
		p.YesA = actor
	}
	if speaksB && p.YesB == "" && !(teams2 && p.YesA == actor) {
		p.YesB = actor
	}
	if p.YesA == was.YesA && p.YesB == was.YesB {
		return was, false
	}
	p.State = Half
	if p.YesA != "" && p.YesB != "" {
		p.State = Linked
	}
	return p, true
}

// textMost is how long a reason may be.
const textMost = 600

// Verdict is what a form says about a pair.
type Verdict struct {
	What  string // same, apart, later
	Main  string // with same: the record where the work goes on
	Words string // why
	Again string // with later: the day
}

// Check names all faults at once, and gives the day of later.
func (v Verdict) Check(p Pair, today clock.Date) (again clock.Date, fs fault.Fields) {
	switch v.What {
	case same:
		if !p.Has(v.Main) {
			fs.Add("main", "identity.error.main")
		}
	case apart:
		if v.Words == "" {
			fs.Add("words", "identity.error.words")
		}
	case later:
		day, err := clock.ParseDate(v.Again)
		switch {
		case err != nil, !day.After(today):
			fs.Add("again", "identity.error.again")
		case day.After(today.AddDays(366)):
			fs.Add("again", "identity.error.year")
		}
		again = day
	default:
		fs.Add("what", "identity.error.what")
	}
	checkText(&fs, "words", v.Words)
	if p.State.Decided() && v.What == later {
		fs.Add("what", "identity.error.decided")
	}
	return again, fs
}

// checkText notes what is wrong with a free text.
func checkText(fs *fault.Fields, field, s string) {
	if utf8.RuneCountInString(s) > textMost {
		fs.Add(field, "identity.error.long", "n", textMost)
	}
	if privacy.HasBSN(s) {
		fs.Add(field, "identity.error.bsn")
	}
}

// needText is checkText of a text that must be there.
func needText(fs *fault.Fields, field, s string) {
	if strings.TrimSpace(s) == "" {
		fs.Add(field, "identity.error.words")
	}
	checkText(fs, field, s)
}

// letInFor is how long somebody who asked is let in. Assumption: two weeks are enough to compare two files and talk.
const letInFor = 14 * 24 * time.Hour

// manyChecks is from how many questions on one day the day is looked at although nobody was found. Assumption: registering
// a busy family asks fewer.
const manyChecks = 40

// reviewDays is how far back the list of questions goes.
const reviewDays = 60
