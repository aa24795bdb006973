package alarm

// This file keeps on each node, for some seconds, which alarms run and who is told of them, so that every page of staff can
// show them without asking the database. It holds no name of anybody, and it decides nothing about a file: what opens a file
// is asked of the database each time.

import (
	"context"
	"slices"
	"sync"
	"time"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
)

// boardFor is how long the board of a node is believed. What this node writes is on it at once.
const boardFor = 5 * time.Second

// PostedGroup is what may be told of an alarm about a group: how many belong to it in each team.
type PostedGroup struct {
	Group
	ByTeam  map[string]int
	Region  map[string]string // of each of those teams
	members map[string]bool
	at      time.Time
}

// groupFor is how long members that did not change are believed to be helped where they were.
const groupFor = 5 * time.Minute

// Within counts the members within a reach, and those elsewhere.
func (p PostedGroup) Within(r Reach) (here, elsewhere int) {
	for team, n := range p.ByTeam {
		if r.Holds(team, p.Region[team]) {
			here += n
		} else {
			elsewhere += n
		}
	}
	return here, elsewhere
}

// Holds says whether a team is within a reach. Who is with no team is within the reach of the country only.
func (r Reach) Holds(team, region string) bool {
	return r.All || team != "" && slices.Contains(r.Teams, team) || region != "" && slices.Contains(r.Regions, region)
}

// board is what this node believes.
type board struct {
	mu     sync.Mutex
	read   time.Time
	people []Posted
	groups []PostedGroup
	region map[string]string // of teams that were asked about
}

// forget makes the next page read anew.
func (b *board) forget() {
	b.mu.Lock()
	b.read = time.Time{}
	b.mu.Unlock()
}

// posted is the board, read anew when it is too old.
func (a *Alarms) posted(ctx context.Context, now time.Time) ([]Posted, []PostedGroup, error) {
	b := &a.board
	b.mu.Lock()
	defer b.mu.Unlock()
	if age := now.Sub(b.read); !b.read.IsZero() && age >= 0 && age < boardFor {
		return b.people, b.groups, nil
	}
	as, err := db.Many[Alarm](ctx, a.db, db.F(columns).Then(`WHERE state = 'running'`))
	if err != nil {
		return nil, nil, err
	}
	people, err := a.post(ctx, as, now)
	if err != nil {
		return nil, nil, err
	}
	groups, err := a.postGroups(ctx, now)
	if err != nil {
		return nil, nil, err
	}
	b.people, b.groups, b.read = people, groups, now
	return people, groups, nil
}

// post gathers who is told of some alarms, the soonest first. The lock of the board is held.
func (a *Alarms) post(ctx context.Context, as []Alarm, now time.Time) ([]Posted, error) {
	if len(as) == 0 {
		return nil, nil
	}
	ids, people := make([]string, len(as)), make([]string, len(as))
	for i := range as {
		ids[i], people[i] = as[i].ID, as[i].Person
	}
	ts, err := takenBy(ctx, a.db, ids)
	if err != nil {
		return nil, err
	}
	gs, err := access.Live(ctx, a.db, people, now, access.Assignment, access.Registered, access.Deputy, access.Escalation)
	if err != nil {
		return nil, err
	}
	out := make([]Posted, 0, len(as))
	for _, x := range as {
		k, err := a.vault.Key(ctx, x.Person)
		if fault.Is(err, fault.NotFound) {
			continue // erased in this moment
		}
		if err != nil {
			return nil, err
		}
		if err := openDanger(k, &x); err != nil {
			return nil, err
		}
		p := Posted{Alarm: x}
		if p.Region, err = a.regionOf(ctx, x.Team); err != nil {
			return nil, err
		}
		for _, g := range gs {
			if g.Subject == x.Person {
				p.Helpers = append(p.Helpers, g.Holder)
			}
		}
		for _, t := range ts {
			if t.Alarm == x.ID {
				p.put(t)
			}
		}
		out = append(out, p)
	}
	slices.SortFunc(out, func(x, y Posted) int { return Sooner(x.Alarm, y.Alarm) })
	return out, nil
}

// put adds one who is on it, or who was named.
func (p *Posted) put(t Taken) {
	if t.NamedBy == "" {
		p.Taken = append(p.Taken, t.Colleague)
		return
	}
	if p.NamedBy == nil {
		p.NamedBy = map[string]string{}
	}
	p.NamedBy[t.Colleague] = t.NamedBy
}

// regionOf is the region of a team; a team stays in its region, so it is asked once. The lock of the board is held.
func (a *Alarms) regionOf(ctx context.Context, team string) (string, error) {
	if team == "" {
		return "", nil
	}
	if r, ok := a.board.region[team]; ok {
		return r, nil
	}
	t, err := a.org.Team(ctx, team)
	if fault.Is(err, fault.NotFound) {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	if a.board.region == nil {
		a.board.region = map[string]string{}
	}
	a.board.region[team] = t.Region
	return t.Region, nil
}

// postGroups gathers how many belong to each running group in each team. Members that did not change since are not opened
// again. The lock of the board is held.
func (a *Alarms) postGroups(ctx context.Context, now time.Time) ([]PostedGroup, error) {
	type row struct {
		ID      string
		Version int64
	}
	rows, err := db.Many[row](ctx, a.db, db.F(`SELECT id, version FROM alarm_group WHERE state = 'running' ORDER BY at, id`))
	if err != nil {
		return nil, err
	}
	var out []PostedGroup
	for _, r := range rows {
		if i := slices.IndexFunc(a.board.groups, func(p PostedGroup) bool {
			return p.ID == r.ID && p.Version == r.Version && now.Before(p.at.Add(groupFor))
		}); i >= 0 {
			out = append(out, a.board.groups[i])
			continue
		}
		g, err := a.group(ctx, a.db, r.ID)
		if err != nil {
			return nil, err
		}
		p, err := a.postGroup(ctx, g, now)
		if err != nil {
			return nil, err
		}
		out = append(out, p)
	}
	return out, nil
}

func (a *Alarms) postGroup(ctx context.Context, g Group, now time.Time) (PostedGroup, error) {
	p := PostedGroup{Group: g, ByTeam: map[string]int{}, Region: map[string]string{}, members: map[string]bool{}, at: now}
	ids, err := a.ids(membersPlace(g.ID), g.Members)
	if err != nil {
		return p, err
	}
	teams := a.files.TeamsOf(ids)
	for _, id := range ids {
		p.members[id] = true
		p.ByTeam[teams[id]]++
	}
	for team := range p.ByTeam {
		if p.Region[team], err = a.regionOf(ctx, team); err != nil {
			return p, err
		}
	}
	return p, nil
}

// known is one alarm as it stands now, asked anew, for whoever may know of it; for anybody else it is not there.
func (a *Alarms) known(ctx context.Context, who access.Actor, id string, now time.Time) (Posted, error) {
	x, err := one(ctx, a.db, id)
	if err != nil {
		return Posted{}, err
	}
	a.board.mu.Lock()
	ps, err := a.post(ctx, []Alarm{x}, now)
	a.board.mu.Unlock()
	if err != nil {
		return Posted{}, err
	}
	if len(ps) == 0 || !ps[0].Knows(who) && !(x.State == Ended && who.Has(access.Privacy)) {
		return Posted{}, fault.Gone()
	}
	return ps[0], nil
}
