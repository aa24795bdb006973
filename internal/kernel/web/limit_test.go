package web

import (
	"testing"
	"time"
)

func TestALimitCountsByAddressAndTogetherAndForgets(t *testing.T) {
	now := time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	l := Limit{Each: 2, All: 3, Within: time.Hour}
	for i, c := range []struct {
		address string
		after   time.Duration
		want    bool
	}{
		{"a", 0, true}, {"a", time.Minute, true}, {"a", 2 * time.Minute, false}, // one address
		{"b", 3 * time.Minute, true}, {"c", 4 * time.Minute, false}, // all together
		{"a", time.Hour, true}, {"c", time.Hour, true}, // a new hour
	} {
		if got := l.take(c.address, now.Add(c.after)); got != c.want {
			t.Errorf("step %d: %s after %s is %v", i, c.address, c.after, got)
		}
	}
	if len(l.by) != 2 {
		t.Errorf("%d addresses are remembered after the hour in which they came", len(l.by))
	}
}
