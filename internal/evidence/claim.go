package evidence

// This file holds what must be proven, and the pieces that prove it.

import (
	"slices"
	"strings"
	"time"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/privacy"
)

// ClaimKinds are what is to be proven, in the order in which pages show them.
var ClaimKinds = []string{"identity", "family", "flight", "residence", "income", "other"}

// PaperKinds are what a piece or a document is.
var PaperKinds = []string{"passport", "idcard", "permit", "birth", "marriage", "familybook", "court", "threat", "medical", "photo", "payslip", "housing", "translation", "expert", "other"}

// The states of a piece. Sent is what the person sent and nobody has looked at yet.
const (
	Missing     = "missing"
	Asked       = "asked"
	Sent        = "sent"
	Translating = "translating"
	There       = "there"
	Disputed    = "disputed"
	Unneeded    = "unneeded"
)

// States are all states of a piece.
var States = []string{Missing, Asked, Sent, Translating, There, Disputed, Unneeded}

// Settable are the states that a colleague may choose; only what the person sends makes a piece Sent.
var Settable = []string{Missing, Asked, Translating, There, Disputed, Unneeded}

// Open says whether something still has to be done for a piece.
func Open(state string) bool { return state != There && state != Unneeded }

// Self is the owner of a piece that the person gets; Someone is somebody who is no colleague, named in the piece.
const (
	Self    = "self"
	Someone = "other"
)

// Claim is one thing to be proven.
type Claim struct {
	ID      string
	Person  string
	Kind    string
	Closed  time.Time
	MadeBy  string
	At      time.Time
	Version int64
	Body    []byte    `json:"-"`
	What    ClaimText `db:"-"`
}

// ClaimText is what is written about a claim; it is kept sealed.
type ClaimText struct {
	Title string `json:"title,omitempty"`
	About string `json:"about,omitempty"` // with whom the family tie is
}

// Piece is one paper or other proof that a claim needs.
type Piece struct {
	ID      string
	Claim   string
	Person  string
	Kind    string
	State   string
	Owner   string // "", Self, Someone or a colleague
	Due     clock.Date
	At      time.Time
	Changed time.Time
	Version int64
	Body    []byte    `json:"-"`
	What    PieceText `db:"-"`
}

// PieceText is what is written about a piece; it is kept sealed.
type PieceText struct {
	Title string `json:"title,omitempty"`
	Who   string `json:"who,omitempty"` // Someone's name
}

// Yours says whether the person is the one to get a piece, and has not done so.
func (p Piece) Yours() bool {
	return p.Owner == Self && Open(p.State) && p.State != Sent && p.State != Translating
}

// Late says whether a piece should have been there before today.
func (p Piece) Late(today clock.Date) bool {
	return Open(p.State) && !p.Due.IsZero() && p.Due.Before(today)
}

// titleMost and noteMost are the longest texts, in letters.
const (
	titleMost = 120
	noteMost  = 1000
)

// text checks one free text: not too long, and no citizen service number in it.
func text(fs *fault.Fields, name, s string, most int) {
	if n := len([]rune(s)); n > most {
		fs.Add(name, "evidence.error.long", "n", n, "most", most)
	}
	if privacy.HasBSN(s) {
		fs.Add(name, "evidence.error.bsn")
	}
}

// ClaimInput is the form of a claim.
type ClaimInput struct{ Kind, Title, About string }

// Check finds all faults of a form.
func (in ClaimInput) Check() fault.Fields {
	var fs fault.Fields
	if !slices.Contains(ClaimKinds, in.Kind) {
		fs.Add("kind", "evidence.error.claimkind")
	}
	if in.Kind == "family" && in.About == "" {
		fs.Add("about", "evidence.error.about")
	}
	if in.Kind == "other" && in.Title == "" {
		fs.Add("title", "evidence.error.title")
	}
	text(&fs, "title", in.Title, titleMost)
	text(&fs, "about", in.About, titleMost)
	return fs
}

// PieceInput is the form of a piece.
type PieceInput struct {
	Kind, Title, State, Owner, Who, Due, Note string
}

// Check finds all faults of a form and reads the day. Owners are the colleagues who may be chosen; was is what the piece
// was before, empty for a new one.
func (in PieceInput) Check(was Piece, owners []string, today clock.Date) (clock.Date, fault.Fields) {
	var fs fault.Fields
	if !slices.Contains(PaperKinds, in.Kind) {
		fs.Add("kind", "evidence.error.paperkind")
	}
	if in.Kind == "other" && in.Title == "" {
		fs.Add("title", "evidence.error.title")
	}
	if !slices.Contains(Settable, in.State) && (in.State == "" || in.State != was.State) {
		fs.Add("state", "evidence.error.state")
	}
	if in.Owner != "" && in.Owner != Self && in.Owner != Someone && in.Owner != was.Owner && !slices.Contains(owners, in.Owner) {
		fs.Add("owner", "evidence.error.owner")
	}
	if in.Owner == Someone && in.Who == "" {
		fs.Add("who", "evidence.error.who")
	}
	due := day(&fs, "due", in.Due)
	if !due.IsZero() && due != was.Due && Open(in.State) {
		switch {
		case due.Before(today):
			fs.Add("due", "evidence.error.past")
		case due.After(today.AddDays(3 * 366)):
			fs.Add("due", "evidence.error.far")
		}
	}
	text(&fs, "title", in.Title, titleMost)
	text(&fs, "who", in.Who, titleMost)
	text(&fs, "note", in.Note, noteMost)
	return due, fs
}

// day reads a day of a form; nothing is no day.
func day(fs *fault.Fields, name, s string) clock.Date {
	if s == "" {
		return clock.Date{}
	}
	d, err := clock.ParseDate(s)
	if err != nil {
		fs.Add(name, "evidence.error.day")
	}
	return d
}

// Count is how a claim or a whole list stands.
type Count struct{ There, Open, Late int }

// CountOf counts pieces; what is not needed does not count.
func CountOf(ps []Piece, today clock.Date) Count {
	var c Count
	for _, p := range ps {
		switch {
		case p.State == There:
			c.There++
		case Open(p.State):
			c.Open++
		}
		if p.Late(today) {
			c.Late++
		}
	}
	return c
}

// InOrder puts the pieces that need somebody first: late, then by day, then what has none.
func InOrder(ps []Piece) {
	rank := func(p Piece) string {
		switch {
		case !Open(p.State):
			return "3"
		case p.Due.IsZero():
			return "2"
		}
		return "1" + p.Due.String()
	}
	slices.SortStableFunc(ps, func(a, b Piece) int { return strings.Compare(rank(a), rank(b)) })
}
