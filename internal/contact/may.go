package contact

// This file says who may do what at the desk and with contacts.

import "reisgezel/internal/kernel/access"

var atDesk = []access.Role{access.Desk, access.Case, access.Legal, access.Lead}

var (
	mayDesk    = access.Rule{Action: "contact.desk", Need: access.ByRole, Roles: atDesk, Why: "contact.may.desk"}
	mayCheckIn = access.Rule{Action: "contact.checkin", Need: access.ByRole, Roles: atDesk, Why: "contact.may.checkin"}
	mayRecord  = access.Rule{Action: "contact.record", Need: access.ByFile, Roles: atDesk, Level: access.Note, Why: "contact.may.record"}
	mayPlan    = access.Rule{Action: "contact.plan", Need: access.ByFile, Roles: []access.Role{access.Case, access.Legal, access.Lead}, Level: access.File, Why: "contact.may.plan"}
	mayOwn     = access.Rule{Action: "contact.own", Need: access.ByRole, Roles: atDesk, Why: "contact.may.own"}
)

// Rules are all rules of this capability.
func Rules() []access.Rule { return []access.Rule{mayDesk, mayCheckIn, mayRecord, mayPlan, mayOwn} }
