package monitor

// This file says who may see and judge what the numbers tell.

import "reisgezel/internal/kernel/access"

var (
	mayRead = access.Rule{Action: "monitor.read", Need: access.SignedIn, Why: "monitor.may.read"}
	// mayJudge is the desk on which warnings land.
	mayJudge = access.Rule{Action: "monitor.judge", Need: access.ByRole, Roles: []access.Role{access.Legal, access.Lead, access.Region}, Why: "monitor.may.judge"}
	// mayMark is for who enters changes of policy.
	mayMark = access.Rule{Action: "monitor.mark", Need: access.ByRole, Roles: []access.Role{access.Legal, access.Lead, access.Region}, Why: "monitor.may.mark"}
	mayFree = access.Rule{Action: "monitor.public", Need: access.Free, Why: "monitor.may.free"}
)

// Rules are all rules of this capability.
func Rules() []access.Rule { return []access.Rule{mayRead, mayJudge, mayMark, mayFree} }
