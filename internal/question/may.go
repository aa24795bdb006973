package question

// This file says who may ask and who may answer.

import "reisgezel/internal/kernel/access"

// helping are who answer; a region manager only what climbed to them, where nobody leads the team.
var helping = []access.Role{access.Case, access.Legal, access.Lead, access.Region}

var (
	maySelf = access.Rule{Action: "question.self", Need: access.BySelf, Level: access.File, Why: "question.may.self"}
	// mayAnswer is for who has the file, or was let in because the question waits.
	mayAnswer = access.Rule{Action: "question.answer", Need: access.ByFile, Roles: helping, Level: access.File, Why: "question.may.answer"}
	// mayList is for one's own questions; which ones is asked of the one predicate.
	mayList  = access.Rule{Action: "question.list", Need: access.ByRole, Roles: helping, Why: "question.may.list"}
	mayTerms = access.Rule{Action: "question.terms", Need: access.ByRole, Roles: []access.Role{access.Region}, Why: "question.may.terms"}
)

// Rules are all rules of this capability.
func Rules() []access.Rule { return []access.Rule{maySelf, mayAnswer, mayList, mayTerms} }
