package portal

// This file turns the log into what a person understands: who looked, on which day, why that was allowed, and what was done.

import (
	"slices"
	"strings"

	"reisgezel/internal/kernel/clock"
)

// acts are what an entry of the log means to the person it is about. An event that is not here is looking, which needs
// no words of its own.
var acts = map[string]string{
	"contact.event.saved":        "wrote",
	"contact.event.corrected":    "wrote",
	"contact.event.checkin":      "checkin",
	"contact.event.appointment":  "appointment",
	"contact.event.plan":         "appointment",
	"dossier.event.registered":   "registered",
	"dossier.event.changed":      "changed",
	"dossier.event.card":         "card",
	"dossier.event.card-ended":   "cardended",
	"dossier.event.assigned":     "assigned",
	"dossier.event.unassigned":   "assigned",
	"dossier.event.moved":        "assigned",
	"procedure.event.registered": "procedure",
	"evidence.event.added":       "papers",
	"evidence.event.changed":     "papers",
	"evidence.event.checked":     "papers",
	"evidence.event.removed":     "papers",
	"evidence.event.restored":    "papers",
	"evidence.event.taken":       "tookpaper",
	"briefing.event.invited":     "invited",
	"briefing.event.marked":      "attended",
	"briefing.event.understood":  "attended",
	"interview.event.asked":      "interview",
	"interview.event.changed":    "interview",
	"interview.event.said_yes":   "company",
	"counsel.event.seen":         "sawshared",
	"counsel.event.took":         "tookpaper",
	"counsel.event.asked":        "wroteus",
	"counsel.event.lawyer":       "lawyer",
	"consent.event.given":        "consented",
	"consent.event.ended":        "stopped",
	"consent.event.handed":       "shared",
	"alarm.event.raised":         "alarm",
	"alarm.event.changed":        "alarm",
	"alarm.event.did":            "alarm",
	"alarm.event.taken":          "alarm",
	"alarm.event.left":           "alarm",
	"alarm.event.renewed":        "alarm",
	"alarm.event.ended":          "alarm",
	"alarm.event.reopened":       "alarm",
	"alarm.event.reviewed":       "alarm",
	"alarm.event.listed":         "listed",
	"residence.event.moved":      "moved",
	"residence.event.condition":  "moved",
	"residence.event.address":    "keptaddress",
	"residence.event.guarded":    "keptaddress",
	"residence.event.asked":      "askedaddress",
	"residence.event.granted":    "askedaddress",
	"residence.event.refused":    "askedaddress",
	"residence.event.weighed":    "askedaddress",
	"residence.event.unguard":    "askedaddress",
	"residence.event.revealed":   "sawaddress",
	"residence.event.own":        "sawaddress",
	"care.event.need":            "needs",
	"care.event.written":         "needs",
	"care.event.school":          "needs",
	"care.event.doctor":          "needs",
	"care.event.notice":          "needs",
	"care.event.named":           "named",
	"care.event.unnamed":         "named",
	"care.event.background":      "readwhy",
	"portal.event.reset":         "pin",
	"portal.event.ended":         "ended",
	"portal.event.first":         "first",
	"portal.event.pin":           "ownpin",
	"rights.event.paper":         "tookpaper",
	"portal.event.phone":         "phone",
	"portal.event.nophone":       "nophone",
	"portal.event.notice":        "notice",
	"portal.event.nonotice":      "nonotice",
	"portal.event.key":           "key",
	"portal.event.nokey":         "nokey",
	"portal.event.copy":          "copy",
	"portal.event.nocopy":        "nocopy",
	"portal.event.fact":          "reported",
	"portal.event.look":          "asked",
	"portal.event.answered":      "answered",
	"question.event.answered":    "answered",
}

// Acts are what was done, each once, in the order in which it first happened.
func Acts(events []string) []string {
	var out []string
	for _, e := range events {
		if a := acts[e]; a != "" && !slices.Contains(out, a) {
			out = append(out, a)
		}
	}
	return out
}

// LookKey names the looks of one colleague on one day for one reason, in a form and in a question about them.
func LookKey(day clock.Date, actor, why string) string {
	return day.String() + "/" + actor + "/" + why
}

// ReadLook reads what LookKey wrote.
func ReadLook(key string) (day clock.Date, actor, why string, ok bool) {
	parts := strings.Split(key, "/")
	if len(parts) != 3 || len(key) > 120 || parts[1] == "" {
		return clock.Date{}, "", "", false
	}
	day, err := clock.ParseDate(parts[0])
	return day, parts[1], parts[2], err == nil && !day.IsZero()
}
