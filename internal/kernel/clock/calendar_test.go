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
