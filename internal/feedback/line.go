package feedback

// This file says who handles a complaint: somebody who stands above the one it is about, and who had no part in it.
//
// The spirit is that of article 9:7 of the Algemene wet bestuursrecht: nobody judges what they did themselves, what their own
// team did while they were part of it, or what somebody above them did. Where the line ends, the privacy officer takes over.

import (
	"slices"
	"strings"

	"reisgezel/internal/kernel/access"
)

// The levels of whom a complaint is about. The empty one is nobody by name: it may be about anybody of the team, its leader too.
const (
	OfTeam   = "team"   // a colleague who leads nobody
	OfLead   = "lead"   // who leads the team
	OfRegion = "region" // a regional manager
	OfNation = "nation" // a manager of the whole country
	OfOffice = "office" // who works for the whole foundation and leads nobody: the privacy officer, an administrator
)

// Levels are those that can be chosen without a name.
var Levels = []string{OfLead, OfRegion, OfNation}

// heights are how high somebody of a level stands in the line. An office stands beside the line, and no leader of a team
// decides about it.
var heights = map[string]int{OfTeam: 0, "": 1, OfLead: 1, OfOffice: 1, OfRegion: 2, OfNation: 3}

// LevelOf is the highest level among somebody's posts.
func LevelOf(posts []access.Post) string {
	level := OfTeam
	for _, p := range posts {
		l := OfTeam
		switch {
		case p.Role == access.Region && p.Scope.Kind == access.National:
			l = OfNation
		case p.Role == access.Region:
			l = OfRegion
		case p.Role == access.Lead:
			l = OfLead
		case p.Role == access.Privacy, p.Role == access.Admin:
			l = OfOffice
		}
		level = higher(level, l)
	}
	return level
}

func higher(a, b string) string {
	if heights[b] > heights[a] {
		return b
	}
	return a
}

// over is how high somebody stands in the line above the place of a complaint; zero when they do not. A complaint of which
// nobody knows where it happened is for every regional manager.
func over(a access.Actor, c Complaint) int {
	switch {
	case len(a.At(access.Region, access.National)) > 0:
		return heights[OfNation]
	case c.Region == "" && len(a.At(access.Region, access.InRegion)) > 0, slices.Contains(a.At(access.Region, access.InRegion), c.Region):
		return heights[OfRegion]
	case slices.Contains(a.At(access.Lead, access.Team), c.Team):
		return heights[OfLead]
	}
	return 0
}

// Barred says whether somebody may never handle a complaint, whatever their post: it is about them, or they had a part in it.
func (c Complaint) Barred(id string) bool {
	return id == c.Against || slices.Contains(strings.Fields(c.Involved), id)
}

// Handles says whether somebody may see and handle a complaint. Left says that nobody in the line can: then it is for a privacy
// officer, who keeps what they began.
func Handles(a access.Actor, c Complaint, left bool) bool {
	if a.Kind != access.Staff || c.Barred(a.ID) {
		return false
	}
	return over(a, c) > heights[c.Level] || a.Has(access.Privacy) && (left || c.Handler == a.ID)
}
