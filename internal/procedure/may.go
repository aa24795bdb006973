package procedure

// This file is the table of what may be done here, and by whom.

import "reisgezel/internal/kernel/access"

var (
	look = access.Rule{Action: "procedure.look", Need: access.ByFile, Level: access.DeskLevel, Why: "procedure.may.look",
		Roles: []access.Role{access.Desk, access.Case, access.Legal, access.Lead}}
	// record is open to the desk: the letter lies on the table now, and tomorrow a week may be over.
	record = access.Rule{Action: "procedure.record", Need: access.ByFile, Level: access.DeskLevel, Why: "procedure.may.record",
		Roles: []access.Role{access.Desk, access.Case, access.Legal, access.Lead}, WhileLimited: true}
	// mind is for those who answer for the file: to correct what was recorded and to say that something was done.
	mind = access.Rule{Action: "procedure.mind", Need: access.ByFile, Level: access.File, Why: "procedure.may.mind",
		Roles: []access.Role{access.Case, access.Legal, access.Lead}, WhileLimited: true}
	// rules is to see what the dates rest on; propose is to change it, always with a second one who decides.
	rules = access.Rule{Action: "procedure.rules", Need: access.ByRole, Why: "procedure.may.rules",
		Roles: []access.Role{access.Desk, access.Case, access.Legal, access.Lead, access.Region}}
	propose = access.Rule{Action: "procedure.propose", Need: access.ByRole, Why: "procedure.may.propose", Roles: []access.Role{access.Legal}}
	// told is to say that a date that moved was seen; it touches only dates of files that the colleague may see.
	told = access.Rule{Action: "procedure.told", Need: access.ByRole, Why: "procedure.may.mind", Roles: []access.Role{access.Case, access.Legal, access.Lead}}
	// plan is for those who plan: which tracks have no next step.
	plan = access.Rule{Action: "procedure.plan", Need: access.ByRole, Why: "procedure.may.plan", Roles: mind.Roles}
	self = access.Rule{Action: "procedure.own", Need: access.BySelf, Why: "procedure.may.own"}
	// reckon needs no file: nothing of a person is in it.
	reckon = access.Rule{Action: "procedure.reckon", Need: access.ByRole, Why: "procedure.may.reckon",
		Roles: []access.Role{access.Desk, access.Case, access.Legal, access.Lead}}
)

// Rules are all rules of this capability, for the page that tells who may do what.
func Rules() []access.Rule {
	return []access.Rule{look, record, mind, plan, self, reckon, rules, propose, told}
}
