package dossier

// This file holds dates of birth: parts may be unknown, several sources may disagree, and what hangs on an age limit
// shows every outcome.

import (
	"slices"
	"strconv"
	"time"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/fault"
)

// Birth is what one source says. A part that is not known is 0; all known is a day.
type Birth struct {
	Year     int        `json:"year,omitempty"`
	Month    int        `json:"month,omitempty"`
	Day      int        `json:"day,omitempty"`
	About    bool       `json:"about,omitempty"` // around that year
	Words    string     `json:"words,omitempty"` // as the person tells it: "na de oogst"
	Source   string     `json:"source,omitempty"`
	Disputed bool       `json:"disputed,omitempty"`
	Told     clock.Told `json:"told,omitzero"` // as it was told in another calendar; the parts above are its date in ours
	On       clock.Date `json:"on,omitzero"`   // when it was written down
}

// spread is how far "about" may be off, in years. Assumption: nobody wrote down a rule for it.
const spread = 2

// ReadBirths reads only what a form says about a birth, for the form of somebody who has no file of their own.
func ReadBirths(in Input, fs *fault.Fields, today clock.Date) []Birth { return in.births(fs, today) }

// births reads the lines of the form. The line that holds comes first.
func (in Input) births(fs *fault.Fields, today clock.Date) []Birth {
	var out []Birth
	n := max(len(in.BirthYear), len(in.BirthMonth), len(in.BirthDay), len(in.BirthWords))
	if n > mostLines {
		fs.Add("birth_day", "dossier.error.many", "n", mostLines)
		n = mostLines
	}
	for i := range n {
		b, given := in.birth(fs, i, today)
		if given && strconv.Itoa(i) == in.BirthHolds {
			out = append([]Birth{b}, out...) // the first is the one that holds
		} else if given {
			out = append(out, b)
		}
	}
	return out
}

// birth reads the i-th line. 1 January is asked about once: many systems write it when day and month are not known.
func (in Input) birth(fs *fault.Fields, i int, today clock.Date) (b Birth, given bool) {
	ys, ms, ds := At(in.BirthYear, i), At(in.BirthMonth, i), At(in.BirthDay, i)
	b = Birth{Words: text(fs, line("birth_words", i), At(in.BirthWords, i)), Source: At(in.BirthSource, i), On: today}
	if ys == "" && ms == "" && ds == "" && b.Words == "" {
		return b, false
	}
	ticked := func(boxes []string) bool { return slices.Contains(boxes, strconv.Itoa(i)) }
	b.About, b.Disputed = ticked(in.BirthAbout), ticked(in.BirthDisputed)
	if b.Source == "" {
		b.Source = Sources[0]
	}
	if c := At(in.BirthCalendar, i); c != "" {
		return in.told(fs, i, b, clock.Told{Calendar: c}, today)
	}
	num := func(field, s string, lo, hi int) int {
		if s == "" {
			return 0
		}
		n, err := strconv.Atoi(western(s))
		if err != nil || n < lo || n > hi {
			fs.Add(line(field, i), "dossier.error.birth")
			return -1
		}
		return n
	}
	b.Day, b.Month, b.Year = num("birth_day", ds, 1, 31), num("birth_month", ms, 1, 12), num("birth_year", ys, 1900, today.Year)
	year := b.Year
	if year == 0 {
		year = 2000 // a day that exists in some year
	}
	day := clock.On(year, time.Month(b.Month), b.Day)
	switch {
	case !slices.Contains(Sources, b.Source):
		fs.Add(line("birth_source", i), "dossier.error.source")
	case b.Day < 0 || b.Month < 0 || b.Year < 0: // told already
	case b.Month == 0 && b.Day != 0:
		fs.Add(line("birth_month", i), "dossier.error.birth.month")
	case b.Day != 0 && day.Day != b.Day:
		fs.Add(line("birth_day", i), "dossier.error.birth.none")
	case b.Year != 0 && b.Month != 0 && clock.On(b.Year, time.Month(b.Month), max(b.Day, 1)).After(today):
		fs.Add(line("birth_year", i), "dossier.error.birth.future")
	case b.Month == 1 && b.Day == 1 && !ticked(in.BirthAsk):
		fs.Add(line("birth_day", i), "dossier.error.birth.january")
	}
	return b, true
}

// told reads the i-th line in another calendar. What is not exact there is about that year here.
func (in Input) told(fs *fault.Fields, i int, b Birth, t clock.Told, today clock.Date) (Birth, bool) {
	read := func(list []string) int {
		n, err := strconv.Atoi("0" + western(At(list, i)))
		if err != nil {
			return -1
		}
		return n
	}
	t.Year, t.Month, t.Day = read(in.BirthYear), read(in.BirthMonth), read(in.BirthDay)
	if !t.Valid() {
		fs.Add(line("birth_day", i), "dossier.error.birth.calendar")
		return b, true
	}
	exact := false
	b.Told = t
	b.Year, b.Month, b.Day, exact = t.Common()
	b.About = b.About || !exact
	if clock.On(b.Year, time.Month(max(b.Month, 1)), max(b.Day, 1)).After(today) {
		fs.Add(line("birth_year", i), "dossier.error.birth.future")
	}
	return b, true
}

// Placeholder says whether the date is 1 January as an office writes it when only the year is known. What the person
// says of themselves is taken as said.
func (b Birth) Placeholder() bool {
	return b.Month == 1 && b.Day == 1 && b.Source != Sources[0] && b.Told.Calendar == ""
}

// OfAnOffice says whether the date is one that offices write for want of a better one, whoever says it here: 1 January, and
// the middle of the year. Thousands share it, so it singles nobody out.
func (b Birth) OfAnOffice() bool {
	return b.Day == 1 && (b.Month == 1 || b.Month == 7) && b.Told.Calendar == ""
}

// Range is the first and the last day on which somebody may have been born, by this source.
func (b Birth) Range() (first, last clock.Date) {
	lo, hi := b.Year, b.Year
	if b.About {
		lo, hi = lo-spread, hi+spread
	}
	switch {
	case b.Year == 0:
		return clock.Date{}, clock.Date{}
	case b.Month == 0 || b.Placeholder():
		return clock.On(lo, 1, 1), clock.On(hi, 12, 31)
	case b.Day == 0:
		return clock.On(lo, time.Month(b.Month), 1), clock.On(hi, time.Month(b.Month)+1, 0)
	}
	return clock.On(lo, time.Month(b.Month), b.Day), clock.On(hi, time.Month(b.Month), b.Day)
}

// Age is the lowest and the highest age on a day that any of the sources allows.
func Age(bs []Birth, on clock.Date) (low, high int, known bool) {
	for _, b := range bs {
		first, last := b.Range()
		if first.IsZero() {
			continue
		}
		lo, hi := years(last, on), years(first, on)
		if !known || lo < low {
			low = lo
		}
		if !known || hi > high {
			high = hi
		}
		known = true
	}
	return max(low, 0), max(high, 0), known
}

func years(born, on clock.Date) int {
	n := on.Year - born.Year
	if on.Month < born.Month || (on.Month == born.Month && on.Day < born.Day) {
		n--
	}
	return n
}

// Adult says what the law's limit of 18 years gives: "yes", "no", or "both" when the sources leave it open.
func Adult(bs []Birth, on clock.Date) string {
	low, high, known := Age(bs, on)
	switch {
	case !known:
		return "unknown"
	case low >= 18:
		return "yes"
	case high < 18:
		return "no"
	}
	return "both"
}

// Disputed says whether a source is disputed, or two sources disagree on what both know.
func Disputed(bs []Birth) bool {
	for i, a := range bs {
		if a.Disputed {
			return true
		}
		for _, b := range bs[i+1:] {
			af, al := a.Range()
			bf, bl := b.Range()
			if al.Before(bf) || bl.Before(af) {
				return true
			}
		}
	}
	return false
}

// BirthText writes one source's date: "24-11-1991", "11-1991", "1991", and "24-11-????" when only the year is not known.
// The words "rond" and the source are the page's.
func BirthText(b Birth) string {
	two := func(n int) string {
		if n < 10 {
			return "0" + strconv.Itoa(n)
		}
		return strconv.Itoa(n)
	}
	y := strconv.Itoa(b.Year)
	if b.Year == 0 {
		y = "????"
	}
	switch {
	case b.Month == 0 && b.Year == 0:
		return ""
	case b.Month == 0:
		return y
	case b.Day == 0:
		return two(b.Month) + "-" + y
	}
	return two(b.Day) + "-" + two(b.Month) + "-" + y
}
