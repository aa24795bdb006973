package oversight

// This file is the table of what may be done here, and by whom.

import "reisgezel/internal/kernel/access"

var (
	mayBreak  = access.Rule{Action: "oversight.break", Need: access.ByRole, Roles: []access.Role{access.Lead, access.Region}, Why: "oversight.may.break"}
	mayReview = access.Rule{Action: "oversight.review", Need: access.ByRole, Roles: []access.Role{access.Privacy}, Why: "oversight.may.review"}
	mayLog    = access.Rule{Action: "oversight.log", Need: access.ByRole, Roles: []access.Role{access.Privacy}, Why: "oversight.may.log"}
	mayLooks  = access.Rule{Action: "oversight.looks", Need: access.ByFile, Level: access.File, Why: "oversight.may.looks",
		Roles: []access.Role{access.Case, access.Legal, access.Lead, access.Region}}
	mayRules = access.Rule{Action: "oversight.rules", Need: access.SignedIn, Why: "oversight.may.rules"}
)

// Rules are all rules of this capability.
func Rules() []access.Rule {
	return []access.Rule{mayBreak, mayReview, mayLog, mayLooks, mayRules}
}
