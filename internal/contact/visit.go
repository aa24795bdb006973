package contact

// This file holds the windows of presence, the order of the queue, and how often a desk may try.

import (
	"sort"
	"strconv"
	"time"
	"unicode/utf8"

	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/privacy"
)

const (
	// Window is how long a visit opens a file to a desk, where the location sets nothing else.
	Window = 90 * time.Minute
	// WindowLeast and WindowMost bound what a location may set.
	WindowLeast = 15 * time.Minute
	WindowMost  = 180 * time.Minute
	// Finish is how long the writer may finish a note after the window, or after saving it.
	Finish = 15 * time.Minute
	// DutyMost ends a duty that nobody ended.
	DutyMost = 10 * time.Hour
	// MissesMost is how many check-ins may fail in an hour, at one desk or by one colleague, before they must wait: more
	// is guessing.
	MissesMost = 20
	// HitsMost is how many people one colleague may check in in an hour. No desk helps more; who does is opening files.
	HitsMost = 60
	// Early is how long before an appointment somebody who checks in came for it; who comes earlier came to walk in.
	Early = 2 * time.Hour
	// PutBack is how long somebody who was taken out of the queue can be put back.
	PutBack = time.Hour
)

// Visit is somebody who came to a desk.
type Visit struct {
	ID          string
	Desk        string
	Location    string
	Person      string // empty: anonymous or no file
	Body        []byte // sealed name and language, as the queue shows them
	How         string // card, appointment, name, anonymous
	Appointment string
	Came        time.Time
	Until       time.Time // end of the window
	TakenBy     string
	Taken       time.Time
	Done        time.Time
	Gone        time.Time
	Moment      string // the contact that was recorded at the end
}

// Waiting says whether somebody still waits.
func (v Visit) Waiting() bool { return v.Taken.IsZero() && v.Done.IsZero() && v.Gone.IsZero() }

// AtTable says whether somebody is being helped.
func (v Visit) AtTable() bool { return !v.Taken.IsZero() && v.Done.IsZero() && v.Gone.IsZero() }

// Stale says whether somebody waits so long that one must ask whether they are still there: their window is over.
func (v Visit) Stale(now time.Time) bool { return v.Waiting() && !now.Before(v.Until) }

// Writable says whether the one who helps may still write the note: during the window and the quarter of an hour after.
func (v Visit) Writable(now time.Time) bool { return v.AtTable() && now.Before(v.Until.Add(Finish)) }

// Correctable says whether the note of a visit that was closed can still be corrected from the desk.
func (v Visit) Correctable(now time.Time) bool {
	return v.Moment != "" && !v.Done.IsZero() && now.Before(v.Done.Add(Finish))
}

// Returnable says whether somebody who was taken out of the queue can be put back.
func (v Visit) Returnable(now time.Time) bool {
	return !v.Gone.IsZero() && now.Before(v.Gone.Add(PutBack))
}

// Queue is who waits, first come first; who came in the same moment stands by id, so that the order never wavers.
func Queue(vs []Visit) []Visit {
	var out []Visit
	for _, v := range vs {
		if v.Waiting() {
			out = append(out, v)
		}
	}
	sort.Slice(out, func(i, j int) bool {
		if !out[i].Came.Equal(out[j].Came) {
			return out[i].Came.Before(out[j].Came)
		}
		return out[i].ID < out[j].ID
	})
	return out
}

// Next is the first of the queue of whom nobody needs to ask whether they are still there.
func Next(vs []Visit, now time.Time) (Visit, bool) {
	for _, v := range Queue(vs) {
		if !v.Stale(now) {
			return v, true
		}
	}
	return Visit{}, false
}

// Guest is what the queue shows of somebody.
type Guest struct {
	Called   string `json:"called,omitempty"`
	Language string `json:"language,omitempty"`
}

// CheckGuest names what is wrong with a name and a language that were told at the desk.
func CheckGuest(g Guest, known func(language string) bool) fault.Fields {
	var fs fault.Fields
	if utf8.RuneCountInString(g.Called) > 60 {
		fs.Add("called", "contact.error.long", "n", 60)
	}
	if privacy.HasBSN(g.Called) {
		fs.Add("called", "contact.error.bsn")
	}
	if g.Language != "" && !known(g.Language) {
		fs.Add("language", "contact.error.choose")
	}
	return fs
}

// ReadWindow reads the minutes that a location sets.
func ReadWindow(minutes string) (time.Duration, fault.Fields) {
	var fs fault.Fields
	n, err := strconv.Atoi(minutes)
	w := time.Duration(n) * time.Minute
	if err != nil || w < WindowLeast || w > WindowMost {
		fs.Add("minutes", "contact.error.window", "least", int(WindowLeast.Minutes()), "most", int(WindowMost.Minutes()))
	}
	return w, fs
}

// Tries are the attempts of the last hour.
type Tries struct {
	AtDesk, Mine int // that failed, at this desk and by this colleague
	Hits         int // that found somebody, by this colleague
}

// TooMany says whether the next attempt must wait.
func (t Tries) TooMany() bool { return max(t.AtDesk, t.Mine) >= MissesMost || t.Hits >= HitsMost }
