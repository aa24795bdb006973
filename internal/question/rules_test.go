package question

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"reisgezel/internal/kernel/clock"
)

// working is a calendar of working days without holidays, but one.
func working(d clock.Date) bool {
	return d.Weekday() != time.Saturday && d.Weekday() != time.Sunday && d != clock.On(2026, time.December, 25)
}

func wall(s string) time.Time {
	t, err := time.ParseInLocation("2006-01-02 15:04", s, clock.Netherlands)
	if err != nil {
		panic(err)
	}
	return t
}

func TestWorkingTime(t *testing.T) {
	for _, c := range []struct {
		from  string
		hours int
		want  string
	}{
		{"2026-11-24 10:00", 4, "2026-11-24 14:00"},
		{"2026-11-24 10:00", 8, "2026-11-25 10:00"},
		{"2026-11-24 16:30", 1, "2026-11-25 09:30"},
		{"2026-11-24 21:00", 16, "2026-11-26 17:00"}, // in the evening is the next morning
		{"2026-11-24 03:00", 1, "2026-11-24 10:00"},
		{"2026-11-27 16:00", 2, "2026-11-30 10:00"}, // over a weekend
		{"2026-11-28 12:00", 8, "2026-11-30 17:00"},
		{"2026-12-24 17:00", 1, "2026-12-28 10:00"}, // over a holiday and a weekend
		{"2026-10-23 16:00", 2, "2026-10-26 10:00"}, // over the night in which the clock goes back
	} {
		from := wall(c.from)
		if got := After(from, c.hours, working); !got.Equal(wall(c.want)) {
			t.Errorf("%d hours after %s: %v", c.hours, c.from, got.In(clock.Netherlands))
		}
		if got := Worked(from, wall(c.want), working); got != time.Duration(c.hours)*time.Hour {
			t.Errorf("between %s and %s: %v", c.from, c.want, got)
		}
	}
	if got := Worked(wall("2026-11-24 12:00"), wall("2026-11-24 11:00"), working); got != 0 {
		t.Errorf("backwards: %v", got)
	}
	never := After(wall("2026-11-24 12:00"), 3, func(clock.Date) bool { return false })
	if !never.Equal(wall("2026-11-24 15:00")) {
		t.Errorf("nobody ever works: %v", never)
	}
}

func TestWhoHearsOfAQuestionThatWaits(t *testing.T) {
	asked := wall("2026-11-24 09:00")
	a := Ask{Owner: "u-a"}
	a.wait(asked, assumedTerms, working)
	for _, c := range []struct {
		owner, deputy string
		leads         []string
		at            string
		want          string
	}{
		{"u-a", "", []string{"u-l"}, "2026-11-24 16:59", "0 []"},
		{"u-a", "u-d", []string{"u-l"}, "2026-11-24 09:01", "1 [{1 u-d}]"}, // away: at once
		{"u-a", "", []string{"u-l"}, "2026-11-24 17:00", "1 [{1 u-l}]"},
		{"u-a", "u-d", []string{"u-l"}, "2026-11-25 17:00", "2 [{1 u-d} {2 u-l}]"},
		{"u-a", "", []string{"u-l"}, "2026-11-25 17:00", "2 [{1 u-l}]"},
		{"u-a", "", []string{"u-a"}, "2026-11-25 17:00", "2 []"}, // the leader has it already
		{"", "", []string{"u-l", "u-m"}, "2026-11-24 09:00", "2 [{1 u-l} {1 u-m}]"},
	} {
		a.Owner = c.owner
		rung := a.rung(wall(c.at), c.deputy)
		if got := fmt.Sprint(rung, " ", a.hearers(rung, c.deputy, c.leads)); got != c.want {
			t.Errorf("%+v: %s", c, got)
		}
	}
	a.Withdrawn = asked
	if a.rung(wall("2027-01-01 09:00"), "u-d") != 0 {
		t.Error("what was taken back climbs")
	}
}

func TestForms(t *testing.T) {
	long := strings.Repeat("ቋ", mostText)
	for _, c := range []struct {
		text    string
		waiting int
		want    string
	}{
		{"Wanneer?", 0, "[]"}, {" \n", 0, "[{tekst question.error.text []}]"}, {long, 0, "[]"},
		{"Mijn nummer is 111222333", 0, "[{tekst question.error.bsn []}]"}, {"Wanneer?", mostWaiting, "[{tekst question.error.many []}]"},
	} {
		if got := fmt.Sprint(CheckAsked(c.text, 0, c.waiting)); got != c.want {
			t.Errorf("%.20q: %s", c.text, got)
		}
	}
	if fs := CheckAsked(long+"!", 0, 0); len(fs) != 1 || fs[0].Key != "question.error.long" {
		t.Errorf("too long: %v", fs)
	}
	for _, c := range []struct {
		in   AnswerInput
		tag  string
		want string
	}{
		{AnswerInput{Text: "Ja."}, "ar", "[]"},
		{AnswerInput{Other: "نعم"}, "ar", "[{antwoord question.error.answer []} {hoe question.error.how []}]"},
		{AnswerInput{Text: "Ja.", Other: "نعم", How: "self"}, "ar", "[]"},
		{AnswerInput{Text: "Ja.", Other: "نعم", How: "magic"}, "ar", "[{hoe question.error.how []}]"},
		{AnswerInput{Text: "Ja."}, "nl", "[]"},
	} {
		if got := fmt.Sprint(c.in.Check(c.tag)); got != c.want {
			t.Errorf("%+v in %s: %s", c.in, c.tag, got)
		}
	}
	if w := (AnswerInput{Text: "Ja.", How: "self"}).words("ar"); w.How != "" {
		t.Error("without a translation somebody translated")
	}
	for _, c := range []struct {
		in   TermsInput
		want string
	}{
		{TermsInput{"16", "8", "16"}, "[]"}, {TermsInput{"16", "17", "16"}, "[{vervanger question.error.order []}]"},
		{TermsInput{"", "0", "81"}, "[{belofte question.error.hours [most 80]} {vervanger question.error.hours [most 80]} {leiding question.error.hours [most 80]}]"},
	} {
		if _, fs := c.in.Check(); fmt.Sprint(fs) != c.want {
			t.Errorf("%+v: %v", c.in, fs)
		}
	}
}

func TestSpeedIsToldOfEnoughAnswersOnly(t *testing.T) {
	if SpeedOf(nil).Told() || SpeedOf([]First{{1, false}, {2, false}, {3, true}, {4, false}}).Told() {
		t.Error("four are told")
	}
	s := SpeedOf([]First{{90, false}, {10, false}, {3000, true}, {60, false}, {120, false}})
	if !s.Told() || s.Half != 90 || s.Kept != 4 {
		t.Errorf("%+v", s)
	}
}

func TestStatesOfAQuestion(t *testing.T) {
	now := wall("2026-11-24 12:00")
	waits := Ask{Since: now.Add(-time.Hour), Due: now.Add(time.Hour)}
	if !waits.Waits() || waits.Over(now) || waits.New() || !waits.TakenBack() || waits.Undoable(now) {
		t.Errorf("%+v", waits)
	}
	if !waits.Over(now.Add(2 * time.Hour)) {
		t.Error("it is not late")
	}
	done := Ask{FirstAt: now, Told: now, Seen: now.Add(-time.Hour)}
	if done.Waits() || !done.New() || done.TakenBack() || done.Over(now.AddDate(1, 0, 0)) {
		t.Errorf("%+v", done)
	}
	back := Ask{Since: now, Withdrawn: now}
	if back.Waits() || back.TakenBack() || !back.Undoable(now.AddDate(0, 0, 29)) || back.Undoable(now.AddDate(0, 0, 30)) {
		t.Errorf("%+v", back)
	}
}
