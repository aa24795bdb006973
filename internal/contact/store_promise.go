package contact

// This file holds the SQL of promises.

import (
	"context"
	"slices"
	"time"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/privacy"
)

const promiseColumns = `id, person, about, owner, made_by, team, due, body, visible, made_at, done_at, done_by`

// promise writes a promise.
func (c *Contact) promise(ctx context.Context, tx *db.Tx, k privacy.Key, p Promise) error {
	p.ID = db.ID("b", tx.Now)
	_, err := db.Do(ctx, tx, db.F(`INSERT INTO contact_promise (id, person, about, owner, made_by, team, due, body, visible, made_at, done_by) VALUES (?,?,?,?,?,?,?,?,?,?,'')`,
		p.ID, p.Person, p.About, p.Owner, p.MadeBy, p.Team, p.Due, k.Seal(promisePlace(p.ID), []byte(p.Text)), p.Visible, tx.Now))
	return err
}

// owners are those whose promises stand on this colleague's list: their own, and of whom they stand in for today.
func (c *Contact) owners(ctx context.Context, a access.Actor, now time.Time) ([]string, error) {
	for_, err := c.org.StandsInFor(ctx, a.ID, now)
	return append([]string{a.ID}, for_...), err
}

// owed are the promises of these owners: the open ones by day, at most n, and those done since a moment.
func (c *Contact) owed(ctx context.Context, owners []string, doneSince time.Time, n int) (open, done []Promise, err error) {
	list := db.F(`SELECT ` + promiseColumns + ` FROM contact_promise WHERE`).With(db.In("owner", owners))
	if open, err = db.Many[Promise](ctx, c.db, list.Then(`AND done_at IS NULL ORDER BY due, id LIMIT ?`, n)); err != nil {
		return nil, nil, err
	}
	if done, err = db.Many[Promise](ctx, c.db, list.Then(`AND done_at > ? ORDER BY done_at DESC, id LIMIT ?`, doneSince, promisesMost)); err != nil {
		return nil, nil, err
	}
	if open, err = c.openPromises(ctx, open); err != nil {
		return nil, nil, err
	}
	done, err = c.openPromises(ctx, done)
	return open, done, err
}

// Owing is how many promises are open, and how many of them are due today or were before.
type Owing struct{ Open, Due int }

func (c *Contact) owing(ctx context.Context, owners []string, today clock.Date) (Owing, error) {
	return db.One[Owing](ctx, c.db, db.F(`SELECT COUNT(*) AS open, CAST(COALESCE(SUM(CASE WHEN due <= ? THEN 1 ELSE 0 END), 0) AS BIGINT) AS due FROM contact_promise WHERE`, today).
		With(db.In("owner", owners)).Then(`AND done_at IS NULL`))
}

// openPromises opens the texts; what was erased in this moment is left out.
func (c *Contact) openPromises(ctx context.Context, ps []Promise) ([]Promise, error) {
	out := ps[:0]
	for _, p := range ps {
		k, err := c.key(ctx, p.Person)
		if fault.Is(err, fault.NotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		b, err := k.Open(promisePlace(p.ID), p.Body)
		if err != nil {
			return nil, err
		}
		p.Text = string(b)
		out = append(out, p)
	}
	return out, nil
}

// promised are the promises made to a person that this reader may know: the open ones first, then what was done since a
// moment.
func (c *Contact) promised(ctx context.Context, f dossier.File, doneSince time.Time, n int) ([]Promise, error) {
	w := db.F(`visible = 'client'`)
	if f.Who().Kind == access.Staff {
		teams, err := c.teams(ctx, f.Who())
		if err != nil {
			return nil, err
		}
		w = w.Or(db.F(`made_by = ?`, f.Who().ID)).Or(db.F(`owner = ?`, f.Who().ID)).Or(db.F(`visible = 'team'`).And(db.In("team", teams)))
	}
	ps, err := db.Many[Promise](ctx, c.db, db.F(`SELECT `+promiseColumns+` FROM contact_promise WHERE person = ? AND (done_at IS NULL OR done_at > ?) AND (`, f.ID(), doneSince).With(w).
		Then(`) ORDER BY CASE WHEN done_at IS NULL THEN 0 ELSE 1 END, due, id LIMIT ?`, n))
	if err != nil {
		return nil, err
	}
	return c.openPromises(ctx, ps)
}

// settle marks a promise done, or puts it back. Only the owner, or who stands in for them, may.
func (c *Contact) settle(ctx context.Context, tx *db.Tx, a access.Actor, owners []string, id string, done bool) error {
	p, err := db.One[Promise](ctx, tx, db.F(`SELECT `+promiseColumns+` FROM contact_promise WHERE id = ?`, id))
	if err != nil {
		return err
	}
	if !slices.Contains(owners, p.Owner) {
		return fault.Gone()
	}
	if done {
		_, err = db.Do(ctx, tx, db.F(`UPDATE contact_promise SET done_at = ?, done_by = ? WHERE id = ? AND done_at IS NULL`, tx.Now, a.ID, id))
		return err
	}
	if p.DoneAt.IsZero() {
		return nil // it stands open already
	}
	if !p.Undoable(tx.Now) {
		return fault.New(fault.Conflict, "contact.error.undo")
	}
	_, err = db.Do(ctx, tx, db.F(`UPDATE contact_promise SET done_at = NULL, done_by = '' WHERE id = ?`, id))
	return err
}

// settleAbout marks the promise about an appointment done by the person who asked for it and took the question back.
func settleAbout(ctx context.Context, tx *db.Tx, person, about string) error {
	_, err := db.Do(ctx, tx, db.F(`UPDATE contact_promise SET done_at = ?, done_by = ? WHERE person = ? AND about = ? AND done_at IS NULL`, tx.Now, person, person, about))
	return err
}
