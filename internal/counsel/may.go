package counsel

// This file says who may do what here.

import "reisgezel/internal/kernel/access"

var (
	mayBook   = access.Rule{Action: "counsel.book", Need: access.ByRole, Why: "counsel.may.book", Roles: []access.Role{access.Desk, access.Case, access.Legal, access.Lead, access.Region}}
	mayKeep   = access.Rule{Action: "counsel.keep", Need: access.ByRole, Why: "counsel.may.keep", Roles: []access.Role{access.Case, access.Legal, access.Lead}}
	mayInvite = access.Rule{Action: "counsel.invite", Need: access.ByRole, Why: "counsel.may.invite", Roles: []access.Role{access.Legal, access.Lead}}
	mayLook   = access.Rule{Action: "counsel.look", Need: access.ByFile, Level: access.DeskLevel, Why: "counsel.may.look"}
	mayNote   = access.Rule{Action: "counsel.note", Need: access.ByFile, Level: access.File, Why: "counsel.may.note", Roles: []access.Role{access.Case, access.Legal, access.Lead}, WhileLimited: true}
	// mayReturn opens the door only; whoever was not set beside a talk finds nothing behind it.
	mayReturn  = access.Rule{Action: "counsel.return", Need: access.ByFile, Level: access.File, Why: "counsel.may.return", Roles: []access.Role{access.Case, access.Legal}}
	maySelf    = access.Rule{Action: "counsel.self", Need: access.BySelf, Level: access.File, Why: "counsel.may.self"}
	mayOutside = access.Rule{Action: "counsel.outside", Need: access.ByOutside, Why: "counsel.may.outside"}
)

// Rules are all rules of this capability.
func Rules() []access.Rule {
	return []access.Rule{mayBook, mayKeep, mayInvite, mayLook, mayNote, mayReturn, maySelf, mayOutside}
}
