package rights

// This file says who may do what with the requests of people about their own data.

import "reisgezel/internal/kernel/access"

var (
	maySelf = access.Rule{Action: "rights.self", Need: access.BySelf, Level: access.File, Why: "rights.may.self"}
	// mayLodge is for everybody whom somebody may tell what they want: whoever is at the desk with them too.
	mayLodge = access.Rule{Action: "rights.lodge", Need: access.ByFile, Level: access.DeskLevel, Why: "rights.may.lodge", WhileLimited: true}
	// mayCarry is for who helps: to do in the file what was decided.
	mayCarry = access.Rule{Action: "rights.carry", Need: access.ByFile, Roles: []access.Role{access.Case, access.Legal, access.Lead}, Level: access.File, Why: "rights.may.carry", WhileLimited: true}
	// mayPrint is for who helps and sees all that stands on the paper.
	mayPrint  = access.Rule{Action: "rights.print", Need: access.ByFile, Roles: []access.Role{access.Case, access.Legal, access.Lead}, Level: access.File, Why: "rights.may.print"}
	mayDecide = access.Rule{Action: "rights.decide", Need: access.ByRole, Roles: []access.Role{access.Privacy}, Why: "rights.may.decide"}
)

// Rules are all rules of this capability.
func Rules() []access.Rule { return []access.Rule{maySelf, mayLodge, mayCarry, mayPrint, mayDecide} }
