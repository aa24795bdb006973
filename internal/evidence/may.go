package evidence

// This file says who may do what with evidence. Documents need the whole file: the desk sees no more than that there is a
// list. Who opened a file in an emergency may look and change nothing, which pages.go adds.

import "reisgezel/internal/kernel/access"

var (
	mayLook = access.Rule{Action: "evidence.look", Need: access.ByFile, Level: access.File, Why: "evidence.may.look",
		Roles: []access.Role{access.Case, access.Legal, access.Lead, access.Region}}
	mayKeep = access.Rule{Action: "evidence.keep", Need: access.ByFile, Level: access.File, Why: "evidence.may.keep",
		Roles: []access.Role{access.Case, access.Legal, access.Lead}, WhileLimited: true}
	maySelf = access.Rule{Action: "evidence.self", Need: access.BySelf, Level: access.File, Why: "evidence.may.self"}
)

// Rules are all rules of this capability.
func Rules() []access.Rule { return []access.Rule{mayLook, mayKeep, maySelf} }
