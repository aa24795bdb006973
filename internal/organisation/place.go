package organisation

// This file holds the places of the foundation: regions, teams, locations with their hours, rooms and desks.

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/fault"
)

// Region is a part of the country.
type Region struct {
	ID, Name string
	Version  int64
}

// Team is the people who share a caseload and a town.
type Team struct {
	ID, Region, Name string
	Version          int64
}

// Location is a building where people can walk in.
type Location struct {
	ID, Team, Name, Street, Postcode, Town, Phone string
	Remark                                        string // how to find the door, for visitors
	Closed                                        bool
	Version                                       int64
	Changed                                       time.Time
	ChangedBy                                     string
	Hours                                         []Hours `db:"-"`
	Rooms                                         []Room  `db:"-"`
	Desks                                         []Desk  `db:"-"`
}

// Door is a location as somebody outside looks for it.
type Door struct {
	Location
	Region string
}

// Hours is one walk-in hour in the week. Weekday 1 is Monday; times are HH:MM on the wall.
type Hours struct {
	Weekday      int
	Opens, Shuts string
}

// Room is a place to talk behind a door.
type Room struct {
	ID, Location, Name string
	Closed             bool
}

// Desk is where a visitor checks in and is helped. Presence opens a file to a desk.
type Desk struct {
	ID, Location, Name string
	Closed             bool
}

// Weekday counts Monday as 1 and Sunday as 7.
func Weekday(t time.Time) int {
	if d := int(t.In(clock.Netherlands).Weekday()); d != 0 {
		return d
	}
	return 7
}

// OpenAt says whether the walk-in hour is on at this moment.
func (l Location) OpenAt(now time.Time) bool {
	return l.Shut(now) != ""
}

// NextOpen is the first moment from now on that the walk-in hour begins or is already on; zero when it never does. It knows
// no holidays.
func (l Location) NextOpen(now time.Time) time.Time {
	return l.Next(now, func(clock.Date) bool { return false }).From
}

// Opening is one walk-in hour on one day. From is now when it is on already.
type Opening struct {
	From, Until time.Time
	Now         bool
}

// Next is the walk-in hour that is on or comes first, on a day that is not free; the zero Opening when there is none within a
// month.
func (l Location) Next(now time.Time, free func(clock.Date) bool) Opening {
	if l.Closed || len(l.Hours) == 0 {
		return Opening{}
	}
	today := clock.Today(now)
	for i := range 31 {
		d := today.AddDays(i)
		if free(d) {
			continue
		}
		var best Opening
		for _, h := range l.Hours {
			from, until := onWall(d, h.Opens), onWall(d, h.Shuts)
			if h.Weekday != Weekday(from) || !until.After(now) {
				continue
			}
			o := Opening{From: from, Until: until, Now: !from.After(now)}
			if o.Now {
				o.From = now
			}
			if best.From.IsZero() || o.From.Before(best.From) {
				best = o
			}
		}
		if !best.From.IsZero() {
			return best
		}
	}
	return Opening{}
}

// Shut is when the walk-in hour that is on now ends, as HH:MM; empty when none is on.
func (l Location) Shut(now time.Time) string {
	day, at := Weekday(now), now.In(clock.Netherlands).Format("15:04")
	for _, h := range l.Hours {
		if !l.Closed && h.Weekday == day && h.Opens <= at && at < h.Shuts {
			return h.Shuts
		}
	}
	return ""
}

// Day is the walk-in hours of one weekday.
type Day struct {
	Weekday int
	Hours   []Hours
}

// Week groups walk-in hours by day, Monday first; days without hours are left out.
func (l Location) Week() []Day {
	var out []Day
	for d := 1; d <= 7; d++ {
		var hs []Hours
		for _, h := range l.Hours {
			if h.Weekday == d {
				hs = append(hs, h)
			}
		}
		if len(hs) > 0 {
			out = append(out, Day{d, hs})
		}
	}
	return out
}

// onWall is HH:MM of a day in the Netherlands.
func onWall(d clock.Date, hhmm string) time.Time {
	var h, m int
	if _, err := fmt.Sscanf(hhmm, "%d:%d", &h, &m); err != nil {
		return time.Time{}
	}
	return time.Date(d.Year, d.Month, d.Day, h, m, 0, 0, clock.Netherlands)
}

var (
	clockFace = regexp.MustCompile(`^([01]?[0-9]|2[0-3])[:.]([0-5][0-9])$`)
	postcode  = regexp.MustCompile(`^[1-9][0-9]{3} ?[A-Za-z]{2}$`)
)

// LocationInput is what a form says about a location. Rooms and desks that existed keep their id; a name that is
// left empty closes one.
type LocationInput struct {
	Name, Street, Postcode, Town, Phone, Remark string
	Closed                                      bool
	Hours                                       []Hours
	Rooms                                       []Room
	Desks                                       []Desk
	Version                                     int64
}

// Tidy puts what was typed into one shape: postcodes as 3561 AB, times as 09:00.
func (in *LocationInput) Tidy() {
	in.Postcode = strings.ToUpper(strings.ReplaceAll(in.Postcode, " ", ""))
	if len(in.Postcode) == 6 {
		in.Postcode = in.Postcode[:4] + " " + in.Postcode[4:]
	}
	for i := range in.Hours {
		in.Hours[i].Opens, in.Hours[i].Shuts = tidyTime(in.Hours[i].Opens), tidyTime(in.Hours[i].Shuts)
	}
}

func tidyTime(s string) string {
	m := clockFace.FindStringSubmatch(strings.TrimSpace(s))
	if m == nil {
		return s
	}
	if len(m[1]) == 1 {
		m[1] = "0" + m[1]
	}
	return m[1] + ":" + m[2]
}

// Check names all faults at once. Fields of a list carry the number of their line.
func (in LocationInput) Check() fault.Fields {
	var fs fault.Fields
	need(&fs, "name", in.Name, 60, "organisation.error.place_name")
	need(&fs, "street", in.Street, 100, "organisation.error.street")
	need(&fs, "town", in.Town, 60, "organisation.error.town")
	if !postcode.MatchString(in.Postcode) {
		fs.Add("postcode", "organisation.error.postcode")
	}
	if in.Phone != "" && !phone.MatchString(in.Phone) {
		fs.Add("phone", "organisation.error.phone")
	}
	if len(in.Remark) > 500 {
		fs.Add("remark", "organisation.error.long", "n", 500)
	}
	checkHours(&fs, in.Hours)
	var names []string
	for i, r := range in.Rooms {
		names = checkName(&fs, fmt.Sprintf("room-%d", i), r.Name, r.ID, names)
	}
	names = nil
	open := 0
	for i, d := range in.Desks {
		names = checkName(&fs, fmt.Sprintf("desk-%d", i), d.Name, d.ID, names)
		if d.Name != "" {
			open++
		}
	}
	if open == 0 && !in.Closed {
		fs.Add("desk-0", "organisation.error.no_desk")
	}
	return fs
}

func checkName(fs *fault.Fields, field, name, id string, before []string) []string {
	if name == "" {
		return before
	}
	if len(name) > 40 {
		fs.Add(field, "organisation.error.long", "n", 40)
	}
	if slices.Contains(before, strings.ToLower(name)) {
		fs.Add(field, "organisation.error.twice")
	}
	return append(before, strings.ToLower(name))
}

func checkHours(fs *fault.Fields, hours []Hours) {
	for i, h := range hours {
		if h.Weekday == 0 && h.Opens == "" && h.Shuts == "" {
			continue
		}
		bad := false
		if h.Weekday < 1 || h.Weekday > 7 {
			fs.Add(fmt.Sprintf("day-%d", i), "organisation.error.weekday")
			bad = true
		}
		if !clockFace.MatchString(h.Opens) {
			fs.Add(fmt.Sprintf("opens-%d", i), "organisation.error.time")
			bad = true
		}
		if !clockFace.MatchString(h.Shuts) {
			fs.Add(fmt.Sprintf("shuts-%d", i), "organisation.error.time")
			bad = true
		}
		if bad {
			continue
		}
		if h.Opens >= h.Shuts {
			fs.Add(fmt.Sprintf("shuts-%d", i), "organisation.error.times")
			continue
		}
		for j, o := range hours[:i] {
			if o.Weekday == h.Weekday && o.Opens < h.Shuts && h.Opens < o.Shuts {
				fs.Add(fmt.Sprintf("opens-%d", i), "organisation.error.overlap", "n", j+1)
				break
			}
		}
	}
}

// need adds a fault when a text is missing or longer than it may be.
func need(fs *fault.Fields, field, value string, most int, missing string) {
	switch {
	case value == "":
		fs.Add(field, missing)
	case len([]rune(value)) > most:
		fs.Add(field, "organisation.error.long", "n", most)
	}
}

// Difference is one thing that two people wrote differently. Value texts are for people.
type Difference struct{ Label, Mine, Theirs string }

// Differences lists where what I typed differs from what somebody else saved meanwhile. Label is a text key; hours,
// rooms and desks are compared as a whole.
func (in LocationInput) Differences(theirs Location, week func(int) string) []Difference {
	var out []Difference
	add := func(label, mine, other string) {
		if mine != other {
			out = append(out, Difference{label, mine, other})
		}
	}
	add("organisation.location.name", in.Name, theirs.Name)
	add("organisation.location.street", in.Street, theirs.Street)
	add("organisation.location.postcode", in.Postcode, theirs.Postcode)
	add("organisation.location.town", in.Town, theirs.Town)
	add("organisation.location.phone", in.Phone, theirs.Phone)
	add("organisation.location.remark", in.Remark, theirs.Remark)
	hours := func(hs []Hours) string {
		var s []string
		for _, h := range hs {
			if h.Weekday != 0 {
				s = append(s, week(h.Weekday)+" "+h.Opens+"–"+h.Shuts)
			}
		}
		return strings.Join(s, ", ")
	}
	add("organisation.location.hours", hours(in.Hours), hours(theirs.Hours))
	var mine, other []string
	for _, r := range in.Rooms {
		if r.Name != "" {
			mine = append(mine, r.Name)
		}
	}
	for _, r := range theirs.Rooms {
		if !r.Closed {
			other = append(other, r.Name)
		}
	}
	add("organisation.location.rooms", strings.Join(mine, ", "), strings.Join(other, ", "))
	mine, other = nil, nil
	for _, d := range in.Desks {
		if d.Name != "" {
			mine = append(mine, d.Name)
		}
	}
	for _, d := range theirs.Desks {
		if !d.Closed {
			other = append(other, d.Name)
		}
	}
	add("organisation.location.desks", strings.Join(mine, ", "), strings.Join(other, ", "))
	return out
}
