package portal

// This file holds the rules of the reading copy: what somebody may keep on their own telephone to read without a network. The
// reasons stand in docs/adr/0030-what-a-telephone-keeps.md.

import "time"

const (
	// CopyDays is how long a copy stays after somebody was last signed in on that telephone.
	CopyDays = 14
	// copyMost is how many copies one person has at once.
	copyMost = 5
	// copyCookie says which copy a telephone has, so that the next page it asks for can end it.
	copyCookie = "kopie"
)

// copyPart is a title with its lines, in the language of the person.
type copyPart struct {
	Title string   `json:"title"`
	Lines []string `json:"lines"`
}

// copyBody is what the telephone seals. Say is what is wrong, in words; Gone that the copy has ended.
type copyBody struct {
	Say   string     `json:"say,omitempty"`
	Gone  bool       `json:"gone,omitempty"`
	Lasts int64      `json:"lasts,omitempty"` // milliseconds: a telephone counts by its own clock
	Parts []copyPart `json:"parts,omitempty"`
}

const copyLasts = CopyDays * 24 * int64(time.Hour/time.Millisecond)

// copyOf is one copy as it is listed.
type copyOf struct {
	ID, Person, Label  string
	Made, Until, Ended time.Time
}

// live says whether a copy may still be read.
func (c copyOf) live(now time.Time) bool {
	return c.ID != "" && c.Ended.IsZero() && now.Before(c.Until)
}
