package portal

// This file keeps passkeys and the questions that are put to them. The reasons stand in docs/adr/0030-what-a-telephone-keeps.md.

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"time"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/passkey"
	"reisgezel/internal/kernel/privacy"
	"reisgezel/internal/kernel/web"
)

const (
	// keyMost is how many telephones one person lets in by their lock.
	keyMost = 5
	// questionWorks is how long a telephone may think.
	questionWorks = 5 * time.Minute
	// questionCookie binds a question to the browser that asked.
	questionCookie = "vraag"
)

// phoneKey is one passkey.
type phoneKey struct {
	ID, Person       string
	Handle, Data     []byte
	Label            string
	Made, Used, Gone time.Time
}

const keyColumns = `SELECT id, person, handle, data, label, made, used, ended AS gone FROM portal_key`

func keyPlace(id string) string { return "portal_key.data/" + id }

// holder is a person as the passkey library wants to see one. The name is what a telephone shows: never that of the person, nor what
// this house is for. The day tells two keys on one telephone apart.
type holder struct {
	person string
	handle []byte
	day    clock.Date
	keys   []webauthn.Credential
	ids    map[string]string // of the rows, by credential
}

func (h holder) WebAuthnID() []byte                         { return h.handle }
func (h holder) WebAuthnName() string                       { return "Reisgezel " + h.day.String() }
func (h holder) WebAuthnDisplayName() string                { return h.WebAuthnName() }
func (h holder) WebAuthnCredentials() []webauthn.Credential { return h.keys }

// relying says for which address passkeys are made; nil when they cannot be used here. A passkey belongs to a name, so a demonstration
// that is looked at by number (127.0.0.1) has none.
func (p *Portal) relying(v *web.Visit) *webauthn.WebAuthn {
	origin := p.address
	if origin == "" && p.post.Demo() {
		origin = "http://" + v.R.Host
	}
	return passkey.At(origin)
}

// keys are the passkeys of a person that let them in, newest first. A card that was issued after one was made ends it: a card is given
// again face to face, when something was lost.
func (p *Portal) keys(ctx context.Context, q db.Q, person string) ([]phoneKey, error) {
	since, err := p.files.CardSince(ctx, q, person)
	if err != nil {
		return nil, err
	}
	return db.Many[phoneKey](ctx, q, db.F(keyColumns).Then(`WHERE person = ? AND ended IS NULL AND made >= ? ORDER BY made DESC, id LIMIT 50`, person, since))
}

// holder gathers a person with the passkeys that count. The handle is made with the first one.
func (p *Portal) holder(ctx context.Context, q db.Q, k privacy.Key, person string, today clock.Date) (holder, error) {
	h := holder{person: person, day: today, ids: map[string]string{}}
	handle, err := db.One[[]byte](ctx, q, db.F(`SELECT handle FROM portal_key WHERE person = ? ORDER BY made, id LIMIT 1`, person))
	if fault.Is(err, fault.NotFound) {
		h.handle = make([]byte, 32)
		_, err = rand.Read(h.handle)
		return h, err
	}
	if err != nil {
		return h, err
	}
	h.handle = handle
	rows, err := p.keys(ctx, q, person)
	for _, r := range rows {
		var c webauthn.Credential
		if err == nil {
			err = privacy.OpenJSON(k, keyPlace(r.ID), r.Data, &c)
		}
		h.keys, h.ids[string(c.ID)] = append(h.keys, c), r.ID
	}
	return h, err
}

// byHandle finds whom a telephone names.
func (p *Portal) byHandle(ctx context.Context, handle []byte, today clock.Date) (holder, privacy.Key, error) {
	person, err := db.One[string](ctx, p.db, db.F(`SELECT person FROM portal_key WHERE handle = ? LIMIT 1`, handle))
	if err != nil {
		return holder{}, privacy.Key{}, err
	}
	k, err := p.vault.Key(ctx, person)
	if err != nil {
		return holder{}, k, err
	}
	h, err := p.holder(ctx, p.db, k, person, today)
	h.handle = handle
	return h, k, err
}

// putKey keeps a new passkey. Of who has many, the oldest ends.
func (p *Portal) putKey(ctx context.Context, tx *db.Tx, k privacy.Key, h holder, label string, c *webauthn.Credential) error {
	had, err := p.keys(ctx, tx, h.person)
	if err != nil {
		return err
	}
	for i := keyMost - 1; i < len(had); i++ {
		if err := endKey(ctx, tx, h.person, had[i].ID); err != nil {
			return err
		}
	}
	id := db.ID("pk", tx.Now)
	sealed, err := privacy.SealJSON(k, keyPlace(id), c)
	if err != nil {
		return err
	}
	_, err = db.Do(ctx, tx, db.F(`INSERT INTO portal_key (id, person, handle, credential, data, label, made) VALUES (?,?,?,?,?,?,?)`, id, h.person, h.handle, c.ID, sealed, label, tx.Now))
	return err
}

// usedKey keeps the new counter, when the key still counts.
func usedKey(ctx context.Context, tx *db.Tx, k privacy.Key, id string, c *webauthn.Credential) error {
	sealed, err := privacy.SealJSON(k, keyPlace(id), c)
	if err != nil {
		return err
	}
	n, err := db.Do(ctx, tx, db.F(`UPDATE portal_key SET data = ?, used = ? WHERE id = ? AND ended IS NULL`, sealed, tx.Now, id))
	if err == nil && n == 0 {
		err = errNo
	}
	return err
}

func endKey(ctx context.Context, tx *db.Tx, person, id string) error {
	_, err := db.Do(ctx, tx, db.F(`UPDATE portal_key SET ended = ? WHERE id = ? AND person = ? AND ended IS NULL`, tx.Now, id, person))
	return err
}

func endKeys(ctx context.Context, tx *db.Tx, person string) error {
	_, err := db.Do(ctx, tx, db.F(`UPDATE portal_key SET ended = ? WHERE person = ? AND ended IS NULL`, tx.Now, person))
	return err
}

// asking is a question that was put to a telephone. Person and Session are of who makes a new key; Knock is the try that signing in
// counted as.
type asking struct {
	Data            webauthn.SessionData
	Person, Session string
	Knock           string
}

func questionID(token string) []byte { h := sha256.Sum256([]byte(token)); return h[:] }

// putQuestion keeps a question, and gives its token to this browser alone.
func (p *Portal) putQuestion(v *web.Visit, tx *db.Tx, a asking) error {
	b := make([]byte, 24)
	if _, err := rand.Read(b); err != nil {
		return err
	}
	token := base64.RawURLEncoding.EncodeToString(b)
	sealed, err := privacy.SealJSON(p.vault.House("portal-question"), "portal_question.data", a)
	if err != nil {
		return err
	}
	_, err = db.DoAll(v.Ctx(), tx, db.F(`DELETE FROM portal_question WHERE until <= ?`, tx.Now),
		db.F(`INSERT INTO portal_question (id, data, until) VALUES (?,?,?)`, questionID(token), sealed, tx.Now.Add(questionWorks)))
	v.SetCookie(questionCookie, token, questionWorks)
	return err
}

// takeQuestion takes the question of this browser away and gives it back: an answer counts once, whatever comes of it.
func (p *Portal) takeQuestion(v *web.Visit) (a asking, err error) {
	token := v.Cookie(questionCookie)
	v.SetCookie(questionCookie, "", 0)
	err = p.db.Tx(v.Ctx(), func(tx *db.Tx) error {
		sealed, err := db.One[[]byte](v.Ctx(), tx, db.F(`DELETE FROM portal_question WHERE id = ? AND until > ? RETURNING data`, questionID(token), tx.Now))
		if err != nil {
			return err
		}
		return privacy.OpenJSON(p.vault.House("portal-question"), "portal_question.data", sealed, &a)
	})
	if fault.Is(err, fault.NotFound) {
		err = errNo
	}
	return a, err
}

// whoseKey looks at the answer of a telephone, and keeps its counter. Every reason why it does not fit is errNo.
func (p *Portal) whoseKey(v *web.Visit) (person string, err error) {
	w := p.relying(v)
	if w == nil {
		return "", fault.Gone()
	}
	a, err := p.takeQuestion(v)
	if err != nil {
		return "", err
	}
	if a.Person != "" { // it was asked to make a key, not to let in
		return "", errNo
	}
	answer, err := protocol.ParseCredentialRequestResponseBytes([]byte(v.Value("antwoord")))
	if err != nil {
		return "", errNo
	}
	var found holder
	var k privacy.Key
	var broken error // an error of ours must not look like a key that does not fit
	find := func(_, handle []byte) (webauthn.User, error) {
		found, k, broken = p.byHandle(v.Ctx(), handle, clock.Today(v.Now))
		if fault.Is(broken, fault.NotFound) {
			broken = nil
			return nil, errNo
		}
		return found, broken
	}
	_, c, err := w.ValidatePasskeyLogin(find, a.Data, answer)
	if broken != nil {
		return "", broken
	}
	if err != nil || c.Authenticator.CloneWarning {
		return "", errNo
	}
	err = p.db.Tx(v.Ctx(), func(tx *db.Tx) error {
		if err := usedKey(v.Ctx(), tx, k, found.ids[string(c.ID)], c); err != nil {
			return err
		}
		_, err := db.Do(v.Ctx(), tx, db.F(`DELETE FROM portal_try WHERE id = ?`, a.Knock))
		return err
	})
	if err != nil && !errors.Is(err, errNo) {
		return "", err
	}
	return found.person, err
}
