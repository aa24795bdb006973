package portal

// This file holds the pages on which somebody chooses to hear that something is new, and on which telephone.

import (
	"encoding/json"
	"errors"
	"time"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/privacy"
	"reisgezel/internal/kernel/web"
)

type noticePage struct {
	On      bool
	Asked   bool   // a code was sent and is waited for
	Number  string // its last digits
	Shared  bool
	Sent    time.Time
	Outcome string // of the latest message
	Form    noticeForm
	Demo    bool
	Now     time.Time
	Errors  fault.Fields
}

func (p *Portal) notices(v *web.Visit) error {
	f, in, _, err := p.noticePage(v)
	if err != nil {
		return err
	}
	if !in.On && !in.Asked {
		in.Form.Kinds = noticeKinds
		if reach := f.Profile().Reach; !reach.Shared {
			in.Form.Number = reach.Phone
		}
	}
	return v.Page(pageNotices(in))
}

// noticePage also gives the code that is waited for.
func (p *Portal) noticePage(v *web.Visit) (f dossier.File, in noticePage, r codeRow, err error) {
	if !p.post.Works() {
		return f, in, r, fault.Gone()
	}
	if f, err = p.files.OpenFor(v, v.Actor.ID, access.File); err != nil {
		return f, in, r, err
	}
	in = noticePage{Demo: p.post.Demo(), Now: v.Now}
	n, err := noticeOf(v.Ctx(), p.db, f.ID())
	if err != nil {
		return f, in, r, err
	}
	if !n.Since.IsZero() {
		at, err := n.at(f.Key())
		in.On, in.Number, in.Shared, in.Sent, in.Outcome = true, tail(at.Number), at.Shared, n.Sent, n.Outcome
		for _, k := range noticeKinds {
			if n.wants(k) {
				in.Form.Kinds = append(in.Form.Kinds, k)
			}
		}
		return f, in, r, err
	}
	if r, err = pending(v.Ctx(), p.db, f.ID(), toNotice, v.Now); err != nil || r.ID == "" {
		return f, in, r, err
	}
	a, err := wished(f, r)
	in.Asked, in.Number = true, tail(a.At.Number)
	return f, in, r, err
}

func wished(f dossier.File, r codeRow) (a noticeAsked, err error) {
	return a, privacy.OpenJSON(f.Key(), codePlace(r.ID), r.Body, &a)
}

// saveNotices takes the choice with the PIN, then the code that was sent, and later another choice of what to hear of.
func (p *Portal) saveNotices(v *web.Visit) error {
	f, in, r, err := p.noticePage(v)
	if err != nil {
		return err
	}
	if in.On {
		var kinds []string
		if kinds, in.Errors = checkKinds(v.Values("soort")); len(in.Errors) > 0 {
			in.Form.Kinds = nil
			return v.Invalid(pageNotices(in))
		}
		return v.Write(func(tx *db.Tx) (string, error) {
			return v.URL("portal.notices", "gezegd", "portal.said.notice"), keepKinds(v.Ctx(), tx, f.ID(), lang.Of(v.Ctx()).Tag, kinds)
		})
	}
	if v.Has("nummer") {
		return p.addNotice(v, f, in)
	}
	code, ok := ReadPhoneCode(v.Value("code"))
	if !ok || r.ID == "" {
		in.Errors.Add("code", map[bool]string{true: "portal.error.phonecode", false: "portal.error.digits"}[ok])
		return v.Invalid(pageNotices(in))
	}
	if right, err := p.rightCode(v.Ctx(), r.ID, toNotice, f.ID(), code); err != nil {
		return err
	} else if !right {
		in.Errors.Add("code", "portal.error.phonecode")
		return v.Invalid(pageNotices(in))
	}
	a, err := wished(f, r)
	if err != nil {
		return err
	}
	return p.beginNotice(v, f, a)
}

func (p *Portal) beginNotice(v *web.Visit, f dossier.File, a noticeAsked) error {
	return v.Write(func(tx *db.Tx) (string, error) {
		if err := putNotice(v.Ctx(), tx, f.Key(), f.ID(), lang.Of(v.Ctx()).Tag, a); err != nil {
			return "", err
		}
		return v.URL("portal.notices", "gezegd", "portal.said.notice"), f.Log(v.Ctx(), tx, "portal.event.notice", "")
	})
}

// addNotice asks for the PIN too: a telephone that lies open on a table must not begin to tell somebody else when something is new.
func (p *Portal) addNotice(v *web.Visit, f dossier.File, in noticePage) error {
	in.Asked = false
	in.Form = noticeForm{Kinds: v.Values("soort"), Number: v.Value("nummer"), Whose: v.Value("van"), Understood: v.Has("begrepen")}
	number, ok := dossier.Phone(in.Form.Number)
	in.Errors = in.Form.check()
	if !ok {
		in.Errors.Add("nummer", "portal.error.phone")
	}
	if err := p.checkPIN(v, f, &in.Errors); err != nil {
		return err
	}
	if len(in.Errors) > 0 {
		return v.Invalid(pageNotices(in))
	}
	kinds, _ := checkKinds(in.Form.Kinds)
	a := noticeAsked{At: noticeAt{Number: number, Shared: in.Form.Whose == "shared"}, Kinds: kinds}
	tel, err := phone(v.Ctx(), p.db, f.ID())
	if err != nil {
		return err
	}
	if !tel.Since.IsZero() {
		if known, err := tel.number(f.Key(), f.ID()); err != nil {
			return err
		} else if known == number { // it was proved for signing in
			return p.beginNotice(v, f, a)
		}
	}
	body, err := json.Marshal(a)
	if err != nil {
		return err
	}
	err = v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("portal.notices"), p.proveNumber(v.Ctx(), tx, f.Key(), f.ID(), toNotice, number, body, say(v))
	})
	if errors.Is(err, errOften) {
		in.Errors.Add("nummer", "portal.error.often")
		return v.Invalid(pageNotices(in))
	}
	if err == nil {
		p.post.Push()
	}
	return err
}

// checkPIN tries the PIN of a form, when the rest of it could be saved: a slip must not cost a try.
func (p *Portal) checkPIN(v *web.Visit, f dossier.File, fs *fault.Fields) error {
	pin, given := ReadPIN(v.Value("pin"))
	if !given {
		fs.Add("pin", "portal.error.pin")
	}
	if len(*fs) > 0 {
		return nil
	}
	right, looked, err := p.proves(v.Ctx(), f.Key(), f.ID(), pin)
	switch {
	case err != nil:
		return err
	case !looked:
		fs.Add("pin", "portal.error.wait")
	case !right:
		fs.Add("pin", "portal.error.notpin")
	}
	return nil
}

func (p *Portal) endNotices(v *web.Visit) error {
	f, err := p.files.OpenFor(v, v.Actor.ID, access.File)
	if err != nil {
		return err
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		if err := dropNotice(v.Ctx(), tx, f.ID()); err != nil {
			return "", err
		}
		return v.URL("portal.settings", "gezegd", "portal.said.nonotice"), f.Log(v.Ctx(), tx, "portal.event.nonotice", "")
	})
}
