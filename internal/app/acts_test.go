package app

// This file holds what colleagues do against what a person is told of it: whatever the log knows as an act has words on the page of
// who looked, or stands below as looking or as no matter of one person.

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/portal"
)

// looking are the events that are looking, and nothing else.
var looking = strings.Fields(`alarm.event.read briefing.event.considered briefing.event.form briefing.event.letter briefing.event.read care.event.look
	consent.event.agreed_read consent.event.read contact.event.form contact.event.read counsel.event.outside
	dossier.event.again dossier.event.cards dossier.event.edit dossier.event.history dossier.event.open dossier.event.people dossier.event.searched dossier.event.signal
	dossier.event.story dossier.event.together dossier.event.told evidence.event.look evidence.event.seen family.event.forchild family.event.look
	feedback.event.heard feedback.event.listened feedback.event.looked feedback.event.read handover.event.read identity.event.compared identity.event.hinted
	interview.event.look oversight.event.looks portal.event.read portal.event.tend portal.event.visit procedure.event.looked
	question.event.own question.event.read question.event.seen residence.event.look residence.event.seen rights.event.fetched rights.event.looked rights.event.read`)

// elsewhere are the events that are not about one person, that the person or the house did, or that end a visit.
var elsewhere = strings.Fields(`alarm.event.counted alarm.event.group alarm.event.group_ended alarm.event.group_reopened alarm.event.group_reviewed alarm.event.purpose
	portal.event.climbed dossier.event.asked-limit question.event.ticked
	app.event.erased app.event.exported briefing.event.adopted briefing.event.cancelled briefing.event.changed briefing.event.chose briefing.event.held briefing.event.planned
	briefing.event.restored briefing.event.topic contact.event.asked contact.event.checkin-failed contact.event.closed contact.event.duty contact.event.left contact.event.still
	contact.event.window counsel.event.book dossier.event.asked evidence.event.destroyed feedback.event.note feedback.event.offer feedback.event.sent feedback.event.terms
	handover.event.fallen handover.event.lapsed interview.event.set oversight.event.asked oversight.event.log oversight.event.missed oversight.event.other
	contact.event.comes contact.event.wants portal.event.refused portal.event.signin procedure.event.by procedure.event.escalated procedure.event.letter procedure.event.recomputed procedure.event.superseded
	procedure.event.registered procedure.event.void question.event.asked question.event.climbed question.event.withdrawn rights.event.erased`)

// public are the rooms that write down nothing of one person.
var public = []string{"account", "advocacy", "information", "ingest", "knelpunt", "litigation", "monitor", "organisation", "pilot", "translation", "x"}

func TestWhateverAColleagueDoesHasWordsForThePerson(t *testing.T) {
	literal := regexp.MustCompile(`"([a-z]+)\.event\.([a-z_-]+)"`)
	seen := map[string]bool{}
	for _, f := range files(t) {
		if f.test() || strings.HasSuffix(f.path, "portal/look.go") {
			continue
		}
		b, err := os.ReadFile(f.path)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range literal.FindAllStringSubmatch(string(b), -1) {
			seen[strings.Trim(m[0], `"`)] = true
			event := strings.Trim(m[0], `"`)
			if portal.Act(event) == "" && !slices.Contains(public, m[1]) && !strings.HasSuffix(event, "_") && !slices.Contains(looking, event) && !slices.Contains(elsewhere, event) {
				t.Errorf("%s: nobody told the person what %s is", f.path, event)
			}
		}
	}
	for _, event := range slices.Concat(looking, elsewhere) {
		if !seen[event] || portal.Act(event) != "" {
			t.Errorf("%s stands in the list and is not logged, or has words", event)
		}
	}
	texts, err := lang.Load(textParts()...)
	if err != nil {
		t.Fatal(err)
	}
	for event := range seen {
		for _, l := range lang.Core {
			if a := portal.Act(event); a != "" && !texts.Has(l.Tag, "portal.did."+a) {
				t.Errorf("%s has no words in %s", event, l.Tag)
			}
		}
	}
	if len(seen) < 150 {
		t.Errorf("only %d events were found: the search is broken", len(seen))
	}
}
