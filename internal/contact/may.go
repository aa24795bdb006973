package contact

// This file says who may do what at the desk and with contacts.

import "reisgezel/internal/kernel/access"

var atDesk = []access.Role{access.Desk, access.Case, access.Legal, access.Lead}

var (
	mayDesk    = access.Rule{Action: "contact.desk", Need: access.ByRole, Roles: atDesk, Why: "contact.may.desk"}
	mayCheckIn = access.Rule{Action: "contact.checkin", Need: access.ByRole, Roles: atDesk, Why: "contact.may.checkin"}
	// mayWindow is for a location: whoever leads its team or tends its region. Which ones, tended answers.
	mayWindow = access.Rule{Action: "contact.window", Need: access.ByRole, Roles: []access.Role{access.Lead, access.Region, access.Admin}, Why: "contact.may.window"}
	// mayRecord stands in an emergency too: who broke the glass must be able to write down what was said and done, or nobody
	// after them knows. Only the note is added; appointments, facts and procedures are looked at.
	mayRecord = access.Rule{Action: "contact.record", Need: access.ByFile, Roles: atDesk, Level: access.Note, Why: "contact.may.record", WhileLimited: true}
	mayPlan   = access.Rule{Action: "contact.plan", Need: access.ByFile, Roles: []access.Role{access.Case, access.Legal, access.Lead}, Level: access.File, Why: "contact.may.plan", WhileLimited: true}
	mayOwn    = access.Rule{Action: "contact.own", Need: access.ByRole, Roles: atDesk, Why: "contact.may.own"}
	maySelf   = access.Rule{Action: "contact.self", Need: access.BySelf, Why: "contact.may.self"}
)

// Rules are all rules of this capability.
func Rules() []access.Rule {
	return []access.Rule{mayDesk, mayCheckIn, mayWindow, mayRecord, mayPlan, mayOwn, maySelf}
}
