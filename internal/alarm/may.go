package alarm

// This file is the table of what may be done here, and by whom.

import "reisgezel/internal/kernel/access"

var (
	answering = []access.Role{access.Case, access.Legal, access.Lead, access.Region}

	// mayRaise is open to the desk: the letter lies on the table there, and nobody else may see it today.
	mayRaise = access.Rule{Action: "alarm.raise", Need: access.ByFile, Level: access.DeskLevel, Why: "alarm.may.raise", WhileLimited: true}
	// mayMine is the one press of the person on the own pages.
	mayMine = access.Rule{Action: "alarm.mine", Need: access.BySelf, Level: access.File, Why: "alarm.may.mine"}
	mayWork = access.Rule{Action: "alarm.work", Need: access.ByFile, Level: access.DeskLevel, Why: "alarm.may.work", WhileLimited: true}
	mayEnd  = access.Rule{Action: "alarm.end", Need: access.ByFile, Roles: answering, Level: access.DeskLevel, Why: "alarm.may.end", WhileLimited: true}
	mayKnow = access.Rule{Action: "alarm.know", Need: access.SignedIn, Why: "alarm.may.know"}
	mayTake = access.Rule{Action: "alarm.take", Need: access.ByRole, Roles: answering, Why: "alarm.may.take"}
	// mayName is for a lead of the team, a manager above it, and whoever is on it; see Posted.Names.
	mayName  = access.Rule{Action: "alarm.name", Need: access.ByRole, Roles: answering, Why: "alarm.may.name"}
	mayRenew = access.Rule{Action: "alarm.renew", Need: access.ByRole, Roles: []access.Role{access.Lead, access.Region}, Why: "alarm.may.renew"}
	mayJudge = access.Rule{Action: "alarm.judge", Need: access.ByRole, Roles: []access.Role{access.Legal, access.Lead, access.Region, access.Privacy}, Why: "alarm.may.judge"}
	// mayGroup is for posts with a reach: nobody counts or lists beyond the own team, region or, with a national post, the
	// country. A caseworker sees on the own files that they belong to a group.
	mayGroup = access.Rule{Action: "alarm.group", Need: access.ByRole, Roles: []access.Role{access.Legal, access.Lead, access.Region}, Why: "alarm.may.group"}
)

// Rules are all rules of this capability.
func Rules() []access.Rule {
	return []access.Rule{mayRaise, mayMine, mayWork, mayEnd, mayKnow, mayTake, mayName, mayRenew, mayJudge, mayGroup}
}
