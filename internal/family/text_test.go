package family

import (
	"slices"
	"strings"
	"testing"

	"reisgezel/internal/kernel/lang"
)

// portalTexts are what a person reads on their own pages.
var portalTexts = []string{"family.mine", "family.child.", "family.home", "family.state.", "family.visa.until", "family.grown"}

func TestTextsAreComplete(t *testing.T) {
	c, err := lang.Load(lang.Part{Name: "family", FS: Texts})
	if err != nil {
		t.Fatal(err)
	}
	if f := c.Faults([]string{"nl", "en"}); len(f) > 0 {
		t.Error(strings.Join(f, "\n"))
	}
	others := []string{"ar", "fa", "ti", "tr", "so", "uk", "fr"}
	for _, f := range c.Faults(others, portalTexts...) {
		if !strings.Contains(f, "family.homes") { // begins like family.home, and is for colleagues
			t.Error(f)
		}
	}
	var roles, bonds []string
	for _, r := range Roles {
		forms := Forms(r)
		roles = append(roles, r)
		if forms == nil {
			bonds = append(bonds, r)
		}
		for _, f := range forms {
			roles, bonds = append(roles, r+"."+f), append(bonds, r+"."+f)
		}
	}
	var rules []string
	for _, r := range Law {
		rules = append(rules, r.ID)
	}
	var answers []string
	for _, q := range slices.Concat(Helpful, Harmful) {
		answers = append(answers, q+".yes", q+".no")
	}
	states := []string{Waiting, Planned, Done, Unneeded, Granted, Refused}
	// What is put together while running, the search for missing texts cannot see.
	for before, all := range map[string][]string{"role.": roles, "why.bond.": bonds, "group.": Roles, "certainty.": Certainties, "why.sure.": Certainties, "source.": Sources, "state.": States, "coming.": Comings,
		"step.": StepKinds, "stepstate.": states, "actor.": Actors, "mine.turn.": Actors, "rule.": rules, "regime.": Regimes, "verdict.": {Counts, Conditions, Not, Unknown, Depends, Elsewhere},
		"confidence.": {"V15", "P", "M", "X"}, "ask.": slices.Concat(Helpful, Harmful, Noted), "why.answer.": answers, "part.": PartKinds, "due.": {DueVisa, DueWait, DueEighteen, DueGuardian, "unsure"},
		"did.": {memberMade, memberChanged, memberRemoved, memberBack, tieMade, tieRemoved, stepTold, answered, homeMade, homeRemoved, enteredTold, wardenTold, parted, unparted, sightGiven, sightEnded}} {
		for _, s := range all {
			if !c.Has("nl", "family."+before+s) {
				t.Errorf("family.%s%s has no words", before, s)
			}
		}
	}
	for before, all := range map[string][]string{"role.": roles, "step.": StepKinds} {
		for _, s := range all {
			for _, tag := range others {
				if !c.Has(tag, "family."+before+s) {
					t.Errorf("family.%s%s has no words in %s", before, s, tag)
				}
			}
		}
	}
	// Every reason that the rules give has words.
	for _, f := range everyReason() {
		if !c.Has("nl", "family.why."+f) {
			t.Errorf("family.why.%s has no words", f)
		}
	}
}
