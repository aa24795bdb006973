package family

// This file holds what it means that two part, and the form by which it is said.

import (
	"slices"
	"time"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/fault"
)

// PartKinds are how two part. What is cut is the same; the word is for who helps.
var PartKinds = []string{"apart", "over", "unsafe"}

// Split is that somebody parted from a relative.
type Split struct {
	ID      string
	Person  string
	Member  string
	MadeBy  string
	At      time.Time
	Ended   time.Time
	EndedBy string
	Body    []byte `json:"-"`
	What    Cut    `db:"-"`
}

// Cut is what the parting cut, so that it can be undone; it is kept sealed.
type Cut struct {
	Kind   string         `json:"kind"`
	Note   string         `json:"note,omitempty"`
	Stay   []string       `json:"stay,omitempty"`   // members who stay with the person
	Grants []access.Grant `json:"grants,omitempty"` // what was seen of each other
	Sights []string       `json:"sights,omitempty"`
	Shared []string       `json:"shared,omitempty"` // households of files, as dossier.Parted
	Homes  []string       `json:"homes,omitempty"`
	Tie    string         `json:"tie,omitempty"`
	Undone string         `json:"undone,omitempty"` // why it was undone
}

// SplitInput is the form of a parting.
type SplitInput struct {
	Kind, Note string
	Stay       []string
	Over       bool // the tie itself has ended too
}

// Check finds all faults of a form.
func (in SplitInput) Check(f Family, member string) fault.Fields {
	var fs fault.Fields
	oneOf(&fs, "kind", in.Kind, PartKinds)
	for _, id := range in.Stay {
		if id == member || id == Own || !f.has(id) {
			fs.Add("stay", "family.error.choose")
			break
		}
	}
	text(&fs, "note", in.Note, noteMost)
	return fs
}

// part ends what two have together: the homes that last, and the tie when that is over too. It tells what it ended.
func (f *Family) part(member string, over bool, today clock.Date) (homes []string, tie string) {
	f.Homes, f.Ties = slices.Clone(f.Homes), slices.Clone(f.Ties)
	for i, h := range f.Homes {
		if h.Until.IsZero() && slices.Contains(h.Who, Own) && slices.Contains(h.Who, member) {
			f.Homes[i].Until = today
			homes = append(homes, h.ID)
		}
	}
	for i, t := range f.Ties {
		if over && t.Between(Own, member) && t.Kind == Partner && t.Until.IsZero() {
			f.Ties[i].Until = today
			tie = t.ID
		}
	}
	return homes, tie
}

// rejoin takes back what part ended.
func (f *Family) rejoin(c Cut) {
	f.Homes, f.Ties = slices.Clone(f.Homes), slices.Clone(f.Ties)
	for i, h := range f.Homes {
		if slices.Contains(c.Homes, h.ID) {
			f.Homes[i].Until = clock.Date{}
		}
	}
	for i, t := range f.Ties {
		if c.Tie != "" && t.ID == c.Tie {
			f.Ties[i].Until = clock.Date{}
		}
	}
}
