package portal

// This file holds the pages of signing in with a code on one's own telephone: asking for it, and choosing it in the settings.

import (
	"errors"
	"time"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/web"
)

type phonePage struct {
	Number string
	Asked  string // the code that was asked for, when one was
	Next   string
	Demo   bool
	Errors fault.Fields
}

// say is the message with a code, in the language of the page. It names nobody and no organisation.
func say(v *web.Visit) func(code string) string {
	return func(code string) string { return lang.T(v.Ctx(), "portal.phone.sms", "code", code) }
}

func (p *Portal) phone(v *web.Visit) error {
	if !p.post.Works() {
		return fault.Gone()
	}
	if v.Actor.Kind == access.IsSelf {
		return v.Go("portal.home")
	}
	return v.Page(pagePhone(phonePage{Next: v.Value("verder"), Demo: p.post.Demo()}))
}

// phoneEnter takes the number, and then the code and the PIN. For every number it goes on to the code: whether it is
// somebody's, these pages do not tell.
func (p *Portal) phoneEnter(v *web.Visit) error {
	if !p.post.Works() {
		return fault.Gone()
	}
	in := phonePage{Number: v.Value("nummer"), Asked: v.Value("vraag"), Next: v.Value("verder"), Demo: p.post.Demo()}
	if in.Asked == "" {
		number, ok := dossier.Phone(in.Number)
		if !ok {
			in.Errors.Add("nummer", "portal.error.phone")
			return v.Invalid(pagePhone(in))
		}
		var err error
		if in.Asked, err = p.askCode(v.Ctx(), number, p.vault.Token("portal-address", v.Address()), say(v)); err != nil {
			return err
		}
		return v.Page(pagePhone(in))
	}
	code, ok := ReadPhoneCode(v.Value("code"))
	if !ok {
		in.Errors.Add("code", "portal.error.digits")
	}
	pin, ok := ReadPIN(v.Value("pin"))
	if !ok {
		in.Errors.Add("pin", "portal.error.pin")
	}
	if len(in.Errors) > 0 {
		return v.Invalid(pagePhone(in))
	}
	r, err := p.whoseCode(v.Ctx(), in.Asked, code)
	if err != nil {
		return err
	}
	if err := p.admit(v, r.Person, time.Time{}, pin, false); errors.Is(err, errNo) {
		in.Errors.Add("code", "portal.error.phonecode")
		return v.Invalid(pagePhone(in))
	} else if err != nil {
		return err
	}
	if err := p.unknock(v.Ctx(), r.Knock); err != nil {
		return err
	}
	return p.welcome(v, r.Person, byPhone+r.Person, in.Next)
}

// enterAgain asks only the PIN of who came in by telephone and was idle. Whoever ended that way in meanwhile is nobody.
func (p *Portal) enterAgain(v *web.Visit, person string, in signInPage) error {
	in.Second, in.Known = true, true
	pin, ok := ReadPIN(v.Value("pin"))
	if !ok {
		in.Errors.Add("pin", "portal.error.pin")
		return v.Invalid(pageSignIn(in))
	}
	row, err := phone(v.Ctx(), p.db, person)
	if err != nil {
		return err
	}
	who := person
	if row.Since.IsZero() {
		who = ""
	}
	if err := p.admit(v, who, time.Time{}, pin, false); errors.Is(err, errNo) {
		in.Errors.Add("pin", "portal.error.no")
		return v.Invalid(pageSignIn(in))
	} else if err != nil {
		return err
	}
	return p.welcome(v, person, byPhone+person, in.Next)
}

type myPhonePage struct {
	Number string // that lets in now, or that is being proved: its last digits
	On     bool
	Asked  bool // a code was sent and is waited for
	Typed  string
	Demo   bool
	Errors fault.Fields
}

func (p *Portal) myPhone(v *web.Visit) error {
	if !p.post.Works() {
		return fault.Gone()
	}
	f, err := p.files.OpenFor(v, v.Actor.ID, access.File)
	if err != nil {
		return err
	}
	in, _, err := p.myPhonePage(v, f)
	if err != nil {
		return err
	}
	return v.Page(pageMyPhone(in))
}

// myPhonePage also gives the code that is waited for.
func (p *Portal) myPhonePage(v *web.Visit, f dossier.File) (myPhonePage, codeRow, error) {
	in := myPhonePage{Demo: p.post.Demo()}
	row, err := phone(v.Ctx(), p.db, f.ID())
	if err != nil {
		return in, codeRow{}, err
	}
	if !row.Since.IsZero() {
		number, err := row.number(f.Key(), f.ID())
		in.On, in.Number = true, tail(number)
		return in, codeRow{}, err
	}
	r, err := pending(v.Ctx(), p.db, f.ID(), toProve, v.Now)
	if err != nil {
		return in, r, err
	}
	if r.ID != "" {
		number, err := f.Key().Open(codePlace(r.ID), r.Body)
		in.Asked, in.Number = true, tail(string(number))
		return in, r, err
	}
	if reach := f.Profile().Reach; !reach.Shared {
		in.Typed = reach.Phone
	}
	return in, r, nil
}

// savePhone takes a number with the PIN, and then the code that was sent to it.
func (p *Portal) savePhone(v *web.Visit) error {
	if !p.post.Works() {
		return fault.Gone()
	}
	f, err := p.files.OpenFor(v, v.Actor.ID, access.File)
	if err != nil {
		return err
	}
	in, r, err := p.myPhonePage(v, f)
	if err != nil {
		return err
	}
	if v.Has("nummer") {
		return p.addPhone(v, f, in)
	}
	code, ok := ReadPhoneCode(v.Value("code"))
	if !ok || r.ID == "" {
		in.Errors.Add("code", map[bool]string{true: "portal.error.phonecode", false: "portal.error.digits"}[ok])
		return v.Invalid(pageMyPhone(in))
	}
	if right, err := p.rightCode(v.Ctx(), r.ID, toProve, f.ID(), code); err != nil {
		return err
	} else if !right {
		in.Errors.Add("code", "portal.error.phonecode")
		return v.Invalid(pageMyPhone(in))
	}
	err = v.Write(func(tx *db.Tx) (string, error) {
		if err := p.proved(v.Ctx(), tx, f.Key(), f.ID(), r); err != nil {
			return "", err
		}
		return v.URL("portal.settings", "gezegd", "portal.said.phone"), f.Log(v.Ctx(), tx, "portal.event.phone", "")
	})
	if errors.Is(err, errTaken) {
		in.Errors.Add("code", "portal.error.taken")
		return v.Invalid(pageMyPhone(in))
	}
	return err
}

// addPhone asks for the PIN too: a telephone that lies open on a table must not become a second key.
func (p *Portal) addPhone(v *web.Visit, f dossier.File, in myPhonePage) error {
	in.Asked, in.Typed = false, v.Value("nummer")
	number, ok := dossier.Phone(in.Typed)
	if !ok {
		in.Errors.Add("nummer", "portal.error.phone")
	}
	if err := p.checkPIN(v, f, &in.Errors); err != nil {
		return err
	}
	if len(in.Errors) > 0 {
		return v.Invalid(pageMyPhone(in))
	}
	err := v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("portal.phone_mine"), p.proveNumber(v.Ctx(), tx, f.Key(), f.ID(), toProve, number, []byte(number), say(v))
	})
	if errors.Is(err, errOften) {
		in.Errors.Add("nummer", "portal.error.often")
		return v.Invalid(pageMyPhone(in))
	}
	if err == nil {
		p.post.Push()
	}
	return err
}

func (p *Portal) endPhone(v *web.Visit) error {
	f, err := p.files.OpenFor(v, v.Actor.ID, access.File)
	if err != nil {
		return err
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		if err := dropPhone(v.Ctx(), tx, f.ID()); err != nil {
			return "", err
		}
		return v.URL("portal.settings", "gezegd", "portal.said.nophone"), f.Log(v.Ctx(), tx, "portal.event.nophone", "")
	})
}

// dropFor ends it for a person whose telephone is lost or changed hands.
func (p *Portal) dropFor(v *web.Visit) error {
	f, err := p.lasting(v)
	if err != nil {
		return err
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		if err := dropPhone(v.Ctx(), tx, f.ID()); err != nil {
			return "", err
		}
		if err := dropNotice(v.Ctx(), tx, f.ID()); err != nil {
			return "", err
		}
		if err := endDoors(v.Ctx(), tx, f.ID()); err != nil {
			return "", err
		}
		return v.URL("portal.staff", "person", f.ID(), "gezegd", "portal.said.dropped"), f.Log(v.Ctx(), tx, "portal.event.nophone", "")
	})
}

// messages is a page of the demonstration: what telephones would have shown.
func (p *Portal) messages(v *web.Visit) error { return v.Page(pageMessages(p.post.Shown(), v.Now)) }

// demoRoutes are there in a demonstration only.
func (p *Portal) demoRoutes() []web.Route {
	if !p.post.Demo() {
		return nil
	}
	return []web.Route{{Name: "portal.messages", Method: "GET", Path: "/demo/telefoon", May: mayEnter, Do: p.messages}}
}
