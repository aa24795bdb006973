package procedure

import (
	"encoding/csv"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"reisgezel/internal/kernel/clock"
)

// TestTheWorkedExamplesOfTheDomainTable reads the table of the people who know the law, when it lies beside the
// repository.
func TestTheWorkedExamplesOfTheDomainTable(t *testing.T) {
	name := filepath.Join("..", "..", "..", "shared", "domain", "deadlines.csv")
	f, err := os.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("shared/domain/deadlines.csv does not lie beside this repository; the case files in rules/cases hold its examples")
	}
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	at := map[string]int{}
	for i, h := range rows[0] {
		at[h] = i
	}
	n := 0
	for _, row := range rows[1:] {
		term, err := ParseTerm(row[at["term"]])
		if err != nil {
			t.Errorf("%s: %v", row[0], err)
			continue
		}
		end, err := term.From(on(t, row[at["event_date"]]), Bare())
		if err != nil {
			t.Errorf("%s: %v", row[0], err)
			continue
		}
		if got := end.Last.String(); got != row[at["deadline"]] {
			t.Errorf("%s: %s from %s gives %s, the table says %s (%s)", row[0], term, row[at["event_date"]], got, row[at["deadline"]], row[at["why"]])
		}
		n++
	}
	if n < 50 {
		t.Errorf("only %d rows were read", n)
	}
}

func TestTermsAtTheEdges(t *testing.T) {
	cal := NewCalendar("x", []EquatedDay{{on(t, "2026-05-15"), "KB", Read}})
	for _, c := range []struct{ from, term, bare, last string }{
		{"2026-02-14", "P90D|roll=ATW", "2026-05-15", "2026-05-18"},     // exactly 90 days rolls, over the equated Friday
		{"2026-02-13", "P91D|roll=ATW", "2026-05-15", "2026-05-15"},     // 91 days does not
		{"2026-01-10", "P12W|roll=ATW", "2026-04-04", "2026-04-07"},     // 12 weeks, Saturday before Easter
		{"2026-01-25", "P3M|roll=ATW", "2026-04-25", "2026-04-28"},      // Saturday, Sunday, King's day
		{"2025-12-25", "P4M|roll=ATW", "2026-04-25", "2026-04-25"},      // four months does not roll
		{"2026-04-02", "P3D|roll=ATW", "2026-04-05", "2026-04-08"},      // three days over Easter: two ordinary days must fit
		{"2026-04-03", "P1D|roll=ATW", "2026-04-04", "2026-04-07"},      // one day: moved, never lengthened
		{"2026-04-02", "P2D|roll=ATW", "2026-04-04", "2026-04-07"},      // two days: moved, never lengthened
		{"2026-04-07", "-P3D|roll=ATW", "2026-04-01", "2026-04-01"},     // counted back: not moved, but two ordinary days fit
		{"2026-04-06", "-P4W|roll=ATW", "2026-03-09", "2026-03-09"},     // counted back
		{"2026-05-03", "-P1W|roll=ATW", "2026-04-26", "2026-04-26"},     // counted back onto a Sunday: stays
		{"2024-02-29", "P1Y|roll=ATW", "2025-02-28", "2025-02-28"},      // leap day, years never roll
		{"2024-02-29", "P4Y", "2028-02-29", "2028-02-29"},               // leap day to leap day
		{"2008-02-29", "P18Y", "2026-02-28", "2026-02-28"},              // born on a leap day
		{"2026-08-31", "P6M", "2027-02-28", "2027-02-28"},               // Dutch six months do not roll
		{"2026-08-31", "P6M|roll=EU", "2027-02-28", "2027-03-01"},       // European six months do
		{"2026-12-22", "P3D|roll=EU|min2", "2026-12-25", "2026-12-28"},  // 1182/71: 23, 24 and the move
		{"2026-12-24", "P2D|roll=EU|min2", "2026-12-26", "2026-12-29"},  // 1182/71: two working days must fit
		{"2026-12-24", "P2D|roll=EU", "2026-12-26", "2026-12-28"},       // APR 73 asks no such thing
		{"2026-04-03", "WD1", "2026-04-07", "2026-04-07"},               // day one is the first working day
		{"2026-05-13", "WD2", "2026-05-18", "2026-05-18"},               // Ascension and the equated Friday do not count
		{"2026-11-25", "P2W|plus=1", "2026-12-10", "2026-12-10"},        // the first day after
		{"2026-04-01", "WD3|after", "2026-04-08", "2026-04-08"},         // working days after the day itself, over Easter
		{"2026-04-04", "WD1|after", "2026-04-07", "2026-04-07"},         // a Saturday: the first working day after it
		{"2026-04-10", " P2W | roll=none ", "2026-04-24", "2026-04-24"}, // spaces, and the roll that is none
		{"2012-04-01", "P29D|roll=ATW", "2012-04-30", "2012-05-01"},     // Queen's day, 30 April until 2013
		{"2006-04-01", "P28D|roll=ATW", "2006-04-29", "2006-05-01"},     // on Saturday 29 April when the 30th was a Sunday
		{"2006-04-02", "P28D|roll=ATW", "2006-04-30", "2006-05-01"},     // and that Sunday is a Sunday
		{"2014-03-29", "P29D|roll=ATW", "2014-04-27", "2014-04-28"},     // the first King's day, Saturday 26 April 2014
		{"2014-03-28", "P29D|roll=ATW", "2014-04-26", "2014-04-28"},
		{"2000-02-29", "P1M|roll=ATW", "2000-03-29", "2000-03-29"},     // 2000 was a leap year
		{"2100-01-31", "P1M|roll=EU", "2100-02-28", "2100-03-01"},      // 2100 is not
		{"2026-05-31", "-P3M", "2026-02-28", "2026-02-28"},             // counted back onto a month that is too short
		{"2026-12-24", "P1D|roll=EU|min2", "2026-12-25", "2026-12-28"}, // one day asks for no two working days
		{"2026-07-04", "P0D|roll=ATW", "2026-07-04", "2026-07-06"},     // no length, but still no weekend
		{"2026-03-31", "P1M|roll=ATW", "2026-04-30", "2026-04-30"},     // month end
		{"2031-03-29", "P4W|roll=ATW", "2031-04-26", "2031-04-28"},     // King's day on a Saturday
	} {
		term, err := ParseTerm(c.term)
		if err != nil {
			t.Fatal(err)
		}
		e, err := term.From(on(t, c.from), cal)
		if err != nil {
			t.Fatal(err)
		}
		if e.Bare.String() != c.bare || e.Last.String() != c.last {
			t.Errorf("%s from %s: %s and %s, want %s and %s", c.term, c.from, e.Bare, e.Last, c.bare, c.last)
		}
		if len(e.Chain) < 2 && c.term != "P0D|roll=ATW" {
			t.Errorf("%s from %s gives no reasons", c.term, c.from)
		}
	}
}

func TestWhatIsNoTermIsRefusedInWords(t *testing.T) {
	for _, s := range []string{"", "6W", "P", "PW", "P6", "P6X", "P-6W", "PT48H", "P6W|roll=NL", "P6W|roll=ATW|roll=EU", "P6W|plus=0",
		"P6W|plus=x", "P6W|", "-WD3", "WD0", "WD", "P99999999999999999999D", "P500Y", "P6W|min2", "P 6W", "p6w", "P6W|after", "WD3|after|after", "-WD3|after", "P6W|roll=ATW|min2", "P1Y6M", "P+6W", "--P6W"} {
		if term, err := ParseTerm(s); err == nil {
			t.Errorf("%q was read as %s", s, term)
		} else if !strings.Contains(err.Error(), "the term ") {
			t.Errorf("%q: the fault does not name the term: %v", s, err)
		}
	}
}

func anyDay(t *rapid.T) clock.Date {
	return clock.On(FirstYear, 1, 1).AddDays(rapid.IntRange(0, 365*105).Draw(t, "day"))
}

func anyTerm(t *rapid.T) Term {
	term := Term{Unit: Unit(rapid.IntRange(0, 3).Draw(t, "unit")), Roll: Roll(rapid.IntRange(0, 2).Draw(t, "roll"))}
	term.N = rapid.IntRange(1, []int{400, 60, 40, 3}[term.Unit]).Draw(t, "n")
	term.MinTwo = term.Roll == EU && rapid.Bool().Draw(t, "min2")
	return term
}

func TestTermsOverACentury(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		from, term := anyDay(t), anyTerm(t)
		e, err := term.From(from, Bare())
		if err != nil {
			t.Fatal(err)
		}
		if e.Last.Before(e.Bare) {
			t.Fatalf("%s from %s ends on %s, before its period does on %s", term, from, e.Last, e.Bare)
		}
		rolls := term.Roll == EU || term.Roll == ATW && !term.atwSilent()
		if rolls && Bare().Free(e.Last) != "" {
			t.Fatalf("%s from %s ends on %s, which is free", term, from, e.Last)
		}
		if !rolls && e.Last != e.Bare {
			t.Fatalf("%s from %s moved to %s", term, from, e.Last)
		}
		if e.Last != e.Bare && e.Bare.DaysUntil(e.Last) > 6 {
			t.Fatalf("%s from %s moved by %d days", term, from, e.Bare.DaysUntil(e.Last))
		}
		next, err := term.From(from.AddDays(1), Bare())
		if err != nil {
			t.Fatal(err)
		}
		if next.Bare.Before(e.Bare) || next.Last.Before(e.Last) {
			t.Fatalf("%s: a later event ends earlier", term)
		}
		if (term.Unit == Days || term.Unit == Weeks) && e.Bare.DaysUntil(next.Bare) != 1 {
			t.Fatalf("%s: a day's shift of the event shifts the period by %d", term, e.Bare.DaysUntil(next.Bare))
		}
		if term.Unit == Weeks && e.Bare.Weekday() != from.Weekday() {
			t.Fatalf("%s from %s ends on another day of the week", term, from)
		}
		if term.Unit == Months && e.Bare.Day != from.Day && clock.On(e.Bare.Year, e.Bare.Month+1, 0) != e.Bare {
			t.Fatalf("%s from %s ends on %s", term, from, e.Bare)
		}
		back := term
		back.Back, back.Roll, back.MinTwo = true, NoRoll, false
		if b, err := back.From(from, Bare()); err != nil || !b.Last.Before(from) {
			t.Fatalf("%s counted back from %s gives %s, %v", back, from, b.Last, err)
		}
		if again, err := ParseTerm(term.String()); err != nil || again != term {
			t.Fatalf("%s reads back as %s, %v", term, again, err)
		}
	})
}

func TestTwoOrdinaryDaysAlwaysFit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		from := anyDay(t)
		term := Term{N: rapid.IntRange(3, 9).Draw(t, "n"), Unit: Days, Roll: ATW}
		e, err := term.From(from, Bare())
		if err != nil {
			t.Fatal(err)
		}
		ordinary := 0
		for d := from.AddDays(1); !d.After(e.Last); d = d.AddDays(1) {
			if Bare().Free(d) == "" {
				ordinary++
			}
		}
		if ordinary < 2 {
			t.Fatalf("%s from %s to %s holds %d ordinary days", term, from, e.Last, ordinary)
		}
	})
}

func TestWorkDayPlansCountOrdinaryDaysOnly(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		from := anyDay(t)
		n := rapid.IntRange(1, 30).Draw(t, "n")
		e, err := (Term{N: n, Unit: WorkDays}).From(from, Bare())
		if err != nil {
			t.Fatal(err)
		}
		count := 0
		for d := from; !d.After(e.Last); d = d.AddDays(1) {
			if Bare().Free(d) == "" {
				count++
			}
		}
		if count != n || Bare().Free(e.Last) != "" {
			t.Fatalf("WD%d from %s gives %s with %d ordinary days", n, from, e.Last, count)
		}
	})
}

func FuzzTermSyntax(f *testing.F) {
	for _, s := range []string{"P6W|roll=ATW", "-P13W", "WD8", "P2W|plus=1", "P3D|roll=EU|min2", "P0D", "P18Y", "|", "P1W|roll="} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		term, err := ParseTerm(s)
		if err != nil {
			return
		}
		again, err := ParseTerm(term.String())
		if err != nil || again != term {
			t.Fatalf("%q was read as %s, which reads as %s, %v", s, term, again, err)
		}
		if term.Unit == WorkDays && term.N > 400 {
			return
		}
		if e, err := term.From(clock.Date{Year: 2026, Month: 2, Day: 28}, Bare()); err == nil && !term.Back && e.Last.Before(e.Bare) {
			t.Fatalf("%s ends before its period", term)
		}
	})
}

// TestAShiftOfTheEventShiftsTheTermConsistently: a week's shift shifts every term of days and weeks by a week, before any
// holiday has its say; a year of terms of every length keeps its order.
func TestAShiftOfTheEventShiftsTheTermConsistently(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		from, term := anyDay(t), anyTerm(t)
		if term.Unit > Weeks {
			term.Unit = Weeks
			term.N = term.N%60 + 1
		}
		a, err := term.From(from, Bare())
		if err != nil {
			t.Fatal(err)
		}
		b, err := term.From(from.AddDays(7), Bare())
		if err != nil {
			t.Fatal(err)
		}
		if a.Bare.DaysUntil(b.Bare) != 7 {
			t.Fatalf("%s: a week's shift of the event shifts the period by %d days", term, a.Bare.DaysUntil(b.Bare))
		}
		if n := a.Last.DaysUntil(b.Last); n < 1 || n > 13 {
			t.Fatalf("%s: a week's shift of the event shifts the last day by %d days", term, n)
		}
		prev := clock.Date{}
		for i := range 366 {
			e, err := term.From(from.AddDays(i), Bare())
			if err != nil {
				t.Fatal(err)
			}
			if e.Last.Before(prev) {
				t.Fatalf("%s: the event of %s ends before that of the day before", term, from.AddDays(i))
			}
			prev = e.Last
		}
	})
}

func TestTermsCountedBackOverACentury(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		from, term := anyDay(t), anyTerm(t)
		term.Back, term.MinTwo = true, false
		if from.Year < FirstYear+4 {
			from.Year += 4
			from = clock.On(from.Year, from.Month, from.Day)
		}
		e, err := term.From(from, Bare())
		if err != nil {
			t.Fatal(err)
		}
		if !e.Last.Before(from) || e.Last.After(term.plain(from)) {
			t.Fatalf("%s from %s gives %s: later than the period counted back", term, from, e.Last)
		}
		if term.Roll == ATW && !term.atwSilent() && (term.Unit != Days || term.N >= 3) {
			ordinary := 0
			for d := e.Last; d.Before(from); d = d.AddDays(1) {
				if Bare().Free(d) == "" {
					ordinary++
				}
			}
			if ordinary < 2 {
				t.Fatalf("%s from %s to %s holds %d ordinary days", term, from, e.Last, ordinary)
			}
		} else if e.Last != term.plain(from) {
			t.Fatalf("%s from %s moved", term, from)
		}
	})
}

func TestMoreEquatedDaysNeverGiveLess(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		from, term := anyDay(t), anyTerm(t)
		end, err := term.From(from, Bare())
		if err != nil {
			t.Fatal(err)
		}
		var days []clock.Date
		for range rapid.IntRange(1, 4).Draw(t, "n") {
			days = append(days, end.Bare.AddDays(rapid.IntRange(-9, 9).Draw(t, "at")))
		}
		more, err := term.From(from, Bare().With(days...))
		if err != nil {
			t.Fatal(err)
		}
		if more.Bare != end.Bare || more.Last.Before(end.Last) {
			t.Fatalf("%s from %s with %v: %s and %s, without %s and %s", term, from, days, more.Bare, more.Last, end.Bare, end.Last)
		}
		if end.Last != more.Last && term.Roll == NoRoll {
			t.Fatalf("%s from %s moved by a day that has nothing to say", term, from)
		}
	})
}
