package feedback

// This file asks the organisation who stands where, so that a complaint finds who handles it.

import (
	"context"
	"slices"
	"strings"
	"time"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/organisation"
)

// line is what the organisation says now. It remembers the answers, so that a list asks each question once.
type line struct {
	org    *organisation.Store
	now    time.Time
	levels map[string]string
	held   map[access.Post][]string
}

func (f *Feedback) line(now time.Time) *line {
	return &line{f.org, now, map[string]string{}, map[access.Post][]string{}}
}

// level is that of a colleague now.
func (l *line) level(ctx context.Context, id string) (string, error) {
	if x, ok := l.levels[id]; ok {
		return x, nil
	}
	held, err := l.org.History(ctx, id)
	if err != nil {
		return "", err
	}
	var posts []access.Post
	for _, h := range held {
		if h.Live(l.now) { // also of somebody who may not work now: that brings nobody down
			posts = append(posts, h.Post())
		}
	}
	l.levels[id] = LevelOf(posts)
	return l.levels[id], nil
}

// holding are the colleagues who hold a post now.
func (l *line) holding(ctx context.Context, r access.Role, k access.ScopeKind, place string) ([]string, error) {
	p := access.Post{Role: r, Scope: access.Scope{Kind: k, ID: place}}
	if _, ok := l.held[p]; !ok {
		ids, err := l.org.Holding(ctx, p, l.now)
		if err != nil {
			return nil, err
		}
		l.held[p] = ids
	}
	return l.held[p], nil
}

// above are the colleagues in the line above a place, with how high each stands.
func (l *line) above(ctx context.Context, c Complaint) (map[string]int, error) {
	out := map[string]int{}
	add := func(r access.Role, k access.ScopeKind, place, level string) error {
		ids, err := l.holding(ctx, r, k, place)
		for _, id := range ids {
			out[id] = max(out[id], heights[level])
		}
		return err
	}
	regions := []string{c.Region}
	if c.Region == "" {
		all, err := l.org.Regions(ctx)
		if err != nil {
			return nil, err
		}
		regions = nil
		for _, r := range all {
			regions = append(regions, r.ID)
		}
	}
	if c.Team != "" {
		if err := add(access.Lead, access.Team, c.Team, OfLead); err != nil {
			return nil, err
		}
	}
	for _, r := range regions {
		if err := add(access.Region, access.InRegion, r, OfRegion); err != nil {
			return nil, err
		}
	}
	return out, add(access.Region, access.National, "", OfNation)
}

// left says whether nobody in the line can handle a complaint.
func (l *line) left(ctx context.Context, c Complaint) (bool, error) {
	who, err := l.above(ctx, c)
	for id, h := range who {
		if h > heights[c.Level] && !c.Barred(id) {
			return false, err
		}
	}
	return true, err
}

// handles says whether somebody may see and handle a complaint now. Whom it is about may have risen since: the higher counts.
func (l *line) handles(ctx context.Context, a access.Actor, c Complaint) (bool, error) {
	if c.Against != "" {
		now, err := l.level(ctx, c.Against)
		if err != nil {
			return false, err
		}
		c.Level = higher(c.Level, now)
	}
	if Handles(a, c, false) || !a.Has(access.Privacy) {
		return Handles(a, c, false), nil
	}
	left, err := l.left(ctx, c)
	return Handles(a, c, left), err
}

// placed fills in how high the one stands whom a complaint is about, and who had a part in it: whoever ever had a reason of their
// own to see the file, and when it names nobody everybody of the team.
func (f *Feedback) placed(ctx context.Context, c Complaint, now time.Time) (Complaint, error) {
	var err error
	if c.Against != "" {
		if c.Level, err = f.line(now).level(ctx, c.Against); err != nil {
			return c, err
		}
	}
	var part []string
	if c.Person != "" {
		gs, err := access.OfSubject(ctx, f.db, c.Person)
		if err != nil {
			return c, err
		}
		for _, g := range gs {
			if id, ok := strings.CutPrefix(g.Holder, "user:"); ok {
				part = append(part, id)
			}
		}
	}
	if c.Against == "" && c.Team != "" {
		team, err := f.org.Members(ctx, c.Team, now)
		if err != nil {
			return c, err
		}
		part = append(part, team...)
	}
	slices.Sort(part)
	c.Involved = strings.Join(slices.Compact(part), " ")
	return c, nil
}
