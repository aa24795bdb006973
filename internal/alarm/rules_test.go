package alarm

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/fault"
)

// friday is when a worker hears that somebody will be put on a plane on Sunday.
var friday = time.Date(2026, time.November, 27, 16, 40, 0, 0, clock.Netherlands)

func faults(fs fault.Fields) string {
	var out []string
	for _, f := range fs {
		out = append(out, f.Name+" "+strings.TrimPrefix(f.Key, "alarm.error."))
	}
	return strings.Join(out, ", ")
}

func TestNothingIsRequiredToRaiseAnAlarm(t *testing.T) {
	d, fs := Ask{}.Check(friday)
	if len(fs) != 0 || !d.Due.IsZero() || d.Held != "unknown" {
		t.Errorf("%+v %s", d, faults(fs))
	}
	d, fs = Ask{Day: "2026-11-29", Hour: "7:15", Held: "detention", Where: " Rotterdam ", Flight: "TK1952"}.Check(friday)
	if len(fs) != 0 || !d.Due.Equal(time.Date(2026, 11, 29, 7, 15, 0, 0, clock.Netherlands)) || !d.Exact || d.Where != "Rotterdam" {
		t.Errorf("%+v %s", d, faults(fs))
	}
}

func TestAllFaultsOfAnAlarmAreNamedAtOnce(t *testing.T) {
	for name, c := range map[string]struct {
		in   Ask
		want string
	}{
		"an hour without a day":   {Ask{Hour: "7:15"}, "day day.hour"},
		"no day":                  {Ask{Day: "31-02"}, "day day"},
		"a year too far":          {Ask{Day: "2028-11-29"}, "day day.far"},
		"the day before":          {Ask{Day: "2026-11-26"}, ""},
		"long ago":                {Ask{Day: "2026-11-20"}, "day day.far"},
		"no hour":                 {Ask{Day: "2026-11-29", Hour: "25:00"}, "hour hour"},
		"a place that is not one": {Ask{Held: "moon"}, "held held"},
		"a BSN everywhere":        {Ask{Where: "111222333", Flight: "111222333", Note: "111222333"}, "where bsn, flight bsn, note bsn"},
		"everything too long":     {Ask{Where: strings.Repeat("x", 121), Note: strings.Repeat("x", 1001), Hour: "1"}, "where long, note long, day day.hour"},
	} {
		if _, fs := c.in.Check(friday); faults(fs) != c.want {
			t.Errorf("%s: %q, want %q", name, faults(fs), c.want)
		}
	}
}

func TestHoursAreReadAsPeopleWriteThem(t *testing.T) {
	for s, want := range map[string]string{"7": "7:00", "07:15": "7:15", "7.15": "7:15", "0715": "7:15", "7u15": "7:15", "7u": "7:00", "23:59": "23:59", "24:00": "", "7:60": "", "x": "", "-1": ""} {
		h, m, ok := readHour(s)
		if got := fmt.Sprintf("%d:%02d", h, m); (want != "") != ok || ok && got != want {
			t.Errorf("%q: %s %v", s, got, ok)
		}
	}
}

func TestTheTimeThatIsLeft(t *testing.T) {
	at := func(d time.Duration) Danger { return Danger{Due: friday.Add(d), Exact: true} }
	for name, c := range map[string]struct {
		d    Danger
		want Left
	}{
		"unknown":                     {Danger{}, Left{Key: "unknown"}},
		"sunday morning":              {at(38*time.Hour + 35*time.Minute), Left{"hours", 38, 35}},
		"within the hour":             {at(59 * time.Minute), Left{"minutes", 59, 0}},
		"the last seconds":            {at(20 * time.Second), Left{"minutes", 1, 0}},
		"exactly now":                 {at(0), Left{Key: "over"}},
		"a moment ago":                {at(-time.Minute), Left{Key: "over"}},
		"three days":                  {at(72 * time.Hour), Left{"days", 3, 0}},
		"just under three days":       {at(72*time.Hour - time.Minute), Left{"hours", 71, 59}},
		"today, nobody knows when":    {Danger{Due: time.Date(2026, 11, 27, 0, 0, 0, 0, clock.Netherlands)}, Left{Key: "today"}},
		"yesterday, nobody knew when": {Danger{Due: time.Date(2026, 11, 26, 0, 0, 0, 0, clock.Netherlands)}, Left{Key: "over"}},
	} {
		if got := c.d.Left(friday); got != c.want {
			t.Errorf("%s: %+v, want %+v", name, got, c.want)
		}
	}
	if !(Danger{}).Urgent(friday) || !at(23*time.Hour).Urgent(friday) || at(25*time.Hour).Urgent(friday) {
		t.Error("urgent is what nobody knows, and less than a day")
	}
}

func TestTheEuropeanCourtReadsOnWorkingDays(t *testing.T) {
	day := func(d, h, m int) time.Time { return time.Date(2026, 11, d, h, m, 0, 0, clock.Netherlands) }
	for name, c := range map[string]struct {
		now, reads time.Time
		open       bool
	}{
		"friday, twenty to five": {friday, day(30, 8, 0), false},
		"friday at noon":         {day(27, 12, 0), day(27, 12, 0), true},
		"friday at four sharp":   {day(27, 16, 0), day(30, 8, 0), false},
		"a minute before":        {day(27, 15, 59), day(27, 15, 59), true},
		"saturday":               {day(28, 10, 0), day(30, 8, 0), false},
		"monday before eight":    {day(30, 7, 59), day(30, 8, 0), false},
		"monday at eight":        {day(30, 8, 0), day(30, 8, 0), true},
	} {
		if reads, open := Court(c.now); open != c.open || !reads.Equal(c.reads) {
			t.Errorf("%s: %v %v", name, reads, open)
		}
	}
	sunday := Danger{Due: time.Date(2026, 11, 29, 7, 15, 0, 0, clock.Netherlands), Exact: true}
	if !CourtTooLate(sunday, friday) {
		t.Error("on Friday at 16:40 the Court does not read before a flight on Sunday")
	}
	if CourtTooLate(sunday, day(27, 12, 0)) || CourtTooLate(Danger{}, friday) || CourtTooLate(Danger{Due: day(30, 8, 1)}, friday) {
		t.Error("the Court reads in time, or nobody knows when it will be")
	}
}

func TestTheSoonestStandsFirst(t *testing.T) {
	as := []Alarm{{ID: "d", At: friday}, {ID: "c", At: friday.Add(-time.Hour)}, {ID: "b", Danger: Danger{Due: friday.Add(9 * time.Hour)}}, {ID: "a", Danger: Danger{Due: friday.Add(time.Hour)}}}
	slices.SortFunc(as, Sooner)
	var got string
	for _, x := range as {
		got += x.ID
	}
	if got != "abcd" {
		t.Error(got)
	}
}

func TestAMistakeIsExplainedAndThePressWaitsForAYes(t *testing.T) {
	for name, c := range map[string]struct {
		fs   fault.Fields
		want string
	}{
		"no outcome":         {second(End{}.Check()), "outcome outcome"},
		"a mistake, no word": {second(End{Outcome: "mistake"}.Check()), "end short"},
		"stopped, no word":   {second(End{Outcome: "stopped"}.Check()), ""},
		"nothing done":       {second(Did{}.Check()), "kind kind, result result"},
		"press, no consent":  {second(Did{Kind: "press", Result: "tried"}.Check()), "consent consent"},
		"press, not needed":  {second(Did{Kind: "press", Result: "none"}.Check()), ""},
		"press, consent":     {second(Did{Kind: "press", Result: "done", Consent: true}.Check()), ""},
		"lawyer":             {second(Did{Kind: "lawyer", Result: "done"}.Check()), ""},
		"what is no step":    {second(Did{Kind: "ended", Result: "done"}.Check()), "kind kind"},
	} {
		if faults(c.fs) != c.want {
			t.Errorf("%s: %q, want %q", name, faults(c.fs), c.want)
		}
	}
}

func second[A, B any](_ A, b B) B { return b }

func TestWhatWasTakenBackDoesNotStand(t *testing.T) {
	got := Standing([]Step{{Kind: raised}, {Kind: "lawyer", Result: "tried"}, {Kind: "ind"}, {Kind: "medical", Result: "done"}, {Kind: "lawyer", Result: "done", MadeBy: "x"}, {Kind: "medical", Result: "open"}})
	if len(got) != 1 || got["lawyer"].Result != "done" || got["lawyer"].MadeBy != "x" {
		t.Errorf("%+v", got)
	}
}

func TestWhoIsToldOfAnAlarm(t *testing.T) {
	p := Posted{Alarm: Alarm{Team: "t-utrecht", State: Running}, Region: "r-midden", Helpers: []string{"user:u-amira", "team:t-x"}, Taken: []string{"u-taker"}}
	post := func(id string, r access.Role, k access.ScopeKind, at string, holders ...string) access.Actor {
		return access.Actor{Kind: access.Staff, ID: id, Holders: append(holders, "user:"+id), Posts: []access.Post{{Role: r, Scope: access.Scope{Kind: k, ID: at}}}}
	}
	for name, c := range map[string]struct {
		a             access.Actor
		knows, renews bool
	}{
		"who helps":                        {post("u-amira", access.Case, access.Team, "t-utrecht"), true, false},
		"a team that helps":                {post("u-1", access.Case, access.Team, "t-x", "team:t-x"), true, false},
		"who took it":                      {post("u-taker", access.Case, access.Team, "t-else"), true, false},
		"the lead":                         {post("u-2", access.Lead, access.Team, "t-utrecht"), true, true},
		"the lead of another team":         {post("u-3", access.Lead, access.Team, "t-else"), false, false},
		"legal of the team":                {post("u-4", access.Legal, access.Team, "t-utrecht"), true, false},
		"legal of the region":              {post("u-5", access.Legal, access.InRegion, "r-midden"), true, false},
		"legal of another region":          {post("u-6", access.Legal, access.InRegion, "r-oost"), false, false},
		"the manager of the region":        {post("u-7", access.Region, access.InRegion, "r-midden"), true, true},
		"the national desk":                {post("u-8", access.Region, access.National, ""), true, true},
		"a caseworker of the same team":    {post("u-9", access.Case, access.Team, "t-utrecht"), false, false},
		"the desk":                         {post("u-10", access.Desk, access.AtDesk, "d-overvecht"), false, false},
		"the administrator":                {post("u-11", access.Admin, access.National, ""), false, false},
		"the privacy officer":              {post("u-12", access.Privacy, access.National, ""), false, false},
		"a refugee with a post in a dream": {access.Actor{Kind: access.IsSelf, ID: "p-1", Posts: []access.Post{{Role: access.Lead, Scope: access.Scope{Kind: access.Team, ID: "t-utrecht"}}}}, false, false},
		"a lead here, legal elsewhere":     {access.Actor{Kind: access.Staff, ID: "u-13", Posts: []access.Post{{Role: access.Legal, Scope: access.Scope{Kind: access.Team, ID: "t-utrecht"}}, {Role: access.Lead, Scope: access.Scope{Kind: access.Team, ID: "t-else"}}}}, true, false},
	} {
		if got := p.Knows(c.a); got != c.knows {
			t.Errorf("%s knows: %v", name, got)
		}
		if got := p.Renews(c.a); got != c.renews {
			t.Errorf("%s renews: %v", name, got)
		}
	}
	if (Posted{Alarm: Alarm{State: Running}}).Knows(post("u-2", access.Lead, access.Team, "")) {
		t.Error("an alarm of no team and a post of no team do not meet")
	}
}

func TestAGroupIsChosenByWhatIsObjective(t *testing.T) {
	for name, c := range map[string]struct {
		in   CriteriaIn
		want string
	}{
		"nothing":                 {CriteriaIn{}, "origins criteria"},
		"only a place":            {CriteriaIn{Place: "team:t-utrecht"}, "origins criteria"},
		"an origin":               {CriteriaIn{Origins: []string{"ER"}}, ""},
		"who has none":            {CriteriaIn{Unknown: true}, ""},
		"another country":         {CriteriaIn{Other: "Bhutan"}, ""},
		"no such origin":          {CriteriaIn{Origins: []string{"ZZ"}}, "origins origin, origins criteria"},
		"a place of no kind":      {CriteriaIn{Removal: true, Place: "street:x"}, "place place"},
		"days in the wrong order": {CriteriaIn{From: "2026-11-02", To: "2026-11-01"}, "to order"},
		"a decision to come":      {CriteriaIn{From: "2026-12-01"}, "from from"},
		"no days":                 {CriteriaIn{From: "x", To: "y"}, "from day, to day"},
	} {
		if _, fs := c.in.Check(friday); faults(fs) != c.want {
			t.Errorf("%s: %q, want %q", name, faults(fs), c.want)
		}
	}
	c, _ := CriteriaIn{Origins: []string{"ER", "ER"}, Other: "Eritrese / Bhutan", From: "2026-10-01"}.Check(friday)
	if !slices.Equal(c.Origins, []string{"ER", "~bhutan"}) || !c.Decided {
		t.Errorf("%+v", c)
	}
}

func TestNobodyCountsBeyondTheirPost(t *testing.T) {
	all := []TeamAt{{"t-a", "r-1"}, {"t-b", "r-1"}, {"t-c", "r-2"}}
	within := func(r Reach) (out []TeamAt) {
		for _, x := range all {
			if r.Holds(x.ID, x.Region) {
				out = append(out, x)
			}
		}
		return out
	}
	for name, c := range map[string]struct {
		r    Reach
		c    Criteria
		at   string
		want string
		ok   bool
	}{
		"the country":             {Reach{All: true}, Criteria{}, "", "", true},
		"a region of the country": {Reach{All: true}, Criteria{Region: "r-1"}, "", "t-a t-b", true},
		"a region":                {Reach{Regions: []string{"r-1"}}, Criteria{}, "", "t-a t-b", true},
		"another region":          {Reach{Regions: []string{"r-1"}}, Criteria{Region: "r-2"}, "", "", false},
		"a team":                  {Reach{Teams: []string{"t-c"}}, Criteria{}, "", "t-c", true},
		"another team":            {Reach{Teams: []string{"t-c"}}, Criteria{Team: "t-a"}, "", "", false},
		"a location":              {Reach{Teams: []string{"t-c"}}, Criteria{Location: "l-1"}, "t-c", "t-c", true},
		"a location elsewhere":    {Reach{Teams: []string{"t-c"}}, Criteria{Location: "l-2"}, "t-a", "", false},
		"a location that is none": {Reach{All: true}, Criteria{Location: "l-0"}, "", "", false},
		"no post":                 {Reach{}, Criteria{}, "", "", false},
	} {
		teams, ok := c.r.Narrow(c.c, within(c.r), c.at)
		if ok != c.ok || strings.Join(teams, " ") != c.want {
			t.Errorf("%s: %v %v", name, teams, ok)
		}
	}
}

// What is told of a number never tells whether one person is in it, unless they are the fifth.
func TestANumberIsTooRoughToFindSomebodyIn(t *testing.T) {
	for n, want := range map[int]int{0: 0, 1: 0, 4: 0, 5: 5, 9: 5, 10: 10, 1234: 1230} {
		if got := Told(n); got != want {
			t.Errorf("%d is told as %d", n, got)
		}
	}
	rapid.Check(t, func(r *rapid.T) {
		n := rapid.IntRange(0, 1_000_000).Draw(r, "n")
		if got := Told(n); got > n || n-got >= countStep || got%countStep != 0 || got != 0 && got < countStep {
			r.Fatalf("%d is told as %d", n, got)
		}
	})
}

func TestWhoLooksBackIsSomebodyElse(t *testing.T) {
	a := Alarm{State: Ended, MadeBy: "u-1", EndedBy: "u-2"}
	if a.MayReview("u-1") || a.MayReview("u-2") || !a.MayReview("u-3") || (Alarm{State: Running}).MayReview("u-3") {
		t.Error("not who raised it, not who ended it, and not before it ended")
	}
	a.EndedAt = friday
	if !a.Undoable(friday.Add(Undo-time.Second)) || a.Undoable(friday.Add(Undo)) {
		t.Error("an end is taken back within a day")
	}
	if (Alarm{State: Running, RenewBy: friday}).Opens(friday) || !(Alarm{State: Running, RenewBy: friday.Add(1)}).Opens(friday) || (Alarm{State: Ended, RenewBy: friday.Add(1)}).Opens(friday) {
		t.Error("an alarm opens until it must be renewed")
	}
}
