package portal

// This file holds the rules of notices: when a telephone is told that something is new, and nothing more than that. The reasons
// stand in docs/adr/0029-a-word-that-something-is-new.md.

import (
	"slices"
	"strings"
	"time"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/fault"
)

// What somebody can be told of, in the order of the page.
const (
	NewAnswer      = "answer"
	NewAppointment = "appointment"
	NewDeadline    = "deadline"
	NewOutcome     = "outcome"
	NewPaper       = "paper"
	NewTurn        = "turn"
	NewHelper      = "helper"
)

var noticeKinds = []string{NewAnswer, NewAppointment, NewDeadline, NewTurn, NewPaper, NewOutcome, NewHelper}

const (
	// quietFrom and quietTo are the hours of the Netherlands between which no telephone is woken.
	quietFrom, quietTo = 21, 8
	// noticeRest is how long something new waits: it may be taken back, or be read meanwhile by who is signed in.
	noticeRest = 10 * time.Minute
	// noticeGap is the least time between two messages, noticeUnread when nobody looked after the first.
	noticeGap    = 2 * time.Hour
	noticeUnread = 24 * time.Hour
	// noticeStale is when something new is no news any longer.
	noticeStale = 7 * 24 * time.Hour
	// noticeWorth is how long a message is tried; the quiet hours end it sooner.
	noticeWorth = 6 * time.Hour
)

// How the latest message ended. Handed means that the carrier took it; whether a telephone showed it, nobody knows.
const (
	noticeHanded  = "handed"
	noticeUnknown = "unknown"
)

// notice is what is kept of who wishes to hear.
type notice struct {
	Person  string
	Body    []byte
	Kinds   string
	Lang    string
	Since   time.Time
	News    time.Time
	Sent    time.Time
	Message string
	Outcome string
}

// wants says whether somebody wishes to hear of this.
func (n notice) wants(kind string) bool { return slices.Contains(strings.Fields(n.Kinds), kind) }

// Quiet says whether telephones are left alone now, and when that begins next.
func Quiet(now time.Time) (quiet bool, from time.Time) {
	h := now.In(clock.Netherlands)
	from = time.Date(h.Year(), h.Month(), h.Day(), quietFrom, 0, 0, 0, clock.Netherlands)
	return h.Hour() >= quietFrom || h.Hour() < quietTo, from
}

// What is done about something new.
const (
	noticeWait = iota
	noticeSend
	noticeForget
)

// next is what is done now for somebody who looked last at opened.
func (n notice) next(opened, now time.Time) int {
	switch {
	case n.News.IsZero() || n.Message != "":
		return noticeWait
	case opened.After(n.News) || now.Sub(n.News) > noticeStale:
		return noticeForget
	}
	gap := noticeGap
	if !opened.After(n.Sent) {
		gap = noticeUnread
	}
	if quiet, _ := Quiet(now); quiet || now.Sub(n.News) < noticeRest || !n.Sent.IsZero() && now.Sub(n.Sent) < gap {
		return noticeWait
	}
	return noticeSend
}

// noticeForm is what somebody chooses.
type noticeForm struct {
	Kinds      []string
	Number     string // as it was typed
	Whose      string // own, or shared with others
	Understood bool   // that others see on a shared telephone that there was a message
}

// checkKinds keeps the kinds that exist, and wants one.
func checkKinds(typed []string) (kinds []string, fs fault.Fields) {
	for _, k := range noticeKinds {
		if slices.Contains(typed, k) {
			kinds = append(kinds, k)
		}
	}
	if len(kinds) == 0 {
		fs.Add("soort", "portal.error.kinds")
	}
	return kinds, fs
}

// check names what is wrong with the choice of a telephone.
func (f noticeForm) check() fault.Fields {
	_, fs := checkKinds(f.Kinds)
	switch {
	case f.Whose != "own" && f.Whose != "shared":
		fs.Add("van", "portal.error.whose")
	case f.Whose == "shared" && !f.Understood:
		fs.Add("begrepen", "portal.error.shared")
	}
	return fs
}
