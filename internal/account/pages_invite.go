package account

// This file lets a new colleague in: the administrator's one-time link, and the page behind it.

import (
	"net/http"

	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/web"
	"reisgezel/internal/organisation"
)

// makeInvitation makes a link and shows it once, on the answer itself: a link that stood in an address or a table
// could be read by others. Pressing again makes a new link and stops the old one.
func (a *Accounts) makeInvitation(v *web.Visit) error {
	c, err := a.org.Colleague(v.Ctx(), v.Param("user"))
	if err != nil {
		return err
	}
	if !c.Works(v.Now) {
		return fault.New(fault.Conflict, "account.error.inactive")
	}
	if c.ID == v.Actor.ID {
		return fault.New(fault.Conflict, "account.error.own")
	}
	var token string
	if err := a.db.Tx(v.Ctx(), func(tx *db.Tx) (err error) {
		token, err = a.invite(v.Ctx(), tx, c.ID, v.Actor.ID)
		return err
	}); err != nil {
		return err
	}
	return v.Page(linkPage(c, a.LinkURL(v, v.URL("account.invited", "token", token)), v.Now.Add(InviteLasts), v.Now))
}

// resetFactors takes the second step of a colleague away, for who lost phone and codes.
func (a *Accounts) resetFactors(v *web.Visit) error {
	c, err := a.org.Colleague(v.Ctx(), v.Param("user"))
	if err != nil {
		return err
	}
	if c.ID == v.Actor.ID {
		return fault.New(fault.Conflict, "account.error.own")
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("organisation.colleague", "user", c.ID, "gezegd", "account.said.reset"), a.reset(v.Ctx(), tx, c.ID, v.Actor.ID)
	})
}

// welcome is what the page behind a link shows.
type welcome struct {
	Token, Name, Email string
	Errors             fault.Fields
}

// behind finds whose link it is. One that was used, ran out or never existed answers the same.
func (a *Accounts) behind(v *web.Visit) (organisation.Colleague, error) {
	id, err := a.invited(v.Ctx(), a.db, v.Param("token"), v.Now)
	if err != nil {
		return organisation.Colleague{}, err
	}
	c, err := a.owned(v.Ctx(), id)
	if err == nil && !c.Works(v.Now) {
		return c, fault.Gone()
	}
	return c, err
}

func (a *Accounts) invitation(v *web.Visit) error {
	c, err := a.behind(v)
	if fault.Is(err, fault.NotFound) {
		return v.Status(http.StatusNotFound, linkGonePage())
	}
	if err != nil {
		return err
	}
	return v.Page(welcomePage(welcome{Token: v.Param("token"), Name: c.Called, Email: c.Email}))
}

func (a *Accounts) acceptInvitation(v *web.Visit) error {
	c, err := a.behind(v)
	if fault.Is(err, fault.NotFound) {
		return v.Status(http.StatusNotFound, linkGonePage())
	}
	if err != nil {
		return err
	}
	password := raw(v, "wachtwoord")
	if fs := CheckPassword("wachtwoord", password, names(c)...); len(fs) > 0 {
		return v.Invalid(welcomePage(welcome{Token: v.Param("token"), Name: c.Called, Email: c.Email, Errors: fs}))
	}
	hash, err := a.hash.make(v.Ctx(), password)
	if err != nil {
		return err
	}
	err = a.db.Tx(v.Ctx(), func(tx *db.Tx) error {
		if err := useInvite(v.Ctx(), tx, v.Param("token")); err != nil {
			return err
		}
		return setPassword(v.Ctx(), tx, c.ID, hash, "")
	})
	if fault.Is(err, fault.NotFound) {
		return v.Status(http.StatusNotFound, linkGonePage())
	}
	if err != nil {
		return err
	}
	l, err := a.login(v.Ctx(), a.db, c.ID)
	if err != nil {
		return err
	}
	return a.afterPassword(v, c.ID, l, "")
}
