package account

// This file lets somebody in with a passkey, and keeps new ones. The browser's part is passkey.js of the ui.

import (
	"errors"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"

	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/web"
)

// question is what the browser gets: what to ask the passkey, and the token under which the answer comes back. Say is
// what went wrong, in words.
type question struct {
	Say     string `json:"say,omitempty"`
	Vraag   string `json:"vraag,omitempty"`
	Options any    `json:"options,omitempty"`
}

// askPasskey begins a sign-in by passkey. It names no account: the passkey knows whose it is.
func (a *Accounts) askPasskey(v *web.Visit) error {
	w := a.relying(v)
	if w == nil {
		return fault.Gone()
	}
	if err := a.begin(v.Ctx(), a.byAddress(v.Address())); fault.Is(err, fault.TooMany) {
		return v.JSON(question{Say: words(v, "account.error.wait")})
	} else if err != nil {
		return err
	}
	o, s, err := w.BeginDiscoverableLogin(webauthn.WithUserVerification(protocol.VerificationRequired))
	if err != nil {
		return err
	}
	token, err := a.ask(v.Ctx(), s)
	if err != nil {
		return err
	}
	return v.JSON(question{Vraag: token, Options: o})
}

// errNoPasskey is every reason why a passkey does not open the door; the visitor hears only that it does not.
var errNoPasskey = errors.New("account: the passkey does not fit")

// enterPasskey looks at the answer of a passkey. It is a whole sign-in: the device asked for a finger or a PIN.
func (a *Accounts) enterPasskey(v *web.Visit) error {
	o, err := a.passkeyOwner(v)
	if errors.Is(err, errNoPasskey) {
		e := a.entry(v)
		e.Errors.Add("sleutel", "account.error.passkey")
		return v.Invalid(signInPage(e))
	}
	if err != nil {
		return err
	}
	return a.whole(v, o.c.ID, next(v))
}

func (a *Accounts) passkeyOwner(v *web.Visit) (owner, error) {
	w := a.relying(v)
	if w == nil {
		return owner{}, fault.Gone()
	}
	s, err := a.asked(v.Ctx(), v.Value("vraag"))
	if fault.Is(err, fault.NotFound) {
		return owner{}, errNoPasskey
	}
	if err != nil {
		return owner{}, err
	}
	answer, err := protocol.ParseCredentialRequestResponseBytes([]byte(v.Value("antwoord")))
	if err != nil {
		return owner{}, errNoPasskey
	}
	var found owner
	var broken error // an error of ours must not look like a wrong passkey
	find := func(_, handle []byte) (webauthn.User, error) {
		found, broken = a.byHandle(v.Ctx(), a.db, handle)
		if fault.Is(broken, fault.NotFound) {
			broken = nil
			return nil, errNoPasskey
		}
		return found, broken
	}
	_, cred, err := w.ValidatePasskeyLogin(find, s, answer)
	if broken != nil {
		return owner{}, broken
	}
	if err != nil || !found.c.Works(v.Now) || cred.Authenticator.CloneWarning {
		return owner{}, errNoPasskey
	}
	address := a.byAddress(v.Address())
	return found, a.db.Tx(v.Ctx(), func(tx *db.Tx) error {
		if err := a.usedPasskey(v.Ctx(), tx, found.c.ID, cred); err != nil {
			return err
		}
		return succeeded(v.Ctx(), tx, a.byAccount("second", found.c.ID), address)
	})
}

// newPasskey begins the making of a passkey for one's own account.
func (a *Accounts) newPasskey(v *web.Visit) error {
	f, l, id, err := a.factorView(v)
	if err != nil {
		return err
	}
	w := a.relying(v)
	if w == nil {
		return fault.Gone()
	}
	if err := a.sure(v, id, l, f.Enrolling); err != nil {
		switch x := fault.As(err); x.Kind {
		case fault.Invalid:
			return v.JSON(question{Say: words(v, x.Fields[0].Key, x.Fields[0].Args...)})
		case fault.TooMany:
			return v.JSON(question{Say: words(v, "account.error.wait")})
		}
		return err
	}
	if err := a.db.Tx(v.Ctx(), func(tx *db.Tx) error { return open(v.Ctx(), tx, id) }); err != nil {
		return err
	}
	if l, err = a.login(v.Ctx(), a.db, id); err != nil {
		return err
	}
	c, err := a.owned(v.Ctx(), id)
	if err != nil {
		return err
	}
	o, err := a.owner(v.Ctx(), a.db, c, l)
	if err != nil {
		return err
	}
	options, s, err := w.BeginRegistration(o, webauthn.WithExclusions(webauthn.Credentials(o.keys).CredentialDescriptors()))
	if err != nil {
		return err
	}
	token, err := a.ask(v.Ctx(), s)
	if err != nil {
		return err
	}
	return v.JSON(question{Vraag: token, Options: options})
}

// keepPasskey keeps the passkey that the device made.
func (a *Accounts) keepPasskey(v *web.Visit) error {
	f, l, id, err := a.factorView(v)
	if err != nil {
		return err
	}
	w := a.relying(v)
	if w == nil {
		return fault.Gone()
	}
	refuse := func() error {
		f.Errors.Add("sleutel", "account.error.passkey_new")
		return v.Invalid(factorPage(f))
	}
	s, err := a.asked(v.Ctx(), v.Value("vraag"))
	if fault.Is(err, fault.NotFound) {
		return refuse()
	}
	if err != nil {
		return err
	}
	answer, err := protocol.ParseCredentialCreationResponseBytes([]byte(v.Value("antwoord")))
	if err != nil {
		return refuse()
	}
	c, err := a.owned(v.Ctx(), id)
	if err != nil {
		return err
	}
	o, err := a.owner(v.Ctx(), a.db, c, l)
	if err != nil {
		return err
	}
	cred, err := w.CreateCredential(o, s, answer) // refuses an answer that was asked of somebody else
	if err != nil {
		return refuse()
	}
	name := v.Value("naam")
	if name == "" || len([]rune(name)) > 40 {
		name = label(v.R.UserAgent())
	}
	if err := a.db.Tx(v.Ctx(), func(tx *db.Tx) error { return a.addPasskey(v.Ctx(), tx, id, name, cred) }); fault.Is(err, fault.Conflict) {
		return refuse()
	} else if err != nil {
		return err
	}
	return a.enrolled(v, id, f)
}

// endPasskey takes a passkey away, but never the last way through the second step.
func (a *Accounts) endPasskey(v *web.Visit) error { return a.turnPasskey(v, true) }

// restorePasskey takes that back.
func (a *Accounts) restorePasskey(v *web.Visit) error { return a.turnPasskey(v, false) }

func (a *Accounts) turnPasskey(v *web.Visit, away bool) error {
	if !own(v.Actor) {
		return fault.New(fault.SignIn, "")
	}
	who := v.Actor.ID
	return v.Write(func(tx *db.Tx) (string, error) {
		said := "account.said.passkey_back"
		turn := backPasskey
		if away {
			said, turn = "account.said.passkey_gone", endPasskey
		}
		if err := turn(v.Ctx(), tx, who, v.Param("key")); err != nil {
			return "", err
		}
		if away && !a.o.Demo {
			if some, err := a.someFactor(v.Ctx(), tx, who); err != nil {
				return "", err
			} else if !some {
				return "", fault.New(fault.Conflict, "account.error.last_factor")
			}
		}
		return v.URL("account.mine", "gezegd", said), note(v.Ctx(), tx, who, "account.event.factor", who)
	})
}
