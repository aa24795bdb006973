package litigation

// This file says who may do what with cases. That only the owner reads who said yes is asked inside.

import "reisgezel/internal/kernel/access"

var (
	mayRead = access.Rule{Action: "litigation.read", Need: access.ByRole, Roles: []access.Role{access.Case, access.Legal, access.Lead, access.Region, access.Privacy}, Why: "litigation.may.read"}
	mayTend = access.Rule{Action: "litigation.tend", Need: access.ByRole, Roles: []access.Role{access.Legal, access.Lead, access.Region}, Why: "litigation.may.tend"}
)

// Rules are all rules of this capability.
func Rules() []access.Rule { return []access.Rule{mayRead, mayTend} }
