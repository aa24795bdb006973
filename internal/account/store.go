package account

// This file holds the store and what the rest of the house asks of it: who a session belongs to, whether anybody can
// sign in at all, and the first administrator.

import (
	"cmp"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"errors"
	"fmt"
	"time"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/audit"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/privacy"
	"reisgezel/internal/kernel/web"
	"reisgezel/internal/organisation"
)

// Schema is the migration line.
//
//go:embed schema/*.sql
var Schema embed.FS

// Texts are the words of this capability.
//
//go:embed text/*.json
var Texts embed.FS

// Options are how this house lets people in.
type Options struct {
	Demo bool   // one-press accounts, and no second factor asked
	URL  string // the address that people type, https://…; passkeys are tied to it
	// Clients are invented people whose cards the sign-in page of a demonstration shows.
	Clients []DemoClient
}

// DemoClient is a card that a visitor of a demonstration may use at the door of the refugees.
type DemoClient struct {
	Name, About, Code string
	Route             string // where the card is used
}

// Accounts lets colleagues in.
type Accounts struct {
	db    *db.DB
	org   *organisation.Store
	vault *privacy.Vault
	key   privacy.Key
	hash  *hasher
	o     Options
}

// New makes the store.
func New(d *db.DB, org *organisation.Store, vault *privacy.Vault, o Options) *Accounts {
	return &Accounts{db: d, org: org, vault: vault, key: vault.House("account"), hash: newHasher(), o: o}
}

// Load is who a session belongs to, read anew at every request: what was taken away is gone at the next one. Somebody
// who is no longer active is nobody.
func (a *Accounts) Load(ctx context.Context, q db.Q, s web.Session, now time.Time) (access.Actor, error) {
	if s.Kind == access.Outside {
		o, err := OutsideIn(ctx, q, s.Actor)
		if err != nil || !o.Ended.IsZero() {
			return access.Actor{}, cmp.Or(err, fault.Gone())
		}
		return access.Actor{Kind: access.Outside, ID: o.ID, Name: o.Name, Lang: o.Lang, Holders: []string{"outside:" + o.ID}}, nil
	}
	if s.Kind != access.Staff {
		return access.Actor{}, fault.Gone()
	}
	c, posts, err := organisation.Standing(ctx, q, s.Actor, now)
	if err != nil {
		return access.Actor{}, err
	}
	if !c.Works(now) {
		return access.Actor{}, fault.Gone()
	}
	return access.Actor{Kind: access.Staff, ID: c.ID, Name: c.Name, Lang: c.Lang, Posts: posts, Holders: holders(c.ID, posts)}, nil
}

// holders are the keys under which grants to this colleague may be held. A team's grants are for those who carry its
// caseload; a walk-in volunteer has none of them, and an administrator reads no file.
func holders(id string, posts []access.Post) []string {
	if len(posts) == 0 {
		return nil
	}
	out := []string{"user:" + id}
	seen := map[string]bool{}
	for _, p := range posts {
		carries := p.Role == access.Case || p.Role == access.Legal || p.Role == access.Lead
		if carries && p.Scope.Kind == access.Team && !seen[p.Scope.ID] {
			seen[p.Scope.ID] = true
			out = append(out, "team:"+p.Scope.ID)
		}
	}
	return out
}

// Ready says whether somebody can sign in: a demonstration always, the real thing once there is an administrator.
func (a *Accounts) Ready(ctx context.Context) (bool, error) {
	if a.o.Demo {
		return true, nil
	}
	return a.org.AnAdministrator(ctx, a.db.Now())
}

// InviteLasts is how long a link to choose a password works.
const InviteLasts = 24 * time.Hour

// Setup makes the first administrator and gives the path of a link that works once, for a day. When the administrator
// never chose a password it may be asked again for the same address; once somebody can sign in, colleagues are invited
// from inside.
func (a *Accounts) Setup(ctx context.Context, name, email string) (string, error) {
	now := a.db.Now()
	in := organisation.ColleagueInput{Name: name, Email: email, Lang: "nl", Paid: true, Active: true}
	if _, fs := in.Check(now); len(fs) > 0 {
		return "", fmt.Errorf("the name or the address is not right: %w", fs.Err())
	}
	var token string
	err := a.db.Tx(ctx, func(tx *db.Tx) error {
		n, err := db.One[int](ctx, tx, db.F(`SELECT COUNT(*) FROM account_login WHERE password <> ''`))
		if err != nil {
			return err
		}
		if n > 0 {
			return errors.New("somebody can sign in already; ask an administrator for an invitation")
		}
		id := ""
		c, err := a.org.ColleagueByEmail(ctx, email)
		switch {
		case err == nil:
			id = c.ID
		case fault.Is(err, fault.NotFound):
			if id, err = organisation.AddColleague(ctx, tx, in, clock.Date{}, "setup"); err != nil {
				return err
			}
		default:
			return err
		}
		post := access.Post{Role: access.Admin, Scope: access.Scope{Kind: access.National}}
		if _, err := organisation.Give(ctx, tx, id, post, tx.Now, time.Time{}, "setup"); err != nil && !fault.Is(err, fault.Invalid) {
			return err
		}
		if err := organisation.NameFoundationOnce(ctx, tx, "Reisgezel"); err != nil {
			return err
		}
		token, err = a.invite(ctx, tx, id, "setup")
		return err
	})
	if err != nil {
		return "", err
	}
	return "/uitnodiging/" + token, nil
}

// invite makes a link for a colleague; older ones stop working.
func (a *Accounts) invite(ctx context.Context, tx *db.Tx, colleague, by string) (string, error) {
	l, err := a.login(ctx, tx, colleague)
	if err != nil {
		return "", err
	}
	if l.ResetBy == by && tx.Now.Sub(l.ResetAt) < eyes {
		return "", fault.New(fault.Conflict, "account.error.four_eyes")
	}
	if _, err := db.Do(ctx, tx, db.F(`UPDATE account_invite SET used = ? WHERE colleague = ? AND used IS NULL`, tx.Now, colleague)); err != nil {
		return "", err
	}
	token, err := random(32)
	if err != nil {
		return "", err
	}
	if _, err := db.Do(ctx, tx, db.F(`INSERT INTO account_invite (token, colleague, made, until, made_by) VALUES (?,?,?,?,?)`,
		hashed(token), colleague, tx.Now, tx.Now.Add(InviteLasts), by)); err != nil {
		return "", err
	}
	return token, note(ctx, tx, by, "account.event.invited", colleague)
}

// invited finds whose link this is, as long as it works.
func (a *Accounts) invited(ctx context.Context, q db.Q, token string, now time.Time) (string, error) {
	return db.One[string](ctx, q, db.F(`SELECT colleague FROM account_invite WHERE token = ? AND used IS NULL AND until > ?`, hashed(token), now))
}

// useInvite spends a link; when it was spent meanwhile, the fault is NotFound.
func useInvite(ctx context.Context, tx *db.Tx, token string) error {
	n, err := db.Do(ctx, tx, db.F(`UPDATE account_invite SET used = ? WHERE token = ? AND used IS NULL AND until > ?`, tx.Now, hashed(token), tx.Now))
	if err == nil && n == 0 {
		return fault.Gone()
	}
	return err
}

// Jobs sweep away what has had its time.
func (a *Accounts) Jobs() []web.Job {
	return []web.Job{{Name: "account.sweep", Every: time.Hour, Run: func(ctx context.Context, now time.Time) error {
		return a.db.Tx(ctx, func(tx *db.Tx) error {
			_, err := db.DoAll(ctx, tx,
				db.F(`DELETE FROM account_try WHERE last < ?`, now.Add(-forget)),
				db.F(`DELETE FROM account_question WHERE until < ?`, now),
				db.F(`DELETE FROM account_invite WHERE until < ?`, now.AddDate(0, 0, -30)),
			)
			return err
		})
	}}}
}

// note writes into the log who did what with which account.
func note(ctx context.Context, tx *db.Tx, by, event, account string) error {
	return audit.Append(ctx, tx, audit.Entry{At: tx.Now, Event: event, Actor: by, ActorKind: string(kindOf(by)), Object: account})
}

func hashed(token string) []byte { h := sha256.Sum256([]byte(token)); return h[:] }

// random makes text of n random bytes, for links.
func random(n int) (string, error) {
	b := make([]byte, n)
	if _, err := rand.Read(b); err != nil {
		return "", fmt.Errorf("random bytes: %w", err)
	}
	return base64.RawURLEncoding.EncodeToString(b), nil
}
