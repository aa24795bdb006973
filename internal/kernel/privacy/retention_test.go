package privacy_test

import (
	"slices"
	"testing"
	"time"

	"reisgezel/internal/kernel/privacy"
)

func TestAClassCountsItsDaysOrSaysWhyNot(t *testing.T) {
	talk := privacy.Class{Name: "x.talk", Tables: []string{"x_talk"}, From: privacy.LastContact, Days: 730}
	for _, x := range []struct {
		what string
		c    privacy.Class
		want bool
	}{
		{"two years", talk, true},
		{"with the file", privacy.Class{Name: "x", Tables: []string{"x_a"}, From: privacy.WithFile}, true},
		{"for ever", privacy.Class{Name: "x", Tables: []string{"x_a"}, From: privacy.Always}, true},
		{"removed by a job", privacy.Class{Name: "x", Tables: []string{"x_a"}, From: privacy.LastTouched, Days: 30, Job: "x.sweep"}, true},
		{"nothing", privacy.Class{}, false},
		{"no days", privacy.Class{Name: "x", Tables: []string{"x_a"}, From: privacy.LastContact}, false},
		{"days of a file", privacy.Class{Name: "x", Tables: []string{"x_a"}, From: privacy.WithFile, Days: 3}, false},
		{"no tables", privacy.Class{Name: "x", From: privacy.WithFile}, false},
		{"from nowhere", privacy.Class{Name: "x", Tables: []string{"x_a"}, Days: 3}, false},
		{"a job without days", privacy.Class{Name: "x", Tables: []string{"x_a"}, From: privacy.WithFile, Job: "x.sweep"}, false},
	} {
		if x.c.Whole() != x.want {
			t.Errorf("%s: %v", x.what, !x.want)
		}
	}
	now := time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	if got := talk.Before(now); !got.Equal(time.Date(2024, 11, 24, 9, 0, 0, 0, time.UTC)) {
		t.Errorf("two years before is %s", got)
	}
	k := privacy.Keeper{Keeps: []privacy.Class{talk, {Tables: []string{"x_b", "x_talk"}}}}
	if got := k.Tables(); !slices.Equal(got, []string{"x_b", "x_talk"}) {
		t.Errorf("%v", got)
	}
}
