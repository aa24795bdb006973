package account

// This file keeps passkeys and the questions that are put to them.

import (
	"context"
	"errors"
	"time"

	"github.com/go-webauthn/webauthn/webauthn"

	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/passkey"
	"reisgezel/internal/kernel/privacy"
	"reisgezel/internal/kernel/web"
	"reisgezel/internal/organisation"
)

// staffKey is one stored passkey.
type staffKey struct {
	ID, Colleague, Name string
	Data                []byte
	Made, Used, Ended   time.Time
}

// owner is a colleague as the passkey library wants to see one.
type owner struct {
	c      organisation.Colleague
	handle []byte
	keys   []webauthn.Credential
}

func (o owner) WebAuthnID() []byte                         { return o.handle }
func (o owner) WebAuthnName() string                       { return o.c.Email }
func (o owner) WebAuthnDisplayName() string                { return o.c.Name }
func (o owner) WebAuthnCredentials() []webauthn.Credential { return o.keys }

// relying says for which address passkeys are made; nil when they cannot be used here. A passkey belongs to a name, so
// a demonstration that is looked at by number (127.0.0.1) has none.
func (a *Accounts) relying(v *web.Visit) *webauthn.WebAuthn {
	origin := a.o.URL
	if origin == "" && a.o.Demo {
		origin = "http://" + v.R.Host
	}
	return passkey.At(origin)
}

// owner gathers a colleague with the passkeys that count.
func (a *Accounts) owner(ctx context.Context, q db.Q, c organisation.Colleague, l login) (owner, error) {
	o := owner{c: c, handle: l.Handle}
	ks, err := a.passkeys(ctx, q, c.ID)
	if err != nil {
		return o, err
	}
	for _, k := range ks {
		if !k.Ended.IsZero() {
			continue
		}
		var cred webauthn.Credential
		if err := privacy.OpenJSON(a.key, "account_passkey.data/"+k.ID, k.Data, &cred); err != nil {
			return o, err
		}
		o.keys = append(o.keys, cred)
	}
	return o, nil
}

// passkeys are all passkeys of a colleague, ended ones too.
func (a *Accounts) passkeys(ctx context.Context, q db.Q, colleague string) ([]staffKey, error) {
	return db.Many[staffKey](ctx, q, db.F(`SELECT id, colleague, name, data, made, used, ended FROM account_passkey WHERE colleague = ? ORDER BY made DESC, id`, colleague))
}

// livePasskeys counts those that open the door.
func livePasskeys(ctx context.Context, q db.Q, colleague string) (int, error) {
	return db.One[int](ctx, q, db.F(`SELECT COUNT(*) FROM account_passkey WHERE colleague = ? AND ended IS NULL`, colleague))
}

// addPasskey keeps a new passkey.
func (a *Accounts) addPasskey(ctx context.Context, tx *db.Tx, colleague, name string, cred *webauthn.Credential) error {
	id := db.ID("pk", tx.Now)
	sealed, err := privacy.SealJSON(a.key, "account_passkey.data/"+id, cred)
	if err != nil {
		return err
	}
	if _, err := db.Do(ctx, tx, db.F(`INSERT INTO account_passkey (id, colleague, credential, data, name, made) VALUES (?,?,?,?,?,?)`,
		id, colleague, cred.ID, sealed, name, tx.Now)); err != nil {
		return err
	}
	return a.afterFactor(ctx, tx, colleague)
}

// byHandle finds the owner that a passkey names. The zero owner when there is none.
func (a *Accounts) byHandle(ctx context.Context, q db.Q, handle []byte) (owner, error) {
	id, err := db.One[string](ctx, q, db.F(`SELECT colleague FROM account_login WHERE handle = ?`, handle))
	if err != nil {
		return owner{}, err
	}
	c, err := owned(ctx, q, id)
	if err != nil {
		return owner{}, err
	}
	l, err := a.login(ctx, q, id)
	if err != nil {
		return owner{}, err
	}
	return a.owner(ctx, q, c, l)
}

// usedPasskey keeps the new counter. A counter that went back means that there are two of one key: it is refused.
func (a *Accounts) usedPasskey(ctx context.Context, tx *db.Tx, colleague string, cred *webauthn.Credential) error {
	if cred.Authenticator.CloneWarning {
		return errors.New("account: a passkey counted backwards")
	}
	id, err := db.One[string](ctx, tx, db.F(`SELECT id FROM account_passkey WHERE colleague = ? AND credential = ? AND ended IS NULL`, colleague, cred.ID))
	if err != nil {
		return err
	}
	sealed, err := privacy.SealJSON(a.key, "account_passkey.data/"+id, cred)
	if err != nil {
		return err
	}
	_, err = db.Do(ctx, tx, db.F(`UPDATE account_passkey SET data = ?, used = ? WHERE id = ?`, sealed, tx.Now, id))
	return err
}

// RestoreDays is how long a passkey that was taken away can be put back.
const RestoreDays = 30

func endPasskey(ctx context.Context, tx *db.Tx, colleague, key string) error {
	n, err := db.Do(ctx, tx, db.F(`UPDATE account_passkey SET ended = ? WHERE id = ? AND colleague = ? AND ended IS NULL`, tx.Now, key, colleague))
	if err == nil && n == 0 {
		return fault.Gone()
	}
	return err
}

func backPasskey(ctx context.Context, tx *db.Tx, colleague, key string) error {
	n, err := db.Do(ctx, tx, db.F(`UPDATE account_passkey SET ended = NULL WHERE id = ? AND colleague = ? AND ended > ?`, key, colleague, tx.Now.AddDate(0, 0, -RestoreDays)))
	if err == nil && n == 0 {
		return fault.Gone()
	}
	return err
}

// ask keeps a question for five minutes and gives the token that finds it again.
func (a *Accounts) ask(ctx context.Context, s *webauthn.SessionData) (string, error) {
	token, err := random(24)
	if err != nil {
		return "", err
	}
	sealed, err := privacy.SealJSON(a.key, "account_question.data", s)
	if err != nil {
		return "", err
	}
	return token, a.db.Tx(ctx, func(tx *db.Tx) error {
		_, err := db.Do(ctx, tx, db.F(`INSERT INTO account_question (id, data, until) VALUES (?,?,?)`, hashed(token), sealed, tx.Now.Add(5*time.Minute)))
		return err
	})
}

// asked takes a question away and gives it back: an answer counts once.
func (a *Accounts) asked(ctx context.Context, token string) (webauthn.SessionData, error) {
	var s webauthn.SessionData
	err := a.db.Tx(ctx, func(tx *db.Tx) error {
		sealed, err := db.One[[]byte](ctx, tx, db.F(`SELECT data FROM account_question WHERE id = ? AND until > ?`, hashed(token), tx.Now))
		if err != nil {
			return err
		}
		n, err := db.Do(ctx, tx, db.F(`DELETE FROM account_question WHERE id = ?`, hashed(token)))
		if err != nil {
			return err
		}
		if n == 0 {
			return fault.Gone()
		}
		return privacy.OpenJSON(a.key, "account_question.data", sealed, &s)
	})
	return s, err
}
