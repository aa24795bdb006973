package portal

// This file holds the SQL of reading copies.

import (
	"context"
	"time"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/web"
)

const copyColumns = `SELECT id, person, label, made, until, ended FROM portal_copy`

// copies are those of a person that can still be read, newest first.
func copies(ctx context.Context, q db.Q, person string, now time.Time) ([]copyOf, error) {
	return db.Many[copyOf](ctx, q, db.F(copyColumns).Then(`WHERE person = ? AND ended IS NULL AND until > ? ORDER BY made DESC, id LIMIT 50`, person, now))
}

// allCopies are those of which something is still known, for the person's own copy of their data.
func allCopies(ctx context.Context, q db.Q, person string) ([]copyOf, error) {
	return db.Many[copyOf](ctx, q, db.F(copyColumns).Then(`WHERE person = ? ORDER BY made, id`, person))
}

func (p *Portal) copyToken(cookie string) []byte { return p.vault.Token("portal-copy", cookie) }

// copyBy is the copy of a telephone; none is the zero copyOf.
func (p *Portal) copyBy(ctx context.Context, q db.Q, cookie string) (copyOf, error) {
	c, err := db.One[copyOf](ctx, q, db.F(copyColumns).Then(`WHERE token = ?`, p.copyToken(cookie)))
	if fault.Is(err, fault.NotFound) {
		err = nil
	}
	return c, err
}

// putCopy notes a new copy, and gives the cookie of its telephone. One telephone has one copy: the one before ends. Of who has many,
// the oldest ends.
func (p *Portal) putCopy(ctx context.Context, tx *db.Tx, person, label, session, before string) (c copyOf, cookie string, err error) {
	if before != "" {
		if _, err := db.Do(ctx, tx, db.F(`UPDATE portal_copy SET ended = ? WHERE token = ? AND ended IS NULL`, tx.Now, p.copyToken(before))); err != nil {
			return c, "", err
		}
	}
	if _, err := db.Do(ctx, tx, db.F(`DELETE FROM portal_copy WHERE until <= ?`, tx.Now.AddDate(0, 0, -CopyDays))); err != nil {
		return c, "", err
	}
	had, err := copies(ctx, tx, person, tx.Now)
	if err != nil {
		return c, "", err
	}
	for i := copyMost - 1; i < len(had); i++ {
		if err := endCopy(ctx, tx, person, had[i].ID); err != nil {
			return c, "", err
		}
	}
	c = copyOf{ID: db.ID("rc", tx.Now), Person: person, Label: label, Made: tx.Now, Until: tx.Now.AddDate(0, 0, CopyDays)}
	cookie = db.Blind("k")
	_, err = db.Do(ctx, tx, db.F(`INSERT INTO portal_copy (id, person, token, label, made, until, session) VALUES (?,?,?,?,?,?,?)`, c.ID, person, p.copyToken(cookie), label, c.Made, c.Until, session))
	return c, cookie, err
}

func renewCopy(ctx context.Context, tx *db.Tx, id, session string) error {
	_, err := db.Do(ctx, tx, db.F(`UPDATE portal_copy SET made = ?, until = ?, session = ? WHERE id = ? AND ended IS NULL`, tx.Now, tx.Now.AddDate(0, 0, CopyDays), session, id))
	return err
}

// endCopy ends one copy of a person: the telephone forgets it when it next asks the house for anything.
func endCopy(ctx context.Context, tx *db.Tx, person, id string) error {
	_, err := db.Do(ctx, tx, db.F(`UPDATE portal_copy SET ended = ? WHERE id = ? AND person = ? AND ended IS NULL`, tx.Now, id, person))
	return err
}

// endWith ends one session of a person, and the copy that was last made new in it: the page of the choice says that a copy goes when
// somebody signs out.
func endWith(ctx context.Context, tx *db.Tx, person, session string) error {
	if session == "" {
		return fault.Gone()
	}
	if _, err := db.Do(ctx, tx, db.F(`UPDATE portal_copy SET ended = ? WHERE person = ? AND session = ? AND ended IS NULL`, tx.Now, person, session)); err != nil {
		return err
	}
	return web.EndSession(ctx, tx, access.IsSelf, person, session)
}

// endCopies ends them all: a telephone was lost, or somebody else knew the PIN.
func endCopies(ctx context.Context, tx *db.Tx, person string) error {
	_, err := db.Do(ctx, tx, db.F(`UPDATE portal_copy SET ended = ? WHERE person = ? AND ended IS NULL`, tx.Now, person))
	return err
}
