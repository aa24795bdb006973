package portal

// This file holds the rules of "who helps me": what somebody may know of a colleague, and by what role one helps.

import (
	"slices"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
)

// helper is a colleague as the person they help may know them: the first name, the role, and the telephone of their work.
type helper struct {
	ID, Called, Role, Phone, Dial string
	Since                         clock.Date
	Instead                       *helper // who answers today, while this one is away
}

// lawyer is somebody who represents the person.
type lawyer struct {
	dossier.Lawyer
	Dial string
}

// helps is the order in which a role tells what a colleague does for a person: whoever guides and also leads a team, guides.
var helps = []access.Role{access.Case, access.Legal, access.Desk, access.Lead, access.Region, access.Privacy}

// roleKey is the text of the role by which a colleague helps.
func roleKey(posts []access.Post) string {
	for _, r := range helps {
		if slices.ContainsFunc(posts, func(p access.Post) bool { return p.Role == r }) {
			return "portal.role." + string(r)
		}
	}
	return "portal.role.colleague"
}
