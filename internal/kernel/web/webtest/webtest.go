// Package webtest opens the doors of one or more capabilities for a test: a real site with real sessions on a real
// database, and visitors that behave like browsers.
package webtest

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/a-h/templ"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/web"
)

// House is a site under test.
type House struct {
	Site   *web.Site
	Server *httptest.Server
	// Holders adds to an actor's holders at every request, as duty at a desk does in the real house.
	Holders func(ctx context.Context, a access.Actor, now time.Time) []string
	// Frame is called for every visit, as the app does.
	Frame func(v *web.Visit) error
	// Static is what answers under /static/, for a test in a browser; without it nothing does.
	Static http.Handler

	t      testing.TB
	mu     sync.Mutex
	actors map[string]access.Actor
}

// New opens a site with these routes and texts. The clock is the database's.
func New(t testing.TB, d *db.DB, texts []lang.Part, routes ...web.Route) *House {
	t.Helper()
	cat, err := lang.Load(append([]lang.Part{{Name: "web", FS: web.Texts}}, texts...)...)
	if err != nil {
		t.Fatal(err)
	}
	h := &House{t: t, actors: map[string]access.Actor{}}
	s := &web.Site{DB: d, Clock: d.Clock(), Texts: cat, Log: slog.New(slog.NewTextHandler(io.Discard, nil)),
		SignInRoute: "webtest.door", ClientSignInRoute: "webtest.door"}
	s.Load = func(ctx context.Context, ses web.Session, now time.Time) (access.Actor, error) {
		h.mu.Lock()
		a, ok := h.actors[ses.Actor]
		h.mu.Unlock()
		if !ok {
			return access.Actor{}, fault.Gone()
		}
		a.Holders = append([]string(nil), a.Holders...)
		if h.Holders != nil {
			a.Holders = append(a.Holders, h.Holders(ctx, a, now)...)
		}
		return a, nil
	}
	s.Frame = func(v *web.Visit) error {
		if h.Frame != nil {
			return h.Frame(v)
		}
		return nil
	}
	s.Fault = func(v *web.Visit, f *fault.Fault) templ.Component {
		return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
			text := f.Kind.String()
			if f.Key != "" {
				text += " " + lang.T(ctx, f.Key, f.Args...)
			}
			for _, x := range f.Fields {
				text += "\n" + x.Name + ": " + lang.T(ctx, x.Key, x.Args...)
			}
			_, err := io.WriteString(w, "<h1>fault</h1><pre>"+templ.EscapeString(text)+"</pre>")
			return err
		})
	}
	door := web.Route{Name: "webtest.door", Method: http.MethodGet, Path: "/webtest", May: access.Rule{Action: "webtest.door"},
		Do: func(v *web.Visit) error { return v.Text(200, "door") }}
	enter := web.Route{Name: "webtest.enter", Method: http.MethodPost, Path: "/webtest/{actor}", May: access.Rule{Action: "webtest.enter"},
		Do: func(v *web.Visit) error {
			h.mu.Lock()
			a := h.actors[v.Param("actor")]
			h.mu.Unlock()
			if err := v.SignIn(web.SessionSpec{Kind: a.Kind, Actor: a.ID, Label: "test"}); err != nil {
				return err
			}
			return v.GoTo("/webtest")
		}}
	if err := s.Open(append([]web.Route{door, enter}, routes...), nil); err != nil {
		t.Fatal(err)
	}
	h.Site = s
	h.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if h.Static != nil && strings.HasPrefix(r.URL.Path, "/static/") {
			h.Static.ServeHTTP(w, r)
			return
		}
		s.ServeHTTP(w, r)
	}))
	t.Cleanup(h.Server.Close)
	return h
}

// Set adds an actor or changes one; a change holds from the next request on.
func (h *House) Set(a access.Actor) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.actors[a.ID] = a
}

// Guest is a visitor who is not signed in.
func (h *House) Guest() *Visitor {
	jar, _ := cookiejar.New(nil)
	return &Visitor{h: h, c: &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
}

// As is a visitor signed in as this actor.
func (h *House) As(a access.Actor) *Visitor {
	h.t.Helper()
	h.Set(a)
	v := h.Guest()
	if got := v.Post("/webtest/"+a.ID, nil); got.Code != http.StatusSeeOther {
		h.t.Fatalf("webtest: signing in as %s answered %d", a.ID, got.Code)
	}
	return v
}

// Visitor keeps cookies like a browser and follows no redirect by itself.
type Visitor struct {
	h    *House
	c    *http.Client
	Lang string // Accept-Language
}

// Answer is what came back.
type Answer struct {
	Code   int
	Body   string
	To     string // Location
	Header http.Header
}

// Get asks for a page.
func (v *Visitor) Get(path string) Answer { v.h.t.Helper(); return v.do(http.MethodGet, path, nil) }

// Post sends a form; an idempotency key is added when the form brings none.
func (v *Visitor) Post(path string, form url.Values) Answer {
	v.h.t.Helper()
	f := url.Values{}
	for k, x := range form {
		f[k] = x
	}
	if f.Get(web.OnceField) == "" {
		f.Set(web.OnceField, db.ID("once", v.h.Site.Clock.Now()))
	}
	return v.do(http.MethodPost, path, f)
}

// Hand sends a form with files. The names of fields and what is in them alternate; those of files begin with "@", and each file is called
// name. An idempotency key is added when the form brings none.
func (v *Visitor) Hand(path, name string, parts ...string) Answer {
	v.h.t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	once := false
	put := func(field, value string) {
		var to io.Writer
		var err error
		if file, ok := strings.CutPrefix(field, "@"); ok {
			to, err = w.CreateFormFile(file, name)
		} else {
			once = once || field == web.OnceField
			to, err = w.CreateFormField(field)
		}
		if err == nil {
			_, err = io.WriteString(to, value)
		}
		if err != nil {
			v.h.t.Fatal(err)
		}
	}
	for i := 0; i+1 < len(parts); i += 2 {
		put(parts[i], parts[i+1])
	}
	if !once {
		put(web.OnceField, db.ID("once", v.h.Site.Clock.Now()))
	}
	if err := w.Close(); err != nil {
		v.h.t.Fatal(err)
	}
	r, err := http.NewRequest(http.MethodPost, v.h.Server.URL+path, &b)
	if err != nil {
		v.h.t.Fatal(err)
	}
	r.Header.Set("Content-Type", w.FormDataContentType())
	r.Header.Set("Origin", v.h.Server.URL)
	return v.Send(r)
}

func (v *Visitor) do(method, path string, form url.Values) Answer {
	v.h.t.Helper()
	r, err := http.NewRequest(method, v.h.Server.URL+path, strings.NewReader(form.Encode()))
	if err != nil {
		v.h.t.Fatal(err)
	}
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Origin", v.h.Server.URL)
	}
	if v.Lang != "" {
		r.Header.Set("Accept-Language", v.Lang)
	}
	return v.Send(r)
}

// Send sends a request of the test's own making, with the visitor's cookies.
func (v *Visitor) Send(r *http.Request) Answer {
	v.h.t.Helper()
	res, err := v.c.Do(r)
	if err != nil {
		v.h.t.Fatal(err)
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		v.h.t.Fatal(err)
	}
	res.Header.Del("Date") // two answers that are held against each other need not fall in one second
	return Answer{Code: res.StatusCode, Body: string(b), To: res.Header.Get("Location"), Header: res.Header}
}

// Form makes form values of name, value pairs.
func Form(pairs ...string) url.Values {
	if len(pairs)%2 != 0 {
		panic(fmt.Sprintf("webtest: %d form arguments are not pairs", len(pairs)))
	}
	f := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		f.Add(pairs[i], pairs[i+1])
	}
	return f
}
