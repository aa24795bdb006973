package family

// This file says who may do what with a family. It asks for the whole file: the desk sees nothing of it. In an emergency one
// looks and changes nothing, which pages.go adds. What was cut between two who parted is brought back by a lead only.

import "reisgezel/internal/kernel/access"

var (
	mayLook = access.Rule{Action: "family.look", Need: access.ByFile, Level: access.File, Why: "family.may.look",
		Roles: []access.Role{access.Case, access.Legal, access.Lead, access.Region}}
	mayKeep = access.Rule{Action: "family.keep", Need: access.ByFile, Level: access.File, Why: "family.may.keep",
		Roles: []access.Role{access.Case, access.Legal, access.Lead}}
	mayUndo = access.Rule{Action: "family.undo", Need: access.ByFile, Level: access.File, Why: "family.may.undo",
		Roles: []access.Role{access.Lead}}
	maySelf = access.Rule{Action: "family.self", Need: access.BySelf, Level: access.DeskLevel, Why: "family.may.self"}
)

// Rules are all rules of this capability.
func Rules() []access.Rule { return []access.Rule{mayLook, mayKeep, mayUndo, maySelf} }
