package account

// This file keeps the accounts of people outside, such as lawyers. They come in by the same ways as colleagues do, and are
// never one: no row of theirs stands among the colleagues, so that no post can be given to them.

import (
	"context"
	"strings"
	"time"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/web"
	"reisgezel/internal/organisation"
)

// Outside is an account of somebody who does not work here.
type Outside struct {
	ID, Name, Email, Lang string
	Made, Ended           time.Time
	SignedIn              time.Time // zero: never yet
}

// OutsideID makes the id of such an account. Whoever keeps an address book uses it as the id of the entry.
func OutsideID(now time.Time) string { return db.ID("o", now) }

// kindOf is the sort of account that an id belongs to.
func kindOf(id string) access.Kind {
	if strings.HasPrefix(id, "o-") {
		return access.Outside
	}
	return access.Staff
}

// own says whether a visitor has an account of their own here, of either sort.
func own(a access.Actor) bool { return a.Kind == access.Staff || a.Kind == access.Outside }

// owned is whose account this is. Of somebody outside only what a sign-in needs is filled.
func (a *Accounts) owned(ctx context.Context, id string) (organisation.Colleague, error) {
	return owned(ctx, a.db, id)
}

func owned(ctx context.Context, q db.Q, id string) (organisation.Colleague, error) {
	if kindOf(id) == access.Staff {
		return organisation.ColleagueIn(ctx, q, id)
	}
	o, err := OutsideIn(ctx, q, id)
	return o.colleague(), err
}

func (o Outside) colleague() organisation.Colleague {
	return organisation.Colleague{ID: o.ID, Name: o.Name, Called: o.Name, Email: o.Email, Lang: o.Lang, Active: o.ID != "" && o.Ended.IsZero()}
}

const outsideColumns = `SELECT o.id, o.name, o.email, o.lang, o.made, o.ended, l.signed_in FROM account_outside o LEFT JOIN account_login l ON l.colleague = o.id`

// OutsideIn is one such account, ended or not.
func OutsideIn(ctx context.Context, q db.Q, id string) (Outside, error) {
	return db.One[Outside](ctx, q, db.F(outsideColumns+` WHERE o.id = ?`, id))
}

// byEmail finds an account by its address. A colleague comes first; the zero colleague when there is none.
func (a *Accounts) byEmail(ctx context.Context, email string) (organisation.Colleague, error) {
	c, err := a.org.ColleagueByEmail(ctx, email)
	if !fault.Is(err, fault.NotFound) {
		return c, err
	}
	o, err := db.One[Outside](ctx, a.db, db.F(outsideColumns+` WHERE o.email = ?`, email))
	if fault.Is(err, fault.NotFound) {
		return organisation.Colleague{}, nil
	}
	return o.colleague(), err
}

// OutsideNames are the names of such people.
func (a *Accounts) OutsideNames(ctx context.Context, ids []string) (map[string]string, error) {
	os, err := db.Many[Outside](ctx, a.db, db.F(outsideColumns+` WHERE`).With(db.In("o.id", ids)))
	out := map[string]string{}
	for _, o := range os {
		out[o.ID] = o.Name
	}
	return out, err
}

// InviteOutside makes or renews the account of somebody outside and gives the path of a link that works once, for a day. A
// new address closes the old ways in: whoever reads the old mailbox is out.
func (a *Accounts) InviteOutside(ctx context.Context, tx *db.Tx, id, name, email, by string) (path string, err error) {
	email = organisation.NormalEmail(email)
	if kindOf(id) != access.Outside || name == "" || email == "" {
		return "", fault.New(fault.Internal, "")
	}
	if _, err := a.org.ColleagueByEmail(ctx, email); !fault.Is(err, fault.NotFound) {
		if err == nil {
			err = fault.New(fault.Conflict, "account.error.works_here")
		}
		return "", err
	}
	was, err := OutsideIn(ctx, tx, id)
	switch {
	case fault.Is(err, fault.NotFound):
		_, err = db.Do(ctx, tx, db.F(`INSERT INTO account_outside (id, name, email, lang, made, made_by) VALUES (?,?,?,'nl',?,?)`, id, name, email, tx.Now, by))
	case err == nil:
		_, err = db.Do(ctx, tx, db.F(`UPDATE account_outside SET name = ?, email = ?, ended = NULL WHERE id = ?`, name, email, id))
		if err == nil && was.Email != email {
			err = shut(ctx, tx, id)
		}
	}
	if fault.Is(err, fault.Conflict) {
		return "", fault.New(fault.Conflict, "account.error.email_taken")
	}
	if err != nil {
		return "", err
	}
	token, err := a.invite(ctx, tx, id, by)
	return "/uitnodiging/" + token, err
}

// EndOutside closes the account of somebody outside: the next request is that of a stranger. Without an account nothing
// happens.
func EndOutside(ctx context.Context, tx *db.Tx, id, by string) error {
	n, err := db.Do(ctx, tx, db.F(`UPDATE account_outside SET ended = ? WHERE id = ? AND ended IS NULL`, tx.Now, id))
	if err != nil || n == 0 {
		return err
	}
	if err := shut(ctx, tx, id); err != nil {
		return err
	}
	return note(ctx, tx, by, "account.event.closed", id)
}

// shut takes every way in away.
func shut(ctx context.Context, tx *db.Tx, id string) error {
	if _, err := db.DoAll(ctx, tx,
		db.F(`UPDATE account_login SET password = '', totp = NULL, totp_new = NULL, codes_shown = NULL WHERE colleague = ?`, id),
		db.F(`UPDATE account_passkey SET ended = ? WHERE colleague = ? AND ended IS NULL`, tx.Now, id),
		db.F(`UPDATE account_invite SET used = ? WHERE colleague = ? AND used IS NULL`, tx.Now, id),
		db.F(`DELETE FROM account_recovery WHERE colleague = ?`, id),
	); err != nil {
		return err
	}
	return web.EndSessions(ctx, tx, access.Outside, id, "")
}

// DemoOutside makes an account of a demonstration, in which a visitor signs in with one press.
func DemoOutside(ctx context.Context, tx *db.Tx, o Outside, by string) error {
	_, err := db.Do(ctx, tx, db.F(`INSERT INTO account_outside (id, name, email, lang, made, made_by) VALUES (?,?,?,'nl',?,?)`, o.ID, o.Name, organisation.NormalEmail(o.Email), tx.Now, by))
	return err
}

// LinkURL is the whole address of a path of this house, for a link that somebody carries elsewhere.
func (a *Accounts) LinkURL(v *web.Visit, path string) string {
	if a.o.URL != "" {
		return a.o.URL + path
	}
	return "http://" + v.R.Host + path
}
