package oversight

// This file holds the rules of an emergency: what must be said to open a file, how long it lasts, how it is judged and
// when it has waited too long.

import (
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/privacy"
)

const (
	// Lasts is how long an emergency opens a file.
	Lasts = 3 * time.Hour
	// Patience is how long an emergency may wait for a judgement. A log that nobody looks at protects nobody.
	Patience = 7 * 24 * time.Hour
	// missMost and glassMost are how often a leader may search in vain, and open, within one day. Assumption: a real
	// emergency is rare; more is a reason to telephone the privacy officer.
	missMost  = 10
	glassMost = 10

	reasonLeast, reasonMost = 20, 1000
	noteLeast, noteMost     = 10, 1000
)

// Causes are the sorts of emergencies. The person is told the sort, never the words.
var Causes = []string{"deadline", "here", "safety", "other"}

// Ways are how a file is pointed at: exactly, never by searching around.
const (
	byVNumber = "vnumber"
	byCard    = "card"
	byName    = "name"
)

// Ask is what a leader fills in.
type Ask struct {
	Number           string // V-number or the code of a card
	Name             string
	Third            string // one thing more, when the name and the birth fit several people
	Day, Month, Year string // of birth
	Cause, Reason    string
}

// Wanted is whose file is asked for.
type Wanted struct {
	Way    string
	Number string
	Name   string
	Third  string
	Birth  dossier.Birth
}

// Check names all faults at once, and says whose file is asked for.
func (a Ask) Check(today clock.Date) (Wanted, fault.Fields) {
	var fs fault.Fields
	w := a.wanted(today, &fs)
	if !slices.Contains(Causes, a.Cause) {
		fs.Add("cause", "oversight.error.cause")
	}
	checkText(&fs, "reason", a.Reason, reasonLeast, reasonMost)
	return w, fs
}

func (a Ask) wanted(today clock.Date, fs *fault.Fields) (w Wanted) {
	born := a.Day + a.Month + a.Year
	switch {
	case a.Number == "" && a.Name == "" && born == "":
		fs.Add("number", "oversight.error.who")
	case a.Number != "" && (a.Name != "" || born != ""):
		fs.Add("number", "oversight.error.both")
	case a.Number != "":
		if n, ok := dossier.VNumber(a.Number); ok {
			return Wanted{Way: byVNumber, Number: n}
		}
		if c, ok := dossier.ReadCard(a.Number); ok {
			return Wanted{Way: byCard, Number: c}
		}
		fs.Add("number", "oversight.error.number")
	default:
		if a.Name == "" {
			fs.Add("name", "oversight.error.name")
		}
		b, ok := a.birth(today)
		if !ok {
			fs.Add("day", "oversight.error.birth")
		}
		return Wanted{Way: byName, Name: a.Name, Third: a.Third, Birth: b}
	}
	return w
}

// birth reads a whole day. A year alone points at too many people.
func (a Ask) birth(today clock.Date) (dossier.Birth, bool) {
	num := func(s string) int {
		var b strings.Builder
		for _, r := range s {
			d, ok := clock.Digit(r)
			if !ok {
				return 0
			}
			b.WriteString(strconv.Itoa(d))
		}
		n, err := strconv.Atoi(b.String())
		if err != nil {
			return 0
		}
		return n
	}
	y, m, d := num(a.Year), num(a.Month), num(a.Day)
	if y < 1900 || m < 1 || m > 12 || d < 1 || d > 31 {
		return dossier.Birth{}, false
	}
	day := clock.On(y, time.Month(m), d)
	return dossier.Birth{Year: y, Month: m, Day: d}, day.Day == d && !day.After(today)
}

// checkText asks for words in which somebody explains: enough of them, not too many, and no BSN.
func checkText(fs *fault.Fields, field, text string, least, most int) {
	plain := strings.Join(strings.Fields(text), " ")
	switch n := utf8.RuneCountInString(plain); {
	case n < least || len(strings.Fields(plain)) < 3:
		fs.Add(field, "oversight.error.short", "n", least)
	case n > most:
		fs.Add(field, "oversight.error.long", "n", most)
	}
	if privacy.HasBSN(text) {
		fs.Add(field, "oversight.error.bsn")
	}
}

// State is where an emergency stands in its review.
type State string

// The states. Asked waits for an answer of the leader; it is not judged, and its age runs on.
const (
	Open  State = "open"
	Asked State = "asked"
	Right State = "right"
	Wrong State = "wrong"
)

// answered is the step of the leader who answers a question.
const answered = "answer"

// taken is the step of a privacy officer who makes the review their own.
const taken = "taken"

// after says where each step leads. A judgement may be looked at again; what was said before stays.
var after = map[State]map[string]State{
	Open:  {string(Right): Right, string(Wrong): Wrong, string(Asked): Asked, taken: Open},
	Asked: {string(Right): Right, string(Wrong): Wrong, string(Asked): Asked, answered: Open, taken: Asked},
	Right: {string(Wrong): Wrong, string(Asked): Asked},
	Wrong: {string(Right): Right, string(Asked): Asked},
}

// Glass is one emergency.
type Glass struct {
	ID, Person, Actor, Team string
	Access                  string `db:"access_id"` // the grant that it gave
	Way                     string
	Reason                  []byte // sealed with the person's key
	At, Until, Ended        time.Time
	Owner                   string // the privacy officer who judges; empty when there is none
	State                   State
	JudgedAt                time.Time
	JudgedBy                string
}

// Judged says whether the privacy officer has said right or wrong.
func (g Glass) Judged() bool { return g.State == Right || g.State == Wrong }

// Live says whether the file is still open because of it.
func (g Glass) Live(now time.Time) bool { return g.Ended.IsZero() && now.Before(g.Until) }

// Overdue says whether it waited too long.
func (g Glass) Overdue(now time.Time) bool { return !g.Judged() && now.Sub(g.At) >= Patience }

// Days is how many days are left to judge it; negative when it is too late.
func (g Glass) Days(now time.Time) int {
	return clock.Today(now).DaysUntil(clock.Today(g.At.Add(Patience)))
}

// Due is the last day to judge it.
func (g Glass) Due() clock.Date { return clock.Today(g.At.Add(Patience)) }

// MayJudge says whether the actor may judge this emergency: a privacy officer, and never one's own.
func MayJudge(a access.Actor, g Glass) bool { return a.Has(access.Privacy) && a.ID != g.Actor }

// Verdict is what a privacy officer fills in.
type Verdict struct{ State, Note string }

// Check names all faults at once. Who is told that it was wrong, or is asked something, must be told what.
func (x Verdict) Check(g Glass) fault.Fields {
	var fs fault.Fields
	if _, ok := after[g.State][x.State]; !ok || x.State == taken || x.State == answered {
		fs.Add("verdict", "oversight.error.verdict")
	}
	if x.Note != "" || x.State == string(Wrong) || x.State == string(Asked) {
		checkText(&fs, "note", x.Note, noteLeast, noteMost)
	}
	return fs
}

// Choose gives a review an owner: the privacy officer who has the fewest waiting, never the one who opened the file.
func Choose(officers []string, waiting map[string]int, actor string) string {
	best := ""
	for _, o := range slices.Sorted(slices.Values(officers)) {
		if o != actor && (best == "" || waiting[o] < waiting[best]) {
			best = o
		}
	}
	return best
}
