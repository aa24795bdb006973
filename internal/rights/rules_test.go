package rights

import (
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"reisgezel/internal/kernel/clock"
)

func day(s string) clock.Date {
	d, err := clock.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

// working has Saturdays and Sundays and Christmas of 2026, a Friday.
func working(d clock.Date) bool {
	return d.Weekday() != time.Saturday && d.Weekday() != time.Sunday && d != day("2026-12-25")
}

func TestTheMonthOfTheLaw(t *testing.T) {
	for came, want := range map[string][2]string{ // by when it is answered, and when it takes two months more
		"2026-11-24": {"2026-12-24", "2027-02-24"},
		"2026-11-25": {"2026-12-28", "2027-02-25"}, // Christmas, then a weekend
		"2027-01-29": {"2027-03-01", "2027-04-29"}, // 28 February is a Sunday, and there is no 29th
		"2027-01-31": {"2027-03-01", "2027-04-30"}, // no 31 February, no 31 April
		"2028-01-30": {"2028-02-29", "2028-05-01"}, // a leap year; 30 April 2028 is a Sunday
		"2026-10-21": {"2026-11-23", "2027-01-21"}, // 21 November is a Saturday
		"2026-12-01": {"2027-01-01", "2027-03-01"}, // over the year; this calendar works on New Year
	} {
		one, three := Due(day(came), false, working), Due(day(came), true, working)
		if one.String() != want[0] || three.String() != want[1] {
			t.Errorf("%s: %s and %s, not %v", came, one, three, want)
		}
	}
}

func TestATermIsNeverShorterThanTheMonth(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		d := day("2026-01-01").AddDays(rapid.IntRange(0, 3000).Draw(rt, "day"))
		end := Until(d, 1, working)
		if n := d.DaysUntil(end); n < 28 || n > 31+4 || !working(end) {
			rt.Fatalf("%s: %s, %d days", d, end, n)
		}
		if next := Until(d.AddDays(1), 1, working); next.Before(end) {
			rt.Fatalf("a day later ends earlier: %s %s", end, next)
		}
	})
}

func TestWhichStepMayFollow(t *testing.T) {
	today := day("2026-11-24")
	open := Request{Kind: Correct, Day: today, Due: Due(today, false, working)}
	decided := open.After(StepInput{Step: Decide, Outcome: Granted}, "u-p", today, working)
	late := open
	late.Due = today.AddDays(-1)
	less := Request{Kind: Less}.After(StepInput{Step: Decide, Outcome: Granted}, "u-p", today, working)
	erase := Request{Kind: Erase}.After(StepInput{Step: Decide, Outcome: Granted}, "u-p", today, working)
	for _, x := range []struct {
		what string
		r    Request
		step string
		want bool
	}{
		{"open", open, Decide, true}, {"open", open, Longer, true}, {"late", late, Longer, false},
		{"longer already", open.After(StepInput{Step: Longer}, "u-p", today, working), Longer, false},
		{"asked", open.After(StepInput{Step: Asked}, "u-p", today, working), Answered, true}, {"open", open, Answered, false},
		{"decided", decided, Decide, false}, {"decided", decided, Carried, true}, {"decided", decided, Reopened, true}, {"decided", decided, Undone, false},
		{"less", less, Lifted, true}, {"less", less, Ended, true}, {"less", less, Carried, false}, {"less", less, Reopened, false},
		{"erase", erase, Carried, false}, {"erase", erase, Undone, true}, {"erase", erase, Reopened, true},
		{"withdrawn", open.After(StepInput{Step: Undone}, "", today, working), Reopened, false},
	} {
		if got := x.r.May(x.step, today); got != x.want {
			t.Errorf("%s, %s: %v", x.what, x.step, got)
		}
	}
	if erase.Effect != today.AddDays(Regret) || erase.Turn() != Wait || !erase.Done.IsZero() {
		t.Errorf("an erasure waits: %+v", erase)
	}
	if less.Done != today || less.Turn() != Over {
		t.Errorf("less use holds at once: %+v", less)
	}
	if decided.Turn() != Ours || !decided.ToDo() {
		t.Errorf("a correction must still be carried out: %+v", decided)
	}
}

func TestNobodyRefusesWithoutAReasonOfTheLaw(t *testing.T) {
	for _, kind := range Kinds {
		r := Request{Kind: kind}
		if fs := (StepInput{Step: Decide, Outcome: Refused, Text: "x"}).Check(r); len(fs) == 0 {
			t.Errorf("%s is refused without a ground", kind)
		}
		for other := range grounds {
			for _, g := range Grounds(other) {
				ok := len((StepInput{Step: Decide, Outcome: Refused, Ground: g, Text: "x"}).Check(r)) == 0
				if want := slices.Contains(Grounds(kind), g); ok != want {
					t.Errorf("%s refused because of %s: %v", kind, g, ok)
				}
			}
		}
	}
	for _, in := range []StepInput{{Step: Decide, Outcome: Granted}, {Step: Longer}, {Step: Asked}, {Step: Lifted}, {Step: Reopened}} {
		if len(in.Check(Request{Kind: Less})) == 0 {
			t.Errorf("%s without a word to the person", in.Step)
		}
	}
}

func TestARequestIsCheckedAllAtOnce(t *testing.T) {
	today := day("2026-11-24")
	for _, x := range []struct {
		in     Asking
		staff  bool
		faults string
	}{
		{Asking{Kind: Erase}, false, ""},
		{Asking{Kind: Correct}, false, "tekst"},
		{Asking{}, true, "soort hoe"},
		{Asking{Kind: Copy, How: OnPaper, Day: "2026-11-20"}, true, ""},
		{Asking{Kind: Copy, How: OnPage, Day: "2026-11-25"}, true, "hoe dag"},
		{Asking{Kind: Copy, How: OnPaper, Day: "2025-11-20"}, true, "dag"},
		{Asking{Kind: Copy, How: OnPaper, Day: "gisteren", Text: "BSN 111222333"}, true, "dag tekst"},
		{Asking{Kind: Erase, Text: strings.Repeat("x", mostText+1)}, false, "tekst"},
	} {
		_, fs := x.in.Check(today, x.staff)
		var names []string
		for _, f := range fs {
			names = append(names, f.Name)
		}
		if got := strings.Join(names, " "); got != x.faults {
			t.Errorf("%+v: %q, not %q", x.in, got, x.faults)
		}
	}
	if d, _ := (Asking{Kind: Copy, How: OnPaper, Day: "2026-11-20"}).Check(today, true); d != day("2026-11-20") {
		t.Errorf("the term of a paper begins on %s", d)
	}
}

type inner struct {
	Note   string
	Secret string `json:"-"`
}

type outer struct {
	inner
	ID    string
	Named string `json:"called,omitempty"`
	On    clock.Date
	At    time.Time
	Yes   bool
	No    bool
	Many  []inner
	Map   map[string]int
	Bytes []byte
	Empty *inner
	hid   string
}

func TestACopyIsReadAsItIsWritten(t *testing.T) {
	ns := Tree(outer{inner: inner{"n", "s"}, ID: "x", Named: "Reem", On: day("2026-11-24"), Yes: true, Many: []inner{{"a", ""}, {"", "s"}}, Map: map[string]int{"b": 2, "a": 1}, Bytes: []byte("f"), hid: "h"})
	var keys []string
	for _, n := range ns {
		keys = append(keys, n.Key)
	}
	if got := strings.Join(keys, " "); got != "Note called On Yes Many Map Bytes" {
		t.Errorf("fields: %s", got)
	}
	if many := ns[4]; !many.List || len(many.Items) != 1 || many.Items[0].Items[0].Text != "a" {
		t.Errorf("a list: %+v", many)
	}
	if m := ns[5]; len(m.Items) != 2 || m.Items[0].Key != "a" {
		t.Errorf("a map: %+v", m)
	}
	if got := strings.Join(Names(reflect.TypeFor[outer]()), " "); got != "at bytes called empty many map no note on yes" {
		t.Errorf("names: %s", got)
	}
}
