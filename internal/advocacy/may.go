package advocacy

// This file says who may do what with dossiers. Which dossiers somebody may know of is asked inside, by knows.

import "reisgezel/internal/kernel/access"

var (
	mayRead = access.Rule{Action: "advocacy.read", Need: access.SignedIn, Why: "advocacy.may.read"}
	mayTend = access.Rule{Action: "advocacy.tend", Need: access.ByRole, Roles: []access.Role{access.Case, access.Legal, access.Lead, access.Region}, Why: "advocacy.may.tend"}
	// mayDeclare is who keeps the register of who pays us: not those whose advocacy it stands beside alone.
	mayDeclare = access.Rule{Action: "advocacy.declare", Need: access.ByRole, Roles: []access.Role{access.Lead, access.Region, access.Admin}, Why: "advocacy.may.declare"}
)

// Rules are all rules of this capability.
func Rules() []access.Rule { return []access.Rule{mayRead, mayTend, mayDeclare} }
