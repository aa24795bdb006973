package briefing

// This file says who may do what with voorlichting.

import "reisgezel/internal/kernel/access"

var (
	leading = []access.Role{access.Desk, access.Case, access.Legal, access.Lead}
	helping = []access.Role{access.Case, access.Legal, access.Lead}

	// mayLook is for the plan of a location of one's own team or region. It shows counts; names only through a grant.
	mayLook = access.Rule{Action: "briefing.look", Need: access.ByRole, Roles: []access.Role{access.Desk, access.Case, access.Legal, access.Lead, access.Region}, Why: "briefing.may.look"}
	// mayPlan is for sessions of one's own team; which team, the place knows.
	mayPlan = access.Rule{Action: "briefing.plan", Need: access.ByRole, Roles: helping, Why: "briefing.may.plan"}
	// mayLead is for who leads the session, on its day; the pass of that day is asked for inside.
	mayLead = access.Rule{Action: "briefing.lead", Need: access.ByRole, Roles: leading, Level: access.Note, Why: "briefing.may.lead"}
	// mayInvite asks for the file of everybody who is invited.
	mayInvite   = access.Rule{Action: "briefing.invite", Need: access.ByRole, Roles: helping, Level: access.File, Why: "briefing.may.invite"}
	mayMaterial = access.Rule{Action: "briefing.material", Need: access.ByRole, Roles: []access.Role{access.Lead, access.Region}, Why: "briefing.may.material"}
	mayRead     = access.Rule{Action: "briefing.read", Need: access.SignedIn, Why: "briefing.may.read"}
	mayFile     = access.Rule{Action: "briefing.file", Need: access.ByFile, Level: access.DeskLevel, Why: "briefing.may.file"}
	mayLetter   = access.Rule{Action: "briefing.letter", Need: access.ByFile, Roles: helping, Level: access.File, Why: "briefing.may.letter"}
	maySelf     = access.Rule{Action: "briefing.self", Need: access.BySelf, Level: access.File, Why: "briefing.may.self"}
)

// Rules are all rules of this capability.
func Rules() []access.Rule {
	return []access.Rule{mayLook, mayPlan, mayLead, mayInvite, mayMaterial, mayRead, mayFile, mayLetter, maySelf}
}
