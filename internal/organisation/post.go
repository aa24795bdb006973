package organisation

// This file holds posts (a role in a place for a time) and deputies (who stands in for whom).

import (
	"slices"
	"time"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/fault"
)

// Held is a post with its history: who gave it, since when, until when, and who ended it.
type Held struct {
	ID, Colleague    string
	Role             access.Role
	ScopeKind        access.ScopeKind
	ScopeID          string
	Since            time.Time
	Until, Ended     time.Time
	GivenBy, EndedBy string
}

// Post is the part of it that access asks for.
func (h Held) Post() access.Post {
	return access.Post{Role: h.Role, Scope: access.Scope{Kind: h.ScopeKind, ID: h.ScopeID}}
}

// Live says whether the post stands at this moment.
func (h Held) Live(now time.Time) bool {
	return h.Ended.IsZero() && !h.Since.After(now) && (h.Until.IsZero() || now.Before(h.Until))
}

// Coming says whether the post begins later.
func (h Held) Coming(now time.Time) bool { return h.Ended.IsZero() && h.Since.After(now) }

// scopes are the sizes of a place where each role makes sense. A walk-in volunteer stands at a location or a desk,
// never over a team: that would be a standing reach.
var scopes = map[access.Role][]access.ScopeKind{
	access.Desk:    {access.Location, access.AtDesk},
	access.Case:    {access.Team, access.Location},
	access.Legal:   {access.Team, access.InRegion, access.National},
	access.Lead:    {access.Team},
	access.Region:  {access.InRegion, access.National},
	access.Admin:   {access.National},
	access.Privacy: {access.National},
}

// Fits says whether a role can be held over a place of this size.
func Fits(r access.Role, k access.ScopeKind) bool { return slices.Contains(scopes[r], k) }

// PostInput is what a form says about a post to give.
type PostInput struct {
	Role         access.Role
	Kind         access.ScopeKind
	Place        string // id of the region, team, location or desk; empty for the whole country
	Since, Until string // days as typed; until is the last day
}

// Check names all faults at once and gives the moments between which the post stands.
func (in PostInput) Check(now time.Time) (since, until time.Time, fs fault.Fields) {
	if !slices.Contains(access.Roles, in.Role) {
		fs.Add("rol", "organisation.error.role")
	}
	switch {
	case in.Kind == "":
		fs.Add("place", "organisation.error.place")
	case len(fs) == 0 && !Fits(in.Role, in.Kind):
		fs.Add("place", "organisation.error.fits")
	case (in.Kind == access.National) != (in.Place == ""):
		fs.Add("place", "organisation.error.place")
	}
	from, to := checkDays(&fs, in.Since, in.Until, clock.Today(now))
	since = from.In(clock.Netherlands)
	if from == clock.Today(now) {
		since = now // a post is never given for a time that has passed
	}
	if !to.IsZero() {
		until = to.AddDays(1).In(clock.Netherlands)
	}
	return since, until, fs
}

// checkDays reads the first and the last day of something that begins today or later.
func checkDays(fs *fault.Fields, since, until string, today clock.Date) (from, to clock.Date) {
	var err error
	if from, err = clock.ParseDate(since); err != nil {
		fs.Add("since", "organisation.error.date")
	} else if from.Before(today) {
		fs.Add("since", "organisation.error.past")
	}
	if until == "" {
		return from, to
	}
	if to, err = clock.ParseDate(until); err != nil {
		fs.Add("until", "organisation.error.date")
	} else if to.Before(from) {
		fs.Add("until", "organisation.error.before")
	}
	return from, to
}

// Deputy says who stands in for a colleague, on which days.
type Deputy struct {
	ID, Colleague, Deputy string
	Since, Until          clock.Date
	Ended                 time.Time
	MadeBy                string
}

// On says whether the deputy stands in on this day.
func (d Deputy) On(day clock.Date) bool {
	return d.Ended.IsZero() && !d.Since.After(day) && (d.Until.IsZero() || !d.Until.Before(day))
}

// Over says whether it has ended.
func (d Deputy) Over(day clock.Date) bool {
	return !d.Ended.IsZero() || (!d.Until.IsZero() && d.Until.Before(day))
}

// DeputyInput is what a form says about a deputy.
type DeputyInput struct{ Deputy, Since, Until string }

// Check names all faults at once. What a colleague already has on those days may not overlap, so that there is never
// a question about who acts.
func (in DeputyInput) Check(colleague string, theirs []Deputy, now time.Time) (from, to clock.Date, fs fault.Fields) {
	switch in.Deputy {
	case "":
		fs.Add("deputy", "organisation.error.deputy")
	case colleague:
		fs.Add("deputy", "organisation.error.self")
	}
	from, to = checkDays(&fs, in.Since, in.Until, clock.Today(now))
	if len(fs) > 0 {
		return from, to, fs
	}
	for _, d := range theirs {
		if d.Over(clock.Today(now)) {
			continue
		}
		if (to.IsZero() || !d.Since.After(to)) && (d.Until.IsZero() || !d.Until.Before(from)) {
			fs.Add("since", "organisation.error.deputy_overlap")
			break
		}
	}
	return from, to, fs
}
