package account

// This file is the table of what may be done here, and by whom.

import "reisgezel/internal/kernel/access"

var (
	// enter is for everybody: who signs in is not known yet.
	enter = access.Rule{Action: "account.enter", Need: access.Free, Why: "account.may.enter"}
	// mine is for one's own account. It is free at the door, because a colleague whose VOG has run out holds no post
	// and must still be able to change a password or end a session; each page asks for a colleague inside.
	mine = access.Rule{Action: "account.mine", Need: access.Free, Why: "account.may.mine"}
	// invite is for letting a new colleague in, or one who lost everything.
	invite = access.Rule{Action: "account.invite", Need: access.ByRole, Roles: []access.Role{access.Admin}, Why: "account.may.invite"}
)

// Rules are all rules of this capability, for the page that tells who may do what.
func Rules() []access.Rule { return []access.Rule{enter, mine, invite} }
