package care

// This file holds how alone somebody is, as it was noticed in a talk: a few plain words, and whether it gets worse.

import (
	"slices"
	"time"

	"reisgezel/internal/kernel/fault"
)

// Circles are the words, from many people around somebody to none. Unknown is no place on the scale.
var Circles = []string{"people", "some", "few", "alone", "unknown"}

const circleUnknown = "unknown"

// Notice is what somebody noticed.
type Notice struct {
	ID        string
	Person    string
	Worse     bool // than what was noticed before
	MadeBy    string
	At        time.Time
	Minded    time.Time
	MindedBy  string
	Removed   time.Time
	RemovedBy string
	Body      []byte     `json:"-"`
	What      NoticeText `db:"-"`
}

// NoticeText is what was noticed; it is kept sealed.
type NoticeText struct {
	Circle string `json:"circle"`
	Words  string `json:"words,omitempty"`
}

// WorseThan says whether a word tells of more loneliness than the last one that was no "unknown". Rows are oldest first,
// and those that were taken back tell nothing.
func WorseThan(before []Notice, circle string) bool {
	now := slices.Index(Circles, circle)
	if circle == circleUnknown || now < 0 {
		return false
	}
	for _, n := range slices.Backward(before) {
		if n.Removed.IsZero() && n.What.Circle != circleUnknown {
			return now > slices.Index(Circles, n.What.Circle)
		}
	}
	return false
}

// Trend is "worse", "better", "same" or nothing, of the last two words that say something.
func Trend(rows []Notice) string {
	var last []int
	for _, n := range slices.Backward(rows) {
		if n.Removed.IsZero() && n.What.Circle != circleUnknown {
			last = append(last, slices.Index(Circles, n.What.Circle))
		}
	}
	switch {
	case len(last) < 2:
		return ""
	case last[0] > last[1]:
		return "worse"
	case last[0] < last[1]:
		return "better"
	}
	return "same"
}

// CheckNotice finds all faults of a form.
func CheckNotice(t NoticeText) fault.Fields {
	var fs fault.Fields
	if !slices.Contains(Circles, t.Circle) {
		fs.Add("circle", "care.error.circle")
	}
	text(&fs, "heard", t.Words, noteMost)
	return fs
}
