package procedure

import (
	"testing"
	"time"

	"reisgezel/internal/kernel/clock"
)

func on(t *testing.T, s string) clock.Date {
	t.Helper()
	d, err := clock.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestHolidaysOfTheYearsInTheLawyersTable(t *testing.T) {
	// Good Friday, Easter Monday, King's day, 5 May, Ascension, Whit Monday
	for _, row := range [][6]string{
		{"2024-03-29", "2024-04-01", "2024-04-27", "2024-05-05", "2024-05-09", "2024-05-20"},
		{"2025-04-18", "2025-04-21", "2025-04-26", "2025-05-05", "2025-05-29", "2025-06-09"},
		{"2026-04-03", "2026-04-06", "2026-04-27", "2026-05-05", "2026-05-14", "2026-05-25"},
		{"2027-03-26", "2027-03-29", "2027-04-27", "2027-05-05", "2027-05-06", "2027-05-17"},
		{"2028-04-14", "2028-04-17", "2028-04-27", "2028-05-05", "2028-05-25", "2028-06-05"},
		{"2029-03-30", "2029-04-02", "2029-04-27", "2029-05-05", "2029-05-10", "2029-05-21"},
		{"2030-04-19", "2030-04-22", "2030-04-27", "2030-05-05", "2030-05-30", "2030-06-10"},
		{"2031-04-11", "2031-04-14", "2031-04-26", "2031-05-05", "2031-05-22", "2031-06-02"},
	} {
		for i, want := range []Free{GoodFriday, EasterMonday, KingsDay, LiberationDay, Ascension, WhitMonday} {
			if got := Holiday(on(t, row[i])); got != want {
				t.Errorf("%s: %q, want %q", row[i], got, want)
			}
		}
	}
	for s, want := range map[string]Free{
		"2013-04-30": KingsDay, "2013-04-27": "", "2006-04-29": KingsDay, "2006-04-30": "", "2014-04-26": KingsDay,
		"2026-01-01": NewYear, "2026-12-25": Christmas, "2026-12-26": BoxingDay, "2026-04-05": "", "2026-12-24": "",
	} {
		if got := Holiday(on(t, s)); got != want {
			t.Errorf("%s: %q, want %q", s, got, want)
		}
	}
}

func TestEveryYearOfTheCalendarHasItsNineHolidays(t *testing.T) {
	for y := FirstYear; y <= LastYear; y++ {
		if e := Easter(y); e.Weekday() != time.Sunday || e.Before(clock.On(y, 3, 22)) || e.After(clock.On(y, 4, 25)) {
			t.Fatalf("Easter %d on %s", y, e)
		}
		seen := map[Free]int{}
		for d := clock.On(y, 1, 1); d.Year == y; d = d.AddDays(1) {
			if h := Holiday(d); h != "" {
				seen[h]++
			}
		}
		want := 9
		if Easter(y).AddDays(39) == clock.On(y, 5, 5) {
			want = 8 // Ascension on 5 May is told as 5 May
		}
		if len(seen) != want {
			t.Errorf("%d has the holidays %v", y, seen)
		}
	}
}

func TestEquatedDaysMoveOnlyWhenTheirDecreeWasRead(t *testing.T) {
	friday := on(t, "2026-05-15")
	likely := NewCalendar("x", []EquatedDay{{friday, "KB", Partly}})
	if likely.Free(friday) != "" {
		t.Error("a decree nobody read gave a day off")
	}
	if likely.Generous().Free(friday) != Equated {
		t.Error("the generous calendar does not count the likely day")
	}
	if NewCalendar("x", []EquatedDay{{friday, "KB", Read}}).Free(friday) != Equated {
		t.Error("a decree that was read gives no day off")
	}
}
