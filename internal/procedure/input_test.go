package procedure

import (
	"strings"
	"testing"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/fault"
)

// faultsAt are the faults of a form as "field key".
func faultsAt(fs fault.Fields) string {
	var out []string
	for _, f := range fs {
		out = append(out, f.Name+" "+strings.TrimPrefix(f.Key, "procedure.error."))
	}
	return strings.Join(out, ", ")
}

func TestWhatHappenedComesInItsOrder(t *testing.T) {
	b := book(t)
	today := clock.Date{Year: 2026, Month: 11, Day: 28}
	onDay := func(s string) Moment { return ev("x", s).On }
	late := Event{ID: "late", Kind: "lodged", On: Moment{From: clock.Date{Year: 2026, Month: 6, Day: 12}}}
	for name, c := range map[string]struct {
		facts []Event
		in    Input
		want  string
	}{
		"a decision before an application that was lodged since the pact": {nil, Input{Kind: "decision", Day: "2026-05-01", Lodged: "after"}, "lodged after"},
		"on the first day of the pact it can be":                          {nil, Input{Kind: "decision", Day: "2026-06-12", Lodged: "after"}, ""},
		"a decision before the day of lodging":                            {nil, Input{Kind: "decision", Day: "2026-05-01", Lodged: "day", LodgedDay: "2026-05-02"}, "lodged_day after"},
		"lodged before being registered":                                  {[]Event{ev("registered", "2026-07-05")}, Input{Kind: "decision", Day: "2026-08-01", Lodged: "before"}, "lodged before"},
		"lodged after an interview on file":                               {[]Event{ev("interview_report", "2026-06-01")}, Input{Kind: "decision", Day: "2026-08-01", Lodged: "after"}, "lodged after"},
		"lodged in time":                                                  {[]Event{ev("interview_report", "2026-06-01")}, Input{Kind: "decision", Day: "2026-08-01", Lodged: "before"}, ""},
		"registered after lodging":                                        {[]Event{ev("lodged", "2026-06-20")}, Input{Kind: "registered", Day: "2026-07-05"}, "day after"},
		"registered on the day of lodging":                                {[]Event{ev("lodged", "2026-06-20")}, Input{Kind: "registered", Day: "2026-06-20"}, ""},
		"lodged before registration":                                      {[]Event{ev("registered", "2026-07-05")}, Input{Kind: "lodged", Day: "2026-06-20"}, "day before"},
		"a decision before the day since when the law knows it lodged":    {[]Event{late}, Input{Kind: "decision", Day: "2026-05-01"}, "day before"},
		"a decision mended to after its appeal":                           {[]Event{ev("appeal_lodged", "2026-10-10")}, Input{Kind: "decision", Day: "2026-10-20", Was: onDay("2026-10-01")}, "day after"},
		"a decision mended to the day of its appeal":                      {[]Event{ev("appeal_lodged", "2026-10-10")}, Input{Kind: "decision", Day: "2026-10-10", Was: onDay("2026-10-01")}, ""},
		"a second decision, mended after an earlier appeal":               {[]Event{ev("appeal_lodged", "2026-10-10")}, Input{Kind: "decision", Day: "2026-11-20", Was: onDay("2026-11-01")}, ""},
		"one of two decisions mended to after the appeal of the other":    {[]Event{ev("decision", "2026-09-01"), ev("appeal_lodged", "2026-10-10")}, Input{Kind: "decision", Day: "2026-11-20", Was: onDay("2026-10-01")}, ""},
		"a decision after an appeal whose own decision is not on file":    {[]Event{ev("appeal_lodged", "2026-10-10")}, Input{Kind: "decision", Day: "2026-11-20"}, ""},
		"the law's day told in another calendar": {[]Event{ev("interview_report", "2026-06-01")}, Input{Kind: "decision", Day: "2026-08-01", Lodged: "day",
			Others: map[string]clock.Other{"lodged_day": {Calendar: "solar", Day: "۲۵", Month: "۳", Year: "۱۴۰۵"}}}, "lodged_day after"},
		"no such day of lodging in another calendar": {nil, Input{Kind: "decision", Day: "2026-08-01", Lodged: "day",
			Others: map[string]clock.Other{"lodged_day": {Calendar: "solar", Day: "1", Month: "13", Year: "1405"}}}, "lodged_day_day ui.day.none"},
		"an appeal before the decision": {[]Event{ev("decision", "2026-11-01")}, Input{Kind: "appeal_lodged", Day: "2026-10-20"}, "day before"},
	} {
		f := Sorted(c.facts)
		c.in.Sure, c.in.How, c.in.Outcome, c.in.Route = "exact", "sent", NotKnown, NotKnown
		if !c.in.Was.Unknown() {
			c.in.Corrects = "old"
		}
		var def Definition
		for _, d := range b.Definitions(b.Derive(f, noon), f) {
			if d.ID == c.in.Kind {
				def = d
			}
		}
		if def.ID == "" {
			t.Fatalf("%s: no event %s", name, c.in.Kind)
		}
		if _, _, fs := c.in.Check(def, f, today, clock.Date{}); faultsAt(fs) != c.want {
			t.Errorf("%s: %q, want %q", name, faultsAt(fs), c.want)
		}
	}
}

func TestALengthIsOfATermThatKnowsIt(t *testing.T) {
	b := book(t)
	today := clock.Date{Year: 2026, Month: 11, Day: 28}
	for name, c := range map[string]struct {
		topic  Topic
		facts  []Event
		extend string
		want   string
	}{
		"long-term residence knows none":             {"long_term", []Event{ev("ltr_applied", "2026-09-01")}, "P6W", "extend extend_none"},
		"an answer to an application knows none":     {"objection", nil, "P6W", "extend extend_none"},
		"an objection does":                          {"objection", []Event{ev("objection_lodged", "2026-10-01")}, "P6W", ""},
		"of nobody knows how much":                   {"objection", []Event{ev("objection_lodged", "2026-10-01")}, NotKnown, ""},
		"a decision on asylum":                       {Asylum, []Event{ev("lodged", "2026-02-01")}, "P9M", ""},
		"a decision on asylum, before it is on file": {Asylum, nil, "P9M", ""},
		"a length of another law":                    {Asylum, []Event{ev("lodged", "2026-02-01")}, "P6M", "extend extend"},
		"nothing chosen":                             {Asylum, []Event{ev("lodged", "2026-02-01")}, "", "extend extend"},
	} {
		f := Sorted(c.facts).About(c.topic)
		var def Definition
		for _, d := range b.Definitions(b.Derive(f, noon), f) {
			if d.ID == "extended" {
				def = d
			}
		}
		in := Input{Kind: "extended", Sure: "exact", Day: "2026-11-20", How: "sent", Extend: c.extend}
		if _, _, fs := in.Check(def, f, today, clock.Date{}); faultsAt(fs) != c.want {
			t.Errorf("%s: %q, want %q", name, faultsAt(fs), c.want)
		}
	}
}

func TestADayBetweenTwoMayStandInAnotherCalendar(t *testing.T) {
	b := book(t)
	today := clock.Date{Year: 2026, Month: 11, Day: 28}
	f := Sorted(nil)
	def := b.Definitions(b.Derive(f, noon), f)[0]
	in := Input{Kind: def.ID, Sure: "between", From: "2026-06-12", How: "sent", Outcome: NotKnown, Route: NotKnown,
		Others: map[string]clock.Other{"to": {Calendar: "ethiopian", Day: "12", Month: "10", Year: "2018"}}}
	e, _, fs := in.Check(def, f, today, clock.Date{})
	if want := (Moment{clock.On(2026, 6, 12), clock.On(2026, 6, 19)}); len(fs) > 0 || e.On != want {
		t.Errorf("%v %v, want %v", e.On, fs, want)
	}
	in.Others["from"] = clock.Other{Calendar: "solar", Day: "1", Month: "3", Year: "1405"}
	if _, _, fs := in.Check(def, f, today, clock.Date{}); faultsAt(fs) != "from_day ui.day.two" {
		t.Errorf("another day than stands beside it: %q", faultsAt(fs))
	}
	in.Others = map[string]clock.Other{"to": {Calendar: "ethiopian", Day: "31", Month: "10", Year: "2018"}}
	if _, _, fs := in.Check(def, f, today, clock.Date{}); faultsAt(fs) != "to_day ui.day.none" {
		t.Errorf("no such day: %q", faultsAt(fs))
	}
}
