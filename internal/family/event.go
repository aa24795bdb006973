package family

// This file holds the story of a family: what was told of whom, and changed, when and by whom.

import (
	"time"

	"reisgezel/internal/kernel/clock"
)

// What can happen to a family.
const (
	memberMade    = "member_made"
	memberChanged = "member_changed"
	memberRemoved = "member_removed"
	memberBack    = "member_back"
	tieMade       = "tie_made"
	tieRemoved    = "tie_removed"
	stepTold      = "step"
	answered      = "answered"
	homeMade      = "home_made"
	homeRemoved   = "home_removed"
	enteredTold   = "entered"
	wardenTold    = "guardian"
	parted        = "parted"
	unparted      = "unparted"
	sightGiven    = "sight"
	sightEnded    = "sight_ended"
)

// Event is one line of the story. About is a member, or Own.
type Event struct {
	ID     string
	Person string
	About  string
	Kind   string
	MadeBy string
	At     time.Time
	Body   []byte  `json:"-"`
	What   Details `db:"-"`
}

// Details are how it stood after that; they are kept sealed.
type Details struct {
	Member   *Member           `json:"member,omitempty"` // without its steps
	Tie      *Tie              `json:"tie,omitempty"`
	Step     *Step             `json:"step,omitempty"`
	Home     *Home             `json:"home,omitempty"`
	Warden   *Warden           `json:"warden,omitempty"`
	Answers  map[string]string `json:"answers,omitempty"`
	Day      clock.Date        `json:"day,omitzero"`
	Note     string            `json:"note,omitempty"`
	Question string            `json:"question,omitempty"`
}

// bare is a member as it stands in the story: its way is told step by step.
func bare(m Member) *Member {
	m.Steps = nil
	return &m
}
