package dossier

// This file tells what was asked about people elsewhere, for whoever reviews it.

import (
	"context"
	"time"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/privacy"
)

// askedKept is how long the questions stay. Assumption: a year is enough to see a habit.
var askedKept = privacy.Class{Name: "dossier.keeps.asked", Tables: []string{"dossier_asked"}, From: privacy.LastTouched, Days: 365, Assumed: true, Job: forgottenKept.Job}

// Check is one question whether somebody is known elsewhere. Person is whom the one answer was about; the asker is not told.
type Check struct {
	ID      string    `json:"id"`
	Actor   string    `json:"by"`
	Day     string    `json:"-"`
	At      time.Time `json:"at"`
	Kind    string    `json:"with"` // by which identifiers
	Hits    int       `json:"-"`
	Refused int       `json:"-"` // of the one row of a day that counts what was not answered any more
	Person  string    `json:"-"`
}

const checkColumns = `id, actor, day, at, kind, hits, refused, COALESCE(person, '') AS person`

// CheckOf is one question.
func (s *Files) CheckOf(ctx context.Context, q db.Q, id string) (Check, error) {
	return db.One[Check](ctx, q, db.F(`SELECT `+checkColumns+` FROM dossier_asked WHERE id = ?`, id))
}

// ChecksOn are the questions of a colleague on one day, in their order.
func (s *Files) ChecksOn(ctx context.Context, q db.Q, actor, day string) ([]Check, error) {
	return db.Many[Check](ctx, q, db.F(`SELECT `+checkColumns+` FROM dossier_asked WHERE actor = ? AND day = ? ORDER BY at, id`, actor, day))
}

// CheckDay is how often a colleague asked on one day, how often somebody was found, and how many people they registered.
type CheckDay struct {
	Actor, Day         string
	Asked, Found, Made int
	Refused            int // questions past the limit of the day
}

// OfLimit says whether this is no question but the count of those that were refused.
func (c Check) OfLimit() bool { return c.Kind == overLimit }

// CheckDays are the days since one, newest first, on which somebody was found, more was asked than a day of registering
// asks for, or something was refused.
func (s *Files) CheckDays(ctx context.Context, q db.Q, since clock.Date, many int, of Askers) ([]CheckDay, error) {
	w := db.F(`day >= ? AND actor <> ?`, since.String(), of.But)
	if !of.All {
		w = w.And(db.In("actor", of.Who))
	}
	return db.Many[CheckDay](ctx, q, db.F(`SELECT actor, day, SUM(CASE WHEN kind = ? THEN 0 ELSE 1 END) AS asked, COALESCE(SUM(CASE WHEN hits > 0 THEN 1 ELSE 0 END), 0) AS found, SUM(refused) AS refused FROM dossier_asked WHERE`, overLimit).With(w).
		Then(`GROUP BY actor, day HAVING COALESCE(SUM(CASE WHEN hits > 0 THEN 1 ELSE 0 END), 0) > 0 OR COUNT(*) >= ? OR SUM(refused) > 0 ORDER BY day DESC, actor`, many))
}

// Askers are of whom the days are: these colleagues, or all; never of one.
type Askers struct {
	Who []string
	All bool
	But string
}

// MadeOn is how many people a colleague registered on one day.
func (s *Files) MadeOn(ctx context.Context, q db.Q, actor, day string) (int, error) {
	d, err := clock.ParseDate(day)
	if err != nil {
		return 0, err
	}
	return db.One[int](ctx, q, db.F(`SELECT COUNT(*) FROM dossier_person WHERE created_by = ? AND created_at >= ? AND created_at < ?`, actor, d.In(clock.Netherlands), d.AddDays(1).In(clock.Netherlands)))
}
