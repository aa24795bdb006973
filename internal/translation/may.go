package translation

// This file says who may do what with the translations.

import "reisgezel/internal/kernel/access"

var (
	withPeople = []access.Role{access.Desk, access.Case, access.Legal, access.Lead, access.Region}

	// mayLook is for colleagues who work with people and hear what is not understood. The texts are public, so what goes out in a
	// file is no secret.
	mayLook = access.Rule{Action: "translation.look", Need: access.ByRole, Roles: withPeople, Why: "translation.may.look"}
	// mayPropose is for the same colleagues; that they read the language is asked inside.
	mayPropose = access.Rule{Action: "translation.propose", Need: access.ByRole, Roles: withPeople, Why: "translation.may.propose"}
	// mayDecide is for the second pair of eyes; that they read the language and did not make it themselves is asked inside.
	mayDecide = access.Rule{Action: "translation.decide", Need: access.ByRole, Roles: withPeople, Why: "translation.may.decide"}
	// mayTake is for a file that came back from a translator. Whoever reads it in need not read the language: they never are the
	// second reader of what was in it.
	mayTake = access.Rule{Action: "translation.take", Need: access.ByRole, Roles: withPeople, Why: "translation.may.take"}
	// mayListen is for everybody: what is read aloud are texts for everybody.
	mayListen = access.Rule{Action: "translation.listen", Need: access.Free, Why: "translation.may.listen"}
)

// Rules are all rules of this capability.
func Rules() []access.Rule { return []access.Rule{mayLook, mayPropose, mayDecide, mayTake, mayListen} }
