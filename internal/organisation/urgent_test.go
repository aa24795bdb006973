package organisation

import (
	"testing"
	"time"

	"reisgezel/internal/kernel/clock"
)

func TestTheLineSaysWhenItIsOpen(t *testing.T) {
	l := Line{Phone: "030 000 00 11", After: "030 000 00 12", Hours: []Hours{{2, "09:00", "17:00"}, {3, "10:00", "12:00"}}}
	at := func(day, hour int) time.Time { return time.Date(2026, 11, day, hour, 30, 0, 0, clock.Netherlands) }
	none := func(clock.Date) bool { return false }
	if o := l.Next(at(24, 10), none); !o.Now || o.Until.Hour() != 17 { // a Tuesday
		t.Errorf("on Tuesday morning: %+v", o)
	}
	if o := l.Next(at(24, 18), none); o.Now || o.From.Day() != 25 || o.From.Hour() != 10 {
		t.Errorf("on Tuesday evening: %+v", o)
	}
	free := func(d clock.Date) bool { return d == clock.On(2026, 11, 25) }
	if o := l.Next(at(24, 18), free); o.From.Day() != 1 {
		t.Errorf("before a holiday: %+v", o)
	}
	if o := l.Next(at(25, 10), free); o.Now {
		t.Errorf("on a holiday: %+v", o)
	}
	if (Line{}).Given() || !l.Given() || l.Always() || !(Line{Phone: "112"}).Always() {
		t.Error("whether there is a line")
	}
	for what, x := range map[string]struct {
		in LineInput
		n  int
	}{
		"whole":                 {LineInput{Phone: "030 000 00 11", After: "030 000 00 12", Hours: l.Hours}, 0},
		"day and night":         {LineInput{Phone: "030 000 00 11"}, 0},
		"words for when shut":   {LineInput{Phone: "030 000 00 11", Words: "Ga naar de politie.", Hours: l.Hours}, 0},
		"nothing for when shut": {LineInput{Phone: "030 000 00 11", Hours: l.Hours}, 1},
		"no number":             {LineInput{After: "030 000 00 12"}, 1},
		"no telephone":          {LineInput{Phone: "bel ons", After: "ook niet"}, 2},
		"shuts before it opens": {LineInput{Phone: "030 000 00 11", After: "030 000 00 12", Hours: []Hours{{1, "17:00", "09:00"}}}, 1},
	} {
		if fs := x.in.Check(); len(fs) != x.n {
			t.Errorf("%s: %v", what, fs)
		}
	}
}
