package pilot

// This file says who may do what with pilots.

import "reisgezel/internal/kernel/access"

var (
	mayRead   = access.Rule{Action: "pilot.read", Need: access.SignedIn, Why: "pilot.may.read"}
	mayTend   = access.Rule{Action: "pilot.tend", Need: access.ByRole, Roles: []access.Role{access.Case, access.Legal, access.Lead, access.Region}, Why: "pilot.may.tend"}
	mayDecide = access.Rule{Action: "pilot.decide", Need: access.ByRole, Roles: []access.Role{access.Lead, access.Region}, Why: "pilot.may.decide"}
)

// Rules are all rules of this capability.
func Rules() []access.Rule { return []access.Rule{mayRead, mayTend, mayDecide} }
