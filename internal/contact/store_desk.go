package contact

// This file holds the SQL of the desk: where a colleague may sit, duty, and how long a visit opens a file.

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/audit"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/organisation"
)

// places are the desks where a colleague may be on duty: those that the posts reach.
func (c *Contact) places(ctx context.Context, a access.Actor) ([]organisation.Seat, error) {
	var scopes []access.Scope
	for _, p := range a.Posts {
		if slices.Contains(atDesk, p.Role) {
			scopes = append(scopes, p.Scope)
		}
	}
	return c.org.Seats(ctx, scopes)
}

// Duty is a colleague at a desk.
type Duty struct {
	ID, Colleague, Desk, Location, Team string
	Since, Until                        time.Time
}

// reaches says whether a post of today still covers a duty that began earlier.
func reaches(a access.Actor, d Duty) bool {
	return slices.ContainsFunc(a.Posts, func(p access.Post) bool {
		return slices.Contains(atDesk, p.Role) && (p.Scope == access.Scope{Kind: access.AtDesk, ID: d.Desk} ||
			p.Scope == access.Scope{Kind: access.Location, ID: d.Location} || p.Scope == access.Scope{Kind: access.Team, ID: d.Team})
	})
}

// dutyOf is where a colleague is on duty now; none is fault.NotFound.
func dutyOf(ctx context.Context, q db.Q, a access.Actor, now time.Time) (Duty, error) {
	// Each press asks this, and the hour makes it the same question until something changes.
	ds, err := db.Many[Duty](ctx, q, db.F(`SELECT id, colleague, desk, location, team, since, until FROM contact_duty WHERE colleague = ? AND ended IS NULL AND until > ? ORDER BY since DESC`, a.ID, now.Truncate(time.Hour)).Often())
	if err != nil {
		return Duty{}, err
	}
	i := slices.IndexFunc(ds, func(d Duty) bool { return !d.Since.After(now) && d.Until.After(now) })
	if i < 0 || !reaches(a, ds[i]) {
		return Duty{}, fault.Gone()
	}
	return ds[i], nil
}

const deskHolder = "desk:"

// deskOf is the desk that Holders gave this actor; empty for who is on duty nowhere.
func deskOf(a access.Actor) string {
	for _, h := range a.Holders {
		if desk, ok := strings.CutPrefix(h, deskHolder); ok {
			return desk
		}
	}
	return ""
}

// Holders are the keys under which somebody on duty holds grants: the desk they sit at. The house asks it at every
// request.
func (c *Contact) Holders(ctx context.Context, q db.Q, a access.Actor, now time.Time) ([]string, error) {
	if !a.Has(atDesk...) {
		return nil, nil
	}
	d, err := dutyOf(ctx, q, a, now)
	if fault.Is(err, fault.NotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return []string{deskHolder + d.Desk}, nil
}

// begin puts a colleague on duty at a desk; the duty elsewhere ends.
func (c *Contact) begin(ctx context.Context, tx *db.Tx, a access.Actor, p organisation.Seat) error {
	if err := c.stop(ctx, tx, a); err != nil {
		return err
	}
	if _, err := db.Do(ctx, tx, db.F(`INSERT INTO contact_duty (id, colleague, desk, location, team, since, until) VALUES (?,?,?,?,?,?,?)`,
		db.ID("y", tx.Now), a.ID, p.Desk, p.Location, p.Team, tx.Now, tx.Now.Add(DutyMost))); err != nil {
		return err
	}
	return audit.Append(ctx, tx, audit.Entry{Event: "contact.event.duty", Actor: a.ID, ActorKind: string(a.Kind), Place: p.Desk, Session: a.Session})
}

func (c *Contact) stop(ctx context.Context, tx *db.Tx, a access.Actor) error {
	_, err := db.Do(ctx, tx, db.F(`UPDATE contact_duty SET ended = ? WHERE colleague = ? AND ended IS NULL`, tx.Now, a.ID))
	return err
}

// staffed are the colleagues on duty at a desk, who sat down first before the others.
func (c *Contact) staffed(ctx context.Context, desk string, now time.Time) ([]string, error) {
	return db.Many[string](ctx, c.db, db.F(`SELECT colleague FROM contact_duty WHERE desk = ? AND ended IS NULL AND until > ? GROUP BY colleague ORDER BY MIN(since), colleague`, desk, now))
}

// window is how long a visit opens a file at a location.
func (c *Contact) window(ctx context.Context, q db.Q, location string) (time.Duration, error) {
	ws, err := windows(ctx, q, location)
	return ws(location), err
}

// windows are those of several locations.
func windows(ctx context.Context, q db.Q, locations ...string) (func(location string) time.Duration, error) {
	type row struct {
		Location string
		Minutes  int
	}
	rs, err := db.Many[row](ctx, q, db.F(`SELECT location, minutes FROM contact_window WHERE`).With(db.In("location", locations)))
	set := make(map[string]time.Duration, len(rs))
	for _, r := range rs {
		set[r.Location] = time.Duration(r.Minutes) * time.Minute
	}
	return func(location string) time.Duration { return cmp.Or(set[location], Window) }, err
}

// setWindow sets it, from the next visit on.
func (c *Contact) setWindow(ctx context.Context, tx *db.Tx, a access.Actor, location string, w time.Duration) error {
	if _, err := db.Do(ctx, tx, db.F(`INSERT INTO contact_window (location, minutes, changed, changed_by) VALUES (?,?,?,?)
		ON CONFLICT (location) DO UPDATE SET minutes = excluded.minutes, changed = excluded.changed, changed_by = excluded.changed_by`, location, int(w.Minutes()), tx.Now, a.ID)); err != nil {
		return err
	}
	return audit.Append(ctx, tx, audit.Entry{Event: "contact.event.window", Actor: a.ID, ActorKind: string(a.Kind), Place: location, Session: a.Session})
}

// tended are the locations of which the actor may set the window: of the team they lead, of their region, or all.
func (c *Contact) tended(ctx context.Context, a access.Actor) ([]organisation.Location, error) {
	all, err := c.org.Locations(ctx)
	if err != nil {
		return nil, err
	}
	teams, err := c.org.Teams(ctx, "")
	if err != nil {
		return nil, err
	}
	mine := map[string]bool{}
	for _, t := range teams {
		mine[t.ID] = organisation.MayArrange(a, t)
	}
	return slices.DeleteFunc(all, func(l organisation.Location) bool { return !mine[l.Team] }), nil
}

// today counts what was recorded at a desk today, from the counts kept beside the notes.
func (c *Contact) today(ctx context.Context, desk string, now time.Time) (int, error) {
	return db.One[int](ctx, c.db, db.F(`SELECT CAST(COALESCE(SUM(n), 0) AS BIGINT) FROM contact_count WHERE desk = ? AND day = ?`, desk, clock.Today(now)))
}

// Count is how often one topic was recorded.
type Count struct {
	Topic string
	N     int
}

// counts are those of a desk today, by topic, the most frequent first.
func (c *Contact) counts(ctx context.Context, desk string, now time.Time) ([]Count, error) {
	return db.Many[Count](ctx, c.db, db.F(`SELECT topic, n FROM contact_count WHERE desk = ? AND day = ? ORDER BY n DESC, topic`, desk, clock.Today(now)))
}
