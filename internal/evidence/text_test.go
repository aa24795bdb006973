package evidence

import (
	"flag"
	"os"
	"slices"
	"strings"
	"testing"

	"reisgezel/internal/kernel/lang"
)

var update = flag.Bool("update", false, "write text/states.json anew")

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

func TestTranslationsSayWhichTextTheyWereMadeFrom(t *testing.T) {
	want, err := lang.Fingerprints(lang.Part{Name: "evidence", FS: os.DirFS(".")}, lang.Machine)
	if err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile("text/states.json", append(want, '\n'), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	have, err := os.ReadFile("text/states.json")
	if err != nil {
		t.Fatal(err)
	}
	if strings.TrimSpace(string(have)) != strings.TrimSpace(string(want)) {
		t.Error("a text changed after it was translated: look at the translations, then run this test with -update")
	}
}
