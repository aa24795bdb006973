package advocacy

// This file holds what stands in a dossier: who stands beside us and who does not, what was done and said, and what was promised.

import (
	"slices"
	"time"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/fault"
)

// The kinds of what stands in a dossier.
const (
	Ally       = "ally"
	Opponent   = "opponent"
	Talk       = "talk"
	Letter     = "letter"
	Hearing    = "hearing"
	Asked      = "question" // questions in parliament
	Motion     = "motion"
	Media      = "media"
	Commitment = "promise" // toezegging
)

// The kinds, by the form that asks for them.
var (
	Voices  = []string{Ally, Opponent}
	Doings  = []string{Talk, Letter, Hearing, Asked, Motion, Media}
	Kinds   = slices.Concat(Voices, Doings, []string{Commitment})
	numbers = map[string]string{Asked: Question, Motion: Paper} // a kind that has a number, and of which sort
)

// The states of a commitment, and all turns there are.
const (
	Due    = "due"
	Kept   = "kept"
	Broken = "broken"
)

// Fates are the states of a commitment.
var Fates = []string{Due, Kept, Broken}

var fates = map[string][]string{
	Due:    {Kept, Broken},
	Kept:   {Due},
	Broken: {Due, Kept},
}

// Item is one of them. Day is when it was, or of a commitment by when; Gone is when it was taken away.
type Item struct {
	ID, Dossier, Kind, State, MadeBy string
	Day                              clock.Date
	At, Gone                         time.Time
	Version                          int64
	Body                             []byte
	Said                             Said `db:"-"`
}

// Said is what is sealed of it.
type Said struct {
	Who    string     `json:"who"`
	What   string     `json:"what,omitempty"`
	Answer string     `json:"answer,omitempty"` // ours, to an argument
	Number string     `json:"number,omitempty"`
	Link   string     `json:"link,omitempty"`
	Made   clock.Date `json:"made,omitempty"` // of a commitment: when it was made
	Came   string     `json:"came,omitempty"` // of a commitment: what came of it
}

// forms are the kinds that each form of the page asks for; before stands before the names of its fields, because forms of one page
// may not have fields of one name.
var (
	forms  = map[string][]string{"voice": Voices, "doing": Doings, "promise": {Commitment}}
	before = map[string]string{"voice": "stem-", "doing": "daad-", "promise": "belofte-"}
)

// ItemInput is the form of one, and which form it is.
type ItemInput struct{ Form, Kind, Who, What, Answer, Number, Link, Day, Made string }

// Check names all faults at once.
func (in ItemInput) Check(today clock.Date) (Item, fault.Fields) {
	var fs fault.Fields
	pre := before[in.Form]
	x := Item{Kind: in.Kind, Said: Said{Who: in.Who, What: in.What, Answer: in.Answer, Link: in.Link}}
	if !slices.Contains(forms[in.Form], in.Kind) {
		fs.Add(pre+"soort", "advocacy.error.choose")
	}
	checkWords(&fs, pre+"wie", in.Who, mostLine, true)
	checkWords(&fs, pre+"wat", in.What, mostWords, true)
	checkWords(&fs, pre+"antwoord", in.Answer, mostWords, false)
	fs.Address(pre+"adres", "advocacy.error.link", in.Link)
	voice := slices.Contains(Voices, in.Kind)
	if in.Kind == Commitment {
		x.State = Due
		x.Said.Made = dayIn(&fs, pre+"gedaan", in.Made, clock.On(2000, 1, 1), today, "advocacy.error.past")
		x.Day = dayIn(&fs, pre+"dag", in.Day, clock.On(2000, 1, 1), today.AddDays(10*366), "advocacy.error.due")
	} else if !voice {
		x.Day = dayIn(&fs, pre+"dag", in.Day, clock.On(2000, 1, 1), today, "advocacy.error.past")
	}
	want, numbered := numbers[in.Kind], in.Number != ""
	if want != "" || numbered {
		r, ok := ReadReference(in.Number)
		switch {
		case !numbered: // a motion may have no number yet
		case !ok || want != "" && r.Kind != want:
			fs.Add(pre+"nummer", "advocacy.error.reference")
		default:
			x.Said.Number = r.Text
		}
	}
	return x, fs
}

func dayIn(fs *fault.Fields, field, s string, first, last clock.Date, key string) clock.Date {
	t, err := time.Parse("2006-01-02", s)
	d := clock.DateOf(t)
	if err != nil || d.Before(first) || d.After(last) {
		fs.Add(field, key)
		return clock.Date{}
	}
	return d
}

// FateInput is the form with which a commitment is settled, or opened again.
type FateInput struct{ To, Came string }

// Check names all faults at once.
func (in FateInput) Check(x Item) (Item, fault.Fields) {
	var fs fault.Fields
	if x.Kind != Commitment || !slices.Contains(fates[x.State], in.To) {
		fs.Add("uitkomst", "advocacy.error.choose")
	}
	checkWords(&fs, "kwam", in.Came, mostWords, true)
	x.State, x.Said.Came = in.To, in.Came
	return x, fs
}

// Step is something that happened to a dossier. About is what it is about: an item, a colleague, a bottleneck.
type Step struct {
	ID, Dossier, Kind, State, About, MadeBy string
	At                                      time.Time
	Body                                    []byte
	Words                                   StepWords `db:"-"`
}

// StepWords are what was said, and how the demand read before it was written anew.
type StepWords struct {
	Words  string `json:"words,omitempty"`
	Before *Core  `json:"before,omitempty"`
}

// The kinds of steps.
const (
	Began     = "began"
	Edited    = "edited"
	Turned    = "turned"
	Noted     = "noted"
	Shut      = "shut"   // from open to confidential
	Opened    = "opened" // from confidential to open
	Named     = "named"
	Unnamed   = "unnamed"
	Added     = "added"
	Removed   = "removed"
	Restored  = "restored"
	Fated     = "fated"
	Linked    = "linked"
	Unlinked  = "unlinked"
	Delivered = "delivered" // the owner is another
	Tied      = "tied"      // somebody of the register of interests was put beside it
	Untied    = "untied"
)

// StepKinds are all of them.
var StepKinds = []string{Began, Edited, Turned, Noted, Shut, Opened, Named, Unnamed, Added, Removed, Restored, Fated, Linked, Unlinked, Delivered, Tied, Untied}
