package advocacy

// This file reads and writes calendars in the form of RFC 5545 (iCalendar), as parliament and courts give them out, with the zone of each
// hour; what comes back is made single in repeat.go. A file with a fault is read in no part; what it holds and is not taken, is named.
// bron: ICAL

import (
	"bytes"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/fault"
)

// The most that a file may hold.
const (
	mostFile   = 1 << 20
	mostEvents = 2000
	mostFaults = 20
	mostUID    = 270 // bytes; one of a series is longer by its time
)

// LineFault is what is wrong with a line of a file.
type LineFault struct {
	Line int
	Key  string // text key
	Arg  string
}

// NotTaken is an event of a file that is not taken, and why: the rest of the text key.
type NotTaken struct {
	Line       int    `json:"line"`
	Title, Why string `json:",omitempty"`
}

// Calendar is what a file holds. Whole are the numbers of the events and series that are in it from one moment until another with all
// their times: what the house has of them there and the file has not, does not go on.
type Calendar struct {
	Events      []Event
	NotTaken    []NotTaken
	Whole       []string
	From, Until time.Time
}

// property is one line of a calendar: NAME;PARAM=value:value.
type property struct {
	line        int
	name, value string
	params      map[string]string
}

// unfold puts lines together that were broken: what goes on begins with a space or a tab.
func unfold(raw []byte) (out []property, lines []string) {
	for i, l := range strings.Split(strings.ReplaceAll(strings.TrimPrefix(string(raw), "\ufeff"), "\r\n", "\n"), "\n") {
		l = strings.TrimSuffix(l, "\r")
		if len(l) > 0 && (l[0] == ' ' || l[0] == '\t') && len(out) > 0 {
			lines[len(lines)-1] += l[1:]
			continue
		}
		if strings.TrimSpace(l) != "" {
			out, lines = append(out, property{line: i + 1}), append(lines, l)
		}
	}
	return out, lines
}

// read reads one line into name, parameters and value. A colon or semicolon inside quotes belongs to the parameter.
func (p *property) read(s string) bool {
	p.params = map[string]string{}
	quoted, from, colon := false, 0, -1
	var parts []string
	for i := 0; i < len(s) && colon < 0; i++ {
		switch {
		case s[i] == '"':
			quoted = !quoted
		case quoted:
		case s[i] == ';':
			parts, from = append(parts, s[from:i]), i+1
		case s[i] == ':':
			parts, colon = append(parts, s[from:i]), i
		}
	}
	if colon < 0 || quoted {
		return false
	}
	p.name, p.value = strings.ToUpper(parts[0]), s[colon+1:]
	for _, x := range parts[1:] {
		k, v, ok := strings.Cut(x, "=")
		if !ok || k == "" {
			return false
		}
		p.params[strings.ToUpper(k)] = strings.Trim(v, `"`)
	}
	for _, r := range p.name {
		if (r < 'A' || r > 'Z') && (r < '0' || r > '9') && r != '-' {
			return false
		}
	}
	return p.name != ""
}

// text takes the escapes out of a value.
func text(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] != '\\' || i+1 == len(s) {
			b.WriteByte(s[i])
			continue
		}
		i++
		switch s[i] {
		case 'n', 'N':
			b.WriteByte('\n')
		default:
			b.WriteByte(s[i])
		}
	}
	return strings.TrimSpace(b.String())
}

// windows are the names that a common mail program gives to the zones of Europe.
var windows = map[string]string{"W. Europe Standard Time": "Europe/Amsterdam", "Central Europe Standard Time": "Europe/Amsterdam", "Central European Standard Time": "Europe/Warsaw", "Romance Standard Time": "Europe/Brussels",
	"GMT Standard Time": "Europe/London", "Greenwich Standard Time": "Atlantic/Reykjavik", "FLE Standard Time": "Europe/Helsinki", "GTB Standard Time": "Europe/Athens", "UTC": "UTC"}

// zone finds a zone by its name. Nothing else is guessed: an hour in a zone that nobody knows is a fault.
func zone(name string) (*time.Location, bool) {
	if w, ok := windows[name]; ok {
		name = w
	}
	if name == "" || name == "Local" || strings.HasPrefix(name, ".") {
		return nil, false
	}
	l, err := time.LoadLocation(name)
	return l, err == nil
}

// when reads a day or an instant. An hour without a zone is one here.
func when(p property) (t time.Time, allDay bool, key string) {
	loc := clock.Netherlands
	if id := p.params["TZID"]; id != "" && !strings.HasSuffix(p.value, "Z") {
		l, ok := zone(strings.TrimPrefix(id, "/"))
		if !ok {
			return t, false, "zone"
		}
		loc = l
	}
	if p.params["VALUE"] == "DATE" || len(p.value) == 8 {
		d, err := time.Parse("20060102", p.value)
		if err != nil {
			return t, true, "day"
		}
		return clock.DateOf(d).In(clock.Netherlands), true, ""
	}
	if s, ok := strings.CutSuffix(p.value, "Z"); ok {
		t, err := time.Parse("20060102T150405", s)
		if err != nil {
			return t, false, "hour"
		}
		return t, false, ""
	}
	t, err := time.ParseInLocation("20060102T150405", p.value, loc)
	if err != nil {
		return t, false, "hour"
	}
	if t.Format("20060102T150405") != p.value { // an hour that the clock jumps over in spring
		return t, false, "gap"
	}
	return t, false, ""
}

// reader reads the events of one file.
type reader struct {
	c      Calendar
	faults []LineFault
	uids   map[string]int
	today  clock.Date

	series  []series
	changes []change
}

func (r *reader) fault(line int, key, arg string) {
	if a := []rune(arg); len(a) > 60 {
		arg = string(a[:60]) + "…"
	}
	if len(r.faults) < mostFaults {
		r.faults = append(r.faults, LineFault{line, "advocacy.ics." + key, arg})
	}
}

// ReadCalendar reads a file. With one fault or more it gives no event at all.
func ReadCalendar(raw []byte, today clock.Date) (Calendar, []LineFault) {
	r := &reader{uids: map[string]int{}, today: today}
	if !utf8.Valid(raw) || bytes.IndexByte(raw, 0) >= 0 {
		r.fault(1, "encoding", "")
		return Calendar{}, r.faults
	}
	props, lines := unfold(raw)
	var stack []string
	var event []property
	seen := false
	for i := range props {
		p := &props[i]
		if !p.read(lines[i]) {
			r.fault(p.line, "line", lines[i])
			continue
		}
		value := strings.ToUpper(strings.TrimSpace(p.value))
		switch p.name {
		case "BEGIN":
			if len(stack) == 0 && value != "VCALENDAR" || len(stack) > 0 && value == "VCALENDAR" {
				r.fault(p.line, "begin", p.value)
			}
			if len(stack) == 1 && value == "VEVENT" {
				event = []property{*p}
			}
			stack, seen = append(stack, value), true
			continue
		case "END":
			if len(stack) == 0 || stack[len(stack)-1] != value {
				r.fault(p.line, "end", p.value)
				return Calendar{}, r.faults // nothing after this can be told apart
			}
			if len(stack) == 2 && value == "VEVENT" {
				r.event(event)
			}
			stack = stack[:len(stack)-1]
			continue
		}
		if len(stack) == 0 {
			r.fault(p.line, "outside", p.name)
			return Calendar{}, r.faults
		}
		if len(stack) == 2 && stack[1] == "VEVENT" {
			event = append(event, *p)
		}
		if len(stack) == 1 && p.name == "VERSION" && value != "2.0" {
			r.fault(p.line, "version", p.value)
		}
	}
	last := 1
	if n := len(props); n > 0 {
		last = props[n-1].line
	}
	switch {
	case !seen:
		r.fault(1, "none", "")
	case len(stack) > 0:
		r.fault(last, "unended", stack[len(stack)-1])
	case len(r.c.Events)+len(r.c.NotTaken)+len(r.series)+len(r.changes) > mostEvents:
		r.fault(last, "many", strconv.Itoa(mostEvents))
	}
	if len(r.faults) == 0 {
		r.repeat()
	}
	if len(r.faults) > 0 {
		return Calendar{}, r.faults
	}
	return r.c, nil
}

// event reads one event. Its first property is where it begins.
func (r *reader) event(ps []property) {
	begin := ps[0].line
	e := Event{Source: FromFile, Kind: "other"}
	var start, end, duration, rule, one *property
	var except, beside []property
	not := "" // why it is not taken
	for i := range ps[1:] {
		p := &ps[i+1]
		once := func(at **property) {
			if *at != nil {
				r.fault(p.line, "twice", p.name)
			}
			*at = p
		}
		switch p.name {
		case "UID":
			if e.UID != "" {
				r.fault(p.line, "twice", p.name)
			}
			e.UID = strings.TrimSpace(p.value)
		case "SUMMARY":
			e.What.Title = cut(text(p.value), mostLine)
		case "LOCATION":
			e.What.Place = cut(text(p.value), mostLine)
		case "DESCRIPTION":
			e.What.Note = cut(text(p.value), mostWords)
		case "URL":
			if fault.GoodAddress(p.value) {
				e.What.Link = p.value
			}
		case "STATUS":
			e.Off = strings.EqualFold(strings.TrimSpace(p.value), "CANCELLED")
		case "DTSTART":
			once(&start)
		case "DTEND":
			once(&end)
		case "DURATION":
			once(&duration)
		case "RRULE":
			if rule != nil {
				not = "repeats"
			}
			rule = p
		case "EXDATE":
			except = append(except, *p)
		case "RDATE":
			beside = append(beside, *p)
		case "EXRULE":
			not = "repeats"
		case "RECURRENCE-ID":
			once(&one)
			if p.params["RANGE"] != "" {
				not = "from_then"
			}
		}
	}
	n := len(r.faults)
	switch {
	case e.UID == "" || len(e.UID) > mostUID || len(e.UID) > mostUID-20 && (rule != nil || one != nil || len(beside) > 0):
		r.fault(begin, "uid", "")
	case one == nil && r.uids[e.UID] > 0:
		r.fault(begin, "uid_twice", e.UID)
	case one == nil:
		r.uids[e.UID] = begin
	}
	if e.What.Title == "" && one == nil {
		r.fault(begin, "title", "")
	}
	if start == nil {
		r.fault(begin, "start", "")
		return
	}
	var key string
	if e.Starts, e.AllDay, key = when(*start); key != "" {
		r.fault(start.line, key, start.value)
		return
	}
	switch {
	case end != nil && duration != nil:
		r.fault(duration.line, "both", "")
	case end != nil:
		var day bool
		if e.Ends, day, key = when(*end); key != "" {
			r.fault(end.line, key, end.value)
		} else if day != e.AllDay || e.Ends.Before(e.Starts) {
			r.fault(end.line, "order", end.value)
		}
	case duration != nil:
		d, ok := length(duration.value)
		if !ok || e.AllDay && d%(24*time.Hour) != 0 {
			r.fault(duration.line, "duration", duration.value)
		}
		if e.Ends = e.Starts.Add(d); e.AllDay { // whole days, also when the clock changes in one of them
			e.Ends = clock.DateOf(e.Starts).AddDays(int(d / (24 * time.Hour))).In(clock.Netherlands)
		}
	case e.AllDay:
		e.Ends = clock.DateOf(e.Starts).AddDays(1).In(clock.Netherlands)
	default:
		e.Ends = e.Starts
	}
	if len(r.faults) > n {
		return
	}
	if e.AllDay && !e.Ends.After(e.Starts) { // written so by many: the day itself
		e.Ends = clock.DateOf(e.Starts).AddDays(1).In(clock.Netherlands)
	}
	if e.Starts.Year() < 1990 || e.Starts.Year() > 2100 || e.Ends.Sub(e.Starts) > 366*24*time.Hour {
		r.fault(start.line, "far", start.value)
		return
	}
	loc := e.Starts.Location()
	e.Starts, e.Ends = e.Starts.UTC(), e.Ends.UTC()
	switch {
	case not != "":
		r.name(begin, e.What.Title, not)
	case one != nil:
		t, day, key := when(*one)
		if key != "" {
			r.fault(one.line, key, one.value)
			return
		}
		r.changes = append(r.changes, change{begin, keyOf(t, day), e})
	case rule != nil:
		r.series = append(r.series, series{begin, e, loc, rule.value, except, beside})
	case len(beside) > 0:
		r.series = append(r.series, series{begin, e, loc, "", except, beside})
	default:
		r.c.Events, r.c.Whole = append(r.c.Events, e), append(r.c.Whole, e.UID)
	}
}

func cut(s string, most int) string {
	if r := []rune(s); len(r) > most {
		return string(r[:most-1]) + "…"
	}
	return s
}

// length reads a duration such as PT1H30M, P2D or P1W; none is negative here.
func length(s string) (time.Duration, bool) {
	s, ok := strings.CutPrefix(strings.TrimPrefix(s, "+"), "P")
	if !ok || s == "" {
		return 0, false
	}
	var d time.Duration
	clockPart, n, digits := false, 0, 0
	for _, c := range s {
		switch {
		case c == 'T' && !clockPart && digits == 0:
			clockPart = true
			continue
		case c >= '0' && c <= '9' && digits < 5:
			n, digits = n*10+int(c-'0'), digits+1
			continue
		}
		unit, ok := map[bool]map[rune]time.Duration{false: {'W': 7 * 24 * time.Hour, 'D': 24 * time.Hour}, true: {'H': time.Hour, 'M': time.Minute, 'S': time.Second}}[clockPart][c]
		if !ok || digits == 0 {
			return 0, false
		}
		d, n, digits = d+time.Duration(n)*unit, 0, 0
	}
	return d, digits == 0 && !strings.HasSuffix(s, "T")
}

// escape writes a value so that it reads the same again.
func escape(s string) string {
	return strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\r\n", `\n`, "\n", `\n`, "\r", "").Replace(s)
}

// fold writes a line in pieces of no more than 75 bytes, and never breaks a sign.
func fold(b *bytes.Buffer, line string) {
	n := 0
	for _, r := range line {
		if k := utf8.RuneLen(r); n+k > 74 {
			b.WriteString("\r\n ")
			n = k + 1
		} else {
			n += k
		}
		b.WriteRune(r)
	}
	b.WriteString("\r\n")
}

// WriteCalendar writes events as a file. Hours are written in UTC, days as days.
func WriteCalendar(es []Event, name string, now time.Time) []byte {
	var b bytes.Buffer
	for _, l := range []string{"BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Reisgezel//NL", "CALSCALE:GREGORIAN", "X-WR-CALNAME:" + escape(name)} {
		fold(&b, l)
	}
	const stamp = "20060102T150405Z"
	for _, e := range es {
		uid := e.UID
		if uid == "" {
			uid = e.ID + "@reisgezel"
		}
		ls := []string{"BEGIN:VEVENT", "UID:" + uid, "DTSTAMP:" + now.UTC().Format(stamp)}
		if e.AllDay {
			ls = append(ls, "DTSTART;VALUE=DATE:"+e.Starts.In(clock.Netherlands).Format("20060102"), "DTEND;VALUE=DATE:"+e.Ends.In(clock.Netherlands).Format("20060102"))
		} else {
			ls = append(ls, "DTSTART:"+e.Starts.UTC().Format(stamp), "DTEND:"+e.Ends.UTC().Format(stamp))
		}
		ls = append(ls, "SUMMARY:"+escape(e.What.Title))
		for _, x := range [][2]string{{"LOCATION:", escape(e.What.Place)}, {"DESCRIPTION:", escape(e.What.Note)}, {"URL:", e.What.Link}} {
			if x[1] != "" {
				ls = append(ls, x[0]+x[1])
			}
		}
		if e.Off {
			ls = append(ls, "STATUS:CANCELLED")
		}
		for _, l := range append(ls, "END:VEVENT") {
			fold(&b, l)
		}
	}
	fold(&b, "END:VCALENDAR")
	return b.Bytes()
}
