package care

// This file says who may do what with what somebody needs. Why it is needed opens for those who are named, which
// pages_background.go asks.

import "reisgezel/internal/kernel/access"

var (
	mayLook = access.Rule{Action: "care.look", Need: access.ByFile, Level: access.File, Why: "care.may.look",
		Roles: []access.Role{access.Case, access.Legal, access.Lead, access.Region}}
	mayKeep = access.Rule{Action: "care.keep", Need: access.ByFile, Level: access.File, Why: "care.may.keep",
		Roles: []access.Role{access.Case, access.Legal, access.Lead}}
	mayBackground = access.Rule{Action: "care.background", Need: access.ByFile, Level: access.File, Why: "care.may.background",
		Roles: []access.Role{access.Case, access.Legal, access.Lead}}
	mayNotice = access.Rule{Action: "care.notice", Need: access.ByFile, Level: access.DeskLevel, Why: "care.may.notice",
		Roles: []access.Role{access.Desk, access.Case, access.Legal, access.Lead}}
	maySelf = access.Rule{Action: "care.self", Need: access.BySelf, Level: access.File, Why: "care.may.self"}
)

// Rules are all rules of this capability.
func Rules() []access.Rule { return []access.Rule{mayLook, mayKeep, mayBackground, mayNotice, maySelf} }
