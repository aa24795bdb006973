package web

// This file keeps a form that came after its session had ended. Whoever wrote for a quarter of an hour and then pressed
// Save must not lose it: they sign in again, and send it after all.

import (
	"net/http"
	"net/url"
	"strings"
	"time"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/privacy"
)

const (
	// keptFor is how long a form waits for its sender.
	keptFor = 12 * time.Hour
	// keptMost is how many forms wait for one ended session, and keptLarge how many bytes of fields one may have: more is
	// not somebody who typed.
	keptMost  = 20
	keptLarge = 256 << 10
)

// Kept is a form that was not written, because nobody was signed in any more.
type Kept struct {
	To   string     // where it goes
	From string     // the page on which it stood; empty when the browser did not say
	Form url.Values // its fields, the kernel's own among them, so that it still writes once
}

type keptRow struct {
	ID, Kind, Actor string
	Body            []byte
	At              time.Time
}

func keptPlace(id string) string { return "web_kept.body/" + id }

// keep stores the form of a visit whose session has ended, and gives its id. It gives nothing for who had no session,
// for a form that writes nothing, and for one that holds a secret or a file.
func (s *Site) keep(v *Visit) (string, error) {
	form := v.R.PostForm
	if s.Forms.Zero() || v.Route.Secret || len(form[OnceField]) == 0 || (v.R.MultipartForm != nil && len(v.R.MultipartForm.File) > 0) {
		return "", nil
	}
	was, err := s.session(v.ctx, v.Cookie(sessionCookie))
	if err != nil || was.ID == "" || was.Stage != "" || v.Now.Sub(was.Seen) > keptFor {
		return "", err
	}
	size := 0
	for k, vs := range form {
		for _, x := range vs {
			size += len(k) + len(x)
		}
	}
	if size > keptLarge {
		return "", nil
	}
	id := db.ID("f", v.Now)
	body, err := privacy.SealJSON(s.Forms, keptPlace(id), Kept{To: v.R.URL.RequestURI(), From: v.CameFrom(), Form: form})
	if err != nil {
		return "", err
	}
	err = s.DB.Tx(v.ctx, func(tx *db.Tx) error {
		n, err := db.One[int](v.ctx, tx, db.F(`SELECT COUNT(*) FROM web_kept WHERE session = ?`, was.ID))
		if err != nil {
			return err
		}
		if n >= keptMost {
			id = ""
			return nil
		}
		_, err = db.Do(v.ctx, tx, db.F(`INSERT INTO web_kept (id, session, kind, actor, body, at) VALUES (?,?,?,?,?,?)`,
			id, was.ID, string(was.Kind), was.Actor, body, tx.Now))
		return err
	})
	return id, err
}

// Kept is the kept form of this id, for whoever sent it; anybody else is told that there is none.
func (v *Visit) Kept(id string) (Kept, error) {
	var k Kept
	r, err := db.One[keptRow](v.ctx, v.site.DB, db.F(`SELECT id, kind, actor, body, at FROM web_kept WHERE id = ?`, id))
	if err != nil {
		return k, err
	}
	if r.Actor != v.Actor.ID || access.Kind(r.Kind) != v.Actor.Kind || v.Now.Sub(r.At) > keptFor {
		return k, fault.Gone()
	}
	return k, privacy.OpenJSON(v.site.Forms, keptPlace(id), r.Body, &k)
}

// toSignIn sends a guest to the sign-in, and from there back to where they were: to the page they asked for, or to the
// form that they sent.
func (s *Site) toSignIn(v *Visit) (string, error) {
	name, resume := s.SignInRoute, s.ResumeRoute
	switch v.Route.May.Need {
	case access.BySelf:
		name, resume = s.ClientSignInRoute, s.ClientResumeRoute
	case access.ByOutside:
		resume = s.OutsideResumeRoute
	}
	back := v.R.URL.RequestURI()
	if v.R.Method != http.MethodGet {
		back = v.CameFrom()
		if resume != "" {
			id, err := s.keep(v)
			if err != nil {
				return "", err
			}
			if id != "" {
				back = s.table.url(resume, "form", id)
			}
		}
	}
	if back == "" {
		return s.table.url(name), nil
	}
	return s.table.url(name, "verder", back), nil
}

// CameFrom is the page of this house from which a request was sent; empty when that is not said, or it was another house.
func (v *Visit) CameFrom() string {
	u, err := url.Parse(v.R.Referer())
	if err != nil || u.Host != v.R.Host || !Local(u.RequestURI()) {
		return ""
	}
	return u.RequestURI()
}

// asksForAPage says whether a person waits for a page, and not a script for an answer.
func asksForAPage(r *http.Request) bool {
	return r.Method == http.MethodGet || strings.Contains(r.Header.Get("Accept"), "text/html")
}
