package clock

import "testing"

func TestADayOfAnotherCalendarIsReadBesideOurs(t *testing.T) {
	for name, c := range map[string]struct {
		other       Other
		text        string
		want, fault string
	}{
		"no other calendar":       {Other{"", "2", "9", "1405"}, "24-11-2026", "24-11-2026", ""},
		"solar, Persian digits":   {Other{"solar", "۲", "۹", "۱۴۰۵"}, "", "2026-11-23", ""},
		"Ethiopian":               {Other{"ethiopian", "7", "3", "2019"}, "", "2026-11-16", ""},
		"the same day twice":      {Other{"solar", "2", "9", "1405"}, "23-11-2026", "2026-11-23", ""},
		"another day beside it":   {Other{"solar", "2", "9", "1405"}, "2026-11-20", "2026-11-20", TwoDays},
		"nonsense beside it":      {Other{"solar", "2", "9", "1405"}, "gisteren", "gisteren", TwoDays},
		"month 13 of the solar":   {Other{"solar", "1", "13", "1405"}, "", "", NoSuchDay},
		"no day":                  {Other{"ethiopian", "", "3", "2019"}, "", "", NoSuchDay},
		"a day of nought":         {Other{"ethiopian", "0", "3", "2019"}, "", "", NoSuchDay},
		"letters":                 {Other{"ethiopian", "x", "3", "2019"}, "", "", NoSuchDay},
		"a calendar nobody knows": {Other{"mars", "1", "3", "2019"}, "", "", NoSuchDay},
	} {
		if got, fault := c.other.Beside(c.text); got != c.want || fault != c.fault {
			t.Errorf("%s: %q %q, want %q %q", name, got, fault, c.want, c.fault)
		}
	}
}
