package family

// This file is the list of rules by which a relative may come: what each rests on, and how sure that is. What they say is in
// count.go. None was confirmed by a lawyer, and none tells what will be decided: they help to apply in time.

import "reisgezel/internal/kernel/clock"

// Regimes are the laws under which a relative may come, in the order in which pages show them.
const (
	OldLaw    = "nareis_old" // family reunification as it was before the act on two statuses
	TwoStatus = "nareis_2st" // under the act on two statuses (36703)
	Regular   = "regular"    // a regular permit for family
	Life      = "evrm8"      // the right to family life
)

// Regimes are all of them.
var Regimes = []string{OldLaw, TwoStatus, Regular, Life}

// Rule is one rule and what it rests on. Its words are the text family.rule.ID.
type Rule struct {
	ID, Regime string
	Article    string
	Source     string // of docs/sources.md
	Confidence string // V15 read in the text of 2015, P in papers about it, M from memory, X not settled
	Read       clock.Date
}

var (
	read2226 = clock.On(2026, 11, 22) // when the texts were read; what is from memory was not
	memory   clock.Date
)

// Law is all rules.
var Law = []Rule{
	{"old-spouse", OldLaw, "Vw 2000 art. 29 lid 2 onder a", "BWBR0011823", "V15", read2226},
	{"old-child", OldLaw, "Vw 2000 art. 29 lid 2 onder a", "BWBR0011823", "V15", read2226},
	{"old-child-then", OldLaw, "HvJ EU 1 augustus 2022, C-279/20", "ECLI-EU-C-2022-618", "M", memory},
	{"old-foster", OldLaw, "Vw 2000 art. 29 lid 2 onder a; Vc 2000 C2/4.1", "VC-C2-4-1", "M", memory},
	{"old-partner", OldLaw, "Vw 2000 art. 29 lid 2 onder b", "BWBR0011823", "V15", read2226},
	{"old-grown", OldLaw, "Vw 2000 art. 29 lid 2 onder b; jongvolwassenenbeleid", "ECLI-NL-RBDHA-2022-4606", "P", clock.On(2026, 11, 27)},
	{"old-parents", OldLaw, "Vw 2000 art. 29 lid 2 onder c; HvJ EU 12 april 2018, C-550/16", "ECLI-EU-C-2018-248", "M", memory},
	{"old-none", OldLaw, "Vw 2000 art. 29 lid 2", "BWBR0011823", "V15", read2226},

	{"two-core", TwoStatus, "Wet invoering tweestatusstelsel (36703)", "KST-36703", "P", read2226},
	{"two-wait", TwoStatus, "Wet invoering tweestatusstelsel (36703)", "KST-36703", "P", read2226},
	{"two-circle", TwoStatus, "Wet invoering tweestatusstelsel (36703)", "KST-36703", "X", read2226},
	{"two-parents", TwoStatus, "Wet invoering tweestatusstelsel (36703)", "KST-36703", "X", read2226},
	{"two-none", TwoStatus, "Wet invoering tweestatusstelsel (36703)", "KST-36703", "P", read2226},

	{"regular-partner", Regular, "Vb 2000 art. 3.13–3.15", "BWBR0011825", "M", memory},
	{"regular-child", Regular, "Vb 2000 art. 3.13 en 3.14", "BWBR0011825", "M", memory},
	{"regular-none", Regular, "Vb 2000 art. 3.13–3.24", "BWBR0011825", "M", memory},

	{"life", Life, "EVRM art. 8", "EVRM-8", "M", memory},
	{"life-none", Life, "EVRM art. 8", "EVRM-8", "M", memory},
}

// RuleOf finds a rule; that it is there is held by a test.
func RuleOf(id string) Rule {
	for _, r := range Law {
		if r.ID == id {
			return r
		}
	}
	return Rule{ID: id}
}
