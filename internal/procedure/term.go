package procedure

// This file is the arithmetic of terms: how long, counted how, and what happens when the last day is no working day.
// bron: BWBR0002448
// bron: BWBR0005537
// bron: CELEX-32024R1348
// bron: CELEX-31971R1182

import (
	"fmt"
	"strconv"
	"strings"

	"reisgezel/internal/kernel/clock"
)

// Unit is what a term is counted in.
type Unit uint8

// The units. WorkDays counts ordinary days and takes the day of the event as day one.
const (
	Days Unit = iota
	Weeks
	Months
	Years
	WorkDays
)

var unitLetters = map[byte]Unit{'D': Days, 'W': Weeks, 'M': Months, 'Y': Years}

// Roll is the law that moves the end of a term off a weekend or a holiday.
type Roll uint8

// The ways to roll.
const (
	NoRoll Roll = iota
	ATW         // Algemene termijnenwet: short terms only, and at least two working days in it
	EU          // articles 73 APR and 75 AMMR, 3(4) Regulation 1182/71: whatever the length
)

// Term is one length of time as the law writes it.
type Term struct {
	N      int
	Unit   Unit
	Back   bool // counted back from a moment
	Roll   Roll
	MinTwo bool // Regulation 1182/71 article 3(5); the Algemene termijnenwet asks it by itself
	Plus   int  // days after the period: 1 is the first day on which something may be done
	After  bool // working days that begin after the event's own day
}

// longest is the largest amount a term may have, so that a typing error cannot send the arithmetic into the distant
// future: two hundred years.
var longest = map[Unit]int{Days: 73000, Weeks: 10400, Months: 2400, Years: 200, WorkDays: 3650}

// TermFault is what is wrong with a term that somebody wrote. Key is the last part of the text key
// procedure.error.term.<Key> that says it to a visitor; Part is the piece of the term that it is about.
type TermFault struct{ Term, Key, Part, what string }

func (f TermFault) Error() string { return fmt.Sprintf("the term %q %s", f.Term, f.what) }

// ParseTerm reads the term syntax: P6W|roll=ATW, -P13W, WD8, WD3|after, P2W|plus=1, P3D|roll=EU|min2. Its error is a
// TermFault.
func ParseTerm(s string) (Term, error) {
	part := ""
	bad := func(key, what string) (Term, error) { return Term{}, TermFault{s, key, part, what} }
	parts := strings.Split(s, "|")
	head := strings.TrimSpace(parts[0])
	var t Term
	if strings.HasPrefix(head, "-") {
		t.Back, head = true, head[1:]
	}
	var digits string
	switch {
	case strings.HasPrefix(head, "WD"):
		t.Unit, digits = WorkDays, head[2:]
	case strings.HasPrefix(head, "PT"):
		return bad("hours", "counts hours, and a term in hours has no last day")
	case strings.HasPrefix(head, "P") && len(head) >= 3:
		u, ok := unitLetters[head[len(head)-1]]
		if !ok {
			return bad("unit", "must end in D, W, M or Y: days, weeks, months or years")
		}
		t.Unit, digits = u, head[1:len(head)-1]
	default:
		return bad("shape", "must look like P6W, -P13W or WD8")
	}
	if digits == "" || strings.Trim(digits, "0123456789") != "" {
		return bad("number", "has no whole number in it")
	}
	n, err := strconv.Atoi(digits)
	if err != nil || n > longest[t.Unit] {
		return bad("long", "is longer than two hundred years")
	}
	t.N = n
	if t.Unit == WorkDays && (t.Back || n < 1) {
		return bad("workdays", "counts working days, which begin with day 1 and are not counted back")
	}
	seen := map[string]bool{}
	for _, p := range parts[1:] {
		p = strings.TrimSpace(p)
		part = p
		name, value, _ := strings.Cut(p, "=")
		if seen[name] {
			return bad("twice", "says "+strconv.Quote(name)+" twice")
		}
		seen[name] = true
		switch {
		case p == "roll=ATW":
			t.Roll = ATW
		case p == "roll=EU":
			t.Roll = EU
		case p == "roll=none":
			t.Roll = NoRoll
		case p == "min2":
			t.MinTwo = true
		case p == "after":
			t.After = true
		case name == "plus":
			k, err := strconv.Atoi(value)
			if err != nil || k < 1 || k > 366 {
				return bad("plus", "has a plus that is not a number of days from 1 to 366")
			}
			t.Plus = k
		default:
			return bad("part", "has a part that is not known: "+strconv.Quote(p))
		}
	}
	if t.MinTwo && t.Roll != EU {
		return bad("min2", "asks for min2 without roll=EU")
	}
	if t.After && t.Unit != WorkDays {
		return bad("after", "says after, which is for working days only: other terms always begin after the event's own day")
	}
	return t, nil
}

// String writes the term as ParseTerm reads it.
func (t Term) String() string {
	b := make([]byte, 0, 32)
	if t.Back {
		b = append(b, '-')
	}
	if t.Unit == WorkDays {
		b = strconv.AppendInt(append(b, "WD"...), int64(t.N), 10)
	} else {
		b = append(strconv.AppendInt(append(b, 'P'), int64(t.N), 10), "DWMY"[t.Unit])
	}
	switch t.Roll {
	case ATW:
		b = append(b, "|roll=ATW"...)
	case EU:
		b = append(b, "|roll=EU"...)
	}
	if t.MinTwo {
		b = append(b, "|min2"...)
	}
	if t.After {
		b = append(b, "|after"...)
	}
	if t.Plus > 0 {
		b = strconv.AppendInt(append(b, "|plus="...), int64(t.Plus), 10)
	}
	return string(b)
}

// MarshalText writes the term in YAML and JSON.
func (t Term) MarshalText() ([]byte, error) { return []byte(t.String()), nil }

// UnmarshalText reads what MarshalText wrote.
func (t *Term) UnmarshalText(b []byte) (err error) { *t, err = ParseTerm(string(b)); return err }

// atwSilent says whether the Algemene termijnenwet leaves a term of this length alone (article 4, under a).
func (t Term) atwSilent() bool {
	switch t.Unit {
	case Days:
		return t.N > 90
	case Weeks:
		return t.N > 12
	case Months:
		return t.N > 3
	case Years:
		return t.N >= 1
	}
	return false
}

// Short says whether a term is so short that somebody must look at it today: a week or less.
func (t Term) Short() bool {
	return !t.Back && (t.Unit == Days && t.N <= 7 || t.Unit == Weeks && t.N <= 1 || t.Unit == WorkDays && t.N <= 7)
}

// End is what a term comes to.
type End struct {
	Bare  clock.Date // where the period ends, before any law moves it
	Last  clock.Date // the last day, after the law has moved it
	Chain []Reason
	// Clamped says that Dutch law is silent on where the period ends: the month has no such day.
	Clamped bool
}

// From counts a term from the day of the event. The day of the event itself never counts (Awb 6:8(1), APR 73), but a
// day plan in working days begins with it.
func (t Term) From(event clock.Date, cal Calendar) (End, error) {
	return t.run(nil, event, nil, 0, cal)
}

// run counts a term that was lengthened by others, of another unit than its own, and that stood still for some days:
// all of it before any law moves the end. What it tells comes after what was said before.
func (t Term) run(said []Reason, event clock.Date, more []Term, still int, cal Calendar) (End, error) {
	if event.IsZero() {
		return End{}, fmt.Errorf("a term needs a day to begin from")
	}
	if t.Unit == WorkDays {
		return t.workDays(said, event, cal)
	}
	e := End{Chain: said}
	if t.Back {
		e.Chain = append(e.Chain, why("back_from", day("day", event)))
	} else if t.N > 0 || t.Unit != Days {
		e.Chain = append(e.Chain, why("starts_after", day("day", event), day("next", event.AddDays(1))))
	}
	e.Bare = t.plain(event)
	e.Chain = t.counted(e.Chain, event, e.Bare)
	e.Clamped = t.Roll != EU && (t.Unit == Months || t.Unit == Years) && e.Bare.Day != event.Day
	for _, x := range more {
		from := e.Bare
		e.Bare = x.plain(from)
		e.Clamped = e.Clamped || t.Roll != EU && (x.Unit == Months || x.Unit == Years) && e.Bare.Day != from.Day
		e.Chain = x.counted(e.Chain, from, e.Bare)
	}
	if len(more) > 0 && t.Roll == ATW && !t.atwSilent() {
		// Two terms in one are together longer than the Algemene termijnenwet goes.
		e.Chain = append(e.Chain, why("atw_long"))
		t.Roll = NoRoll
	}
	if still > 0 {
		e.Bare = e.Bare.AddDays(still)
		e.Chain = append(e.Chain, why("paused", num("n", still), day("day", e.Bare)))
	}
	e.Last = e.Bare
	if err := t.roll(event, cal, &e); err != nil {
		return End{}, err
	}
	if t.Plus > 0 {
		e.Last = e.Last.AddDays(t.Plus)
		e.Bare = e.Last // before this day nothing may be done, so there is no earlier day that would be safer
		e.Chain = append(e.Chain, why("plus", num("n", t.Plus), day("day", e.Last)))
	}
	return e, nil
}

// plain counts the period on the calendar.
func (t Term) plain(event clock.Date) clock.Date {
	n := t.N
	if t.Back {
		n = -n
	}
	switch t.Unit {
	case Weeks:
		return event.AddDays(7 * n)
	case Months:
		// The number of the day stays, or it is the last day of a month that has no such day. For EU law that is written
		// (APR 73); for Dutch law it is the convention, and the chain says so.
		return event.AddMonths(n)
	case Years:
		return event.AddMonths(12 * n)
	}
	return event.AddDays(n)
}

// counted says that the period was counted.
func (t Term) counted(said []Reason, event, end clock.Date) []Reason {
	if t.N == 0 {
		return append(said, why("same_day", day("day", end)))
	}
	key := [...]string{"days", "weeks", "months", "years"}[t.Unit]
	if t.Back {
		key += "_back"
	}
	said = append(said, why(key, num("n", t.N), day("day", end)))
	if (t.Unit == Months || t.Unit == Years) && end.Day != event.Day {
		k := "clamped"
		if t.Roll == EU {
			k = "clamped_eu"
		}
		said = append(said, why(k, num("n", event.Day), day("day", end)))
	}
	return said
}

// roll moves the end as the law of the term says, and says why it moves or why it does not.
func (t Term) roll(event clock.Date, cal Calendar, e *End) error {
	switch {
	case t.Roll == NoRoll:
		if Covers(e.Bare) && cal.Free(e.Bare) != "" {
			e.Chain = append(e.Chain, free(cal.Free(e.Bare), e.Bare), why("no_roll"))
		}
		return nil
	case t.Roll == ATW && t.atwSilent():
		e.Chain = append(e.Chain, why("atw_long"))
		return nil
	}
	if err := covered(e.Bare); err != nil {
		return err
	}
	if t.Back {
		// Article 1(2) spares a term counted back from being moved. Article 2 has no such exception: two working days
		// must fit between its last day and the event, so it may come earlier.
		e.Chain = append(e.Chain, why("no_roll_back"))
		if second := t.secondWorkingDay(event, cal); second.Before(e.Last) {
			e.Last, e.Bare = second, second
			e.Chain = append(e.Chain, why("two_days_back", day("day", e.Last)))
		}
		return nil
	}
	for f := cal.Free(e.Last); f != ""; f = cal.Free(e.Last) {
		e.Chain = append(e.Chain, free(f, e.Last))
		e.Last = e.Last.AddDays(1)
	}
	if e.Last != e.Bare {
		k := "rolled_atw"
		if t.Roll == EU {
			k = "rolled_eu"
		}
		e.Chain = append(e.Chain, why(k, day("day", e.Last)))
		if t.Roll == EU && Holiday(e.Bare) == GoodFriday {
			e.Chain = append(e.Chain, why("good_friday_eu", day("day", e.Bare)))
		}
	} else {
		e.Chain = append(e.Chain, why("working_day", day("day", e.Last)))
	}
	if second := t.secondWorkingDay(event, cal); second.After(e.Last) {
		e.Last = second
		k := "two_days_atw"
		if t.Roll == EU {
			k = "two_days_eu"
		}
		e.Chain = append(e.Chain, why(k, day("day", e.Last)))
	}
	return nil
}

// secondWorkingDay is the second ordinary day after the event when the law wants two of them in the term: article 2
// for terms of three days or more, Regulation 1182/71 article 3(5) for two days or more.
func (t Term) secondWorkingDay(event clock.Date, cal Calendar) clock.Date {
	wants := t.Roll == ATW && (t.Unit != Days || t.N >= 3) || t.MinTwo && (t.Unit != Days || t.N >= 2)
	if !wants || t.N == 0 {
		return event
	}
	step := 1
	if t.Back {
		step = -1
	}
	d := event
	for range 2 {
		for d = d.AddDays(step); cal.Free(d) != ""; {
			d = d.AddDays(step)
		}
	}
	return d
}

// workDays counts a day plan: day one is the event's own day, or the first working day after it.
func (t Term) workDays(said []Reason, event clock.Date, cal Calendar) (End, error) {
	e := End{Chain: said}
	d := cal.Next(event)
	if t.After {
		d = cal.Next(event.AddDays(1))
		e.Chain = append(e.Chain, why("starts_after", day("day", event), day("next", event.AddDays(1))))
	} else if d != event {
		e.Chain = append(e.Chain, free(cal.Free(event), event))
	}
	e.Chain = append(e.Chain, why("workday_one", day("day", d)))
	skipped := 0
	for i := 1; i < t.N; i++ {
		next := cal.Next(d.AddDays(1))
		skipped += d.DaysUntil(next) - 1
		d = next
	}
	if err := covered(d); err != nil {
		return End{}, err
	}
	if skipped > 0 {
		e.Chain = append(e.Chain, why("workdays_skipped", num("n", skipped)))
	}
	if t.Plus > 0 {
		e.Chain = append(e.Chain, why("plus", num("n", t.Plus), day("day", d.AddDays(t.Plus))))
		d = d.AddDays(t.Plus)
	}
	e.Chain = append(e.Chain, why("workdays", num("n", t.N), day("day", d)))
	e.Bare, e.Last = d, d
	return e, nil
}

func free(f Free, d clock.Date) Reason {
	if f == Weekend {
		return why("weekend", day("day", d))
	}
	return why("holiday", day("day", d), word("holiday", "procedure.holiday."+string(f)))
}
