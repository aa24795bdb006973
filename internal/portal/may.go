package portal

// This file says who may do what at the refugee's own door.

import "reisgezel/internal/kernel/access"

var (
	mayEnter = access.Rule{Action: "portal.enter", Need: access.Free, Why: "portal.may.enter"}
	maySelf  = access.Rule{Action: "portal.self", Need: access.BySelf, Level: access.File, Why: "portal.may.self"}
	mayTend  = access.Rule{Action: "portal.tend", Need: access.ByFile, Level: access.DeskLevel, Why: "portal.may.tend", WhileLimited: true}
	mayWord  = access.Rule{Action: "portal.word", Need: access.ByRole, Roles: []access.Role{access.Case, access.Legal, access.Lead, access.Region, access.Privacy}, Level: access.File, Why: "portal.may.word", WhileLimited: true}
)

// Rules are all rules of this capability.
func Rules() []access.Rule { return []access.Rule{mayEnter, maySelf, mayTend, mayWord} }
