package consent

// This file holds wishes: another room would like somebody's consent for one matter and may not know who they are. The wish goes to
// whoever holds the file; they ask the person, and the room hears nothing but a yes.

import (
	"strings"
	"time"
)

// forCourt is the purpose of a case before a court that is to help many.
const forCourt = "litigation"

// wishDays is for how long a wish stands: after that nobody need ask it any more.
const wishDays = 120

// Wish is one wish about one person. Done is when it was asked, or when a colleague left it: the answer is nowhere but in the ledger,
// and a no is not kept.
type Wish struct {
	ID      string    `json:"id"`
	Person  string    `json:"-"`
	Matter  string    `json:"matter"`
	At      time.Time `json:"at"`
	Done    time.Time `json:"done,omitzero"`
	Body    []byte    `json:"-"`
	About   About     `json:"about" db:"-"`
	Version int64     `json:"-" db:"-"`
}

// About is what the person would be asked, sealed with their key.
type About struct {
	Title string `json:"title"`
	Words string `json:"words"`
}

// Open says whether it is still to be asked.
func (w Wish) Open(now time.Time) bool {
	return w.Done.IsZero() && now.Before(w.At.AddDate(0, 0, wishDays))
}

// codeOf is a short name of a matter: the party of a consent is called by it, so that no title of a case stands in a sentence to which
// somebody says yes.
func codeOf(matter string) string {
	if len(matter) < 5 {
		return strings.ToUpper(matter)
	}
	return strings.ToUpper(matter[len(matter)-5:])
}

// Agreed is somebody who said yes: as much of them as they allowed. Lines are of the sheet that their colleague gave, when they did.
type Agreed struct {
	Called string // empty when they did not allow their name
	Team   string
	Until  string
	Lines  []Line
}
