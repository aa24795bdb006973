package evidence

import (
	"slices"
	"strings"
	"testing"

	"reisgezel/internal/kernel/lang"
)

// portalTexts are what a person reads on their own pages, and is told about what they send.
var portalTexts = []string{"evidence.mine", "evidence.paper.", "evidence.refused.", "evidence.photo", "evidence.choose", "evidence.due", "evidence.expires", "evidence.expired", "evidence.download",
	"evidence.restore", "evidence.removed.text", "evidence.file.hint", "evidence.held", "evidence.error.title", "evidence.error.paperkind", "evidence.error.long", "evidence.error.bsn", "evidence.error.many",
	"evidence.said.sent", "evidence.said.removed", "evidence.said.restored"}

func TestTextsAreComplete(t *testing.T) {
	c, err := lang.Load(lang.Part{Name: "evidence", FS: Texts})
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
	made := map[string][]string{"claim.": ClaimKinds, "paper.": PaperKinds, "state.": States, "mine.state.": slices.DeleteFunc(slices.Clone(States), func(s string) bool { return s == Unneeded }),
		"alarm.": alarmNames[:], "type.": {string(PDF), string(JPEG), string(PNG)},
		"did.": {claimMade, claimClosed, claimReopened, pieceMade, pieceChanged, pieceLaid, pieceTaken, pieceLost, documentMade, documentScan, documentDetail, documentSeen, documentMinded, documentGone, documentBack}}
	for before, all := range made {
		for _, s := range all {
			if !c.Has("nl", "evidence."+before+s) {
				t.Errorf("evidence.%s%s has no words", before, s)
			}
		}
	}
}
