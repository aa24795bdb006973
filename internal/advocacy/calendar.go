package advocacy

// This file holds the calendar of parliament and courts: what stands in it, and the form of what is entered by hand.

import (
	"slices"
	"time"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/fault"
)

// Places are the sorts of what stands in the calendar.
var Places = []string{"tweede", "eerste", "council", "court", "europe", "other"}

// Event is something on a day, or at an hour of it. What came out of a file has its UID; what was entered by hand has none.
type Event struct {
	ID, Kind, Source, UID string
	Starts, Ends          time.Time
	AllDay, Off           bool      // off: it does not go on
	Dossier               string    // whose it is; empty when it is everybody's
	Gone                  time.Time // when it was taken away
	Version               int64
	Body                  []byte
	What                  What `db:"-"`
}

// What is what is sealed of an event.
type What struct {
	Title string `json:"title"`
	Place string `json:"place,omitempty"`
	Note  string `json:"note,omitempty"`
	Link  string `json:"link,omitempty"`
}

// The sources of events.
const (
	ByHand   = "hand"
	FromFile = "file"
)

// Day is the day here on which it begins.
func (e Event) Day() clock.Date { return clock.Today(e.Starts) }

// same says whether a file brings nothing new about an event.
func (e Event) same(o Event) bool {
	return e.Starts.Equal(o.Starts) && e.Ends.Equal(o.Ends) && e.AllDay == o.AllDay && e.Off == o.Off && e.What == o.What
}

// EventInput is the form of an event.
type EventInput struct{ Kind, Title, Place, Note, Link, Day, From, Until string }

// Check names all faults at once.
func (in EventInput) Check(today clock.Date) (Event, fault.Fields) {
	var fs fault.Fields
	e := Event{Kind: in.Kind, Source: ByHand, What: What{in.Title, in.Place, in.Note, in.Link}}
	if !slices.Contains(Places, in.Kind) {
		fs.Add("soort", "advocacy.error.choose")
	}
	checkWords(&fs, "titel", in.Title, mostLine, true)
	checkWords(&fs, "plaats", in.Place, mostLine, false)
	checkWords(&fs, "notitie", in.Note, mostWords, false)
	fs.Address("adres", "advocacy.error.link", in.Link)
	day := dayIn(&fs, "dag", in.Day, today.AddDays(-3*366), today.AddDays(3*366), "advocacy.error.day")
	from, okFrom := hourOf(day, in.From)
	until, okUntil := hourOf(day, in.Until)
	switch {
	case in.From == "" && in.Until == "":
		e.AllDay, e.Starts, e.Ends = true, day.In(clock.Netherlands), day.AddDays(1).In(clock.Netherlands)
	case !okFrom:
		fs.Add("van", "advocacy.error.hour")
	case in.Until == "":
		e.Starts, e.Ends = from, from.Add(time.Hour)
	case !okUntil || !until.After(from):
		fs.Add("tot", "advocacy.error.until")
	default:
		e.Starts, e.Ends = from, until
	}
	return e, fs
}

// hourOf is an hour of a day here.
func hourOf(d clock.Date, s string) (time.Time, bool) {
	t, err := time.Parse("15:04", s)
	if err != nil {
		return time.Time{}, false
	}
	return time.Date(d.Year, d.Month, d.Day, t.Hour(), t.Minute(), 0, 0, clock.Netherlands), true
}
