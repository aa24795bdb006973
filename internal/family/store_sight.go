package family

// This file holds the SQL of who sees something for a child.

import (
	"context"
	"time"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
)

// Seeing is that an adult sees something for a child.
type Seeing struct {
	ID      string    `json:"id"`
	Person  string    `json:"child" db:"person"`
	Adult   string    `json:"adult"`
	GrantID string    `json:"-"`
	MadeBy  string    `json:"by"`
	At      time.Time `json:"at"`
	Until   time.Time `json:"until"`
	Ended   time.Time `json:"ended,omitzero"`
}

const sightColumns = `SELECT s.id, s.person, s.adult, s.grant_id, s.made_by, s.at, s.until, s.ended FROM family_sight s`

// sights are who sees something for a child now, of whom the actor may see the file too.
func (x *Families) sights(ctx context.Context, a access.Actor, child string, now time.Time) ([]Seeing, error) {
	return db.Many[Seeing](ctx, x.db, db.F(sightColumns).Then(`WHERE s.person = ? AND s.ended IS NULL AND s.until > ? AND`, child, now).
		With(access.Sees(a, now, access.DeskLevel, "s.adult")).Then(`ORDER BY s.at, s.id`))
}

// seenFor are the children for whom a person sees something now.
func seenFor(ctx context.Context, q db.Q, adult string, now time.Time) ([]string, error) {
	return db.Many[string](ctx, q, db.F(`SELECT DISTINCT person FROM family_sight WHERE adult = ? AND ended IS NULL AND until > ? ORDER BY person`, adult, now))
}

// giveSight lets an adult see something for a child, until the child may be eighteen. Where two parted it is refused: what
// was cut does not come back by this door.
func giveSight(ctx context.Context, tx *db.Tx, f dossier.File, member, adult string) error {
	until, ok := Sight(f.Profile().Births, clock.Today(tx.Now))
	if !ok {
		return fault.Fields{{Name: "adult", Key: "family.error.grown"}}.Err()
	}
	cut, err := db.One[int](ctx, tx, db.F(`SELECT COUNT(*) FROM family_veil v JOIN family_link l ON l.person = v.person AND l.member = v.member WHERE v.person = ? AND l.other = ? AND v.ended IS NULL`, adult, f.ID()))
	if err != nil {
		return err
	}
	if cut > 0 {
		return fault.Fields{{Name: "adult", Key: "family.error.cut"}}.Err()
	}
	have, err := db.One[int](ctx, tx, db.F(`SELECT COUNT(*) FROM family_sight WHERE person = ? AND adult = ? AND ended IS NULL AND until > ?`, f.ID(), adult, tx.Now))
	if err != nil || have > 0 {
		return err
	}
	g, err := access.Give(ctx, tx, access.Grant{Subject: f.ID(), Holder: self(adult), Why: access.Guardian, Level: access.DeskLevel, GivenBy: f.Who().ID, Place: f.Team(), Until: until})
	if err != nil {
		return err
	}
	if _, err := db.Do(ctx, tx, db.F(`INSERT INTO family_sight (id, person, adult, grant_id, made_by, at, until) VALUES (?,?,?,?,?,?,?)`, db.ID("fs", tx.Now), f.ID(), adult, g, f.Who().ID, tx.Now, until)); err != nil {
		return err
	}
	if err := change(ctx, tx, f, func(*Family) (Event, error) { return Event{About: Own, Kind: sightGiven}, nil }); err != nil {
		return err
	}
	return f.Log(ctx, tx, "family.event.sight", member)
}

// endSight ends it.
func endSight(ctx context.Context, tx *db.Tx, f dossier.File, id string) error {
	s, err := db.One[Seeing](ctx, tx, db.F(sightColumns).Then(`WHERE s.person = ? AND s.id = ?`, f.ID(), id))
	if err != nil {
		return err
	}
	if _, err := db.Do(ctx, tx, db.F(`UPDATE family_sight SET ended = ? WHERE id = ? AND ended IS NULL`, tx.Now, id)); err != nil {
		return err
	}
	if err := access.End(ctx, tx, s.GrantID); err != nil {
		return err
	}
	if err := change(ctx, tx, f, func(*Family) (Event, error) { return Event{About: Own, Kind: sightEnded}, nil }); err != nil {
		return err
	}
	return f.Log(ctx, tx, "family.event.sight_ended", id)
}
