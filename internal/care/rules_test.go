package care

import (
	"fmt"
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
		out = append(out, f.Name+" "+strings.TrimPrefix(f.Key, "care.error."))
	}
	return strings.Join(out, ", ")
}

func TestTheFormOfANeed(t *testing.T) {
	good := NeedInput{Code: "quiet", Told: "self", Consent: "yes"}
	for name, x := range map[string]struct {
		change func(in *NeedInput)
		want   string
	}{
		"good":                    {func(*NeedInput) {}, ""},
		"empty":                   {func(in *NeedInput) { *in = NeedInput{} }, "code code, told told, consent consent"},
		"a diagnosis":             {func(in *NeedInput) { in.Code = "ptsd" }, "code code"},
		"something else, unsaid":  {func(in *NeedInput) { in.Code = "other" }, "note note"},
		"something else":          {func(in *NeedInput) { in.Code, in.Note = "other", "een bed bij het raam" }, ""},
		"a BSN":                   {func(in *NeedInput) { in.Note, in.Words = "111222333", "BSN 111222333" }, "note bsn, words bsn"},
		"too long":                {func(in *NeedInput) { in.Note = strings.Repeat("x", 301) }, "note long"},
		"a day that is over":      {func(in *NeedInput) { in.Review = "2026-11-23" }, "review review"},
		"a day far ahead":         {func(in *NeedInput) { in.Review = "2031-01-01" }, "review review"},
		"a day that is no day":    {func(in *NeedInput) { in.Review = "2026-13-01" }, "review day"},
		"consent that nobody has": {func(in *NeedInput) { in.Consent = "assumed" }, "consent consent"},
	} {
		in := good
		x.change(&in)
		if _, _, fs := in.Check(today); keys(fs) != x.want {
			t.Errorf("%s: %q, not %q", name, keys(fs), x.want)
		}
	}
	if _, review, _ := good.Check(today); review != today.AddDays(182) {
		t.Errorf("asked again on %s", review)
	}
	if (Need{Review: today.AddDays(1)}).Due(today) || !(Need{Review: today}).Due(today) || (Need{}).Due(today) {
		t.Error("when one should ask again")
	}
	desk := map[string]bool{}
	for _, c := range Codes {
		desk[c.Name] = c.Desk
	}
	for _, name := range []string{"guardian", "protection", "medicine", "nightcare", "other"} {
		if open, ok := desk[name]; !ok || open {
			t.Errorf("the desk sees %s", name)
		}
	}
}

func TestTheDutyToGoToSchool(t *testing.T) {
	for born, days := range map[string]map[string]string{
		"2021-10": {"2026-10-31": Young, "2026-11-01": Duty},    // five in October: from the first of November
		"2021-12": {"2026-12-31": Young, "2027-01-01": Duty},    // over the year
		"2010-05": {"2026-07-31": Duty, "2026-08-01": Qualify},  // sixteen in May: until the end of the school year
		"2010-09": {"2027-07-31": Duty, "2027-08-01": Qualify},  // sixteen in September: a school year more
		"2008-11": {"2026-10-31": Qualify, "2026-11-01": Grown}, // eighteen
		"2016":    {"2026-11-24": Duty},                         // every month of the year says so
		"2021":    {"2026-11-24": "", "2025-11-24": Young},      // it hangs on the month
		"2010":    {"2026-11-24": ""},                           // as this does
		"":        {"2026-11-24": ""},                           // unknown
		"onlangs": {"2026-11-24": ""},                           // no year
	} {
		for day, want := range days {
			d, _ := clock.ParseDate(day)
			if got := DutyOf(born, d); got != want {
				t.Errorf("born %s, on %s: %q, not %q", born, day, got, want)
			}
		}
	}
}

func TestWhoWaitsTooLongForSchool(t *testing.T) {
	for since, days := range map[string]map[string]bool{
		"2026-08-24": {"2026-10-24": false, "2026-10-25": true},
		"2026-12-30": {"2027-02-28": false, "2027-03-01": true}, // February has no thirtieth
		"2027-12-30": {"2028-02-29": false, "2028-03-01": true},
		"":           {"2026-11-24": false},
	} {
		s := School{State: "waiting"}
		s.Since, _ = clock.ParseDate(since)
		for day, want := range days {
			d, _ := clock.ParseDate(day)
			if got := s.Over(d); got != want {
				t.Errorf("since %s, on %s: %v", since, day, got)
			}
		}
	}
	for _, state := range []string{"goes", "young", "unknown"} {
		if (School{State: state, Since: clock.On(2020, 1, 1)}).Over(today) {
			t.Errorf("%s waits", state)
		}
	}
	// The question to the database leaves nobody out.
	rapid.Check(t, func(r *rapid.T) {
		day := today.AddDays(rapid.IntRange(0, 2000).Draw(r, "day"))
		since := day.AddDays(-rapid.IntRange(50, 70).Draw(r, "since"))
		if (School{State: "none", Since: since}).Over(day) && !since.Before(overBefore(day)) {
			r.Fatalf("since %s, on %s", since, day)
		}
	})
}

func TestTheFormsOfSchoolAndCare(t *testing.T) {
	for in, want := range map[SchoolInput]string{
		{Name: "Lina", State: "waiting", Born: "2016-04", Since: "2026-08-01", Level: "isk", Transport: "bus"}: "",
		{}: "name child, state state",
		{Name: "Lina", State: "waiting", Born: "april"}:                      "born born",
		{Name: "Lina", State: "waiting", Born: "2016-13"}:                    "born born",
		{Name: "Lina", State: "waiting", Born: "2027-01"}:                    "born born",
		{Name: "Lina", State: "waiting", Since: "2026-11-25"}:                "since future",
		{Name: "Lina", State: "goes", Level: "university", Transport: "jet"}: "level choose, transport choose",
		{Name: "BSN 111222333", State: "goes"}:                               "name bsn",
	} {
		if _, _, fs := in.Check(today); keys(fs) != want {
			t.Errorf("%+v: %q, not %q", in, keys(fs), want)
		}
	}
	for in, want := range map[DoctorInput]string{
		{Kind: "gp", State: "refused", By: "praktijk", Interpreter: "no"}: "",
		{}: "kind choose, state state",
		{Kind: "gp", State: "unknown", Since: "2027-01-01", Interpreter: "perhaps"}: "since future, interpreter choose",
	} {
		if _, fs := in.Check(today); keys(fs) != want {
			t.Errorf("%+v: %q, not %q", in, keys(fs), want)
		}
	}
	old := School{ID: "a", Child: "a", State: "waiting", At: time.Unix(1, 0)}
	now := School{ID: "b", Child: "a", State: "goes", At: time.Unix(2, 0)}
	if got := Children([]School{old, now}); len(got) != 1 || got[0].State != "goes" {
		t.Errorf("%+v", got)
	}
	now.Removed = time.Unix(3, 0)
	if got := Children([]School{old, now}); len(got) != 1 || got[0].State != "waiting" {
		t.Errorf("taken back: %+v", got)
	}
}

func TestWhoBecomesMoreAlone(t *testing.T) {
	said := func(words ...string) []Notice {
		var out []Notice
		for i, w := range words {
			n := Notice{ID: fmt.Sprint(i), What: NoticeText{Circle: strings.TrimPrefix(w, "-")}}
			if strings.HasPrefix(w, "-") {
				n.Removed = time.Unix(1, 0)
			}
			out = append(out, n)
		}
		return out
	}
	for name, x := range map[string]struct {
		before []Notice
		now    string
		worse  bool
		trend  string
	}{
		"the first word":                 {nil, "alone", false, ""},
		"worse":                          {said("people"), "some", true, "worse"},
		"better":                         {said("alone"), "few", false, "better"},
		"the same":                       {said("few"), "few", false, "same"},
		"unknown says nothing":           {said("people"), "unknown", false, ""},
		"unknown between says nothing":   {said("people", "unknown"), "few", true, "worse"},
		"what was taken back is nothing": {said("alone", "-people"), "few", false, "better"},
		"a word that is none":            {said("people"), "lonely", false, ""},
	} {
		if got := WorseThan(x.before, x.now); got != x.worse {
			t.Errorf("%s: worse %v", name, got)
		}
		if x.now == "lonely" {
			continue
		}
		if got := Trend(append(x.before, said(x.now)...)); got != x.trend {
			t.Errorf("%s: %q, not %q", name, got, x.trend)
		}
	}
	if keys(CheckNotice(NoticeText{})) != "circle circle" || keys(CheckNotice(NoticeText{Circle: "few", Words: "111222333"})) != "heard bsn" {
		t.Error("the form of a notice")
	}
}
