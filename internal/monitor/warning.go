package monitor

// This file holds a warning on the desk: what can be said of it, what must be given, and how well the desk does.

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/privacy"
)

// What can be said of a warning, and what is kept of what was done.
const (
	Real   = "real"  // something grows, and nobody knew
	Known  = "known" // it grows, and we knew
	Noise  = "noise" // nothing is the matter
	Undone = "undone"
	Joined = "joined"
	Parted = "parted"
)

// Verdicts are what can be said, in the order of the form.
var Verdicts = []string{Real, Known, Noise}

// WordKinds are all that is kept.
var WordKinds = []string{Real, Known, Noise, Undone, Joined, Parted}

// Warning is what the desk has to look at.
type Warning struct {
	ID, Theme, Verdict, JudgedBy, Bottleneck string
	Week, Latest                             clock.Date
	At, Judged                               time.Time
	Version                                  int64
	Findings                                 []Finding `db:"-"` // the latest week first, of each week the most striking first
}

// Word is what was said of a warning or done with it.
type Word struct {
	ID, Warning, Kind, About, MadeBy string
	At                               time.Time
	Body                             []byte
	Why                              string `db:"-"`
}

const mostWhy = 1000

// CheckVerdict names all faults of the form at once.
func CheckVerdict(verdict, why string) fault.Fields {
	var fs fault.Fields
	if !slices.Contains(Verdicts, verdict) {
		fs.Add("oordeel", "monitor.error.choose")
	}
	checkWords(&fs, "waarom", why, mostWhy)
	return fs
}

// checkWords names what is wrong with words that must be there.
func checkWords(fs *fault.Fields, field, words string, most int) {
	switch n := utf8.RuneCountInString(words); {
	case !utf8.ValidString(words):
		fs.Add(field, "monitor.error.utf8")
	case strings.TrimSpace(words) == "":
		fs.Add(field, "monitor.error.words")
	case n > most:
		fs.Add(field, "monitor.error.long", "n", n, "most", most)
	case privacy.HasBSN(words):
		fs.Add(field, "monitor.error.bsn")
	}
}

// Measure is how well warnings and the desk do.
type Measure struct {
	Judged, Real, Known, Noise, Open int
	Days                             int // of the middle one, from the warning to the judgement
}

// MeasureOf counts warnings.
func MeasureOf(ws []Warning) Measure {
	var m Measure
	var took []int
	for _, w := range ws {
		switch w.Verdict {
		case "":
			m.Open++
			continue
		case Real:
			m.Real++
		case Known:
			m.Known++
		case Noise:
			m.Noise++
		}
		m.Judged++
		took = append(took, clock.Today(w.At).DaysUntil(clock.Today(w.Judged)))
	}
	if slices.Sort(took); len(took) > 0 {
		m.Days = took[len(took)/2]
	}
	return m
}

// Chance is how many warnings a week would bring if nothing happened anywhere: each series is above its bound with probability
// Alpha, each scan shows something with probability scanP. Series hang together, so in truth there are fewer.
func Chance(series, scans int) float64 { return float64(series)*Alpha + float64(scans)*scanP }
