package translation

// This file says who may do what with the translations.

import "reisgezel/internal/kernel/access"

// mayLook is for colleagues who work with people and hear what is not understood.
var mayLook = access.Rule{Action: "translation.look", Need: access.ByRole, Roles: []access.Role{access.Desk, access.Case, access.Legal, access.Lead, access.Region}, Why: "translation.may.look"}

// Rules are all rules of this capability.
func Rules() []access.Rule { return []access.Rule{mayLook} }
