package account

// This file is "Mijn account": password, second step, passkeys, sessions and language of one's own.

import (
	"context"
	"net/http"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/web"
	"reisgezel/internal/organisation"
)

// mineView is what the page shows.
type mineView struct {
	C          organisation.Colleague
	L          login
	Keys       []staffKey
	Sessions   []web.Session
	This       string
	Left       int
	NoPost     bool
	NoVOG      bool
	CanRestore func(staffKey) bool
}

func colleague(v *web.Visit) error {
	if !own(v.Actor) {
		return fault.New(fault.SignIn, "")
	}
	return nil
}

func (a *Accounts) mine(v *web.Visit) error {
	if err := colleague(v); err != nil {
		return err
	}
	m := mineView{This: v.Session.ID, NoPost: v.Actor.Kind == access.Staff && len(v.Actor.Posts) == 0}
	var err error
	if m.C, err = a.owned(v.Ctx(), v.Actor.ID); err != nil {
		return err
	}
	m.NoVOG = !m.C.VOGValid(v.Now)
	if m.L, err = a.login(v.Ctx(), a.db, v.Actor.ID); err != nil {
		return err
	}
	if m.Keys, err = a.passkeys(v.Ctx(), a.db, v.Actor.ID); err != nil {
		return err
	}
	old := v.Now.AddDate(0, 0, -RestoreDays)
	shown := m.Keys[:0]
	for _, k := range m.Keys {
		if k.Ended.IsZero() || k.Ended.After(old) {
			shown = append(shown, k)
		}
	}
	m.Keys = shown
	if m.Sessions, err = web.Sessions(v.Ctx(), a.db, v.Actor.Kind, v.Actor.ID, v.Now); err != nil {
		return err
	}
	if m.Left, err = codesLeft(v.Ctx(), a.db, v.Actor.ID); err != nil {
		return err
	}
	return v.Page(minePage(m, v.Now))
}

// passwordView is what the page for a new password shows.
type passwordView struct {
	Email  string
	Has    bool
	Errors fault.Fields
	Wait   bool
}

func (a *Accounts) passwordView(v *web.Visit) (passwordView, organisation.Colleague, login, error) {
	if err := colleague(v); err != nil {
		return passwordView{}, organisation.Colleague{}, login{}, err
	}
	c, err := a.owned(v.Ctx(), v.Actor.ID)
	if err != nil {
		return passwordView{}, c, login{}, err
	}
	l, err := a.login(v.Ctx(), a.db, c.ID)
	return passwordView{Email: c.Email, Has: l.Password != ""}, c, l, err
}

func (a *Accounts) password(v *web.Visit) error {
	p, _, _, err := a.passwordView(v)
	if err != nil {
		return err
	}
	return v.Page(passwordPage(p))
}

// changePassword sets a new password and ends every other session of this account.
func (a *Accounts) changePassword(v *web.Visit) error {
	p, c, l, err := a.passwordView(v)
	if err != nil {
		return err
	}
	fresh := raw(v, "nieuw")
	p.Errors = CheckPassword("nieuw", fresh, names(c)...)
	if err := a.sure(v, c.ID, l, false); err != nil {
		x := fault.As(err)
		switch x.Kind {
		case fault.Invalid:
			p.Errors = append(fault.Fields(x.Fields), p.Errors...)
		case fault.TooMany:
			p.Wait = true
			return v.Status(http.StatusTooManyRequests, passwordPage(p))
		default:
			return err
		}
	}
	if len(p.Errors) > 0 {
		return v.Invalid(passwordPage(p))
	}
	hash, err := a.hash.make(v.Ctx(), fresh)
	if err != nil {
		return err
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("account.mine", "gezegd", "account.said.password"), setPassword(v.Ctx(), tx, c.ID, hash, v.Session.ID)
	})
}

func (a *Accounts) endSession(v *web.Visit) error {
	if err := colleague(v); err != nil {
		return err
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		if err := web.EndSession(v.Ctx(), tx, v.Actor.Kind, v.Actor.ID, v.Param("session")); err != nil {
			return "", err
		}
		return v.URL("account.mine", "gezegd", "account.said.session"), note(v.Ctx(), tx, v.Actor.ID, "account.event.session_ended", v.Actor.ID)
	})
}

func (a *Accounts) endSessions(v *web.Visit) error {
	if err := colleague(v); err != nil {
		return err
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		if err := web.EndSessions(v.Ctx(), tx, v.Actor.Kind, v.Actor.ID, v.Session.ID); err != nil {
			return "", err
		}
		return v.URL("account.mine", "gezegd", "account.said.sessions"), note(v.Ctx(), tx, v.Actor.ID, "account.event.session_ended", v.Actor.ID)
	})
}

func setLang(ctx context.Context, tx *db.Tx, id, tag string) error {
	if kindOf(id) == access.Staff {
		return organisation.SetLang(ctx, tx, id, tag)
	}
	_, err := db.Do(ctx, tx, db.F(`UPDATE account_outside SET lang = ? WHERE id = ?`, tag, id))
	return err
}

// chooseLang keeps the language of the screen with the account, and for this browser.
func (a *Accounts) chooseLang(v *web.Visit) error {
	if err := colleague(v); err != nil {
		return err
	}
	l, ok := lang.Lookup(v.Value("taal"))
	if !ok || (l.Tag != "nl" && l.Tag != "en") {
		return fault.Fields{{Name: "taal", Key: "account.error.lang"}}.Err()
	}
	v.SetCookie("taal", l.Tag, 365*24*60*60*1e9)
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("account.mine", "gezegd", "account.said.lang"), setLang(v.Ctx(), tx, v.Actor.ID, l.Tag)
	})
}
