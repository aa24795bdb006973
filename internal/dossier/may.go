package dossier

// This file says who may do what with a file. It is shown as it is on the page "Wie mag wat".

import "reisgezel/internal/kernel/access"

var (
	mayList     = access.Rule{Action: "dossier.list", Need: access.ByRole, Roles: []access.Role{access.Desk, access.Case, access.Legal, access.Lead, access.Region}, Level: access.DeskLevel, Why: "dossier.may.list"}
	maySearch   = access.Rule{Action: "dossier.search", Need: access.SignedIn, Level: access.DeskLevel, Why: "dossier.may.search"}
	mayOpen     = access.Rule{Action: "dossier.open", Need: access.ByFile, Level: access.DeskLevel, Why: "dossier.may.open", WhileLimited: true}
	mayRegister = access.Rule{Action: "dossier.register", Need: access.ByRole, Roles: []access.Role{access.Case, access.Legal}, Why: "dossier.may.register"}
	mayChange   = access.Rule{Action: "dossier.change", Need: access.ByFile, Roles: []access.Role{access.Case, access.Legal, access.Lead, access.Region}, Level: access.File, Why: "dossier.may.change"}
	mayCard     = access.Rule{Action: "dossier.card", Need: access.ByFile, Level: access.DeskLevel, Why: "dossier.may.card", WhileLimited: true}
	mayAssign   = access.Rule{Action: "dossier.assign", Need: access.ByFile, Roles: []access.Role{access.Case, access.Legal, access.Lead, access.Region}, Level: access.File, Why: "dossier.may.assign"}
	mayPrint    = access.Rule{Action: "dossier.print", Need: access.ByFile, Roles: []access.Role{access.Case, access.Legal, access.Lead, access.Region}, Level: access.File, Why: "dossier.may.print"}
	mayShare    = access.Rule{Action: "dossier.share", Need: access.ByRole, Roles: []access.Role{access.Lead}, Why: "dossier.may.share"}
	mayFollow   = access.Rule{Action: "dossier.follow", Need: access.BySelf, Level: access.File, Why: "dossier.may.follow"}
)

// Rules are all rules of this capability.
func Rules() []access.Rule {
	return []access.Rule{mayList, maySearch, mayOpen, mayRegister, mayChange, mayCard, mayAssign, mayPrint, mayShare, mayFollow}
}
