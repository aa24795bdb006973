package advocacy

// This file tests the reading of calendars: zones, faults by line, and that what is written reads the same again.

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"reisgezel/internal/kernel/clock"
)

func ics(body string) []byte {
	return []byte("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" + strings.ReplaceAll(strings.TrimSpace(body), "\n", "\r\n") + "\r\nEND:VCALENDAR\r\n")
}

func vevent(uid string, lines ...string) string {
	return "BEGIN:VEVENT\nUID:" + uid + "\nSUMMARY:Debat\n" + strings.Join(lines, "\n") + "\nEND:VEVENT\n"
}

func TestHoursStandInTheirZone(t *testing.T) {
	for lines, want := range map[string]string{
		"DTSTART:20260701T080000Z\nDTEND:20260701T100000Z":                                                                 "2026-07-01 10:00 – 2026-07-01 12:00",
		"DTSTART;TZID=Europe/Amsterdam:20260701T100000\nDTEND;TZID=Europe/Amsterdam:20260701T120000":                       "2026-07-01 10:00 – 2026-07-01 12:00",
		"DTSTART;TZID=Europe/Amsterdam:20261201T100000\nDURATION:PT1H30M":                                                  "2026-12-01 10:00 – 2026-12-01 11:30",
		"DTSTART;TZID=\"W. Europe Standard Time\":20261201T100000\nDTEND;TZID=\"W. Europe Standard Time\":20261201T110000": "2026-12-01 10:00 – 2026-12-01 11:00",
		"DTSTART;TZID=Europe/Helsinki:20261201T100000\nDURATION:P1D":                                                       "2026-12-01 09:00 – 2026-12-02 09:00",
		"DTSTART;TZID=America/New_York:20261101T083000":                                                                    "2026-11-01 14:30 – 2026-11-01 14:30",
		"DTSTART:20261201T100000":                                "2026-12-01 10:00 – 2026-12-01 10:00", // no zone: here
		"DTSTART;VALUE=DATE:20261201":                            "2026-12-01 00:00 – 2026-12-02 00:00",
		"DTSTART;VALUE=DATE:20261201\nDTEND;VALUE=DATE:20261204": "2026-12-01 00:00 – 2026-12-04 00:00",
		"DTSTART;VALUE=DATE:20260329\nDTEND;VALUE=DATE:20260330": "2026-03-29 00:00 – 2026-03-30 00:00", // a day of 23 hours
		"DTSTART;VALUE=DATE:20261025\nDURATION:P1D":              "2026-10-25 00:00 – 2026-10-26 00:00", // and one of 25
	} {
		c, faults := ReadCalendar(ics("BEGIN:VTIMEZONE\nTZID:Europe/Amsterdam\nBEGIN:STANDARD\nDTSTART:19701025T030000\nRRULE:FREQ=YEARLY\nEND:STANDARD\nEND:VTIMEZONE\n"+vevent("a", lines)), today)
		if len(faults) > 0 || len(c.Events) != 1 {
			t.Errorf("%q: %v", lines, faults)
			continue
		}
		e := c.Events[0]
		f := func(t time.Time) string { return t.In(clock.Netherlands).Format("2006-01-02 15:04") }
		if got := f(e.Starts) + " – " + f(e.Ends); got != want {
			t.Errorf("%q: %s, not %s", lines, got, want)
		}
	}
}

func TestWordsAreReadAsTheyWere(t *testing.T) {
	c, faults := ReadCalendar(ics("BEGIN:VEVENT\nUID:x\nSUMMARY;LANGUAGE=nl:Commissiedebat Asiel\\, nareis en\n  gezinnen\nLOCATION:Groen van Prinstererzaal\\; 2\nDESCRIPTION:Regel een\\nRegel \\\\ twee\nURL:https://www.tweedekamer.nl/x\nSTATUS:CANCELLED\nATTENDEE;CN=\"Naam: met dubbele punt\":mailto:x@example.org\nDTSTART:20261201T100000Z\nBEGIN:VALARM\nTRIGGER:-PT15M\nEND:VALARM\nEND:VEVENT"), today)
	if len(faults) > 0 || len(c.Events) != 1 {
		t.Fatal(faults)
	}
	e := c.Events[0]
	if e.What != (What{"Commissiedebat Asiel, nareis en gezinnen", "Groen van Prinstererzaal; 2", "Regel een\nRegel \\ twee", "https://www.tweedekamer.nl/x"}) || !e.Off {
		t.Errorf("%+v", e)
	}
}

func TestAFaultStandsAtItsLineAndNothingIsTaken(t *testing.T) {
	good := vevent("good", "DTSTART:20261201T100000Z")
	for body, want := range map[string]string{
		good + "BEGIN:VEVENT\nSUMMARY:x\nDTSTART:20261201T100000Z\nEND:VEVENT": "8 uid",
		good + vevent("good", "DTSTART:20261202T100000Z"):                      "8 uid_twice",
		good + "BEGIN:VEVENT\nUID:y\nDTSTART:20261201T100000Z\nEND:VEVENT":     "8 title",
		good + vevent("y"): "8 start",
		good + vevent("y", "DTSTART:20261301T100000Z"):                                              "11 hour",
		good + vevent("y", "DTSTART:2026-12-01"):                                                    "11 hour",
		good + vevent("y", "DTSTART;VALUE=DATE:20260230"):                                           "11 day",
		good + vevent("y", "DTSTART;TZID=Mars/Base:20261201T100000"):                                "11 zone",
		good + vevent("y", "DTSTART;TZID=../etc/passwd:20261201T100000"):                            "11 zone",
		good + vevent("y", "DTSTART;TZID=Europe/Amsterdam:20260329T023000"):                         "11 gap",
		good + vevent("y", "DTSTART:20261201T100000Z", "DTEND:20261201T090000Z"):                    "12 order",
		good + vevent("y", "DTSTART:20261201T100000Z", "DTEND;VALUE=DATE:20261202"):                 "12 order",
		good + vevent("y", "DTSTART:20261201T100000Z", "DURATION:1 uur"):                            "12 duration",
		good + vevent("y", "DTSTART:20261201T100000Z", "DURATION:-PT1H"):                            "12 duration",
		good + vevent("y", "DTSTART:20261201T100000Z", "DTEND:20261201T110000Z", "DURATION:PT1H"):   "13 both",
		good + vevent("y", "DTSTART:20261201T100000Z", "DTSTART:20261202T100000Z"):                  "12 twice",
		good + vevent("y", "DTSTART:20261201T100000Z", "RRULE:FREQ=DAILY;COUNT=2", "EXDATE:morgen"): "13 hour",
		good + vevent("y", "DTSTART:20261201T100000Z", "RECURRENCE-ID:morgen"):                      "12 hour",
		good + vevent("y", "DTSTART:18000101T100000Z"):                                              "11 far",
		good + vevent("y", "DTSTART;VALUE=DATE:20261201", "DURATION:PT5H"):                          "12 duration",
		good + vevent("y", "DTSTART:20261201T100000Z", "DURATION:P900D"):                            "11 far",
		good + "geen regel":          "8 line",
		good + "X-A;\"open:1":        "8 line",
		good + "END:VEVENT":          "8 end",
		good + "BEGIN:VEVENT\nUID:z": "10 end",
	} {
		c, faults := ReadCalendar(ics(body), today)
		if len(c.Events)+len(c.NotTaken) > 0 || len(faults) == 0 || fmt.Sprintf("%d %s", faults[0].Line, strings.TrimPrefix(faults[0].Key, "advocacy.ics.")) != want {
			t.Errorf("%q: %v, not %s", body[len(good):], faults, want)
		}
	}
	for raw, want := range map[string]string{"": "none", "hallo": "line", "SUMMARY:x": "outside", "BEGIN:VEVENT\nEND:VEVENT": "begin", "BEGIN:VCALENDAR\nVERSION:1.0\nEND:VCALENDAR": "version", "BEGIN:VCALENDAR": "unended", "\xff\xfe": "encoding", "BEGIN:VCALENDAR\x00": "encoding"} {
		if c, faults := ReadCalendar([]byte(raw), today); len(c.Events) > 0 || len(faults) == 0 || faults[0].Key != "advocacy.ics."+want {
			t.Errorf("%q: %v", raw, faults)
		}
	}
	// All faults at once, and not without end.
	var many strings.Builder
	for i := range 100 {
		many.WriteString(vevent(fmt.Sprint(i), "DTSTART:x"))
	}
	if _, faults := ReadCalendar(ics(many.String()), today); len(faults) != mostFaults {
		t.Errorf("%d faults are told", len(faults))
	}
	var much strings.Builder
	for i := range mostEvents + 1 {
		much.WriteString(vevent(fmt.Sprint(i), "DTSTART:20261201T100000Z"))
	}
	if _, faults := ReadCalendar(ics(much.String()), today); len(faults) != 1 || faults[0].Key != "advocacy.ics.many" {
		t.Errorf("too many: %v", faults)
	}
}

// What is written reads the same again, whatever the words are.
func TestACalendarReadsTheSameAgain(t *testing.T) {
	words := rapid.StringOfN(rapid.RuneFrom([]rune("aé; ,\\:\n\"ابጤ–")), 1, 120, -1)
	rapid.Check(t, func(t *rapid.T) {
		var es []Event
		for i := range rapid.IntRange(0, 5).Draw(t, "n") {
			day := clock.On(2026, time.Month(rapid.IntRange(1, 12).Draw(t, "month")), rapid.IntRange(1, 28).Draw(t, "day"))
			e := Event{ID: fmt.Sprint("ae-", i), Kind: "other", Source: FromFile, AllDay: rapid.Bool().Draw(t, "all day"), Off: rapid.Bool().Draw(t, "off")}
			e.Starts, e.Ends = day.In(clock.Netherlands).UTC(), day.AddDays(rapid.IntRange(1, 3).Draw(t, "days")).In(clock.Netherlands).UTC()
			if !e.AllDay {
				e.Starts = e.Starts.Add(time.Duration(rapid.IntRange(0, 1400).Draw(t, "minute")) * time.Minute)
				e.Ends = e.Starts.Add(time.Duration(rapid.IntRange(0, 600).Draw(t, "length")) * time.Minute)
			}
			e.What = What{Title: "T" + strings.TrimSpace(words.Draw(t, "title")), Place: strings.TrimSpace(words.Draw(t, "place")), Note: strings.TrimSpace(words.Draw(t, "note"))}
			es = append(es, e)
		}
		raw := WriteCalendar(es, "Kalender", time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC))
		for _, l := range bytes.Split(raw, []byte("\r\n")) {
			if len(l) > 75 {
				t.Fatalf("a line of %d bytes: %s", len(l), l)
			}
		}
		c, faults := ReadCalendar(raw, today)
		if len(faults) > 0 || len(c.Events) != len(es) {
			t.Fatalf("%v\n%s", faults, raw)
		}
		for i, e := range es {
			if !c.Events[i].same(e) || c.Events[i].UID != e.ID+ownUID {
				t.Fatalf("%+v\n%+v", e, c.Events[i])
			}
		}
	})
}

func FuzzReadCalendar(f *testing.F) {
	f.Add(ics(vevent("a", "DTSTART:20261201T100000Z", "DURATION:PT1H")))
	f.Add(ics(vevent("a", "DTSTART;TZID=Europe/Amsterdam:20261201T100000", "RRULE:FREQ=DAILY")))
	f.Add(ics(vevent("a", "DTSTART:20261201T100000Z", "RRULE:FREQ=MONTHLY;BYDAY=-1FR;COUNT=4", "EXDATE:20261225T100000Z", "RDATE;VALUE=PERIOD:20261202T100000Z/PT1H") + vevent("a", "DTSTART:20261201T110000Z", "RECURRENCE-ID:20261201T100000Z", "STATUS:CANCELLED")))
	f.Add([]byte("BEGIN:VCALENDAR\n x\nBEGIN:VEVENT\n\tEND:VEVENT\nEND:VCALENDAR"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		c, faults := ReadCalendar(raw, today)
		if len(faults) > 0 {
			if len(c.Events)+len(c.NotTaken) > 0 {
				t.Fatal("half of a file with faults is taken")
			}
			return
		}
		for _, e := range c.Events {
			if e.UID == "" || e.What.Title == "" || e.Ends.Before(e.Starts) {
				t.Fatalf("%+v", e)
			}
		}
		again, faults := ReadCalendar(WriteCalendar(c.Events, "x", time.Unix(0, 0)), today)
		if len(faults) > 0 || len(again.Events) != len(c.Events) {
			t.Fatalf("what was read and written is read otherwise: %v", faults)
		}
	})
}

func TestTheFormOfAnEvent(t *testing.T) {
	if _, fs := (EventInput{}).Check(today); names(fs) != "soort titel dag" {
		t.Error(names(fs))
	}
	if _, fs := (EventInput{Kind: "court", Title: "Zitting", Day: "2026-12-01", From: "10:00", Until: "09:00", Link: "x"}).Check(today); names(fs) != "adres tot" {
		t.Error(names(fs))
	}
	if _, fs := (EventInput{Kind: "court", Title: "Zitting", Day: "2026-12-01", Until: "09:00"}).Check(today); names(fs) != "van" {
		t.Error(names(fs))
	}
	e, fs := (EventInput{Kind: "court", Title: "Zitting", Day: "2026-12-01"}).Check(today)
	if len(fs) > 0 || !e.AllDay || e.Day() != clock.On(2026, 12, 1) || e.Ends.Sub(e.Starts) != 24*time.Hour {
		t.Errorf("%+v %v", e, fs)
	}
}
