package monitor

import (
	"strings"
	"testing"

	"reisgezel/internal/kernel/lang"
)

func TestTextsAreComplete(t *testing.T) {
	c, err := lang.Load(lang.Part{Name: "monitor", FS: Texts})
	if err != nil {
		t.Fatal(err)
	}
	if f := c.Faults([]string{"nl", "en"}); len(f) > 0 {
		t.Error(strings.Join(f, "\n"))
	}
	if f := c.Faults([]string{"ar", "fa", "ti", "tr", "so", "uk", "fr"}, "monitor.public", "monitor.report.title"); len(f) > 0 {
		t.Error(strings.Join(f, "\n"))
	}
	// What is put together while running, the search for missing texts cannot see.
	for before, all := range made {
		for _, x := range all {
			for _, tag := range []string{"nl", "en"} {
				if !c.Has(tag, "monitor."+before+x) {
					t.Errorf("monitor.%s%s has no words in %s", before, x, tag)
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

var made = map[string][]string{"verdict.": {Real, Known, Noise, "open", "real.hint", "known.hint", "noise.hint"}, "word.": WordKinds, "event.": WordKinds, "method.": {Farrington, Scan},
	"key.": {"count", "expected", "upper", "ring", "few", "hidden", "gap", "mark", "level"}, "effect.says.": {"few", "more", "fewer", "neither"}, "report.state.": {Drafted, Released}, "exposure.": {ByGuided, ByEffort, "guided.hint", "effort.hint", "used.guided", "used.effort"}, "network.": Networks, "share.what.": Shares, "belongs.": BelongKinds, "csv.": {"quarter", "version", "list", "value", "n", "note"}, "section.": {"intro", "numbers", "done", "next", "intro.hint", "numbers.hint", "done.hint", "next.hint"}}
