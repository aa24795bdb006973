package identity

// This file is the table of what may be done here, and by whom.

import "reisgezel/internal/kernel/access"

var (
	mayPair = access.Rule{Action: "identity.pair", Need: access.ByRole, Roles: []access.Role{access.Case, access.Legal, access.Lead, access.Region}, Level: access.DeskLevel, Why: "identity.may.pair"}
	mayAsk  = access.Rule{Action: "identity.ask", Need: access.ByRole, Roles: []access.Role{access.Case, access.Legal, access.Lead, access.Region}, Why: "identity.may.ask"}
	mayOver = access.Rule{Action: "identity.review", Need: access.ByRole, Roles: []access.Role{access.Privacy, access.Lead}, Why: "identity.may.review"}
)

// Rules are all rules of this capability.
func Rules() []access.Rule { return []access.Rule{mayPair, mayAsk, mayOver} }
