package information

// This file says for whom a text is most useful now: the situations that a text can be for, and which of them somebody is in.

import (
	"slices"
	"strings"

	"reisgezel/internal/dossier"
)

// The situations, in the order in which their texts are shown.
const (
	ForHearing = "hearing" // the interview about the reasons for fleeing is still to come
	ForAfter   = "after"   // it is over
	ForCentre  = "centre"  // lives in a reception centre
)

// Situations are all of them.
var Situations = []string{ForHearing, ForAfter, ForCentre}

// situationsOf are those somebody is in, from where their asylum procedure stands and where they live.
func situationsOf(h dossier.Hearing, lives string) (out []string) {
	switch h {
	case dossier.HearingAhead:
		out = append(out, ForHearing)
	case dossier.HearingPast:
		out = append(out, ForAfter)
	}
	if slices.Contains(strings.Fields(strings.ToLower(lives)), "azc") {
		out = append(out, ForCentre)
	}
	return out
}

// because is the first situation of somebody that a text is for; empty when it is for none.
func (c Content) because(theirs []string) string {
	for _, s := range theirs {
		if slices.Contains(c.For, s) {
			return s
		}
	}
	return ""
}
