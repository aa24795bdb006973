package portal

// This file holds the SQL of telephones and the codes sent to them. A number that is nobody's makes the same rows, the same message
// and the same work as one that is somebody's.

import (
	"context"
	"crypto/subtle"
	"errors"
	"time"

	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/privacy"
)

// The kinds of code: to sign in with, and to prove that a telephone is one's own, for signing in or for notices.
const (
	toEnter  = "enter"
	toProve  = "prove"
	toNotice = "notice"
)

type phoneRow struct {
	Token []byte
	Body  []byte
	Since time.Time
}

func phonePlace(person string) string { return "portal_phone.body/" + person }

func codePlace(id string) string { return "portal_code.body/" + id }

func (p *Portal) numberToken(number string) []byte { return p.vault.Token("portal-phone", number) }

func (p *Portal) codeHash(id, code string) []byte { return p.vault.Token("portal-code", id+" "+code) }

// phone is the telephone that somebody signs in with; none has no day.
func phone(ctx context.Context, q db.Q, person string) (phoneRow, error) {
	r, err := db.One[phoneRow](ctx, q, db.F(`SELECT token, body, since FROM portal_phone WHERE person = ?`, person))
	if fault.Is(err, fault.NotFound) {
		err = nil
	}
	return r, err
}

// number is the number itself.
func (r phoneRow) number(k privacy.Key, person string) (string, error) {
	b, err := k.Open(phonePlace(person), r.Body)
	return string(b), err
}

// sent counts the codes of a number, and throws away what is older than a day.
func sent(ctx context.Context, tx *db.Tx, token []byte) (hour, day int, err error) {
	if _, err = db.Do(ctx, tx, db.F(`DELETE FROM portal_code WHERE at <= ?`, tx.Now.Add(-24*time.Hour))); err != nil {
		return 0, 0, err
	}
	if hour, err = db.One[int](ctx, tx, db.F(`SELECT COUNT(*) FROM portal_code WHERE token = ? AND at > ?`, token, tx.Now.Add(-time.Hour))); err != nil {
		return 0, 0, err
	}
	day, err = db.One[int](ctx, tx, db.F(`SELECT COUNT(*) FROM portal_code WHERE token = ?`, token))
	return hour, day, err
}

// goal tells what a telephone is proved for, which is kept beside the kind.
func goal(kind string) (of, goal string) {
	if kind == toNotice {
		return toProve, toNotice
	}
	return kind, ""
}

func putCode(ctx context.Context, tx *db.Tx, kind string, r codeRow) error {
	kind, goal := goal(kind)
	_, err := db.Do(ctx, tx, db.F(`INSERT INTO portal_code (id, kind, goal, token, person, hash, body, knock, tries, at, until) VALUES (?,?,?,?,?,?,?,?,0,?,?)`,
		r.ID, kind, goal, r.Token, r.Person, r.Hash, r.Body, r.Knock, tx.Now, tx.Now.Add(CodeWorks)))
	return err
}

// askCode has a code sent to a number, when it is somebody's and was not sent too many. What it answers tells neither.
func (p *Portal) askCode(ctx context.Context, number string, address []byte, say func(code string) string) (id string, err error) {
	code, token := newCode(), p.numberToken(number)
	err = p.db.Tx(ctx, func(tx *db.Tx) error {
		id = db.Blind("c")
		knock, waits, err := p.knocked(ctx, tx, address)
		if err != nil {
			return err
		}
		hour, day, err := sent(ctx, tx, token)
		if err != nil {
			return err
		}
		person, err := db.One[string](ctx, tx, db.F(`SELECT person FROM portal_phone WHERE token = ?`, token))
		if err != nil && !fault.Is(err, fault.NotFound) {
			return err
		}
		to := number
		if person == "" || waits || !MaySend(hour, day) {
			person, to = "", ""
		}
		if err := putCode(ctx, tx, toEnter, codeRow{ID: id, Token: token, Person: person, Hash: p.codeHash(id, code), Knock: knock}); err != nil {
			return err
		}
		_, err = p.post.Send(ctx, tx, to, say(code), CodeWorks)
		return err
	})
	if err == nil {
		p.post.Push()
	}
	return id, err
}

type codeRow struct {
	ID     string
	Token  []byte
	Person string
	Hash   []byte
	Body   []byte
	Knock  string
}

var errCode = errors.New("portal: no such code")

// tryCode says whose code this is. The try is counted before it is looked at, and a code works once.
func (p *Portal) tryCode(ctx context.Context, tx *db.Tx, id, kind, person, code string) (codeRow, error) {
	kind, goal := goal(kind)
	r, err := db.One[codeRow](ctx, tx, db.F(`UPDATE portal_code SET tries = tries + 1 WHERE id = ? AND kind = ? AND goal = ? AND (person = ? OR ? = '') AND tries < ? AND until > ? RETURNING id, token, person, hash, body, knock`,
		id, kind, goal, person, person, codeTries, tx.Now))
	if err != nil && !fault.Is(err, fault.NotFound) {
		return codeRow{}, err
	}
	if subtle.ConstantTimeCompare(r.Hash, p.codeHash(id, code)) != 1 {
		return codeRow{}, errCode
	}
	_, err = db.Do(ctx, tx, db.F(`UPDATE portal_code SET tries = ? WHERE id = ?`, codeTries, id))
	return r, err
}

// whoseCode is the code that was typed, with its person; without one when it is not right.
func (p *Portal) whoseCode(ctx context.Context, id, code string) (r codeRow, err error) {
	err = p.db.Tx(ctx, func(tx *db.Tx) (err error) {
		if r, err = p.tryCode(ctx, tx, id, toEnter, "", code); errors.Is(err, errCode) {
			return nil
		}
		return err
	})
	return r, err
}

// unknock takes back the try that asking for a code counted as: a whole centre may share one address.
func (p *Portal) unknock(ctx context.Context, knock string) error {
	return p.db.Tx(ctx, func(tx *db.Tx) error {
		_, err := db.Do(ctx, tx, db.F(`DELETE FROM portal_try WHERE id = ?`, knock))
		return err
	})
}

// pending is the code with which somebody is proving a telephone now.
func pending(ctx context.Context, q db.Q, person, kind string, now time.Time) (codeRow, error) {
	kind, goal := goal(kind)
	r, err := db.One[codeRow](ctx, q, db.F(`SELECT id, token, person, hash, body, knock FROM portal_code WHERE person = ? AND kind = ? AND goal = ? AND tries < ? AND until > ? ORDER BY at DESC, id DESC LIMIT 1`, person, kind, goal, codeTries, now))
	if fault.Is(err, fault.NotFound) {
		err = nil
	}
	return r, err
}

// errTaken says that somebody else signs in with a number, errOften that it was sent too many codes.
var (
	errTaken = errors.New("portal: the number is another's")
	errOften = errors.New("portal: too many codes")
)

// proveNumber sends a code to a number that somebody says is theirs. Body is what is kept until it was proved.
func (p *Portal) proveNumber(ctx context.Context, tx *db.Tx, k privacy.Key, person, kind, number string, body []byte, say func(code string) string) error {
	token := p.numberToken(number)
	hour, day, err := sent(ctx, tx, token)
	if err != nil {
		return err
	}
	mine, err := db.One[int](ctx, tx, db.F(`SELECT COUNT(*) FROM portal_code WHERE person = ? AND kind <> ?`, person, toEnter))
	if err != nil {
		return err
	}
	if !MaySend(hour, day) || mine >= codesDay {
		return errOften
	}
	id, code := db.Blind("c"), newCode()
	if err := putCode(ctx, tx, kind, codeRow{ID: id, Token: token, Person: person, Hash: p.codeHash(id, code), Body: k.Seal(codePlace(id), body)}); err != nil {
		return err
	}
	_, err = p.post.Send(ctx, tx, number, say(code), CodeWorks)
	return err
}

// proved makes the telephone the person's own, when the code is right. One number lets in one person.
func (p *Portal) proved(ctx context.Context, tx *db.Tx, k privacy.Key, person string, r codeRow) error {
	number, err := k.Open(codePlace(r.ID), r.Body)
	if err != nil {
		return err
	}
	if _, err := db.Do(ctx, tx, db.F(`DELETE FROM portal_phone WHERE person = ?`, person)); err != nil {
		return err
	}
	n, err := db.Do(ctx, tx, db.F(`INSERT INTO portal_phone (person, token, body, since) VALUES (?,?,?,?) ON CONFLICT (token) DO NOTHING`, person, r.Token, k.Seal(phonePlace(person), number), tx.Now))
	if err == nil && n == 0 {
		return errTaken
	}
	return err
}

// dropPhone ends signing in with a telephone, and every code that was sent for it.
func dropPhone(ctx context.Context, tx *db.Tx, person string) error {
	_, err := db.DoAll(ctx, tx, db.F(`DELETE FROM portal_code WHERE person = ? AND goal <> ?`, person, toNotice), db.F(`DELETE FROM portal_phone WHERE person = ?`, person))
	return err
}

// rightCode tries a code with which somebody proves a telephone. It is counted whatever comes of it, so never in the transaction
// that writes.
func (p *Portal) rightCode(ctx context.Context, id, kind, person, code string) (right bool, err error) {
	err = p.db.Tx(ctx, func(tx *db.Tx) error {
		_, err := p.tryCode(ctx, tx, id, kind, person, code)
		right = err == nil
		if errors.Is(err, errCode) {
			return nil
		}
		return err
	})
	return right, err
}
