package residence

// This file says who may do what with where somebody lives. The address has doors of its own: the desk has none.

import "reisgezel/internal/kernel/access"

var (
	mayLook = access.Rule{Action: "residence.look", Need: access.ByFile, Level: access.File, Why: "residence.may.look",
		Roles: []access.Role{access.Case, access.Legal, access.Lead, access.Region}}
	mayKeep = access.Rule{Action: "residence.keep", Need: access.ByFile, Level: access.File, Why: "residence.may.keep",
		Roles: []access.Role{access.Case, access.Legal, access.Lead}}
	mayReveal = access.Rule{Action: "residence.reveal", Need: access.ByFile, Level: access.File, Why: "residence.may.reveal",
		Roles: []access.Role{access.Case, access.Legal, access.Lead}, WhileLimited: true}
	mayWeigh = access.Rule{Action: "residence.weigh", Need: access.ByRole, Why: "residence.may.weigh",
		Roles: []access.Role{access.Lead, access.Region}}
	maySelf = access.Rule{Action: "residence.self", Need: access.BySelf, Level: access.File, Why: "residence.may.self"}
)

// Rules are all rules of this capability.
func Rules() []access.Rule { return []access.Rule{mayLook, mayKeep, mayReveal, mayWeigh, maySelf} }
