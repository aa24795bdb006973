package knelpunt

// This file holds the public form: what it asks, and what keeps it from being flooded without asking who somebody is.
//
// Each form carries a riddle. A browser with a script answers it by itself, in about a second of counting; without a script the
// form waits a little before it can be sent. Either way a riddle lets one report through. No third party takes part.

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"math/bits"
	"slices"
	"strings"
	"time"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/privacy"
)

// Whos are who can send a report.
var Whos = []string{"refugee", "lawyer", "partner", "other"}

const (
	riddleBits = 13               // zero bits that an answer needs; a browser finds one in about a second
	riddleAge  = 6 * time.Hour    // how long somebody may take to write
	waits      = 20 * time.Second // how long a form without an answer waits
)

// Riddle is what a form has to answer.
type Riddle struct {
	ID string    `json:"id"`
	At time.Time `json:"at"`
}

const riddlePlace = "knelpunt.riddle"

// NewRiddle makes a riddle, sealed so that nobody can make their own.
func NewRiddle(k privacy.Key, now time.Time) string {
	b := make([]byte, 12)
	if _, err := rand.Read(b); err != nil {
		panic("knelpunt: the machine gives no random bytes: " + err.Error())
	}
	raw, _ := json.Marshal(Riddle{base64.RawURLEncoding.EncodeToString(b), now}) // a text and a time always become JSON
	return base64.RawURLEncoding.EncodeToString(k.Seal(riddlePlace, raw))
}

// ReadRiddle opens a riddle. One that was made up, or that is too old, is none.
func ReadRiddle(k privacy.Key, sealed string, now time.Time) (r Riddle, ok bool) {
	b, err := base64.RawURLEncoding.DecodeString(sealed)
	if err != nil {
		return r, false
	}
	if b, err = k.Open(riddlePlace, b); err != nil || b == nil || json.Unmarshal(b, &r) != nil {
		return Riddle{}, false
	}
	return r, !r.At.After(now) && now.Sub(r.At) < riddleAge
}

// Answered says whether an answer fits: the hash of both begins with enough zero bits.
func Answered(sealed, answer string) bool {
	if answer == "" || len(answer) > 20 {
		return false
	}
	h := sha256.Sum256([]byte(sealed + ":" + answer))
	n := 0
	for _, b := range h {
		n += bits.LeadingZeros8(b)
		if b != 0 {
			break
		}
	}
	return n >= riddleBits
}

// Waited is how long a form without an answer has to wait still.
func (r Riddle) Waited(since, now time.Time) time.Duration { return max(0, waits-now.Sub(since)) }

// ReportInput is the public form.
type ReportInput struct {
	Who    string `json:"who"`
	Theme  string `json:"theme"`
	Weight string `json:"weight"`
	Words  string `json:"words"`
	Code   string `json:"code"`
	Lang   string `json:"lang"`
	Follow bool   `json:"follow,omitempty"` // on the own page of who sends it
	Detail Detail `json:"detail,omitzero"`  // of a structured form

	// What they need not know; empty when they do not.
	Place       string `json:"place,omitempty"`
	Institution string `json:"institution,omitempty"`
	Month       string `json:"month,omitempty"`
	Seen        string `json:"seen,omitempty"`
}

// Check names all faults at once.
func (in ReportInput) Check(today clock.Date) fault.Fields {
	var fs fault.Fields
	for _, x := range []struct {
		field, value string
		of           []string
	}{{"wie", in.Who, Whos}, {"thema", in.Theme, lists["theme"]}, {"ernst", in.Weight, Weights}} {
		if !slices.Contains(x.of, x.value) {
			fs.Add(x.field, "knelpunt.error.choose")
		}
	}
	for _, x := range []struct {
		field, value string
		of           []string
	}{{"plek", in.Place, lists["place"]}, {"instantie", in.Institution, lists["institution"]}, {"gezien", in.Seen, Seens}} {
		if x.value != "" && !slices.Contains(x.of, x.value) {
			fs.Add(x.field, "knelpunt.error.choose")
		}
	}
	if m, ok := ReadMonth(in.Month); in.Month != "" && (!ok || !slices.Contains(Months(today), m)) {
		fs.Add("maand", "knelpunt.error.choose")
	}
	fs = append(fs, in.Detail.Check()...)
	if in.Detail.Form != "" && formTheme[in.Detail.Form] != in.Theme {
		fs.Add("thema", "knelpunt.error.choose")
	}
	checkWords(&fs, "woorden", in.Words, mostWords)
	if ReadCode(in.Code) == "" {
		fs.Add("code", "knelpunt.error.code")
	}
	return fs
}

// Report is what came in.
type Report struct {
	ID                              string
	Who, Theme, Weight, Lang, State string
	Week                            clock.Date
	Place, Institution, Month, Seen string // empty when they did not say
	Code, Body, Detail              []byte
	Words                           string `db:"-"`
	What                            Detail `db:"-"` // of a structured form
}

// pressing are the themes of which something may be about to happen to somebody: they are read first, and marked.
var pressing = []string{"detention", "return", "border"}

// Presses says whether a report is about such a theme.
func (r Report) Presses() bool { return slices.Contains(pressing, r.Theme) }

// firstRead puts reports in the order in which they are to be read: what is very serious first, among those what presses, and then as
// they came by week.
func firstRead(rs []Report) {
	grade := func(r Report) int {
		g := -2 * slices.Index(Weights, r.Weight)
		if r.Presses() {
			g--
		}
		return g
	}
	slices.SortStableFunc(rs, func(a, b Report) int { return grade(a) - grade(b) })
}

// Ticket lets somebody who just sent a report, or who holds its code, add photographs to it for a while. It stands sealed in the page
// and in its address, and says nothing of the code: what was done with a report cannot be read with it.
type Ticket struct {
	Report []byte    `json:"report"` // the blind token of its code
	At     time.Time `json:"at"`
}

const (
	ticketPlace = "knelpunt.ticket"
	ticketAge   = time.Hour
)

// Seal makes a ticket as a page carries it.
func (t Ticket) Seal(k privacy.Key) string {
	raw, _ := json.Marshal(t) // bytes and a time always become JSON
	return base64.RawURLEncoding.EncodeToString(k.Seal(ticketPlace, raw))
}

// ReadTicket opens one. One that was made up, or that is too old, is none.
func ReadTicket(k privacy.Key, sealed string, now time.Time) (t Ticket, ok bool) {
	b, err := base64.RawURLEncoding.DecodeString(sealed)
	if err != nil {
		return t, false
	}
	if b, err = k.Open(ticketPlace, b); err != nil || b == nil || json.Unmarshal(b, &t) != nil {
		return Ticket{}, false
	}
	return t, !t.At.After(now) && now.Sub(t.At) < ticketAge
}

// codeSigns cannot be mistaken for each other; nobody guesses twelve of them through a form that slows them down.
const (
	codeSigns  = "ACDEFGHJKMNPQRTWXY3479"
	codeLength = 12
)

// NewCode makes a code, in groups of four.
func NewCode() string {
	var out []byte
	one := make([]byte, 1)
	for n := 0; n < codeLength; {
		if _, err := rand.Read(one); err != nil {
			panic("knelpunt: the machine gives no random bytes: " + err.Error())
		}
		if int(one[0]) >= 256/len(codeSigns)*len(codeSigns) {
			continue // else the first signs would come more often
		}
		if n > 0 && n%4 == 0 {
			out = append(out, '-')
		}
		out = append(out, codeSigns[int(one[0])%len(codeSigns)])
		n++
	}
	return string(out)
}

// ReadCode reads a code as somebody typed it; empty when it can be none.
func ReadCode(typed string) string {
	s := strings.NewReplacer("-", "", " ", "").Replace(strings.ToUpper(typed))
	if len(s) != codeLength || strings.Trim(s, codeSigns) != "" {
		return ""
	}
	return s
}
