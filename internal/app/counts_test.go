package app

import (
	"testing"
	"time"
)

func TestTheNumbersOfTheMenuAreKeptForAMomentAndOwnWorkCountsAtOnce(t *testing.T) {
	at := time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	var c counts
	if _, ok := c.take("u-ria", at, false); ok {
		t.Error("there is a number that nobody made")
	}
	if _, ok := c.take("u-ria", at, true); ok {
		t.Error("a form is given a number that nobody made")
	}
	c.keep("u-ria", count{of: map[string]int{"contact.desk": 3}, at: at})
	for _, x := range []struct {
		name   string
		who    string
		after  time.Duration
		writes bool
		want   bool
	}{
		{"a moment later", "u-ria", time.Second, false, true},
		{"somebody else", "u-jan", time.Second, false, false},
		{"when the moment is over", "u-ria", counted, false, false},
		{"before it was counted", "u-ria", -time.Second, false, false},
		{"a form, however late", "u-ria", time.Hour, true, true},
		{"after the form", "u-ria", time.Second, false, false},
		{"another form", "u-ria", time.Second, true, true},
	} {
		of, ok := c.take(x.who, at.Add(x.after), x.writes)
		if ok != x.want || ok && of["contact.desk"] != 3 {
			t.Errorf("%s: %v %v", x.name, of, ok)
		}
	}
	c.keep("u-ria", count{of: map[string]int{"contact.desk": 2}, at: at.Add(time.Second)})
	if of, ok := c.take("u-ria", at.Add(2*time.Second), false); !ok || of["contact.desk"] != 2 {
		t.Errorf("what was counted after the form is not taken: %v %v", of, ok)
	}
}
