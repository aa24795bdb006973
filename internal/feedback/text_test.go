package feedback

import (
	"strings"
	"testing"

	"reisgezel/internal/kernel/lang"
)

// ownTexts are what a person reads, signed in or not.
var ownTexts = []string{"feedback.home", "feedback.think", "feedback.how", "feedback.feel.", "feedback.what", "feedback.about.", "feedback.words", "feedback.name", "feedback.send", "feedback.same", "feedback.said.thanks", "feedback.mine",
	"feedback.subject", "feedback.whom", "feedback.tell", "feedback.said.complaint", "feedback.rules", "feedback.anonymous", "feedback.state.", "feedback.turn", "feedback.handler", "feedback.yours", "feedback.step.", "feedback.steps", "feedback.outcome.",
	"feedback.join", "feedback.said.offer", "feedback.complain.", "feedback.town", "feedback.code", "feedback.track", "feedback.said.anonymous", "feedback.error.feel", "feedback.error.about", "feedback.error.name", "feedback.error.subject",
	"feedback.error.against", "feedback.error.complaint", "feedback.error.code", "feedback.error.joins", "feedback.error.reach", "feedback.error.long", "feedback.error.bsn", "feedback.voice", "feedback.record", "feedback.refused."}

func TestTextsAreComplete(t *testing.T) {
	c, err := lang.Load(lang.Part{Name: "feedback", FS: Texts})
	if err != nil {
		t.Fatal(err)
	}
	if f := c.Faults([]string{"nl", "en"}); len(f) > 0 {
		t.Error(strings.Join(f, "\n"))
	}
	if f := c.Faults([]string{"ar", "fa", "ti", "tr", "so", "uk", "fr"}, ownTexts...); len(f) > 0 {
		t.Error(strings.Join(f, "\n"))
	}
	// What is put together while running, the search for missing texts cannot see.
	for before, all := range map[string][]string{"feel.": Feels, "about.": Abouts, "subject.": Subjects, "outcome.": Outcomes, "join.": Joins, "step.": {Taken, Acknowledged, Extended, Reopened},
		"do.": {Taken, Acknowledged, Extended, Decided, Reopened}, "event.": {Taken, Acknowledged, Extended, Decided, Reopened}, "due.": {Acknowledged, Decided}} {
		for _, x := range all {
			if !c.Has("nl", "feedback."+before+x) {
				t.Errorf("feedback.%s%s has no words", before, x)
			}
		}
	}
	for _, r := range Rules() {
		if !c.Has("nl", r.Why) {
			t.Errorf("%s does not say who may do it", r.Action)
		}
	}
}
