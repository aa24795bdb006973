package family

// This file tests the way of one relative from application to arrival, and what is due on it.

import (
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/clock"
)

func TestTheWayOfOne(t *testing.T) {
	ago := func(n int) clock.Date { return today.AddDays(-n) }
	for _, c := range []struct {
		name  string
		steps []Step
		next  string
		long  bool
		ended string
		visa  clock.Date
	}{
		{"nothing yet", nil, Applied, false, "", clock.Date{}},
		{"applied 28 days ago", []Step{{Kind: Applied, State: Done, On: ago(28)}}, Documents, false, "", clock.Date{}},
		{"applied 29 days ago", []Step{{Kind: Applied, State: Done, On: ago(29)}}, Documents, true, "", clock.Date{}},
		{"applied, nobody knows when", []Step{{Kind: Applied, State: Done}}, Documents, false, "", clock.Date{}},
		{"no DNA needed", []Step{{Kind: Documents, State: Done, On: ago(9)}, {Kind: DNA, State: Unneeded}, {Kind: Interview, State: Unneeded}}, Decision, false, "", clock.Date{}},
		{"waits for the decision a year", []Step{{Kind: Interview, State: Done, On: ago(365)}}, Decision, false, "", clock.Date{}},
		{"an appointment to come", []Step{{Kind: Documents, State: Done, On: ago(90)}, {Kind: DNA, State: Planned, On: today}}, DNA, false, "", clock.Date{}},
		{"an appointment that passed", []Step{{Kind: Documents, State: Done, On: ago(90)}, {Kind: DNA, State: Planned, On: ago(1)}}, DNA, true, "", clock.Date{}},
		{"refused", []Step{{Kind: Decision, State: Refused, On: ago(4)}}, "", false, Refused, clock.Date{}},
		{"a visa", []Step{{Kind: Decision, State: Granted, On: ago(40)}, {Kind: VisaIssued, State: Done, On: ago(10), Until: today.AddDays(80)}}, Travel, false, "", today.AddDays(80)},
		{"arrived", []Step{{Kind: VisaIssued, State: Done, On: ago(10), Until: today.AddDays(80)}, {Kind: Arrival, State: Done, On: ago(1)}}, "", false, Arrival, clock.Date{}},
		{"told anew", []Step{{Kind: Decision, State: Refused, On: ago(9)}, {Kind: Decision, State: Granted, On: ago(4)}}, VisaAsked, false, "", clock.Date{}},
	} {
		w := WayOf(Member{Coming: "yes", Steps: c.steps}, today)
		if w.Next != c.next || w.Long != c.long || w.Ended != c.ended || w.Visa != c.visa {
			t.Errorf("%s: next %q, long %v, ended %q, visa %s", c.name, w.Next, w.Long, w.Ended, w.Visa)
		}
	}
	if w := WayOf(Member{Coming: "no"}, today); w.Next != "" {
		t.Errorf("who does not come is to do %s", w.Next)
	}
}

func TestEighteenEndsWhatItEnds(t *testing.T) {
	bs := born(2008, 12, 24)
	until, ok := Sight(bs, today)
	if !ok || !until.Equal(time.Date(2026, 12, 24, 0, 0, 0, 0, clock.Netherlands)) {
		t.Errorf("%s %v", until, ok)
	}
	if _, ok := Sight(bs, on(2026, 12, 24)); ok {
		t.Error("on the birthday somebody still sees for them")
	}
	// What is not sure ends at the earliest day, and what protects lasts until the latest.
	vague := append(born(2009, 6, 0), born(2009, 1, 1)...)
	if until, ok := Sight(vague, today); !ok || clock.Today(until) != on(2027, 1, 1) {
		t.Errorf("%s", until)
	}
	for name, bs := range map[string][]dossier.Birth{"unknown": nil, "perhaps eighteen": append(born(2008, 1, 2), born(2010, 1, 2)...), "an adult": born(1990, 1, 1)} {
		if _, ok := Sight(bs, today); ok {
			t.Errorf("%s: somebody sees for them", name)
		}
	}
	first, last := Eighteen(born(2008, 2, 29))
	if first != on(2026, 2, 28) || last != on(2026, 3, 1) {
		t.Errorf("29 February: %s %s", first, last)
	}
	first, last = Eighteen(vague)
	w := Warden{Name: "Nidos", Grown: first, Latest: last}
	for d, want := range map[clock.Date]bool{first: true, last.AddDays(-1): true, last: false} {
		if w.Stands(d) != want {
			t.Errorf("on %s the guardianship stands: %v", d, !want)
		}
	}
}

func TestWhatIsDue(t *testing.T) {
	f := fam("kid child biological", "wife partner marriage")
	f.Members[0].Births = born(2008, 12, 24)
	f.Members[1].Steps = []Step{{Kind: Decision, State: Granted, On: on(2026, 10, 1)}, {Kind: VisaIssued, State: Done, On: on(2026, 11, 1), Until: on(2026, 12, 10)}}
	f.Guardian = Warden{Name: "Nidos", Grown: on(2027, 5, 26), Latest: on(2027, 5, 26)}
	got := func(day clock.Date) string {
		var out []string
		for _, d := range f.DueOn(day) {
			out = append(out, d.Member+":"+d.Kind)
		}
		return strings.Join(out, " ")
	}
	if s := got(today); s != "wife:visa kid:eighteen :guardian" {
		t.Errorf("%q", s)
	}
	if s := got(today.AddDays(-1)); s != "kid:eighteen" && s != "wife:visa kid:eighteen" {
		t.Errorf("the day before: %q", s)
	}
	if w := f.Watch(today); w.Day != 1 || w.After(today) {
		t.Errorf("the watch is %s", w)
	}
	f.Members[0].Steps = []Step{{Kind: Applied, State: Done, On: today}}
	f.Members[1].Steps = append(f.Members[1].Steps, Step{Kind: Arrival, State: Done, On: today})
	f.Guardian.Ended = today
	if s := got(today); s != "" {
		t.Errorf("after it was done: %q", s)
	}
	f.Members[0].Where.State = Died
	if w := f.Watch(today); !w.IsZero() {
		t.Errorf("nothing is due, and it is watched from %s", w)
	}
}

// The watch, which stands outside the seal, never comes after what is due, and tells no day.
func TestTheWatchMissesNothing(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		f := fam("a child biological", "b partner marriage")
		f.Members[0].Births = born(rapid.IntRange(2006, 2014).Draw(r, "year"), rapid.IntRange(0, 12).Draw(r, "month"), 0)
		for _, k := range StepKinds {
			if rapid.IntRange(0, 3).Draw(r, "has"+k) == 0 {
				s := Step{Kind: k, State: rapid.SampledFrom(StepStates(k)).Draw(r, "state"+k), On: today.AddDays(rapid.IntRange(-200, 60).Draw(r, "on"+k))}
				if k == VisaIssued {
					s.Until = s.On.AddDays(90)
				}
				f.Members[1].Steps = append(f.Members[1].Steps, s)
			}
		}
		later := today.AddDays(rapid.IntRange(0, 500).Draw(r, "later"))
		w := f.Watch(today)
		if !w.IsZero() && w.Day != 1 {
			r.Fatalf("the watch tells a day: %s", w)
		}
		if len(f.DueOn(later)) > 0 && (w.IsZero() || w.After(later)) {
			r.Fatalf("on %s %v is due, and it is watched from %s", later, f.DueOn(later), w)
		}
	})
}

// everyReason are all reasons that count.go can give, as it writes them.
func everyReason() []string {
	src, err := os.ReadFile("count.go")
	if err != nil {
		return []string{"count.go cannot be read"}
	}
	var out []string
	for _, m := range regexp.MustCompile(`\.why\("([a-z.]+[a-z])"`).FindAllSubmatch(src, -1) {
		if k := string(m[1]); k != "bond" {
			out = append(out, k)
		}
	}
	return out
}
