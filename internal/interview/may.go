package interview

// This file says who may do what with interviews. Whoever goes along needs no more than a grant of their own; what only they
// and those who answer for the file may write is asked again inside (see writes in pages.go).

import "reisgezel/internal/kernel/access"

var (
	mayLook = access.Rule{Action: "interview.look", Need: access.ByFile, Level: access.DeskLevel, Why: "interview.may.look",
		Roles: []access.Role{access.Desk, access.Case, access.Legal, access.Lead, access.Region}}
	mayPlan = access.Rule{Action: "interview.plan", Need: access.ByFile, Level: access.File, Why: "interview.may.plan",
		Roles: []access.Role{access.Case, access.Legal, access.Lead}, WhileLimited: true}
	mayWrite = access.Rule{Action: "interview.write", Need: access.ByFile, Level: access.DeskLevel, Why: "interview.may.write",
		Roles: []access.Role{access.Desk, access.Case, access.Legal, access.Lead}, WhileLimited: true}
	// mayGo is to see what one was asked oneself, and to answer. No file is opened for it.
	mayGo = access.Rule{Action: "interview.go", Need: access.ByRole, Why: "interview.may.go",
		Roles: []access.Role{access.Desk, access.Case, access.Legal, access.Lead}}
	mayList = access.Rule{Action: "interview.list", Need: access.ByRole, Why: "interview.may.list", Roles: []access.Role{access.Case, access.Legal, access.Lead}}
	maySet  = access.Rule{Action: "interview.set", Need: access.ByRole, Why: "interview.may.set", Roles: []access.Role{access.Lead}}
	maySelf = access.Rule{Action: "interview.self", Need: access.BySelf, Level: access.File, Why: "interview.may.self"}
)

// Rules are all rules of this capability.
func Rules() []access.Rule {
	return []access.Rule{mayLook, mayPlan, mayWrite, mayGo, mayList, maySet, maySelf}
}
