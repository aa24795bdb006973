package ingest

// This file says who may import. It is shown as it is on the page "Wie mag wat".

import "reisgezel/internal/kernel/access"

var (
	mayLook = access.Rule{Action: "ingest.look", Need: access.ByRole, Roles: []access.Role{access.Admin}, Why: "ingest.may.look"}
	mayRead = access.Rule{Action: "ingest.read", Need: access.ByRole, Roles: []access.Role{access.Admin}, Why: "ingest.may.read"}
	mayUndo = access.Rule{Action: "ingest.undo", Need: access.ByRole, Roles: []access.Role{access.Admin}, Why: "ingest.may.undo"}
)

// Rules are all rules of this capability.
func Rules() []access.Rule { return []access.Rule{mayLook, mayRead, mayUndo} }
