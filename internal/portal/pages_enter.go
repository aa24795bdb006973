package portal

// This file holds the pages of signing in and out.

import (
	"encoding/base64"
	"errors"
	"strconv"
	"strings"
	"time"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/web"
)

// byPhone stands before the person in what a telephone remembers when it let somebody in without a card.
const byPhone = "="

type signInPage struct {
	Code   string
	Second bool // the PIN is asked
	Known  bool // the telephone knows the card
	Phone  bool // there is another way in: a code on the telephone
	Next   string
	Key    bool // the lock of a telephone may let in
	Out    bool // they signed out here just now, and had a reading copy
	Errors fault.Fields
}

// The telephone remembers its card in this cookie, until the browser is closed or half a day has passed.
const cardCookie = "kaart"

func (p *Portal) remember(v *web.Visit, code string) {
	sealed := p.vault.House("portal-card").Seal("portal.card", []byte(strconv.FormatInt(v.Now.UnixMilli(), 10)+" "+code))
	v.SetCookie(cardCookie, base64.RawURLEncoding.EncodeToString(sealed), 0)
}

// remembered is the card that this telephone knows, or nothing.
func (p *Portal) remembered(v *web.Visit) string {
	sealed, err := base64.RawURLEncoding.DecodeString(v.Cookie(cardCookie))
	if err != nil || len(sealed) == 0 {
		return ""
	}
	b, err := p.vault.House("portal-card").Open("portal.card", sealed)
	if err != nil {
		return "" // an older key, or somebody's own invention
	}
	at, code, _ := strings.Cut(string(b), " ")
	ms, err := strconv.ParseInt(at, 10, 64)
	if err != nil || v.Now.Sub(time.UnixMilli(ms)) > web.MaxAge {
		return ""
	}
	return code
}

func (p *Portal) signIn(v *web.Visit) error {
	if v.Actor.Kind == access.IsSelf {
		return v.Go("portal.home")
	}
	in := signInPage{Next: v.Value("verder"), Phone: p.post.Works(), Key: p.relying(v) != nil, Out: v.Value("uit") != ""}
	if code, ok := dossier.ReadCard(v.Value("kaart")); ok {
		in.Code = dossier.CardText(code) // a scanned card fills in the code, and no more
	} else if v.Value("andere") == "" && p.remembered(v) != "" {
		in.Second, in.Known = true, true
	}
	return v.Page(pageSignIn(in))
}

// enter takes the code, then the PIN. For every code that could be one it goes on to the PIN: whether it is one, these
// pages do not tell.
func (p *Portal) enter(v *web.Visit) error {
	in := signInPage{Code: v.Value("code"), Next: v.Value("verder"), Phone: p.post.Works(), Key: p.relying(v) != nil}
	if code := p.remembered(v); in.Code == "" && v.Has("pin") && code != "" {
		if person, ok := strings.CutPrefix(code, byPhone); ok {
			return p.enterAgain(v, person, in)
		}
		in.Code, in.Known = code, true
	}
	code, ok := dossier.ReadCard(in.Code)
	if !ok {
		in.Errors.Add("code", "portal.error.code")
		return v.Invalid(pageSignIn(in))
	}
	in.Code, in.Second = code, true
	choose, field := v.Has("eerste"), "pin"
	if !v.Has("pin") && !choose {
		return v.Page(pageSignIn(in))
	}
	if choose {
		field = "nieuw"
	}
	pin, ok := ReadPIN(v.Value(field))
	if choose {
		again, _ := ReadPIN(v.Value("pin2"))
		in.Errors = checkNew(pin, again, ok, "nieuw", "pin2", clock.Today(v.Now))
	} else if !ok {
		in.Errors.Add("pin", "portal.error.pin")
	}
	if len(in.Errors) > 0 {
		return v.Invalid(pageSignIn(in))
	}
	person, err := p.let(v, code, pin, choose)
	if errors.Is(err, errNo) {
		in.Errors.Add(field, "portal.error.no")
		return v.Invalid(pageSignIn(in))
	}
	if err != nil {
		return err
	}
	return p.welcome(v, person, code, in.Next)
}

// welcome signs somebody in. The telephone remembers by what: the code of a card, or the person (byPhone). With its own lock it need
// remember nothing.
func (p *Portal) welcome(v *web.Visit, person, by, next string) error {
	if err := v.SignIn(web.SessionSpec{Kind: access.IsSelf, Actor: person, Label: device(v.R.UserAgent())}); err != nil {
		return err
	}
	if by == "" {
		v.SetCookie(cardCookie, "", 0)
	} else {
		p.remember(v, by)
	}
	if v.Cookie("taal") == "" && v.R.URL.Query().Get("taal") == "" {
		f, err := p.files.Machine(v.Ctx(), p.db, person)
		if err != nil {
			return err
		}
		v.SetCookie("taal", dossier.OwnTag(f.Profile()), 365*24*time.Hour)
	}
	if (next == "/mijn" || strings.HasPrefix(next, "/mijn/") || strings.HasPrefix(next, "/mijn?")) && web.Local(next) {
		return v.GoTo(next)
	}
	return v.Go("portal.home")
}

// checkNew names what is wrong with a PIN that somebody chooses.
func checkNew(pin, again string, ok bool, field, field2 string, today clock.Date) fault.Fields {
	var fs fault.Fields
	switch {
	case !ok:
		fs.Add(field, "portal.error.pin")
	case Weak(pin, today):
		fs.Add(field, "portal.error.weak")
	case pin != again:
		fs.Add(field2, "portal.error.again")
	}
	return fs
}

// device is what a person recognises a telephone by; no more of it is kept.
func device(agent string) string {
	for _, x := range []string{"iPhone", "iPad", "Android", "Windows", "Macintosh", "Linux"} {
		if strings.Contains(agent, x) {
			return x
		}
	}
	return ""
}

func (p *Portal) signOut(v *web.Visit) error {
	here, err := p.hasCopy(v)
	if err != nil {
		return err
	}
	if here.ID != "" {
		if err := p.db.Tx(v.Ctx(), func(tx *db.Tx) error { return endCopy(v.Ctx(), tx, here.Person, here.ID) }); err != nil {
			return err
		}
	}
	if err := v.SignOut(); err != nil {
		return err
	}
	v.SetCookie(cardCookie, "", 0)
	if here.ID == "" {
		return v.Go("portal.signin")
	}
	v.SetCookie(copyCookie, "", 0)
	return v.Go("portal.signin", "uit", "1")
}
