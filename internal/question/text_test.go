package question

import (
	"strings"
	"testing"

	"reisgezel/internal/kernel/lang"
)

// ownTexts are what a person reads on their own pages.
var ownTexts = []string{"question.also", "question.ask", "question.by", "question.conflict", "question.dutch", "question.error.answered", "question.error.bsn", "question.error.long", "question.error.many", "question.error.text", "question.home", "question.home.new", "question.home.text", "question.machine", "question.mine", "question.mine.none", "question.more", "question.over", "question.own", "question.said", "question.said.asked", "question.said.more", "question.said.withdrawn", "question.send", "question.state.answered", "question.state.late", "question.state.new", "question.state.waits", "question.state.withdrawn", "question.text", "question.text.hint", "question.took", "question.took.days", "question.took.hour", "question.took.hours", "question.turn", "question.turn.nobody", "question.undo", "question.undo.text", "question.who", "question.who.team", "question.withdraw", "question.you", "question.letters", "question.letters.lead", "question.letters.text", "question.letters.mine", "question.letters.open", "question.letter.invite", "question.letter.decision", "question.letter.ask", "question.letter.bill", "question.letter.info", "question.letter.other", "question.letter.from", "question.letter.day", "question.letter.act", "question.error.photo", "question.record", "question.record.stop", "question.record.no", "question.voice", "question.voice.hint", "question.photo", "question.photo.hint", "question.hold", "question.held.voice", "question.held.photo", "question.held.remove", "question.said.held", "question.file.voice", "question.file.photo", "question.untold", "question.understood", "question.refused.empty", "question.refused.big", "question.refused.large", "question.refused.sound", "question.refused.virus", "question.refused.scanner", "question.refused.voices", "question.refused.photos"}

func TestTextsAreComplete(t *testing.T) {
	c, err := lang.Load(lang.Part{Name: "question", FS: Texts})
	if err != nil {
		t.Fatal(err)
	}
	if f := c.Faults([]string{"nl", "en"}); len(f) > 0 {
		t.Error(strings.Join(f, "\n"))
	}
	for _, k := range ownTexts {
		if !c.Has("nl", k) {
			t.Errorf("%s is no text", k)
		}
		for _, tag := range []string{"ar", "fa", "ti", "tr", "so", "uk", "fr"} {
			if !c.Has(tag, k) {
				t.Errorf("%s is missing in %s", k, tag)
			}
		}
	}
	if f := c.Faults([]string{"ar", "fa", "ti", "tr", "so", "uk", "fr"}, "question.took.", "question.home", "question.state."); len(f) > 0 {
		t.Error(strings.Join(f, "\n"))
	}
	for before, all := range map[string][]string{"how.": Hows, "by.": Hows, "file.": {Voice, Photo}, "letter.": LetterKinds, "state.": {"answered", "withdrawn", "new", "late", "waits"}} {
		for _, x := range all {
			if !c.Has("nl", "question."+before+x) {
				t.Errorf("question.%s%s has no words", before, x)
			}
		}
	}
	for _, r := range Rules() {
		if !c.Has("nl", r.Why) {
			t.Errorf("%s does not say who may do it", r.Action)
		}
	}
}
