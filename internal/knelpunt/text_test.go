package knelpunt

import (
	"strings"
	"testing"

	"reisgezel/internal/kernel/lang"
)

// openTexts are what somebody outside reads, on the public form.
var openTexts = []string{"knelpunt.open", "knelpunt.who.", "knelpunt.theme", "knelpunt.choose", "knelpunt.weight", "knelpunt.follow", "knelpunt.standing.", "knelpunt.said.sent", "knelpunt.error.choose", "knelpunt.error.words", "knelpunt.error.long",
	"knelpunt.error.utf8", "knelpunt.error.bsn", "knelpunt.error.code", "knelpunt.error.old", "knelpunt.error.spent", "knelpunt.error.taken", "knelpunt.error.nophoto", "knelpunt.error.bigphoto", "knelpunt.error.photokind", "knelpunt.error.photos", "knelpunt.reception.", "knelpunt.pushback.",
	"knelpunt.form.reception", "knelpunt.form.pushback", "knelpunt.photo.add", "knelpunt.photo.file", "knelpunt.photo.hint", "knelpunt.photo.text", "knelpunt.reason.", "knelpunt.place", "knelpunt.institution", "knelpunt.month", "knelpunt.open.seen", "knelpunt.notknown", "knelpunt.seen."}

func TestTextsAreComplete(t *testing.T) {
	c, err := lang.Load(lang.Part{Name: "knelpunt", FS: Texts})
	if err != nil {
		t.Fatal(err)
	}
	if f := c.Faults([]string{"nl", "en"}); len(f) > 0 {
		t.Error(strings.Join(f, "\n"))
	}
	if f := c.Faults([]string{"ar", "fa", "ti", "tr", "so", "uk", "fr"}, openTexts...); len(f) > 0 {
		t.Error(strings.Join(f, "\n"))
	}
	// What is put together while running, the search for missing texts cannot see.
	made := map[string][]string{"weight.": Weights, "seen.": Seens, "source.": {FromFile, FromWork, FromOpen}, "state.": States, "step.": StepKinds, "event.": StepKinds, "agreed.": Agreed, "how.": Hows, "who.": Whos, "standing.": {"new", "taken", "dropped", "lapsed"}, "trend.": {Grows, Shrinks, Same},
		"mediation.state.": MediationStates, "prove.kind.": EvidenceKinds, "unprove.": EvidenceKinds, "turn.": {Examined, Acting, Settled, Parked, Closed}}
	for _, kind := range Kinds {
		if len(Choices(kind)) < 10 {
			t.Errorf("the list %s has %d choices", kind, len(Choices(kind)))
		}
		made[kind+"."] = Choices(kind)
	}
	for before, all := range made {
		for _, x := range all {
			for _, tag := range []string{"nl", "en"} {
				if !c.Has(tag, "knelpunt."+before+x) {
					t.Errorf("knelpunt.%s%s has no words in %s", before, x, tag)
				}
			}
		}
	}
	for _, r := range Rules() {
		if !c.Has("nl", r.Why) {
			t.Errorf("%s does not say who may do it", r.Action)
		}
	}
}
