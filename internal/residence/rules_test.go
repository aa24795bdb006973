package residence

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/fault"
)

var today = clock.On(2026, 11, 24)

func keys(fs fault.Fields) string {
	var out []string
	for _, f := range fs {
		out = append(out, f.Name+" "+strings.TrimPrefix(f.Key, "residence.error."))
	}
	return strings.Join(out, ", ")
}

// stay is a place in a test: "2026-09-01", "2026-09-01 2026-10-01", with "~" for a place beside another.
func stay(i int, span string) Stay {
	s := Stay{ID: fmt.Sprint("s", i), At: time.Unix(int64(i), 0), What: StayText{Kind: "coa", Town: "Zeist", Reason: "coa"}}
	if rest, ok := strings.CutPrefix(span, "~"); ok {
		s.What.Beside, span = true, rest
	}
	parts := append(strings.Fields(span), "", "")
	s.What.From, _ = clock.ParseDate(parts[0])
	s.What.Until, _ = clock.ParseDate(parts[1])
	return s
}

func stayList(spans ...string) []Stay {
	var out []Stay
	for i, x := range spans {
		out = append(out, stay(i, x))
	}
	return out
}

func TestHowPlacesFollowOnEachOther(t *testing.T) {
	for name, x := range map[string]struct {
		spans   []string
		want    string // id from to days, "*" where somebody lives now
		moves   int
		unknown int
	}{
		"none":                   {nil, "", 0, 0},
		"one":                    {[]string{"2026-11-20"}, "s0 2026-11-20 2026-11-24 4*", 0, 0},
		"two":                    {[]string{"2026-11-01", "2026-11-20"}, "s0 2026-11-01 2026-11-20 19, s1 2026-11-20 2026-11-24 4*", 1, 0},
		"told in another order":  {[]string{"2026-11-20", "2026-11-01"}, "s1 2026-11-01 2026-11-20 19, s0 2026-11-20 2026-11-24 4*", 1, 0},
		"a gap between":          {[]string{"2026-10-01 2026-10-11", "2026-11-20"}, "s0 2026-10-01 2026-10-11 10, s1 2026-11-20 2026-11-24 4*", 1, 0},
		"left, to nobody knows":  {[]string{"2026-10-01 2026-10-11"}, "s0 2026-10-01 2026-10-11 10", 0, 0},
		"a day that is unknown":  {[]string{"", "2026-11-20"}, "s0  2026-11-20 -1, s1 2026-11-20 2026-11-24 4*", 1, 0},
		"two unknown days":       {[]string{"", ""}, "s0   -1, s1  2026-11-24 -1*", 0, 1},
		"a place beside another": {[]string{"2026-11-01", "~2026-11-05 2026-11-08", "2026-11-20"}, "s0 2026-11-01 2026-11-20 19, s1 2026-11-05 2026-11-08 3, s2 2026-11-20 2026-11-24 4*", 1, 0},
		"beside, and still":      {[]string{"2026-11-01", "~2026-11-05"}, "s0 2026-11-01 2026-11-24 23*, s1 2026-11-05 2026-11-24 19*", 0, 0},
		"one that is to come":    {[]string{"2026-11-01", "2026-12-01"}, "s0 2026-11-01 2026-11-24 23*, s1 2026-12-01  -1", 0, 0},
		"more than a year ago":   {[]string{"2024-01-01", "2025-11-24", "2025-11-25"}, "s0 2024-01-01 2025-11-24 693, s1 2025-11-24 2025-11-25 1, s2 2025-11-25 2026-11-24 364*", 1, 0},
	} {
		legs := Legs(stayList(x.spans...), today)
		var got []string
		for _, l := range legs {
			s := fmt.Sprintf("%s %s %s %d", l.ID, l.From, l.To, l.Days)
			if l.Now {
				s += "*"
			}
			got = append(got, s)
		}
		if strings.Join(got, ", ") != x.want {
			t.Errorf("%s:\n got %s\nwant %s", name, strings.Join(got, ", "), x.want)
		}
		if n, u := MovesSince(legs, today.AddDays(-365), today); n != x.moves || u != x.unknown {
			t.Errorf("%s: moved %d times and %d that nobody knows the day of", name, n, u)
		}
	}
	removed := stayList("2026-11-01", "2026-11-20")
	removed[1].Removed = time.Unix(9, 0)
	if l, ok := Current(Legs(removed, today)); !ok || l.ID != "s0" {
		t.Error("a place that was taken back is still where somebody lives")
	}
	if l, ok := Current(Legs(stayList("2026-11-01", "~2026-11-05"), today)); !ok || l.ID != "s0" {
		t.Error("a place beside another is where somebody lives")
	}
}

// Places that a form lets in never share a day unless it was said, and the lengths of all and of what lies between them
// add up to the whole time.
func TestLengthsAddUp(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		var ss []Stay
		for i := range rapid.IntRange(1, 12).Draw(r, "n") {
			from := today.AddDays(-rapid.IntRange(0, 400).Draw(r, "from"))
			in := StayInput{Kind: "coa", Reason: "coa", From: from.String(), Beside: rapid.IntRange(0, 9).Draw(r, "beside") == 0}
			if rapid.Bool().Draw(r, "ends") {
				if until := from.AddDays(rapid.IntRange(1, 90).Draw(r, "until")); !until.After(today) {
					in.Until = until.String()
				}
			}
			x, fs := in.Check(Legs(ss, today), today)
			if len(fs) > 0 {
				if keys(fs) != "beside overlap" {
					r.Fatalf("refused for %s", keys(fs))
				}
				continue
			}
			ss = append(ss, Stay{ID: fmt.Sprint("s", i), At: time.Unix(int64(i), 0), What: x})
		}
		legs := slices.DeleteFunc(Legs(ss, today), func(l Leg) bool { return l.What.Beside })
		if len(legs) == 0 {
			return
		}
		sum, end := 0, legs[0].From
		for _, l := range legs {
			if l.From.Before(end) {
				r.Fatalf("%s begins on %s, before the one before it ends on %s", l.ID, l.From, end)
			}
			if l.Days < 0 || l.Days != l.From.DaysUntil(l.To) {
				r.Fatalf("%s lasts %d days, from %s to %s", l.ID, l.Days, l.From, l.To)
			}
			sum, end = sum+end.DaysUntil(l.From)+l.Days, l.To
		}
		if whole := legs[0].From.DaysUntil(end); sum != whole {
			r.Fatalf("the lengths and the gaps are %d days, the whole time is %d", sum, whole)
		}
		if n, _ := MovesSince(legs, clock.Date{}, today); n != len(legs)-1 {
			r.Fatalf("%d places, and %d moves", len(legs), n)
		}
		months := Months(Legs(ss, today))
		n := 0
		for _, m := range months {
			if m != "" {
				n++
			}
		}
		if n != len(legs)-1 || len(months) != len(ss) {
			r.Fatalf("%d moves are counted in a month, of %d", n, len(legs)-1)
		}
	})
}

func TestTheFormOfAPlace(t *testing.T) {
	good := StayInput{Kind: "coa", Name: "azc Zeist", Town: "Zeist", From: "2026-11-01", Reason: "coa"}
	for name, x := range map[string]struct {
		change func(in *StayInput)
		want   string
	}{
		"good":                 {func(*StayInput) {}, ""},
		"everything unknown":   {func(in *StayInput) { *in = StayInput{Kind: "unknown", Reason: "unknown"} }, ""},
		"empty":                {func(in *StayInput) { *in = StayInput{} }, "kind kind, reason reason"},
		"an address":           {func(in *StayInput) { in.Name, in.Town = "azc Zeist, kamer 4", "3531 CJ Utrecht" }, "town address, name address"},
		"a BSN":                {func(in *StayInput) { in.Town = "BSN 111222333" }, "town bsn, town address"},
		"too long":             {func(in *StayInput) { in.Name = strings.Repeat("x", 121) }, "name long"},
		"no such day":          {func(in *StayInput) { in.From = "2026-02-30" }, "from day"},
		"left before it began": {func(in *StayInput) { in.Until = "2026-11-01" }, "until until"},
		"far ahead":            {func(in *StayInput) { in.From = "2027-03-01" }, "from far"},
		"a permit to come":     {func(in *StayInput) { in.Permit = "2026-11-25" }, "permit future"},
		"a school nobody has":  {func(in *StayInput) { in.School = "burned" }, "school choose"},
		"days that are shared": {func(in *StayInput) { in.From = "2026-10-05" }, "beside overlap"},
		"and it was said":      {func(in *StayInput) { in.From, in.Beside = "2026-10-05", true }, ""},
		"the same day":         {func(in *StayInput) { in.From = "2026-10-01" }, "beside overlap"},
		"around another":       {func(in *StayInput) { in.From, in.Until = "2026-09-20", "2026-10-02" }, "beside overlap"},
		"just before another":  {func(in *StayInput) { in.From, in.Until = "2026-09-20", "2026-10-01" }, ""},
		"on the day of leave":  {func(in *StayInput) { in.From = "2026-10-10" }, ""},
	} {
		in := good
		x.change(&in)
		if _, fs := in.Check(Legs(stayList("2026-10-01 2026-10-10"), today), today); keys(fs) != x.want {
			t.Errorf("%s: %q, not %q", name, keys(fs), x.want)
		}
	}
}

func TestWhatALawSaysAboutAPlace(t *testing.T) {
	at := func(kind, reason string, days int, permit int) []Leg {
		s := stay(0, today.AddDays(-days).String())
		s.What.Kind, s.What.Reason = kind, reason
		if permit > 0 {
			s.What.Permit = today.AddDays(-permit)
		}
		return Legs([]Stay{s}, today)
	}
	for name, x := range map[string]struct {
		legs []Leg
		want string
	}{
		"nowhere":                    {nil, ""},
		"just moved by COA":          {at("coa", "coa", 0, 0), "transfer 2"},
		"on the last day":            {at("coa", "coa", 2, 0), "transfer 0"},
		"a day later":                {at("coa", "coa", 3, 0), ""},
		"moved by own wish":          {at("coa", "wish", 0, 0), ""},
		"a home":                     {at("own", "housing", 1, 0), "register 4"},
		"a home, a month ago":        {at("own", "housing", 31, 0), ""},
		"waits fourteen weeks":       {at("coa", "first", 200, 98), ""},
		"waits a day longer":         {at("coa", "first", 200, 99), "home 99"},
		"has a home, and waited":     {at("own", "housing", 200, 99), ""},
		"in emergency shelter, long": {at("emergency", "first", 200, 120), "home 120"},
	} {
		var got []string
		for _, n := range Norms(x.legs, today) {
			got = append(got, fmt.Sprint(n.Name, " ", n.Days))
		}
		if strings.Join(got, ", ") != x.want {
			t.Errorf("%s: %v, not %q", name, got, x.want)
		}
	}
}

func TestWhenAnAddressMayBeShown(t *testing.T) {
	now := time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	asked := Request{What: Reveal, AskedBy: "u-amira", Asked: now}
	for name, x := range map[string]struct {
		who   string
		leads bool
		after time.Duration
		want  bool
	}{
		"a leader":              {"u-noor", true, time.Minute, true},
		"a leader, at the end":  {"u-noor", true, AskLasts - 1, true},
		"a leader, too late":    {"u-noor", true, AskLasts, false},
		"the asker, who leads":  {"u-amira", true, time.Minute, false},
		"a colleague":           {"u-marwan", false, time.Minute, false},
		"before it was decided": {"u-noor", true, 0, true},
	} {
		if got := asked.MayDecide(x.who, x.leads, now.Add(x.after)); got != x.want {
			t.Errorf("%s: %v", name, got)
		}
	}
	granted := asked
	granted.Decided, granted.DecidedBy, granted.Granted = now, "u-noor", true
	shown, refused, unguard := granted, granted, granted
	shown.Shown, refused.Granted, unguard.What = now, false, Unguard
	if granted.MayDecide("u-noor", true, now) {
		t.Error("what was decided can be decided again")
	}
	for name, x := range map[string]struct {
		r     Request
		after time.Duration
		want  bool
	}{
		"granted": {granted, ShowLasts - 1, true}, "too late": {granted, ShowLasts, false}, "not decided": {asked, 0, false}, "used": {shown, 1, false}, "refused": {refused, 1, false}, "another request": {unguard, 1, false},
	} {
		if got := x.r.Usable(now.Add(x.after)); got != x.want {
			t.Errorf("%s: %v", name, got)
		}
	}
	for w, want := range map[Why]string{
		{"visit", "Ik ga langs met de post"}: "", {"", ""}: "cause cause, words why", {"visit", "  ja  "}: "words why", {"because", "hij vroeg het"}: "cause cause",
		{"other", "BSN 111222333"}: "words bsn", {"other", strings.Repeat("x", 501)}: "words long",
	} {
		if got := keys(CheckWhy(w)); got != want {
			t.Errorf("%v: %q", w, got)
		}
	}
	for a, want := range map[Address][2]string{{"Vogelkersstraat 7\n3541 BX Utrecht", "bel eerst"}: {"", "lines both"}, {}: {"lines lines", ""}, {"", "bel eerst"}: {"lines lines", ""}, {"111222333", ""}: {"lines bsn", "lines bsn, lines both"}} {
		for i, remove := range []bool{false, true} {
			if got := keys(CheckAddress(a, remove)); got != want[i] {
				t.Errorf("%v, taken away %v: %q", a, remove, got)
			}
		}
	}
}

func TestHowItIsToLiveThere(t *testing.T) {
	given := map[string]string{"sleep": "bad", "food": "poor", "heating": "good", "crowd": "bad"}
	x, fs := CheckCondition(func(a string) string { return given[a] }, "koud")
	if len(fs) > 0 || strings.Join(x.Worst(), " ") != "sleep crowd food" {
		t.Errorf("%v %s", x.Worst(), keys(fs))
	}
	if _, fs := CheckCondition(func(string) string { return "" }, ""); keys(fs) != "sleep nothing" {
		t.Error(keys(fs))
	}
	if _, fs := CheckCondition(func(string) string { return "" }, "alleen woorden"); len(fs) > 0 {
		t.Error(keys(fs))
	}
	if _, fs := CheckCondition(func(a string) string { return map[string]string{"food": "yum"}[a] }, ""); keys(fs) != "food choose" {
		t.Error(keys(fs))
	}
}
