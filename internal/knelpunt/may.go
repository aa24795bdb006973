package knelpunt

// This file says who may do what with signals.

import "reisgezel/internal/kernel/access"

var (
	mayRaise = access.Rule{Action: "knelpunt.raise", Need: access.SignedIn, Why: "knelpunt.may.raise"}
	mayRead  = access.Rule{Action: "knelpunt.read", Need: access.SignedIn, Why: "knelpunt.may.read"}
	// mayRelease is for the second reader; of which team, and that it is not the author, is asked inside.
	mayRelease = access.Rule{Action: "knelpunt.release", Need: access.ByRole, Roles: []access.Role{access.Case, access.Legal, access.Lead}, Why: "knelpunt.may.release"}
	mayReport  = access.Rule{Action: "knelpunt.report", Need: access.Free, Why: "knelpunt.may.report"}
	// mayDesk is for what comes through the public form.
	mayDesk = access.Rule{Action: "knelpunt.desk", Need: access.ByRole, Roles: []access.Role{access.Legal, access.Lead, access.Region}, Why: "knelpunt.may.desk"}
	mayTend = access.Rule{Action: "knelpunt.tend", Need: access.ByRole, Roles: []access.Role{access.Case, access.Legal, access.Lead, access.Region}, Why: "knelpunt.may.tend"}
)

// Rules are all rules of this capability.
func Rules() []access.Rule {
	return []access.Rule{mayRaise, mayRead, mayRelease, mayReport, mayDesk, mayTend}
}
