package advocacy

// This file tests what comes back in a calendar: which days a rule means, what was moved and called off, and what is named.

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/db/dbtest"
)

// starts are the hours here at which the events of a calendar begin, and how it ended.
func starts(t *testing.T, body string) (out []string, c Calendar) {
	t.Helper()
	c, faults := ReadCalendar(ics(body), today)
	if len(faults) > 0 {
		t.Errorf("%q: %v", body, faults)
	}
	for _, e := range c.Events {
		s := e.Starts.In(clock.Netherlands).Format("01-02 15:04")
		if e.Off {
			s += " off"
		}
		out = append(out, s)
	}
	slices.Sort(out)
	return out, c
}

func TestARuleMeansTheseDays(t *testing.T) {
	const ten = "DTSTART;TZID=Europe/Amsterdam:20270202T100000\n" // a Tuesday
	for lines, want := range map[string]string{
		ten + "RRULE:FREQ=DAILY;COUNT=3":                                                "02-02 10:00,02-03 10:00,02-04 10:00",
		ten + "RRULE:FREQ=DAILY;INTERVAL=10;UNTIL=20270222T090000Z":                     "02-02 10:00,02-12 10:00,02-22 10:00",
		ten + "RRULE:FREQ=DAILY;INTERVAL=10;UNTIL=20270222":                             "02-02 10:00,02-12 10:00,02-22 10:00", // a day: until its end
		ten + "RRULE:FREQ=DAILY;INTERVAL=10;UNTIL=20270222T085900Z":                     "02-02 10:00,02-12 10:00",
		ten + "RRULE:FREQ=WEEKLY;COUNT=4;BYDAY=TU,TH":                                   "02-02 10:00,02-04 10:00,02-09 10:00,02-11 10:00",
		ten + "RRULE:FREQ=WEEKLY;INTERVAL=2;COUNT=3":                                    "02-02 10:00,02-16 10:00,03-02 10:00",
		ten + "RRULE:FREQ=MONTHLY;COUNT=3":                                              "02-02 10:00,03-02 10:00,04-02 10:00", // the hour here, also after the clock changed
		ten + "RRULE:FREQ=MONTHLY;COUNT=3;BYDAY=1TU":                                    "02-02 10:00,03-02 10:00,04-06 10:00",
		ten + "RRULE:FREQ=MONTHLY;COUNT=2;BYDAY=-1FR":                                   "02-26 10:00,03-26 10:00",
		ten + "RRULE:FREQ=MONTHLY;COUNT=3;BYMONTHDAY=15,-1":                             "02-15 10:00,02-28 10:00,03-15 10:00",
		ten + "RRULE:FREQ=MONTHLY;COUNT=2;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1":             "02-26 10:00,03-31 10:00",
		ten + "RRULE:FREQ=YEARLY;COUNT=1":                                               "02-02 10:00",
		ten + "RRULE:FREQ=WEEKLY;COUNT=3\nEXDATE;TZID=Europe/Amsterdam:20270209T100000": "02-02 10:00,02-16 10:00",
		ten + "RRULE:FREQ=WEEKLY;COUNT=3\nEXDATE:20270209T090000Z,20270216T090000Z":     "02-02 10:00",
		ten + "RRULE:FREQ=WEEKLY;COUNT=3\nEXDATE;VALUE=DATE:20270209":                   "02-02 10:00,02-16 10:00",
		ten + "RRULE:FREQ=WEEKLY;COUNT=2\nRDATE;TZID=Europe/Amsterdam:20270203T140000":  "02-02 10:00,02-03 14:00,02-09 10:00",
		ten + "RDATE;TZID=Europe/Amsterdam:20270203T140000,20270202T100000":             "02-02 10:00,02-03 14:00",
		"DTSTART;VALUE=DATE:20270327\nRRULE:FREQ=DAILY;COUNT=3":                         "03-27 00:00,03-28 00:00,03-29 00:00", // one of them has 23 hours
		"DTSTART;VALUE=DATE:20270327\nRRULE:FREQ=DAILY;UNTIL=20270328":                  "03-27 00:00,03-28 00:00",
	} {
		got, c := starts(t, vevent("a", lines))
		if strings.Join(got, ",") != want || len(c.NotTaken) > 0 {
			t.Errorf("%q: %s %v, not %s", lines, strings.Join(got, ","), c.NotTaken, want)
		}
		for _, e := range c.Events {
			if e.AllDay && clock.DateOf(e.Starts.In(clock.Netherlands)).AddDays(1) != clock.DateOf(e.Ends.In(clock.Netherlands)) {
				t.Errorf("%q: a day from %s until %s", lines, e.Starts, e.Ends)
			}
		}
	}
}

func TestOneOfASeriesIsMovedOrCalledOff(t *testing.T) {
	series := vevent("a", "DTSTART;TZID=Europe/Amsterdam:20270202T100000", "DTEND;TZID=Europe/Amsterdam:20270202T113000", "RRULE:FREQ=WEEKLY;COUNT=4")
	moved := vevent("a", "RECURRENCE-ID;TZID=Europe/Amsterdam:20270209T100000", "DTSTART;TZID=Europe/Amsterdam:20270210T140000")
	off := "BEGIN:VEVENT\nUID:a\nRECURRENCE-ID:20270216T090000Z\nDTSTART:20270216T090000Z\nSTATUS:CANCELLED\nEND:VEVENT\n"
	for what, body := range map[string]string{"in this order": series + moved + off, "in another": off + moved + series} {
		got, c := starts(t, body)
		if want := "02-02 10:00,02-10 14:00,02-16 10:00 off,02-23 10:00"; strings.Join(got, ",") != want {
			t.Errorf("%s: %v", what, got)
		}
		for _, e := range c.Events {
			if family(e.UID) != "a" || e.What.Title != "Debat" {
				t.Errorf("%s: %+v", what, e)
			}
		}
		if !slices.Equal(c.Whole, []string{"a"}) {
			t.Errorf("%s: %v", what, c.Whole)
		}
	}
	// Without its series one of it stands alone, and says nothing of the others.
	if got, c := starts(t, moved); len(got) != 1 || len(c.Whole) != 0 {
		t.Errorf("%v %v", got, c.Whole)
	}
	if _, faults := ReadCalendar(ics(off), today); len(faults) != 1 || faults[0].Key != "advocacy.ics.title" {
		t.Errorf("one without a title and without its series: %v", faults)
	}
}

func TestWhatIsNotTakenOfASeriesIsNamed(t *testing.T) {
	for lines, want := range map[string]string{
		"DTSTART:20261201T100000Z\nRRULE:FREQ=WEEKLY":                                  "beyond",
		"DTSTART:20261201T100000Z\nRRULE:FREQ=WEEKLY;UNTIL=20300101T000000Z":           "beyond",
		"DTSTART:20261201T100000Z\nRRULE:FREQ=WEEKLY;COUNT=500":                        "beyond",
		"DTSTART:20100105T100000Z\nRRULE:FREQ=WEEKLY;COUNT=5":                          "", // long over
		"DTSTART:20290105T100000Z\nRRULE:FREQ=WEEKLY;COUNT=5":                          "beyond",
		"DTSTART:20261201T100000Z\nRDATE:20300101T100000Z":                             "beyond",
		"DTSTART:20261201T100000Z\nRRULE:FREQ=HOURLY":                                  "repeats",
		"DTSTART:20261201T100000Z\nRRULE:FREQ=DAILY;BYHOUR=9,10":                       "repeats",
		"DTSTART:20261201T100000Z\nRRULE:FREQ=WEEKLY;BYDAY=XX":                         "repeats",
		"DTSTART:20261201T100000Z\nRRULE:elke week":                                    "repeats",
		"DTSTART:20261201T100000Z\nRRULE:FREQ=DAILY;COUNT=2\nRRULE:FREQ=DAILY;COUNT=3": "repeats",
		"DTSTART:20261201T100000Z\nRRULE:FREQ=DAILY;COUNT=2\nEXRULE:FREQ=DAILY":        "repeats",
		"DTSTART:20261201T100000Z\nRECURRENCE-ID;RANGE=THISANDFUTURE:20261201T100000Z": "from_then",
	} {
		_, c := starts(t, vevent("a", lines))
		got := ""
		for _, x := range c.NotTaken {
			got += x.Why
		}
		if got != want || (want == "repeats" || want == "from_then") && len(c.Events) > 0 {
			t.Errorf("%q: %v, %d events, not %s", lines, c.NotTaken, len(c.Events), want)
		}
		for _, e := range c.Events {
			if e.Starts.Before(c.From) || !e.Starts.Before(c.Until) {
				t.Errorf("%q: %s is further away than a year", lines, e.Starts)
			}
		}
	}
	// A file that asks for work without end gets none.
	var many strings.Builder
	for i := range mostSeries {
		many.WriteString(vevent(fmt.Sprint(i), "DTSTART:19900101T100000Z", []string{"RRULE:FREQ=DAILY", "RRULE:FREQ=MONTHLY;BYDAY=+6MO"}[i%2]))
	}
	at := time.Now()
	c, faults := ReadCalendar(ics(many.String()), today)
	if len(faults) > 0 || len(c.Events) > mostTimes || len(c.NotTaken) < mostSeries/2 {
		t.Errorf("%v, %d events, %d not taken", faults, len(c.Events), len(c.NotTaken))
	}
	if took := time.Since(at); took > 20*time.Second {
		t.Errorf("a file asked for %s", took)
	}
}

func TestASeriesIsReadInAgain(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		a := o.As(amira)
		type row struct {
			UID     string
			Off     bool
			Version int
		}
		all := func() string {
			rows, err := db.Many[row](t.Context(), d, db.F(`SELECT uid, off, version FROM advocacy_event`))
			if err != nil {
				t.Fatal(err)
			}
			slices.SortFunc(rows, func(a, b row) int { return strings.Compare(a.UID, b.UID) })
			var out []string
			for _, x := range rows {
				out = append(out, fmt.Sprint(strings.TrimPrefix(x.UID, "week#2026"), map[bool]string{true: " off"}[x.Off], " ", x.Version))
			}
			return strings.Join(out, ", ")
		}
		in := func(what, body, want string) {
			t.Helper()
			if x := o.upload(t, a, "tweede", ics(body)); x.Code != 303 {
				t.Fatalf("%s: %d %.500s", what, x.Code, x.Body)
			}
			if got := all(); got != want {
				t.Errorf("%s: %s, not %s", what, got, want)
			}
		}
		week := vevent("week", "DTSTART;TZID=Europe/Amsterdam:20261202T100000", "RRULE:FREQ=WEEKLY;COUNT=3")
		in("first", week, "1202T090000Z 1, 1209T090000Z 1, 1216T090000Z 1")
		in("again", week, "1202T090000Z 1, 1209T090000Z 1, 1216T090000Z 1")
		in("one is moved", week+vevent("week", "RECURRENCE-ID:20261209T090000Z", "DTSTART:20261210T130000Z"), "1202T090000Z 1, 1209T090000Z 2, 1216T090000Z 1")
		want(t, "the calendar", a.Get("/kalender?maand=2026-12"), 200, "Debat", "14:00")
		in("one is taken out", strings.Replace(week, "RRULE", "EXDATE:20261216T090000Z\nRRULE", 1), "1202T090000Z 1, 1209T090000Z 3, 1216T090000Z off 2")
		want(t, "the calendar", a.Get("/kalender?maand=2026-12"), 200, "Gaat niet door")
		in("it is put back", week, "1202T090000Z 1, 1209T090000Z 3, 1216T090000Z 3")
		in("another file", vevent("other", "DTSTART:20261203T090000Z"), "other 1, 1202T090000Z 1, 1209T090000Z 3, 1216T090000Z 3")
		in("it is one day now", vevent("week", "DTSTART;TZID=Europe/Amsterdam:20261202T100000"), "other 1, week 1, 1202T090000Z off 2, 1209T090000Z off 4, 1216T090000Z off 4")
		in("and a series again", week, "other 1, week off 2, 1202T090000Z 3, 1209T090000Z 5, 1216T090000Z 5")

		// What is over for longer than a year stays as it was.
		if err := d.Tx(t.Context(), func(tx *db.Tx) error {
			_, err := db.Do(t.Context(), tx, db.F(`UPDATE advocacy_event SET uid = 'week#20240101T090000Z' WHERE uid = 'other'`))
			return err
		}); err != nil {
			t.Fatal(err)
		}
		if x := o.upload(t, a, "tweede", ics(week)); x.Code != 303 || !strings.Contains(x.To, "import_same") {
			t.Errorf("%d %s", x.Code, x.To)
		}
	})
}
