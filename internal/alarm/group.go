package alarm

// This file holds the rules of an alarm about a group: by what it is chosen, what may be told of its size before and after
// somebody says what for, and how often anybody may count.

import (
	"slices"
	"strings"
	"time"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/fault"
)

const (
	// countMost is how often somebody may count in one day. Assumption: an emergency takes a handful of tries; more is a
	// search.
	countMost = 20
	// countStep is to what a number is rounded before somebody says what for, and the least number that is told at all.
	countStep = 5
	// opened is how long a list stays open after its purpose was given.
	opened = 3 * 24 * time.Hour
	// countShown is how long somebody can come back to a count.
	countShown = 24 * time.Hour

	purposeLeast = 20
	originsMost  = 30
)

// GroupOutcomes are how an alarm about a group ends.
var GroupOutcomes = []string{"safe", "stopped", "handled", "mistake"}

// Criteria are by what a group is chosen. Several values of one kind mean either; several kinds mean all of them.
type Criteria struct {
	Origins  []string   `json:"origins,omitempty"`  // codes
	Unknown  bool       `json:"unknown,omitzero"`   // also who has no nationality written down
	Region   string     `json:"region,omitempty"`   // of help
	Team     string     `json:"team,omitempty"`     // of help
	Location string     `json:"location,omitempty"` // of help
	Decided  bool       `json:"decided,omitzero"`   // a refusal of asylum that still stands was made known
	From     clock.Date `json:"from,omitzero"`      // not before
	To       clock.Date `json:"to,omitzero"`        // not after
	Removal  bool       `json:"removal,omitzero"`   // leaving was ordered, or the person is detained
}

// Law is what procedures are asked, and whether they are asked anything.
func (c Criteria) Law() (dossier.LawAsk, bool) {
	return dossier.LawAsk{Decided: c.Decided, DecidedFrom: c.From, DecidedTo: c.To, Removal: c.Removal}, c.Decided || c.Removal
}

// Group is what each node has in memory; teams are those within reach that the criteria name.
func (c Criteria) Group(teams []string) dossier.Group {
	g := dossier.Group{Origins: slices.Clone(c.Origins), Teams: teams}
	if c.Unknown {
		g.Origins = append(g.Origins, dossier.UnknownOrigin)
	}
	if c.Location != "" {
		g.Locations = []string{c.Location}
	}
	return g
}

// CriteriaIn is what somebody fills in.
type CriteriaIn struct {
	Origins  []string
	Other    string // a nationality that has no line yet
	Unknown  bool
	Place    string // "region:…", "team:…", "location:…" or nothing
	Decided  bool
	From, To string
	Removal  bool
}

// Check names all faults at once. A group needs at least one thing that is objective about the people, not only a place.
func (in CriteriaIn) Check(now time.Time) (Criteria, fault.Fields) {
	var fs fault.Fields
	c := Criteria{Unknown: in.Unknown, Decided: in.Decided || in.From != "" || in.To != "", Removal: in.Removal}
	known := dossier.Origins()
	for _, o := range in.Origins {
		if !slices.Contains(known, o) {
			fs.Add("origins", "alarm.error.origin")
			break
		}
		if !slices.Contains(c.Origins, o) {
			c.Origins = append(c.Origins, o)
		}
	}
	if other := line(&fs, "other", in.Other); other != "" {
		for _, o := range dossier.OriginsOf(other) {
			if o == dossier.UnknownOrigin {
				c.Unknown = true
			} else if !slices.Contains(c.Origins, o) {
				c.Origins = append(c.Origins, o)
			}
		}
	}
	if len(c.Origins) > originsMost {
		fs.Add("origins", "alarm.error.origins.many", "n", originsMost)
	}
	kind, id, _ := strings.Cut(in.Place, ":")
	switch kind {
	case "":
	case "region":
		c.Region = id
	case "team":
		c.Team = id
	case "location":
		c.Location = id
	default:
		fs.Add("place", "alarm.error.place")
	}
	day := func(field, text string) clock.Date {
		if text == "" {
			return clock.Date{}
		}
		d, err := clock.ParseDate(text)
		if err != nil {
			fs.Add(field, "alarm.error.day")
		}
		return d
	}
	c.From, c.To = day("from", in.From), day("to", in.To)
	if !c.From.IsZero() && !c.To.IsZero() && c.To.Before(c.From) {
		fs.Add("to", "alarm.error.order")
	}
	if !c.From.IsZero() && clock.Today(now).Before(c.From) {
		fs.Add("from", "alarm.error.from")
	}
	if len(c.Origins) == 0 && !c.Unknown && !c.Decided && !c.Removal {
		fs.Add("origins", "alarm.error.criteria")
	}
	return c, fs
}

// Told is what is told of a number before somebody says what for: rounded down, and nothing below the step. Two questions that
// differ by one person then nearly always have one answer.
func Told(n int) int { return n / countStep * countStep }

// Group is one alarm about a group.
type Group struct {
	ID      string
	Body    []byte `json:"-"`
	Said    Said   `db:"-"`
	Teams   string // the teams that it may reach, apart by spaces; empty is the whole country
	State   State
	At      time.Time
	MadeBy  string
	Members []byte `json:"-"`
	People  int    // how many they were when they were last looked at
	Reached string // of a look that is under way: the last one looked at
	Found   []byte `json:"-"`
	Looked  int
	Of      int
	LookAt  time.Time // when the last whole look ended; zero before
	EndedAt time.Time
	EndedBy string
	Outcome string
	Version int64
}

// Said is what was said of a group: by what it is chosen, what threatens it, and what for it is raised.
type Said struct {
	Criteria Criteria `json:"criteria"`
	Reason   string   `json:"reason"`
}

// reach is the teams that it may reach; none is the whole country.
func (g Group) reach() []string { return strings.Fields(g.Teams) }

// Undoable says whether its end can still be taken back.
func (g Group) Undoable(now time.Time) bool {
	return g.State == Ended && now.Before(g.EndedAt.Add(Undo))
}

// MayReview says whether somebody may look back at it.
func (g Group) MayReview(who string) bool {
	return g.State == Ended && who != g.MadeBy && who != g.EndedBy
}

// Reach is the places of somebody's posts that are there for groups: the whole country, or some regions and teams.
type Reach struct {
	All            bool
	Regions, Teams []string
}

// ReachOf reads it from the posts: a lead or legal staff of a team, legal staff or a manager of a region, the national desk.
func ReachOf(a access.Actor) Reach {
	var r Reach
	for _, p := range a.Posts {
		if p.Role != access.Lead && p.Role != access.Legal && p.Role != access.Region {
			continue
		}
		switch p.Scope.Kind {
		case access.National:
			r.All = true
		case access.InRegion:
			r.Regions = append(r.Regions, p.Scope.ID)
		case access.Team:
			r.Teams = append(r.Teams, p.Scope.ID)
		}
	}
	return r
}

// Narrow narrows teams to those that the criteria name. ok is false when they name a place out of reach.
func (r Reach) Narrow(c Criteria, within []TeamAt, locationTeam string) (teams []string, ok bool) {
	for _, t := range within {
		if c.Region != "" && t.Region != c.Region || c.Team != "" && t.ID != c.Team || c.Location != "" && t.ID != locationTeam {
			continue
		}
		teams = append(teams, t.ID)
	}
	if r.All && c.Region == "" && c.Team == "" && c.Location == "" {
		return nil, true // the whole country, also who is with no team
	}
	return teams, len(teams) > 0
}

// TeamAt is a team and its region.
type TeamAt struct{ ID, Region string }
