package information

import (
	"strings"
	"testing"

	"reisgezel/internal/kernel/lang"
)

// publicTexts are what everybody reads.
var publicTexts = []string{"information.help", "information.more", "information.index", "information.us", "information.rights", "information.access", "information.theme.", "information.mine", "information.fallback",
	"information.machine", "information.outdated", "information.listen", "information.speak", "information.terms", "information.term.", "information.source", "information.read", "information.ask", "information.miss.", "information.said.missed", "information.error.miss", "information.error.long"}

func TestTextsAreComplete(t *testing.T) {
	c, err := lang.Load(lang.Part{Name: "information", FS: Texts})
	if err != nil {
		t.Fatal(err)
	}
	if f := c.Faults([]string{"nl", "en"}); len(f) > 0 {
		t.Error(strings.Join(f, "\n"))
	}
	if f := c.Faults([]string{"ar", "fa", "ti", "tr", "so", "uk", "fr"}, publicTexts...); len(f) > 0 {
		t.Error(strings.Join(f, "\n"))
	}
	for _, x := range terms {
		if !c.Has("nl", "information.term."+x.id) {
			t.Errorf("the term %s is not explained", x.id)
		}
	}
	for _, x := range Themes {
		if !c.Has("nl", "information.theme."+x.ID) {
			t.Errorf("the theme %s has no words", x.ID)
		}
	}
	for _, r := range Rules() {
		if !c.Has("nl", r.Why) || !c.Has("en", r.Why) {
			t.Errorf("%s does not say who may do it", r.Action)
		}
	}
}
