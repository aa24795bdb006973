package feedback

// This file says who may do what with what people think of the help.

import "reisgezel/internal/kernel/access"

var (
	mayComplain = access.Rule{Action: "feedback.complain", Need: access.Free, Why: "feedback.may.complain"}
	maySelf     = access.Rule{Action: "feedback.self", Need: access.BySelf, Level: access.File, Why: "feedback.may.self"}
	// mayHear is for the notes of one's own team; which team, and whose name, is asked inside.
	mayHear = access.Rule{Action: "feedback.hear", Need: access.ByRole, Roles: []access.Role{access.Desk, access.Case, access.Legal, access.Lead, access.Region}, Why: "feedback.may.hear"}
	// mayHandle is for complaints; which ones is asked inside (Handles).
	mayHandle = access.Rule{Action: "feedback.handle", Need: access.ByRole, Roles: []access.Role{access.Lead, access.Region, access.Privacy}, Why: "feedback.may.handle"}
	mayTerms  = access.Rule{Action: "feedback.terms", Need: access.ByRole, Roles: []access.Role{access.Region}, Why: "feedback.may.terms"}
	// mayInvite is for offers to join in, of one's own team.
	mayInvite = access.Rule{Action: "feedback.invite", Need: access.ByRole, Roles: []access.Role{access.Lead}, Why: "feedback.may.invite"}
)

// Rules are all rules of this capability.
func Rules() []access.Rule {
	return []access.Rule{mayComplain, maySelf, mayHear, mayHandle, mayTerms, mayInvite}
}
