package briefing

import (
	"slices"
	"strings"
	"testing"

	"reisgezel/internal/kernel/lang"
)

// portalTexts are what a person reads on their own pages, on paper, and is told about what they do.
var portalTexts = []string{"briefing.letter.hello", "briefing.letter.invite", "briefing.letter.when", "briefing.letter.where", "briefing.letter.language", "briefing.letter.with", "briefing.letter.about", "briefing.letter.free",
	"briefing.letter.cannot", "briefing.portal.", "briefing.said.declined", "briefing.said.coming", "briefing.said.full", "briefing.stock."}

func TestTextsAreComplete(t *testing.T) {
	c, err := lang.Load(lang.Part{Name: "briefing", FS: Texts})
	if err != nil {
		t.Fatal(err)
	}
	if f := c.Faults([]string{"nl", "en"}); len(f) > 0 {
		t.Error(strings.Join(f, "\n"))
	}
	if f := c.Faults([]string{"ar", "fa", "ti", "tr", "so", "uk", "fr"}, portalTexts...); len(f) > 0 {
		t.Error(strings.Join(f, "\n"))
	}
	// What is put together while running, the search for missing texts cannot see.
	made := map[string][]string{"kind.": Kinds, "interpreter.": Interpreting, "how.": {"unknown", "phone", "present"}, "gender.": {"unknown", "woman", "man"}, "reason.": Reasons, "why.": Whys, "came.": Comings, "mark.": Comings,
		"invite.": {Declined, Withdrawn, Cancelled}, "lacks.": {"none", "asked", "out"}, "again.": {"missed", "left", "declined", "cancelled", "again"}, "stock.": Stock,
		"conflict.":           {"elsewhere", "busy", "language", "gender.woman", "gender.man", "present", "phone", "interpreter", "own"},
		"portal.interpreter.": slices.DeleteFunc(slices.Clone(Interpreting), func(s string) bool { return s == "none" })}
	for before, all := range made {
		for _, s := range all {
			if !c.Has("nl", "briefing."+before+s) {
				t.Errorf("briefing.%s%s has no words", before, s)
			}
		}
	}
}
