package consent

// This file says who may write a consent down and who may share on it.

import "reisgezel/internal/kernel/access"

var (
	maySelf   = access.Rule{Action: "consent.self", Need: access.BySelf, Level: access.File, Why: "consent.may.self"}
	mayRecord = access.Rule{Action: "consent.record", Need: access.ByFile, Level: access.DeskLevel, Why: "consent.may.record", WhileLimited: true}
	mayHand   = access.Rule{Action: "consent.hand", Need: access.ByFile, Roles: []access.Role{access.Case, access.Legal, access.Lead, access.Region}, Level: access.File, Why: "consent.may.hand"}
)

// Rules are all rules of this capability.
func Rules() []access.Rule { return []access.Rule{maySelf, mayRecord, mayHand} }
