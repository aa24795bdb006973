package account

// This file sets up the second step: an app that shows codes, or a passkey; and keeps the recovery codes.

import (
	"encoding/base64"
	"net/http"

	"rsc.io/qr"

	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/web"
	"reisgezel/internal/organisation"
)

// self is the colleague whose account this is: signed in, or on the way in and obliged to set up a second step.
func self(v *web.Visit) (id string, enrolling bool, err error) {
	if own(v.Actor) {
		return v.Actor.ID, false, nil
	}
	id, err = staged(v, stageEnrol)
	return id, true, err
}

// sure asks for the password again before something that would outlast a stolen session. Somebody who just typed it,
// or who has none, is not asked.
func (a *Accounts) sure(v *web.Visit, colleague string, l login, enrolling bool) error {
	if enrolling || l.Password == "" {
		return nil
	}
	given := raw(v, "wachtwoord")
	if given == "" {
		return fault.Fields{{Name: "wachtwoord", Key: "account.error.password"}}.Err()
	}
	c, err := a.owned(v.Ctx(), colleague)
	if err != nil {
		return err
	}
	account, address := a.byAccount("password", c.Email), a.byAddress(v.Address())
	if err := a.begin(v.Ctx(), address, account); err != nil {
		return err
	}
	ok, err := a.hash.same(v.Ctx(), given, l.Password)
	if err != nil {
		return err
	}
	if !ok {
		return fault.Fields{{Name: "wachtwoord", Key: "account.error.not_yours"}}.Err()
	}
	return a.db.Tx(v.Ctx(), func(tx *db.Tx) error { return succeeded(v.Ctx(), tx, account, address) })
}

// factorView is what the page for setting up a second step shows.
type factorView struct {
	Next, Email     string
	Enrolling       bool
	AskPassword     bool
	Passkey, HasApp bool
	Secret, Picture string // being set up
	Errors          fault.Fields
	Wait            bool
}

func (a *Accounts) factorView(v *web.Visit) (factorView, login, string, error) {
	id, enrolling, err := self(v)
	if err != nil {
		return factorView{}, login{}, "", err
	}
	c, err := a.owned(v.Ctx(), id)
	if err != nil {
		return factorView{}, login{}, "", err
	}
	l, err := a.login(v.Ctx(), a.db, id)
	if err != nil {
		return factorView{}, l, "", err
	}
	f := factorView{Next: next(v), Email: c.Email, Enrolling: enrolling, AskPassword: !enrolling && l.Password != "", Passkey: a.relying(v) != nil, HasApp: len(l.TOTP) > 0}
	if f.Secret, err = a.pending(l, v.Now); err != nil || f.Secret == "" {
		return f, l, id, err
	}
	picture, err := qr.Encode(secretURL(c.Email, f.Secret), qr.M)
	if err != nil {
		return f, l, id, err
	}
	picture.Scale = 5
	f.Picture = "data:image/png;base64," + base64.StdEncoding.EncodeToString(picture.PNG())
	return f, l, id, nil
}

func (a *Accounts) factor(v *web.Visit) error {
	f, _, _, err := a.factorView(v)
	if err != nil {
		return err
	}
	return v.Page(factorPage(f))
}

// refuse shows the page again when the fault is one that the visitor can mend.
func (f factorView) refuse(v *web.Visit, err error) error {
	x := fault.As(err)
	switch x.Kind {
	case fault.Invalid:
		f.Errors = x.Fields
		return v.Invalid(factorPage(f))
	case fault.TooMany:
		f.Wait = true
		return v.Status(http.StatusTooManyRequests, factorPage(f))
	}
	return err
}

func (a *Accounts) beginApp(v *web.Visit) error {
	f, l, id, err := a.factorView(v)
	if err != nil {
		return err
	}
	if err := a.sure(v, id, l, f.Enrolling); err != nil {
		return f.refuse(v, err)
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		return address(v, "account.factor", f.Next), a.beginTOTP(v.Ctx(), tx, id)
	})
}

func address(v *web.Visit, route, to string) string {
	if to == "" {
		return v.URL(route)
	}
	return v.URL(route, "verder", to)
}

func (a *Accounts) confirmApp(v *web.Visit) error {
	f, _, id, err := a.factorView(v)
	if err != nil {
		return err
	}
	ok := false
	if err := a.db.Tx(v.Ctx(), func(tx *db.Tx) (err error) {
		ok, err = a.confirmTOTP(v.Ctx(), tx, id, v.Value("code"))
		return err
	}); err != nil {
		return err
	}
	if !ok {
		f.Errors.Add("code", "account.error.code_new")
		return v.Invalid(factorPage(f))
	}
	return a.enrolled(v, id, f)
}

// enrolled is what follows a second step that was set up.
func (a *Accounts) enrolled(v *web.Visit, id string, f factorView) error {
	if f.Enrolling {
		return a.whole(v, id, f.Next)
	}
	l, err := a.login(v.Ctx(), a.db, id)
	if err != nil {
		return err
	}
	if len(l.CodesShown) > 0 {
		return v.Go("account.codes")
	}
	return v.Go("account.mine", "gezegd", "account.said.factor")
}

// codesView is what the page of the recovery codes shows.
type codesView struct {
	Next        string
	Codes       []string
	Left        int
	AskPassword bool
	Errors      fault.Fields
	Wait        bool
}

func (a *Accounts) codesView(v *web.Visit) (codesView, login, error) {
	if !own(v.Actor) {
		return codesView{}, login{}, fault.New(fault.SignIn, "")
	}
	l, err := a.login(v.Ctx(), a.db, v.Actor.ID)
	if err != nil {
		return codesView{}, l, err
	}
	c := codesView{Next: next(v), AskPassword: l.Password != ""}
	if c.Codes, err = a.shown(l); err != nil {
		return c, l, err
	}
	c.Left, err = codesLeft(v.Ctx(), a.db, v.Actor.ID)
	return c, l, err
}

func (a *Accounts) codes(v *web.Visit) error {
	c, _, err := a.codesView(v)
	if err != nil {
		return err
	}
	return v.Page(codesPage(c))
}

func (a *Accounts) codesKept(v *web.Visit) error {
	if !own(v.Actor) {
		return fault.New(fault.SignIn, "")
	}
	if err := a.db.Tx(v.Ctx(), func(tx *db.Tx) error { return keptCodes(v.Ctx(), tx, v.Actor.ID) }); err != nil {
		return err
	}
	return a.onward(v, v.Actor.ID, next(v))
}

func (a *Accounts) codesNew(v *web.Visit) error {
	c, l, err := a.codesView(v)
	if err != nil {
		return err
	}
	if err := a.sure(v, v.Actor.ID, l, false); err != nil {
		x := fault.As(err)
		switch x.Kind {
		case fault.Invalid:
			c.Errors = x.Fields
			return v.Invalid(codesPage(c))
		case fault.TooMany:
			c.Wait = true
			return v.Status(http.StatusTooManyRequests, codesPage(c))
		}
		return err
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		if err := open(v.Ctx(), tx, v.Actor.ID); err != nil {
			return "", err
		}
		return v.URL("account.codes"), a.renewCodes(v.Ctx(), tx, v.Actor.ID)
	})
}

// names are what a password may not consist of.
func names(c organisation.Colleague) []string { return []string{c.Email, c.Name, c.Called} }

// words is a text in the visitor's language.
func words(v *web.Visit, key string, args ...any) string { return lang.T(v.Ctx(), key, args...) }
