package advocacy

// This file makes moments of what comes back in a calendar: each day of a series within a year before and after today stands for itself,
// so that it can matter to a dossier, be moved and be called off. Which days a rule means is worked out by a library; what it cannot be
// trusted with, such as something that comes back every minute, is named and not taken. bron: ICAL

import (
	"slices"
	"strings"
	"time"

	"github.com/teambition/rrule-go"

	"reisgezel/internal/kernel/clock"
)

// reachDays is how far before and after today a series is taken. The limits keep a file from asking for work without end.
const (
	reachDays  = 366
	mostSeries = 500
	mostTimes  = 5000   // moments out of all series of a file
	mostSteps  = 200000 // days that are walked for them
	mostBarren = 10     // rules that never come
)

// series is an event that comes back.
type series struct {
	line           int
	e              Event
	loc            *time.Location // in which its hours stand
	rule           string
	except, beside []property
}

// change is one time out of a series that is told apart: moved, renamed, or called off.
type change struct {
	line int
	key  string
	e    Event
}

// keyOf names one time of a series, as the series has it: a day, or an instant.
func keyOf(t time.Time, allDay bool) string {
	if allDay {
		return clock.DateOf(t.In(clock.Netherlands)).In(clock.Netherlands).Format("20060102")
	}
	return t.UTC().Format("20060102T150405Z")
}

// part is what stands between the number of a series and the time of one of it.
const part = "#"

// points reads the times of a list such as EXDATE; a period counts by its beginning.
func points(ps []property) (ts []time.Time, days []bool, line int, key string) {
	for _, p := range ps {
		for _, x := range strings.Split(p.value, ",") {
			q := p
			q.value, _, _ = strings.Cut(strings.TrimSpace(x), "/")
			if q.params["VALUE"] == "PERIOD" {
				q.params = map[string]string{"TZID": p.params["TZID"]}
			}
			t, day, key := when(q)
			if key != "" {
				return nil, nil, p.line, key
			}
			ts, days = append(ts, t), append(days, day)
		}
	}
	return ts, days, 0, ""
}

// days are the times of a rule from one moment until another. More says that it goes on after that. Steps is how many it walked.
func (s series) days(from, until time.Time) (out []time.Time, more, ok bool, steps int) {
	o, err := rrule.StrToROptionInLocation(strings.TrimSpace(s.rule), s.loc)
	if err != nil || o.Freq > rrule.DAILY || len(o.Byhour)+len(o.Byminute)+len(o.Bysecond)+len(o.Byeaster) > 0 || o.Interval < 0 || o.Interval > 1000 || o.Count < 0 {
		return nil, false, false, 0
	}
	o.Dtstart = s.e.Starts.In(s.loc)
	if !o.Until.IsZero() && !s.e.AllDay && dayOnly(s.rule) { // written so by many: until the end of that day
		o.Until = o.Until.Add(24*time.Hour - time.Second)
	}
	if o.Until.IsZero() || o.Until.After(until) {
		more, o.Until = true, until
	}
	if o.Until.Before(o.Dtstart) {
		return nil, more, true, 0
	}
	r, err := rrule.NewRRule(*o)
	if err != nil {
		return nil, false, false, 0
	}
	next := r.Iterator()
	for steps < mostSteps {
		t, is := next()
		if !is {
			break
		}
		if steps++; !t.Before(from) {
			out = append(out, t)
		}
	}
	return out, more && (o.Count == 0 || steps < o.Count), true, steps
}

// dayOnly says whether a rule ends on a day and not at an instant.
func dayOnly(rule string) bool {
	_, x, ok := strings.Cut(strings.ToUpper(rule), "UNTIL=")
	x, _, _ = strings.Cut(x, ";")
	return ok && len(strings.TrimSpace(x)) == 8
}

// at is a series at one of its times.
func (s series) at(t time.Time) Event {
	e := s.e
	e.UID = s.e.UID + part + keyOf(t, s.e.AllDay)
	if s.e.AllDay {
		first := clock.DateOf(t.In(clock.Netherlands))
		long := clock.DateOf(s.e.Starts.In(clock.Netherlands)).DaysUntil(clock.DateOf(s.e.Ends.In(clock.Netherlands)))
		e.Starts, e.Ends = first.In(clock.Netherlands).UTC(), first.AddDays(long).In(clock.Netherlands).UTC()
		return e
	}
	e.Starts, e.Ends = t.UTC(), t.Add(s.e.Ends.Sub(s.e.Starts)).UTC()
	return e
}

// repeat turns all series of the file into moments.
func (r *reader) repeat() {
	r.c.From, r.c.Until = r.today.AddDays(-reachDays).In(clock.Netherlands), r.today.AddDays(reachDays).In(clock.Netherlands)
	left, steps, barren := mostTimes, mostSteps, mostBarren
	changed := map[string]map[string]change{}
	for _, c := range r.changes {
		if changed[c.e.UID] == nil {
			changed[c.e.UID] = map[string]change{}
		}
		changed[c.e.UID][c.key] = c // a later one in the file is the newer
	}
	for n, s := range r.series {
		if n >= mostSeries || steps <= 0 || barren <= 0 {
			r.name(s.line, s.e.What.Title, "much")
			continue
		}
		ts, more, ok := []time.Time{s.e.Starts}, false, true // without a rule: the day itself, and those that stand beside it
		if s.rule != "" {
			var walked int
			if ts, more, ok, walked = s.days(r.c.From, r.c.Until); walked == 0 {
				barren--
			}
			steps -= walked
		}
		if !ok {
			r.name(s.line, s.e.What.Title, "repeats")
			continue
		}
		not, notDays, line, key := points(s.except)
		if key != "" {
			r.fault(line, key, "EXDATE")
			continue
		}
		also, _, line, key := points(s.beside)
		if key != "" {
			r.fault(line, key, "RDATE")
			continue
		}
		ts = slices.Concat(ts, also)
		slices.SortFunc(ts, time.Time.Compare)
		out, whole := map[string]bool{}, map[string]bool{}
		for i, t := range not {
			if out[keyOf(t, notDays[i])] = true; notDays[i] {
				whole[clock.DateOf(t.In(clock.Netherlands)).String()] = true
			}
		}
		seen := map[string]bool{}
		var es []Event
		for _, t := range ts {
			k := keyOf(t, s.e.AllDay)
			if seen[k] || t.Before(r.c.From) || !t.Before(r.c.Until) {
				more = more || !t.Before(r.c.Until)
				continue
			}
			seen[k] = true
			if out[k] || !s.e.AllDay && whole[clock.DateOf(t.In(s.loc)).String()] {
				continue
			}
			if _, is := changed[s.e.UID][k]; !is { // else it stands among the changes
				es = append(es, s.at(t))
			}
		}
		if len(es) > left {
			r.name(s.line, s.e.What.Title, "much")
			continue
		}
		left -= len(es)
		r.c.Events, r.c.Whole = append(r.c.Events, es...), append(r.c.Whole, s.e.UID)
		if more {
			r.name(s.line, s.e.What.Title, "beyond")
		}
	}
	titles := map[string]What{}
	for _, s := range r.series {
		titles[s.e.UID] = s.e.What
	}
	for _, c := range r.changes {
		if changed[c.e.UID][c.key].line != c.line || c.e.Starts.Before(r.c.From) || !c.e.Starts.Before(r.c.Until) {
			continue
		}
		e := c.e
		if e.What.Title == "" { // called off without a word: it is called what the series is called
			if e.What = titles[e.UID]; e.What.Title == "" {
				r.fault(c.line, "title", "")
				continue
			}
		}
		e.UID += part + c.key
		r.c.Events = append(r.c.Events, e)
	}
	slices.SortStableFunc(r.c.NotTaken, func(a, b NotTaken) int { return a.Line - b.Line })
}

func (r *reader) name(line int, title, why string) {
	r.c.NotTaken = append(r.c.NotTaken, NotTaken{line, title, why})
}

// family is the number of the series that one moment of it belongs to; of a moment that stands alone its own.
func family(uid string) string {
	if i := strings.LastIndex(uid, part); i >= 0 {
		if k := uid[i+len(part):]; len(k) == 8 || len(k) == 16 {
			return uid[:i]
		}
	}
	return uid
}

// timeOf is when a moment of a series was meant, as its number says; for one that stands alone there is none.
func timeOf(uid string) (time.Time, bool) {
	k := strings.TrimPrefix(uid[len(family(uid)):], part)
	if t, err := time.Parse("20060102T150405Z", k); err == nil {
		return t, true
	}
	t, err := time.ParseInLocation("20060102", k, clock.Netherlands)
	return t, err == nil
}
