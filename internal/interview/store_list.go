package interview

// This file holds the SQL of lists over many people. Whoever reads one sees the files they may see; who leads a team also
// learns that nobody goes along to an interview of it, and not whose interview that is.

import (
	"context"
	"slices"
	"time"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
)

// Listed is one interview in a list over people; nothing in it is sealed.
type Listed struct {
	ID, Person, Team, Kind, State string
	Day                           clock.Date
	Hour                          string
	Minutes                       int
	Site                          string
	Company                       bool
	Due                           clock.Date
	Reported                      time.Time
	Received                      clock.Date
	MadeBy                        string
	Sent                          int
}

const listedColumns = `SELECT i.id, i.person, i.team, i.kind, i.state, i.day, i.hour, i.minutes, i.site, i.company, i.due, i.reported, i.received, i.made_by,
	(SELECT COUNT(*) FROM interview_sending s WHERE s.interview = i.id) AS sent FROM interview_interview i WHERE`

// listMost is how many rows a list shows.
const listMost = 300

// listed are the interviews that are planned, and those of which something is still to come, in the files somebody sees.
func (x *Interviews) listed(ctx context.Context, a access.Actor, now time.Time) ([]Listed, error) {
	return db.Many[Listed](ctx, x.db, db.F(listedColumns+` i.state IN ('planned','held') AND`).With(access.Sees(a, now, access.File, "i.person")).
		Then(`ORDER BY COALESCE(i.day, '9999'), i.hour, i.id LIMIT ?`, listMost))
}

// alone are the planned interviews of a team that ask for company and have none, up to a day.
func (x *Interviews) alone(ctx context.Context, team string, until clock.Date) ([]Listed, error) {
	ls, err := db.Many[Listed](ctx, x.db, db.F(listedColumns+` i.team = ? AND i.state = 'planned' AND i.company = TRUE AND i.day <= ? ORDER BY i.day, i.hour, i.id LIMIT ?`, team, until, listMost))
	if err != nil {
		return nil, err
	}
	ids := make([]string, len(ls))
	for i := range ls {
		ids[i] = ls[i].ID
	}
	cs, err := x.company(ctx, x.db, ids)
	return slices.DeleteFunc(ls, func(l Listed) bool { return !Nobody(Interview{State: l.State, Company: l.Company}, cs[l.ID]) }), err
}

// near are the interviews up to a day, and those of which something is still to come, in the files somebody sees.
func (x *Interviews) near(ctx context.Context, a access.Actor, now time.Time, until clock.Date) ([]Listed, error) {
	return db.Many[Listed](ctx, x.db, db.F(listedColumns+` (i.state = 'planned' AND i.day <= ? OR i.state = 'held') AND`, until).With(access.Sees(a, now, access.File, "i.person")).
		Then(`ORDER BY COALESCE(i.day, '9999'), i.hour, i.id LIMIT ?`, listMost))
}
