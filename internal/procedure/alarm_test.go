package procedure

import (
	"fmt"
	"testing"
	"time"

	"reisgezel/internal/kernel/clock"
)

func TestAnAlarmClimbsAndNeverEndsInSilence(t *testing.T) {
	today := clock.On(2026, 11, 24)
	all := people{"u-owner", "u-deputy", []string{"u-lead"}}
	for _, c := range []struct {
		name string
		days int
		row  Row
		who  people
		want string
	}{
		{"fifteen days", 15, Row{}, all, "[]"},
		{"fourteen days", 14, Row{}, all, "[{14 owner u-owner}]"},
		{"seven days", 7, Row{}, all, "[{14 owner u-owner} {7 deputy u-deputy}]"},
		{"three days", 3, Row{}, all, "[{14 owner u-owner} {7 deputy u-deputy} {3 lead u-lead}]"},
		{"one day", 1, Row{}, all, "[{14 owner u-owner} {7 deputy u-deputy} {3 lead u-lead} {1 lead u-lead}]"},
		{"over", -4, Row{}, all, "[{14 owner u-owner} {7 deputy u-deputy} {3 lead u-lead} {1 lead u-lead}]"},
		{"no deputy", 7, Row{}, people{"u-owner", "", []string{"u-lead"}}, "[{14 owner u-owner} {7 lead u-lead}]"},
		{"no owner", 14, Row{}, people{"", "", []string{"u-lead"}}, "[{14 lead u-lead}]"},
		{"no leader", 3, Row{}, people{"u-owner", "u-deputy", nil}, "[{14 owner u-owner} {7 deputy u-deputy} {3 deputy u-deputy}]"},
		{"the owner leads", 3, Row{}, people{"u-owner", "u-deputy", []string{"u-owner"}}, "[{14 owner u-owner} {7 deputy u-deputy}]"},
		{"not confirmed", 14, Row{Confirmed: false, Sure: false}, all, "[{14 owner u-owner}]"},
		{"an authority's term", 1, Row{Waits: true}, all, "[]"},
		{"done", 1, Row{State: "done"}, all, "[]"},
	} {
		c.row.Safe = today.AddDays(c.days)
		if c.row.State == "" {
			c.row.State = "open"
		}
		if got := fmt.Sprint(c.row.alarms(today, c.who)); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
	unknown := Row{State: "open", Urgent: true}
	if got := fmt.Sprint(unknown.alarms(today, all)); got != "[{14 owner u-owner} {7 deputy u-deputy}]" {
		t.Errorf("a short term whose day nobody knows: %s", got)
	}
	if got := (Row{State: "open"}).alarms(today, all); got != nil {
		t.Errorf("a long term whose day nobody knows: %v", got)
	}
}

func TestAnAlarmsGrantEndsSevenDaysAfterTheDeadline(t *testing.T) {
	now := time.Date(2026, 11, 24, 9, 0, 0, 0, clock.Netherlands)
	r := Row{Safe: clock.On(2026, 11, 27), Last: clock.On(2026, 11, 30)}
	if got, want := r.until(now), time.Date(2026, 12, 8, 0, 0, 0, 0, clock.Netherlands); !got.Equal(want) {
		t.Errorf("%s", got)
	}
	over := Row{Safe: clock.On(2026, 11, 1)}
	if got, want := over.until(now), time.Date(2026, 12, 2, 0, 0, 0, 0, clock.Netherlands); !got.Equal(want) {
		t.Errorf("%s", got)
	}
}
