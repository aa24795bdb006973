package handover

// This file says who may give a file away, take one over, and arrange that somebody leaves.

import "reisgezel/internal/kernel/access"

var (
	mayList  = access.Rule{Action: "handover.list", Need: access.ByRole, Roles: []access.Role{access.Case, access.Legal, access.Lead, access.Region, access.Admin}, Why: "handover.may.list"}
	mayGive  = access.Rule{Action: "handover.give", Need: access.ByRole, Roles: []access.Role{access.Case, access.Legal, access.Lead, access.Region}, Level: access.File, Why: "handover.may.give"}
	mayTake  = access.Rule{Action: "handover.take", Need: access.ByRole, Roles: []access.Role{access.Case, access.Legal}, Level: access.File, Why: "handover.may.take", WhileLimited: true}
	mayUndo  = access.Rule{Action: "handover.undo", Need: access.ByRole, Roles: []access.Role{access.Lead, access.Region}, Why: "handover.may.undo", WhileLimited: true}
	mayLook  = access.Rule{Action: "handover.leaving", Need: access.SignedIn, Why: "handover.may.leaving"}
	mayLeave = access.Rule{Action: "handover.leave", Need: access.ByRole, Roles: []access.Role{access.Lead, access.Region, access.Admin}, Why: "handover.may.leave"}
)

// Rules are all rules of this capability.
func Rules() []access.Rule {
	return []access.Rule{mayList, mayGive, mayTake, mayUndo, mayLook, mayLeave}
}
