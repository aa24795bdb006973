package organisation

// This file is the table of what may be done here, and by whom.

import (
	"slices"

	"reisgezel/internal/kernel/access"
)

var (
	look = access.Rule{Action: "organisation.look", Need: access.ByRole, Roles: access.Roles, Why: "organisation.may.look"}
	// tend is for a place: a regional manager in the own region, an administrator everywhere. The region is asked
	// inside, because only the place knows in which region it lies.
	tend = access.Rule{Action: "organisation.tend", Need: access.ByRole, Roles: []access.Role{access.Region, access.Admin}, Why: "organisation.may.tend"}
	// staff is for colleagues and their posts; who may give which post to whom is in MayGive.
	staff = access.Rule{Action: "organisation.staff", Need: access.ByRole, Roles: []access.Role{access.Region, access.Admin}, Why: "organisation.may.staff"}
	// build is for what is the same everywhere: the shape of the foundation and its catalogue.
	build = access.Rule{Action: "organisation.build", Need: access.ByRole, Roles: []access.Role{access.Admin}, Why: "organisation.may.build"}
	// standIn is for deputies: one's own, or those of the people one leads. Asked inside.
	standIn = access.Rule{Action: "organisation.deputy", Need: access.ByRole, Roles: access.Roles, Why: "organisation.may.deputy"}
)

// Rules are all rules of this capability, for the page that tells who may do what.
func Rules() []access.Rule { return []access.Rule{look, tend, staff, build, standIn} }

// MayTend says whether the actor may change a place in this region.
func MayTend(a access.Actor, region string) bool {
	if a.Has(access.Admin) {
		return true
	}
	for _, id := range a.At(access.Region, access.InRegion) {
		if id == region {
			return true
		}
	}
	return len(a.At(access.Region, access.National)) > 0
}

// MayArrange says whether the actor may arrange how the places of a team work: who leads the team, or tends its region.
func MayArrange(a access.Actor, t Team) bool {
	return slices.Contains(a.At(access.Lead, access.Team), t.ID) || MayTend(a, t.Region)
}

// MayGive says whether the actor may give or end this post, which lies in this region (empty for a national post).
// Nobody gives a post to themselves: the one who runs the machine must not be able to open files alone.
func MayGive(a access.Actor, colleague string, p access.Post, region string) bool {
	if a.ID == colleague {
		return false
	}
	if a.Has(access.Admin) {
		return true
	}
	switch p.Role {
	case access.Desk, access.Case, access.Legal, access.Lead:
		return region != "" && MayTend(a, region)
	}
	return false
}

// MayDeputise says whether the actor may arrange who stands in for a colleague of these teams and regions.
func MayDeputise(a access.Actor, colleague string, teams, regions []string) bool {
	if a.ID == colleague || a.Has(access.Admin) {
		return true
	}
	for _, led := range a.At(access.Lead, access.Team) {
		for _, t := range teams {
			if t == led {
				return true
			}
		}
	}
	for _, r := range regions {
		if a.Has(access.Region) && MayTend(a, r) {
			return true
		}
	}
	return false
}
