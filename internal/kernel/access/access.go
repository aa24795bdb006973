// Package access says who may do what, and keeps every reason to see a file as one row.
//
// It knows no noun of the work: a subject is whatever a file is about. Roles add up; nobody has a role that forbids. A
// file is seen only through a grant: an assignment, presence, an escalation, an emergency, or being the person. Sees is
// the one predicate over those grants; lists, searches, counts, exports and single pages all use it.
package access

import (
	"slices"
)

// Role is what somebody does in the organisation.
type Role string

// The roles. Desk is the walk-in volunteer, who holds no file at all.
const (
	Desk    Role = "desk"    // spreekuurvrijwilliger
	Case    Role = "case"    // maatschappelijk begeleider
	Legal   Role = "legal"   // juridisch begeleider
	Lead    Role = "lead"    // teamleider
	Region  Role = "region"  // regiomanager
	Admin   Role = "admin"   // beheerder
	Privacy Role = "privacy" // privacyfunctionaris
	Client  Role = "client"  // the person the file is about
)

// Roles are all roles of staff, in the order in which pages show them.
var Roles = []Role{Desk, Case, Legal, Lead, Region, Admin, Privacy}

// ScopeKind is the size of the place where a role holds.
type ScopeKind string

// The sizes of a place.
const (
	National ScopeKind = "national"
	InRegion ScopeKind = "region"
	Team     ScopeKind = "team"
	Location ScopeKind = "location"
	AtDesk   ScopeKind = "desk"
)

// Scope is a place where a role holds.
type Scope struct {
	Kind ScopeKind
	ID   string
}

// Post is one role in one place.
type Post struct {
	Role  Role
	Scope Scope
}

// Kind is what sort of visitor somebody is.
type Kind string

// The sorts of visitors. The zero Kind is nobody and may nothing.
const (
	Guest   Kind = "guest"
	Staff   Kind = "staff"
	IsSelf  Kind = "client"
	Outside Kind = "outside" // somebody who does not work here, such as a lawyer: no post, and no grant on any file
	Machine Kind = "system"
)

// Actor is who asks.
type Actor struct {
	Kind    Kind
	ID      string
	Name    string
	Session string
	Posts   []Post
	Holders []string // the keys under which grants may be held: "user:…", "team:…", "desk:…", "self:…"
	Lang    string
}

// Has says whether the actor holds at least one of these roles, anywhere.
func (a Actor) Has(roles ...Role) bool {
	if a.Kind == IsSelf {
		return slices.Contains(roles, Client)
	}
	return a.Kind == Staff && slices.ContainsFunc(a.Posts, func(p Post) bool { return slices.Contains(roles, p.Role) })
}

// At lists the places of one size where the actor holds a role.
func (a Actor) At(role Role, kind ScopeKind) []string {
	var out []string
	for _, p := range a.Posts {
		if p.Role == role && p.Scope.Kind == kind && !slices.Contains(out, p.Scope.ID) {
			out = append(out, p.Scope.ID)
		}
	}
	return out
}

// Places lists the places of one size where the actor holds any role.
func (a Actor) Places(kind ScopeKind) []string {
	var out []string
	for _, p := range a.Posts {
		if p.Scope.Kind == kind && !slices.Contains(out, p.Scope.ID) {
			out = append(out, p.Scope.ID)
		}
	}
	return out
}

// Action names what is done, such as "contact.record".
type Action string

// Need is what a rule asks of a visitor.
type Need uint8

// The needs. ByFile asks for a role at the door (when Roles is not empty) and for a grant on the subject inside.
const (
	Free      Need = iota // anybody, signed in or not
	SignedIn              // any colleague
	ByRole                // a colleague with one of Roles
	ByFile                // a colleague, with one of Roles when there are any, and a grant on the subject
	BySelf                // the person the file is about
	ByOutside             // somebody outside; what they see is asked for inside, of what the person allowed
)

// Level is how much of a file a grant opens. A higher level includes the lower ones.
type Level uint8

// The levels.
const (
	Note      Level = 1 // finish a note one began, nothing else
	DeskLevel Level = 2 // what a walk-in desk needs
	File      Level = 3 // everything
)

// Rule says who may do one action. Why is the text key that tells it in plain words.
type Rule struct {
	Action Action
	Need   Need
	Roles  []Role
	Level  Level
	Why    string

	// WhileLimited says that it may still be done when the person asked for less use of their data.
	WhileLimited bool
}

// Allows says whether this visitor may come through the door. For ByFile the grant is asked for inside. What is not
// known is refused.
func (r Rule) Allows(a Actor) bool {
	switch r.Need {
	case Free:
		return true
	case SignedIn:
		return a.Kind == Staff && len(a.Posts) > 0
	case ByRole:
		return a.Kind == Staff && a.Has(r.Roles...)
	case ByFile:
		return a.Kind == Staff && len(a.Posts) > 0 && (len(r.Roles) == 0 || a.Has(r.Roles...))
	case BySelf:
		return a.Kind == IsSelf
	case ByOutside:
		return a.Kind == Outside
	}
	return false
}
