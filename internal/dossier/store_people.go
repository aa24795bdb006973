package dossier

// This file holds who works on a file: giving it to a colleague, taking it back, and who has it.

import (
	"context"
	"slices"
	"strings"
	"time"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/audit"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
)

// Assign gives a colleague the file. Who already has it keeps it.
func (s *Files) Assign(ctx context.Context, tx *db.Tx, person, team, colleague string, by access.Actor, place string) error {
	n, err := db.One[int](ctx, tx, db.F(`SELECT COUNT(*) FROM dossier_person WHERE id = ?`, person))
	if err != nil {
		return err
	}
	if n == 0 {
		return fault.Gone()
	}
	held, err := s.Helpers(ctx, tx, person, tx.Now)
	if err != nil || slices.Contains(held, colleague) {
		return err
	}
	if _, err := access.Give(ctx, tx, access.Grant{Subject: person, Holder: "user:" + colleague, Why: access.Assignment, Level: access.File, GivenBy: by.ID, Place: team}); err != nil {
		return err
	}
	if err := s.helper.Tell(ctx, tx, person); err != nil {
		return err
	}
	return audit.Append(ctx, tx, audit.Entry{Event: "dossier.event.assigned", Subject: person, Actor: by.ID, ActorKind: string(by.Kind), Role: roleOf(by), Place: place, OnBehalf: colleague, Session: by.Session})
}

// Unassign takes the file from a colleague. The last one cannot leave: a file without anybody would be forgotten. What they
// had open in it goes to who had the file longest of those who stay.
func (s *Files) Unassign(ctx context.Context, tx *db.Tx, person, colleague string, by access.Actor) error {
	return s.release(ctx, tx, person, colleague, "", by)
}

// release is Unassign with the colleague who gets the open work.
func (s *Files) release(ctx context.Context, tx *db.Tx, person, colleague, heir string, by access.Actor) error {
	held, err := s.Helpers(ctx, tx, person, tx.Now)
	if err != nil {
		return err
	}
	if !slices.Contains(held, colleague) {
		return fault.Gone()
	}
	if len(held) == 1 {
		return fault.New(fault.Invalid, "dossier.assign.last")
	}
	if heir == "" {
		heir = held[slices.IndexFunc(held, func(h string) bool { return h != colleague })]
	}
	if err := s.moveWork(ctx, tx, Handing{Person: person, From: colleague, To: heir, By: by}); err != nil {
		return err
	}
	for _, why := range helping {
		if err := access.EndHeld(ctx, tx, person, "user:"+colleague, why); err != nil {
			return err
		}
	}
	return audit.Append(ctx, tx, audit.Entry{Event: "dossier.event.unassigned", Subject: person, Actor: by.ID, ActorKind: string(by.Kind), Role: roleOf(by), OnBehalf: colleague, Session: by.Session})
}

// Helpers are the colleagues to whom a file is assigned now, who had it longest first.
func (s *Files) Helpers(ctx context.Context, q db.Q, person string, now time.Time) ([]string, error) {
	held, err := helpersOf(ctx, q, []string{person}, now)
	return held[person], err
}

// helpersOf are the helpers of many people.
func helpersOf(ctx context.Context, q db.Q, people []string, now time.Time) (map[string][]string, error) {
	gs, err := access.Live(ctx, q, people, now, helping...)
	if err != nil {
		return nil, err
	}
	out := map[string][]string{}
	for _, g := range gs {
		if u, ok := strings.CutPrefix(g.Holder, "user:"); ok && !slices.Contains(out[g.Subject], u) {
			out[g.Subject] = append(out[g.Subject], u)
		}
	}
	return out, nil
}

// helping are the reasons for which a colleague has a file as their own work.
var helping = []access.Why{access.Assignment, access.Registered}

// alone counts the people of some teams with whom nobody works.
func (s *Files) alone(ctx context.Context, teams []string, now time.Time) (int, error) {
	return db.One[int](ctx, s.db, db.F(`SELECT COUNT(*) FROM dossier_person p WHERE`).With(db.In("p.team", teams).And(access.Unheld(now, "p.id", helping...))))
}

// Share gives the files of one colleague in a team, or those of nobody, to another; the first keeps them when both is
// true. It reads nothing of anybody.
func (s *Files) Share(ctx context.Context, tx *db.Tx, team, from, to string, most int, both bool, by access.Actor) error {
	people, err := teamPeople(ctx, tx, team)
	if err != nil {
		return err
	}
	all, err := helpersOf(ctx, tx, people, tx.Now)
	if err != nil {
		return err
	}
	for _, p := range people {
		if most == 0 {
			return nil
		}
		held := all[p]
		if (from == nobody && len(held) > 0) || (from != nobody && !slices.Contains(held, from)) {
			continue
		}
		if both && slices.Contains(held, to) {
			continue // nothing would change
		}
		most--
		if err := s.Assign(ctx, tx, p, team, to, by, team); err != nil {
			return err
		}
		if from == nobody || both {
			continue
		}
		if err := s.release(ctx, tx, p, from, to, by); err != nil {
			return err
		}
	}
	return nil
}

// teamPeople are the people of a team, who came first first.
func teamPeople(ctx context.Context, q db.Q, team string) ([]string, error) {
	return db.Many[string](ctx, q, db.F(`SELECT id FROM dossier_person WHERE team = ? ORDER BY created_at, id`, team))
}

// Move brings a file to another location and its team. When it happened is kept, because each node knows in its memory
// where people are helped, and follows what changes.
func (s *Files) Move(ctx context.Context, tx *db.Tx, f File, team, location string) error {
	if _, err := db.Do(ctx, tx, db.F(`UPDATE dossier_person SET team = ?, location = ?, placed_at = ? WHERE id = ?`, team, location, tx.Now, f.id)); err != nil {
		return err
	}
	return f.Log(ctx, tx, "dossier.event.moved", location)
}
