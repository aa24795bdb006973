package interview

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/lang"
)

func at(s string) clock.Date {
	d, err := clock.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

// weekdays are worked, but for two days that are holidays.
func weekdays(d clock.Date) bool {
	return d.Weekday() != time.Saturday && d.Weekday() != time.Sunday && d != at("2026-12-25") && d != at("2026-12-26")
}

func TestWhichStateMayFollowWhich(t *testing.T) {
	allowed := "planned>held planned>cancelled held>closed held>planned closed>held cancelled>planned"
	states := []string{Planned, Held, Closed, Cancelled}
	for _, from := range states {
		for _, to := range states {
			if got, want := May(from, to), slices.Contains(strings.Fields(allowed), from+">"+to); got != want {
				t.Errorf("%s to %s: %v", from, to, got)
			}
		}
	}
	for _, s := range states {
		if len(moves[s]) == 0 {
			t.Errorf("%s is a dead end: nothing can be taken back", s)
		}
	}
}

func TestWhoseWordAnAnswerIs(t *testing.T) {
	own := strings.Fields("asked>yes asked>no asked>cannot yes>cannot no>yes cannot>yes")
	planner := strings.Fields("asked>released yes>released no>asked cannot>asked released>asked")
	states := []string{Asked, Yes, No, Cannot, Released}
	for _, from := range states {
		for _, to := range states {
			c, move := Companion{State: from}, from+">"+to
			if c.MaySay(to, true) != slices.Contains(own, move) || c.MaySay(to, false) != slices.Contains(planner, move) {
				t.Errorf("%s: own %v, planner %v", move, c.MaySay(to, true), c.MaySay(to, false))
			}
		}
	}
}

func TestOurOwnReportIsDueInWorkingDays(t *testing.T) {
	for _, c := range []struct {
		day  string
		n    int
		want string
	}{
		{"2026-11-24", 2, "2026-11-26"}, // Tuesday, Thursday
		{"2026-11-26", 2, "2026-11-30"}, // over a weekend
		{"2026-11-28", 1, "2026-11-30"}, // held on a Saturday
		{"2026-12-24", 2, "2026-12-29"}, // over Christmas and a weekend
		{"2026-12-24", 1, "2026-12-28"},
	} {
		s := Setting{Report: c.n}
		if got := s.due(Interview{Day: at(c.day), Company: true}, weekdays); got != at(c.want) {
			t.Errorf("%s and %d: %s, not %s", c.day, c.n, got, c.want)
		}
	}
	if d := usual("t").due(Interview{Company: true}, weekdays); !d.IsZero() {
		t.Errorf("without a day it is due on %s", d)
	}
	if d := usual("t").due(Interview{Day: at("2026-11-24")}, weekdays); !d.IsZero() {
		t.Errorf("nobody goes along, and a report is due on %s", d)
	}
	rapid.Check(t, func(r *rapid.T) {
		d := at("2026-01-01").AddDays(rapid.IntRange(0, 700).Draw(r, "day"))
		n := rapid.IntRange(1, reportMost).Draw(r, "n")
		due := Workday(weekdays).after(d, n)
		worked := 0
		for x := d.AddDays(1); !x.After(due); x = x.AddDays(1) {
			if weekdays(x) {
				worked++
			}
		}
		if worked != n || !weekdays(due) {
			r.Fatalf("from %s to %s lie %d working days, not %d", d, due, worked, n)
		}
	})
}

func TestTheWindowOfACompanion(t *testing.T) {
	from, until, ok := window(Interview{Day: at("2026-12-03"), Due: at("2026-12-07")})
	if !ok || from.Format(time.RFC3339) != "2026-12-02T00:00:00+01:00" || until.Format(time.RFC3339) != "2026-12-08T00:00:00+01:00" {
		t.Errorf("%v %v %v", from, until, ok)
	}
	for _, i := range []Interview{{}, {Day: at("2026-12-03")}, {Due: at("2026-12-07")}} {
		if _, _, ok := window(i); ok {
			t.Errorf("%+v opens a file", i)
		}
	}
}

func TestTwoInterviewsAtOneTime(t *testing.T) {
	one := Interview{ID: "a", State: Planned, Day: at("2026-12-03"), Hour: "09:00", Minutes: 180}
	for name, c := range map[string]struct {
		o    Interview
		want bool
	}{
		"while it lasts":      {Interview{Day: one.Day, Hour: "11:59", Minutes: 30}, true},
		"as it ends":          {Interview{Day: one.Day, Hour: "12:00", Minutes: 30}, false},
		"until it begins":     {Interview{Day: one.Day, Hour: "08:00", Minutes: 60}, false},
		"a minute into it":    {Interview{Day: one.Day, Hour: "08:00", Minutes: 61}, true},
		"an hour nobody told": {Interview{Day: one.Day, Minutes: 30}, true},
		"another day":         {Interview{Day: one.Day.AddDays(1), Hour: "09:00", Minutes: 180}, false},
		"a day nobody told":   {Interview{Minutes: 30}, false},
		"itself":              {one, false},
		"cancelled":           {Interview{State: Cancelled, Day: one.Day, Hour: "09:00", Minutes: 180}, false},
	} {
		if c.o.State == "" {
			c.o.State = Planned
		}
		if got := one.Meets(c.o); got != c.want || c.o.Meets(one) != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestTheNextJob(t *testing.T) {
	today := at("2026-11-24")
	yes, asked := []Companion{{State: Yes}}, []Companion{{State: Asked}}
	now := dbtestStart
	for name, c := range map[string]struct {
		i    Interview
		s    standing
		want string
	}{
		"no day":                     {Interview{State: Planned, Company: true}, standing{companions: yes}, jobDay},
		"nobody":                     {Interview{State: Planned, Company: true, Day: today.AddDays(3)}, standing{}, jobCompanion},
		"nobody who could":           {Interview{State: Planned, Company: true, Day: today.AddDays(3)}, standing{companions: []Companion{{State: Cannot}}}, jobCompanion},
		"asked":                      {Interview{State: Planned, Company: true, Day: today.AddDays(3)}, standing{companions: asked}, jobAnswer},
		"not prepared":               {Interview{State: Planned, Company: true, Day: today.AddDays(3)}, standing{companions: yes, prepared: 3}, jobPrepare},
		"prepared":                   {Interview{State: Planned, Company: true, Day: today.AddDays(3)}, standing{companions: yes, prepared: len(Items)}, jobWait},
		"nobody is meant to":         {Interview{State: Planned, Day: today.AddDays(3)}, standing{prepared: len(Items)}, jobWait},
		"the day itself":             {Interview{State: Planned, Company: true, Day: today}, standing{companions: yes}, jobHeld},
		"the day itself, with none":  {Interview{State: Planned, Company: true, Day: today}, standing{}, jobCompanion},
		"the day after, with none":   {Interview{State: Planned, Company: true, Day: today.AddDays(-1)}, standing{}, jobHeld},
		"no report of ours":          {Interview{State: Held, Company: true, Received: today}, standing{companions: yes}, jobReport},
		"no report of theirs":        {Interview{State: Held, Reported: now}, standing{companions: yes}, jobReceived},
		"nobody went":                {Interview{State: Held}, standing{}, jobReceived},
		"no procedure":               {Interview{State: Held, Received: today}, standing{known: true, unsent: 2}, jobTrack},
		"no procedure could":         {Interview{State: Held, Received: today}, standing{unsent: 2}, jobCorrect},
		"a date runs":                {Interview{State: Held, Received: today, Event: "ev"}, standing{open: true}, jobCorrect},
		"something is not sent":      {Interview{State: Held, Received: today, Event: "ev"}, standing{unsent: 1, sent: 1}, jobCorrect},
		"sent, and the date runs on": {Interview{State: Held, Received: today, Event: "ev"}, standing{open: true, sent: 1}, jobClose},
		"nothing is left":            {Interview{State: Held, Received: today, Event: "ev"}, standing{}, jobClose},
		"closed":                     {Interview{State: Closed}, standing{}, ""},
		"cancelled":                  {Interview{State: Cancelled, Day: today}, standing{}, ""},
	} {
		if got := next(c.i, c.s, today); got != c.want {
			t.Errorf("%s: %q, not %q", name, got, c.want)
		}
	}
}

// dbtestStart is any moment.
var dbtestStart = time.Date(2026, time.November, 24, 9, 0, 0, 0, clock.Netherlands)

func faultsOf(fs []string) string { slices.Sort(fs); return strings.Join(fs, " ") }

func TestAFormTellsAllItsFaults(t *testing.T) {
	today := at("2026-11-24")
	good := Input{Kind: "substantive", Minutes: "480", Site: "denbosch", Interpreter: "ind", Lawyer: "unknown", Company: "yes"}
	with := func(change func(*Input)) Input { in := good; change(&in); return in }
	for name, c := range map[string]struct {
		in   Input
		want string
	}{
		"good":               {good, ""},
		"empty":              {Input{}, "company interpreter kind lawyer minutes site"},
		"other without name": {with(func(i *Input) { i.Kind = "other" }), "title"},
		"an hour and no day": {with(func(i *Input) { i.Hour = "09:00" }), "day"},
		"no hour, no day":    {with(func(i *Input) { i.Day, i.Hour = "3 dec", "9 uur" }), "day hour"},
		"too far":            {with(func(i *Input) { i.Day = "2030-01-01" }), "day"},
		"long ago":           {with(func(i *Input) { i.Day = "2020-01-01" }), "day"},
		"written down later": {with(func(i *Input) { i.Day = "2026-03-01" }), ""},
		"another's track":    {with(func(i *Input) { i.Track = "tr-x" }), "track"},
		"a number":           {with(func(i *Input) { i.Where = "BSN 111222333" }), "where"},
		"too long":           {with(func(i *Input) { i.Dialect = strings.Repeat("x", lineMost+1) }), "dialect"},
		"a tongue":           {with(func(i *Input) { i.Language = "xx" }), "language"},
	} {
		_, fs := c.in.Check([]string{"", "tr-1"}, today)
		var names []string
		for _, f := range fs {
			names = append(names, f.Name)
		}
		if got := faultsOf(names); got != c.want {
			t.Errorf("%s: %q, not %q", name, got, c.want)
		}
	}
	i, fs := with(func(i *Input) { i.Day, i.Hour, i.Track = "2026-12-03", "09:30", "tr-1" }).Check([]string{"tr-1"}, today)
	if len(fs) > 0 || i.Begins().Format("2006-01-02 15:04") != "2026-12-03 09:30" || !i.Company {
		t.Errorf("%v %+v", fs, i)
	}
	if again := i.input(); again.Day != "2026-12-03" || again.Hour != "09:30" || again.Company != "yes" || again.Minutes != "480" {
		t.Errorf("it comes back as %+v", again)
	}
}

func TestTheOtherForms(t *testing.T) {
	today := at("2026-11-24")
	names := func(fs []string) string { return faultsOf(fs) }
	list := func(n int, name func(int) string) []string {
		var out []string
		for i := range n {
			out = append(out, name(i))
		}
		return out
	}
	correction := func(in CorrectionInput) string {
		_, fs := in.Check(today)
		return names(list(len(fs), func(i int) string { return fs[i].Name }))
	}
	sending := func(in SendingInput) string {
		_, fs := in.Check(at("2026-11-20"), today)
		return names(list(len(fs), func(i int) string { return fs[i].Name }))
	}
	for got, want := range map[string]string{
		"1 " + correction(CorrectionInput{}):                                                                              "1 by should",
		"2 " + correction(CorrectionInput{Should: "x", By: "person"}):                                                     "2 ",
		"3 " + correction(CorrectionInput{Should: "x", By: "other"}):                                                      "3 who",
		"4 " + correction(CorrectionInput{Should: "x", By: "person", Agreed: "yes"}):                                      "4 agreed_on",
		"5 " + correction(CorrectionInput{Should: "x", By: "person", Agreed: "no", AgreedOn: "2026-11-25"}):               "5 agreed_on",
		"6 " + correction(CorrectionInput{Should: "111222333", Says: "111222333", By: "person"}):                          "6 says should",
		"7 " + sending(SendingInput{}):                                                                                    "7 recipient sent_on",
		"8 " + sending(SendingInput{Recipient: "ind", Day: "2026-11-19"}):                                                 "8 sent_on",
		"9 " + sending(SendingInput{Recipient: "ind", Day: "2026-11-25"}):                                                 "9 sent_on",
		"10 " + sending(SendingInput{Recipient: "other", Day: "2026-11-24"}):                                              "10 to_who",
		"11 " + sending(SendingInput{Recipient: "lawyer", Day: "2026-11-20"}):                                             "11 ",
		"12 " + fmt.Sprint(len(ConcernInput{}.Check()), len(ConcernInput{Kind: "other", Weight: "small"}.Check())):        "12 2 1",
		"13 " + fmt.Sprint(len(ReportInput{}.Check()), len(ReportInput{"room", "good", "yes", "", "Ging goed."}.Check())): "13 4 0",
	} {
		if got != want {
			t.Errorf("%q, not %q", got, want)
		}
	}
	c, _ := CorrectionInput{Should: "x", By: "person", AgreedOn: "2026-11-20", Interpreted: true}.Check(today)
	if !c.AgreedOn.IsZero() || c.Interpreted {
		t.Error("not read back, and yet on a day and with an interpreter")
	}
}

// What leaves the file is coarse: whatever the concern and the interview hold, none of it that is somebody's own is in the signal.
func TestASignalTakesNothingOfAPersonAlong(t *testing.T) {
	c := Concern{ID: "in-1", Person: "p-selam", Interview: "iv-1", Kind: "tone", Weight: "grave", MadeBy: "u-ria", OfferedBy: "u-marwan", Words: "hij schreeuwde"}
	i := Interview{ID: "iv-1", Person: "p-selam", Site: "denbosch", Day: at("2026-11-19"), Hour: "09:17", What: Plan{Where: "kamer 3", Language: "ti", Dialect: "zzz"}}
	s := c.signal(i)
	if s.Theme != "tone" || s.Weight != "grave" || s.Place != "denbosch" || s.Month != at("2026-11-01") || s.Object != "in-1" {
		t.Errorf("%+v", s)
	}
	told := fmt.Sprintf("%+v", s)
	for _, never := range []string{"selam", "iv-1", "ria", "marwan", "schreeuwde", "kamer", "09:17", "zzz", "2026-11-19"} {
		if strings.Contains(told, never) {
			t.Errorf("%s is in it: %s", never, told)
		}
	}
	if n := reflect.TypeOf(s).NumField(); n != 6 {
		t.Errorf("a signal has %d fields: look whether the new one says something of a person", n)
	}
	for name, x := range map[string]struct {
		c    Concern
		want bool
	}{
		"new":     {Concern{}, true},
		"pressed": {Concern{Offered: dbtestStart}, true},
		"made":    {Concern{Offered: dbtestStart, Signal: "made"}, false},
		"removed": {Concern{Removed: dbtestStart}, false},
	} {
		if x.c.Presses() != x.want {
			t.Errorf("%s: %v", name, x.c.Presses())
		}
	}
}

// portalTexts are what a refugee reads.
var portalTexts = []string{"interview.mine", "interview.kind.", "interview.site.", "interview.gender."}

func TestTextsAreComplete(t *testing.T) {
	c, err := lang.Load(lang.Part{Name: "interview", FS: Texts})
	if err != nil {
		t.Fatal(err)
	}
	if f := c.Faults([]string{"nl", "en"}); len(f) > 0 {
		t.Error(strings.Join(f, "\n"))
	}
	if f := c.Faults([]string{"ar", "fa", "ti", "tr", "so", "uk", "fr"}, portalTexts...); len(f) > 0 {
		t.Error(strings.Join(f, "\n"))
	}
	// What is put together while running, the search for missing texts cannot see.
	made := map[string][]string{"kind.": Kinds, "site.": Sites, "state.": {Planned, Held, Closed, Cancelled}, "interpreter.": InterpretersOf, "mine.interpreter.": InterpretersOf, "known.": Known, "gender.": {"none", "woman", "man"},
		"answer.": {Asked, Yes, No, Cannot, Released}, "say.": {Yes, No, Cannot}, "prep.": Items, "presence.": Presences, "quality.": Qualities, "teller.": Tellers, "agreed.": {"none", "yes", "no"}, "recipient.": Recipients,
		"concern.": Concerns, "weight.": Weights, "mine.right.": Rights, "group.": {"today", "week", "later", "undated", "after"},
		"job.":    {jobDay, jobCompanion, jobAnswer, jobPrepare, jobWait, jobHeld, jobReport, jobReceived, jobTrack, jobCorrect, jobClose},
		"do.":     {jobDay, jobReport, jobReceived, jobTrack, jobCorrect, jobHeld, jobClose},
		"moment.": {didPlan, didHold, didCancel, didReceive, didSend},
		"did.": {didPlan, didChange, didMove, didHold, didReopen, didClose, didCancel, didAsk, didYes, didNo, didCannot, didRelease, didPrepare, didReport, didReceive, didTrack, didCorrect, didRecorrect, didUncorrect,
			didSend, didConcern, didUnconcern, didOffer}}
	for before, all := range made {
		for _, s := range all {
			if !c.Has("nl", "interview."+before+s) {
				t.Errorf("interview.%s%s has no words", before, s)
			}
		}
	}
	for _, s := range movesTo {
		if !c.Has("nl", s.said) {
			t.Errorf("%s has no words", s.said)
		}
	}
	for _, s := range said {
		if !c.Has("nl", "interview.event."+s) {
			t.Errorf("interview.event.%s has no words", s)
		}
	}
}
