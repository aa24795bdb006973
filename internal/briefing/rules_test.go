package briefing

// This file tests the rules: who is thought of first, what stands in the way, who must be invited again, and what is hidden.

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/fault"
)

var now = time.Date(2026, time.November, 24, 9, 0, 0, 0, clock.Netherlands)

func TestASessionNamesAllItsFaultsAtOnce(t *testing.T) {
	good := SessionInput{Day: "2026-11-26", Hour: "10:00", Minutes: "90", Location: "l", Kind: "group", Language: "ti", Leader: "u", Interpreter: "none", Seats: "12", Topics: []string{"a"}}
	if s, fs := good.Check(now); len(fs) > 0 || s.At != time.Date(2026, 11, 26, 10, 0, 0, 0, clock.Netherlands) {
		t.Fatalf("%v %v", s.At, fs)
	}
	_, fs := SessionInput{}.Check(now)
	var names []string
	for _, f := range fs {
		names = append(names, f.Name)
	}
	if want := []string{"day", "hour", "minutes", "kind", "seats", "location", "language", "leader", "interpreter", "topic"}; !slices.Equal(names, want) {
		t.Errorf("%v", names)
	}
	for name, c := range map[string]struct {
		change func(*SessionInput)
		field  string
	}{
		"yesterday":      {func(in *SessionInput) { in.Day = "2026-11-23" }, "day"},
		"this morning":   {func(in *SessionInput) { in.Day, in.Hour = "2026-11-24", "08:59" }, "hour"},
		"in two years":   {func(in *SessionInput) { in.Day = "2028-11-26" }, "day"},
		"ten minutes":    {func(in *SessionInput) { in.Minutes = "10" }, "minutes"},
		"a hall":         {func(in *SessionInput) { in.Seats = "61" }, "seats"},
		"nobody":         {func(in *SessionInput) { in.Seats = "0" }, "seats"},
		"a BSN":          {func(in *SessionInput) { in.Interpreter, in.Who = "booked", "111222333" }, "who"},
		"no such how":    {func(in *SessionInput) { in.Interpreter, in.How = "booked", "pigeon" }, "how"},
		"no such gender": {func(in *SessionInput) { in.Interpreter, in.Gender = "booked", "x" }, "gender"},
	} {
		in := good
		c.change(&in)
		if _, fs := in.Check(now); len(fs) != 1 || fs[0].Name != c.field {
			t.Errorf("%s: %v", name, fs)
		}
	}
	one := good
	one.Kind, one.Seats = "single", "40"
	if s, fs := one.Check(now); len(fs) > 0 || s.Seats != 1 {
		t.Errorf("for one person: %d seats, %v", s.Seats, fs)
	}
	none := good
	none.How, none.Gender, none.Who = "phone", "woman", "Tolk 1"
	if s, _ := none.Check(now); s.How+s.Gender+s.Who != "" {
		t.Errorf("an interpreter who is not needed is kept: %+v", s)
	}
}

func TestWhatFallsTogether(t *testing.T) {
	at := func(h, m int) time.Time { return time.Date(2026, 11, 26, h, m, 0, 0, clock.Netherlands) }
	s := Session{ID: "s", Leader: "u", Location: "l", Room: "k", At: at(10, 0), Minutes: 60, Interpreter: "booked"}
	o := Session{ID: "o", Leader: "u", Location: "l", Room: "k", At: at(10, 30), Minutes: 60, Interpreter: "booked"}
	faults := func(s, o Session, same ...string) []string {
		var fs fault.Fields
		Clash(s, []Session{o}, same, &fs)
		var out []string
		for _, f := range fs {
			out = append(out, f.Name)
		}
		return out
	}
	with := func(x Session, change func(*Session)) Session { change(&x); return x }
	for name, c := range map[string]struct {
		got  []string
		want []string
	}{
		"all of it":                   {faults(s, o, "o"), []string{"leader", "room", "who"}},
		"itself":                      {faults(s, with(o, func(x *Session) { x.ID = "s" }), "s"), nil},
		"one after the other":         {faults(s, with(o, func(x *Session) { x.At = at(11, 0) }), "o"), nil},
		"one before the other":        {faults(s, with(o, func(x *Session) { x.At = at(9, 0) }), "o"), nil},
		"one was cancelled":           {faults(s, with(o, func(x *Session) { x.Cancelled = now }), "o"), nil},
		"the same room elsewhere":     {faults(s, with(o, func(x *Session) { x.Location, x.Leader = "m", "v" })), nil},
		"no room at all":              {faults(with(s, func(x *Session) { x.Room = "" }), with(o, func(x *Session) { x.Room, x.Leader = "", "v" })), nil},
		"an interpreter who fell out": {faults(s, with(o, func(x *Session) { x.Interpreter, x.Leader, x.Room = "out", "v", "" }), "o"), nil},
	} {
		if !slices.Equal(c.got, c.want) {
			t.Errorf("%s: %v", name, c.got)
		}
	}
}

func TestWhatStandsInTheWay(t *testing.T) {
	s := Session{Language: "ti", Kind: "group", Interpreter: "booked", How: "phone", Gender: "woman"}
	ti := Fitting{Language: "ti"}
	with := func(x Fitting, change func(*Fitting)) Fitting { change(&x); return x }
	for name, c := range map[string]struct {
		s      Session
		speaks bool
		p      Fitting
		want   []string
	}{
		"nothing":                       {s, false, ti, nil},
		"another session":               {s, false, with(ti, func(p *Fitting) { p.Elsewhere = true }), []string{"elsewhere"}},
		"an appointment":                {s, false, with(ti, func(p *Fitting) { p.Busy = true }), []string{"busy"}},
		"another language":              {s, false, Fitting{Language: "ar"}, []string{"language"}},
		"no language known":             {s, false, Fitting{}, []string{"language"}},
		"Dari at a session in Farsi":    {Session{Language: "fa", Kind: "single"}, true, Fitting{Language: "prs"}, nil},
		"a woman, and it is one":        {s, false, with(ti, func(p *Fitting) { p.Wish.Gender = "woman" }), nil},
		"a man, and it is a woman":      {s, false, with(ti, func(p *Fitting) { p.Wish.Gender = "man" }), []string{"gender.man"}},
		"a woman, and nobody knows":     {Session{Language: "ti", Kind: "single", Interpreter: "asked"}, false, with(ti, func(p *Fitting) { p.Wish.Gender = "woman" }), []string{"gender.woman"}},
		"a woman, without interpreter":  {Session{Language: "ti", Kind: "single", Interpreter: "none"}, true, with(ti, func(p *Fitting) { p.Wish.Gender = "woman" }), nil},
		"in the room, not by telephone": {s, false, with(ti, func(p *Fitting) { p.Interpreter = "present" }), []string{"present"}},
		"by telephone, not in the room": {Session{Language: "ti", Interpreter: "booked", How: "present"}, false, with(ti, func(p *Fitting) { p.Interpreter = "phone" }), []string{"phone"}},
		"nobody interprets":             {Session{Language: "ti", Interpreter: "none"}, false, ti, []string{"interpreter"}},
		"the interpreter fell out":      {Session{Language: "ti", Interpreter: "out"}, false, ti, []string{"interpreter"}},
		"the leader speaks it":          {Session{Language: "ti", Interpreter: "none"}, true, ti, nil},
		"nobody of the own people":      {s, false, with(ti, func(p *Fitting) { p.Wish.NotOwn = true }), []string{"own"}},
		"the same, alone":               {Session{Language: "ti", Kind: "single", Interpreter: "booked"}, false, with(ti, func(p *Fitting) { p.Wish.NotOwn = true }), nil},
	} {
		if got := Conflicts(c.s, c.speaks, c.p); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v", name, got)
		}
	}
}

// Suggestions never lose or invent anybody who follows the language, and nobody who lacks less, or waits shorter, comes first.
func TestSuggestionsPutFirstWhoLacksMost(t *testing.T) {
	topics := []string{"a", "b", "c"}
	rapid.Check(t, func(r *rapid.T) {
		var cs []Candidate
		for i := range rapid.IntRange(0, 12).Draw(r, "n") {
			c := Candidate{ID: fmt.Sprint(i), Language: rapid.SampledFrom([]string{"ti", "ar", "fa", "prs", ""}).Draw(r, "language"), Since: now.AddDate(0, 0, -rapid.IntRange(0, 3).Draw(r, "days"))}
			c.Had = rapid.SliceOfDistinct(rapid.SampledFrom(append([]string{"z"}, topics...)), func(s string) string { return s }).Draw(r, "had")
			c.Sessions = rapid.IntRange(0, 2).Draw(r, "sessions")
			cs = append(cs, c)
		}
		language, all := rapid.SampledFrom([]string{"ti", "fa"}).Draw(r, "session"), rapid.Bool().Draw(r, "all")
		got := Suggest(language, topics, cs, all)
		for _, c := range cs {
			in := slices.ContainsFunc(got, func(g Candidate) bool { return g.ID == c.ID })
			if in != (all || Understands(language, c.Language)) {
				r.Fatalf("%s who speaks %q: %v", c.ID, c.Language, in)
			}
		}
		for i, c := range got {
			for _, x := range topics {
				if slices.Contains(c.Lacks, x) == slices.Contains(c.Had, x) {
					r.Fatalf("%s had %v and lacks %v", c.ID, c.Had, c.Lacks)
				}
			}
			if i == 0 {
				continue
			}
			b := got[i-1]
			switch {
			case (b.Sessions == 0) != (c.Sessions == 0):
				if c.Sessions == 0 {
					r.Fatalf("%s heard nothing at all and comes after %s", c.ID, b.ID)
				}
			case len(b.Lacks) < len(c.Lacks):
				r.Fatalf("%s lacks %v and comes after %s, who lacks %v", c.ID, c.Lacks, b.ID, b.Lacks)
			case len(b.Lacks) == len(c.Lacks) && b.Since.After(c.Since):
				r.Fatalf("%s waits longer and comes after %s", c.ID, b.ID)
			}
		}
	})
}

func TestWhoMustBeInvitedAgain(t *testing.T) {
	day := func(n int) time.Time { return now.AddDate(0, 0, n) }
	try := func(days int, state, came string) Try {
		return Try{Invite: fmt.Sprint(days), Person: "p", At: day(days), Minutes: 90, State: state, Came: came}
	}
	again := func(x Try) Try { x.Again = true; return x }
	told := func(x Try) Try { x.Explained = now; return x }
	for name, c := range map[string]struct {
		ts     []Try
		need   bool
		why    string
		misses int
		ask    bool
	}{
		"never invited":                   {nil, false, "", 0, false},
		"came":                            {[]Try{try(-3, Open, "came")}, false, "", 0, false},
		"came late":                       {[]Try{try(-3, Open, "late")}, false, "", 0, false},
		"missed":                          {[]Try{try(-3, Open, "missed")}, true, "missed", 1, false},
		"left early":                      {[]Try{try(-3, Open, "left")}, true, "left", 0, false},
		"nobody knows":                    {[]Try{try(-3, Open, "unknown")}, false, "", 0, false},
		"not written down yet":            {[]Try{try(-3, Open, "")}, false, "", 0, false},
		"wants to hear it again":          {[]Try{again(try(-3, Open, "came"))}, true, "again", 0, false},
		"cannot come":                     {[]Try{try(3, Declined, "")}, true, "declined", 0, false},
		"does not go on":                  {[]Try{try(3, Cancelled, "")}, true, "cancelled", 0, false},
		"was taken off the list":          {[]Try{try(3, Withdrawn, "")}, false, "", 0, false},
		"missed, taken off the next":      {[]Try{try(-3, Open, "missed"), try(3, Withdrawn, "")}, true, "missed", 1, false},
		"missed, and is invited":          {[]Try{try(-3, Open, "missed"), try(3, Open, "")}, false, "", 0, false},
		"cannot come, and is invited":     {[]Try{try(5, Declined, ""), try(3, Open, "")}, false, "", 0, false},
		"missed once, then came":          {[]Try{try(-9, Open, "missed"), try(-3, Open, "came")}, false, "", 0, false},
		"missed twice":                    {[]Try{try(-9, Open, "missed"), try(-3, Open, "missed")}, true, "missed", 2, true},
		"missed twice, in any order":      {[]Try{try(-3, Open, "missed"), try(-9, Open, "missed")}, true, "missed", 2, true},
		"missed twice and said why":       {[]Try{try(-9, Open, "missed"), told(try(-3, Open, "missed"))}, true, "missed", 2, false},
		"said why, and missed once more":  {[]Try{try(-9, Open, "missed"), told(try(-5, Open, "missed")), try(-3, Open, "missed")}, true, "missed", 3, true},
		"missed, came, missed":            {[]Try{try(-9, Open, "missed"), try(-5, Open, "came"), try(-3, Open, "missed")}, true, "missed", 1, false},
		"missed, cannot come, missed":     {[]Try{try(-9, Open, "missed"), try(-5, Declined, ""), try(-3, Open, "missed")}, true, "missed", 2, true},
		"missed twice, then cannot come":  {[]Try{try(-9, Open, "missed"), try(-5, Open, "missed"), try(-3, Declined, "")}, true, "declined", 2, true},
		"in the middle of the session":    {[]Try{{Invite: "x", At: now.Add(-time.Hour), Minutes: 90, State: Open, Came: "missed"}}, false, "", 0, false},
		"at the minute at which it is up": {[]Try{{Invite: "x", At: now.Add(-90 * time.Minute), Minutes: 90, State: Open, Came: "missed"}}, true, "missed", 1, false},
	} {
		r, need := Again(now, c.ts)
		if need != c.need || r.Why != c.why || r.Misses != c.misses || r.Ask != c.ask {
			t.Errorf("%s: %v %q %d misses, ask %v", name, need, r.Why, r.Misses, r.Ask)
		}
	}
}

func TestTheNextSessionThatFits(t *testing.T) {
	s := func(id, location, language string, days int) Session {
		return Session{ID: id, Team: "t", Location: location, Kind: "group", Language: language, At: now.AddDate(0, 0, days), Minutes: 60, Interpreter: "booked"}
	}
	with := func(x Session, change func(*Session)) Session { change(&x); return x }
	try := Try{Team: "t", Location: "l", Language: "ti"}
	for name, c := range map[string]struct {
		ss   []Session
		full string
		been string
		want string
	}{
		"none":                          {nil, "", "", ""},
		"the soonest":                   {[]Session{s("b", "l", "ti", 5), s("a", "l", "ti", 3)}, "", "", "a"},
		"here before elsewhere":         {[]Session{s("a", "m", "ti", 3), s("b", "l", "ti", 5)}, "", "", "b"},
		"elsewhere when nothing here":   {[]Session{s("a", "m", "ti", 3)}, "", "", "a"},
		"never in another language":     {[]Session{s("a", "l", "ar", 3)}, "", "", ""},
		"never of another team":         {[]Session{with(s("a", "l", "ti", 3), func(x *Session) { x.Team = "u" })}, "", "", ""},
		"never when it is full":         {[]Session{s("a", "l", "ti", 3), s("b", "l", "ti", 5)}, "a", "", "b"},
		"never where they were already": {[]Session{s("a", "l", "ti", 3), s("b", "l", "ti", 5)}, "", "a", "b"},
		"never a cancelled one":         {[]Session{with(s("a", "l", "ti", 3), func(x *Session) { x.Cancelled = now })}, "", "", ""},
		"never one that began":          {[]Session{with(s("a", "l", "ti", 0), func(x *Session) { x.At = now.Add(-time.Minute) })}, "", "", ""},
		"never without an interpreter":  {[]Session{with(s("a", "l", "ti", 3), func(x *Session) { x.Interpreter = "out" })}, "", "", ""},
		"never one for one person":      {[]Session{with(s("a", "l", "ti", 3), func(x *Session) { x.Kind = "single" })}, "", "", ""},
	} {
		free, been := map[string]int{}, map[string]bool{c.been: true}
		for _, x := range c.ss {
			free[x.ID] = 3
		}
		free[c.full] = 0
		got, ok := Next(now, try, c.ss, free, been)
		if got.ID != c.want || ok != (c.want != "") {
			t.Errorf("%s: %q", name, got.ID)
		}
	}
}

// Nobody outside the team reads a small count, and from what they read none follows.
func TestNoSmallCountFollows(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		in := rapid.IntRange(0, 30).Draw(r, "invited")
		came := rapid.IntRange(0, in).Draw(r, "came")
		missed := rapid.IntRange(0, in-came).Draw(r, "missed")
		x := Tally{Invited: in, Came: came, Missed: missed, Others: rapid.IntRange(0, 30).Draw(r, "others")}
		if i, c, m, o := x.Shown(true); i != x.Invited || c != x.Came || m != x.Missed || o != x.Others {
			r.Fatalf("of the own team: %d %d %d %d", i, c, m, o)
		}
		i, c, m, o := x.Shown(false)
		for _, n := range []int{i, c, m, o} {
			if small(n) {
				r.Fatalf("%+v shows %d", x, n)
			}
		}
		if i >= 0 && c >= 0 && m >= 0 && small(i-c-m) {
			r.Fatalf("%+v: what is left follows from %d, %d and %d", x, i, c, m)
		}
		for n, shown := range map[int]int{in: i, came: c, missed: m, x.Others: o} {
			if shown == Few && !small(n) {
				r.Fatalf("%+v says of %d that it is small", x, n)
			}
		}
		if (c < 0) != (m < 0) {
			r.Fatalf("%+v hides only one of two that follow from each other", x)
		}
	})
}

func TestCountingByMonthAndPlace(t *testing.T) {
	at := func(m time.Month, d int) time.Time { return time.Date(2026, m, d, 10, 0, 0, 0, clock.Netherlands) }
	ss := []Session{
		{ID: "a", Location: "l", Language: "ti", At: at(11, 3), Held: at(11, 3), Invited: 8, Came: 5, Missed: 2, Others: 1},
		{ID: "b", Location: "l", Language: "ar", At: at(11, 9), Held: at(11, 9), Invited: 4, Came: 4, Interpreter: "out"},
		{ID: "c", Location: "l", Language: "so", At: at(11, 9), Cancelled: at(11, 8), Interpreter: "out"},
		{ID: "d", Location: "l", Language: "ti", At: at(11, 28)},
		{ID: "e", Location: "m", Language: "ti", At: at(11, 28)},
		{ID: "f", Location: "l", Language: "ti", At: at(10, 1), Held: at(10, 1)},
	}
	got := Count(ss, map[string]Tally{"a": {Invited: 99}, "c": {Invited: 99}, "d": {Invited: 3}})
	want := []string{
		"2026-11 l planned 4 held 2 out 2 invited 15 came 9 missed 2 others 1 [ar ti]",
		"2026-11 m planned 1 held 0 out 0 invited 0 came 0 missed 0 others 0 [ti]",
		"2026-10 l planned 1 held 1 out 0 invited 0 came 0 missed 0 others 0 [ti]",
	}
	for i, x := range got {
		s := fmt.Sprintf("%s %s planned %d held %d out %d invited %d came %d missed %d others %d %v", x.Month.String()[:7], x.Location, x.Planned, x.Held, x.Out, x.Invited, x.Came, x.Missed, x.Others, x.Languages)
		if i >= len(want) || s != want[i] {
			t.Errorf("%s", s)
		}
	}
	if len(got) != len(want) {
		t.Errorf("%d rows", len(got))
	}
}

func TestATranslationFallsBehindTheDutch(t *testing.T) {
	before := map[string]Words{"nl": {Title: "Klacht", Text: "Oud."}, "ti": {Title: "ጥርዓን", Text: "…", Machine: true}, "ar": {Title: "شكوى", Text: "…"}}
	in := MaterialInput{Words: map[string]Words{"nl": {Title: "Klacht", Text: "Nieuw.", Machine: true}, "ti": {Title: " ጥርዓን ", Text: "…", Machine: true}, "ar": {Title: "شكوى", Text: "جديد"}, "fr": {}}}
	got, fs := in.Check(before)
	if len(fs) > 0 || len(got) != 3 || got["nl"].Unsure() || !got["ti"].Old || !got["ti"].Machine || got["ar"].Old {
		t.Errorf("%v %+v", fs, got)
	}
	again, _ := MaterialInput{Words: got}.Check(got)
	if !again["ti"].Old || again["ar"].Old {
		t.Errorf("saved once more: %+v", again)
	}
	_, fs = MaterialInput{Words: map[string]Words{"ar": {Title: "شكوى"}}}.Check(nil)
	var names []string
	for _, f := range fs {
		names = append(names, f.Name)
	}
	if !slices.Equal(names, []string{"title-nl", "text-nl", "text-ar"}) {
		t.Errorf("%v", names)
	}
	w, tag := Topic{Words: got}.In("so")
	if w.Text != "Nieuw." || tag != "nl" {
		t.Errorf("what was not written in a language is shown as %q in %s", w.Text, tag)
	}
}

func TestOwnWordsAreShort(t *testing.T) {
	long := make([]rune, wordsMost+1)
	for i := range long {
		long[i] = 'ሰ'
	}
	for name, c := range map[string]struct {
		in   UnderstoodInput
		want []string
	}{
		"nothing":          {UnderstoodInput{}, nil},
		"exactly as long":  {UnderstoodInput{Understood: string(long[1:]), Lang: "ti"}, nil},
		"one too long":     {UnderstoodInput{Understood: string(long)}, []string{"understood"}},
		"a BSN in either":  {UnderstoodInput{Understood: "111222333", Questions: "ook 111222333"}, []string{"understood", "questions"}},
		"no such language": {UnderstoodInput{Lang: "tlh"}, []string{"lang"}},
	} {
		var got []string
		for _, f := range c.in.Check() {
			got = append(got, f.Name)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %v", name, got)
		}
	}
}
