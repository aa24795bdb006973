package clock

import "testing"

func TestAMonthOnIsTheSameDayOrTheLast(t *testing.T) {
	for _, c := range []struct {
		from string
		n    int
		want string
	}{
		{"2026-11-24", 1, "2026-12-24"}, {"2026-12-31", 1, "2027-01-31"}, {"2026-01-31", 1, "2026-02-28"}, {"2028-01-31", 1, "2028-02-29"},
		{"2026-03-31", -1, "2026-02-28"}, {"2026-01-15", -1, "2025-12-15"}, {"2028-02-29", 12, "2029-02-28"}, {"2026-08-31", 6, "2027-02-28"}, {"2026-05-30", 0, "2026-05-30"}, {"2026-05-30", 26, "2028-07-30"},
	} {
		d, err := ParseDate(c.from)
		if err != nil {
			t.Fatal(err)
		}
		if got := d.AddMonths(c.n); got.String() != c.want {
			t.Errorf("%s and %d months: %s, not %s", c.from, c.n, got, c.want)
		}
	}
}
