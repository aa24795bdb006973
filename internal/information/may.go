package information

// This file says who may do what with the texts for everybody.

import "reisgezel/internal/kernel/access"

var (
	mayRead = access.Rule{Action: "information.read", Need: access.Free, Why: "information.may.read"}
	// mayLook is for the list of colleagues: every version, and what people miss in the texts of one's own team.
	mayLook  = access.Rule{Action: "information.look", Need: access.ByRole, Roles: []access.Role{access.Desk, access.Case, access.Legal, access.Lead, access.Region}, Why: "information.may.look"}
	mayWrite = access.Rule{Action: "information.write", Need: access.ByRole, Roles: []access.Role{access.Case, access.Legal, access.Lead, access.Region}, Why: "information.may.write"}
	// mayPublish is for the second pair of eyes; that it is somebody else than the writer is asked inside.
	mayPublish = access.Rule{Action: "information.publish", Need: access.ByRole, Roles: []access.Role{access.Legal, access.Lead, access.Region}, Why: "information.may.publish"}
	// mayTend is for what people miss; that the text is of one's own team is asked inside.
	mayTend = access.Rule{Action: "information.tend", Need: access.ByRole, Roles: []access.Role{access.Case, access.Legal, access.Lead}, Why: "information.may.tend"}
	maySelf = access.Rule{Action: "information.self", Need: access.BySelf, Level: access.File, Why: "information.may.self"}
)

// Rules are all rules of this capability.
func Rules() []access.Rule {
	return []access.Rule{mayRead, mayLook, mayWrite, mayPublish, mayTend, maySelf}
}
