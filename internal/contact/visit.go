package contact

// This file holds the windows of presence and the order of the queue.

import (
	"sort"
	"time"
)

const (
	// Window is how long a visit opens a file to a desk.
	Window = 90 * time.Minute
	// Finish is how long the writer may finish a note after the window.
	Finish = 15 * time.Minute
	// DutyMost ends a duty that nobody ended.
	DutyMost = 10 * time.Hour
	// TriesMost is how many check-ins may fail at one desk in an hour before it must wait: more is guessing.
	TriesMost = 20
)

// Visit is somebody who came to a desk.
type Visit struct {
	ID      string
	Desk    string
	Person  string // empty: anonymous or no file
	Body    []byte // sealed name and language of somebody without a file
	How     string // card, appointment, name, anonymous
	Came    time.Time
	TakenBy string
	Taken   time.Time
	Done    time.Time
	Gone    time.Time
}

// Waiting says whether somebody still waits.
func (v Visit) Waiting() bool { return v.Taken.IsZero() && v.Done.IsZero() && v.Gone.IsZero() }

// AtTable says whether somebody is being helped.
func (v Visit) AtTable() bool { return !v.Taken.IsZero() && v.Done.IsZero() && v.Gone.IsZero() }

// Stale says whether somebody waits so long that one must ask whether they are still there.
func (v Visit) Stale(now time.Time) bool { return v.Waiting() && !now.Before(v.Came.Add(Window)) }

// Queue is who waits, first come first; who came in the same moment stands by id, so that the order never wavers.
func Queue(vs []Visit) []Visit {
	var out []Visit
	for _, v := range vs {
		if v.Waiting() {
			out = append(out, v)
		}
	}
	sort.SliceStable(out, func(i, j int) bool {
		if !out[i].Came.Equal(out[j].Came) {
			return out[i].Came.Before(out[j].Came)
		}
		return out[i].ID < out[j].ID
	})
	return out
}

// Guest is what is known of somebody without a file.
type Guest struct {
	Called   string `json:"called,omitempty"`
	Language string `json:"language,omitempty"`
}
