package feedback

import (
	"slices"
	"strings"
	"testing"
	"time"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/fault"
)

func day(s string) clock.Date {
	d, err := clock.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

// working has Saturdays and Sundays and one holiday: second Christmas day 2026, a Saturday, and Christmas, a Friday.
func working(d clock.Date) bool {
	return d.Weekday() != time.Saturday && d.Weekday() != time.Sunday && d != day("2026-12-25")
}

func TestTheDatesOfAComplaint(t *testing.T) {
	for sent, want := range map[string][2]string{
		"2026-11-24": {"2026-12-01", "2027-01-05"}, // a Tuesday, five working days, six weeks
		"2026-11-27": {"2026-12-04", "2027-01-08"}, // a Friday
		"2026-11-28": {"2026-12-04", "2027-01-09"}, // a Saturday: Monday is the first
		"2026-12-21": {"2026-12-29", "2027-02-01"}, // over Christmas
	} {
		ack, decide := Assumed.Dates(day(sent), working)
		if ack.String() != want[0] || decide.String() != want[1] {
			t.Errorf("%s: %s and %s, not %v", sent, ack, decide, want)
		}
	}
}

func post(id string, r access.Role, k access.ScopeKind, place string) access.Actor {
	return access.Actor{Kind: access.Staff, ID: id, Posts: []access.Post{{Role: r, Scope: access.Scope{Kind: k, ID: place}}}}
}

func TestAComplaintLandsAboveWhomItIsAbout(t *testing.T) {
	type person struct {
		name string
		access.Actor
	}
	cast := []person{
		{"desk", post("u-ria", access.Desk, access.AtDesk, "d-overvecht")},
		{"case", post("u-amira", access.Case, access.Team, "t-utrecht")},
		{"legal", post("u-marwan", access.Legal, access.Team, "t-utrecht")},
		{"lead", post("u-noor", access.Lead, access.Team, "t-utrecht")},
		{"lead2", post("u-tweede", access.Lead, access.Team, "t-utrecht")},
		{"elsewhere", post("u-zwolle", access.Lead, access.Team, "t-zwolle")},
		{"region", post("u-els", access.Region, access.InRegion, "r-midden")},
		{"far", post("u-far", access.Region, access.InRegion, "r-oost")},
		{"nation", post("u-land", access.Region, access.National, "")},
		{"privacy", post("u-pieter", access.Privacy, access.National, "")},
		{"admin", post("u-beheer", access.Admin, access.National, "")},
	}
	without := func(names ...string) []person {
		return slices.DeleteFunc(slices.Clone(cast), func(p person) bool { return slices.Contains(names, p.name) })
	}
	here := Complaint{Team: "t-utrecht", Region: "r-midden"}
	about := func(c Complaint, id, level, involved string) Complaint {
		c.Against, c.Level, c.Involved = id, level, involved
		return c
	}
	for what, c := range map[string]struct {
		who []person
		Complaint
		want string
	}{
		"a volunteer at a desk":                  {cast, about(here, "u-ria", OfTeam, ""), "lead lead2 region nation"},
		"a caseworker":                           {cast, about(here, "u-amira", OfTeam, "u-amira"), "lead lead2 region nation"},
		"a legal worker":                         {cast, about(here, "u-marwan", OfTeam, "u-amira u-marwan"), "lead lead2 region nation"},
		"the leader of the team":                 {cast, about(here, "u-noor", OfLead, ""), "region nation"},
		"a leader who works here for once":       {cast, about(here, "u-zwolle", OfLead, ""), "region nation"},
		"the regional manager":                   {cast, about(here, "u-els", OfRegion, ""), "nation"},
		"the one with nobody above":              {without("nation"), about(here, "u-els", OfRegion, ""), "privacy"},
		"a manager of the country":               {cast, about(here, "u-land", OfNation, ""), "privacy"},
		"the privacy officer":                    {cast, about(here, "u-pieter", OfOffice, ""), "region nation"},
		"an administrator":                       {cast, about(here, "u-beheer", OfOffice, ""), "region nation"},
		"nobody by name":                         {cast, about(here, "", "", "u-amira u-marwan u-noor u-ria u-tweede"), "region nation"},
		"nobody by name, with no region manager": {without("region", "nation"), about(here, "", "", "u-noor"), "privacy"},
		"a leader, without a name":               {cast, about(here, "", OfLead, ""), "region nation"},
		"a regional manager, without a name":     {cast, about(here, "", OfRegion, ""), "nation"},
		"the top, without a name":                {cast, about(here, "", OfNation, ""), "privacy"},
		"a colleague, where a leader took part":  {cast, about(here, "u-amira", OfTeam, "u-amira u-noor"), "lead2 region nation"},
		"what all of the line took part in":      {cast, about(here, "u-amira", OfTeam, "u-noor u-tweede u-els u-land"), "privacy"},
		"what everybody took part in":            {cast, about(here, "u-amira", OfTeam, "u-noor u-tweede u-els u-land u-pieter"), ""},
		"nobody knows where":                     {cast, Complaint{}, "region far nation"},
		"a regional manager, nobody knows where": {cast, Complaint{Level: OfRegion}, "nation"},
		"a colleague far away":                   {cast, about(Complaint{Team: "t-x", Region: "r-oost"}, "u-x", OfTeam, ""), "far nation"},
	} {
		left := !slices.ContainsFunc(c.who, func(p person) bool { return Handles(p.Actor, c.Complaint, false) })
		var got []string
		for _, p := range c.who {
			if Handles(p.Actor, c.Complaint, left) {
				got = append(got, p.name)
			}
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s: %v, not %s", what, got, c.want)
		}
	}
	began := about(here, "u-amira", OfTeam, "")
	began.Handler = "u-pieter"
	if !Handles(cast[9].Actor, began, false) {
		t.Error("a privacy officer loses what they began")
	}
	if self := (access.Actor{Kind: access.IsSelf, ID: "p-x", Posts: cast[6].Posts}); Handles(self, here, true) {
		t.Error("somebody who does not work here handles it")
	}
}

func TestHowHighSomebodyStands(t *testing.T) {
	for _, c := range []struct {
		role  access.Role
		scope access.ScopeKind
		want  string
	}{
		{access.Desk, access.AtDesk, OfTeam}, {access.Case, access.Team, OfTeam}, {access.Legal, access.National, OfTeam}, {access.Lead, access.Team, OfLead},
		{access.Region, access.InRegion, OfRegion}, {access.Region, access.National, OfNation}, {access.Admin, access.National, OfOffice}, {access.Privacy, access.National, OfOffice},
	} {
		p := access.Post{Role: c.role, Scope: access.Scope{Kind: c.scope}}
		if got := LevelOf([]access.Post{p}); got != c.want {
			t.Errorf("%s: %s, not %s", c.role, got, c.want)
		}
		top := access.Post{Role: access.Region, Scope: access.Scope{Kind: access.InRegion}}
		if c.want != OfNation && (LevelOf([]access.Post{p, top}) != OfRegion || LevelOf([]access.Post{top, p}) != OfRegion) {
			t.Errorf("%s brings a regional manager down", c.role)
		}
	}
	if LevelOf(nil) != OfTeam {
		t.Error("no post stands high")
	}
}

func TestTheStepsOfAComplaint(t *testing.T) {
	c := Complaint{Day: day("2026-11-24"), Ack: day("2026-12-01"), Decide: day("2027-01-05"), More: 4}
	if d, s := c.Due(); s != Acknowledged || d != c.Ack {
		t.Error(d, s)
	}
	if c.May(Reopened) {
		t.Error("what is open is opened again")
	}
	c = c.After(StepInput{Step: Acknowledged}, "u-els", day("2026-11-25"))
	if d, s := c.Due(); s != Decided || d != c.Decide || c.Handler != "u-els" || c.May(Acknowledged) {
		t.Error(d, s, c.Handler)
	}
	c = c.After(StepInput{Step: Extended}, "u-noor", day("2026-12-20"))
	if c.Decide != day("2027-02-02") || c.May(Extended) || c.Handler != "u-els" {
		t.Errorf("%+v", c)
	}
	if c = c.After(StepInput{Step: Taken}, "u-noor", day("2026-12-21")); c.Handler != "u-noor" {
		t.Error("nobody took it over")
	}
	c = c.After(StepInput{Step: Decided, Outcome: "partly"}, "u-noor", day("2027-01-10"))
	if c.Open() || c.May(Decided) || c.May(Extended) || c.May(Taken) || !c.May(Reopened) {
		t.Errorf("%+v", c)
	}
	if d, s := c.Due(); !d.IsZero() || s != "" {
		t.Error("something is due after the end")
	}
	if c = c.After(StepInput{Step: Reopened}, "u-noor", day("2027-01-11")); !c.Open() || c.Outcome != "" {
		t.Errorf("%+v", c)
	}
	straight := Complaint{}.After(StepInput{Step: Decided, Outcome: "right"}, "u-els", day("2026-11-25"))
	if straight.Acked.IsZero() {
		t.Error("a decision acknowledges")
	}
}

func TestWhatMustBeSaid(t *testing.T) {
	for what, c := range map[string]struct {
		got  fault.Fields
		want int
	}{
		"an empty note":           {NoteInput{}.Check(), 3},
		"a note":                  {NoteInput{Feel: "bad", About: "desk", Name: "without"}.Check(), 0},
		"a note with a BSN":       {NoteInput{Feel: "bad", About: "desk", Name: "with", Text: "111222333"}.Check(), 1},
		"an empty complaint":      {ComplaintInput{}.Check(nil), 2},
		"against anybody":         {ComplaintInput{Subject: "mistake", Against: "u-x", Text: "x"}.Check([]string{"u-y"}), 1},
		"too long a complaint":    {ComplaintInput{Subject: "mistake", Text: strings.Repeat("x", mostText+1)}.Check(nil), 1},
		"a decision without more": {StepInput{Step: Decided}.Check(), 2},
		"an acknowledgement":      {StepInput{Step: Acknowledged}.Check(), 0},
		"putting off silently":    {StepInput{Step: Extended, Text: " "}.Check(), 1},
		"an empty offer":          {Said{}.Check(), 2},
		"an offer of what is not": {Said{Joins: []string{"steal"}, Reach: "06"}.Check(), 1},
	} {
		n := len(c.got)
		if n != c.want {
			t.Errorf("%s: %d faults, not %d", what, n, c.want)
		}
	}
	if (NoteInput{Name: "WITH"}).Named() || (NoteInput{}).Named() || !(NoteInput{Name: "with"}).Named() {
		t.Error("a name without a clear yes")
	}
	if _, fs := (TermsInput{Ack: "0", Decide: "x", More: "4", Source: ""}).Check(); len(fs) != 3 {
		t.Error(fs)
	}
}

func TestASmallNumberIsNotTold(t *testing.T) {
	for _, c := range []struct {
		good, soso, bad int
		split, small    bool
	}{{10, 5, 5, true, false}, {10, 0, 5, true, false}, {10, 4, 5, false, false}, {1, 1, 1, false, true}, {0, 0, 0, true, false}} {
		m := Monthly("t", day("2026-11-01"), c.good, c.soso, c.bad)
		if m.Split != c.split || m.All.Small != c.small {
			t.Errorf("%v: %+v", c, m)
		}
	}
}

func TestACodeIsReadAsItIsHeard(t *testing.T) {
	seen := map[string]bool{}
	for range 200 {
		c := NewCode()
		if len(c) != 14 || ReadCode(c) == "" || ReadCode(strings.ToLower(strings.ReplaceAll(c, "-", " "))) != ReadCode(c) || seen[c] {
			t.Fatal(c)
		}
		seen[c] = true
	}
	for _, bad := range []string{"", "ACDE", "ACDE-FGHJ-KMNPQ", "ACDE-FGHJ-KMN0", "'; DROP"} {
		if ReadCode(bad) != "" {
			t.Error(bad)
		}
	}
}
