package feedback

// This file holds an offer: somebody wants to help, or to join the advisory council.

import (
	"slices"
	"time"

	"reisgezel/internal/kernel/fault"
)

// Joins are what somebody can offer.
var Joins = []string{"interpret", "welcome", "council", "story", "teach", "other"}

// Offer is one offer. Its words are what the person lets the coordinator know: nothing else of the file is shown.
type Offer struct {
	ID, Person, Team string
	At, Done         time.Time
	DoneBy           string
	Body             []byte
	Said             `db:"-"`
}

// Said is what an offer says.
type Said struct {
	Called string   `json:"called"`
	Joins  []string `json:"joins"`
	Reach  string   `json:"reach"`
	Text   string   `json:"text"`
}

// Check names all faults at once.
func (s Said) Check() fault.Fields {
	var fs fault.Fields
	if len(s.Joins) == 0 || slices.ContainsFunc(s.Joins, func(x string) bool { return !slices.Contains(Joins, x) }) {
		fs.Add("wat", "feedback.error.joins")
	}
	checkText(&fs, "bereik", s.Reach, "feedback.error.reach", 200)
	checkText(&fs, "woorden", s.Text, "", mostNote)
	return fs
}
