package organisation

// This file reads and writes the places of the foundation.

import (
	"context"
	"embed"
	"slices"
	"strings"
	"time"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/audit"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
)

// Schema is the migration line.
//
//go:embed schema/*.sql
var Schema embed.FS

// Texts are the words of this capability.
//
//go:embed text/*.json
var Texts embed.FS

// Store reads and writes the organisation.
type Store struct{ db *db.DB }

// New makes the store.
func New(d *db.DB) *Store { return &Store{db: d} }

// Foundation is the name of the whole and the version of that name; empty when it was never set up.
func (s *Store) Foundation(ctx context.Context) (name string, version int64, err error) {
	type row struct {
		Name    string
		Version int64
	}
	r, err := db.One[row](ctx, s.db, db.F(`SELECT name, version FROM organisation_foundation WHERE id = 'f'`).Often())
	if fault.Is(err, fault.NotFound) {
		return "", 0, nil
	}
	return r.Name, r.Version, err
}

// NameFoundation gives the foundation its name.
func NameFoundation(ctx context.Context, tx *db.Tx, name string) error {
	_, err := db.Do(ctx, tx, db.F(`INSERT INTO organisation_foundation (id, name, version) VALUES ('f', ?, 1)
		ON CONFLICT (id) DO UPDATE SET name = excluded.name, version = organisation_foundation.version + 1`, name))
	return err
}

// NameFoundationOnce gives the foundation a name when it has none.
func NameFoundationOnce(ctx context.Context, tx *db.Tx, name string) error {
	_, err := db.Do(ctx, tx, db.F(`INSERT INTO organisation_foundation (id, name, version) VALUES ('f', ?, 1) ON CONFLICT (id) DO NOTHING`, name))
	return err
}

// Regions are all regions by name.
func (s *Store) Regions(ctx context.Context) ([]Region, error) {
	return db.Many[Region](ctx, s.db, db.F(`SELECT id, name, version FROM organisation_region ORDER BY name`).Often())
}

// Region is one region.
func (s *Store) Region(ctx context.Context, id string) (Region, error) {
	return db.One[Region](ctx, s.db, db.F(`SELECT id, name, version FROM organisation_region WHERE id = ?`, id).Often())
}

// AddRegion makes a region; a name that exists is a conflict.
func AddRegion(ctx context.Context, tx *db.Tx, name string) (string, error) {
	id := db.ID("r", tx.Now)
	_, err := db.Do(ctx, tx, db.F(`INSERT INTO organisation_region (id, name, version) VALUES (?,?,1)`, id, name))
	return id, err
}

// Teams are all teams by name, or those of one region.
func (s *Store) Teams(ctx context.Context, region string) ([]Team, error) {
	f := db.F(`SELECT id, region, name, version FROM organisation_team`)
	if region != "" {
		f = f.Then(`WHERE region = ?`, region)
	}
	return db.Many[Team](ctx, s.db, f.Then(`ORDER BY name`))
}

// Team is one team.
func (s *Store) Team(ctx context.Context, id string) (Team, error) {
	return db.One[Team](ctx, s.db, db.F(`SELECT id, region, name, version FROM organisation_team WHERE id = ?`, id).Often())
}

// AddTeam makes a team in a region.
func AddTeam(ctx context.Context, tx *db.Tx, region, name string) (string, error) {
	id := db.ID("t", tx.Now)
	_, err := db.Do(ctx, tx, db.F(`INSERT INTO organisation_team (id, region, name, version) VALUES (?,?,?,1)`, id, region, name))
	return id, err
}

const locationColumns = `SELECT id, team, name, street, postcode, town, phone, remark, closed, version, changed, changed_by FROM organisation_location`

// Locations are all locations that are not closed, by name, without their hours, rooms and desks.
func (s *Store) Locations(ctx context.Context) ([]Location, error) {
	return db.Many[Location](ctx, s.db, db.F(locationColumns).Then(`WHERE closed = FALSE ORDER BY name, id`).Often())
}

// Doors are all locations that are not closed, by town and name, with their hours and the region they lie in.
func (s *Store) Doors(ctx context.Context) ([]Door, error) {
	ds, err := db.Many[Door](ctx, s.db, db.F(`SELECT l.id, l.team, l.name, l.street, l.postcode, l.town, l.phone, l.remark, l.closed, l.version, l.changed, l.changed_by, r.name AS region
		FROM organisation_location l JOIN organisation_team t ON t.id = l.team JOIN organisation_region r ON r.id = t.region
		WHERE l.closed = FALSE ORDER BY l.town, l.name, l.id`).Often())
	if err != nil {
		return nil, err
	}
	type row struct {
		Location string
		Hours
	}
	hs, err := db.Many[row](ctx, s.db, db.F(`SELECT location, weekday, opens, shuts FROM organisation_hours ORDER BY location, weekday, opens`).Often())
	if err != nil {
		return nil, err
	}
	by := map[string][]Hours{}
	for _, h := range hs {
		by[h.Location] = append(by[h.Location], h.Hours)
	}
	for i := range ds {
		ds[i].Hours = by[ds[i].ID]
	}
	return ds, nil
}

// Spoken are the languages of the colleagues who hold a post at these places now: of a team, a location or its desks. It says
// nothing of who speaks which.
func (s *Store) Spoken(ctx context.Context, locations []string, now time.Time) (map[string][]string, error) {
	type row struct{ Location, Languages string }
	rs, err := db.Many[row](ctx, s.db, db.F(`SELECT DISTINCT l.id AS location, c.languages AS languages FROM organisation_location l
		JOIN organisation_post p ON (p.scope_kind = 'team' AND p.scope_id = l.team) OR (p.scope_kind = 'location' AND p.scope_id = l.id)
			OR (p.scope_kind = 'desk' AND p.scope_id IN (SELECT d.id FROM organisation_desk d WHERE d.location = l.id))
		JOIN organisation_colleague c ON c.id = p.colleague
		WHERE c.active = TRUE AND p.ended IS NULL AND p.since <= ? AND (p.until IS NULL OR p.until > ?) AND`, now, now).With(db.In("l.id", locations)))
	out := map[string][]string{}
	for _, r := range rs {
		for tag := range strings.FieldsSeq(r.Languages) {
			if !slices.Contains(out[r.Location], tag) {
				out[r.Location] = append(out[r.Location], tag)
			}
		}
	}
	return out, err
}

// LocationsOf are all locations of a team, closed ones too, without their hours, rooms and desks.
func (s *Store) LocationsOf(ctx context.Context, team string) ([]Location, error) {
	return db.Many[Location](ctx, s.db, db.F(locationColumns).Then(`WHERE team = ? ORDER BY closed, name`, team))
}

// LocationsBy are locations by id, closed ones too, without their hours, rooms and desks.
func (s *Store) LocationsBy(ctx context.Context, ids []string) (map[string]Location, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	ls, err := db.Many[Location](ctx, s.db, db.F(locationColumns).Then(`WHERE`).With(db.In("id", ids)).Often())
	out := make(map[string]Location, len(ls))
	for _, l := range ls {
		out[l.ID] = l
	}
	return out, err
}

// Location is one location with its hours, rooms and desks.
func (s *Store) Location(ctx context.Context, id string) (Location, error) {
	return location(ctx, s.db, id)
}

func location(ctx context.Context, q db.Q, id string) (Location, error) {
	l, err := db.One[Location](ctx, q, db.F(locationColumns).Then(`WHERE id = ?`, id).Often())
	if err != nil {
		return l, err
	}
	if l.Hours, err = hoursOf(ctx, q, id); err != nil {
		return l, err
	}
	if l.Rooms, err = db.Many[Room](ctx, q, db.F(`SELECT id, location, name, closed FROM organisation_room WHERE location = ? ORDER BY closed, name`, id).Often()); err != nil {
		return l, err
	}
	l.Desks, err = db.Many[Desk](ctx, q, db.F(`SELECT id, location, name, closed FROM organisation_desk WHERE location = ? ORDER BY closed, name`, id).Often())
	return l, err
}

func hoursOf(ctx context.Context, q db.Q, location string) ([]Hours, error) {
	return db.Many[Hours](ctx, q, db.F(`SELECT weekday, opens, shuts FROM organisation_hours WHERE location = ? ORDER BY weekday, opens`, location).Often())
}

func (s *Store) hours(ctx context.Context, location string) ([]Hours, error) {
	return hoursOf(ctx, s.db, location)
}

// Desk is one desk.
func (s *Store) Desk(ctx context.Context, id string) (Desk, error) {
	return db.One[Desk](ctx, s.db, db.F(`SELECT id, location, name, closed FROM organisation_desk WHERE id = ?`, id).Often())
}

// Desks are the desks of a location that are in use.
func (s *Store) Desks(ctx context.Context, location string) ([]Desk, error) {
	return db.Many[Desk](ctx, s.db, db.F(`SELECT id, location, name, closed FROM organisation_desk WHERE location = ? AND closed = FALSE ORDER BY name`, location))
}

// Seat is a desk with the place it stands in.
type Seat struct{ Desk, DeskName, Location, Name, Team string }

// Seats are the desks in use that these scopes reach: a desk itself, or all desks of a location or a team.
func (s *Store) Seats(ctx context.Context, scopes []access.Scope) ([]Seat, error) {
	ids := map[access.ScopeKind][]string{}
	for _, sc := range scopes {
		ids[sc.Kind] = append(ids[sc.Kind], sc.ID)
	}
	return db.Many[Seat](ctx, s.db, db.F(`SELECT d.id AS desk, d.name AS desk_name, l.id AS location, l.name AS name, l.team AS team
		FROM organisation_desk d JOIN organisation_location l ON l.id = d.location WHERE d.closed = FALSE AND l.closed = FALSE AND (`).
		With(db.In("d.id", ids[access.AtDesk]).Or(db.In("l.id", ids[access.Location])).Or(db.In("l.team", ids[access.Team]))).
		Then(`) ORDER BY l.name, l.id, d.name, d.id`))
}

// RoomsOf are the rooms in use of all locations of a team.
func (s *Store) RoomsOf(ctx context.Context, team string) ([]Room, error) {
	return db.Many[Room](ctx, s.db, db.F(`SELECT r.id, r.location, r.name, r.closed FROM organisation_room r JOIN organisation_location l ON l.id = r.location
		WHERE l.team = ? AND r.closed = FALSE ORDER BY r.name, r.id`, team))
}

// AddLocation makes a location of a team with its hours, rooms and desks.
func AddLocation(ctx context.Context, tx *db.Tx, team string, in LocationInput, by string) (string, error) {
	id := db.ID("l", tx.Now)
	_, err := db.Do(ctx, tx, db.F(`INSERT INTO organisation_location (id, team, name, street, postcode, town, phone, remark, closed, version, changed, changed_by)
		VALUES (?,?,?,?,?,?,?,?,?,1,?,?)`, id, team, in.Name, in.Street, in.Postcode, in.Town, in.Phone, in.Remark, in.Closed, tx.Now, by))
	if err != nil {
		return "", err
	}
	if err := putParts(ctx, tx, id, in); err != nil {
		return "", err
	}
	return id, note(ctx, tx, by, "organisation.event.location", id)
}

// SaveLocation changes a location. When somebody else saved since version was read, nothing is written and the fault
// is a conflict.
func SaveLocation(ctx context.Context, tx *db.Tx, id string, in LocationInput, by string) error {
	n, err := db.Do(ctx, tx, db.F(`UPDATE organisation_location SET name = ?, street = ?, postcode = ?, town = ?, phone = ?, remark = ?, closed = ?,
		version = version + 1, changed = ?, changed_by = ? WHERE id = ? AND version = ?`,
		in.Name, in.Street, in.Postcode, in.Town, in.Phone, in.Remark, in.Closed, tx.Now, by, id, in.Version))
	if err != nil {
		return err
	}
	if n == 0 {
		return fault.New(fault.Conflict, "organisation.conflict")
	}
	if err := putParts(ctx, tx, id, in); err != nil {
		return err
	}
	return note(ctx, tx, by, "organisation.event.location", id)
}

// putParts writes the hours, rooms and desks of a location. Hours are replaced; rooms and desks are kept by id.
func putParts(ctx context.Context, tx *db.Tx, id string, in LocationInput) error {
	if _, err := db.Do(ctx, tx, db.F(`DELETE FROM organisation_hours WHERE location = ?`, id)); err != nil {
		return err
	}
	for _, h := range in.Hours {
		if h.Weekday == 0 {
			continue
		}
		if _, err := db.Do(ctx, tx, db.F(`INSERT INTO organisation_hours (location, weekday, opens, shuts) VALUES (?,?,?,?)`, id, h.Weekday, h.Opens, h.Shuts)); err != nil {
			return err
		}
	}
	for _, r := range in.Rooms {
		var err error
		switch {
		case r.ID == "" && r.Name == "":
		case r.ID == "":
			_, err = db.Do(ctx, tx, db.F(`INSERT INTO organisation_room (id, location, name, closed) VALUES (?,?,?,FALSE)
				ON CONFLICT (location, name) DO UPDATE SET closed = FALSE`, db.ID("k", tx.Now), id, r.Name))
		case r.Name == "":
			_, err = db.Do(ctx, tx, db.F(`UPDATE organisation_room SET closed = TRUE WHERE id = ? AND location = ?`, r.ID, id))
		default:
			_, err = db.Do(ctx, tx, db.F(`UPDATE organisation_room SET name = ?, closed = FALSE WHERE id = ? AND location = ?`, r.Name, r.ID, id))
		}
		if err != nil {
			return err
		}
	}
	for _, d := range in.Desks {
		var err error
		switch {
		case d.ID == "" && d.Name == "":
		case d.ID == "":
			_, err = db.Do(ctx, tx, db.F(`INSERT INTO organisation_desk (id, location, name, closed) VALUES (?,?,?,FALSE)
				ON CONFLICT (location, name) DO UPDATE SET closed = FALSE`, db.ID("d", tx.Now), id, d.Name))
		case d.Name == "":
			_, err = db.Do(ctx, tx, db.F(`UPDATE organisation_desk SET closed = TRUE WHERE id = ? AND location = ?`, d.ID, id))
		default:
			_, err = db.Do(ctx, tx, db.F(`UPDATE organisation_desk SET name = ?, closed = FALSE WHERE id = ? AND location = ?`, d.Name, d.ID, id))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// Where is the place a scope means, with the region and team it lies in.
type Where struct{ Name, Team, Region string }

// Where finds the place of a scope; the whole country has no name of its own.
func (s *Store) Where(ctx context.Context, sc access.Scope) (Where, error) {
	switch sc.Kind {
	case access.National:
		return Where{}, nil
	case access.InRegion:
		r, err := s.Region(ctx, sc.ID)
		return Where{Name: r.Name, Region: r.ID}, err
	case access.Team:
		t, err := s.Team(ctx, sc.ID)
		return Where{Name: t.Name, Team: t.ID, Region: t.Region}, err
	case access.Location:
		return db.One[Where](ctx, s.db, db.F(`SELECT l.name AS name, t.id AS team, t.region AS region
			FROM organisation_location l JOIN organisation_team t ON t.id = l.team WHERE l.id = ?`, sc.ID).Often())
	case access.AtDesk:
		type row struct{ Place, Desk, Team, Region string }
		r, err := db.One[row](ctx, s.db, db.F(`SELECT l.name AS place, d.name AS desk, t.id AS team, t.region AS region
			FROM organisation_desk d JOIN organisation_location l ON l.id = d.location JOIN organisation_team t ON t.id = l.team WHERE d.id = ?`, sc.ID).Often())
		return Where{Name: r.Place + " · " + r.Desk, Team: r.Team, Region: r.Region}, err
	}
	return Where{}, fault.Gone()
}

// note writes into the log that somebody changed the organisation.
func note(ctx context.Context, tx *db.Tx, by, event, object string) error {
	return audit.Append(ctx, tx, audit.Entry{At: tx.Now, Event: event, Actor: by, ActorKind: string(access.Staff), Object: object})
}

// countLocations is how many locations are in use.
func (s *Store) countLocations(ctx context.Context) (int, error) {
	return db.One[int](ctx, s.db, db.F(`SELECT COUNT(*) FROM organisation_location WHERE closed = FALSE`))
}

// locationNames are the names of the locations in use, by team.
func (s *Store) locationNames(ctx context.Context, teams []Team) (map[string][]string, error) {
	type row struct{ Team, Name string }
	out := map[string][]string{}
	for len(teams) > 0 {
		some := teams[:min(500, len(teams))] // SQLite takes a bounded number of values
		teams = teams[len(some):]
		ids := make([]string, len(some))
		for i, t := range some {
			ids[i] = t.ID
		}
		if err := db.Each(ctx, s.db, db.F(`SELECT team, name FROM organisation_location WHERE closed = FALSE AND`).With(db.In("team", ids)).Then(`ORDER BY name`), func(r row) error {
			out[r.Team] = append(out[r.Team], r.Name)
			return nil
		}); err != nil {
			return nil, err
		}
	}
	return out, nil
}
