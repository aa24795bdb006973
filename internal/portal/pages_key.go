package portal

// This file lets somebody in with the lock of their telephone, and holds the page on which they choose that. The browser's part is
// passkey.js of the ui; where it does not run, or the telephone cannot do it, nothing of this is seen, and card and PIN do the same.

import (
	"errors"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/audit"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/web"
)

// keyQuestion is what the browser gets: what to ask the telephone, or what went wrong, in words.
type keyQuestion struct {
	Say     string `json:"say,omitempty"`
	Vraag   string `json:"vraag,omitempty"`
	Options any    `json:"options,omitempty"`
}

func sayKey(v *web.Visit, key string) error {
	return v.JSON(keyQuestion{Say: lang.T(v.Ctx(), key)})
}

// askKey begins a sign-in. It names nobody, so that what it answers is the same for everybody; asking counts as a try of this address,
// like a card.
func (p *Portal) askKey(v *web.Visit) error {
	w := p.relying(v)
	if w == nil {
		return fault.Gone()
	}
	o, s, err := w.BeginDiscoverableLogin(webauthn.WithUserVerification(protocol.VerificationRequired))
	if err != nil {
		return err
	}
	waits := false
	err = p.db.Tx(v.Ctx(), func(tx *db.Tx) error {
		knock, wait, err := p.knocked(v.Ctx(), tx, p.vault.Token("portal-address", v.Address()))
		if waits = wait; err != nil || wait {
			return err
		}
		return p.putQuestion(v, tx, asking{Data: *s, Knock: knock})
	})
	if err != nil {
		return err
	}
	if waits {
		return sayKey(v, "portal.error.wait")
	}
	return v.JSON(keyQuestion{Options: o})
}

// enterKey looks at the answer. It is a whole sign-in: the telephone asked for a finger, a face or its own code.
func (p *Portal) enterKey(v *web.Visit) error {
	person, err := p.whoseKey(v)
	if errors.Is(err, errNo) {
		if err := p.db.Tx(v.Ctx(), func(tx *db.Tx) error {
			return audit.Append(v.Ctx(), tx, audit.Entry{Event: "portal.event.refused", Subject: person, ActorKind: string(access.Guest)})
		}); err != nil {
			return err
		}
		in := signInPage{Next: v.Value("verder"), Phone: p.post.Works(), Key: true}
		in.Errors.Add("slot", "portal.error.key")
		return v.Invalid(pageSignIn(in))
	}
	if err != nil {
		return err
	}
	if err := p.db.Tx(v.Ctx(), func(tx *db.Tx) error {
		return audit.Append(v.Ctx(), tx, audit.Entry{Event: "portal.event.signin", Subject: person, Actor: person, ActorKind: string(access.IsSelf), Role: string(access.Client), Why: string(access.Self)})
	}); err != nil {
		return err
	}
	return p.welcome(v, person, "", v.Value("verder"))
}

type keyPage struct {
	Keys   []phoneKey
	Errors fault.Fields
}

func (p *Portal) myKeys(v *web.Visit) error {
	if p.relying(v) == nil {
		return fault.Gone()
	}
	ks, err := p.keys(v.Ctx(), p.db, v.Actor.ID)
	if err != nil {
		return err
	}
	return v.Page(pageKeys(keyPage{Keys: ks}, v.Now))
}

// newKey begins the making of a key, with the PIN: who picks up an open telephone must not make a door of their own.
func (p *Portal) newKey(v *web.Visit) error {
	w := p.relying(v)
	if w == nil {
		return fault.Gone()
	}
	f, err := p.files.OpenFor(v, v.Actor.ID, access.File)
	if err != nil {
		return err
	}
	if !v.Has("alleen") {
		return sayKey(v, "portal.error.only")
	}
	var fs fault.Fields
	if err := p.checkPIN(v, f, &fs); err != nil {
		return err
	}
	if len(fs) > 0 {
		return sayKey(v, fs[0].Key)
	}
	h, err := p.holder(v.Ctx(), p.db, f.Key(), f.ID(), clock.Today(v.Now))
	if err != nil {
		return err
	}
	o, s, err := w.BeginRegistration(h, webauthn.WithExclusions(webauthn.Credentials(h.keys).CredentialDescriptors()))
	if err != nil {
		return err
	}
	if err := p.db.Tx(v.Ctx(), func(tx *db.Tx) error {
		return p.putQuestion(v, tx, asking{Data: *s, Person: f.ID(), Session: v.Session.ID})
	}); err != nil {
		return err
	}
	return v.JSON(keyQuestion{Options: o})
}

// keepKey keeps the key that the telephone made, for the session that asked for it.
func (p *Portal) keepKey(v *web.Visit) error {
	w := p.relying(v)
	if w == nil {
		return fault.Gone()
	}
	f, err := p.files.OpenFor(v, v.Actor.ID, access.File)
	if err != nil {
		return err
	}
	refuse := func() error {
		ks, err := p.keys(v.Ctx(), p.db, f.ID())
		if err != nil {
			return err
		}
		page := keyPage{Keys: ks}
		page.Errors.Add("slot", "portal.key.failed")
		return v.Invalid(pageKeys(page, v.Now))
	}
	a, err := p.takeQuestion(v)
	if errors.Is(err, errNo) || err == nil && (a.Person != f.ID() || a.Session != v.Session.ID) {
		return refuse()
	}
	if err != nil {
		return err
	}
	answer, err := protocol.ParseCredentialCreationResponseBytes([]byte(v.Value("antwoord")))
	if err != nil {
		return refuse()
	}
	h, err := p.holder(v.Ctx(), p.db, f.Key(), f.ID(), clock.Today(v.Now))
	if err != nil {
		return err
	}
	h.handle = a.Data.UserID // of the first key it was made up when it was asked for
	c, err := w.CreateCredential(h, a.Data, answer)
	if err != nil {
		return refuse()
	}
	err = p.db.Tx(v.Ctx(), func(tx *db.Tx) error {
		if err := p.putKey(v.Ctx(), tx, f.Key(), h, device(v.R.UserAgent()), c); err != nil {
			return err
		}
		return f.Log(v.Ctx(), tx, "portal.event.key", "")
	})
	if fault.Is(err, fault.Conflict) {
		return refuse()
	}
	if err != nil {
		return err
	}
	return v.GoTo(v.URL("portal.keys", "gezegd", "portal.said.key"))
}

func (p *Portal) endOneKey(v *web.Visit) error {
	f, err := p.files.OpenFor(v, v.Actor.ID, access.File)
	if err != nil {
		return err
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		if err := endKey(v.Ctx(), tx, f.ID(), v.Value("sleutel")); err != nil {
			return "", err
		}
		return v.URL("portal.keys", "gezegd", "portal.said.nokey"), f.Log(v.Ctx(), tx, "portal.event.nokey", "")
	})
}
