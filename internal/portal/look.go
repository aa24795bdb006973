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
	"contact.event.saved":       "wrote",
	"contact.event.corrected":   "wrote",
	"contact.event.checkin":     "checkin",
	"contact.event.appointment": "appointment",
	"contact.event.plan":        "appointment",
	"dossier.event.registered":  "registered",
	"dossier.event.changed":     "changed",
	"dossier.event.card":        "card",
	"dossier.event.card-ended":  "cardended",
	"dossier.event.assigned":    "assigned",
	"dossier.event.unassigned":  "assigned",
	"dossier.event.moved":       "assigned",
	"evidence.event.added":      "papers",
	"evidence.event.changed":    "papers",
	"evidence.event.checked":    "papers",
	"evidence.event.removed":    "papers",
	"evidence.event.restored":   "papers",
	"evidence.event.taken":      "tookpaper",
	"briefing.event.invited":    "invited",
	"briefing.event.marked":     "attended",
	"briefing.event.understood": "attended",
	"interview.event.asked":     "interview",
	"interview.event.changed":   "interview",
	"interview.event.said_yes":  "company",
	"counsel.event.seen":        "sawshared",
	"counsel.event.took":        "tookpaper",
	"counsel.event.asked":       "wroteus",
	"counsel.event.lawyer":      "lawyer",
	"consent.event.given":       "consented",
	"consent.event.ended":       "stopped",
	"consent.event.handed":      "shared",
	"alarm.event.raised":        "alarm",
	"alarm.event.changed":       "alarm",
	"alarm.event.did":           "alarm",
	"alarm.event.taken":         "alarm",
	"alarm.event.left":          "alarm",
	"alarm.event.renewed":       "alarm",
	"alarm.event.ended":         "alarm",
	"alarm.event.reopened":      "alarm",
	"alarm.event.reviewed":      "alarm",
	"alarm.event.listed":        "listed",
	"residence.event.moved":     "moved",
	"residence.event.condition": "moved",
	"residence.event.address":   "keptaddress",
	"residence.event.guarded":   "keptaddress",
	"residence.event.asked":     "askedaddress",
	"residence.event.granted":   "askedaddress",
	"residence.event.refused":   "askedaddress",
	"residence.event.weighed":   "askedaddress",
	"residence.event.unguard":   "askedaddress",
	"residence.event.revealed":  "sawaddress",
	"residence.event.own":       "sawaddress",
	"care.event.need":           "needs",
	"care.event.written":        "needs",
	"care.event.school":         "needs",
	"care.event.doctor":         "needs",
	"care.event.notice":         "needs",
	"care.event.named":          "named",
	"care.event.unnamed":        "named",
	"care.event.background":     "readwhy",
	"portal.event.reset":        "pin",
	"portal.event.ended":        "ended",
	"portal.event.first":        "first",
	"portal.event.pin":          "ownpin",
	"rights.event.paper":        "tookpaper",
	"portal.event.phone":        "phone",
	"portal.event.nophone":      "nophone",
	"portal.event.notice":       "notice",
	"portal.event.nonotice":     "nonotice",
	"portal.event.key":          "key",
	"portal.event.nokey":        "nokey",
	"portal.event.copy":         "copy",
	"portal.event.nocopy":       "nocopy",
	"portal.event.fact":         "reported",
	"portal.event.look":         "asked",
	"portal.event.answered":     "answered",
	"question.event.answered":   "answered",

	"procedure.event.recorded":          "procedure",
	"procedure.event.corrected":         "procedure",
	"procedure.event.taken_back":        "procedure",
	"procedure.event.restored":          "procedure",
	"procedure.event.agreed":            "agreed",
	"procedure.event.agreed_done":       "agreed",
	"procedure.event.agreed_open":       "agreed",
	"procedure.event.deadline_done":     "term",
	"procedure.event.deadline_reopened": "term",
	"contact.event.moved":               "appointment",
	"contact.event.cancelled":           "appointment",
	"contact.event.taken":               "served",
	"family.event.changed":              "family",
	"family.event.linked":               "family",
	"family.event.parted":               "family",
	"family.event.unparted":             "family",
	"family.event.sight":                "family",
	"family.event.sight_ended":          "family",
	"dossier.event.household":           "family",
	"dossier.event.receipt":             "signalled",
	"dossier.event.printed":             "printed",
	"handover.event.offered":            "handover",
	"handover.event.accepted":           "handover",
	"handover.event.refused":            "handover",
	"handover.event.taken":              "handover",
	"handover.event.undone":             "handover",
	"handover.event.withdrawn":          "handover",
	"identity.event.linked":             "linked",
	"identity.event.same":               "linked",
	"identity.event.apart":              "linked",
	"identity.event.later":              "linked",
	"identity.event.undone":             "linked",
	"identity.event.asked":              "linked",
	"identity.event.letin":              "linked",
	"identity.event.refused":            "linked",
	"identity.event.takenback":          "linked",
	"question.event.heard":              "heard",
	"rights.event.lodged":               "rights",
	"rights.event.made":                 "rights",
	"rights.event.taken":                "rights",
	"rights.event.asked":                "rights",
	"rights.event.answered":             "rights",
	"rights.event.longer":               "rights",
	"rights.event.decided":              "rights",
	"rights.event.carried":              "rights",
	"rights.event.reopened":             "rights",
	"rights.event.undone":               "rights",
	"rights.event.lifted":               "rights",
	"rights.event.given":                "rights",
	"rights.event.copy":                 "rights",
	"rights.event.sent":                 "rights",
	"feedback.event.taken":              "complaint",
	"feedback.event.acknowledged":       "complaint",
	"feedback.event.extended":           "complaint",
	"feedback.event.decided":            "complaint",
	"feedback.event.reopened":           "complaint",
	"feedback.event.settled":            "complaint",
	"feedback.event.offered":            "complaint",
	"oversight.event.opened":            "emergency",
	"oversight.event.ended":             "emergency",
	"oversight.event.answered":          "oversaw",
	"oversight.event.judged":            "oversaw",
	"oversight.event.reviewed":          "oversaw",
	"oversight.event.taken":             "oversaw",
	"portal.event.reopened":             "reopened",
	"consent.event.wish":                "consented",
	"counsel.event.answered":            "answered",
	"care.event.minded":                 "needs",
	"alarm.event.named":                 "named",
	"alarm.event.unnamed":               "named",
	"residence.event.received":          "keptaddress",
	"ingest.event.registered":           "registered",
}

// Act is the act that an event of the log is to the person; empty for one that is looking.
func Act(event string) string { return acts[event] }

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
