package privacy

// This file says how long what is known of a person is kept. A class is a promise: either the program keeps it by itself,
// and names the job that does, or a person must, and the page Bewaren says so.

import (
	"slices"
	"time"
)

// Moment is what the days of a class are counted from.
type Moment string

// The moments. WithFile is no number of days: it goes when the file goes.
const (
	LastContact Moment = "contact" // the last contact with the person
	LastTouched Moment = "touched" // the last time somebody worked on it
	WithFile    Moment = "file"
	Always      Moment = "always" // it stays, because it names nobody once the key is gone
)

// Class is how long one kind of what is kept may stay.
type Class struct {
	Name    string // its text is the text key NAME
	Tables  []string
	From    Moment
	Days    int    // after From; 0 for WithFile and Always
	Assumed bool   // no law or policy gives this number: it is our assumption until the organisation decides
	Job     string // the job that removes it in time; empty when a person must
}

// Whole says whether the class says what it must: days exactly where they are counted.
func (c Class) Whole() bool {
	counted := c.From == LastContact || c.From == LastTouched
	return c.Name != "" && len(c.Tables) > 0 && (counted || c.From == WithFile || c.From == Always) && counted == (c.Days > 0) && (c.Job == "" || counted)
}

// Before is the moment of which everything older has had its time. Only for classes whose days are counted.
func (c Class) Before(now time.Time) time.Time {
	if c.Days == 0 {
		panic("privacy: " + c.Name + " is not kept for a number of days")
	}
	return now.AddDate(0, 0, -c.Days)
}

// Tables are all tables of a keeper.
func (k Keeper) Tables() []string {
	var out []string
	for _, c := range k.Keeps {
		out = append(out, c.Tables...)
	}
	slices.Sort(out)
	return slices.Compact(out)
}
