package residence

// This file holds the rules of the address that is kept apart: why one may see it, and who must agree.

import (
	"slices"
	"strings"
	"time"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/fault"
)

// VaultSubject names the key of somebody's address in the key store. It is a key of its own: who can open the file cannot
// open the address with it, and it is destroyed with the person's.
func VaultSubject(person string) string { return "vault:" + person }

// Address is what is kept apart.
type Address struct {
	Lines string `json:"lines"`
	Note  string `json:"note,omitempty"` // what to mind at the door
}

// Dangers are why somebody's address is guarded.
var Dangers = []string{"threat", "trafficking", "violence", "other"}

// Guard says that a second person must agree, and since when.
type Guard struct {
	Danger string    `json:"danger"`
	By     string    `json:"by"`
	At     time.Time `json:"at"`
}

// Causes are why a colleague must see the address.
var Causes = []string{"letter", "visit", "transport", "care", "danger", "other"}

// Windows of a request: it waits so long for a second person, and what was agreed to can be used so long, once.
const (
	AskLasts  = 30 * time.Minute
	ShowLasts = 15 * time.Minute
)

// ShowsMost is how many addresses one colleague may see in one day: more is gathering them. Assumption.
const ShowsMost = 20

// What is asked for.
const (
	Reveal  = "reveal"  // to see the address
	Unguard = "unguard" // to end the guarding
)

// Request is one asking for an address.
type Request struct {
	ID        string
	Person    string
	Team      string
	What      string
	AskedBy   string
	Asked     time.Time
	Decided   time.Time
	DecidedBy string // empty while nobody did, or when nobody had to
	Granted   bool
	Shown     time.Time
	Body      []byte `json:"-"`
	Why       Why    `db:"-"`
}

// Why is the reason; it is kept sealed.
type Why struct {
	Cause string `json:"cause"`
	Words string `json:"words"`
}

// Waiting says whether a second person can still decide.
func (r Request) Waiting(now time.Time) bool {
	return r.Decided.IsZero() && now.Before(r.Asked.Add(AskLasts))
}

// Usable says whether the address may be shown now, to the one who asked.
func (r Request) Usable(now time.Time) bool {
	return r.What == Reveal && r.Granted && r.Shown.IsZero() && !r.Decided.IsZero() && now.Before(r.Decided.Add(ShowLasts))
}

// MayDecide says whether somebody may decide about a request: a leader, and never the one who asked.
func (r Request) MayDecide(actor string, leads bool, now time.Time) bool {
	return leads && actor != r.AskedBy && r.Waiting(now)
}

// whyLeast is the shortest reason in words: less says nothing to who reads it later.
const (
	whyLeast = 5
	whyMost  = 500
)

// CheckWhy finds all faults of a reason.
func CheckWhy(w Why) fault.Fields {
	var fs fault.Fields
	if !slices.Contains(Causes, w.Cause) {
		fs.Add("cause", "residence.error.cause")
	}
	if len([]rune(strings.TrimSpace(w.Words))) < whyLeast {
		fs.Add("words", "residence.error.why")
	}
	text(&fs, "words", w.Words, whyMost)
	return fs
}

// CheckAddress finds all faults of an address. Nothing is no address; that it is to be taken away must be said, because it
// cannot be put back.
func CheckAddress(a Address, remove bool) fault.Fields {
	var fs fault.Fields
	text(&fs, "lines", a.Lines, dossier.AddressMost)
	text(&fs, "note", a.Note, 400)
	if (a.Lines == "") != remove {
		fs.Add("lines", map[bool]string{false: "residence.error.lines", true: "residence.error.both"}[remove])
	}
	return fs
}
