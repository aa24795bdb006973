package rights

import (
	"strings"
	"testing"

	"reisgezel/internal/kernel/lang"
)

// ownTexts are what a person reads.
var ownTexts = []string{"rights.mine", "rights.back", "rights.kind.", "rights.about.", "rights.copy", "rights.ask", "rights.same", "rights.authority", "rights.before", "rights.state.", "rights.turn.", "rights.until.", "rights.handler", "rights.yours",
	"rights.steps", "rights.step.", "rights.outcome.", "rights.ground.", "rights.answer", "rights.undo", "rights.end", "rights.said.sent", "rights.said.answered", "rights.said.undone", "rights.said.ended",
	"rights.error.kind", "rights.error.what", "rights.error.words", "rights.error.long", "rights.error.bsn", "rights.error.many", "rights.error.version", "rights.room.", "rights.paper"}

func TestTextsAreComplete(t *testing.T) {
	c, err := lang.Load(lang.Part{Name: "rights", FS: Texts})
	if err != nil {
		t.Fatal(err)
	}
	if f := c.Faults([]string{"nl", "en"}); len(f) > 0 {
		t.Error(strings.Join(f, "\n"))
	}
	var own []string
	for _, k := range c.Keys("nl") { // what only the privacy desk reads begins the same way, and is left out
		if strings.HasPrefix(k, "rights.copy.desk") {
			continue
		}
		for _, o := range ownTexts {
			if strings.HasPrefix(k, o) {
				own = append(own, k)
				break
			}
		}
	}
	if len(own) < 100 {
		t.Fatalf("only %d texts of a person were found", len(own))
	}
	for _, k := range own {
		for _, tag := range []string{"ar", "fa", "ti", "tr", "so", "uk", "fr"} {
			if !c.Has(tag, k) {
				t.Errorf("%s is missing in %s", k, tag)
			}
		}
	}
	// What is put together while running, the search for missing texts cannot see.
	need := func(before string, all ...string) {
		for _, x := range all {
			if !c.Has("nl", "rights."+before+x) {
				t.Errorf("rights.%s%s has no words", before, x)
			}
		}
	}
	need("kind.", Kinds...)
	need("about.", Kinds...)
	need("do.hint.", Kinds...)
	need("how.", OnPage, AtDesk, OnPaper)
	need("outcome.", Outcomes...)
	need("turn.", Ours, Theirs, Wait, Over)
	need("state.", "open", "longer", "asked", Granted, Partly, Granted+".todo", Partly+".todo", Refused, Withdrawn, "waits")
	need("step.", Taken, Asked, Answered, Longer, Carried, Reopened, Undone, Lifted, Ended, CopyGiven)
	need("do.", Taken, Asked, Longer, Decide, Carried, Reopened, Lifted, CopyGiven)
	need("event.", Taken, Asked, Answered, Longer, Decide, Carried, Reopened, Undone, Lifted, Ended, CopyGiven)
	need("said.", Answered, Undone, Ended)
	for _, k := range Kinds {
		need("ground.", Grounds(k)...)
	}
	for _, r := range Rules() {
		if !c.Has("nl", r.Why) {
			t.Errorf("%s does not say who may do it", r.Action)
		}
	}
}
