package clock

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"
)

func TestOtherCalendarsAgreeWithTheUnicodeTables(t *testing.T) {
	b, err := os.ReadFile("testdata/calendars.txt")
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for row := range strings.Lines(string(b)) {
		f := strings.Fields(row)
		if len(f) != 3 {
			continue
		}
		d, err := ParseDate(f[0])
		if err != nil {
			t.Fatal(err)
		}
		n++
		for calendar, want := range map[string]string{"solar": f[1], "ethiopian": f[2]} {
			got := InCalendar(calendar, d)
			if s := fmt.Sprintf("%d-%d-%d", got.Year, got.Month, got.Day); s != want {
				t.Errorf("%s in %s is %s, want %s", d, calendar, s, want)
			}
			if y, m, day, exact := got.Common(); !got.Valid() || !exact || On(y, time.Month(m), day) != d {
				t.Errorf("%s of %s leads back to %d-%d-%d", want, calendar, y, m, day)
			}
		}
	}
	if n < 100 {
		t.Fatalf("only %d days were compared", n)
	}
}

func TestUmmAlQuraAgreesWithTheUnicodeTables(t *testing.T) {
	b, err := os.ReadFile("testdata/qura.txt")
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for row := range strings.Lines(string(b)) {
		f := strings.Fields(row)
		d, err := ParseDate(f[0])
		if err != nil {
			t.Fatal(err)
		}
		n++
		got := InCalendar("qura", d)
		if s := fmt.Sprintf("%d-%d-%d", got.Year, got.Month, got.Day); s != f[1] {
			t.Errorf("%s is %s, want %s", d, s, f[1])
		}
	}
	if n < 500 {
		t.Fatalf("only %d days were compared", n)
	}
}

func TestADayOutsideACalendarIsNotGuessed(t *testing.T) {
	for calendar, d := range map[string]Date{"qura": On(1937, 3, 13), "solar": On(1890, 1, 1), "ethiopian": On(2120, 1, 1), "other": On(2026, 1, 1)} {
		if got := InCalendar(calendar, d); got != (Told{}) {
			t.Errorf("%s in %s is %v", d, calendar, got)
		}
	}
	if got := InCalendar("qura", On(2077, 11, 16)); got.Year != 1500 {
		t.Error(got)
	}
}
