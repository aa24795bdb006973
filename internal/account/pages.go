package account

// This file is the front door of colleagues: the sign-in page, the second step, and the way out.

import (
	"cmp"
	"net/http"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
	"reisgezel/internal/organisation"
)

// The stages of a sign-in that is not whole yet. Until it is, the visitor is a guest.
const (
	stageSecond = "second" // the password was right, the second step is asked
	stageEnrol  = "enrol"  // the password was right, a second step must be set up first
)

// Routes are the doors of this capability. Those of a demonstration exist in a demonstration only.
func (a *Accounts) Routes() []web.Route {
	get, post := http.MethodGet, http.MethodPost
	rs := []web.Route{
		{Name: "account.signin", Method: get, Path: "/inloggen", May: enter, Do: a.signIn},
		{Name: "account.enter", Method: post, Path: "/inloggen", May: enter, Do: a.enter},
		{Name: "account.second", Method: get, Path: "/inloggen/code", May: enter, Do: a.second},
		{Name: "account.second_send", Method: post, Path: "/inloggen/code", May: enter, Do: a.sendSecond},
		{Name: "account.signout", Method: post, Path: "/uitloggen", May: enter, Do: a.signOut},
		{Name: "account.passkey_ask", Method: post, Path: "/inloggen/sleutel/vraag", May: enter, Do: a.askPasskey},
		{Name: "account.passkey_enter", Method: post, Path: "/inloggen/sleutel", May: enter, Secret: true, Do: a.enterPasskey},
		{Name: "account.factor", Method: get, Path: "/inloggen/tweede-stap", May: mine, Do: a.factor},
		{Name: "account.factor_app", Method: post, Path: "/inloggen/tweede-stap/app", May: mine, Do: a.beginApp},
		{Name: "account.factor_code", Method: post, Path: "/inloggen/tweede-stap/code", May: mine, Secret: true, Do: a.confirmApp},
		{Name: "account.passkey_new", Method: post, Path: "/inloggen/tweede-stap/sleutel/vraag", May: mine, Do: a.newPasskey},
		{Name: "account.passkey_add", Method: post, Path: "/inloggen/tweede-stap/sleutel", May: mine, Secret: true, Do: a.keepPasskey},
		{Name: "account.invited", Method: get, Path: "/uitnodiging/{token}", May: enter, Do: a.invitation},
		{Name: "account.invited_send", Method: post, Path: "/uitnodiging/{token}", May: enter, Do: a.acceptInvitation},
		{Name: "account.invite", Method: post, Path: "/organisatie/collega/{user}/uitnodigen", May: invite, Do: a.makeInvitation},
		{Name: "account.reset", Method: post, Path: "/organisatie/collega/{user}/tweede-stap-weg", May: invite, Do: a.resetFactors},
		{Name: "account.mine", Method: get, Path: "/account", May: mine, Do: a.mine},
		{Name: "account.password", Method: get, Path: "/account/wachtwoord", May: mine, Do: a.password},
		{Name: "account.password_send", Method: post, Path: "/account/wachtwoord", May: mine, Secret: true, Do: a.changePassword},
		{Name: "account.codes", Method: get, Path: "/account/herstelcodes", May: mine, Do: a.codes},
		{Name: "account.codes_kept", Method: post, Path: "/account/herstelcodes/bewaard", May: mine, Do: a.codesKept},
		{Name: "account.codes_new", Method: post, Path: "/account/herstelcodes", May: mine, Do: a.codesNew},
		{Name: "account.passkey_end", Method: post, Path: "/account/sleutel/{key}/weg", May: mine, Do: a.endPasskey},
		{Name: "account.passkey_back", Method: post, Path: "/account/sleutel/{key}/terug", May: mine, Do: a.restorePasskey},
		{Name: "account.session_end", Method: post, Path: "/account/sessie/{session}/weg", May: mine, Do: a.endSession},
		{Name: "account.sessions_end", Method: post, Path: "/account/sessies/weg", May: mine, Do: a.endSessions},
		{Name: "account.lang", Method: post, Path: "/account/taal", May: mine, Do: a.chooseLang},
	}
	if a.o.Demo {
		rs = append(rs, web.Route{Name: "account.demo", Method: post, Path: "/inloggen/demo", May: enter, Do: a.demoSignIn})
	}
	return rs
}

// entry is what the sign-in page shows.
type entry struct {
	Email, Next string
	Errors      fault.Fields
	Wait        bool
	Passkey     bool
	Demo        []demoAccount
	Clients     []DemoClient
}

func (a *Accounts) entry(v *web.Visit) entry {
	e := entry{Next: next(v), Passkey: a.relying(v) != nil}
	if a.o.Demo {
		e.Demo, e.Clients = demoAccounts, a.o.Clients
	}
	return e
}

// next is where the visitor wanted to go: an address of this house, or nothing.
func next(v *web.Visit) string {
	if to := v.Value("verder"); web.Local(to) && len(to) < 2000 {
		return to
	}
	return ""
}

func (a *Accounts) signIn(v *web.Visit) error {
	if own(v.Actor) {
		return a.onward(v, v.Actor.ID, next(v))
	}
	return v.Page(signInPage(a.entry(v)))
}

// raw is a field exactly as it was typed: a password may begin with a space.
func raw(v *web.Visit, name string) string {
	if vs := v.Values(name); len(vs) > 0 {
		return vs[0]
	}
	return ""
}

// enter looks at an address and a password. The same work is done for an account that does not exist, and the same
// page is answered.
func (a *Accounts) enter(v *web.Visit) error {
	e := a.entry(v)
	e.Email = v.Value("email")
	password := raw(v, "wachtwoord")
	if e.Email == "" {
		e.Errors.Add("email", "account.error.email")
	}
	if password == "" {
		e.Errors.Add("wachtwoord", "account.error.password")
	}
	if len(e.Errors) > 0 {
		return v.Invalid(signInPage(e))
	}
	email := organisation.NormalEmail(e.Email)
	account, address := a.byAccount("password", email), a.byAddress(v.Address())
	if err := a.begin(v.Ctx(), address, account); fault.Is(err, fault.TooMany) {
		e.Wait = true
		return v.Status(http.StatusTooManyRequests, signInPage(e))
	} else if err != nil {
		return err
	}
	c, err := a.byEmail(v.Ctx(), email)
	if err != nil {
		return err
	}
	l, err := a.login(v.Ctx(), a.db, c.ID)
	if err != nil {
		return err
	}
	ok, err := a.hash.same(v.Ctx(), password, l.Password)
	if err != nil {
		return err
	}
	if !ok || !c.Works(v.Now) {
		e.Errors.Add("email", "account.error.wrong")
		return v.Invalid(signInPage(e))
	}
	if err := a.db.Tx(v.Ctx(), func(tx *db.Tx) error { return succeeded(v.Ctx(), tx, account, address) }); err != nil {
		return err
	}
	return a.afterPassword(v, c.ID, l, e.Next)
}

// afterPassword asks for the second step, or for setting one up; a demonstration asks for none.
func (a *Accounts) afterPassword(v *web.Visit, colleague string, l login, to string) error {
	keys, err := livePasskeys(v.Ctx(), a.db, colleague)
	if err != nil {
		return err
	}
	stage, route := stageEnrol, "account.factor"
	switch {
	case len(l.TOTP) > 0 || keys > 0:
		stage, route = stageSecond, "account.second"
	case a.o.Demo:
		return a.whole(v, colleague, to)
	}
	if err := v.SignIn(web.SessionSpec{Kind: kindOf(colleague), Actor: colleague, Stage: stage, Label: label(v.R.UserAgent())}); err != nil {
		return err
	}
	return goNext(v, route, to)
}

func goNext(v *web.Visit, route, to string) error {
	if to == "" {
		return v.Go(route)
	}
	return v.Go(route, "verder", to)
}

// whole makes a sign-in whole: it is written down first, then the session begins under a new token.
func (a *Accounts) whole(v *web.Visit, colleague, to string) error {
	if err := a.db.Tx(v.Ctx(), func(tx *db.Tx) error { return signedIn(v.Ctx(), tx, colleague) }); err != nil {
		return err
	}
	if err := v.SignIn(web.SessionSpec{Kind: kindOf(colleague), Actor: colleague, Label: label(v.R.UserAgent())}); err != nil {
		return err
	}
	return a.onward(v, colleague, to)
}

// onward is where a colleague goes after signing in: to fresh recovery codes that were never kept, to the own account
// when there is no post, else to where they wanted to be.
func (a *Accounts) onward(v *web.Visit, colleague, to string) error {
	l, err := a.login(v.Ctx(), a.db, colleague)
	if err != nil {
		return err
	}
	if len(l.CodesShown) > 0 {
		return goNext(v, "account.codes", to)
	}
	if kindOf(colleague) == access.Outside {
		return v.GoTo(cmp.Or(to, "/"))
	}
	posts, err := a.org.Posts(v.Ctx(), colleague, v.Now)
	if err != nil {
		return err
	}
	switch {
	case len(posts) == 0:
		return v.Go("account.mine")
	case to != "":
		return v.GoTo(to)
	}
	return v.GoTo("/")
}

// staged is whose sign-in stands at this stage.
func staged(v *web.Visit, stage string) (string, error) {
	if v.Session.ID != "" && v.Session.Kind == kindOf(v.Session.Actor) && v.Session.Stage == stage {
		return v.Session.Actor, nil
	}
	return "", fault.New(fault.SignIn, "")
}

// secondStep is what the page of the second step shows.
type secondStep struct {
	Next         string
	Errors       fault.Fields
	Wait         bool
	App, Passkey bool
}

func (a *Accounts) secondStep(v *web.Visit, colleague string) (secondStep, error) {
	s := secondStep{Next: next(v)}
	l, err := a.login(v.Ctx(), a.db, colleague)
	if err != nil {
		return s, err
	}
	keys, err := livePasskeys(v.Ctx(), a.db, colleague)
	s.App, s.Passkey = len(l.TOTP) > 0, keys > 0 && a.relying(v) != nil
	return s, err
}

func (a *Accounts) second(v *web.Visit) error {
	who, err := staged(v, stageSecond)
	if err != nil {
		return v.Go("account.signin")
	}
	s, err := a.secondStep(v, who)
	if err != nil {
		return err
	}
	return v.Page(secondPage(s))
}

// sendSecond looks at a code of the hour or a recovery code.
func (a *Accounts) sendSecond(v *web.Visit) error {
	who, err := staged(v, stageSecond)
	if err != nil {
		return v.Go("account.signin")
	}
	s, err := a.secondStep(v, who)
	if err != nil {
		return err
	}
	code := v.Value("code")
	if code == "" {
		s.Errors.Add("code", "account.error.code")
		return v.Invalid(secondPage(s))
	}
	account, address := a.byAccount("second", who), a.byAddress(v.Address())
	if err := a.begin(v.Ctx(), address, account); fault.Is(err, fault.TooMany) {
		s.Wait = true
		return v.Status(http.StatusTooManyRequests, secondPage(s))
	} else if err != nil {
		return err
	}
	recovery, ok := looksLikeRecovery(code), false
	err = a.db.Tx(v.Ctx(), func(tx *db.Tx) (err error) {
		if recovery {
			ok, err = a.useRecovery(v.Ctx(), tx, who, code)
		} else {
			ok, err = a.useTOTP(v.Ctx(), tx, who, code)
		}
		if err != nil || !ok {
			return err
		}
		return succeeded(v.Ctx(), tx, account, address)
	})
	if err != nil {
		return err
	}
	if !ok {
		s.Errors.Add("code", "account.error.code_wrong")
		return v.Invalid(secondPage(s))
	}
	if err := a.whole(v, who, s.Next); err != nil {
		return err
	}
	if recovery {
		return v.Go("account.mine", "gezegd", "account.said.recovery")
	}
	return nil
}

func (a *Accounts) signOut(v *web.Visit) error {
	if err := v.SignOut(); err != nil {
		return err
	}
	return v.Go("account.signin", "gezegd", "account.said.signed_out")
}

// page is the title of a page and its faults.
func page(v *web.Visit, key string, fs fault.Fields) ui.Page {
	return ui.Page{Title: lang.T(v.Ctx(), key), Errors: fs, Nav: "account"}
}
