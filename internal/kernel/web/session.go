package web

// This file holds sessions: opaque tokens whose hash is stored, listed and ended by the person they belong to.

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"time"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
)

// Idle is how long a session lasts without a request: a walk-in desk is left alone sooner than a home.
const (
	IdleStaff  = 15 * time.Minute
	IdleClient = 10 * time.Minute
	// MaxAge ends even a busy session, so that a stolen one does not live for ever.
	MaxAge = 12 * time.Hour
)

// Session is one sign-in on one device.
type Session struct {
	ID    string
	Kind  access.Kind // Staff or Client
	Actor string
	Stage string // empty when complete; else what is still asked, such as a second factor, and the actor is a guest
	Label string // what the person recognises the device by
	Begun time.Time
	Seen  time.Time
	Ended time.Time
}

// Idle is how long this session may rest.
func (s Session) Idle() time.Duration {
	if s.Kind == access.IsSelf {
		return IdleClient
	}
	return IdleStaff
}

// Live says whether the session may still be used.
func (s Session) Live(now time.Time) bool {
	return s.ID != "" && s.Ended.IsZero() && now.Sub(s.Seen) <= s.Idle() && now.Sub(s.Begun) <= MaxAge
}

// SessionSpec is what a sign-in hands over.
type SessionSpec struct {
	Kind  access.Kind
	Actor string
	Stage string
	Label string
}

const sessionCookie = "rg"

// UnattendedHeader is sent by the script of a page that renews itself. It tells nothing about whether somebody is still
// there, so such a request does not keep the session alive.
const UnattendedHeader = "Rg-Unattended"

func tokenHash(token string) []byte { h := sha256.Sum256([]byte(token)); return h[:] }

// SignIn begins a session and gives its token to the browser. The old session of this browser ends: a session that
// existed before the sign-in must never become a signed-in one (fixation).
func (v *Visit) SignIn(s SessionSpec) error {
	var token, id string
	err := v.site.DB.Tx(v.ctx, func(tx *db.Tx) (err error) {
		if v.Session.ID != "" {
			if err := end(v.ctx, tx, v.Session.ID, v.Now); err != nil {
				return err
			}
		}
		token, id, err = begin(v.ctx, tx, s, v.Now)
		return err
	})
	if err != nil {
		return err
	}
	v.SetCookie(sessionCookie, token, 0)
	v.Session = Session{ID: id, Kind: s.Kind, Actor: s.Actor, Stage: s.Stage, Label: s.Label, Begun: v.Now, Seen: v.Now}
	return nil
}

func begin(ctx context.Context, tx *db.Tx, s SessionSpec, now time.Time) (token, id string, err error) {
	token, id = random(32), db.ID("s", now)
	_, err = db.Do(ctx, tx, db.F(`INSERT INTO web_session (id, token, kind, actor, stage, label, begun, seen) VALUES (?,?,?,?,?,?,?,?)`,
		id, tokenHash(token), string(s.Kind), s.Actor, s.Stage, s.Label, now, now))
	return token, id, err
}

// GrantSession begins a session outside a visit and gives its token: for tools and tests of a whole house.
func GrantSession(ctx context.Context, d *db.DB, s SessionSpec) (token string, err error) {
	err = d.Tx(ctx, func(tx *db.Tx) error {
		token, _, err = begin(ctx, tx, s, tx.Now)
		return err
	})
	return token, err
}

// SignOut ends the session of this browser and asks it to forget what it stored.
func (v *Visit) SignOut() error {
	if v.Session.ID != "" {
		if err := v.site.DB.Tx(v.ctx, func(tx *db.Tx) error { return end(v.ctx, tx, v.Session.ID, v.Now) }); err != nil {
			return err
		}
	}
	v.SetCookie(sessionCookie, "", 0)
	// "cache" is left out on purpose: it makes signing out take many seconds in Chrome, and personal pages are
	// never cached anyway.
	v.Header().Set("Clear-Site-Data", `"storage"`)
	v.Session, v.Actor = Session{}, access.Actor{Kind: access.Guest}
	return nil
}

func end(ctx context.Context, tx *db.Tx, id string, now time.Time) error {
	_, err := db.Do(ctx, tx, db.F(`UPDATE web_session SET ended = ? WHERE id = ? AND ended IS NULL`, now, id))
	return err
}

// EndSession ends one session of one actor; another actor's session is not touched.
func EndSession(ctx context.Context, tx *db.Tx, kind access.Kind, actor, id string) error {
	_, err := db.Do(ctx, tx, db.F(`UPDATE web_session SET ended = ? WHERE id = ? AND kind = ? AND actor = ? AND ended IS NULL`,
		tx.Now, id, string(kind), actor))
	return err
}

// EndSessions ends every session of an actor but one (which may be empty): after a change of password or PIN.
func EndSessions(ctx context.Context, tx *db.Tx, kind access.Kind, actor, keep string) error {
	_, err := db.Do(ctx, tx, db.F(`UPDATE web_session SET ended = ? WHERE kind = ? AND actor = ? AND id <> ? AND ended IS NULL`,
		tx.Now, string(kind), actor, keep))
	return err
}

// Sessions lists the live sessions of an actor, newest first.
func Sessions(ctx context.Context, q db.Q, kind access.Kind, actor string, now time.Time) ([]Session, error) {
	all, err := db.Many[Session](ctx, q, db.F(`SELECT id, kind, actor, stage, label, begun, seen, ended FROM web_session
		WHERE kind = ? AND actor = ? AND ended IS NULL AND begun > ? ORDER BY begun DESC LIMIT 100`, string(kind), actor, now.Add(-MaxAge)))
	if err != nil {
		return nil, err
	}
	live := all[:0]
	for _, s := range all {
		if s.Live(now) && s.Stage == "" {
			live = append(live, s)
		}
	}
	return live, nil
}

// LastSeen is when an actor last used any session, to the minute; the zero time when never.
func LastSeen(ctx context.Context, q db.Q, kind access.Kind, actor string) (time.Time, error) {
	return db.One[time.Time](ctx, q, db.F(`SELECT MAX(seen) FROM web_session WHERE kind = ? AND actor = ?`, string(kind), actor))
}

// SeenBefore is when an actor was last here before a session; the zero time when that is the first that is known.
func SeenBefore(ctx context.Context, q db.Q, kind access.Kind, actor, session string) (time.Time, error) {
	return db.One[time.Time](ctx, q, db.F(`SELECT MAX(seen) FROM web_session WHERE kind = ? AND actor = ? AND id <> ?`, string(kind), actor, session))
}

// session is the session of a token, whether it lives or not; none for a token that was never given.
func (s *Site) session(ctx context.Context, token string) (Session, error) {
	if _, err := base64.RawURLEncoding.DecodeString(token); err != nil || len(token) != 43 {
		return Session{}, nil
	}
	ses, err := db.One[Session](ctx, s.DB, db.F(`SELECT id, kind, actor, stage, label, begun, seen, ended FROM web_session WHERE token = ?`, tokenHash(token)))
	if fault.Is(err, fault.NotFound) {
		return Session{}, nil
	}
	return ses, err
}

// find reads the session of a token and notes that it was used by somebody, at most once a minute so that reading stays
// reading.
func (s *Site) find(ctx context.Context, token string, now time.Time, used bool) (Session, error) {
	ses, err := s.session(ctx, token)
	if err != nil || !ses.Live(now) {
		return Session{}, err
	}
	if used && now.Sub(ses.Seen) >= time.Minute {
		err = s.DB.Tx(ctx, func(tx *db.Tx) error {
			_, err := db.Do(ctx, tx, db.F(`UPDATE web_session SET seen = ? WHERE id = ? AND ended IS NULL`, now, ses.ID))
			return err
		})
	}
	return ses, err
}
